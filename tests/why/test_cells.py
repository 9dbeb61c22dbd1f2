"""What ``why`` lists of a cell of a table explains why it counts there, and leaves no study out."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

import pytest

from tests.bases import SAMPLE
from tests.recount import reading, recount
from tests.why.opened import (
    CHANGE,
    Entry,
    Member,
    Opened,
    Place,
    aims_at,
    at,
    code_of,
    codes_of,
    has_finding,
    has_status,
    members,
    reports_side,
)

pytestmark = pytest.mark.slow


def _has(member: Member, field: str, *terms: str, **more: frozenset[str]) -> bool:
    """Whether there are findings, and every one that is listed has one of the terms."""
    wanted = {field: frozenset(terms), **more}
    found = member["findings"]
    return bool(found) and all(f[name] in allowed for f in found for name, allowed in wanted.items())


Rule = Callable[[str, str, Member], bool]
"""Whether what is listed of a study or thing shows that it belongs in a row and a column."""


def _kinds(raw: reading.Base) -> dict[str, Any]:
    """Return the kind of each design, primary or review."""
    return {t["id"]: t.get("kind") for t in raw.terms["designs"].values()}


def _below(raw: reading.Base, row: str) -> list[str]:
    """Return the outcomes of a stakeholder, of a domain or of one outcome."""
    outcomes = {t["id"] for t in raw.terms["outcomes"].values()}
    return [o for o in outcomes if row == "all" or o == row or o.startswith(f"{row}.")]


def _area(raw: reading.Base, row: str, framework: str = "care_act") -> list[str]:
    """Return the outcomes that belong to an area of the Care Act, or of another framework."""
    return [o for o, t in raw.terms["outcomes"].items() if row in t.get(framework, [])]


def _in_map_column(raw: reading.Base, outcomes: list[str], column: str, m: Member) -> bool:
    """Check a row of the map: its findings are on the outcomes, of a change, and by a design of the column."""
    if column == "said":
        return bool(set(codes_of(m, "outcomes")) & set(outcomes))
    change = CHANGE if column == "outcome" else {}
    kind = {"primary": "primary", "reviews": "review"}.get(column)
    return _has(m, "outcome", *outcomes, **change) and (kind is None or _kinds(raw).get(code_of(m, "design")) == kind)


def _in_nation(raw: reading.Base, column: str, m: Member) -> bool:
    places = _places(raw, m)
    home = {_place(p) for p, t in raw.terms["places"].items() if t.get("in_scope")}
    if column == "not-seen":
        return places == {"not_coded"}
    return not places & home if column == "elsewhere" else column in places


KNOWN = {"both": (True, True), "outcome": (True, False), "process": (False, True), "neither": (False, False)}


def _aims(row: str, m: Member, *, primary: bool) -> bool:
    sides = (aims_at("outcome", primary=primary)(m), aims_at("process", primary=primary)(m))
    return None in sides if row == "unknown" else sides == KNOWN[row]


def _reports(row: str, m: Member, *, broad: bool) -> bool:
    sides = (reports_side("outcome", broad=broad)(m), reports_side("process", broad=broad)(m))
    return None in sides if row == "unknown" else sides == KNOWN[row]


def _with_term(field: str) -> Rule:
    """Return the rule of a table of findings: every listed finding has the row's term and reports a change."""
    return lambda row, column, m: _has(m, field, row, **CHANGE)


def _focus_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        "focus.cells": lambda row, column, m: (
            _aims(row, m, primary=column == "primary-aim")
            if column.endswith("-aim")
            else _reports(row, m, broad=column == "reported-broad")
        ),
        "focus.groups": lambda row, column, m: _has(
            m,
            "outcome",
            *_below(raw, row),
            level=reading.OUTCOME_LEVELS if column == "outcome" else reading.PROCESS_LEVELS,
        ),
    }


