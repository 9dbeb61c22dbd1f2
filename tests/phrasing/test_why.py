"""What is behind a figure, in words: its rule, its members, and what would change it."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from coprod_review.model import review
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim, Example, Recommendation
from coprod_review.model.study import Erratum, Finding, ReportedIn
from coprod_review.phrasing.studies import place_in_words
from coprod_review.phrasing.why import (
    HEADINGS,
    brief_point,
    coding,
    description,
    full_point,
    influence_sentences,
    number_sentences,
)
from coprod_review.results.figure import Figure, Unknown, ValueRange
from coprod_review.results.intervals import Interval
from coprod_review.results.member import COUNTED, Member, Place, PublishedNumber
from tests.conftest import finding, study
from tests.gaps.worked import issued, reviewed
from tests.phrasing.facts import CODEBOOK, FRAMEWORK, benchmark, compared, entry, median, published, ratio
from tests.phrasing.made import count, share

# The number.


def test_number_has_its_rule_its_sensitivity_and_its_interval() -> None:
    figure = replace(
        share("x.share", 20, 25, 3),
        definition="counts a study if it reports an outcome",
        leave_one_out=ValueRange(19 / 24, 20 / 24),
    )
    assert list(number_sentences(figure, FRAMEWORK)) == [
        "20 of 25 studies (80%; 95% confidence interval 61% to 91%) [x.share].",
        "Rule: counts a study if it reports an outcome.",
        "Depending on the 3 studies for which this is not known, it is between 20 and 23 of 28.",
        "Leaving out any one study changes this to between 79% and 83%.",
        "The 95% confidence interval is two-sided (Wilson).",
    ]


def test_zero_has_a_one_sided_interval() -> None:
    *_, interval = number_sentences(share("x.share", 0, 20), FRAMEWORK)
    assert interval == "The 95% confidence interval is one-sided (exact binomial, zero count)."


def test_number_without_an_interval_does_not_describe_one() -> None:
    assert list(number_sentences(share("x.share", 3, 9), FRAMEWORK)) == [
        "3 of 9 studies (no percentage is given because this is known for fewer than 10 studies) [x.share].",
        "Rule: definition.",
    ]


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (
            compared(benchmark(18.3)),
            (
                "Compared with b1: The ratio is 0.55. There are too few studies to compare. "
                "The interval of the ratio overlaps 0.8 to 1.2."
            ),
        ),
        (
            compared(benchmark(18.3), verdict=None, basis="one_benchmark"),
            "Compared with b1: The ratio is 0.55. There is only one benchmark, so no verdict is given.",
        ),
        (
            published(entry(n=4, N=34)),
            "Compared with p1: Projects with outcomes (A and others 2015): 4 of 34.",
        ),
        (
            published(entry(not_comparable_because="it counts the reverse"), verdict="not_comparable"),
            "Compared with p1: The two must not be compared. Projects with outcomes: it counts the reverse.",
        ),
    ],
)
def test_comparison_gives_its_reason(comparison: Any, words: str) -> None:
    figure = replace(share("x.share", 3, 9), comparisons=(comparison,))
    assert list(number_sentences(figure, FRAMEWORK))[-1] == words


# Where a member belongs.


def test_every_place_has_a_heading() -> None:
    assert HEADINGS == {
        "counted": "Counted",
        "not counted": "In the denominator but not counted",
        "not known": "Not known",
        "both sides": "On both sides",
        "first side alone": "On the first side alone (in the numerator)",
        "second side alone": "On the second side alone (in the denominator)",
    }
    assert set(HEADINGS) == set(get_args(Place))
    assert set(HEADINGS) > COUNTED == {"counted", "both sides", "first side alone"}


# What a member is.

CLAIM = Claim(
    id="c09", section="3.1", stakeholder="people", claim="People feel better.", cites=("author1-2020",),
    corroboration={"author1-2020": "supported"},
)  # fmt: skip
NUMBER = PublishedNumber(CLAIM, Quantity(label="Works with outcomes", n=24, N=122))
RECOMMENDATION = Recommendation(id="r1", statement="Measure outcomes.", not_measurable_because="n")
SUBJECTS = [
    (study(), "Title 1 (2020)"),
    (study(reference=12), "Title 1 (2020, reference 12)"),
    (issued(study(), None), "Title 1 (no date)"),
    (CLAIM, "section 3.1: People feel better."),
    (NUMBER, "section 3.1: Works with outcomes"),
    (review.Testimony(id="t1", section="4", statement="I was heard."), "section 4, testimony: I was heard."),
    (Example(id="ex1", section="4", statement="A day centre."), "section 4, testimony: A day centre."),
    (CODEBOOK.terms("groups")[0], "People living with dementia"),
    (RECOMMENDATION, "Measure outcomes."),
    (None, "an-id"),
]


@pytest.mark.parametrize(("subject", "words"), SUBJECTS)
def test_member_is_described_by_its_kind(subject: Any, words: str) -> None:
    assert description(Member("an-id", "counted", subject), FRAMEWORK) == words


def test_finding_is_described_by_the_title_of_its_study() -> None:
    made = finding()
    assert description(Member(made.id, "counted", study(), findings=(made,)), FRAMEWORK) == "Title 1"


ERRATUM = Erratum(
    id="e1", about="a", correction="c", basis="b", confidence="high", verified_at_original=True,
    studies=("author1-2020",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("in_review", "in_entry", "place", "words"),
    [
        ([], 0, "counted", ""),
        ([ERRATUM], 0, "counted", "; errata e1: coprod-review show author1-2020"),
        ([], 2, "counted", "; errata 2 in its entry: coprod-review show author1-2020"),
        ([ERRATUM], 1, "both sides", "; errata e1 and 1 in its entry: coprod-review show author1-2020"),
        ([replace(ERRATUM, studies=("other-2020",))], 0, "counted", ""),
        ([ERRATUM], 1, "not counted", ""),
    ],
)
def test_errata_of_counted_studies_are_named(in_review: list[Erratum], in_entry: int, place: Place, words: str) -> None:
    made = study(errata=(replace(ERRATUM, id=None),) * in_entry)
    framework = reviewed(FRAMEWORK, errata=in_review)
    assert description(Member(made.id, place, made), framework) == f"Title 1 (2020){words}"


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (study(), "coded once from an abstract"),
        (study(coded_from="full_text"), "coded once from a full text"),
        (study(coders=("A",)), "coded by 1 person from an abstract"),
        (study(coders=("A", "B"), coded_from="full_text"), "coded by 2 people from a full text"),
        (CLAIM, "status supported"),
        (NUMBER, "status supported"),
        (RECOMMENDATION, ""),
        (None, ""),
    ],
)
def test_coding_says_by_whom_and_from_what(subject: Any, words: str) -> None:
    assert coding(Member("an-id", "counted", subject), FRAMEWORK) == words


def test_finding_has_no_coding_of_its_own() -> None:
    made = finding()
    assert coding(Member(made.id, "counted", study(), findings=(made,)), FRAMEWORK) == ""


# A member with its codes and findings.

CODES = (("focus", "both (It says so.)"), ("populations.women", "not_coded"), ("sector", "not_coded"))


def test_counted_study_is_shown_in_full() -> None:
    made = finding(summary="People felt better.")
    member = Member("author1-2020", "counted", study(), CODES, (made,))
    assert full_point(member, FRAMEWORK) == (
        "author1-2020: Title 1 (2020); coded once from an abstract; focus: both (It says so.); "
        "populations.women: no code of its own; sector: not_coded; "
        "author1-2020.1 on people.health.wellbeing (outcome, benefit), reported in abstract: People felt better."
    )


def test_study_that_is_not_counted_is_shown_in_brief() -> None:
    places = (ReportedIn(source="abstract"), ReportedIn(source="review"), ReportedIn(source="abstract"))
    made = finding(summary="People felt better.", reported_in=places)
    member = Member("author1-2020", "not counted", study(), CODES[:1], (made,))
    assert brief_point(member, FRAMEWORK) == (
        "author1-2020: coded once from an abstract; focus: both (It says so.); "
        "author1-2020.1 (outcome; abstract, review)."
    )


def test_item_without_a_description_is_its_id() -> None:
    assert full_point(Member("an-id", "not known"), FRAMEWORK) == "an-id."
    assert full_point(Member("r1", "counted", RECOMMENDATION), FRAMEWORK) == "r1: Measure outcomes."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "(outcome, benefit)"),
        ({"direction": "no_change", "level": "impact"}, "(impact, no change)"),
        ({"beneficiary": "took_part"}, "(outcome, benefit, who benefited: people who took part)"),
        ({"measurement": "validated_scale"}, "(outcome, benefit, measurement: published scale)"),
        (
            {"measurement": "validated_scale", "instruments": ("PAM", "WEMWBS")},
            "(outcome, benefit, measurement: published scale (PAM and WEMWBS))",
        ),
    ],
)
def test_finding_has_its_codes(changes: dict[str, Any], words: str) -> None:
    made: Finding = finding(**changes)
    text = full_point(Member(made.id, "counted", study(), findings=(made,)), FRAMEWORK)
    assert text == (
        f"author1-2020.1: Title 1; author1-2020.1 on people.health.wellbeing {words}, reported in abstract: "
        "Something changed."
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (ReportedIn(source="abstract"), "abstract"),
        (ReportedIn(source="review"), "SCIE review"),
        (ReportedIn(source="review", section="3.1"), "SCIE review section 3.1"),
        (ReportedIn(source="review", section="3.1", claim="c09"), "SCIE review section 3.1 (claim c09)"),
        (ReportedIn(source="review", claim="c09"), "SCIE review (claim c09)"),
    ],
)
def test_place_of_a_finding(place: ReportedIn, words: str) -> None:
    assert place_in_words(place, CODEBOOK) == words


# What would change it.


def _open(figure: Figure, *ids: str) -> Figure:
    """Return the figure with some unknown studies."""
    return replace(figure, unknown=Unknown(len(ids), 0.7, 0.8), unknown_ids=ids)


READ = "Only a full text can show what is missing."


@pytest.mark.parametrize(
    ("figure", "ids", "without", "words"),
    [
        (
            share("x", 22, 28), ["a-2020"], 22 / 27,
            ["Leaving out a-2020 changes it most, from 78.6% to 81.5%."],
        ),
        (
            share("x", 22, 28), ["a-2020", "b-2020"], 22 / 27,
            ["Leaving out any one of 2 studies (a-2020 and b-2020) changes it most, from 78.6% to 81.5%."],
        ),
        (
            ratio(6, 18, 1 / 3, (0.19, 0.58)), ["a-2020"], 5 / 18,
            ["Leaving out a-2020 changes it most, from 0.33 to 0.28."],
        ),
        (share("x", 0, 20), ["a-2020"], 0.0, ["Leaving out any one study does not change it."]),
        (
            _open(share("x", 22, 28), "a-2020", "b-2020"), ["c-2020"], 22 / 27,
            [
                "Leaving out c-2020 changes it most, from 78.6% to 81.5%.",
                f"Coding the 2 studies for which this is not known could also change it: a-2020 and b-2020. {READ}",
            ],
        ),
        (
            _open(share("x", 3, 9), "a-2020", "b-2020"), [], None,
            [f"Coding the 2 studies for which this is not known could change it: a-2020 and b-2020. {READ}"],
        ),
        (
            _open(share("x", 3, 9), "a-2020"), [], None,
            [("Coding the 1 study for which this is not known could change it: a-2020. "
             "Only a full text can show what is missing.")],
        ),
        (
            median(2019.0, 20), [], None,
            ["The program does not compute which study changes a median most; one study alone seldom changes it."],
        ),
        (
            replace(count("x", [], [], "inclusion"), numerator=None), [], None,
            ["It is not known, so nothing can change it."],
        ),
        (
            count("x", ["c1"], ["c1", "c2"], "claim"), [], None,
            ["Each one that is counted adds 1, so none weighs more than another."],
        ),
        (count("x", [], ["c1", "c2"], "claim"), [], None, ["None is counted."]),
    ],
)  # fmt: skip
def test_what_would_change_a_figure(figure: Figure, ids: list[str], without: float | None, words: list[str]) -> None:
    assert list(influence_sentences(figure, ids, without)) == words


def test_many_ids_are_cut_to_twelve_with_a_count_of_the_rest() -> None:
    ids = [f"s{n}" for n in range(14)]
    (sentence,) = influence_sentences(share("x", 22, 28), ids, 22 / 27)
    listed = ", ".join(ids[:12])
    assert sentence == (
        f"Leaving out any one of 14 studies ({listed} and 2 more) changes it most, from 78.6% to 81.5%."
    )


def test_level_of_an_interval_is_read_from_it() -> None:
    figure = replace(share("x.share", 2, 20), interval=Interval(0.05, 0.2, 0.9, 2, "Wilson"))
    *_, interval = number_sentences(figure, FRAMEWORK)
    assert interval == "The 90% confidence interval is two-sided (Wilson)."
