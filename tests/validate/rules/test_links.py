"""Links of what is counted again and of what others published lead somewhere, or are named at their place."""

from pathlib import Path
from typing import Any

from coprod_review.loading import discovery
from coprod_review.source.problems import Diagnostic
from coprod_review.validate import apply_rules
from tests.validate.rules.planting import SAMPLE, written

ERRATUM = {
    "id": "e01",
    "about": "A year.",
    "correction": "Another year.",
    "basis": "The original.",
    "confidence": "high",
    "verified_at_original": True,
}
STATED = {
    "id": "Q01",
    "section": "3",
    "statement": "One of four.",
    "quoted": [{"claim": "c01"}],
    "claims": ["c01"],
    "errata": ["e01"],
}
PUBLISHED = {"id": "p01", "label": "Projects", "source": "Kay 2019", "n": 1, "N": 4, "beside": "focus.ratio"}


def _found(folder: Path, **review: Any) -> list[Diagnostic]:
    written(folder, SAMPLE["study"], {"study": {}, "base": {}, "review": {"errata": [ERRATUM], **review}})
    return [d for d in apply_rules.diagnose_base(discovery.read_base(folder)) if d.severity.value == "error"]


def _places(found: list[Diagnostic]) -> list[tuple[str, str, str]]:
    return [(d.code, d.pointer, d.message) for d in found]


def test_stated_and_published_links_resolve(tmp_path: Path) -> None:
    published = [{**PUBLISHED, "study": "kay-2019"}, {**PUBLISHED, "id": "p02"}]
    assert _found(tmp_path / "b", stated=[STATED, {**STATED, "id": "Q02"}], published=published) == []


def test_missing_claims_and_errata_are_reported(tmp_path: Path) -> None:
    quoted = [{"claim": "c01"}, {"claim": "c03"}]
    astray = {**STATED, "id": "Q02", "claims": ["c01", "c02"], "errata": ["e02", "e01"], "quoted": quoted}
    assert _places(_found(tmp_path / "b", stated=[STATED, astray])) == [
        ("CPR501", "/stated/1/quoted/1/claim", "there is no claim `c03` in the base"),
        ("CPR501", "/stated/1/claims/1", "there is no claim `c02` in the base"),
        ("CPR501", "/stated/1/errata/0", "there is no erratum `e02` in the base"),
    ]


def test_erratum_link_in_base_without_errata(tmp_path: Path) -> None:
    (found,) = _found(tmp_path / "b", stated=[STATED], errata=[])
    assert (found.code, found.pointer) == ("CPR501", "/stated/0/errata/0")
    assert found.hint == "add the erratum, or correct the id"


def test_erratum_without_id_is_no_target(tmp_path: Path) -> None:
    nameless = {key: value for key, value in ERRATUM.items() if key != "id"}
    assert [d.pointer for d in _found(tmp_path / "b", stated=[STATED], errata=[nameless])] == ["/stated/0/errata/0"]


def test_missing_published_study_is_reported(tmp_path: Path) -> None:
    (found,) = _found(tmp_path / "b", published=[PUBLISHED, {**PUBLISHED, "id": "p02", "study": "kay-2018"}])
    assert (found.code, found.pointer) == ("CPR501", "/published/1/study")
    assert found.message == "there is no study `kay-2018` in the base"
    assert "kay-2019" in found.hint
