"""Passages on numbers: shares in words that people use, how far these could move, and what they compare with."""

from collections.abc import Mapping

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.errors import UnknownName
from coprod_review.model.benchmarks import Benchmark
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.comparisons import VERDICTS, comparison_reason
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import figure_in_words, ratio_in_words, short_label, unknown_count
from coprod_review.results.figure import Comparison, Figure, Verdict
from coprod_review.text.grammar import capitalise, lower_first, plural

FEWEST = 10
"""With fewer studies, only counts are given (docs/methods/figures.md#fewer-than-ten-studies)."""
_COARSE_BELOW = 0.2
"""Below this share, tenths are too coarse: 2 of 28 is about 1 in 14 and not 1 in 10."""
_QUARTERS = ((0.25, "about 1 in 4"), (0.75, "about 3 in 4"))
_NEAR = 0.02
"""How close a share has to be to a quarter to be called one."""
_VERDICTS: Mapping[Verdict, str] = {**VERDICTS, "too_few": "too few studies to say whether that is a fair share"}
_SIDES = ("examine outcomes", "examine process")
"""The two sides of a ratio."""


def _figure(context: BriefingContext, key: str) -> Figure:
    return look_up(context.figures, key, "figure")


def membership(figure: Figure) -> str:
    """Return which studies a figure counts, does not count, and does not know about, as evidence of a passage."""
    return "|".join(
        ",".join(sorted(part)) for part in (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids)
    )


def _figure_passage(figure: Figure, words: str) -> Passage:
    return Passage((words,), membership(figure), figure.id, exact=False)


def in_tens(value: float) -> str:
    """Return a share from 0 to 1 in words people use: ``about 3 in 10``, ``about 3 in 4``, ``about 1 in 14``."""
    if value == 1:
        return "all of them"
    near = next((words for quarter, words in _QUARTERS if abs(value - quarter) < _NEAR), "")
    if near or value < _COARSE_BELOW:
        return near or f"about 1 in {int(1 / value + 0.5)}"
    tens = int(10 * value + 0.5)
    return "nearly all" if tens == 10 else f"about {tens} in 10"


def share_in_tens(figure: Figure) -> str:
    """Return a share with what it is about in 10; counts alone where it is of few, or where some are not known."""
    if figure.value is None or unknown_count(figure) or not figure.numerator or (figure.denominator or 0) < FEWEST:
        return figure_in_words(figure) if unknown_count(figure) else _count_in_words(figure)
    return f"{_count_in_words(figure)}, {in_tens(figure.value)}" if figure.numerator > 1 else _count_in_words(figure)


def _count_in_words(figure: Figure) -> str:
    return f"{figure.numerator or 'none'} of {plural(figure.denominator or 0, figure.unit)}"


def range_in_words(figure: Figure) -> str:
    """Return how far a share could move, in the things that it counts; empty where no interval may be given."""
    if figure.value is None or figure.interval is None or figure.kind != "share" or unknown_count(figure):
        return ""
    total = figure.denominator or 0
    high = round((figure.interval.high or 0) * total)
    if figure.interval.sides == 1:
        return f"could plausibly be up to {high} of {total}"
    return f"could plausibly be between about {round(figure.interval.low * total)} and {high} of {total}"


def share(context: BriefingContext, key: str) -> Passage:
    """Return a figure with what it is about in 10: ``22 of 28 studies, about 8 in 10``."""
    return _figure_passage(figure := _figure(context, key), _number(figure))


def _number(figure: Figure) -> str:
    """Return a figure of any kind in words."""
    if figure.kind == "share":
        return share_in_tens(figure)
    return _count_in_words(figure) if figure.kind == "count" and figure.denominator is not None else headline(figure)


def limits(context: BriefingContext, key: str) -> Passage:
    """Return how far a share could plausibly move, in what it counts."""
    figure = _figure(context, key)
    return _figure_passage(figure, range_in_words(figure) or "no range can be given")


def full(context: BriefingContext, key: str) -> Passage:
    """Return a figure with how far it could move."""
    figure = _figure(context, key)
    limits = range_in_words(figure)
    return _figure_passage(figure, f"{_number(figure)}{f' ({limits})' if limits else ''}")


def short(context: BriefingContext, key: str) -> Passage:
    """Return a figure in as few words as fit into a table."""
    figure = _figure(context, key)
    return _figure_passage(figure, short_label(figure) if figure.kind == "share" else headline(figure))


def count(context: BriefingContext, key: str) -> Passage:
    """Return a figure's numerator, or the count of a table cell, with what is counted."""
    if key in context.counts:
        count = context.counts[key]
        return Passage((plural(count.n, count.unit),), ",".join(count.ids), key, exact=False)
    figure = _figure(context, key)
    return _figure_passage(figure, plural(figure.numerator or 0, figure.unit))


def tally(context: BriefingContext, key: str) -> Passage:
    """Return the count of a table cell without what is counted, as in a table."""
    count = look_up(context.counts, key, "table cell")
    return Passage((str(count.n),), ",".join(count.ids), key)


def included(context: BriefingContext, key: str) -> Passage:
    """Return how many of all studies include a group of people; at least so many, where some do not say."""
    figure = _figure(context, f"representation.{key}.included")
    unknown = len(context.eligible) - (figure.denominator or 0)
    least = "at least " if unknown and figure.numerator else ""
    rest = f"; for the other {unknown} this is not known" if unknown else ""
    studies = plural(len(context.eligible), "study")
    return _figure_passage(figure, f"{least}{figure.numerator or 'none'} of {studies}{rest}")


