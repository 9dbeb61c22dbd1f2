"""Passages on gaps, and on the review that the base starts from: claims, testimony, recommendations, errata."""

from collections.abc import Sequence

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import CitedStudies, Passage, Piece
from coprod_review.model.study import Erratum, Study
from coprod_review.phrasing.gaps import gap_statement, general_gap_statement
from coprod_review.results.result import Gap
from coprod_review.text.grammar import capitalise, listed, lower_first, plural

_LONGER_WORDS = (
    ("named by people, in no study here", "named by participants of the review, and in no study here"),
    ("seen in no study here", "no study here reports on it"),
)
"""Short words in the statements of gaps, with longer ones for briefings."""
_MOST_CITED = 4
"""Studies that are cited in a line; where there are more, only the footnote names them."""
_CORROBORATION_WORDS = {
    "supported": "seen",
    "partly": "seen in part",
    "not_seen": "not seen",
    "contradicted": "contradicted",
    "not_judged": "not compared",
}


def gap(context: BriefingContext, key: str) -> Passage:
    """Return a gap that fired, in the words of its rule."""
    gap = look_up(context.gaps, key, "gap")
    words = gap_in_words(context, gap)
    studies = _studies_to_cite(context, gap)
    cited: tuple[Piece, ...] = (" ", CitedStudies(studies)) if 0 < len(studies) <= _MOST_CITED else ()
    return Passage((words, *cited), f"{key} {','.join(gap.studies)}", gap.opens)


def listed_gap(context: BriefingContext, key: str) -> Passage:
    """Return a gap in the complete list, which cites nothing."""
    gap = look_up(context.gaps, key, "gap")
    return Passage((gap_in_words(context, gap),), f"{key} {','.join(gap.studies)}")


def gap_in_words(context: BriefingContext, gap: Gap) -> str:
    """Return the statement of a gap in the words of a briefing."""
    words = capitalise(gap_statement(gap, context.framework))
    if context.codebook.find("domains", gap.where):
        words = words.replace(": ", ", ", 1)
    for short_words, longer in _LONGER_WORDS:
        words = words.replace(short_words, longer)
    return words


def _studies_to_cite(context: BriefingContext, gap: Gap) -> tuple[str, ...]:
    """Return the studies that support a gap; those of another kind prove nothing about a kind that is missing."""
    if gap.type == "single_source":
        kind = context.codebook.kind
        return tuple(i for i in gap.studies if kind("designs", context.study(i).design) == "primary")
    return gap.studies if gap.type in ("thin", "review_only", "mixed") else ()


def plain_gap(context: BriefingContext, key: str) -> Passage:
    """Return a gap in the shortest words, or in the usual ones where it has no shorter words."""
    gap = look_up(context.gaps, key, "gap")
    group = context.codebook.find("groups", gap.where)
    place = context.codebook.find("domains", gap.where)
    words = ""
    if group and gap.type == "none":
        words = f"No study here is about {lower_first(group.label)}"
    elif group and gap.type == "thin":
        words = f"Only {plural(len(gap.studies), 'study')} here {'is' if len(gap.studies) == 1 else 'are'} about "
        words += lower_first(group.label)
    elif place and gap.type == "testimony_only":
        words = f"People spoke of it, but no study here does: {lower_first(place.label)}"
    words = words or gap_in_words(context, gap)
    return Passage((words,), f"{key} {','.join(gap.studies)}", gap.opens)


def general(context: BriefingContext, key: str) -> Passage:
    """Return a gap of one type that occurs in more than half of the cells."""
    gaps = {str(number): gap for number, gap in enumerate(context.results["matrix"].general_gaps, 1)}
    statement = general_gap_statement(look_up(gaps, key, "general gap"), context.framework)
    words = statement.rstrip(".").replace("cells at", "domains there is at")
    return Passage((words.replace("cells", "domains").replace("the cell", "the domain"),), key, "matrix")


def testimony(context: BriefingContext, key: str) -> Passage:
    """Return what a participant of the review said, or an example that one gave."""
    statement = look_up({s.id: s for s in context.framework.statements}, key, "statement")
    return Passage((statement.statement,), statement.statement, counted=False)


