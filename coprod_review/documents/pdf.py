"""PDF for people and for screen readers (PDF/UA), set by Typst from ``templates/briefing.typ``.

The template is given data alone: a text becomes a string of the template, which is never read as its code.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from coprod_review import bundled
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
    FOLDER,
    NOTES,
    Links,
    MissingExtra,
    alternative,
    covered,
    divided,
    fitted,
    lines,
    moment,
    said,
    shown,
    svg,
    widths,
)
from coprod_review.errors import CoprodReviewError
from coprod_review.text.grammar import long_date

Node = dict[str, Any]
"""A block, or a piece of a line, as the template reads it: ``kind`` and what that kind has."""

_TEMPLATE = bundled.TEMPLATES / "briefing.typ"
_UNTITLED = "Briefing"
_RUNNING = 90
"""Longest title at the head of a page, in characters."""
_WHOLE = 24
"""Lines up to which a row of a table, or a table, stays on one page."""
_LONG_WORD = re.compile(r"(?<!\S)(?!https?://)\S{30,}")
_TEN = re.compile(r"(\S{10})(?=\w)")
_MAY_BREAK = "\u200b"


def write(document: Document) -> bytes:
    """The document as tagged PDF. Raises ``MissingExtra`` where typst is not installed."""
    made: bytes = typeset(document, pdf_standards=["ua-1"])
    return made


def typeset(document: Document, **form: Any) -> Any:
    """What Typst makes of a document in a form that it knows: a file, or a list of pictures of its pages."""
    try:
        import typst
    except ImportError as problem:
        raise MissingExtra("PDF documents need typst: pip install 'coprod-review[pdf]'.") from problem
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
    try:
        return typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            font_paths=fonts,
            sys_inputs={"document": json.dumps(_Writer(document).data())},
            timestamp=moment(document),
            **form,
        )
    except typst.TypstError as problem:
        raise CoprodReviewError(f"Typst could not write the PDF document: {problem.message}.") from problem


class _Writer:
    """Makes the data of one document, from its first block to its last."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._links = Links(document)

    def data(self) -> Node:
        document = self._document
        title = _text(document.title).strip() or _UNTITLED
        language, _, region = document.language.partition("-")
        return {
            "title": title,
            "running": title if len(title) <= _RUNNING else f"{title[:_RUNNING].rpartition(' ')[0]} …",
            "date": _text(long_date(document.date)),
            "description": _text(document.description),
            "language": language,
            "region": region or None,
            "blocks": [*self._blocks(document.blocks)],
            "heading": NOTES,
            "notes": [self._note(n, runs) for n, runs in enumerate(document.notes.values(), 1)],
        }

    def _note(self, number: int, runs: Runs) -> Node:
        runs_of_note = self._runs(runs)
        return {"name": f"note_{number}", "runs": runs_of_note, "back": self._links.called(number)}

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Node]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading(level=level, runs=runs, anchor=anchor) if said(runs):
                name = self._links.name(anchor)
                yield {"kind": "heading", "level": level - 1, "name": name, "runs": self._runs(runs)}
            case Paragraph(runs=runs, anchor=anchor):
                yield {"kind": "paragraph", "name": self._links.name(anchor), "runs": self._runs(runs)}
            case ListBlock(items=items, ordered=ordered):
                parts = [[*self._blocks(item)] for item in items]
                yield {"kind": "items", "ordered": ordered, "items": parts}
            case TableBlock(columns=(), caption=caption):
                yield {"kind": "paragraph", "name": "", "runs": self._runs(caption)}
            case TableBlock():
                yield from map(self._grid, divided(block))
            case Picture():
                drawn = svg(block)
                width, height = fitted(drawn)
                alt = covered(alternative(block))
                yield {"kind": "picture", "svg": drawn, "alt": alt, "width": width, "height": height}
            case Aside(blocks=inner):
                yield {"kind": "aside", "blocks": [*self._blocks(inner)]}
            case _:
                pass

    def _grid(self, grid: TableBlock) -> Node:
        high = lines(grid)
        return {
            "kind": "table",
            "caption": self._runs(grid.caption),
            "widths": widths(grid),
            "numeric": grid.numeric,
            "columns": [self._runs(cell) for cell in grid.columns],
            "rows": [
                {"whole": n <= _WHOLE, "cells": [self._runs(cell) for cell in row]}
                for n, row in zip(high, grid.rows, strict=True)
            ],
            "whole": sum(high) <= _WHOLE,
        }

    def _runs(self, runs: Runs) -> list[Node]:
        """Stretches of runs that lead to the same place, or nowhere."""
        return [
            {"target": target, "runs": [part for run in together for part in self._run(run)]}
            for target, together in groupby(runs, self._links.target)
        ]

    def _run(self, run: Run) -> Iterator[Node]:
        number = self._links.note(run.note)
        if number:
            yield {"note": number, "name": self._links.call(number)}
        elif run.text:
            text = covered(shown(run.text)) if run.code else _text(run.text)  # a command is copied as it stands
            yield {"text": text, "strong": run.strong, "emphasis": run.emphasis, "code": run.code}


def _text(text: str) -> str:
    """Text as our fonts can show it, with places where a very long word may be divided."""
    return _LONG_WORD.sub(lambda word: _TEN.sub(rf"\1{_MAY_BREAK}", word[0]), covered(shown(text)))
