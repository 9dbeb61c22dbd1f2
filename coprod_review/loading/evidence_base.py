"""An evidence base: studies with the framework they are read against, and the files it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coprod_review.model.base import Framework
    from coprod_review.model.study import Finding, Study
    from coprod_review.source.positions import KeyPath, Value
    from coprod_review.source.problems import Problem
    from coprod_review.source.yaml_text import YamlText


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a base as it is written, and the study it makes if it is sound."""

    text: YamlText
    path: KeyPath
    raw: dict[str, Value]
    study: Study | None
    """The study, or for an unsound entry what can be read of it without guessing."""
    is_valid: bool = True
    """Whether it is as its model wants it, so that it may be counted."""

    @property
    def id(self) -> str:
        """The id as written; empty where it is not text."""
        identity = self.raw.get("id")
        return identity if isinstance(identity, str) else ""


@dataclass(frozen=True)  # without slots, which leave no room for what is worked out once
class EvidenceBase:
    """Studies with the framework they are read against, and the texts they came from."""

    name: str
    """Where the base was read from, for people."""
    framework: Framework
    entries: tuple[Entry, ...]
    texts: tuple[YamlText, ...]
    parts: Mapping[str, YamlText]
    """The text of each part that the base itself holds, by stem."""
    problems: tuple[Problem, ...]
    """What went wrong while reading."""
    unfiltered_count: int | None = None
    """How many studies there were before a filter; ``None`` where none was used."""
    uses_bundled_codebook: bool = False
    """Whether the codebook is the bundled one, because the base has none."""
    unread_files: tuple[YamlText, ...] = ()
    """Files of its folders that are no part of it, by name alone: nobody has read them."""
    skipped: tuple[str, ...] = ()
    """Studies left out because they have errors, by id or place."""

    @cached_property
    def studies(self) -> tuple[Study, ...]:
        """Every sound study, in the order of the files."""
        return tuple(entry.study for entry in self.entries if entry.study is not None and entry.is_valid)

    @cached_property
    def _named(self) -> Mapping[object, Study]:
        """Studies by their ids, and by their numbers in the review; of two with one name the first."""
        held = self.studies[::-1]
        return {**{s.reference: s for s in held if s.reference}, **{s.id: s for s in held}}

    @cached_property
    def works(self) -> Mapping[str, Study]:
        """Everything that can be cited, by id: the studies, and the review that the base starts from."""
        from coprod_review.model.study import Provenance, Study

        held = {study.id: study for study in self.studies}
        review = self.framework.review
        if review is None or review.id in held:
            return held
        seen = Provenance(entered_from=review.id, as_of=self.framework.about.as_of)
        work = Study(
            id=review.id, citation=review.citation, role="context", design="", coded_from="full_text", provenance=seen
        )
        return {**held, review.id: work}

    @property
    def findings(self) -> Iterator[tuple[Entry, KeyPath, Finding]]:
        """Every finding that can be read, with its entry and its key path."""
        for entry in self.entries:
            for number, finding in enumerate(entry.study.findings if entry.study else ()):
                yield entry, (*entry.path, "findings", number), finding

    def find(self, identity: str) -> Study | None:
        """One study by id, or by its number in the review."""
        number = int(identity) if identity.isdecimal() and len(identity) < 6 else None
        return self._named.get(identity) or self._named.get(number)

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone: what follows from them is worked out again, not kept beside them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def with_filtered_studies(base: EvidenceBase, keep: Callable[[tuple[Study, ...]], tuple[Study, ...]]) -> EvidenceBase:
    """The base with only the studies, and in them the findings, that a filter keeps."""
    kept = {study.id: study for study in keep(base.studies)}
    entries = tuple(
        replace(e, study=kept[e.study.id]) for e in base.entries if e.study is not None and e.study.id in kept
    )
    return replace(
        base,
        entries=entries,
        unfiltered_count=len(base.studies) if base.unfiltered_count is None else base.unfiltered_count,
    )
