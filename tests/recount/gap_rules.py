"""The rules that name gaps, by the studies, findings and statements of one domain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.recount.reading import (
    COUNTS_AS,
    OUTCOME_LEVELS,
    SIDES,
    Base,
    Entry,
    code,
    domain,
    findings,
    number_of_studies,
    search_end,
    statements,
    year,
)
from tests.recount.study_sets import UNFAVOURABLE, at_home, serious_concern, with_domain


@dataclass(frozen=True)
class Cell:
    """What the rules see of one domain."""

    base: Base
    studies: list[Entry]
    findings: list[Entry]
    said: int

    @property
    def primary(self) -> list[Entry]:
        """Primary studies of the cell."""
        return self.base.primary(self.studies)

    @property
    def reviews(self) -> list[Entry]:
        """Reviews of the cell."""
        return self.base.reviews(self.studies)


def cell(base: Base, name: str) -> Cell:
    """The studies, findings and statements of a domain."""
    studies = with_domain(base.eligible, name)
    found = [f for s in studies for f in findings(s) if domain(f["outcome"]) == name]
    testimony = [t for t in statements(base) if any(domain(o) == name for o in t.get("outcomes") or [])]
    return Cell(base, studies, found, len(testimony))


def _single_source(cell: Cell, at: Entry) -> bool:
    return len(cell.primary) >= at["min_primary"] and number_of_studies(cell.primary) == 1


def _mixed(cell: Cell, _: Entry) -> bool:
    directions = {f["direction"] for f in cell.findings if f["level"] in OUTCOME_LEVELS}
    return bool(directions & {"benefit", "mixed"}) and bool(directions & UNFAVOURABLE)


def _elsewhere(base: Base, study: Entry) -> bool:
    sectors = study.get("sector") or []
    return bool(sectors and base.sector not in sectors) or at_home(base, study) is False


def _indirect(cell: Cell, at: Entry) -> bool:
    return number_of_studies(cell.studies) >= at["min_studies"] and all(_elsewhere(cell.base, s) for s in cell.studies)


def _synthesis(cell: Cell, at: Entry) -> bool:
    return number_of_studies(cell.primary) >= at["min_primary"] and not any(
        _reaches(s, recent(cell.base, at)) for s in cell.reviews
    )


def recent(base: Base, at: Entry) -> tuple[int, int]:
    """Year and month from which on the search of a review is recent."""
    return base.as_of.year - at["max_age_years"], base.as_of.month


def _reaches(review: Entry, month: tuple[int, int]) -> bool:
    """Whether a search may have ended in a month or later; one without an end, as late as its publication."""
    end = search_end(review)
    if end is None:
        return (year(review) or 9999, 12) >= month
    return (int(end[:4]), int(end[5:7] or 12)) >= month


def _quality(cell: Cell, at: Entry) -> bool:
    appraised = [s for s in cell.studies if s.get("appraisal")]
    return number_of_studies(appraised) >= at["min_appraised"] and all(serious_concern(s) for s in appraised)


def _unappraised(cell: Cell, at: Entry) -> bool:
    return number_of_studies(cell.studies) >= at["min_studies"] and not any(s.get("appraisal") for s in cell.studies)


def _not_coded(cell: Cell, _: Entry) -> bool:
    coded = {s[COUNTS_AS] for s in cell.base.eligible if findings(s) or sides_coded(s)}
    silent = {s[COUNTS_AS] for s in cell.base.eligible} - coded
    return len(silent) > number_of_studies(cell.studies)


def sides_coded(study: Entry) -> bool:
    """Whether anything is coded of what a study reports."""
    return any(code(study.get("reports") or {}, side) != "not_coded" for side in SIDES)


FIRES: Mapping[str, Callable[[Cell, Entry], bool]] = {
    "testimony_only": lambda cell, at: not cell.studies and cell.said >= at["min_statements"],
    "none": lambda cell, _: not cell.studies and not cell.said,
    "review_only": lambda cell, at: number_of_studies(cell.reviews) >= at["min_reviews"] and not cell.primary,
    "thin": lambda cell, at: 1 <= number_of_studies(cell.studies) <= at["max_studies"],
    "single_source": _single_source,
    "mixed": _mixed,
    "indirect": _indirect,
    "synthesis": _synthesis,
    "quality": _quality,
    "unappraised": _unappraised,
    "not_coded": _not_coded,
}


def few(base: Base, studies: list[Entry]) -> list[str]:
    [most] = [r["thresholds"]["max_studies"] for r in base.rules if r["id"] == "thin"]
    if not studies:
        return ["none"]
    return ["thin"] if number_of_studies(studies) <= most else []
