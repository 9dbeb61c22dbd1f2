"""Published shares beside figures in words: the verdict, its reason, and the tables that show them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.gaps.published_figures import figure_beside, published_comparisons
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.phrasing.figures import REASONS, figure_in_words, unknown_count
from coprod_review.phrasing.texts import sentence
from coprod_review.results.figure import Basis, Comparison, Figure, Verdict
from coprod_review.results.intervals import studies_for_zero
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Table
from coprod_review.text.grammar import capitalise, listed, number_with_verb, percent, plural

VERDICTS: Mapping[Verdict, str] = {
    "lower": "lower than the benchmark",
    "higher": "higher than the benchmark",
    "too_few": "too few studies to compare",
    "none_found": "none found",
    "not_comparable": "must not be compared",
}
_VERDICT_SENTENCES: Mapping[Verdict, str] = {
    "lower": "The share of studies is lower than the benchmark.",
    "higher": "The share of studies is higher than the benchmark.",
    "too_few": "There are too few studies to compare.",
    "none_found": "There is no such study.",
    "not_comparable": "The two must not be compared.",
}
_BASES: Mapping[Basis, str] = {
    "one_benchmark": "there is only one benchmark, so no verdict is given",
    "below_band": "the whole interval of the ratio is below 0.8",
    "reaches_band": "the interval of the ratio reaches 0.8",
    "into_band": "the interval of the ratio overlaps 0.8 to 1.2",
    "above_band": "the whole interval of the ratio is above 1.2",
}
_NEVER_DIVIDED = {
    True: "it is standardised by age",
    False: "it is not meant for these studies",
    "not_found": "nobody knows whether it is standardised by age",
}
"""Why a benchmark is never divided, by whether it is standardised by age."""
_PUBLISHED_NOTE = (
    "Brackets give the 95% confidence interval of a published share. Other works chose their studies in other ways, so "
    "a difference is not a change over time."
)
_BENCHMARK_NOTE = (
    "The ratio is the share of studies that focus on the group, divided by the group's share of the population. The "
    "studies needed are the number of studies without the group from which a count of zero excludes that share; in a "
    "smaller base, a count of zero says nothing."
)


def verdict_sentence(comparison: Comparison) -> str:
    """Return the verdict of a comparison as a sentence; empty where there is none."""
    return _VERDICT_SENTENCES[comparison.verdict] if comparison.verdict else ""


def verdict_in_words(comparison: Comparison) -> str:
    """Return the verdict of a comparison; empty where there is none."""
    return VERDICTS[comparison.verdict] if comparison.verdict else ""


def comparison_reason(comparison: Comparison, figure: Figure) -> str:
    """Return in sentences why a comparison has its verdict, or what the published number counts."""
    source = comparison.source
    if not isinstance(source, Benchmark):
        return _published_number(comparison, source)
    if comparison.basis == "not_divided":
        return f"The count is not divided because {REASONS[figure.reason or 'no_denominator']}."
    parts = [f"{capitalise(_basis(comparison))}."]
    if source.floor:
        parts.append("The benchmark is a minimum, so the ratio is at most this.")
    if comparison.elsewhere:
        of_all = f"{comparison.elsewhere} of {plural(comparison.studies, 'study')}"
        has, does = ("has", "does") if comparison.elsewhere == 1 else ("have", "do")
        parts.append(
            f"The benchmark is for {listed(source.geography)}; {of_all} {has} data from elsewhere or {does} not say."
        )
    return " ".join(parts)


def _basis(comparison: Comparison) -> str:
    if comparison.basis == "base_too_small":
        basis = (
            f"this base is too small to show a shortfall: it would take {comparison.needed} studies without the group"
        )
    else:
        basis = _BASES[comparison.basis]
    return f"the benchmarks disagree; for this one, {basis}" if comparison.benchmarks_disagree else basis


def _published_number(comparison: Comparison, number: Quantity | Published) -> str:
    if comparison.verdict == "not_comparable":
        return sentence(f"{number.label}: {number.not_comparable_because}")
    parts = number.fraction
    counted = f"{parts[0]} of {parts[1]}" if parts else _percent_without_numerator(number)
    label = f"{number.label} ({number.source})" if isinstance(number, Published) else number.label
    return f"{label}: {counted}." + (f" {sentence(number.note)}" if number.note else "")


def _percent_without_numerator(number: Quantity | Published) -> str:
    if number.percent is None:
        return "the source gives no number" if number.n is None else f"{number.n}"
    if number.N:
        return f"{number.percent}% of {number.N}; the source does not give the numerator"
    return f"{number.percent}%; the source gives no numerator and no denominator"


def published_table(result: Result, framework: Framework) -> tuple[Table, ...]:
    """Return the table of figures beside published numbers, or no table if it would be empty."""
    rows = [_published_row(f, c) for f in result.figures for c in f.comparisons if not isinstance(c.source, Benchmark)]
    rows += _rows_without_figure(result.analysis, {f.id for f in result.figures}, published_comparisons(framework))
    columns = ("Published", "Share", "In this base", "What it counts")
    table = Table(
        "Comparison with published figures", columns, tuple(rows), _PUBLISHED_NOTE, id=f"{result.analysis}.published"
    )
    return (table,) if rows else ()


def _rows_without_figure(
    analysis: str, figure_ids: Container[str], published: Iterable[Comparison]
) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each number that names a figure which does not exist, so that it is not silently left out."""
    for comparison in published:
        identity, source = figure_beside(comparison), comparison.source
        if identity.startswith(f"{analysis}.") and identity not in figure_ids and not isinstance(source, Benchmark):
            counts = _published_number(comparison, source)
            yield comparison.benchmark, "not compared", f"There is no figure {identity}.", counts


