"""Who chose the outcomes, and the rung of involvement that two people coded."""

from collections.abc import Iterator, Mapping
from functools import partial

from tests.recount.answers import Answer, by_code
from tests.recount.reading import Base, Entry, Passes, code
from tests.recount.shares import Rules, share

SHARED_POWER = frozenset({"co-design", "co-production"})
RUNGS: Mapping[str, Passes] = {
    "co-design-or-above": lambda s: s["rung_assessed"] in SHARED_POWER,
    "co-production": lambda s: s["rung_assessed"] == "co-production",
    "label-gap": lambda s: s["rung_claimed"] == "co-production" and s["rung_assessed"] not in SHARED_POWER,
}


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
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
