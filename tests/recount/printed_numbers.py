"""The numbers that a report has to print of a figure, in their order, from the recount alone.

A number is a set of spellings, because a value on the border of two roundings may be printed as either. The words
around the numbers are not read here; tests of phrases hold them.
"""

import re
from collections.abc import Iterator

from tests.recount.reading import Base, Entry

Number = set[str]

NUMBER = re.compile(r"(?:(?:under|over) (?=\d+%))?(?<![\w.-])\d+(?:\.\d+)?%?")
NO_NUMBER = re.compile(r"\d+% confidence interval|because [^().;]*")
"""Numbers that belong to no figure: the level of intervals, and reasons for giving no value."""


def numbers(text: str) -> list[str]:
    """Return the numbers of a text in their order."""
    return NUMBER.findall(NO_NUMBER.sub("", text))


def differ(text: str, expected: list[Number]) -> bool:
    """Return whether the numbers of a text are not the expected ones."""
    printed = numbers(text)
    return len(printed) != len(expected) or any(n not in wanted for n, wanted in zip(printed, expected, strict=True))


def whole(*values: int) -> list[Number]:
    """Return whole numbers."""
    return [{str(value)} for value in values]


def percents(*shares: float | None) -> list[Number]:
    """Return shares as whole percentages, with ``under 1%`` and ``over 99%`` near the ends."""
    return [{_percent(share + shift) for shift in (-1e-9, 0, 1e-9)} for share in shares if share is not None]


def _percent(share: float) -> str:
    rounded = round(100 * share)
    if rounded == 0 and share > 1e-8:
        return "under 1%"
    return "over 99%" if rounded == 100 and share < 1 - 1e-8 else f"{rounded}%"


def decimals(*values: float | None, places: int = 2, sign: str = "") -> list[Number]:
    """Return numbers with some decimals."""
    shifts = (-1e-9, 0, 1e-9)
    return [{f"{abs(v + shift):.{places}f}{sign}" for shift in shifts} for v in values if v is not None]


def unknown(counted: Entry) -> int:
    """Return how many items of a figure are not known."""
    return int(counted["unknown"] or 0)


def share(counted: Entry, *, short: bool = False) -> list[Number]:
    """Return a share with its interval, or what is known of it; ``short`` for the label beside a bar."""
    yes, known, open_ = counted["numerator"], counted["denominator"], unknown(counted)
    if yes is None:
        return whole(open_) if open_ else []
    if counted["value"] is not None:
        limits = (counted["value"], counted["low"], counted["high"]) if yes else (counted["high"],)
        return [*whole(yes, known), *percents(*limits)]
    if not open_:
        return whole(yes, known)
    if yes:
        return whole(yes, known + open_, open_)
    return whole(known, open_) if short else whole(known, open_, known + open_)


def headline(figure: Entry, counted: Entry) -> list[Number]:
    """Return the numbers of a figure before what could change it."""
    return [*_read(figure, counted), *added(figure["kind"], counted)]


def added(kind: str, counted: Entry) -> list[Number]:
    """Return the numbers of what the review alone adds to a figure."""
    counts = {name: len(ids) for name, ids in counted["added"].items()}
    if kind == "median":
        return []
    if kind == "ratio":
        return whole(*filter(None, (counts["counted"], counts["known"])))
    among = len(set(counted["added"]["counted"]) & set(counted["added"]["pool"]))
    numbers = _positive(counts["counted"] - among)
    if counts["pool"]:
        some_open = counts["open"] if counts["open"] < counts["pool"] and not among else 0
        numbers += [*_positive(among), *whole(counts["pool"]), *_positive(some_open)]
    return [*numbers, *_positive(counts["removed"])]


def _positive(number: int) -> list[Number]:
    return whole(number) if number else []


def _read(figure: Entry, counted: Entry) -> list[Number]:
    yes, known, value = counted["numerator"], counted["denominator"], counted["value"]
    match figure["kind"]:
        case "share":
            at_least = yes and value is None and unknown(counted)
            return share(counted)[:-1] if at_least else share(counted)
        case "ratio":
            if yes is None:
                return whole(unknown(counted)) if unknown(counted) else []
            return [*whole(yes, known), *decimals(value, *((counted["low"], counted["high"]) if value else ()))]
        case "median":
            more = figure["unknown"]["count"]
            return [{f"{value:g}"}, *whole(known), *(whole(more) if more else [])] if value is not None else []
        case _:
            if yes is None or known == 0:
                return []
            return [*whole(yes), *(whole(known) if known is not None else []), *percents(value)]


def sensitivity(figure: Entry, counted: Entry) -> Iterator[Number]:
    """Yield the numbers of what could change a figure."""
    if figure["kind"] not in ("share", "ratio"):
        return
    ratio, yes, open_ = figure["kind"] == "ratio", counted["numerator"] or 0, unknown(counted)
    shown = decimals if ratio else percents
    if open_ and ratio:
        low = decimals(counted["unknown_low"]) if counted["unknown_low"] is not None else whole(0)
        yield from (*whole(open_), *low, *decimals(counted["unknown_high"]))
    elif open_:
        yield from whole(open_, yes, yes + open_, counted["denominator"] + open_)
    if counted["leave_one_out_high"]:
        yield from shown(counted["leave_one_out_low"], counted["leave_one_out_high"])
    primary = counted["primary_numerator"] or 0, counted["primary_denominator"]
    if counted["value"] is not None and any(primary):
        yield from (*whole(*primary), *(shown(counted["primary_value"]) if counted["primary_value"] else ()))
    for practice in figure["practices"]:
        yes, known, open_ = counted["practices"][practice["practice"]]
        yield from _practice(yes, known, open_)


def _practice(yes: int, known: int, open_: int) -> list[Number]:
    """Return the count of one practice; without any that counts, the known ones and how many are not known."""
    if not open_:
        return whole(yes, known)
    if yes:
        return whole(yes, known + open_)
    return whole(*((0, known) if known else ()), open_)


def comparisons(identity: str, counted: Entry, base: Base) -> Iterator[Number]:
    """Yield the shares of populations and the published shares beside a figure."""
    for benchmark in dividing(identity, base):
        yield from decimals(benchmark["value"], places=1, sign="%")
        if counted["value"] is not None:
            yield from decimals(counted["value"] / (benchmark["value"] / 100))
    for quantity in _published(identity, base):
        n, total = quantity.get("n"), quantity.get("N")
        if isinstance(n, int) and total and 0 <= n <= total and not quantity.get("not_comparable_because"):
            yield from decimals(100 * n / total, places=1, sign="%")


def dividing(identity: str, base: Base) -> list[Entry]:
    """Return the shares of populations that the share of studies on a group is divided by."""
    uses = {"people", "older-people", "community"}
    here = [b for b in base.benchmarks if f"representation.{b['group']}" == identity]
    return [b for b in here if b["standardised"] is False and uses & set(b["suitable_for"])]


def _published(identity: str, base: Base) -> list[Entry]:
    quantities = [q for c in base.review.get("claims") or [] for q in c.get("figures") or []]
    return [q for q in (*quantities, *(base.review.get("published") or [])) if q.get("beside") == identity]
