"""The content of a document: blocks of runs, the same for every format that is written from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coprod_review.documents.annotation_syntax import AnnotationTag
from coprod_review.results.chart import Chart


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; the text is plain and holds no markup."""

    text: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""
    """An address (http, https, mailto), or ``#`` and an anchor of this document."""
    note: str = ""
    """Label of a footnote that is called here; such a run has no text."""
    annotations: tuple[AnnotationTag, ...] = ()
    """Annotations around the run, the outermost first."""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of a document is not among them."""

    level: int
    """2 or deeper; no level is skipped on the way down."""
    runs: Runs
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs
    anchor: str = ""
    """Name for links that lead here, such as those to an entry of the references."""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, each item of which is made of blocks."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with one row of column headings; the first cell of every other row is the heading of its row."""

    caption: Runs
    columns: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: tuple[bool, ...]
    """For each column, whether it is aligned to the right."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; a table close by gives the same numbers."""

    chart: Chart
    source: str
    """The source line at the foot of the picture."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Blocks that are set apart, such as a box on the evidence base."""

    blocks: "tuple[Block, ...]"


Block = Heading | Paragraph | ListBlock | TableBlock | Picture | Aside


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be written in any format."""

    title: str
    blocks: tuple[Block, ...]
    notes: Mapping[str, Runs] = field(default_factory=dict)
    """Footnotes by label, in the order in which they are first called."""
    appendix: "Mapping[str, tuple[Block, ...]]" = field(default_factory=dict)
    """Sections that show what numbers rest on, by the label of the footnote that replaces each in other formats."""
    record: str = ""
    """What made the document, as JSON on one line, for the check of a briefing."""
    date: str = ""
    """ISO date of the evidence base, which is the date of the document too."""
    description: str = ""
    """A sentence that describes the document."""
    language: str = "en-GB"


def plain_text(runs: Runs) -> str:
    """Return the text of runs without style and without the footnotes that they call."""
    return "".join(run.text for run in runs)
