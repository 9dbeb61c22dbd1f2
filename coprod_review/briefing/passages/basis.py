"""Passages on the base itself and on its studies: facts, titles, citations and references."""

import re
from collections.abc import Callable, Mapping

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.findings import studies_by_kind
from coprod_review.briefing.passages.passage import Passage
from coprod_review.errors import UnknownName
from coprod_review.phrasing import base_facts
from coprod_review.phrasing.base_summary import coding_sources
from coprod_review.phrasing.changes import lost_codes
from coprod_review.phrasing.pieces import cited_sentence
from coprod_review.phrasing.reliability import reliability_sentence
from coprod_review.phrasing.texts import sentence
from coprod_review.text.grammar import listed, long_date, plural

_FULL_REVISION = re.compile("[0-9a-f]{40}")
"""A git revision in full, of which passages show the first twelve characters."""


def basis(context: BriefingContext, name: str) -> Passage:
    """Return a fact about the base itself, by its name."""
    fact = look_up(FACTS, name, "fact of the base")(context)
    if not fact:
        raise UnknownName(f"This base has nothing for basis {name}: test for it, or leave it out.")
    if name != "search":
        return Passage((fact,), fact)
    review = context.framework.review
    return Passage(cited_sentence(fact, (review.id,) if review else ()), fact)


def _earlier_state(context: BriefingContext) -> str:
    if context.earlier is None:
        return ""
    about = context.earlier.framework.about
    works = plural(len(context.earlier.studies), "work")
    adaptation = context.earlier.adaptation
    older = f"; it was in an older format, and {lost_codes(adaptation)}" if adaptation and adaptation.version else ""
    return f"{works}, base {about.name} {about.version} ({long_date(about.as_of)}){older}"


_HEADLINES = ("focus", "sector", "representation", "direction")
"""Analyses whose figures briefings begin with."""


def _reliability(context: BriefingContext) -> str:
    criteria = (figure.criteria for name in _HEADLINES for figure in context.results[name].figures)
    return reliability_sentence(criteria, context.framework.about)


FACTS: Mapping[str, Callable[[BriefingContext], str]] = {
    "name": lambda c: c.framework.about.name,
    "title": lambda c: c.framework.about.title,
    "version": lambda c: c.framework.about.version,
    "as_of": lambda c: long_date(c.framework.about.as_of),
    "entries": lambda c: plural(len(c.base.studies), "work"),
    "evidence": lambda c: str(len(c.eligible)),
    "kinds": lambda c: studies_by_kind(c, [s.id for s in c.eligible]),
    "coding": lambda c: sentence(c.framework.about.coding),
    "coded_from": lambda c: coding_sources(c.base, c.eligible),
    "search": lambda c: base_facts.search(c.framework.about, c.framework.review_name),
    "reliability": _reliability,
    "collection": lambda c: base_facts.collection(c.framework.about),
    "caution": lambda c: sentence(c.framework.about.caution),
    "selection": lambda c: sentence(c.framework.about.selection or ""),
    "eligibility": lambda c: sentence(c.framework.about.eligibility),
    "method": lambda c: sentence(c.framework.review.method if c.framework.review else ""),
    "reviewed": lambda c: str(c.framework.review.citation.issued or "a year not stated") if c.framework.review else "",
    "since": lambda c: c.since[:12] if _FULL_REVISION.fullmatch(c.since) else c.since,
    "gaps": lambda c: plural(len(c.gaps), "gap"),
    "skipped": lambda c: listed(c.base.skipped),
    "then": _earlier_state,
}  # fmt: skip
"""Facts about the base by the name that templates use; an empty one does not exist in this base."""


def title(context: BriefingContext, study: str) -> Passage:
    """Return the title of a study with its year."""
    citation = context.study(study).citation
    return Passage((base_facts.study_title(citation.title, citation.issued),), counted=False)


def study(context: BriefingContext, key: str) -> Passage:
    """Return an empty passage that rests on the status of a study, so that the check reports a retracted one."""
    study = context.work(key)
    return Passage((), study.status, counted=False)


def reference(context: BriefingContext, key: str) -> Passage:
    """Return an empty passage that rests on every code of a study, for its entry in the references."""
    return Passage((), repr(context.work(key)), counted=False)
