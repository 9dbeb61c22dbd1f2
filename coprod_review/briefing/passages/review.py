"""Passages on gaps, and on the review that the base starts from: claims, testimony, recommendations, errata."""

from collections.abc import Sequence

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.model.study import Erratum, Study
from coprod_review.results.result import Gap
from coprod_review.text.grammar import capitalise, listed, lower_first, plural


def gap(source: BriefingContext, key: str) -> Passage:
    """A gap that fired, in the words of its rule."""
    gap = look_up(source.gaps, key, "gap")
    words = in_words(source, gap)
    shown = _shown_by(source, gap)
    cited: tuple[Piece, ...] = (" ", CitedStudies(shown)) if 0 < len(shown) <= _FEW else ()
    return Passage((words, *cited), f"{key} {','.join(gap.studies)}", gap.opens)


def listed_gap(source: BriefingContext, key: str) -> Passage:
    """A gap in the complete list, which cites nothing."""
    gap = look_up(source.gaps, key, "gap")
    return Passage((in_words(source, gap),), f"{key} {','.join(gap.studies)}")


def in_words(source: BriefingContext, gap: Gap) -> str:
    """The statement of a gap as a briefing tells it."""
    words = capitalise(gap.statement)
    if source.codebook.find("domains", gap.where):
        words = words.replace(": ", ", ", 1)
    for short_words, longer in _FULLER:
        words = words.replace(short_words, longer)
    return words


_FULLER = (
    ("named by people, in no study here", "named by participants of the review, and in no study here"),
    ("seen in no study here", "no study here reports on it"),
)
_FEW = 4
"""Studies that are cited in a line; of more, the note names them."""


def _shown_by(source: BriefingContext, gap: Gap) -> tuple[str, ...]:
    """The studies that a gap speaks of; where it tells of none of a kind, those of another kind prove nothing."""
    if gap.type == "single_source":
        kind = source.codebook.kind
        return tuple(i for i in gap.studies if kind("designs", source.study(i).design) == "primary")
    return gap.studies if gap.type in ("thin", "review_only", "mixed") else ()


def plain_gap(source: BriefingContext, key: str) -> Passage:
    """A gap in the shortest words; what has none of its own is told as ever."""
    gap = look_up(source.gaps, key, "gap")
    group = source.codebook.find("groups", gap.where)
    place = source.codebook.find("domains", gap.where)
    words = ""
    if group and gap.type == "none":
        words = f"No study here is about {lower_first(group.label)}"
    elif group and gap.type == "thin":
        words = f"Only {plural(len(gap.studies), 'study')} here {'is' if len(gap.studies) == 1 else 'are'} about "
        words += lower_first(group.label)
    elif place and gap.type == "testimony_only":
        words = f"People spoke of it, but no study here does: {lower_first(place.label)}"
    words = words or in_words(source, gap)
    return Passage((words,), f"{key} {','.join(gap.studies)}", gap.opens)


def general(source: BriefingContext, key: str) -> Passage:
    """A gap of one type that is found in more than half of the cells."""
    told = {str(number): sentence for number, sentence in enumerate(source.results["matrix"].general_gaps, 1)}
    words = look_up(told, key, "general gap").rstrip(".").replace("cells at", "domains there is at")
    return Passage((words.replace("cells", "domains").replace("the cell", "the domain"),), key, "matrix")


def testimony(source: BriefingContext, key: str) -> Passage:
    """What a participant of the review said, or an example that one gave."""
    said = look_up({s.id: s for s in source.framework.statements}, key, "statement")
    return Passage((said.statement,), said.statement, counted=False)


def influence(source: BriefingContext, key: str) -> Passage:
    """What the review holds to help or hinder measuring, with what was seen of it, and what corrects it."""
    review = source.framework.review
    held = {i.id: i for i in (*review.enablers, *review.barriers)} if review else {}
    found = look_up(held, key, "enabler or barrier")
    tail = f"{_seen(source, found.claim, found.cites)}.{_but(source, found.claim)}"
    return Passage(
        (f"{found.statement.rstrip('.')} ", CitedStudies(found.cites), tail), f"{found.statement}{tail}", counted=False
    )


