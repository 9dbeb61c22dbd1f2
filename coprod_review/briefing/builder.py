"""Build what a briefing template may print: annotated passages, citations, charts, tables and references.

Words that come from the evidence base are in an annotation. A passage that ``why`` can open is followed by the call of
a footnote, which names the studies behind it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature, signature
from typing import Literal

from coprod_review.bibliography.citations import CitationFormatter
from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.fingerprint import fingerprint
from coprod_review.briefing.passages import ANNOTATION_ONLY, PASSAGE_KINDS, SEPARATOR, passage_for
from coprod_review.briefing.passages.passage import Passage
from coprod_review.briefing.template_context import Base, subject
from coprod_review.briefing.template_sandbox import Markdown
from coprod_review.documents.annotation_syntax import AnnotationTag, chart_comment, escape_key
from coprod_review.errors import CoprodReviewError
from coprod_review.phrasing.pieces import CitedStudies
from coprod_review.results.table import Count
from coprod_review.text.escaping import code_span, markdown_text
from coprod_review.text.grammar import capitalise

Citations = Literal["keys", "finished"]
SCHEMA = "coprod-review/briefing/2"
"""The kinds and keys of passages that the annotations of a briefing name."""
REQUIRED_FACTS = frozenset({"version", "as_of", "evidence", "coding", "search", "caution"})
"""Facts that every briefing states, whatever its template contains."""
_NUMBER_OF_GAPS = ("basis", "gaps")
"""The passage that links to the complete list of gaps."""
_REFERENCES_PLACEHOLDER = "\ue000references\ue000"
"""Replaced by the references when all citations are known; no text of a base can contain it."""


class BriefingError(CoprodReviewError):
    """A briefing lacks what its template needs, or breaks a rule that its template sets."""


class BriefingBuilder:
    """Builds the passages of one briefing, and records what the briefing cites, opens and states."""

    def __init__(
        self, context: BriefingContext, bibliography: CitationFormatter, citations: Citations, about: str = ""
    ) -> None:
        """Take what the briefing is written from, the style of citations, and the id of its subject if it has one."""
        self.context, self._bibliography, self._citations = context, bibliography, citations
        self._about = about
        self.cited: dict[str, None] = {}
        self.notes: dict[str, None] = {}
        self.openable_ids: dict[str, None] = {}
        self.facts: set[str] = set()
        self.longest_sentence: int | None = None

    def words(self) -> Mapping[str, object]:
        """Return everything that a template may name."""
        own = (self.chart, self.table, self.cite, self.references, self.stop, self.at_most)
        return {
            **{kind: self._printer(kind) for kind in PASSAGE_KINDS if kind not in ANNOTATION_ONLY},
            **{method.__name__: method for method in own},
            "base": Base(self.context),
            "about": subject(self.context, self._about) if self._about else None,
        }

    def _printer(self, kind: str) -> Callable[..., Markdown]:
        """Return the function by which a template prints a passage; ``start`` is for the beginning of a sentence."""
        parameters = printer_signature(kind)

        def passage(*args: object, start: bool = False, **kwargs: object) -> Markdown:
            key = SEPARATOR.join(str(argument) for argument in parameters.bind(*args, **kwargs).arguments.values())
            return self.passage(kind, key, start=start)

        passage.__signature__ = parameters  # type: ignore[attr-defined] # for the error on wrong arguments
        return passage

    # --- passages -------------------------------------------------------------------

    def passage(self, kind: str, key: str, *, note: bool = True, start: bool = False) -> Markdown:
        """Return a passage in its annotation, with the call of its footnote."""
        passage = passage_for(self.context, kind, key)
        if kind == "basis":
            self.facts.add(key)
        pieces = [capitalise(p) if start and n == 0 and isinstance(p, str) else p for n, p in enumerate(passage.pieces)]
        text = "".join(self.cite(*p.ids) if isinstance(p, CitedStudies) else _with_outer_spaces(p) for p in pieces)
        call = self._note_call(passage.opens) if note and passage.opens else ""
        if passage.opens:
            self.openable_ids.setdefault(passage.opens)
        annotated = annotate(kind, key, passage, text)
        return Markdown(f"[{annotated}](#every-gap)" if (kind, key) == _NUMBER_OF_GAPS else f"{annotated}{call}")

    def _note_call(self, label: str) -> str:
        self.notes.setdefault(label)
        return f"[^{escape_key(label)}]"

    def cite(self, *ids: str) -> Markdown:
        """Return the citation of studies, as keys or in the citation style."""
        for identity in ids:
            self.context.work(identity)
            self.cited.setdefault(identity)
        if not ids:
            return Markdown("")
        if self._citations == "keys":
            return Markdown(f"[{'; '.join(f'@{identity}' for identity in ids)}]")
        cluster = self._bibliography.cite(ids)
        citations = [self._citation(identity, text) for identity, text in cluster.items]
        joined = (markdown_text(cluster.delimiter.strip()) + " ").join(citations)
        return Markdown(f"{markdown_text(cluster.prefix)}{joined}{markdown_text(cluster.suffix)}")

    def _citation(self, study: str, text: str) -> str:
        return annotate("study", study, passage_for(self.context, "study", study), markdown_text(text))

    # --- charts and tables ----------------------------------------------------------

    def chart(self, key: str, caption: str) -> Markdown:
        """Return the place of a chart, and its numbers as a table."""
        chart = look_up(self.context.charts, key, "chart")
        if chart.table is not None:
            return Markdown(f"{chart_comment(key)}\n\n{self.table(chart.table.id, caption)}")
        rows = [(markdown_text(bar.label), self._cell(bar.id, "short")) for bar in chart.bars if bar.total]
        table = markdown_table(caption, ("What", "Studies"), rows, (False, True))
        return Markdown(f"{chart_comment(key)}\n\n{table}")

    def table(self, key: str, caption: str) -> Markdown:
        """Return the counts of a table of an analysis."""
        table = look_up(self.context.tables, key, "table")
        counted = [n for n, cell in enumerate(table.rows[0] if table.rows else ()) if isinstance(cell, Count)]
        names = [f"{table.id}/{{}}/{table.column_ids[n - 1]}" for n in counted]
        rows = [
            (markdown_text(row[0]), *(self._cell(name.format(row_id), "number") for name in names))
            for row_id, row in zip(table.row_ids, table.rows, strict=True)
        ]
        columns = (table.columns[0], *(table.columns[n] for n in counted))
        return markdown_table(caption, columns, rows, (False, *(True for _ in counted)))

    def _cell(self, key: str, form: str) -> str:
        return self.passage("figure", f"{key}{SEPARATOR}{form}", note=False)

    # --- rules of a template --------------------------------------------------------

    def stop(self, reason: str) -> str:
        """Refuse to write the briefing, and give the reason. Raises ``BriefingError``."""
        raise BriefingError(reason)

    def at_most(self, words: int) -> str:
        """Refuse to write a briefing in which a sentence has more than this number of words."""
        self.longest_sentence = words
        return ""

    # --- what follows the text ------------------------------------------------------

    def references(self) -> Markdown:
        """Return the place of the references to everything that is cited, in the order of the style."""
        return Markdown(_REFERENCES_PLACEHOLDER)

    def finish(self, text: str) -> str:
        """Return the text with its references, its footnotes, and the complete list of gaps if the text links to it."""
        gaps = (
            [f"- {self.passage('gap', f'{key}{SEPARATOR}listed')}" for key in self.context.gaps]
            if "gaps" in self.facts
            else []
        )
        notes = "\n".join(f"[^{escape_key(label)}]: {self._note(label)}" for label in tuple(self.notes))
        references = "\n\n".join(map(self._reference, self._bibliography.order(tuple(self.cited))))
        # Markdown needs an empty line before a heading, which a template can lose where a condition is false.
        text = re.sub(r"(?<=[^\n])\n(#{1,6} )", r"\n\n\1", text)
        parts = [
            text.replace(_REFERENCES_PLACEHOLDER, references).rstrip(),
            "\n".join(("## Every gap\n", *gaps)) if gaps else "",
            notes,
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _note(self, label: str) -> str:
        """Return the footnote that names the studies behind a passage and the command that opens it."""
        passage = passage_for(self.context, "behind", label)
        pieces = (
            self._cite_by_id(p.ids) if isinstance(p, CitedStudies) else _with_outer_spaces(p) for p in passage.pieces
        )
        text = "".join(pieces).rstrip()
        studies = f"{annotate('behind', label, passage, text)} " if text else ""
        return f"{studies}To open this, run {code_span(f'coprod-review why {label}')}."

    def _cite_by_id(self, ids: Sequence[str]) -> str:
        """Return studies by their ids, which are short, name author and year, and can be passed to other commands."""
        if self._citations == "keys":
            return self.cite(*ids)
        self.cited.update(dict.fromkeys(ids))
        return ", ".join(self._citation(identity, identity) for identity in ids)

    def _reference(self, identity: str) -> str:
        words = self._bibliography.reference(identity)
        text = "".join(f"*{markdown_text(w.text)}*" if w.emphasis else _with_outer_spaces(w.text) for w in words)
        number = self.context.work(identity).reference
        of_review = f"; reference {number} of the review" if number and self.context.framework.review else ""
        suffix = f" \\[{markdown_text(identity)}{of_review}\\]"
        return annotate("reference", identity, passage_for(self.context, "reference", identity), text + suffix)


def printer_signature(kind: str) -> Signature:
    """Return what a template passes to the function that prints a kind of passage."""
    parameters = list(signature(PASSAGE_KINDS[kind]).parameters.values())[1:]
    start = Parameter("start", Parameter.KEYWORD_ONLY, default=False)
    return Signature([*(p.replace(annotation=Parameter.empty) for p in parameters), start])


def annotate(kind: str, key: str, passage: Passage, text: str) -> str:
    """Return the words of a passage in their annotation."""
    return AnnotationTag(kind, key, fingerprint(passage.numbers, passage.evidence)).annotate(text)


def _with_outer_spaces(text: str) -> str:
    """Return text as Markdown, with the spaces at its ends."""
    inner = markdown_text(text)
    return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' and inner else ''}"


def markdown_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]
) -> Markdown:
    """Return a Markdown table under its caption; the cells are Markdown already."""
    sides = " | ".join("---:" if number else "---" for number in numeric or [False] * len(columns))
    lines = [f"Table: {markdown_text(caption)}", "", f"| {' | '.join(map(markdown_text, columns))} |", f"| {sides} |"]
    return Markdown("\n".join((*lines, *(f"| {' | '.join(row)} |" for row in rows))))
