"""The result of validation: which files were checked, their diagnostics, and a summary."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coprod_review.source.problems import Diagnostic, Severity, at_least
from coprod_review.text.grammar import plural


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
    results = ", ".join(plural(n, word) for n, word in counts if n) or "no errors, warnings or notes"
    where = f" of {report.base}" if report.base else ""
    fixed = [f"Fixed {plural(report.fixed, 'problem')}."] if report.fixed else []
    checked = f"Checked {plural(report.studies, 'study')} in {plural(len(report.files), 'file')}{where}: {results}."
    return " ".join((*fixed, checked, *_next_steps(report)))


def _next_steps(report: ValidationReport) -> Iterator[str]:
    hidden = len(report.diagnostics) - len(report.shown)
    if hidden:
        yield f"{plural(hidden, 'less severe problem is', 'less severe problems are')} not shown."
    safe, unsafe = report.fixable(safe=True), report.fixable(safe=False)
    if safe:
        yield f"{plural(safe, 'problem')} can be fixed with --fix."
    if unsafe:
        yield f"{plural(unsafe, 'problem')} can be fixed with --fix --unsafe-fixes: check the result."
    worst = min(report.shown, key=lambda d: d.severity.rank, default=None)
    if worst and worst.severity is not Severity.NOTE:
        yield f"Run `coprod-review explain {worst.code}` to see why it matters."
