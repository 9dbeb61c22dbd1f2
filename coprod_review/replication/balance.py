"""R07 and R09 to R11: points where the review says that there is more of one thing than of another."""

from collections import Counter
from collections.abc import Mapping

from coprod_review.gaps.analyses.focus import examines, reports
from coprod_review.gaps.ratios import FourCells, four_cells
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

_MORE_NUMEROUS: Mapping[Verdict, str] = {
    "agree": "are the more numerous",
    "differ": "are not the more numerous",
    "cannot_tell": "may or may not be the more numerous, as too much is not known",
}
"""Whether some works are the more numerous, in words."""
_EXAMINED: Mapping[Verdict, str] = {
    "agree": "examined by fewer studies than process is",
    "differ": "not examined by fewer studies than process is",
    "cannot_tell": "neither clearly more nor clearly less examined than process",
}
"""Whether fewer studies examine outcomes than process, in words."""


def fewer_on_staff(stated: Stated, queries: ReviewQueries) -> Answer:
    """R07: Compare the works cited for staff with those cited for people."""
    staff, people = queries.works_for_group("staff"), queries.works_for_group("people")
    verdict = exceeds(len(people), len(staff), 0)
    gives = f"{plural(len(staff), 'work')} cited for staff, {len(people)} for people, of {len(queries.cited)} in all."
    reason = f"In this base the works cited for staff are {'fewer' if verdict == 'agree' else 'not fewer'}."
    return Answer(gives, verdict, reason, dict.fromkeys(ids((*staff, *people))))


def more_health(stated: Stated, queries: ReviewQueries) -> Answer:
    """R09: Compare the works cited for outcomes by sector; a work may have several sectors."""
    sector = queries.framework.about.scope.sector
    by_sectors = Counter(("health" in s.sector, sector in s.sector) for s in queries.cited if s.sector)
    both, health_only, social_only = (by_sectors[key] for key in ((True, True), (True, False), (False, True)))
    health, social = both + health_only, both + social_only
    no_other_sector = [s.id for s in queries.cited if set(s.sector) == {sector}]
    unknown = sum(not s.sector for s in queries.cited)
    gives = (
        f"Of {plural(len(queries.cited), 'work')} cited for outcomes, {health} are about health care and {social} "
        f"about social care: health without social care {health_only}, both {both}, social care without "
        f"health {social_only}, neither {by_sectors[False, False]}, not known {unknown}. About social care and no "
        f"other sector: {len(no_other_sector)}{bracketed(no_other_sector)}."
    )
    verdict = exceeds(health, social, unknown)
    return Answer(gives, verdict, f"In this base works on health care {_MORE_NUMEROUS[verdict]}.", ids(queries.cited))


def gains_of_taking_part(stated: Stated, queries: ReviewQueries) -> Answer:
    """R10: Compare benefits to people by who gains; "most" means more than all others and all unknown together."""
    benefits = ((s.id, f) for s in queries.cited for f in s.findings if f.direction == "benefit")
    gains = [(study, f.beneficiary) for study, f in benefits if stakeholder(f.outcome) == "people"]
    if not gains:
        raise MissingDataError("no benefit to people is held among what the review reports")
    beneficiaries = Counter(beneficiary for _, beneficiary in gains)
    taking_part, unknown = beneficiaries["co_producer"], beneficiaries[NOT_CODED]
    others = len(gains) - taking_part - unknown
    gives = (
        f"Of {plural(len(gains), 'finding')} on benefits to people that the review reports, {taking_part} name those "
        f"who took part as the ones who gain and {others} name others; for {unknown} it is not known."
    )
    verdict = exceeds(taking_part, others, unknown)
    reason = f"In this base benefits to those who took part {_MORE_NUMEROUS[verdict]}."
    return Answer(gives, verdict, reason, dict.fromkeys(study for study, _ in gains))


def outcome_against_process(stated: Stated, queries: ReviewQueries) -> Answer:
    """R11: Compare what studies say they examine, which decides the verdict, and what they report."""
    declared = four_cells(queries.evidence, examines("outcome"), examines("process"))
    both, outcome_only, process_only = declared.counts
    outcome, process, unknown = both + outcome_only, both + process_only, len(declared.unknown)
    gives = (
        f"Of {plural(len(queries.evidence), 'study')}, {outcome} say that they examine outcomes and {process} process"
        f"{_ratio(declared)}; not known for {unknown}. {_reported(queries)}"
    )
    interval = _ratio_interval(declared)
    beyond_chance = interval is not None and not interval[0] <= 1 <= interval[1]
    verdict: Verdict = exceeds(process, outcome, unknown) if beyond_chance else "cannot_tell"
    caution = "; how its works were chosen may tilt that" if queries.framework.about.selection else ""
    return Answer(gives, verdict, f"In this base outcomes are {_EXAMINED[verdict]}{caution}.", ids(queries.evidence))


def _ratio_interval(cells: FourCells) -> tuple[float, float] | None:
    """Return the limits of the ratio of outcome to process, or ``None`` if too few studies have either side."""
    both, outcome_only, process_only = cells.counts
    if both + outcome_only + process_only < MIN_STUDIES or not both + process_only:
        return None
    return bonett_price(both, outcome_only, process_only)


def _ratio(cells: FourCells) -> str:
    interval = _ratio_interval(cells)
    if interval is None:
        return ""
    both, outcome_only, process_only = cells.counts
    ratio = (both + outcome_only) / (both + process_only)
    return f" (ratio {ratio:.2f}; could plausibly be {interval[0]:.2f} to {interval[1]:.2f})"


def _reported(queries: ReviewQueries) -> str:
    codebook = queries.framework.codebook
    outcome, process = reports("outcome", codebook, "strict"), reports("process", codebook, "strict")
    cells = four_cells(queries.evidence, outcome, process)
    return (
        f"Seen to report both {len(cells.both)}, outcomes alone {len(cells.first_only)}, process alone "
        f"{len(cells.second_only)}, neither {len(cells.neither)}; not known on both sides for {len(cells.unknown)}."
    )
