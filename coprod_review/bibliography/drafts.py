"""A reference as the unfinished entry of a study: sound as it stands, with to-do markers that lead a person through.

Nothing that only a reader of the work can know is filled in: the role is
``context``, so that a draft counts nowhere until somebody has read the work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from coprod_review.bibliography.reference import (
    NOT_READ,
    Reference,
    RejectedRecord,
    bare_doi,
    expected_id,
    normal_title,
)
from coprod_review.errors import InvalidBase
from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.loading.field_schema import field_schema
from coprod_review.model.citation import Citation, Name
from coprod_review.model.review import Review
from coprod_review.source.scalars import resolve
from coprod_review.text.escaping import visible

TODO = "# TODO: "
"""How a marker begins; it runs to the end of its line."""

Remarks = Mapping[str, Sequence[str]]
"""What a person must look at, by field."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The unfinished entry of one work."""

    id: str
    reference: Reference
    text: str
    """The entry alone, as a file of one study."""


# --- which works, and under which id ---------------------------------------------


class _Works:
    """The works that are held already, by what makes two records the same work."""

    def __init__(self, entries: Iterable[Entry], review: Review | None = None) -> None:
        self.ids = {entry.id for entry in entries}
        self._by_doi: dict[str, str] = {}
        self._by_title: dict[tuple[str, object], tuple[bool, str]] = {}
        for entry in entries:
            held = entry.raw.get("citation")
            if isinstance(held, dict):
                told = f"the base already holds it as {entry.id}"
                self._add(held.get("DOI"), held.get("title"), held.get("issued"), told)
        if review:
            work = review.citation
            self._add(work.doi, work.title, work.issued, "it is the review that the base starts from")

    def add(self, draft: Draft) -> None:
        """Hold a new draft too."""
        work = draft.reference.citation
        self.ids.add(draft.id)
        told = f"it is the same work as the record on line {draft.reference.line}, drafted as {draft.id}"
        self._add(work.doi, work.title, work.issued, told)

    def _add(self, doi: object, title: object, year: object, told: str) -> None:
        if isinstance(doi, str) and doi:
            self._by_doi.setdefault(bare_doi(doi).casefold(), told)
        if isinstance(title, str) and normal_title(title):
            self._by_title.setdefault((normal_title(title), year), (isinstance(doi, str) and bool(doi), told))

    def same(self, work: Citation) -> str | None:
        """Where the work is held, or ``None``: by its DOI without case, or by title and year without a DOI each."""
        by_doi = self._by_doi.get(bare_doi(work.doi).casefold()) if work.doi else None
        has_doi, told = self._by_title.get((normal_title(work.title), work.issued), (False, None))
        # Two works with a DOI each are two works, as validate has it too.
        return by_doi or (None if has_doi and work.doi else told)

    def free_id(self, wanted: str) -> str | None:
        """The id that is wanted, with the next letter where another work has it; ``None`` after z."""
        if wanted not in self.ids and not any(wanted + letter in self.ids for letter in _LETTERS):
            return wanted
        last = next((n for n in range(25, 0, -1) if wanted + _LETTERS[n] in self.ids), 0)
        return wanted + _LETTERS[last + 1] if last < 25 else None


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def draft_all(references: Iterable[Reference], base: EvidenceBase) -> tuple[list[Draft], list[RejectedRecord]]:
    """A draft of each work that the base does not hold yet, and the records that were refused, with the reason.

    Raises ``InvalidBase`` where a part of the base cannot be read, so that nobody knows what it holds.
    """
    if any(text.lost_entries for text in base.texts):
        raise InvalidBase(
            f"{base.name} cannot be read whole, so nobody knows which works it holds: "
            f"coprod-review validate {base.name} shows where."
        )
    works, drafts, refused = _Works(base.entries, base.framework.review), list[Draft](), list[RejectedRecord]()
    for reference in references:
        told = works.same(reference.citation)
        wanted = expected_id(reference.citation)
        identity = works.free_id(wanted)
        if told is not None or identity is None:
            told = told or f"no id is free: {wanted} to {wanted}z are taken, so write its entry by hand"
            refused.append(RejectedRecord(reference.key, reference.line, told))
        else:
            drafts.append(draft(reference, identity, _date(base)))
            works.add(drafts[-1])
    return drafts, refused


def _date(base: EvidenceBase) -> str:
    """The date that the base is measured from; never the clock's."""
    as_of = base.framework.about.as_of
    try:
        return as_of if date.fromisoformat(as_of).isoformat() == as_of else "not_found"
    except ValueError:
        return "not_found"


# --- the text of an entry ---------------------------------------------------------


def studies_file(drafts: Sequence[Draft]) -> str:
    """Drafts as one studies file."""
    return "studies:\n" + "\n".join(_item(draft.text) for draft in drafts)


