"""Areas of wellbeing in the Care Act."""

from collections.abc import Iterator

from tests.recount.analyses.matrix import map_row
from tests.recount.reading import Base, Entry, findings, studies_of
from tests.recount.shares import count


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    for area in base.terms["care_act"]:
        found = [s for s in base.eligible if any(area in areas(base, f["outcome"]) for f in findings(s))]
        yield f"care-act.{area}", count("study", studies_of(found), None)


def areas(base: Base, outcome: str) -> list[str]:
    """Areas of the Care Act of an outcome."""
    return base.terms["outcomes"][outcome].get("care_act") or []


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    for area in base.terms["care_act"]:
        outcomes = {o for o in base.terms["outcomes"] if area in areas(base, o)}
        for column, content in map_row(base, outcomes).items():
            yield f"care-act.areas/{area}/{column}", content
