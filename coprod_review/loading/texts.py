"""The text of one file of a base; a file that cannot be read becomes a text that says so."""

from pathlib import Path

from coprod_review.errors import UnreadableFile
from coprod_review.files import reading
from coprod_review.loading.files import display_path
from coprod_review.source.yaml_text import YamlText


def read_text(path: Path) -> YamlText:
    """Read one file; a file that cannot be read becomes a text with the problem as its parse error."""
    name = display_path(path)
    try:
        return YamlText.from_bytes(reading.read(path, reading.DATA, name), name)
    except UnreadableFile as error:
        return YamlText.unreadable(name, "unreadable", f"this {error.problem}", error.advice)


def path_exists(path: Path) -> bool:
    """Return whether there is anything at a path; for a name that no file can have there is not."""
    try:
        return path.exists()
    except OSError:
        return False
