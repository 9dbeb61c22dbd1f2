"""What a format of reports is: its name, the suffixes of its files, and the function that renders a report."""

from collections.abc import Callable
from dataclasses import dataclass

from coprod_review.results.report import Report


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """One format of reports, as its module declares it."""

    name: str
    """Name that ``--format`` takes."""
    suffixes: tuple[str, ...]
    """Suffixes of output files that choose it."""
    render: Callable[[Report], str]
    """Turns a report into text that ends in a line break."""
    needs_chart: bool = False
    """Whether it shows the chart of a report; only commands whose reports have charts offer it."""
