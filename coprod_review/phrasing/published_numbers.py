"""Published numbers next to figures of the base, as sentences of a briefing."""

from collections.abc import Sequence

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.phrasing.comparisons import comparison_reason, verdict_in_words
from coprod_review.phrasing.pieces import Piece, cited_sentence
from coprod_review.phrasing.texts import clause, sentence
from coprod_review.results.figure import Comparison, Figure
from coprod_review.text.grammar import lower_first, percent


def population_share(comparison: Comparison, figure: Figure) -> str:
    """Return the share of a population, how the share of studies compares, and what that allows to conclude."""
    benchmark = comparison.source
    assert isinstance(benchmark, Benchmark)
    share = f"{benchmark.label} make up {'at least ' if benchmark.floor else ''}{benchmark.value}% of this population"
    population = f"{lower_first(clause(benchmark.denominator_population))} ({benchmark.publisher}, {benchmark.year})"
    verdict = f": {verdict_in_words(comparison)}" if comparison.verdict else ""
    divided = comparison.ratio is not None
    ratio = f"The share of studies is {comparison.ratio:.2f} times this share{verdict}." if divided else ""
    parts = f"{share}: {population}.", ratio, comparison_reason(comparison, figure)
    return " ".join(part for part in parts if part)


def published_number(comparison: Comparison, cites: Sequence[str]) -> tuple[Piece, ...]:
    """Return a number that the review or another work gives, with its warnings, citing where it comes from."""
    number = comparison.source
    assert isinstance(number, Quantity | Published)
    if comparison.verdict == "not_comparable":
        reason = sentence(number.not_comparable_because or "")
        what = lower_first(clause(number.label))
        return cited_sentence(f"One published number must not be compared with this: {what}", cites, reason)
    note = sentence(number.note) if number.note else ""
    source = number.source if isinstance(number, Published) else "" if note else "the review"
    said_by = f", according to {source}" if source else ""  # the note on a number of the review says where it is from
    return cited_sentence(f"{clause(number.label)} were {_number(number)}{said_by}", cites, note)


def _number(number: Quantity | Published) -> str:
    parts = number.fraction
    if parts:
        share = f" ({percent(parts[0] / parts[1])})" if parts[0] and parts[1] >= 10 else ""
        return f"{parts[0]} of {parts[1]}{share}"
    if number.percent is None:
        return "counted without a number that we have read"
    if number.N:
        return f"{number.percent}% of {number.N} (we have not read the numerator)"
    return f"{number.percent}% (without a numerator or denominator)"
