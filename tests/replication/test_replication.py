"""What the review states beside what the base gives: recounted from the YAML itself, and turned by planted changes.

The recounts read the files with PyYAML and use nothing of the package's counting.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from math import sqrt
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim, Review, Stated
from coprod_review.model.study import ReportedIn, Study
from coprod_review.replication.registry import REPLICATIONS, ReplicationRow, replicate
from tests.conftest import REPOSITORY, finding, study


def _load(name: str) -> Any:
    return yaml.load((REPOSITORY / "data" / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


STUDIES: list[dict[str, Any]] = _load("studies")["studies"]
REVIEW: dict[str, Any] = _load("review")
VOCABULARIES: dict[str, Any] = _load("codebook")["vocabularies"]
SCIE = "scie-review-2022"
IDS = [*(f"Q{n:02}" for n in range(1, 9)), *(f"R{n:02}" for n in range(1, 25))]

# --- a recount from the files -----------------------------------------------------

EVIDENCE = [s for s in STUDIES if s["role"] == "evidence"]
CLAIMS = {c["id"]: c for c in REVIEW["claims"]}


def _reported(s: dict[str, Any]) -> list[dict[str, Any]]:
    return [f for f in s.get("findings", ()) if any(seen["source"] == SCIE for seen in f["reported_in"])]


CITED = [s for s in EVIDENCE if _reported(s)]


def _for(group: str) -> list[str]:
    return [s["id"] for s in CITED if any(f["outcome"].split(".")[0] == group for f in _reported(s))]


def _on(outcome: str) -> list[str]:
    return [s["id"] for s in CITED if any(f["outcome"] == outcome for f in _reported(s))]


def _interval(n: int, total: int) -> str:
    """Wilson's limits as the shares whose score test is just at 5%, found by halving."""

    def limit(inside: float, outside: float) -> float:
        for _ in range(200):
            middle = (inside + outside) / 2
            fits = abs(n / total - middle) <= 1.959963984540054 * sqrt(middle * (1 - middle) / total)
            inside, outside = (middle, outside) if fits else (inside, middle)
        return 100 * inside

    share = n / total
    return f"({100 * share:.1f}%; could plausibly be {limit(share, 0.0):.1f}% to {limit(share, 1.0):.1f}%)"


def _kind(vocabulary: str, term: str) -> Any:
    return next(t.get("kind") for t in VOCABULARIES[vocabulary]["terms"] if t["id"] == term)


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def q01() -> list[str]:
    figure = CLAIMS["c09"]["figures"][0]
    held = next(s for s in STUDIES if s["id"] == "voorberg-2015")["search"]["included"]
    return [f"{figure['n']} of {held} studies {_interval(figure['n'], held)}", "24 was not seen", "(voorberg-2015)"]


def q02() -> list[str]:
    assert "n" not in CLAIMS["c09"]["figures"][1]
    return ["No number.", "the numerator is missing"]


def q03() -> list[str]:
    figures = CLAIMS["c13"]["figures"]
    assert not [f for f in figures if "n" in f or "N" in f]
    return ["; ".join(f"{f['percent']}% without a base number" for f in figures), "not seen (duffy-2017)"]


def q04() -> list[str]:
    pairs = [(f["n"], f["N"]) for f in CLAIMS["c36"]["figures"]]
    return ["; ".join(f"{n} of {total} articles {_interval(n, total)}" for n, total in pairs), "not seen (fox-2018)"]


def q05() -> list[str]:
    figure = next(f for f in CLAIMS["c38"]["figures"] if f["study"] == "tlap-2021")
    judged = CLAIMS["c38"]["corroboration"]["tlap-2021"]
    return [f"{figure['percent']}% without a base number", f"{judged} (tlap-2021)"]


def q06() -> list[str]:
    figure = next(f for f in CLAIMS["c38"]["figures"] if f["study"] == "marsilio-2021")
    return [f"{figure['percent']} {figure['unit']} for {figure['period']}", "partly (marsilio-2021)"]


def q08() -> list[str]:
    year = next(s for s in STUDIES if s["id"] == "parks-1981")["citation"]["issued"]
    return [f"The cited work was {REVIEW['citation']['issued'] - year} years old"]


def r01() -> list[str]:
    cited = {c for claim in REVIEW["claims"] for c in claim["cites"]}
    assert {s["id"] for s in STUDIES} == cited
    return [f"{len([s for s in STUDIES if 'reference' in s])} works in this base", "each is cited by a claim"]


def r02() -> list[str]:
    told = [f"{s['id']} (through {s['cited_via']})" for s in STUDIES if "cited_via" in s]
    return [f"{len(told)} of {len(STUDIES)} works: {_and(told)}."]


def r03() -> list[str]:
    years = [s["citation"].get("issued") for s in STUDIES]
    ends = {
        s["id"]: int(str(s["search"]["end"])[:4])
        for s in EVIDENCE
        if s.get("search", {}).get("end") and _kind("designs", s["design"]) == "review"
    }
    early = [i for i, year in ends.items() if year < 2017]
    return [
        f"{sum(y is not None and y >= 2017 for y in years)} are dated 2017 or later",
        f"{sum(y is not None and y < 2017 for y in years)} earlier (parks-1981 and voorberg-2015)",
        f"{years.count(None)} without a date",
        f"Of {len(ends)} reviews with a known end of search, {len(early)} stopped before 2017 ({_and(early)})",
    ]


def r04() -> list[str]:
    home = {t["id"] for t in VOCABULARIES["places"]["terms"] if t["in_scope"]}
    data = {s["id"]: set(s["geography"].get("data", ())) for s in EVIDENCE}
    away = [i for i, places in data.items() if places - home]
    authors = [s["id"] for s in STUDIES if set(s["geography"].get("authors", ())) - home]
    return [
        f"Of {len(data)} studies",
        f"{sum(bool(p) and p <= home for p in data.values())} have data from the United Kingdom alone",
        f"{len(away)} also or only from elsewhere ({_and(away)})",
        f"for {sum(not p for p in data.values())} the place is not known",
        f"{len(authors)} of {len(STUDIES)} works have authors elsewhere ({_and(authors)})",
    ]


