"""A context of the bundled base and its briefings, each written once for all tests."""

import functools
from collections.abc import Callable

import pytest

from coprod_review.briefing.builder import Citations
from coprod_review.briefing.compose import Briefing, write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.loading.evidence_base import EvidenceBase

Written = Callable[[str, str, Citations], Briefing]


@pytest.fixture(scope="session")
def context(bundled: EvidenceBase) -> BriefingContext:
    """The bundled base with its results; a test that changes something takes a copy."""
    return BriefingContext(bundled)


@pytest.fixture(scope="session")
def written(context: BriefingContext) -> Written:
    """Write a bundled briefing of the bundled base, or take it if it was written before."""

    @functools.cache
    def write(template: str, about: str, citations: Citations) -> Briefing:
        return write_briefing(context, BriefingRequest(template, about, citations))

    return write


@pytest.fixture(scope="session")
def summary(written: Written) -> str:
    """The summary with citation keys."""
    return written("summary", "", "keys").text


@pytest.fixture(scope="session")
def finished(written: Written) -> str:
    """The summary with finished citations."""
    return written("summary", "", "finished").text


@pytest.fixture(scope="session")
def review(written: Written) -> str:
    """The review with finished citations."""
    return written("review", "", "finished").text


@pytest.fixture(scope="session")
def unstyled(review: str) -> str:
    """The review without its style, so that references are compared by their works alone, which is faster."""
    text = review.replace('"style": "harvard"', '"style": ""')
    assert text != review
    return text
