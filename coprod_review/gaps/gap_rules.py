"""The eleven typed gaps: when each fires on a cell, with thresholds from the codebook.

A cell is an outcome domain, an outcome, or a group of people, with the eligible
studies in it and the participants' statements on it. ``testimony_only`` and
``none`` exclude each other, so that an empty cell is named once. Rules:
docs/methods/gap-rules.md#types; order: docs/methods/gap-rules.md#order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from coprod_review.gaps.study_sets import from_nations, ids, is_primary, is_review
from coprod_review.model.base import Framework
from coprod_review.model.codebook import GapRule
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study
from coprod_review.results.result import Gap
from coprod_review.text.grammar import number_with_verb, plural


@dataclass(frozen=True, slots=True)
class GapPlace:
    """One place of the framework, with what the base holds there."""

    id: str
    label: str
    studies: tuple[Study, ...]
    """Eligible studies in the cell, each once."""
    statements: int = 0
    """Participants' statements on it."""
    directions: frozenset[str] = field(default_factory=frozenset)
    """Directions of the findings in it."""
    uncoded: int = 0
    """Eligible studies of which nothing is known here: no code for outcome and process, or for groups."""
    included: int = 0
    """For a group: studies that include it without focusing on it."""
    is_group: bool = False
    """Whether the cell is a group of people, not an outcome."""
    opens: str = ""
    """Id of the figure or table cell that shows its studies."""


GapTest = Callable[[GapPlace, GapRule, Framework], str | None]
"""What was observed where the rule fires, else ``None``."""


def _primary(cell: GapPlace, framework: Framework) -> tuple[Study, ...]:
    return tuple(s for s in cell.studies if is_primary(s, framework.codebook))


def _reviews(cell: GapPlace, framework: Framework) -> tuple[Study, ...]:
    return tuple(s for s in cell.studies if is_review(s, framework.codebook))


