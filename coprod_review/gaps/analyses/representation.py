"""G2: groups of people in the studies, beside their share of a population.

The numerator is the studies whose focus is the group. Inclusion is a figure of its own, since an abstract cannot show
that a group was left out. Which characteristics of their participants studies report is another question, which
``reporting`` answers. The participation-to-prevalence ratio is not computed, because the base has no numbers of
participants.
Methods: docs/methods/analyses.md#representation; docs/contracts/decisions.md#benchmarks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families, families
from coprod_review.gaps.gap_rules import GapPlace, find_gaps
from coprod_review.gaps.shares import countable, share, without_value
from coprod_review.gaps.study_sets import StudyTest, ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible, read_in_full
from coprod_review.results.chart import bars
from coprod_review.results.figure import Basis, Comparison, Criteria, Figure, Verdict
from coprod_review.results.intervals import Interval, studies_for_zero
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import lower_first, plural

QUESTION = "Which groups of people do studies focus on?"
SIMILAR_BAND = (0.8, 1.2)
"""Ratios that count as similar representation (Scott and colleagues 2018); a convention without sampling theory."""
INCLUDED_WITHOUT_FOCUS = ("included", "included_with_number")
"""Kinds of codes of a group that took part but is not the focus."""
INCLUDED = ("focus", *INCLUDED_WITHOUT_FOCUS)
MENTIONED = (*INCLUDED, "excluded", "none")
"""Kinds of codes for any mention of a group, whatever the work says of it."""
_CODE_COLUMNS = {
    "Focus": ("focus",),
    "Included": INCLUDED_WITHOUT_FOCUS,
    "Excluded": ("excluded",),
    "None took part": ("none",),
    "Not reported": ("not_reported",),
    "No participants": ("not_applicable",),
    "Not coded": (),
}
"""Columns of the table of codes, each with the kinds of codes that it counts; the last has every other code."""


_COLUMN_IDS = ("focus", "included", "excluded", "none_recruited", "not_reported", "not_applicable", NOT_CODED)


@dataclass(frozen=True, slots=True)
class RepresentationFacts:
    """Numbers of studies: of all that are eligible, and of those without any code for groups."""

    studies: int
    not_coded: int


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the share of eligible studies that focus on each group of the codebook, beside benchmarks.

    Figures ``representation.<group>`` (focus) and ``representation.<group>.included``. A study without any code for
    groups is unknown; for the others, what was read shows the focus.
    """
    studies, groups = eligible(studies, framework.codebook), groups_of(framework)
    tells_focus = bool(framework.codebook.of_kind("population_codes", "focus"))
    figures = tuple(_focus_share(term, studies, framework) for term in groups)
    included = tuple(_included_share(term, studies, framework) for term in groups)
    return Result(
        analysis="representation",
        facts=RepresentationFacts(count_families(studies), _not_coded(studies)),
        figures=(*figures, *included),
        gaps=find_gaps(_places(groups, studies, framework.codebook), framework, ("none", "thin"))
        if tells_focus
        else (),
        tables=(_codes_table(studies, framework.codebook),),
        charts=(bars("representation", zip((g.label for g in groups), figures, strict=True)),),
        figures_in_full=frozenset(f.id for f in figures if f.practices or f.comparisons),
    )


def groups_of(framework: Framework) -> tuple[Term, ...]:
    """Return the groups of people in the codebook, without the term for works about people in general."""
    return tuple(term for term in framework.codebook.terms("groups") if term.kind != "general")


def dividing_benchmarks(group: str, framework: Framework) -> tuple[Benchmark, ...]:
    """Return the population shares that a share of studies may be divided by.

    Method: docs/methods/comparisons.md#population-shares.
    """
    crude = (b for b in framework.benchmarks if b.group == group and b.standardised is False)
    divisors = framework.codebook.of_kind("benchmark_uses", "divisor")
    return tuple(b for b in crude if not divisors.isdisjoint(b.suitable_for))


def _places(groups: tuple[Term, ...], studies: tuple[Study, ...], codebook: Codebook) -> Iterator[GapPlace]:
    by_kind: dict[tuple[str, str], list[Study]] = {}
    for study in studies:
        for group, code in study.populations.items():
            by_kind.setdefault((group, codebook.kind("population_codes", code) or ""), []).append(study)
    uncoded = _not_coded(studies)
    for term in groups:
        yield GapPlace(
            id=term.id,
            label=term.label,
            studies=tuple(by_kind.get((term.id, "focus"), ())),
            uncoded=uncoded,
            included=count_families(s for kind in INCLUDED_WITHOUT_FOCUS for s in by_kind.get((term.id, kind), ())),
            kind="group",
            opens=f"representation.{term.id}",
        )


def _not_coded(studies: tuple[Study, ...]) -> int:
    """Return the number of studies without any code for groups of people."""
    return sum(not any(study.groups_coded for study in family) for family in families(studies))


def focuses_on(group: str, codebook: Codebook) -> StudyTest:
    """Return a test of whether a study focuses on a group; ``None`` if no group at all is coded."""
    focus = codebook.of_kind("population_codes", "focus")
    return lambda study: study.populations.get(group) in focus if study.groups_coded else None


