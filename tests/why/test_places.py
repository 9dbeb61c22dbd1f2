"""The codes and findings that ``why`` lists of a figure explain why each study counts, or does not."""

import functools
from collections.abc import Callable

import pytest

from coprod_review.gaps.registry import ANALYSES, analysis_of
from tests.recount import answers, reading, study_sets
from tests.recount.analyses import beneficiaries, direction, lasting, measurement
from tests.why.opened import (
    CHANGE,
    Entry,
    Member,
    Opened,
    Place,
    aims_at,
    code_of,
    codes_of,
    has_finding,
    has_status,
    members,
    reports_side,
)


def _by(path: str, yes: set[str], no: set[str]) -> Callable[[Member], Place]:
    return lambda m: answers.by_code(code_of(m, path), yes, no)


def _present(**wanted: frozenset[str]) -> Callable[[Member], Place]:
    return lambda m: True if has_finding(m, **wanted) else None


FOCUS = ("focus", "included", "included_n")


def _alone(side: Callable[[str], Callable[[Member], Place]]) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        one, two = side("outcome")(member), side("process")(member)
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


def _mentions(*words: str) -> Callable[[Member], Place]:
    """Return a rule that counts a member if one of its codes contains one of the words."""
    return lambda m: any(word in f"{path}: {value}" for path, value in m["codes"].items() for word in words)


def _from(path: str, first: int) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        year = code_of(member, path)[:4]
        return int(year) >= first if year.isdecimal() else None

    return place


def _principles(test: Callable[[list[Place]], Place]) -> Callable[[Member], Place]:
    def place(member: Member) -> Place:
        known = {"mentioned": True, "not_mentioned": False}
        return test([known.get(v) for p, v in member["codes"].items() if p.startswith("principles_mentioned.")])

    return place


Rule = Callable[[Member], Place]
"""How what is listed of a study or thing decides its place."""


def _focus_rules() -> dict[str, Rule]:
    return {
        "focus.outcome-share": aims_at("outcome"),
        "focus.process-share": aims_at("process"),
        "focus.process-only-share": _alone(aims_at),
        "focus.primary.outcome-share": aims_at("outcome", primary=True),
        "focus.primary.process-share": aims_at("process", primary=True),
        "focus.primary.process-only-share": _alone(functools.partial(aims_at, primary=True)),
        "focus.reported.outcome-share": reports_side("outcome"),
        "focus.reported.process-share": reports_side("process"),
        "focus.reported.process-only-share": _alone(reports_side),
        "focus.reported-broad.outcome-share": reports_side("outcome", broad=True),
        "focus.reported-broad.process-share": reports_side("process", broad=True),
        "focus.reported-broad.process-only-share": _alone(functools.partial(reports_side, broad=True)),
        "focus.scope.outcome-share": aims_at("outcome"),
        "focus.scope.process-share": aims_at("process"),
    }


def _representation_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        **{f"representation.{g}": _in_focus for g in raw.groups},
        **{f"representation.{g}.included": _group(g, FOCUS, ("excluded", "none_recruited")) for g in raw.groups},
    }


def _reporting_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        f"reporting.{name}": _by(f"characteristics.{name}", {"reported"}, {"not_reported"})
        for name in raw.terms["characteristics"]
    }


def _finding_rules() -> dict[str, Rule]:
    scale, records = measurement.SCALE, measurement.SCALE_OR_RECORDS
    return {
        "beneficiaries.wider": _present(beneficiary=beneficiaries.WIDER, **CHANGE),
        "beneficiaries.took-part": _present(beneficiary=beneficiaries.TOOK_PART, **CHANGE),
        "beneficiaries.not-separated": lambda m: has_finding(m, beneficiary=frozenset({"not_separated"}), **CHANGE),
        "beneficiaries.not-stated": lambda m: has_finding(
            m, beneficiary=frozenset({"not_stated", "not_coded"}), **CHANGE
        ),
        "beneficiaries.co-producer-findings": lambda m: has_finding(m, beneficiary=beneficiaries.TOOK_PART, **CHANGE),
        "direction.against": _present(direction=study_sets.UNFAVOURABLE),
        "direction.harm": _present(direction=direction.HARM),
        "direction.looked-for-harm": _by("looked_for_harm", {"looked"}, {"not_looked"}),
        "measurement.scale": _present(measurement=scale, **CHANGE),
        "measurement.scale-or-records": _present(measurement=records, **CHANGE),
    }


def _sector_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        "sector.direct": lambda m: (
            None if code_of(m, "sector") == "not_coded" else codes_of(m, "sector") == [raw.sector]
        ),
        "sector.including": lambda m: (
            None if code_of(m, "sector") == "not_coded" else str(raw.sector) in codes_of(m, "sector")
        ),
    }


def _principle_rules(raw: reading.Base) -> dict[str, Rule]:
    return {
        "principles.definition": _by("definition", {"given", "cited"}, {"none"}),
        "principles.any": _principles(answers.any_of),
        "principles.all": _principles(answers.every_one),
        "principles.all-of-defined": _principles(answers.every_one),
        **{f"principles.{p}": _principles(answers.every_one) for p in raw.terms["principles"]},
    }


def _care_act_rules(raw: reading.Base) -> dict[str, Rule]:
    outcomes = raw.terms["outcomes"]
    return {
        **{
            f"care-act.{a}": _present(outcome=frozenset(o for o, t in outcomes.items() if a in t.get("care_act", [])))
            for a in raw.terms["care_act"]
        },
    }


