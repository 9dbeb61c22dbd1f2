"""Lists of keys and terms that a template can loop over or test, to choose its passages.

A template prints passages and not these lists, so that the check of a briefing can compare everything that it says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.effects import AGAINST
from coprod_review.briefing.passages.findings import is_second_hand
from coprod_review.briefing.passages.review import caveats
from coprod_review.errors import UnknownName
from coprod_review.model.codebook import Term
from coprod_review.model.review import Recommendation
from coprod_review.model.study import domain, stakeholder
from coprod_review.phrasing.analyses import registry as words
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import lower_first

_WHOSE_CODES = {"unpaid-carers": ("carer", "both")}
"""Groups of people with the values of ``whose`` in a finding that mean them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a briefing on one group, domain or outcome."""

    id: str
    label: str
    kind: Literal["stakeholder", "group", "domain", "outcome"]


def subject(context: BriefingContext, term: str) -> Subject:
    """Return a stakeholder group, a group of people, a domain or an outcome by its id. Raises ``UnknownName``."""
    codebook = context.codebook
    kinds: Mapping[str, Literal["stakeholder", "group", "domain", "outcome"]] = {
        "stakeholders": "stakeholder",
        "groups": "group",
        "domains": "domain",
        "outcomes": "outcome",
    }
    terms = [(t, kind) for name, kind in kinds.items() for t in codebook.terms(name)]
    studied = {t.id for t in codebook.terms("groups") if f"representation.{t.id}" in context.figures}
    known = {t.id: Subject(t.id, t.label, kind) for t, kind in terms if kind != "group" or t.id in studied}
    try:
        return look_up(known, term, "stakeholder group, group of people, domain or outcome")
    except UnknownName as error:
        where = "coprod-review codebook lists them under stakeholders, groups, domains and outcomes."
        raise UnknownName(f"{str(error).rstrip('.')}{'' if str(error).endswith('?') else ':'} {where}") from None


# --- what every base has ------------------------------------------------------------


def stakeholders(context: BriefingContext) -> list[Term]:
    """Return the stakeholder groups: each has an id and a label."""
    return list(context.codebook.terms("stakeholders"))


def named_groups(context: BriefingContext) -> list[Term]:
    """Return groups of people that a recommendation names."""
    return [t for t in context.codebook.terms("groups") if t.id in context.framework.named_groups]


def recommendations(context: BriefingContext) -> list[Recommendation]:
    """Return the recommendations of the review: each has an id, and in measured_by the ids of figures."""
    return list(context.framework.recommendations)


def enablers(context: BriefingContext) -> list[str]:
    """Return keys of what helps measuring, for influence."""
    return [e.id for e in context.framework.review.enablers] if context.framework.review else []


def barriers(context: BriefingContext) -> list[str]:
    """Return keys of what hinders measuring, for influence."""
    return [b.id for b in context.framework.review.barriers] if context.framework.review else []


def errata(context: BriefingContext) -> list[str]:
    """Return keys of what the review gets wrong or leaves open, for erratum."""
    return list(context.errata)


def generals(context: BriefingContext) -> list[str]:
    """Return keys of the rules that fire in more than half of the domains, for general."""
    return [str(n) for n, _ in enumerate(context.results["matrix"].general_gaps, 1)]


def review(context: BriefingContext) -> str:
    """Return the id of the review that the base starts from, for cite; empty without a review."""
    return context.framework.review.id if context.framework.review else ""


def skipped(context: BriefingContext) -> bool:
    """Return whether studies were left out for their errors."""
    return bool(context.base.skipped)


def unanswered(context: BriefingContext) -> list[str]:
    """Return the questions that the base cannot answer before its works are read in full."""
    return [
        words.question(r, context.framework)
        for r in context.results.values()
        if r.missing and r.analysis != "appraisal"
    ]


def changes(context: BriefingContext) -> Mapping[str, Sequence[str]] | None:
    """Return keys of what changed since an earlier state: added, removed, changed, figures, opened, closed."""
    if context.earlier is None:
        return None
    changes_since = context.changes
    empty = {gap.where for gap in context.gaps.values() if gap.type in ("none", "testimony_only")}
    return {
        "added": changes_since.added,
        "removed": changes_since.removed,
        "changed": changes_since.changed,
        "figures": [m.id for m in changes_since.figures if _numerator(m.before) != _numerator(m.after)],
        "opened": [key for g in changes_since.opened if (key := f"{g.type}/{g.where}") in context.gaps],
        # A gap that lost its last study became a larger gap, of another type, and did not close.
        "closed": [f"{g.type}/{g.where}" for g in changes_since.closed if g.where not in empty],
    }


def _numerator(figure: Figure | None) -> int | None:
    """Return what a figure counts; a figure of which only the denominator changed is not worth reporting."""
    return figure.numerator if figure else None


# --- what it has on something -------------------------------------------------------


def gaps(context: BriefingContext, within: str = "") -> list[str]:
    """Return keys of gaps in the order of the codebook, for gap; all, or those of a group, domain or outcome."""
    if within:
        groups = {t.id: t.label for t in context.codebook.terms("groups")}
        look_up({**context.places, **groups}, within, "place of gaps")
    every = context.gaps.items()
    return [key for key, gap in every if not within or f"{gap.where}.".startswith(f"{domain(within)}.")]


def domains(context: BriefingContext, group: str) -> list[Term]:
    """Return domains of a stakeholder group in which there is any finding."""
    with_findings = {domain(outcome) for outcome in context.findings_by_outcome}
    look_up({t.id: t for t in stakeholders(context)}, group, "stakeholder group")
    return [t for t in context.codebook.terms("domains") if stakeholder(t.id) == group and t.id in with_findings]


def outcomes(context: BriefingContext, within: str, *, changes: bool = True) -> list[Term]:
    """Return outcomes in a stakeholder group or domain with findings of a change; changes=false: of taking part."""
    ids = context.outcomes(within, of_change=changes)
    return [t for t in context.codebook.terms("outcomes") if t.id in ids]


def findings(context: BriefingContext, outcome: str, *, changes: bool = True) -> list[str]:
    """Return keys of findings on an outcome; the same words share a key, and findings against a benefit come last."""
    by_words: dict[tuple[object, ...], list[str]] = {}
    context.require_place(outcome)
    for _, finding in context.findings_on(outcome, of_change=changes):
        reporter = is_second_hand(context, finding), finding.evidence_role
        words = (finding.direction in AGAINST, finding.direction, *reporter, finding.summary)
        by_words.setdefault(words, []).append(finding.id)
    return [",".join(ids) for _, ids in sorted(by_words.items(), key=lambda item: bool(item[0][0]))]


def findings_of(context: BriefingContext, study: str) -> list[str]:
    """Return keys of the findings of one study."""
    return [finding.id for finding in context.study(study).findings if finding.id in context.findings_by_id]


def findings_against(context: BriefingContext) -> list[str]:
    """Return keys of every finding of no change, harm or a mixed result, at any level."""
    return [i for i, (_, finding) in context.findings_by_id.items() if finding.direction in AGAINST]


def findings_about(context: BriefingContext, group: str) -> list[str]:
    """Return keys of findings that are about a group of people, in studies that do not focus on it."""
    whose, focus = _WHOSE_CODES.get(group, ()), studies_on(context, group, "focus")
    findings = context.findings_by_id.items()
    return [i for i, (study, finding) in findings if finding.whose in whose and study.id not in focus]


def studies_in(context: BriefingContext, within: str) -> list[str]:
    """Return ids of the studies with any finding within a stakeholder group, domain or outcome."""
    outcomes = [o for side in (True, False) for o in context.outcomes(within, of_change=side)]
    ids = {study.id for outcome in outcomes for study, _ in context.findings_by_outcome[outcome]}
    return [study.id for study in context.eligible if study.id in ids]


def studies_on(context: BriefingContext, group: str, place: str) -> list[str]:
    """Return ids of the studies that focus on a group of people ("focus"), or only include it ("included")."""
    focus = look_up(context.figures, f"representation.{group}", "figure").numerator_ids
    look_up({"focus": "", "included": ""}, place, "place of a study in a group: focus or included, but no")
    if place == "focus":
        return list(focus)
    included = context.figures.get(f"representation.{group}.{place}")
    return [i for i in included.numerator_ids if i not in focus] if included else []


def cautious(context: BriefingContext, ids: Sequence[str] = ()) -> list[str]:
    """Return ids of studies, of those given or of all, for which there is a caveat."""
    return [s.id for s in context.eligible if caveats(s) and (not ids or s.id in ids)]


def claims(context: BriefingContext, section: str) -> list[str]:
    """Return keys of the claims in a section of the review, for claim."""
    review = context.framework.review
    return [c.id for c in review.claims if c.section == section] if review else []


def statements(context: BriefingContext, group: str = "") -> list[str]:
    """Return keys of what participants said first of all about a stakeholder group, or about none, for testimony."""
    return list(context.statements_of(group))


def statements_on(context: BriefingContext, within: str) -> list[str]:
    """Return keys of what participants said on a stakeholder group, domain or outcome, for testimony."""
    return list(context.statements_on(within))


def compared(context: BriefingContext, figure: str) -> list[str]:
    """Return keys of the published numbers to compare a figure with, for beside."""
    return [f"{figure}#{c.benchmark}" for c in look_up(context.figures, figure, "figure").comparisons]


def has(context: BriefingContext, identity: str) -> bool:
    """Return whether there is such a figure, chart or table."""
    return identity in context.figures or identity in context.charts or identity in context.tables


def number_of(context: BriefingContext, figure: str) -> int:
    """Return a figure's numerator, to choose words by; what is printed comes from a passage."""
    return look_up(context.figures, figure, "figure").numerator or 0


