"""Definitions and principles of co-production, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    definition, some, every = (figures[f"principles.{name}"] for name in ("definition", "any", "all"))
    studies = (definition.denominator or 0) + unknown_count(definition)
    if not studies:
        return "There is no study to count."
    counts = [(t.id, figures[f"principles.{t.id}"].numerator or 0) for t in framework.codebook.terms("principles")]
    mentions = listed([f"{name} {n}" for name, n in sorted(counts, key=lambda pair: -pair[1])])
    return (
        f"Of {plural(studies, 'study')}, {_at_least(definition, 'define co-production')}; "
        f"{_at_least(some, 'mention one or more of the principles')}; {_at_least(every, 'mention all of them')}. "
        f"Mentions that were seen, by principle: {mentions}."
    )


def _at_least(figure: Figure, verb: str) -> str:
    if figure.numerator is None:
        return f"it is not known for any whether they {verb}"
    unknown = unknown_count(figure)
    if not unknown:
        return f"{figure.numerator} {verb}"
    count = f"at least {figure.numerator} {verb}" if figure.numerator else f"none was seen to {verb}"
    return f"{count} (not known for {unknown})"


WORDING = Wording(
    statement=_statement,
    caution="A study that mentions a principle need not act on it; one coded from an abstract may mention more.",
    notes={"principles.codes": "Each study stands once in each row."},
)
