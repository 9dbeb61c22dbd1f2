"""G2: groups of people in the studies, beside their share of a population.

The numerator is the studies whose focus is the group. Inclusion and reporting are figures of their own, since an
abstract cannot show that a group was left out. The participation-to-prevalence ratio is not computed, because the base
has no numbers of participants.
Methods: docs/methods/analyses.md#representation; docs/contracts/decisions.md#benchmarks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_review.gaps.charts import bars
from coprod_review.gaps.gap_rules import GapPlace, find_gaps
from coprod_review.gaps.shares import share, without_value
from coprod_review.gaps.study_sets import StudyTest, ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Comparison, Criteria, Figure
from coprod_review.results.intervals import Interval, studies_for_zero
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "Which groups of people do the studies focus on, and which do they not?"
NO_PARTICULAR_GROUP = "no-particular-group"
SIMILAR_BAND = (0.8, 1.2)
"""Ratios that count as similar representation (Scott and colleagues 2018); a convention without sampling theory."""
INCLUDED_WITHOUT_FOCUS = ("included", "included_n")
"""Codes of a group that took part but is not the focus."""
INCLUDED = ("focus", *INCLUDED_WITHOUT_FOCUS)
REPORTED = (*INCLUDED, "excluded", "none_recruited")
"""Codes for any mention of a group, whatever the work says of it."""
LOWER, HIGHER = "lower than the benchmark", "higher than the benchmark"
TOO_FEW = "too few studies to say"
PRESENT_ONLY = "only presence could be coded, so no share is given"
_USES = {"people", "older-people", "community"}
"""Values of ``suitable_for`` of a benchmark that may divide a share of studies."""
_CODE_COLUMNS = {
    "Focus": ("focus",),
    "Included": INCLUDED_WITHOUT_FOCUS,
    "Excluded": ("excluded",),
    "None took part": ("none_recruited",),
    "Not reported": ("not_reported",),
    "No participants": ("not_applicable",),
    "Not coded": (NOT_CODED,),
}
"""Columns of the table of codes, each with the codes that it counts."""
_BENCHMARK_NOTE = (
    "Ratio: the share of studies in focus divided by the share of the population. Zero tells from: how many studies "
    "without the group it takes before a zero excludes that share; in a smaller base a zero means nothing."
)


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report the share of eligible studies that focus on each group of the codebook, beside benchmarks.

    Figures ``representation.<group>`` (focus), ``representation.<group>.included`` and ``.reported``. A study without
    any code for groups is unknown; for the others, what was read shows the focus.
    """
    studies, groups = eligible(studies), groups_of(framework)
    figures = tuple(_focus_share(term, studies, framework) for term in groups)
    others = tuple(
        figure
        for term in groups
        for figure in (_included_share(term, studies, framework), reported_share(term, studies, framework))
    )
    return Result(
        analysis="representation",
        question=QUESTION,
        statement=_statement(studies, groups, figures),
        caution=(
            "A group can be included in a study that does not focus on it; abstracts seldom say. A zero in a base of "
            "this size is silence, not proof of under-representation."
        ),
        figures=(*figures, *others),
        gaps=find_gaps(_places(groups, studies), framework, ("none", "thin")),
        tables=(_codes_table(studies, framework.codebook), *_benchmark_table(figures, framework)),
        charts=(bars("representation", QUESTION, zip((g.label for g in groups), figures, strict=True)),),
        figures_in_full=frozenset(f.id for f in figures if f.practices or f.comparisons),
    )


def groups_of(framework: Framework) -> tuple[Term, ...]:
    """Return the groups of people in the codebook, without the term for works about people in general."""
    return tuple(term for term in framework.codebook.terms("groups") if term.id != NO_PARTICULAR_GROUP)


def dividing_benchmarks(group: str, framework: Framework) -> tuple[Benchmark, ...]:
    """Return the population shares that a share of studies may be divided by.

    Method: docs/methods/comparisons.md#population-shares.
    """
    crude = (b for b in framework.benchmarks if b.group == group and b.standardised is False)
    return tuple(b for b in crude if _USES & set(b.suitable_for))


def _places(groups: tuple[Term, ...], studies: tuple[Study, ...]) -> Iterator[GapPlace]:
    by_code: dict[tuple[str, str], list[Study]] = {}
    for study in studies:
        for group, code in study.populations.items():
            by_code.setdefault((group, code), []).append(study)
    uncoded = sum(not study.groups_coded for study in studies)
    for term in groups:
        yield GapPlace(
            id=term.id,
            label=term.label,
            studies=tuple(by_code.get((term.id, "focus"), ())),
            uncoded=uncoded,
            included=sum(len(by_code.get((term.id, code), ())) for code in INCLUDED_WITHOUT_FOCUS),
            is_group=True,
            opens=f"representation.{term.id}",
        )


