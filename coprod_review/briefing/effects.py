"""How an effect is said: by its direction, by who found it and by the certainty that a person recorded.

No sentence is stronger than its row allows. Levels of certainty follow the words of GRADE (Santesso and others 2020:
shows, probably, may, very uncertain); without a recorded judgement the sentence only tells what is reported. Findings
about taking part, or about things made, have words of their own, none of which tells of a change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Finding, Study

EFFECTS: Mapping[tuple[str, str, str | None], str] = {
    ("benefit", "original", None): "report{s} a benefit",
    ("benefit", "original", "very_low"): "report{s} a benefit, on very uncertain evidence",
    ("benefit", "original", "low"): "suggest{s} that there may be a benefit",
    ("benefit", "original", "moderate"): "suggest{s} that there is probably a benefit",
    ("benefit", "original", "high"): "show{s} a benefit",
    ("benefit", "reported_by_review", None): "relay{s} a benefit",
    ("benefit", "reported_by_review", "very_low"): "relay{s} a benefit, on very uncertain evidence",
    ("benefit", "reported_by_review", "low"): "relay{s} that there may be a benefit",
    ("benefit", "reported_by_review", "moderate"): "relay{s} that there is probably a benefit",
    ("benefit", "reported_by_review", "high"): "relay{s} that others show a benefit",
    ("mixed", "original", None): "report{s} mixed results",
    ("mixed", "original", "very_low"): "report{s} mixed results, on very uncertain evidence",
    ("mixed", "original", "low"): "suggest{s} that results may be mixed",
    ("mixed", "original", "moderate"): "suggest{s} that results are probably mixed",
    ("mixed", "original", "high"): "show{s} mixed results",
    ("mixed", "reported_by_review", None): "relay{s} mixed results",
    ("mixed", "reported_by_review", "very_low"): "relay{s} mixed results, on very uncertain evidence",
    ("mixed", "reported_by_review", "low"): "relay{s} that results may be mixed",
    ("mixed", "reported_by_review", "moderate"): "relay{s} that results are probably mixed",
    ("mixed", "reported_by_review", "high"): "relay{s} that others show mixed results",
    ("no_change", "original", None): "report{s} no change",
    ("no_change", "original", "very_low"): "report{s} no change, on very uncertain evidence",
    ("no_change", "original", "low"): "suggest{s} that there may be little or no change",
    ("no_change", "original", "moderate"): "suggest{s} that there is probably little or no change",
    ("no_change", "original", "high"): "show{s} little or no change",
    ("no_change", "reported_by_review", None): "relay{s} no change",
    ("no_change", "reported_by_review", "very_low"): "relay{s} no change, on very uncertain evidence",
    ("no_change", "reported_by_review", "low"): "relay{s} that there may be little or no change",
    ("no_change", "reported_by_review", "moderate"): "relay{s} that there is probably little or no change",
    ("no_change", "reported_by_review", "high"): "relay{s} that others show little or no change",
    ("harm", "original", None): "report{s} harm",
    ("harm", "original", "very_low"): "report{s} harm, on very uncertain evidence",
    ("harm", "original", "low"): "suggest{s} that there may be harm",
    ("harm", "original", "moderate"): "suggest{s} that there is probably harm",
    ("harm", "original", "high"): "show{s} harm",
    ("harm", "reported_by_review", None): "relay{s} harm",
    ("harm", "reported_by_review", "very_low"): "relay{s} harm, on very uncertain evidence",
    ("harm", "reported_by_review", "low"): "relay{s} that there may be harm",
    ("harm", "reported_by_review", "moderate"): "relay{s} that there is probably harm",
    ("harm", "reported_by_review", "high"): "relay{s} that others show harm",
    **{
        ("not_stated", role, certainty): "mention{s} it without a direction"
        for role in ("original", "reported_by_review")
        for certainty in (None, "very_low", "low", "moderate", "high")
    },
}
"""What studies do, with {s} for the verb of one study."""

TAKING_PART: Mapping[tuple[str, str], str] = {
    ("experience", "benefit"): "describe{s} this side of taking part as good",
    ("experience", "mixed"): "describe{s} good and bad sides of taking part",
    ("experience", "no_change"): "describe{s} taking part as making no difference here",
    ("experience", "harm"): "describe{s} taking part as a burden",
    ("experience", "not_stated"): "describe{s} what taking part was like",
    ("output", "benefit"): "describe{s} something that was made or done, and speak{s} well of it",
    ("output", "mixed"): "describe{s} something that was made or done, with mixed views of it",
    ("output", "no_change"): "describe{s} something that was made or done and changed nothing",
    ("output", "harm"): "describe{s} something that was made or done and did harm",
    ("output", "not_stated"): "describe{s} something that was made or done",
}
"""What studies say that tells of no change in anyone: of taking part, and of what was made."""

AGAINST = ("mixed", "no_change", "harm")
ROLES = ("original", "reported_by_review")
ORDER = ("benefit", "mixed", "no_change", "harm", "not_stated")
CERTAINTY = ("high", "moderate", "low", "very_low", None)


@dataclass(frozen=True, slots=True)
class Clause:
    """Studies that say the same: how it is said, and who says it."""

    words: str
    """With {s} for the verb of one study."""
    studies: tuple[str, ...]
    against: bool
    """Whether it is anything but a benefit, so that a sentence sets it against one."""
    second_hand: bool = False
    """Whether it was seen in the review of the base alone, and in nothing that was read of these studies."""


def clauses(
    said: Sequence[tuple[Study, Finding]], codebook: Codebook, second_hand: Callable[[Finding], bool] = lambda _: False
) -> Iterator[Clause]:
    """The clauses of a sentence on one outcome, benefits first, then what speaks against them, always both.

    ``said`` are findings of one side: all of them tell of a change, or none does. What was seen in the works stands
    before what is known at second hand.
    """
    changes = codebook.of_kind("levels", "outcome")
    grouped: dict[tuple[int, str, bool, bool], list[str]] = {}
    for study, finding in sorted(said, key=lambda pair: (_place(pair[1]), second_hand(pair[1]), *_rank(pair[1]))):
        words = _words(finding, of_change=finding.level in changes)
        place = (_place(finding), words, finding.direction in AGAINST, second_hand(finding))
        grouped.setdefault(place, []).append(study.id)
    for (_, words, against, alone), ids in grouped.items():
        yield Clause(words, tuple(dict.fromkeys(ids)), against, alone)


def _words(finding: Finding, *, of_change: bool) -> str:
    direction = ORDER[_place(finding)]
    if not of_change:
        return TAKING_PART["output" if finding.level == "output" else "experience", direction]
    return EFFECTS[direction, _role(finding), _certainty(finding)]


def _place(finding: Finding) -> int:
    """The place of a direction; one that a codebook adds has no words here, so that nothing is claimed of it."""
    return ORDER.index(finding.direction if finding.direction in ORDER else "not_stated")


def _role(finding: Finding) -> str:
    return finding.evidence_role if finding.evidence_role in ROLES else ROLES[-1]


def _certainty(finding: Finding) -> str | None:
    level = finding.certainty.level if finding.certainty else None
    return level if level in CERTAINTY else None


def _rank(finding: Finding) -> tuple[int, int]:
    return ROLES.index(_role(finding)), CERTAINTY.index(_certainty(finding))
