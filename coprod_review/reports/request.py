"""The request behind a report: reports state its filters and repeat its arguments in the commands they print."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from coprod_review.gaps.analysis import DEFAULT_OPTIONS, Options
from coprod_review.model.facets import Filter


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The filters and options of a report."""

    filters: tuple[str, ...] = ()
    """The filters in words."""
    arguments: tuple[str, ...] = ()
    """Command-line arguments that select the same studies again."""
    options: Options = DEFAULT_OPTIONS

    def why_command(self, identity: str) -> str:
        """Return the command that shows a figure or a table cell of this report."""
        return shlex.join(("coprod-review", "why", identity, *self.arguments))


DEFAULT_REQUEST = ReportRequest()


def filters_in_words(filters: Sequence[Filter], source: str | None) -> tuple[str, ...]:
    """Return filters as they were typed, with the source to which findings are restricted."""
    return (*map(str, filters), *((f"findings reported in {source}",) if source else ()))
