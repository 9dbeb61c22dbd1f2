"""G18: how recent the evidence is, and where it comes from.

The year of publication is not the year of the evidence: a review published in 2019 may include nothing later than
2016. Methods: docs/methods/analyses.md#currency.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import median_figure, share
from coprod_review.gaps.study_sets import (
    from_nations,
    has_data_from,
    ids,
    is_primary,
    is_review,
    outcome_criteria,
    place_id,
)
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table

QUESTION = "How recent is the evidence, and where does it come from?"
_SHARES = {"currency.in-window": "published", "currency.evidence-in-window": "evidence", "currency.home-data": "places"}
"""Shares, each with the name of what the base lacks where nothing is known of it."""
ISSUED, SEARCH_END, DATA = Criteria(("citation.issued",)), Criteria(("search.end",)), Criteria(("geography.data",))


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report years of publication and of the end of the evidence, and the places of the data.

    Figures ``currency.in-window``, ``.evidence-in-window``, ``.home-data``,
    ``.median-year`` and ``.median-search-end``.
    """
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    first = framework.about.scope.published_from
    figures = (
        _in_window(studies, first, codebook),
        _evidence_in_window(studies, first, codebook),
        _home_data(studies, codebook),
        _median_year(studies),
        _median_search_end(studies, codebook),
    )
    labels = _chart_labels(first)
    return Result(
        analysis="currency",
        figures=figures,
        tables=(_years(studies, codebook), _places(studies, codebook)),
        missing=_missing(studies, figures, first),
        charts=(bars("currency", zip(labels, figures, strict=False)),),
    )


def _chart_labels(first: int | None) -> tuple[str, str, str]:
    period = f"in {first} or later" if first else "in the period"
    return f"Published {period}", f"Evidence ends {period}", "From nations of the base"


def _in_window(studies: tuple[Study, ...], first: int | None, codebook: Codebook) -> Figure:
    """Return the share published in the window, which begins with the year ``first``."""
    return share(
        "currency.in-window",
        f"Studies published in {first} or later" if first else "Studies published in the period of this base",
        "counts a study by its year of publication; out of the eligible studies",
        studies,
        lambda s: s.year >= first if s.year and first else None,
        codebook,
        criteria=ISSUED,
    )


def _evidence_in_window(studies: tuple[Study, ...], first: int | None, codebook: Codebook) -> Figure:
    def test(study: Study) -> bool | None:
        end = _search_end(study)
        return end >= first if end and first and is_review(study, codebook) else None

    return share(
        "currency.evidence-in-window",
        f"Studies with evidence that ends in {first} or later"
        if first
        else "Studies with evidence in the period of this base",
        "counts a review by the year in which its search ended; the years of primary data are not coded; out of the "
        "eligible studies",
        studies,
        test,
        codebook,
        criteria=SEARCH_END,
    )


def _home_data(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    return share(
        "currency.home-data",
        "Studies with data from the nations of this base",
        "counts a study if any of its data come from a place that the codebook marks as in scope; out of the eligible "
        "studies",
        studies,
        lambda s: from_nations(s, codebook),
        codebook,
        criteria=DATA,
        headline=True,
    )


def _median_year(studies: tuple[Study, ...]) -> Figure:
    return median_figure(
        "currency.median-year",
        "Median year of publication",
        "over the eligible studies with a known year",
        [(s.id, s.year) for s in studies if s.year],
        ids(studies),
        ISSUED,
    )


def _median_search_end(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    reviews = [s for s in studies if is_review(s, codebook)]
    return median_figure(
        "currency.median-search-end",
        "Median year in which a review's search ended",
        "over the eligible reviews for which the end of the search is known",
        [(s.id, _search_end(s)) for s in reviews if _search_end(s)],
        ids(reviews),
        SEARCH_END,
    )


def _missing(studies: tuple[Study, ...], figures: tuple[Figure, ...], first: int | None) -> tuple[str, ...]:
    if not first:
        return ("window",)
    unknown = {figure.id for figure in figures if figure.numerator is None} if studies else set()
    return tuple(name for identity, name in _SHARES.items() if identity in unknown)


def _search_end(study: Study) -> int:
    """Return the year in which a review's search ended; 0 if it is not known."""
    year = str(study.search.end if study.search and study.search.end is not None else "")[:4]
    return int(year) if year.isdecimal() else 0


def _years(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    published: dict[int, list[str]] = {}
    search_ended: dict[int, list[str]] = {}
    for study in studies:
        published.setdefault(study.year or 0, []).append(study.id)
        if is_review(study, codebook):
            search_ended.setdefault(_search_end(study), []).append(study.id)

    def row(label: str, year: int) -> tuple[Cell, ...]:
        counts = Count(tuple(published.get(year, ())), ISSUED), Count(tuple(search_ended.get(year, ())), SEARCH_END)
        return label, *counts

    years = sorted(({*published, *search_ended}) - {0})
    return Table(
        "Years of publication and years in which searches ended",
        ("Year", "Published", "Search ended"),
        (*(row(str(year), year) for year in years), row("Not known", 0)),
        id="currency.years",
        row_ids=(*map(str, years), "not-known"),
        column_ids=("published", "search-ended"),
    )


def _places(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    with_outcomes = set(ids(outcome_studies(studies, codebook)))
    used = {place for s in studies for place in codebook.with_wider("places", s.geography.data)}
    places = [t for t in codebook.terms("places") if t.in_scope or t.id in used]

    def row(label: str, of_place: list[Study]) -> tuple[Cell, ...]:
        return (
            label,
            Count(ids(of_place), DATA),
            Count(ids(s for s in of_place if s.id in with_outcomes), DATA & outcome_criteria(codebook)),
            Count(ids(s for s in of_place if is_primary(s, codebook)), DATA & Criteria(("design",))),
        )

    rows = [
        row(codebook.label_with_parts("places", t.id), [s for s in studies if has_data_from(s, t.id, codebook)])
        for t in places
    ]
    rows.append(row("Not known", [s for s in studies if not s.geography.data]))
    return Table(
        "Places of the data",
        ("Place", "Studies", "Outcome studies", "Primary"),
        tuple(rows),
        id="currency.places",
        row_ids=(*map(place_id, places), "not-seen"),
        column_ids=("studies", "outcome", "primary"),
    )


ANALYSIS = Analysis("currency", QUESTION, analyse)
