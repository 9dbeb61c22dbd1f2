"""The words that a briefing template may use: passages with their marks, citations, charts, tables and references.

Words of the base stand in ``<span data-brief="KIND KEY SEAL">``, which no reader sees and which survives editing. A
passage that ``why`` can open is followed by a note call; the note names the studies behind it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coprod_review.briefing.effects import AGAINST
from coprod_review.briefing.passages import SAYS, Cited, Passage, caveats, say
from coprod_review.briefing.sandbox import Markdown
from coprod_review.briefing.seals import seal
from coprod_review.briefing.source import Source, look_up
from coprod_review.citations import Bibliography
from coprod_review.documents.blocks import Mark, attribute
from coprod_review.errors import CoprodReviewError, UnknownName
from coprod_review.models import Term, domain, stakeholder
from coprod_review.results import Count, Figure
from coprod_review.templating import code_span, markdown_text
from coprod_review.wording import capital, phrase

Citations = Literal["keys", "finished"]
STATED = frozenset({"version", "as_of", "evidence", "coding", "search", "caution"})
"""Facts that every briefing states, whatever its template says."""
_GAPS = ("basis", "gaps")
"""The passage that leads to the complete list of gaps."""
_REFERENCES = "\ue000references\ue000"
"""Stands where the references go, until all citations are known."""


class Unbriefed(CoprodReviewError):
    """A briefing lacks what its template needs, or breaks a rule that its template sets."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a briefing on one thing is about."""

    id: str
    label: str
    kind: Literal["stakeholder", "group", "domain", "outcome"]


def subject(source: Source, term: str) -> Subject:
    """A stakeholder group, a group of people, a domain or an outcome by its id. Raises ``UnknownName``."""
    book = source.codebook
    kinds: Mapping[str, Literal["stakeholder", "group", "domain", "outcome"]] = {
        "stakeholders": "stakeholder",
        "groups": "group",
        "domains": "domain",
        "outcomes": "outcome",
    }
    known = {t.id: Subject(t.id, t.label, kind) for name, kind in kinds.items() for t in book.terms(name)}
    try:
        return look_up(known, term, "stakeholder group, group of people, domain or outcome")
    except UnknownName as error:
        told = "coprod-review codebook lists them under stakeholders, groups, domains and outcomes."
        raise UnknownName(f"{str(error).rstrip('.')}{'' if str(error).endswith('?') else ':'} {told}") from None


_WHOSE = {"unpaid-carers": ("carer", "both")}
"""Groups of people that the code of whose a finding is tells of."""


