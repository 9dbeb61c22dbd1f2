"""What ``migrate`` does with a base: the files to write, what is left to do, and the messages about both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coprod_review.errors import InvalidBase, UnreadableFile
from coprod_review.files.patches import Rewrite
from coprod_review.loading import discovery, formats
from coprod_review.loading.files import base_folder, display_path, part_of
from coprod_review.loading.texts import read_text
from coprod_review.migration.migrate import Migrated, find_old_field, migrate
from coprod_review.migration.registry import CURRENT
from coprod_review.migration.step import BaseTexts
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.grammar import plural


@dataclass(frozen=True, slots=True)
class Plan:
    """What a migration would do."""

    name: str
    """The base or file, as people write its path."""
    version: str
    """Its version of the format."""
    rewrites: tuple[Rewrite, ...] = ()
    to_dos: tuple[str, ...] = ()
    """What a person has to do afterwards, each with file and line."""

    @property
    def is_needed(self) -> bool:
        """Whether the base is in an older format."""
        return self.version != CURRENT


def plan_migration(path: Path) -> Plan:
    """Read a base or one file of studies, and return what its migration would do; nothing is written.

    Raises ``UnreadableFile`` where there is no base, and ``InvalidBase`` where it has a part that cannot be read, or is
    in a format that is newer than the program.
    """
    return _plan_base(path) if path.is_dir() else _plan_file(path)


def _plan_base(folder: Path) -> Plan:
    name, texts = display_path(folder), discovery.read_texts(folder)
    formats.require_readable(name, texts)
    migrated = formats.migrate_texts(name, texts)
    if migrated is None:
        formats.require_current_format(formats.other_format(name, formats.split_texts(texts)))
        return Plan(name, CURRENT)
    version, result = migrated
    return _plan(name, version, texts, result)


def _plan_file(path: Path) -> Plan:
    """Return the plan for one file of studies, which may be in a base that is in the current format."""
    name, home = display_path(path), base_folder(path)
    if part_of(name):
        raise UnreadableFile(f"{name} is one part of a base: name the folder of the base.")
    text = next(iter(discovery.read_texts(path)))
    parts = [read_text(home / f"{stem}.yaml") for stem in ("base", "codebook") if (home / f"{stem}.yaml").exists()]
    formats.require_readable(name, [text, *parts])
    declared = formats.other_format(display_path(home), formats.split_texts(parts))
    if declared is not None:
        raise InvalidBase(f"{name} is part of a base. {declared.sentence}")
    old = find_old_field(BaseTexts({}, (text,)))
    if old is None:
        return Plan(name, CURRENT)
    files = BaseTexts(formats.split_texts(parts).parts, (text,))
    return _plan(name, old.version, [text], migrate(files, old.version))


def _plan(name: str, version: str, before: Sequence[YamlText], result: Migrated) -> Plan:
    after = {text.name: text.original for text in result.texts.every}
    rewrites = tuple(
        Rewrite(Path(text.name), text.original, after[text.name])
        for text in before
        if after[text.name] != text.original
    )
    to_dos = tuple(f"{to_do.file}:{result.line(to_do)}: {to_do.what}" for to_do in result.to_dos)
    return Plan(name, version, rewrites, to_dos)


def migration_message(plan: Plan, *, is_written: bool) -> str:
    """Return what was or would be changed, and what is left to do."""
    return "\n".join(_lines(plan, is_written)) + "\n"


def _lines(plan: Plan, is_written: bool) -> Iterator[str]:
    files = plural(len(plan.rewrites), "file")
    if not plan.is_needed:
        yield f"{plan.name} is in the format {CURRENT}, so it needs no migration."
    elif is_written:
        yield f"{plan.name} was migrated from {plan.version} to {CURRENT}. Changed: {files}."
    else:
        yield (
            f"{plan.name} is in the format {plan.version}. A migration to {CURRENT} would change {files}. To make it, "
            f"run: coprod-review migrate {plan.name}"
        )
    if plan.to_dos:
        yield f"\nTo do, with line numbers after the migration ({len(plan.to_dos)}):"
        yield from (f"- {to_do}" for to_do in plan.to_dos)
    if plan.is_needed and is_written:
        yield f"\nTo check the result, run: coprod-review validate {plan.name}"
