"""What a template can loop over or test, to choose its passages: the object ``base``, and the subject of a briefing.

A template prints passages and not these lists, so that the check of a briefing can compare everything that it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.basis import FACTS
from coprod_review.briefing.passages.findings import SIDES, roles_table
from coprod_review.briefing.passages.passage import choose
from coprod_review.briefing.passages.review import caveats
from coprod_review.briefing.template_sandbox import Readable
from coprod_review.errors import UnknownName
from coprod_review.model.base import Subject
from coprod_review.model.codebook import Term
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Finding, Study, domain, stakeholder
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.effects import AGAINST
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import capitalise
from coprod_review.text.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class About:
    """What a briefing on one group, domain or outcome is about."""

    id: str
    label: str
    kind: Literal["stakeholder", "group", "domain", "outcome"]


def subject(context: BriefingContext, term: str) -> About:
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
    known = {t.id: About(t.id, t.label, kind) for t, kind in terms if kind != "group" or t.id in studied}
    if term in known:
        return known[term]
    near = did_you_mean(term, known)
    raise UnknownName(
        f"`{term[:80]}` is not a stakeholder group, group of people, domain or outcome of this base. "
        f"{capitalise(near) + ' ' if near else ''}"
        "`coprod-review codebook` lists them under stakeholders, groups, domains and outcomes."
    )


class Base(Readable):
    """The base of a briefing, as templates read it under the name ``base``."""

    def __init__(self, context: BriefingContext) -> None:
        """Take what the briefing is written from."""
        self._context = context

    # --- what every base has --------------------------------------------------------

    @property
    def subject(self) -> Subject:
        """The words of the subject: practice, field, process, definition, other_words, review, crosswalks and plain."""
        return self._context.framework.about.subject

    @property
    def stakeholders(self) -> list[Term]:
        """The stakeholder groups."""
        return list(self._context.codebook.terms("stakeholders"))

    @property
    def named_groups(self) -> list[Term]:
        """The groups of people that a recommendation names."""
        named = self._context.framework.named_groups
        return [t for t in self._context.codebook.terms("groups") if t.id in named]

    @property
    def recommendations(self) -> list[Recommendation]:
        """The recommendations of the review: each has an id, and in ``measured_by`` the ids of figures."""
        return list(self._context.framework.recommendations)

    @property
    def review(self) -> str:
        """The id of the review that the base starts from; empty without a review."""
        review = self._context.framework.review
        return review.id if review else ""

    @property
    def review_name(self) -> str:
        """The name of the review in running text, without an article; empty without a review."""
        return self._context.framework.review_name

    @property
    def enablers(self) -> list[str]:
        """Ids of what helps measuring according to the review, for ``claim``."""
        review = self._context.framework.review
        return [e.id for e in review.enablers] if review else []

    @property
    def barriers(self) -> list[str]:
        """Ids of what hinders measuring according to the review, for ``claim``."""
        review = self._context.framework.review
        return [b.id for b in review.barriers] if review else []

    @property
    def errata(self) -> list[str]:
        """Ids of what the review gets wrong or leaves open, for ``erratum``."""
        return list(self._context.errata)

    @property
    def general_gaps(self) -> list[str]:
        """Types of gaps that more than half of the domains have, for ``gap(key, "general")``."""
        return [gap.type for gap in self._context.results["matrix"].general_gaps]

    def cells(self, table: str, column: str, *, vocabulary: str, kind: str) -> list[str]:
        """Return the cells of a column in those rows of a table whose terms, of a vocabulary, have a kind."""
        return [f"{table}/{term}/{column}" for term in self._context.codebook.ids_of_kind(vocabulary, kind)]

    @property
    def open_questions(self) -> list[str]:
        """The questions that the base cannot answer before its works are read in full."""
        return [
            words.question(result, self._context.framework)
            for result in self._context.results.values()
            if result.missing and result.analysis != "appraisal"
        ]

    @property
    def reliability(self) -> bool:
        """Whether ``basis("reliability")`` has a caution on codes that were tested too little."""
        return bool(FACTS["reliability"](self._context))

    @property
    def skipped(self) -> bool:
        """Whether studies were left out because of their errors."""
        return bool(self._context.base.skipped)

    @property
    def changes(self) -> Mapping[str, Sequence[str]] | None:
        """What changed since an earlier state: ids under added, removed, changed, figures, opened and closed."""
        if self._context.earlier is None:
            return None
        since, gaps = self._context.changes, self._context.gaps
        empty = {gap.where for gap in gaps.values() if gap.type in ("none", "testimony_only")}
        return {
            "added": since.added,
            "removed": since.removed,
            "changed": since.changed,
            "figures": [m.id for m in since.figures if _numerator(m.before) != _numerator(m.after)],
            "opened": [key for g in since.opened if (key := f"{g.type}/{g.where}") in gaps],
            # A gap that lost its last study became a larger gap, of another type, and did not close.
            "closed": [f"{g.type}/{g.where}" for g in since.closed if g.where not in empty],
        }

    # --- what it has on something ---------------------------------------------------

    def domains(self, group: str) -> list[Term]:
        """Return the domains of a stakeholder group in which there is any finding."""
        look_up({t.id: t for t in self.stakeholders}, group, "stakeholder group")
        with_findings = {domain(outcome) for outcome in self._context.findings_by_outcome}
        terms = self._context.codebook.terms("domains")
        return [t for t in terms if stakeholder(t.id) == group and t.id in with_findings]

    def outcomes(self, within: str, side: str = "change") -> list[Term]:
        """Return the outcomes within a stakeholder group or domain that have findings on a side, as in ``effect``."""
        ids = self._context.outcomes(within, of_change=choose(SIDES, side, "outcomes"))
        return [t for t in self._context.codebook.terms("outcomes") if t.id in ids]

    def findings(
        self, outcome: str = "", side: str = "", *, study: str = "", group: str = "", against: bool = False
    ) -> list[str]:
        """Return keys of findings for ``finding``: on an outcome, a side, of a study, about a group, against a benefit.

        Findings in the same words share a key, and those of no change, harm or a mixed result come last.
        """
        pairs = self._pairs(outcome, side)
        if study:
            self._context.study(study)
            pairs = [pair for pair in pairs if pair[0].id == study]
        if group:
            codebook = self._context.codebook
            carers = codebook.has_kind("groups", group, "carers")
            whose = codebook.of_kind("whose", "carer", "both") if carers else ()
            focus = self.studies(focus=group)
            pairs = [(s, f) for s, f in pairs if f.whose in whose and s.id not in focus]
        adverse = self._context.codebook.of_kind("directions", *AGAINST)
        return self._keys([pair for pair in pairs if not against or pair[1].direction in adverse])

    def _pairs(self, outcome: str, side: str) -> list[tuple[Study, Finding]]:
        sides = [choose(SIDES, side, "findings")] if side else list(SIDES.values())
        if outcome:
            self._context.require_place(outcome)
        outcomes = [outcome] if outcome else list(self._context.findings_by_outcome)
        return [
            pair for o in outcomes for of_change in sides for pair in self._context.findings_on(o, of_change=of_change)
        ]

    def _keys(self, pairs: Sequence[tuple[Study, Finding]]) -> list[str]:
        adverse = self._context.codebook.of_kind("directions", *AGAINST)
        by_words: dict[tuple[object, ...], list[str]] = {}
        for _, finding in pairs:
            reporter = self._context.framework.is_attributed(finding), finding.evidence_role
            key = (finding.direction in adverse, finding.direction, *reporter, finding.summary)
            by_words.setdefault(key, []).append(finding.id)
        return [",".join(ids) for _, ids in sorted(by_words.items(), key=lambda item: bool(item[0][0]))]

    def studies(self, within: str = "", *, focus: str = "", included: str = "") -> list[str]:
        """Return ids of studies with findings within a place, or that focus on a group of people or only include it."""
        if within:
            ids = {
                s.id
                for side in SIDES.values()
                for o in self._context.outcomes(within, of_change=side)
                for s, _ in self._context.findings_on(o, of_change=side)
            }
        elif focus:
            return list(self._group(focus).numerator_ids)
        elif included:
            figure = self._context.figures.get(f"representation.{included}.included")
            ids = set(figure.numerator_ids if figure else ()) - set(self._group(included).numerator_ids)
        else:
            ids = {s.id for s in self._context.eligible}
        return [study.id for study in self._context.eligible if study.id in ids]

    def _group(self, group: str) -> Figure:
        return look_up(self._context.figures, f"representation.{group}", "figure")

    def caveats(self, studies: Sequence[str] = ()) -> list[str]:
        """Return ids of studies, of those given or of all, that have a caveat."""
        return [s.id for s in self._context.eligible if any(caveats(s)) and (not studies or s.id in studies)]

    def gaps(self, within: str = "") -> list[str]:
        """Return keys of gaps for ``gap``: all in the order of the codebook, or those of a group, domain or outcome."""
        if within:
            groups = {t.id: t.label for t in self._context.codebook.terms("groups")}
            look_up({**self._context.places, **groups}, within, "place of gaps")
        every = self._context.gaps.items()
        return [key for key, gap in every if not within or f"{gap.where}.".startswith(f"{domain(within)}.")]

    def claims(self, section: str) -> list[str]:
        """Return ids of the claims in a section of the review, for ``claim``."""
        review = self._context.framework.review
        return [c.id for c in review.claims if c.section == section] if review else []

    def statements(self, group: str = "") -> list[str]:
        """Return ids of what participants said mainly about a stakeholder group, or about none, for ``testimony``."""
        statements = self._context.framework.statements
        return [s.id for s in statements if (stakeholder(s.outcomes[0]) if s.outcomes else "") == group]

    def statements_on(self, within: str) -> list[str]:
        """Return ids of what participants said on a stakeholder group, domain or outcome, for ``testimony``."""
        self._context.require_place(within)
        statements = self._context.framework.statements
        return [s.id for s in statements if any(f"{outcome}.".startswith(f"{within}.") for outcome in s.outcomes)]

    def comparisons(self, figure: str) -> list[str]:
        """Return ids of the published numbers to compare a figure with, for ``compare``."""
        return [c.benchmark for c in look_up(self._context.figures, figure, "figure").comparisons]

    def has_roles(self, group: str) -> bool:
        """Return whether any study says what the members of a stakeholder group are, for ``roles``."""
        return roles_table(self._context, group) is not None

    def has(self, key: str) -> bool:
        """Return whether there is such a figure, chart or table."""
        return key in self._context.figures or key in self._context.charts or key in self._context.tables


def _numerator(figure: Figure | None) -> int | None:
    """Return what a figure counts; a figure of which only the denominator changed is not worth reporting."""
    return figure.numerator if figure else None


FORMER_WORDS: Mapping[str, str] = {
    "share": "figure(key)",
    "number_of": 'figure(key, "number")',
    "beside": "compare(figure, number)",
    **{form: f'figure(key, "{form}")' for form in ("full", "short", "count", "ratio", "label")},
    "limits": 'figure(key, "full")',
    "tally": 'figure(key, "number")',
    "small_label": 'figure(key, "label")',
    "on_group": "group(key)",
    "included": 'group(key, "included")',
    "part": 'effect(outcome, "taking_part")',
    "overall": "reported(place)",
    "in_brief": 'reported(place, "brief")',
    "plain_gap": 'gap(key, "plain")',
    **{form: f'gap(key, "{form}")' for form in ("general", "closed")},
    "influence": "claim(key)",
    "unmeasured": 'recommendation(key, "reason")',
    **dict.fromkeys(("moved", "changed"), "change(key)"),
    "generals": "base.general_gaps",
    "unanswered": "base.open_questions",
    "findings_of": "base.findings(study=key)",
    "findings_against": "base.findings(against=true)",
    "findings_about": "base.findings(group=key)",
    "studies_in": "base.studies(within)",
    "studies_on": "base.studies(focus=group) or base.studies(included=group)",
    "cautious": "base.caveats(studies)",
    "compared": "base.comparisons(figure)",
    "small": "label|lower_first",
    "short_label": "group.id|capitalize",
}
"""Words of earlier versions that are not attributes of ``base`` now, with what a template writes instead."""
