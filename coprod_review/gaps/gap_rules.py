"""The eleven typed gaps: when each of them is named for a place, with thresholds from the codebook.

A place is an outcome domain, an outcome, or a group of people, with its eligible studies and the participants'
statements about it. ``testimony_only`` and ``none`` exclude each other, so that an empty place is named once.
Rules: docs/methods/gap-rules.md#types; order: docs/methods/gap-rules.md#order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from coprod_review.gaps.study_sets import from_nations, ids, is_primary, is_review
from coprod_review.model.base import Framework
from coprod_review.model.codebook import GapRule
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study
from coprod_review.results.result import Gap
from coprod_review.text.grammar import number_with_verb, plural

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
"""The statement of a gap, by its type."""
_GROUP_SENTENCES = {
    "none": "{label}: no study here {known}focuses on them{included}",
}
"""Statements that replace those above for groups of people."""


@dataclass(frozen=True, slots=True)
class GapPlace:
    """One place of the framework, with the evidence of the base there."""

    id: str
    label: str
    studies: tuple[Study, ...]
    """Eligible studies, each once."""
    statements: int = 0
    """Number of participants' statements."""
    directions: frozenset[str] = field(default_factory=frozenset)
    """Directions of the findings."""
    uncoded: int = 0
    """Number of eligible studies that may belong here: those without codes for outcome and process, or for groups."""
    included: int = 0
    """For a group, the number of studies that include it without focusing on it."""
    is_group: bool = False
    """Whether the place is a group of people and not an outcome."""
    opens: str = ""
    """Id of the figure or table cell that ``why`` opens to show the studies."""


GapTest = Callable[[GapPlace, GapRule, Framework], str | None]
"""A test that returns what was observed if the rule applies to a place, else ``None``."""


def _primary(place: GapPlace, framework: Framework) -> tuple[Study, ...]:
    return tuple(s for s in place.studies if is_primary(s, framework.codebook))


def _reviews(place: GapPlace, framework: Framework) -> tuple[Study, ...]:
    return tuple(s for s in place.studies if is_review(s, framework.codebook))


