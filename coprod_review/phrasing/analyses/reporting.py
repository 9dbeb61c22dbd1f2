"""Whether primary studies say who took part, in words."""

from coprod_review.gaps.analyses.representation import groups_of
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, plural

_MISSING = {
    "groups": Missing(
        "no group is coded for any primary study that was read in full text",
        "code every group under populations, not_reported included",
    ),
    "full_texts": Missing(
        "no primary study was coded from its full text, and an abstract cannot show what a work leaves out",
        "read full texts, set coded_from to full_text and code every group under populations, not_reported included",
    ),
}


def _statement(facts: None, result: Result, framework: Framework) -> str:
    for name in result.missing:
        return f"Not assessed: {_MISSING[name].lack}: {_MISSING[name].remedy}."
    figures, groups = {figure.id: figure for figure in result.figures}, groups_of(framework)
    items = figures["reporting.median-items"]
    studies = (items.denominator or 0) + unknown_count(items)
    silent = [(lower_first(term.label), _not_reporting(figures[f"reporting.{term.id}"])) for term in groups]
    worst = [f"{label} ({n})" for label, n in sorted(silent, key=lambda pair: -pair[1])[:3] if n]
    median = f" The median study reports {items.value:g} of {len(groups)}." if items.value is not None else ""
    lead = f"{plural(studies, 'primary study', 'primary studies')} can show what they leave out."
    if not worst:
        return f"{lead} None is known to be silent on a group.{median}"
    return f"{lead} Most often silent on: {listed(worst)}.{median}"


def _not_reporting(figure: Figure) -> int:
    return (figure.denominator or 0) - (figure.numerator or 0)


WORDING = Wording(
    statement=_statement,
    caution="That a work does not report a characteristic does not show that nobody had it.",
    missing=_MISSING,
)