def _testimony_only(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if cell.studies or cell.statements < rule.thresholds["min_statements"]:
        return None
    return f"0 studies, {plural(cell.statements, 'statement')}"


def _none(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    return None if cell.studies or cell.statements else "0 studies"


def _review_only(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    reviews = len(_reviews(cell, framework))
    if reviews < rule.thresholds["min_reviews"] or _primary(cell, framework):
        return None
    return f"{plural(reviews, 'review')}, 0 primary studies"


def _thin(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    n = len(cell.studies)
    return plural(n, "study") if 1 <= n <= rule.thresholds["max_studies"] else None


def _single_source(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    primary = _primary(cell, framework)
    families = {study.study_family or study.id for study in primary}
    if len(primary) < rule.thresholds["min_primary"] or len(families) != 1:
        return None
    return f"{plural(len(primary), 'primary study')}, 1 study family"


def _mixed(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    against = cell.directions & {"no_change", "harm", "mixed"}
    if not against or not ("benefit" in cell.directions or "mixed" in cell.directions):
        return None
    labels = (framework.codebook.label("directions", d).lower() for d in sorted(cell.directions - {"not_stated"}))
    return f"found: {', '.join(labels)}"


def _indirect(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if len(cell.studies) < rule.thresholds["min_studies"]:
        return None
    if any(_direct(study, framework) is not False for study in cell.studies):
        return None
    return f"0 of {plural(len(cell.studies), 'study')} in scope"


def _direct(study: Study, framework: Framework) -> bool | None:
    """Whether a study is of the base's sector with data from its nations; ``None`` where either is not coded."""
    sector = framework.about.scope.sector in study.sector if study.sector else None
    nation = from_nations(study, framework.codebook.nations)
    if sector is False or nation is False:
        return False
    return None if sector is None or nation is None else True


def _synthesis(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    primary = len(_primary(cell, framework))
    if primary < rule.thresholds["min_primary"]:
        return None
    today = _month(framework.about.as_of)
    if today is None:
        return None  # a base without a date cannot say how old a search is
    oldest = (today[0] - rule.thresholds["max_age_years"], today[1])
    if any(_search_may_reach(study, oldest) for study in _reviews(cell, framework)):
        return None
    since = f"{oldest[0]}-{oldest[1]:02d}"
    return f"{primary} primary studies, 0 reviews whose search could have ended in {since} or later"


def _search_may_reach(review: Study, oldest: tuple[int, int]) -> bool:
    """Whether a review's search ended in a month or later, or may have, where its end is not known."""
    end = _month(review.search.end if review.search else None)
    return (end or (review.year or oldest[0], 12)) >= oldest


def _month(date: int | str | None) -> tuple[int, int] | None:
    """Year and month of a date, the last month of a bare year; ``None`` where there is no date."""
    year, _, rest = str(date or "").partition("-")
    if not (year.isdecimal() and len(year) == 4):
        return None
    return int(year), int(rest[:2]) if rest[:2].isdecimal() else 12


def _quality(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    appraised = [study.appraisal for study in cell.studies if study.appraisal]
    if len(appraised) < rule.thresholds["min_appraised"] or any(a.serious_concern != "present" for a in appraised):
        return None
    return f"{len(appraised)} of {len(appraised)} appraised studies have a serious concern"


def _unappraised(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if len(cell.studies) < rule.thresholds["min_studies"] or any(study.appraisal for study in cell.studies):
        return None
    return f"0 of {plural(len(cell.studies), 'study')} appraised"


def _not_coded(cell: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if cell.uncoded <= len(cell.studies):
        return None
    return f"{plural(cell.uncoded, 'study')} with nothing coded, {len(cell.studies)} known"


GAP_RULES: Mapping[str, GapTest] = {
    "testimony_only": _testimony_only,
    "none": _none,
    "review_only": _review_only,
    "thin": _thin,
    "single_source": _single_source,
    "mixed": _mixed,
    "indirect": _indirect,
    "synthesis": _synthesis,
    "quality": _quality,
    "unappraised": _unappraised,
    "not_coded": _not_coded,
}
"""Every rule by the id that the codebook gives it."""

_SENTENCES = {
    "testimony_only": "{label}: named by people, in no study here",
    "none": "{label}: seen in no study here",
    "review_only": "{label}: known only through {reviews}, with no primary study here",
    "thin": "{label}: {studies} here",
    "single_source": "{label}: the primary evidence here comes from one source",
    "mixed": "{label}: findings here do not agree",
    "indirect": "{label}: no study here is both about {sector} and from the base's nations",
    "synthesis": "{label}: primary studies here that no recent review brings together",
    "quality": "{label}: every study here that was appraised has a serious concern",
    "unappraised": "{label}: no study here has been appraised, so its quality is not known",
    "not_coded": "{label}: more studies are not coded than known",
}
_GROUP_SENTENCES = {
    "none": "{label}: no study here {known}focuses on them{included}",
}


def find_gaps(cells: Iterable[GapPlace], framework: Framework, types: Iterable[str] | None = None) -> tuple[Gap, ...]:
    """Every gap that fires, in the declared order of the codebook, groups named in recommendations first.

    ``types`` limits the rules; by default every rule of the codebook is tried.
    """
    wanted = set(types) if types is not None else set(GAP_RULES)
    held = tuple(cells)
    found: list[Gap] = []
    for rule in framework.codebook.gap_rules:
        if rule.id in wanted and rule.id in GAP_RULES:
            for cell in held:
                observed = GAP_RULES[rule.id](cell, rule, framework)
                if observed is not None:
                    found.append(_gap(cell, rule, observed, framework))
    return tuple(sorted(found, key=lambda gap: gap.where.partition("/")[0] not in framework.named_groups))


def _gap(cell: GapPlace, rule: GapRule, observed: str, framework: Framework) -> Gap:
    sentences = {**_SENTENCES, **_GROUP_SENTENCES} if cell.is_group else _SENTENCES
    n = len(cell.studies)
    statement = sentences[rule.id].format(
        label=cell.label,
        studies=("only " if n else "") + plural(n, "study"),
        known="that is coded " if cell.uncoded else "",
        included=f", though {number_with_verb(cell.included, 'includes', 'include')} them" if cell.included else "",
        reviews=plural(len(_reviews(cell, framework)), "review"),
        sector=framework.codebook.label("sectors", framework.about.scope.sector).lower(),
    )
    return Gap(rule.id, cell.id, rule.text, observed, ids(cell.studies), statement, cell.opens)


def separate_general_gaps(
    gaps: Iterable[Gap], cells: int, framework: Framework
) -> tuple[tuple[Gap, ...], tuple[str, ...]]:
    """Set apart the rules that fire in more than half of the cells: one sentence each, with its count."""
    held = tuple(gaps)
    by_type = {gap.type: [g for g in held if g.type == gap.type] for gap in held}
    general = {kind for kind, found in by_type.items() if 2 * len(found) > cells}
    sentences = tuple(
        f"{rule.label}: in {len(by_type[rule.id])} of {cells} cells {by_type[rule.id][0].rule}."
        for rule in framework.codebook.gap_rules
        if rule.id in general
    )
    return tuple(g for g in held if g.type not in general), sentences


def count_uncoded(studies: Iterable[Study]) -> int:
    """Studies without a finding for which neither side of outcome against process is coded."""
    return sum(
        not study.findings and study.reports.outcome == NOT_CODED and study.reports.process == NOT_CODED
        for study in studies
    )
