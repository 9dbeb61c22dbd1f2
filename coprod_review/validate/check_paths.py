"""Check paths, each as part of its base, and report the diagnostics that were selected."""

from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coprod_review.errors import UnknownName, UnreadableFile
from coprod_review.loading import assembly, discovery, formats, git_revisions
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.files import base_folder
from coprod_review.source.problems import Diagnostic, Severity, at_least, reading_order
from coprod_review.validate.apply_rules import diagnose_base
from coprod_review.validate.registry import LIST_CODES, RULES
from coprod_review.validate.validation_report import ValidationReport


@dataclass(frozen=True, slots=True)
class DiagnosticSelection:
    """Which diagnostics count."""

    select: tuple[str, ...] = ()
    """Codes or their beginnings; empty for all."""
    ignore: tuple[str, ...] = ()
    """Codes or their beginnings that do not count."""
    since: str | None = None
    """A git revision: only new problems, and those in entries changed since the revision, count."""

    def includes(self, code: str) -> bool:
        """Whether diagnostics of a code count."""
        selected = not self.select or code.startswith(self.select)
        return RULES[code].always_reported or (selected and not (self.ignore and code.startswith(self.ignore)))


@dataclass(frozen=True, slots=True)
class CheckedBase:
    """A base, and which of its files are to be checked."""

    base: EvidenceBase
    names: frozenset[str]
    """The names of the files whose diagnostics are reported."""


def parse_selection(select: str | None, ignore: str | None, since: str | None = None) -> DiagnosticSelection:
    """Parse codes that are separated by commas. Raises ``UnknownName`` for one that begins no code."""
    return DiagnosticSelection(_parse_codes(select), _parse_codes(ignore), since)


def _parse_codes(typed: str | None) -> tuple[str, ...]:
    codes = tuple(filter(None, (code.strip().upper() for code in (typed or "").split(","))))
    if typed is not None and not codes:
        raise UnknownName("No code was named: write a code such as CPR201, or its beginning such as CPR2.")
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise UnknownName(f"No code begins with `{code}`: {LIST_CODES}")
    return codes


def check_paths(
    paths: Sequence[Path], base: Path | None, selection: DiagnosticSelection = DiagnosticSelection()
) -> ValidationReport:
    """Check paths, each as part of its base, or a whole base; report only the diagnostics of the paths themselves.

    Raises ``UnreadableFile`` where a path is missing or cannot be opened.
    """
    return build_report(read_bases(paths, base), paths, base, selection)


def read_bases(paths: Sequence[Path], base: Path | None) -> list[CheckedBase]:
    """Read each base that the paths belong to, or the one base where there are no paths."""
    if not paths:
        only = discovery.read_base(base)
        return [CheckedBase(only, frozenset(text.name for text in (*only.texts, *only.unread_files)))]
    if base is not None and any(path.is_dir() for path in paths):
        raise UnreadableFile("--base goes with files, and a folder is already a base: leave out one of the two.")
    return [CheckedBase(*pair) for pair in discovery.read_around(list(dict.fromkeys(paths)), base)]


def build_report(
    bases: Sequence[CheckedBase], paths: Sequence[Path], base: Path | None, selection: DiagnosticSelection
) -> ValidationReport:
    """Return a report of the checked files, with each problem once and in reading order."""
    diagnostics = {
        (d.file, d.span, d.code, d.message): d for checked in bases for d in selected_diagnostics(checked, selection)
    }
    return ValidationReport(
        files=tuple(dict.fromkeys(t.name for checked in bases for t in checked.base.texts if t.name in checked.names)),
        studies=sum(entry.text.name in checked.names for checked in bases for entry in checked.base.entries),
        diagnostics=tuple(sorted(diagnostics.values(), key=reading_order)),
        base="" if paths or base else "the bundled base",
    )


def selected_diagnostics(checked: CheckedBase, selection: DiagnosticSelection) -> list[Diagnostic]:
    """Return the diagnostics of the checked files that are selected."""
    diagnostics: Iterable[Diagnostic] = diagnose_base(checked.base)
    if checked.base.other_format is not None:
        return list(diagnostics)  # the format concerns every file, whichever of them shows it
    if selection.since is not None:
        diagnostics = _new_since(checked, diagnostics, selection.since)
    return [d for d in diagnostics if d.file in checked.names and selection.includes(d.code)]


def _new_since(checked: CheckedBase, diagnostics: Iterable[Diagnostic], revision: str) -> Iterable[Diagnostic]:
    """Return the diagnostics that are new since a revision, and those of entries and parts that have changed since."""
    base = checked.base
    # A file in no base of its own is read with the bundled base, whose history is not the file's.
    folders = {base_folder(Path(name)) for name in checked.names}
    tracked = [text for text in base.texts if base_folder(Path(text.name)) in folders]
    old_texts = git_revisions.texts_at(revision, tracked)
    if not old_texts:
        return diagnostics
    with suppress(formats.UnreadableOlderBase):  # what cannot be read completely stays as it was
        migrated = formats.migrate_texts(base.name, old_texts)
        old_texts = list(migrated[1].texts.every) if migrated else old_texts
    old_base = assembly.assemble(base.name, [*(text for text in base.texts if text not in tracked), *old_texts])
    old_fingerprints = {d.fingerprint for d in diagnose_base(old_base)}
    old_entries = {(entry.text.name, entry.id): entry.raw for entry in old_base.entries}
    entries = (((entry.text.name, entry.id), entry.raw) for entry in base.entries)
    changed_entries = {key for key, raw in entries if old_entries.get(key) != raw}
    old_contents = {text.name: text.text for text in old_texts}
    changed_files = {text.name for text in base.texts if old_contents.get(text.name) != text.text}
    return [
        d for d in diagnostics if d.fingerprint not in old_fingerprints or _is_in(d, changed_entries, changed_files)
    ]


def _is_in(d: Diagnostic, entries: Container[tuple[str, str]], files: Container[str]) -> bool:
    """Whether a diagnostic is about one of the entries, or about a key path outside entries in one of the files."""
    return (d.file, d.study) in entries if d.study else bool(d.pointer) and d.file in files


def has_failures(report: ValidationReport, least: Severity) -> bool:
    """Whether at least one diagnostic, shown or not, is at least as severe as ``least``."""
    return any(at_least(d.severity, least) for d in report.diagnostics)
