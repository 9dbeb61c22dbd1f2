"""Figures and cells as ``why`` opens them, and what each lists."""

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from coprod_review.gaps.registry import AnalysisResults
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.reports.request import ReportRequest
from coprod_review.why import lookup
from tests.conftest import entry
from tests.recount import reading
from tests.recount.analyses import claims

CROSSED = (("sector", "place"), ("stakeholder", "direction"), ("design", "measurement"))

IN_NUMERATOR, IN_DENOMINATOR = ("counted", "both sides", "first side alone"), ("both sides", "second side alone")

Entry = dict[str, Any]


class Opened(NamedTuple):
    """The JSON of ``why`` by id: of figures, and of cells of tables."""

    figures: dict[str, Entry]
    cells: dict[str, Entry]

    @property
    def every(self) -> dict[str, Entry]:
        return {**self.figures, **self.cells}


def open_id(base: EvidenceBase, identity: str, results: AnalysisResults | None = None, **asked: Any) -> Entry:
    """The JSON of what ``why`` reports of an id, from results that are computed if none are given."""
    request = ReportRequest(**asked)
    results = results or AnalysisResults(base.studies, base.framework, request.options)
    report: Entry = json.loads(json.dumps(lookup.why_report(base, identity, results, request).payload()))
    return report


def members(report: Entry) -> list[Entry]:
    """What a report lists from what was read, studies or other things."""
    return [member for member in every_member(report) if not member["attributed"]]


def attributed(report: Entry) -> list[Entry]:
    """What a report lists from the review alone."""
    return [member for member in every_member(report) if member["attributed"]]


def every_member(report: Entry) -> list[Entry]:
    """What a report lists, from what was read and from the review alone."""
    listed: list[Entry] = report["studies" if report["figure"]["unit"] == "study" else "members"]
    return listed


def at(report: Entry, *places: str) -> list[str]:
    """The ids that are listed at some places."""
    return [m["id"] for m in members(report) if m["place"] in places]


def counted_anywhere(report: Entry) -> set[str]:
    """The ids of what is counted, from what was read or from the review alone."""
    return {member["id"] for member in every_member(report) if member["place"] == "counted"}


Member = Entry

Place = bool | None
"""Counted, not counted, or not known."""


def code_of(member: Member, path: str) -> str:
    """A listed code without its reason."""
    return str(member["codes"].get(path, "")).partition(" (")[0]


def codes_of(member: Member, path: str) -> list[str]:
    """The listed codes of a field that has several."""
    return re.split(r", | and ", code_of(member, path))


def has_finding(member: Member, **wanted: frozenset[str]) -> bool:
    """Whether a listed finding has one of the wanted terms in each field."""
    return any(all(f[field] in terms for field, terms in wanted.items()) for f in member["findings"])


CHANGE = {"level": reading.OUTCOME_LEVELS}

VALUED = ("people.self.valued", "people.self.contribution")
"""What the broad definition counts as outcomes and no longer as process."""


def aims_at(side: str, *, primary: bool = False) -> Callable[[Member], Place]:
    """Whether a side is an aim by the listed code; a secondary aim counts unless ``primary`` is asked for."""

    def place(member: Member) -> Place:
        code = code_of(member, f"aims.{side}")
        return None if code == "not_coded" else code == "primary" or (code == "secondary" and not primary)

    return place


def reports_side(side: str, *, broad: bool = False) -> Callable[[Member], Place]:
    """Whether a side is reported: a finding shows that it is, and a full text can show that it is not."""

    def of(finding: Entry) -> str:
        outcome = finding["level"] in reading.OUTCOME_LEVELS or (broad and finding["outcome"] in VALUED)
        return "outcome" if outcome else "process"

    def place(member: Member) -> Place:
        if any(of(finding) == side for finding in member["findings"]):
            return True
        return False if code_of(member, f"reports.{side}") == "absent" else None

    return place


def has_status(wanted: str) -> Callable[[Member], Place]:
    """Whether the listed corroboration of a claim gives it a status."""

    def place(member: Member) -> Place:
        codes = member["codes"].items()
        judged = {path.removeprefix("corroboration."): v for path, v in codes if path.startswith("corroboration.")}
        return claims.claim_status({"corroboration": judged}) == wanted

    return place


def _aims(outcome: str, process: str) -> str:
    sides = (("outcome", outcome), ("process", process))
    return "    aims:\n" + "".join(
        f"      {side}: {{code: {code}, reason: Says so., read_in: aim}}\n" for side, code in sides
    )


SMALL = (
    entry("Kay", 2019, _aims("primary", "not_an_aim") + "    sector: [health]\n")
    + entry("Able", 2020, _aims("not_an_aim", "primary") + "    sector: [health, social-care]\n")
    + entry("Baker", 2021, _aims("primary", "secondary") + "    sector: [social-care]\n")
)
