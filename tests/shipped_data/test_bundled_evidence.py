"""The shipped data, against what was checked by hand; each message tells a curator what to do.

Recounts read the YAML itself and use nothing of the package's counting.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review.gaps.registry import all_results
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules
from tests.bases import SHIPPED
from tests.bibliography import works
from tests.shipped_data import figure_ids, references
from tests.shipped_data.codes import LIST, codes

pytestmark = pytest.mark.shipped_data


def _load(name: str) -> Any:
    return yaml.load((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


STUDIES: list[dict[str, Any]] = _load("studies")["studies"]
REVIEW: dict[str, Any] = _load("review")
EVIDENCE = [s for s in STUDIES if s["role"] == "evidence"]
WORKS = {s["reference"]: s for s in STUDIES if "reference" in s}
"""Studies by the number that the review gives them; studies that were added later have none."""
CHECKED = "if a new look at the source says so, change the list in this file too"

# Read off the review: the references that each section cites for an outcome.
OUTCOME_SECTIONS = {
    "3.1.1": {8, 9, 10, 11, 12, 13},
    "3.1.2": {14, 15, 16, 17},
    "3.1.3": {10, 11, 16, 18, 19, 20},
    "3.3.1": {11, 14, 21, 22, 23, 24},
    "3.3.2": {12, 25},
    "3.5": {12, 16, 17, 19, 22, 23},
    "3.7": {27, 28},
}
# Read off the review: the references that each section cites at all.
CITED_AT_ALL = OUTCOME_SECTIONS | {
    "1": {1, 2, 3, 4},
    "2": {3, 5, 6},
    "3": {7},
    "3.6": {26},
    "4": {5, 6, 8, 11, 12, 14, 21, 22, 29, 30, 31, 32, 33, 34, 35, 36, 37},
}
IDS = [
    "tlap-nd", "parks-1981", "scie-2022", "dhsc-2021", "tlap-2021", "masterson-2022", "voorberg-2015",
    "baldwin-2018", "sass-2018", "callanan-2020", "hannibal-2019", "duffy-2017", "mayer-2017", "clarke-2017",
    "mccarron-2019", "lim-2020", "kay-2019", "james-2022", "lwembe-2017", "hartworth-2021", "marsilio-2021",
    "sandvin-olsson-2020", "grindell-2022", "mc-laughlin-2022", "bester-2022", "nihr-2021", "haldane-2019",
    "aabe-2019", "fox-2018", "sumner-2021", "connolly-2020", "mcmillan-2019", "glimmerveen-2019", "marshall-2022",
    "flemig-2019", "durose-2017", "kaehne-2018",
]  # fmt: skip
# As the checked facts give them; a change here needs a new look at the source.
AIMS = {
    ("not_an_aim", "primary"): {6, 11, 15, 18, 21, 25, 31, 34},
    ("primary", "primary"): {7, 12, 16, 19, 20, 23, 28, 30, 35},
    ("primary", "secondary"): {8, 13, 29},
    ("not_coded", "not_coded"): {9},
    ("primary", "not_an_aim"): {10, 14, 17, 22, 24, 27},
    ("primary", "not_coded"): {32},
}
DOIS = {
    2: "10.1111/j.1541-0072.1981.tb01208.x", 6: "10.1111/hex.13470", 7: "10.1080/14719037.2014.930505",
    8: "10.1093/ageing/afy092", 13: "10.1111/hsc.12418", 14: "10.1136/bmjopen-2016-014650",
    15: "10.1186/s13643-019-0994-8", 16: "10.1093/intqhc/mzaa020", 17: "10.1108/MHSI-10-2018-0035",
    18: "10.1017/S0144686X21002014", 19: "10.1017/S1463423616000141", 20: "10.1177/0264550520984243",
    21: "10.3390/ijerph18073336", 22: "10.1016/j.pec.2020.02.028", 23: "10.1186/s12913-022-08079-y",
    24: "10.1111/hex.13391", 25: "10.1108/JMHTEP-05-2021-0046", 27: "10.1371/journal.pone.0216112",
    28: "10.1111/hex.12939", 30: "10.1093/geront/gnaa064", 33: "10.5334/ijic.4202", 34: "10.7748/phc.2022.e1753",
    36: "10.1332/174426415X14440619792955",
}  # fmt: skip


# The code of each note, with the numbers and the names that its message gives.
NOTES = {
    # Most works were seen as an abstract, and abstracts seldom say how an outcome was measured.
    ("CPR420", "74", "99"),
    # Nor when a review searched.
    ("CPR421", "12", "16"),
    # Appraisal and a second coding are work for people who have not done it; nobody is invented.
    ("CPR422", "28", "28"),
    ("CPR423", "37", "37"),
    # Analyses of these fields are to come, with their coding.
    ("CPR424", "rung_claimed", "rung_assessed", "follow_up"),
    # The census shares of carers are age-standardised, and those may not divide.
    ("CPR509", "unpaid-carers"),
    # Voorberg 2015 is cited by the review, though it is older than the window that the review declares.
    ("CPR418", "2015", "2017"),
}


def test_base_has_no_errors_or_warnings() -> None:
    found = [d for d in apply_rules.diagnose_base(discovery.read_base()) if d.severity is not Severity.NOTE]
    lines = [f"{d.file}:{d.span.line}: {d.code} {d.message}. {d.hint}" for d in found]
    assert not lines, "correct each line, as its hint says:\n" + "\n".join(lines)


def test_notes_are_the_expected_ones() -> None:
    notes = apply_rules.diagnose_base(discovery.read_base())
    found = {(d.code, *re.findall(r"\d+|(?<=`)[\w-]+(?=`)", d.message)) for d in notes}
    assert found == NOTES, "each note has its reason in NOTES of this file: write down the reason of a new one"


def test_references_are_entered_in_order() -> None:
    assert [s["id"] for s in WORKS.values()] == IDS, "the works of the review keep their ids and their order"
    assert list(WORKS) == list(range(1, 38)), "a study that the review does not cite has no `reference`"


def test_dois_match_the_checked_list() -> None:
    assert {number: s["citation"]["DOI"] for number, s in WORKS.items() if "DOI" in s["citation"]} == DOIS, CHECKED


def test_aims_match_the_checked_list() -> None:
    found: dict[tuple[str, str], set[int]] = {}
    for number, s in WORKS.items():
        if s["role"] == "evidence":
            found.setdefault((s["aims"]["outcome"]["code"], s["aims"]["process"]["code"]), set()).add(number)
    assert found == AIMS, CHECKED


def test_roles_match_the_checked_list() -> None:
    context = {number for number, s in WORKS.items() if s["role"] == "context"}
    assert context == {1, 2, 3, 4, 5, 26, 33, 36, 37}, CHECKED


@pytest.mark.parametrize(("section", "references"), OUTCOME_SECTIONS.items())
def test_outcomes_cited_by_the_review_are_findings(section: str, references: set[int]) -> None:
    found = {
        number
        for number, s in WORKS.items()
        for f in s.get("findings", ())
        for seen in f["reported_in"]
        if seen["source"] == "scie-review-2022" and seen["section"] == section
    }
    assert found == references, f"section {section}: a finding is missing, or stands under a wrong section"


@pytest.mark.parametrize(("section", "references"), CITED_AT_ALL.items())
def test_citations_of_the_review_are_in_claims(section: str, references: set[int]) -> None:
    numbers = {s["id"]: number for number, s in WORKS.items()}
    found = {numbers[c] for claim in REVIEW["claims"] if claim["section"] == section for c in claim["cites"]}
    assert found == references, f"section {section}: correct the claims of data/review.yaml, or the list in this file"


def test_the_counts_of_the_review_by_group() -> None:
    groups: dict[str, set[str]] = {}
    for s in STUDIES:
        for f in s.get("findings", ()):
            if any(seen["source"] == "scie-review-2022" for seen in f["reported_in"]):
                groups.setdefault(f["outcome"].split(".")[0], set()).add(s["id"])
    assert {g: len(ids) for g, ids in groups.items()} == {"people": 13, "staff": 8, "organisations": 6, "community": 2}
    assert len(set.union(*groups.values())) == 20


def test_headline_figures_match_the_file(bundled: EvidenceBase) -> None:
    figures = {f.id: f for r in all_results(bundled.studies, bundled.framework) for f in r.figures}
    aims = {s["id"]: (s["aims"]["outcome"]["code"], s["aims"]["process"]["code"]) for s in EVIDENCE}
    outcome, process = ([i for i, codes in aims.items() if codes[side] in ("primary", "secondary")] for side in (0, 1))
    known = [codes for codes in aims.values() if "not_coded" not in codes]
    sides = [sum(codes[side] != "not_an_aim" for codes in known) for side in (0, 1)]
    assert list(figures["focus.outcome-share"].studies) == outcome
    assert list(figures["focus.process-share"].studies) == process
    assert figures["focus.ratio"].value == sides[0] / sides[1]
    read, every = _reporting_outcomes(lambda finding: not _is_attributed(finding)), _reporting_outcomes(lambda _: True)
    figure = figures["focus.reported.outcome-share"]
    assert list(figure.studies) == read
    assert figure.attributed is not None
    assert set(figure.attributed.numerator_ids) == set(every) - set(read)
    assert figures["sector.direct"].denominator == len(read)


def _is_attributed(finding: dict[str, Any]) -> bool:
    return {place["source"] for place in finding["reported_in"]} == {REVIEW["id"]}


def _reporting_outcomes(counts: Callable[[dict[str, Any]], bool]) -> list[str]:
    """The ids of the studies with a finding of a change that counts."""
    levels = {s["id"]: {f["level"] for f in s.get("findings", ()) if counts(f)} for s in EVIDENCE}
    return [i for i, found in levels.items() if found & {"outcome", "impact"}]


def test_group_figures_match_the_file(bundled: EvidenceBase) -> None:
    figures = [
        f for r in all_results(bundled.studies, bundled.framework) for f in r.figures if r.analysis == "representation"
    ]
    focused = [f for f in figures if not f.id.endswith(".included")]
    groups = [t["id"] for t in _load("codebook")["vocabularies"]["groups"]["terms"] if "superseded_by" not in t]
    assert len(focused) == len(groups) - 1  # all but the group of works about people in general
    for figure in focused:
        group = figure.id.removeprefix("representation.")
        assert list(figure.studies) == [s["id"] for s in EVIDENCE if s["populations"].get(group) == "focus"]


def test_every_recommendation_names_figures_that_exist(bundled: EvidenceBase) -> None:
    known = {f.id for r in all_results(bundled.studies, bundled.framework) for f in r.figures}
    named = {figure for r in REVIEW["recommendations"] for figure in r["measured_by"]}
    assert len(REVIEW["recommendations"]) == 11
    assert named <= known


def test_figures_named_by_claims_exist(bundled: EvidenceBase) -> None:
    known = {f.id for r in all_results(bundled.studies, bundled.framework) for f in r.figures}
    assert {q["beside"] for c in REVIEW["claims"] for q in c.get("figures", ()) if "beside" in q} <= known
    assert {p["beside"] for p in REVIEW["published"]} <= known


def test_taxonomy_has_its_documented_size() -> None:
    vocabularies = _load("codebook")["vocabularies"]
    outcomes = [t["id"] for t in vocabularies["outcomes"]["terms"] if "superseded_by" not in t]
    domains = [t["id"] for t in vocabularies["domains"]["terms"]]
    assert (len(outcomes), len(domains)) == (74, 22)
    assert {".".join(o.split(".")[:2]) for o in outcomes} == set(domains)
    assert Counter(o.split(".")[0] for o in outcomes) == {
        "people": 33,
        "staff": 12,
        "organisations": 22,
        "community": 7,
    }


def test_outcomes_named_by_participants_have_testimony() -> None:
    named = {t["id"] for t in _load("codebook")["vocabularies"]["outcomes"]["terms"] if t["named_by"] == "participants"}
    attested = {
        o for part in ("testimony", "examples") for statement in REVIEW[part] for o in statement.get("outcomes", ())
    }
    assert named <= attested, f"no statement names {named - attested}"


def test_known_errors_of_the_review_are_corrected() -> None:
    everything = "\n".join(p.read_text(encoding="utf-8") for p in SHIPPED.glob("*.yaml"))
    assert "artificial intelligence" not in everything.lower()
    growth = next(q for c in REVIEW["claims"] if c["id"] == "c38" for q in c["figures"] if q["percent"] == 25)
    assert growth["unit"] == "percent a year"
    assert next(c for c in REVIEW["claims"] if c["id"] == "c38")["corroboration"]["tlap-2021"] == "contradicted"


def test_every_cited_study_is_judged_and_partly_names_what_is_missing() -> None:
    for claim in REVIEW["claims"]:
        assert "not_judged" not in claim["corroboration"].values(), claim["id"]
        if "partly" in claim["corroboration"].values():
            assert re.search(r"[Ff]ound\b.*Missing\b", claim["note"]), (
                f"{claim['id']}: say what was found and what was not"
            )


def test_claims_about_outcomes_by_status() -> None:
    statuses = Counter(
        "partly" if {"supported", "partly"} & set(claim["corroboration"].values()) else "not_seen"
        for claim in REVIEW["claims"]
        if claim["stakeholder"] != "none" and set(claim["corroboration"].values()) != {"supported"}
    )
    assert statuses == {"partly": 7, "not_seen": 18}, "read docs/methods/coding.md#claims-and-errata, then correct this"


def test_corrected_claims_are_those_of_the_first_comment() -> None:
    comment = (SHIPPED / "review.yaml").read_text(encoding="utf-8").split("\nid: ")[0]
    corrected = {claim["id"] for claim in REVIEW["claims"] if claim["note"].startswith("Corrected")}
    assert corrected == set(re.findall(r"\bc\d\d\b", comment))


def test_retired_testimony_is_not_used_again() -> None:
    comment = (SHIPPED / "review.yaml").read_text(encoding="utf-8").split("\nid: ")[0]
    retired = set(re.findall(r"\bt\d\d\b", comment))
    assert len(retired) == 6
    assert not retired & {statement["id"] for statement in REVIEW["testimony"]}


def test_finding_sources_match_what_was_read() -> None:
    for s in STUDIES:
        sources = {seen["source"] for f in s.get("findings", ()) for seen in f["reported_in"]}
        assert "full_text" not in sources or s["coded_from"] == "full_text", s["id"]
        if s["coded_from"] == "citation":
            assert sources <= {"scie-review-2022"}, f"{s['id']} is coded from its citation alone"


def test_benchmarks_link_to_their_publisher() -> None:
    allowed = r"https://(www\.|cy\.)?(ons\.gov\.uk|ethnicity-facts-figures\.service\.gov\.uk|digital\.nhs\.uk|skillsforcare\.org\.uk|nmds-sc-online\.org\.uk)/"
    for b in _load("benchmarks")["benchmarks"]:
        assert re.match(allowed, b["address"]), b["id"]
        assert b["standardised"] is not True or b["suitable_for"] == [], b["id"]


def test_no_person_or_appraisal_is_invented() -> None:
    base = _load("base")
    assert "contact" not in base
    assert "publisher" not in base
    assert not [s["id"] for s in STUDIES if s.get("coders") or s.get("appraisal")]


# A wrong code, and the rules that report it; where no rule can know better, only the list of codes shows it.
PLANTED = [
    ("code: primary", "code: secondary", set()),
    ("role: evidence", "role: context", set()),
    ("issued: 2019", "issued: 2018", {"CPR304"}),
    ("level: outcome", "level: experience", set()),
    ("evidence_role: original", "evidence_role: reported_by_review", {"CPR404"}),
    ("outcome: people.", "outcome: staff.", {"CPR405", "CPR201"}),
    ('section: "3.1.1"', 'section: "3.1.2"', {"CPR502"}),
    ("claim: c15", "claim: c16", {"CPR502"}),
    (
        "reports: {outcome: present, process: present}",
        "reports: {outcome: absent, process: present}",
        {"CPR402", "CPR401", "CPR408"},
    ),
    ("cited_via: marshall-2022", "cited_via: marshal-2022", {"CPR501"}),
    ("minority-ethnic: focus", "minority-ethnic: excluded", {"CPR401"}),
    ("    reference: 17\n", "    reference: 18\n", {"CPR303"}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("right", "wrong", "reported"), PLANTED)
def test_wrong_codes_are_noticed(right: str, wrong: str, reported: set[str], tmp_path: Path) -> None:
    text = (SHIPPED / "studies.yaml").read_text(encoding="utf-8")
    assert right in text
    for part in SHIPPED.glob("*.yaml"):
        (tmp_path / part.name).write_text(part.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "studies.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    planted = yaml.load((tmp_path / "studies.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)["studies"]
    found = [d for d in apply_rules.diagnose_base(discovery.read_base(tmp_path)) if d.severity is not Severity.NOTE]
    assert {d.code for d in found} == reported
    assert reported or codes(planted) != codes(STUDIES)


def test_codes_match_the_reviewed_list() -> None:
    listed = LIST.read_text(encoding="utf-8").splitlines()
    assert codes(STUDIES) == listed, "review the changed codes, then run: python -m tests.shipped_data.codes"


def test_figure_ids_match_the_list(bundled: EvidenceBase) -> None:
    listed = figure_ids.LIST.read_text(encoding="utf-8").splitlines()
    again = "an id that users cite has changed; if it must, run: python -m tests.shipped_data.figure_ids"
    assert figure_ids.figure_ids(bundled) == listed, again


def test_references_match_the_checked_list(bundled: EvidenceBase) -> None:
    listed = references.LIST.read_text(encoding="utf-8")
    again = "check each changed reference against its source, then run: python -m tests.shipped_data.references"
    assert works.references(bundled.studies) == listed, again


def test_readme_gives_roles_and_reasons() -> None:
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for s in STUDIES:
        row = f"| {s.get('reference', '')} | `{s['id']}` | {s['role']} | {s['role_reason']} |"
        assert row in text, f"write this row into data/README.md: {row}"
