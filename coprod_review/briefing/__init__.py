"""Briefings: a template filled with what a base gives, as Markdown that can be checked against the base again."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from coprod_review import __version__
from coprod_review.bibliography.citations import STYLES, Bibliography
from coprod_review.briefing import folders, sandbox
from coprod_review.briefing.lists import subject
from coprod_review.briefing.pen import STATED, Citations, Pen, Unbriefed
from coprod_review.briefing.sentences import too_long
from coprod_review.briefing.source import Source
from coprod_review.documents.blocks import Block, Document, Grid, Heading, Items, Paragraph, Picture, Run, Runs
from coprod_review.documents.reading import document
from coprod_review.reports.asked import PLAIN
from coprod_review.results.report import Point, Section
from coprod_review.results.table import Cell, Count, Table

SCHEMA = "coprod-review/briefing/1"


@dataclass(frozen=True, slots=True)
class Order:
    """What a reader asked for."""

    template: str = "summary"
    about: str = ""
    citations: Citations = "keys"
    style: str | Path = "harvard"
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing as Markdown, and what documents of other formats add to it."""

    text: str
    opened: tuple[str, ...]
    """Ids that ``why`` opens, in the order in which the text comes to them."""


def write(source: Source, order: Order) -> Briefing:
    """Fill a template.

    Raises ``UnknownTemplate``, ``TemplateError`` at the line of a template, ``UnknownName`` for a subject that the
    base does not have, and ``Unbriefed`` where a template needs a subject or an earlier state and none was named.
    """
    _needs(source, order)
    bibliography = Bibliography(tuple(source.base.works.values()), order.style)
    pen = Pen(source, bibliography, order.citations, order.about)
    words = pen.words()
    text = sandbox.fill(order.template, order.templates, words)
    if not pen.facts >= STATED:  # from the bundled part, which states them all
        text = f"{text.rstrip()}\n\n{sandbox.fill('_basis', None, words)}"
    _keeps(pen, text, order.template)
    return Briefing(f"{_record(source, order)}\n\n{pen.finished(text).lstrip()}", tuple(pen.opened))


def _needs(source: Source, order: Order) -> None:
    """Refuse a briefing on nothing, and a subject that a template would pass over."""
    if order.about:
        subject(source, order.about)
    asks = set(_ASKED.findall(folders.source(order.template, order.templates)))
    if "about" in asks and not order.about:
        raise Unbriefed(f"The briefing {order.template} is about one thing: name it with --about, as in --about staff.")
    if "about" not in asks and order.about:
        raise Unbriefed(f"The briefing {order.template} is about the whole base: leave out --about, or use group.")
    if "changes" in asks and source.then is None:
        raise Unbriefed(
            f"The briefing {order.template} needs an earlier state: name it with --since, as in --since main."
        )
    if "changes" not in asks and source.then is not None:
        raise Unbriefed(f"The briefing {order.template} compares with nothing: leave out --since, or use whats-new.")


_ASKED = re.compile(r"\{[{%][^}]*?\b(about|changes)\.")
"""What a template reads of a subject, or of what changed."""


def _keeps(pen: Pen, text: str, template: str) -> None:
    """Hold a template to the length of sentence that it promises."""
    if pen.longest is None:
        return
    for sentence, words in too_long(text, pen.longest):
        raise Unbriefed(
            f"A sentence of the briefing {template} has {words} words, more than {pen.longest}: {sentence} "
            "Shorten it in the template."
        )


def _record(source: Source, order: Order) -> str:
    """What made a briefing, in a comment that no reader sees."""
    about = source.framework.about
    made = {
        "schema": SCHEMA,
        "template": order.template,
        "program": __version__,
        "style": str(order.style) if order.style in STYLES else "",
        "base": about.name,
        "version": about.version,
        "as_of": about.as_of,
        **({"about": order.about} if order.about else {}),
        **({"since": source.since} if source.since else {}),
    }
    told = json.dumps(made, ensure_ascii=True).replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<!-- coprod-review briefing {told} -->"


# --- documents ----------------------------------------------------------------------


def as_document(briefing: Briefing, source: Source) -> Document:
    """The blocks of a briefing, with its charts; what ``why`` prints can be added with ``opened``."""
    made = document(briefing.text, lambda identity: _picture(source, identity), date=source.framework.about.as_of)
    return replace(made, description=f"A briefing on the evidence base {source.framework.about.name}.")


def _picture(source: Source, identity: str) -> Picture | None:
    holder = next((r for r in source.results.values() if any(c.id == identity for c in r.charts)), None)
    if holder is None:
        return None
    about = source.framework.about
    chart = next(c for c in holder.charts if c.id == identity)
    return Picture(chart, f"Base {about.name} {about.version}. {about.caution}")


def opened(briefing: Briefing, source: Source) -> Mapping[str, tuple[Block, ...]]:
    """What ``why`` prints for each number of a briefing."""
    return {label: tuple(_opened(label, source)) for label in briefing.opened}


def _opened(label: str, source: Source) -> Iterable[Block]:
    from coprod_review.reports.why import why_report

    report = why_report(source.base, label, PLAIN)
    yield Heading(3, _text(report.title), label)
    for section in report.sections:
        yield from _blocks(section)


def _blocks(section: Section) -> Iterable[Block]:
    if section.heading:
        yield Heading(4, _text(section.heading), "")
    yield from (Paragraph(_text(text)) for text in section.paragraphs)
    if section.points:
        yield Items(tuple((Paragraph(_point(point)),) for point in section.points))
    yield from map(_table, section.tables)


def _point(point: str | Point) -> Runs:
    if isinstance(point, str):
        return _text(point)
    return (Run(f"{point.text} "), Run(point.command, code=True)) if point.command else _text(point.text)


def _table(table: Table) -> Grid:
    rows = tuple(tuple(_text(_shown(cell)) for cell in row) for row in table.rows)
    numeric = tuple(isinstance(cell, Count | int | float) for cell in table.rows[0]) if table.rows else ()
    return Grid(_text(table.title), tuple(map(_text, table.columns)), rows, numeric)


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell.n) if isinstance(cell, Count) else str(cell)


def _text(text: str) -> Runs:
    return (Run(text),)
