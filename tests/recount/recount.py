"""A second count of a base, from its raw YAML alone, so that the program's figures can be checked against it.

Longer than 400 lines, because a second count that imports nothing of the package is reviewed as a whole.

It imports nothing of the package. ``python -m tests.recount.recount [FOLDER]`` prints the four cells, the shares and
the ratio.
"""

import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from statistics import NormalDist, median
from typing import Any

import yaml

Entry = dict[str, Any]
"""One mapping of a file as PyYAML reads it."""
Answer = bool | None
"""Yes, no, or not known."""
Answers = dict[str, Answer]
"""For each study of a pool, whether it belongs into the numerator."""
Passes = Callable[[Entry], bool]

DATA = Path(__file__).parents[2] / "data"
FEWEST = 10
"""Under so many known studies there are counts alone, and under so many full texts no guarded value."""
Z = NormalDist().inv_cdf(0.975)
SIDES = ("outcome", "process")
OUTCOME_LEVELS = frozenset({"outcome", "impact"})
PROCESS_LEVELS = frozenset({"experience", "output"})
DEFINED = frozenset({"given", "cited"})
TOOK_PART = frozenset({"co_producer", "staff_involved"})
WIDER = frozenset({"wider_user", "staff_wider", "public"})
UNFAVOURABLE = frozenset({"mixed", "no_change", "harm"})
HARM = frozenset({"harm"})
SCALE = frozenset({"validated_scale"})
SCALE_OR_RECORDS = SCALE | {"administrative"}
OVER_24 = frozenset({"over_24_months"})
OVER_6 = OVER_24 | {"6_to_24_months"}
UP_TO_6 = frozenset({"during", "up_to_6_months"})
INCLUDED = frozenset({"focus", "included", "included_n"})
REPORTED = INCLUDED | {"excluded", "none_recruited"}
SHARED_POWER = frozenset({"co-design", "co-production"})
COUNTED_FOR = frozenset({"focus", "included_n"})
"""Codes of a group by which a study has findings about it."""
NO_GROUP = "no-particular-group"


# Reading.


@dataclass(frozen=True)
class Base:
    """The raw files of a folder."""

    studies: list[Entry]
    terms: dict[str, dict[str, Entry]]
    """For each vocabulary of the codebook its terms by id."""
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
        return sum(map(whole, self.eligible))

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


def read(folder: Path, passes: Passes | None = None) -> Base:
    """The base of a folder; with ``passes`` only the studies that pass."""
    about, codebook = _yaml(folder / "base.yaml"), _yaml(folder / "codebook.yaml")
    scope = about.get("scope") or {}
    every = list(_yaml(folder / "studies.yaml").get("studies") or [])
    every += [_yaml(path) for path in sorted((folder / "studies").glob("*.yaml"))]
    return Base(
        studies=[s for s in every if passes is None or passes(s)],
        terms={name: {t["id"]: t for t in v["terms"]} for name, v in codebook["vocabularies"].items()},
        rules=codebook["gap_rules"],
        review=_yaml(folder / "review.yaml"),
        about=about,
        benchmarks=_yaml(folder / "benchmarks.yaml").get("benchmarks") or [],
        sector=scope.get("sector"),
        published_from=scope.get("published_from"),
        as_of=_date(about["as_of"]),
    )


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


def ids(entries: Iterable[Entry]) -> list[str]:
    """Their ids, in order."""
    return [e["id"] for e in entries]


# Intervals.


def wilson(n: int, total: int, z: float = Z) -> tuple[float, float]:
    """The two shares x at which n of total lies z standard errors away: roots of (p - x)² = z²x(1 - x)/total."""
    p, spread = n / total, z * z / total
    a, b, c = 1 + spread, 2 * p + spread, p * p
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return max((b - root) / (2 * a), 0.0), min((b + root) / (2 * a), 1.0)


def share_interval(n: int, total: int) -> tuple[float, float]:
    """Wilson, or for a count of zero the exact one-sided upper limit."""
    return wilson(n, total) if n else (0.0, 1 - 0.05 ** (1 / total))


def bonett_price(both: int, outcome: int, process: int) -> tuple[float, float]:
    """Interval of the ratio of two paired shares, from the cells a, b and c."""
    x1, x2, m = both + outcome, both + process, both + outcome + process
    p1, p2 = (x1 + 1) / (m + 2), (x2 + 1) / (m + 2)
    joint = math.sqrt((outcome + process + 2) / ((x1 + 1) * (x2 + 1)))
    single = math.sqrt((1 - p1) / (x1 + 1)) + math.sqrt((1 - p2) / (x2 + 1))
    z = Z * joint / single
    (low1, high1), (low2, high2) = wilson(x1, m, z), wilson(x2, m, z)
    return low1 / high2, high1 / low2


# Three-valued logic.


def presence(found: bool, study: Entry, complete: bool) -> Answer:
    """What was found is there; that it is not there takes a full text and complete codes."""
    if found:
        return True
    return False if whole(study) and complete else None


def any_of(answers: list[Answer]) -> Answer:
    """Yes with one yes, no with nothing but no."""
    if True in answers:
        return True
    return None if None in answers else False


def every_one(answers: list[Answer]) -> Answer:
    """No with one no, yes with nothing but yes."""
    if False in answers:
        return False
    return None if None in answers else True


def negated(answer: Answer) -> Answer:
    """The opposite; what is not known stays so."""
    return None if answer is None else not answer