def _group_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        "representation.codes": lambda row, column, m: (
            code_of(m, f"populations.{row}") in ({column} | ({"included_n"} if column == "included" else set()))
        ),
        "beneficiaries.directions": lambda row, column, m: _has(
            m, "beneficiary", row, **CHANGE, **({} if column == "all" else {"direction": frozenset({column})})
        ),
        "beneficiaries.people": _with_term("person_role"),
        "beneficiaries.staff": _with_term("staff_role"),
        "intersections.map": lambda row, column, m: (
            code_of(m, f"populations.{row}") in ("focus", "included_n") and _has(m, "outcome", *_below(raw, column))
        ),
        "principles.codes": lambda row, column, m: code_of(m, f"principles_mentioned.{row}") == column,
    }


def _map_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        "matrix.map": lambda row, column, m: _in_map_column(raw, _below(raw, row), column, m),
        "matrix.outcomes": lambda row, column, m: _in_map_column(raw, _below(raw, row), column, m),
        "matrix.sector-by-place": lambda row, column, m: (
            (row == "all" or row in codes_of(m, "sector"))
            and (column == "all" or column in _with_wider(raw, codes_of(m, "geography.data")))
            and {"sector", "geography.data"} <= set(m["codes"])
        ),
        "matrix.stakeholder-by-direction": lambda row, column, m: (
            _has(m, "outcome", *_below(raw, row)) and (column == "all" or _has(m, "direction", column))
        ),
        "matrix.design-by-measurement": lambda row, column, m: (
            row in ("all", code_of(m, "design"))
            and bool(m["findings"])
            and (column == "all" or _has(m, "measurement", column))
        ),
    }


def _care_act_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        "care-act.areas": lambda row, column, m: _in_map_column(raw, _area(raw, row), column, m),
        "care-act.ascof": lambda row, column, m: _in_map_column(raw, _area(raw, row, "ascof"), column, m),
        "care-act.ascot": lambda row, column, m: _in_map_column(raw, _area(raw, row, "ascot"), column, m),
        "care-act.nations": lambda row, column, m: _has(m, "outcome", *_area(raw, row)) and _in_nation(raw, column, m),
    }


def _outcome_rules() -> dict[str, Rule]:
    return {
        "sector.sectors": lambda row, column, m: (
            (row == "all" or row in codes_of(m, "sector")) and (column == "eligible" or has_finding(m, **CHANGE))
        ),
        "direction.strength": lambda row, column, m: _has(
            m, "asserts", row, **(CHANGE if column.startswith("outcome") else {})
        ),
        "direction.findings": lambda row, column, m: _has(
            m, "direction", row, **(CHANGE if column.startswith("outcome") else {})
        ),
        "overlap.outcomes": lambda row, column, m: _has(m, "outcome", row),
        "testimony.outcomes": lambda row, column, m: (
            row in codes_of(m, "outcomes") if column == "statements" else _has(m, "outcome", row)
        ),
        "lasting.times": _with_term("follow_up"),
    }


def _measurement_rules(raw: reading.Base) -> dict[str, Rule]:
    instruments = {f["id"]: f.get("instruments", []) for s in raw.studies for f in reading.findings(s)}
    return {
        "measurement.types": _with_term("measurement"),
        "measurement.instruments": lambda row, column, m: (
            bool(m["findings"]) and all(row in instruments[f["id"]] for f in m["findings"])
        ),
    }


def _currency_rules(raw: reading.Base) -> dict[str, Rule]:
    kinds = _kinds(raw)
    return {
        "currency.years": lambda row, column, m: (
            code_of(m, "citation.issued" if column == "published" else "search.end")[:4]
            == {"not-known": "not "}.get(row, row)
        ),
        "currency.places": lambda row, column, m: (
            (code_of(m, "geography.data") == "not_coded" if row == "not-seen" else _place(row) in _places(raw, m))
            and (column != "outcome" or has_finding(m, **CHANGE))
            and (column != "primary" or kinds.get(code_of(m, "design")) == "primary")
        ),
    }


def _claim_rules(raw: reading.Base) -> dict[str, Rule]:
    sections = {claim["id"]: claim["section"] for claim in raw.review["claims"]}
    return {
        "claims.sections": lambda row, column, m: (
            row in ("all", sections[m["id"]]) and (column == "all" or bool(_by_status(column, m)))
        ),
        "claims.groups": lambda row, column, m: column == "all" or bool(_by_status(column, m)),
    }


