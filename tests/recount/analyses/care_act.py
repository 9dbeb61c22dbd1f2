"""Areas of wellbeing in the Care Act, and terms of other frameworks."""

from collections.abc import Iterator

from tests.recount.analyses.matrix import map_row
from tests.recount.reading import Base, Entry, findings, studies_of
from tests.recount.shares import count

TABLES = {"care_act": "care-act.areas", "ascof": "care-act.ascof", "ascot": "care-act.ascot"}
"""The table of each framework, by the name of its vocabulary."""


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    for area in base.terms["care_act"]:
        found = [s for s in base.eligible if any(area in areas(base, f["outcome"]) for f in findings(s))]
        yield f"care-act.{area}", count("study", studies_of(found), None)


def areas(base: Base, outcome: str, framework: str = "care_act") -> list[str]:
    """Areas of a framework that an outcome belongs to."""
    return base.terms["outcomes"][outcome].get(framework) or []


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    for framework, table in TABLES.items():
        for area in base.terms.get(framework) or ():
            outcomes = {o for o in base.terms["outcomes"] if area in areas(base, o, framework)}
            for column, content in map_row(base, outcomes).items():
                yield f"{table}/{area}/{column}", content
