"""Claims of the review in words: the statuses as people type and read them, and a summary of some claims."""

from coprod_review.gaps.analyses.claims import STATUSES, ClaimCounts
from coprod_review.text.grammar import listed, number_with_verb, plural

STATUS_WORDS = {status: {"contradicted": "mis-cited"}.get(status, status.replace("_", "-")) for status in STATUSES}
"""The statuses as people type and read them, such as ``not-seen`` and ``mis-cited``."""


def claims_summary(counts: ClaimCounts) -> str:
    """Return one line about some claims: how many have each status, and how many shares have no denominator."""
    words = (
        ("supported", "supported"),
        ("partly", "seen in part"),
        ("not_seen", "not seen"),
        ("not_judged", "not judged"),
    )
    by_status = listed([f"{counts.by_status[status]} {word}" for status, word in words])
    text = f"Of {plural(counts.claims, 'claim')}: {by_status}; {counts.by_status['contradicted']} mis-cited."
    not_compared = counts.citations_not_compared
    text += f" Citations that nobody has compared: {not_compared}." if not_compared else ""
    if not counts.shares:
        return text
    lacking = number_with_verb(counts.shares_without_denominator, "has", "have")
    return f"{text} Of {plural(counts.shares, 'published share')} in them, {lacking} no denominator."
