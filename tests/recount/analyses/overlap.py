"""Reviews, the works that they include, and how far these overlap."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer
from tests.recount.reading import Base, Entry
from tests.recount.shares import Rules, count, figure, part, share
from tests.recount.study_sets import with_domain


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    of_reviews = share(base.outcome_studies, lambda s: base.kind(s) == "review", Rules(base))
    yield (
        "overlap.reviews",
        {**of_reviews, "primary_numerator": None, "primary_denominator": None, "primary_value": None},
    )
    domains = [d for d in base.domains if with_domain(base.eligible, d)]
    alone = [d for d in domains if not base.primary(with_domain(base.eligible, d))]
    yield "overlap.review-only-domains", count("domain", alone, domains, value=part(len(alone), len(domains)))
    lists = [listed for s in base.reviews(base.eligible) if (listed := works(s))]
    named = set().union(*lists)
    primary = base.primary(base.eligible)
    every_list = len(lists) == len(base.reviews(base.eligible)) and bool(lists)

    yield "overlap.held-twice", share(primary, partial(_listed, named=named, every_list=every_list), Rules(base))
    yield "overlap.cca", _corrected_covered_area(base, lists)


def _listed(study: Entry, named: set[str], every_list: bool) -> Answer:
    """Whether a list names a work; that none does is known only where every review has a list."""
    if _names(study) & named:
        return True
    return False if every_list else None


def works(study: Entry) -> set[str]:
    """The works that a review lists, without case."""
    return {w.strip().lower() for w in (study.get("search") or {}).get("included_studies") or []}


def _names(study: Entry) -> set[str]:
    doi = study["citation"].get("DOI")
    return {study["id"].lower()} | ({doi.lower()} if doi else set())


def _corrected_covered_area(base: Base, lists: list[set[str]]) -> Entry:
    if len(lists) < 2:
        return figure(kind="ratio", unit="inclusion")
    by_doi = {s["citation"]["DOI"].lower(): s["id"].lower() for s in base.eligible if s["citation"].get("DOI")}
    named = [{by_doi.get(w, w) for w in one} for one in lists]
    inclusions, distinct, reviews = sum(map(len, named)), len(set().union(*named)), len(named)
    repeats, possible = inclusions - distinct, distinct * reviews - distinct
    return figure(
        kind="ratio", unit="inclusion", numerator=repeats, denominator=possible, value=part(repeats, possible)
    )
