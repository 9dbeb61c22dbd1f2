"""No figure, gap or sentence depends on the id of a term: a base with other ids gives the same, ids apart."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.discovery import read_base
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.record import NOT_CODED
from coprod_review.phrasing.analyses.registry import missing_sentence, statement
from coprod_review.reports.gaps import results_of
from coprod_review.results.result import Result
from coprod_review.validate import apply_rules
from tests.bases import SAMPLE

FIXED = frozenset({
    "aims", "asserts", "beneficiaries", "certainty_levels", "citation_types", "confidence", "corroboration",
    "denominators", "presence", "read_in", "staff_roles", "statuses",
})  # fmt: skip
"""Vocabularies whose codes the file format fixes; all other ids are the base's own."""
Data = dict[str, Any]
Rename = Callable[[str, str], str]


def _new_outcome(old: str) -> str:
    """Every part of an outcome's id gets another first and last letter, so groups and domains stay consistent."""
    return ".".join(f"q{part}z" for part in old.split("."))


def _rename(vocabulary: str, term: str) -> str:
    if vocabulary in FIXED or term == NOT_CODED or term == "scie-review-2022":
        return term
    return _new_outcome(term) if vocabulary in ("stakeholders", "domains", "outcomes") else f"q{term}z"


_SINGLE = {
    "role": "roles", "design": "designs", "coded_from": "coded_from", "definition": "definitions",
    "rung_claimed": "rungs", "rung_assessed": "rungs", "cost_measure": "cost_measures",
    "looked_for_harm": "looked_for_harm", "involvement_in_outcomes": "involvement", "level": "levels",
    "direction": "directions", "whose": "whose", "person_role": "person_roles", "measurement": "measurements",
    "follow_up": "follow_up", "evidence_role": "evidence_roles", "outcome": "outcomes", "source": "sources",
    "entered_from": "sources", "stakeholder": "stakeholders", "group": "groups",
}  # fmt: skip
"""Fields with one code, by their vocabulary."""
_LISTS = {
    "practice": "practices", "setting": "settings", "sector": "sectors", "phase": "phases", "data": "places",
    "authors": "places", "groups": "groups", "outcomes": "outcomes", "geography": "places",
    "suitable_for": "benchmark_uses", "sources": "sources", "stakeholders": "stakeholders",
}  # fmt: skip
_UNTOUCHED = ("reports", "aims", "citation", "search", "errata")
"""Fields of a study without codes of the base's own."""
_MAPPINGS = {
    "principles_mentioned": ("principles", "mentions"),
    "populations": ("groups", "population_codes"),
    "characteristics": ("characteristics", "characteristic_codes"),
}


def _renamed(data: Any, field: str = "") -> Any:
    """Return data with every code renamed; fields of the same name have codes of the same vocabulary."""
    if isinstance(data, dict) and field in _MAPPINGS:
        terms, codes = _MAPPINGS[field]
        return {_rename(terms, term): _rename(codes, code) for term, code in data.items()}
    if isinstance(data, dict):
        return {key: value if key in _UNTOUCHED else _renamed(value, key) for key, value in data.items()}
    if isinstance(data, list) and field in _LISTS and all(isinstance(item, str) for item in data):
        return [_rename(_LISTS[field], item) for item in data]
    if isinstance(data, list):
        return [_renamed(item, field if field == "findings" else "") for item in data]
    is_code = isinstance(data, str) and field in _SINGLE and " " not in data and data != "none"
    return _rename(_SINGLE[field], data) if is_code or (field == "definition" and data == "none") else data


def _renamed_codebook(data: Data) -> Data:
    for name, vocabulary in data["vocabularies"].items():
        for term in vocabulary["terms"]:
            for field in ("id", "superseded_by", "part_of"):
                if field in term:
                    term[field] = _rename(name, term[field])
            for crosswalk in ("care_act", "ascof", "ascot"):
                if crosswalk in term:
                    term[crosswalk] = [_rename(crosswalk, link) for link in term[crosswalk]]
    return data


def _write(folder: Path, change: Callable[[str, Data], Data]) -> EvidenceBase:
    folder.mkdir()
    for path in sorted(SAMPLE.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem == "review":  # these name figures, and conditions in words, by the ids of terms
            data = {**data, "stated": []}
            for recommendation in data["recommendations"]:
                recommendation.pop("measured_by", None)
                recommendation.setdefault("not_measurable_because", "Not compared here.")
        text = yaml.safe_dump(change(path.stem, data), sort_keys=False, allow_unicode=True)
        (folder / path.name).write_text(text, encoding="utf-8")
    return read_base(folder)


def _change(part: str, data: Data) -> Data:
    if part == "codebook":
        return _renamed_codebook(data)
    if part == "base":
        for crosswalk in data["subject"]["crosswalks"].values():
            crosswalk["nations"] = [_rename("places", nation) for nation in crosswalk.get("nations", ())]
        return {**data, "scope": {**data["scope"], "sector": _rename("sectors", data["scope"]["sector"])}}
    return {key: _renamed(value, key) for key, value in data.items()}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[EvidenceBase, EvidenceBase]:
    folder = tmp_path_factory.mktemp("renamed")
    return _write(folder / "old", lambda _, data: data), _write(folder / "new", _change)


def _without_ids(text: str) -> str:
    return re.sub(r"\bq([\w.-]+?)z\b", r"\1", text)


def _content(result: Result) -> list[object]:
    """What a result says, without the ids of terms: figures, gaps, and the labels and counts of tables."""
    figures = [
        (
            f.label,
            f.numerator,
            f.denominator,
            f.value,
            f.reason,
            f.unknown,
            f.numerator_ids if f.unit == "study" else (),
        )
        for f in result.figures
    ]
    gaps = [(gap.type, gap.label, gap.counts.studies, gap.counts.primary, gap.studies) for gap in result.gaps]
    tables = [
        (t.title, t.columns, [(row[0], [getattr(c, "ids", c) for c in row[1:]]) for row in t.rows])
        for t in result.tables
    ]
    return [figures, gaps, tables]


def test_every_term_has_another_id(both: tuple[EvidenceBase, EvidenceBase]) -> None:
    old, new = (base.framework.codebook.vocabularies for base in both)
    for name in old.keys() - FIXED:
        same = {t.id for t in old[name].terms} & {t.id for t in new[name].terms}
        assert same <= {NOT_CODED, "scie-review-2022"}, name


def test_renamed_base_is_valid(both: tuple[EvidenceBase, EvidenceBase]) -> None:
    found: Mapping[int, list[str]] = {
        n: sorted(_without_ids(f"{problem.rule.code} {problem.message}") for problem in apply_rules.find_problems(base))
        for n, base in enumerate(both)
    }
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ANALYSES)
def test_same_figures_gaps_and_sentences(name: str, both: tuple[EvidenceBase, EvidenceBase]) -> None:
    (old,), (new,) = (results_of(base, [name]) for base in both)
    assert _without_ids(str(_content(new))) == str(_content(old))
    for say in (statement, missing_sentence):
        assert _without_ids(say(new, both[1].framework)) == say(old, both[0].framework)
