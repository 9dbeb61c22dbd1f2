"""G11: what rests on reviews alone, and whether reviews count the same studies twice.

The corrected covered area is (N - r) / (r c - r): N inclusions, r distinct works, c reviews (Pieper and colleagues
2014). Its usual bands are untested and are not printed. Methods: docs/methods/analyses.md#overlap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.families import count_families
from coprod_review.gaps.shares import count, full_count_share, share
from coprod_review.gaps.study_sets import ids_of_terms, is_primary, is_review
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, domain, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed

QUESTION = "How much rests on reviews alone, and do reviews count the same studies?"


@dataclass(frozen=True, slots=True)
class OverlapFacts:
    """What the sentences need that no figure holds."""

    reviews: int
    """Number of eligible reviews, with findings on outcomes or without."""


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the reviews among outcome studies, domains known through reviews alone, and works that reviews share.

    Figures ``overlap.reviews``, ``.review-only-domains``, ``.held-twice`` and
    ``.cca``; the last two have no value until reviews list what they include.
    """
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    reviews = [s for s in studies if is_review(s, codebook)]
    names = _names(studies)
    lists = {s.id: works for s in reviews if (works := _included_works(s, names))}
    of_reviews = _reviews_share(outcome_studies(studies, codebook), codebook)
    domains, covered = _review_only_domains(studies, codebook), _covered_area(lists)
    return Result(
        analysis="overlap",
        figures=(of_reviews, domains, _counted_twice(studies, len(reviews), lists, codebook), covered),
        tables=(*_shared_outcomes(reviews, codebook), *_pairs(lists)),
        missing=("lists",) if len(reviews) > 1 and len(lists) < 2 else (),
        charts=(bars("overlap", (("Reviews among outcome studies", of_reviews),)),),
        facts=OverlapFacts(count_families(reviews)),
    )


def _reviews_share(with_outcomes: tuple[Study, ...], codebook: Codebook) -> Figure:
    figure = share(
        "overlap.reviews",
        "Outcome studies that are reviews",
        "counts a study if its design is a kind of review; out of the studies that report an outcome",
        with_outcomes,
        lambda s: is_review(s, codebook),
        codebook,
        criteria=Criteria(("design",)),
        headline=True,
    )
    return replace(figure, primary_only=None)  # no primary study is a review


def _names(studies: Iterable[Study]) -> dict[str, str]:
    """Return the id of each study by its id and its DOI in lower case, so that a work has one name in every list."""
    return {name.casefold(): s.id for s in studies for name in (s.id, s.citation.doi) if name}


def _included_works(review: Study, names: Mapping[str, str]) -> frozenset[str]:
    """Return the works that a review lists: by id if the base has them, else as they are written, in lower case."""
    works = review.search.included_studies if review.search else ()
    return frozenset(names.get(work.casefold(), work.casefold()) for work in works)


def _review_only_domains(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    has_primary: dict[str, bool] = {}
    for study in studies:
        for domain_id in {domain(finding.outcome) for finding in study.findings}:
            has_primary[domain_id] = has_primary.get(domain_id, False) or is_primary(study, codebook)
    filled = [t.id for t in codebook.terms("domains") if t.id in has_primary]
    return full_count_share(
        count(
            "overlap.review-only-domains",
            "Outcome domains that rest on reviews alone",
            "counts a domain if reviews have a finding in it and no primary study has; out of the outcome domains with "
            "a finding",
            [identity for identity in filled if not has_primary[identity]],
            filled,
            "complete_count" if filled else "empty",
            unit="domain",
        )
    )


def _counted_twice(
    studies: tuple[Study, ...], reviews: int, lists: Mapping[str, frozenset[str]], codebook: Codebook
) -> Figure:
    """Return the share of primary studies that a review of the base includes; absence needs every review's list."""
    included, complete = frozenset[str]().union(*lists.values()), 0 < len(lists) == reviews
    figure = share(
        "overlap.held-twice",
        "Primary studies that a review in this base also includes",
        "counts a study if a review lists it by id or DOI as an included study; out of the eligible primary studies",
        tuple(s for s in studies if is_primary(s, codebook)),
        lambda s: True if s.id in included else False if complete else None,
        codebook,
        criteria=Criteria(("citation.doi",)),
    )
    return figure if lists else replace(figure, reason="no_list")


def _covered_area(lists: Mapping[str, frozenset[str]]) -> Figure:
    """Return the corrected covered area, which needs the lists of at least two reviews."""
    inclusions, works = sum(map(len, lists.values())), len(frozenset().union(*lists.values()))
    possible = works * (len(lists) - 1)
    known = len(lists) > 1
    return Figure(
        id="overlap.cca",
        label="Corrected covered area of the reviews' lists",
        definition="(N - r) / (r × c - r), where N is the number of inclusions, r the number of different works and c "
        "the number of reviews with a list",
        numerator=inclusions - works if known else None,
        denominator=possible if known else None,
        value=(inclusions - works) / possible if known else None,
        reason="complete_count" if known else "few_lists",
        unit="inclusion",
        denominator_ids=tuple(lists),
        criteria=Criteria(("search.included_studies",)),
        kind="count",
    )


def _shared_outcomes(reviews: Sequence[Study], codebook: Codebook) -> tuple[Table, ...]:
    """Return a table of the outcomes that several reviews report, for which double counting would matter."""
    by_outcome: dict[str, dict[str, Study]] = {}
    for study in reviews:
        for finding in study.findings:
            by_outcome.setdefault(finding.outcome, {})[study.id] = study
    counts = {outcome: count_families(of_outcome.values()) for outcome, of_outcome in by_outcome.items()}
    terms = [t for t in codebook.terms("outcomes") if counts.get(t.id, 0) > 1]
    ordered = sorted(terms, key=lambda t: -counts[t.id])
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (t.label, Count(tuple(by_outcome[t.id]), Criteria(findings=({"outcome": (t.id,)},)))) for t in ordered
    )
    table = Table(
        "Outcomes that two or more reviews report",
        ("Outcome", "Reviews"),
        rows,
        id="overlap.outcomes",
        row_ids=ids_of_terms(ordered),
        column_ids=("reviews",),
    )
    return (table,) if rows else ()


def _pairs(lists: Mapping[str, frozenset[str]]) -> tuple[Table, ...]:
    rows: list[tuple[Cell, ...]] = []
    for one, other in combinations(lists, 2):
        both, either = len(lists[one] & lists[other]), len(lists[one] | lists[other])
        rows.append((listed([one, other]), both, either, f"{100 * both / either:.1f}%"))
    columns = ("Reviews", "Works in both", "Works in either", "Covered area")
    return (Table("Overlap of each pair", columns, tuple(rows), id="overlap.pairs"),) if rows else ()


ANALYSIS = Analysis("overlap", QUESTION, analyse)