def by_code(value: str, yes: Iterable[str], no: Iterable[str]) -> Answer:
    """Yes or no by the code of an entry."""
    if value in yes:
        return True
    return False if value in no else None


# One figure.


@dataclass(frozen=True)
class Rules:
    """What a figure's value depends on beside its own answers."""

    base: Base
    guarded: bool = False
    """Whether unknowns forbid a value while fewer than ten full texts were read."""

    def bars(self, unknown: int) -> bool:
        """Whether the guard forbids a value."""
        return self.guarded and unknown > 0 and self.base.full_texts < FEWEST


EMPTY: Mapping[str, Any] = {
    "kind": "count",
    "unit": "study",
    "numerator": None,
    "denominator": None,
    "unknown": None,
    "unknown_low": None,
    "unknown_high": None,
    "value": None,
    "low": None,
    "high": None,
    "leave_one_out_low": None,
    "leave_one_out_high": None,
    "primary_numerator": None,
    "primary_denominator": None,
    "primary_value": None,
    "studies": [],
    "practices": {},
}


def _figure(**known: Any) -> Entry:
    return {**EMPTY, **known}


def share(pool: list[Entry], answer: Callable[[Entry], Answer], rules: Rules) -> Entry:
    """A share over studies with all its companions."""
    answers = {s["id"]: answer(s) for s in pool}
    primary = set(ids(rules.base.primary(pool)))
    own = _share_numbers(answers, rules)
    part = _share_numbers({i: a for i, a in answers.items() if i in primary}, rules)
    return _figure(
        kind="share",
        **own,
        leave_one_out_low=min(_left_out(answers), default=None) if own["value"] is not None else None,
        leave_one_out_high=max(_left_out(answers), default=None) if own["value"] is not None else None,
        primary_numerator=part["numerator"],
        primary_denominator=part["denominator"],
        primary_value=part["value"] if own["value"] is not None else None,
        studies=[i for i, a in answers.items() if a],
        practices=_share_practices(pool, answers),
    )


def _share_numbers(answers: Answers, rules: Rules) -> Entry:
    yes, no, unknown = (sum(a is wanted for a in answers.values()) for wanted in (True, False, None))
    known = yes + no
    barred = known < FEWEST or (unknown and not no) or rules.bars(unknown)
    low, high = (None, None) if barred else share_interval(yes, known)
    return {
        "numerator": yes if known else None,
        "denominator": known,
        "unknown": unknown,
        "unknown_low": yes / len(answers) if answers else None,
        "unknown_high": (yes + unknown) / len(answers) if answers else None,
        "value": None if barred else yes / known,
        "low": low,
        "high": high,
    }


def _left_out(answers: Answers) -> Iterator[float]:
    known = {i: a for i, a in answers.items() if a is not None}
    for dropped in known:
        rest = [a for i, a in known.items() if i != dropped]
        yield sum(a is True for a in rest) / len(rest)


def _share_practices(pool: list[Entry], answers: Answers) -> dict[str, tuple[int, int, int]]:
    """For each practice: counted, known, not known."""
    counts: dict[str, tuple[int, int, int]] = {}
    for practice in sorted({p for s in pool for p in s.get("practice") or []}):
        of = [answers[s["id"]] for s in pool if practice in (s.get("practice") or [])]
        counts[practice] = (of.count(True), len(of) - of.count(None), of.count(None))
    return counts


@dataclass(frozen=True)
class Sides:
    """For each study of a pool, whether it is on the side of outcome and on the side of process."""

    pool: list[Entry]
    outcome: Answers
    process: Answers

    def cells(self) -> dict[str, list[str]]:
        """The four cells, which hold only studies known on both sides, and the rest."""
        cells: dict[str, list[str]] = {name: [] for name in ("both", "outcome", "process", "neither", "unknown")}
        for study in self.pool:
            cells[self._cell(study["id"])].append(study["id"])
        return cells

    def _cell(self, study: str) -> str:
        match self.outcome[study], self.process[study]:
            case (None, _) | (_, None):
                return "unknown"
            case True, True:
                return "both"
            case True, False:
                return "outcome"
            case False, True:
                return "process"
        return "neither"

    def process_only(self) -> Answers:
        """Process and no outcome, so far as it is decided."""
        return {i: every_one([self.process[i], negated(self.outcome[i])]) for i in ids(self.pool)}

    def among(self, studies: Iterable[Entry]) -> "Sides":
        """The same sides for some of the studies."""
        wanted = set(ids(studies))
        return Sides([s for s in self.pool if s["id"] in wanted], self.outcome, self.process)

    def without(self, study: str) -> "Sides":
        """The same sides without one study."""
        return Sides([s for s in self.pool if s["id"] != study], self.outcome, self.process)


def ratio(sides: Sides, rules: Rules) -> Entry:
    """Outcome to process, with all its companions."""
    own, cells = _ratio_numbers(sides, rules), sides.cells()
    part = _ratio_numbers(sides.among(rules.base.primary(sides.pool)), rules)
    rest = [_plain_ratio(sides.without(i)) for cell, members in cells.items() if cell != "unknown" for i in members]
    defined = [r for r in rest if r is not None]
    valued = own["value"] is not None
    order = ids(sides.pool)
    return _figure(
        kind="ratio",
        **own,
        leave_one_out_low=min(defined, default=None) if valued else None,
        leave_one_out_high=max(defined, default=None) if valued else None,
        primary_numerator=part["numerator"],
        primary_denominator=part["denominator"],
        primary_value=part["value"] if valued else None,
        studies=sorted([*cells["both"], *cells["outcome"]], key=order.index),
        practices=_ratio_practices(sides),
    )