def _item(text: str) -> str:
    first, *others = text.removesuffix("\n").split("\n")
    return "\n".join((f"  - {first}", *(f"    {line}" for line in others), ""))


def draft(reference: Reference, identity: str, as_of: str) -> Draft:
    """The entry of a reference: its citation, and a marker at everything that a person must decide.

    ``as_of`` is an ISO date.
    """
    remarks: dict[str, list[str]] = {}
    for doubt in reference.concerns:
        remarks.setdefault(doubt.field, []).append(doubt.remark)
    lines = (f"id: {identity}", "citation:", *_citation(reference.citation, remarks), *_codes(identity, as_of, remarks))
    return Draft(identity, reference, "\n".join(lines) + "\n")


def _marked(line: str, *remarks: str) -> Iterator[str]:
    """A line with a marker at its end, and a line of its own for each further marker."""
    indent = " " * (len(line) - len(line.lstrip()))
    for number, remark in enumerate(dict.fromkeys(remarks)):
        yield f"{indent if number else line + '  '}{TODO}{visible(remark)}"
    if not remarks:
        yield line


def _citation(work: Citation, remarks: Remarks) -> Iterator[str]:
    for key, place in zip(field_schema(Citation).fields, fields(Citation), strict=True):
        value, said = getattr(work, place.name), remarks.get(key, [])
        if key == "author" and value:
            yield from _marked("  author:", *said)
            yield from (f"    - {{{_name(name)}}}" for name in value)
        elif value not in (None, ()) or said:
            yield from _marked(f"  {key}: {_written(value)}", *said)


def _written(value: object) -> str:
    if isinstance(value, str):
        return yaml_scalar(value)
    return "[]" if value == () else "null" if value is None else str(value)


def _name(name: Name) -> str:
    parts = (("family", name.family), ("given", name.given), ("literal", name.literal))
    return ", ".join(f"{key}: {yaml_scalar(text, 'flow')}" for key, text in parts if text)


def _codes(identity: str, as_of: str, remarks: Remarks) -> Iterator[str]:
    for line in _BEFORE_FINDINGS:
        yield from _marked(*line)
    yield from _marked(
        "findings: []", "one for each outcome that it reports on, as below; [] stays where there is none"
    )
    yield from (f"# {line}" for line in _FINDING.format(id=identity).splitlines())
    if "status" in remarks:
        yield from _marked("status: active", *remarks["status"])
    provenance = f"provenance: {{entered_from: hand, as_of: {as_of}}}"
    yield from _marked(provenance, "the date of your coding, as 2026-11-23")


_BEFORE_FINDINGS = (
    ("role: context", "evidence if the work is empirical, primary or review; context is never counted"),
    (f"role_reason: {NOT_READ}", "why it has that role, in own words"),
    ("design: not_coded", "how the work was made; coprod-review codebook designs"),
    ("practice: []", "what the work itself calls it, as [co-production]; coprod-review codebook practices"),
    ("sector: []", "what it is about, as [social-care, health]; coprod-review codebook sectors"),
    ("geography: {data: [], authors: []}", "nations of each, as [England]; coprod-review codebook places"),
    ("coded_from: citation", "abstract or full_text, whichever you have read"),
    ("focus: not_coded", "what the work says it examines: outcome, process, both or neither"),
    ("focus_reason: null", "why, in own words"),
    ("# reports: {outcome: not_coded, process: not_coded}  # present for each side that a finding is on",),
    ("# definition: not_coded  # given or cited; none after the full text alone",),
    ("# principles_mentioned: {}  # those it names, as {equality: mentioned}; coprod-review codebook principles",),
    ("populations: {}", "groups, as {unpaid-carers: focus, women: included}; coprod-review codebook groups"),
)

_FINDING = """\
findings:
  - id: {id}.1
    outcome:  # group.domain.outcome; coprod-review codebook outcomes
    level:  # experience or output for process; outcome or impact for a change
    direction:  # benefit, mixed, no_change, harm or not_stated
    evidence_role:  # original, or reported_by_review in a review
    summary:  # in own words
    reported_in: [{{source: abstract}}]  # coprod-review codebook sources"""


def yaml_scalar(text: str, context: Literal["block", "flow"] = "block") -> str:
    """Text as YAML that is read back as the same text, in quotation marks where it needs them.

    ``flow`` is the inside of braces and brackets.
    """
    return text if _is_plain(text, context) else f'"{"".join(map(_escaped, text))}"'


def _is_plain(text: str, context: str) -> bool:
    # What begins with a digit may be a number to some reader, and a special sign may begin anything else.
    begins = text[:1].isalpha() or (text.startswith("10.") and "/" in text)
    breaks = (": ", " #", *(",[]{}:" if context == "flow" else ""))
    one_line = text.isprintable() and " ".join(text.split()) == text
    return begins and one_line and not any(b in f"{text} " for b in breaks) and resolve(text) == (text, None)


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
