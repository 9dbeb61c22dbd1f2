"""Whether primary studies say who took part, in words."""

from collections.abc import Sequence

from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NOT_YET, pool
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, plural

_SHOWN_GROUPS = 3


def _statement(facts: None, result: Result, framework: Framework) -> str:
    if "full_texts" in result.missing:
        return NOT_YET
    figures, groups = {figure.id: figure for figure in result.figures}, groups_of(framework)
    items = figures["reporting.median-items"]
    studies = plural(pool(items), "primary study was", "primary studies were")
    sentences = (
        NOT_YET if result.missing else "",
        f"{studies} coded from the full text.",
        ""
        if result.missing
        else _not_mentioned([(t.label, figures[f"reporting.{t.id}"]) for t in groups], pool(items)),
        _median(items, len(groups)),
    )
    return " ".join(filter(None, sentences))


def _not_mentioned(groups: Sequence[tuple[str, Figure]], studies: int) -> str:
    """Return the groups that most of the studies do not mention."""
    silent = sorted(
        ((label, f) for label, f in groups if _not_mentioning(f)), key=lambda pair: -_not_mentioning(pair[1])
    )
    if not silent:
        return f"{'It mentions' if studies == 1 else 'They mention'} every group that is coded."
    counts = [
        f"{lower_first(label)} ({_not_mentioning(figure)} of {plural(figure.denominator or 0, 'study')})"
        for label, figure in silent[:_SHOWN_GROUPS]
    ]
    return f"{'It does' if studies == 1 else 'Most often, they do'} not mention {listed(counts)}."


def _not_mentioning(figure: Figure) -> int:
    return (figure.denominator or 0) - (figure.numerator or 0)


def _median(items: Figure, groups: int) -> str:
    if items.value is None:
        return ""
    coded = plural(items.denominator or 0, "study")
    return f"The median study mentions {items.value:g} of {groups} groups, over {coded} with a code for every group."


WORDING = Wording(
    statement=_statement,
    caution="A study may include people from a group without mentioning the group.",
    missing={
        "groups": Missing(
            "no group is coded for any primary study that was coded from its full text",
            "code every group under populations, and use not_reported where the text does not mention it",
        ),
        "full_texts": Missing(
            "no primary study was coded from its full text, and an abstract cannot show what a study does not mention",
            "read full texts, set coded_from to full_text and code every group under populations",
        ),
    },
)