def _seen(source: BriefingContext, claim: str, cites: Sequence[str]) -> str:
    """How far a claim was seen in the works that it cites, in a few words; not compared is not the same as not seen."""
    review = source.framework.review
    held = next((c for c in review.claims if c.id == claim), None) if review else None
    found = [held.corroboration.get(i, "not_judged") if held else "not_judged" for i in cites]
    if len(found) == 1:
        return f" [{_SEEN[found[0]]} there]"
    told = [f"{words} in {found.count(code)}" for code, words in _SEEN.items() if code in found]
    return f" [of {len(found)} works: {listed(told)}]"


_SEEN = {
    "supported": "seen",
    "partly": "seen in part",
    "not_seen": "not seen",
    "contradicted": "contradicted",
    "not_judged": "not compared",
}


def _but(source: BriefingContext, claim: str) -> str:
    """What errata of the review hold against a claim; those that bear on many claims are told by themselves."""
    found = [e for e in source.errata.values() if claim in e.claims and len(e.claims) <= _FEW]
    return "".join(f" But: {e.correction.rstrip('.')}." for e in found)


def recommendation(source: BriefingContext, key: str) -> Passage:
    """A recommendation of the review, in other words."""
    found = look_up({r.id: r for r in source.framework.recommendations}, key, "recommendation")
    return Passage((found.statement,), found.statement, counted=False)


def unmeasured(source: BriefingContext, key: str) -> Passage:
    """Why nothing in the base can measure a recommendation."""
    found = look_up({r.id: r for r in source.framework.recommendations}, key, "recommendation")
    return Passage((found.not_measurable_because or "No reason is given.",), counted=False)


def claim(source: BriefingContext, key: str) -> Passage:
    """A claim of the review in corrected words, with how far it was seen in the works it cites."""
    review = source.framework.review
    found = look_up({c.id: c for c in review.claims} if review else {}, key, "claim")
    seen = _seen(source, found.id, found.cites)
    tail = f"{seen}.{_but(source, found.id)}"
    return Passage(
        (f"{found.claim.rstrip('.')} ", CitedStudies(found.cites), tail), f"{found.claim}{tail}", counted=False
    )


def erratum(source: BriefingContext, key: str) -> Passage:
    """What the review has wrong or leaves open, always with what holds instead, and how sure that is."""
    found = look_up(source.errata, key, "erratum")
    cites: tuple[Piece, ...] = (" ", CitedStudies(found.studies)) if 0 < len(found.studies) <= _FEW else ()
    words = f"{found.about.rstrip('.')}. {found.correction.rstrip('.')}"
    return Passage((words, *cites, f". {_sureness(found)}"), f"{found.about}{found.correction}", counted=False)


def _sureness(erratum: Erratum) -> str:
    """How sure an erratum is, and whether the original was read for it."""
    read = "the original was read" if erratum.verified_at_original else "the original was not read"
    return f"[How sure: {erratum.confidence}; {read}]"


def caveat(source: BriefingContext, key: str) -> Passage:
    """What was seen of a study that the review leaves out or has otherwise; errors of citation are left out."""
    told = caveats(source.study(key))
    return Passage((" ".join(told),), " ".join(told), counted=False)


def caveats(study: Study) -> tuple[str, ...]:
    """What a reader of a study has to know: errata that bear on what it shows, and a serious concern on record."""
    held = [e for e in study.errata if not e.about.startswith(("citation", "scope"))]
    told = [f"{e.about.rstrip('.')}. {e.correction.rstrip('.')}." for e in held]
    if study.appraisal and study.appraisal.serious_concern == "present":
        tool, why = study.appraisal.tool, study.appraisal.rationale.rstrip(".")
        told.append(f"Its appraisal ({tool}) records a serious concern: {why}.")
    return tuple(told)
