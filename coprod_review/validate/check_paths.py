"""Paths or a base checked, and the diagnostics that were asked for."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coprod_review.errors import UnknownName, UnreadableFile
from coprod_review.loading import assembly, discovery, git_revisions
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Diagnostic, Severity, at_least, reading_order
from coprod_review.validate import apply_rules
from coprod_review.validate.registry import RULES
from coprod_review.validate.validation_report import ValidationReport

# What hides the rest of a file is told whatever was asked for.
_ALWAYS = frozenset({"CPR001", "CPR004", "CPR005", "CPR008", "CPR009", "CPR010"})


@dataclass(frozen=True, slots=True)
class DiagnosticSelection:
    """Which diagnostics count."""

    select: tuple[str, ...] = ()
    """Codes or their beginnings; empty for all."""
    ignore: tuple[str, ...] = ()
    """Codes or their beginnings that do not count."""
    since: str | None = None
    """A git revision: only what is new since, and what stands in entries changed since, counts."""

    def includes(self, code: str) -> bool:
        """Whether diagnostics of a code count."""
        chosen = not self.select or code.startswith(self.select)
        return code in _ALWAYS or (chosen and not (self.ignore and code.startswith(self.ignore)))


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A base, and the names of those of its files that were asked about."""

    base: EvidenceBase
    names: frozenset[str]


def parse_selection(select: str | None, ignore: str | None, since: str | None = None) -> DiagnosticSelection:
    """A choice from what was typed: codes with commas. Raises ``UnknownName`` for one that begins no code."""
    return DiagnosticSelection(_codes(select), _codes(ignore), since)


def _codes(typed: str | None) -> tuple[str, ...]:
    codes = tuple(filter(None, (code.strip().upper() for code in (typed or "").split(","))))
    if typed is not None and not codes:
        raise UnknownName("No code was named: write one such as CPR201, or its beginning such as CPR2.")
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise UnknownName(f"No code begins with `{code}`: see coprod-review validate --list.")
    return codes


def check_paths(
    paths: Sequence[Path], base: Path | None, chosen: DiagnosticSelection = DiagnosticSelection()
) -> ValidationReport:
    """Check paths, each as part of its base, or a whole base; only the paths' own diagnostics are kept.

    Raises ``UnreadableFile`` where a named path is missing or cannot be opened.
    """
    return report_of(parts_of(paths, base), paths, base, chosen)


def parts_of(paths: Sequence[Path], base: Path | None) -> list[CheckedPart]:
    """Return each base that the paths belong to, or the one base, with the files that were asked about."""
    if not paths:
        held = discovery.read_base(base)
        return [CheckedPart(held, frozenset(text.name for text in (*held.texts, *held.unread_files)))]
    if base is not None and any(path.is_dir() for path in paths):
        raise UnreadableFile("--base goes with files: a folder is a base of its own, so leave out one of the two.")
    return [CheckedPart(held, names) for held, names in discovery.read_around(list(dict.fromkeys(paths)), base)]


def report_of(
    parts: Iterable[CheckedPart], paths: Sequence[Path], base: Path | None, chosen: DiagnosticSelection
) -> ValidationReport:
    """Return what was found in the parts, each problem once and in reading order."""
    held = list(parts)
    found = {(d.file, d.span, d.code, d.message): d for part in held for d in diagnostics_of(part, chosen)}
    return ValidationReport(
        files=tuple(dict.fromkeys(t.name for part in held for t in part.base.texts if t.name in part.names)),
        studies=sum(entry.text.name in part.names for part in held for entry in part.base.entries),
        diagnostics=tuple(sorted(found.values(), key=reading_order)),
        base="" if paths or base else "the bundled base",
    )


def diagnostics_of(part: CheckedPart, chosen: DiagnosticSelection) -> list[Diagnostic]:
    """Return the diagnostics of the files that were asked about, as far as they were chosen."""
    found = apply_rules.diagnose_base(part.base)
    if chosen.since is not None:
        found = _new_since(part.base, part.names, found, chosen.since)
    return [d for d in found if d.file in part.names and chosen.includes(d.code)]


def _new_since(base: EvidenceBase, names: frozenset[str], found: list[Diagnostic], revision: str) -> list[Diagnostic]:
    """Diagnostics that were not there at a revision, and those of entries and parts that have changed since."""
    # A file in no base of its own is read with the bundled one, which is in no history of the file's.
    homes = {git_revisions.base_folder(Path(name)) for name in names}
    asked = [text for text in base.texts if git_revisions.base_folder(Path(text.name)) in homes]
    texts = git_revisions.texts_at(revision, asked)
    if not texts:
        return found
    old = assembly.assemble(base.name, [*(text for text in base.texts if text not in asked), *texts])
    known = {d.fingerprint for d in apply_rules.diagnose_base(old)}
    entries = {(entry.text.name, entry.id): entry.raw for entry in old.entries}
    places = (((entry.text.name, entry.id), entry.raw) for entry in base.entries)
    changed = {place for place, raw in places if entries.get(place) != raw}
    before = {text.name: text.text for text in texts}
    files = {text.name for text in base.texts if before.get(text.name) != text.text}
    return [d for d in found if d.fingerprint not in known or _touched(d, changed, files)]


def _touched(d: Diagnostic, entries: Container[tuple[str, str]], files: Container[str]) -> bool:
    """Whether a diagnostic stands in an entry or a part that has changed; one of a bare line is told when it is new."""
    return (d.file, d.study) in entries if d.study else bool(d.pointer) and d.file in files


def has_failures(checked: ValidationReport, on: Severity) -> bool:
    """Whether at least one diagnostic is as severe as a severity, shown or not."""
    return any(at_least(d.severity, on) for d in checked.diagnostics)
