"""Gaps in words: what is missing at a place, the rule that says so, and what was counted there."""

from collections.abc import Callable, Mapping

from coprod_review.gaps.gap_rules import oldest_search
from coprod_review.model.base import Framework
from coprod_review.model.codebook import GapRule
from coprod_review.phrasing.attribution import attributed_note
from coprod_review.results.result import Gap, GapCounts, GeneralGap
from coprod_review.text.grammar import lower_first, number_with_verb, plural


def gap_statement(gap: Gap, framework: Framework) -> str:
    """Return what is missing at a place, as a sentence without its full stop."""
    return f"{gap.label}: {_STATEMENTS[gap.type](gap, framework)}{_attributed(gap, framework)}"


def _attributed(gap: Gap, framework: Framework) -> str:
    return attributed_note(gap, framework.review_name) if framework.review else ""


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
    return f"no study is both about {framework.sector_label} and from the nations of this base"


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


# --- briefings ------------------------------------------------------------------------


def gap_sentence(gap: Gap, framework: Framework) -> str:
    """Return a gap as a sentence of a briefing, without its full stop, so that it can cite studies."""
    return f"{_SENTENCES[gap.type](gap, _place(gap, framework), framework)}{_attributed(gap, framework)}"


def plain_gap_sentence(gap: Gap, framework: Framework) -> str:
    """Return a gap as a sentence of a plain-language briefing, in few words, without its full stop."""
    sentence = _PLAIN_SENTENCES[gap.type](gap, _place(gap, framework, with_group=False))
    return f"{sentence}{_attributed(gap, framework)}"


def general_gap_sentence(gap: GeneralGap, framework: Framework) -> str:
    """Return a gap that occurs in more than half of the places of a map as a sentence of a briefing."""
    places = {"outcome": "domains", "group": "groups", "pair": "pairs"}[gap.kind]
    return f"{gap.places} of {gap.cells} {places} have this gap: {lower_first(gap_name(gap.type, framework))}."


def closed_gap_sentence(gap: Gap, framework: Framework) -> str:
    """Return a gap that only the earlier state of a base has, as a sentence of a briefing."""
    return f"The earlier state of the base had this gap: “{gap_sentence(gap, framework)}.”"


def _place(gap: Gap, framework: Framework, *, with_group: bool = True) -> str:
    """Return the place of a gap within a sentence; a domain with its stakeholder group, unless its label names it."""
    term = framework.codebook.find("domains", gap.where) or framework.codebook.find("outcomes", gap.where)
    if term is None:
        return lower_first(gap.label)
    label, group = lower_first(term.label), lower_first(framework.codebook.group_label(gap.where))
    return f"{label} ({group})" if with_group and group not in label.split() else label


def _study_does(gap: Gap, number: int = 1) -> str:
    """Return what a number of studies do that belong to the place of a gap."""
    verb = "focus" if gap.kind == "group" else "report"
    return f"{verb}{'es' if verb == 'focus' else 's'} on" if number == 1 else f"{verb} on"


def _none_sentence(gap: Gap, place: str, _: Framework) -> str:
    coded = "that is coded for this " if gap.kind == "group" and gap.counts.uncoded else ""
    included = gap.counts.included if gap.kind == "group" else 0
    although = f", although {number_with_verb(included, 'study includes', 'studies include')} them" if included else ""
    return f"No study in this base {coded}{_study_does(gap)} {place}{although}"


def _single_source_sentence(gap: Gap, place: str, _: Framework) -> str:
    number = gap.counts.primary
    if number == 1:
        return f"Only 1 primary study in this base {_study_does(gap)} {place}"
    return f"The {number} primary studies in this base that {_study_does(gap, number)} {place} come from one source"


_SENTENCES: Mapping[str, Callable[[Gap, str, Framework], str]] = {
    "testimony_only": lambda gap, place, _: f"Review participants raised {place}, but no study here does",
    "none": _none_sentence,
    "review_only": lambda gap, place, _: (
        f"Only {plural(gap.counts.reviews, 'review')} in this base "
        f"{_study_does(gap, gap.counts.reviews)} {place}, and no primary study does"
    ),
    "thin": lambda gap, place, _: (
        f"Only {plural(gap.counts.studies, 'study')} in this base {_study_does(gap, gap.counts.studies)} {place}"
    ),
    "single_source": _single_source_sentence,
    "mixed": lambda gap, place, _: f"The findings in this base on {place} do not agree",
    "indirect": lambda gap, place, framework: f"On {place}, {_indirect(gap, framework)}",
    "synthesis": lambda gap, place, _: (
        f"No recent review in this base brings together the {gap.counts.primary} primary studies on {place}"
    ),
    "quality": lambda gap, place, _: (
        f"Each of the {gap.counts.appraised} appraised studies on {place} has a serious concern"
    ),
    "unappraised": lambda gap, place, _: (
        f"No study on {place} has been appraised, so we do not know how good this evidence is"
    ),
    "not_coded": lambda gap, place, _: (
        f"{plural(gap.counts.uncoded, 'study')} may belong to {place} and {'is' if gap.counts.uncoded == 1 else 'are'} "
        f"not coded yet; {number_with_verb(gap.counts.studies, 'is', 'are')} known to belong there"
    ),
}
"""Sentences on what is missing at a place, by the type of the gap."""

_PLAIN_SENTENCES: Mapping[str, Callable[[Gap, str], str]] = {
    "testimony_only": lambda _, place: f"People spoke about {place}, but no study here does",
    "none": lambda _, place: f"No study here is about {place}",
    "review_only": lambda _, place: f"Only reviews here are about {place}",
    "thin": lambda gap, place: (
        f"Only {number_with_verb(gap.counts.studies, 'study here is', 'studies here are')} about {place}"
    ),
    "single_source": lambda _, place: f"All first-hand evidence here on {place} has one source",
    "mixed": lambda _, place: f"Studies here do not agree about {place}",
    "indirect": lambda _, place: f"Studies here on {place} are from other services or places",
    "synthesis": lambda _, place: f"No recent review here sums up {place}",
    "quality": lambda _, place: f"Every checked study here on {place} has serious weaknesses",
    "unappraised": lambda _, place: f"Nobody has checked how good the studies on {place} are",
    "not_coded": lambda _, place: f"Many studies here are not yet coded for {place}",
}
"""The same in plain language."""
