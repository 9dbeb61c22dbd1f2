"""The description of a base: the words of its subject, and the name of its review."""

from dataclasses import replace

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Crosswalk, ReviewNames, Subject
from coprod_review.model.codebook import CROSSWALKS

TEMPLATE = "What {practice} changes in {field}, or {process}: {areas}"


def test_subject_that_a_base_leaves_out_has_neutral_words() -> None:
    words = "What the practice changes in this field, or how it is done: areas of another framework"
    assert Subject().fill(TEMPLATE) == words


def test_templates_are_filled_with_the_words_of_the_base(bundled: EvidenceBase) -> None:
    words = "What co-production changes in social care, or how it is done: areas of wellbeing in the Care Act 2014"
    assert bundled.framework.about.subject.fill(TEMPLATE) == words


def test_words_of_a_base_may_have_braces() -> None:
    assert Subject(practice="{field}").fill("{practice}") == "{field}"


@pytest.mark.parametrize("vocabulary", CROSSWALKS)
def test_every_crosswalk_has_words(vocabulary: str) -> None:
    assert Subject().crosswalk(vocabulary) == Crosswalk()


def test_review_has_the_name_that_the_base_gives_it_or_else_one_from_its_id(bundled: EvidenceBase) -> None:
    framework = bundled.framework
    named = replace(framework.about, subject=Subject(review=ReviewNames(short="institute's review")))
    assert replace(framework, about=named).review_name == "institute's review"
    assert replace(framework, about=replace(framework.about, subject=Subject())).review_name == "SCIE review"
    assert replace(framework, review=None).review_name == ""
