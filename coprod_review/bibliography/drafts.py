"""Draft the entry of a study from a reference: valid YAML, with to-do markers for a person.

A draft contains nothing that only a reader of the work can know. Its role is ``context``, so that it counts nowhere
until somebody has read the work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from coprod_review.bibliography.coding_advice import CodingAdvice
from coprod_review.bibliography.reference import (
    Reference,
    RejectedRecord,
    bare_doi,
    expected_id,
    normal_title,
)
from coprod_review.errors import InvalidBase
from coprod_review.loading.assembly import bundled_codebook
from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.loading.field_schema import field_schema
from coprod_review.model.citation import Citation, Name
from coprod_review.model.review import Review
from coprod_review.source.scalars import yaml_scalar
from coprod_review.text.escaping import visible

TODO = "# TODO: "
"""Beginning of a marker, which ends with its line."""

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz"
Remarks = Mapping[str, Sequence[str]]
"""What a person must check, by field."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The unfinished entry of one work."""

    id: str
    reference: Reference
    text: str
    """The entry as a file of one study."""


# --- which works, and under which id ---------------------------------------------


class _KnownWorks:
    """The works that a base has already, with the reason why a record is the same work as one of them."""

    def __init__(self, entries: Iterable[Entry], review: Review | None = None) -> None:
        self.ids = {entry.id for entry in entries}
        self._reasons_by_doi: dict[str, str] = {}
        self._reasons_by_title: dict[tuple[str, object], tuple[bool, str]] = {}
        for entry in entries:
            citation = entry.raw.get("citation")
            if isinstance(citation, dict):
                reason = f"the base already contains it as {entry.id}"
                self._add(citation.get("DOI"), citation.get("title"), citation.get("issued"), reason)
        if review:
            work = review.citation
            self._add(work.doi, work.title, work.issued, "it is the review that the base starts from")

    def add(self, draft: Draft) -> None:
        """Add a new draft."""
        work = draft.reference.citation
        self.ids.add(draft.id)
        reason = f"it is the same work as the record on line {draft.reference.line}, which was drafted as {draft.id}"
        self._add(work.doi, work.title, work.issued, reason)

    def _add(self, doi: object, title: object, year: object, reason: str) -> None:
        if isinstance(doi, str) and doi:
            self._reasons_by_doi.setdefault(bare_doi(doi).casefold(), reason)
        if isinstance(title, str) and normal_title(title):
            self._reasons_by_title.setdefault((normal_title(title), year), (isinstance(doi, str) and bool(doi), reason))

    def same(self, work: Citation) -> str | None:
        """Return why a work is not new, or ``None``; it shares its DOI, or without one title and year, with another."""
        reason_by_doi = self._reasons_by_doi.get(bare_doi(work.doi).casefold()) if work.doi else None
        has_doi, reason = self._reasons_by_title.get((normal_title(work.title), work.issued), (False, None))
        # Works with different DOIs are different works, also for validate.
        return reason_by_doi or (None if has_doi and work.doi else reason)

    def free_id(self, wanted: str) -> str | None:
        """Return the id that is wanted, with the next letter where another work has it; ``None`` after z."""
        if wanted not in self.ids and not any(wanted + letter in self.ids for letter in _ID_LETTERS):
            return wanted
        last = next((n for n in range(25, 0, -1) if wanted + _ID_LETTERS[n] in self.ids), 0)
        return wanted + _ID_LETTERS[last + 1] if last < 25 else None


