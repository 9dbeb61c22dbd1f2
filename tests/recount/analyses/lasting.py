"""Cost, and for how long effects were followed."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, by_code, presence
from tests.recount.reading import Base, Entry, code, outcome_findings
from tests.recount.shares import Rules, share

OVER_24 = frozenset({"over_24_months"})
OVER_6 = OVER_24 | {"6_to_24_months"}
UP_TO_6 = frozenset({"during", "up_to_6_months"})


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = base.outcome_studies, Rules(base, guarded=True)
    full, some = "economic_evaluation", "cost_measure"
    yield "lasting.cost", share(pool, lambda s: by_code(code(s, some), (some, full), ("none",)), rules)
    yield "lasting.economic-evaluation", share(pool, lambda s: by_code(code(s, some), (full,), ("none", some)), rules)
    yield "lasting.over-6-months", share(pool, partial(_followed, times=OVER_6), rules)
    yield "lasting.over-24-months", share(pool, partial(_followed, times=OVER_24), rules)


def _followed(study: Entry, times: frozenset[str]) -> Answer:
    codes = {code(f, "follow_up") for f in outcome_findings(study)}
    return presence(bool(codes & times), study, codes <= (UP_TO_6 | OVER_6))
