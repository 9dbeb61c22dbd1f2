"""What a template can go through and ask of a base: lists of keys and terms, from which it chooses passages.

Nothing here is printed as it stands: what a briefing says comes from passages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.effects import AGAINST
from coprod_review.briefing.passages.findings import relayed
from coprod_review.briefing.passages.review import caveats
from coprod_review.errors import UnknownName
from coprod_review.model.codebook import Term
from coprod_review.model.review import Recommendation
from coprod_review.model.study import domain, stakeholder
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import lower_first


@dataclass(frozen=True, slots=True)
class Subject:
    """What a briefing on one thing is about."""

    id: str
    label: str
    kind: Literal["stakeholder", "group", "domain", "outcome"]


def subject(source: BriefingContext, term: str) -> Subject:
    """A stakeholder group, a group of people, a domain or an outcome by its id. Raises ``UnknownName``."""
    book = source.codebook
    kinds: Mapping[str, Literal["stakeholder", "group", "domain", "outcome"]] = {
        "stakeholders": "stakeholder",
        "groups": "group",
        "domains": "domain",
        "outcomes": "outcome",
    }
    terms = [(t, kind) for name, kind in kinds.items() for t in book.terms(name)]
    studied = {t.id for t in book.terms("groups") if f"representation.{t.id}" in source.figures}
    known = {t.id: Subject(t.id, t.label, kind) for t, kind in terms if kind != "group" or t.id in studied}
    try:
        return look_up(known, term, "stakeholder group, group of people, domain or outcome")
    except UnknownName as error:
        told = "coprod-review codebook lists them under stakeholders, groups, domains and outcomes."
        raise UnknownName(f"{str(error).rstrip('.')}{'' if str(error).endswith('?') else ':'} {told}") from None


# --- what every base has ------------------------------------------------------------


def stakeholders(source: BriefingContext) -> list[Term]:
    """The stakeholder groups: each has an id and a label."""
    return list(source.codebook.terms("stakeholders"))


def named_groups(source: BriefingContext) -> list[Term]:
    """Groups of people that a recommendation names."""
    return [t for t in source.codebook.terms("groups") if t.id in source.framework.named_groups]


def recommendations(source: BriefingContext) -> list[Recommendation]:
    """The recommendations of the review: each has an id, and in measured_by the ids of figures."""
    return list(source.framework.recommendations)


def enablers(source: BriefingContext) -> list[str]:
    """Keys of what helps measuring, for influence."""
    return [e.id for e in source.framework.review.enablers] if source.framework.review else []


def barriers(source: BriefingContext) -> list[str]:
    """Keys of what stands in the way of measuring, for influence."""
    return [b.id for b in source.framework.review.barriers] if source.framework.review else []


def errata(source: BriefingContext) -> list[str]:
    """Keys of what the review has wrong or leaves open, for erratum."""
    return list(source.errata)


def generals(source: BriefingContext) -> list[str]:
    """Keys of the rules that fire in more than half of the domains, for general."""
    return [str(n) for n, _ in enumerate(source.results["matrix"].general_gaps, 1)]


def review(source: BriefingContext) -> str:
    """Id of the review that the base starts from, for cite; empty where it holds none."""
    return source.framework.review.id if source.framework.review else ""


def skipped(source: BriefingContext) -> bool:
    """Whether studies were left out for their errors."""
    return bool(source.base.skipped)


def unanswered(source: BriefingContext) -> list[str]:
    """The questions that the base cannot answer before its works are read in full."""
    return [r.question for r in source.results.values() if r.missing and r.analysis != "appraisal"]


def changes(source: BriefingContext) -> Mapping[str, Sequence[str]] | None:
    """Keys of what changed since an earlier state: added, removed, changed, figures, opened, closed."""
    if source.then is None:
        return None
    found = source.changes
    empty = {gap.where for gap in source.gaps.values() if gap.type in ("none", "testimony_only")}
    return {
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
        "figures": [m.id for m in found.figures if _counts(m.before) != _counts(m.after)],
        "opened": [key for g in found.opened if (key := f"{g.type}/{g.where}") in source.gaps],
        # Where the last study has gone, a gap has not closed but grown.
        "closed": [f"{g.type}/{g.where}" for g in found.closed if g.where not in empty],
    }


def _counts(figure: Figure | None) -> int | None:
    """What a figure counts; where only the whole moved, it tells nothing new."""
    return figure.numerator if figure else None


# --- what it has on something -------------------------------------------------------


def gaps(source: BriefingContext, within: str = "") -> list[str]:
    """Keys of gaps in declared order, for gap; of a group of people, domain or outcome those within it."""
    if within:
        look_up({**source.places, **{t.id: t.label for t in source.codebook.terms("groups")}}, within, "place of gaps")
    held = source.gaps.items()
    return [key for key, gap in held if not within or f"{gap.where}.".startswith(f"{domain(within)}.")]


def domains(source: BriefingContext, group: str) -> list[Term]:
    """Domains of a stakeholder group in which there is any finding."""
    held = {domain(outcome) for outcome in source.found}
    look_up({t.id: t for t in stakeholders(source)}, group, "stakeholder group")
    return [t for t in source.codebook.terms("domains") if stakeholder(t.id) == group and t.id in held]


def outcomes(source: BriefingContext, within: str, *, changes: bool = True) -> list[Term]:
    """Outcomes within a stakeholder group or domain with findings of a change, or with changes=false of taking part."""
    ids = source.outcomes(within, of_change=changes)
    return [t for t in source.codebook.terms("outcomes") if t.id in ids]


def findings(source: BriefingContext, outcome: str, *, changes: bool = True) -> list[str]:
    """Keys of findings on an outcome; those told in the same words together, what is against a benefit last."""
    told: dict[tuple[object, ...], list[str]] = {}
    source.place(outcome)
    for _, finding in source.on_side(outcome, of_change=changes):
        seen = relayed(source, finding), finding.evidence_role
        told.setdefault((finding.direction in AGAINST, finding.direction, *seen, finding.summary), []).append(
            finding.id
        )
    return [",".join(ids) for _, ids in sorted(told.items(), key=lambda item: bool(item[0][0]))]


def findings_of(source: BriefingContext, study: str) -> list[str]:
    """Keys of the findings of one study."""
    return [finding.id for finding in source.study(study).findings if finding.id in source.finding]


def findings_against(source: BriefingContext) -> list[str]:
    """Keys of every finding of no change, harm or a mixed result, at any level."""
    return [i for i, (_, finding) in source.finding.items() if finding.direction in AGAINST]


_WHOSE = {"unpaid-carers": ("carer", "both")}
"""Groups of people that the code of whose a finding is tells of."""


def findings_about(source: BriefingContext, group: str) -> list[str]:
    """Keys of the findings that are said to be about a group of people, in studies that do not focus on it."""
    whose, focus = _WHOSE.get(group, ()), studies_on(source, group, "focus")
    return [i for i, (study, finding) in source.finding.items() if finding.whose in whose and study.id not in focus]


def studies_in(source: BriefingContext, within: str) -> list[str]:
    """Ids of the studies with any finding within a stakeholder group, domain or outcome."""
    held = [o for side in (True, False) for o in source.outcomes(within, of_change=side)]
    found = {study.id for outcome in held for study, _ in source.found[outcome]}
    return [study.id for study in source.eligible if study.id in found]


def studies_on(source: BriefingContext, group: str, place: str) -> list[str]:
    """Ids of the studies that focus on a group of people ("focus"), or include it and do not ("included")."""
    focus = look_up(source.figures, f"representation.{group}", "figure").numerator_ids
    look_up({"focus": "", "included": ""}, place, "place of a study in a group: focus or included, but no")
    if place == "focus":
        return list(focus)
    included = source.figures.get(f"representation.{group}.{place}")
    return [i for i in included.numerator_ids if i not in focus] if included else []


def cautious(source: BriefingContext, ids: Sequence[str] = ()) -> list[str]:
    """Of some studies, or of all, those of which the review leaves out something that was seen, for caveat."""
    return [s.id for s in source.eligible if caveats(s) and (not ids or s.id in ids)]


def claims(source: BriefingContext, section: str) -> list[str]:
    """Keys of the claims in a section of the review, for claim."""
    held = source.framework.review
    return [c.id for c in held.claims if c.section == section] if held else []


def statements(source: BriefingContext, group: str = "") -> list[str]:
    """Keys of what participants said first of all on a stakeholder group, or on none, for testimony."""
    return list(source.said_of(group))


def statements_on(source: BriefingContext, within: str) -> list[str]:
    """Keys of what participants said on a stakeholder group, domain or outcome, for testimony."""
    return list(source.said_on(within))


def compared(source: BriefingContext, figure: str) -> list[str]:
    """Keys of the published numbers that stand beside a figure, for beside."""
    return [f"{figure}#{c.benchmark}" for c in look_up(source.figures, figure, "figure").comparisons]


def has(source: BriefingContext, identity: str) -> bool:
    """Whether there is such a figure, chart or table."""
    return identity in source.figures or identity in source.charts or identity in source.tables


def number_of(source: BriefingContext, figure: str) -> int:
    """A figure's numerator, to choose words by; what is printed comes from a passage."""
    return look_up(source.figures, figure, "figure").numerator or 0