def r05() -> list[str]:
    kinds = Counter(_kind("designs", s["design"]) for s in STUDIES)
    return [f"{kinds['review']} reviews, {kinds['primary']} primary studies, {kinds['other']} of other kinds"]


def r06() -> list[str]:
    groups = {g: _for(g) for g in ("people", "staff", "organisations", "community")}
    several = [i for i, n in Counter(i for found in groups.values() for i in found).items() if n > 1]
    counts = " ".join(str(len(found)) for found in groups.values())
    assert counts == "13 8 6 2"
    return [
        f"support {len(groups['people'])}, people who work in services {len(groups['staff'])}, ",
        f"organisations {len(groups['organisations'])} and community {len(groups['community'])}",
        f"{len(CITED)} distinct works, {len(several)} of them in more than one group",
    ]


def r07() -> list[str]:
    return [f"{len(_for('staff'))} works cited for staff, {len(_for('people'))} for people, of {len(CITED)} in all"]


def r08() -> list[str]:
    n = len(_for("community"))
    return [f"{n} of {len(CITED)} works cited for outcomes {_interval(n, len(CITED))} are cited for the community"]


def r09() -> list[str]:
    pairs = Counter(("health" in s["sector"], "social-care" in s["sector"]) for s in CITED)
    alone = [s["id"] for s in CITED if s["sector"] == ["social-care"]]
    return [
        f"Of {len(CITED)} works cited for outcomes, {pairs[True, False] + pairs[True, True]} are about health care",
        f"and {pairs[False, True] + pairs[True, True]} about social care",
        f"health without social care {pairs[True, False]}, both {pairs[True, True]}, social care without health ",
        f"without health {pairs[False, True]}, neither {pairs[False, False]}, not known 0",
        f"no other sector: {len(alone)} ({_and(alone)})",
    ]


def r10() -> list[str]:
    gains = [
        f.get("beneficiary")
        for s in CITED
        for f in _reported(s)
        if f["outcome"].startswith("people.") and f["direction"] == "benefit"
    ]
    taking_part, unknown = gains.count("co_producer"), gains.count(None) + gains.count("not_coded")
    return [
        f"Of {len(gains)} findings on benefits to people",
        f"{taking_part} name those who took part",
        f"{len(gains) - taking_part - unknown} name others; for {unknown} it is not known",
    ]


def r11() -> list[str]:
    focus = Counter(s["focus"] for s in EVIDENCE)
    outcome, process = focus["outcome"] + focus["both"], focus["process"] + focus["both"]
    sides = [{_kind("levels", f["level"]) for f in s.get("findings", ())} for s in EVIDENCE]
    assert not [s["id"] for s in EVIDENCE if "absent" in s.get("reports", {}).values()]
    both = sum(found == {"outcome", "process"} for found in sides)
    return [
        f"Of {len(EVIDENCE)} studies, {outcome} say that they examine outcomes and {process} process",
        f"(ratio {outcome / process:.2f};",
        f"Seen to report both {both}, outcomes alone 0, process alone 0, neither 0",
        f"not known on both sides for {len(EVIDENCE) - both}",
    ]


def r12() -> list[str]:
    works = Counter(o for s in CITED for o in {f["outcome"] for f in _reported(s)})
    assert len(_on("people.health.self_management")) == works["people.health.self_management"]
    return [
        f"Self-management and recovery {works['people.health.self_management']}",
        f"changed practice {works['staff.practice.change']}",
        f"uptake of services {works['organisations.use.uptake']}",
        f"hospital visits and admissions {works['organisations.use.acute']}",
        f"missed appointments {works['organisations.use.attendance']}",
        f"Of {len(works)} outcomes with a work cited for them, {list(works.values()).count(1)} rest on one work",
    ]


def r13() -> list[str]:
    told = []
    for label, outcome in (("services", "people.services.satisfaction"), ("services", "people.services.awareness")):
        seen = [s["id"] for s in EVIDENCE if any(f["outcome"] == outcome for f in s.get("findings", ()))]
        cited, others = _on(outcome), [i for i in seen if i not in _on(outcome)]
        names = [f" ({_and(found)})" if found else "" for found in (cited, others)]
        work = "work" if len(cited) == 1 else "works"
        told.append(f"{label}: {len(cited)} {work} cited{names[0]}, others seen to report it {len(others)}{names[1]}")
    return told


def r14() -> list[str]:
    works = [
        s
        for s in CITED
        if any(r["source"] == SCIE and r["section"] == "3.1.3" for f in s["findings"] for r in f["reported_in"])
    ]
    years = sorted(Counter(s["citation"]["issued"] for s in works).items())
    coded = {*_on("people.services.engagement"), *_on("people.services.trust")} & {s["id"] for s in works}
    return [
        f"{len(works)} works cited in this section, by year: {_and([f'{y} ({n})' for y, n in years])}",
        f"{len(coded)} coded for",
    ]


def r15() -> list[str]:
    def having(group: str, code: str) -> list[str]:
        return [s["id"] for s in CITED if s["populations"].get(group) == code]

    focus, n = having("minority-ethnic", "focus"), len(CITED)
    assert having("unpaid-carers", "focus") == []
    return [
        f"communities: in focus of {len(focus)} of {n} works cited for outcomes {_interval(len(focus), n)}",
        f"which are {_and(focus)}; included in {len(having('minority-ethnic', 'included'))} more",
        f"carers: in focus of 0 of {n} works cited for outcomes",
        f"(could plausibly be up to {100 - 100 * 0.05 ** (1 / n):.1f}%)",
        f"included in {len(having('unpaid-carers', 'included'))} more",
    ]


