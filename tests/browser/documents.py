"""Documents to look at in a browser: a long one, and one with the same text in every place that holds text."""

from collections.abc import Iterator
from functools import cache

from coprod_review.documents.annotation_syntax import AnnotationTag
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
from coprod_review.gaps.registry import AnalysisResults
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import eligible
from coprod_review.phrasing.analyses import registry as words
from coprod_review.reports.request import DEFAULT_REQUEST
from coprod_review.results.chart import Bar, Chart
from coprod_review.results.report import Point
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.validate import valid_base
from coprod_review.why.lookup import why_report
from tests.bases import SAMPLE

SOURCE = "Co-production in social care. Base coprod-review 2026.11."
NAMES = ("focus", "representation", "matrix", "care-act", "testimony", "claims")
"""Analyses whose charts are pairs of bars, bars and maps, whose tables are wide and narrow, and one without a chart."""


@cache
def long() -> Document:
    """Analyses with charts and tables of every kind, a table of all studies, and every fifth figure opened."""
    base = valid_base.load(SAMPLE)
    analyses = AnalysisResults(base.studies, base.framework)
    results = analyses.of(NAMES)
    labels = tuple(figure.id for result in results for figure in result.figures if figure.numerator)[::5]
    blocks = tuple(block for result in results for block in _section(result, base.framework, frozenset(labels)))
    return Document(
        title="Developing our understanding of the difference that co-production makes in social care",
        blocks=(_rests_on(), *blocks, *_studies(base), *_references(base)),
        notes={"sample": _words("Studies were picked by hand, and are no sample of all that exist.")},
        appendix={label: tuple(_opened(base, label, analyses)) for label in labels},
        record='{"schema": "coprod-review/briefing/2", "base": "coprod-review"}',
        date="2026-11-23",
        description="What the evidence on co-production in social care holds, and where it is silent.",
    )


def _words(text: str, *marks: AnnotationTag) -> Runs:
    return (Run(text, annotations=marks),)


def _rests_on() -> Aside:
    lead = Run("What this rests on.", strong=True)
    text = Run(" Base coprod-review 2026.11, a collection picked by hand and not a systematic map.")
    return Aside((Paragraph((lead, text, Run(note="sample"))),))


def _section(result: Result, framework: Framework, opened: frozenset[str]) -> Iterator[Block]:
    yield Heading(2, _words(words.question(result, framework)), result.analysis)
    answer = (AnnotationTag("answer", result.analysis, "0123abcd"),)
    yield Paragraph((Run(words.statement(result, framework), annotations=answer),))
    yield Aside((Paragraph(_words(f"Caution: {words.caution(result, framework)}")),))
    yield from (Picture(chart, SOURCE) for chart in words.charts(result, framework))
    yield ListBlock(
        tuple((Paragraph(_figure(f.id, f.label, f.numerator, f.denominator)),) for f in result.figures[:20])
    )
    yield from map(_grid, result.tables)


def _figure(identity: str, label: str, numerator: int | None, denominator: int | None) -> Runs:
    counted = Run(
        f"{numerator or 0} of {denominator or 0}", annotations=(AnnotationTag("share", identity, "89abcdef"),)
    )
    return (Run(f"{label}: "), counted, Run(note=identity), Run("."))


def _grid(table: Table) -> TableBlock:
    rows = tuple(tuple(map(_cell, row)) for row in table.rows)
    numeric = tuple(all(_is_number(row[place]) for row in table.rows) for place in range(len(table.columns)))
    return TableBlock(_words(table.title), tuple(map(_words, table.columns)), rows, numeric)


def _cell(cell: Cell) -> Runs:
    if isinstance(cell, Count):
        return _words(str(cell.n), AnnotationTag("cell", "matrix/people/health", "00000000"))
    return _words("" if cell is None else str(cell))


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Count | int | float)


def _studies(base: EvidenceBase) -> Iterator[Block]:
    yield Heading(2, _words("All studies that count as evidence"), "studies")
    rows = tuple(
        (
            _words(study.id, AnnotationTag("study", study.id)),
            _words(str(study.citation.issued)),
            _words(study.citation.title),
            _words(study.citation.doi or ""),
        )
        for study in eligible(base.studies, base.framework.codebook)
    )
    columns = tuple(map(_words, ("Study", "Year", "Title", "DOI")))
    yield TableBlock(_words("Studies, their years and titles"), columns, rows, (False, True, False, False))


def _references(base: EvidenceBase) -> Iterator[Block]:
    yield Heading(2, _words("References"), "references")
    for study in eligible(base.studies, base.framework.codebook):
        address = f"https://doi.org/{study.citation.doi}" if study.citation.doi else ""
        mark = (AnnotationTag("reference", study.id, "99990000"),)
        text = Run(f"{study.citation.title} ({study.citation.issued}). ", annotations=mark)
        yield Paragraph((text, Run(address, link=address, annotations=mark)), f"ref-{study.id}")


def _opened(base: EvidenceBase, label: str, analyses: AnalysisResults) -> Iterator[Block]:
    report = why_report(base, label, analyses, DEFAULT_REQUEST)
    yield Heading(2, _words(report.title), "title")
    for section in report.sections:
        if section.heading:
            yield Heading(3, _words(section.heading), "heading")
        yield from (Paragraph(_words(text)) for text in section.paragraphs)
        if section.points:
            yield ListBlock(tuple((Paragraph(_words(_point(point))),) for point in section.points))
        yield from map(_grid, section.tables)


def _point(point: str | Point) -> str:
    return point.text if isinstance(point, Point) else point


def everywhere(text: str) -> Document:
    """A document that holds a text in every place where text, a key or an address may stand."""
    mark, within = AnnotationTag(text, text, text), AnnotationTag("study", text, text)
    runs = (
        Run(text, annotations=(mark,)),
        Run(note=text),
        Run(f" {text} ", strong=True, emphasis=True),
        Run(text, code=True, link=text),
        Run(text, link="https://example.org/"),
        Run(text, annotations=(mark,)),
        Run(text, annotations=(mark, within)),
        Run(note=text),
        Run(note=f"{text} at the end"),
    )
    grid = TableBlock(runs, (runs, _words("A column as wide as a narrow screen")), ((runs, runs),), (False, True))
    blocks: tuple[Block, ...] = (
        Heading(2, runs, text),
        Paragraph(runs, f"ref-{text}"),
        Paragraph((Run(f"{text}\n{text}", code=True),)),
        ListBlock(((Paragraph(runs),), (Paragraph(runs, text), ListBlock(((Paragraph(runs),),), ordered=True)))),
        grid,
        Aside((Paragraph(runs), grid)),
        *(Picture(chart, text) for chart in _charts(text)),
    )
    return Document(
        title=text,
        blocks=blocks,
        notes={f"{text} at the end": runs},
        appendix={text: blocks},
        record=f'{{"base": "{text}"}}',
        date=text,
        description=text,
    )


def _charts(text: str) -> Iterator[Chart]:
    bars = (Bar(text, 1, 2, text, id=text, short=text, detail=text), Bar(text, 0, 0, text))
    yield Chart(text, "bars", text, text, bars, caution=text)
    yield Chart(text, "pairs", text, text, bars, caution=text)
    counts = Table(text, (text, text), ((text, Count((text,))),), text, text, (text,), (text,))
    yield Chart(text, "matrix", text, text, table=counts, caution=text)
