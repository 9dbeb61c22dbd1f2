"""Sentences that several analyses share."""

from coprod_review.phrasing.attribution import according_to, attributed_clause, more_in_pool
from coprod_review.phrasing.figures import share_in_words, unknown_count
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import capitalise, number_with_verb, plural, plural_noun

NO_STUDIES = "There are no studies to count."
NO_OUTCOME_STUDIES = "No study here is known to report an outcome."
NOT_YET = "This question cannot be answered yet."
IN_PART = "Only part of this question can be answered so far."
CAN_COUNT_TWICE = "A study can count in several rows."
"""Note of a table whose rows are not exclusive."""


def pool(figure: Figure) -> int:
    """Return how many studies, or other things, a figure is about, whether the answer for them is known or not."""
    return (figure.denominator or 0) + unknown_count(figure)


def outcome_studies_sentence(figure: Figure, noun: str) -> str:
    """Return how many studies a figure is about, which are all those known to report an outcome; ``noun`` is ``study``.

    What the review of the base alone adds comes last.
    """
    known = f"{plural(pool(figure), f'{noun} is', f'{plural_noun(noun)} are')} known to report an outcome"
    more = more_in_pool(figure)
    added = f"{more} more {'does' if more == 1 else 'do'}"
    return (
        f"{known}; {according_to(figure.attributed.review_name)}, {added}."
        if figure.attributed and more
        else f"{known}."
    )


def more_places(studied: int, with_outcome: int, review: str) -> str:
    """Return how many more outcomes, areas or domains have a finding, and one about a change, as a sentence.

    ``review`` says who says so: ``according to the IOE review``.
    """
    counts = (
        f"{number_with_verb(studied, 'more has', 'more have')} a finding" if studied else "",
        f"{number_with_verb(with_outcome, 'more has', 'more have')} a finding about a change" if with_outcome else "",
    )
    return f"{capitalise(review)}, {' and '.join(filter(None, counts))}."


def share_sentence(figure: Figure, one: str, many: str) -> str:
    """Return a share of studies as a sentence; ``one`` and ``many`` say what one study, or several of them, do.

    What the review of the base alone adds is a second sentence.
    """
    clauses = _read_clause(figure, one, many), attributed_clause(figure, one, many)
    return " ".join(f"{capitalise(clause)}." for clause in clauses if clause)


def share_clause(figure: Figure, one: str, many: str) -> str:
    """Return a share as a clause: ``at least 2 of 9 studies measure cost; this is not known for 4 studies``.

    Studies for which the answer is not known never count as a no: they leave a lower bound, or are named apart. What
    the review of the base alone adds comes last.
    """
    return "; ".join(filter(None, (_read_clause(figure, one, many), attributed_clause(figure, one, many))))


def _read_clause(figure: Figure, one: str, many: str) -> str:
    unknown = unknown_count(figure)
    if not pool(figure):
        return "there are no studies to count"
    if figure.numerator is None:
        return f"we do not know whether {f'any of {unknown} studies' if unknown > 1 else 'the only study'} {one}"
    verb = one if 1 in (figure.numerator, figure.denominator) else many
    if not unknown:
        return f"{share_in_words(figure)} {verb}"
    if figure.value is None and figure.numerator:
        least = f"at least {figure.numerator} of {plural(pool(figure), 'study')}"
        return f"{least} {verb}; this is not known for {plural(unknown, 'study')}"
    return f"{share_in_words(figure)} {verb}; this is not known for {plural(unknown, 'more study', 'more studies')}"
