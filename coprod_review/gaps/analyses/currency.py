"""G18: how recent the evidence is, and where it comes from.

The year of publication is not the year of the evidence: a review published in 2019 may include nothing later than
2016. Methods: docs/methods/analyses.md#currency.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import median_figure, share
from coprod_review.gaps.study_sets import from_nations, ids, is_primary, is_review, outcome_criteria
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table

QUESTION = "How recent is the evidence, and where does it come from?"
_FIELDS = {
    "currency.in-window": "citation.issued",
    "currency.evidence-in-window": "search.end of reviews",
    "currency.home-data": "geography.data",
}
"""Shares, each with the field that it reads."""
ISSUED, SEARCH_END, DATA = Criteria(("citation.issued",)), Criteria(("search.end",)), Criteria(("geography.data",))


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Report years of publication and of the end of the evidence, and the places of the data.

    Figures ``currency.in-window``, ``.evidence-in-window``, ``.home-data``,
    ``.median-year`` and ``.median-search-end``.
    """
    studies, codebook = eligible(studies), framework.codebook
    first = framework.about.scope.published_from
    figures = (
        _in_window(studies, first, codebook),
        _evidence_in_window(studies, first, codebook),
        _home_data(studies, codebook),
        _median_year(studies),
        _median_search_end(studies, codebook),
    )
    labels = (f"Published {first or 'in window'}+", f"Evidence ends {first or 'in window'}+", "Data from home nations")
    return Result(
        analysis="currency",
        figures=figures,
        tables=(_years(studies, codebook), _places(studies, codebook)),
        missing=_missing(studies, figures, first),
        charts=(bars("currency", zip(labels, figures, strict=False)),),
    )


def _in_window(studies: tuple[Study, ...], first: int | None, codebook: Codebook) -> Figure:
    """Return the share published in the window, which begins with the year ``first``."""
    return share(
        "currency.in-window",
        f"Studies published in {first} or later" if first else "Studies published in the declared window",
        "by the year of the issue; of all eligible studies",
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
        f"Studies whose evidence ends in {first} or later" if first else "Studies whose evidence is in the window",
        "reviews by the end of their search; when primary data were gathered is not coded; of all eligible studies",
        studies,
        test,
        codebook,
        criteria=SEARCH_END,
    )


def _home_data(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    return share(
        "currency.home-data",
        "Studies with data from the base's nations",
        "any of the places that the codebook marks as in scope; of all eligible studies",
        studies,
        lambda s: from_nations(s, codebook.nations),
        codebook,
        criteria=DATA,
        headline=True,
    )


def _median_year(studies: tuple[Study, ...]) -> Figure:
    return median_figure(
        "currency.median-year",
        "Median year of publication",
        "eligible studies with a year",
        [(s.id, s.year) for s in studies if s.year],
        ids(studies),
        ISSUED,
    )


def _median_search_end(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    reviews = [s for s in studies if is_review(s, codebook)]
    return median_figure(
        "currency.median-search-end",
        "Median year in which a review's search ended",
        "eligible reviews whose search end is known",
        [(s.id, _search_end(s)) for s in reviews if _search_end(s)],
        ids(reviews),
        SEARCH_END,
    )


def _missing(studies: tuple[Study, ...], figures: tuple[Figure, ...], first: int | None) -> tuple[str, ...]:
    if not first:
        return ("window",)
    return ("dates_or_places",) if studies and unknown_fields(figures) else ()


def unknown_fields(figures: Iterable[Figure]) -> tuple[str, ...]:
    """Return the fields of which nothing is known for any study."""
    by_id = {figure.id: figure for figure in figures}
    return tuple(field for identity, field in _FIELDS.items() if by_id[identity].numerator is None)


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
        "Years",
        ("Year", "Published", "Search ended"),
        (*(row(str(year), year) for year in years), row("Not known", 0)),
        id="currency.years",
        row_ids=(*map(str, years), "not-known"),
        column_ids=("published", "search-ended"),
    )


def _places(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    with_outcomes = set(ids(outcome_studies(studies, codebook)))
    used = {place for s in studies for place in s.geography.data}
    places = [t for t in codebook.terms("places") if t.in_scope or t.id in used]

    def row(label: str, of_place: list[Study]) -> tuple[Cell, ...]:
        return (
            label,
            Count(ids(of_place), DATA),
            Count(ids(s for s in of_place if s.id in with_outcomes), DATA & outcome_criteria(codebook)),
            Count(ids(s for s in of_place if is_primary(s, codebook)), DATA & Criteria(("design",))),
        )

    rows = [row(t.label, [s for s in studies if t.id in s.geography.data]) for t in places]
    rows.append(row("Not seen", [s for s in studies if not s.geography.data]))
    return Table(
        "Places of the data",
        ("Place", "Studies", "Outcome studies", "Primary"),
        tuple(rows),
        id="currency.places",
        row_ids=(*(t.id.lower().replace(" ", "-") for t in places), "not-seen"),
        column_ids=("studies", "outcome", "primary"),
    )


ANALYSIS = Analysis("currency", QUESTION, analyse)
