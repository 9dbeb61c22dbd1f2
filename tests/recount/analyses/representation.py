"""Groups of people in the focus of studies, or included in them."""

from collections.abc import Iterator
from functools import partial

from tests.recount.answers import Answer
from tests.recount.gap_rules import few
from tests.recount.reading import Base, Entry, ids, population, whole
from tests.recount.shares import Rules, share
from tests.recount.study_sets import INCLUDED, MENTIONED, taking_part


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    rules = Rules(base)
    for group in base.groups:
        pool = taking_part(base.eligible, group)
        telling = [s for s in pool if population(s, group) in MENTIONED]
        name = f"representation.{group}"
        yield name, share(pool, partial(_in_focus, group=group), rules)
        included = share(telling, partial(_includes, group=group), rules)
        yield f"{name}.included", included if any(map(whole, telling)) else _without_value(included)


def _in_focus(study: Entry, group: str) -> Answer:
    if population(study, group) == "focus":
        return True
    return False if groups_coded(study) else None


def groups_coded(study: Entry) -> bool:
    """Whether any group of people is coded."""
    return any(c != "not_coded" for c in (study.get("populations") or {}).values())


def _includes(study: Entry, group: str) -> Answer:
    return population(study, group) in INCLUDED


def _without_value(figure: Entry) -> Entry:
    """Counts alone: where every work was read as an abstract, only presence could be coded."""
    gone = ("value", "low", "high", "leave_one_out_low", "leave_one_out_high", "primary_value")
    return {**figure, **dict.fromkeys(gone)}


def cells(base: Base) -> Iterator[tuple[str, list[str]]]:
    """Ids in the cells of its tables, by ``table/row/column``."""
    plain = ("focus", "excluded", "none_recruited", "not_reported", "not_applicable", "not_coded")
    columns = {**{c: {c} for c in plain}, "included": {"included", "included_n"}}
    for group in base.terms["groups"]:
        for column, codes in columns.items():
            members = ids(s for s in base.eligible if population(s, group) in codes)
            yield f"representation.codes/{group}/{column}", members


def gaps(base: Base) -> dict[str, list[str]]:
    """For every group of people the rules that apply to the studies that focus on it."""
    focused = {g: [s for s in base.eligible if population(s, g) == "focus"] for g in base.groups}
    return {group: few(base, studies) for group, studies in focused.items()}