def small(_: BriefingContext, label: str) -> str:
    """A label within a sentence: its first letter small, unless the word is an abbreviation."""
    return lower_first(label)


def small_label(source: BriefingContext, figure: str) -> str:
    """The label of a figure within a sentence."""
    return lower_first(look_up(source.figures, figure, "figure").label)


def short_label(_: BriefingContext, group: str) -> str:
    """A stakeholder group in one word or two."""
    return group.replace("_", " ").capitalize()


VALUES: Mapping[str, Callable[[BriefingContext], object]] = {
    made.__name__: made
    for made in (
        stakeholders, named_groups, recommendations, enablers, barriers, errata, generals, review, skipped, unanswered,
        changes,
    )
}  # fmt: skip
"""What a template reads by its name."""
FUNCTIONS: Mapping[str, Callable[..., object]] = {
    made.__name__: made
    for made in (
        gaps, domains, outcomes, findings, findings_of, findings_against, findings_about, studies_in, studies_on,
        cautious, claims, statements, statements_on, compared, has, number_of, small, small_label, short_label,
    )
}  # fmt: skip
"""What a template calls; the source comes before what it gives."""


def template_words(source: BriefingContext, about: str) -> Mapping[str, object]:
    """Everything of this module by the name that templates use, and what the briefing is about."""
    held = {name: made(source) for name, made in VALUES.items()}
    asked = {name: partial(made, source) for name, made in FUNCTIONS.items()}
    return {"about": subject(source, about) if about else None, **held, **asked}
