"""Published numbers next to figures of the base, as sentences of a briefing."""

from collections.abc import Mapping, Sequence

from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.phrasing.figures import reason_in_words
from coprod_review.phrasing.pieces import Piece, cited_sentence
from coprod_review.phrasing.texts import clause, sentence
from coprod_review.results.figure import Basis, Comparison, Figure
from coprod_review.text.grammar import listed, lower_first, percent, plural

_CONCLUSIONS: Mapping[Basis, str] = {
    "one_benchmark": "With this one benchmark alone, we draw no conclusion.",
    "below_band": "The share of studies is lower than the share of the population.",
    "above_band": "The share of studies is higher than the share of the population.",
    "reaches_band": "No study focuses on this group, and the studies are too few to say whether that is a fair share.",
    "into_band": "The studies are too few to say whether that is a fair share.",
}
"""What follows from a comparison with a population, by what its verdict rests on."""


def population_share(comparison: Comparison, figure: Figure) -> str:
    """Return the share of a population, how the share of studies compares, and what that allows to conclude."""
    benchmark = comparison.source
    assert isinstance(benchmark, Benchmark)
    least = "at least " if benchmark.floor else ""
    share = (
        f"{benchmark.label} make up {least}{benchmark.value}% of this population: "
        f"{lower_first(clause(benchmark.denominator_population))}."
    )
    source = f"The source is {benchmark.publisher} ({benchmark.year})."
    parts = (share, source, _ratio(comparison, benchmark), _conclusion(comparison, figure), _elsewhere(comparison))
    return " ".join(part for part in parts if part)


def _ratio(comparison: Comparison, benchmark: Benchmark) -> str:
    if comparison.ratio is None:
        return ""
    return f"The share of studies is {'at most ' if benchmark.floor else ''}{comparison.ratio:.2f} times this share."


def _conclusion(comparison: Comparison, figure: Figure) -> str:
    if comparison.benchmarks_disagree:
        return "The benchmarks for this group do not agree, so we draw no conclusion."
    if comparison.basis == "not_divided":
        return f"We do not divide the two, because {reason_in_words(figure) or 'there is no share of studies'}."
    if comparison.basis == "base_too_small":
        needed = plural(comparison.needed, "study")
        return f"No study focuses on this group, which means little here: it would take {needed} to show a shortfall."
    return _CONCLUSIONS[comparison.basis]


def _elsewhere(comparison: Comparison) -> str:
    """Return a warning where studies have data from outside the nations of the benchmark."""
    source = comparison.source
    if not comparison.elsewhere or not isinstance(source, Benchmark):
        return ""
    return (
        f"The benchmark is for {listed(source.geography)}. Of {plural(comparison.studies, 'study')}, "
        f"{comparison.elsewhere} have data from elsewhere or do not say from where."
    )


def published_number(comparison: Comparison, cites: Sequence[str]) -> tuple[Piece, ...]:
    """Return a number that the review or another work gives, with its warnings, citing where it comes from."""
    number = comparison.source
    assert isinstance(number, Quantity | Published)
    if comparison.verdict == "not_comparable":
        reason = sentence(number.not_comparable_because or "")
        what = lower_first(clause(number.label))
        return cited_sentence(f"One published number must not be compared with this: {what}", cites, reason)
    source = number.source if isinstance(number, Published) else "the review"
    note = sentence(number.note) if number.note else ""
    return cited_sentence(f"{clause(number.label)} were {_number(number)}, according to {source}", cites, note)


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
