"""The sentences of ``claims --regenerate``: what this base gives on a point of the review, and why."""

from collections.abc import Iterator, Mapping, Sequence

from coprod_review.model.quantity import Quantity
from coprod_review.model.stated import Comparator, Quoted, WorkSet
from coprod_review.phrasing.figures import reason_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.replication import (
    Comparison,
    CountComparison,
    FigureComparison,
    QuoteComparison,
    ReplicationRow,
    Verdict,
)
from coprod_review.text.grammar import capitalise, listed, lower_first, percent, plural

VERDICT_WORDS: Mapping[Verdict, str] = {"agree": "agree", "differ": "differ", "cannot_tell": "cannot tell"}
_WORKS: Mapping[WorkSet, tuple[str, str, str]] = {
    "references": ("work", "works", " in the review's reference list"),
    "evidence": ("study that counts as evidence", "studies that count as evidence", ""),
    "outcome_studies": ("outcome study", "outcome studies", ""),
    "reported": ("work", "works", " that the review cites for outcomes"),
    "claims": ("work", "works", " that the review cites for this point"),
    "enablers": ("work", "works", " that the review cites for what helps"),
    "barriers": ("work", "works", " that the review cites for what hinders"),
}
"""One work of each set, several of them, and the words that follow."""
_KINDS = {"share": "share", "ratio": "ratio", "count": "number", "median": "median"}
"""What a figure is called in a sentence, by its kind."""
_NEEDED: Mapping[Comparator, str] = {
    "at_least": "at least ",
    "at_most": "at most ",
    "more_than": "more than ",
    "less_than": "less than ",
}
_JUDGEMENTS = {
    "supported": "What we read of {work} says the same.",
    "partly": "What we read of {work} supports only a part of this.",
    "not_seen": "What we read of {work} does not mention this.",
    "contradicted": "What we read of {work} contradicts this, or {work} cannot be the source.",
    "not_judged": "Nobody has compared this with {work}.",
}
"""Sentences on the cited works, by the term of ``corroboration``."""


def replication_numbers(row: ReplicationRow) -> str:
    """Return what this base gives on a point, in whole sentences."""
    sentences = [sentence for comparison in row.comparisons for sentence in _numbers(comparison)]
    return " ".join(dict.fromkeys(sentences)) or "This base has nothing that could be counted for this point."


def replication_reason(row: ReplicationRow) -> str:
    """Return the reason for the verdict on a point, and what a reader must know about it, in whole sentences."""
    deciding = [comparison for comparison in row.comparisons if comparison.verdict == row.verdict]
    reasons = [sentence for comparison in deciding for sentence in _reasons(comparison)]
    if row.stated.not_comparable_because:
        reasons = [row.stated.not_comparable_because]
    return " ".join(dict.fromkeys((*reasons, *([row.stated.note] if row.stated.note else []))))


def _numbers(comparison: Comparison) -> Iterator[str]:
    match comparison:
        case CountComparison():
            yield from _count(comparison)
        case FigureComparison():
            yield from _figure(comparison)
        case QuoteComparison():
            yield from _quote(comparison)


def _reasons(comparison: Comparison) -> Iterator[str]:
    match comparison:
        case CountComparison():
            yield _count_reason(comparison)
        case FigureComparison():
            yield _figure_reason(comparison)
        case QuoteComparison():
            yield from _quote_reasons(comparison)


def _count(comparison: CountComparison) -> Iterator[str]:
    count, total, what = comparison.counts[0], comparison.total, comparison.stated.what
    if not total:
        yield f"This base has no {_items(comparison)}."
    elif comparison.stated.parts:
        yield from _parts(comparison)
    elif not comparison.stated.where:
        yield f"The number of {what} is {total}."
    elif count.unknown == total:
        yield f"We cannot give the number of {what}. We do not know it for any of the {total} {_items(comparison)}."
    else:
        least = "at least " if count.unknown else ""
        yield f"The number of {what} is {least}{len(count.passing)}, out of {total} {_items(comparison)}."
        yield from _not_known(count.unknown, "of them")


def _items(comparison: CountComparison) -> str:
    """Return the words for the items of a count, one or several as there are."""
    stated = comparison.stated
    if stated.count not in ("works", "findings") or stated.of is None:
        return stated.what
    one, several, rest = _WORKS[stated.of]
    if stated.count == "findings":
        return f"finding{'' if comparison.total == 1 else 's'} in {several}{rest}"
    return f"{one if comparison.total == 1 else several}{rest}"


def _parts(comparison: CountComparison) -> Iterator[str]:
    counts, total = comparison.counts, comparison.total
    unit = "finding" if comparison.stated.count == "findings" else "work"
    numbers = listed([f"{len(count.passing)} for {count.part}" for count in counts])
    unknown = max(count.unknown for count in counts)
    known = "known " if unknown else ""
    yield f"The {known}number of {comparison.stated.what} is {numbers}, out of {plural(total, unit)}."
    yield from _not_known(unknown, "of them")
    if sum(len(count.passing) for count in counts) > total:
        yield f"One {unit} can belong to several of these."


def _not_known(unknown: int, of_which: str) -> Iterator[str]:
    if unknown:
        yield f"We do not know this for {unknown} {of_which}."


