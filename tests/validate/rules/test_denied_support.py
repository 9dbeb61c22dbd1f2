"""An erratum that denies a claim, and the judgement on the study that it is about."""

from pathlib import Path
from typing import Any

from coprod_review.loading import discovery
from coprod_review.validate import apply_rules
from tests.validate.rules.planting import SAMPLE, written

ERRATUM = {
    "about": "The review calls the college co-produced",
    "correction": "The abstract does not mention co-production.",
    "basis": "Abstract",
    "confidence": "high",
    "verified_at_original": False,
}
PLACE = "/claims/0/corroboration/kay-2019"


def _errors(
    folder: Path,
    *,
    code: str = "supported",
    of_study: dict[str, Any] | None = None,
    of_review: dict[str, Any] | None = None,
) -> list[tuple[str, str, str]]:
    """The errors of a base with one claim on kay-2019 and an erratum, each with its place and message."""
    study = {"errata": [{**ERRATUM, **of_study}]} if of_study else {}
    claim = {"id": "c01", "cites": ["kay-2019"], "corroboration": {"kay-2019": code}}
    review = {"claims": [claim], "errata": [{**ERRATUM, "id": "e01", **of_review}] if of_review else []}
    written(folder, SAMPLE["study"], {"study": study, "base": {}, "review": review})
    found = apply_rules.diagnose_base(discovery.read_base(folder))
    return [(d.code, d.pointer, d.message) for d in found if d.severity.value == "error"]


def test_erratum_of_a_study_denies_support(tmp_path: Path) -> None:
    message = "an erratum of `kay-2019` denies that `kay-2019` can support claim c01"
    assert _errors(tmp_path / "b", of_study={"denies": ["c01"]}) == [("CPR511", PLACE, message)]


def test_erratum_of_the_review_denies_support_by_its_studies(tmp_path: Path) -> None:
    message = "erratum e01 denies that `kay-2019` can support claim c01"
    assert _errors(tmp_path / "b", of_review={"denies": ["c01"], "studies": ["kay-2019"]}) == [
        ("CPR511", PLACE, message)
    ]


def test_erratum_of_the_review_without_the_study_denies_nothing(tmp_path: Path) -> None:
    assert _errors(tmp_path / "b", of_review={"denies": ["c01"]}) == []


def test_erratum_that_only_names_the_claim_denies_nothing(tmp_path: Path) -> None:
    assert _errors(tmp_path / "b", of_study={"claims": ["c01"]}) == []


def test_weaker_judgement_agrees_with_the_erratum(tmp_path: Path) -> None:
    for code in ("partly", "not_seen", "contradicted", "not_judged"):
        assert _errors(tmp_path / code, code=code, of_study={"denies": ["c01"]}) == []


def test_denied_claim_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    errors = _errors(
        tmp_path / "b",
        of_study={"denies": ["c02"]},
        of_review={"denies": ["c03"], "studies": ["kay-2019"]},
    )
    assert sorted(message for code, _, message in errors if code == "CPR501") == [
        "there is no claim `c02` in the base",
        "there is no claim `c03` in the base",
    ]
