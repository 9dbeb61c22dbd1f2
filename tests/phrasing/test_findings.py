"""Findings in words: the source, the direction, the count, and how many studies report on a subject."""

from typing import Any

import pytest

from coprod_review.phrasing.findings import (
    ReportedFinding,
    ReportingCounts,
    finding_in_words,
    reporting_in_brief,
    reporting_in_full,
    reporting_in_plain_words,
)
from coprod_review.phrasing.pieces import CitedStudies

REVIEW = "SCIE review"


def written(studies: tuple[str, ...] = ("a",), **changes: Any) -> str:
    codes: dict[str, Any] = {"source": "study", "noun": "study", "direction": "for", **changes}
    pieces = finding_in_words(ReportedFinding("People gained.", studies, **codes), REVIEW)
    return "".join(p if isinstance(p, str) else f"[{', '.join(p.ids)}]" for p in pieces)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "The study reports: People gained [a]."),
        ({"studies": ("a", "b")}, "The studies report: People gained [a, b]."),
        ({"source": "studies cited"}, "The study reports from other studies: People gained [a]."),
        (
            {"source": "studies cited", "noun": "review"},
            "The cited review reports from other studies: People gained [a].",
        ),
        (
            {"source": "studies cited", "noun": "review", "studies": ("a", "b")},
            "The cited reviews report from other studies: People gained [a, b].",
        ),
        ({"source": "review of the base"}, "The SCIE review says: People gained [a]."),
        ({"direction": "not_stated"}, "The study reports: People gained [a]."),
        ({"direction": "mixed"}, "The study reports: People gained [a]. This is a mixed result."),
        ({"direction": "no_change"}, "The study reports: People gained [a]. This is a finding of no change."),
        ({"direction": "against"}, "The study reports: People gained [a]. This is a finding of harm."),
        ({"counts": ((4, 34),)}, "The study reports: People gained [a]. The number is 4 of 34."),
        (
            {"counts": ((4, 34), (5, 6)), "hidden_count": True},
            "The study reports: People gained [a]. The numbers are 4 of 34 and 5 of 6.",
        ),
        (
            {"hidden_count": True},
            "The study reports: People gained [a]. The number of people behind this is not reported.",
        ),
        (
            {"match": "not_seen", "studies": ("a", "b")},
            "The studies report: People gained [a, b]. We did not find this in the text that we read.",
        ),
        (
            {"match": "partly"},
            ("The study reports: People gained [a]. In the text that we read we found only a part of the claim, and "
            "not this finding."),
        ),
        (
            {"match": "partly", "studies": ("a", "b")},
            ("The studies report: People gained [a, b]. In the text that we read of the studies we found only a part "
            "of the claim, and not this finding."),
        ),
        ({"match": "not_compared"}, "The study reports: People gained [a]. Nobody has compared this with the study."),
        (
            {"match": "not_compared", "studies": ("a", "b")},
            "The studies report: People gained [a, b]. Nobody has compared this with the studies.",
        ),
        (
            {"strength": "hints", "source": "studies cited", "noun": "review"},
            "The cited review mentions as possible: People gained [a].",
        ),
        (
            {"match": "not_read", "studies": ("a", "b")},
            "The studies report: People gained [a, b]. We could not read the studies.",
        ),
        (
            {"match": "not_seen", "corrections": ("Others were asked",)},
            ("The study reports: People gained [a]. We did not find this in the text that we read. "
            "But note: Others were asked."),
        ),
        (
            {"direction": "against", "counts": ((4, 34),), "match": "not_seen"},
            ("The study reports: People gained [a]. This is a finding of harm. The number is 4 of 34. "
            "We did not find this in the text that we read."),
        ),
    ],
)  # fmt: skip
def test_finding_states_source_direction_and_count(changes: dict[str, Any], words: str) -> None:
    assert written(**changes) == words


def test_finding_cites_its_studies() -> None:
    finding = ReportedFinding("People gained.", ("a", "b"), "study", "study", "for")
    assert finding_in_words(finding, REVIEW)[1] == CitedStudies(("a", "b"))


# --- how many studies report on a subject -------------------------------------------


