"""Passages on the base itself and on its studies: what every briefing states, titles, citations, references."""

import re
from collections.abc import Callable, Mapping

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.findings import kinds_of, phrase_of
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.errors import UnknownName
from coprod_review.text.grammar import listed, long_date, lower_first, plural


def basis(source: BriefingContext, key: str) -> Passage:
    """Facts of the base itself, each by its name."""
    told = look_up(FACTS, key, "fact of the base")(source)
    if not told:
        raise UnknownName(f"This base has nothing for basis {key}: test for it, or leave it out.")
    review = source.framework.review
    cites: tuple[Piece, ...] = (" ", CitedStudies((review.id,))) if review and key == "search" else ()
    return Passage((told, *cites), told)


_HASH = re.compile("[0-9a-f]{40}")
"""A git revision in full, of which the beginning tells enough."""


def _kinds_held(source: BriefingContext) -> str:
    return kinds_of(source, [s.id for s in source.eligible])


def _coded(source: BriefingContext) -> str:
    terms = source.codebook.terms("coded_from")
    counts = [(sum(s.coded_from == t.id for s in source.eligible), lower_first(t.label)) for t in terms]
    return listed([f"{n} from {'an' if name[0] in 'aeiou' else 'a'} {name}" for n, name in counts if n])


def _search(source: BriefingContext) -> str:
    """Where the works come from, as the base and the review tell it."""
    about = source.framework.about
    if about.search != "none documented":
        return about.search.rstrip(".")
    review = source.framework.review
    none = "no search is documented"
    return f"{none}; the works are those that the {phrase_of(review.id)} cites" if review else none


FACTS: Mapping[str, Callable[[BriefingContext], str]] = {
    "name": lambda s: s.framework.about.name,
    "title": lambda s: s.framework.about.title,
    "version": lambda s: s.framework.about.version,
    "as_of": lambda s: long_date(s.framework.about.as_of),
    "entries": lambda s: plural(len(s.base.studies), "work"),
    "evidence": lambda s: str(len(s.eligible)),
    "kinds": _kinds_held,
    "coding": lambda s: s.framework.about.coding.rstrip("."),
    "coded_from": _coded,
    "search": _search,
    "collection": lambda s: "a curated collection and not a systematic map"
    if s.framework.about.search == "none documented"
    else "the works that a search found",
    "caution": lambda s: s.framework.about.caution.rstrip("."),
    "selection": lambda s: (s.framework.about.selection or "").rstrip("."),
    "eligibility": lambda s: s.framework.about.eligibility.rstrip("."),
    "method": lambda s: s.framework.review.method.rstrip(".") if s.framework.review else "",
    "reviewed": lambda s: str(s.framework.review.citation.issued or "a year not stated") if s.framework.review else "",
    "since": lambda s: s.since[:12] if _HASH.fullmatch(s.since) else s.since,
    "gaps": lambda s: plural(len(s.gaps), "gap"),
    "skipped": lambda s: listed(s.base.skipped),
    "then": lambda s: _state(s),
}  # fmt: skip


def _state(source: BriefingContext) -> str:
    then = source.then
    if then is None:
        return ""
    about = then.framework.about
    return f"{plural(len(then.studies), 'work')}, base {about.name} {about.version} ({long_date(about.as_of)})"


def study(source: BriefingContext, key: str) -> Passage:
    """A citation; the study has to be there, and to stand."""
    study = source.work(key)
    return Passage((), study.status, counted=False)


def title(source: BriefingContext, key: str) -> Passage:
    """The title of a study with its year."""
    citation = source.study(key).citation
    return Passage((f"{citation.title.rstrip('.')} ({citation.issued or 'no date'}).",), counted=False)


def reference(source: BriefingContext, key: str) -> Passage:
    """An entry of the references, tied to every code of the study."""
    return Passage((), repr(source.work(key)), counted=False)
