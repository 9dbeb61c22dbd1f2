"""Whether people chose what was measured, and how far they were involved, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.phrasing.made import share

NAMES = ("chose-outcomes", "co-design-or-above", "co-production", "label-gap")


def _result(*numbers: tuple[int, int, int], missing: tuple[str, ...] = ()) -> Result:
    figures: tuple[Figure, ...] = tuple(
        share(f"involvement.{name}", *given) for name, given in zip(NAMES, numbers, strict=True)
    )
    return Result("involvement", figures=figures, missing=missing)


def test_statement_describes_and_does_not_accuse(framework: Framework) -> None:
    result = _result((4, 11, 2), (3, 10, 2), (2, 10, 2), (3, 10, 2))
    assert words.statement(result, framework) == (
        "People with lived experience helped to choose what to measure: 4 of 11 studies (36%; 95% confidence interval "
        "15% to 65%), and not known for 2 more. Assessed as co-design or above: 3 of 10 studies (30%; 95% confidence "
        "interval 11% to 60%), and not known for 2 more; as co-production: 2 of 10 studies (20%; 95% confidence "
        "interval 6% to 51%), and not known for 2 more. Called co-production and described as engagement or less: 3 of "
        "10 studies (30%; 95% confidence interval 11% to 60%), and not known for 2 more. 2 studies assessed by fewer "
        "than two people, left out."
    )


def test_where_nothing_is_coded(framework: Framework) -> None:
    unrated = (0, 0, 0)
    result = _result((0, 0, 2), unrated, unrated, unrated, missing=("involvement_in_outcomes", "rungs"))
    assert words.statement(result, framework) == (
        "People with lived experience helped to choose what to measure: not known for any of 2 studies. How far people "
        "were involved is not assessed: no study has both rungs of the ladder coded."
    )
    assert words.missing(result, framework) == (
        "for none of 2 primary outcome studies is it coded whether people helped to choose outcomes: read full texts "
        "and code involvement_in_outcomes; and no study has both rungs of the ladder coded: code rung_claimed and "
        "rung_assessed, by two people, and name them under coders"
    )


def test_without_a_primary_outcome_study(framework: Framework) -> None:
    result = _result(*((0, 0, 0),) * 4, missing=("rungs",))
    assert words.statement(result, framework).startswith("No primary study here was seen to report an outcome.")
