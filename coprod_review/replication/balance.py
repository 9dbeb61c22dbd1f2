"""R07 and R09 to R11: where the review says that there is more of one thing than of another."""

from collections import Counter
from collections.abc import Mapping

from coprod_review.gaps.analyses.focus import examines, reports
from coprod_review.gaps.ratios import four_cells
from coprod_review.gaps.study_sets import ids
from coprod_review.gaps.tally import MIN_STUDIES
from coprod_review.model.record import NOT_CODED
from coprod_review.model.review import Stated
from coprod_review.model.study import stakeholder
from coprod_review.replication.queries import MissingDataError, ReviewQueries
from coprod_review.replication.sentences import bracketed
from coprod_review.replication.verdicts import Answer, Verdict, exceeds
from coprod_review.results.intervals import bonett_price
from coprod_review.text.grammar import plural


def fewer_on_staff(stated: Stated, held: ReviewQueries) -> Answer:
    """R07: works cited for staff against works cited for people."""
    staff, people = held.for_group("staff"), held.for_group("people")
    verdict = exceeds(len(people), len(staff), 0)
    gives = f"{plural(len(staff), 'work')} cited for staff, {len(people)} for people, of {len(held.cited)} in all."
    reason = f"In this base the works cited for staff are {'fewer' if verdict == 'agree' else 'not fewer'}."
    return Answer(gives, verdict, reason, dict.fromkeys(ids((*staff, *people))))


def more_health(stated: Stated, held: ReviewQueries) -> Answer:
    """R09: works cited for outcomes by sector; a work may have several."""
    social = held.framework.about.scope.sector
    kinds = Counter(("health" in s.sector, social in s.sector) for s in held.cited if s.sector)
    alone = [s.id for s in held.cited if set(s.sector) == {social}]
    unknown = sum(not s.sector for s in held.cited)
    health, care = (sum(n for key, n in kinds.items() if key[place]) for place in (0, 1))
    gives = (
        f"Of {plural(len(held.cited), 'work')} cited for outcomes, {health} are about health care and {care} about "
        f"social care: health without social care {kinds[True, False]}, both {kinds[True, True]}, social care without "
        f"health {kinds[False, True]}, neither {kinds[False, False]}, not known {unknown}. About social care and no "
        f"other sector: {len(alone)}{bracketed(alone)}."
    )
    verdict = exceeds(health, care, unknown)
    return Answer(gives, verdict, f"In this base works on health care {_IN_WORDS[verdict]}.", ids(held.cited))


_IN_WORDS: Mapping[Verdict, str] = {
    "agree": "are the more numerous",
    "differ": "are not the more numerous",
    "cannot_tell": "may or may not be the more numerous, as too much is not known",
}


def gains_of_taking_part(stated: Stated, held: ReviewQueries) -> Answer:
    """R10: benefits to people by who gained; most means more than all others and all unknown together."""
    benefits = ((s.id, f) for s in held.cited for f in s.findings if f.direction == "benefit")
    gains = [(study, f.beneficiary) for study, f in benefits if stakeholder(f.outcome) == "people"]
    if not gains:
        raise MissingDataError("no benefit to people is held among what the review reports")
    who = Counter(beneficiary for _, beneficiary in gains)
    taking_part, unknown = who["co_producer"], who[NOT_CODED]
    others = len(gains) - taking_part - unknown
    gives = (
        f"Of {plural(len(gains), 'finding')} on benefits to people that the review reports, {taking_part} name those "
        f"who took part as the ones who gain and {others} name others; for {unknown} it is not known."
    )
    verdict = exceeds(taking_part, others, unknown)
    reason = f"In this base benefits to those who took part {_IN_WORDS[verdict]}."
    return Answer(gives, verdict, reason, dict.fromkeys(study for study, _ in gains))


def outcome_against_process(stated: Stated, held: ReviewQueries) -> Answer:
    """R11: what studies say they examine, and what they were seen to report; the verdict rests on the first."""
    declared = four_cells(held.evidence, examines("outcome"), examines("process"))
    both, first, second = len(declared.both), len(declared.first_only), len(declared.second_only)
    outcome, process, unknown = both + first, both + second, len(declared.unknown)
    gives = (
        f"Of {plural(len(held.evidence), 'study')}, {outcome} say that they examine outcomes and {process} process"
        f"{_ratio(both, first, second)}; not known for {unknown}. {_seen_to_report(held)}"
    )
    verdict = _beyond_chance(exceeds(process, outcome, unknown), both, first, second)
    few = {
        "agree": "examined by fewer studies than process is",
        "differ": "not examined by fewer studies than process is",
    }
    reason = (
        f"In this base outcomes are {few.get(verdict, 'neither clearly more nor clearly less examined than process')}"
    )
    tilt = "; how its works were chosen may tilt that" if held.framework.about.selection else ""
    return Answer(gives, verdict, f"{reason}{tilt}.", ids(held.evidence))


def _beyond_chance(verdict: Verdict, both: int, first: int, second: int) -> Verdict:
    """The verdict only where the whole interval of the ratio lies on its side of 1."""
    if both + first + second < MIN_STUDIES or not both + second:
        return "cannot_tell"
    low, high = bonett_price(both, first, second)
    return "cannot_tell" if low <= 1 <= high else verdict


def _seen_to_report(held: ReviewQueries) -> str:
    book = held.framework.codebook
    seen = four_cells(held.evidence, reports("outcome", book, "strict"), reports("process", book, "strict"))
    return (
        f"Seen to report both {len(seen.both)}, outcomes alone {len(seen.first_only)}, process alone "
        f"{len(seen.second_only)}, neither {len(seen.neither)}; not known on both sides for {len(seen.unknown)}."
    )


def _ratio(both: int, first: int, second: int) -> str:
    if both + first + second < MIN_STUDIES or not both + second:
        return ""
    low, high = bonett_price(both, first, second)
    return f" (ratio {(both + first) / (both + second):.2f}; could plausibly be {low:.2f} to {high:.2f})"