def r16() -> list[str]:
    groups = {t["id"]: t["label"] for t in VOCABULARIES["groups"]["terms"] if t["id"] != "no-particular-group"}
    taken_in = {g for s in EVIDENCE for g, code in s["populations"].items() if code in ("focus", "included")}
    silent = [g for g in groups if g not in taken_in]
    assert set(_stated("R16")["groups"]) <= set(silent)
    return [
        f"{len(silent)} of {len(groups)} groups were seen in no study",
        *(groups[g][1:] for g in silent),
        "Of 7 groups not found in the review's text, 7 are among them",
    ]


def _points(kind: str) -> list[str]:
    points = REVIEW[kind]
    works = {i for point in points for i in point["cites"]}
    through = [s["id"] for s in STUDIES if s["id"] in works and s.get("cited_via")]
    claims = {point["claim"] for point in points}
    codes = Counter(code for c in claims for code in CLAIMS[c]["corroboration"].values())
    return [
        f"{len(points)} {kind} held under {len(claims)} claims",
        f"with {len(works)} distinct works, {len(through)} of them through another",
        f"Of {sum(codes.values())} citations",
        f"supported {codes['supported']}, partly {codes['partly']}",
        f"not seen {codes['not_seen']}",
    ]


def r17() -> list[str]:
    return _points("enablers")


def r18() -> list[str]:
    return _points("barriers")


def r19() -> list[str]:
    measured = [r["id"] for r in REVIEW["recommendations"] if r["measured_by"]]
    return [f"{len(REVIEW['recommendations'])} recommendations", f"{len(measured)} of them can", f"({_and(measured)})"]


def r20() -> list[str]:
    statements = [*REVIEW["testimony"], *REVIEW["examples"]]
    there = [s for s in statements if s["section"] in ("3.2", "3.4", "3.6")]
    return [f"{len(there)} statements in these sections, of {len(statements)} held", "0 studies have a finding"]


def r21() -> list[str]:
    return [f"{len(REVIEW['examples'])} examples held"]


def r22() -> list[str]:
    last = REVIEW["topics"][-1]
    return [f"{len(REVIEW['topics'])} topics held, the last: {last[0].lower()}{last[1:]}."]


def r23() -> list[str]:
    principles = [t["label"].lower() for t in VOCABULARIES["principles"]["terms"]]
    steps = [t["label"].lower() for t in VOCABULARIES["rungs"]["terms"] if t["id"] != "not_coded"]
    return [
        f"{len(principles)} principles in the codebook: {_and(principles)}; {len(steps)} steps",
        f"{steps[-1]} on top",
    ]


def r24() -> list[str]:
    scaled = {s["id"]: f for s in CITED for f in _reported(s) if f.get("measurement") == "validated_scale"}
    scales = sorted({i for s in CITED for f in _reported(s) for i in f.get("instruments", ())})
    rest = [s for s in CITED if s["id"] not in scaled]
    unknown = [s for s in rest if any(f.get("measurement", "not_coded") == "not_coded" for f in _reported(s))]
    return [
        f"At least {len(scaled)} of {len(CITED)} works cited for outcomes ({_and(list(scaled))}), with {_and(scales)}",
        f"not coded in full for {len(unknown)} more",
    ]


def _stated(row: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for s in REVIEW["stated"] if s["id"] == row)
    return found


RECOUNTED: dict[str, Callable[[], list[str]]] = {
    "Q01": q01, "Q02": q02, "Q03": q03, "Q04": q04, "Q05": q05, "Q06": q06, "Q08": q08,
    "R01": r01, "R02": r02, "R03": r03, "R04": r04, "R05": r05, "R06": r06, "R07": r07, "R08": r08, "R09": r09,
    "R10": r10, "R11": r11, "R12": r12, "R13": r13, "R14": r14, "R15": r15, "R16": r16, "R17": r17, "R18": r18,
    "R19": r19, "R20": r20, "R21": r21, "R22": r22, "R23": r23, "R24": r24,
}  # fmt: skip

# Each verdict with the words that give its reason.
VERDICTS = {
    # 24 of 122 rounds to the 20% stated; the abstract has the 122 and not the 24.
    "Q01": ("cannot_tell", "only a part of it was seen"),
    # Nobody gives the numerator.
    "Q02": ("cannot_tell", "Without a numerator"),
    # Percentages of an unknown number of people.
    "Q03": ("cannot_tell", "Without base numbers"),
    # The counts are the review's own; nothing seen of the report holds them.
    "Q04": ("cannot_tell", "it was not seen in what was read"),
    # The page was read whole and holds no studies.
    "Q05": ("differ", "seen not to hold it"),
    # A yearly rate, printed as the growth of 25 years.
    "Q06": ("differ", "a rate for each year"),
    # The abstract says the same.
    "Q07": ("agree", "It was seen in the cited work"),
    "Q08": ("differ", "2022 less 50 is 1972, and the work is from 1981"),
    "R01": ("agree", "the count is the same"),
    "R02": ("agree", "the count is the same"),
    # 1981 and 2015 lie outside the window.
    "R03": ("differ", "2 of 36 dated works are older"),
    "R04": ("differ", "4 studies of 28 hold data from elsewhere"),
    # There is no number of the review to compare.
    "R05": ("cannot_tell", "The review states no number"),
    "R06": ("agree", "give the same"),
    "R07": ("agree", "are fewer"),
    "R08": ("agree", "the fewest works of all groups"),
    # 15 works on health care against 5 on social care.
    "R09": ("agree", "are the more numerous"),
    # 23 of 34 is a majority even if the 11 that are not known were all others.
    "R10": ("agree", "are the more numerous"),
    # 22 studies examine outcomes and 21 process: not fewer.
    "R11": ("cannot_tell", "neither clearly more nor clearly less"),
    # PAM is coded as self-management, so a fourth work counts there.
    "R12": ("differ", "self-management and recovery 4 and not 3"),
    "R13": ("differ", "stands behind satisfaction with services"),
    # Six works show no trend.
    "R14": ("cannot_tell", "cannot show how a literature grows"),
    # 2 of 20 could be 3% to 30%; carers have no benchmark that may divide.
    "R15": ("cannot_tell", "too few to tell silence from under-representation"),
    # The text of the review is not part of the base.
    "R16": ("cannot_tell", "not known to be left out"),
    "R17": ("agree", "the count is the same"),
    # Five barriers in the base stand under the four claims that the review's list makes.
    "R18": ("agree", "the count is the same"),
    "R19": ("agree", "the count is the same"),
    "R20": ("agree", "no finding of a study"),
    # Nine examples, six of them in the list, and no field tells which.
    "R21": ("cannot_tell", "is not coded"),
    "R22": ("agree", "the count of topics is the same"),
    "R23": ("agree", "the principles and the top step of the ladder are the same"),
    "R24": ("agree", "the scales are the same"),
}


