"""What changed between two states of a base, in words."""

from dataclasses import replace

import pytest

from coprod_review.gaps.changes import CellChange, Changes, FigureChange
from coprod_review.loading.evidence_base import Adaptation, EvidenceBase
from coprod_review.model.study import eligible
from coprod_review.phrasing.changes import (
    cell_change,
    comparison_sentence,
    count_then,
    figure_change,
    figure_change_in_briefing,
    figure_then,
    studies_changed,
)
from coprod_review.results.figure import Figure, Unknown
from tests.phrasing.facts import median, ratio
from tests.phrasing.made import count, share

STATES = [
    (None, "no such figure"),
    (share("x", 22, 28), "22 of 28 studies (79%; 95% confidence interval 60% to 90%)"),
    (share("x", 6, 20, 5), "6 of 20 studies (30%; 95% confidence interval 15% to 52%), and not known for 5 more"),
    (share("x", 3, 3, 11), "at least 3 of 14 studies (not known for 11)"),
    (share("x", 0, 0, 12), "not known for any of 12 studies"),
    (share("x", 0, 0), "no studies to count"),
    (ratio(6, 18, 1 / 3, (0.19, 0.58)), "6 to 18 (ratio 0.33)"),
    (ratio(6, 18, 1 / 3, (0.19, 0.58), unknown=Unknown(3, 0.2, 0.6)), "6 to 18 (ratio 0.33), not known for 3"),
    (ratio(3, 6, reason="few_known"), "3 to 6"),
    (ratio(3, 6, unknown=Unknown(1, 0.2, 0.6), reason="few_known"), "3 to 6, not known for 1"),
    (
        ratio(None, 0, unknown=Unknown(12, None, None), reason="nothing_known"),
        "not known on both sides for any of 12 studies",
    ),
    (median(2019.0, 20, 3), "2019, over 20 studies, and not known for 3 more"),
    (count("x", ["a"], ["a", "b", "c"], "claim"), "1 of 3 claims"),
    (
        replace(count("x", [], [], "inclusion"), numerator=None, reason="few_lists"),
        "not counted because for fewer than two reviews is it recorded which studies they include",
    ),
]


@pytest.mark.parametrize(("figure", "words"), STATES)
def test_figure_in_one_state(figure: Figure | None, words: str) -> None:
    assert figure_then(figure) == words


BEFORE = replace(share("x.share", 1, 2), label="Studies with outcomes")
AFTER = replace(share("x.share", 2, 3), label="Studies that report outcomes")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (BEFORE, AFTER, "Studies that report outcomes: from 1 of 2 studies to 2 of 3 studies [x.share]."),
        (None, AFTER, "Studies that report outcomes: from no such figure to 2 of 3 studies [x.share]."),
        (BEFORE, None, "Studies with outcomes: from 1 of 2 studies to no such figure [x.share]."),
    ],
)
def test_change_of_a_figure(before: Figure | None, after: Figure | None, words: str) -> None:
    assert figure_change(FigureChange("x.share", before, after)) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (2, 1, "Women: Studies: from 2 to 1 [x.map/women/studies]."),
        (0, 3, "Women: Studies: from 0 to 3 [x.map/women/studies]."),
        (None, 3, "Women: Studies: from no such cell to 3 [x.map/women/studies]."),
        (2, None, "Women: Studies: from 2 to no such cell [x.map/women/studies]."),
    ],
)
def test_change_of_a_cell(before: int | None, after: int | None, words: str) -> None:
    assert cell_change(CellChange("x.map/women/studies", "Women: Studies", before, after)) == words


def test_count_of_zero_is_not_a_missing_cell() -> None:
    assert (count_then(0, 0), count_then(None, 0)) == ("0", "no such cell")


def test_count_has_what_the_review_adds_in_brackets() -> None:
    assert count_then(14, 7) == "14 (+7)"
    changed = CellChange("x.map/women/studies", "Women: Studies", 14, 14, 7, 6)
    assert cell_change(changed) == "Women: Studies: from 14 (+7) to 14 (+6) [x.map/women/studies]."


def test_briefing_gives_no_id_and_no_interval_of_a_changed_figure() -> None:
    then, now = share("x", 21, 27), share("x", 22, 28)
    assert figure_change_in_briefing(FigureChange("x", then, now)) == (
        "“Label” was 21 of 27 studies (78%) and is now 22 of 28 studies (79%)."
    )
    assert figure_change_in_briefing(FigureChange("x", None, now)) == "“Label” is new: 22 of 28 studies (79%)."
    assert figure_change_in_briefing(FigureChange("x", then, None)) == "“Label” is no longer counted."
    ratios = FigureChange("x", ratio(3, 6, reason="few_known"), ratio(3, 7, reason="few_known"))
    assert figure_change_in_briefing(ratios) == "“Outcome to process” was 3 to 6 and is now 3 to 7."


def _changes(added: tuple[str, ...] = (), removed: tuple[str, ...] = (), changed: tuple[str, ...] = ()) -> Changes:
    return Changes(added, removed, changed, figures=(), compared=0, opened=(), closed=())


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (_changes(), ("No study was added, removed or changed.",)),
        (_changes(added=("a-2020",)), ("1 study was added: a-2020.",)),
        (
            _changes(removed=("a-2020", "b-2021"), changed=("c-2022",)),
            ("2 studies were removed: a-2020 and b-2021.", "1 study was changed: c-2022."),
        ),
    ],
)
def test_changed_studies_are_named(changes: Changes, sentences: tuple[str, ...]) -> None:
    assert studies_changed(changes) == sentences


def test_comparison_names_the_earlier_state(bundled: EvidenceBase) -> None:
    earlier = replace(bundled, skipped=("kay-2019",))
    evidence = len(eligible(bundled.studies, bundled.framework.codebook))
    words = comparison_sentence(earlier, bundled, "main", is_folder=False)
    assert words == (
        "It is compared with the revision main, coprod-review 2026.11 (23 November 2026). That state has "
        f"{len(bundled.studies)} entries; {evidence} count as evidence. These entries were left out because of errors: "
        "kay-2019."
    )


OLDER = "It was in the older format x/base/1 and was converted for this comparison"
LEFT_OUT = (
    "The part `stated` of its review.yaml does not fit the current format and was left out; no figure depends on it."
)


@pytest.mark.parametrize(
    ("adaptation", "words"),
    [
        (Adaptation("x/base/1", 1), f"{OLDER}; 1 code could not be carried over."),
        (Adaptation("x/base/1"), f"{OLDER}; every code could be carried over."),
        (Adaptation(left_out=("stated",)), LEFT_OUT),
        (Adaptation("x/base/1", 2, ("stated",)), f"{OLDER}; 2 codes could not be carried over. {LEFT_OUT}"),
    ],
)
def test_comparison_says_how_the_earlier_state_was_adapted(
    adaptation: Adaptation, words: str, bundled: EvidenceBase
) -> None:
    earlier = replace(bundled, adaptation=adaptation)
    assert comparison_sentence(earlier, bundled, "main", is_folder=False).endswith(f"count as evidence. {words}")
