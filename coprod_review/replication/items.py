"""The items that a row counts, and whether an item passes a condition: yes, no, or not known."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from coprod_review.gaps.analyses.beneficiaries import KNOWN
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.facets import FACETS, Filter, restrict_to_source
from coprod_review.model.record import NOT_CODED
from coprod_review.model.review import Review
from coprod_review.model.stated import Stated, StatedCount
from coprod_review.model.study import Study, eligible, outcome_studies, read_in_full


class Item(NamedTuple):
    """One thing that is counted."""

    id: str
    """Empty for a thing without id."""
    study: Study | None = None
    """The work; for a finding, the work with this finding alone."""
    has_all_findings: bool = False
    """Whether a finding that is not there is known not to exist."""


def items_of(count: StatedCount, row: Stated, studies: tuple[Study, ...], framework: Framework) -> tuple[Item, ...]:
    """Return what a count counts, before its conditions; nothing in a base without a review."""
    review = framework.review
    if review is None:
        return ()
    match count.count:
        case "works":
            works = _works(count, row, studies, framework, review)
            book = framework.codebook
            return tuple(Item(s.id, s, count.of == "reported" or read_in_full(s, book)) for s in works)
        case "findings":
            works = _works(count, row, studies, framework, review)
            return tuple(Item(s.id, replace(s, findings=(f,)), True) for s in works for f in s.findings)
        case "terms":
            return tuple(Item("") for t in framework.codebook.terms(count.vocabulary or "") if t.id != NOT_CODED)
        case "topics":
            return tuple(Item("") for _ in review.topics)
        case "claims" if count.of in ("enablers", "barriers"):
            return tuple(map(Item, dict.fromkeys(influence.claim for influence in getattr(review, count.of))))
        case _:
            return tuple(Item(part.id) for part in getattr(review, count.count))


def _works(
    count: StatedCount, row: Stated, studies: tuple[Study, ...], framework: Framework, review: Review
) -> tuple[Study, ...]:
    match count.of:
        case "references":
            return tuple(study for study in studies if study.reference is not None)
        case "evidence":
            return eligible(studies, framework.codebook)
        case "outcome_studies":
            return outcome_studies(studies, framework.codebook)
        case "reported":
            return _reported_by(review, studies, framework.codebook)
        case "claims":
            return _cited((claim.cites for claim in review.claims if claim.id in row.claims), studies)
        case "enablers" | "barriers":
            return _cited((influence.cites for influence in getattr(review, count.of)), studies)
        case None:
            return ()


def _reported_by(review: Review, studies: Iterable[Study], codebook: Codebook) -> tuple[Study, ...]:
    """Return the works with findings that the review reports: these findings alone, as reported in the review."""
    works = (s for s in restrict_to_source(eligible(studies, codebook), review.id) if s.findings)
    return tuple(
        replace(s, findings=tuple(
            replace(f, reported_in=tuple(r for r in f.reported_in if r.source == review.id)) for f in s.findings
        )) for s in works
    )  # fmt: skip


def _cited(lists: Iterable[tuple[str, ...]], studies: Iterable[Study]) -> tuple[Study, ...]:
    ids = {identity for cited in lists for identity in cited}
    return tuple(study for study in studies if study.id in ids)


def passes_all(conditions: Iterable[Filter], item: Item, codebook: Codebook) -> bool | None:
    """Return whether an item passes all conditions; ``None`` if what is not known could decide it."""
    answers = {_passes(condition, item, codebook) for condition in conditions}
    return False if False in answers else None if None in answers else True


def _passes(condition: Filter, item: Item, codebook: Codebook) -> bool | None:
    if item.study is None:
        return None
    is_negated = condition.operator == "!="
    has_term = (replace(condition, operator="=") if is_negated else condition).passes(item.study, codebook)
    if not has_term and not _absence_is_known(condition, item, item.study, codebook):
        return None
    return has_term != is_negated


def _absence_is_known(condition: Filter, item: Item, study: Study, codebook: Codebook) -> bool:
    """Return whether a study without the terms of a condition is known not to have them.

    Method: docs/methods/comparisons.md#what-is-not-known.
    """
    facet = FACETS[condition.facet]
    if condition.facet == "group":
        return study.groups_coded
    codes = {"populations": study.populations, "principles_mentioned": study.principles_mentioned}.get(facet.field)
    if codes is not None:
        return all(codes.get(term, NOT_CODED) != NOT_CODED for term in condition.terms)
    if facet.of_study is not None:
        return not {NOT_CODED, "no date"} & set(terms) if (terms := facet.terms(study, codebook)) else False
    # How a finding was measured says whether a scale may be missing.
    facet = FACETS["measurement"] if condition.facet == "instrument" else facet
    if condition.facet == "beneficiary":  # the codes not_separated and not_stated do not say who benefited
        return item.has_all_findings and set(KNOWN).issuperset(facet.terms(study, codebook))
    return item.has_all_findings and NOT_CODED not in facet.terms(study, codebook)