def rows(base: EvidenceBase, studies: tuple[Study, ...] | None = None, **framework: Any) -> dict[str, ReplicationRow]:
    """The rows of a base, with other studies or another framework where given."""
    changed = replace(base.framework, **framework)
    return {row.id: row for row in replicate(base.studies if studies is None else studies, changed)}


def test_all_rows_appear_in_order(bundled: EvidenceBase) -> None:
    found = replicate(bundled.studies, bundled.framework)
    assert [row.id for row in found] == IDS == list(REPLICATIONS) == [s["id"] for s in REVIEW["stated"]]
    assert [row.section for row in found] == [s["section"] for s in REVIEW["stated"]]
    assert [row.states for row in found] == [s["statement"].strip() for s in REVIEW["stated"]]


@pytest.mark.parametrize("row", RECOUNTED)
def test_recounted_values_match_the_files(row: str, bundled: EvidenceBase) -> None:
    gives = rows(bundled)[row].gives
    fragments = RECOUNTED[row]()
    assert fragments
    assert [fragment for fragment in fragments if fragment not in gives] == [], gives


@pytest.mark.parametrize("row", IDS)
def test_verdicts_have_expected_reasons(row: str, bundled: EvidenceBase) -> None:
    found = rows(bundled)[row]
    verdict, reason = VERDICTS[row]
    assert found.verdict == verdict, found
    assert reason in found.reason
    assert found.reason.endswith(".")


def test_rows_cite_existing_ids(bundled: EvidenceBase) -> None:
    parts = ("claims", "testimony", "examples", "enablers", "barriers", "recommendations", "errata")
    known = {s["id"] for s in STUDIES} | {e["id"] for part in parts for e in REVIEW[part]}
    for row in rows(bundled).values():
        assert set(row.rests_on) <= known, row.id
        assert len(row.rests_on) == len(set(row.rests_on)), row.id
    assert [row.id for row in rows(bundled).values() if not row.rests_on] == ["R16"]


def test_stated_rows_link_related_claims_and_errata() -> None:
    errata = {e["id"]: e for e in REVIEW["errata"]}
    for stated in REVIEW["stated"]:
        claims = stated.get("claims", ())
        assert set(claims) <= set(CLAIMS), stated["id"]
        assert set(stated.get("errata", ())) <= set(errata), stated["id"]
        assert all(CLAIMS[c]["section"] == stated["section"] for c in claims), stated["id"]
        for erratum in stated.get("errata", ()) if stated["id"].startswith("Q") else ():
            assert set(errata[erratum]["claims"]) & set(claims), f"{erratum} does not touch {stated['id']}"


def test_wording_makes_no_strong_claims(bundled: EvidenceBase) -> None:
    for row in rows(bundled).values():
        text = f"{row.states} {row.gives} {row.reason}".lower()
        assert not re.search(r"research shows|significant|prove[sdn]|artificial|\bnan\b|\binf\b|none\)", text), row
        assert row.gives.endswith("."), row
        assert "  " not in row.gives


# --- planted changes turn the verdict that they bear on ----------------------------


def _with(base: EvidenceBase, identity: str, **changes: Any) -> tuple[Study, ...]:
    return tuple(replace(s, **changes) if s.id == identity else s for s in base.studies)


def _without_finding(base: EvidenceBase, *lost: str) -> tuple[Study, ...]:
    return tuple(replace(s, findings=tuple(f for f in s.findings if f.id not in lost)) for s in base.studies)


def _review(base: EvidenceBase) -> Review:
    assert base.framework.review is not None
    return base.framework.review


def _claimed(base: EvidenceBase, identity: str, change: Callable[[Claim], Claim]) -> Review:
    review = _review(base)
    return replace(review, claims=tuple(change(c) if c.id == identity else c for c in review.claims))


def _figures(*changes: dict[str, Any]) -> Callable[[Claim], Claim]:
    def change(claim: Claim) -> Claim:
        rest = claim.figures[len(changes) :]
        return replace(claim, figures=(*(replace(q, **c) for q, c in zip(claim.figures, changes, strict=False)), *rest))

    return change


def _judged(code: str, *then: Callable[[Claim], Claim]) -> Callable[[Claim], Claim]:
    def change(claim: Claim) -> Claim:
        for step in then:
            claim = step(claim)
        return replace(claim, corroboration=dict.fromkeys(claim.cites, code))

    return change


