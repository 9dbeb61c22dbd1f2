"""Errors and open questions of the review, and caveats on studies."""

from dataclasses import replace

import pytest

from coprod_review.model.study import Appraisal, Erratum
from coprod_review.phrasing.errata import caveat_in_words, erratum_in_words
from coprod_review.phrasing.pieces import CitedStudies

ERRATUM = Erratum(
    about="A number.", correction="It is another.", basis="b", confidence="high", verified_at_original=True
)
APPRAISAL = Appraisal(
    tool="MMAT 2018", items={}, serious_concern="present", assessor="a", date="2026-01-01", rationale="Few took part"
)


@pytest.mark.parametrize(
    ("read", "words"), [(True, "We read the original."), (False, "We have not read the original.")]
)
def test_erratum_states_its_confidence(read: bool, words: str) -> None:
    erratum = replace(ERRATUM, verified_at_original=read, confidence="low")
    rest = f". Our confidence in this correction is low. {words}"
    assert erratum_in_words(erratum, ("a",)) == ("A number. It is another ", CitedStudies(("a",)), rest)
    assert erratum_in_words(erratum, ()) == (f"A number. It is another{rest}",)


def test_caveat_has_each_erratum_and_a_serious_concern() -> None:
    second = replace(ERRATUM, about="Another number", correction="It is right")
    assert caveat_in_words((), None) == ""
    assert caveat_in_words((ERRATUM, second), None) == "A number. It is another. Another number. It is right."
    assert caveat_in_words((ERRATUM,), APPRAISAL) == (
        "A number. It is another. Its appraisal (MMAT 2018) records a serious concern: Few took part."
    )
