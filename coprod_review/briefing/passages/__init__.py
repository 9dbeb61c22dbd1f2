"""What a briefing may say about a base: passages, each computed from the base alone by its kind and key.

A template asks for a passage, and ``brief --check`` computes the same passage again and compares. So every number in a
briefing comes from the base, and the check reports a passage that the base no longer gives.
"""

from collections.abc import Callable, Mapping

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages import basis, changes, figures, findings, review
from coprod_review.briefing.passages.passage import Passage

PASSAGE_KINDS: Mapping[str, Callable[[BriefingContext, str], Passage]] = {
    "share": figures.share,
    "limits": figures.limits,
    "full": figures.full,
    "short": figures.short,
    "count": figures.count,
    "tally": figures.tally,
    "ratio": figures.ratio,
    "beside": figures.beside,
    "included": figures.included,
    "on_group": figures.on_group,
    "behind": figures.behind,
    "label": figures.label,
    "answer": figures.answer,
    "caution": figures.caution,
    "effect": findings.effect,
    "part": findings.part,
    "finding": findings.finding,
    "overall": findings.overall,
    "in_brief": findings.in_brief,
    "gap": review.gap,
    "listed_gap": review.listed_gap,
    "plain_gap": review.plain_gap,
    "general": review.general,
    "testimony": review.testimony,
    "influence": review.influence,
    "recommendation": review.recommendation,
    "unmeasured": review.unmeasured,
    "claim": review.claim,
    "erratum": review.erratum,
    "caveat": review.caveat,
    "basis": basis.basis,
    "study": basis.study,
    "title": basis.title,
    "reference": basis.reference,
    "moved": changes.moved,
    "changed": changes.changed,
    "closed": changes.closed,
}
"""Every kind of passage by the name that templates and annotations use."""

ANNOTATION_ONLY = frozenset({"study", "reference", "behind", "listed_gap"})
"""Kinds that only annotations use: templates cite studies, and the program adds references and footnotes."""


def passage_for(context: BriefingContext, kind: str, key: str) -> Passage:
    """Return a passage by its kind and key. Raises ``UnknownName`` where the base has no such thing."""
    return look_up(PASSAGE_KINDS, kind, "kind of passage")(context, key)
