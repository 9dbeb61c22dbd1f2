"""The eleven typed gaps: when each of them is named for a place, with thresholds from the codebook.

A place is an outcome domain, an outcome, or a group of people, with its eligible studies and the participants'
statements about it. ``testimony_only`` and ``none`` exclude each other, so that an empty place is named once.
Rules: docs/methods/gap-rules.md#types; order: docs/methods/gap-rules.md#order.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from coprod_review.gaps.families import count_families, families
from coprod_review.gaps.study_sets import from_nations, ids, is_primary, is_review
from coprod_review.model.base import Framework
from coprod_review.model.codebook import GapRule
from coprod_review.model.record import NOT_CODED
from coprod_review.model.study import Study
from coprod_review.results.result import Gap, GapCounts, GeneralGap, PlaceKind


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
    kind: PlaceKind = "outcome"
    opens: str = ""
    """Id of the figure or table cell that ``why`` opens to show the studies."""
    opens_primary: str = ""
    """Id of the figure or table cell for the primary studies alone; empty if the place has no such cell."""


GapTest = Callable[[GapPlace, GapRule, Framework], bool]
"""A test of whether a rule applies to a place."""


def _primary(place: GapPlace, framework: Framework) -> tuple[Study, ...]:
    return tuple(s for s in place.studies if is_primary(s, framework.codebook))


def _reviews(place: GapPlace, framework: Framework) -> tuple[Study, ...]:
    return tuple(s for s in place.studies if is_review(s, framework.codebook))


def _testimony_only(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    return not place.studies and place.statements >= rule.thresholds["min_statements"]


def _none(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    return not place.studies and not place.statements


def _review_only(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    reviews = count_families(_reviews(place, framework))
    return reviews >= rule.thresholds["min_reviews"] and not _primary(place, framework)


def _thin(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    return 1 <= count_families(place.studies) <= rule.thresholds["max_studies"]


def _single_source(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    primary = _primary(place, framework)
    return len(primary) >= rule.thresholds["min_primary"] and count_families(primary) == 1


def _mixed(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    kind = framework.codebook.of_kind
    good, mixed = kind("directions", "for"), kind("directions", "mixed")
    against = kind("directions", "no_change", "against") | mixed
    return not against.isdisjoint(place.directions) and not (good | mixed).isdisjoint(place.directions)


def _indirect(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    if count_families(place.studies) < rule.thresholds["min_studies"]:
        return False
    return all(_direct(study, framework) is False for study in place.studies)


def _direct(study: Study, framework: Framework) -> bool | None:
    """Return whether a study is of the base's sector with data from its nations; ``None`` if either is not coded."""
    scope = framework.about.scope.sector
    if scope is None:
        return None
    sector = scope in study.sector if study.sector else None
    nation = from_nations(study, framework.codebook)
    if sector is False or nation is False:
        return False
    return None if sector is None or nation is None else True


def _synthesis(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    oldest = oldest_search(rule, framework)
    if count_families(_primary(place, framework)) < rule.thresholds["min_primary"] or oldest is None:
        return False  # without a date of the base, the age of a search is not known
    return not any(_search_may_reach(study, oldest) for study in _reviews(place, framework))


def oldest_search(rule: GapRule, framework: Framework) -> tuple[int, int] | None:
    """Return the year and month from which a search counts as recent; ``None`` if the base states no date."""
    today = _month(framework.about.as_of)
    return (today[0] - rule.thresholds["max_age_years"], today[1]) if today else None


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


def _quality(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    appraised = [study for study in place.studies if study.appraisal]
    if count_families(appraised) < rule.thresholds["min_appraised"]:
        return False
    return all(study.appraisal and study.appraisal.serious_concern == "present" for study in appraised)


def _unappraised(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    if count_families(place.studies) < rule.thresholds["min_studies"]:
        return False
    return not any(study.appraisal for study in place.studies)


def _not_coded(place: GapPlace, rule: GapRule, framework: Framework) -> bool:
    return place.uncoded > count_families(place.studies)


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
    gaps = (
        _gap(place, rule, framework)
        for rule, place in product(rules, places)
        if GAP_RULES[rule.id](place, rule, framework)
    )
    return tuple(sorted(gaps, key=lambda gap: gap.where.partition("/")[0] not in framework.named_groups))


def _gap(place: GapPlace, rule: GapRule, framework: Framework) -> Gap:
    counts = GapCounts(
        studies=count_families(place.studies),
        primary=count_families(_primary(place, framework)),
        reviews=count_families(_reviews(place, framework)),
        statements=place.statements,
        directions=tuple(sorted(place.directions - framework.codebook.of_kind("directions", "not_stated"))),
        uncoded=place.uncoded,
        included=place.included,
        appraised=count_families(study for study in place.studies if study.appraisal),
    )
    studies, opens = place.studies, place.opens
    if rule.id == "single_source" and place.opens_primary:
        studies, opens = _primary(place, framework), place.opens_primary
    return Gap(rule.id, place.id, place.label, place.kind, counts, ids(studies), opens)


def separate_general_gaps(
    gaps: Iterable[Gap], cells: int, framework: Framework
) -> tuple[tuple[Gap, ...], tuple[GeneralGap, ...]]:
    """Return the gaps of single places, and the rules that apply in more than half of the cells."""
    gaps = tuple(gaps)
    places = Counter(gap.type for gap in gaps)
    general = tuple(
        GeneralGap(rule.id, places[rule.id], cells, gaps[0].kind)
        for rule in framework.codebook.gap_rules
        if 2 * places[rule.id] > cells
    )
    return tuple(gap for gap in gaps if 2 * places[gap.type] <= cells), general


def count_uncoded(studies: Iterable[Study]) -> int:
    """Count the studies without a finding for which neither outcome nor process is coded."""
    return sum(all(map(_is_uncoded, family)) for family in families(studies))


def _is_uncoded(study: Study) -> bool:
    return not study.findings and study.reports.outcome == NOT_CODED and study.reports.process == NOT_CODED