def influence(context: BriefingContext, key: str) -> Passage:
    """Return what helps or hinders measuring according to the review, with corroboration and corrections."""
    review = context.framework.review
    influences = {i.id: i for i in (*review.enablers, *review.barriers)} if review else {}
    influence = look_up(influences, key, "enabler or barrier")
    statement, cites = influence.statement, influence.cites
    corroboration = _corroboration_in_words(context, influence.claim, cites)
    tail = f"{corroboration}.{_errata_in_words(context, influence.claim)}"
    return Passage((f"{statement.rstrip('.')} ", CitedStudies(cites), tail), f"{statement}{tail}", counted=False)


def _corroboration_in_words(context: BriefingContext, claim: str, cites: Sequence[str]) -> str:
    """Return in a few words how far the works that a claim cites confirm it, or that nobody compared them."""
    review = context.framework.review
    cited_claim = next((c for c in review.claims if c.id == claim), None) if review else None
    codes = [cited_claim.corroboration.get(i, "not_judged") if cited_claim else "not_judged" for i in cites]
    if len(codes) == 1:
        return f" [{_CORROBORATION_WORDS[codes[0]]} there]"
    counts = [f"{words} in {codes.count(code)}" for code, words in _CORROBORATION_WORDS.items() if code in codes]
    return f" [of {len(codes)} works: {listed(counts)}]"


def _errata_in_words(context: BriefingContext, claim: str) -> str:
    """Return the errata that correct a claim; those that bear on many claims have passages of their own."""
    errata = [e for e in context.errata.values() if claim in e.claims and len(e.claims) <= _MOST_CITED]
    return "".join(f" But: {e.correction.rstrip('.')}." for e in errata)


def recommendation(context: BriefingContext, key: str) -> Passage:
    """Return a recommendation of the review, in other words."""
    recommendation = look_up({r.id: r for r in context.framework.recommendations}, key, "recommendation")
    return Passage((recommendation.statement,), recommendation.statement, counted=False)


def unmeasured(context: BriefingContext, key: str) -> Passage:
    """Return why nothing in the base can measure a recommendation."""
    recommendation = look_up({r.id: r for r in context.framework.recommendations}, key, "recommendation")
    return Passage((recommendation.not_measurable_because or "No reason is given.",), counted=False)


def claim(context: BriefingContext, key: str) -> Passage:
    """Return a claim of the review in corrected words, with how far the works that it cites confirm it."""
    review = context.framework.review
    claim = look_up({c.id: c for c in review.claims} if review else {}, key, "claim")
    corroboration = _corroboration_in_words(context, claim.id, claim.cites)
    tail = f"{corroboration}.{_errata_in_words(context, claim.id)}"
    return Passage(
        (f"{claim.claim.rstrip('.')} ", CitedStudies(claim.cites), tail), f"{claim.claim}{tail}", counted=False
    )


def erratum(context: BriefingContext, key: str) -> Passage:
    """Return an error or an open question of the review, with the correction and how sure that is."""
    erratum = look_up(context.errata, key, "erratum")
    cites: tuple[Piece, ...] = (" ", CitedStudies(erratum.studies)) if 0 < len(erratum.studies) <= _MOST_CITED else ()
    words = f"{erratum.about.rstrip('.')}. {erratum.correction.rstrip('.')}"
    return Passage((words, *cites, f". {_sureness(erratum)}"), f"{erratum.about}{erratum.correction}", counted=False)


def _sureness(erratum: Erratum) -> str:
    """Return how sure an erratum is, and whether the original was read for it."""
    read = "the original was read" if erratum.verified_at_original else "the original was not read"
    return f"[How sure: {erratum.confidence}; {read}]"


def caveat(context: BriefingContext, key: str) -> Passage:
    """Return what the review leaves out about a study, or gets wrong, except errors of citation."""
    sentences = caveats(context.study(key))
    return Passage((" ".join(sentences),), " ".join(sentences), counted=False)


def caveats(study: Study) -> tuple[str, ...]:
    """Return what readers of a study have to know: errata on what it shows, and a serious concern about it."""
    errata = [e for e in study.errata if not e.about.startswith(("citation", "scope"))]
    sentences = [f"{e.about.rstrip('.')}. {e.correction.rstrip('.')}." for e in errata]
    if study.appraisal and study.appraisal.serious_concern == "present":
        tool, why = study.appraisal.tool, study.appraisal.rationale.rstrip(".")
        sentences.append(f"Its appraisal ({tool}) records a serious concern: {why}.")
    return tuple(sentences)
