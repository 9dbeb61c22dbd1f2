"""Words about one subject are in the base: the program and its templates have them only in a few stated places."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.gaps.registry import ANALYSES, AnalysisResults
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework, ReviewNames, Subject
from coprod_review.model.citation import Citation, Name
from coprod_review.model.review import Review
from coprod_review.phrasing.analyses import registry as words
from coprod_review.validate import valid_base
from tests.bases import SAMPLE
from tests.conftest import REPOSITORY, Run

PHRASES = re.compile(r"co-?production|\bSCIE\b|care act|social care|people who draw on", re.IGNORECASE)
FOREIGN = SAMPLE.parent / "foreign"
FIGURE = "involvement.co-production"
"""The id of a figure, which is the same in every base."""
_ID = r"[\"`.]co-production[\"`]"
ALLOWED = {
    "coprod_review/gaps/analyses/involvement.py": (_ID, "the ids of a rung of the codebook and of a figure"),
    "coprod_review/phrasing/analyses/involvement.py": (_ID, "the id of a figure"),
}
"""What a file may have besides, with the reason."""
EXAMPLES = "coprod_review/validate/rules/"
"""Pages of checks are documentation: tests plant their examples into studies of the bundled base."""


def _files() -> Iterator[Path]:
    yield from sorted((REPOSITORY / "coprod_review").rglob("*.py"))
    yield from sorted(path for path in (REPOSITORY / "templates").rglob("*.*") if path.suffix != ".ttf")


def _searched(path: Path) -> str:
    """Return the text of a file, for a check without its page."""
    text = path.read_text(encoding="utf-8")
    if not path.is_relative_to(REPOSITORY / EXAMPLES):
        return text
    page = ast.parse(text).body[0]
    return "\n".join(text.splitlines()[page.end_lineno :])


def _without_allowed(name: str, text: str) -> str:
    return re.sub(ALLOWED[name][0], "", text) if name in ALLOWED else text


def test_no_code_and_no_template_has_words_about_one_subject() -> None:
    texts = {path.relative_to(REPOSITORY).as_posix(): _searched(path) for path in _files()}
    assert len(texts) > 300
    places = [
        f"{name}: {line.strip()}"
        for name, text in texts.items()
        for line in _without_allowed(name, text).splitlines()
        if PHRASES.search(line)
    ]
    assert not places, "take these words from `subject` in base.yaml"
    assert all(PHRASES.search(texts[name]) for name in ALLOWED), "a place on the list has no such words any more"


@pytest.mark.parametrize(
    "arguments", [("gaps", "--all"), ("brief", "summary"), ("brief", "review"), ("brief", "plain")]
)
def test_base_about_another_subject_is_described_in_its_own_words(
    run: Callable[..., Run], arguments: tuple[str, ...]
) -> None:
    shown = run(*arguments, "--base", FOREIGN)
    printed = " ".join(f"{shown.out} {shown.err}".replace(FIGURE, "").split())
    assert PHRASES.findall(printed) == []
    assert "school" in printed or arguments == ("brief", "review")  # this base has no review to write about


def _with_review(base: EvidenceBase) -> EvidenceBase:
    """The base with a review that says nothing, so that the template of a review can be written."""
    review = Review(
        id="meals-2024",
        citation=Citation(type="report", title="What meals change", author=(Name(literal="Institute"),), issued=2024),
        method="The method is not known.",
        claims=(), testimony=(), enablers=(), barriers=(), examples=(), recommendations=(), errata=(),
    )  # fmt: skip
    about = base.framework.about
    names = ReviewNames(name="the Institute of Meals (IOM)", acronym="IOM", short="review by the IOM")
    about = replace(about, subject=replace(about.subject, review=names), selection="All that was found was kept.")
    return replace(base, framework=replace(base.framework, about=about, review=review))


def test_review_of_another_subject_has_its_own_name() -> None:
    context = BriefingContext(_with_review(valid_base.load(FOREIGN)))
    text = write_briefing(context, BriefingRequest("review")).text
    assert PHRASES.findall(text) == []
    assert "# What difference school feeding makes: the review by the IOM, rebuilt from its evidence\n" in text
    assert "The Institute of Meals (IOM) reviewed what difference it makes in " in text


@pytest.mark.parametrize("template", ["summary", "review", "plain"])
def test_briefing_without_words_of_a_subject_has_neutral_ones(template: str) -> None:
    base = _with_review(valid_base.load(FOREIGN))
    about = replace(base.framework.about, subject=Subject())
    base = replace(base, framework=replace(base.framework, about=about))
    text = write_briefing(BriefingContext(base), BriefingRequest(template)).text
    title = {
        "summary": "# The practice: the evidence in short\n",
        "review": "# What difference the practice makes: the MEALS review, rebuilt from its evidence\n",
        "plain": "# Does the practice make a difference?\n",
    }
    assert title[template] in text
    assert PHRASES.findall(text) == []


def test_questions_without_words_of_a_subject_are_neutral(framework: Framework) -> None:
    neutral = replace(framework, about=replace(framework.about, subject=Subject()))
    results = AnalysisResults((), neutral)
    questions = {name: words.question(results[name], neutral) for name in ANALYSES}
    assert not [question for question in questions.values() if PHRASES.search(question) or "{" in question]
    assert questions["focus"] == "Do the studies examine what the practice changes, or how it is done?"
    assert questions["care-act"] == "Which areas of another framework do studies report on?"


def test_questions_have_the_words_of_the_base(bundled: EvidenceBase) -> None:
    results = AnalysisResults(bundled.studies, bundled.framework)
    questions = {name: words.question(results[name], bundled.framework) for name in ("focus", "sector", "care-act")}
    assert questions == {
        "focus": "Do the studies examine what co-production changes, or how it is done?",
        "sector": "How much of the evidence on outcomes is about social care?",
        "care-act": "Which areas of wellbeing in the Care Act 2014 do studies report on?",
    }
