"""Outcome and process: what studies set out to examine, and what they report."""

from collections.abc import Callable, Iterator, Mapping

from tests.recount.answers import Answer, by_code
from tests.recount.ratios import Sides, ratio
from tests.recount.reading import (
    OUTCOME_LEVELS,
    PROCESS_LEVELS,
    SIDES,
    Base,
    Entry,
    code,
    findings,
    ids,
)
from tests.recount.shares import Rules, share_of


def aimed(base: Base, *yes: str) -> Sides:
    """The sides by what a work sets out to examine; ``yes`` are the codes of an aim that count."""
    no = {"primary", "secondary", "not_an_aim"}.difference(yes)
    outcome, process = ({s["id"]: by_code(_aim(s, side), yes, no) for s in base.eligible} for side in SIDES)
    return Sides(base.eligible, outcome, process)


def any_aim(base: Base) -> Sides:
    """The sides that are a primary or a secondary aim."""
    return aimed(base, "primary", "secondary")


def _aim(study: Entry, side: str) -> str:
    return code((study.get("aims") or {}).get(side) or {}, "code")


def reported(base: Base, *, broad: bool = False) -> Sides:
    """The sides by findings; broadly, some experiences count as outcomes."""
    counted = {s["id"]: {_side(base, f, broad=broad) for f in findings(s)} for s in base.eligible}
    outcome, process = (
        {s["id"]: True if side in counted[s["id"]] else _absent(s, side) for s in base.eligible} for side in SIDES
    )
    return Sides(base.eligible, outcome, process)


def _side(base: Base, finding: Entry, *, broad: bool) -> str:
    moved = broad and base.terms["outcomes"][finding["outcome"]].get("broad")
    return "outcome" if moved or finding["level"] in OUTCOME_LEVELS else "process"


def _absent(study: Entry, side: str) -> Answer:
    return False if code(study.get("reports") or {}, side) == "absent" else None


VIEWS: Mapping[str, Callable[[Base], Sides]] = {
    "any-aim": any_aim,
    "primary-aim": lambda base: aimed(base, "primary"),
    "reported": reported,
    "reported-broad": lambda base: reported(base, broad=True),
}


STEMS: Mapping[str, str] = {
    "any-aim": "focus",
    "primary-aim": "focus.primary",
    "reported": "focus.reported",
    "reported-broad": "focus.reported-broad",
}
"""How the ids of the figures of a view begin."""


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    for view, sides_of in VIEWS.items():
        sides, rules = sides_of(base), Rules(base, guarded=view.startswith("reported"))
        before = STEMS[view]
        for name, answers in (
            ("outcome-share", sides.outcome),
            ("process-share", sides.process),
            ("process-only-share", sides.process_only()),
        ):
            yield f"{before}.{name}", share_of(sides.pool, answers, rules)
        yield f"{before}.ratio", ratio(sides, rules)
    sides, rules = any_aim(base), Rules(base)
    inside = sides.among([s for s in sides.pool if base.sector in (s.get("sector") or [])])
    yield "focus.scope.outcome-share", share_of(inside.pool, inside.outcome, rules)
    yield "focus.scope.process-share", share_of(inside.pool, inside.process, rules)
    yield "focus.scope.ratio", ratio(inside, rules)


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    yield from _focus_cells(base)
    yield from _group_cells(base)


def _focus_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    for view, sides_of in VIEWS.items():
        for cell, members in sides_of(base).cells().items():
            yield f"focus.cells/{cell}/{view}", members


def _group_cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    for group in base.terms["stakeholders"]:
        for side, levels in (("outcome", OUTCOME_LEVELS), ("process", PROCESS_LEVELS)):
            studies = [s for s in base.eligible if any(f["level"] in levels for f in _within(s, f"{group}."))]
            yield f"focus.groups/{group}/{side}", ids(studies)


def _within(study: Entry, start: str) -> list[Entry]:
    return [f for f in findings(study) if f["outcome"].startswith(start)]
