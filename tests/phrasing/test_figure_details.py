"""Figures in full: the number with its interval or reason, its sensitivity, and its comparisons."""

from dataclasses import replace

import pytest

from coprod_review.model.quantity import Quantity
from coprod_review.phrasing.figure_details import figure_in_full, headline, sensitivity_sentences
from coprod_review.results.figure import Comparison, Figure, PracticeCount, PrimaryOnly, Unknown, ValueRange
from tests.phrasing.facts import CODEBOOK, benchmark, compared, entry, median, published, ratio
from tests.phrasing.made import count, share

OPEN = Unknown(3, 0.5, 1.4)

HEADLINES = [
    # Shares: with a value, nothing known, too few known, one-sided, and a zero among the few that are known.
    (share("x", 22, 28), "22 of 28 studies (79%; 95% confidence interval 60% to 90%)"),
    (share("x", 6, 20, 5), "6 of 20 studies (30%; 95% confidence interval 15% to 52%)"),
    (share("x", 0, 20), "0 of 20 studies (95% confidence interval up to 14%)"),
    (share("x", 0, 0), "no studies to count"),
    (share("x", 0, 0, 12), "not known for any of 12 studies"),
    (
        share("x", 3, 9),
        "3 of 9 studies (no percentage is given because this is known for fewer than 10 studies)",
    ),
    (
        share("x", 2, 5, 4),
        "at least 2 of 9 studies (no percentage is given because this is known for fewer than 10 studies)",
    ),
    (
        share("x", 12, 12, 3),
        (
            "at least 12 of 15 studies (no percentage is given because every study for which this is known is counted, "
            "so it could only be 100%)"
        ),
    ),
    (
        share("x", 0, 5, 3),
        (
            "none of the 5 for which this is known (not known for 3 of 8 studies) "
            "(no percentage is given because this is known for fewer than 10 studies)"
        ),
    ),
    # Ratios.
    (ratio(6, 18, 1 / 3, (0.19, 0.58)), "6 to 18 (ratio 0.33; 95% confidence interval 0.19 to 0.58)"),
    (ratio(20, 4, 5.0, (2.5, None)), "20 to 4 (ratio 5.00; 95% confidence interval 2.50 to no upper limit)"),
    (
        ratio(3, 6, reason="few_known"),
        (
            "3 to 6 among the studies that are known on both sides "
            "(no ratio is given because this is known for fewer than 10 studies)"
        ),
    ),
    (
        ratio(12, 0, reason="no_second_side"),
        (
            "12 to 0 among the studies that are known on both sides "
            "(no ratio is given because no study is known to be on the second side)"
        ),
    ),
    (
        ratio(None, 0, unknown=Unknown(12, None, None), reason="nothing_known"),
        "not known on both sides for any of 12 studies",
    ),
    (ratio(None, 0, unknown=Unknown(0, None, None), reason="empty"), "no studies to count"),
    # Medians.
    (median(2019.0, 20), "2019, over 20 studies"),
    (median(2018.5, 1, 3), "2018.5, over 1 study, and not known for 3 more"),
    (median(None, 0, 12), "not given because this is not known for any study"),
    # Counts.
    (count("x", ["a", "b"], ["a", "b", "c"], "claim"), "2 of 3 claims"),
    (count("x", ["a"], ["a"], "claim"), "1 of 1 claim"),
    (count("x", [], ["a", "b"], "claim"), "0 of 2 claims"),
    (count("x", [], [], "claim"), "no claims to count"),
    (replace(count("x", ["a"], ["a", "b", "c", "d"], "claim"), value=0.25), "1 of 4 claims (25%)"),
    (replace(count("x", ["a"], [], "finding"), denominator=None), "1 finding"),
    (replace(count("x", ["a", "b"], [], "study"), denominator=None), "2 studies"),
    (
        replace(count("x", [], [], "inclusion"), numerator=None, reason="few_lists"),
        "not counted because for fewer than two reviews is it recorded which studies they include",
    ),
]


@pytest.mark.parametrize(("figure", "words"), HEADLINES)
def test_headline_is_the_number_or_why_there_is_none(figure: Figure, words: str) -> None:
    assert headline(figure) == words


SENSITIVE = [
    (share("x", 22, 28), []),
    # What the unknown studies leave open.
    (
        share("x", 20, 25, 3),
        ["Depending on the 3 studies for which this is not known, it is between 20 and 23 of 28."],
    ),
    (
        share("x", 0, 0, 1),
        ["Depending on the 1 study for which this is not known, it is between 0 and 1 of 1."],
    ),
    (
        ratio(6, 18, 1 / 3, (0.19, 0.58), unknown=OPEN),
        ["Depending on the 3 studies for which this is not known, it is between 0.50 and 1.40."],
    ),
    (
        ratio(12, 0, unknown=Unknown(2, None, None), reason="no_second_side"),
        ["Depending on the 2 studies for which this is not known, it is between 0 and any higher number."],
    ),
    (median(2019.0, 20, 3), []),
    # Without any one study.
    (
        replace(share("x", 22, 28), leave_one_out=ValueRange(21 / 27, 22 / 27)),
        ["Leaving out any one study changes this to between 78% and 81%."],
    ),
    (
        replace(ratio(6, 18, 1 / 3, (0.19, 0.58)), leave_one_out=ValueRange(0.278, 0.353)),
        ["Leaving out any one study changes this to between 0.28 and 0.35."],
    ),
    (replace(share("x", 0, 20), leave_one_out=ValueRange(0.0, 0.0)), []),
    # Among primary studies alone.
    (
        replace(share("x", 22, 28), primary_only=PrimaryOnly(9, 12, 0.75)),
        ["Among primary studies alone it is 9 of 12 (75%)."],
    ),
    (
        replace(share("x", 22, 28), primary_only=PrimaryOnly(3, 4, None)),
        ["Among primary studies alone it is 3 of 4."],
    ),
    (
        replace(share("x", 22, 28), primary_only=PrimaryOnly(0, 12, 0.0)),
        ["Among primary studies alone it is 0 of 12."],
    ),
    (
        replace(ratio(6, 18, 1 / 3, (0.19, 0.58)), primary_only=PrimaryOnly(4, 10, 0.4)),
        ["Among primary studies alone it is 4 to 10 (0.40)."],
    ),
    (replace(share("x", 3, 9), primary_only=PrimaryOnly(2, 4, None)), []),
    (replace(share("x", 22, 28), primary_only=PrimaryOnly(0, 0, None)), ["None of these studies is a primary study."]),
]


