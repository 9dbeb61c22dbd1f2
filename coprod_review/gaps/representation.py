"""G2: groups of people in the studies, beside their share of a population.

The numerator is the studies whose focus is the group; inclusion and reporting
are shown apart, since an abstract cannot show that a group was left out.
Methods: methods.md 2.3, 2.4, 3.4 and 10 (G2); design.md decision 8.
"""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.gaps.figures import Code, ids, share
from coprod_review.gaps.rules import Cell, gaps_of
from coprod_review.models import Benchmark, Framework, Study, Term, eligible
from coprod_review.results import Comparison, Count, Figure, Result, Table
from coprod_review.statistics import Interval, studies_for_zero
from coprod_review.wording import listed, phrase, plural

QUESTION = "Which groups of people do the studies focus on, and which do they not?"
GENERAL = "no-particular-group"
BAND = (0.8, 1.2)
"""Ratios taken as similar representation (Scott and colleagues 2018); a convention without sampling theory."""
_USES = {"people", "older-people", "community"}


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """For every group of the codebook: the share of eligible studies that focus on it, beside benchmarks.

    Figures are named ``representation.<group>``. A study without any code for
    groups is not known; for the others what was read shows the focus.
    """
    held = eligible(studies)
    groups = [term for term in framework.codebook.terms("groups") if term.id != GENERAL]
    figures = tuple(_figure(term, held, framework) for term in groups)
    cells = [_cell(term, held) for term in groups]
    return Result(
        analysis="representation",
        question=QUESTION,
        statement=_statement(held, groups, figures),
        caution=(
            "A group can be included in a study that does not focus on it; abstracts seldom say. A zero in a base of "
            "this size is silence, not proof of under-representation."
        ),
        figures=figures,
        gaps=gaps_of(cells, framework, ("none", "thin")),
        tables=(_codes_table(held, framework), _benchmark_table(figures, framework)),
    )


def _cell(term: Term, studies: tuple[Study, ...]) -> Cell:
    return Cell(
        id=term.id,
        label=term.label,
        studies=tuple(s for s in studies if s.populations.get(term.id) == "focus"),
        uncoded=sum(not s.populations for s in studies),
        included=sum(s.populations.get(term.id) in ("included", "included_n") for s in studies),
        is_group=True,
    )


def focuses_on(group: str) -> Code:
    """Whether a study focuses on a group; ``None`` where no group at all is coded."""
    return lambda study: study.populations.get(group) == "focus" if study.populations else None


def _figure(term: Term, studies: tuple[Study, ...], framework: Framework) -> Figure:
    figure = share(
        f"representation.{term.id}",
        f"Studies that focus on {phrase(term.label)}",
        "focus: what was read of the work, its title at least, says that it is about the group",
        tuple(s for s in studies if s.populations.get(term.id) != "not_applicable"),
        focuses_on(term.id),
        framework.codebook,
    )
    usable = [b for b in framework.benchmarks if b.group == term.id and _USES & set(b.suitable_for)]
    divisible = [b for b in usable if b.standardised is False]
    comparisons = tuple(_compare(figure, b, len(divisible), studies) for b in divisible)
    return replace(figure, comparisons=_agreed(comparisons))


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
        return "lower than the benchmark", "the whole interval lies below 0.8"
    if figure.numerator == 0:
        needed = studies_for_zero(benchmark.value / 100)
        reason = "a base of this size could not show a shortfall; {} studies without the group would"
        return "none found", reason.format(needed) if (figure.denominator or 0) < needed else "the interval reaches 0.8"
    if low > BAND[1] and not benchmark.floor:
        return "higher than the benchmark", "the whole interval lies above 1.2"
    return "too few studies to say", "the interval reaches into the band from 0.8 to 1.2"


def _places(benchmark: Benchmark, studies: tuple[Study, ...]) -> str:
    """A warning where studies hold data from outside the nations of the benchmark."""
    elsewhere = sum(not set(s.geography.data) <= set(benchmark.geography) or not s.geography.data for s in studies)
    if not elsewhere:
        return ""
    return (
        f" The benchmark is for {listed(benchmark.geography)}; {elsewhere} of {plural(len(studies), 'study')} hold "
        "data from elsewhere or do not say"
    )


