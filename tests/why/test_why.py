"""Every number opens: what ``why`` lists gives the number again, and is what the files say.

``python -m tests.why.test_why`` writes the ids of figures and tables again after a change that is meant.
"""

import csv
import functools
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pytest

from coprod_review.gaps.registry import ANALYSES, Options
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.render import RENDERERS
from coprod_review.reports.gaps import gaps_report, results_of
from coprod_review.reports.request import ReportRequest
from coprod_review.results.result import Result
from coprod_review.validate import sound_base
from coprod_review.why import lookup
from tests.conftest import REPOSITORY, base_of, entry
from tests.recount import recount

RECORD = REPOSITORY / "tests/shipped_data/figures.txt"
CROSSED = (("sector", "place"), ("stakeholder", "direction"), ("design", "measurement"))
IN_NUMERATOR, IN_DENOMINATOR = ("counted", "both sides", "first side alone"), ("both sides", "second side alone")

Entry = dict[str, Any]


# --- everything that opens, opened once -------------------------------------------


@pytest.fixture(scope="session")
def results(bundled: EvidenceBase) -> tuple[Result, ...]:
    """Every analysis of the bundled base, the map of single outcomes, and some crossings."""
    options = (Options(detail=True), *(Options(rows=rows, cols=cols) for rows, cols in CROSSED))
    more = [result for chosen in options for result in results_of(bundled, ["matrix"], ReportRequest(options=chosen))]
    return (*results_of(bundled, list(ANALYSES)), *more)


class Opened(NamedTuple):
    """The JSON of ``why`` by id: of figures, and of cells of tables."""

    figures: dict[str, Entry]
    cells: dict[str, Entry]

    @property
    def every(self) -> dict[str, Entry]:
        return {**self.figures, **self.cells}


@pytest.fixture(scope="session")
def opened(bundled: EvidenceBase, results: tuple[Result, ...]) -> Opened:
    """Every figure and every cell opened; each analysis is run once, which is all that is spared."""
    figures = [f.id for result in results for f in result.figures]
    cells = [name for result in results for table in result.tables for name, _, _ in table.cells()]

    @functools.cache
    def once(name: str, options: Options) -> tuple[Result, ...]:
        return results_of(bundled, [name], ReportRequest(options=options))

    def remembered(base: EvidenceBase, names: Sequence[str], asked: ReportRequest) -> tuple[Result, ...]:
        assert base is bundled
        return tuple(result for name in names for result in once(name, asked.options))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "results_of", remembered)
        return Opened(*({i: _open(bundled, i) for i in dict.fromkeys(names)} for names in (figures, cells)))


def _open(base: EvidenceBase, identity: str, **asked: Any) -> Entry:
    report: Entry = json.loads(json.dumps(lookup.why_report(base, identity, ReportRequest(**asked)).payload()))
    return report


def members(report: Entry) -> list[Entry]:
    """What a report lists, studies or other things."""
    found: list[Entry] = report["studies" if report["figure"]["unit"] == "study" else "members"]
    return found


def at(report: Entry, *places: str) -> list[str]:
    """The ids that are listed at some places."""
    return [m["id"] for m in members(report) if m["place"] in places]


@pytest.fixture(scope="session")
def raw() -> recount.Base:
    """The files of the bundled base as they are written."""
    return recount.read(recount.DATA)


# --- the number again, from what is listed alone -----------------------------------


def test_every_figure_and_every_cell_opens(opened: Opened) -> None:
    assert len(opened.figures) > 150
    assert len(opened.cells) > 1500
    wrong = {i: r["figure"]["id"] for i, r in opened.every.items() if r["figure"]["id"] != i}
    assert wrong == {}
    assert {r["schema"] for r in opened.every.values()} == {"coprod-review/why/1"}
    assert [i for i, r in opened.every.items() if r["rule"] != r["figure"]["definition"] or not r["rule"]] == []


def test_listed_studies_reproduce_every_count(opened: Opened) -> None:
    wrong = {}
    for identity, report in opened.figures.items():
        figure, listed = report["figure"], members(report)
        if figure["unit"] == "inclusion" or figure["kind"] == "median":
            continue
        ratio = figure["kind"] == "ratio"
        above = len(at(report, *IN_NUMERATOR))
        below = len(at(report, *IN_DENOMINATOR) if ratio else at(report, "counted", "not counted"))
        unknown = len(at(report, "not known"))
        stated = (figure["numerator"] or 0, figure["denominator"], (figure["unknown"] or {"count": 0})["count"])
        counted = (above, None if figure["denominator"] is None else below, unknown)
        if stated != counted or len({m["id"] for m in listed}) != len(listed):
            wrong[identity] = (stated, counted)
    assert wrong == {}


def test_listed_studies_reproduce_every_value(opened: Opened) -> None:
    valued = {i: r for i, r in opened.figures.items() if r["figure"]["value"] is not None}
    assert {r["figure"]["kind"] for r in valued.values()} == {"share", "ratio", "median", "count"}
    wrong = {
        i: (r["figure"]["value"], again) for i, r in valued.items() if (again := _value(r)) != r["figure"]["value"]
    }
    assert wrong == {}


def _value(report: Entry, without: str = "") -> float | None:
    """The share, ratio or median of what is listed, but for one."""
    kept = [m for m in members(report) if m["id"] != without]
    if report["figure"]["kind"] == "median":
        return float(median(int(next(iter(m["codes"].values()))[:4]) for m in kept if m["place"] == "counted"))
    above = sum(m["place"] in IN_NUMERATOR for m in kept)
    places = IN_DENOMINATOR if report["figure"]["kind"] == "ratio" else ("counted", "not counted")
    below = sum(m["place"] in places for m in kept)
    return above / below if below else None


