"""Findings in words: who reports a finding, which way it points, and how many studies report on a subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coprod_review.phrasing.corroboration import but_note
from coprod_review.phrasing.effects import AGAINST, statement_in_words
from coprod_review.phrasing.pieces import Piece, cited_sentence
from coprod_review.phrasing.texts import clause
from coprod_review.text.grammar import capitalise, listed, lower_first, plural

Source = Literal["study", "studies cited", "review of the base"]
"""Who reports a finding: a study on itself, a study on others that it cites, or only the review of the base."""
Match = Literal["not_seen", "partly", "not_compared", "not_read", ""]
"""What the text of a study shows of a finding that only the review reports; empty where the study reports it."""

_CONTRARY: Mapping[str, str] = {
    "mixed": "This is a mixed result.",
    "no_change": "This is a finding of no change.",
    "against": "This is a finding of harm.",
}
_WHO: Mapping[str, tuple[str, str]] = {
    "study": ("The study", "The studies"),
    "review": ("The cited review", "The cited reviews"),
}
"""Who reports a finding, one or several, by the noun for them."""
_VERBS: Mapping[str, tuple[str, str]] = {
    "states": ("reports", "report"),
    "suggests": ("suggests", "suggest"),
    "hints": ("mentions as possible", "mention as possible"),
}
"""What one source does, and what several do, by how strongly they put a finding."""


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding that one study or several report in the same words."""

    summary: str
    studies: tuple[str, ...]
    source: Source
    noun: Literal["study", "review"]
    direction: str
    counts: tuple[tuple[int, int], ...] = ()
    """Numerators and denominators that it gives."""
    hidden_count: bool = False
    """Whether it gives a share of a number that is not reported."""
    match: Match = ""
    strength: str = "states"
    """How strongly the source puts it."""
    corrections: tuple[str, ...] = ()
    """What corrects the review where only the review reports it."""


def finding_in_words(finding: ReportedFinding, review: str) -> tuple[Piece, ...]:
    """Return a finding in its own words, with who reports it and what a reader has to know of it."""
    notes = (
        _CONTRARY[finding.direction] if finding.direction in AGAINST else "",
        _counts(finding),
        _match(finding),
        *but_note(finding.corrections),
    )
    words = f"{_source(finding, review)}: {clause(finding.summary)}"
    return cited_sentence(words, finding.studies, " ".join(note for note in notes if note))


def _source(finding: ReportedFinding, review: str) -> str:
    if finding.source == "review of the base":
        return f"The {review} says"
    several = len(finding.studies) > 1
    who = f"{_WHO[finding.noun][several]} {_VERBS[finding.strength][several]}"
    second_hand = finding.source == "studies cited" and finding.strength == "states"
    return f"{who} from other studies" if second_hand else who


def _counts(finding: ReportedFinding) -> str:
    if finding.counts:
        counts = listed([f"{n} of {total}" for n, total in finding.counts])
        return f"The number is {counts}." if len(finding.counts) == 1 else f"The numbers are {counts}."
    return "The number of people behind this is not reported." if finding.hidden_count else ""


def _match(finding: ReportedFinding) -> str:
    one = len(finding.studies) == 1
    match finding.match:
        case "not_seen":
            return "We did not find this in the text that we read."
        case "partly":
            which = "" if one else " of the studies"
            return f"In the text that we read{which} we found only a part of the claim, and not this finding."
        case "not_compared":
            return f"Nobody has compared this with the {'study' if one else 'studies'}."
        case "not_read":
            return f"We could not read the {'study' if one else 'studies'}."
    return ""


# --- how many studies report on a subject -------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportingCounts:
    """How many studies report an outcome on a subject, and who says so."""

    studies: int
    """Number of all studies that count as evidence."""
    read: int
    """Number of studies whose text, as far as it was read, reports an outcome."""
    second_hand: int
    """Number of further studies of which only the review of the base says so."""
    by_kind: str = ""
    """How many of these there are of each kind, as in ``2 primary studies and 1 review``."""
    directions: tuple[tuple[str, str, int], ...] = ()
    """Number of studies for each direction and strength that was read; a study has each of its directions once."""
    second_hand_directions: tuple[tuple[str, str, int], ...] = ()
    """The same for the studies of which only the review of the base gives a direction."""
    taking_part: int = 0
    """Number of further studies whose text reports only on taking part, or on what was made."""
    second_hand_taking_part: int = 0
    """Number of further studies of which only the review of the base says so."""


