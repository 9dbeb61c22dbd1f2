"""Passages on the base itself and on its studies: facts, titles, citations and references."""

import re
from collections.abc import Callable, Mapping

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.findings import review_name, studies_by_kind
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.errors import UnknownName
from coprod_review.text.grammar import listed, long_date, lower_first, plural

_FULL_REVISION = re.compile("[0-9a-f]{40}")
"""A git revision in full, of which passages show the first twelve characters."""


def basis(context: BriefingContext, key: str) -> Passage:
    """Return a fact about the base itself, by its name."""
    fact = look_up(FACTS, key, "fact of the base")(context)
    if not fact:
        raise UnknownName(f"This base has nothing for basis {key}: test for it, or leave it out.")
    review = context.framework.review
    cites: tuple[Piece, ...] = (" ", CitedStudies((review.id,))) if review and key == "search" else ()
    return Passage((fact, *cites), fact)


def _kinds_of_studies(context: BriefingContext) -> str:
    return studies_by_kind(context, [s.id for s in context.eligible])


def _sources_of_coding(context: BriefingContext) -> str:
    terms = context.codebook.terms("coded_from")
    counts = [(sum(s.coded_from == t.id for s in context.eligible), lower_first(t.label)) for t in terms]
    return listed([f"{n} from {'an' if name[0] in 'aeiou' else 'a'} {name}" for n, name in counts if n])


def _search(context: BriefingContext) -> str:
    """Return where the works come from, as the base and the review describe it."""
    about = context.framework.about
    if about.search != "none documented":
        return about.search.rstrip(".")
    review = context.framework.review
    undocumented = "no search is documented"
    return f"{undocumented}; the works are those that the {review_name(review.id)} cites" if review else undocumented


def _earlier_state(context: BriefingContext) -> str:
    if context.earlier is None:
        return ""
    about = context.earlier.framework.about
    works = plural(len(context.earlier.studies), "work")
    return f"{works}, base {about.name} {about.version} ({long_date(about.as_of)})"


FACTS: Mapping[str, Callable[[BriefingContext], str]] = {
    "name": lambda c: c.framework.about.name,
    "title": lambda c: c.framework.about.title,
    "version": lambda c: c.framework.about.version,
    "as_of": lambda c: long_date(c.framework.about.as_of),
    "entries": lambda c: plural(len(c.base.studies), "work"),
    "evidence": lambda c: str(len(c.eligible)),
    "kinds": _kinds_of_studies,
    "coding": lambda c: c.framework.about.coding.rstrip("."),
    "coded_from": _sources_of_coding,
    "search": _search,
    "collection": lambda c: "a curated collection and not a systematic map"
    if c.framework.about.search == "none documented"
    else "the works that a search found",
    "caution": lambda c: c.framework.about.caution.rstrip("."),
    "selection": lambda c: (c.framework.about.selection or "").rstrip("."),
    "eligibility": lambda c: c.framework.about.eligibility.rstrip("."),
    "method": lambda c: c.framework.review.method.rstrip(".") if c.framework.review else "",
    "reviewed": lambda c: str(c.framework.review.citation.issued or "a year not stated") if c.framework.review else "",
    "since": lambda c: c.since[:12] if _FULL_REVISION.fullmatch(c.since) else c.since,
    "gaps": lambda c: plural(len(c.gaps), "gap"),
    "skipped": lambda c: listed(c.base.skipped),
    "then": _earlier_state,
}  # fmt: skip
"""Facts about the base by the name that templates use; an empty one does not exist in this base."""


def study(context: BriefingContext, key: str) -> Passage:
    """Return an empty passage that rests on the status of a study, so that the check reports a retracted one."""
    study = context.work(key)
    return Passage((), study.status, counted=False)


def title(context: BriefingContext, key: str) -> Passage:
    """Return the title of a study with its year."""
    citation = context.study(key).citation
    return Passage((f"{citation.title.rstrip('.')} ({citation.issued or 'no date'}).",), counted=False)


def reference(context: BriefingContext, key: str) -> Passage:
    """Return an empty passage that rests on every code of a study, for its entry in the references."""
    return Passage((), repr(context.work(key)), counted=False)
