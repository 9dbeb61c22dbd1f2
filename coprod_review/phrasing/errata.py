"""Errors and open questions of the review, and what readers of a study have to know."""

from collections.abc import Iterable, Sequence

from coprod_review.model.study import Appraisal, Erratum
from coprod_review.phrasing.pieces import Piece, cited_sentence
from coprod_review.phrasing.texts import clause, sentence


def erratum_in_words(erratum: Erratum, cites: Sequence[str]) -> tuple[Piece, ...]:
    """Return an error or open question with its correction, how sure that is, and whether the original was read."""
    read = "We read the original." if erratum.verified_at_original else "We have not read the original."
    sureness = f"Our confidence in this correction is {erratum.confidence}. {read}"
    return cited_sentence(f"{sentence(erratum.about)} {clause(erratum.correction)}", cites, sureness)


def caveat_in_words(errata: Iterable[Erratum], appraisal: Appraisal | None) -> str:
    """Return errata on a study, each with its correction, and the serious concern of its appraisal if it has one."""
    sentences = [f"{sentence(e.about)} {sentence(e.correction)}" for e in errata]
    if appraisal is not None:
        sentences.append(f"Its appraisal ({appraisal.tool}) records a serious concern: {sentence(appraisal.rationale)}")
    return " ".join(sentences)
