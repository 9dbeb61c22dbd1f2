"""Outcome domains for each group of people."""

from tests.recount.gap_rules import few
from tests.recount.reading import Base, population
from tests.recount.study_sets import with_domain

COUNTED_FOR = frozenset({"focus", "included_n"})
"""Codes of a group by which a study has findings about it."""


def gaps(base: Base) -> dict[str, list[str]]:
    """The rules that apply at ``group/domain``, for groups that a study focuses on or includes with a number."""
    about = {g: [s for s in base.eligible if population(s, g) in COUNTED_FOR] for g in base.groups}
    pairs = {
        f"{g}/{d}": with_domain(group_studies, d)
        for g, group_studies in about.items()
        if group_studies
        for d in base.domains
    }
    return {pair: few(base, studies) for pair, studies in pairs.items()}