def _counts(sides: Sides) -> tuple[int, int, int, int, int]:
    a, b, c, d, unknown = (len(members) for members in sides.cells().values())
    return a, b, c, d, unknown


def _plain_ratio(sides: Sides) -> float | None:
    a, b, c, _, _ = _counts(sides)
    return (a + b) / (a + c) if a + c else None


def _ratio_numbers(sides: Sides, rules: Rules) -> Entry:
    a, b, c, d, unknown = _counts(sides)
    barred = not a + c or (unknown and not b + c) or a + b + c < FEWEST or rules.bars(unknown)
    low, high = (None, None) if barred else bonett_price(a, b, c)
    lowest, highest = ratio_bounds(sides)
    return {
        "numerator": a + b if a + b + c + d else None,
        "denominator": a + c,
        "unknown": unknown,
        "unknown_low": lowest,
        "unknown_high": highest,
        "value": None if barred else _plain_ratio(sides),
        "low": low,
        "high": high,
    }


def ratio_bounds(sides: Sides) -> tuple[float | None, float | None]:
    """Lowest and highest ratio over every way in which the unknown could fall."""
    one, two = ([answers[i] for i in ids(sides.pool)] for answers in (sides.outcome, sides.process))
    yes1, yes2 = one.count(True), two.count(True)
    unknown1, unknown2 = one.count(None), two.count(None)
    low = yes1 / (yes2 + unknown2) if yes2 + unknown2 else None
    high = (yes1 + unknown1) / yes2 if yes2 else None
    return low, high


def ratios_possible(sides: Sides) -> Iterator[float]:
    """Every ratio that the unknown could turn out to give; for small bases alone."""
    order = ids(sides.pool)
    one, two = (_ways([answers[i] for i in order]) for answers in (sides.outcome, sides.process))
    for ones, twos in product(list(one), list(two)):
        if any(twos):
            yield sum(ones) / sum(twos)


def _ways(answers: list[Answer]) -> Iterator[tuple[bool, ...]]:
    return product(*[(False, True) if a is None else (a,) for a in answers])


def _ratio_practices(sides: Sides) -> dict[str, tuple[int, int, int]]:
    counts: dict[str, tuple[int, int, int]] = {}
    for practice in sorted({p for s in sides.pool for p in s.get("practice") or []}):
        a, b, c, _, unknown = _counts(sides.among(s for s in sides.pool if practice in (s.get("practice") or [])))
        counts[practice] = (a + b, a + c, unknown)
    return counts


def _count(unit: str, counted: list[str], among: int | None, *, value: float | None = None) -> Entry:
    studies = counted if unit == "study" else []
    return _figure(unit=unit, numerator=len(counted), denominator=among, value=value, studies=studies)


def _middle(values: list[int]) -> Entry:
    return _figure(kind="median", denominator=len(values), value=median(values) if values else None)


# Focus.


def declared(base: Base) -> Sides:
    """The sides by what a work declares that it examines."""
    return Sides(
        base.eligible,
        {s["id"]: by_code(code(s, "focus"), ("outcome", "both"), ("process", "neither")) for s in base.eligible},
        {s["id"]: by_code(code(s, "focus"), ("process", "both"), ("outcome", "neither")) for s in base.eligible},
    )


def reported(base: Base, *, broad: bool = False) -> Sides:
    """The sides by findings; broadly, some experiences count as outcomes."""
    counted = {s["id"]: {_side(base, f, broad=broad) for f in findings(s)} for s in base.eligible}
    outcome, process = (
        {s["id"]: True if side in counted[s["id"]] else _absent(s, side) for s in base.eligible} for side in SIDES
    )
    return Sides(base.eligible, outcome, process)


def _side(base: Base, finding: Entry, *, broad: bool) -> str:
    moved = broad and base.terms["outcomes"][finding["outcome"]].get("broad")
    return "outcome" if moved or finding["level"] in OUTCOME_LEVELS else "process"


def _absent(study: Entry, side: str) -> Answer:
    return False if code(study.get("reports") or {}, side) == "absent" else None


VIEWS: Mapping[str, Callable[[Base], Sides]] = {
    "declared": declared,
    "reported": reported,
    "reported-broad": lambda base: reported(base, broad=True),
}


def _focus(base: Base) -> Iterator[tuple[str, Entry]]:
    for view, sides_of in VIEWS.items():
        sides, rules = sides_of(base), Rules(base, guarded=view != "declared")
        before = "focus" if view == "declared" else f"focus.{view}"
        for name, answers in (
            ("outcome-share", sides.outcome),
            ("process-share", sides.process),
            ("process-only-share", sides.process_only()),
        ):
            yield f"{before}.{name}", _share_of(sides.pool, answers, rules)
        yield f"{before}.ratio", ratio(sides, rules)
    yield "focus.reported.review-alone", _count("study", ids(_relayed(base)), len(base.outcome_studies))
    sides, rules = declared(base), Rules(base)
    inside = sides.among([s for s in sides.pool if base.sector in (s.get("sector") or [])])
    yield "focus.scope.outcome-share", _share_of(inside.pool, inside.outcome, rules)
    yield "focus.scope.process-share", _share_of(inside.pool, inside.process, rules)
    yield "focus.scope.ratio", ratio(inside, rules)


def relayed(finding: Entry, review: str | None) -> bool:
    """Whether a finding was seen in the review, and in nothing else."""
    return {r["source"] for r in finding["reported_in"]} == {review}


