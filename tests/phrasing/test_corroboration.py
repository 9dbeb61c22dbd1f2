"""Claims of the review, with how far the cited works support them, and with their corrections."""

import pytest

from coprod_review.model.base import Framework
from coprod_review.phrasing.corroboration import cited_statement, corroboration_in_words
from coprod_review.phrasing.pieces import CitedStudies


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), "The review cites no work for this."),
        (("supported",), "The text that we read supports this."),
        (("partly",), "The text that we read supports this in part."),
        (("not_seen",), "We did not find this in the text that we read."),
        (("contradicted",), "The text that we read contradicts this."),
        (("not_judged",), "Nobody has compared this with the work."),
        (
            ("not_seen", "supported", "not_seen"),
            "As far as we read the 3 works, 1 supports it and 2 do not mention it.",
        ),
        (
            ("partly", "not_judged"),
            "As far as we read the 2 works, 1 supports it in part and 1 has not been compared.",
        ),
        (
            ("supported", "supported", "partly", "partly", "contradicted", "contradicted", "not_judged", "not_judged"),
            ("As far as we read the 8 works, 2 support it, 2 support it in part, 2 contradict it "
            "and 2 have not been compared."),
        ),
        (
            ("contradicted", "not_seen"),
            "As far as we read the 2 works, 1 does not mention it and 1 contradicts it.",
        ),
    ],
)  # fmt: skip
def test_each_work_is_counted_under_its_code(codes: tuple[str, ...], words: str) -> None:
    assert corroboration_in_words(codes) == words


def test_every_code_of_the_codebook_has_words(framework: Framework) -> None:
    for term in framework.codebook.terms("corroboration"):
        assert corroboration_in_words((term.id,))
        assert corroboration_in_words((term.id, term.id)).startswith("As far as we read the 2 works, 2 ")


def test_corrections_follow_the_claim() -> None:
    assert cited_statement("It grew.", ("a",), ("partly",), ("It shrank", "It is old.")) == (
        "It grew ",
        CitedStudies(("a",)),
        ". The text that we read supports this in part. But note: It shrank. But note: It is old.",
    )
