"""An evidence base: studies with the framework they are coded in, and the texts of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coprod_review.loading.formats import OtherFormat
    from coprod_review.model.base import Framework
    from coprod_review.model.study import Finding, Study
    from coprod_review.source.positions import KeyPath, Value
    from coprod_review.source.problems import Problem
    from coprod_review.source.yaml_text import YamlText


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a base as it is written, and as a study."""

    text: YamlText
    path: KeyPath
    raw: dict[str, Value]
    study: Study | None
    """The study; for an invalid entry what it was probably meant to be, if that is clear."""
    is_valid: bool = True
    """Whether the entry fits its model, so that it can be counted."""

    @property
    def id(self) -> str:
        """The id as it is written; empty where it is not text."""
        identity = self.raw.get("id")
        return identity if isinstance(identity, str) else ""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What was done in memory with the texts of an earlier state, so that it can be compared with the current one."""

    version: str = ""
    """The older format of the texts; empty if they are in the current one."""
    lost_codes: int = 0
    """Number of its codes that have no equivalent in the current format."""
    left_out: tuple[str, ...] = ()
    """Fields of review.yaml that were left out because they do not fit the current format."""


@dataclass(frozen=True)  # without slots, because a cached property needs a __dict__
class EvidenceBase:
    """Studies with the framework they are coded in, and the texts they were read from."""

    name: str
    """Where the base was read from, as people write it."""
    framework: Framework
    entries: tuple[Entry, ...]
    texts: tuple[YamlText, ...]
    parts: Mapping[str, YamlText]
    """The texts of the parts that the base itself has, by the stems of their files."""
    problems: tuple[Problem, ...]
    """Problems met while reading."""
    unfiltered_count: int | None = None
    """The number of studies before a filter; ``None`` where no filter was used."""
    uses_bundled_codebook: bool = False
    """Whether the codebook is the bundled one, because the base has none."""
    unread_files: tuple[YamlText, ...] = ()
    """Other YAML files in its folders, by name alone: they are not read."""
    skipped: tuple[str, ...] = ()
    """Studies left out because they have errors, by id or place."""
    adaptation: Adaptation | None = None
    """Set for an earlier state that was adapted in memory; its files are unchanged."""
    other_format: OtherFormat | None = None
    """Set if the base is in a format that the program does not read; its entries and parts were not read then."""

    @cached_property
    def studies(self) -> tuple[Study, ...]:
        """Every valid study, in the order of the files."""
        return tuple(entry.study for entry in self.entries if entry.study is not None and entry.is_valid)

    @cached_property
    def _studies_by_key(self) -> Mapping[object, Study]:
        """Studies by their ids, and by their numbers in the review; the first of two with the same key."""
        studies = self.studies[::-1]
        return {**{s.reference: s for s in studies if s.reference}, **{s.id: s for s in studies}}

    @cached_property
    def works(self) -> Mapping[str, Study]:
        """Every work that can be cited, by id: the studies, and the review that the base starts from."""
        from coprod_review.model.study import Provenance, Study

        works = {study.id: study for study in self.studies}
        review = self.framework.review
        if review is None or review.id in works:
            return works
        provenance = Provenance(entered_from=review.id, as_of=self.framework.about.as_of)
        work = Study(
            id=review.id,
            citation=review.citation,
            role="context",
            design="",
            coded_from="full_text",
            provenance=provenance,
        )
        return {**works, review.id: work}

    @property
    def findings(self) -> Iterator[tuple[Entry, KeyPath, Finding]]:
        """Every finding, also of invalid entries, with its entry and its key path."""
        for entry in self.entries:
            for number, finding in enumerate(entry.study.findings if entry.study else ()):
                yield entry, (*entry.path, "findings", number), finding

    def find(self, identity: str) -> Study | None:
        """Return a study by its id, or by its number in the review."""
        number = int(identity) if identity.isdecimal() and len(identity) < 6 else None
        return self._studies_by_key.get(identity) or self._studies_by_key.get(number)


def with_filtered_studies(base: EvidenceBase, keep: Callable[[tuple[Study, ...]], tuple[Study, ...]]) -> EvidenceBase:
    """Return the base with only the studies, and in them only the findings, that a filter keeps."""
    studies = {study.id: study for study in keep(base.studies)}
    entries = tuple(
        replace(e, study=studies[e.study.id]) for e in base.entries if e.study is not None and e.study.id in studies
    )
    return replace(
        base,
        entries=entries,
        unfiltered_count=len(base.studies) if base.unfiltered_count is None else base.unfiltered_count,
    )