QUANTITIES = [
    ("Q01", "c09", _figures({"n": 30}), "differ", "30 and not 24"),
    ("Q01", "c09", _figures({"N": 110}), "differ", "percent 22 and not 20"),
    ("Q01", "c09", _figures({"n": None}), "cannot_tell", "not both held"),
    ("Q01", "c09", _figures({"N": 0}), "cannot_tell", "not both held"),
    ("Q01", "c09", _figures({"n": 124}), "cannot_tell", "not both held"),
    ("Q01", "c09", _judged("a word of its own"), "cannot_tell", "nobody has compared"),
    ("Q01", "c09", _judged("supported"), "agree", "it was seen in the cited work"),
    ("Q01", "c09", _judged("not_seen"), "cannot_tell", "it was not seen"),
    ("Q01", "c09", _judged("contradicted"), "differ", "seen not to hold it"),
    ("Q02", "c09", _figures({}, {"n": 9}), "cannot_tell", "states no number"),
    ("Q03", "c13", _figures({"percent": 48}), "differ", "heard 48 and not 84"),
    ("Q03", "c13", _figures({"percent": 0}), "differ", "heard 0 and not 84"),
    (
        "Q03",
        "c13",
        _judged("supported", _figures({"n": 84, "N": 100}, {"n": 44, "N": 100}, {"n": 52, "N": 100})),
        "agree",
        "The arithmetic fits",
    ),
    (
        "Q03",
        "c13",
        _judged("supported", _figures({"n": 84, "N": 100}, {"n": 44, "N": 100})),
        "cannot_tell",
        "Without base numbers",
    ),
    ("Q04", "c36", _judged("supported"), "agree", "it was seen in the cited work"),
    ("Q04", "c36", _judged("not_judged"), "cannot_tell", "nobody has compared"),
    ("Q04", "c36", _figures({"n": 17}), "differ", "some 17 and not 18"),
    ("Q05", "c38", _judged("supported"), "agree", "It was seen"),
    ("Q05", "c38", _judged("supported", _figures({"percent": 30})), "differ", "30 and not 35"),
    ("Q05", "c38", _judged("not_seen"), "cannot_tell", "It was not seen"),
    ("Q06", "c38", _figures({}, {"unit": "percent"}), "cannot_tell", "Only a part of it"),
    ("Q06", "c38", _figures({}, {"unit": "percent", "percent": 20}), "differ", "20 and not 25"),
    ("Q07", "c37", _judged("contradicted"), "differ", "seen not to hold it"),
    ("Q07", "c37", _judged("not_seen"), "cannot_tell", "not seen"),
]


@pytest.mark.parametrize(("row", "claim", "change", "verdict", "reason"), QUANTITIES)
def test_a_changed_claim_turns_the_verdict(
    row: str, claim: str, change: Callable[[Claim], Claim], verdict: str, reason: str, bundled: EvidenceBase
) -> None:
    before, after = rows(bundled), rows(bundled, review=_claimed(bundled, claim, change))
    assert (after[row].verdict, reason in after[row].reason) == (verdict, True), after[row]
    assert after[row] != before[row]
    assert {i: r for i, r in after.items() if i[0] == "R"} == {i: r for i, r in before.items() if i[0] == "R"}


def test_the_weakest_judgement_of_a_claim_counts(bundled: EvidenceBase) -> None:
    two = {"voorberg-2015": "supported", "fox-2018": "not_seen"}
    for judged in (two, dict(reversed(two.items()))):
        review = _claimed(bundled, "c09", lambda c, j=judged: replace(c, cites=tuple(j), corroboration=j))  # type: ignore[misc]
        assert rows(bundled, review=review)["Q01"].verdict == "cannot_tell"
    # The same work, judged by two claims of one row.
    review = _review(bundled)
    stated = tuple(replace(s, claims=("c07", "c37")) if s.id == "Q07" else s for s in review.stated)
    for weak in ("c07", "c37"):
        claims = tuple(_judged("not_seen" if c.id == weak else "partly")(c) for c in review.claims)
        row = rows(bundled, review=replace(review, stated=stated, claims=claims))["Q07"]
        assert (row.verdict, "not seen (masterson-2022)" in row.gives) == ("cannot_tell", True)


def test_missing_erratum_is_not_cited(bundled: EvidenceBase) -> None:
    review = _review(bundled)
    kept = rows(bundled, review=replace(review, errata=review.errata[:1]))
    named = {i for row in kept.values() for i in row.rests_on if re.fullmatch(r"e\d\d", i)}
    assert named == {"e01"}


def test_cited_year_is_compared_with_stated_years(bundled: EvidenceBase) -> None:
    parks = next(s for s in bundled.studies if s.id == "parks-1981")

    def dated(year: int | None) -> ReplicationRow:
        return rows(bundled, _with(bundled, parks.id, citation=replace(parks.citation, issued=year)))["Q08"]

    assert [dated(year).verdict for year in (1972, 1977, 1978, 1966, None)] == [
        "agree", "agree", "differ", "differ", "cannot_tell",
    ]  # fmt: skip


def test_missing_work_changes_reference_counts(bundled: EvidenceBase) -> None:
    fewer = rows(bundled, tuple(s for s in bundled.studies if s.id != "kaehne-2018"))
    assert fewer["R01"].verdict == "differ"
    assert "works 36 and not 37" in fewer["R01"].reason.replace("_", " ")
    assert fewer["R02"].verdict == "differ"
    uncited = rows(bundled, review=_claimed(bundled, "c33", lambda claim: replace(claim, cites=())))
    assert uncited["R01"].verdict == "differ"
    assert "cites nihr-2021" in uncited["R01"].reason
    more = rows(bundled, (*bundled.studies, study(1)))
    assert (more["R01"].verdict, more["R05"]) == ("agree", rows(bundled)["R05"])
    assert rows(bundled, _with(bundled, "kaehne-2018", cited_via=None))["R18"].verdict == "differ"
    assert rows(bundled, tuple(replace(s, cited_via=None) for s in bundled.studies))["R18"].verdict == "differ"


def test_unknown_dates_and_places_give_no_verdict(bundled: EvidenceBase) -> None:
    old = {"parks-1981", "voorberg-2015"}
    inside = tuple(s for s in bundled.studies if s.id not in old)
    assert rows(bundled, inside)["R03"].verdict == "cannot_tell"
    unsearched = tuple(replace(s, search=None) for s in bundled.studies)
    assert "Of 0 reviews with a known end of search, 0 stopped" in rows(bundled, unsearched)["R03"].gives
    dated = tuple(s for s in inside if s.year)
    assert rows(bundled, dated)["R03"].verdict == "agree"

    def placed(*places: str) -> tuple[Study, ...]:
        return tuple(replace(s, geography=replace(s.geography, data=places)) for s in bundled.studies)

    assert rows(bundled, placed("Wales", "England"))["R04"].verdict == "agree"
    assert rows(bundled, placed("Wales", "Norway"))["R04"].verdict == "differ"
    assert rows(bundled, placed())["R04"].verdict == "cannot_tell"
    assert "10 of 37 works have authors elsewhere" in rows(bundled, placed())["R04"].gives


