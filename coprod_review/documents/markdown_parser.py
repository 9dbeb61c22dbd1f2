"""Parse the Markdown of a briefing into the blocks that documents are written from.

It is CommonMark with tables and footnotes. The only HTML that has a meaning is the syntax of annotations, and the
place of a chart on a line of its own; all other HTML is text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from coprod_review.documents.annotation_syntax import (
    CLOSING_TAG,
    AnnotationTag,
    find_record,
    parse_chart_comment,
    parse_opening_tag,
    reference_anchor,
)
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
    plain_text,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_CAPTION_PREFIX = "Table: "
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+|#[\w./-]+")
FindPicture = Callable[[str], Picture | None]
"""Returns the chart that has an id, or ``None``."""


def parse_document(markdown: str, find_picture: FindPicture = lambda _: None, *, date: str = "") -> Document:
    """Parse a Markdown text; the title of the document is its first heading of level 1."""
    from markdown_it import MarkdownIt  # both are slow to import, and a briefing in Markdown needs neither
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    reader = _TokenReader(parser.parse(markdown), find_picture)
    blocks = tuple(reader.blocks())
    title = next((plain_text(b.runs) for b in blocks if isinstance(b, Heading) and b.level == 1), "")
    return Document(
        title=title,
        blocks=tuple(b for b in blocks if not (isinstance(b, Heading) and b.level == 1)),
        notes=reader.notes,
        record=find_record(markdown),
        date=date,
    )


class _TokenReader:
    """Reads blocks from the tokens of a text, each token once."""

    def __init__(self, tokens: Sequence["Token"], find_picture: FindPicture) -> None:
        self._tokens = iter(tokens)
        self._find_picture = find_picture
        self._uses_of_anchor: dict[str, int] = {}
        self.notes: dict[str, Runs] = {}

    def blocks(self, end: str = "") -> Iterator[Block]:
        """Read blocks up to a token of the type ``end``; without it, up to the last token."""
        caption: Runs = ()
        for token in self._tokens:
            if token.type == end:
                return
            blocks = tuple(self._blocks_of(token, caption))
            caption = ()
            for block in blocks:
                if isinstance(block, Paragraph) and plain_text(block.runs).startswith(_CAPTION_PREFIX):
                    caption = _without_prefix(block.runs, _CAPTION_PREFIX)
                else:
                    yield block

    def _blocks_of(self, token: "Token", caption: Runs) -> Iterator[Block]:
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
                yield self._table(caption)
            case "fence" | "code_block":
                yield Paragraph((Run(token.content.rstrip("\n"), code=True),))
            case "html_block":
                yield from self._html(token.content)
            case "footnote_block_open":
                self._read_notes()
            case _:
                pass

    def _html(self, content: str) -> Iterator[Block]:
        identity = parse_chart_comment(content)
        picture = self._find_picture(identity) if identity else None
        if picture is not None:
            yield picture
        elif not content.lstrip().startswith("<!--"):
            yield Paragraph((Run(content.strip()),))

    def _heading(self, level: int) -> Heading:
        runs = self._inline("heading_close")
        stem = re.sub(r"[^a-z0-9]+", "-", plain_text(runs).lower()).strip("-") or "section"
        uses = self._uses_of_anchor.get(stem, 0)
        self._uses_of_anchor[stem] = uses + 1
        return Heading(level, runs, f"{stem}-{uses + 1}" if uses else stem)

    def _inline(self, end: str) -> Runs:
        runs: Runs = ()
        for token in self._tokens:
            if token.type == end:
                break
            if token.type == "inline":
                runs += tuple(_parse_inline(token.children or []))
        return runs

    def _list(self, kind: str) -> ListBlock:
        items = []
        for token in self._tokens:
            if token.type == kind.replace("open", "close"):
                break
            if token.type == "list_item_open":
                items.append(tuple(self.blocks("list_item_close")))
        return ListBlock(tuple(items), kind.startswith("ordered"))

    def _table(self, caption: Runs) -> TableBlock:
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
                self.notes[label] = self.notes.get(label, ()) + tuple(_parse_inline(token.children or []))


def _paragraph(runs: Runs) -> Paragraph:
    """Return a paragraph; an entry of the references has an anchor, so that citations can link to it."""
    first = runs[0].annotations[0] if runs and runs[0].annotations else None
    return Paragraph(runs, reference_anchor(first.key) if first and first.kind == "reference" else "")


def _without_prefix(runs: Runs, prefix: str) -> Runs:
    first, *rest = runs
    return (replace(first, text=first.text.removeprefix(prefix)), *rest)


def _parse_inline(tokens: Sequence["Token"]) -> Iterator[Run]:
    style, open_annotations = Run(), list[AnnotationTag]()
    for position, token in enumerate(tokens):
        here = replace(style, annotations=tuple(open_annotations))
        match token.type:
            case "strong_open" | "strong_close":
                style = replace(style, strong=token.type == "strong_open")
            case "em_open" | "em_close":
                style = replace(style, emphasis=token.type == "em_open")
            case "link_open":
                address = str(token.attrs.get("href", ""))
                style = replace(style, link=address if _SAFE_ADDRESS.fullmatch(address) else "")
            case "link_close":
                style = replace(style, link="")
            case "footnote_ref":
                yield replace(here, note=unquote(str(token.meta["label"])))
            case "html_inline":
                text = _parse_inline_html(token.content, open_annotations, position)
                if text:
                    yield replace(here, text=text)
            case "softbreak" | "hardbreak":
                yield replace(here, text=" ")
            case "image":
                yield replace(here, text=token.content)
            case _:
                if token.content:
                    yield replace(here, text=token.content, code=token.type == "code_inline")


def _parse_inline_html(html: str, open_annotations: list[AnnotationTag], position: int) -> str:
    """Open or close an annotation, and return the HTML that is text."""
    opened = parse_opening_tag(html, position)
    if opened:
        open_annotations.append(opened)
        return ""
    if html == CLOSING_TAG and open_annotations:
        open_annotations.pop()
        return ""
    return "" if html.startswith("<!--") else html
