"""The words that a briefing template may use: passages with their marks, citations, charts, tables and references.

Words of the base stand in ``<span data-brief="KIND KEY SEAL">``, which no reader sees and which survives editing. A
passage that ``why`` can open is followed by a note call; the note names the studies behind it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from coprod_review.bibliography.citations import CitationFormatter
from coprod_review.briefing import template_context
from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.fingerprint import fingerprint
from coprod_review.briefing.passages import ANNOTATION_ONLY, PASSAGE_KINDS, passage_for
from coprod_review.briefing.passages.passage import CitedStudies, Passage
from coprod_review.briefing.template_sandbox import Markdown
from coprod_review.documents.document_model import AnnotationTag, attribute
from coprod_review.errors import CoprodReviewError
from coprod_review.results.table import Count
from coprod_review.text.escaping import code_span, markdown_text
from coprod_review.text.grammar import capitalise

Citations = Literal["keys", "finished"]
REQUIRED_FACTS = frozenset({"version", "as_of", "evidence", "coding", "search", "caution"})
"""Facts that every briefing states, whatever its template says."""
_GAPS = ("basis", "gaps")
"""The passage that leads to the complete list of gaps."""
_REFERENCES = "\ue000references\ue000"
"""Stands where the references go, until all citations are known."""


class BriefingError(CoprodReviewError):
    """A briefing lacks what its template needs, or breaks a rule that its template sets."""


class BriefingBuilder:
    """Writes the passages of one briefing, and remembers what it cited, opened and said."""

    def __init__(
        self, source: BriefingContext, bibliography: CitationFormatter, citations: Citations, about: str = ""
    ) -> None:
        """Take a source, the style of citations, and for a briefing on one thing its id."""
        self.source, self._bibliography, self._citations = source, bibliography, citations
        self._about = about
        self.cited: dict[str, None] = {}
        self.notes: dict[str, None] = {}
        self.opened: dict[str, None] = {}
        self.facts: set[str] = set()
        self.longest: int | None = None

    def words(self) -> Mapping[str, object]:
        """Everything that a template may name."""
        own = (self.chart, self.table, self.cite, self.references, self.stop, self.at_most)
        passages = {kind: self._saying(kind) for kind in PASSAGE_KINDS if kind not in ANNOTATION_ONLY}
        return {
            **passages,
            **template_context.template_words(self.source, self._about),
            **{made.__name__: made for made in own},
        }

    def _saying(self, kind: str) -> Callable[..., Markdown]:
        """The passages of a kind, by their key; ``start`` gives one that begins a sentence."""

        def said(key: str, *, start: bool = False) -> Markdown:
            return self.say(kind, str(key), start=start)

        return said

    # --- passages -------------------------------------------------------------------

    def say(self, kind: str, key: str, *, note: bool = True, start: bool = False) -> Markdown:
        """A passage in its mark, with a call to its note."""
        passage = passage_for(self.source, kind, key)
        if kind == "basis":
            self.facts.add(key)
        pieces = [capitalise(p) if start and n == 0 and isinstance(p, str) else p for n, p in enumerate(passage.pieces)]
        text = "".join(self.cite(*p.ids) if isinstance(p, CitedStudies) else _edged(p) for p in pieces)
        call = self._call(passage.opens) if note and passage.opens else ""
        if passage.opens:
            self.opened.setdefault(passage.opens)
        said = annotate(kind, key, passage, text)
        return Markdown(f"[{said}](#every-gap)" if (kind, key) == _GAPS else f"{said}{call}")

    def _call(self, label: str) -> str:
        self.notes.setdefault(label)
        return f"[^{attribute(label)}]"

    def cite(self, *ids: str) -> Markdown:
        """Studies cited, as keys or as the style has them."""
        for identity in ids:
            self.source.work(identity)
            self.cited.setdefault(identity)
        if not ids:
            return Markdown("")
        if self._citations == "keys":
            return Markdown(f"[{'; '.join(f'@{identity}' for identity in ids)}]")
        cluster = self._bibliography.cite(ids)
        told = [
            annotate("study", i, passage_for(self.source, "study", i), markdown_text(text)) for i, text in cluster.items
        ]
        joined = markdown_text(cluster.delimiter.strip()) + " "
        return Markdown(f"{markdown_text(cluster.prefix)}{joined.join(told)}{markdown_text(cluster.suffix)}")

    # --- charts and tables ----------------------------------------------------------

    def chart(self, identity: str, caption: str) -> Markdown:
        """The place of a chart, and its numbers as a table."""
        chart = look_up(self.source.charts, identity, "chart")
        if chart.table is not None:
            return Markdown(f"<!-- chart {attribute(identity)} -->\n\n{self.table(chart.table.id, caption)}")
        rows = [(markdown_text(bar.label), self._cell("short", bar.id)) for bar in chart.bars if bar.total]
        drawn = markdown_table(caption, ("What", "Studies"), rows, (False, True))
        return Markdown(f"<!-- chart {attribute(identity)} -->\n\n{drawn}")

    def table(self, identity: str, caption: str) -> Markdown:
        """The counts of a table of an analysis."""
        table = look_up(self.source.tables, identity, "table")
        counted = [n for n, cell in enumerate(table.rows[0] if table.rows else ()) if isinstance(cell, Count)]
        names = [f"{table.id}/{{}}/{table.column_ids[n - 1]}" for n in counted]
        rows = [
            (markdown_text(row[0]), *(self._cell("tally", name.format(row_id)) for name in names))
            for row_id, row in zip(table.row_ids, table.rows, strict=True)
        ]
        columns = (table.columns[0], *(table.columns[n] for n in counted))
        return markdown_table(caption, columns, rows, (False, *(True for _ in counted)))

    def _cell(self, kind: str, key: str) -> str:
        return self.say(kind, key, note=False)

    # --- rules of a template --------------------------------------------------------

    def stop(self, why: str) -> str:
        """Refuse to write the briefing, and say why. Raises ``BriefingError``."""
        raise BriefingError(why)

    def at_most(self, longest: int) -> str:
        """Let no sentence of the briefing be longer, in words."""
        self.longest = longest
        return ""

    # --- what follows the text ------------------------------------------------------

    def references(self) -> Markdown:
        """The references of everything that is cited, in the order of the style."""
        return Markdown(_REFERENCES)

    def finished(self, text: str) -> str:
        """The text with its references in place, the complete list of gaps if it leads there, and its notes."""
        every = (
            "".join(f"- {self._bare('listed_gap', key)}.\n" for key in self.source.gaps) if "gaps" in self.facts else ""
        )
        notes = "\n".join(f"[^{attribute(label)}]: {self._note(label)}" for label in tuple(self.notes))
        entries = "\n\n".join(map(self._reference, self._bibliography.order(tuple(self.cited))))
        text = re.sub(r"(?<=[^\n])\n(#{1,6} )", r"\n\n\1", text)  # a heading stands apart, whatever the template leaves
        parts = [
            text.replace(_REFERENCES, entries).rstrip(),
            f"## Every gap\n\n{every.rstrip()}" if every else "",
            notes,
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _note(self, label: str) -> str:
        """Which studies stand behind a passage, and how to open it."""
        passage = passage_for(self.source, "behind", label)
        text = "".join(
            self._named(p.ids) if isinstance(p, CitedStudies) else _edged(p) for p in passage.pieces
        ).rstrip()
        told = f"{annotate('behind', label, passage, text)} " if text else ""
        return f"{told}To open it: {code_span(f'coprod-review why {label}')}"

    def _bare(self, kind: str, key: str) -> str:
        """A passage in its mark, citing nothing."""
        passage = replace(passage_for(self.source, kind, key), opens="")
        return annotate(kind, key, passage, markdown_text(passage.text))

    def _named(self, ids: Sequence[str]) -> str:
        """Studies by their ids, which say who and when in few letters, and which other commands take."""
        if self._citations == "keys":
            return self.cite(*ids)
        self.cited.update(dict.fromkeys(ids))
        return ", ".join(annotate("study", i, passage_for(self.source, "study", i), markdown_text(i)) for i in ids)

    def _reference(self, identity: str) -> str:
        words = self._bibliography.reference(identity)
        text = "".join(f"*{markdown_text(w.text)}*" if w.emphasis else _edged(w.text) for w in words)
        number = self.source.work(identity).reference
        of_review = f"; reference {number} of the review" if number and self.source.framework.review else ""
        listed = f" \\[{markdown_text(identity)}{of_review}\\]"
        return annotate("reference", identity, passage_for(self.source, "reference", identity), text + listed)


def annotate(kind: str, key: str, passage: Passage, text: str) -> str:
    """Words of the base in their mark."""
    mark = AnnotationTag(kind, key, fingerprint(passage.numbers, passage.evidence))
    return f'<span data-brief="{mark.words}">{text}</span>'


def _edged(text: str) -> str:
    """Text as Markdown shows it, with the spaces at its ends."""
    inner = markdown_text(text)
    return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' and inner else ''}"


def markdown_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]
) -> Markdown:
    """A table of Markdown under its caption; the cells are Markdown already."""
    sides = " | ".join("---:" if number else "---" for number in numeric or [False] * len(columns))
    lines = [f"Table: {markdown_text(caption)}", "", f"| {' | '.join(map(markdown_text, columns))} |", f"| {sides} |"]
    return Markdown("\n".join((*lines, *(f"| {' | '.join(row)} |" for row in rows))))
