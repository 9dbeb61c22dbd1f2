"""The command ``list``: its JSON and its filters."""

import json
from typing import Any

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.facets import FACETS
from coprod_review.model.study import Finding


def test_the_keys_of_list_json(run: Any, bundled: EvidenceBase) -> None:
    studies = json.loads(run("list", "--format", "json").out)
    assert [study["id"] for study in studies] == [study.id for study in bundled.studies]
    assert list(studies[0]) == [
        "id", "reference", "title", "year", "doi", "role", "design", "practice", "sector", "stakeholders", "outcomes",
        "levels", "principles", "populations", "reports", "coded_from",
    ]  # fmt: skip
    assert set(studies[0]["principles"]) == {"equality", "diversity", "accessibility", "reciprocity"}
    assert studies[0]["populations"]["dementia"] == "not_coded"


def test_reported_in_selects_what_the_review_cites(run: Any, bundled: EvidenceBase) -> None:
    studies = json.loads(run("list", "--reported-in", "scie-review-2022", "--format", "json").out)
    cited = {
        study.id: {f.outcome.split(".")[0] for f in study.findings if _cited(f)}
        for study in bundled.studies
        if any(map(_cited, study.findings))
    }
    assert {study["id"]: set(study["stakeholders"]) for study in studies} == cited
    assert cited


def _cited(finding: Finding) -> bool:
    return any(place.source == "scie-review-2022" for place in finding.reported_in)


@pytest.mark.parametrize(
    ("filter", "passes"),
    [
        ("sector=social-care", lambda s: "social-care" in s["sector"]),
        ("sector=health,research", lambda s: {"health", "research"} & set(s["sector"])),
        ("role!=context", lambda s: s["role"] != "context"),
        ("year=2022", lambda s: s["year"] == 2022),
        ("stakeholder=community", lambda s: "community" in s["stakeholders"]),
    ],
)
def test_list_filters_by_a_facet(filter: str, passes: Any, run: Any) -> None:
    every = json.loads(run("list", "--format", "json").out)
    kept = json.loads(run("list", "--where", filter, "--format", "json").out)
    assert [s["id"] for s in kept] == [s["id"] for s in every if passes(s)]
    assert 0 < len(kept) < len(every)


@pytest.mark.parametrize("name", FACETS)
def test_list_filters_on_every_facet(name: str, run: Any) -> None:
    terms = {"year": "2019", "instrument": "WEMWBS", "section": "3.1.2", "citation": "direct"}.get(name) or json.loads(
        run("codebook", FACETS[name].vocabulary, "--format", "json").out
    )["terms"][0]["id"]
    assert run("list", "--where", f"{name}={terms}").code == 0


@pytest.mark.parametrize("typed", [">x", "<2", "=abstract", "!=abstract", " abstract", ""])
def test_unknown_source_is_reported_literally(run: Any, typed: str) -> None:
    done = run("list", "--reported-in", typed)
    assert done.code == 2
    assert f"`{typed}` is not one of the terms for source" in " ".join(done.err.split()).replace(
        "`abstract`", f"`{typed}`", 1
    )
    assert "write source" not in done.err


def test_two_sources_are_rejected(run: Any) -> None:
    assert "takes one source, not `abstract,nonsense`" in run("list", "--reported-in", "abstract,nonsense").err