def small(_: BriefingContext, label: str) -> str:
    """Return a label within a sentence: its first letter small, unless the word is an abbreviation."""
    return lower_first(label)


def small_label(context: BriefingContext, figure: str) -> str:
    """Return the label of a figure within a sentence."""
    return lower_first(look_up(context.figures, figure, "figure").label)


def short_label(_: BriefingContext, group: str) -> str:
    """Return a stakeholder group in one word or two."""
    return group.replace("_", " ").capitalize()


VALUES: Mapping[str, Callable[[BriefingContext], object]] = {
    function.__name__: function
    for function in (
        stakeholders, named_groups, recommendations, enablers, barriers, errata, generals, review, skipped, unanswered,
        changes,
    )
}  # fmt: skip
"""Functions whose value a template reads by their name."""
FUNCTIONS: Mapping[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        gaps, domains, outcomes, findings, findings_of, findings_against, findings_about, studies_in, studies_on,
        cautious, claims, statements, statements_on, compared, has, number_of, small, small_label, short_label,
    )
}  # fmt: skip
"""Functions that a template calls, without their first argument, which is the context."""


def template_words(context: BriefingContext, about: str) -> Mapping[str, object]:
    """Return everything in this module by the name that templates use, and the subject of the briefing."""
    values = {name: function(context) for name, function in VALUES.items()}
    functions = {name: partial(function, context) for name, function in FUNCTIONS.items()}
    return {"about": subject(context, about) if about else None, **values, **functions}
