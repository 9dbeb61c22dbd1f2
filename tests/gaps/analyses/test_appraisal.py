"""Who appraised, and how sure they are, on a base worked out by hand: what people recorded is counted, no more."""

from typing import Any

from coprod_review.gaps.analyses import appraisal
from coprod_review.model.base import Framework
from coprod_review.model.study import Appraisal, Certainty, Study
from tests.gaps.worked import (
    bounds,
    figures,
    found,
    limits,
    named,
    nothing_is_known,
    numbers,
    primary,
    without_one,
)

SURE = Certainty(
    level="low",
    methodological_limitations="m",
    coherence="c",
    adequacy="a",
    relevance="r",
    assessor="A",
    date="2026-01-01",
)


def _by(concern: str, **items: str) -> Appraisal:
    answers = {name.replace("_", ".").lstrip("q"): answer for name, answer in items.items()}
    return Appraisal(
        tool="MMAT 2018", items=answers, serious_concern=concern, assessor="A", date="2026-01-01", rationale="r"
    )


def _base() -> list[Study]:
    """Sixteen eligible studies, twelve of them appraised, and two works that do not count."""
    sure: dict[str, Any] = {"certainty": SURE}
    return [
        found(1, sure, appraisal=_by("present", q1_1="no", q1_2="yes")),
        found(2, sure, {}, appraisal=_by("present", q1_1="no")),
        found(3, {**sure, "level": "experience"}, appraisal=_by("present", q1_1="yes")),  # no outcome finding
        *(found(n, appraisal=_by("absent", q1_1="yes")) for n in range(4, 11)),
        found(11, appraisal=_by("absent", q1_1="can't tell"), design="scoping-review"),
        found(12, appraisal=_by("not_coded", q1_1="yes")),  # appraised, and the concern is left open
        found(13, {}),  # from here on not appraised
        found(14),
        found(15),
        found(16),
        found(17, sure, appraisal=_by("present", q1_1="no"), role="context"),  # not counted
        found(18, sure, appraisal=_by("present", q1_1="no"), status="retracted"),  # not counted
    ]


def test_how_many_are_appraised_is_always_known(framework: Framework) -> None:
    appraised = figures(appraisal.analyse(_base(), framework))["appraised"]
    assert numbers(appraised) == (12, 16, 0, 0.75)  # 1 to 12, of 1 to 16
    assert appraised.numerator_ids == named(*range(1, 13))
    # (24 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 12 x 4/16)) / (2 (16 + 3.8415)) = (27.8415 -+ 7.8009) / 39.6829
    assert limits(appraised) == (0.505, 0.898)
    assert without_one(appraised) == (0.733, 0.8)  # 11/15 and 12/15
    assert primary(appraised) == (11, 15, 0.733)


def test_a_study_that_nobody_appraised_has_no_known_concern(framework: Framework) -> None:
    concern = figures(appraisal.analyse(_base(), framework))["serious-concern"]
    # Present: 1 2 3. Absent: 4 to 11. Left open: 12. Not appraised: 13 to 16. So 3 of 11.
    assert numbers(concern) == (3, 11, 5, 0.273)
    assert (concern.numerator_ids, concern.unknown_ids) == (named(1, 2, 3), named(*range(12, 17)))
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 8/11)) / (2 (11 + 3.8415)) = (9.8415 -+ 6.9485) / 29.6829
    assert limits(concern) == (0.097, 0.566)
    assert bounds(concern) == (0.188, 0.5)  # 3/16 and 8/16
    assert primary(concern) == (3, 10, 0.3)


def test_certainty_is_counted_where_a_person_recorded_it(framework: Framework) -> None:
    certain = figures(appraisal.analyse(_base(), framework))["certainty"]
    # Outcome findings: one of 1, two of 2, one of 13. Recorded: that of 1, and the first of 2.
    assert (certain.numerator, certain.denominator, certain.value, certain.unit) == (2, 4, None, "finding")
    assert certain.numerator_ids == ("author1-2020.1", "author2-2020.1")
    assert certain.interval is None


def test_appraisal_items_are_listed_not_summed(framework: Framework) -> None:
    (table,) = appraisal.analyse(_base(), framework).tables
    items = {row[:3]: row[3].ids for row in table.rows}  # type: ignore[union-attr]
    assert items == {
        ("MMAT 2018", "1.1", "can't tell"): named(11),
        ("MMAT 2018", "1.1", "no"): named(1, 2),
        ("MMAT 2018", "1.1", "yes"): named(*range(3, 11), 12),
        ("MMAT 2018", "1.2", "yes"): named(1),
    }
    names = {name for name, _, _ in table.cells()}
    assert len(names) == 4
    assert "appraisal.items/MMAT 2018:1.1:no/studies" in names


def test_uncoded_base_lacks_appraisals(framework: Framework) -> None:
    result = appraisal.analyse([found(n, {}) for n in range(1, 13)], framework)
    assert result.missing == ("appraisal",)
    by_id = figures(result)
    assert (numbers(by_id["serious-concern"]), by_id["serious-concern"].reason) == (
        (None, 0, 12, None),
        "nothing_known",
    )
    # That nobody appraised is known: 1 - 0.05 ** (1/12) = 0.221.
    assert (numbers(by_id["appraised"]), limits(by_id["appraised"])) == ((0, 12, 0, 0.0), (0.0, 0.221))
    assert result.tables == ()


def test_one_study_is_counted_and_given_no_share(framework: Framework) -> None:
    appraised, concern, _ = appraisal.analyse([found(1, appraisal=_by("present"))], framework).figures
    assert (numbers(appraised), appraised.reason) == ((1, 1, 0, None), "few_known")
    assert numbers(concern) == (1, 1, 0, None)


def test_empty_base_gives_no_number(framework: Framework) -> None:
    for studies in ([], [found(1, {"certainty": SURE}, appraisal=_by("present"), role="context")]):
        result = appraisal.analyse(studies, framework)
        assert nothing_is_known(result) == []
        assert {f.reason for f in result.figures[:2]} == {"empty"}
