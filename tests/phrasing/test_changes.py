"""Changed figures in words: from what was to what is."""

from coprod_review.phrasing.changes import changed_figure
from coprod_review.results.figure import Figure


def share(numerator: int, denominator: int) -> Figure:
    return Figure("a.b", "Studies that do it", "rule", numerator, denominator, numerator / denominator)


def test_changed_figure_reads_from_before_to_now() -> None:
    assert changed_figure(share(21, 27), share(22, 28)) == (
        "“Studies that do it” changed from 21 of 27 studies (78%) to 22 of 28 studies (79%)."
    )
    assert changed_figure(None, share(22, 28)) == "“Studies that do it” is new: it is 22 of 28 studies (79%)."
    assert changed_figure(share(21, 27), None) == (
        "“Studies that do it” was 21 of 27 studies (78%) and is no longer counted."
    )
