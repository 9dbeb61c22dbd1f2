"""The sentences of the first screen, which has little room for words next to a number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coprod_review.gaps.analyses.focus import FocusFacts
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.phrasing.analyses.focus import STEMS, attributed_sides, other_definition, unknown_sides
from coprod_review.phrasing.attribution import attributed_in_words
from coprod_review.phrasing.charts import bar
from coprod_review.phrasing.comparisons import VERDICTS
from coprod_review.phrasing.figures import reason_in_words, unknown_count
from coprod_review.phrasing.gaps import gap_name
from coprod_review.results.chart import Bar
from coprod_review.results.figure import Comparison, Figure
from coprod_review.results.result import Gap, GeneralGap
from coprod_review.text.grammar import listed, lower_first, percent, plural

_SHOWN_TYPES = 2
"""Types of gap that the first screen counts among the gaps that it does not show."""


def headline_bars(figures: Mapping[str, Figure], framework: Framework, facts: FocusFacts) -> list[Bar]:
    """Return the headline figures as bars, the most important first."""
    stem = STEMS[facts.definition]
    labelled = [
        ("Examine outcomes", figures["focus.outcome-share"]),
        ("Examine process", figures["focus.process-share"]),
        ("Report outcomes", figures[f"{stem}.outcome-share"]),
        ("Report process", figures[f"{stem}.process-share"]),
    ]
    if "sector.direct" in figures:
        labelled.append((f"Outcomes: {framework.sector_label} alone", figures["sector.direct"]))
    named = [g for g in framework.codebook.terms("groups") if g.id in framework.named_groups]
    labelled += [(f"On {lower_first(g.label)}", figures[f"representation.{g.id}"]) for g in named]
    return [replace(bar(label, figure), detail=_detail(figure)) for label, figure in labelled]


def _detail(figure: Figure) -> str:
    """Return the sensitivity of a figure, or the share of its group in the population, in few words."""
    if figure.id.startswith("representation."):
        return _population_shares([c for c in figure.comparisons if isinstance(c.source, Benchmark)])
    sensitivity = _sensitivity(figure) if figure.value is not None else []
    # A sentence below the bars says what the review adds to what studies report.
    added = "" if figure.id.startswith("focus.") else attributed_in_words(figure)
    return "; ".join(filter(None, (*sensitivity, added)))


def _sensitivity(figure: Figure) -> list[str]:
    """Return the leave-one-out range and the count for primary studies; both are plain where the count is zero."""
    extremes, primary, parts = figure.leave_one_out, figure.primary_only, []
    if extremes and figure.numerator:
        parts.append(f"{percent(extremes.low)} to {percent(extremes.high)} if one study is left out")
    if primary and figure.numerator:
        parts.append(f"primary: {primary.numerator} of {primary.denominator}")
    return [*parts, f"not known for {unknown_count(figure)}"] if unknown_count(figure) else parts


def _population_shares(comparisons: Sequence[Comparison]) -> str:
    if not comparisons:
        return ""
    shares = ", ".join(_population_share(comparison) for comparison in comparisons)
    verdict = comparisons[0].verdict
    return f"share of the population: {shares}" + (f"; {VERDICTS[verdict]}" if verdict else "")


def _population_share(comparison: Comparison) -> str:
    floor = isinstance(comparison.source, Benchmark) and comparison.source.floor
    return f"{'at least ' if floor else ''}{100 * (comparison.share or 0):.1f}%"


def ratio_sentence(figures: Mapping[str, Figure]) -> str:
    """Return the ratio of outcomes to process, or why it is not given, with the counts for primary aims alone."""
    ratio, primary = figures["focus.ratio"], figures["focus.primary.ratio"]
    if ratio.value is None or ratio.interval is None:
        return f"No ratio of outcomes to process is given because {reason_in_words(ratio)}."
    high = f"{ratio.interval.high:.2f}" if ratio.interval.high is not None else "no upper limit"
    counts = f"primary aims {primary.numerator} to {primary.denominator}"
    return f"Ratio of outcomes to process: {ratio.value:.2f} ({ratio.interval.low:.2f} to {high}); {counts}."


def reported_sentences(figures: Mapping[str, Figure], facts: FocusFacts) -> str:
    """Return what the review adds to the sides that studies report, and what is not known of them.

    It is empty where the review adds nothing and both sides are known for every study.
    """
    stem = STEMS[facts.definition]
    sentences = [attributed_sides(figures[f"{stem}.outcome-share"], figures[f"{stem}.process-share"])]
    ratio = figures[f"{stem}.ratio"]
    if ratio.attributed and unknown_count(ratio):
        sentences.append(
            f"What was read does not show both sides for {unknown_count(ratio)} of {facts.studies} studies."
        )
    elif unknown_count(ratio):
        sentences.append(unknown_sides(figures, facts))
    if unknown_count(ratio):
        sentences += [other_definition(figures, facts)] if facts.definitions_differ else []
    return " ".join(filter(None, sentences))


def groups_sentence(figures: Sequence[Figure]) -> str:
    """Return on how many groups no study focuses; empty where every group has a study."""
    without = sum(not figure.numerator for figure in figures)
    focuses = "is known to focus" if any(map(unknown_count, figures)) else "focuses"
    return f"No study {focuses} on {without} of {plural(len(figures), 'group')} of people." if without else ""


def more_gaps_sentence(gaps: Sequence[Gap], framework: Framework) -> str:
    """Return how many gaps the screen does not show, and the most frequent types among them."""
    types = Counter(gap.type for gap in gaps)
    counts = listed([f"{lower_first(gap_name(kind, framework))} ({n})" for kind, n in types.most_common(_SHOWN_TYPES)])
    opening = f"There {'is' if len(gaps) == 1 else 'are'} {plural(len(gaps), 'more gap', 'more gaps')}"
    return f"{opening}{', most often' if len(types) > _SHOWN_TYPES else ''}: {counts}."


def general_gaps_sentence(gaps: Sequence[GeneralGap], framework: Framework) -> str:
    """Return the gap rules that apply to most outcome domains."""
    rules = listed([f"{lower_first(gap_name(gap.type, framework))} ({gap.places})" for gap in gaps])
    return f"Most of {gaps[0].cells} domains share: {rules}."


def unanswered_sentence(analyses: Sequence[str]) -> str:
    """Return which analyses cannot answer their question yet."""
    return f"{plural(len(analyses), 'question')} cannot be answered until more is coded: {listed(analyses)}."
