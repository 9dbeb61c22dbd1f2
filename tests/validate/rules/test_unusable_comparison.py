"""Each way in which a statement of the review cannot be compared with the base."""

from pathlib import Path
from typing import Any

import pytest

from coprod_review.loading import discovery
from coprod_review.validate import apply_rules
from tests.validate.rules.planting import SAMPLE, written

COUNT = {"what": "works", "count": "works", "of": "references"}
EQUAL = {"comparator": "equal", "published": 37}
PARTS = {"parts": {"health care": "sector=health", "social care": "sector=social-care"}}
WHERE = {"where": ["year>=2017"]}


def _faults(folder: Path, **row: Any) -> list[tuple[str, str]]:
    """The places of the row with a fault of this rule, each with the message."""
    stated = {"id": "R01", "section": "6", "statement": "A.", **row}
    number = {"label": "Studies", "n": 1, "N": 4, "unit": "studies", "denominator": "reported"}
    parts = {"study": {}, "base": {}, "review": {"claims": [{"id": "c01", "figures": [number]}], "stated": [stated]}}
    written(folder / "b", SAMPLE["study"], parts)
    found = apply_rules.diagnose_base(discovery.read_base(folder / "b"))
    return [(d.pointer.removeprefix("/stated/0/"), d.message) for d in found if d.code == "CPR510"]


@pytest.mark.parametrize(
    "count",
    [
        EQUAL,
        {**WHERE, **EQUAL},
        {**WHERE, "comparator": "every"},
        {**PARTS, "comparator": "none"},
        {**PARTS, "comparator": "more_than"},
        {**PARTS, "comparator": "at_least", "published": 1},
        {**WHERE, "comparator": "less_than", "published": 3},
        {"count": "terms", "of": None, "vocabulary": "principles", **EQUAL},
        {"count": "testimony", "of": None, **EQUAL},
        {"count": "claims", "of": "barriers", **EQUAL},
    ],
)
def test_sound_counts_pass(count: dict[str, Any], tmp_path: Path) -> None:
    assert _faults(tmp_path, counts=[{**COUNT, **count}]) == []


@pytest.mark.parametrize(
    ("count", "place"),
    [
        ({"of": None, **EQUAL}, "count"),
        ({"count": "findings", "of": None, **EQUAL}, "count"),
        ({"count": "terms", "of": None, **EQUAL}, "count"),
        ({"vocabulary": "principles", **EQUAL}, "count"),
        ({"count": "testimony", "of": None, **WHERE, **EQUAL}, "count"),
        ({"count": "testimony", "of": None, **PARTS, **EQUAL}, "count"),
        ({"count": "terms", "of": None, "vocabulary": "principals", **EQUAL}, "vocabulary"),
        ({"comparator": "equal"}, "comparator"),
        ({"comparator": "at_least", **PARTS}, "comparator"),
        ({"comparator": "more_than"}, "comparator"),
        ({"comparator": "less_than", "parts": {"health care": "sector=health"}}, "comparator"),
        ({"comparator": "every"}, "comparator"),
        ({"comparator": "none", **WHERE, "published": 0}, "comparator"),
        ({**EQUAL, "where": ["year>=2017", "sectr=health"]}, "where/1"),
        ({"parts": {"health care": "sector=helth", "social care": "sector=social-care"}, **EQUAL}, "parts/health care"),
    ],
)
def test_unusable_counts_are_reported_at_their_place(count: dict[str, Any], place: str, tmp_path: Path) -> None:
    assert [where for where, _ in _faults(tmp_path, counts=[{**COUNT, **count}])] == [f"counts/0/{place}"]


def test_number_without_comparator_is_reported(tmp_path: Path) -> None:
    places = [place for place, _ in _faults(tmp_path, counts=[{**COUNT, "published": 37}])]
    assert places == ["id", "counts/0/published"]


def test_a_row_decides_something_or_says_why_not(tmp_path: Path) -> None:
    message = "nothing decides whether this base agrees with R01"
    assert _faults(tmp_path / "1") == [("id", message)]
    assert _faults(tmp_path / "2", counts=[COUNT]) == [("id", message)]
    assert _faults(tmp_path / "3", counts=[COUNT], not_comparable_because="No number.") == []
    assert _faults(tmp_path / "4", quoted=[{"claim": "c01"}]) == []
    figure = {"what": "studies", "figure": "focus.ratio", "comparator": "less_than", "published": 1}
    assert _faults(tmp_path / "5", figures=[figure]) == []


def test_quoted_numbers_exist(tmp_path: Path) -> None:
    assert _faults(tmp_path / "1", quoted=[{"claim": "c01", "number": 1, "published": 25}]) == []
    for number in (0, 2):
        quoted = [{"claim": "c01", "number": number}]
        found = _faults(tmp_path / f"2{number}", quoted=quoted)
        assert found == [("quoted/0/number", "the claim c01 has 1 number")]
    assert [place for place, _ in _faults(tmp_path / "3", quoted=[{"claim": "c01", "published": 25}])] == ["quoted/0"]
    assert [place for place, _ in _faults(tmp_path / "4", quoted=[{"claim": "c01", "unit": "percent"}])] == ["quoted/0"]


def test_condition_suggests_the_nearest_word(tmp_path: Path) -> None:
    ((_, message),) = _faults(tmp_path, counts=[{**COUNT, **EQUAL, "where": ["sectr=health"]}])
    assert message == "the condition `sectr=health` cannot be used"
