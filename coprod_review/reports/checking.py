"""What ``validate`` does: check paths or a base, choose what counts, mend what can be mended."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coprod_review import checks
from coprod_review.checks import KINDS
from coprod_review.diagnostics.checked import Checked
from coprod_review.errors import UnknownName, UnreadableFile
from coprod_review.loading import assembly, discovery, git_revisions
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.edits import spliced
from coprod_review.source.problems import Diagnostic, Fix, Severity, at_least, reading_order
from coprod_review.source.yaml_text import YamlText

# What hides the rest of a file is told whatever was asked for.
_ALWAYS = frozenset({"CPR001", "CPR004", "CPR005", "CPR008", "CPR009", "CPR010"})
_MOST_PASSES = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """Which diagnostics count."""

    select: tuple[str, ...] = ()
    """Codes or their beginnings; empty for all."""
    ignore: tuple[str, ...] = ()
    """Codes or their beginnings that do not count."""
    since: str | None = None
    """A git revision: only what is new since, and what stands in entries changed since, counts."""

    def holds(self, code: str) -> bool:
        """Whether diagnostics of a code count."""
        chosen = not self.select or code.startswith(self.select)
        return code in _ALWAYS or (chosen and not (self.ignore and code.startswith(self.ignore)))


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file as it was, and as its fixes make it."""

    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A base, and the names of those of its files that were asked about."""

    base: EvidenceBase
    names: frozenset[str]


def choice(select: str | None, ignore: str | None, since: str | None = None) -> Choice:
    """A choice from what was typed: codes with commas. Raises ``UnknownName`` for one that begins no code."""
    return Choice(_codes(select), _codes(ignore), since)


def _codes(typed: str | None) -> tuple[str, ...]:
    codes = tuple(filter(None, (code.strip().upper() for code in (typed or "").split(","))))
    if typed is not None and not codes:
        raise UnknownName("No code was named: write one such as CPR201, or its beginning such as CPR2.")
    for code in codes:
        if not any(known.startswith(code) for known in KINDS):
            raise UnknownName(f"No code begins with `{code}`: see coprod-review validate --list.")
    return codes


def check(paths: Sequence[Path], base: Path | None, chosen: Choice = Choice()) -> Checked:
    """Check paths, each as part of its base, or a whole base; only the paths' own diagnostics are kept.

    Raises ``UnreadableFile`` where a named path is missing or cannot be opened.
    """
    return _checked(_parts(paths, base), paths, base, chosen)


def fixed(
    paths: Sequence[Path],
    base: Path | None,
    chosen: Choice,
    *,
    unsafe: bool,
) -> tuple[Checked, list[Rewrite]]:
    """What is left after every fix, and the files that have to be written for it; nothing is written here."""
    before = _parts(paths, base)
    mended = [_mended(part, chosen, unsafe=unsafe) for part in before]
    after = [part for part, _ in mended]
    left = _checked(after, paths, base, chosen)
    rewrites = {r.path: r for old, new in zip(before, after, strict=True) for r in _rewrites(old, new)}
    return replace(left, fixed=sum(count for _, count in mended)), list(rewrites.values())


def _parts(paths: Sequence[Path], base: Path | None) -> list[_Part]:
    if not paths:
        held = discovery.read(base)
        return [_Part(held, frozenset(text.name for text in (*held.texts, *held.passed_over)))]
    if base is not None and any(path.is_dir() for path in paths):
        raise UnreadableFile("--base goes with files: a folder is a base of its own, so leave out one of the two.")
    return [_Part(held, names) for held, names in discovery.read_around(list(dict.fromkeys(paths)), base)]


def _checked(parts: Iterable[_Part], paths: Sequence[Path], base: Path | None, chosen: Choice) -> Checked:
    held = list(parts)
    found = {(d.file, d.span, d.code, d.message): d for part in held for d in _found(part, chosen)}
    return Checked(
        files=tuple(dict.fromkeys(t.name for part in held for t in part.base.texts if t.name in part.names)),
        studies=sum(entry.text.name in part.names for part in held for entry in part.base.entries),
        diagnostics=tuple(sorted(found.values(), key=reading_order)),
        base="" if paths or base else "the bundled base",
    )


def _found(part: _Part, chosen: Choice) -> list[Diagnostic]:
    found = checks.run(part.base)
    if chosen.since is not None:
        found = _new_since(part.base, part.names, found, chosen.since)
    return [d for d in found if d.file in part.names and chosen.holds(d.code)]


def _new_since(base: EvidenceBase, names: frozenset[str], found: list[Diagnostic], revision: str) -> list[Diagnostic]:
    """Diagnostics that were not there at a revision, and those of entries and parts that have changed since."""
    # A file in no base of its own is read with the bundled one, which is in no history of the file's.
    homes = {git_revisions.home_of(Path(name)) for name in names}
    asked = [text for text in base.texts if git_revisions.home_of(Path(text.name)) in homes]
    texts = git_revisions.texts_at(revision, asked)
    if not texts:
        return found
    old = assembly.assemble(base.name, [*(text for text in base.texts if text not in asked), *texts])
    known = {d.fingerprint for d in checks.run(old)}
    entries = {(entry.text.name, entry.id): entry.raw for entry in old.entries}
    places = (((entry.text.name, entry.id), entry.raw) for entry in base.entries)
    changed = {place for place, raw in places if entries.get(place) != raw}
    before = {text.name: text.text for text in texts}
    files = {text.name for text in base.texts if before.get(text.name) != text.text}
    return [d for d in found if d.fingerprint not in known or _touched(d, changed, files)]


def _touched(d: Diagnostic, entries: Container[tuple[str, str]], files: Container[str]) -> bool:
    """Whether a diagnostic stands in an entry or a part that has changed; one of a bare line is told when it is new."""
    return (d.file, d.study) in entries if d.study else bool(d.pointer) and d.file in files


def _mended(part: _Part, chosen: Choice, *, unsafe: bool) -> tuple[_Part, int]:
    """A base with its fixes made, pass after pass until none is left, and how many there were."""
    count = 0
    for _ in range(_MOST_PASSES):
        wanted = [d for d in _found(part, chosen) if d.fix and (d.fix.safe or unsafe)]
        texts = _spliced(part.base, wanted)
        if not texts:
            break
        count += sum(d.file in texts for d in wanted)
        renewed = assembly.assemble(part.base.name, [texts.get(t.name, t) for t in part.base.texts])
        part = _Part(replace(renewed, passed_over=part.base.passed_over), part.names)
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
    return YamlText(spliced(text, [edit for fix in fixes for edit in fix.edits]), text.name)


def _as_readable(new: YamlText, old: YamlText) -> bool:
    """Whether a fixed file is no harder to read: as many entries, and no slip more, such as a key that stands twice."""
    return new.lost <= old.lost and len(new.misreadings) <= len(old.misreadings)


def _rewrites(old: _Part, new: _Part) -> list[Rewrite]:
    after = {text.name: text.original for text in new.base.texts}
    return [
        Rewrite(Path(text.name), text.original, after[text.name])
        for text in old.base.texts
        if text.name in old.names and after.get(text.name, text.original) != text.original
    ]


def fails(checked: Checked, on: Severity) -> bool:
    """Whether at least one diagnostic is as severe as a severity, shown or not."""
    return any(at_least(d.severity, on) for d in checked.diagnostics)
