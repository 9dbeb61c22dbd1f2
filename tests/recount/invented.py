"""Bases with random entries and codes that ``validate`` accepts; the same seed gives the same base."""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.bases import SAMPLE
from tests.recount import reading
from tests.recount.reading import Entry

MEASURED = ["validated_scale", "administrative", "qualitative", "study_specific"]
FOLLOWED = ["during", "during", "up_to_6_months", "6_to_24_months", "over_24_months"]


@dataclass(frozen=True)
class Odds:
    """How often what happens in an invented base."""

    read: float
    """That a study was read whole."""
    coded: float
    """That a code was made."""
    weak: float = 0.4
    """That an appraisal has a serious concern."""
    listing: float = 0.7
    """That a review lists the works that it includes."""
    telling: float = 0.8
    """That a study has findings."""


class Inventor:
    """Random entries and codes that ``validate`` accepts; the same seed gives the same base."""

    def __init__(self, seed: int, codebook: Entry, odds: Odds) -> None:
        self.chance = random.Random(seed)
        self.terms = reading.current_terms(codebook)
        self.odds = odds

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    def code(self, yes: list[str], no: list[str], *, whole: bool) -> str:
        """A code: presence anywhere, absence from a full text alone, often not coded."""
        return self.chance.choice(yes + no if whole else yes) if self.happens(self.odds.coded) else "not_coded"

    def some(self, vocabulary: str, most: int) -> list[str]:
        return self.chance.sample(list(self.terms[vocabulary]), self.chance.randint(0, most))

    def study(self, number: int) -> Entry:
        """A new study."""
        kind = self.chance.choice(("primary", "primary", "review"))
        design = self.chance.choice([t["id"] for t in self.terms["designs"].values() if t.get("kind") == kind])
        issued = self.chance.randint(2011, 2026)
        family = "Inv" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
        whole = self.happens(self.odds.read)
        study: Entry = {
            "id": f"{family.lower()}-{issued}",
            "citation": {
                "type": "article-journal",
                "title": f"Study of {family.lower()} together",
                "author": [{"family": family, "given": "Ada"}],
                "issued": issued,
                "container-title": "Journal of invented studies",
                "DOI": f"10.5555/Invented.{number}",
            },
            "role": "evidence",
            "role_reason": "Invented.",
            "design": design,
            "practice": self.some("practices", 3),
            "sector": self.some("sectors", 2),
            "geography": {"data": self.some("places", 2), "authors": []},
            "coded_from": "full_text" if whole else "abstract",
            "coding_note": "Invented.",
            "provenance": {"entered_from": "hand", "as_of": "2026-01-01"},
        }
        if kind == "review":
            study["search"] = self.search(issued)
        self.find(study, kind, whole=whole)
        self.side(study, whole=whole)
        self.recode(study)
        if self.happens(0.08):
            study["status"] = self.chance.choice(("withdrawn", "retracted", "active"))
        return study

    def search(self, issued: int) -> Entry:
        """How a review looked."""
        end: Any = self.chance.randint(issued - 9, issued - 1)
        if self.happens(0.4):
            end = f"{end}-{self.chance.randint(1, 12):02}"
        return {"start": 1990, "end": end if self.happens(0.7) else None, "included": 12}

    def find(self, study: Entry, kind: str, *, whole: bool) -> None:
        """Give a study findings."""
        most = self.chance.randint(1, 4) if self.happens(self.odds.telling) else 0
        findings = [self.finding(study["id"], n, whole=whole) for n in range(1, most + 1)]
        for finding in findings:
            finding["evidence_role"] = "original" if kind == "primary" else "reported_by_review"
        if findings:
            study["findings"] = findings

    def finding(self, study: str, number: int, *, whole: bool) -> Entry:
        outcome = self.chance.choice(list(self.terms["outcomes"]))
        gainers = ["took_part", "others", "both", "not_separated", "not_stated"]
        who = gainers if outcome.partition(".")[0] in ("people", "community") else ["not_coded"]
        finding: Entry = {
            "id": f"{study}.{number}",
            "outcome": outcome,
            "level": self.chance.choice(list(self.terms["levels"])),
            "direction": self.chance.choice(("benefit", "benefit", "mixed", "no_change", "harm", "not_stated")),
            "beneficiary": self.code(who, [], whole=whole),
            "measurement": self.code(MEASURED, ["not_reported"], whole=whole),
            "follow_up": self.code(FOLLOWED, ["not_reported"], whole=whole),
            "summary": f"Invented finding {number} of {study}.",
            "reported_in": [{"source": "abstract"}],
        }
        if self.happens(0.2):
            parts = ("methodological_limitations", "coherence", "adequacy", "relevance")
            finding["certainty"] = {
                "level": "low",
                **dict.fromkeys(parts, "Invented."),
                "assessor": "First coder",
                "date": "2026-01-15",
            }
        return finding

    def side(self, study: Entry, *, whole: bool) -> None:
        """Code which side a study reports, and what it sets out to examine."""
        sides = {
            "outcome": any(f["level"] in reading.OUTCOME_LEVELS for f in reading.findings(study)),
            "process": any(f["level"] in reading.PROCESS_LEVELS for f in reading.findings(study)),
        }
        study["reports"] = {
            side: "present" if found else self.code([], ["absent"], whole=True) if whole else "not_coded"
            for side, found in sides.items()
        }
        absent = {side for side, answer in study["reports"].items() if answer == "absent"}
        study["aims"] = {side: self._aim(promised=side not in absent) for side in reading.SIDES}

    def _aim(self, *, promised: bool) -> Entry:
        codes = ["primary", "secondary", "not_an_aim", "not_coded"] if promised else ["not_an_aim", "not_coded"]
        return {"code": self.chance.choice(codes), "reason": "Invented.", "read_in": "aim"}

    def recode(self, study: Entry) -> None:
        """Codes that do not hang on findings, for a new study or one of the base."""
        whole = study["coded_from"] == "full_text"
        study["definition"] = self.code(["given", "cited"], ["none"], whole=whole)
        study["principles_mentioned"] = {
            p: self.code(["mentioned", "mentioned"], ["not_mentioned"], whole=whole) for p in self.terms["principles"]
        }
        study["cost_measure"] = self.code(["cost_measure", "economic_evaluation"], ["none"], whole=whole)
        study["looked_for_harm"] = self.code(["looked"], ["not_looked"], whole=whole)
        study["involvement_in_outcomes"] = self.code(["involved"], ["not_involved", "not_reported"], whole=whole)
        rungs = [r for r in self.terms["rungs"] if r != "not_coded"]
        study["rung_claimed"] = self.code([*rungs, *["co-production"] * 4], [], whole=whole)
        study["rung_assessed"] = self.code(rungs, [], whole=whole)
        study["coders"] = self.chance.sample(["First coder", "Second coder", "Third coder"], self.chance.randint(0, 3))
        study["populations"] = self.populations(whole=whole)
        study["characteristics"] = self.characteristics(whole=whole)
        if self.happens(0.3):
            study["study_family"] = f"team-{self.chance.randint(1, 12)}"
        if self.happens(self.odds.coded):
            study["appraisal"] = self.appraisal()

    def populations(self, *, whole: bool) -> dict[str, str]:
        """Codes for groups of people; one study in three has them all, some have none."""
        if self.happens(0.1):
            return {}
        yes = ["focus", "included", "included_n"]
        no = ["excluded", "none_recruited", "not_reported", "not_reported"]
        if self.happens(0.33):
            return {g: self.chance.choice(yes + no if whole else yes) for g in self.terms["groups"]}
        codes = {g: self.code(yes, no, whole=whole) for g in self.terms["groups"]}
        bare = {g: "not_applicable" if self.happens(0.05) else codes[g] for g in codes}
        return {g: c for g, c in bare.items() if c != "not_coded" or self.happens(0.5)}

    def characteristics(self, *, whole: bool) -> dict[str, str]:
        """What a study reports of its participants; one study in three has every code, a few have no participants."""
        names = self.terms["characteristics"]
        if self.happens(0.05):
            return dict.fromkeys(names, "not_applicable")
        codes = ["reported", "reported", "not_reported"] if whole else ["reported"]
        if self.happens(0.33):
            return {name: self.chance.choice(codes) for name in names}
        return {name: self.code(["reported"], ["not_reported"], whole=whole) for name in names}

    def appraisal(self) -> Entry:
        return {
            "tool": "MMAT 2018",
            "items": {"1.1": "yes", "1.2": "unclear"},
            "serious_concern": "present"
            if self.happens(self.odds.weak)
            else self.chance.choice(("absent", "not_coded")),
            "assessor": "First coder",
            "date": "2026-01-15",
            "rationale": "Invented.",
        }

    def lists(self, studies: list[Entry]) -> None:
        """Give some reviews the list of works that they hold, by id or DOI, some of them in this base."""
        for study in studies:
            if "search" not in study or not self.happens(self.odds.listing):
                continue
            others = [s for s in studies if s["id"] != study["id"] and "search" not in s]
            inside = [self.name(s) for s in self.chance.sample(others, min(len(others), self.chance.randint(1, 6)))]
            outside = [f"10.5555/outside.{n}" for n in self.chance.sample(range(12), 4)]
            study["search"]["included_studies"] = [*inside, *outside]

    def judged(self, review: Entry, second_hand: set[str]) -> Entry:
        """The review with other judgements on what its claims cite, and with fewer statements by participants."""
        seen = ["partly", "partly", "not_seen", "not_seen", "not_judged"]
        read = [*seen, *["supported"] * 6, "contradicted"]
        for claim in review["claims"]:
            for study in claim.get("corroboration") or {}:
                claim["corroboration"][study] = self.chance.choice(seen if study in second_hand else read)
        share = self.chance.random()
        review["testimony"] = [t for t in review["testimony"] if self.happens(share)]
        return review

    def linked(self, codebook: Entry) -> Entry:
        """The codebook with two made-up frameworks, to which its outcomes belong."""
        for framework in ("ascof", "ascot"):
            terms = [f"{framework}-{n}" for n in range(1, 5)]
            codebook["vocabularies"][framework] = {
                "label": f"Invented {framework}",
                "description": "Invented.",
                "terms": [
                    {"id": t, "label": f"Invented {t}", "definition": "Invented.", "source": "invented"} for t in terms
                ],
            }
            for outcome in codebook["vocabularies"]["outcomes"]["terms"]:
                outcome[framework] = self.chance.sample(terms, self.chance.choice((0, 0, 1, 2)))
        return codebook

    def name(self, study: Entry) -> str:
        doi: str | None = study["citation"].get("DOI")
        return study["id"] if doi is None or self.happens(0.5) else self.chance.choice((doi, doi.upper(), doi.lower()))


