"""Ask a person at the terminal about one work."""

from collections.abc import Callable, Sequence

from coprod_review.bibliography.readers.latex import one_line
from coprod_review.bibliography.reference import Concern, Reference, bare_doi
from coprod_review.model.citation import Citation, Name

AskQuestion = Callable[[str], str]
"""Asks a question and returns the answer."""


def ask_reference(ask: AskQuestion, types: Sequence[str]) -> Reference:
    """Ask for the fields of a citation; ``types`` are those of the codebook, and the first is the default."""
    title = _ask_until(
        ask, "Title: ", lambda answer: any(character.isalnum() for character in answer), "A work needs a title."
    )
    authors = tuple(_ask_authors(ask))
    citation = Citation(
        title=title, author=authors, issued=_ask_year(ask), type=_ask_type(ask, types), doi=_ask_doi(ask)
    )
    return Reference("", 1, citation, () if authors else (Concern("author", "no author was given: add the author"),))


def _ask_until(ask: AskQuestion, question: str, is_valid: Callable[[str], bool], advice: str) -> str:
    answer = one_line(ask(question))
    while not is_valid(answer):
        answer = one_line(ask(f"{advice} {question}"))
    return answer


def _ask_authors(ask: AskQuestion) -> list[Name]:
    authors: list[Name] = []
    question = "First author: Family, Given, or an organisation without a comma (press Enter if there is none): "
    while answer := one_line(ask(question)):
        family, comma, given = (part.strip() for part in answer.partition(","))
        if comma and family:
            authors.append(Name(family=family, given=given or None))
        else:
            authors.append(Name(literal=given or family))
        question = "Next author (press Enter if there is no other): "
    return [author for author in authors if author != Name(literal="")]


def _ask_year(ask: AskQuestion) -> int | None:
    def is_valid(answer: str) -> bool:
        return not answer or (answer.isascii() and answer.isdecimal() and len(answer) == 4 and answer[0] in "12")

    year = _ask_until(ask, "Year (press Enter if the work has no date): ", is_valid, "A year has four digits.")
    return int(year) if year else None


def _ask_type(ask: AskQuestion, types: Sequence[str]) -> str:
    question = f"Type: {', '.join(types)} (press Enter for {types[0]}): "
    advice = "This is not one of the types."
    return _ask_until(ask, question, lambda answer: not answer or answer in types, advice) or types[0]


def _ask_doi(ask: AskQuestion) -> str | None:
    def is_valid(answer: str) -> bool:
        return not answer or bare_doi(answer).startswith("10.")

    return (
        bare_doi(_ask_until(ask, "DOI (press Enter if the work has none): ", is_valid, "A DOI begins with 10.")) or None
    )