@pytest.mark.parametrize(
    ("read", "second_hand", "words"),
    [
        (
            10,
            5,
            (
                "10 of 28 studies report an outcome for this group in the text that we read. "
                "The SCIE review says 5 more do."
            ),
        ),
        (
            1,
            1,
            (
                "1 of 28 studies reports an outcome for this group in the text that we read. "
                "The SCIE review says 1 more does."
            ),
        ),
        (10, 0, "10 of 28 studies report an outcome for this group in the text that we read."),
        (
            0,
            5,
            (
                "None of 28 studies reports an outcome for this group in the text that we read. "
                "The SCIE review says 5 do."
            ),
        ),
        (0, 0, "None of 28 studies reports an outcome for this group in the text that we read."),
    ],
)
def test_what_was_read_and_what_the_review_says_are_apart(read: int, second_hand: int, words: str) -> None:
    counts = ReportingCounts(28, read, second_hand, "1 primary study and others")
    kinds = {
        (10, 5): " Together, these are 1 primary study and others.",
        (1, 1): " Together, these are 1 primary study and others.",
        (10, 0): " These are 1 primary study and others.",
        (0, 5): " These are 1 primary study and others.",
    }
    assert reporting_in_full(counts, REVIEW, of_group=True) == words + kinds.get((read, second_hand), "")


def test_brief_report_gives_the_numbers_alone() -> None:
    both = "10 of 28 studies report outcomes. The SCIE review says 5 more do."
    assert reporting_in_brief(ReportingCounts(28, 10, 5), REVIEW, of_group=True) == both
    assert reporting_in_brief(ReportingCounts(28, 1, 0), REVIEW, of_group=False) == "1 of 28 studies reports outcomes."
    none = "None of 28 studies reports outcomes. The SCIE review says 5 do."
    assert reporting_in_brief(ReportingCounts(28, 0, 5), REVIEW, of_group=False) == none


@pytest.mark.parametrize(
    ("read", "second_hand", "words"),
    [
        (
            10,
            5,
            "In the text we read, 10 of 28 studies say whether something changed. The SCIE review says 5 more do.",
        ),
        (1, 0, "In the text we read, 1 of 28 studies says whether something changed."),
        (
            0,
            1,
            "In the text we read, none of 28 studies says whether something changed. The SCIE review says 1 does.",
        ),
    ],
)
def test_plain_words_are_few(read: int, second_hand: int, words: str) -> None:
    assert reporting_in_plain_words(ReportingCounts(28, read, second_hand), REVIEW, of_group=True) == words
    assert all(len(sentence.split()) <= 14 for sentence in words.split(". "))


READ = "2 of 4 studies report an outcome of this kind in the text that we read."


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            ReportingCounts(4, 2, 0, "2 reviews", (("for", "states", 1), ("no_change", "states", 1))),
            f"{READ} These are 2 reviews. By direction, 1 reports a benefit and 1 reports no change.",
        ),
        (
            ReportingCounts(
                4, 2, 0, "2 reviews", (("for", "suggests", 2), ("for", "hints", 1), ("against", "hints", 2))
            ),
            (
                f"{READ} These are 2 reviews. By direction, 2 suggest a benefit, 1 hints at a possible benefit and 2 "
                "hint at possible harm; a study can be in several of these."
            ),
        ),
        (
            ReportingCounts(
                4, 2, 1, "3 reviews", (("for", "states", 3), ("mixed", "states", 0), ("not_stated", "states", 1))
            ),
            (
                f"{READ} The SCIE review says 1 more does. Together, these are 3 reviews. "
                "By direction, 3 report a benefit and 1 states no direction; a study can be in several of these."
            ),
        ),
        (
            ReportingCounts(
                4, 1, 0, "1 review", (("mixed", "states", 1), ("against", "states", 1)), (("for", "states", 1),)
            ),
            (
                "1 of 4 studies reports an outcome of this kind in the text that we read. "
                "By direction, 1 reports mixed results and 1 reports harm; a study can be in several of these. "
                "According to the SCIE review alone, 1 reports a benefit."
            ),
        ),
        (
            ReportingCounts(
                4, 2, 0, "2 reviews", (("against", "states", 2),), taking_part=1, second_hand_taking_part=2
            ),
            (
                f"{READ} These are 2 reviews. By direction, 2 report harm. "
                "1 more reports only on taking part, or on something that was made. The SCIE review says 2 more do."
            ),
        ),
        (
            ReportingCounts(4, 0, 0, second_hand_taking_part=1),
            (
                "None of 4 studies reports an outcome of this kind in the text that we read. "
                "According to the SCIE review alone, "
                "1 study reports only on taking part, or on something that was made."
            ),
        ),
        (
            ReportingCounts(4, 0, 0, taking_part=2),
            (
                "None of 4 studies reports an outcome of this kind in the text that we read. "
                "2 studies report only on taking part, or on something that was made."
            ),
        ),
    ],
)
def test_full_report_gives_kinds_and_directions(counts: ReportingCounts, words: str) -> None:
    assert reporting_in_full(counts, REVIEW, of_group=False) == words
