"""What a format of diagnostics is: its name, the suffixes of its files, and the functions that render a report."""

from collections.abc import Callable
from dataclasses import dataclass

from coprod_review.validate.validation_report import ValidationReport


@dataclass(frozen=True, slots=True)
class DiagnosticsFormat:
    """One format of ``validate``, as its module declares it."""

    name: str
    """Name that ``--format`` takes."""
    suffixes: tuple[str, ...]
    """Suffixes of output files that choose it."""
    render: Callable[[ValidationReport], str]
    """Renders a report; all formats contain the same diagnostics."""
    statistics: Callable[[ValidationReport], str] | None = None
    """Renders how often each rule was broken."""
    other_suffixes: tuple[str, ...] = ()
    """Suffixes that choose another format, and that its files may have too if ``--format`` names it."""
    suffix_note: str = ""
    """What help adds after its suffixes, where they do not show what the format is."""
