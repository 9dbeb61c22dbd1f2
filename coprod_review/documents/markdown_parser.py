"""From the Markdown that a briefing template makes to the blocks that documents are written from.

CommonMark with tables and notes. Of HTML two things are read and no others: ``<span data-brief="KIND KEY SEAL">``,
which marks words that come from the base, and ``<!-- chart ID -->`` on a line of its own. All other HTML is text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from coprod_review.documents.document_model import (
    AnnotationTag,
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
    plain_text,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

OPENED = re.compile(r'<span\s+data-brief="([^\s"]+)\s+([^\s"]+)(?:\s+([^\s"]+))?"\s*>')
CLOSED = "</span>"
RECORD = re.compile(r"<!-- coprod-review briefing (\{.*\}) -->")
_CHART = re.compile(r"<!-- chart (\S+) -->")
_CAPTION = "Table: "
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+|#[\w./-]+")
Pictures = Callable[[str], Picture | None]
"""Finds the chart of an id; ``None`` where there is none."""


def parse_document(markdown: str, pictures: Pictures = lambda _: None, *, date: str = "") -> Document:
    """The document that a Markdown text describes; its title is the first heading."""
    from markdown_it import MarkdownIt  # both are slow to import, and Markdown alone needs neither
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    cursor = _Cursor(parser.parse(markdown), pictures)
    blocks = tuple(cursor.blocks())
    title = next((plain_text(b.runs) for b in blocks if isinstance(b, Heading) and b.level == 1), "")
    record = RECORD.search(markdown)
    return Document(
        title=title,
        blocks=tuple(b for b in blocks if not (isinstance(b, Heading) and b.level == 1)),
        notes=cursor.notes,
        record=record[1] if record else "",
        date=date,
    )


class _Cursor:
    """Walks over the tokens of a text once."""

    def __init__(self, tokens: Sequence["Token"], pictures: Pictures) -> None:
        self._tokens = iter(tokens)
        self._pictures = pictures
        self._anchors: dict[str, int] = {}
        self.notes: dict[str, Runs] = {}

    def blocks(self, end: str = "") -> Iterator[Block]:
        """Blocks up to the token that ends what holds them."""
        caption: Runs = ()
        for token in self._tokens:
            if token.type == end:
                return
            made = tuple(self._block(token, caption))
            caption = ()
            for block in made:
                text = plain_text(block.runs) if isinstance(block, Paragraph) else ""
                if text.startswith(_CAPTION):
                    caption = _without(block.runs, _CAPTION) if isinstance(block, Paragraph) else ()
                else:
                    yield block

    def _block(self, token: "Token", caption: Runs) -> Iterator[Block]:
        match token.type:
            case "heading_open":
                yield self._heading(int(token.tag[1:]))
            case "paragraph_open":
                yield _paragraph(self._inline("paragraph_close"))
            case "bullet_list_open" | "ordered_list_open":
                yield self._list(token.type)
            case "blockquote_open":
                yield Aside(tuple(self.blocks("blockquote_close")))
            case "table_open":
                yield self._grid(caption)
            case "fence" | "code_block":
                yield Paragraph((Run(token.content.rstrip("\n"), code=True),))
            case "html_block":
                yield from self._html(token.content)
            case "footnote_block_open":
                self._read_notes()
            case _:
                pass

    def _html(self, content: str) -> Iterator[Block]:
        found = _CHART.fullmatch(content.strip())
        picture = self._pictures(unquote(found[1])) if found else None
        if picture is not None:
            yield picture
        elif not content.lstrip().startswith("<!--"):
            yield Paragraph((Run(content.strip()),))

    def _heading(self, level: int) -> Heading:
        runs = self._inline("heading_close")
        stem = re.sub(r"[^a-z0-9]+", "-", plain_text(runs).lower()).strip("-") or "section"
        times = self._anchors.get(stem, 0)
        self._anchors[stem] = times + 1
        return Heading(level, runs, f"{stem}-{times + 1}" if times else stem)

    def _inline(self, end: str) -> Runs:
        runs: Runs = ()
        for token in self._tokens:
            if token.type == end:
                break
            if token.type == "inline":
                runs += tuple(_runs(token.children or []))
        return runs

    def _list(self, kind: str) -> ListBlock:
        items = []
        for token in self._tokens:
            if token.type == kind.replace("open", "close"):
                break
            if token.type == "list_item_open":
                items.append(tuple(self.blocks("list_item_close")))
        return ListBlock(tuple(items), kind.startswith("ordered"))

    def _grid(self, caption: Runs) -> TableBlock:
        rows: list[list[Runs]] = []
        numeric: list[bool] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    numeric.append("right" in str(token.attrs.get("style", "")))
                rows[-1].append(self._inline(token.type.replace("open", "close")))
        head, *body = rows
        return TableBlock(caption, tuple(head), tuple(map(tuple, body)), tuple(numeric))

    def _read_notes(self) -> None:
        label = ""
        for token in self._tokens:
            if token.type == "footnote_block_close":
                return
            if token.type == "footnote_open":
                label = unquote(str(token.meta["label"]))
            elif token.type == "inline":
                self.notes[label] = self.notes.get(label, ()) + tuple(_runs(token.children or []))


def _paragraph(runs: Runs) -> Paragraph:
    """A paragraph; an entry of the references is one that links can lead to."""
    first = runs[0].marks[0] if runs and runs[0].marks else None
    return Paragraph(runs, f"ref-{first.key}" if first and first.kind == "reference" else "")


def _without(runs: Runs, lead: str) -> Runs:
    """Runs without the words that begin them."""
    first, *rest = runs
    return (replace(first, text=first.text.removeprefix(lead)), *rest)


def _runs(tokens: Sequence["Token"]) -> Iterator[Run]:
    style, marks = Run(), list[AnnotationTag]()
    for place, token in enumerate(tokens):
        match token.type:
            case "strong_open" | "strong_close":
                style = replace(style, strong=token.type == "strong_open")
            case "em_open" | "em_close":
                style = replace(style, emphasis=token.type == "em_open")
            case "link_open":
                address = str(token.attrs.get("href", ""))
                style = replace(style, link=address if _SAFE.fullmatch(address) else "")
            case "link_close":
                style = replace(style, link="")
            case "footnote_ref":
                yield replace(style, note=unquote(str(token.meta["label"])), marks=tuple(marks))
            case "html_inline":
                text = _marked(token.content, marks, place)
                if text:
                    yield replace(style, text=text, marks=tuple(marks))
            case "softbreak" | "hardbreak":
                yield replace(style, text=" ", marks=tuple(marks))
            case "image":
                yield replace(style, text=token.content, marks=tuple(marks))
            case _:
                if token.content:
                    code = token.type == "code_inline"
                    yield replace(style, text=token.content, code=code, marks=tuple(marks))


def _marked(tag: str, marks: list[AnnotationTag], place: int) -> str:
    """Open or close a mark; what is neither is text."""
    opened = OPENED.fullmatch(tag)
    if opened:
        marks.append(AnnotationTag(opened[1], unquote(opened[2]), opened[3] or "", place))
        return ""
    if tag == CLOSED and marks:
        marks.pop()
        return ""
    return "" if tag.startswith("<!--") else tag
