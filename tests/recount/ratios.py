"""Two sides of the same studies, their four cells, and the ratio of one side to the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from tests.recount.answers import Answer, Answers, every_one, negated
from tests.recount.intervals import bonett_price
from tests.recount.reading import COUNTS_AS, Entry, ids
from tests.recount.shares import FEWEST, Rules, by_study, figure


@dataclass(frozen=True)
class Sides:
    """For each study of a pool, whether it is on the side of outcome and on the side of process."""

    pool: list[Entry]
    outcome: Answers
    process: Answers

    def cells(self) -> dict[str, list[str]]:
        """The four cells, which hold only studies known on both sides, and the rest."""
        cells: dict[str, list[str]] = {name: [] for name in ("both", "outcome", "process", "neither", "unknown")}
        outcome, process = self.by_study()
        for study in outcome:
            cells[self._cell(outcome[study], process[study])].append(study)
        return cells

    def by_study(self) -> tuple[Answers, Answers]:
        """Both sides of each study, from all its entries in the pool."""
        outcome, process = (
            by_study(self.pool, lambda s, side=side: side[s["id"]])  # type: ignore[misc]
            for side in (self.outcome, self.process)
        )
        return outcome, process

    def _cell(self, outcome: Answer, process: Answer) -> str:
        match outcome, process:
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
        return Sides([s for s in self.pool if s[COUNTS_AS] != study], self.outcome, self.process)


def ratio(sides: Sides, rules: Rules) -> Entry:
    """Outcome to process, with all its companions."""
    own, cells = _ratio_numbers(sides, rules), sides.cells()
    part = _ratio_numbers(sides.among(rules.base.primary(sides.pool)), rules)
    rest = [_plain_ratio(sides.without(i)) for cell, members in cells.items() if cell != "unknown" for i in members]
    defined = [r for r in rest if r is not None]
    valued = own["value"] is not None
    order = list(sides.by_study()[0])
    counted = sorted([*cells["both"], *cells["outcome"]], key=order.index)
    return figure(
        kind="ratio",
        **own,
        leave_one_out_low=min(defined, default=None) if valued else None,
        leave_one_out_high=max(defined, default=None) if valued else None,
        primary_numerator=part["numerator"],
        primary_denominator=part["denominator"],
        primary_value=part["value"] if valued else None,
        studies=counted,
        counted=counted,
        known=[*cells["both"], *cells["process"]],
        open=cells["unknown"],
        practices=_ratio_practices(sides),
    )


def counts(sides: Sides) -> tuple[int, int, int, int, int]:
    a, b, c, d, unknown = (len(members) for members in sides.cells().values())
    return a, b, c, d, unknown


def _plain_ratio(sides: Sides) -> float | None:
    a, b, c, _, _ = counts(sides)
    return (a + b) / (a + c) if a + c else None


def _ratio_numbers(sides: Sides, rules: Rules) -> Entry:
    a, b, c, d, unknown = counts(sides)
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
    one, two = (list(answers.values()) for answers in sides.by_study())
    yes1, yes2 = one.count(True), two.count(True)
    unknown1, unknown2 = one.count(None), two.count(None)
    low = yes1 / (yes2 + unknown2) if yes2 + unknown2 else None
    high = (yes1 + unknown1) / yes2 if yes2 else None
    return low, high


def ratios_possible(sides: Sides) -> Iterator[float]:
    """Every ratio that the unknown could turn out to give; for small bases alone."""
    one, two = (_ways(list(answers.values())) for answers in sides.by_study())
    for ones, twos in product(list(one), list(two)):
        if any(twos):
            yield sum(ones) / sum(twos)


def _ways(answers: list[Answer]) -> Iterator[tuple[bool, ...]]:
    return product(*[(False, True) if a is None else (a,) for a in answers])


def _ratio_practices(sides: Sides) -> dict[str, tuple[int, int, int]]:
    by_practice: dict[str, tuple[int, int, int]] = {}
    for practice in sorted({p for s in sides.pool for p in s.get("practice") or []}):
        a, b, c, _, unknown = counts(sides.among(s for s in sides.pool if practice in (s.get("practice") or [])))
        by_practice[practice] = (a + b, a + c, unknown)
    return by_practice