def ratio(context: BriefingContext, key: str) -> Passage:
    """Return a ratio in words, and whether it tells the two sides apart."""
    figure = _figure(context, key)
    if figure.kind != "ratio":
        raise UnknownName(f"`{key}` is no ratio: write share or full, or name a ratio such as focus.ratio.")
    return _figure_passage(figure, f"{ratio_in_words(figure, *_SIDES).rstrip('.')}{_conclusion(figure)}")


def _conclusion(figure: Figure) -> str:
    if figure.interval is None or figure.value is None:
        return ""
    if figure.interval.low <= 1 and (figure.interval.high is None or figure.interval.high >= 1):
        return "; this cannot tell whether more studies do the one or the other"
    return f": more studies {_SIDES[0] if figure.value > 1 else _SIDES[1]}"


def beside(context: BriefingContext, key: str) -> Passage:
    """Return a published number to compare a figure with: ``FIGURE#BENCHMARK``, or the claim or work that gives it."""
    name, _, identity = key.partition("#")
    figure = _figure(context, name)
    if not identity:
        raise UnknownName(f"Write FIGURE#NUMBER for a number beside `{name}`; compared lists what there is.")
    comparison = look_up({c.benchmark: c for c in figure.comparisons}, identity, "comparison")
    if isinstance(comparison.source, Benchmark):
        text = _population(comparison, figure)
    else:
        text = comparison_reason(comparison, figure).rstrip(".")
    studies = {s.id for s in context.base.studies}
    cites = tuple(i for i in _cited_by(context, identity) if i in studies)
    pieces: tuple[Piece, ...] = (f"{text} ", CitedStudies(cites)) if cites else (text,)
    return Passage(pieces, f"{membership(figure)} {comparison.share}", figure.id)


def _population(comparison: Comparison, figure: Figure) -> str:
    """Return a share of the population with the verdict on the figure."""
    benchmark = comparison.source
    assert isinstance(benchmark, Benchmark)
    least = "at least " if benchmark.floor else ""
    source = f"{benchmark.publisher}, {benchmark.year}"
    beside = f"Beside {lower_first(benchmark.label)}, {least}{benchmark.value}% ({source})"
    ratio = f"; ratio {comparison.ratio:.2f}" if comparison.ratio is not None else ""
    verdict = _VERDICTS[comparison.verdict] if comparison.verdict else ""
    reason = comparison_reason(comparison, figure).rstrip(".").replace("the interval", "the interval of the ratio")
    return f"{beside}{ratio}: {verdict}{'; ' if verdict else ''}{reason}"


def _cited_by(context: BriefingContext, identity: str) -> tuple[str, ...]:
    """Return the works that give a published number."""
    review = context.framework.review
    claims = {c.id: c.cites for c in review.claims} if review else {}
    published = {p.id: p.study for p in review.published if p.study} if review else {}
    return claims.get(identity) or ((published[identity],) if identity in published else ())


def on_group(context: BriefingContext, key: str) -> Passage:
    """Return how many studies focus on a group of people, with the name of the group, so that the two stay together."""
    figure = _figure(context, f"representation.{key}")
    limits = range_in_words(figure)
    number = f"{_number(figure)}{f' ({limits})' if limits else ''}"
    return _figure_passage(figure, f"On {lower_first(context.codebook.label('groups', key))}: {number}")


def behind(context: BriefingContext, key: str) -> Passage:
    """Return the studies behind a figure, a table cell or an analysis: those counted, not counted and not known."""
    pieces: list[Piece] = []
    for name, ids in _groups_of_studies(context, key):
        if ids:
            pieces += [f"{name}: ", CitedStudies(ids), ". "]
    return Passage(tuple(pieces), " ".join(str(p) for p in pieces), counted=False)


def _groups_of_studies(context: BriefingContext, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if key in context.results:
        counted = {i for f in context.results[key].figures if f.unit == "study" for i in f.numerator_ids}
        return (("Counted in any of its numbers", tuple(s.id for s in context.eligible if s.id in counted)),)
    if key in context.counts:
        count = context.counts[key]
        return (("Studies", count.ids if count.unit == "study" else ()),)
    figure = _figure(context, key)
    if figure.unit != "study":
        return ()
    not_counted = tuple(i for i in figure.denominator_ids if i not in figure.numerator_ids)
    if figure.kind == "ratio":
        return (
            ("First side", figure.numerator_ids),
            ("Second side", figure.denominator_ids),
            ("Not known", figure.unknown_ids),
        )
    return (("Counted", figure.numerator_ids), ("Not counted", not_counted), ("Not known", figure.unknown_ids))


def label(context: BriefingContext, key: str) -> Passage:
    """Return the label of a figure."""
    return Passage((_figure(context, key).label,), counted=False)


def answer(context: BriefingContext, key: str) -> Passage:
    """Return what an analysis found, in its own sentences, without what a coder should do about it."""
    result = look_up(context.results, key, "analysis")
    missing = words.missing(result, context.framework)
    question, _, _ = missing.rpartition(": ")
    text = words.statement(result, context.framework)
    for case in (str, capitalise) if question else ():
        text = text.replace(case(missing), case(question))
    return Passage((text,), "".join(map(membership, result.figures)), result.analysis)


def caution(context: BriefingContext, key: str) -> Passage:
    """Return what may not be concluded from an analysis."""
    result = look_up(context.results, key, "analysis")
    return Passage((words.caution(result, context.framework),), counted=False)
