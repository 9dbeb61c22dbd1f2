"""Apply the fixes of diagnostics to the files of a base, and say what each file would become."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coprod_review.files.patches import Rewrite
from coprod_review.loading import assembly
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.edits import apply_edits
from coprod_review.source.problems import Diagnostic, Fix
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate.check_paths import (
    CheckedBase,
    DiagnosticSelection,
    build_report,
    read_bases,
    selected_diagnostics,
)
from coprod_review.validate.rules.vocabulary import superseded_term
from coprod_review.validate.validation_report import ValidationReport

# A fix can uncover a problem that was hidden before, so fixes are applied in several passes.
_MAX_PASSES = 10


def apply_fixes(
    paths: Sequence[Path], base: Path | None, selection: DiagnosticSelection, *, unsafe: bool
) -> tuple[ValidationReport, list[Rewrite]]:
    """Return what is left after every fix, and the files to write for it; nothing is written here."""
    before = read_bases(paths, base)
    results = [_fix_base(checked, selection, unsafe=unsafe) for checked in before]
    after = [fixed for fixed, _ in results]
    report = build_report(after, paths, base, selection)
    rewrites = {r.path: r for old, new in zip(before, after, strict=True) for r in _rewrites(old, new)}
    return replace(report, fixed=sum(count for _, count in results)), list(rewrites.values())


def with_current_terms(base: EvidenceBase) -> EvidenceBase:
    """Return a base with current terms in the place of those that they have replaced, in memory."""
    if base.other_format is not None or next(superseded_term.check(base), None) is None:
        return base
    names = frozenset(text.name for text in base.texts)
    selection = DiagnosticSelection(select=(superseded_term.RULE.code,))
    return _fix_base(CheckedBase(base, names), selection, unsafe=False)[0].base


def _fix_base(checked: CheckedBase, selection: DiagnosticSelection, *, unsafe: bool) -> tuple[CheckedBase, int]:
    """Return a base with its fixes applied, pass after pass until none is left, and the number of fixes."""
    count = 0
    for _ in range(_MAX_PASSES):
        fixable = [d for d in selected_diagnostics(checked, selection) if d.fix and (d.fix.safe or unsafe)]
        texts = _fix_texts(checked.base, fixable)
        if not texts:
            break
        count += sum(d.file in texts for d in fixable)
        base = assembly.assemble(checked.base.name, [texts.get(t.name, t) for t in checked.base.texts])
        checked = CheckedBase(replace(base, unread_files=checked.base.unread_files), checked.names)
    return checked, count


def _fix_texts(base: EvidenceBase, diagnostics: Sequence[Diagnostic]) -> Mapping[str, YamlText]:
    """Return the files that fixes change, by name."""
    fixes: dict[str, list[Fix]] = {}
    for d in diagnostics:
        if d.fix:
            fixes.setdefault(d.file, []).append(d.fix)
    fixed = {text.name: _fix_text(text, fixes[text.name]) for text in base.texts if text.name in fixes}
    return {text.name: fixed[text.name] for text in base.texts if fixed.get(text.name, text).original != text.original}


def _fix_text(text: YamlText, fixes: Sequence[Fix]) -> YamlText:
    """Return a file with its fixes; where they break it together, with those that do not break it alone."""
    fixed = _apply(text, fixes)
    if _is_as_readable(fixed, text):
        return fixed
    harmless = [fix for fix in fixes if _is_as_readable(_apply(text, [fix]), text)] if len(fixes) > 1 else []
    fixed = _apply(text, harmless)
    return fixed if _is_as_readable(fixed, text) else text


def _apply(text: YamlText, fixes: Sequence[Fix]) -> YamlText:
    return YamlText(apply_edits(text, [edit for fix in fixes for edit in fix.edits]), text.name)


def _is_as_readable(new: YamlText, old: YamlText) -> bool:
    """Whether a fixed file lost no further entry and has no further parse error, such as a duplicate key."""
    return new.lost_entries <= old.lost_entries and len(new.parse_errors) <= len(old.parse_errors)


def _rewrites(old: CheckedBase, new: CheckedBase) -> list[Rewrite]:
    after = {text.name: text.original for text in new.base.texts}
    return [
        Rewrite(Path(text.name), text.original, after[text.name])
        for text in old.base.texts
        if text.name in old.names and after.get(text.name, text.original) != text.original
    ]
