"""Figures in words: the number, how sure it is, and what it is compared with."""

from dataclasses import replace

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.phrasing.comparisons import verdict_in_words
from coprod_review.phrasing.figures import bounds_in_words, figure_in_words, reason_in_words, unknown_count
from coprod_review.results.figure import Comparison, Figure, PracticeCount
from coprod_review.text.grammar import listed, lower_first, percent, plural


def figure_in_full(figure: Figure, codebook: Codebook, *, with_definition: bool = True) -> str:
    """Return a figure with its sensitivity, its comparisons and, unless it is repeated, its definition."""
    parts = [f"{figure.label}: {headline(figure)}", *sensitivity_in_words(figure, codebook)]
    parts += map(_comparison_in_words, figure.comparisons)
    definition = f" Definition: {figure.definition}." if with_definition else ""
    return f"{'; '.join(parts)}.{definition}"


def sensitivity_in_words(figure: Figure, codebook: Codebook) -> list[str]:
    """Return how a figure changes with unknown answers, without one study, for primary studies and by practice."""
    is_ratio = figure.kind == "ratio"
    bounds = _ratio_bounds(figure) if is_ratio else bounds_in_words(figure) if figure.kind == "share" else ""
    parts = [bounds] if bounds else []
    if figure.leave_one_out and figure.leave_one_out.high:
        low, high = figure.leave_one_out.low, figure.leave_one_out.high
        limits = f"{low:.2f} to {high:.2f}" if is_ratio else f"{percent(low)} to {percent(high)}"
        parts.append(f"leaving out any one study: {limits}")
    if figure.primary_only and figure.value is not None:
        primary = figure.primary_only
        value = "" if not primary.value else f" ({primary.value:.2f})" if is_ratio else f" ({percent(primary.value)})"
        of = "to" if is_ratio else "of"
        parts.append(f"primary studies alone: {primary.numerator} {of} {primary.denominator}{value}")
    if figure.practices:
        counts = [
            f"{lower_first(codebook.label('practices', p.practice))} {_practice_count(p)}" for p in figure.practices
        ]
        parts.append(f"by what they call the practice: {listed(counts)}")
    return parts


def _practice_count(part: PracticeCount) -> str:
    """Return the count of one practice; where some answers are unknown, what is known as a lower bound."""
    if not part.unknown:
        return f"{part.numerator} of {part.denominator}"
    if not part.numerator:
        return f"not known for {part.unknown} of {part.denominator + part.unknown}"
    return f"at least {part.numerator} of {part.denominator + part.unknown}"


def headline(figure: Figure) -> str:
    """Return the number of a figure in words, with its interval or the reason why it has no interval."""
    match figure.kind:
        case "ratio":
            return _ratio_headline(figure)
        case "median":
            return _median_headline(figure)
        case "count":
            return _count_headline(figure)
        case _:
            withheld = f"; {reason_in_words(figure)}" if figure.reason and figure.denominator else ""
            return f"{_share_headline(figure)}{withheld}"


def _share_headline(figure: Figure) -> str:
    """Return a share without its unknown answers, or a lower bound where they leave it without a value."""
    if not figure.numerator or figure.value is not None or not unknown_count(figure):
        return figure_in_words(replace(figure, unknown=None) if figure.value is not None else figure)
    return f"at least {figure.numerator} of {(figure.denominator or 0) + unknown_count(figure)}"


def _ratio_headline(figure: Figure) -> str:
    if figure.numerator is None:
        return f"not known on both sides for any of {plural(unknown_count(figure), 'study')}"
    known = " among those known on both sides" if figure.value is None else ""
    return f"{figure.numerator} to {figure.denominator}{known}{_ratio_value(figure)}"


def _median_headline(figure: Figure) -> str:
    if figure.value is None:
        return f"none, because {reason_in_words(figure)}"
    unknown = f"; not known for {unknown_count(figure)} more" if unknown_count(figure) else ""
    return f"{figure.value:g} over {plural(figure.denominator or 0, 'study')}{unknown}"


def _count_headline(figure: Figure) -> str:
    if figure.numerator is None:
        return f"not assessed, because {reason_in_words(figure)}"
    total = f" of {figure.denominator}" if figure.denominator is not None else ""
    share = f" ({percent(figure.value)})" if figure.value is not None else ""
    return f"{figure.numerator}{total}{share}; {reason_in_words(figure)}"


def _ratio_value(figure: Figure) -> str:
    if figure.value is None or figure.interval is None:
        return f"; no ratio, because {reason_in_words(figure)}"
    high = f"{figure.interval.high:.2f}" if figure.interval.high is not None else "no upper limit"
    return f" (ratio {figure.value:.2f}; could plausibly be {figure.interval.low:.2f} to {high})"


def _ratio_bounds(figure: Figure) -> str:
    if figure.unknown is None or not figure.unknown.count:
        return ""
    low = "0" if figure.unknown.low is None else f"{figure.unknown.low:.2f}"
    high = "no upper limit" if figure.unknown.high is None else f"{figure.unknown.high:.2f}"
    return f"not known for {figure.unknown.count}, which leaves {low} to {high}"


def _comparison_in_words(comparison: Comparison) -> str:
    """Return the published share beside a figure; a table in the same report says what the share counts."""
    text = f"beside {_source(comparison)}"
    text += f" ({100 * comparison.share:.1f}%)" if comparison.share is not None else ""
    text += f", ratio {comparison.ratio:.2f}" if comparison.ratio is not None else ""
    return f"{text}: {verdict_in_words(comparison)}" if comparison.verdict else text


def _source(comparison: Comparison) -> str:
    """Return where a published share is recorded."""
    match comparison.source:
        case Benchmark():
            return comparison.benchmark
        case Quantity():
            return f"claim {comparison.benchmark} of review.yaml"
        case _:
            return f"{comparison.benchmark} of review.yaml"
