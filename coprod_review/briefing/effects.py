"""Put effects into words: by their direction, by who found them, and by the certainty that a person recorded.

No sentence claims more than its direction, role and certainty allow. Levels of certainty follow the words of GRADE
(Santesso and others 2020: shows, probably, may, very uncertain). Without a recorded judgement of certainty, a sentence
only says what is reported. Findings on taking part, or on something that was made, have words of their own, none of
which says that anything changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Finding, Study

AGAINST = ("mixed", "no_change", "harm")
"""Directions that a sentence sets against a benefit."""
DIRECTIONS = ("benefit", *AGAINST, "not_stated")
"""Directions in the order in which a sentence names them."""
ROLES = ("original", "reported_by_review")
CERTAINTY_LEVELS = ("high", "moderate", "low", "very_low", None)

_RESULTS: Mapping[str, tuple[str, str, str, str]] = {
    "benefit": ("a benefit", "there may be a benefit", "there is probably a benefit", "a benefit"),
    "mixed": ("mixed results", "results may be mixed", "results are probably mixed", "mixed results"),
    "no_change": (
        "no change",
        "there may be little or no change",
        "there is probably little or no change",
        "little or no change",
    ),
    "harm": ("harm", "there may be harm", "there is probably harm", "harm"),
}
"""Results by direction: as reported, and with low, moderate and high certainty."""
_SENTENCES: Mapping[str, tuple[str, str, str, str, str]] = {
    "original": (
        "show{s} {3}",
        "suggest{s} that {2}",
        "suggest{s} that {1}",
        "report{s} {0}, on very uncertain evidence",
        "report{s} {0}",
    ),
    "reported_by_review": (
        "relay{s} that others show {3}",
        "relay{s} that {2}",
        "relay{s} that {1}",
        "relay{s} {0}, on very uncertain evidence",
        "relay{s} {0}",
    ),
}
"""Sentences by role, for each level of certainty; the numbers are placeholders for the parts of a result."""
EFFECTS: Mapping[tuple[str, str, str | None], str] = {
    (direction, role, level): sentence.format(*_RESULTS[direction], s="{s}")
    if direction in _RESULTS
    else "mention{s} it without a direction"
    for direction in DIRECTIONS
    for role, sentences in _SENTENCES.items()
    for level, sentence in zip(CERTAINTY_LEVELS, sentences, strict=True)
}
"""What studies do, by direction, role and certainty, with {s} for the verb of one study."""

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
"""What studies say about taking part, and about what was made; nothing here says that anyone changed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What several studies say in the same words."""

    words: str
    """The words, with {s} for the verb of one study."""
    studies: tuple[str, ...]
    against: bool
    """Whether a sentence sets it against a benefit."""
    second_hand: bool = False
    """Whether only the review of the base reports it, and nothing that was read of these studies does."""


def clauses(
    findings: Sequence[tuple[Study, Finding]],
    codebook: Codebook,
    is_second_hand: Callable[[Finding], bool] = lambda _: False,
) -> Iterator[Clause]:
    """Yield the clauses of a sentence on one outcome: first the benefits, then everything that is against them.

    Either all ``findings`` are about a change, or none is. What the works themselves report comes before what only the
    review of the base reports.
    """
    changes = codebook.of_kind("levels", "outcome")
    grouped: dict[tuple[int, bool, str, bool], list[str]] = {}

    def order(pair: tuple[Study, Finding]) -> tuple[int, ...]:
        _, finding = pair
        return _direction_rank(finding), is_second_hand(finding), *_evidence_rank(finding)

    for study, finding in sorted(findings, key=order):
        words = _words(finding, of_change=finding.level in changes)
        key = (_direction_rank(finding), is_second_hand(finding), words, finding.direction in AGAINST)
        grouped.setdefault(key, []).append(study.id)
    for (_, second_hand, words, against), ids in grouped.items():
        yield Clause(words, tuple(dict.fromkeys(ids)), against, second_hand)


def _words(finding: Finding, *, of_change: bool) -> str:
    direction = DIRECTIONS[_direction_rank(finding)]
    if not of_change:
        return TAKING_PART["output" if finding.level == "output" else "experience", direction]
    return EFFECTS[direction, _role(finding), _certainty(finding)]


def _direction_rank(finding: Finding) -> int:
    """Return the rank of a direction; one that a codebook adds has no words here, so it counts as not stated."""
    return DIRECTIONS.index(finding.direction if finding.direction in DIRECTIONS else "not_stated")


def _role(finding: Finding) -> str:
    return finding.evidence_role if finding.evidence_role in ROLES else ROLES[-1]


def _certainty(finding: Finding) -> str | None:
    level = finding.certainty.level if finding.certainty else None
    return level if level in CERTAINTY_LEVELS else None


def _evidence_rank(finding: Finding) -> tuple[int, int]:
    return ROLES.index(_role(finding)), CERTAINTY_LEVELS.index(_certainty(finding))