@pytest.mark.parametrize(("figure", "words"), SENSITIVE)
def test_sensitivity_says_what_could_change_a_figure(figure: Figure, words: list[str]) -> None:
    assert list(sensitivity_sentences(figure, CODEBOOK)) == words


@pytest.mark.parametrize(
    ("practices", "words"),
    [
        ([PracticeCount("co-design", 3, 5, 0)], "3 of 5 for co-design"),
        ([PracticeCount("co-design", 3, 5, 2)], "at least 3 of 7 for co-design"),
        ([PracticeCount("co-design", 0, 5, 2)], "0 of 5 and not known for 2 for co-design"),
        (
            [PracticeCount("co-design", 0, 5, 0), PracticeCount("ppi", 1, 1, 0)],
            "0 of 5 for co-design and 1 of 1 for PPI",
        ),
        (
            [PracticeCount("co-design", 1, 5, 0), PracticeCount("ppi", 2, 3, 1), PracticeCount("co-research", 0, 1, 0)],
            "1 of 5 for co-design, at least 2 of 4 for PPI and 0 of 1 for co-research",
        ),
    ],
)
def test_practices_are_counted_apart(practices: list[PracticeCount], words: str) -> None:
    figure = replace(share("x", 22, 28), practices=tuple(practices))
    sentence = f"By the practice that the study names, it is {words}."
    assert list(sensitivity_sentences(figure, CODEBOOK)) == [sentence]


def test_parts_come_in_their_order() -> None:
    figure = replace(
        share("x", 20, 25, 3),
        label="Studies that report outcomes",
        definition="counts a study if it reports an outcome; out of the eligible studies",
        leave_one_out=ValueRange(19 / 24, 20 / 24),
        primary_only=PrimaryOnly(9, 12, 0.75),
        practices=(PracticeCount("co-design", 3, 5, 0),),
        comparisons=(published(entry(n=4, N=34)),),
    )
    text = (
        "Studies that report outcomes: 20 of 25 studies (80%; 95% confidence interval 61% to 91%). "
        "Depending on the 3 studies for which this is not known, it is between 20 and 23 of 28. "
        "Leaving out any one study changes this to between 79% and 83%. "
        "Among primary studies alone it is 9 of 12 (75%). "
        "By the practice that the study names, it is 3 of 5 for co-design. "
        "Entry p1 of review.yaml gives 11.8%."
    )
    definition = " Definition: counts a study if it reports an outcome; out of the eligible studies."
    assert figure_in_full(figure, CODEBOOK) == text + definition
    assert figure_in_full(figure, CODEBOOK, with_definition=False) == text


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (
            compared(benchmark(18.3)),
            "The benchmark b1 gives 18.3%; the ratio is 0.55 (too few studies to compare).",
        ),
        (
            compared(benchmark(18.3), ratio=None, interval=None, verdict=None, basis="not_divided"),
            "The benchmark b1 gives 18.3%.",
        ),
        (
            compared(benchmark(9), ratio=0.0, verdict="none_found", basis="base_too_small"),
            "The benchmark b1 gives 9.0%; the ratio is 0.00 (none found).",
        ),
        (
            compared(benchmark(18.3), verdict=None, basis="one_benchmark"),
            "The benchmark b1 gives 18.3%; the ratio is 0.55.",
        ),
        (published(entry(n=4, N=34)), "Entry p1 of review.yaml gives 11.8%."),
        (published(Quantity(label="Works", n=24, N=122)), "Claim c09 of review.yaml gives 19.7%."),
        (published(entry(percent=45)), "Entry p1 of review.yaml gives a number without its numerator."),
        (
            published(entry(n=4, N=34, not_comparable_because="it counts the reverse"), share=None,
                      verdict="not_comparable"),
            "Entry p1 of review.yaml must not be compared with it.",
        ),
        (
            published(Quantity(label="Works", n=1, N=2, not_comparable_because="r"), share=None,
                      verdict="not_comparable"),
            "Claim c09 of review.yaml must not be compared with it.",
        ),
    ],
)  # fmt: skip
def test_comparison_names_its_source(comparison: Comparison, words: str) -> None:
    figure = replace(share("x", 2, 20), comparisons=(comparison,))
    text = f"Label: 2 of 20 studies (10%; 95% confidence interval 3% to 30%). {words}"
    assert figure_in_full(figure, CODEBOOK, with_definition=False) == text