class Pen:
    """Writes the passages of one briefing, and remembers what it cited, opened and said."""

    def __init__(self, source: Source, bibliography: Bibliography, citations: Citations, about: str = "") -> None:
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
        return {**{kind: self._saying(kind) for kind in SAYS}, **self._structure()}

    def _saying(self, kind: str) -> Callable[..., Markdown]:
        """The passages of a kind, by their key; ``start`` gives one that begins a sentence."""

        def said(key: str, *, start: bool = False) -> Markdown:
            return self.say(kind, str(key), start=start)

        return said

    # --- passages -------------------------------------------------------------------

    def say(self, kind: str, key: str, *, note: bool = True, start: bool = False) -> Markdown:
        """A passage in its mark, with a call to its note."""
        passage = say(self.source, kind, key)
        if kind == "basis":
            self.facts.add(key)
        pieces = [capital(p) if start and n == 0 and isinstance(p, str) else p for n, p in enumerate(passage.pieces)]
        text = "".join(self.cite(*p.ids) if isinstance(p, Cited) else _edged(p) for p in pieces)
        call = self._call(passage.opens) if note and passage.opens else ""
        if passage.opens:
            self.opened.setdefault(passage.opens)
        said = marked(kind, key, passage, text)
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
        told = [marked("study", i, say(self.source, "study", i), markdown_text(text)) for i, text in cluster.items]
        joined = markdown_text(cluster.delimiter.strip()) + " "
        return Markdown(f"{markdown_text(cluster.prefix)}{joined.join(told)}{markdown_text(cluster.suffix)}")

    # --- charts and tables ----------------------------------------------------------

    def chart(self, identity: str, caption: str) -> Markdown:
        """The place of a chart, and its numbers as a table."""
        chart = look_up(self.source.charts, identity, "chart")
        if chart.table is not None:
            return Markdown(f"<!-- chart {attribute(identity)} -->\n\n{self.table(chart.table.id, caption)}")
        rows = [(markdown_text(bar.label), self._cell("short", bar.id)) for bar in chart.bars if bar.total]
        return Markdown(
            f"<!-- chart {attribute(identity)} -->\n\n{grid(caption, ('What', 'Studies'), rows, (False, True))}"
        )

    def table(self, identity: str, caption: str) -> Markdown:
        """A table of an analysis, its counts marked."""
        table = look_up(self.source.tables, identity, "table")
        rows = []
        for row_id, row in zip(table.row_ids, table.rows, strict=True):
            cells = zip(table.column_ids, row[1:], strict=True)
            told = [self._counted(f"{table.id}/{row_id}/{column}", cell) for column, cell in cells]
            rows.append((markdown_text(row[0]), *told))
        numeric = tuple(bool(table.rows) and isinstance(cell, Count) for cell in table.rows[0]) if table.rows else ()
        return grid(caption, table.columns, rows, numeric)

    def _counted(self, identity: str, cell: object) -> str:
        if isinstance(cell, Count):
            return self._cell("tally", identity)
        return "" if cell is None else markdown_text(cell)

    def _cell(self, kind: str, key: str) -> str:
        return self.say(kind, key, note=False)

    # --- what there is --------------------------------------------------------------

    def _structure(self) -> Mapping[str, object]:
        source = self.source
        review = source.framework.review
        return {
            "about": subject(source, self._about) if self._about else None,
            "at_most": self._at_most,
            "barriers": [b.id for b in review.barriers] if review else [],
            "chart": self.chart,
            "compared": self._compared,
            "cautious": self._cautious,
            "stop": self._stop,
            "cite": self.cite,
            "claims": self._claims,
            "domains": self._domains,
            "enablers": [e.id for e in review.enablers] if review else [],
            "errata": list(source.errata),
            "findings": self._findings,
            "findings_about": self._findings_about,
            "findings_against": self._findings_against,
            "findings_of": self._findings_of,
            "gaps": self._gaps,
            "generals": [str(n) for n, _ in enumerate(source.results["matrix"].general, 1)],
            "has": self._has,
            "named_groups": [t for t in source.codebook.terms("groups") if t.id in source.framework.named_groups],
            "number_of": self._number_of,
            "outcomes": self._outcomes,
            "recommendations": list(source.framework.recommendations),
            "references": self._references,
            "short_label": self._short_label,
            "skipped": bool(source.base.skipped),
            "small": phrase,
            "small_label": self._small_label,
            "stakeholders": list(source.codebook.terms("stakeholders")),
            "statements": lambda group="": list(source.said_of(group)),
            "statements_on": lambda within: list(source.said_on(within)),
            "studies_in": self._studies_in,
            "studies_on": self._studies_on,
            "table": self.table,
            "term": self._term,
            "review": review.id if review else "",
            "unanswered": [r.question for r in source.results.values() if r.missing],
            "changes": self._changes if source.then is not None else None,
        }

    def _stop(self, why: str) -> str:
        """Refuse to write the briefing, and say why. Raises ``Unbriefed``."""
        raise Unbriefed(why)

    def _at_most(self, longest: int) -> str:
        """Let no sentence of the briefing be longer, in words."""
        self.longest = longest
        return ""

    def _claims(self, section: str) -> list[str]:
        review = self.source.framework.review
        return [c.id for c in review.claims if c.section == section] if review else []

    def _domains(self, group: str) -> list[Term]:
        """Domains of a stakeholder group in which there is any finding."""
        held = {domain(outcome) for outcome in self.source.found}
        return [t for t in self.source.codebook.terms("domains") if stakeholder(t.id) == group and t.id in held]

    def _outcomes(self, within: str, *, changes: bool = True) -> list[Term]:
        """Outcomes within a stakeholder group, domain or outcome that have findings of one side."""
        ids = self.source.outcomes(within, of_change=changes)
        return [t for t in self.source.codebook.terms("outcomes") if t.id in ids]

    def _findings(self, outcome: str, *, changes: bool = True) -> list[str]:
        """Findings on an outcome, those that are told in the same words together, what is against a benefit last."""
        told: dict[tuple[bool, str, str], list[str]] = {}
        for _, finding in self.source.on_side(outcome, of_change=changes):
            key = (finding.direction in AGAINST, finding.direction, finding.summary)
            told.setdefault(key, []).append(finding.id)
        return [",".join(ids) for _, ids in sorted(told.items(), key=lambda item: item[0][0])]

    def _gaps(self, within: str = "") -> list[str]:
        """Gaps in declared order; with a group, domain or outcome those within it."""
        held = self.source.gaps.items()
        return [key for key, gap in held if not within or f"{gap.where}.".startswith(f"{domain(within)}.")]

    def _has(self, identity: str) -> bool:
        """Whether there is such a figure, chart or table with something in it."""
        return identity in self.source.figures or identity in self.source.charts or identity in self.source.tables

    def _number_of(self, identity: str) -> int:
        """A figure's numerator, to choose words by; what is printed comes from a passage."""
        figure: Figure = look_up(self.source.figures, identity, "figure")
        return figure.numerator or 0

    def _compared(self, identity: str) -> list[str]:
        """Keys of the published numbers that stand beside a figure."""
        figure = look_up(self.source.figures, identity, "figure")
        return [f"{identity}#{c.benchmark}" for c in figure.comparisons]

    def _cautious(self, ids: Sequence[str] = ()) -> list[str]:
        """Of some studies, or of all, those of which the review leaves out something that was seen."""
        held = [s.id for s in self.source.eligible if caveats(s)]
        return [i for i in held if not ids or i in ids]

    def _findings_against(self) -> list[str]:
        """Every finding of no change, harm or a mixed result, at any level."""
        return [i for i, (_, finding) in self.source.finding.items() if finding.direction in AGAINST]

    def _findings_about(self, group: str) -> list[str]:
        """Findings that are said to be about a group of people, in studies that do not focus on it."""
        whose = _WHOSE.get(group, ())
        return [i for i, (_, finding) in self.source.finding.items() if finding.whose in whose]

    def _studies_on(self, group: str, place: str) -> list[str]:
        """Ids of the studies that focus on a group of people, or of those that include it and do not."""
        focus = look_up(self.source.figures, f"representation.{group}", "figure").counted
        if place == "focus":
            return list(focus)
        included = self.source.figures.get(f"representation.{group}.{place}")
        return [i for i in included.counted if i not in focus] if included else []

    def _studies_in(self, within: str) -> list[str]:
        """Ids of the studies with any finding within a stakeholder group, domain or outcome."""
        held = [o for side in (True, False) for o in self.source.outcomes(within, of_change=side)]
        found = {study.id for outcome in held for study, _ in self.source.found[outcome]}
        return [study.id for study in self.source.eligible if study.id in found]

    def _findings_of(self, study: str) -> list[str]:
        """Findings of one study."""
        return [finding.id for finding in self.source.study(study).findings if finding.id in self.source.finding]

    def _small_label(self, identity: str) -> str:
        """The label of a figure within a sentence."""
        return phrase(look_up(self.source.figures, identity, "figure").label)

    def _short_label(self, stakeholder: str) -> str:
        """A stakeholder group in one word or two."""
        return stakeholder.replace("_", " ").capitalize()

    def _term(self, vocabulary: str, identity: str) -> Term:
        """A term of a vocabulary."""
        return look_up({t.id: t for t in self.source.codebook.terms(vocabulary)}, identity, "term")

    @property
    def _changes(self) -> Mapping[str, Sequence[str]]:
        found = self.source.changes
        return {
            "added": found.added,
            "removed": found.removed,
            "changed": found.changed,
            "figures": [m.id for m in found.figures if m.after or m.before],
            "opened": [f"{g.type}/{g.where}" for g in found.opened if f"{g.type}/{g.where}" in self.source.gaps],
            "closed": [f"{g.type}/{g.where}" for g in found.closed],
        }

    # --- what follows the text ------------------------------------------------------

    def _references(self) -> Markdown:
        return Markdown(_REFERENCES)

    def finished(self, text: str) -> str:
        """The text with its references in place, the complete list of gaps if it leads there, and its notes."""
        every = "".join(f"- {self._bare('gap', key)}.\n" for key in self.source.gaps) if "gaps" in self.facts else ""
        notes = "\n".join(f"[^{attribute(label)}]: {self._note(label)}" for label in tuple(self.notes))
        entries = "\n\n".join(map(self._reference, self._bibliography.order(tuple(self.cited))))
        parts = [
            text.replace(_REFERENCES, entries).rstrip(),
            f"## Every gap\n\n{every.rstrip()}" if every else "",
            notes,
        ]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _note(self, label: str) -> str:
        """Which studies stand behind a passage, and how to open it."""
        passage = say(self.source, "behind", label)
        text = "".join(self._named(p.ids) if isinstance(p, Cited) else _edged(p) for p in passage.pieces).rstrip()
        told = f"{marked('behind', label, passage, text)} " if text else ""
        return f"{told}To open it: {code_span(f'coprod-review why {label}')}"

    def _bare(self, kind: str, key: str) -> str:
        """A passage in its mark, citing nothing."""
        passage = replace(say(self.source, kind, key), opens="")
        return marked(kind, key, passage, markdown_text(passage.text))

    def _named(self, ids: Sequence[str]) -> str:
        """Studies by their ids, which say who and when in few letters, and which other commands take."""
        if self._citations == "keys":
            return self.cite(*ids)
        self.cited.update(dict.fromkeys(ids))
        return ", ".join(marked("study", i, say(self.source, "study", i), markdown_text(i)) for i in ids)

    def _reference(self, identity: str) -> str:
        words = self._bibliography.reference(identity)
        text = "".join(f"*{markdown_text(w.text)}*" if w.emphasis else _edged(w.text) for w in words)
        number = self.source.work(identity).reference
        of_review = f"; reference {number} of the review" if number and self.source.framework.review else ""
        listed = f" \\[{markdown_text(identity)}{of_review}\\]"
        return marked("reference", identity, say(self.source, "reference", identity), text + listed)


def marked(kind: str, key: str, passage: Passage, text: str) -> str:
    """Words of the base in their mark."""
    mark = Mark(kind, key, seal(passage.numbers, passage.evidence))
    return f'<span data-brief="{mark.words}">{text}</span>'


def _edged(text: str) -> str:
    """Text as Markdown shows it, with the spaces at its ends."""
    inner = markdown_text(text)
    return f"{' ' if text[:1] == ' ' else ''}{inner}{' ' if text[-1:] == ' ' and inner else ''}"


def grid(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> Markdown:
    """A table of Markdown under its caption; the cells are Markdown already."""
    sides = " | ".join("---:" if number else "---" for number in numeric or [False] * len(columns))
    lines = [f"Table: {markdown_text(caption)}", "", f"| {' | '.join(map(markdown_text, columns))} |", f"| {sides} |"]
    return Markdown("\n".join((*lines, *(f"| {' | '.join(row)} |" for row in rows))))
