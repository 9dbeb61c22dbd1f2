"""The numbers of each row of the review, counted in the YAML without the code of the package."""

from collections.abc import Callable, Iterable
from typing import Any

import yaml

from tests.bases import SHIPPED

SCIE = "scie-review-2022"
Numbers = tuple[int, list[int], int]
"""Among how many things was counted, the number of each part, and for how many it is not known."""


def _load(name: str) -> Any:
    return yaml.load((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


STUDIES: list[dict[str, Any]] = _load("studies")["studies"]
REVIEW: dict[str, Any] = _load("review")
VOCABULARIES: dict[str, Any] = _load("codebook")["vocabularies"]
CLAIMS = {c["id"]: c for c in REVIEW["claims"]}
EVIDENCE = [s for s in STUDIES if s["role"] == "evidence" and s.get("status", "active") == "active"]
REFERENCES = [s for s in STUDIES if "reference" in s]


def _places(finding: dict[str, Any]) -> list[str]:
    return [place["section"] for place in finding["reported_in"] if place["source"] == SCIE]


def _reported(study: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for finding in study.get("findings", ()) if _places(finding)]


CITED = [s for s in EVIDENCE if _reported(s)]
REPORTED = [finding for study in CITED for finding in _reported(study)]


def _on(prefix: str) -> int:
    """The works that the review cites for outcomes whose id begins so."""
    return sum(any(f["outcome"].startswith(prefix) for f in _reported(s)) for s in CITED)


def _among_cited(*numbers: int, unknown: int = 0) -> list[Numbers]:
    return [(len(CITED), list(numbers), unknown)]


def _kinds(*kinds: str) -> list[int]:
    kind_of = {t["id"]: t.get("kind") for t in VOCABULARIES["designs"]["terms"]}
    return [sum(kind_of[s["design"]] == kind for s in REFERENCES) for kind in kinds]


def _in_scope(places: Iterable[list[str]]) -> tuple[list[int], int]:
    """How many have a place in the nations of the base, and for how many no place is known."""
    home = {t["id"] for t in VOCABULARIES["places"]["terms"] if t.get("in_scope")}
    lists = list(places)
    return [sum(bool(home & set(names)) for names in lists)], sum(not names for names in lists)


def _years(studies: list[dict[str, Any]], first: int, last: int) -> list[Numbers]:
    years = [s["citation"].get("issued") for s in studies]
    within = sum(year is not None and first <= year <= last for year in years)
    return [(len(years), [within], years.count(None))]


def q08() -> list[Numbers]:
    cited = [s for s in STUDIES if s["id"] in CLAIMS["c02"]["cites"]]
    return _years(cited, 0, REVIEW["citation"]["issued"] - 45)


def r01() -> list[Numbers]:
    assert {s["id"] for s in REFERENCES} == {work for claim in CLAIMS.values() for work in claim["cites"]}
    return [(len(REFERENCES), [len(REFERENCES)], 0)]


def r02() -> list[Numbers]:
    return [(len(REFERENCES), [sum("cited_via" in s for s in REFERENCES)], 0)]


def r04() -> list[Numbers]:
    authors = _in_scope(s.get("geography", {}).get("authors", []) for s in REFERENCES)
    data = _in_scope(s.get("geography", {}).get("data", []) for s in EVIDENCE)
    return [(len(REFERENCES), *authors), (len(EVIDENCE), *data)]


def r09() -> list[Numbers]:
    health, social = (sum(sector in s.get("sector", ()) for s in CITED) for sector in ("health", "social-care"))
    return _among_cited(health, social, unknown=sum(not s.get("sector") for s in CITED))


def r10() -> list[Numbers]:
    people = [
        f for f in REPORTED
        if f["outcome"].startswith("people.") and f["direction"] == "benefit" and f["level"] in ("outcome", "impact")
    ]  # fmt: skip
    gains = [f.get("beneficiary", "not_coded") for f in people]
    counted = [sum(code in codes for code in gains) for codes in (("took_part", "both"), ("others", "both"))]
    return [(len(gains), counted, sum(code not in ("took_part", "others", "both") for code in gains))]


def r12() -> list[Numbers]:
    outcomes = ("people.health.self_management", "staff.practice.change")
    used = ("organisations.use.uptake", "organisations.use.acute", "organisations.use.attendance")
    return _among_cited(*map(_on, (*outcomes, *used)))


def r13() -> list[Numbers]:
    return [*_among_cited(_on("people.services.satisfaction")), *_among_cited(_on("people.services.awareness"))]


def r14() -> list[Numbers]:
    return _among_cited(sum(any("3.1.3" in _places(f) for f in _reported(s)) for s in CITED))


def r15() -> list[Numbers]:
    groups = ("minority-ethnic", "unpaid-carers")
    uncoded = sum(not set(s.get("populations", {}).values()) - {"not_coded"} for s in CITED)
    return _among_cited(
        *(sum(s.get("populations", {}).get(g) == "focus" for s in CITED) for g in groups), unknown=uncoded
    )


def r16() -> list[Numbers]:
    silent = {"dementia", "learning-disability", "lgbt", "faith", "women", "rural", "sensory"}
    codes = [{g: c for g, c in s.get("populations", {}).items() if g in silent and c != "not_coded"} for s in EVIDENCE]
    taken_in = sum(bool({"focus", "included", "included_n"} & set(found.values())) for found in codes)
    return [(len(EVIDENCE), [taken_in], sum(set(found) != silent for found in codes) - taken_in)]


def _influences(kind: str) -> list[Numbers]:
    works = {i for point in REVIEW[kind] for i in point["cites"]}
    second_hand = sum("cited_via" in s for s in STUDIES if s["id"] in works)
    claims = len({point["claim"] for point in REVIEW[kind]})
    return [(claims, [claims], 0), (len(works), [len(works)], 0), (len(works), [second_hand], 0)]


def r20() -> list[Numbers]:
    there = sum(bool({"3.2", "3.4", "3.6"} & set(_places(f))) for f in REPORTED)
    statements = len(REVIEW["testimony"])
    return [(len(REPORTED), [there], 0), (statements, [statements], 0)]


def r24() -> list[Numbers]:
    scales = [{scale for f in _reported(s) for scale in f.get("instruments", ())} for s in CITED]
    unmeasured = [any(f.get("measurement", "not_coded") == "not_coded" for f in _reported(s)) for s in CITED]
    unknown = sum(missing and not names for missing, names in zip(unmeasured, scales, strict=True))
    return _among_cited(*(sum(scale in names for names in scales) for scale in ("WEMWBS", "PAM")), unknown=unknown)


def _listed(count: int) -> list[Numbers]:
    return [(count, [count], 0)]


RECOUNTED: dict[str, Callable[[], list[Numbers]]] = {
    "Q08": q08,
    "R01": r01,
    "R02": r02,
    "R03": lambda: _years(REFERENCES, 2017, 9999),
    "R04": r04,
    "R05": lambda: [(len(REFERENCES), _kinds("review", "primary", "other"), 0)],
    "R06": lambda: _among_cited(*map(_on, ("people.", "staff.", "organisations.", "community."))),
    "R07": lambda: _among_cited(*map(_on, ("staff.", "people."))),
    "R08": lambda: _among_cited(*map(_on, ("community.", "people.", "staff.", "organisations."))),
    "R09": r09,
    "R10": r10,
    "R12": r12,
    "R13": r13,
    "R14": r14,
    "R15": r15,
    "R16": r16,
    "R17": lambda: _influences("enablers")[:2],
    "R18": lambda: _influences("barriers"),
    "R19": lambda: _listed(len(REVIEW["recommendations"])),
    "R20": r20,
    "R21": lambda: _listed(len(REVIEW["examples"])),
    "R22": lambda: _listed(len(REVIEW["topics"])),
    "R23": lambda: _listed(len(VOCABULARIES["principles"]["terms"])),
    "R24": r24,
}
"""The numbers of every row that counts something; R11 compares a figure, and the other Q rows quote claims."""
