"""The raw YAML of a base, and the codes of studies and findings in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]
"""One mapping of a file as PyYAML reads it."""
Passes = Callable[[Entry], bool]
DATA = Path(__file__).parents[2] / "data"
SIDES = ("outcome", "process")
OUTCOME_LEVELS = frozenset({"outcome", "impact"})
PROCESS_LEVELS = frozenset({"experience", "output"})
COUNTS_AS = "counts as"
"""Key of the id that counts for an entry, which no file has."""
NO_GROUP = "no-particular-group"


@dataclass(frozen=True)
class Base:
    """The raw files of a folder."""

    studies: list[Entry]
    terms: dict[str, dict[str, Entry]]
    """For each vocabulary of the codebook its current terms by id."""
    rules: list[Entry]
    review: Entry
    about: Entry
    benchmarks: list[Entry]
    sector: str | None
    published_from: int | None
    as_of: date

    @property
    def eligible(self) -> list[Entry]:
        """Studies with the role evidence that are not retracted or withdrawn."""
        return [s for s in self.studies if s["role"] == "evidence" and s.get("status", "active") == "active"]

    @property
    def outcome_studies(self) -> list[Entry]:
        """Eligible studies with an outcome finding."""
        return [s for s in self.eligible if outcome_findings(s)]

    @property
    def groups(self) -> list[str]:
        """Groups of people, without the code for people in general."""
        return [g for g in self.terms["groups"] if g != NO_GROUP]

    @property
    def domains(self) -> list[str]:
        """Middle level of the taxonomy."""
        return list(self.terms["domains"])

    @property
    def full_texts(self) -> int:
        """Eligible studies that were read whole."""
        return number_of_studies(filter(whole, self.eligible))

    def kind(self, study: Entry) -> str:
        """Primary, review or other, by the design."""
        return str(self.terms["designs"][study["design"]].get("kind"))

    def primary(self, studies: Iterable[Entry]) -> list[Entry]:
        """Those that found for themselves."""
        return [s for s in studies if self.kind(s) == "primary"]

    def reviews(self, studies: Iterable[Entry]) -> list[Entry]:
        """Those that relay what others found."""
        return [s for s in studies if self.kind(s) == "review"]


def _yaml(path: Path) -> Any:
    if not path.exists():
        return {}
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}


def read(folder: Path, passes: Passes | None = None, *, everything: bool = False) -> Base:
    """The base of a folder; with ``passes`` only the studies that pass.

    Findings that only the review reports are left out, unless ``everything`` is wanted.
    """
    about, codebook = _yaml(folder / "base.yaml"), _yaml(folder / "codebook.yaml")
    scope = about.get("scope") or {}
    every = list(_yaml(folder / "studies.yaml").get("studies") or [])
    every += [_yaml(path) for path in sorted((folder / "studies").glob("*.yaml"))]
    review = _yaml(folder / "review.yaml")
    studies = [s for s in every if passes is None or passes(s)]
    _name_families(studies)
    for study in studies if not everything else ():
        study["findings"] = [f for f in findings(study) if not of_review_alone(f, review)]
    return Base(
        studies=studies,
        terms=current_terms(codebook),
        rules=codebook["gap_rules"],
        review=review,
        about=about,
        benchmarks=_yaml(folder / "benchmarks.yaml").get("benchmarks") or [],
        sector=scope.get("sector"),
        published_from=scope.get("published_from"),
        as_of=_date(about["as_of"]),
    )


def current_terms(codebook: Entry) -> dict[str, dict[str, Entry]]:
    """For each vocabulary of a codebook its terms by id, without those that another term has replaced."""
    vocabularies = codebook["vocabularies"].items()
    return {name: {t["id"]: t for t in v["terms"] if not t.get("superseded_by")} for name, v in vocabularies}


def _name_families(studies: list[Entry]) -> None:
    """Write into every entry the id that counts for it: that of the first eligible entry on the same study."""
    first: dict[str, str] = {}
    for study in studies:
        name = study.get("study_family")
        eligible = study["role"] == "evidence" and study.get("status", "active") == "active"
        study[COUNTS_AS] = first.setdefault(name, study["id"]) if name and eligible else study["id"]


def number_of_studies(entries: Iterable[Entry]) -> int:
    """How many studies some entries are about."""
    return len({entry[COUNTS_AS] for entry in entries})


def studies_of(entries: Iterable[Entry]) -> list[str]:
    """The ids of the studies that some entries are about, in order."""
    return list(dict.fromkeys(entry[COUNTS_AS] for entry in entries))


def of_review_alone(finding: Entry, review: Entry) -> bool:
    """Whether a finding was seen in the review, and in nothing else."""
    return {place["source"] for place in finding["reported_in"]} == {review.get("id")}


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def findings(study: Entry) -> list[Entry]:
    """Findings of any level."""
    return study.get("findings") or []


def outcome_findings(study: Entry) -> list[Entry]:
    """Findings about an outcome, and not about the process."""
    return [f for f in findings(study) if f["level"] in OUTCOME_LEVELS]


def whole(study: Entry) -> bool:
    """Whether the full text was read."""
    return bool(study["coded_from"] == "full_text")


def code(entry: Entry, field: str) -> str:
    """A coded field; what is not written is not coded."""
    return str(entry.get(field) or "not_coded")


def population(study: Entry, group: str) -> str:
    """The code of a group in a study."""
    return code(study.get("populations") or {}, group)


def domain(outcome: str) -> str:
    """Group and domain of an outcome."""
    return outcome.rpartition(".")[0]


def year(study: Entry) -> int | None:
    """Year of publication."""
    issued: int | None = study["citation"].get("issued")
    return issued


def search_end(study: Entry) -> str | None:
    """Year, or year and month, in which the search of a review ended."""
    end = (study.get("search") or {}).get("end")
    return None if end is None else str(end)


def search_end_year(study: Entry) -> int | None:
    """Year in which the search of a review ended."""
    end = search_end(study)
    return None if end is None else int(end[:4])


def statements(base: Base) -> list[Entry]:
    """Statements of participants, examples included."""
    return [*(base.review.get("testimony") or []), *(base.review.get("examples") or [])]


def ids(entries: Iterable[Entry]) -> list[str]:
    """Their ids, in order."""
    return [e["id"] for e in entries]
