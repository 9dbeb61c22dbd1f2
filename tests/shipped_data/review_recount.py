"""What the base gives for each row of the review, recounted from the YAML without the code of the package."""

from collections import Counter
from collections.abc import Callable
from math import sqrt
from typing import Any

import yaml

from tests.conftest import REPOSITORY
from tests.replication.rows import SCIE


def _load(name: str) -> Any:
    return yaml.load((REPOSITORY / "data" / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


STUDIES: list[dict[str, Any]] = _load("studies")["studies"]

REVIEW: dict[str, Any] = _load("review")

VOCABULARIES: dict[str, Any] = _load("codebook")["vocabularies"]

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
    included = next(s for s in STUDIES if s["id"] == "voorberg-2015")["search"]["included"]
    return [
        f"{figure['n']} of {included} studies {_interval(figure['n'], included)}",
        "24 was not seen",
        "(voorberg-2015)",
    ]


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
    works = [f"{s['id']} (through {s['cited_via']})" for s in STUDIES if "cited_via" in s]
    return [f"{len(works)} of {len(STUDIES)} works: {_and(works)}."]


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
    sentences = []
    for label, outcome in (("services", "people.services.satisfaction"), ("services", "people.services.awareness")):
        seen = [s["id"] for s in EVIDENCE if any(f["outcome"] == outcome for f in s.get("findings", ()))]
        cited, others = _on(outcome), [i for i in seen if i not in _on(outcome)]
        names = [f" ({_and(found)})" if found else "" for found in (cited, others)]
        work = "work" if len(cited) == 1 else "works"
        sentences.append(
            f"{label}: {len(cited)} {work} cited{names[0]}, others seen to report it {len(others)}{names[1]}"
        )
    return sentences


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
