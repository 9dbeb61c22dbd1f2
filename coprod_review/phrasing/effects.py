"""What studies report on one outcome, in words that follow direction, role and certainty.

No sentence claims more than its direction, role and certainty allow. Levels of certainty follow the words of GRADE
(Santesso and others 2020: shows, probably, may, very uncertain). Without a recorded judgement of certainty, a sentence
only says what is reported. Findings on taking part, or on something that was made, have words of their own, none of
which says that anything changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.phrasing.pieces import CitedStudies, Piece
from coprod_review.text.grammar import capitalise

AGAINST = ("mixed", "no_change", "against")
"""Kinds of directions that a sentence sets against a benefit."""
DIRECTIONS = ("for", *AGAINST, "not_stated")
"""Kinds of directions in the order in which a sentence names them."""
LEVELS = ("change", "experience", "output")
"""What a finding is about: a change, what taking part was like, or something that was made."""
ROLES = ("original", "relayed")
"""Kinds of evidence roles."""
CERTAINTY_LEVELS = ("high", "moderate", "low", "very_low", None)

STRENGTHS = ("states", "suggests", "hints")
"""How strongly a source puts a finding; any other code is worded as ``states``, since it says nothing of the words."""

_RESULTS: Mapping[str, tuple[str, str]] = {
    "for": ("a benefit", "there {be} a benefit"),
    "mixed": ("mixed results", "results {be} mixed"),
    "no_change": ("no change", "there {be} little or no change"),
    "against": ("harm", "there {be} harm"),
}
"""A result by the kind of its direction, as studies report it, and as a clause for a level of certainty."""


def change_in_words(direction: str, role: str, certainty: str | None, strength: str = "states") -> str:
    """Return what studies say of a change, with {s} for the verb of one study.

    A recorded certainty decides the verb; without one, the strength of the source's own words does.
    """
    if direction not in _RESULTS:
        return "mention{s} this outcome and state{s} no direction"
    claim = _claim(direction, certainty) if certainty else statement_in_words(direction, strength)
    return claim if role == "original" else f"cite{{s}} studies that {claim.format(s='')}"


def statement_in_words(direction: str, strength: str) -> str:
    """Return what studies say in a direction, as strongly as they say it, with {s} for the verb of one study."""
    if direction not in _RESULTS:
        return "state{s} no direction"
    reported = _RESULTS[direction][0]
    if strength == "hints":
        return f"hint{{s}} at {_POSSIBLE.get(direction, reported)}"
    return f"{'suggest' if strength == 'suggests' else 'report'}{{s}} {reported}"


_POSSIBLE: Mapping[str, str] = {"for": "a possible benefit", "against": "possible harm"}
"""Results that a source hints at, where the words differ."""


def _claim(direction: str, certainty: str) -> str:
    reported, clause = _RESULTS[direction]
    be = "are" if direction == "mixed" else "is"
    match certainty:
        case "high":
            return f"show{{s}} {'little or no change' if direction == 'no_change' else reported}"
        case "moderate":
            return f"suggest{{s}} {clause.format(be=f'{be} probably')}"
        case "low":
            return f"suggest{{s}} {clause.format(be='may be')}"
    return f"report{{s}} {reported}, on very uncertain evidence"


TAKING_PART: Mapping[tuple[str, str], str] = {
    ("experience", "for"): "describe{s} a good experience of taking part",
    ("experience", "mixed"): "describe{s} good and bad experiences of taking part",
    ("experience", "no_change"): "describe{s} taking part as making no difference",
    ("experience", "against"): "describe{s} taking part as a burden",
    ("experience", "not_stated"): "describe{s} how it was done, or what taking part was like",
    ("output", "for"): "describe{s} something that was made or done, and value{s} it",
    ("output", "mixed"): "describe{s} something that was made or done, with mixed views of it",
    ("output", "no_change"): "describe{s} something that was made or done and changed nothing",
    ("output", "against"): "describe{s} something that was made or done and did harm",
    ("output", "not_stated"): "describe{s} something that was made or done",
}
"""What studies say about taking part, and about what was made; nothing here says that anyone changed."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What several studies report of one outcome in the same way."""

    direction: str
    """One of ``DIRECTIONS``."""
    level: str
    """One of ``LEVELS``."""
    role: str = "original"
    """One of ``ROLES``."""
    certainty: str | None = None
    """One of ``CERTAINTY_LEVELS``; always ``None`` where the level is not ``change``."""
    second_hand: bool = False
    """Whether only the review of the base reports it, and nothing that was read of these studies does."""
    strength: str = "states"
    """One of ``STRENGTHS``; where the level is not ``change``, a suggestion is worded as a statement."""

    @property
    def order(self) -> tuple[int, ...]:
        """Where a sentence names it: what was read comes first, and a benefit before everything else."""
        return (
            self.second_hand,
            DIRECTIONS.index(self.direction),
            LEVELS.index(self.level),
            ROLES.index(self.role),
            CERTAINTY_LEVELS.index(self.certainty),
            STRENGTHS.index(self.strength),
        )

    @property
    def verb(self) -> str:
        """What the studies do, with {s} for the verb of one study."""
        if self.level == "change":
            return change_in_words(self.direction, self.role, self.certainty, self.strength)
        words = TAKING_PART[self.level, self.direction]
        return f"{words}, as a possibility" if self.strength == "hints" else words


@dataclass(frozen=True, slots=True)
class ReportingStudies:
    """The studies behind an effect."""

    ids: tuple[str, ...]
    by_kind: str
    """How many they are of each kind, as in ``2 primary studies and 1 review``."""


def effects_in_words(effects: Mapping[Effect, ReportingStudies], review: str) -> tuple[Piece, ...]:
    """Return what studies report on one outcome: first what their own text says, then what only the review says.

    ``review`` is the name of the review of the base, as in ``IOE review``.
    """
    if not effects:
        return ("No study in this base reports on this.",)
    ordered = sorted(effects, key=lambda effect: effect.order)
    read = [(e, effects[e]) for e in ordered if not e.second_hand]
    second_hand = [(e, effects[e]) for e in ordered if e.second_hand]
    pieces = list(_sentence(read, "")) if read else []
    if read and second_hand:
        pieces.append(" ")
    if second_hand:
        pieces += _sentence(second_hand, f"According to the {review} alone, ")
    return tuple(pieces)


def _sentence(effects: Sequence[tuple[Effect, ReportingStudies]], lead: str) -> Iterator[Piece]:
    benefit, against = False, False
    for number, (effect, studies) in enumerate(effects):
        turns = benefit and effect.direction in AGAINST and not against
        if number:
            yield ", but " if turns else ", and "
        verb = effect.verb.format(s="s" if len(studies.ids) == 1 else "")
        words = f"{studies.by_kind} {verb} "
        yield words if number else capitalise(f"{lead}{words}")
        yield CitedStudies(studies.ids)
        benefit = benefit or effect.direction == "for"
        against = against or effect.direction in AGAINST
    yield "."
