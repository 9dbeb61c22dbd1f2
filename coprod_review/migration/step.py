"""One step from a format of a base to the next: what it takes, and what it returns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Edit
from coprod_review.source.yaml_text import YamlText


class RawEntry(NamedTuple):
    """One entry of a base as it is written."""

    text: YamlText
    path: KeyPath
    data: dict[str, Value]

    @property
    def name(self) -> str:
        """The id of the entry, or its place where it has none."""
        identity = self.data.get("id")
        return identity if isinstance(identity, str) else f"the entry on line {self.text.locate(self.path).line}"


@dataclass(frozen=True, slots=True)
class BaseTexts:
    """The texts of a base."""

    parts: Mapping[str, YamlText]
    """Texts of the parts, by the stems of their files: base, codebook, benchmarks and review."""
    studies: tuple[YamlText, ...]

    @property
    def every(self) -> tuple[YamlText, ...]:
        """Every text: the parts first."""
        return (*self.parts.values(), *self.studies)

    def entries(self) -> Iterator[RawEntry]:
        """Yield every entry that is a mapping."""
        for text in self.studies:
            data = text.data if isinstance(text.data, dict) else {}
            items = data.get("studies")
            if "studies" not in data and "id" in data:
                yield RawEntry(text, (), data)
            for number, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict):
                    yield RawEntry(text, ("studies", number), item)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that a step could not decide, for a person to do."""

    file: str
    """Name of the text that it is about."""
    path: KeyPath
    """Where, in the text after the step."""
    what: str
    """What was found and what to do, as sentences."""
    codes: int = 0
    """How many codes of the old format have no equivalent in the new one."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step changes."""

    edits: Mapping[str, tuple[Edit, ...]]
    """Edits by the name of the text."""
    to_dos: tuple[ToDo, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one format to the next."""

    source: str
    """Version of the format before the step, for example coprod-review/base/1."""
    target: str
    """Version of the format after it."""
    old_fields: frozenset[str]
    """Fields of an entry that only the old format has: they tell the formats apart in a base without base.yaml."""
    changes: Callable[[BaseTexts], Changes]
    """Return what has to change in the texts of a base."""
