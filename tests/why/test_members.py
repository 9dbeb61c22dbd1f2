"""What ``why`` lists gives the number again, and is what the files say."""

from statistics import median
from typing import Any

import pytest

from coprod_review.results.result import Result
from tests.bases import SAMPLE
from tests.recount import intervals, reading
from tests.why.opened import IN_DENOMINATOR, IN_NUMERATOR, Entry, Opened, at, attributed, every_member, members


def test_every_figure_and_every_cell_opens(opened: Opened) -> None:
    assert len(opened.figures) > 120
    assert len(opened.cells) > 1500
    wrong = {i: r["figure"]["id"] for i, r in opened.every.items() if r["figure"]["id"] != i}
    assert wrong == {}
    assert {r["schema"] for r in opened.every.values()} == {"coprod-review/why/2"}
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
            found = intervals.share_interval(yes, known)
            stated = (figure["interval"]["low"], figure["interval"]["high"])
        elif figure["interval"]:
            cells = (len(at(report, place)) for place in ("both sides", "first side alone", "second side alone"))
            found = intervals.bonett_price(*cells)
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


def test_what_the_review_adds_is_listed_apart(opened: Opened, raw: reading.Base) -> None:
    review, added = raw.review["id"], 0
    for identity, report in opened.every.items():
        sources = {attributed: set[bool]() for attributed in (False, True)}
        for member in every_member(report) if report["figure"]["unit"] in ("study", "finding") else ():
            for found in member["findings"]:
                sources[member["attributed"]].add({place["source"] for place in found["reported_in"]} == {review})
        assert sources[False] <= {False}, identity
        assert sources[True] <= {True}, identity
        stated = report["figure"]["attributed"] or {"numerator": 0, "removed": []}
        listed = [m["id"] for m in attributed(report) if m["place"] in IN_NUMERATOR or m["place"] in IN_DENOMINATOR]
        if report["figure"]["kind"] != "ratio":
            assert len(listed) == stated["numerator"], identity
            assert set(stated["removed"]) <= set(at(report, "counted")), identity
        added += len(listed)
    assert added > 100


def test_listed_codes_match_the_file(opened: Opened, raw: reading.Base) -> None:
    entries = {s["id"]: s for s in raw.studies}
    compared, wrong = set[str](), []
    for identity, report in opened.every.items():
        for member in every_member(report) if report["figure"]["unit"] == "study" else ():
            study = entries[member["id"]]
            for path, value in member["codes"].items():
                compared.add(path.partition(".")[0])
                if value != _written(study, path):
                    wrong.append((identity, member["id"], path, value, _written(study, path)))
            reported = (member["reference"], member["coded_from"], member["coding_note"], member["coders"])
            assert reported == (
                study.get("reference"), study["coded_from"], study.get("coding_note"), study.get("coders", [])
            )  # fmt: skip
    assert wrong == []
    assert {
        "aims", "reports", "populations", "principles_mentioned", "sector", "design", "definition", "citation",
        "search", "geography", "looked_for_harm", "cost_measure",
    } <= compared  # fmt: skip


def _written(study: Entry, path: str) -> str:
    """A field as the file has it, in the words of a report."""
    value: Any = study
    for step in path.split("."):
        value = value.get("DOI" if step == "doi" else step) if isinstance(value, dict) else None
    if isinstance(value, list):
        return _listed(value) or "not_coded"
    if path.startswith("aims."):
        return f"{value['code']} ({value['reason']})" if value else "not_coded"
    if isinstance(value, dict):
        return _listed([f"{k} {v}" for k, v in value.items()])
    if value is None:
        plain = path in ("search.end", "citation.doi", "citation.issued", "appraisal")
        return "not recorded" if plain else "not_coded"
    return f"{value}"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def test_listed_findings_match_the_file(opened: Opened) -> None:
    written = {f["id"]: f for s in reading.read(SAMPLE, everything=True).studies for f in reading.findings(s)}
    seen = set[str]()
    for identity, report in opened.every.items():
        for member in every_member(report):
            for found in member["findings"]:
                seen.add(found["id"])
                plain = written[found["id"]]
                for field in ("outcome", "level", "direction", "evidence_role", "summary"):
                    assert found[field] == plain[field], (identity, found["id"], field)
                for field in ("asserts", "beneficiary", "person_role", "staff_role", "measurement", "follow_up"):
                    assert found[field] == reading.code(plain, field), (identity, found["id"], field)
                places = [{k: str(v) for k, v in p.items() if v is not None} for p in found["reported_in"]]
                assert places == [{k: str(v) for k, v in p.items()} for p in plain["reported_in"]], found["id"]
                owner = found["id"].rpartition(".")[0]
                assert member["id"] in (owner, found["id"]), (identity, member["id"])
    assert len(seen) > 100
