"""Entries of one study family count once in shares, ratios, counts and cells."""

from typing import Any

import pytest

from coprod_review.gaps.families import count_families, families
from coprod_review.gaps.ratios import four_cells
from coprod_review.gaps.registry import run_analyses
from coprod_review.gaps.shares import share
from coprod_review.model.base import Framework
from coprod_review.model.study import ReportedIn, Study
from coprod_review.results.figure import Attributed
from coprod_review.results.result import Result
from tests.conftest import aim_codes, aims, study
from tests.gaps.worked import cells, figures, found, named, practices, reviewed

FAMILY = {"study_family": "kent"}
ANSWERS = {"primary": True, "not_an_aim": False}


def _answer(made: Study) -> bool | None:
    return ANSWERS.get(aim_codes(made)[0])


def _only(name: str, framework: Framework, *studies: Study) -> Result:
    (result,) = run_analyses([name], studies, framework)
    return result


def test_entries_without_a_family_are_families_of_one() -> None:
    alone = (study(1), study(2))
    assert families(alone) == ((alone[0],), (alone[1],))
    shared = (study(1, **FAMILY), study(2), study(3, **FAMILY), study(4, study_family="essex"))
    assert families(shared) == ((shared[0], shared[2]), (shared[1],), (shared[3],))
    assert count_families(shared) == 3


def test_a_family_is_not_an_entry_with_its_name() -> None:
    assert count_families((study(1, study_family="author2-2020"), study(2))) == 2


@pytest.mark.parametrize(
    ("codes", "counted", "known", "unknown"),
    [
        (("process", "outcome"), named(1), named(1), ()),
        (("not_coded", "outcome"), named(1), named(1), ()),
        (("process", "process"), (), named(1), ()),
        (("process", "not_coded"), (), (), named(1)),
    ],
)
def test_a_share_counts_a_family_once(
    codes: tuple[str, str], counted: Any, known: Any, unknown: Any, framework: Framework
) -> None:
    entries = [study(n, aims=aims(code), practice=("co-design",), **FAMILY) for n, code in enumerate(codes, 1)]
    figure = share("x", "X", "d", entries, _answer, framework.codebook, headline=True)
    assert (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids) == (counted, known, unknown)
    assert practices(figure) == {"co-design": (len(counted), len(known), len(unknown))}
    assert figure.primary_only is not None
    assert (figure.primary_only.numerator, figure.primary_only.denominator) == (len(counted), len(known))


def test_only_the_entries_of_a_practice_decide_its_count(framework: Framework) -> None:
    entries = [
        study(1, aims=aims("process"), practice=("co-design",), design="scoping-review", **FAMILY),
        study(2, aims=aims("outcome"), practice=("ppi",), **FAMILY),
    ]
    figure = share("x", "X", "d", entries, _answer, framework.codebook, headline=True)
    assert practices(figure) == {"co-design": (0, 1, 0), "ppi": (1, 1, 0)}
    assert figure.primary_only is not None
    assert (figure.primary_only.numerator, figure.primary_only.denominator) == (1, 1)


def test_a_ratio_puts_a_family_into_one_cell() -> None:
    entries = (
        study(1, aims=aims("outcome"), **FAMILY),
        study(2, aims=aims("process"), **FAMILY),
        study(3, aims=aims("outcome")),
    )

    def on(side: str) -> Any:
        return lambda made: aim_codes(made) == aim_codes(study(aims=aims(side)))

    four = four_cells(entries, on("outcome"), on("process"))
    assert (four.both, four.first_only, four.second_only, four.neither, four.unknown) == (
        named(1),
        named(3),
        (),
        (),
        (),
    )


def test_counts_and_cells_name_the_first_entry(framework: Framework) -> None:
    first, second = study(1, **FAMILY), found(2, {}, **FAMILY)  # only the second entry has a finding
    other = found(3, {})
    result = _only("care-act", framework, first, second, other)
    assert (figures(result)["b"].numerator, figures(result)["b"].numerator_ids) == (2, named(1, 3))
    assert cells(result)["care-act.areas/b/studies"] == named(1, 3)
    sector = figures(_only("sector", framework, first, second, other))["including"]
    assert sector.unknown_ids == named(1, 3)


def test_a_retracted_entry_names_no_family(framework: Framework) -> None:
    retracted = study(1, status="retracted", **FAMILY)
    result = _only("care-act", framework, retracted, found(2, {}, **FAMILY), found(3, {}, **FAMILY))
    assert figures(result)["b"].numerator_ids == named(2)


def test_a_finding_counts_for_itself(framework: Framework) -> None:
    result = _only("direction", framework, found(1, {}, **FAMILY), found(2, {}, **FAMILY))
    assert cells(result)["direction.findings/benefit/findings"] == ("author1-2020.1", "author2-2020.1")
    assert cells(result)["direction.findings/benefit/studies"] == named(1)


def test_thin_evidence_counts_families(framework: Framework) -> None:
    entries = [found(n, {}, **FAMILY) for n in range(1, 4)]
    (gap,) = [g for g in _only("matrix", framework, *entries).gaps if (g.type, g.where) == ("thin", "people.health")]
    assert (gap.counts.studies, gap.studies) == (1, named(1))


def test_a_family_that_was_read_is_not_added_by_the_review(framework: Framework) -> None:
    of_review = found(1, {"reported_in": (ReportedIn(source="r"),)}, **FAMILY)
    result = _only("focus", reviewed(framework), of_review, found(2, {}, **FAMILY), study(3))
    outcome = figures(result)["reported.outcome-share"]
    assert (outcome.numerator_ids, outcome.attributed) == (named(1), None)
    alone = figures(_only("focus", reviewed(framework), of_review, study(2, **FAMILY), study(3)))
    assert alone["reported.outcome-share"].attributed == Attributed("r", named(1), named(1))
