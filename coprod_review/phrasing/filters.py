"""The filters of a report in words."""

from collections.abc import Sequence


def filters_sentence(filters: Sequence[str]) -> str:
    """Return what a report is limited to; empty without filters."""
    return f"This is limited to: {'; '.join(filters)}." if filters else ""