def invent(folder: Path, seed: int, odds: Odds, *, new: int, active: int | None = None) -> Path:
    """Write a copy of the bundled base with random codes and ``new`` more studies; return its folder.

    Of the bundled studies only the first ``active`` stand, where a number is given.
    """
    shutil.copytree(SAMPLE, folder)
    studies = load(SAMPLE / "studies.yaml")["studies"]
    inventor = Inventor(seed, load(SAMPLE / "codebook.yaml"), odds)
    evidence = [s for s in studies if s["role"] == "evidence"]
    for study in evidence:
        if inventor.happens(odds.read):
            study["coded_from"] = "full_text"
        inventor.recode(study)
    studies += [inventor.study(n) for n in range(new)]
    inventor.lists(studies)
    second_hand = {s["id"] for s in studies if s.get("cited_via")}
    for study in evidence[active:] if active is not None else []:
        study["status"] = "withdrawn"
    write(folder / "studies.yaml", {"studies": studies})
    write(folder / "review.yaml", inventor.judged(load(SAMPLE / "review.yaml"), second_hand))
    write(folder / "codebook.yaml", inventor.linked(load(SAMPLE / "codebook.yaml")))
    return folder


def invent_alone(folder: Path, seed: int, odds: Odds, *, new: int) -> Path:
    """Write a base of ``new`` studies and nothing of the bundled ones, without the review and its claims."""
    folder.mkdir(parents=True)
    for name in ("base.yaml", "codebook.yaml", "benchmarks.yaml"):
        shutil.copy(SAMPLE / name, folder / name)
    inventor = Inventor(seed, load(SAMPLE / "codebook.yaml"), odds)
    studies = [inventor.study(n) for n in range(new)]
    inventor.lists(studies)
    write(folder / "studies.yaml", {"studies": studies})
    return folder


def write(path: Path, document: Entry) -> None:
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
