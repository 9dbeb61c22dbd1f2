"""Passages on numbers: shares in words that people use, how far they could move, and what stands beside them."""

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.errors import UnknownName
from coprod_review.gaps.charts import short_label as in_few_words
from coprod_review.phrasing.figures import figure_in_words, ratio_in_words, unknown_count
from coprod_review.reports.figure_text import headline
from coprod_review.results.figure import Comparison, Figure
from coprod_review.text.grammar import capitalise, lower_first, plural

FEWEST = 10
"""Of fewer studies counts alone are given (docs/methods/figures.md#fewer-than-ten-studies)."""


def _figure(source: BriefingContext, key: str) -> Figure:
    return look_up(source.figures, key, "figure")


def membership(figure: Figure) -> str:
    """Which studies stand where in a figure."""
    return "|".join(
        ",".join(sorted(part)) for part in (figure.numerator_ids, figure.denominator_ids, figure.unknown_ids)
    )


def _said(figure: Figure, words: str) -> Passage:
    return Passage((words,), membership(figure), figure.id, exact=False)


def in_tens(value: float) -> str:
    """A share from 0 to 1 in words people use: ``about 3 in 10``, ``about 3 in 4``, ``about 1 in 14``."""
    if value == 1:
        return "all of them"
    near = next((words for quarter, words in _QUARTERS if abs(value - quarter) < _NEAR), "")
    if near or value < _SMALL:
        return near or f"about 1 in {int(1 / value + 0.5)}"
    tens = int(10 * value + 0.5)
    return "nearly all" if tens == 10 else f"about {tens} in 10"


_SMALL = 0.2
"""Below it tenths are too coarse: 2 of 28 is about 1 in 14 and not 1 in 10."""
_QUARTERS = ((0.25, "about 1 in 4"), (0.75, "about 3 in 4"))
_NEAR = 0.02


def share_in_tens(figure: Figure) -> str:
    """A share with what it is about in 10; counts alone where it is of few, or where some are not known."""
    if figure.value is None or unknown_count(figure) or not figure.numerator or (figure.denominator or 0) < FEWEST:
        return figure_in_words(figure) if unknown_count(figure) else _counted(figure)
    return f"{_counted(figure)}, {in_tens(figure.value)}" if figure.numerator > 1 else _counted(figure)


def _counted(figure: Figure) -> str:
    return f"{figure.numerator or 'none'} of {plural(figure.denominator or 0, figure.unit)}"


def range_in_words(figure: Figure) -> str:
    """How far a share could move, in the things that it counts; empty where no interval may be given."""
    if figure.value is None or figure.interval is None or figure.kind != "share" or unknown_count(figure):
        return ""
    total = figure.denominator or 0
    high = round((figure.interval.high or 0) * total)
    if figure.interval.sides == 1:
        return f"could plausibly be up to {high} of {total}"
    return f"could plausibly be between about {round(figure.interval.low * total)} and {high} of {total}"


def share(source: BriefingContext, key: str) -> Passage:
    """A figure with what it is about in 10: ``22 of 28 studies, about 8 in 10``."""
    return _said(figure := _figure(source, key), _number(figure))


def _number(figure: Figure) -> str:
    """A figure of any kind in words."""
    if figure.kind == "share":
        return share_in_tens(figure)
    return _counted(figure) if figure.kind == "count" and figure.denominator is not None else headline(figure)


def limits(source: BriefingContext, key: str) -> Passage:
    """How far a share could plausibly move, in what it counts."""
    figure = _figure(source, key)
    return _said(figure, range_in_words(figure) or "no range can be given")


def full(source: BriefingContext, key: str) -> Passage:
    """A figure with how far it could move."""
    figure = _figure(source, key)
    limits = range_in_words(figure)
    return _said(figure, f"{_number(figure)}{f' ({limits})' if limits else ''}")


def short(source: BriefingContext, key: str) -> Passage:
    """A figure in as few words as a table holds."""
    figure = _figure(source, key)
    return _said(figure, in_few_words(figure) if figure.kind == "share" else headline(figure))


def count(source: BriefingContext, key: str) -> Passage:
    """A figure's numerator, or the count of a table cell, with what is counted."""
    if key in source.counts:
        count = source.counts[key]
        return Passage((plural(count.n, count.unit),), ",".join(count.ids), key, exact=False)
    figure = _figure(source, key)
    return _said(figure, plural(figure.numerator or 0, figure.unit))


def tally(source: BriefingContext, key: str) -> Passage:
    """The count of a table cell, alone as it stands in a table."""
    count = look_up(source.counts, key, "table cell")
    return Passage((str(count.n),), ",".join(count.ids), key)


def included(source: BriefingContext, key: str) -> Passage:
    """How many of all studies include a group of people, which is a least number where some do not say."""
    figure = _figure(source, f"representation.{key}.included")
    unknown = len(source.eligible) - (figure.denominator or 0)
    least = "at least " if unknown and figure.numerator else ""
    rest = f"; for the other {unknown} this is not known" if unknown else ""
    return _said(figure, f"{least}{figure.numerator or 'none'} of {plural(len(source.eligible), 'study')}{rest}")