def _relayed(base: Base) -> list[Entry]:
    review = base.review.get("id")
    return [s for s in base.outcome_studies if all(relayed(f, review) for f in outcome_findings(s))]


def _share_of(pool: list[Entry], answers: Answers, rules: Rules) -> Entry:
    return share(pool, lambda study: answers[study["id"]], rules)


# Groups of people.


def _taking_part(studies: Iterable[Entry], group: str) -> list[Entry]:
    return [s for s in studies if population(s, group) != "not_applicable"]


def _in_focus(study: Entry, group: str) -> Answer:
    if population(study, group) == "focus":
        return True
    return False if groups_coded(study) else None


def groups_coded(study: Entry) -> bool:
    """Whether any group of people is coded."""
    return any(c != "not_coded" for c in (study.get("populations") or {}).values())


def _includes(study: Entry, group: str) -> Answer:
    return population(study, group) in INCLUDED


def _says(study: Entry, group: str) -> Answer:
    return by_code(population(study, group), REPORTED, ("not_reported",))


def _representation(base: Base) -> Iterator[tuple[str, Entry]]:
    rules = Rules(base)
    for group in base.groups:
        pool = _taking_part(base.eligible, group)
        telling = [s for s in pool if population(s, group) in REPORTED]
        name = f"representation.{group}"
        yield name, share(pool, partial(_in_focus, group=group), rules)
        included = share(telling, partial(_includes, group=group), rules)
        yield f"{name}.included", included if any(map(whole, telling)) else _without_value(included)
        yield f"{name}.reported", share(pool, partial(_says, group=group), rules)


def _without_value(figure: Entry) -> Entry:
    """Counts alone: where every work was read as an abstract, only presence could be coded."""
    gone = ("value", "low", "high", "leave_one_out_low", "leave_one_out_high", "primary_value")
    return {**figure, **dict.fromkeys(gone)}


def _reporting(base: Base) -> Iterator[tuple[str, Entry]]:
    read_whole = [s for s in base.primary(base.eligible) if whole(s)]
    for group in base.groups:
        pool = _taking_part(read_whole, group)
        yield f"reporting.{group}", share(pool, partial(_says, group=group), Rules(base))
    coded = [s for s in read_whole if all(population(s, g) != "not_coded" for g in base.groups)]
    items = [sum(population(s, g) in REPORTED for g in base.groups) for s in coded]
    yield "reporting.median-items", _middle(items)


# What outcome studies tell.


