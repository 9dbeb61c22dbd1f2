"""What the worked examples share: studies by number, figures by name, cells by the id that ``why`` opens."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from coprod_review.model.base import Framework
from coprod_review.model.citation import Citation
from coprod_review.model.review import Example, Published, Recommendation, Review, Testimony
from coprod_review.model.study import Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from tests.conftest import finding, study

Numbers = tuple[int | None, int | None, int | None, float | None]


def named(*numbers: int) -> tuple[str, ...]:
    """The ids of studies by their numbers."""
    return tuple(f"author{number}-2020" for number in numbers)


def found(number: int, *codes: dict[str, Any], **changes: Any) -> Study:
    """A study with one finding for each set of codes."""
    (name,) = named(number)
    findings = tuple(finding(name, n, **{"outcome": "people.health.wellbeing", **c}) for n, c in enumerate(codes, 1))
    return study(number, findings=findings, **changes)


def whole(number: int, *codes: dict[str, Any], **changes: Any) -> Study:
    """The same, coded from its full text, so that absence is known."""
    return found(number, *codes, coded_from="full_text", **changes)


def issued(made: Study, year: int | None) -> Study:
    """The study with another year of issue."""
    return replace(made, citation=replace(made.citation, issued=year))


def figures_of(results: Iterable[Result]) -> Iterator[Figure]:
    """Every figure of some results."""
    for result in results:
        yield from result.figures


def figures(result: Result) -> dict[str, Figure]:
    """Figures by the part of their id after the name of the analysis."""
    return {f.id.partition(".")[2]: f for f in result.figures}


def numbers(figure: Figure) -> Numbers:
    """Numerator, denominator, how many are unknown, and the value to three decimals."""
    unknown = figure.unknown.count if figure.unknown else None
    return figure.numerator, figure.denominator, unknown, None if figure.value is None else round(figure.value, 3)


def limits(figure: Figure) -> tuple[float, float | None] | None:
    """The limits of the interval to three decimals."""
    interval = figure.interval
    return None if interval is None else (round(interval.low, 3), interval.high and round(interval.high, 3))


def bounds(figure: Figure) -> tuple[float | None, float | None]:
    """What the unknown leave open, to three decimals."""
    assert figure.unknown is not None
    low, high = figure.unknown.low, figure.unknown.high
    return None if low is None else round(low, 3), None if high is None else round(high, 3)


def without_one(figure: Figure) -> tuple[float, float] | None:
    """The range of the value when any one study is left out, to three decimals."""
    left = figure.leave_one_out
    return None if left is None else (round(left.low, 3), round(left.high, 3))


def primary(figure: Figure) -> tuple[int, int, float | None]:
    """Numerator, denominator and value, to three decimals, over primary studies."""
    part = figure.primary_only
    assert part is not None
    return part.numerator, part.denominator, None if part.value is None else round(part.value, 3)


def practices(figure: Figure) -> dict[str, tuple[int, int, int]]:
    """Numerator, denominator and unknown within each practice, in the order that is shown."""
    return {p.practice: (p.numerator, p.denominator, p.unknown) for p in figure.practices}


def cells(result: Result) -> dict[str, tuple[str, ...]]:
    """The ids in every cell of every table, by the id that opens it."""
    return {name: count.ids for name, _, count in counts(result)}


def counts(result: Result) -> Iterator[tuple[str, str, Count]]:
    """Every cell that counts, of every table."""
    for table in result.tables:
        yield from table.cells()


def filled(result: Result, table: str) -> dict[str, tuple[str, ...]]:
    """The cells of one table that hold anything, by row and column."""
    return {n.removeprefix(f"{table}/"): ids for n, ids in cells(result).items() if n.startswith(f"{table}/") and ids}


def reviewed(
    framework: Framework,
    *,
    claims: Sequence[Any] = (),
    testimony: Sequence[Testimony] = (),
    examples: Sequence[Example] = (),
    recommendations: Sequence[Recommendation] = (),
    published: Sequence[Published] = (),
    errata: Sequence[Any] = (),
) -> Framework:
    """The framework with a review that holds what is given and nothing else."""
    review = Review(
        id="r",
        citation=Citation(type="report", title="A review"),
        method="m",
        claims=tuple(claims),
        testimony=tuple(testimony),
        enablers=(),
        barriers=(),
        examples=tuple(examples),
        recommendations=tuple(recommendations),
        published=tuple(published),
        errata=tuple(errata),
    )
    return replace(framework, review=review)


def nothing_is_known(result: Result) -> list[str]:
    """Shares of the result that give a number although nothing is known; empty where all is well."""
    return [
        f.id
        for f in result.figures
        if (f.kind == "share" and f.numerator is not None) or f.value is not None or f.interval is not None
    ]