def ratio(source: BriefingContext, key: str) -> Passage:
    """A ratio in words, and whether it tells the two sides apart."""
    figure = _figure(source, key)
    if figure.kind != "ratio":
        raise UnknownName(f"`{key}` is no ratio: write share or full, or name a ratio such as focus.ratio.")
    return _said(figure, f"{ratio_in_words(figure, *_SIDES).rstrip('.')}{_apart(figure)}")


_SIDES = ("examine outcomes", "examine process")


def _apart(figure: Figure) -> str:
    if figure.interval is None or figure.value is None:
        return ""
    if figure.interval.low <= 1 and (figure.interval.high is None or figure.interval.high >= 1):
        return "; this cannot tell whether more studies do the one or the other"
    return f": more studies {_SIDES[0] if figure.value > 1 else _SIDES[1]}"


def beside(source: BriefingContext, key: str) -> Passage:
    """A published number beside a figure: ``FIGURE#BENCHMARK``, or the claim or work that gives it."""
    name, _, identity = key.partition("#")
    figure = _figure(source, name)
    if not identity:
        raise UnknownName(f"Write FIGURE#NUMBER for a number beside `{name}`; compared lists what there is.")
    found = look_up({c.benchmark: c for c in figure.comparisons}, identity, "comparison")
    words = found.reason.rstrip(".") if found.source_kind != "benchmark" else _population(source, found)
    held = {s.id for s in source.base.studies}
    cites = tuple(i for i in _cited_by(source, identity) if i in held)
    pieces: tuple[Piece, ...] = (f"{words} ", CitedStudies(cites)) if cites else (words,)
    return Passage(pieces, f"{membership(figure)} {found.share}", figure.id)


def _population(source: BriefingContext, found: Comparison) -> str:
    """A population share with its verdict."""
    share = next(b for b in source.framework.benchmarks if b.id == found.benchmark)
    least = "at least " if share.floor else ""
    beside = f"Beside {lower_first(share.label)}, {least}{share.value}% ({share.publisher}, {share.year})"
    ratio = f"; ratio {found.ratio:.2f}" if found.ratio is not None else ""
    verdict = f"{found.verdict.replace('to say', 'to say whether that is a fair share')}; " if found.verdict else ""
    return f"{beside}{ratio}: {verdict}{found.reason.rstrip('.').replace('the interval', 'the interval of the ratio')}"


def _cited_by(source: BriefingContext, identity: str) -> tuple[str, ...]:
    """The works that give a published number."""
    review = source.framework.review
    claims = {c.id: c.cites for c in review.claims} if review else {}
    published = {p.id: p.study for p in review.published if p.study} if review else {}
    return claims.get(identity) or ((published[identity],) if identity in published else ())


def on_group(source: BriefingContext, key: str) -> Passage:
    """How many studies focus on a group of people, with the name of the group, so that the two stay together."""
    figure = _figure(source, f"representation.{key}")
    limits = range_in_words(figure)
    number = f"{_number(figure)}{f' ({limits})' if limits else ''}"
    return _said(figure, f"On {lower_first(source.codebook.label('groups', key))}: {number}")


def behind(source: BriefingContext, key: str) -> Passage:
    """The studies behind a figure, a table cell or an analysis, by where they stand in it."""
    pieces: list[Piece] = []
    for name, ids in _members(source, key):
        if ids:
            pieces += [f"{name}: ", CitedStudies(ids), ". "]
    return Passage(tuple(pieces), " ".join(str(p) for p in pieces), counted=False)


def _members(source: BriefingContext, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if key in source.results:
        held = {i for f in source.results[key].figures if f.unit == "study" for i in f.numerator_ids}
        return (("Counted in any of its numbers", tuple(s.id for s in source.eligible if s.id in held)),)
    if key in source.counts:
        count = source.counts[key]
        return (("Studies", count.ids if count.unit == "study" else ()),)
    figure = _figure(source, key)
    if figure.unit != "study":
        return ()
    rest = tuple(i for i in figure.denominator_ids if i not in figure.numerator_ids)
    if figure.kind == "ratio":
        return (
            ("First side", figure.numerator_ids),
            ("Second side", figure.denominator_ids),
            ("Not known", figure.unknown_ids),
        )
    return (("Counted", figure.numerator_ids), ("Not counted", rest), ("Not known", figure.unknown_ids))


def label(source: BriefingContext, key: str) -> Passage:
    """What a figure is called."""
    return Passage((_figure(source, key).label,), counted=False)


def answer(source: BriefingContext, key: str) -> Passage:
    """What an analysis found, in its own sentences; what a coder should do about it is left out."""
    result = look_up(source.results, key, "analysis")
    told, _, _ = result.missing.rpartition(": ")
    words = result.statement
    for begun in (str, capitalise) if told else ():
        words = words.replace(begun(result.missing), begun(told))
    return Passage((words,), "".join(map(membership, result.figures)), result.analysis)


def caution(source: BriefingContext, key: str) -> Passage:
    """What an analysis may not be taken for."""
    return Passage((look_up(source.results, key, "analysis").caution,), counted=False)
