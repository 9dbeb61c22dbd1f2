"""How recent the evidence is and where it comes from, in words."""

from collections.abc import Iterator, Mapping

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import IN_PART, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id.removeprefix("currency."): figure for figure in result.figures}
    first = framework.about.scope.published_from
    sentences = [IN_PART] if result.missing else []
    if first:
        later = f"in {first} or later"
        sentences += [
            share_sentence(figures["in-window"], f"was published {later}", f"were published {later}"),
            share_sentence(
                figures["evidence-in-window"],
                f"has evidence that ends {later}",
                f"have evidence that ends {later}",
            ),
        ]
    home = "data from the nations of this base"
    sentences += [*_medians(figures), share_sentence(figures["home-data"], f"has {home}", f"have {home}")]
    return " ".join(sentences)


def _medians(figures: Mapping[str, Figure]) -> Iterator[str]:
    year, end = figures["median-year"], figures["median-search-end"]
    if year.value is not None:
        yield f"Over {plural(year.denominator or 0, 'study')}, the median year of publication is {year.value:g}."
    if end.value is not None:
        unknown = plural(unknown_count(end), "more review")
        not_known = f"; for {unknown} we do not know" if unknown_count(end) else ""
        reviews = plural(end.denominator or 0, "review")
        yield f"Over {reviews}, the median year in which the search ended is {end.value:g}{not_known}."


WORDING = Wording(
    statement=_statement,
    caution="A study that was published recently can rest on old evidence.",
    missing={
        "window": Missing(
            lack="this base does not say from which year it collects studies",
            remedy="write scope.published_from in base.yaml",
        ),
        "published": Missing(lack="the year of publication is not known for any study", remedy="code citation.issued"),
        "evidence": Missing(
            lack="the end of the search is not known for any review", remedy="code search.end of each review"
        ),
        "places": Missing(
            lack="whether the data come from the nations of this base is not known for any study",
            remedy="code geography.data",
        ),
    },
    notes={
        "currency.years": "The column Search ended counts reviews only.",
        "currency.places": (
            "A study with data from several places is in several rows. A row with all parts of a place also counts the "
            "studies of these parts, each study once. The nations of this base come first, whether or not a study has "
            "data from them."
        ),
    },
)
