"""The result of validation: which files were checked, their diagnostics, and a summary."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coprod_review.source.problems import Diagnostic, Severity, at_least


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Which files were checked, and their diagnostics."""

    files: tuple[str, ...]
    studies: int
    diagnostics: tuple[Diagnostic, ...]
    base: str = ""
    """The name of the base, where no path was given."""
    least: Severity = Severity.NOTE
    """Diagnostics that are less severe are counted and not shown."""
    fail_on: Severity = Severity.ERROR
    """The least severity that fails the run."""
    fixed: int = 0
    """How many problems were fixed before."""

    def count(self, severity: Severity) -> int:
        """Return the number of diagnostics of one severity."""
        return sum(d.severity is severity for d in self.diagnostics)

    @property
    def shown(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that are severe enough to be shown."""
        return tuple(d for d in self.diagnostics if at_least(d.severity, self.least))

    def fixable(self, *, safe: bool) -> int:
        """Return the number of diagnostics whose fix is safe, or of those whose fix is unsafe."""
        return sum(d.fix is not None and d.fix.safe is safe for d in self.diagnostics)


def with_paths_from_root(report: ValidationReport, root: Path) -> ValidationReport:
    """Return the report with paths relative to the root of the repository, for files that are below it."""
    names = {d.file for d in report.diagnostics} | set(report.files)
    relative = {name: _relative_path(Path(name).absolute(), root) or name for name in names}
    return replace(
        report,
        files=tuple(relative[name] for name in report.files),
        diagnostics=tuple(replace(d, file=relative[d.file]) for d in report.diagnostics),
    )


def _relative_path(path: Path, root: Path) -> str | None:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def summary(report: ValidationReport) -> str:
    """Return the summary: how much was checked, what was found, and what to do next."""
    counts = [(report.count(s), s.value) for s in Severity]
    results = (
        ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n) or "no errors, warnings or notes"
    )
    studies = f"{report.studies} {'study' if report.studies == 1 else 'studies'}"
    files = f"{len(report.files)} file{'' if len(report.files) == 1 else 's'}"
    where = f" of {report.base}" if report.base else ""
    sentences = [f"Checked {studies} in {files}{where}: {results}.", *_next_steps(report)]
    return " ".join(([f"Fixed {report.fixed}."] if report.fixed else []) + sentences)


def _next_steps(report: ValidationReport) -> Iterator[str]:
    hidden = len(report.diagnostics) - len(report.shown)
    if hidden:
        yield f"{hidden} less severe {'is' if hidden == 1 else 'are'} not shown."
    safe, unsafe = report.fixable(safe=True), report.fixable(safe=False)
    if safe:
        yield f"{safe} can be fixed with --fix{f' ({unsafe} more with --unsafe-fixes)' if unsafe else ''}."
    elif unsafe:
        yield f"{unsafe} can be fixed with --fix --unsafe-fixes: look at the result."
    worst = min(report.shown, key=lambda d: d.severity.rank, default=None)
    if worst and worst.severity is not Severity.NOTE:
        yield f"Why: coprod-review explain {worst.code}"
