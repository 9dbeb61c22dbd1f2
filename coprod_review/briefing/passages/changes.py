"""Passages on what changed since an earlier state of the base."""

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.figures import membership
from coprod_review.briefing.passages.passage import Passage
from coprod_review.briefing.passages.review import gap_in_words
from coprod_review.phrasing.figure_details import headline
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import lower_first


def moved(context: BriefingContext, key: str) -> Passage:
    """Return a figure as it was and as it is."""
    moved = look_up({m.id: m for m in context.changes.figures}, key, "figure that moved")
    before, after = (_figure_or_none(figure) for figure in (moved.before, moved.after))
    figure = moved.after or moved.before
    assert figure is not None
    evidence = membership(moved.after) if moved.after else "gone"
    return Passage((f"{figure.label}: from {before} to {after}",), evidence, key if moved.after else "")


def _figure_or_none(figure: Figure | None) -> str:
    """Return a figure in a few words, or that it did not exist."""
    if figure is None:
        return "no such figure"
    return figure_in_words(figure) if figure.kind == "share" else headline(figure)


def changed(context: BriefingContext, key: str) -> Passage:
    """Return a study that was added, removed or changed, by its title and year."""
    studies = {s.id: s for s in (*(context.earlier.studies if context.earlier else ()), *context.base.studies)}
    study = look_up(studies, key, "study")
    now = context.base.find(key)
    status = (
        f", now {lower_first(context.codebook.label('statuses', now.status))}" if now and now.status != "active" else ""
    )
    return Passage((f"{study.citation.title} ({study.year or 'no date'}){status}",), repr(study), counted=False)


def closed(context: BriefingContext, key: str) -> Passage:
    """Return a gap that existed in the earlier state and no longer does."""
    gap = look_up({f"{g.type}/{g.where}": g for g in context.changes.closed}, key, "gap that closed")
    return Passage((gap_in_words(context, gap),), key)
