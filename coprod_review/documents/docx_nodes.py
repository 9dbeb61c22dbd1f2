"""Build the tree of blocks and inlines that Pandoc turns into a Word document."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from coprod_review.documents.document_model import (
    Aside,
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Runs,
    TableBlock,
)
from coprod_review.documents.print_assets import (
    NOTES_HEADING,
    Links,
    alternative_text,
    column_widths,
    has_text,
    picture_size,
    png,
    printable,
    split_wide_table,
    svg,
)
from coprod_review.text.grammar import long_date

Node = dict[str, Any]
"""A block or an inline of Pandoc's tree: its type ``t`` and its content ``c``."""

INTERFACE = [1, 23, 1]
"""Version of Pandoc's tree that the nodes follow."""
_NUMBERED = [1, {"t": "Decimal"}, {"t": "Period"}]
_NO_ATTRIBUTES: list[Any] = ["", [], []]
"""An attribute of Pandoc without name, class or key."""


def pandoc_tree(document: Document) -> Node:
    """Return a document as the JSON of Pandoc. Raises ``MissingExtra`` for a chart where resvg is not installed."""
    return _TreeBuilder(document).tree()


class _TreeBuilder:
    """Builds the tree of one document, from its first block to its last."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._links = Links(document)

    def tree(self) -> Node:
        blocks = [*self._blocks(self._document.blocks), *self._notes()]
        return {"pandoc-api-version": INTERFACE, "meta": self._properties(), "blocks": blocks}

    def _properties(self) -> Node:
        document = self._document
        texts = {"title": document.title, "description": document.description, "date": long_date(document.date)}
        inlines = {name: {"t": "MetaInlines", "c": _text(text)} for name, text in texts.items() if text.strip()}
        return {**inlines, "lang": {"t": "MetaInlines", "c": _text(document.language)}}

    def _notes(self) -> Iterator[Node]:
        """Yield the notes as a numbered list, each with a link back to its first call."""
        notes = self._document.notes
        if notes:
            yield _header(1, "", _text(NOTES_HEADING))
            yield _node("OrderedList", [_NUMBERED, [[self._note(n, runs)] for n, runs in enumerate(notes.values(), 1)]])

    def _note(self, number: int, runs: Runs) -> Node:
        back = _link(f"#call_{number}", _text(f"Back to {number}")) if self._links.has_call(number) else None
        inlines = self._inlines_of(runs)
        return _node("Plain", [_span(f"note_{number}"), *inlines, *([*_text(" "), back] if back else [])])

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Node]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading(level=level, runs=runs, anchor=anchor) if has_text(runs):
                yield _header(min(level - 1, 9), self._links.place_name(anchor), self._inlines_of(runs))
            case Paragraph(runs=runs, anchor=anchor):
                name = self._links.place_name(anchor)
                yield _node("Para", [*([_span(name)] if name else []), *self._inlines_of(runs)])
            case ListBlock(items=items, ordered=ordered):
                yield _list([self._item(item) for item in items], ordered)
            case TableBlock(columns=(), caption=caption):
                yield _node("Para", self._inlines_of(caption))
            case TableBlock():
                yield from map(self._table, split_wide_table(block))
            case Picture():
                yield _styled("Figure", [_node("Para", [_image(block)])])
            case Aside(blocks=inner):
                yield _styled("Aside", [*self._aside(inner)])
            case _:
                pass

    def _aside(self, blocks: Iterable[Block]) -> Iterator[Node]:
        for block in self._blocks(blocks):
            yield _with_aside_style(block) if block["t"] in ("BulletList", "OrderedList") else block

    def _item(self, item: Sequence[Block]) -> list[Node]:
        """Return a list item; one that is a single paragraph has no space after it."""
        match item:
            case (Paragraph(runs=runs, anchor=""),):
                return [_node("Plain", self._inlines_of(runs))]
        return [*self._blocks(item)]

    def _table(self, block: TableBlock) -> Node:
        caption = [None, [_node("Plain", self._inlines_of(block.caption))] if block.caption else []]
        columns = [
            [{"t": "AlignRight" if numeric else "AlignLeft"}, _node("ColWidth", width)]
            for numeric, width in zip(block.numeric, column_widths(block), strict=True)
        ]
        head = [_NO_ATTRIBUTES, [self._row(block.columns)]]
        body = [_NO_ATTRIBUTES, 1, [], [self._row(row) for row in block.rows]]
        return _node("Table", [_NO_ATTRIBUTES, caption, columns, head, [body], [_NO_ATTRIBUTES, []]])

    def _row(self, cells: Iterable[Runs]) -> list[Any]:
        return [
            _NO_ATTRIBUTES,
            [[_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [_node("Plain", self._inlines_of(cell))]] for cell in cells],
        ]

    def _inlines_of(self, runs: Runs) -> list[Node]:
        """Return runs, with one link around those that lead to the same place."""
        inlines: list[Node] = []
        for target, together in groupby(runs, self._links.target):
            inside = [inline for run in together for inline in self._run_inlines(run)]
            inlines += [_link(target, inside)] if target else inside
        return inlines

    def _run_inlines(self, run: Run) -> list[Node]:
        if run.note:
            return self._note_call(self._links.note_number(run.note))
        inlines = _text(run.text, "Code" if run.code else "Str")
        for has_style, kind in ((run.emphasis, "Emph"), (run.strong, "Strong")):
            inlines = [_node(kind, inlines)] if has_style else inlines
        return inlines

    def _note_call(self, number: int) -> list[Node]:
        """Return the number of a note as a superscript link."""
        if not number:
            return []
        link = _link(f"#note_{number}", [_node("Superscript", _text(str(number)))])
        name = self._links.name_call(number)
        return [_span(name), link] if name else [link]


def _node(kind: str, content: Any) -> Node:
    return {"t": kind, "c": content}


def _text(text: str, kind: str = "Str") -> list[Node]:
    """Return text as inlines, with its line breaks."""
    inlines: list[Node] = []
    for position, line in enumerate(printable(text).split("\n")):
        inlines += [{"t": "LineBreak"}] if position else []
        inlines += [_node(kind, [_NO_ATTRIBUTES, line] if kind == "Code" else line)] if line else []
    return inlines


def _span(name: str) -> Node:
    return _node("Span", [[name, [], []], []])


def _link(target: str, inlines: list[Node]) -> Node:
    return _node("Link", [_NO_ATTRIBUTES, inlines, [target, ""]])


def _header(level: int, name: str, inlines: list[Node]) -> Node:
    return _node("Header", [level, [name, [], []], inlines])


def _styled(style: str, blocks: list[Node]) -> Node:
    return _node("Div", [["", [], [["custom-style", style]]], blocks])


def _list(items: list[list[Node]], ordered: bool) -> Node:
    return _node("OrderedList", [_NUMBERED, items]) if ordered else _node("BulletList", items)


def _with_aside_style(node: Node) -> Node:
    """Give a list within an aside the style of asides, which Pandoc does not pass on to lists."""
    if node["t"] in ("Plain", "Para"):
        return _styled("Aside List", [{**node, "t": "Para"}])
    if node["t"] == "BulletList":
        return {**node, "c": [[_with_aside_style(part) for part in item] for item in node["c"]]}
    if node["t"] == "OrderedList":
        return {**node, "c": [node["c"][0], [[_with_aside_style(part) for part in item] for item in node["c"][1]]]}
    return node


def _image(chart: Picture) -> Node:
    width, height = picture_size(svg(chart))
    size = [["width", f"{width}cm"], ["height", f"{height}cm"]]
    data = f"data:image/png;base64,{b64encode(png(chart)).decode()}"
    return _node("Image", [["", [], size], _text(alternative_text(chart)), [data, ""]])
