"""The sentences of the first screen."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.analyses.focus import FocusFacts
from coprod_review.phrasing.overview import (
    general_gaps_sentence,
    groups_sentence,
    headline_bars,
    more_gaps_sentence,
    ratio_sentence,
    reported_sentences,
    unanswered_sentence,
)
from coprod_review.results.figure import Comparison, Figure, PrimaryOnly, Unknown, ValueRange
from coprod_review.results.result import Gap, GeneralGap
from tests.phrasing.facts import FRAMEWORK, benchmark, compared, entry, gap, published, ratio
from tests.phrasing.made import share

RATIO = ratio(6, 18, 1 / 3, (0.19, 0.58), identity="focus.ratio")
SCOPE = ratio(5, 9, reason="few_known", identity="focus.primary.ratio")


def _facts(**changes: Any) -> FocusFacts:
    plain = FocusFacts(
        studies=28,
        definition="strict",
        definitions_differ=False,
        unknown_read_in_full=False,
        absence_coded=False,
    )
    return replace(plain, **changes)


def _figures(*given: Figure) -> dict[str, Figure]:
    """Return the figures of the first screen by id, each given one in the place of a plain one."""
    shares = (
        "focus.outcome-share",
        "focus.process-share",
        *(f"focus.{view}.{side}-share" for view in ("reported", "reported-broad") for side in ("outcome", "process")),
        "sector.direct",
        "representation.dementia",
        "representation.women",
    )
    ratios = [ratio(3, 6, reason="few_known", identity=f"focus.{v}.ratio") for v in ("reported", "reported-broad")]
    every = (*(share(name, 22, 28) for name in shares), *ratios, RATIO, SCOPE, *given)
    return {figure.id: figure for figure in every}


def _named(*groups: str) -> Any:
    """Return the framework with recommendations that name some groups."""
    made = replace(FRAMEWORK)
    made.__dict__["named_groups"] = frozenset(groups)
    return made


# The bars.


@pytest.mark.parametrize(("definition", "view"), [("strict", "reported"), ("broad", "reported-broad")])
def test_bars_show_the_definition_that_is_asked_for(definition: Any, view: str) -> None:
    bars = headline_bars(_figures(), _named("women"), _facts(definition=definition))
    assert [(bar.label, bar.id) for bar in bars] == [
        ("Examine outcomes", "focus.outcome-share"),
        ("Examine process", "focus.process-share"),
        ("Report outcomes", f"focus.{view}.outcome-share"),
        ("Report process", f"focus.{view}.process-share"),
        ("Outcomes: social care alone", "sector.direct"),
        ("On women", "representation.women"),
    ]


def test_each_named_group_has_its_own_number() -> None:
    figures = _figures(share("representation.dementia", 3, 28), share("representation.women", 5, 28))
    bars = headline_bars(figures, _named("dementia", "women"), _facts())[-2:]
    assert [(bar.label, bar.n, bar.id) for bar in bars] == [
        ("On people living with dementia", 3, "representation.dementia"),
        ("On women", 5, "representation.women"),
    ]


def _detail(figure: Figure, *named: str) -> str:
    """Return what stands below the bar of one figure."""
    bars = headline_bars(_figures(figure), _named(*named), _facts())
    return next(bar.detail for bar in bars if bar.id == figure.id)


OUTCOMES = replace(
    share("focus.outcome-share", 22, 28),
    leave_one_out=ValueRange(21 / 27, 22 / 27),
    primary_only=PrimaryOnly(9, 12, 0.75),
)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (OUTCOMES, "78% to 81% if one study is left out; primary: 9 of 12"),
        (
            replace(OUTCOMES, unknown=Unknown(3, 0.7, 0.8)),
            "78% to 81% if one study is left out; primary: 9 of 12; not known for 3",
        ),
        (replace(share("focus.outcome-share", 0, 28), primary_only=PrimaryOnly(0, 12, 0.0)), ""),
        (share("focus.outcome-share", 0, 20, 3), "not known for 3"),
        (share("focus.outcome-share", 3, 9), ""),
        (share("focus.outcome-share", 0, 0, 12), ""),
    ],
)
def test_detail_below_a_bar_is_its_sensitivity(figure: Figure, words: str) -> None:
    assert _detail(figure) == words


@pytest.mark.parametrize(
    ("comparisons", "words"),
    [
        ([], ""),
        ([compared(benchmark(18.3))], "share of the population: 18.3%; too few studies to compare"),
        ([compared(benchmark(9, floor=True), verdict=None)], "share of the population: at least 9.0%"),
        (
            [
                compared(benchmark(18.3), verdict="lower", basis="below_band"),
                compared(benchmark(9.6, floor=True), verdict="lower", basis="below_band"),
            ],
            "share of the population: 18.3%, at least 9.6%; lower than the benchmark",
        ),
        # What another work publishes is not a share of the population.
        ([compared(benchmark(9), verdict="none_found"), published(entry(n=1, N=8))],
         "share of the population: 9.0%; none found"),
        ([published(entry(n=1, N=8))], ""),
    ],
)  # fmt: skip
def test_detail_below_the_bar_of_a_group_is_its_share_of_the_population(
    comparisons: list[Comparison], words: str
) -> None:
    figure = replace(share("representation.women", 2, 20), comparisons=tuple(comparisons))
    assert _detail(figure, "women") == words


# The points.


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((), "Ratio of outcomes to process: 0.33 (0.19 to 0.58); primary aims 5 to 9."),
        (
            (ratio(20, 4, 5.0, (2.5, None), identity="focus.ratio"),),
            "Ratio of outcomes to process: 5.00 (2.50 to no upper limit); primary aims 5 to 9.",
        ),
        (
            (ratio(3, 6, reason="few_known", identity="focus.ratio"),),
            "No ratio of outcomes to process is given because this is known for fewer than 10 studies.",
        ),
    ],
)
def test_ratio_of_outcomes_to_process(figures: tuple[Figure, ...], words: str) -> None:
    assert ratio_sentence(_figures(*figures)) == words


UNKNOWN = Unknown(15, None, None)


@pytest.mark.parametrize(
    ("view", "facts", "words"),
    [
        (
            "reported",
            _facts(),
            ("For 15 of 28 studies "
            "we do not know whether they report one side or both, because an abstract cannot show what is missing."),
        ),
        (
            "reported",
            _facts(unknown_read_in_full=True, definitions_differ=True),
            ("For 15 of 28 studies "
            "we do not know whether they report one side or both, because nobody coded what is missing. "
            "Under the broad definition, 20 report outcomes and 3 process."),
        ),
        (
            "reported-broad",
            _facts(definition="broad", definitions_differ=True),
            ("For 15 of 28 studies "
            "we do not know whether they report one side or both, because an abstract cannot show what is missing. "
            "Under the strict definition, 22 report outcomes and 22 process."),
        ),
    ],
)  # fmt: skip
def test_what_is_reported_may_not_be_known(view: str, facts: FocusFacts, words: str) -> None:
    figures = _figures(
        ratio(4, 4, unknown=UNKNOWN, reason="one_sided", identity=f"focus.{view}.ratio"),
        share("focus.reported-broad.outcome-share", 20, 28),
        share("focus.reported-broad.process-share", 3, 28),
    )
    assert reported_sentences(figures, facts) == words


def test_nothing_is_written_where_both_sides_are_known() -> None:
    assert reported_sentences(_figures(), _facts(definitions_differ=True)) == ""


def _shares(*numbers: tuple[int, int, int]) -> list[Figure]:
    return [share(f"representation.{n}", *given) for n, given in enumerate(numbers)]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (_shares((2, 20, 0), (1, 20, 0)), ""),
        (_shares((2, 20, 0), (0, 20, 0), (0, 20, 0)), "No study focuses on 2 of 3 groups of people."),
        (_shares((0, 20, 0)), "No study focuses on 1 of 1 group of people."),
        (_shares((0, 18, 2), (1, 18, 2)), "No study is known to focus on 1 of 2 groups of people."),
        (_shares((0, 0, 20), (0, 0, 20)), "No study is known to focus on 2 of 2 groups of people."),
    ],
)
def test_groups_on_which_no_study_focuses(figures: list[Figure], words: str) -> None:
    assert groups_sentence(figures) == words


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        ([gap("thin")], "There is 1 more gap: very little evidence (1)."),
        ([gap("thin"), gap("thin")], "There are 2 more gaps: very little evidence (2)."),
        (
            [gap("none"), gap("thin"), gap("none"), gap("mixed")],
            "There are 4 more gaps, most often: no evidence (2) and very little evidence (1).",
        ),
    ],
)
def test_gaps_that_are_not_shown_are_counted(gaps: list[Gap], words: str) -> None:
    assert more_gaps_sentence(gaps, FRAMEWORK) == words


@pytest.mark.parametrize(
    ("general", "words"),
    [
        ([GeneralGap("thin", 12, 22, "outcome")], "Most of 22 domains share: very little evidence (12)."),
        (
            [GeneralGap("unappraised", 16, 22, "outcome"), GeneralGap("not_coded", 14, 22, "outcome")],
            "Most of 22 domains share: quality not known (16) and not yet coded (14).",
        ),
    ],
)
def test_gaps_of_most_domains_are_named_once(general: list[GeneralGap], words: str) -> None:
    assert general_gaps_sentence(general, FRAMEWORK) == words


@pytest.mark.parametrize(
    ("analyses", "words"),
    [
        (["overlap"], "1 question cannot be answered until more is coded: overlap."),
        (["overlap", "lasting"], "2 questions cannot be answered until more is coded: overlap and lasting."),
    ],
)
def test_unanswered_questions_are_named(analyses: list[str], words: str) -> None:
    assert unanswered_sentence(analyses) == words