def reporting_in_full(counts: ReportingCounts, review: str, of_group: bool) -> str:
    """Return how many studies report an outcome for a group or of a kind, which way it points, and who says so."""
    sentences = [
        _who_reports(counts, review, "for this group" if of_group else "of this kind"),
        _kinds(counts),
        _directions(counts, review),
        _taking_part(counts, review),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def reporting_in_brief(counts: ReportingCounts, review: str, of_group: bool) -> str:
    """Return how many studies report an outcome, and of how many more only the review says so."""
    reports = "report" if counts.read > 1 else "reports"
    number = f"{counts.read or 'None'} of {plural(counts.studies, 'study')}"
    return f"{number} {reports} outcomes.{_more(counts, review)}"


def reporting_in_plain_words(counts: ReportingCounts, review: str, of_group: bool) -> str:
    """Return the same in plain language."""
    says = "say" if counts.read > 1 else "says"
    number = f"{counts.read or 'none'} of {plural(counts.studies, 'study')}"
    return f"In the text we read, {number} {says} whether something changed.{_more(counts, review)}"


def roles_in_words(
    group: str, read: Sequence[tuple[str, int]], attributed: Sequence[tuple[str, int]], review: str
) -> str:
    """Return about whom in a group studies report outcomes, from the number of studies for each label of a role."""
    alone = (
        f"According to the {review} alone, they are {_by_role(attributed)}." if any(n for _, n in attributed) else ""
    )
    return " ".join(filter(None, (roles_in_brief(group, read, attributed, review), alone)))


def roles_in_brief(
    group: str, read: Sequence[tuple[str, int]], attributed: Sequence[tuple[str, int]], review: str
) -> str:
    """Return the same for what was read alone."""
    if not any(n for _, n in read):
        return f"No text that we read says who the {group} are."
    return f"The {group} are {_by_role(read)}."


def _by_role(counts: Sequence[tuple[str, int]]) -> str:
    most_first = sorted(((label, n) for label, n in counts if n), key=lambda pair: -pair[1])
    return listed([f"{lower_first(label)} ({n})" for label, n in most_first])


def _who_reports(counts: ReportingCounts, review: str, which: str) -> str:
    reports = "report" if counts.read > 1 else "reports"
    number = f"{counts.read or 'None'} of {plural(counts.studies, 'study')}"
    return f"{number} {reports} an outcome {which} in the text that we read.{_more(counts, review)}"


def _more(counts: ReportingCounts, review: str) -> str:
    """Return a sentence on studies whose reports only the review mentions; empty without such studies."""
    if not counts.second_hand:
        return ""
    does = "does" if counts.second_hand == 1 else "do"
    return f" The {review} says {counts.second_hand}{' more' if counts.read else ''} {does}."


def _kinds(counts: ReportingCounts) -> str:
    if counts.read + counts.second_hand < 2:
        return ""  # one study needs no sum of its kinds
    these = "Together, these" if counts.read and counts.second_hand else "These"
    return f"{these} are {counts.by_kind}."


def _directions(counts: ReportingCounts, review: str) -> str:
    """Return how many studies report each direction: first in their text, then according to the review alone."""
    read, second_hand = _in_words(counts.directions), _in_words(counts.second_hand_directions)
    in_several = sum(n for _, _, n in counts.directions) > counts.read
    sentences = (
        f"By direction, {read}{'; a study can be in several of these' if in_several else ''}." if read else "",
        f"According to the {review} alone, {second_hand}." if second_hand else "",
    )
    return " ".join(filter(None, sentences))


def _in_words(directions: Sequence[tuple[str, str, int]]) -> str:
    return listed(
        [
            f"{n} {statement_in_words(direction, strength).format(s='s' if n == 1 else '')}"
            for direction, strength, n in directions
            if n
        ]
    )


def _taking_part(counts: ReportingCounts, review: str) -> str:
    number, second_hand = counts.taking_part, counts.second_hand_taking_part
    only = "only on taking part, or on something that was made"
    if not number:
        return f"According to the {review} alone, {_who(second_hand, counts)} {only}." if second_hand else ""
    does = "does" if second_hand == 1 else "do"
    more = f" The {review} says {second_hand} more {does}." if second_hand else ""
    return f"{capitalise(_who(number, counts))} {only}.{more}"


def _who(number: int, counts: ReportingCounts) -> str:
    who = f"{number} more" if counts.read + counts.second_hand else plural(number, "study")
    return f"{who} {'reports' if number == 1 else 'report'}"
