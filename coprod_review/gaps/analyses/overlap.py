"""G11: what rests on reviews alone, and whether reviews count the same studies twice.

The corrected covered area is (N - r) / (r c - r): N inclusions, r distinct
works, c reviews (Pieper and colleagues 2014). Its usual bands are untested and
are not printed. Methods: docs/methods/analyses.md#overlap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from coprod_review.gaps.charts import bars
from coprod_review.gaps.shares import count, full_count_share, share
from coprod_review.gaps.study_sets import is_primary, is_review
from coprod_review.model.base import Framework
from coprod_review.model.study import Study, domain, eligible, outcome_studies
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed, number_with_verb

QUESTION = "How much rests on reviews alone, and do reviews count the same studies?"
LISTS = Criteria(("search.included_studies",))


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Reviews among outcome studies, domains known through reviews alone, and overlap between lists of included works.

    Figures ``overlap.reviews``, ``.review-only-domains``, ``.held-twice`` and
    ``.cca``; the last two have no value until reviews list what they include.
    """
    held, codebook = eligible(studies), framework.codebook
    reviews = [s for s in held if is_review(s, codebook)]
    names = _names(held)
    lists = {s.id: works for s in reviews if (works := _included(s, names))}
    of_reviews = share(
        "overlap.reviews",
        "Outcome studies that are reviews",
        "by their design; of the outcome studies",
        outcome_studies(held, codebook),
        lambda s: is_review(s, codebook),
        codebook,
        trail=Criteria(("design",)),
        headline=True,
    )
    of_reviews = replace(of_reviews, primary_only=None)  # no primary study is a review
    domains = _review_only(held, framework)
    figures = (of_reviews, domains, _held_twice(held, reviews, lists, framework), _covered(lists, len(reviews)))
    needed = _needed(len(reviews), len(lists))
    return Result(
        analysis="overlap",
        question=QUESTION,
        statement=_statement(of_reviews, domains, figures[3], needed),
        caution="Reviews that report the same thing may count the same studies: they are not separate findings.",
        figures=figures,
        tables=(*_shared_outcomes(reviews, framework), *_pairs(lists)),
        missing=needed,
        charts=(bars("overlap", QUESTION, (("Reviews among outcome studies", of_reviews),)),),
    )


def _names(studies: Iterable[Study]) -> dict[str, str]:
    """The id of each study under its id and its DOI, without case, so that one work has one name in every list."""
    return {name.casefold(): s.id for s in studies for name in (s.id, s.citation.doi) if name}


def _included(review: Study, names: Mapping[str, str]) -> frozenset[str]:
    """The works that a review lists: by id where the base holds them, else by the DOI that is written."""
    listed_works = review.search.included_studies if review.search else ()
    return frozenset(names.get(work.casefold(), work.casefold()) for work in listed_works)


def _needed(reviews: int, lists: int) -> str:
    if reviews < 2 or lists > 1:
        return ""
    told = "no review lists" if not lists else "only 1 review lists"
    return (
        f"overlap is not assessed, because {told} its included studies ({lists} of {reviews}): write their DOIs, or "
        "ids of this base, in search.included_studies of at least 2 reviews"
    )


def _statement(reviews: Figure, domains: Figure, covered: Figure, needed: str) -> str:
    lead = (
        f"Reviews among the outcome studies: {seen_in_words(reviews)}. Of {domains.denominator} outcome domains with "
        f"any evidence, {number_with_verb(domains.numerator or 0, 'rests', 'rest')} on reviews alone."
    )
    if needed:
        return f"{lead} {needed[:1].upper()}{needed[1:]}."
    if covered.value is None:
        return f"{lead} Fewer than two reviews are held, so none can overlap."
    area = f"{covered.numerator} of {covered.denominator}, {100 * covered.value:.1f}%"
    return f"{lead} Corrected covered area of the {len(covered.denominator_ids)} reviews with a list: {area}."


def _review_only(studies: tuple[Study, ...], framework: Framework) -> Figure:
    placed: dict[str, set[bool]] = {}
    for study in studies:
        for finding in study.findings:
            placed.setdefault(domain(finding.outcome), set()).add(is_primary(study, framework.codebook))
    known = [t.id for t in framework.codebook.terms("domains") if t.id in placed]
    alone = [identity for identity in known if True not in placed[identity]]
    return full_count_share(
        count(
            "overlap.review-only-domains",
            "Outcome domains that rest on reviews alone",
            "no primary study has a finding there; of the outcome domains with at least one eligible study",
            alone,
            known,
            "every domain was counted, so there is no interval" if known else "no domain holds a study",
            unit="domain",
        )
    )


def _held_twice(
    studies: tuple[Study, ...], reviews: Sequence[Study], lists: Mapping[str, frozenset[str]], framework: Framework
) -> Figure:
    """Primary studies of the base that a review of the base includes too; that none does takes every review's list."""
    named, whole = frozenset[str]().union(*lists.values()), len(lists) == len(reviews)
    figure = share(
        "overlap.held-twice",
        "Primary studies that a review of this base includes too",
        "named by id or DOI in a review's list of included studies; of the eligible primary studies",
        tuple(s for s in studies if is_primary(s, framework.codebook)),
        lambda s: True if s.id in named else False if whole and lists else None,
        framework.codebook,
        trail=Criteria(("citation.doi",)),
    )
    return figure if lists else replace(figure, reason="no review lists its included studies")


def _covered(lists: Mapping[str, frozenset[str]], reviews: int) -> Figure:
    inclusions, works = sum(map(len, lists.values())), len(frozenset().union(*lists.values()))
    possible = works * (len(lists) - 1)
    known = len(lists) > 1
    return Figure(
        id="overlap.cca",
        label="Corrected covered area of the reviews' lists",
        definition="(N - r) / (r c - r): N inclusions, r distinct works, c reviews with a list",
        numerator=inclusions - works if known else None,
        denominator=possible if known else None,
        value=(inclusions - works) / possible if known else None,
        reason="a census of the lists, so there is no interval" if known else _why_not(reviews, len(lists)),
        unit="inclusion",
        denominator_ids=tuple(lists),
        criteria=LISTS,
        kind="count",
    )


def _why_not(reviews: int, lists: int) -> str:
    return f"{lists} of {reviews} reviews list what they include, and it takes 2"


def _shared_outcomes(reviews: Sequence[Study], framework: Framework) -> tuple[Table, ...]:
    """Outcomes that several reviews report, where double counting would matter."""
    told: dict[str, dict[str, None]] = {}
    for study in reviews:
        for finding in study.findings:
            told.setdefault(finding.outcome, {})[study.id] = None
    terms = [t for t in framework.codebook.terms("outcomes") if len(told.get(t.id, ())) > 1]
    ordered = sorted(terms, key=lambda t: -len(told[t.id]))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (t.label, Count(tuple(told[t.id]), Criteria(findings=({"outcome": (t.id,)},)))) for t in ordered
    )
    table = Table(
        "Outcomes that two or more reviews report",
        ("Outcome", "Reviews"),
        rows,
        "Whether they count the same studies is known only where both list what they include.",
        id="overlap.outcomes",
        row_ids=tuple(t.id for t in ordered),
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