def test_intervals_and_bounds_follow_from_what_is_listed(opened: Opened) -> None:
    wrong = []
    for identity, report in opened.figures.items():
        figure = report["figure"]
        yes, known = len(at(report, "counted")), len(at(report, "counted", "not counted"))
        every = known + len(at(report, "not known"))
        if figure["interval"] and figure["kind"] == "share":
            found = recount.share_interval(yes, known)
            stated = (figure["interval"]["low"], figure["interval"]["high"])
        elif figure["interval"]:
            cells = (len(at(report, place)) for place in ("both sides", "first side alone", "second side alone"))
            found = recount.bonett_price(*cells)
            stated = (figure["interval"]["low"], figure["interval"]["high"])
        elif figure["kind"] == "share" and every:
            found = (yes / every, len(at(report, "counted", "not known")) / every)
            stated = (figure["unknown"]["low"], figure["unknown"]["high"])
        else:
            continue
        if stated != pytest.approx(found, abs=1e-12):
            wrong.append((identity, stated, found))
    assert wrong == []


def test_members_give_the_value_without_them(opened: Opened) -> None:
    wrong = []
    for identity, report in opened.figures.items():
        figure = report["figure"]
        has = figure["value"] is not None and figure["kind"] in ("share", "ratio")
        for member in members(report):
            left_out = _value(report, member["id"]) if has and member["place"] != "not known" else None
            if member["value_without"] != left_out:
                wrong.append((identity, member["id"], member["value_without"], left_out))
    assert wrong == []


def test_range_and_influence_come_from_leaving_one_out(opened: Opened) -> None:
    ranged = 0
    for identity, report in opened.figures.items():
        figure = report["figure"]
        without = {m["id"]: m["value_without"] for m in members(report) if m["value_without"] is not None}
        if figure["leave_one_out"] is None:
            assert report["most_influential"] == [], identity
            continue
        ranged += 1
        assert figure["leave_one_out"] == {"low": min(without.values()), "high": max(without.values())}, identity
        moved = {i: abs(value - figure["value"]) for i, value in without.items()}
        assert report["most_influential"] == [i for i, by in moved.items() if by == max(moved.values())], identity
    assert ranged > 30


def test_cells_list_what_their_table_counts(opened: Opened, results: tuple[Result, ...]) -> None:
    seen = 0
    for result in results:
        for table in result.tables:
            for name, _, count in table.cells():
                report = opened.cells[name]
                assert at(report, "counted") == [m["id"] for m in members(report)] == list(count.ids), name
                assert report["figure"]["numerator"] == count.n == len(set(count.ids)), name
                assert report["figure"]["denominator"] is report["figure"]["value"] is None
                seen += 1
    assert seen == len(opened.cells)


# --- what is listed, against the files ----------------------------------------------


def test_listed_codes_match_the_file(opened: Opened, raw: recount.Base) -> None:
    entries = {s["id"]: s for s in raw.studies}
    compared, wrong = set[str](), []
    for identity, report in opened.every.items():
        for member in members(report) if report["figure"]["unit"] == "study" else ():
            study = entries[member["id"]]
            for path, value in member["codes"].items():
                compared.add(path.partition(".")[0])
                if value != _written(study, path):
                    wrong.append((identity, member["id"], path, value, _written(study, path)))
            told = (member["reference"], member["coded_from"], member["coding_note"], member["coders"])
            assert told == (
                study.get("reference"), study["coded_from"], study.get("coding_note"), study.get("coders", [])
            )  # fmt: skip
    assert wrong == []
    assert {
        "focus", "reports", "populations", "principles_mentioned", "sector", "design", "definition", "citation",
        "search", "geography", "looked_for_harm", "cost_measure",
    } <= compared  # fmt: skip


def _written(study: Entry, path: str) -> str:
    """A field as the file has it, in the words of a report."""
    value: Any = study
    for step in path.split("."):
        value = value.get("DOI" if step == "doi" else step) if isinstance(value, dict) else None
    if isinstance(value, list):
        return _listed(value) or "not_coded"
    if isinstance(value, dict):
        return _listed([f"{k} {v}" for k, v in value.items()])
    if value is None:
        plain = path in ("search.end", "citation.doi", "citation.issued", "appraisal")
        return "not recorded" if plain else "not_coded"
    reason = f" ({study['focus_reason']})" if path == "focus" and study.get("focus_reason") else ""
    return f"{value}{reason}"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def test_listed_findings_match_the_file(opened: Opened, raw: recount.Base) -> None:
    written = {f["id"]: f for s in raw.studies for f in recount.findings(s)}
    seen = set[str]()
    for identity, report in opened.every.items():
        for member in members(report):
            for found in member["findings"]:
                seen.add(found["id"])
                plain = written[found["id"]]
                for field in ("outcome", "level", "direction", "evidence_role", "summary"):
                    assert found[field] == plain[field], (identity, found["id"], field)
                for field in ("beneficiary", "measurement", "follow_up"):
                    assert found[field] == recount.code(plain, field), (identity, found["id"], field)
                places = [{k: str(v) for k, v in p.items() if v is not None} for p in found["reported_in"]]
                assert places == [{k: str(v) for k, v in p.items()} for p in plain["reported_in"]], found["id"]
                owner = found["id"].rpartition(".")[0]
                assert member["id"] in (owner, found["id"]), (identity, member["id"])
    assert len(seen) > 100


# --- the codes and findings that are listed put each one where it stands --------------


Member = Entry
Place = bool | None
"""Counted, not counted, or not known."""


def _word(member: Member, path: str) -> str:
    """A listed code without its reason."""
    return str(member["codes"].get(path, "")).partition(" (")[0]


def _words(member: Member, path: str) -> list[str]:
    return re.split(r", | and ", _word(member, path))


def _found(member: Member, **wanted: frozenset[str]) -> bool:
    """Whether a listed finding has one of the wanted terms in each field."""
    return any(all(f[field] in terms for field, terms in wanted.items()) for f in member["findings"])


def _by(path: str, yes: set[str], no: set[str]) -> Callable[[Member], Place]:
    return lambda m: recount.by_code(_word(m, path), yes, no)


def _present(**wanted: frozenset[str]) -> Callable[[Member], Place]:
    return lambda m: True if _found(m, **wanted) else None


CHANGE = {"level": recount.OUTCOME_LEVELS}
FOCUS = ("focus", "included", "included_n")


