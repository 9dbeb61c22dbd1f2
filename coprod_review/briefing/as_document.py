"""Turn a briefing into a document for other formats, with its charts and an appendix of what ``why`` shows."""

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


def as_document(briefing: Briefing, context: BriefingContext) -> Document:
    """Return the blocks of a briefing, with its charts and without its appendix."""
    document = parse_document(
        briefing.text, lambda identity: _picture(context, identity), date=context.framework.about.as_of
    )
    return replace(document, description=f"A briefing on the evidence base {context.framework.about.name}.")


def _picture(context: BriefingContext, identity: str) -> Picture | None:
    chart, about = context.charts.get(identity), context.framework.about
    return None if chart is None else Picture(chart, f"Base {about.name} {about.version}. {about.caution}")


def appendix(briefing: Briefing, context: BriefingContext) -> Mapping[str, tuple[Block, ...]]:
    """Return what ``why`` shows for each number of a briefing, by the id of the number."""
    return {label: tuple(_why_section(label, context)) for label in briefing.openable_ids}


def _why_section(label: str, context: BriefingContext) -> Iterable[Block]:
    from coprod_review.why.lookup import why_report

    report = why_report(context.base, label, context.analyses, DEFAULT_REQUEST)
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
    rows = tuple(tuple(_text(_cell_text(cell)) for cell in row) for row in table.rows)
    numeric = tuple(isinstance(cell, Count | int | float) for cell in table.rows[0]) if table.rows else ()
    return TableBlock(_text(table.title), tuple(map(_text, table.columns)), rows, numeric)


def _cell_text(cell: Cell) -> str:
    return "" if cell is None else str(cell.n) if isinstance(cell, Count) else str(cell)


def _text(text: str) -> Runs:
    return (Run(text),)
