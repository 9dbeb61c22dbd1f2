"""The base as the recounts read it: what is not held is said, and never counted as none."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from coprod_review.model.base import Framework
from coprod_review.model.facets import restrict_to_source
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim, Review, Stated
from coprod_review.model.study import Finding, Study, eligible, stakeholder
from coprod_review.replication.verdicts import judgement_rank
from coprod_review.text.grammar import lower_first

T = TypeVar("T")


class MissingDataError(Exception):
    """This base does not hold what a recount needs; the message says what, as a clause without a full stop."""


@dataclass(frozen=True)
class ReviewQueries:
    """The base as the recounts read it. Raises ``MissingDataError`` where it has nothing to read."""

    studies: tuple[Study, ...]
    framework: Framework
    review: Review

    @cached_property
    def works(self) -> tuple[Study, ...]:
        """The works of the review's reference list."""
        return require((s for s in self.studies if s.reference is not None), "no work of the reference list is held")

    @cached_property
    def evidence(self) -> tuple[Study, ...]:
        """The studies that count as evidence."""
        return require(eligible(self.studies), "no study that counts as evidence is held")

    @cached_property
    def cited(self) -> tuple[Study, ...]:
        """The works that the review cites for outcomes, each with only the findings that the review reports."""
        seen = restrict_to_source(eligible(self.studies), self.review.id)
        return require((s for s in seen if s.findings), "no finding that the review reports is held")

    def on(self, *outcomes: str) -> tuple[Study, ...]:
        """Of the works cited for outcomes, those with a finding on one of these."""
        return tuple(s for s in self.cited if any(f.outcome in outcomes for f in s.findings))

    def for_group(self, group: str) -> tuple[Study, ...]:
        """Of the works cited for outcomes, those with a finding for a stakeholder group."""
        return tuple(s for s in self.cited if any(stakeholder(f.outcome) == group for f in s.findings))

    def in_sections(self, sections: Iterable[str]) -> tuple[Study, ...]:
        """Of the works cited for outcomes, those with a finding that stands in one of the sections."""
        return tuple(s for s in self.cited if any(self.section_of(f) & set(sections) for f in s.findings))

    def section_of(self, finding: Finding) -> set[str | None]:
        """The sections of the review that report a finding."""
        return {seen.section for seen in finding.reported_in if seen.source == self.review.id}

    def claims(self, stated: Stated) -> tuple[Claim, ...]:
        """The claims that carry a point; there may be none."""
        return tuple(claim for claim in self.review.claims if claim.id in stated.claims)

    def figures(self, stated: Stated) -> tuple[Quantity, ...]:
        """The numbers of those claims."""
        claims = require(self.claims(stated), "no claim is held for it")
        return require((q for claim in claims for q in claim.figures), "its claim holds no number")

    def figure(self, stated: Stated, place: int) -> Quantity:
        """One of those numbers, by its place in the claim, counted from 0."""
        return require(self.figures(stated)[place : place + 1], "its claim does not hold the number")[0]

    def judged(self, stated: Stated, work: str | None = None) -> dict[str, str]:
        """By study, whether the claims were seen in the works they cite, or in one; the weakest judgement counts."""
        codes: dict[str, str] = {}
        for claim in self.claims(stated):
            for study in claim.cites:
                code = claim.corroboration.get(study, "not_judged")
                codes[study] = min(codes.get(study, code), code, key=judgement_rank)
        return dict(require(((s, c) for s, c in codes.items() if work in (None, s)), "no claim is held for it"))

    def label(self, vocabulary: str, term: str) -> str:
        """A term as it reads within a sentence."""
        return lower_first(self.framework.codebook.label(vocabulary, term))


def require(found: Iterable[T], otherwise: str) -> tuple[T, ...]:
    """Return all items, at least one. Raises ``MissingDataError`` with ``otherwise`` as its message."""
    held = tuple(found)
    if not held:
        raise MissingDataError(otherwise)
    return held