def _testimony_only(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if place.studies or place.statements < rule.thresholds["min_statements"]:
        return None
    return f"0 studies, {plural(place.statements, 'statement')}"


def _none(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    return None if place.studies or place.statements else "0 studies"


def _review_only(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    reviews = len(_reviews(place, framework))
    if reviews < rule.thresholds["min_reviews"] or _primary(place, framework):
        return None
    return f"{plural(reviews, 'review')}, 0 primary studies"


def _thin(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    n = len(place.studies)
    return plural(n, "study") if 1 <= n <= rule.thresholds["max_studies"] else None


def _single_source(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    primary = _primary(place, framework)
    families = {study.study_family or study.id for study in primary}
    if len(primary) < rule.thresholds["min_primary"] or len(families) != 1:
        return None
    return f"{plural(len(primary), 'primary study')}, 1 study family"


def _mixed(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    against = place.directions & {"no_change", "harm", "mixed"}
    if not against or not ("benefit" in place.directions or "mixed" in place.directions):
        return None
    labels = (framework.codebook.label("directions", d).lower() for d in sorted(place.directions - {"not_stated"}))
    return f"found: {', '.join(labels)}"


def _indirect(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if len(place.studies) < rule.thresholds["min_studies"]:
        return None
    if any(_direct(study, framework) is not False for study in place.studies):
        return None
    return f"0 of {plural(len(place.studies), 'study')} in scope"


def _direct(study: Study, framework: Framework) -> bool | None:
    """Return whether a study is of the base's sector with data from its nations; ``None`` if either is not coded."""
    sector = framework.about.scope.sector in study.sector if study.sector else None
    nation = from_nations(study, framework.codebook.nations)
    if sector is False or nation is False:
        return False
    return None if sector is None or nation is None else True


def _synthesis(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    primary = len(_primary(place, framework))
    if primary < rule.thresholds["min_primary"]:
        return None
    today = _month(framework.about.as_of)
    if today is None:
        return None  # without a date of the base, the age of a search is not known
    oldest = (today[0] - rule.thresholds["max_age_years"], today[1])
    if any(_search_may_reach(study, oldest) for study in _reviews(place, framework)):
        return None
    since = f"{oldest[0]}-{oldest[1]:02d}"
    return f"{primary} primary studies, 0 reviews whose search could have ended in {since} or later"


def _search_may_reach(review: Study, oldest: tuple[int, int]) -> bool:
    """Return whether a review's search ended in a month or later, or could have if its end is not known."""
    end = _month(review.search.end if review.search else None)
    return (end or (review.year or oldest[0], 12)) >= oldest


def _month(date: int | str | None) -> tuple[int, int] | None:
    """Return the year and month of a date, with December for a year alone; ``None`` if it is no date."""
    year, _, rest = str(date or "").partition("-")
    if not (year.isdecimal() and len(year) == 4):
        return None
    return int(year), int(rest[:2]) if rest[:2].isdecimal() else 12


def _quality(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    appraised = [study.appraisal for study in place.studies if study.appraisal]
    if len(appraised) < rule.thresholds["min_appraised"] or any(a.serious_concern != "present" for a in appraised):
        return None
    return f"{len(appraised)} of {len(appraised)} appraised studies have a serious concern"


def _unappraised(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if len(place.studies) < rule.thresholds["min_studies"] or any(study.appraisal for study in place.studies):
        return None
    return f"0 of {plural(len(place.studies), 'study')} appraised"


def _not_coded(place: GapPlace, rule: GapRule, framework: Framework) -> str | None:
    if place.uncoded <= len(place.studies):
        return None
    return f"{plural(place.uncoded, 'study')} with nothing coded, {len(place.studies)} known"


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
"""Every rule by its id in the codebook."""


def find_gaps(places: Iterable[GapPlace], framework: Framework, types: Iterable[str] | None = None) -> tuple[Gap, ...]:
    """Return every gap, in the order of the codebook's rules, with groups named in recommendations first.

    ``types`` limits the rules; by default every rule of the codebook is applied.
    """
    wanted = GAP_RULES.keys() & (GAP_RULES if types is None else types)
    rules = [rule for rule in framework.codebook.gap_rules if rule.id in wanted]
    applied = ((place, rule, GAP_RULES[rule.id](place, rule, framework)) for rule, place in product(rules, places))
    gaps = (_gap(place, rule, observed, framework) for place, rule, observed in applied if observed is not None)
    return tuple(sorted(gaps, key=lambda gap: gap.where.partition("/")[0] not in framework.named_groups))


def _gap(place: GapPlace, rule: GapRule, observed: str, framework: Framework) -> Gap:
    sentences = {**_SENTENCES, **_GROUP_SENTENCES} if place.is_group else _SENTENCES
    n = len(place.studies)
    statement = sentences[rule.id].format(
        label=place.label,
        studies=("only " if n else "") + plural(n, "study"),
        known="that is coded " if place.uncoded else "",
        included=f", though {number_with_verb(place.included, 'includes', 'include')} them" if place.included else "",
        reviews=plural(len(_reviews(place, framework)), "review"),
        sector=framework.codebook.label("sectors", framework.about.scope.sector).lower(),
    )
    return Gap(rule.id, place.id, rule.text, observed, ids(place.studies), statement, place.opens)


def separate_general_gaps(
    gaps: Iterable[Gap], cells: int, framework: Framework
) -> tuple[tuple[Gap, ...], tuple[str, ...]]:
    """Return the gaps of single places, and one sentence for each rule that applies in more than half of the cells."""
    gaps = tuple(gaps)
    by_type = {gap.type: [g for g in gaps if g.type == gap.type] for gap in gaps}
    general = {gap_type for gap_type, of_type in by_type.items() if 2 * len(of_type) > cells}
    sentences = tuple(
        f"{rule.label}: in {len(by_type[rule.id])} of {cells} cells {by_type[rule.id][0].rule}."
        for rule in framework.codebook.gap_rules
        if rule.id in general
    )
    return tuple(g for g in gaps if g.type not in general), sentences


def count_uncoded(studies: Iterable[Study]) -> int:
    """Count the studies without a finding for which neither outcome nor process is coded."""
    return sum(
        not study.findings and study.reports.outcome == NOT_CODED and study.reports.process == NOT_CODED
        for study in studies
    )