def focuses_on(group: str) -> StudyTest:
    """Return a test of whether a study focuses on a group; ``None`` if no group at all is coded."""
    return lambda study: study.populations.get(group) == "focus" if study.groups_coded else None


def _applicable(term: Term, studies: tuple[Study, ...]) -> tuple[Study, ...]:
    """Return the studies that a group can apply to: a theory or a policy has no participants."""
    return tuple(s for s in studies if s.populations.get(term.id) != "not_applicable")


def _focus_share(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    figure = share(
        f"representation.{term.id}",
        f"Studies that focus on {lower_first(term.label)}",
        "focus: what was read of the work, its title at least, says that it is about the group; a study coded for any "
        "group is known not to focus on the others; of all eligible studies",
        _applicable(term, studies),
        focuses_on(term.id),
        framework.codebook,
        criteria=Criteria((f"populations.{term.id}", "populations")),
        headline=term.id in framework.named_groups,
    )
    divisible = dividing_benchmarks(term.id, framework)
    comparisons = tuple(_compare(figure, b, len(divisible), studies) for b in divisible)
    return replace(figure, comparisons=_agreed(comparisons))


def _included_share(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    reporting = tuple(s for s in _applicable(term, studies) if s.populations.get(term.id) in REPORTED)
    figure = share(
        f"representation.{term.id}.included",
        f"Studies that include {lower_first(term.label)}",
        "in focus or included; of the studies that say something of the group",
        reporting,
        lambda s: s.populations.get(term.id) in INCLUDED,
        framework.codebook,
        criteria=Criteria((f"populations.{term.id}",)),
    )
    if reporting and all(s.coded_from != "full_text" for s in reporting):
        # An abstract that names a group includes it, so the way of coding alone would make the share 1.
        return without_value(figure, PRESENT_ONLY)
    return figure


def reported_share(
    term: Term, studies: tuple[Study, ...], framework: Framework, stem: str = "representation.{}.reported"
) -> Figure:
    """Return the share of studies that mention a group; only a full text shows that a group is not mentioned."""
    answers = {**dict.fromkeys(REPORTED, True), "not_reported": False}
    return share(
        stem.format(term.id),
        f"Studies that say something of {lower_first(term.label)}",
        "in focus, included, excluded or none taking part, as against silent; of the studies that have participants",
        _applicable(term, studies),
        lambda s: answers.get(s.populations.get(term.id, NOT_CODED)),
        framework.codebook,
        criteria=Criteria((f"populations.{term.id}",)),
    )


def _compare(figure: Figure, benchmark: Benchmark, divisible: int, studies: tuple[Study, ...]) -> Comparison:
    expected = benchmark.value / 100
    if figure.value is None or figure.interval is None:
        return Comparison(benchmark.id, expected, None, None, None, f"not divided: {figure.reason}")
    low, high = figure.interval.low / expected, (figure.interval.high or 0) / expected
    interval = Interval(
        low, high, figure.interval.level, figure.interval.sides, f"{figure.interval.method}, divided by the share"
    )
    verdict, reason = _verdict(figure, low, high, divisible, benchmark)
    explanation = f"{reason}.{_floor(benchmark)}{_other_places(benchmark, studies)}"
    return Comparison(benchmark.id, expected, figure.value / expected, interval, verdict, explanation)


def _floor(benchmark: Benchmark) -> str:
    return " The share is a floor, so the ratio is at most this." if benchmark.floor else ""


def _verdict(figure: Figure, low: float, high: float, divisible: int, benchmark: Benchmark) -> tuple[str | None, str]:
    if divisible < 2:
        return None, "one benchmark only, so no verdict"
    if high < SIMILAR_BAND[0]:
        return LOWER, "the whole interval lies below 0.8"
    if figure.numerator == 0:
        needed = studies_for_zero(benchmark.value / 100)
        reason = "a base of this size could not show a shortfall; {} studies without the group would"
        return "none found", reason.format(needed) if (figure.denominator or 0) < needed else "the interval reaches 0.8"
    if low > SIMILAR_BAND[1] and not benchmark.floor:
        return HIGHER, "the whole interval lies above 1.2"
    return TOO_FEW, "the interval reaches into 0.8 to 1.2"


def _other_places(benchmark: Benchmark, studies: tuple[Study, ...]) -> str:
    """Return a warning if studies have data from outside the nations of the benchmark."""
    nations = set(benchmark.geography)
    elsewhere = sum(not s.geography.data or not nations.issuperset(s.geography.data) for s in studies)
    if not elsewhere:
        return ""
    return (
        f" It is for {listed(benchmark.geography)}; {elsewhere} of {plural(len(studies), 'study')} hold data from "
        "elsewhere or do not say"
    )


def _agreed(comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Replace a verdict of lower or higher, unless every benchmark gives the same."""
    verdicts = {c.verdict for c in comparisons}
    if len(verdicts) < 2 or not verdicts & {LOWER, HIGHER}:
        return comparisons
    return tuple(
        replace(c, verdict=TOO_FEW, reason=f"the benchmarks do not agree; for this one {c.reason}")
        if c.verdict in (LOWER, HIGHER)
        else c
        for c in comparisons
    )


def _statement(studies: tuple[Study, ...], groups: tuple[Term, ...], figures: tuple[Figure, ...]) -> str:
    counts = [(term, figure.numerator or 0) for term, figure in zip(groups, figures, strict=True)]
    in_focus = sorted(((t, n) for t, n in counts if n), key=lambda pair: -pair[1])
    leading = listed([f"{lower_first(term.label)} ({n})" for term, n in in_focus[:4]])
    return (
        f"{len(in_focus)} of {plural(len(groups), 'group')} are in focus of at least one of "
        f"{plural(len(studies), 'study')}"
        + (f", most often {leading}" if leading else "")
        + f"; {len(groups) - len(in_focus)} are in focus of none."
        + _not_coded(studies)
        + f" {_verdicts(figures, groups)}"
    )


def _not_coded(studies: tuple[Study, ...]) -> str:
    unknown = sum(not s.groups_coded for s in studies)
    return f" Groups are not coded for {plural(unknown, 'study')}." if unknown else ""


def _verdicts(figures: tuple[Figure, ...], groups: tuple[Term, ...]) -> str:
    """Return the groups that are higher or lower than their benchmarks, in words."""
    decided = [
        f"{term.label}: {figure.comparisons[0].verdict}"
        for term, figure in zip(groups, figures, strict=True)
        if figure.comparisons and figure.comparisons[0].verdict in (LOWER, HIGHER)
    ]
    return f"{'; '.join(decided)}." if decided else "For no group do the numbers allow a verdict against a population."


def _codes_table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    groups = codebook.terms("groups")
    by_code: dict[tuple[str, str], list[str]] = {}
    for study in studies:
        for term in groups:
            by_code.setdefault((term.id, study.populations.get(term.id, NOT_CODED)), []).append(study.id)

    def row(term: Term) -> tuple[Cell, ...]:
        columns = _CODE_COLUMNS.values()
        cells = (tuple(i for code in codes for i in by_code.get((term.id, code), ())) for codes in columns)
        return term.label, *(Count(cell, Criteria((f"populations.{term.id}",))) for cell in cells)

    return Table(
        f"Groups in {plural(len(studies), 'eligible study', 'eligible studies')}",
        ("Group", *_CODE_COLUMNS),
        tuple(map(row, groups)),
        "Focus was judged for every study with any group coded. Not coded: whether the group took part could not be "
        "seen. Not reported: the full text is silent.",
        id="representation.codes",
        row_ids=ids_of_terms(groups),
        column_ids=tuple(codes[0] for codes in _CODE_COLUMNS.values()),
    )


def _benchmark_table(figures: tuple[Figure, ...], framework: Framework) -> tuple[Table, ...]:
    by_group = {f.id.removeprefix("representation."): f for f in figures}
    rows: list[tuple[Cell, ...]] = []
    for benchmark in framework.benchmarks:
        figure = by_group.get(benchmark.group)
        comparison = next((c for c in figure.comparisons if c.benchmark == benchmark.id), None) if figure else None
        needed = studies_for_zero(benchmark.value / 100) if comparison else None
        reading = _reading(comparison, benchmark)
        rows.append((benchmark.label, f"{benchmark.value}%", _ratio(comparison), needed, reading))
    for term in groups_of(framework):
        if term.id in framework.named_groups and not by_group[term.id].comparisons:
            rows.append((term.label, "none", "", None, f"no usable benchmark; {_focus_in_words(by_group[term.id])}"))
    columns = ("Population share", "Share", "Ratio", "Zero tells from", "Reading")
    table = Table("Beside population shares", columns, tuple(rows), _BENCHMARK_NOTE, id="representation.benchmarks")
    return (table,) if rows else ()


def _focus_in_words(figure: Figure) -> str:
    known = plural(figure.denominator or 0, "study")
    unknown = f", not known for {unknown_count(figure)}" if unknown_count(figure) else ""
    return f"{figure.numerator or 0} of {known} focus on this group{unknown}"


def _ratio(comparison: Comparison | None) -> str:
    if comparison is None or comparison.ratio is None or comparison.interval is None:
        return ""
    return f"{comparison.ratio:.2f} ({comparison.interval.low:.2f} to {comparison.interval.high or 0:.2f})"


def _reading(comparison: Comparison | None, benchmark: Benchmark) -> str:
    if comparison is None:
        reasons = {
            True: "age-standardised, so never divided",
            False: "not for these studies",
            "not_found": "not known to be crude",
        }
        return f"context only: {reasons[benchmark.standardised]}"
    return f"{comparison.verdict}: {comparison.reason}" if comparison.verdict else comparison.reason
