"""What the review of a base alone adds to a number, in words, always after the number that was read."""

from collections.abc import Iterator
from dataclasses import replace

from coprod_review.results.figure import Attributed, Figure
from coprod_review.results.result import Gap
from coprod_review.results.table import AttributedWords, Cell, Count, Table
from coprod_review.text.grammar import capitalise, listed, plural_noun


def according_to(review: str) -> str:
    """Return who says something, from the name of a review: ``according to the IOE review``."""
    return f"according to the {review}"


def attributed_in_words(figure: Figure) -> str:
    """Return what the review adds to a figure: ``according to the IOE review, 7 more``; empty where it adds nothing.

    Where the review also adds to the studies that the figure is about, the words are ``1 of 7 more studies``.
    """
    return _according(figure, _added(figure))


def attributed_in_few_words(figure: Figure) -> str:
    """Return the same for a table: ``IOE review: 7 more``."""
    added = _added(figure)
    return f"{figure.attributed.review_name}: {added}" if figure.attributed and added else ""


def attributed_sentence(figure: Figure) -> str:
    """Return the same as a sentence that follows one on what was read; empty where the review adds nothing."""
    clause = attributed_clause(figure, "does", "do")
    return f"{capitalise(clause)}." if clause else ""


def attributed_clause(figure: Figure, one: str, many: str) -> str:
    """Return the same as a clause with a verb; ``one`` and ``many`` say what one study, or several of them, do."""
    return _according(figure, added_clause(figure, one, many))


def added_clause(figure: Figure, one: str, many: str) -> str:
    """Return what the review adds as a clause that does not name it: ``7 more report an outcome``."""
    added, attributed = _added(figure), figure.attributed
    if attributed is None or not added or attributed.removed_ids:
        return added
    if not _adds_only_unknown(figure):
        return f"{added} {one if attributed.numerator == 1 or more_in_pool(figure) == 1 else many}"
    unknown = f"there {'is' if more_in_pool(figure) == 1 else 'are'} {_more_items(figure)}, for which this is not known"
    counted = f"{attributed.numerator} more {one if attributed.numerator == 1 else many}"
    return f"{counted}, and {unknown}" if attributed.numerator else unknown


def _according(figure: Figure, added: str) -> str:
    return f"{according_to(figure.attributed.review_name)}, {added}" if figure.attributed and added else ""


def _added(figure: Figure) -> str:
    if figure.attributed is None or figure.kind == "median":
        return ""
    return listed(list(_parts(figure, figure.attributed)))


def more_in_pool(figure: Figure) -> int:
    """Return how many more items a figure is about according to the review, whether their answer is known or not."""
    return len(_more_ids(figure))


def _more_ids(figure: Figure) -> frozenset[str]:
    if figure.attributed is None:
        return frozenset()
    added = frozenset((*figure.attributed.denominator_ids, *figure.attributed.unknown_ids))
    return added.difference(figure.denominator_ids, figure.unknown_ids)


def _parts(figure: Figure, attributed: Attributed) -> Iterator[str]:
    if figure.kind == "ratio":
        sides = ("first", attributed.numerator), ("second", attributed.denominator)
        yield from (f"{n} more on the {side} side" for side, n in sides if n)
        return
    among = len(_more_ids(figure).intersection(attributed.numerator_ids))
    if attributed.numerator > among:
        yield f"{attributed.numerator - among} more" if figure.numerator else f"{attributed.numerator - among}"
    if more_in_pool(figure):
        yield _of_pool(figure, among, len(attributed.unknown_ids))
    if attributed.removed_ids:
        yield f"{len(attributed.removed_ids)} fewer"


def _of_pool(figure: Figure, counted: int, unknown: int) -> str:
    """Return how many of the items that come on top are counted; those that are not known never count as a no."""
    more = _more_items(figure)
    if _adds_only_unknown(figure):
        return f"{more}, not known"
    if not counted and unknown:
        return f"none of {more} (not known for {unknown})"
    return f"{'at least ' if unknown else ''}{counted or 'none'} of {more}"


def _more_items(figure: Figure) -> str:
    """Return how many more items a figure is about: ``7 more studies``."""
    pool = more_in_pool(figure)
    return f"{pool} more {figure.unit if pool == 1 else plural_noun(figure.unit)}"


def _adds_only_unknown(figure: Figure) -> bool:
    """Return whether the answer is known for none of the items that the figure is about according to the review."""
    return figure.attributed is not None and 0 < len(figure.attributed.unknown_ids) == more_in_pool(figure)


def attributed_note(gap: Gap, review: str) -> str:
    """Return which studies of a gap are there only according to the review, in brackets; empty without any.

    ``review`` is the name of the review.
    """
    if not gap.attributed:
        return ""
    only = f"only the {review} says"
    if len(gap.attributed) == len(gap.studies):
        return f" ({only} so)" if len(gap.studies) == 1 else f" ({only} that studies report on it)"
    return f" (for {len(gap.attributed)} of {len(gap.studies)} studies, {only} so)"


def table_in_words(table: Table, review: str) -> Table:
    """Return a table with every cell in words or numbers, and a note on what the review alone adds.

    ``review`` is the name of the review.
    """
    rows = tuple(tuple(_cell_in_words(cell) for cell in row) for row in table.rows)
    added = any(isinstance(cell, Count) and cell.attributed for row in table.rows for cell in row)
    note = f"Numbers with a plus sign are additional, and known only from the {review}."
    return replace(table, rows=rows, note=" ".join(filter(None, (table.note, note if added else ""))))


def _cell_in_words(cell: Cell) -> Cell:
    if isinstance(cell, AttributedWords):
        return f"{cell.read}; {according_to(cell.review)}: {cell.attributed}"
    return cell


def attributed_apart(table: Table) -> Table:
    """Return a table for programs: what the review alone adds to a column is in a column of its own after it."""
    columns: list[tuple[Cell, ...]] = []
    for heading, *cells in zip(table.columns, *table.rows, strict=True):
        columns.append((heading, *map(_read_cell, cells)))
        added = tuple(map(_attributed_cell, cells))
        if any(added):
            columns.append((f"{heading}, only according to the review", *added))
    headings, *rows = zip(*columns, strict=True)
    return Table(table.title, tuple(map(str, headings)), tuple(rows))


def _read_cell(cell: Cell) -> Cell:
    match cell:
        case Count():
            return replace(cell, attributed=())
        case AttributedWords():
            return cell.read
    return cell


def _attributed_cell(cell: Cell) -> Cell:
    match cell:
        case Count():
            return len(cell.attributed)
        case AttributedWords():
            return cell.attributed
    return None
