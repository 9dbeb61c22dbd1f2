"""The format of a base: recognise one that the program does not read, and bring an older one to the current format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coprod_review.errors import InvalidBase
from coprod_review.loading.files import base_folder, part_of
from coprod_review.migration.migrate import Migrated, can_migrate, find_old_field, migrate
from coprod_review.migration.registry import CURRENT
from coprod_review.migration.step import BaseTexts
from coprod_review.source.positions import KeyPath, value_at
from coprod_review.source.yaml_text import YamlText

_VERSION = re.compile(r"coprod-review/base/([0-9]{1,9})")
_READABLE_ERRORS = frozenset({"trap", "date"})
"""Kinds of parse errors with which a text is still read completely."""


@dataclass(frozen=True, slots=True)
class OtherFormat:
    """A format of a base that the program does not read, and where the base shows it."""

    name: str
    """What is in the format: the base, or a file of studies."""
    version: str
    text: YamlText
    path: KeyPath
    """The key whose value, or whose presence, shows the format."""

    @property
    def advice(self) -> str:
        """What to do, as the second half of a sentence that has a colon."""
        if can_migrate(self.version):
            return f"to bring it to {CURRENT}, run: coprod-review migrate {self.name}"
        return "install a newer version of the program"

    @property
    def sentence(self) -> str:
        """What was found and what to do, as a message."""
        if can_migrate(self.version):
            return f"{self.name} is in the format {self.version}. T{self.advice[1:]}"
        return f"{self.name} is in the format {self.version}, which this program cannot read yet: {self.advice}."


class UnreadableOlderBase(InvalidBase):
    """A base in an older format has a part that cannot be read, so it cannot be migrated."""


def split_texts(texts: Iterable[YamlText]) -> BaseTexts:
    """Return the texts of a base by what they are: parts by their file names, and every other text holds studies."""
    every = tuple(texts)
    parts = {stem: text for text in every if (stem := part_of(text.name))}
    return BaseTexts(parts, tuple(text for text in every if text not in parts.values()))


def other_format(name: str, texts: BaseTexts) -> OtherFormat | None:
    """Return the format of a base, or of a studies file in it, that the program does not read.

    base.yaml names the format. Studies without a base.yaml in their folder show an older one by their fields.
    """
    about = texts.parts.get("base")
    declared = value_at(about.data, ("schema",)) if about else None
    if about and isinstance(declared, str) and declared != CURRENT and (can_migrate(declared) or _is_newer(declared)):
        return OtherFormat(name, declared, about, ("schema",))
    home = base_folder(Path(about.name)) if about else None
    old = find_old_field(BaseTexts({}, tuple(t for t in texts.studies if base_folder(Path(t.name)) != home)))
    return OtherFormat(old.text.name if about else name, *old) if old else None


def _is_newer(version: str) -> bool:
    match, current = _VERSION.fullmatch(version), _VERSION.fullmatch(CURRENT)
    return match is not None and current is not None and int(match[1]) > int(current[1])


def require_current_format(other: OtherFormat | None) -> None:
    """Raise ``InvalidBase`` if a base is in a format that the program does not read."""
    if other is not None:
        raise InvalidBase(other.sentence)


def migrate_texts(name: str, texts: Sequence[YamlText]) -> tuple[str, Migrated] | None:
    """Bring the texts of a base to the current format; return the version before, and the result.

    ``None`` if they are in the current format, or in one from which no step leads to it. Raises
    ``UnreadableOlderBase`` if they are in an older format and cannot be read completely.
    """
    files = split_texts(texts)
    other = other_format(name, files)
    if other is None or not can_migrate(other.version):
        return None
    require_readable(name, files.every)
    return other.version, migrate(files, other.version)


def require_readable(name: str, texts: Iterable[YamlText]) -> None:
    """Raise ``UnreadableOlderBase`` if a text has errors that hide a part of it, so that it cannot be migrated."""
    for text in texts:
        error = next((e for e in text.parse_errors if e.kind not in _READABLE_ERRORS), None)
        if error is not None:
            first = f"{text.name}:{error.span.line}: {error.message}"
            raise UnreadableOlderBase(
                f"{name} cannot be migrated, because a part of it cannot be read (first: {first}). "
                f"Run `coprod-review validate {name}` to see every error.",
                first,
            )
