"""Changes since an earlier state of the base, within the sentences of briefings."""

from coprod_review.phrasing.counts import share_in_count
from coprod_review.results.figure import Figure


def changed_figure(before: Figure | None, after: Figure | None) -> str:
    """Return a figure as it was and as it is, as a sentence. One of the two may not exist."""
    if after is None:
        assert before is not None
        return f"“{before.label}” was {share_in_count(before)} and is no longer counted."
    if before is None:
        return f"“{after.label}” is new: it is {share_in_count(after)}."
    return f"“{after.label}” changed from {share_in_count(before)} to {share_in_count(after)}."
