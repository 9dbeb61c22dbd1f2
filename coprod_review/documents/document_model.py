"""What a document is made of: blocks of runs, the same for every format that is written from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from coprod_review.results.table import Chart


def attribute(key: str) -> str:
    """A key as it stands in a mark or a label: no space, no quotation mark, and no two hyphens on end."""
    return quote(key, safe="/.-_#,").replace("--", "-%2D")


@dataclass(frozen=True, slots=True)
class AnnotationTag:
    """Words that come from the base: what gives them, its key, and a seal over the numbers and studies behind them."""

    kind: str
    key: str
    fingerprint: str = ""
    place: int = 0
    """Tells two marks apart that stand side by side and are alike otherwise."""

    @property
    def words(self) -> str:
        """The mark as it is written."""
        return " ".join(part for part in (self.kind, attribute(self.key), self.fingerprint) if part)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; text alone, never markup."""

    text: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""
    """An address (http, https, mailto), or ``#`` and an anchor of this document."""
    note: str = ""
    """Label of a note that is called here; such a run has no text."""
    marks: tuple[AnnotationTag, ...] = ()
    """Marks that hold the run, the outermost first."""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of a document is none of them."""

    level: int
    """2 or deeper; a level is never skipped on the way down."""
    runs: Runs
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``anchor`` names one that is linked to, such as an entry of the references."""

    runs: Runs
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; each item is made of blocks."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with one row of headings; the first cell of a row is the heading of that row."""

    caption: Runs
    columns: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: tuple[bool, ...]
    """For each column, whether it is set to the right."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; the same numbers stand in a table close by."""

    chart: Chart
    source: str
    """The line at the foot of the picture."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Blocks set apart, such as what the document rests on."""

    blocks: "tuple[Block, ...]"


Block = Heading | Paragraph | ListBlock | TableBlock | Picture | Aside


@dataclass(frozen=True, slots=True)
class Document:
    """A document, ready to be written in any format."""

    title: str
    blocks: tuple[Block, ...]
    notes: Mapping[str, Runs] = field(default_factory=dict)
    """Notes by label, in the order in which they are first called."""
    opened: "Mapping[str, tuple[Block, ...]]" = field(default_factory=dict)
    """What ``why`` prints, by the label of the note that stands for it elsewhere; for a format that links to it."""
    record: str = ""
    """What made it, as JSON on one line, for the check of a briefing."""
    date: str = ""
    """ISO date of what it tells, which is the date of the document too."""
    description: str = ""
    """The document in a sentence."""
    language: str = "en-GB"


def plain_text(runs: Runs) -> str:
    """The text of runs without their style; notes that are called in them leave nothing."""
    return "".join(run.text for run in runs)