def _published_row(figure: Figure, comparison: Comparison) -> tuple[Cell, ...]:
    reason = comparison_reason(comparison, figure)
    if comparison.verdict == "not_comparable":
        return comparison.benchmark, verdict_in_words(comparison), figure.label, reason
    interval = comparison.interval
    limits = f" ({percent(interval.low)} to {percent(interval.high or 0)})" if interval else ""
    share = f"{100 * comparison.share:.1f}%{limits}" if comparison.share is not None else "no interval"
    return comparison.benchmark, share, f"{figure.label}: {figure_in_words(figure)}", reason


def benchmark_table(figures: Sequence[Figure], framework: Framework) -> tuple[Table, ...]:
    """Return the shares of populations beside the figures of the groups, or no table without benchmarks."""
    by_id = {figure.id: figure for figure in figures}
    rows = [_benchmark_row(b, by_id.get(f"representation.{b.group}")) for b in framework.benchmarks]
    for term in groups_of(framework):
        figure = by_id[f"representation.{term.id}"]
        if term.id in framework.named_groups and not figure.comparisons:
            rows.append((term.label, "none", "", None, f"There is no usable benchmark. {_focus_in_words(figure)}"))
    columns = ("Population share", "Share", "Ratio", "Studies needed", "Reading")
    table = Table(
        "Comparison with population shares", columns, tuple(rows), _BENCHMARK_NOTE, id="representation.benchmarks"
    )
    return (table,) if rows else ()


def _benchmark_row(benchmark: Benchmark, figure: Figure | None) -> tuple[Cell, ...]:
    comparisons = figure.comparisons if figure else ()
    comparison = next((c for c in comparisons if c.benchmark == benchmark.id), None)
    if figure is None or comparison is None:
        reading = f"This is context and is never divided, because {_NEVER_DIVIDED[benchmark.standardised]}."
        return benchmark.label, f"{benchmark.value}%", "", None, reading
    needed, reason = studies_for_zero(benchmark.value / 100), comparison_reason(comparison, figure)
    reading = f"{verdict_sentence(comparison)} {reason}" if comparison.verdict else reason
    return benchmark.label, f"{benchmark.value}%", _ratio(comparison), needed, reading


def _focus_in_words(figure: Figure) -> str:
    if figure.numerator is None:
        return f"Whether studies focus on this group is not known for any of {plural(unknown_count(figure), 'study')}."
    known, focus = plural(figure.denominator or 0, "study"), number_with_verb(figure.numerator, "focuses", "focus")
    unknown = f" For {unknown_count(figure)} more this is not known." if unknown_count(figure) else ""
    return f"Of {known}, {focus} on this group.{unknown}"


def _ratio(comparison: Comparison) -> str:
    if comparison.ratio is None or comparison.interval is None:
        return ""
    return f"{comparison.ratio:.2f} ({comparison.interval.low:.2f} to {comparison.interval.high or 0:.2f})"