def _overlap_rules(raw: reading.Base) -> dict[str, Rule]:
    kinds = {t["id"]: t.get("kind") for t in raw.terms["designs"].values()}
    entries = {s["id"]: s for s in raw.studies}
    return {
        "overlap.reviews": lambda m: kinds[code_of(m, "design")] == "review",
        "overlap.review-only-domains": lambda m: (
            not any(kinds[entries[s]["design"]] == "primary" for s in codes_of(m, "studies") if s != "none")
        ),
        "overlap.held-twice": lambda m: None,
    }


def _method_rules() -> dict[str, Rule]:
    return {
        "appraisal.appraised": _by("appraisal", {"recorded"}, {"not recorded"}),
        "appraisal.serious-concern": lambda m: None,
        "appraisal.certainty": lambda m: False,
        "testimony.not-studied": lambda m: code_of(m, "studies") == "none",
        "involvement.chose-outcomes": _by("involvement_in_outcomes", {"involved"}, {"not_involved"}),
        "lasting.cost": _by("cost_measure", {"cost_measure", "economic_evaluation"}, {"none"}),
        "lasting.economic-evaluation": _by("cost_measure", {"economic_evaluation"}, {"cost_measure", "none"}),
        "lasting.over-6-months": _present(follow_up=lasting.OVER_6, **CHANGE),
        "lasting.over-24-months": _present(follow_up=lasting.OVER_24, **CHANGE),
    }


def _currency_rules(raw: reading.Base) -> dict[str, Rule]:
    home = {p for p, term in raw.terms["places"].items() if term.get("in_scope")}
    window = raw.published_from or 0
    return {
        "currency.in-window": _from("citation.issued", window),
        "currency.evidence-in-window": _from("search.end", window),
        "currency.home-data": lambda m: (
            True
            if home & set(codes_of(m, "geography.data"))
            else None
            if {"not_coded", "International"} & set(codes_of(m, "geography.data"))
            else False
        ),
        "currency.median": lambda m: None if not code_of(m, next(iter(m["codes"])))[:4].isdecimal() else True,
    }


def _review_rules() -> dict[str, Rule]:
    return {
        **{
            f"claims.{s.replace('_', '-')}": has_status(s)
            for s in ("supported", "partly", "not_seen", "contradicted", "not_judged")
        },
        "claims.second-hand": _mentions("cited_via"),
        "claims.corrected": _mentions("errat"),
        "claims.without-denominator": _mentions("not_reported"),
        "recommendations.measurable": _mentions(*(f"{name}." for name in ANALYSES)),
        "recommendations.outcome-share": aims_at("outcome"),
    }


def _rules(raw: reading.Base) -> dict[str, Rule]:
    """Return a rule by the start of a figure's id; the longest start that fits applies."""
    return {
        **_focus_rules(),
        **_representation_rules(raw),
        **_reporting_rules(raw),
        **_finding_rules(),
        **_sector_rules(raw),
        **_principle_rules(raw),
        **_care_act_rules(raw),
        **_overlap_rules(raw),
        **_method_rules(),
        **_currency_rules(raw),
        **_review_rules(),
    }


def _rule_of(identity: str, rules: dict[str, Rule]) -> str:
    """Return the longest start of an id that has a rule."""
    starts = [start for start in rules if identity.startswith(start)]
    assert starts, f"write in {__file__} how the listed codes decide the places of {identity}"
    return max(starts, key=len)


def _ruled(opened: Opened) -> dict[str, Entry]:
    """Return the figures that list studies or things by one side."""
    return {i: r for i, r in opened.figures.items() if r["figure"]["kind"] != "ratio" and members(r)}


@pytest.mark.parametrize("analysis", ANALYSES)
def test_listed_codes_explain_each_place(analysis: str, opened: Opened, raw: reading.Base) -> None:
    rules, wrong = _rules(raw), []
    for identity, report in _ruled(opened).items():
        if analysis_of(identity) != analysis:
            continue
        rule = rules[_rule_of(identity, rules)]
        for m in members(report):
            place = {"counted": True, "not counted": False, "not known": None}[m["place"]]
            if rule(m) is not place:
                wrong.append((identity, m["id"], m["place"], m["codes"], [f["id"] for f in m["findings"]]))
    assert wrong == []


def test_every_rule_is_that_of_some_figure(opened: Opened, raw: reading.Base) -> None:
    assert [start for start in _rules(raw) if not any(i.startswith(start) for i in opened.figures)] == []


def test_only_figures_of_nothing_list_nothing(opened: Opened) -> None:
    """Without this, a figure that lists nothing would pass the test of its places."""
    figures = [
        r["figure"] for i, r in opened.figures.items() if r["figure"]["kind"] != "ratio" and i not in _ruled(opened)
    ]
    counted = {f["id"]: (f["numerator"], f["denominator"], (f.get("unknown") or {}).get("count")) for f in figures}
    assert {i: numbers for i, numbers in counted.items() if any(numbers)} == {}


def test_ratio_sides_follow_the_codes(opened: Opened) -> None:
    places: dict[tuple[Place, Place], str] = {
        (True, True): "both sides", (True, False): "first side alone", (False, True): "second side alone"
    }  # fmt: skip
    sides: dict[str, Callable[[str], Callable[[Member], Place]]] = {
        "focus": aims_at,
        "focus.primary": functools.partial(aims_at, primary=True),
        "focus.reported": reports_side,
        "focus.reported-broad": functools.partial(reports_side, broad=True),
    }
    for stem, side in sides.items():
        listed = members(opened.figures[f"{stem}.ratio"])
        assert listed
        for m in listed:
            reported = (side("outcome")(m), side("process")(m))
            assert m["place"] == places.get(reported, "not known"), (stem, m["id"])