def test_missing_finding_changes_group_and_outcome_counts(bundled: EvidenceBase) -> None:
    lost = rows(bundled, _without_finding(bundled, "mccarron-2019.1"))
    assert lost["R06"].verdict == "differ"
    assert "mccarron-2019" in lost["R06"].reason
    assert "support 12" in lost["R06"].gives
    # Three works for self-management remain, as the review counts them; without PAM the same.
    assert lost["R12"].verdict == "agree"
    assert rows(bundled, _without_finding(bundled, "kay-2019.2"))["R12"].verdict == "agree"
    assert rows(bundled, _without_finding(bundled, "kay-2019.2", "lim-2020.4"))["R12"].verdict == "differ"
    # A finding that was seen in an abstract alone is not cited, so nothing changes for these rows.
    kept = rows(bundled, _without_finding(bundled, "clarke-2017.9"))
    assert kept["R06"] == rows(bundled)["R06"]
    assert "others seen to report it 0; awareness" in kept["R13"].gives


def test_claim_for_another_group_changes_counts(bundled: EvidenceBase) -> None:
    moved = _claimed(bundled, "c24", lambda claim: replace(claim, stakeholder="people"))
    assert rows(bundled, review=moved)["R06"].verdict == "differ"
    uncited = rows(bundled, review=_claimed(bundled, "c34", lambda claim: replace(claim, cites=())))["R06"]
    assert (uncited.verdict, uncited.rests_on) == ("differ", ("haldane-2019",))


def test_context_and_retracted_works_are_not_counted(bundled: EvidenceBase) -> None:
    for change in ({"role": "context"}, {"status": "retracted"}):
        found = rows(bundled, _with(bundled, "callanan-2020", **change))
        assert "of 19 in all" in found["R07"].gives
        assert "no other sector: 0." in found["R09"].gives


def test_more_staff_or_community_works_change_the_verdict(bundled: EvidenceBase) -> None:
    def for_all(outcome: str) -> tuple[Study, ...]:
        return tuple(
            replace(s, findings=tuple(replace(f, outcome=outcome) for f in s.findings)) for s in bundled.studies
        )

    staff = rows(bundled, for_all("staff.practice.change"))
    assert (staff["R07"].verdict, staff["R08"].verdict) == ("differ", "differ")
    assert "20 works cited for staff, 0 for people" in staff["R07"].gives
    # One work for each: not fewer.
    even = tuple(s for s in bundled.studies if s.id in ("kay-2019", "marsilio-2021"))
    assert "1 work cited for staff, 1 for people, of 2 in all" in rows(bundled, even)["R07"].gives
    assert rows(bundled, even)["R07"].verdict == "differ"
    # With as many works as the organisations have, the community no longer has the fewest.
    assert rows(bundled, for_all("community.knowledge.awareness"))["R08"].verdict == "differ"


def test_sectors_change_or_withhold_the_verdict(bundled: EvidenceBase) -> None:
    def in_sector(*sectors: str) -> tuple[Study, ...]:
        return tuple(replace(s, sector=sectors if "health" in s.sector else s.sector) for s in bundled.studies)

    assert rows(bundled, in_sector("social-care"))["R09"].verdict == "differ"
    assert rows(bundled, in_sector())["R09"].verdict == "cannot_tell"
    one = rows(bundled, _with(bundled, "kay-2019", sector=("social-care",)))["R09"]
    assert "14 are about health care and 6 about social care" in one.gives
    assert "no other sector: 2 (callanan-2020 and kay-2019)" in one.gives
    # 15 to 5: the lead of ten holds while nine are not known, and no longer with ten.
    health = [s.id for s in bundled.studies if "health" in s.sector and "social-care" not in s.sector]
    for blank, verdict in ((4, "agree"), (5, "cannot_tell")):
        lost = set([i for i in health if i in {s["id"] for s in CITED}][:blank])
        studies = tuple(replace(s, sector=()) if s.id in lost else s for s in bundled.studies)
        assert rows(bundled, studies)["R09"].verdict == verdict


def test_beneficiaries_change_or_withhold_the_verdict(bundled: EvidenceBase) -> None:
    def gained(who: str) -> tuple[Study, ...]:
        return tuple(
            replace(
                s,
                findings=tuple(
                    replace(f, beneficiary=who) if f.beneficiary == "co_producer" else f for f in s.findings
                ),
            )
            for s in bundled.studies
        )

    assert rows(bundled, gained("wider_user"))["R10"].verdict == "differ"
    assert rows(bundled, gained("not_coded"))["R10"].verdict == "cannot_tell"
    harmed = tuple(
        replace(s, findings=tuple(replace(f, direction="harm") for f in s.findings)) for s in bundled.studies
    )
    assert rows(bundled, harmed)["R10"].reason == "No benefit to people is held among what the review reports."


def test_declared_focus_changes_or_withholds_the_verdict(bundled: EvidenceBase) -> None:
    def focused(**codes: str) -> tuple[Study, ...]:
        return tuple(replace(s, focus=codes.get(s.focus, s.focus)) for s in bundled.studies)

    assert rows(bundled, focused(outcome="process"))["R11"].verdict == "agree"
    assert rows(bundled, focused(outcome="not_coded"))["R11"].verdict == "cannot_tell"
    # Under ten studies no ratio is given.
    assert "(ratio 1.05;" in rows(bundled)["R11"].gives
    assert "ratio" not in rows(bundled, tuple(s for s in bundled.studies if s.is_eligible)[:9])["R11"].gives
    # 12 more on outcomes than on process: the whole interval lies above 1.
    assert rows(bundled, focused(process="outcome"))["R11"].verdict == "differ"
    # 22 to 21: the interval holds 1, so neither side is said to lead.
    assert rows(bundled)["R11"].verdict == "cannot_tell"
    read = _with(
        bundled, "masterson-2022", reports=replace(bundled.studies[0].reports, outcome="absent", process="absent")
    )
    assert "neither 1; not known on both sides for 11" in rows(bundled, read)["R11"].gives