def draft_all(
    references: Iterable[Reference], base: EvidenceBase, base_option: str = ""
) -> tuple[list[Draft], list[RejectedRecord]]:
    """Return a draft of each work that is new to the base, and the records of others, with the reason.

    ``base_option`` is the option that names the base in the commands of a draft. Raises ``InvalidBase`` where a part of
    the base cannot be read, because nobody knows then which works are new, and ``CoprodReviewError`` where its codebook
    lacks a code that every draft has.
    """
    if any(text.lost_entries for text in base.texts):
        raise InvalidBase(
            f"A part of {base.name} cannot be read, so new cannot tell which works the base already contains. "
            f"To see where, type: coprod-review validate {base.name}"
        )
    advice = CodingAdvice(base.framework.codebook, base.framework.about.scope.sector or "", base_option)
    advice.require_codes()
    works, drafts, rejected = _KnownWorks(base.entries, base.framework.review), list[Draft](), list[RejectedRecord]()
    for reference in references:
        reason = works.same(reference.citation)
        wanted = expected_id(reference.citation)
        identity = works.free_id(wanted)
        if reason is not None or identity is None:
            reason = reason or f"every id from {wanted} to {wanted}z is taken: write its entry by hand"
            rejected.append(RejectedRecord(reference.key, reference.line, reason))
        else:
            drafts.append(draft(reference, identity, _date(base), advice))
            works.add(drafts[-1])
    return drafts, rejected


def _date(base: EvidenceBase) -> str:
    """Return the date of the base, never today's, so that the same base gives the same drafts."""
    as_of = base.framework.about.as_of
    try:
        return as_of if date.fromisoformat(as_of).isoformat() == as_of else "not_found"
    except ValueError:
        return "not_found"


# --- the text of an entry ---------------------------------------------------------


def studies_file(drafts: Sequence[Draft]) -> str:
    """Return drafts as one studies file."""
    return "studies:\n" + "\n".join(_list_item(draft.text) for draft in drafts)


def _list_item(text: str) -> str:
    first, *others = text.removesuffix("\n").split("\n")
    return "\n".join((f"  - {first}", *(f"    {line}" for line in others), ""))


def draft(reference: Reference, identity: str, as_of: str, advice: CodingAdvice | None = None) -> Draft:
    """Return the entry of a reference: its citation, and a marker at everything that a person must decide.

    ``as_of`` is an ISO date. Without ``advice`` the entry is coded with the bundled codebook.
    """
    advice = advice or CodingAdvice(bundled_codebook())
    remarks: dict[str, list[str]] = {}
    for concern in reference.concerns:
        remarks.setdefault(concern.field, []).append(concern.remark)
    codes = _codes(identity, as_of, remarks, advice)
    lines = (f"id: {identity}", "citation:", *_citation(reference.citation, remarks), *codes)
    return Draft(identity, reference, "\n".join(lines) + "\n")


def _with_markers(line: str, *remarks: str) -> Iterator[str]:
    """Yield a line with a marker at its end, and one more line for each further marker."""
    indent = " " * (len(line) - len(line.lstrip()))
    for number, remark in enumerate(dict.fromkeys(remarks)):
        yield f"{indent if number else line + '  '}{TODO}{visible(remark)}"
    if not remarks:
        yield line


def _citation(work: Citation, remarks: Remarks) -> Iterator[str]:
    for key, place in zip(field_schema(Citation).fields, fields(Citation), strict=True):
        value, markers = getattr(work, place.name), remarks.get(key, [])
        if key == "author" and value:
            yield from _with_markers("  author:", *markers)
            yield from (f"    - {{{_name(name)}}}" for name in value)
        elif value not in (None, ()) or markers:
            yield from _with_markers(f"  {key}: {_as_yaml(value)}", *markers)


def _as_yaml(value: object) -> str:
    if isinstance(value, str):
        return yaml_scalar(value)
    return "[]" if value == () else "null" if value is None else str(value)


def _name(name: Name) -> str:
    parts = (("family", name.family), ("given", name.given), ("literal", name.literal))
    return ", ".join(f"{key}: {yaml_scalar(text, 'flow')}" for key, text in parts if text)


def _codes(identity: str, as_of: str, remarks: Remarks, advice: CodingAdvice) -> Iterator[str]:
    for line in advice.codes():
        yield from _with_markers(*line)
    yield from _with_markers(
        "findings: []", "add one for each outcome that the work reports, as below; keep [] if it reports none"
    )
    yield from (f"# {line}" for line in advice.finding(identity))
    if "status" in remarks:
        yield from _with_markers("status: active", *remarks["status"])
    provenance = f"provenance: {{entered_from: hand, as_of: {as_of}}}"
    yield from _with_markers(provenance, "write the date of your coding, such as 2026-11-23")
