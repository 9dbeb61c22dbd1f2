"""Write PDF that screen readers can read (PDF/UA), with Typst and ``templates/briefing.typ``.

The template gets data only: text becomes a string, and Typst never reads it as code.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from coprod_review import bundled
from coprod_review.documents.document_format import DocumentFormat
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
    FONT_FOLDER,
    NOTES_HEADING,
    Links,
    MissingExtra,
    alternative_text,
    column_widths,
    has_text,
    line_counts,
    picture_size,
    printable,
    replace_missing_glyphs,
    split_wide_table,
    svg,
    timestamp,
)
from coprod_review.errors import CoprodReviewError
from coprod_review.text.grammar import long_date

Node = dict[str, Any]
"""A block, or a piece of a line, as the template reads it: its ``kind``, and keys that depend on the kind."""

_TEMPLATE = bundled.TEMPLATES / "briefing.typ"
_UNTITLED = "Briefing"
_LONGEST_TITLE = 90
"""Longest title at the head of a page, in characters."""
_UNBROKEN_LINES = 24
"""Lines up to which a row of a table, or a whole table, stays on one page."""
_LONG_WORD = re.compile(r"(?<!\S)(?!https?://)\S{30,}")
_TEN_CHARACTERS = re.compile(r"(\S{10})(?=\w)")
_ZERO_WIDTH_SPACE = "\u200b"


def write(document: Document) -> bytes:
    """Return the document as tagged PDF. Raises ``MissingExtra`` where typst is not installed."""
    pdf: bytes = typeset(document, pdf_standards=["ua-1"])
    return pdf


def typeset(document: Document, **options: Any) -> Any:
    """Return what Typst makes of a document: a file, or pictures of its pages, as ``options`` say."""
    try:
        import typst
    except ImportError as error:
        raise MissingExtra("PDF documents need typst: pip install 'coprod-review[pdf]'.") from error
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER])
    try:
        return typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            font_paths=fonts,
            sys_inputs={"document": json.dumps(_DataBuilder(document).data())},
            timestamp=timestamp(document),
            **options,
        )
    except typst.TypstError as error:
        raise CoprodReviewError(f"Typst could not write the PDF document: {error.message}.") from error


class _DataBuilder:
    """Builds the data of one document, from its first block to its last."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._links = Links(document)

    def data(self) -> Node:
        document = self._document
        title = _text(document.title).strip() or _UNTITLED
        language, _, region = document.language.partition("-")
        return {
            "title": title,
            "running": title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rpartition(' ')[0]} …",
            "date": _text(long_date(document.date)),
            "description": _text(document.description),
            "language": language,
            "region": region or None,
            "blocks": [*self._blocks(document.blocks)],
            "heading": NOTES_HEADING,
            "notes": [self._note(n, runs) for n, runs in enumerate(document.notes.values(), 1)],
        }

    def _note(self, number: int, runs: Runs) -> Node:
        runs_of_note = self._link_groups(runs)
        return {"name": f"note_{number}", "runs": runs_of_note, "back": self._links.has_call(number)}

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Node]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading(level=level, runs=runs, anchor=anchor) if has_text(runs):
                name = self._links.place_name(anchor)
                yield {"kind": "heading", "level": level - 1, "name": name, "runs": self._link_groups(runs)}
            case Paragraph(runs=runs, anchor=anchor):
                yield {"kind": "paragraph", "name": self._links.place_name(anchor), "runs": self._link_groups(runs)}
            case ListBlock(items=items, ordered=ordered):
                parts = [[*self._blocks(item)] for item in items]
                yield {"kind": "items", "ordered": ordered, "items": parts}
            case TableBlock(columns=(), caption=caption):
                yield {"kind": "paragraph", "name": "", "runs": self._link_groups(caption)}
            case TableBlock():
                yield from map(self._table, split_wide_table(block))
            case Picture():
                picture_svg = svg(block)
                width, height = picture_size(picture_svg)
                alt = replace_missing_glyphs(alternative_text(block))
                yield {"kind": "picture", "svg": picture_svg, "alt": alt, "width": width, "height": height}
            case Aside(blocks=inner):
                yield {"kind": "aside", "blocks": [*self._blocks(inner)]}
            case _:
                pass

    def _table(self, block: TableBlock) -> Node:
        heights = line_counts(block)
        return {
            "kind": "table",
            "caption": self._link_groups(block.caption),
            "widths": column_widths(block),
            "numeric": block.numeric,
            "columns": [self._link_groups(cell) for cell in block.columns],
            "rows": [
                {"whole": n <= _UNBROKEN_LINES, "cells": [self._link_groups(cell) for cell in row]}
                for n, row in zip(heights, block.rows, strict=True)
            ],
            "whole": sum(heights) <= _UNBROKEN_LINES,
        }

    def _link_groups(self, runs: Runs) -> list[Node]:
        """Return runs in groups that lead to the same place, or nowhere."""
        return [
            {"target": target, "runs": [part for run in group for part in self._run_pieces(run)]}
            for target, group in groupby(runs, self._links.target)
        ]

    def _run_pieces(self, run: Run) -> Iterator[Node]:
        number = self._links.note_number(run.note)
        if number:
            yield {"note": number, "name": self._links.name_call(number)}
        elif run.text:
            # People copy commands, so nothing may be added to one.
            text = replace_missing_glyphs(printable(run.text)) if run.code else _text(run.text)
            yield {"text": text, "strong": run.strong, "emphasis": run.emphasis, "code": run.code}


def _text(text: str) -> str:
    """Return text as the bundled fonts can show it, with places where a very long word may be divided."""
    replacement = rf"\1{_ZERO_WIDTH_SPACE}"
    text = replace_missing_glyphs(printable(text))
    return _LONG_WORD.sub(lambda word: _TEN_CHARACTERS.sub(replacement, word[0]), text)


FORMAT = DocumentFormat(".pdf", lambda document, _: write(document))
