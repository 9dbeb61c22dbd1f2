"""Questions at the terminal: few, asked again where an answer cannot be used."""

from coprod_review.bibliography.prompts import ask_reference
from coprod_review.bibliography.reference import Concern, Reference
from coprod_review.model.citation import Citation, Name


class _Person:
    """Answers in order, and remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0) + "\n"


TYPES = ["article-journal", "report"]


def test_answers_become_a_reference() -> None:
    person = _Person(" A  title ", "Kay, Katie", "NHS England", "Solo,", "", "2019", "report", "doi:10.1/x")
    names = (Name(family="Kay", given="Katie"), Name(literal="NHS England"), Name(family="Solo"))
    assert ask_reference(person, TYPES) == Reference(
        "", 1, Citation(type="report", title="A title", author=names, issued=2019, doi="10.1/x")
    )
    assert person.answers == []


def test_what_is_left_empty_is_not_known() -> None:
    citation = Citation(type="article-journal", title="T")
    doubt = Concern("author", "no author was given: add the author")
    assert ask_reference(_Person("T", "", "", "", ""), TYPES) == Reference("", 1, citation, (doubt,))


def test_unusable_answer_is_asked_again() -> None:
    person = _Person("", "?", "T", "Kay, K.", "", "19", "2٠١٩", "2019", "repot", "report", "abc", "10.1/x")
    assert ask_reference(person, TYPES).citation == Citation(
        type="report", title="T", author=(Name(family="Kay", given="K."),), issued=2019, doi="10.1/x"
    )
    assert [question.split(". ")[0] for question in person.asked if ". " in question] == [
        "A work needs a title", "A work needs a title", "A year has four digits", "A year has four digits",
        "This is not one of the types", "A DOI begins with 10",
    ]  # fmt: skip


def test_a_comma_alone_names_nobody() -> None:
    assert ask_reference(_Person("T", ",", "", "", "", ""), TYPES).citation.author == ()