def _focus(side: str) -> Callable[[Member], Place]:
    return _by("focus", {side, "both"}, {"outcome", "process", "neither"} - {side})


VALUED = ("people.self.valued", "people.self.contribution")
"""What the broad definition counts as outcomes and no longer as process."""


def _reports(side: str, *, broad: bool = False) -> Callable[[Member], Place]:
    """A side is known by a finding, or by the word of a full text that it is absent."""

    def of(finding: Entry) -> str:
        outcome = finding["level"] in recount.OUTCOME_LEVELS or (broad and finding["outcome"] in VALUED)
        return "outcome" if outcome else "process"

    def place(member: Member) -> Place:
        if any(of(finding) == side for finding in member["findings"]):
            return True
        return False if _word(member, f"reports.{side}") == "absent" else None

    return place


def _alone(*, broad: bool = False) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        one, two = _reports("outcome", broad=broad)(member), _reports("process", broad=broad)(member)
        return False if one or two is False else None if None in (one, two) else True

    return place


def _group(group: str, yes: tuple[str, ...], no: tuple[str, ...]) -> Callable[[Member], Place]:
    return _by(f"populations.{group}", set(yes), set(no))


def _in_focus(member: Member) -> Place:
    """In focus by its own code; elsewhere by the code of any group."""
    codes = [value for path, value in member["codes"].items() if path.startswith("populations")]
    if codes[:1] == ["focus"]:
        return True
    return False if any(value != "not_coded" for value in codes) else None


def _status(wanted: str) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        seen = {p.removeprefix("corroboration."): v for p, v in member["codes"].items() if p.startswith("corrobor")}
        return recount.claim_status({"corroboration": seen}) == wanted

    return place


def _told(*words: str) -> Callable[[Member], Place]:
    """Counted where some code names what puts it there."""
    return lambda m: any(word in f"{path}: {value}" for path, value in m["codes"].items() for word in words)


def _from(path: str, first: int) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        year = _word(member, path)[:4]
        return int(year) >= first if year.isdecimal() else None

    return place


def _principles(test: Callable[[list[Place]], Place]) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        known = {"mentioned": True, "not_mentioned": False}
        return test([known.get(v) for p, v in member["codes"].items() if p.startswith("principles_mentioned.")])

    return place


def _rules(raw: recount.Base) -> dict[str, Callable[[Member], Place]]:
    """For each figure, by the start of its id, how what is listed decides; the longest start that fits rules."""
    kinds = {t["id"]: t.get("kind") for t in raw.terms["designs"].values()}
    home = {p for p, term in raw.terms["places"].items() if term.get("in_scope")}
    entries, outcomes = {s["id"]: s for s in raw.studies}, raw.terms["outcomes"]
    scale, records = recount.SCALE, recount.SCALE_OR_RECORDS
    window = raw.published_from or 0
    return {
        "focus.outcome-share": _focus("outcome"),
        "focus.process-share": _focus("process"),
        "focus.process-only-share": _by("focus", {"process"}, {"outcome", "both", "neither"}),
        "focus.reported.outcome-share": _reports("outcome"),
        "focus.reported.process-share": _reports("process"),
        "focus.reported.process-only-share": _alone(),
        "focus.reported-broad.outcome-share": _reports("outcome", broad=True),
        "focus.reported-broad.process-share": _reports("process", broad=True),
        "focus.reported-broad.process-only-share": _alone(broad=True),
        **{f"representation.{g}": _in_focus for g in raw.groups},
        **{f"representation.{g}.included": _group(g, FOCUS, ("excluded", "none_recruited")) for g in raw.groups},
        **{
            f"{stem}.{g}{end}": _group(g, (*FOCUS, "excluded", "none_recruited"), ("not_reported",))
            for g in raw.groups
            for stem, end in (("representation", ".reported"), ("reporting", ""))
        },
        "focus.reported.review-alone": lambda m: all(
            {r["source"] for r in f["reported_in"]} == {raw.review["id"]} for f in m["findings"]
        ),
        "focus.scope.outcome-share": _focus("outcome"),
        "focus.scope.process-share": _focus("process"),
        "beneficiaries.wider": _present(beneficiary=recount.WIDER, **CHANGE),
        "beneficiaries.took-part": _present(beneficiary=recount.TOOK_PART, **CHANGE),
        "beneficiaries.co-producer-findings": lambda m: _found(m, beneficiary=frozenset({"co_producer"}), **CHANGE),
        "sector.direct": lambda m: None if _word(m, "sector") == "not_coded" else _words(m, "sector") == [raw.sector],
        "sector.including": lambda m: (
            None if _word(m, "sector") == "not_coded" else str(raw.sector) in _words(m, "sector")
        ),
        "principles.definition": _by("definition", {"given", "cited"}, {"none"}),
        "principles.any": _principles(recount.any_of),
        "principles.all": _principles(recount.every_one),
        "principles.all-of-defined": _principles(recount.every_one),
        **{f"principles.{p}": _principles(recount.every_one) for p in raw.terms["principles"]},
        "direction.against": _present(direction=recount.UNFAVOURABLE),
        "direction.harm": _present(direction=recount.HARM),
        "direction.looked-for-harm": _by("looked_for_harm", {"looked"}, {"not_looked"}),
        **{
            f"care-act.{a}": _present(outcome=frozenset(o for o, t in outcomes.items() if a in t.get("care_act", [])))
            for a in raw.terms["care_act"]
        },
        "measurement.scale": _present(measurement=scale, **CHANGE),
        "measurement.scale-or-records": _present(measurement=records, **CHANGE),
        "overlap.reviews": lambda m: kinds[_word(m, "design")] == "review",
        "overlap.review-only-domains": lambda m: (
            not any(kinds[entries[s]["design"]] == "primary" for s in _words(m, "studies"))
        ),
        "overlap.held-twice": lambda m: None,
        "appraisal.appraised": _by("appraisal", {"recorded"}, {"not recorded"}),
        "appraisal.serious-concern": lambda m: None,
        "appraisal.certainty": lambda m: False,
        "testimony.not-studied": lambda m: _word(m, "studies") == "none",
        "involvement.chose-outcomes": _by("involvement_in_outcomes", {"involved"}, {"not_involved"}),
        "lasting.cost": _by("cost_measure", {"cost_measure", "economic_evaluation"}, {"none"}),
        "lasting.economic-evaluation": _by("cost_measure", {"economic_evaluation"}, {"cost_measure", "none"}),
        "lasting.over-6-months": _present(follow_up=recount.OVER_6, **CHANGE),
        "lasting.over-24-months": _present(follow_up=recount.OVER_24, **CHANGE),
        "currency.in-window": _from("citation.issued", window),
        "currency.evidence-in-window": _from("search.end", window),
        "currency.home-data": lambda m: (
            True
            if home & set(_words(m, "geography.data"))
            else None
            if {"not_coded", "International"} & set(_words(m, "geography.data"))
            else False
        ),
        "currency.median": lambda m: None if not _word(m, next(iter(m["codes"])))[:4].isdecimal() else True,
        **{
            f"claims.{s.replace('_', '-')}": _status(s)
            for s in ("supported", "partly", "not_seen", "contradicted", "not_judged")
        },
        "claims.second-hand": _told("cited_via"),
        "claims.corrected": _told("errat"),
        "claims.without-denominator": _told("not_reported"),
        "recommendations.measurable": _told(*(f"{name}." for name in ANALYSES)),
        "recommendations.outcome-share": _focus("outcome"),
    }


