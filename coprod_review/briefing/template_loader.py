"""Where templates of briefings are: files ``NAME.md.j2`` in the user's folder or in the bundled one."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from coprod_review import bundled
from coprod_review.errors import UnknownName, UnreadableFile
from coprod_review.loading.files import display_path
from coprod_review.text.escaping import visible
from coprod_review.text.suggestions import not_found_message

SUFFIX = ".md.j2"
_NAME = re.compile(r"\w[\w.-]*")
MAX_TEMPLATE_SIZE = 2**20
"""How many bytes the file of a template may have."""


class UnknownTemplate(UnknownName):
    """A template was named that neither folder has."""


class TemplateLoader(BaseLoader):
    """The folders that templates come from, the first that has a template wins."""

    def __init__(self, user: Path | None) -> None:
        """Take the user's folder, if there is one. Raises ``UnreadableFile`` where it is none."""
        if user is not None and not _is_folder(user):
            raise UnreadableFile(
                f"There is no folder {display_path(user)}: name a folder that holds templates, NAME{SUFFIX}."
            )
        self._places = tuple(place for place in (user, bundled.TEMPLATES / "briefings") if place and _is_folder(place))

    def get_source(self, _: Environment, template: str) -> tuple[str, str, None]:
        """The text of a template and its file for people, as Jinja asks for it."""
        try:
            path = self.find(template)
        except UnknownTemplate as error:
            raise TemplateNotFound(template, str(error)) from None
        return read(path), named(path), None

    def find(self, name: str) -> Path:
        """The file of a template; the suffix may be left out. Raises ``UnknownTemplate``."""
        stem = str(name).removesuffix(SUFFIX)
        for place in self._places if _NAME.fullmatch(stem) else ():
            path = place / f"{stem}{SUFFIX}"
            if os.path.lexists(path):
                return _within(path, place)
        known = [stem for stem in self.all() if not stem.startswith("_")]
        more = f"There are: {', '.join(known)}." if known else f"No folder holds any file NAME{SUFFIX}."
        raise UnknownTemplate(not_found_message(f"There is no template {visible(stem)}", stem, known, more))

    def all(self) -> Mapping[str, Path]:
        """Every template by its name, in the order of the names."""
        files = {path.name.removesuffix(SUFFIX): path for p in self._places[::-1] for path in p.glob(f"*{SUFFIX}")}
        return {name: path for name, path in sorted(files.items()) if _NAME.fullmatch(name)}


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that no folder can have, or one that may not be looked for
        return False


def _within(path: Path, place: Path) -> Path:
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(place)):
        raise UnreadableFile(f"{named(path)} is a link that leads out of its folder: put the template itself there.")
    return path


def named(path: Path) -> str:
    """The file of a template for people; a bundled one by its place in the package."""
    home = bundled.TEMPLATES
    return path.relative_to(home.parent).as_posix() if path.is_relative_to(home) else visible(display_path(path))


def read(path: Path) -> str:
    """The text of a file. Raises ``UnreadableFile`` where it is none, too long or not UTF-8."""
    if not path.is_file():
        raise UnreadableFile(f"{named(path)} is not a file: put a template there, or take it away.")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_TEMPLATE_SIZE + 1)
        if len(content) > MAX_TEMPLATE_SIZE:
            raise UnreadableFile(
                f"{named(path)} is longer than {MAX_TEMPLATE_SIZE // 1024} KiB, too long for a template."
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableFile(f"{named(path)} cannot be read: {reason}. Check its permissions.") from None
    except UnicodeDecodeError as error:
        at = f"{named(path)} is not UTF-8 text, from byte {error.start} on"
        raise UnreadableFile(f"{at}: save it as UTF-8.") from None


def folders(user: Path | None) -> TemplateLoader:
    """Where templates come from: the user's folder first, then the bundled ones."""
    return TemplateLoader(user)


def template_descriptions(user: Path | None) -> Mapping[str, str]:
    """Every template by name, with its first comment; those whose names begin with ``_`` are parts of others."""
    held = folders(user)
    return {name: _described(read(held.find(name))) for name in held.all() if not name.startswith("_")}


def _described(text: str) -> str:
    comment = re.search(r"\{#[-+]?(.*?)[-+]?#\}", text, re.DOTALL)
    return visible(" ".join(comment[1].split())) if comment else ""


def template_source(name: str, user: Path | None) -> str:
    """The text of one template. Raises ``UnknownTemplate``, and ``UnreadableFile`` where it cannot be read."""
    return read(folders(user).find(name))
