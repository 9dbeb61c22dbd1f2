"""Find the templates of briefings: files ``NAME.md.j2`` in the user's folder or in the bundled one."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound

from coprod_review import bundled
from coprod_review.errors import UnknownName, UnreadableFile
from coprod_review.files import reading
from coprod_review.loading.files import display_path
from coprod_review.text.escaping import visible
from coprod_review.text.suggestions import not_found_message

SUFFIX = ".md.j2"
_NAME = re.compile(r"\w[\w.-]*")


class UnknownTemplate(UnknownName):
    """No folder has the template that was named."""


class TemplateLoader(BaseLoader):
    """The folders that templates come from: the user's, if there is one, then the bundled one."""

    def __init__(self, user: Path | None) -> None:
        """Take the user's folder. Raises ``UnreadableFile`` where it is not a folder."""
        if user is not None and not _is_folder(user):
            raise UnreadableFile(
                f"There is no folder {display_path(user)}: name a folder that holds templates, NAME{SUFFIX}."
            )
        self._user = user
        self._folders = tuple(
            folder for folder in (user, bundled.TEMPLATES / "briefings") if folder and _is_folder(folder)
        )

    def get_source(self, _: Environment, template: str) -> tuple[str, str, None]:
        """Return the text of a template and the name of its file for people, as Jinja needs them."""
        try:
            path = self.find(template)
        except UnknownTemplate as error:
            raise TemplateNotFound(template, str(error)) from None
        return read(path), named(path), None

    def find(self, name: str) -> Path:
        """Return the file of a template; the suffix may be left out. Raises ``UnknownTemplate``."""
        stem = str(name).removesuffix(SUFFIX)
        for place in self._folders if _NAME.fullmatch(stem) else ():
            path = place / f"{stem}{SUFFIX}"
            if os.path.lexists(path):
                return _require_within(path, place)
        known = [stem for stem in self.by_name() if not stem.startswith("_")]
        more = f"There are: {', '.join(known)}." if known else f"No folder holds any file NAME{SUFFIX}."
        raise UnknownTemplate(not_found_message(f"There is no template {visible(stem)}", stem, known, more))

    def can_run_own(self, name: str) -> bool:
        """Whether a template is the user's own, or a bundled one of which the user's folder can replace a part."""
        own, bundled_names = (_names(folder) for folder in (self._user, bundled.TEMPLATES / "briefings"))
        return str(name).removesuffix(SUFFIX) in own or not own.isdisjoint(bundled_names)

    def by_name(self) -> Mapping[str, Path]:
        """Return every template by its name, in the order of the names."""
        files = {path.name.removesuffix(SUFFIX): path for p in self._folders[::-1] for path in p.glob(f"*{SUFFIX}")}
        return {name: path for name, path in sorted(files.items()) if _NAME.fullmatch(name)}


def _names(folder: Path | None) -> frozenset[str]:
    """Return the names of the templates in a folder."""
    return frozenset(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}")) if folder else frozenset()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the name is too long, or the folder above it may not be read
        return False


def _require_within(path: Path, folder: Path) -> Path:
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise UnreadableFile(f"{named(path)} is a link that leads out of its folder: put the template itself there.")
    return path


def named(path: Path) -> str:
    """Return the name of a template's file for people; a bundled one by its path in the package."""
    home = bundled.TEMPLATES
    return path.relative_to(home.parent).as_posix() if path.is_relative_to(home) else visible(display_path(path))


def read(path: Path) -> str:
    """Return the text of a template's file, with line feeds alone. Raises ``UnreadableFile`` where it is not UTF-8."""
    try:
        text = reading.read(path, reading.TEMPLATE, named(path)).decode("utf-8-sig")
        return re.sub(r"\r\n?", "\n", text)
    except UnicodeDecodeError as error:
        at = f"{named(path)} is not UTF-8 text, from byte {error.start} on"
        raise UnreadableFile(f"{at}: save it as UTF-8.") from None


def template_descriptions(user: Path | None) -> Mapping[str, str]:
    """Return the first comment of every template by its name, without parts, whose names begin with ``_``."""
    loader = TemplateLoader(user)
    return {name: _first_comment(read(loader.find(name))) for name in loader.by_name() if not name.startswith("_")}


def _first_comment(text: str) -> str:
    comment = re.search(r"\{#[-+]?(.*?)[-+]?#\}", text, re.DOTALL)
    return visible(" ".join(comment[1].split())) if comment else ""


def template_source(name: str, user: Path | None) -> str:
    """Return the text of a template. Raises ``UnknownTemplate``, and ``UnreadableFile`` where it cannot be read."""
    return read(TemplateLoader(user).find(name))
