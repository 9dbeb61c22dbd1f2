"""Questions to whoever sits at the terminal: one work, as a reference."""

from collections.abc import Callable, Sequence

from coprod_review.bibliography.readers.latex import one_line
from coprod_review.bibliography.reference import Concern, Reference, bare_doi
from coprod_review.model.citation import Citation, Name

AskQuestion = Callable[[str], str]
"""Puts a question and gives the answer."""


def ask_reference(put: AskQuestion, types: Sequence[str]) -> Reference:
    """Ask for what makes a citation; ``types`` are those of the codebook, the first is the usual one."""
    title = _until(put, "Title: ", lambda answer: any(sign.isalnum() for sign in answer), "A work needs a title.")
    authors = tuple(_authors(put))
    citation = Citation(title=title, author=authors, issued=_year(put), type=_type(put, types), doi=_doi(put))
    return Reference("", 1, citation, () if authors else (Concern("author", "no author was given: add who wrote it"),))


def _until(put: AskQuestion, question: str, fits: Callable[[str], bool], why_not: str) -> str:
    answer = one_line(put(question))
    while not fits(answer):
        answer = one_line(put(f"{why_not} {question}"))
    return answer


def _authors(put: AskQuestion) -> list[Name]:
    authors: list[Name] = []
    question = "First author, as Family, Given; a body as its name without a comma; empty if none: "
    while answer := one_line(put(question)):
        family, comma, given = (part.strip() for part in answer.partition(","))
        if comma and family:
            authors.append(Name(family=family, given=given or None))
        else:
            authors.append(Name(literal=given or family))
        question = "Next author; empty if there is no other: "
    return [author for author in authors if author != Name(literal="")]


def _year(put: AskQuestion) -> int | None:
    def fits(answer: str) -> bool:
        return not answer or (answer.isascii() and answer.isdecimal() and len(answer) == 4 and answer[0] in "12")

    year = _until(put, "Year; empty if it bears none: ", fits, "A year has four digits.")
    return int(year) if year else None


def _type(put: AskQuestion, types: Sequence[str]) -> str:
    question = f"Type ({', '.join(types)}); empty for {types[0]}: "
    return _until(put, question, lambda answer: not answer or answer in types, "That is none of them.") or types[0]


def _doi(put: AskQuestion) -> str | None:
    def fits(answer: str) -> bool:
        return not answer or bare_doi(answer).startswith("10.")

    return bare_doi(_until(put, "DOI; empty if it has none: ", fits, "A DOI begins with 10.")) or None
