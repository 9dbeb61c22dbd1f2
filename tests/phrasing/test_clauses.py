"""Numbers of studies as clauses, over everything that may be known of them."""

import pytest

from coprod_review.phrasing.clauses import share_clause
from tests.phrasing.made import share


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "clause"),
    [
        (0, 0, 0, "there are no studies to count"),
        (0, 0, 1, "we do not know whether the only study reports harm"),
        (0, 0, 5, "we do not know whether any of 5 studies reports harm"),
        (0, 1, 0, "0 of 1 study reports harm"),
        (1, 1, 0, "1 of 1 study reports harm"),
        (1, 4, 0, "1 of 4 studies reports harm"),
        (3, 4, 0, "3 of 4 studies report harm"),
        (0, 1, 4, "0 of 1 study for which this is known reports harm; for 4 more we do not know"),
        (0, 3, 4, "0 of 3 studies for which this is known report harm; for 4 more we do not know"),
        (1, 3, 4, "at least 1 of 7 studies reports harm; for 4 of them we do not know"),
        (3, 3, 4, "at least 3 of 7 studies report harm; for 4 of them we do not know"),
    ],
)
def test_counts_without_a_share(yes: int, known: int, unknown: int, clause: str) -> None:
    assert share_clause(share("x", yes, known, unknown), "reports harm", "report harm") == clause


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "ending"),
    [
        (1, 20, 0, "reports harm"),
        (5, 20, 0, "report harm"),
        (5, 20, 1, "report harm, and for 1 more study we do not know"),
        (5, 20, 2, "report harm, and for 2 more studies we do not know"),
        (0, 20, 2, "report harm, and for 2 more studies we do not know"),
    ],
)
def test_shares_with_their_interval(yes: int, known: int, unknown: int, ending: str) -> None:
    clause = share_clause(share("x", yes, known, unknown), "reports harm", "report harm")
    counted, _, rest = clause.partition(" (")
    assert counted == f"{yes} of 20 studies"
    assert rest.partition(") ")[2] == ending
