"""Passages on gaps."""

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.passage import Passage, choose
from coprod_review.phrasing.gaps import closed_gap_sentence, gap_sentence, general_gap_sentence, plain_gap_sentence
from coprod_review.phrasing.pieces import Piece, cited_sentence
from coprod_review.results.result import Gap

_MOST_CITED = 4
"""Studies that are cited in a line; where there are more, only the footnote names them."""


def gap(context: BriefingContext, key: str, form: str = "full") -> Passage:
    """Return a gap as a sentence.

    Forms: ``full`` (with citations), ``plain`` (in few words), ``listed`` (without citations), ``closed`` (a gap that
    only the earlier state has) and ``general`` (the type of a gap that most domains have).
    """
    return choose(_FORMS, form, "gap")(context, key)


def _full(context: BriefingContext, key: str) -> Passage:
    gap = look_up(context.gaps, key, "gap")
    studies = _studies_to_cite(gap)
    clause = gap_sentence(gap, context.framework)
    return _passage(key, gap, cited_sentence(clause, studies if len(studies) <= _MOST_CITED else ()), gap.opens)


def _plain(context: BriefingContext, key: str) -> Passage:
    gap = look_up(context.gaps, key, "gap")
    return _passage(key, gap, cited_sentence(plain_gap_sentence(gap, context.framework), ()), gap.opens)


def _listed(context: BriefingContext, key: str) -> Passage:
    gap = look_up(context.gaps, key, "gap")
    return _passage(key, gap, cited_sentence(gap_sentence(gap, context.framework), ()))


def _passage(key: str, gap: Gap, pieces: tuple[Piece, ...], opens: str = "") -> Passage:
    return Passage(pieces, f"{key} {','.join(gap.studies)}|{','.join(gap.attributed)}", opens)


def _closed(context: BriefingContext, key: str) -> Passage:
    closed = {f"{gap.type}/{gap.where}": gap for gap in context.changes.closed}
    return Passage((closed_gap_sentence(look_up(closed, key, "gap that closed"), context.framework),), key)


def _general(context: BriefingContext, key: str) -> Passage:
    general = {gap.type: gap for gap in context.results["matrix"].general_gaps}
    return Passage((general_gap_sentence(look_up(general, key, "general gap"), context.framework),), key, "matrix")


_FORMS = {"full": _full, "plain": _plain, "listed": _listed, "closed": _closed, "general": _general}


def _studies_to_cite(gap: Gap) -> tuple[str, ...]:
    """Return the studies that support a gap; those of another kind prove nothing about a kind that is missing."""
    return gap.studies if gap.type in ("thin", "review_only", "mixed", "single_source") else ()
