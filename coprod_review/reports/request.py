"""What a reader request for, so that a report can say it, and print the commands that open its numbers."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from coprod_review.gaps.registry import DEFAULT_OPTIONS, Options
from coprod_review.model.facets import Filter


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The filters of a report in words, and the arguments that give the same studies again."""

    filters: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    options: Options = DEFAULT_OPTIONS

    def why_command(self, identity: str) -> str:
        """The command that opens a figure or a table cell of this report."""
        return shlex.join(("coprod-review", "why", identity, *self.arguments))


DEFAULT_REQUEST = ReportRequest()


def filters_in_words(filters: Sequence[Filter], source: str | None) -> tuple[str, ...]:
    """The filters of a report, as they were typed."""
    return (*map(str, filters), *((f"findings seen in {source}",) if source else ()))