def _applicable(term: Term, studies: tuple[Study, ...], codebook: Codebook) -> tuple[Study, ...]:
    """Return the studies that a group can apply to: a theory or a policy has no participants."""
    not_applicable = codebook.of_kind("population_codes", "not_applicable")
    return tuple(s for s in studies if s.populations.get(term.id) not in not_applicable)


def _focus_share(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    figure = share(
        f"representation.{term.id}",
        f"Studies that focus on {lower_first(term.label)}",
        "counts a study if what we read says that it is about the group; out of the eligible studies with a code for "
        "any group",
        _applicable(term, studies, framework.codebook),
        focuses_on(term.id, framework.codebook),
        framework.codebook,
        criteria=Criteria((f"populations.{term.id}", "populations")),
        headline=term.id in framework.named_groups,
    )
    figure = countable(figure, framework.codebook, "population_codes", "focus")
    divisible = dividing_benchmarks(term.id, framework)
    comparisons = tuple(_compare(figure, b, len(divisible), studies, framework.codebook) for b in divisible)
    return replace(figure, comparisons=_agreed(comparisons))


def _included_share(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    codebook = framework.codebook
    mentioned, included = (codebook.of_kind("population_codes", *kinds) for kinds in (MENTIONED, INCLUDED))
    mentioning = tuple(s for s in studies if s.populations.get(term.id) in mentioned)
    figure = share(
        f"representation.{term.id}.included",
        f"Studies that include {lower_first(term.label)}",
        "counts a study if it focuses on the group or includes it; out of the studies that mention the group",
        mentioning,
        lambda s: s.populations.get(term.id) in included,
        codebook,
        criteria=Criteria((f"populations.{term.id}",)),
    )
    if mentioning and not any(read_in_full(s, codebook) for s in mentioning):
        # An abstract that names a group includes it, so the way of coding alone would make the share 1.
        figure = without_value(figure, "presence_only")
    return countable(figure, codebook, "population_codes", *INCLUDED)


def _compare(
    figure: Figure, benchmark: Benchmark, divisible: int, studies: tuple[Study, ...], codebook: Codebook
) -> Comparison:
    expected = benchmark.value / 100
    if figure.value is None or figure.interval is None:
        return Comparison(benchmark.id, benchmark, expected, None, None, None, "not_divided")
    low, high = figure.interval.low / expected, (figure.interval.high or 0) / expected
    interval = Interval(
        low, high, figure.interval.level, figure.interval.sides, f"{figure.interval.method}, divided by the share"
    )
    verdict, basis = _verdict(figure, low, high, divisible, benchmark)
    return Comparison(
        benchmark=benchmark.id,
        source=benchmark,
        share=expected,
        ratio=figure.value / expected,
        interval=interval,
        verdict=verdict,
        basis=basis,
        needed=studies_for_zero(expected),
        elsewhere=_from_elsewhere(benchmark, studies, codebook),
        studies=count_families(studies),
    )


def _verdict(
    figure: Figure, low: float, high: float, divisible: int, benchmark: Benchmark
) -> tuple[Verdict | None, Basis]:
    if divisible < 2:
        return None, "one_benchmark"
    if high < SIMILAR_BAND[0]:
        return "lower", "below_band"
    if figure.numerator == 0:
        too_small = (figure.denominator or 0) < studies_for_zero(benchmark.value / 100)
        return "none_found", "base_too_small" if too_small else "reaches_band"
    if low > SIMILAR_BAND[1] and not benchmark.floor:
        return "higher", "above_band"
    return "too_few", "into_band"


def _from_elsewhere(benchmark: Benchmark, studies: tuple[Study, ...], codebook: Codebook) -> int:
    """Count the studies with data from outside the nations of the benchmark, or from places that are not known."""
    nations = codebook.parts("places", benchmark.geography).union(benchmark.geography)
    return count_families(s for s in studies if not s.geography.data or not nations.issuperset(s.geography.data))


def _agreed(comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Replace a verdict of lower or higher, unless every benchmark gives the same."""
    verdicts = {c.verdict for c in comparisons}
    if len(verdicts) < 2 or not verdicts & {"lower", "higher"}:
        return comparisons
    return tuple(
        replace(c, verdict="too_few", benchmarks_disagree=True) if c.verdict in ("lower", "higher") else c
        for c in comparisons
    )


def _codes_table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    groups = codebook.terms("groups")
    column_of = {kind: column for column, kinds in _CODE_COLUMNS.items() for kind in kinds}
    by_column: dict[tuple[str, str], list[str]] = {}
    for study in studies:
        for term in groups:
            kind = codebook.kind("population_codes", study.populations.get(term.id, NOT_CODED))
            by_column.setdefault((term.id, column_of.get(kind or "", "Not coded")), []).append(study.id)

    def row(term: Term) -> tuple[Cell, ...]:
        cells = (tuple(by_column.get((term.id, column), ())) for column in _CODE_COLUMNS)
        return term.label, *(Count(cell, Criteria((f"populations.{term.id}",))) for cell in cells)

    return Table(
        f"Groups in {plural(count_families(studies), 'eligible study', 'eligible studies')}",
        ("Group", *_CODE_COLUMNS),
        tuple(map(row, groups)),
        id="representation.codes",
        row_ids=ids_of_terms(groups),
        column_ids=tuple(_COLUMN_IDS),
    )


ANALYSIS = Analysis("representation", QUESTION, analyse, needs=("groups",))
