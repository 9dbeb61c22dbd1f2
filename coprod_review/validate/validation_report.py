"""What was checked and what was found, with the sentence that sums it up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coprod_review.source.problems import Diagnostic, Severity, at_least


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What was checked, and what was found."""

    files: tuple[str, ...]
    studies: int
    diagnostics: tuple[Diagnostic, ...]
    base: str = ""
    """Name of the base, where nobody named a path."""
    least: Severity = Severity.NOTE
    """What is less severe is counted and not shown."""
    fail_on: Severity = Severity.ERROR
    """The least severe that fails the run."""
    fixed: int = 0
    """How many problems were mended before."""

    def count(self, severity: Severity) -> int:
        """How many diagnostics of one severity."""
        return sum(d.severity is severity for d in self.diagnostics)

    @property
    def shown(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that are severe enough to be shown."""
        return tuple(d for d in self.diagnostics if at_least(d.severity, self.least))

    def fixable(self, *, safe: bool) -> int:
        """How many diagnostics have a fix that is safe, or that is not."""
        return sum(d.fix is not None and d.fix.safe is safe for d in self.diagnostics)


def with_paths_from_root(checked: ValidationReport, root: Path) -> ValidationReport:
    """The same with every file named from the root of the repository, where it lies below it."""
    names = {d.file for d in checked.diagnostics} | set(checked.files)
    named = {name: _below(Path(name).absolute(), root) or name for name in names}
    return replace(
        checked,
        files=tuple(named[name] for name in checked.files),
        diagnostics=tuple(replace(d, file=named[d.file]) for d in checked.diagnostics),
    )


def _below(path: Path, root: Path) -> str | None:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def summary(checked: ValidationReport) -> str:
    """How much was checked, how much was found, and what to do next."""
    counts = [(checked.count(s), s.value) for s in Severity]
    found = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n) or "no errors, warnings or notes"
    studies = f"{checked.studies} {'study' if checked.studies == 1 else 'studies'}"
    files = f"{len(checked.files)} file{'' if len(checked.files) == 1 else 's'}"
    where = f" of {checked.base}" if checked.base else ""
    told = [f"Checked {studies} in {files}{where}: {found}.", *_next_steps(checked)]
    return " ".join(([f"Fixed {checked.fixed}."] if checked.fixed else []) + told)


def _next_steps(checked: ValidationReport) -> Iterator[str]:
    hidden = len(checked.diagnostics) - len(checked.shown)
    if hidden:
        yield f"{hidden} less severe {'is' if hidden == 1 else 'are'} not shown."
    safe, unsafe = checked.fixable(safe=True), checked.fixable(safe=False)
    if safe:
        yield f"{safe} can be fixed with --fix{f' ({unsafe} more with --unsafe-fixes)' if unsafe else ''}."
    elif unsafe:
        yield f"{unsafe} can be fixed with --fix --unsafe-fixes: look at the result."
    worst = min(checked.shown, key=lambda d: d.severity.rank, default=None)
    if worst and worst.severity is not Severity.NOTE:
        yield f"Why: coprod-review explain {worst.code}"