def _beneficiaries(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules = [s for s in base.outcome_studies if _gainers(s) & (TOOK_PART | WIDER)], Rules(base, guarded=True)
    yield "beneficiaries.wider", share(pool, partial(_gain, who=WIDER), rules)
    yield "beneficiaries.took-part", share(pool, partial(_gain, who=TOOK_PART), rules)
    yield "beneficiaries.co-producer-findings", _of_people(base)


def _of_people(base: Base) -> Entry:
    """Outcome findings about people whose beneficiary is coded as a person, and those about people who took part."""
    about_people = [f for s in base.outcome_studies for f in outcome_findings(s) if f["outcome"].startswith("people.")]
    coded = [f for f in about_people if code(f, "beneficiary") in TOOK_PART | WIDER]
    took_part = _count("finding", ids(f for f in coded if f["beneficiary"] == "co_producer"), len(coded))
    return took_part if coded else {**took_part, "numerator": None}


def _gain(study: Entry, who: frozenset[str]) -> Answer:
    gainers = _gainers(study)
    return presence(bool(gainers & who), study, "not_coded" not in gainers)


def _gainers(study: Entry) -> set[str]:
    return {code(f, "beneficiary") for f in outcome_findings(study)}


def _sector(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules = base.outcome_studies, Rules(base)
    yield "sector.direct", share(pool, lambda s: set(s["sector"]) == {base.sector} if s.get("sector") else None, rules)
    yield "sector.including", share(pool, lambda s: base.sector in s["sector"] if s.get("sector") else None, rules)


def _measurement(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules = base.outcome_studies, Rules(base, guarded=True)
    yield "measurement.scale-or-records", share(pool, partial(_measured, how=SCALE_OR_RECORDS), rules)
    yield "measurement.scale", share(pool, partial(_measured, how=SCALE), rules)


def _measured(study: Entry, how: frozenset[str]) -> Answer:
    used = {code(f, "measurement") for f in outcome_findings(study)}
    return presence(bool(used & how), study, not used & {"not_coded", "not_reported"})


def _lasting(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules = base.outcome_studies, Rules(base, guarded=True)
    full, some = "economic_evaluation", "cost_measure"
    yield "lasting.cost", share(pool, lambda s: by_code(code(s, some), (some, full), ("none",)), rules)
    yield "lasting.economic-evaluation", share(pool, lambda s: by_code(code(s, some), (full,), ("none", some)), rules)
    yield "lasting.over-6-months", share(pool, partial(_followed, times=OVER_6), rules)
    yield "lasting.over-24-months", share(pool, partial(_followed, times=OVER_24), rules)


def _followed(study: Entry, times: frozenset[str]) -> Answer:
    codes = {code(f, "follow_up") for f in outcome_findings(study)}
    return presence(bool(codes & times), study, codes <= (UP_TO_6 | OVER_6))


# Principles, direction, law.


def _principles(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules, named = base.eligible, Rules(base, guarded=True), list(base.terms["principles"])
    yield "principles.definition", share(pool, lambda s: by_code(code(s, "definition"), DEFINED, ("none",)), rules)
    yield "principles.any", share(pool, lambda s: any_of([_mentions(s, p) for p in named]), rules)
    yield "principles.all", share(pool, lambda s: every_one([_mentions(s, p) for p in named]), rules)
    defining = [s for s in pool if code(s, "definition") in DEFINED]
    yield "principles.all-of-defined", share(defining, lambda s: every_one([_mentions(s, p) for p in named]), rules)
    for principle in named:
        yield f"principles.{principle}", share(pool, partial(_mentions, principle=principle), rules)


def _mentions(study: Entry, principle: str) -> Answer:
    return by_code(code(study.get("principles_mentioned") or {}, principle), ("mentioned",), ("not_mentioned",))


def _direction(base: Base) -> Iterator[tuple[str, Entry]]:
    rules = Rules(base, guarded=True)
    pool = [s for s in base.eligible if _directions(s) - {"not_stated"}]
    yield "direction.against", share(pool, partial(_points, where=UNFAVOURABLE), rules)
    yield "direction.harm", share(pool, partial(_points, where=HARM), rules)
    yield "direction.looked-for-harm", share(base.eligible, _looked, rules)


def _looked(study: Entry) -> Answer:
    return by_code(code(study, "looked_for_harm"), ("looked",), ("not_looked",))


def _points(study: Entry, where: frozenset[str]) -> Answer:
    directions = _directions(study)
    return presence(bool(directions & where), study, "not_stated" not in directions)


def _directions(study: Entry) -> set[str]:
    return {f["direction"] for f in findings(study)}


def areas(base: Base, outcome: str) -> list[str]:
    """Areas of the Care Act of an outcome."""
    return base.terms["outcomes"][outcome].get("care_act") or []


def _care_act(base: Base) -> Iterator[tuple[str, Entry]]:
    for area in base.terms["care_act"]:
        found = [s for s in base.eligible if any(area in areas(base, f["outcome"]) for f in findings(s))]
        yield f"care-act.{area}", _count("study", ids(found), None)


# Reviews and what they hold.


def _overlap(base: Base) -> Iterator[tuple[str, Entry]]:
    of_reviews = share(base.outcome_studies, lambda s: base.kind(s) == "review", Rules(base))
    yield (
        "overlap.reviews",
        {**of_reviews, "primary_numerator": None, "primary_denominator": None, "primary_value": None},
    )
    domains = [d for d in base.domains if with_domain(base.eligible, d)]
    alone = [d for d in domains if not base.primary(with_domain(base.eligible, d))]
    yield "overlap.review-only-domains", _count("domain", alone, len(domains), value=_part(len(alone), len(domains)))
    lists = [listed for s in base.reviews(base.eligible) if (listed := works(s))]
    named = set().union(*lists)
    primary = base.primary(base.eligible)
    every_list = len(lists) == len(base.reviews(base.eligible)) and bool(lists)

    yield "overlap.held-twice", share(primary, partial(_listed, named=named, every_list=every_list), Rules(base))
    yield "overlap.cca", _corrected_covered_area(base, lists)


def _listed(study: Entry, named: set[str], every_list: bool) -> Answer:
    """Whether a list names a work; that none does is known only where every review has a list."""
    if _names(study) & named:
        return True
    return False if every_list else None


def _part(n: int, total: int) -> float | None:
    return n / total if total else None


def works(study: Entry) -> set[str]:
    """The works that a review lists, without case."""
    return {w.strip().lower() for w in (study.get("search") or {}).get("included_studies") or []}


def _names(study: Entry) -> set[str]:
    doi = study["citation"].get("DOI")
    return {study["id"].lower()} | ({doi.lower()} if doi else set())


def _corrected_covered_area(base: Base, lists: list[set[str]]) -> Entry:
    if len(lists) < 2:
        return _figure(kind="ratio", unit="inclusion")
    by_doi = {s["citation"]["DOI"].lower(): s["id"].lower() for s in base.eligible if s["citation"].get("DOI")}
    named = [{by_doi.get(w, w) for w in one} for one in lists]
    inclusions, distinct, reviews = sum(map(len, named)), len(set().union(*named)), len(named)
    repeats, possible = inclusions - distinct, distinct * reviews - distinct
    return _figure(
        kind="ratio", unit="inclusion", numerator=repeats, denominator=possible, value=_part(repeats, possible)
    )


def with_domain(studies: Iterable[Entry], wanted: str) -> list[Entry]:
    """The studies with a finding in a domain."""
    return [s for s in studies if any(domain(f["outcome"]) == wanted for f in findings(s))]


def _appraisal(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules = base.eligible, Rules(base)
    yield "appraisal.appraised", share(pool, lambda s: bool(s.get("appraisal")), rules)
    yield "appraisal.serious-concern", share(pool, _concern, rules)
    found = [f for s in pool for f in outcome_findings(s)]
    yield "appraisal.certainty", _count("finding", ids(f for f in found if f.get("certainty")), len(found))


def _concern(study: Entry) -> Answer:
    return by_code(code(study.get("appraisal") or {}, "serious_concern"), ("present",), ("absent",))


# People.


def statements(base: Base) -> list[Entry]:
    """Statements of participants, examples included."""
    return [*(base.review.get("testimony") or []), *(base.review.get("examples") or [])]


def _testimony(base: Base) -> Iterator[tuple[str, Entry]]:
    outcomes = {o for t in statements(base) for o in t.get("outcomes") or []}
    studied = {f["outcome"] for s in base.eligible for f in findings(s)}
    missing = sorted(outcomes - studied)
    yield "testimony.not-studied", _count("outcome", missing, len(outcomes), value=_part(len(missing), len(outcomes)))


def _involvement(base: Base) -> Iterator[tuple[str, Entry]]:
    rules = Rules(base)
    yield "involvement.chose-outcomes", share(base.primary(base.outcome_studies), _chose, rules)
    pool = [s for s in base.eligible if "not_coded" not in (code(s, "rung_claimed"), code(s, "rung_assessed"))]
    for name, test in RUNGS.items():
        yield f"involvement.{name}", share(pool, partial(_agreed, test=test), rules)


def _chose(study: Entry) -> Answer:
    return by_code(code(study, "involvement_in_outcomes"), ("involved",), ("not_involved",))


def _agreed(study: Entry, test: Passes) -> Answer:
    """What at least two people coded; one person's rung is no answer."""
    return test(study) if len(set(study.get("coders") or [])) >= 2 else None


RUNGS: Mapping[str, Passes] = {
    "co-design-or-above": lambda s: s["rung_assessed"] in SHARED_POWER,
    "co-production": lambda s: s["rung_assessed"] == "co-production",
    "label-gap": lambda s: s["rung_claimed"] == "co-production" and s["rung_assessed"] not in SHARED_POWER,
}


# Time and place.


def _currency(base: Base) -> Iterator[tuple[str, Entry]]:
    pool, rules = base.eligible, Rules(base)
    yield "currency.in-window", share(pool, lambda s: _in_window(base, year(s)), rules)
    reviews = set(ids(base.reviews(pool)))
    yield (
        "currency.evidence-in-window",
        share(pool, lambda s: _in_window(base, search_end_year(s)) if s["id"] in reviews else None, rules),
    )
    yield "currency.home-data", share(pool, lambda s: at_home(base, s), rules)
    yield "currency.median-year", _middle([y for s in pool if (y := year(s)) is not None])
    ends = [y for s in base.reviews(pool) if (y := search_end_year(s)) is not None]
    yield "currency.median-search-end", _middle(ends)


def _in_window(base: Base, of: int | None) -> Answer:
    return None if of is None or base.published_from is None else of >= base.published_from


def at_home(base: Base, study: Entry) -> Answer:
    """Whether the data come from a nation of the base's scope; several unnamed countries may hold one."""
    places = (study.get("geography") or {}).get("data") or []
    if any(base.terms["places"][p].get("in_scope") for p in places):
        return True
    return False if places and "International" not in places else None


# The review's claims and recommendations.


def claim_status(claim: Entry) -> str:
    """One status of a claim from the judgements on the studies it cites."""
    judged = list((claim.get("corroboration") or {}).values())
    if "contradicted" in judged:
        return "contradicted"
    if all(j == "supported" for j in judged):
        return "supported"
    if {"supported", "partly"} & set(judged):
        return "partly"
    return "not_judged" if all(j == "not_judged" for j in judged) else "not_seen"


def is_share(quantity: Entry) -> bool:
    """Whether a published number is a share of something."""
    return quantity.get("percent") is not None or quantity.get("N") is not None


def claims_of(base: Base) -> list[Entry]:
    """The claims that cite at least one study that passes."""
    here = {s["id"] for s in base.studies}
    return [c for c in base.review.get("claims") or [] if here & set(c["cites"])]


def lacks_denominator(published: Entry) -> bool:
    """Whether a published share does not say of how many it is."""
    return published.get("denominator") == "not_reported" or published.get("N") is None


def _claims(base: Base) -> Iterator[tuple[str, Entry]]:
    claims = claims_of(base)
    for status in ("supported", "partly", "not_seen", "contradicted", "not_judged"):
        matching = ids(c for c in claims if claim_status(c) == status)
        yield f"claims.{status.replace('_', '-')}", _count("claim", matching, len(claims))
    indirect = {s["id"] for s in base.studies if s.get("cited_via")}
    second = ids(c for c in claims if indirect & set(c["cites"]))
    yield "claims.second-hand", _count("claim", second, len(claims))
    shares = [q for c in claims for q in c.get("figures") or [] if is_share(q)]
    hidden = [q["label"] for q in shares if lacks_denominator(q)]
    yield "claims.without-denominator", _count("published share", hidden, len(shares))
    errata = [*(base.review.get("errata") or []), *(e for s in base.studies for e in s.get("errata") or [])]
    corrected = {c for e in errata for c in e.get("claims") or []}
    yield "claims.corrected", _count("claim", ids(c for c in claims if c["id"] in corrected), len(claims))


def _recommendations(base: Base) -> Iterator[tuple[str, Entry]]:
    given = base.review.get("recommendations") or []
    measured = ids(r for r in given if r.get("measured_by"))
    yield "recommendations.measurable", _count("recommendation", measured, len(given))
    sides = declared(base)
    years = {y - y % 5 for s in base.eligible if (y := year(s)) is not None}
    for first in sorted(years):
        pool = [s for s in base.eligible if (y := year(s)) is not None and first <= y < first + 5]
        yield f"recommendations.outcome-share-{first}", _share_of(pool, sides.outcome, Rules(base))


ANALYSES: tuple[Callable[[Base], Iterator[tuple[str, Entry]]], ...] = (
    _focus,
    _representation,
    _beneficiaries,
    _sector,
    _principles,
    _direction,
    _care_act,
    _measurement,
    _reporting,
    _overlap,
    _appraisal,
    _testimony,
    _involvement,
    _lasting,
    _currency,
    _claims,
    _recommendations,
)


def figures(folder: Path, passes: Passes | None = None) -> dict[str, Entry]:
    """Every figure of the catalogue by its id."""
    return figures_of(read(folder, passes))


def figures_of(base: Base) -> dict[str, Entry]:
    """The same of a base that was read."""
    return {name: figure for analysis in ANALYSES for name, figure in analysis(base)}


# Cells of tables.


def cells(folder: Path, passes: Passes | None = None) -> dict[str, list[str]]:
    """Ids in the cells of tables, by ``table/row/column``."""
    return cells_of(read(folder, passes))


def cells_of(base: Base) -> dict[str, list[str]]:
    """The same of a base that was read."""
    tables = (_focus_cells, _group_cells, _population_cells, _map_cells, _sector_cells, _mention_cells)
    return {name: content for table in tables for name, content in table(base)}


def _focus_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    for view, sides_of in VIEWS.items():
        for cell, members in sides_of(base).cells().items():
            yield f"focus.cells/{cell}/{view}", members


def _group_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    for group in base.terms["stakeholders"]:
        for side, levels in (("outcome", OUTCOME_LEVELS), ("process", PROCESS_LEVELS)):
            studies = [s for s in base.eligible if any(f["level"] in levels for f in _within(s, f"{group}."))]
            yield f"focus.groups/{group}/{side}", ids(studies)


def _within(study: Entry, start: str) -> list[Entry]:
    return [f for f in findings(study) if f["outcome"].startswith(start)]


def _population_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    plain = ("focus", "excluded", "none_recruited", "not_reported", "not_applicable", "not_coded")
    columns = {**{c: {c} for c in plain}, "included": {"included", "included_n"}}
    for group in base.terms["groups"]:
        for column, codes in columns.items():
            members = ids(s for s in base.eligible if population(s, group) in codes)
            yield f"representation.codes/{group}/{column}", members


def _map_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    outcomes = base.terms["outcomes"]
    rows = {f"matrix.map/{row}": _below(base, f"{row}.") for row in (*base.terms["stakeholders"], *base.domains)}
    rows |= {f"matrix.outcomes/{outcome}": {outcome} for outcome in outcomes}
    rows |= {f"care-act.areas/{a}": {o for o in outcomes if a in areas(base, o)} for a in base.terms["care_act"]}
    for row, wanted in rows.items():
        for column, content in map_row(base, wanted).items():
            yield f"{row}/{column}", content


def _below(base: Base, start: str) -> set[str]:
    return {o for o in base.terms["outcomes"] if o.startswith(start)}


def map_row(base: Base, outcomes: set[str]) -> dict[str, list[str]]:
    """What a row of the map holds."""
    studies = [s for s in base.eligible if any(f["outcome"] in outcomes for f in findings(s))]
    return {
        "studies": ids(studies),
        "outcome": ids(s for s in studies if any(f["outcome"] in outcomes for f in outcome_findings(s))),
        "primary": ids(base.primary(studies)),
        "reviews": ids(base.reviews(studies)),
        "said": ids(t for t in statements(base) if outcomes & set(t.get("outcomes") or [])),
    }


def _sector_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    for sector in base.terms["sectors"]:
        for column, pool in (("outcome", base.outcome_studies), ("eligible", base.eligible)):
            yield f"sector.sectors/{sector}/{column}", ids(s for s in pool if sector in (s.get("sector") or []))


def _mention_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    for principle in base.terms["principles"]:
        for column in ("mentioned", "not_mentioned", "not_coded"):
            members = ids(s for s in base.eligible if code(s.get("principles_mentioned") or {}, principle) == column)
            yield f"principles.codes/{principle}/{column}", members


# Gaps.


@dataclass(frozen=True)
class Cell:
    """What the rules see of one domain."""

    base: Base
    studies: list[Entry]
    findings: list[Entry]
    said: int

    @property
    def primary(self) -> list[Entry]:
        """Primary studies of the cell."""
        return self.base.primary(self.studies)

    @property
    def reviews(self) -> list[Entry]:
        """Reviews of the cell."""
        return self.base.reviews(self.studies)


def gaps(folder: Path, passes: Passes | None = None) -> dict[str, list[str]]:
    """For every domain the rules that fire, in the order of the codebook."""
    return gaps_of(read(folder, passes))


def gaps_of(base: Base) -> dict[str, list[str]]:
    """The same of a base that was read."""
    return {
        name: [r["id"] for r in base.rules if FIRES[r["id"]](cell(base, name), r.get("thresholds") or {})]
        for name in base.domains
    }


def cell(base: Base, name: str) -> Cell:
    """The studies, findings and statements of a domain."""
    studies = with_domain(base.eligible, name)
    found = [f for s in studies for f in findings(s) if domain(f["outcome"]) == name]
    testimony = [t for t in statements(base) if any(domain(o) == name for o in t.get("outcomes") or [])]
    return Cell(base, studies, found, len(testimony))


def _single_source(cell: Cell, at: Entry) -> bool:
    families = {s.get("study_family") or s["id"] for s in cell.primary}
    return len(cell.primary) >= at["min_primary"] and len(families) == 1


def _mixed(cell: Cell, _: Entry) -> bool:
    directions = {f["direction"] for f in cell.findings if f["level"] in OUTCOME_LEVELS}
    return bool(directions & {"benefit", "mixed"}) and bool(directions & UNFAVOURABLE)


def _elsewhere(base: Base, study: Entry) -> bool:
    sectors = study.get("sector") or []
    return bool(sectors and base.sector not in sectors) or at_home(base, study) is False


def _indirect(cell: Cell, at: Entry) -> bool:
    return len(cell.studies) >= at["min_studies"] and all(_elsewhere(cell.base, s) for s in cell.studies)


def _synthesis(cell: Cell, at: Entry) -> bool:
    return len(cell.primary) >= at["min_primary"] and not any(_reaches(s, recent(cell.base, at)) for s in cell.reviews)


def recent(base: Base, at: Entry) -> tuple[int, int]:
    """Year and month from which on the search of a review is recent."""
    return base.as_of.year - at["max_age_years"], base.as_of.month


def _reaches(review: Entry, month: tuple[int, int]) -> bool:
    """Whether a search may have ended in a month or later; one without an end, as late as its publication."""
    end = search_end(review)
    if end is None:
        return (year(review) or 9999, 12) >= month
    return (int(end[:4]), int(end[5:7] or 12)) >= month


def _quality(cell: Cell, at: Entry) -> bool:
    appraised = [s for s in cell.studies if s.get("appraisal")]
    return len(appraised) >= at["min_appraised"] and all(_concern(s) for s in appraised)


def _unappraised(cell: Cell, at: Entry) -> bool:
    return len(cell.studies) >= at["min_studies"] and not any(s.get("appraisal") for s in cell.studies)


def _not_coded(cell: Cell, _: Entry) -> bool:
    silent = [s for s in cell.base.eligible if not findings(s) and not sides_coded(s)]
    return len(silent) > len(cell.studies)


def sides_coded(study: Entry) -> bool:
    """Whether anything is coded of what a study reports."""
    return any(code(study.get("reports") or {}, side) != "not_coded" for side in SIDES)


FIRES: Mapping[str, Callable[[Cell, Entry], bool]] = {
    "testimony_only": lambda cell, at: not cell.studies and cell.said >= at["min_statements"],
    "none": lambda cell, _: not cell.studies and not cell.said,
    "review_only": lambda cell, at: len(cell.reviews) >= at["min_reviews"] and not cell.primary,
    "thin": lambda cell, at: 1 <= len(cell.studies) <= at["max_studies"],
    "single_source": _single_source,
    "mixed": _mixed,
    "indirect": _indirect,
    "synthesis": _synthesis,
    "quality": _quality,
    "unappraised": _unappraised,
    "not_coded": _not_coded,
}


def group_gaps_of(base: Base) -> dict[str, list[str]]:
    """For every group of people the rules that fire on the studies in whose focus it is."""
    focused = {g: [s for s in base.eligible if population(s, g) == "focus"] for g in base.groups}
    return {group: _few(base, studies) for group, studies in focused.items()}


def pair_gaps_of(base: Base) -> dict[str, list[str]]:
    """The same for ``group/domain``, of the groups that any study focuses on or includes with a number."""
    about = {g: [s for s in base.eligible if population(s, g) in COUNTED_FOR] for g in base.groups}
    pairs = {
        f"{g}/{d}": with_domain(group_studies, d)
        for g, group_studies in about.items()
        if group_studies
        for d in base.domains
    }
    return {pair: _few(base, studies) for pair, studies in pairs.items()}


def _few(base: Base, studies: list[Entry]) -> list[str]:
    [most] = [r["thresholds"]["max_studies"] for r in base.rules if r["id"] == "thin"]
    if not studies:
        return ["none"]
    return ["thin"] if len(studies) <= most else []


# In words.


def sentences(folder: Path) -> Iterator[str]:
    """The four cells, both shares and the ratio of each view, as a person reads them."""
    base, counted = read(folder), figures(folder)
    yield f"{len(base.eligible)} eligible studies, {len(base.outcome_studies)} of them outcome studies."
    for view, sides_of in VIEWS.items():
        a, b, c, d, unknown = _counts(sides_of(base))
        before = "focus" if view == "declared" else f"focus.{view}"
        yield f"\n{_VIEW_IN_WORDS[view]}"
        yield f"  both {a}, outcome alone {b}, process alone {c}, neither {d}, not known on both sides {unknown}"
        for name, words in _NAME_IN_WORDS.items():
            yield f"  {words}: {_in_words(counted[f'{before}.{name}'])}"


_VIEW_IN_WORDS = {
    "declared": "What the studies say they examine",
    "reported": "What they were seen to report",
    "reported-broad": "What they were seen to report, some experiences counted as outcomes",
}
_NAME_IN_WORDS = {
    "outcome-share": "outcome",
    "process-share": "process",
    "process-only-share": "process alone",
    "ratio": "outcome to process",
}


def _in_words(figure: Entry) -> str:
    text = f"{figure['numerator']} to {figure['denominator']}"
    if figure["kind"] == "share":
        text = f"{figure['numerator']} of {figure['denominator']}"
    if figure["unknown"]:
        text += f", not known for {figure['unknown']}"
    if figure["value"] is None:
        text += "; no value"
    else:
        text += f"; {figure['value']:.4f}, interval {_span(figure, '')}"
        text += f", leaving one out {_span(figure, 'leave_one_out_')}"
    return f"{text}, if the unknown fall one way {_span(figure, 'unknown_')}"


def _span(figure: Entry, start: str) -> str:
    low, high = ("none" if (v := figure[f"{start}{end}"]) is None else f"{v:.4f}" for end in ("low", "high"))
    return re.sub(r"^(\S+) to \1$", r"\1", f"{low} to {high}")


if __name__ == "__main__":
    for line in sentences(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA):
        print(line)