FAMILIES = {
    "focus": ("focus.outcome-share", "focus.process-share", "focus.process-only-share"),
    "reported": ("focus.reported",),
    "the base's sector": ("focus.scope",),
    "groups of people": ("representation", "reporting"),
    "beneficiaries": ("beneficiaries",),
    "sector": ("sector",),
    "principles": ("principles",),
    "direction": ("direction",),
    "care act": ("care-act",),
    "measurement": ("measurement",),
    "overlap": ("overlap",),
    "appraisal": ("appraisal",),
    "testimony": ("testimony",),
    "involvement": ("involvement",),
    "lasting": ("lasting",),
    "currency": ("currency",),
    "claims by status": tuple(f"claims.{s}" for s in ("supported", "partly", "not-seen", "contradicted", "not-judged")),
    "claims second-hand": ("claims.second-hand",),
    "claims corrected": ("claims.corrected",),
    "claims without denominator": ("claims.without-denominator",),
    "recommendations": ("recommendations",),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_listed_codes_explain_each_place(family: str, opened: Opened, raw: recount.Base) -> None:
    rules = _rules(raw)
    ruled, wrong = set[str](), []
    for identity, report in opened.figures.items():
        fits = [stem for stem in rules if identity.startswith(stem)]
        if not identity.startswith(FAMILIES[family]) or report["figure"]["kind"] == "ratio" or not members(report):
            continue
        rule = rules[max(fits, key=len)]
        ruled.add(identity)
        for m in members(report):
            place = {"counted": True, "not counted": False, "not known": None}[m["place"]]
            if rule(m) is not place:
                wrong.append((identity, m["id"], m["place"], m["codes"], [f["id"] for f in m["findings"]]))
    assert ruled
    assert wrong == []


def test_every_figure_belongs_to_a_family_that_is_checked(opened: Opened) -> None:
    every = tuple(stem for stems in FAMILIES.values() for stem in stems)
    assert [i for i, r in opened.figures.items() if not i.startswith(every) and r["figure"]["kind"] != "ratio"] == []


def test_ratio_sides_follow_the_codes(opened: Opened) -> None:
    places: dict[tuple[Place, Place], str] = {
        (True, True): "both sides", (True, False): "first side alone", (False, True): "second side alone"
    }  # fmt: skip
    sides: dict[str, Callable[[str], Callable[[Member], Place]]] = {
        "focus": _focus, "focus.reported": _reports, "focus.reported-broad": functools.partial(_reports, broad=True)
    }  # fmt: skip
    for stem, side in sides.items():
        listed = members(opened.figures[f"{stem}.ratio"])
        assert listed
        for m in listed:
            told = (side("outcome")(m), side("process")(m))
            assert m["place"] == places.get(told, "not known"), (stem, m["id"])


def _has(member: Member, field: str, *terms: str, **more: frozenset[str]) -> bool:
    """Whether there are findings, and every one that is listed has one of the terms."""
    wanted = {field: frozenset(terms), **more}
    found = member["findings"]
    return bool(found) and all(f[name] in allowed for f in found for name, allowed in wanted.items())


def _cell_rules(raw: recount.Base) -> dict[str, Callable[[str, str, Member], bool]]:
    """For each table, whether what is listed of a study or thing shows that it belongs into a row and a column."""
    kinds = {t["id"]: t.get("kind") for t in raw.terms["designs"].values()}
    outcome_ids = {t["id"] for t in raw.terms["outcomes"].values()}
    instruments = {f["id"]: f.get("instruments", []) for s in raw.studies for f in recount.findings(s)}

    def below(row: str) -> list[str]:
        return [o for o in outcome_ids if row == "all" or o == row or o.startswith(f"{row}.")]

    def area(row: str) -> list[str]:
        return [o for o, t in raw.terms["outcomes"].items() if row in t.get("care_act", [])]

    def columns(outcomes: list[str], column: str, m: Member) -> bool:
        """A row of the map: findings on its outcomes, of a change, and by the design that the column is of."""
        if column == "said":
            return bool(set(_words(m, "outcomes")) & set(outcomes))
        change = CHANGE if column == "outcome" else {}
        kind = {"primary": "primary", "reviews": "review"}.get(column)
        return _has(m, "outcome", *outcomes, **change) and (kind is None or kinds.get(_word(m, "design")) == kind)

    def declared(row: str, m: Member) -> bool:
        return _word(m, "focus") == {"unknown": "not_coded"}.get(row, row)

    def seen(row: str, m: Member, *, broad: bool) -> bool:
        known = {"both": (True, True), "outcome": (True, False), "process": (False, True), "neither": (False, False)}
        told = (_reports("outcome", broad=broad)(m), _reports("process", broad=broad)(m))
        return None in told if row == "unknown" else told == known[row]

    def term(field: str) -> Callable[[str, str, Member], bool]:
        """A table of findings: every listed one has the row's term and tells of a change."""
        return lambda row, column, m: _has(m, field, row, **CHANGE)

    def nation(column: str, m: Member) -> bool:
        places = {p.lower().replace(" ", "-") for p in _words(m, "geography.data")}
        home = {p.lower().replace(" ", "-") for p, t in raw.terms["places"].items() if t.get("in_scope")}
        if column == "not-seen":
            return places == {"not_coded"}
        return not places & home if column == "elsewhere" else column in places

    return {
        "focus.cells": lambda row, column, m: (
            declared(row, m) if column == "declared" else seen(row, m, broad=column == "reported-broad")
        ),
        "focus.groups": lambda row, column, m: _has(
            m,
            "outcome",
            *below(row),
            level=recount.OUTCOME_LEVELS if column == "outcome" else recount.PROCESS_LEVELS,
        ),
        "representation.codes": lambda row, column, m: (
            _word(m, f"populations.{row}") in ({column} | ({"included_n"} if column == "included" else set()))
        ),
        "beneficiaries.findings": term("beneficiary"),
        "matrix.map": lambda row, column, m: columns(below(row), column, m),
        "matrix.outcomes": lambda row, column, m: columns(below(row), column, m),
        "sector.sectors": lambda row, column, m: (
            (row == "all" or row in _words(m, "sector")) and (column == "eligible" or _found(m, **CHANGE))
        ),
        "principles.codes": lambda row, column, m: _word(m, f"principles_mentioned.{row}") == column,
        "direction.findings": lambda row, column, m: _has(
            m, "direction", row, **(CHANGE if column.startswith("outcome") else {})
        ),
        "care-act.areas": lambda row, column, m: columns(area(row), column, m),
        "care-act.nations": lambda row, column, m: _has(m, "outcome", *area(row)) and nation(column, m),
        "measurement.types": term("measurement"),
        "measurement.instruments": lambda row, column, m: (
            bool(m["findings"]) and all(row in instruments[f["id"]] for f in m["findings"])
        ),
        "overlap.outcomes": lambda row, column, m: _has(m, "outcome", row),
        "testimony.outcomes": lambda row, column, m: (
            row in _words(m, "outcomes") if column == "statements" else _has(m, "outcome", row)
        ),
        "lasting.times": term("follow_up"),
        "intersections.map": lambda row, column, m: (
            _word(m, f"populations.{row}") in ("focus", "included_n") and _has(m, "outcome", *below(column))
        ),
        "currency.years": lambda row, column, m: (
            _word(m, "citation.issued" if column == "published" else "search.end")[:4]
            == {"not-known": "not "}.get(row, row)
        ),
        "currency.places": lambda row, column, m: (
            (_word(m, "geography.data") == "not_coded" if row == "not-seen" else _place(row) in _places(m))
            and (column != "outcome" or _found(m, **CHANGE))
            and (column != "primary" or kinds.get(_word(m, "design")) == "primary")
        ),
        "claims.sections": lambda row, column, m: (
            row in ("all", m["words"].split(" ")[1].rstrip(":")) and (column == "all" or bool(_by_status(column, m)))
        ),
        "claims.groups": lambda row, column, m: column == "all" or bool(_by_status(column, m)),
        "matrix.sector-by-place": lambda row, column, m: (
            (row == "all" or row in _words(m, "sector"))
            and (column == "all" or column in _words(m, "geography.data"))
            and {"sector", "geography.data"} <= set(m["codes"])
        ),
        "matrix.stakeholder-by-direction": lambda row, column, m: (
            _has(m, "outcome", *below(row)) and (column == "all" or _has(m, "direction", column))
        ),
        "matrix.design-by-measurement": lambda row, column, m: (
            row in ("all", _word(m, "design"))
            and bool(m["findings"])
            and (column == "all" or _has(m, "measurement", column))
        ),
    }


def _by_status(column: str, member: Member) -> Place:
    return _status(column.replace("-", "_"))(member)


def _place(row: str) -> str:
    return row.lower().replace(" ", "-")


def _places(member: Member) -> set[str]:
    return {p.lower().replace(" ", "-") for p in _words(member, "geography.data")}


TABLES = (
    "beneficiaries.findings", "care-act.areas", "care-act.nations", "claims.groups", "claims.sections",
    "currency.places", "currency.years", "direction.findings", "focus.cells", "focus.groups", "intersections.map",
    "lasting.times", "matrix.design-by-measurement", "matrix.map", "matrix.outcomes", "matrix.sector-by-place",
    "matrix.stakeholder-by-direction", "measurement.instruments", "measurement.types", "overlap.outcomes",
    "principles.codes", "representation.codes", "sector.sectors", "testimony.outcomes",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_cell_members_show_why_they_count(table: str, opened: Opened, raw: recount.Base) -> None:
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


def test_cells_omit_no_study(opened: Opened, raw: recount.Base) -> None:
    cells = recount.cells(recount.DATA)
    for identity, report in opened.cells.items():
        table, row, column = identity.split("/")
        if identity in cells:
            wanted = cells[identity]
        elif table == "intersections.map":
            wanted = [s["id"] for s in raw.eligible if _at_crossing(s, row, column)]
        elif table == "matrix.sector-by-place":
            wanted = [s["id"] for s in raw.eligible if _in(s.get("sector"), row) and _in(_data(s), column)]
        elif table == "matrix.stakeholder-by-direction":
            wanted = [s["id"] for s in raw.eligible if any(_points(f, row, column) for f in recount.findings(s))]
        else:
            continue
        assert sorted(at(report, "counted")) == sorted(wanted), identity


def _at_crossing(study: Entry, group: str, column: str) -> bool:
    there = [f for f in recount.findings(study) if column in ("all", recount.domain(f["outcome"]))]
    return bool(there) and recount.population(study, group) in ("focus", "included_n")


def _in(terms: list[str] | None, wanted: str) -> bool:
    return bool(terms) if wanted == "all" else wanted in (terms or [])


def _data(study: Entry) -> list[str]:
    return (study.get("geography") or {}).get("data") or []


def _points(finding: Entry, group: str, direction: str) -> bool:
    return group in ("all", finding["outcome"].split(".")[0]) and direction in ("all", finding["direction"])


def test_finding_cells_agree_with_study_cells(opened: Opened) -> None:
    """Studies and findings of one row go together: the findings are those of the studies."""
    for table in ("beneficiaries.findings", "measurement.types", "direction.findings"):
        rows = {i.rpartition("/")[0] for i in opened.cells if i.startswith(f"{table}/")}
        for row in rows:
            found, studies = (at(opened.cells[f"{row}/{column}"], "counted") for column in ("findings", "studies"))
            assert list(dict.fromkeys(f.rpartition(".")[0] for f in found)) == studies, row


# --- the four formats -----------------------------------------------------------------


EXAMPLES = (
    "focus.outcome-share", "focus.ratio", "focus.reported.outcome-share", "representation.unpaid-carers",
    "beneficiaries.co-producer-findings", "currency.median-year", "overlap.cca", "reporting.median-items",
    "claims.contradicted", "claims.without-denominator", "testimony.not-studied", "recommendations.measurable",
    "matrix.map/people.health/studies", "matrix.map/people.health/said", "intersections.map/dementia/people.self",
    "matrix.outcomes/people.health.wellbeing/outcome", "matrix.sector-by-place/health/England",
)  # fmt: skip


def _shown(path: str, code: str) -> str:
    """A code in a report for people; of a group without one, focus may be judged all the same."""
    return "no code of its own" if (path.partition(".")[0], code) == ("populations", "not_coded") else code.rstrip(".")


@pytest.mark.parametrize("identity", EXAMPLES)
def test_every_format_shows_the_same_members(identity: str, run: Any) -> None:
    done = {f: run("why", identity, "--format", f) for f in ("json", "csv", "markdown", "terminal")}
    assert {(d.code, d.err) for d in done.values()} == {(0, "")}
    listed = members(json.loads(done["json"].out))
    rows = list(csv.DictReader(io.StringIO(done["csv"].out)))
    assert list(dict.fromkeys((r["id"], r["place"]) for r in rows)) == [(m["id"], m["place"]) for m in listed]
    assert [r["finding"] for r in rows if r["finding"]] == [f["id"] for m in listed for f in m["findings"]]
    for format in ("markdown", "terminal"):
        text = " ".join(done[format].out.replace("\\", "").split())
        assert [m["id"] for m in listed if f"{m['id']}" not in text] == []
        for m in listed:
            assert [f["summary"] for f in m["findings"] if " ".join(f["summary"].rstrip(".").split()) not in text] == []
            assert [p for p, v in m["codes"].items() if f"{p}: {_shown(p, v)}" not in text] == []
        assert "Rule: " in text
        assert "coprod-review why " in text
    assert max(len(line) for line in done["terminal"].out.split("\n") if "coprod-review why" not in line) <= 80


def test_report_shows_rule_sources_and_influence(run: Any) -> None:
    shown = run("why", "beneficiaries.wider").out
    text = " ".join(shown.split())
    assert "Rule: an outcome finding for a wider user, wider staff or the public" in text or "Rule: " in text
    assert "coded once from an abstract" in text
    assert "seen in" in text
    assert "WHAT WOULD CHANGE IT MOST" in shown
    share = " ".join(run("why", "focus.outcome-share").out.split())
    assert "Leaving out any one of 6 (" in share
    assert "moves it from 78.6% to 81.5%, more than leaving out any other" in share


def test_table_id_lists_its_cells(run: Any, opened: Opened) -> None:
    document = json.loads(run("why", "focus.cells", "--format", "json").out)
    wanted = [i for i in opened.cells if i.startswith("focus.cells/")]
    assert [c["id"] for c in document["cells"]] == wanted
    assert [c["count"] for c in document["cells"]] == [opened.cells[i]["figure"]["numerator"] for i in wanted]
    assert [c["why"] for c in document["cells"]] == [f"coprod-review why {i}" for i in wanted]
    for format in ("terminal", "markdown", "csv"):
        text = run("why", "focus.cells", "--format", format).out
        assert [i for i in wanted if i not in text] == []


# --- the command that each output prints -----------------------------------------------


SMALL = ENTRIES = (
    entry("Kay", 2019, "    focus: outcome\n    focus_reason: Says so.\n    sector: [health]\n")
    + entry("Able", 2020, "    focus: process\n    focus_reason: Says so.\n    sector: [health, social-care]\n")
    + entry("Baker", 2021, "    focus: both\n    focus_reason: Says so.\n    sector: [social-care]\n")
)


def _run_shown(command: str, run: Any, *more: str) -> Any:
    """Run a command as it was printed, quoted for a shell."""
    program, *arguments = shlex.split(command)
    assert program == "coprod-review"
    return run(*arguments, *more)


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--where", "sector=health,social-care"),
        ("--where", "year>=2020", "--where", "sector!=research"),
        ("--definition", "broad"),
        ("--reported-in", "scie-review-2022"),
        ("--where", "year<2022", "--reported-in", "abstract", "--definition", "broad", "--skip-invalid"),
    ],
    ids=" ".join,
)
def test_printed_command_reproduces_the_figure(asked: tuple[str, ...], run: Any) -> None:
    document = json.loads(run("gaps", "focus", *asked, "--format", "json").out)
    shown = " ".join(run("gaps", "focus", *asked).out.split())
    for number, figure in enumerate(document["results"][0]["figures"]):
        if number % 3 == 0:
            again = json.loads(_run_shown(figure["why"], run, "--format", "json").out)
            assert again["figure"] == figure
            assert again["base"] == document["base"]
            assert again["filters"] == document["filters"]
        chosen = "reported-broad." if "broad" in asked else "reported."
        alone = figure["id"].endswith(("process-only-share", "reported.ratio", "broad.ratio"))
        if "reported" not in figure["id"] or (chosen in figure["id"] and not alone):
            assert figure["why"] in shown


