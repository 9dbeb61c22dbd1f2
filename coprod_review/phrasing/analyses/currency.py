"""How recent the evidence is and where it comes from, in words."""

from collections.abc import Mapping

from coprod_review.gaps.analyses.currency import unknown_fields
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, plural

_NO_WINDOW = "the base declares no window of publication"
_WINDOW_REMEDY = "write scope.published_from in base.yaml"


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id.removeprefix("currency."): figure for figure in result.figures}
    first = framework.about.scope.published_from
    window = (
        f"Published in {first} or later: {figure_in_words(figures['in-window'])}. Evidence gathered in {first} or "
        f"later: {figure_in_words(figures['evidence-in-window'])}."
        if first
        else f"Not assessed against a window: {_NO_WINDOW}: {_WINDOW_REMEDY}."
    )
    return f"{window}{_medians(figures)} Data from the base's nations: {figure_in_words(figures['home-data'])}."


def _medians(figures: Mapping[str, Figure]) -> str:
    year, end = figures["median-year"], figures["median-search-end"]
    if year.value is None:
        return ""
    searched = (
        f"; the median search of {plural(end.denominator or 0, 'review')} ended in {end.value:g} (not known for "
        f"{unknown_count(end)} more)"
        if end.value is not None
        else ""
    )
    return f" The median study is of {year.value:g}{searched}."


def _nothing_known(facts: None, result: Result, framework: Framework) -> str:
    return f"nothing is known of {listed(unknown_fields(result.figures))} for any study"


def _code_them(facts: None, result: Result, framework: Framework) -> str:
    return "code it" if len(unknown_fields(result.figures)) == 1 else "code them"


WORDING = Wording(
    statement=_statement,
    caution="A late year of publication does not make the evidence recent.",
    missing={
        "window": Missing(lack=_NO_WINDOW, remedy=_WINDOW_REMEDY),
        "dates_or_places": Missing(lack=_nothing_known, remedy=_code_them),
    },
    notes={
        "currency.years": "Search ended: reviews alone.",
        "currency.places": (
            "A study with data from several places stands in each. The base's nations come first, used or not."
        ),
    },
)
