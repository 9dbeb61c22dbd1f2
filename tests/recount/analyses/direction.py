"""The direction of effects, and whether studies looked for harm."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, by_code, presence
from tests.recount.reading import Base, Entry, code, findings
from tests.recount.shares import Rules, share
from tests.recount.study_sets import UNFAVOURABLE

HARM = frozenset({"harm"})


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
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
