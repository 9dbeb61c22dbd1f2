"""How outcomes were measured."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, presence
from tests.recount.reading import Base, Entry, code, outcome_findings
from tests.recount.shares import Rules, share

SCALE = frozenset({"validated_scale"})
SCALE_OR_RECORDS = SCALE | {"administrative"}


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = base.outcome_studies, Rules(base, guarded=True)
    yield "measurement.scale-or-records", share(pool, partial(_measured, how=SCALE_OR_RECORDS), rules)
    yield "measurement.scale", share(pool, partial(_measured, how=SCALE), rules)


def _measured(study: Entry, how: frozenset[str]) -> Answer:
    used = {code(f, "measurement") for f in outcome_findings(study)}
    return presence(bool(used & how), study, not used & {"not_coded", "not_reported"})