def test_a_cited_finding_on_satisfaction_fills_the_fourth_benefit(bundled: EvidenceBase) -> None:
    seen = (ReportedIn(source=SCIE, section="3.1"),)
    clarke = next(s for s in bundled.studies if s.id == "clarke-2017")
    cited = tuple(replace(f, reported_in=seen) if f.id == "clarke-2017.9" else f for f in clarke.findings)
    assert rows(bundled, _with(bundled, clarke.id, findings=cited))["R13"].verdict == "agree"
    without = rows(bundled, _without_finding(bundled, "duffy-2017.3"))["R13"]
    assert without.reason.endswith("satisfaction with services and awareness of services.")


def test_many_works_show_under_representation(bundled: EvidenceBase) -> None:
    def base_of(n: int, focused: int, *groups: str, **framework: Any) -> ReplicationRow:
        groups = groups or ("minority-ethnic",)
        made = [
            study(
                number,
                populations={groups[0] if number <= focused else "mental-health": "focus"},
                findings=(finding(f"author{number}-2020", reported_in=(ReportedIn(source=SCIE, section="3.1"),)),),
            )
            for number in range(1, n + 1)
        ]
        stated = tuple(replace(s, groups=groups) if s.id == "R15" else s for s in _review(bundled).stated)
        uncoded = (
            study(n + 1, findings=made[0].findings),
            study(n + 2, findings=made[0].findings, populations={groups[0]: "not_coded", "dementia": "not_coded"}),
        )
        review = replace(_review(bundled), stated=stated)
        return rows(bundled, (*made, *uncoded), review=review, **framework)["R15"]

    expected = {(9, 0): "cannot_tell", (30, 1): "cannot_tell", (400, 2): "agree", (400, 40): "cannot_tell"}
    assert {pair: base_of(*pair).verdict for pair in expected} == expected
    # A share that is a floor can show that the studies are fewer, and never that they are more.
    exact = tuple(replace(b, floor=False) for b in bundled.framework.benchmarks)
    assert base_of(400, 160).verdict == "cannot_tell"
    assert base_of(400, 160, benchmarks=exact).verdict == "differ"
    assert base_of(400, 84, benchmarks=exact).verdict == "cannot_tell"
    assert base_of(9, 9, benchmarks=exact).verdict == "cannot_tell"
    # A work without any code for groups is not known, so it is no part of the whole.
    assert "in focus of 2 of 400 works" in base_of(400, 2).gives
    assert "18.3%, 6.4% and at least 9.6%" in base_of(400, 2).gives
    # One share of the population alone decides nothing.
    assert base_of(400, 0, "older-people").verdict == "cannot_tell"
    # With two groups, an agreement needs both; one that is not under-represented is enough to differ.
    assert base_of(400, 2, "minority-ethnic", "unpaid-carers").verdict == "cannot_tell"
    assert base_of(400, 160, "minority-ethnic", "unpaid-carers", benchmarks=exact).verdict == "differ"
    # No usable share of the population: no verdict, however many works.
    assert base_of(400, 0, "unpaid-carers").verdict == "cannot_tell"
    assert "none that may be used" in base_of(400, 0, "unpaid-carers").gives
    # Under ten works counts alone.
    assert "%" not in base_of(9, 1).gives.partition("shares of a population")[0]


def test_an_age_standardised_share_never_decides(bundled: EvidenceBase) -> None:
    shares: tuple[Benchmark, ...] = tuple(replace(b, standardised=True) for b in bundled.framework.benchmarks)
    assert "18.3%" in rows(bundled)["R15"].gives
    assert "18.3%" not in rows(bundled, benchmarks=shares)["R15"].gives


def test_a_study_of_a_silent_group_differs(bundled: EvidenceBase) -> None:
    for code in ("focus", "included", "included_n"):
        found = rows(bundled, _with(bundled, "kay-2019", populations={"dementia": code}))["R16"]
        assert (found.verdict, found.rests_on) == ("differ", ("kay-2019",))
        assert "Of 7 groups not found in the review's text, 6 are among them" in found.gives
    for code in ("excluded", "not_reported", "not_coded"):
        assert rows(bundled, _with(bundled, "kay-2019", populations={"dementia": code}))["R16"].verdict == "cannot_tell"


def test_review_parts_change_their_counts(bundled: EvidenceBase) -> None:
    review = _review(bundled)
    fewer = replace(
        review,
        enablers=review.enablers[1:],
        barriers=review.barriers[:-2],
        recommendations=review.recommendations[:10],
        examples=review.examples[:5],
        topics=review.topics[:4],
    )
    found = rows(bundled, review=fewer)
    assert {i: found[i].verdict for i in ("R17", "R18", "R19", "R21", "R22")} == dict.fromkeys(
        ("R17", "R18", "R19", "R21", "R22"), "differ"
    )
    assert rows(bundled, review=replace(review, examples=review.examples[:6]))["R21"].verdict == "agree"


def test_study_finding_in_testimony_sections_differs(bundled: EvidenceBase) -> None:
    kay = next(s for s in bundled.studies if s.id == "kay-2019")
    there = (ReportedIn(source=SCIE, section="3.4"),)
    moved = (replace(kay.findings[0], reported_in=there), *kay.findings[1:])
    found = rows(bundled, _with(bundled, kay.id, findings=moved))["R20"]
    assert (found.verdict, found.rests_on) == ("differ", ("kay-2019",))
    both = (ReportedIn(source="abstract", section="3.4"), ReportedIn(source=SCIE, section="3.1.2"))
    elsewhere = (replace(kay.findings[0], reported_in=both), *kay.findings[1:])
    assert rows(bundled, _with(bundled, kay.id, findings=elsewhere))["R20"].verdict == "agree"


