"""A briefing as a document of other formats, with its charts and an appendix of what ``why`` shows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coprod_review.briefing.compose import Briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.documents.document_model import (
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
from coprod_review.documents.markdown_parser import parse_document
from coprod_review.reports.request import DEFAULT_REQUEST
from coprod_review.results.report import Point, Section
from coprod_review.results.table import Cell, Count, Table


def as_document(briefing: Briefing, source: BriefingContext) -> Document:
    """The blocks of a briefing, with its charts; what ``why`` prints can be added with ``opened``."""
    made = parse_document(briefing.text, lambda identity: _picture(source, identity), date=source.framework.about.as_of)
    return replace(made, description=f"A briefing on the evidence base {source.framework.about.name}.")


def _picture(source: BriefingContext, identity: str) -> Picture | None:
    holder = next((r for r in source.results.values() if any(c.id == identity for c in r.charts)), None)
    if holder is None:
        return None
    about = source.framework.about
    chart = next(c for c in holder.charts if c.id == identity)
    return Picture(chart, f"Base {about.name} {about.version}. {about.caution}")


def opened(briefing: Briefing, source: BriefingContext) -> Mapping[str, tuple[Block, ...]]:
    """What ``why`` prints for each number of a briefing."""
    return {label: tuple(_opened(label, source)) for label in briefing.opened}


def _opened(label: str, source: BriefingContext) -> Iterable[Block]:
    from coprod_review.why.lookup import why_report

    report = why_report(source.base, label, DEFAULT_REQUEST)
    yield Heading(3, _text(report.title), label)
    for section in report.sections:
        yield from _blocks(section)


def _blocks(section: Section) -> Iterable[Block]:
    if section.heading:
        yield Heading(4, _text(section.heading), "")
    yield from (Paragraph(_text(text)) for text in section.paragraphs)
    if section.points:
        yield ListBlock(tuple((Paragraph(_point(point)),) for point in section.points))
    yield from map(_table, section.tables)


def _point(point: str | Point) -> Runs:
    if isinstance(point, str):
        return _text(point)
    return (Run(f"{point.text} "), Run(point.command, code=True)) if point.command else _text(point.text)


def _table(table: Table) -> TableBlock:
    rows = tuple(tuple(_text(_shown(cell)) for cell in row) for row in table.rows)
    numeric = tuple(isinstance(cell, Count | int | float) for cell in table.rows[0]) if table.rows else ()
    return TableBlock(_text(table.title), tuple(map(_text, table.columns)), rows, numeric)


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell.n) if isinstance(cell, Count) else str(cell)


def _text(text: str) -> Runs:
    return (Run(text),)
