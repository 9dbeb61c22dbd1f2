"""People who benefit: those who took part, and others."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer, presence
from tests.recount.reading import Base, Entry, code, ids, outcome_findings, studies_of
from tests.recount.shares import Rules, count, share

TOOK_PART = frozenset({"took_part", "both"})
WIDER = frozenset({"others", "both"})
GROUPS = ("people.", "community.")


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    pool, rules = [s for s in base.outcome_studies if _codes(s)], Rules(base, guarded=True)
    yield "beneficiaries.wider", share(pool, partial(_gain, who=WIDER), rules)
    yield "beneficiaries.took-part", share(pool, partial(_gain, who=TOOK_PART), rules)
    yield "beneficiaries.not-separated", count("study", studies_of(_with(pool, "not_separated")), studies_of(pool))
    yield (
        "beneficiaries.not-stated",
        count("study", studies_of(_with(pool, "not_stated", "not_coded")), studies_of(pool)),
    )
    yield "beneficiaries.co-producer-findings", _of_people(base)


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of the table by direction."""
    pool = [s for s in base.outcome_studies if _codes(s)]
    for who in base.terms["beneficiaries"]:
        yield f"beneficiaries.directions/{who}/all", ids(_with(pool, who))
        for way in base.terms["directions"]:
            found = [s for s in pool if any(code(f, "beneficiary") == who and f["direction"] == way for f in _about(s))]
            yield f"beneficiaries.directions/{who}/{way}", ids(found)


def _of_people(base: Base) -> Entry:
    """Outcome findings about people that say whether they took part, and those about people who did."""
    about_people = [f for s in base.outcome_studies for f in outcome_findings(s) if f["outcome"].startswith("people.")]
    known = [f for f in about_people if code(f, "beneficiary") in TOOK_PART | WIDER]
    took_part = count("finding", ids(f for f in known if f["beneficiary"] in TOOK_PART), ids(known))
    return took_part if known else {**took_part, "numerator": None}


def _gain(study: Entry, who: frozenset[str]) -> Answer:
    codes = _codes(study)
    return presence(bool(codes & who), study, codes <= TOOK_PART | WIDER)


def _with(studies: list[Entry], *codes: str) -> list[Entry]:
    return [s for s in studies if _codes(s) & set(codes)]


def _codes(study: Entry) -> set[str]:
    return {code(f, "beneficiary") for f in _about(study)}


def _about(study: Entry) -> list[Entry]:
    return [f for f in outcome_findings(study) if f["outcome"].startswith(GROUPS)]
