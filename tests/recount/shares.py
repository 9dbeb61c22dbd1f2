"""Figures: shares with their intervals and bounds, counts and medians."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.recount.answers import Answer, Answers, any_of
from tests.recount.intervals import share_interval
from tests.recount.reading import COUNTS_AS, Base, Entry

FEWEST = 10
"""Under so many known studies there are counts alone, and under so many full texts no guarded value."""
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
    "counted": [],
    "known": [],
    "open": [],
    "practices": {},
}


@dataclass(frozen=True)
class Rules:
    """What a figure's value depends on beside its own answers."""

    base: Base
    guarded: bool = False
    """Whether unknowns forbid a value while fewer than ten full texts were read."""

    def bars(self, unknown: int) -> bool:
        """Whether the guard forbids a value."""
        return self.guarded and unknown > 0 and self.base.full_texts < FEWEST


def figure(**known: Any) -> Entry:
    return {**EMPTY, **known}


def share(pool: list[Entry], answer: Callable[[Entry], Answer], rules: Rules) -> Entry:
    """A share over studies with all its companions."""
    answers = by_study(pool, answer)
    own = _share_numbers(answers, rules)
    part = _share_numbers(by_study(rules.base.primary(pool), answer), rules)
    counted = [i for i, a in answers.items() if a]
    return figure(
        kind="share",
        **own,
        leave_one_out_low=min(_left_out(answers), default=None) if own["value"] is not None else None,
        leave_one_out_high=max(_left_out(answers), default=None) if own["value"] is not None else None,
        primary_numerator=part["numerator"],
        primary_denominator=part["denominator"],
        primary_value=part["value"] if own["value"] is not None else None,
        studies=counted,
        counted=counted,
        known=[i for i, a in answers.items() if a is not None],
        open=[i for i, a in answers.items() if a is None],
        practices=_share_practices(pool, answer),
    )


def by_study(pool: list[Entry], answer: Callable[[Entry], Answer]) -> Answers:
    """The answer of each study, from all its entries in the pool."""
    entries: dict[str, list[Answer]] = {}
    for entry in pool:
        entries.setdefault(entry[COUNTS_AS], []).append(answer(entry))
    return {study: any_of(answers) for study, answers in entries.items()}


def share_of(pool: list[Entry], answers: Answers, rules: Rules) -> Entry:
    return share(pool, lambda study: answers[study["id"]], rules)


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


def _share_practices(pool: list[Entry], answer: Callable[[Entry], Answer]) -> dict[str, tuple[int, int, int]]:
    """For each practice: counted, known, not known."""
    counts: dict[str, tuple[int, int, int]] = {}
    for practice in sorted({p for s in pool for p in s.get("practice") or []}):
        of = list(by_study([s for s in pool if practice in (s.get("practice") or [])], answer).values())
        counts[practice] = (of.count(True), len(of) - of.count(None), of.count(None))
    return counts


def count(unit: str, counted: list[str], among: list[str] | None, *, value: float | None = None) -> Entry:
    return figure(
        unit=unit,
        numerator=len(counted),
        denominator=None if among is None else len(among),
        value=value,
        studies=counted if unit == "study" else [],
        counted=counted,
        known=among or [],
    )


def part(n: int, total: int) -> float | None:
    return n / total if total else None


def middle(values: list[int]) -> Entry:
    return figure(kind="median", denominator=len(values), value=median(values) if values else None)