def _cell_rules(raw: reading.Base) -> dict[str, Rule]:
    """Return the rule of each table."""
    return {
        **_focus_rules(raw),
        **_group_rules(raw),
        **_map_rules(raw),
        **_care_act_rules(raw),
        **_outcome_rules(),
        **_measurement_rules(raw),
        **_currency_rules(raw),
        **_claim_rules(raw),
    }


def _by_status(column: str, member: Member) -> Place:
    return has_status(column.replace("-", "_"))(member)


def _place(row: str) -> str:
    return row.lower().replace(" ", "-")


def _places(raw: reading.Base, member: Member) -> set[str]:
    return {_place(p) for p in _with_wider(raw, codes_of(member, "geography.data"))}


def _with_wider(raw: reading.Base, places: Iterable[str]) -> set[str]:
    """Places, and the wider places that they are part of."""
    return {*places, *(wider for p in places if (wider := raw.terms["places"].get(p, {}).get("part_of")))}


TABLES = (
    "beneficiaries.directions", "beneficiaries.people", "beneficiaries.staff",
    "care-act.areas", "care-act.nations", "claims.groups", "claims.sections",
    "currency.places", "currency.years", "direction.findings", "direction.strength", "focus.cells", "focus.groups",
    "intersections.map",
    "lasting.times", "matrix.design-by-measurement", "matrix.map", "matrix.outcomes", "matrix.sector-by-place",
    "matrix.stakeholder-by-direction", "measurement.instruments", "measurement.types", "overlap.outcomes",
    "principles.codes", "representation.codes", "sector.sectors", "testimony.outcomes",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_cell_members_show_why_they_count(table: str, opened: Opened, raw: reading.Base) -> None:
    rule = _cell_rules(raw)[table]
    wrong, listed = [], 0
    for identity, report in opened.cells.items():
        name, row, column = identity.split("/")
        for m in members(report) if name == table else ():
            listed += 1
            if not rule(row, column, m):
                wrong.append((identity, m["id"], m["codes"], [f["id"] for f in m["findings"]]))
    assert listed
    assert wrong == []


def test_every_table_that_opens_is_checked(opened: Opened) -> None:
    assert {identity.partition("/")[0] for identity in opened.cells} == set(TABLES)


def test_cells_omit_no_study(opened: Opened, raw: reading.Base) -> None:
    cells = recount.cells(SAMPLE)
    for identity, report in opened.cells.items():
        table, row, column = identity.split("/")
        if identity in cells:
            wanted = cells[identity]
        elif table == "intersections.map":
            wanted = [s["id"] for s in raw.eligible if _at_crossing(s, row, column)]
        elif table == "matrix.sector-by-place":
            wanted = [s["id"] for s in raw.eligible if _in(s.get("sector"), row) and _in(_data(raw, s), column)]
        elif table == "matrix.stakeholder-by-direction":
            wanted = [s["id"] for s in raw.eligible if any(_points(f, row, column) for f in reading.findings(s))]
        else:
            continue
        assert sorted(at(report, "counted")) == sorted(wanted), identity


def _at_crossing(study: Entry, group: str, column: str) -> bool:
    there = [f for f in reading.findings(study) if column in ("all", reading.domain(f["outcome"]))]
    return bool(there) and reading.population(study, group) in ("focus", "included_n")


def _in(terms: Collection[str] | None, wanted: str) -> bool:
    return bool(terms) if wanted == "all" else wanted in (terms or [])


def _data(raw: reading.Base, study: Entry) -> set[str]:
    return _with_wider(raw, (study.get("geography") or {}).get("data") or [])


def _points(finding: Entry, group: str, direction: str) -> bool:
    return group in ("all", finding["outcome"].split(".")[0]) and direction in ("all", finding["direction"])


def test_finding_cells_agree_with_study_cells(opened: Opened) -> None:
    """Studies and findings of one row go together: the findings are those of the studies."""
    for table in ("beneficiaries.people", "measurement.types", "direction.findings"):
        rows = {i.rpartition("/")[0] for i in opened.cells if i.startswith(f"{table}/")}
        for row in rows:
            found, studies = (at(opened.cells[f"{row}/{column}"], "counted") for column in ("findings", "studies"))
            assert list(dict.fromkeys(f.rpartition(".")[0] for f in found)) == studies, row
