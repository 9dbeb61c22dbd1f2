"""Appraisals of studies, and the certainty of findings."""

from collections.abc import Iterator

from tests.recount.reading import Base, Entry, ids, outcome_findings
from tests.recount.shares import Rules, count, share
from tests.recount.study_sets import serious_concern


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = base.eligible, Rules(base)
    yield "appraisal.appraised", share(pool, lambda s: bool(s.get("appraisal")), rules)
    yield "appraisal.serious-concern", share(pool, serious_concern, rules)
    found = [f for s in pool for f in outcome_findings(s)]
    yield "appraisal.certainty", count("finding", ids(f for f in found if f.get("certainty")), ids(found))