def test_another_codebook_turns_the_vocabularies(bundled: EvidenceBase) -> None:
    book = bundled.framework.codebook

    def having(name: str, *lost: str) -> ReplicationRow:
        old = book.vocabularies[name]
        new = replace(old, terms=tuple(t for t in old.terms if t.id not in lost))
        return rows(bundled, codebook=replace(book, vocabularies={**book.vocabularies, name: new}))["R23"]

    assert having("principles", "reciprocity").verdict == "differ"
    assert having("rungs", "co-production").verdict == "differ"
    assert having("rungs", "coercion").verdict == "agree"
    renamed = replace(book.vocabularies["principles"].terms[0], id="justice")
    terms = (renamed, *book.vocabularies["principles"].terms[1:])
    other = {**book.vocabularies, "principles": replace(book.vocabularies["principles"], terms=terms)}
    assert rows(bundled, codebook=replace(book, vocabularies=other))["R23"].verdict == "differ"


def test_other_scales_turn_the_verdict(bundled: EvidenceBase) -> None:
    kay = next(s for s in bundled.studies if s.id == "kay-2019")

    def named(*scales: str) -> ReplicationRow:
        found = (kay.findings[0], replace(kay.findings[1], instruments=scales), *kay.findings[2:])
        return rows(bundled, _with(bundled, kay.id, findings=found))["R24"]

    assert named("PAM").verdict == "agree"
    assert named("EQ-5D").reason == "In this base the scales are others."
    assert named().verdict == "differ"


def test_every_stated_number_is_compared(bundled: EvidenceBase) -> None:
    """A number changed in the data turns an agreement: none stands in the code."""
    review = _review(bundled)
    supported = tuple(replace(c, corroboration=dict.fromkeys(c.cites, "supported")) for c in review.claims)
    trusted = replace(review, claims=supported)
    compared = 0
    for number, stated in enumerate(review.stated):
        before = rows(bundled, review=trusted)[stated.id]
        for name in stated.numbers if before.verdict == "agree" else ():
            if name == "sessions":  # held in words alone, as the reason says
                continue
            other: Stated = replace(stated, numbers={**stated.numbers, name: stated.numbers[name] + 100})
            changed = replace(trusted, stated=(*review.stated[:number], other, *review.stated[number + 1 :]))
            assert rows(bundled, review=changed)[stated.id].verdict == "differ", (stated.id, name)
            compared += 1
    assert compared >= 15


# --- any base ---------------------------------------------------------------------


def test_a_base_without_a_review_gives_no_rows(bundled: EvidenceBase, framework: Framework) -> None:
    assert replicate(bundled.studies, framework) == ()
    assert replicate((), framework) == ()


def test_empty_base_gives_no_verdict_on_studies(bundled: EvidenceBase) -> None:
    found = rows(bundled, ())
    assert list(found) == IDS
    told = {"Q05", "Q06", "Q07", "R17", "R19", "R22", "R23"}
    # The barriers hold two works through another, which no study confirms.
    assert {i for i, row in found.items() if row.verdict != "cannot_tell"} == told | {"R18"}
    assert found["R09"].reason == "No finding that the review reports is held."
    assert found["R01"].reason == "No work of the reference list is held."
    assert found["R11"].reason == "No study that counts as evidence is held."


def test_empty_review_gives_no_verdict_on_claims(bundled: EvidenceBase) -> None:
    bare = replace(_review(bundled), claims=(), testimony=(), enablers=(), barriers=(), examples=(), recommendations=())
    bare = replace(bare, errata=(), topics=())
    found = rows(bundled, review=bare)
    without = [i for i in IDS if i[0] == "Q"] + ["R01", "R06", "R17", "R18", "R19", "R20", "R21", "R22"]
    assert {i for i in without if found[i].verdict != "cannot_tell"} == set()
    assert {found[i].reason for i in IDS if i[0] == "Q" and i != "Q08"} == {"No claim is held for it."}


def test_row_without_recount_is_reported(bundled: EvidenceBase) -> None:
    stated = (Stated(id="R99", section="9", statement="Something else."),)
    (row,) = replicate(bundled.studies, replace(bundled.framework, review=replace(_review(bundled), stated=stated)))
    assert (row.verdict, row.reason) == ("cannot_tell", "No recount is written for this row.")


def test_blank_rows_give_no_verdict(bundled: EvidenceBase) -> None:
    blank = tuple(Stated(id=s.id, section="", statement="") for s in _review(bundled).stated)
    found = rows(bundled, review=replace(_review(bundled), stated=blank))
    counted = {"R04", "R06", "R07", "R08", "R09", "R10"}
    assert {i for i, row in found.items() if row.verdict != "cannot_tell"} == counted
    assert all(row.gives and row.reason for row in found.values())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_subset_gives_complete_rows(data: st.DataObject) -> None:
    base = discovery.read_base()
    review = _review(base)
    studies = data.draw(st.lists(st.sampled_from(base.studies), unique_by=lambda s: s.id, max_size=12))
    thinned = tuple(
        replace(s, findings=s.findings[: data.draw(st.integers(0, 2))], sector=(), populations={}) for s in studies
    )
    claims = data.draw(st.lists(st.sampled_from(review.claims), unique_by=lambda c: c.id, max_size=10))
    odd = data.draw(
        st.sampled_from(
            [{"n": 0, "N": 0}, {"n": 5, "N": 3}, {"n": -1, "N": 9}, {"n": 50, "N": 30}, {"n": 0.5, "N": 20}, {}]
        )
    )
    quantity = Quantity(label="odd", **odd)  # type: ignore[arg-type]
    changed = tuple(replace(c, figures=(quantity,) * 3) for c in claims)
    found = rows(base, thinned, review=replace(review, claims=changed))
    assert list(found) == IDS
    for row in found.values():
        assert row.verdict in ("agree", "differ", "cannot_tell")
        assert not re.search(r"\bnan\b|\binf\b|None", f"{row.gives} {row.reason}"), row
