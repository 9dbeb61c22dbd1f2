"""Files of a base with the fixes of their problems made, and what each file would become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coprod_review.loading import assembly
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.edits import apply_edits
from coprod_review.source.problems import Diagnostic, Fix
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate.check_paths import CheckedPart, DiagnosticSelection, diagnostics_of, parts_of, report_of
from coprod_review.validate.validation_report import ValidationReport

_MOST_PASSES = 10


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file as it was, and as its fixes make it."""

    path: Path
    before: str
    after: str


def apply_fixes(
    paths: Sequence[Path],
    base: Path | None,
    chosen: DiagnosticSelection,
    *,
    unsafe: bool,
) -> tuple[ValidationReport, list[Rewrite]]:
    """What is left after every fix, and the files that have to be written for it; nothing is written here."""
    before = parts_of(paths, base)
    mended = [_mended(part, chosen, unsafe=unsafe) for part in before]
    after = [part for part, _ in mended]
    left = report_of(after, paths, base, chosen)
    rewrites = {r.path: r for old, new in zip(before, after, strict=True) for r in _rewrites(old, new)}
    return replace(left, fixed=sum(count for _, count in mended)), list(rewrites.values())


def _mended(part: CheckedPart, chosen: DiagnosticSelection, *, unsafe: bool) -> tuple[CheckedPart, int]:
    """A base with its fixes made, pass after pass until none is left, and how many there were."""
    count = 0
    for _ in range(_MOST_PASSES):
        wanted = [d for d in diagnostics_of(part, chosen) if d.fix and (d.fix.safe or unsafe)]
        texts = _spliced(part.base, wanted)
        if not texts:
            break
        count += sum(d.file in texts for d in wanted)
        renewed = assembly.assemble(part.base.name, [texts.get(t.name, t) for t in part.base.texts])
        part = CheckedPart(replace(renewed, unread_files=part.base.unread_files), part.names)
    return part, count


def _spliced(base: EvidenceBase, wanted: Sequence[Diagnostic]) -> Mapping[str, YamlText]:
    """The files that fixes change, by name; a file that a fix would make less readable stays as it is."""
    fixes: dict[str, list[Fix]] = {}
    for d in wanted:
        if d.fix:
            fixes.setdefault(d.file, []).append(d.fix)
    made = {text.name: _with(text, fixes[text.name]) for text in base.texts if text.name in fixes}
    return {text.name: made[text.name] for text in base.texts if made.get(text.name, text).original != text.original}


def _with(text: YamlText, fixes: Sequence[Fix]) -> YamlText:
    """A file with its fixes; where they would break it, with each of them that alone would not."""
    whole = _made(text, fixes)
    if _as_readable(whole, text):
        return whole
    sound = [fix for fix in fixes if _as_readable(_made(text, [fix]), text)] if len(fixes) > 1 else []
    mended = _made(text, sound)
    return mended if _as_readable(mended, text) else text


def _made(text: YamlText, fixes: Sequence[Fix]) -> YamlText:
    return YamlText(apply_edits(text, [edit for fix in fixes for edit in fix.edits]), text.name)


def _as_readable(new: YamlText, old: YamlText) -> bool:
    """Whether a fixed file is no harder to read: as many entries, and no slip more, such as a key that stands twice."""
    return new.lost <= old.lost and len(new.misreadings) <= len(old.misreadings)


def _rewrites(old: CheckedPart, new: CheckedPart) -> list[Rewrite]:
    after = {text.name: text.original for text in new.base.texts}
    return [
        Rewrite(Path(text.name), text.original, after[text.name])
        for text in old.base.texts
        if text.name in old.names and after.get(text.name, text.original) != text.original
    ]
