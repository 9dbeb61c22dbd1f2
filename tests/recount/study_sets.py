"""Sets of studies, and codes of studies, that several analyses count."""

from collections.abc import Iterable

from tests.recount.answers import Answer, by_code
from tests.recount.reading import Base, Entry, code, domain, findings, population

INCLUDED = frozenset({"focus", "included", "included_n"})
MENTIONED = INCLUDED | {"excluded", "none_recruited"}
UNFAVOURABLE = frozenset({"mixed", "no_change", "harm"})


def with_domain(studies: Iterable[Entry], wanted: str) -> list[Entry]:
    """The studies with a finding in a domain."""
    return [s for s in studies if any(domain(f["outcome"]) == wanted for f in findings(s))]


def taking_part(studies: Iterable[Entry], group: str) -> list[Entry]:
    return [s for s in studies if population(s, group) != "not_applicable"]


def serious_concern(study: Entry) -> Answer:
    return by_code(code(study.get("appraisal") or {}, "serious_concern"), ("present",), ("absent",))


def at_home(base: Base, study: Entry) -> Answer:
    """Whether the data come from a nation of the base's scope; several unnamed countries may hold one."""
    places = (study.get("geography") or {}).get("data") or []
    if any(base.terms["places"][p].get("in_scope") for p in places):
        return True
    return False if places and "International" not in places else None
