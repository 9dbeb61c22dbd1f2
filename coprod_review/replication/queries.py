"""Named queries on the base for the recounts; missing data is an error and never counts as zero."""

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
    """The base lacks what a recount needs; the message says what, as a clause without a full stop."""


@dataclass(frozen=True)
class ReviewQueries:
    """Queries on a base and its review; they raise ``MissingDataError`` if there is nothing to return."""

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
        studies = restrict_to_source(eligible(self.studies), self.review.id)
        return require((s for s in studies if s.findings), "no finding that the review reports is held")

    def works_on(self, *outcomes: str) -> tuple[Study, ...]:
        """Return the works cited for outcomes that have a finding on one of these."""
        return tuple(s for s in self.cited if any(f.outcome in outcomes for f in s.findings))

    def works_for_group(self, group: str) -> tuple[Study, ...]:
        """Return the works cited for outcomes that have a finding for a stakeholder group."""
        return tuple(s for s in self.cited if any(stakeholder(f.outcome) == group for f in s.findings))

    def works_in_sections(self, sections: Iterable[str]) -> tuple[Study, ...]:
        """Return the works cited for outcomes with a finding that one of the sections reports."""
        return tuple(s for s in self.cited if any(self.sections_of(f) & set(sections) for f in s.findings))

    def sections_of(self, finding: Finding) -> set[str | None]:
        """Return the sections of the review that report a finding."""
        return {place.section for place in finding.reported_in if place.source == self.review.id}

    def claims(self, stated: Stated) -> tuple[Claim, ...]:
        """Return the claims behind a point; there may be none."""
        return tuple(claim for claim in self.review.claims if claim.id in stated.claims)

    def figures(self, stated: Stated) -> tuple[Quantity, ...]:
        """Return the numbers of the claims behind a point."""
        claims = require(self.claims(stated), "no claim is held for it")
        return require((q for claim in claims for q in claim.figures), "its claim holds no number")

    def figure(self, stated: Stated, index: int) -> Quantity:
        """Return one of the numbers of the claims behind a point, by its index from 0."""
        return require(self.figures(stated)[index : index + 1], "its claim does not hold the number")[0]

    def judgements(self, stated: Stated, work: str | None = None) -> dict[str, str]:
        """Return the weakest judgement on each work that the claims cite, or on one ``work``, by its id."""
        codes: dict[str, str] = {}
        for claim in self.claims(stated):
            for study in claim.cites:
                code = claim.corroboration.get(study, "not_judged")
                codes[study] = min(codes.get(study, code), code, key=judgement_rank)
        return dict(require(((s, c) for s, c in codes.items() if work in (None, s)), "no claim is held for it"))

    def label(self, vocabulary: str, term: str) -> str:
        """Return the label of a term as it reads within a sentence."""
        return lower_first(self.framework.codebook.label(vocabulary, term))


def require(items: Iterable[T], message: str) -> tuple[T, ...]:
    """Return all items, at least one. Raises ``MissingDataError`` with the message for an empty result."""
    items = tuple(items)
    if not items:
        raise MissingDataError(message)
    return items
