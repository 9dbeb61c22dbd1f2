"""Gaps in words: what is missing at a place, the rule that says so, and what was counted there."""

from collections.abc import Callable, Mapping

from coprod_review.gaps.gap_rules import oldest_search
from coprod_review.model.base import Framework
from coprod_review.model.codebook import GapRule
from coprod_review.results.result import Gap, GapCounts, GeneralGap
from coprod_review.text.grammar import number_with_verb, plural


def gap_statement(gap: Gap, framework: Framework) -> str:
    """Return what is missing at a place, as a sentence without its full stop."""
    return f"{gap.label}: {_STATEMENTS[gap.type](gap, framework)}"


def gap_rule(gap: Gap | GeneralGap, framework: Framework) -> str:
    """Return the rule of a gap with its thresholds; statements by participants are about outcomes, not about pairs."""
    if gap.kind == "pair" and gap.type == "none":
        return "there is no eligible study"
    return _rule(gap.type, framework).text


def gap_observation(gap: Gap, framework: Framework) -> str:
    """Return what was counted at the place of a gap, in a few words."""
    return _OBSERVATIONS[gap.type](gap.counts, _rule(gap.type, framework), framework)


def general_gap_statement(gap: GeneralGap, framework: Framework) -> str:
    """Return for how many cells of a map a rule applies, as a sentence."""
    name, rule = gap_name(gap.type, framework), gap_rule(gap, framework)
    return f"{name}: this applies to {gap.places} of {gap.cells} cells ({rule})."


def more_of_type(number: int, gap_type: str) -> str:
    """Return how many gaps of a type a report does not list."""
    return f"There are {number} more gaps of the type {gap_type}, which --format json lists."


def gap_name(gap_type: str, framework: Framework) -> str:
    """Return the name of a gap type in the codebook."""
    rule = framework.codebook.rule(gap_type)
    return rule.label if rule else gap_type


def _rule(gap_type: str, framework: Framework) -> GapRule:
    rule = framework.codebook.rule(gap_type)
    if rule is None:
        raise LookupError(f"the codebook has no rule `{gap_type}`, though a gap of this type was found")
    return rule


def _no_study(gap: Gap, framework: Framework) -> str:
    if gap.kind != "group":
        return "no study in this base reports on it"
    coded = "that is coded for groups " if gap.counts.uncoded else ""
    verb = number_with_verb(gap.counts.included, "includes", "include")
    return f"no study {coded}focuses on them" + (f", though {verb} them" if gap.counts.included else "")


def _indirect(gap: Gap, framework: Framework) -> str:
    sector = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    return f"no study is both about {sector} and from the nations of this base"


_STATEMENTS: Mapping[str, Callable[[Gap, Framework], str]] = {
    "testimony_only": lambda gap, _: "people spoke of it, but no study reports on it",
    "none": _no_study,
    "review_only": lambda gap, _: f"only {plural(gap.counts.reviews, 'review')} and no primary study",
    "thin": lambda gap, _: f"only {plural(gap.counts.studies, 'study')}",
    "single_source": lambda gap, _: "all primary studies come from one study or team",
    "mixed": lambda gap, _: "the findings disagree",
    "indirect": _indirect,
    "synthesis": lambda gap, _: "no recent review brings its primary studies together",
    "quality": lambda gap, _: "every appraised study has a serious concern",
    "unappraised": lambda gap, _: "no appraisal of its studies is recorded",
    "not_coded": lambda gap, _: "more studies are uncoded than coded",
}
"""What is missing at a place, by the type of the gap."""


def _directions(counts: GapCounts, rule: GapRule, framework: Framework) -> str:
    labels = (framework.codebook.label("directions", direction).lower() for direction in counts.directions)
    return f"findings: {', '.join(labels)}"


def _search(counts: GapCounts, rule: GapRule, framework: Framework) -> str:
    year, month = oldest_search(rule, framework) or (0, 0)
    return f"{plural(counts.primary, 'primary study')}, and no review with a search up to {year}-{month:02d} or later"


_OBSERVATIONS: Mapping[str, Callable[[GapCounts, GapRule, Framework], str]] = {
    "testimony_only": lambda n, *_: f"0 studies, {plural(n.statements, 'statement')} by participants",
    "none": lambda n, *_: "0 studies",
    "review_only": lambda n, *_: f"{plural(n.reviews, 'review')}, 0 primary studies",
    "thin": lambda n, *_: plural(n.studies, "study"),
    "single_source": lambda n, *_: f"{plural(n.primary, 'primary study')} from one study family",
    "mixed": _directions,
    "indirect": lambda n, *_: f"0 of {plural(n.studies, 'study')} in the scope of this base",
    "synthesis": _search,
    "quality": lambda n, *_: f"{n.appraised} of {n.appraised} appraised studies have a serious concern",
    "unappraised": lambda n, *_: f"0 of {plural(n.studies, 'study')} appraised",
    "not_coded": lambda n, *_: f"{plural(n.uncoded, 'study')} without codes, {n.studies} with codes",
}
"""What was counted at a place, by the type of the gap."""
