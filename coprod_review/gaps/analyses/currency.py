"""G18: how recent the evidence is, and where it comes from.

The year of publication is not the year of the evidence: a review of 2019 may
hold nothing later than 2016. Methods: docs/methods/analyses.md#currency.
"""

from collections.abc import Iterable

from coprod_review.gaps.charts import bars
from coprod_review.gaps.shares import median_figure, share
from coprod_review.gaps.study_sets import from_nations, ids, is_primary, is_review, outcome_trail
from coprod_review.model.base import Framework
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.phrasing.figures import seen_in_words, unknown_of
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import listed, plural

QUESTION = "How recent is the evidence, and where does it come from?"
NO_WINDOW = "the base declares no window of publication: write scope.published_from in base.yaml"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Years of publication and of the end of the evidence, and places of the data.

    Figures ``currency.in-window``, ``.evidence-in-window``, ``.home-data``,
    ``.median-year`` and ``.median-search-end``.
    """
    held, codebook = eligible(studies), framework.codebook
    first = framework.about.scope.published_from
    since = first or 0
    figures = (
        share(
            "currency.in-window",
            f"Studies published in {first} or later" if first else "Studies published in the declared window",
            "by the year of the issue; of all eligible studies",
            held,
            lambda s: s.year >= since if s.year and first else None,
            codebook,
            trail=Criteria(("citation.issued",)),
        ),
        share(
            "currency.evidence-in-window",
            f"Studies whose evidence ends in {first} or later" if first else "Studies whose evidence is in the window",
            "reviews by the end of their search; when primary data were gathered is not coded; of all eligible studies",
            held,
            lambda s: _search_end(s) >= since if _search_end(s) and first and is_review(s, codebook) else None,
            codebook,
            trail=Criteria(("search.end",)),
        ),
        share(
            "currency.home-data",
            "Studies with data from the base's nations",
            "any of the places that the codebook marks as in scope; of all eligible studies",
            held,
            lambda s: from_nations(s, codebook.nations),
            codebook,
            trail=Criteria(("geography.data",)),
            headline=True,
        ),
        median_figure(
            "currency.median-year",
            "Median year of publication",
            "eligible studies with a year",
            [(s.id, s.year) for s in held if s.year],
            ids(held),
            Criteria(("citation.issued",)),
        ),
        median_figure(
            "currency.median-search-end",
            "Median year in which a review's search ended",
            "eligible reviews whose search end is known",
            [(s.id, _search_end(s)) for s in held if is_review(s, codebook) and _search_end(s)],
            ids(s for s in held if is_review(s, codebook)),
            Criteria(("search.end",)),
        ),
    )
    labels = (f"Published {first or 'in window'}+", f"Evidence ends {first or 'in window'}+", "Data from home nations")
    return Result(
        analysis="currency",
        question=QUESTION,
        statement=_statement(figures, first),
        caution="A late year of publication does not make the evidence recent.",
        figures=figures,
        tables=(_years(held, framework), _nations(held, framework)),
        missing=_needed(held, figures, first),
        charts=(bars("currency", QUESTION, list(zip(labels, figures, strict=False))),),
    )


def _needed(held: tuple[Study, ...], figures: tuple[Figure, ...], first: int | None) -> str:
    """What must be coded where no window is declared, or no year, place or end of a search is known."""
    fields = ("citation.issued", "search.end of reviews", "geography.data")
    blank = [field for field, figure in zip(fields, figures, strict=False) if figure.numerator is None]
    if held and first and blank:
        return f"nothing is known of {listed(blank)} for any study: code {'it' if len(blank) == 1 else 'them'}"
    return "" if first else NO_WINDOW


def _search_end(study: Study) -> int:
    """The year in which a review's search ended; 0 where it is not known."""
    head = str(study.search.end if study.search and study.search.end is not None else "")[:4]
    return int(head) if head.isdecimal() else 0


def _statement(figures: tuple[Figure, ...], first: int | None) -> str:
    published, evidence, home, year, end = figures
    window = (
        f"Published in {first} or later: {seen_in_words(published)}. Evidence gathered in {first} or later: "
        f"{seen_in_words(evidence)}."
        if first
        else f"Not assessed against a window: {NO_WINDOW}."
    )
    middle_year = f" The median study is of {year.value:g}" if year.value is not None else ""
    searched = (
        f"; the median search of {plural(end.denominator or 0, 'review')} ended in {end.value:g} (not known for "
        f"{unknown_of(end)} more)"
        if end.value is not None and middle_year
        else ""
    )
    stop = "." if middle_year else ""
    return f"{window}{middle_year}{searched}{stop} Data from the base's nations: {seen_in_words(home)}."


def _years(studies: tuple[Study, ...], framework: Framework) -> Table:
    book = framework.codebook
    published: dict[int, list[str]] = {}
    ended: dict[int, list[str]] = {}
    for study in studies:
        published.setdefault(study.year or 0, []).append(study.id)
        if is_review(study, book):
            ended.setdefault(_search_end(study), []).append(study.id)

    def row(label: str, year: int) -> tuple[Cell, ...]:
        issued, searched = Criteria(("citation.issued",)), Criteria(("search.end",))
        return label, Count(tuple(published.get(year, ())), issued), Count(tuple(ended.get(year, ())), searched)

    years = sorted(({*published, *ended}) - {0})
    return Table(
        "Years",
        ("Year", "Published", "Search ended"),
        (*(row(str(year), year) for year in years), row("Not known", 0)),
        "Search ended: reviews alone.",
        id="currency.years",
        row_ids=(*map(str, years), "not-known"),
        column_ids=("published", "search-ended"),
    )


def _nations(studies: tuple[Study, ...], framework: Framework) -> Table:
    book, trail = framework.codebook, Criteria(("geography.data",))
    outcome = set(ids(outcome_studies(studies, book)))
    held = {place for s in studies for place in s.geography.data}
    places = [t for t in book.terms("places") if t.in_scope or t.id in held]

    def row(label: str, inside: list[Study]) -> tuple[Cell, ...]:
        changed = [s for s in inside if s.id in outcome]
        primary = [s for s in inside if is_primary(s, book)]
        why = (trail, trail & outcome_trail(book), trail & Criteria(("design",)))
        return label, *(Count(ids(part), w) for part, w in zip((inside, changed, primary), why, strict=True))

    rows = [row(t.label, [s for s in studies if t.id in s.geography.data]) for t in places]
    rows.append(row("Not seen", [s for s in studies if not s.geography.data]))
    return Table(
        "Places of the data",
        ("Place", "Studies", "Outcome studies", "Primary"),
        tuple(rows),
        "A study with data from several places stands in each. The base's nations come first, used or not.",
        id="currency.places",
        row_ids=(*(t.id.lower().replace(" ", "-") for t in places), "not-seen"),
        column_ids=("studies", "outcome", "primary"),
    )
