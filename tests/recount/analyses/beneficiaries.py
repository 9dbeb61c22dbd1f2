"""People who benefit: those who took part, and others."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, presence
from tests.recount.reading import Base, Entry, code, ids, outcome_findings
from tests.recount.shares import Rules, count, share

TOOK_PART = frozenset({"co_producer", "staff_involved"})
WIDER = frozenset({"wider_user", "staff_wider", "public"})


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = [s for s in base.outcome_studies if _gainers(s) & (TOOK_PART | WIDER)], Rules(base, guarded=True)
    yield "beneficiaries.wider", share(pool, partial(_gain, who=WIDER), rules)
    yield "beneficiaries.took-part", share(pool, partial(_gain, who=TOOK_PART), rules)
    yield "beneficiaries.co-producer-findings", _of_people(base)


def _of_people(base: Base) -> Entry:
    """Outcome findings about people whose beneficiary is coded as a person, and those about people who took part."""
    about_people = [f for s in base.outcome_studies for f in outcome_findings(s) if f["outcome"].startswith("people.")]
    coded = [f for f in about_people if code(f, "beneficiary") in TOOK_PART | WIDER]
    took_part = count("finding", ids(f for f in coded if f["beneficiary"] == "co_producer"), ids(coded))
    return took_part if coded else {**took_part, "numerator": None}


def _gain(study: Entry, who: frozenset[str]) -> Answer:
    gainers = _gainers(study)
    return presence(bool(gainers & who), study, "not_coded" not in gainers)


def _gainers(study: Entry) -> set[str]:
    return {code(f, "beneficiary") for f in outcome_findings(study)}
