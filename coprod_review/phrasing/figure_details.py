"""Figures in full: the number, what could change it, and what it is compared with."""

from collections.abc import Iterator
from dataclasses import replace

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.phrasing.attribution import attributed_in_words
from coprod_review.phrasing.comparisons import verdict_in_words
from coprod_review.phrasing.figures import ratio_value, read_in_words, reason_in_words, unknown_count
from coprod_review.results.figure import Comparison, Figure, PracticeCount, PrimaryOnly, Unknown
from coprod_review.text.grammar import listed, lower_first, percent, plural, plural_noun


def figure_in_full(figure: Figure, codebook: Codebook, *, with_definition: bool = True) -> str:
    """Return a figure with its sensitivity, its comparisons and, unless it is repeated, its definition."""
    sentences = [f"{figure.label}: {headline(figure)}.", *sensitivity_sentences(figure, codebook)]
    sentences += map(_comparison_sentence, figure.comparisons)
    if with_definition:
        sentences.append(f"Definition: {figure.definition}.")
    return " ".join(sentences)


def sensitivity_sentences(figure: Figure, codebook: Codebook) -> Iterator[str]:
    """Yield how a figure changes with unknown answers, without one study, for primary studies and by practice."""
    if figure.unknown and figure.unknown.count:
        yield from _bounds_sentence(figure, figure.unknown)
    if figure.leave_one_out and figure.leave_one_out.high:
        low, high = (_value(figure, value) for value in (figure.leave_one_out.low, figure.leave_one_out.high))
        yield f"Leaving out any one study changes this to between {low} and {high}."
    if figure.primary_only and figure.value is not None:
        yield _primary_sentence(figure, figure.primary_only)
    if figure.practices:
        counts = [f"{_practice_count(p)} for {_practice(p, codebook)}" for p in figure.practices]
        yield f"By the practice that the study names, it is {listed(counts)}."


def _value(figure: Figure, value: float) -> str:
    return f"{value:.2f}" if figure.kind == "ratio" else percent(value)


def _primary_sentence(figure: Figure, primary: PrimaryOnly) -> str:
    if not primary.numerator and not primary.denominator:
        return "None of these studies is a primary study."
    value = f" ({_value(figure, primary.value)})" if primary.value else ""
    of = "to" if figure.kind == "ratio" else "of"
    return f"Among primary studies alone it is {primary.numerator} {of} {primary.denominator}{value}."


def _bounds_sentence(figure: Figure, unknown: Unknown) -> Iterator[str]:
    """Yield the range that the unknown answers leave open; a median or a count has none."""
    depending = f"Depending on the {plural(unknown.count, figure.unit)} for which this is not known, it is between"
    if figure.kind == "share":
        total, least = (figure.denominator or 0) + unknown.count, figure.numerator or 0
        yield f"{depending} {least} and {least + unknown.count} of {total}."
    if figure.kind == "ratio":
        low = "0" if unknown.low is None else f"{unknown.low:.2f}"
        yield f"{depending} {low} and {'any higher number' if unknown.high is None else f'{unknown.high:.2f}'}."


def _practice(part: PracticeCount, codebook: Codebook) -> str:
    return lower_first(codebook.label("practices", part.practice))


def _practice_count(part: PracticeCount) -> str:
    """Return the count of one practice; where some answers are unknown, what is known as a lower bound."""
    if not part.unknown:
        return f"{part.numerator} of {part.denominator}"
    if not part.numerator:
        known = f"0 of {part.denominator} and " if part.denominator else ""
        return f"{known}not known for {part.unknown}"
    return f"at least {part.numerator} of {part.denominator + part.unknown}"


def headline(figure: Figure) -> str:
    """Return the number of a figure in words, with its interval or the reason why there is no value.

    What the review of the base alone adds comes last.
    """
    return "; ".join(filter(None, (_read_headline(figure), attributed_in_words(figure))))


def _read_headline(figure: Figure) -> str:
    match figure.kind:
        case "ratio":
            return _ratio_headline(figure)
        case "median":
            return _median_headline(figure)
        case "count":
            return _count_headline(figure)
        case _:
            return _share_headline(figure)


def _share_headline(figure: Figure) -> str:
    """Return a share without its unknown answers, or a lower bound where they leave it without a value."""
    if figure.value is not None:
        return read_in_words(replace(figure, unknown=None))
    withheld = f" (no percentage is given because {reason_in_words(figure)})" if figure.denominator else ""
    if figure.numerator and unknown_count(figure):
        total = plural((figure.denominator or 0) + unknown_count(figure), figure.unit)
        return f"at least {figure.numerator} of {total}{withheld}"
    return f"{read_in_words(figure)}{withheld}"


def _ratio_headline(figure: Figure) -> str:
    if figure.numerator is None and unknown_count(figure):
        return f"not known on both sides for any of {plural(unknown_count(figure), 'study')}"
    if figure.numerator is None:
        return "no studies to count"
    if figure.value is None or figure.interval is None:
        counts = f"{figure.numerator} to {figure.denominator} among the studies that are known on both sides"
        return f"{counts} (no ratio is given because {reason_in_words(figure)})"
    return f"{figure.numerator} to {figure.denominator} ({ratio_value(figure.value, figure.interval)})"


def _median_headline(figure: Figure) -> str:
    if figure.value is None:
        return f"not given because {reason_in_words(figure)}"
    unknown = f", and not known for {unknown_count(figure)} more" if unknown_count(figure) else ""
    return f"{figure.value:g}, over {plural(figure.denominator or 0, 'study')}{unknown}"


def _count_headline(figure: Figure) -> str:
    if figure.numerator is None:
        return f"not counted because {reason_in_words(figure)}"
    if figure.denominator is None:
        return plural(figure.numerator, figure.unit)
    if not figure.denominator:
        return f"no {plural_noun(figure.unit)} to count"
    share = f" ({percent(figure.value)})" if figure.value is not None else ""
    return f"{figure.numerator} of {plural(figure.denominator, figure.unit)}{share}"


def _comparison_sentence(comparison: Comparison) -> str:
    """Return the published share beside a figure; a table in the same report says what the share counts."""
    source = _source(comparison)
    if comparison.verdict == "not_comparable":
        return f"{source} must not be compared with it."
    share = f"{100 * comparison.share:.1f}%" if comparison.share is not None else "a number without its numerator"
    ratio = f"; the ratio is {comparison.ratio:.2f}" if comparison.ratio is not None else ""
    verdict = f" ({verdict_in_words(comparison)})" if comparison.verdict else ""
    return f"{source} gives {share}{ratio}{verdict}."


def _source(comparison: Comparison) -> str:
    """Return where a published share is recorded, as the subject of a sentence."""
    match comparison.source:
        case Benchmark():
            return f"The benchmark {comparison.benchmark}"
        case Quantity():
            return f"Claim {comparison.benchmark} of review.yaml"
        case _:
            return f"Entry {comparison.benchmark} of review.yaml"
