"""Charts of an analysis, made from its own figures and tables so that they cannot disagree with them."""

from collections.abc import Iterable
from typing import Literal

from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.table import Bar, Chart, Table
from coprod_review.text.grammar import percent


def bar(label: str, figure: Figure) -> Bar:
    """Return the bar of one share, with its unknown part and its interval."""
    interval = figure.interval if figure.kind == "share" else None
    return Bar(
        label=label,
        n=figure.numerator or 0,
        total=(figure.denominator or 0) + unknown_count(figure),
        words=figure_in_words(figure),
        low=interval.low if interval and not unknown_count(figure) else None,
        high=interval.high if interval and not unknown_count(figure) else None,
        unknown=unknown_count(figure),
        id=figure.id,
        short=short_label(figure),
    )


def short_label(figure: Figure) -> str:
    """Return a share in few enough words to print beside its bar."""
    unknown = unknown_count(figure)
    total = (figure.denominator or 0) + unknown
    if figure.numerator is None:
        return f"not known for any of {total}" if total else "none to count"
    if figure.value is None or figure.interval is None:
        least = f"at least {figure.numerator}" if figure.numerator else f"none of {figure.denominator} known,"
        return f"{least} of {total}; {unknown} not known" if unknown else f"{figure.numerator} of {total}"
    counted = f"{figure.numerator} of {figure.denominator}"
    if figure.interval.sides == 1:
        return f"{counted} (up to {percent(figure.interval.high or 0)})"
    low, high = percent(figure.interval.low), percent(figure.interval.high or 0)
    return f"{counted}, {percent(figure.value)} ({low} to {high})"


def bars(identity: str, title: str, figures: Iterable[tuple[str, Figure]], caution: str = "") -> Chart:
    """Return a chart of labelled shares as bars, one below the other."""
    return _bar_chart("bars", identity, title, figures, caution)


def paired_bars(identity: str, title: str, figures: Iterable[tuple[str, Figure]], caution: str = "") -> Chart:
    """Return a chart of labelled shares in pairs, such as outcome and process in each of two views."""
    return _bar_chart("pairs", identity, title, figures, caution)


def _bar_chart(
    kind: Literal["bars", "pairs"], identity: str, title: str, figures: Iterable[tuple[str, Figure]], caution: str
) -> Chart:
    of_figures = tuple(bar(label, figure) for label, figure in figures)
    description = " ".join(f"{b.label}: {b.words}." for b in of_figures)
    return Chart(identity, kind, title, description, bars=of_figures, caution=caution)


def matrix_chart(identity: str, title: str, table: Table, caution: str = "") -> Chart:
    """Return a chart of a table of counts."""
    filled = sum(count.n > 0 for _, _, count in table.cells())
    total = sum(1 for _ in table.cells())
    description = f"{table.title}: {filled} of {total} cells hold at least one study. {table.note}".strip()
    return Chart(identity, "matrix", title, description, table=table, caution=caution)
