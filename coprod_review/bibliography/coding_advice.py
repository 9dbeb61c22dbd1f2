"""What a draft says about its codes: lines to complete, with terms of the codebook of the base that gets the entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_review.bibliography.reference import NOT_READ
from coprod_review.errors import CoprodReviewError
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import NOT_CODED
from coprod_review.source.scalars import yaml_scalar

_NEEDED = (("designs", NOT_CODED), ("sources", "hand"))
"""Codes that a draft has before somebody reads the work."""
_NEEDED_KINDS = (("roles", "not_counted"), ("coded_from", "record"))
"""Kinds of the other codes that it has."""


@dataclass(frozen=True, slots=True)
class CodingAdvice:
    """The codebook that an entry is coded with, and how commands name its base."""

    codebook: Codebook
    scope: str = ""
    """The sector in scope, which comes first among the examples."""
    base_option: str = ""
    """The option that names the base in a command, with a space before it; empty for the bundled base."""

    def require_codes(self) -> None:
        """Raise ``CoprodReviewError`` where the codebook lacks a code that every draft has."""
        for vocabulary, kind in _NEEDED_KINDS:
            if not self.codebook.ids_of_kind(vocabulary, kind):
                raise CoprodReviewError(
                    f"Drafts need a term of `{vocabulary}` with the kind {kind}, which the codebook does not have. Add "
                    f"`kind: {kind}` to the term that is meant."
                )
        for vocabulary, term in _NEEDED:
            if not any(known.id == term for known in self.codebook.terms(vocabulary)):
                raise CoprodReviewError(
                    f"Drafts need the term `{term}` of `{vocabulary}`, which the codebook does not have. To add it, "
                    f"type: coprod-review codebook add {vocabulary} {term}{self.base_option}"
                )

    def codes(self) -> Iterator[tuple[str, ...]]:
        """Yield the lines for codes, each with what a person has to decide; none for a field without terms."""
        role, counted = self._first("roles", "not_counted"), self._first("roles", "counted")
        yield f"role: {role}", f"write {counted} for an empirical work (primary study or review); {role} is not counted"
        yield f"role_reason: {NOT_READ}", "give the reason for the role in your own words"
        yield "design: not_coded", f"choose the design of the study: {self._command('designs')}"
        yield from self._list("practice", "practices", "name what the work calls it")
        yield from self._list("setting", "settings", "say where it took place")
        yield from self._list("sector", "sectors", "name the sectors", 2)
        yield from self._list("geography", "places", "name the places", empty="{data: [], authors: []}")
        record = self._first("coded_from", "record")
        yield f"coded_from: {record}", f"write {self._either('coded_from', record)}, whichever you have read"
        yield "aim: null", "write the stated aim of the work in your own words"
        aims = "aims: {outcome: {code: not_coded}, process: {code: not_coded}}"
        yield aims, f"code both: {self._command('aims')}"
        yield "participants: not_coded", "write [{n: 20, unit: people, read_in: abstract}], or not_stated"
        yield from self._commented()
        if self._terms("groups"):
            example = self._pair(self._terms("groups", 1), self._first("population_codes", "focus"))
            yield "populations: {}", f"add groups, such as {example}: {self._command('groups')}"
        if self._terms("characteristics"):
            example = self._pair(self._terms("characteristics", 1), self._first("characteristic_codes", "present"))
            yield (f"# characteristics: {{}}  # such as {example}: {self._command('characteristics')}",)

    def _commented(self) -> Iterator[tuple[str, ...]]:
        """Yield the lines that a person uncomments where the work says something."""
        yield ("# reports: {outcome: not_coded, process: not_coded}  # write present for a side that has findings",)
        if self._terms("definitions"):
            known = _alternatives(self.codebook.ids_of_kind("definitions", "present"))
            yield (f"# definition: not_coded  # write {known}; only a full text can show that a definition is missing",)
        if self._terms("principles"):
            example = self._pair(self._terms("principles", 1), self._first("mentions", "present"))
            yield (f"# principles_mentioned: {{}}  # such as {example}: {self._command('principles')}",)

    def finding(self, identity: str) -> Iterator[str]:
        """Yield the lines of a finding to complete."""
        yield "findings:"
        yield f"  - id: {identity}.1"
        outcome = "".join(self._terms("outcomes", 1)) or "group.domain.outcome"
        yield f"    outcome:  # such as {outcome}: {self._command('outcomes')}"
        yield f"    level:  # {self._levels()}"
        yield f"    direction:  # {self._either('directions')}"
        original, relayed = (self._first("evidence_roles", kind) for kind in ("original", "relayed"))
        yield f"    evidence_role:  # {original}, or {relayed} if the work is a review"
        yield "    summary:  # the finding in your own words"
        source = "".join(self._terms("sources", 1))
        yield f"    reported_in: [{{source: {source}}}]  # all sources: {self._command('sources')}"

    def _list(
        self, field: str, vocabulary: str, task: str, number: int = 1, empty: str = "[]"
    ) -> Iterator[tuple[str, str]]:
        examples = self._terms(vocabulary, number)
        if examples:
            yield f"{field}: {empty}", f"{task}, such as [{', '.join(examples)}]: {self._command(vocabulary)}"

    def _levels(self) -> str:
        process, change = (_alternatives(self.codebook.levels_of(side)) for side in ("process", "outcome"))
        return f"{process} for process; {change} for a change" if process and change else self._either("levels")

    def _pair(self, terms: Sequence[str], code: str) -> str:
        return "{" + ", ".join(f"{term}: {code}" for term in terms) + "}"

    def _either(self, vocabulary: str, without: str = "") -> str:
        """Return the terms of a vocabulary as alternatives, without one of them."""
        return _alternatives([term for term in self._terms(vocabulary) if term != without])

    def _terms(self, vocabulary: str, number: int | None = None) -> list[str]:
        """Return the terms that an entry may have, as they are typed in a list; the sector in scope comes first."""
        terms = [term.id for term in self.codebook.terms(vocabulary) if term.id != NOT_CODED]
        if vocabulary == "sectors":
            terms.sort(key=lambda term: term != self.scope)
        return [yaml_scalar(term, "flow") for term in terms[:number]]

    def _first(self, vocabulary: str, kind: str) -> str:
        """Return the first term of a kind, as it is typed; the vocabulary's name where it has none."""
        return yaml_scalar(next(iter(self.codebook.ids_of_kind(vocabulary, kind)), vocabulary), "flow")

    def _command(self, vocabulary: str) -> str:
        return f"coprod-review codebook {vocabulary}{self.base_option}"


def _alternatives(words: Sequence[str]) -> str:
    """Join words as ``a, b or c``."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
