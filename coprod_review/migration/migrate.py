"""Apply the steps from an older format of a base to the current one, to texts in memory."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coprod_review.errors import CoprodReviewError
from coprod_review.migration.registry import CURRENT, STEPS
from coprod_review.migration.step import BaseTexts, ToDo
from coprod_review.source.edits import apply_edits
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Edit
from coprod_review.source.yaml_text import YamlText


class Migrated(NamedTuple):
    """A base in the current format, and what its steps could not decide."""

    texts: BaseTexts
    to_dos: tuple[ToDo, ...]
    """In the order of files and lines."""

    def line(self, to_do: ToDo) -> int:
        """Return the line that a to-do is about."""
        return next(text.locate(to_do.path).line for text in self.texts.every if text.name == to_do.file)


class OldField(NamedTuple):
    """A field that shows in which older format an entry is written."""

    version: str
    text: YamlText
    path: KeyPath


def can_migrate(version: str) -> bool:
    """Whether there are steps from a version of the format to the current one."""
    return any(step.source == version for step in STEPS)


def find_old_field(texts: BaseTexts) -> OldField | None:
    """Return the first field of an entry that no later format has, in the oldest format that has such a field."""
    for step in STEPS:
        for entry in texts.entries():
            for field in entry.data:
                if field in step.old_fields:
                    return OldField(step.source, entry.text, (*entry.path, field))
    return None


def migrate(texts: BaseTexts, version: str) -> Migrated:
    """Bring the texts of a base from a version of the format to the current one.

    The texts can be parsed completely. Raises ``CoprodReviewError`` where an edit would make a text unreadable.
    """
    to_dos: list[ToDo] = []
    for step in STEPS[[step.source for step in STEPS].index(version) :]:
        changes = step.changes(texts)
        to_dos += changes.to_dos
        texts = BaseTexts(
            {stem: _edited(text, changes.edits) for stem, text in texts.parts.items()},
            tuple(_edited(text, changes.edits) for text in texts.studies),
        )
    return Migrated(texts, _in_reading_order(texts, to_dos))


def _edited(text: YamlText, edits: Mapping[str, Sequence[Edit]]) -> YamlText:
    if not edits.get(text.name):
        return text
    edited = YamlText(apply_edits(text, edits[text.name]), text.name)
    if edited.lost_entries > text.lost_entries or len(edited.parse_errors) > len(text.parse_errors):
        raise CoprodReviewError(
            f"{text.name} is written in a way that cannot be brought to {CURRENT} by a program: change it by hand. "
            "Nothing was changed."
        )
    return edited


def _in_reading_order(texts: BaseTexts, to_dos: Sequence[ToDo]) -> tuple[ToDo, ...]:
    positions = {text.name: (number, text) for number, text in enumerate(texts.every)}

    def place(to_do: ToDo) -> tuple[int, int]:
        number, text = positions[to_do.file]
        return number, text.locate(to_do.path).line

    return tuple(sorted(to_dos, key=place))
