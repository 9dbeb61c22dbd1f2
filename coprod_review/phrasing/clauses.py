"""Clauses and sentences about numbers of studies that the words of several analyses share."""

from coprod_review.phrasing.figures import share_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import capitalise, plural

CANNOT_ANSWER = "This base cannot answer the question yet."
CANNOT_ANSWER_IN_FULL = "This base cannot answer the question in full yet."
NO_OUTCOME_STUDY = "No study here is known to report an outcome."
SEVERAL_ROWS = "A study can be in several rows."


def share_sentence(figure: Figure, does: str, do: str) -> str:
    """Return ``share_clause`` as a sentence."""
    return f"{capitalise(share_clause(figure, does, do))}."


def share_clause(figure: Figure, does: str, do: str) -> str:
    """Return how many studies do something and for how many that is not known, as a clause in small letters.

    ``does`` and ``do`` are the predicate in the singular and the plural, such as ``reports harm`` and ``report harm``.
    """
    unknown, known = unknown_count(figure), figure.denominator or 0
    if figure.numerator is None:
        return _nothing_known(unknown, does)
    predicate = does if 1 in (figure.numerator, known) else do
    if not unknown:
        return f"{share_in_words(figure)} {predicate}"
    if figure.value is not None:
        more = plural(unknown, "more study", "more studies")
        return f"{share_in_words(figure)} {predicate}, and for {more} we do not know"
    if not figure.numerator:
        return f"0 of {plural(known, 'study')} for which this is known {predicate}; for {unknown} more we do not know"
    least = f"at least {figure.numerator} of {plural(known + unknown, 'study')}"
    return f"{least} {predicate}; for {unknown} of them we do not know"


def _nothing_known(unknown: int, does: str) -> str:
    if not unknown:
        return "there are no studies to count"
    studies = "the only study" if unknown == 1 else f"any of {unknown} studies"
    return f"we do not know whether {studies} {does}"


def total_count(figure: Figure) -> int:
    """Return how many studies a figure is about, those that are not known included."""
    return (figure.denominator or 0) + unknown_count(figure)