def test_printed_command_is_quoted_for_the_shell(tmp_path: Path, run: Any) -> None:
    folder = tmp_path / "a base's $HOME; & more"
    base_of(folder, studies="studies:\n" + SMALL)
    shown = run("gaps", "focus", "--base", folder, "--where", "year>=2020").out
    (line,) = [line for line in shown.split("\n") if line.strip().startswith("coprod-review why focus.ratio ")]
    again = subprocess.run(
        ["bash", "-c", line.replace("coprod-review", f'"{sys.executable}" -m coprod_review', 1) + " --format json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    document = json.loads(again.stdout)
    assert document["base"]["studies"] == 2
    assert document["filters"] == ["year>=2020"]
    assert [p.name for p in tmp_path.iterdir()] == [folder.name]


@pytest.mark.parametrize("analysis", ANALYSES)
def test_every_output_prints_the_command_that_opens_its_number(analysis: str, bundled: EvidenceBase) -> None:
    report = gaps_report(bundled, [analysis])
    shown = {name: RENDERERS[name](report) for name in ("terminal", "json", "csv", "markdown")}
    (result,) = json.loads(shown["json"])["results"]
    commands = [f"coprod-review why {figure['id']}" for figure in result["figures"]]
    assert [figure["why"] for figure in result["figures"]] == commands
    if commands:
        assert [row["why"] for row in csv.DictReader(io.StringIO(shown["csv"]))] == commands
    numbers = any(f["numerator"] is not None or f["value"] is not None for f in result["figures"])
    if numbers or any(table["row_ids"] for table in result["tables"]):
        assert f"coprod-review why {analysis}." in shown["terminal"]
        assert f"coprod-review why {analysis}." in shown["markdown"]


def test_first_screen_command_can_be_copied(run: Any) -> None:
    assert "coprod-review why focus.outcome-share\n" in run("gaps").out
    asked = ("--where", "year>=2017", "--where", "sector=health,social-care")
    whole = "coprod-review why focus.outcome-share --where 'year>=2017' --where sector=health,social-care\n"
    assert whole in run("gaps", *asked).out


def test_gaps_open_their_studies(opened: Opened, results: tuple[Result, ...]) -> None:
    checked = 0
    for result in results:
        for gap in result.gaps:
            report = opened.every[gap.opens]
            if report["figure"]["unit"] == "study":
                assert set(gap.studies) == set(at(report, "counted")), (gap.type, gap.where)
            else:
                assert gap.studies == (), (gap.type, gap.where)
            checked += 1
    assert checked > 40


def test_gap_command_lists_its_studies_under_filters(run: Any) -> None:
    where = ("--where", "design!=scoping-review")
    document = json.loads(run("gaps", "matrix", "representation", *where, "--format", "json").out)
    for result in document["results"]:
        for gap in result["gaps"][::15]:
            again = json.loads(_run_shown(gap["why"], run, "--format", "json").out)
            assert set(gap["studies"]) == (set(at(again, "counted")) if "studies" in again else set()), gap["where"]


def test_skip_invalid_is_carried_into_the_command(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + SMALL + entry("Zed", 2022, "    focus: wrong\n"))
    assert run("why", "focus.outcome-share", "--base", tmp_path).code == 2
    document = json.loads(run("gaps", "focus", "--base", tmp_path, "--skip-invalid", "--format", "json").out)
    command = document["results"][0]["figures"][0]["why"]
    assert command == f"coprod-review why focus.outcome-share --base {shlex.quote(str(tmp_path))} --skip-invalid"
    again = json.loads(_run_shown(command, run, "--format", "json").out)
    assert again["base"]["skipped"] == ["zed-2022"]
    assert again["figure"]["numerator"] == 2


def test_the_definition_decides_what_the_groups_count(run: Any) -> None:
    identity = "focus.groups/people/outcome"
    strict, broad = (
        json.loads(run("why", identity, "--definition", d, "--format", "json").out) for d in ("strict", "broad")
    )
    assert set(at(strict, "counted")) < set(at(broad, "counted"))
    assert broad["figure"]["why"] == f"coprod-review why {identity} --definition broad"


def test_a_base_with_other_counts_opens_in_full(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + SMALL)
    document = json.loads(run("gaps", "--all", "--base", tmp_path, "--format", "json").out)
    base = sound_base.require_valid(discovery.read_base(tmp_path), skip_invalid=False)
    for result in document["results"]:
        for figure in result["figures"]:
            again = _open(base, figure["id"], arguments=("--base", str(tmp_path)))
            assert again["figure"] == figure
            if figure["kind"] != "median":
                assert len(at(again, *IN_NUMERATOR)) == (figure["numerator"] or 0)


# --- ids ---------------------------------------------------------------------------------


def recorded(results: Sequence[Result]) -> str:
    """The ids of all figures and of all tables that open, in order, one a line."""
    figures = [figure.id for result in results for figure in result.figures]
    tables = [table.id for result in results for table in result.tables if table.row_ids]
    return "\n".join((*figures, *tables)) + "\n"


def test_figure_ids_match_the_list(bundled: EvidenceBase) -> None:
    written = RECORD.read_text(encoding="utf-8")
    assert written == recorded(results_of(bundled, list(ANALYSES))), "write it again: python -m tests.why.test_why"


def test_ids_are_unique_and_plain(results: tuple[Result, ...]) -> None:
    figures = [figure.id for result in results for figure in result.figures]
    cells = [name for result in results for table in result.tables for name, _, _ in table.cells()]
    tables = [table.id for result in results for table in result.tables if table.row_ids]
    every = [*figures, *cells, *tables]
    assert [i for i, n in Counter(every).items() if n > 1] == []
    assert [i for i in figures + tables if not re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+", i)] == []
    assert [i for i in cells if i.count("/") != 2] == []
    named = {result.analysis for result in results}
    assert {i.partition(".")[0] for i in every} <= named


def test_ids_are_the_same_in_another_base(tmp_path: Path, bundled: EvidenceBase) -> None:
    base_of(tmp_path, studies="studies:\n" + SMALL)
    small = results_of(discovery.read_base(tmp_path), ["focus", "representation", "principles", "direction", "lasting"])
    known = set(RECORD.read_text(encoding="utf-8").split())
    assert {figure.id for result in small for figure in result.figures} <= known


# --- what is mistyped ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("focus.outcom-share", "focus.outcome-share"),
        ("Focus.Ratio", "focus.ratio"),
        ("focus.outcome_share", "focus.outcome-share"),
        ("focsu.ratio", "focus.ratio"),
        ("representation.unpaid-carer", "representation.unpaid-carers"),
        ("focus.cells/both/declred", "focus.cells/both/declared"),
        ("matrix.mpa", "matrix.map"),
        ("matrix.map/people.helth/studies", "matrix.map/people.health/studies"),
        ("matrix.outcomes/people.health.wellbing/studies", "matrix.outcomes/people.health.wellbeing/studies"),
        ("outcome-share", "focus.outcome-share"),
    ],
)
def test_a_mistyped_id_gets_the_right_one(typed: str, meant: str, run: Any) -> None:
    done = run("why", typed)
    assert (done.code, done.out) == (2, "")
    assert f"did you mean `{meant}`?" in done.err


NO_IDS = (
    "", " ", "focus.", "nothing.like.it", "\x1b[31mfocus.ratio\u202e\n", "/", "//", "focus.ratio/", "../../etc/passwd",
    "matrix.map/all", "matrix.map/all/studies/more", "matrix.sectr-by-place", "matrix.rules", "focus.published",
    "x" * 5000, "focus." + "x" * 5000, "%s{0}{{}}", "focus.ratio\x00",
)  # fmt: skip


@pytest.mark.parametrize("typed", NO_IDS, ids=lambda typed: repr(typed[:24]))
def test_invalid_id_gives_a_helpful_error(typed: str, run: Any) -> None:
    done = run("why", typed)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("coprod-review: ")
    assert done.err.count("\n") == 1
    assert done.err.rstrip("\n").isprintable()
    assert re.search(r"gaps --all --format csv lists every figure|why \S+ lists its cells", done.err)
    assert ": ." not in done.err


@pytest.mark.parametrize("stem", ["", "focus."])
def test_very_long_id_is_shortened_in_errors(stem: str, run: Any) -> None:
    done = run("why", stem + "x" * 5000)
    assert len(done.err) < 1000


def test_figure_without_studies_is_not_opened(tmp_path: Path, run: Any) -> None:
    done = run("why", "focus.ratio", "--where", "role=context")
    assert (done.code, done.out) == (2, "")
    assert "No study that counts as evidence passes role=context" in done.err


def test_invalid_options_are_rejected(run: Any) -> None:
    for asked, words in (
        (("--where", "sektor=health"), "did you mean `sector`?"),
        (("--definition", "wide"), "strict"),
        (("--reported-in", "scie"), "scie-review-2022"),
        (("-o", "x.svg"), "nothing to draw"),
        (("-o", "x.csv", "--format", "json"), "drop one of the two"),
    ):
        done = run("why", "focus.ratio", *asked)
        assert (done.code, done.out) == (2, ""), asked
        assert words in " ".join(done.err.split()), asked


# --- the shell ---------------------------------------------------------------------------------


def _completed(line: str, run: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bash offers for the last word of a line, asked for as Typer's script asks."""
    with monkeypatch.context() as patch:
        patch.setenv("_COPROD_REVIEW_COMPLETE", "complete_bash")
        patch.setenv("COMP_WORDS", line)
        patch.setenv("COMP_CWORD", str(line.count(" ")))
        # The program's name comes from how Python was started, and that was to test it.
        patch.setattr(sys.modules["__main__"], "__package__", None)
        done = run()
    assert (done.code, done.err) == (0, "")
    return str(done.out).split()


def test_the_shell_completes_analyses(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _completed("coprod-review gaps ", run, monkeypatch) == list(ANALYSES)
    assert _completed("coprod-review gaps re", run, monkeypatch) == [
        "representation", "reporting", "recommendations"
    ]  # fmt: skip
    assert _completed("coprod-review gaps focus se", run, monkeypatch) == ["sector"]


def test_the_shell_completes_figures_tables_and_then_cells(
    run: Any, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> None:
    known = RECORD.read_text(encoding="utf-8").split()
    assert _completed("coprod-review why ", run, monkeypatch) == known
    assert _completed("coprod-review why focus.o", run, monkeypatch) == ["focus.outcome-share"]
    assert "focus.cells" in _completed("coprod-review why focus.", run, monkeypatch)
    cells = [i for i in opened.cells if i.startswith("focus.cells/both/")]
    assert _completed("coprod-review why focus.cells/both/", run, monkeypatch) == cells
    assert _completed("coprod-review why nothing", run, monkeypatch) == []


def test_completion_names_match_the_registry() -> None:
    from coprod_review.cli import completion

    assert tuple(ANALYSES) == completion.ANALYSIS_NAMES


def test_influence_note_depends_on_movement(run: Any) -> None:
    shown = " ".join(run("why", "appraisal.appraised").out.split())
    assert "Leaving out any one study does not move it" in shown
    counted = " ".join(run("why", "care-act.a").out.split())
    assert "Every one that is counted adds 1" in counted


@pytest.mark.parametrize("identity", ["currency.median-year", "overlap.cca", "matrix.map/people.living/studies"])
def test_only_counts_say_adds_one(identity: str, run: Any) -> None:
    """A median is not a count, and where nothing is counted nothing adds to it."""
    assert "adds 1" not in run("why", identity).out


if __name__ == "__main__":
    RECORD.write_text(recorded(results_of(sound_base.load(), list(ANALYSES))), encoding="utf-8")
