"""Passages on what changed since an earlier state of the base."""

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages.figures import membership
from coprod_review.briefing.passages.passage import Passage
from coprod_review.briefing.passages.review import in_words
from coprod_review.phrasing.figures import figure_in_words
from coprod_review.reports.figure_text import headline
from coprod_review.results.figure import Figure
from coprod_review.text.grammar import lower_first


def moved(source: BriefingContext, key: str) -> Passage:
    """A figure as it was and as it is."""
    moved = look_up({m.id: m for m in source.changes.figures}, key, "figure that moved")
    before, after = (share_or_none(figure) for figure in (moved.before, moved.after))
    figure = moved.after or moved.before
    assert figure is not None
    behind = membership(moved.after) if moved.after else "gone"
    return Passage((f"{figure.label}: from {before} to {after}",), behind, key if moved.after else "")


def share_or_none(figure: Figure | None) -> str:
    """A figure in few words, or that there was none."""
    if figure is None:
        return "no such figure"
    return figure_in_words(figure) if figure.kind == "share" else headline(figure)


def changed(source: BriefingContext, key: str) -> Passage:
    """A study that was added, removed or changed, by its title and year."""
    held = {s.id: s for s in (*(source.then.studies if source.then else ()), *source.base.studies)}
    study = look_up(held, key, "study")
    now = source.base.find(key)
    status = (
        f", now {lower_first(source.codebook.label('statuses', now.status))}" if now and now.status != "active" else ""
    )
    return Passage((f"{study.citation.title} ({study.year or 'no date'}){status}",), repr(study), counted=False)


def closed(source: BriefingContext, key: str) -> Passage:
    """A gap that was there in the earlier state and is no more."""
    gap = look_up({f"{g.type}/{g.where}": g for g in source.changes.closed}, key, "gap that closed")
    return Passage((in_words(source, gap),), key)
