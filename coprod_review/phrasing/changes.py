"""What changed between two states of a base, in words."""

from coprod_review.gaps.changes import CellChange, FigureChange
from coprod_review.phrasing.counts import share_in_count
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.figure import Figure


def figure_change(change: FigureChange) -> str:
    """Return how a figure changed, as a sentence with its id."""
    figure = change.after or change.before
    assert figure is not None
    return f"{figure.label}: from {figure_then(change.before)} to {figure_then(change.after)} [{change.id}]."


def figure_change_in_briefing(change: FigureChange) -> str:
    """Return how a figure changed, as a sentence of a briefing, which gives no id and no interval."""
    before, after = change.before, change.after
    if before is None or after is None:
        figure = after or before
        assert figure is not None
        return f"“{figure.label}” is {f'new: {_in_briefing(figure)}' if after else 'no longer counted'}."
    return f"“{after.label}” was {_in_briefing(before)} and is now {_in_briefing(after)}."


def _in_briefing(figure: Figure) -> str:
    return share_in_count(figure) if figure.kind == "share" else figure_then(figure)


def figure_then(figure: Figure | None) -> str:
    """Return a figure as it is in one state of the base, or that the state has no such figure."""
    if figure is None:
        return "no such figure"
    if figure.kind == "share":
        return figure_in_words(figure)
    if figure.kind != "ratio" or figure.numerator is None:
        return headline(figure)
    unknown = f", not known for {unknown_count(figure)}" if unknown_count(figure) else ""
    counts = f"{figure.numerator} to {figure.denominator}"
    return f"{counts} (ratio {figure.value:.2f}){unknown}" if figure.value is not None else f"{counts}{unknown}"


def cell_change(change: CellChange) -> str:
    """Return how the count in a table changed, as a sentence with the id of its cell."""
    return f"{change.label}: from {count_then(change.before)} to {count_then(change.after)} [{change.id}]."


def count_then(count: int | None) -> str:
    """Return a count as it is in one state of the base, or that the state has no such cell."""
    return "no such cell" if count is None else str(count)