def _count_reason(comparison: CountComparison) -> str:
    stated = comparison.stated
    if not comparison.total:
        return "There is nothing to count."
    if stated.comparator in ("every", "none"):
        return _limit_reason(comparison)
    if stated.published is None:
        return _order_reason(comparison)
    number = f"{stated.published:g}{' for each' if stated.parts else ''}"
    return _number_reason(comparison.verdict, stated.comparator, number)


def _limit_reason(comparison: CountComparison) -> str:
    is_limit = comparison.stated.comparator == "every"
    ids = [i for count in comparison.counts for i in (count.failing if is_limit else count.passing)]
    match comparison.verdict:
        case "agree":
            return "There is no exception." if is_limit else "No case speaks against the statement."
        case "differ":
            return f"The statement allows no exception, but {_exceptions(tuple(dict.fromkeys(ids)))}."
        case _:
            return "We know of no exception, but there may be one among those that are not known."


def _exceptions(ids: Sequence[str]) -> str:
    return f"{ids[0]} is one" if len(ids) == 1 else f"{listed(ids)} are exceptions"


def _order_reason(comparison: CountComparison) -> str:
    first, *others = comparison.counts
    word = "more" if comparison.stated.comparator == "more_than" else "fewer"
    order = f"{word} for {first.part} than for {listed([other.part for other in others])}"
    match comparison.verdict:
        case "agree":
            return f"There are {order}, as the statement says."
        case "differ":
            return f"There are not {order}."
        case _:
            return f"Those that are not known could decide whether there are {order}."


def _number_reason(verdict: Verdict | None, comparator: Comparator | None, published: str) -> str:
    needed = f"{_NEEDED.get(comparator, '') if comparator else ''}{published}"
    match verdict, comparator:
        case "agree", "equal":
            return "This is what the review states."
        case "differ", "equal":
            return f"The review states {needed}."
        case "agree", _:
            return f"This fits the statement, which needs {needed}."
        case "differ", _:
            return f"This does not fit the statement, which needs {needed}."
        case _:
            return f"The statement needs {needed}. This base leaves open whether that is so."


def _figure(comparison: FigureComparison) -> Iterator[str]:
    figure, stated = comparison.figure, comparison.stated
    if figure is None:
        yield f"This base has no figure {stated.figure}."
        return
    subject = f"The {_KINDS[figure.kind]} of {stated.what}"
    if figure.kind == "count":
        yield f"{subject} is {figure.numerator or 0}."
    elif figure.value is None:
        yield f"{subject} is not given because {reason_in_words(figure)}."
    else:
        yield f"{subject} is {_value(figure, figure.value)}{_counts(figure)}."
    if figure.unknown:
        yield from _not_known(figure.unknown.count, "more")
    if figure.interval:
        low, high = figure.interval.low, figure.interval.high
        limit = "without an upper limit" if high is None else f"to {_value(figure, high)}"
        yield f"The {figure.interval.level:.0%} confidence interval runs from {_value(figure, low)} {limit}."


def _value(figure: Figure, value: float) -> str:
    return {"share": percent(value), "ratio": f"{value:.2f}"}.get(figure.kind, f"{value:g}")


def _counts(figure: Figure) -> str:
    word = {"share": "of", "ratio": "to"}.get(figure.kind)
    return f" ({figure.numerator} {word} {figure.denominator})" if word else ""


def _figure_reason(comparison: FigureComparison) -> str:
    figure, stated = comparison.figure, comparison.stated
    if figure is None or (figure.value is None and figure.kind != "count"):
        return "There is no value to compare."
    published = percent(stated.published) if figure.kind == "share" else f"{stated.published:g}"
    return _number_reason(comparison.verdict, stated.comparator, published)


def _quote(comparison: QuoteComparison) -> Iterator[str]:
    if not comparison.judgements:
        yield f"We recorded no cited work for claim {comparison.stated.claim}."
    elif not comparison.quantities:
        yield "We recorded no number."
    for quantity in comparison.quantities:
        yield f"We recorded {_quantity(quantity)} ({lower_first(quantity.label)})."
    for quantity in comparison.quantities:
        if quantity.note:
            yield capitalise(quantity.note)


def _quantity(quantity: Quantity) -> str:
    unit, parts = quantity.unit or "items", quantity.fraction
    period = f" for {quantity.period}" if quantity.period else ""
    if parts:
        return f"{parts[0]} of {parts[1]} {unit}{period}, which is {100 * parts[0] / parts[1]:.1f}%"
    if quantity.percent is None:
        return f"{quantity.n:g} {unit}{period}" if quantity.n is not None else "no number"
    if "percent" in unit:
        return f"{quantity.percent:g} {unit}{period}"
    return f"{quantity.percent:g}% of an unknown number of {unit}{period}"


def _quote_reasons(comparison: QuoteComparison) -> Iterator[str]:
    if comparison.number_verdict:
        yield _number_printed(comparison.stated, comparison.quantities[0], comparison.number_verdict)
    for work, code in comparison.judgements.items():
        yield _JUDGEMENTS.get(code, _JUDGEMENTS["not_judged"]).format(work=work)


def _number_printed(stated: Quoted, quantity: Quantity, verdict: Verdict) -> str:
    if stated.unit and stated.unit != quantity.unit:
        return f"The review prints this number as {stated.unit}, but it is {quantity.unit or 'without a unit'}."
    sign = "" if quantity.fraction is None and quantity.percent is None else "%"
    fits = {"agree": "fits", "differ": "does not fit", "cannot_tell": "nothing can be compared with"}[verdict]
    return f"The review prints {stated.published:g}{sign}, which {fits}."
