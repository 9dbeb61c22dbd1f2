"""Definitions of the practice and its principles, in words."""

from collections.abc import Iterable

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NO_STUDIES, pool, share_sentence
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import listed, lower_first, number_with_verb, plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    definition, some, every = (figures[f"principles.{name}"] for name in ("definition", "any", "all"))
    if not pool(definition):
        return NO_STUDIES
    principles = [(lower_first(t.label), figures[f"principles.{t.id}"]) for t in framework.codebook.terms("principles")]
    practice = framework.about.subject.practice
    sentences = (
        share_sentence(definition, f"defines {practice}", f"define {practice}"),
        share_sentence(some, "mentions one or more of its principles", "mention one or more of its principles"),
        share_sentence(every, "mentions all of its principles", "mention all of its principles"),
        _by_principle(principles, pool(definition)),
    )
    return " ".join(filter(None, sentences))


def _by_principle(principles: Iterable[tuple[str, Figure]], studies: int) -> str:
    """Return how many studies mention each principle, the most frequent first; empty where none is mentioned."""
    mentioned = sorted(((name, f) for name, f in principles if f.numerator), key=lambda pair: -(pair[1].numerator or 0))
    if not mentioned:
        return ""
    return f"Of {plural(studies, 'study')}, {listed([_mentions(name, figure) for name, figure in mentioned])}."


def _mentions(principle: str, figure: Figure) -> str:
    least = "at least " if unknown_count(figure) else ""
    return f"{least}{number_with_verb(figure.numerator or 0, 'mentions', 'mention')} {principle}"


WORDING = Wording(
    statement=_statement,
    caution=(
        "A study that mentions a principle does not always act on it. A study that was coded from its abstract may "
        "mention more."
    ),
    notes={"principles.codes": "Each row counts every study once."},
)
