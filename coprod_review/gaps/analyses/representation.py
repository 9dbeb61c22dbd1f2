"""G2: groups of people in the studies, beside their share of a population.

The numerator is the studies whose focus is the group; inclusion and reporting
are figures of their own, since an abstract cannot show that a group was left
out. The participation-to-prevalence ratio is not computed: the base holds no
numbers of participants. Methods: docs/methods/analyses.md#representation;
docs/contracts/decisions.md#benchmarks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_review.gaps.charts import bars
from coprod_review.gaps.gap_rules import GapPlace, find_gaps
from coprod_review.gaps.shares import share
from coprod_review.gaps.study_sets import StudyTest, ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Term
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.figures import unknown_of
from coprod_review.results.figure import Comparison, Criteria, Figure
from coprod_review.results.intervals import Interval, studies_for_zero
from coprod_review.results.result import Result
from coprod_review.results.table import Cell as TableCell
from coprod_review.results.table import Count, Table
from coprod_review.text.grammar import listed, lower_first, plural

QUESTION = "Which groups of people do the studies focus on, and which do they not?"
GENERAL = "no-particular-group"
BAND = (0.8, 1.2)
"""Ratios taken as similar representation (Scott and colleagues 2018); a convention without sampling theory."""
INCLUDED_TOO = ("included", "included_n")
"""Codes of a group that took part and is not the focus."""
INCLUDED = ("focus", *INCLUDED_TOO)
REPORTED = (*INCLUDED, "excluded", "none_recruited")
"""Codes by which a work says something of a group, whatever it says."""
LOWER, HIGHER = "lower than the benchmark", "higher than the benchmark"
TOO_FEW = "too few studies to say"
_USES = {"people", "older-people", "community"}
"""What a benchmark is suitable for, where a share of studies may be divided by it."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """For every group of the codebook: the share of eligible studies that focus on it, beside benchmarks.

    Figures are ``representation.<group>`` (focus), and with ``.included`` and
    ``.reported`` after it. A study without any code for groups is not known;
    for the others what was read shows the focus.
    """
    held = eligible(studies)
    groups = groups_of(framework)
    figures = tuple(_focus(term, held, framework) for term in groups)
    others = tuple(f for term in groups for f in (_included(term, held, framework), reported(term, held, framework)))
    return Result(
        analysis="representation",
        question=QUESTION,
        statement=_statement(held, groups, figures),
        caution=(
            "A group can be included in a study that does not focus on it; abstracts seldom say. A zero in a base of "
            "this size is silence, not proof of under-representation."
        ),
        figures=(*figures, *others),
        gaps=find_gaps(list(_cells(groups, held)), framework, ("none", "thin")),
        tables=(_codes_table(held, framework), *_benchmark_table(figures, framework)),
        charts=(bars("representation", QUESTION, list(zip((g.label for g in groups), figures, strict=True))),),
        figures_in_full=frozenset(f.id for f in figures if f.practices or f.comparisons),
    )


def groups_of(framework: Framework) -> tuple[Term, ...]:
    """The groups of people of the codebook; a work about people in general is about none of them."""
    return tuple(term for term in framework.codebook.terms("groups") if term.id != GENERAL)


def divisors(group: str, framework: Framework) -> tuple[Benchmark, ...]:
    """The population shares that may divide a share of studies (docs/methods/comparisons.md#population-shares)."""
    crude = (b for b in framework.benchmarks if b.group == group and b.standardised is False)
    return tuple(b for b in crude if _USES & set(b.suitable_for))


def _cells(groups: tuple[Term, ...], studies: tuple[Study, ...]) -> Iterator[GapPlace]:
    placed: dict[tuple[str, str], list[Study]] = {}
    for study in studies:
        for group, code in study.populations.items():
            placed.setdefault((group, code), []).append(study)
    uncoded = sum(not study.groups_coded for study in studies)
    for term in groups:
        yield GapPlace(
            id=term.id,
            label=term.label,
            studies=tuple(placed.get((term.id, "focus"), ())),
            uncoded=uncoded,
            included=sum(len(placed.get((term.id, code), ())) for code in INCLUDED_TOO),
            is_group=True,
            opens=f"representation.{term.id}",
        )


def focuses_on(group: str) -> StudyTest:
    """Whether a study focuses on a group; ``None`` where no group at all is coded."""
    return lambda study: study.populations.get(group) == "focus" if study.groups_coded else None


def _applicable(term: Term, studies: tuple[Study, ...]) -> tuple[Study, ...]:
    """The studies to which a group can apply: a theory or a policy has no participants."""
    return tuple(s for s in studies if s.populations.get(term.id) != "not_applicable")


def _focus(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    figure = share(
        f"representation.{term.id}",
        f"Studies that focus on {lower_first(term.label)}",
        "focus: what was read of the work, its title at least, says that it is about the group; a study coded for any "
        "group is known not to focus on the others; of all eligible studies",
        _applicable(term, studies),
        focuses_on(term.id),
        framework.codebook,
        trail=Criteria((f"populations.{term.id}", "populations")),
        headline=term.id in framework.named_groups,
    )
    divisible = divisors(term.id, framework)
    comparisons = tuple(_compare(figure, b, len(divisible), studies) for b in divisible)
    return replace(figure, comparisons=_agreed(comparisons))


def _included(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    reporting = tuple(s for s in _applicable(term, studies) if s.populations.get(term.id) in REPORTED)
    figure = share(
        f"representation.{term.id}.included",
        f"Studies that include {lower_first(term.label)}",
        "in focus or included; of the studies that say something of the group",
        reporting,
        lambda s: s.populations.get(term.id) in INCLUDED,
        framework.codebook,
        trail=Criteria((f"populations.{term.id}",)),
    )
    if reporting and all(s.coded_from != "full_text" for s in reporting):
        # An abstract that names a group includes it: the share would be 1 by the way it was coded.
        part = figure.primary_only
        primary = replace(part, value=None) if part else None
        return replace(figure, value=None, interval=None, leave_one_out=None, primary_only=primary, reason=PRESENT_ONLY)
    return figure


PRESENT_ONLY = "only presence could be coded, so no share is given"


def reported(
    term: Term, studies: tuple[Study, ...], framework: Framework, stem: str = "representation.{}.reported"
) -> Figure:
    """The share of studies that say anything of a group; silence is known from a full text alone."""
    known = {**dict.fromkeys(REPORTED, True), "not_reported": False}
    return share(
        stem.format(term.id),
        f"Studies that say something of {lower_first(term.label)}",
        "in focus, included, excluded or none taking part, as against silent; of the studies that have participants",
        _applicable(term, studies),
        lambda s: known.get(s.populations.get(term.id, NOT_CODED)),
        framework.codebook,
        trail=Criteria((f"populations.{term.id}",)),
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
    said = f"{reason}.{_floor(benchmark)}{_places(benchmark, studies)}"
    return Comparison(benchmark.id, expected, figure.value / expected, interval, verdict, said)


def _floor(benchmark: Benchmark) -> str:
    return " The share is a floor, so the ratio is at most this." if benchmark.floor else ""


def _verdict(figure: Figure, low: float, high: float, divisible: int, benchmark: Benchmark) -> tuple[str | None, str]:
    if divisible < 2:
        return None, "one benchmark only, so no verdict"
    if high < BAND[0]:
        return LOWER, "the whole interval lies below 0.8"
    if figure.numerator == 0:
        needed = studies_for_zero(benchmark.value / 100)
        reason = "a base of this size could not show a shortfall; {} studies without the group would"
        return "none found", reason.format(needed) if (figure.denominator or 0) < needed else "the interval reaches 0.8"
    if low > BAND[1] and not benchmark.floor:
        return HIGHER, "the whole interval lies above 1.2"
    return TOO_FEW, "the interval reaches into 0.8 to 1.2"


def _places(benchmark: Benchmark, studies: tuple[Study, ...]) -> str:
    """A warning where studies hold data from outside the nations of the benchmark."""
    inside = set(benchmark.geography)
    elsewhere = sum(not s.geography.data or not inside.issuperset(s.geography.data) for s in studies)
    if not elsewhere:
        return ""
    return (
        f" It is for {listed(benchmark.geography)}; {elsewhere} of {plural(len(studies), 'study')} hold data from "
        "elsewhere or do not say"
    )


def _agreed(comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Keep a verdict of lower or higher only where every benchmark gives the same."""
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
    named = sorted(((t, n) for t, n in counts if n), key=lambda pair: -pair[1])
    leading = listed([f"{lower_first(term.label)} ({n})" for term, n in named[:4]])
    return (
        f"{len(named)} of {plural(len(groups), 'group')} are in focus of at least one of "
        f"{plural(len(studies), 'study')}"
        + (f", most often {leading}" if leading else "")
        + f"; {len(groups) - len(named)} are in focus of none."
        + _not_coded(studies)
        + f" {_verdicts(figures, groups)}"
    )


def _not_coded(studies: tuple[Study, ...]) -> str:
    unknown = sum(not s.groups_coded for s in studies)
    return f" Groups are not coded for {plural(unknown, 'study')}." if unknown else ""


def _verdicts(figures: tuple[Figure, ...], groups: tuple[Term, ...]) -> str:
    """Whether any group may be called higher or lower than its benchmarks."""
    decided = [
        f"{term.label}: {figure.comparisons[0].verdict}"
        for term, figure in zip(groups, figures, strict=True)
        if figure.comparisons and figure.comparisons[0].verdict in (LOWER, HIGHER)
    ]
    return f"{'; '.join(decided)}." if decided else "For no group do the numbers allow a verdict against a population."


def _codes_table(studies: tuple[Study, ...], framework: Framework) -> Table:
    groups = framework.codebook.terms("groups")
    placed: dict[tuple[str, str], list[str]] = {}
    for study in studies:
        for term in groups:
            placed.setdefault((term.id, study.populations.get(term.id, NOT_CODED)), []).append(study.id)

    def row(term: Term) -> tuple[TableCell, ...]:
        trail = Criteria((f"populations.{term.id}",))
        cells = (tuple(i for code in codes for i in placed.get((term.id, code), ())) for codes in _SHOWN.values())
        return term.label, *(Count(cell, trail) for cell in cells)

    return Table(
        f"Groups in {plural(len(studies), 'eligible study', 'eligible studies')}",
        ("Group", *_SHOWN),
        tuple(map(row, groups)),
        "Focus was judged for every study with any group coded. Not coded: whether the group took part could not be "
        "seen. Not reported: the full text is silent.",
        id="representation.codes",
        row_ids=ids_of_terms(groups),
        column_ids=tuple(codes[0] for codes in _SHOWN.values()),
    )


_SHOWN = {
    "Focus": ("focus",),
    "Included": INCLUDED_TOO,
    "Excluded": ("excluded",),
    "None took part": ("none_recruited",),
    "Not reported": ("not_reported",),
    "No participants": ("not_applicable",),
    "Not coded": (NOT_CODED,),
}


def _benchmark_table(figures: tuple[Figure, ...], framework: Framework) -> tuple[Table, ...]:
    groups = {f.id.removeprefix("representation."): f for f in figures}
    rows: list[tuple[TableCell, ...]] = []
    for benchmark in framework.benchmarks:
        figure = groups.get(benchmark.group)
        found = next((c for c in figure.comparisons if c.benchmark == benchmark.id), None) if figure else None
        needed = studies_for_zero(benchmark.value / 100) if found else None
        rows.append((benchmark.label, f"{benchmark.value}%", _ratio(found), needed, _reading(found, benchmark)))
    for term in groups_of(framework):
        if term.id in framework.named_groups and not groups[term.id].comparisons:
            rows.append((term.label, "none", "", None, f"no usable benchmark; {_focused(groups[term.id])}"))
    columns = ("Population share", "Share", "Ratio", "Zero tells from", "Reading")
    table = Table("Beside population shares", columns, tuple(rows), _ZERO, id="representation.benchmarks")
    return (table,) if rows else ()


_ZERO = (
    "Ratio: the share of studies in focus divided by the share of the population. Zero tells from: how many studies "
    "without the group it takes before a zero excludes that share; in a smaller base a zero means nothing."
)


def _focused(figure: Figure) -> str:
    known = plural(figure.denominator or 0, "study")
    unknown = f", not known for {unknown_of(figure)}" if unknown_of(figure) else ""
    return f"{figure.numerator or 0} of {known} focus on this group{unknown}"


def _ratio(found: Comparison | None) -> str:
    if found is None or found.ratio is None or found.interval is None:
        return ""
    return f"{found.ratio:.2f} ({found.interval.low:.2f} to {found.interval.high or 0:.2f})"


def _reading(found: Comparison | None, benchmark: Benchmark) -> str:
    if found is None:
        why = {
            True: "age-standardised, so never divided",
            False: "not for these studies",
            "not_found": "not known to be crude",
        }
        return f"context only: {why[benchmark.standardised]}"
    return f"{found.verdict}: {found.reason}" if found.verdict else found.reason