def _agreed(comparisons: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Keep a verdict of lower or higher only where every benchmark gives the same."""
    verdicts = {c.verdict for c in comparisons}
    if len(verdicts) < 2 or not verdicts & {"lower than the benchmark", "higher than the benchmark"}:
        return comparisons
    return tuple(
        replace(c, verdict="too few studies to say", reason=f"the benchmarks do not agree; for this one {c.reason}")
        if c.verdict and " than the benchmark" in c.verdict
        else c
        for c in comparisons
    )


def _statement(studies: tuple[Study, ...], groups: list[Term], figures: tuple[Figure, ...]) -> str:
    silent = [g for g, f in zip(groups, figures, strict=True) if not f.numerator]
    named = [g for g in groups if any(f.id.endswith(f".{g.id}") and f.numerator for f in figures)]
    counts = {f.id.removeprefix("representation."): f.numerator for f in figures}
    most = sorted(named, key=lambda g: -counts[g.id])[:4]
    leading = listed([f"{phrase(g.label)} ({counts[g.id]})" for g in most])
    return (
        f"{len(named)} of {plural(len(groups), 'group')} are in focus of at least one of "
        f"{plural(len(studies), 'study')}"
        + (f", most often {leading}" if leading else "")
        + f"; {len(silent)} are in focus of none."
        + _not_coded(studies)
        + (f" {_named_groups(figures, groups)}" if _named_groups(figures, groups) else "")
    )


def _not_coded(studies: tuple[Study, ...]) -> str:
    unknown = sum(not s.populations for s in studies)
    return f" Groups are not coded for {plural(unknown, 'study')}." if unknown else ""


def _named_groups(figures: tuple[Figure, ...], groups: list[Term]) -> str:
    """Whether any group may be called higher or lower than its benchmarks."""
    labels = {f"representation.{g.id}": g.label for g in groups}
    decided = [
        f"{labels[f.id]}: {f.comparisons[0].verdict}"
        for f in figures
        if f.comparisons and f.comparisons[0].verdict and " than the benchmark" in f.comparisons[0].verdict
    ]
    return (
        f"{'; '.join(decided)}."
        if decided
        else "For no group do the numbers allow a verdict against its population share."
    )


def _codes_table(studies: tuple[Study, ...], framework: Framework) -> Table:
    def coded(group: str, *codes: str) -> Count:
        return Count(ids(s for s in studies if s.populations.get(group, "not_coded") in codes))

    shown = (
        ("Focus", ("focus",)),
        ("Included", ("included", "included_n")),
        ("Excluded", ("excluded",)),
        ("None took part", ("none_recruited",)),
        ("Not reported", ("not_reported",)),
        ("No participants", ("not_applicable",)),
        ("Not coded", ("not_coded",)),
    )
    groups = framework.codebook.terms("groups")
    return Table(
        f"Groups in {plural(len(studies), 'eligible study')}",
        ("Group", *(name for name, _ in shown)),
        tuple((term.label, *(coded(term.id, *codes) for _, codes in shown)) for term in groups),
        "Not coded: nobody could see it in what was read. Not reported: the full text is silent.",
    )


def _benchmark_table(figures: tuple[Figure, ...], framework: Framework) -> Table:
    groups = {f.id.removeprefix("representation."): f for f in figures}
    rows = []
    for benchmark in framework.benchmarks:
        figure = groups.get(benchmark.group)
        found = next((c for c in figure.comparisons if c.benchmark == benchmark.id), None) if figure else None
        rows.append((benchmark.label, f"{benchmark.value}%", *_ratio_cells(found), _reading(found, benchmark)))
    for term in framework.codebook.terms("groups"):
        if term.id in framework.named_groups and term.id in groups and not groups[term.id].comparisons:
            figure = groups[term.id]
            rows.append(
                (
                    term.label,
                    "none",
                    "",
                    f"no usable benchmark; {figure.numerator} of {figure.denominator} studies focus on this group",
                )
            )
    return Table("Beside population shares", ("Population share", "Share", "Ratio", "Reading"), tuple(rows))


def _ratio_cells(found: Comparison | None) -> tuple[str]:
    if found is None or found.ratio is None or found.interval is None:
        return ("",)
    return (f"{found.ratio:.2f} ({found.interval.low:.2f} to {found.interval.high or 0:.2f})",)


def _reading(found: Comparison | None, benchmark: Benchmark) -> str:
    if found is None:
        why = {
            True: "age-standardised, so never divided",
            False: "not for these studies",
            "not_found": "not known to be crude",
        }
        return f"context only: {why[benchmark.standardised]}"
    return f"{found.verdict}: {found.reason}" if found.verdict else found.reason
