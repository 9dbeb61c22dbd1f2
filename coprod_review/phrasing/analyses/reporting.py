"""Which characteristics of the people who took part primary studies report, in words."""

from collections.abc import Sequence

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NOT_YET, pool
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, plural

_SHOWN = 3
"""How many characteristics the statement names."""


def _statement(facts: None, result: Result, framework: Framework) -> str:
    if result.missing:
        return NOT_YET
    figures, terms = {figure.id: figure for figure in result.figures}, framework.codebook.terms("characteristics")
    items = figures["reporting.median-items"]
    studies = plural(pool(items), "primary study with participants was", "primary studies with participants were")
    sentences = (
        f"{studies} coded from the full text.",
        _not_reported([(term.label, figures[f"reporting.{term.id}"]) for term in terms], pool(items)),
        _median(items, len(terms)),
    )
    return " ".join(filter(None, sentences))


def _not_reported(characteristics: Sequence[tuple[str, Figure]], studies: int) -> str:
    """Return the characteristics that most of the studies do not report."""
    left_out = sorted(
        ((label, f) for label, f in characteristics if _number_without(f)), key=lambda pair: -_number_without(pair[1])
    )
    if not left_out:
        return f"{'It reports' if studies == 1 else 'They report'} every characteristic that is coded."
    counts = [
        f"{lower_first(label)} ({_number_without(figure)} of {plural(figure.denominator or 0, 'study')})"
        for label, figure in left_out[:_SHOWN]
    ]
    return f"{'It does' if studies == 1 else 'Most often, they do'} not report {listed(counts)}."


def _number_without(figure: Figure) -> int:
    """Return the number of studies that do not report a characteristic."""
    return (figure.denominator or 0) - (figure.numerator or 0)


def _median(items: Figure, characteristics: int) -> str:
    if items.value is None:
        return ""
    coded = plural(items.denominator or 0, "study")
    number = f"{items.value:g} of {plural(characteristics, 'characteristic')}"
    return f"The median study reports {number}, over {coded} with a code for every characteristic."


WORDING = Wording(
    statement=_statement,
    caution="A study that does not report a characteristic may still have included many kinds of people.",
    missing={
        "characteristics": Missing(
            "no primary study has been read in full for this yet",
            "read full texts, set coded_from to full_text, and code under characteristics what each study reports of "
            "the people who took part",
        ),
    },
)
