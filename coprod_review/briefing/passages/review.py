"""Passages on the review that the base starts from: claims, testimony, recommendations and errata."""

from collections.abc import Sequence

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import Passage, choose
from coprod_review.model.review import Claim, Influence, Recommendation
from coprod_review.model.study import Appraisal, Erratum, Study
from coprod_review.phrasing.corroboration import cited_statement
from coprod_review.phrasing.errata import caveat_in_words, erratum_in_words
from coprod_review.phrasing.texts import sentence

_MOST_CITED = 4
"""An erratum that bears on more studies or claims is not repeated at each of them."""


def claim(context: BriefingContext, key: str) -> Passage:
    """Return a claim, enabler or barrier of the review, with how far the works that it cites support it."""
    review = context.framework.review
    claims = {c.id: c for c in review.claims} if review else {}
    influences = {i.id: i for i in (*review.enablers, *review.barriers)} if review else {}
    entries: dict[str, Claim | Influence] = {**claims, **influences}
    entry = look_up(entries, key, "claim, enabler or barrier")
    statement, carrier = (entry.statement, entry.claim) if isinstance(entry, Influence) else (entry.claim, key)
    codes = _codes(context, claims[carrier].corroboration if carrier in claims else {}, entry.cites)
    errata = (e for e in context.errata.values() if carrier in e.claims and len(e.claims) <= _MOST_CITED)
    corrections = [e.correction for e in errata if not e.studies or set(e.studies) & set(entry.cites)]
    pieces = cited_statement(statement, entry.cites, codes, corrections)
    return Passage(pieces, "|".join((statement, *codes, *corrections)), counted=False)


def _codes(context: BriefingContext, corroboration: dict[str, str], cites: Sequence[str]) -> list[str]:
    """Return for each work whether it supports a statement; one that nobody compared is not judged."""
    codes = ((identity, corroboration.get(identity, "not_judged")) for identity in cites)
    return [match_of_work(context, context.study(identity), code) for identity, code in codes]


def match_of_work(context: BriefingContext, study: Study, code: str) -> str:
    """Return the code of a comparison; not_read for what was not seen in a work of which only the citation was read."""
    is_unread = study.coded_from in context.codebook.of_kind("coded_from", "record")
    return "not_read" if code == "not_seen" and is_unread else code


def recommendation(context: BriefingContext, key: str, form: str = "statement") -> Passage:
    """Return a recommendation of the review, or with the form ``reason`` why the base cannot measure it."""
    recommendation = look_up({r.id: r for r in context.framework.recommendations}, key, "recommendation")
    text = choose(_RECOMMENDATION_FORMS, form, "recommendation")(recommendation)
    return Passage((text,), text, counted=False)


def _reason(recommendation: Recommendation) -> str:
    reason = recommendation.not_measurable_because
    return sentence(reason) if reason else "The base gives no reason."


_RECOMMENDATION_FORMS = {"statement": lambda r: sentence(r.statement), "reason": _reason}


def testimony(context: BriefingContext, key: str) -> Passage:
    """Return what a participant of the review said, or an example that one gave."""
    statement = look_up({s.id: s for s in context.framework.statements}, key, "statement").statement
    return Passage((sentence(statement),), statement, counted=False)


def erratum(context: BriefingContext, key: str) -> Passage:
    """Return an error or an open question of the review, with the correction and how sure that is."""
    erratum = look_up(context.errata, key, "erratum")
    cites = erratum.studies if len(erratum.studies) <= _MOST_CITED else ()
    return Passage(erratum_in_words(erratum, cites), f"{erratum.about}{erratum.correction}", counted=False)


def caveat(context: BriefingContext, study: str) -> Passage:
    """Return what the review leaves out about a study, or gets wrong, except errors of citation."""
    text = caveat_in_words(*caveats(context.study(study)))
    return Passage((text,), text, counted=False)


def caveats(study: Study) -> tuple[tuple[Erratum, ...], Appraisal | None]:
    """Return what readers of a study have to know: errata on what it shows, and an appraisal with a serious concern."""
    errata = tuple(e for e in study.errata if not e.about.startswith(("citation", "scope")))
    appraisal = study.appraisal
    return errata, appraisal if appraisal and appraisal.serious_concern == "present" else None
