"""Yes, no and not known: answers to a question about a study, and how they combine."""

from collections.abc import Iterable

from tests.recount.reading import Entry, whole

Answer = bool | None
"""Yes, no, or not known."""
Answers = dict[str, Answer]
"""For each study of a pool, whether it belongs into the numerator."""


def presence(found: bool, study: Entry, complete: bool) -> Answer:
    """What was found is there; that it is not there takes a full text and complete codes."""
    if found:
        return True
    return False if whole(study) and complete else None


def any_of(answers: list[Answer]) -> Answer:
    """Yes with one yes, no with nothing but no."""
    if True in answers:
        return True
    return None if None in answers else False


def every_one(answers: list[Answer]) -> Answer:
    """No with one no, yes with nothing but yes."""
    if False in answers:
        return False
    return None if None in answers else True


def negated(answer: Answer) -> Answer:
    """The opposite; what is not known stays so."""
    return None if answer is None else not answer


def by_code(value: str, yes: Iterable[str], no: Iterable[str]) -> Answer:
    """Yes or no by the code of an entry."""
    if value in yes:
        return True
    return False if value in no else None
