"""The filters of a report in words."""

from collections.abc import Sequence


def filters_sentence(filters: Sequence[str]) -> str:
    """Return the filters of a report; empty without filters."""
    return f"Filters: {'; '.join(filters)}." if filters else ""
