"""An evidence base found on disk and read: from a folder, from one studies file, or around a file that is named."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coprod_review import bundled
from coprod_review.errors import InvalidBase, UnreadableFile
from coprod_review.loading.assembly import PART_MODELS, assemble, bundled_codebook
from coprod_review.loading.collector import paused_collector
from coprod_review.loading.evidence_base import Entry as Entry  # what a base is, for whoever reads one here
from coprod_review.loading.evidence_base import EvidenceBase as EvidenceBase
from coprod_review.loading.files import base_files, display_path, part_of
from coprod_review.loading.formats import require_current_format
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.loading.texts import path_exists, read_text
from coprod_review.model.codebook import Codebook
from coprod_review.source.yaml_text import YamlText


def read_codebook(path: Path | None) -> Codebook:
    """Return the codebook of a base, or the bundled one if the base has none.

    Raises ``InvalidBase`` if the codebook of the base has errors, or the base is in another format.
    """
    if path is None:
        return bundled_codebook()
    base = read_base(path)
    require_codebook(base)
    return base.framework.codebook


def require_codebook(base: EvidenceBase) -> None:
    """Raise ``InvalidBase`` if the codebook of a base has errors, or the base is in another format."""
    require_current_format(base.other_format)
    text = base.parts.get("codebook")
    problems = [p for p in base.problems if p.text is text and p.rule is not PARSE_RULES["no-studies"]]
    if problems:
        raise InvalidBase(
            f"The codebook of {base.name} has an error: {problems[0].message}. "
            f"Run `coprod-review validate {base.name}` to see where."
        )


def read_base(path: Path | str | None = None, *, may_be_empty: bool = False) -> EvidenceBase:
    """Read a base from a folder, from one studies file, or the bundled one.

    A base with errors is returned too, with its ``problems``. Raises ``UnreadableFile`` if the path is missing or has
    no studies; with ``may_be_empty`` a folder with another part of a base needs no studies.
    """
    place = Path(path) if path is not None else bundled.DATA
    with paused_collector():
        texts = read_texts(place, may_be_empty=may_be_empty)
        return replace(assemble(display_path(place), texts), unread_files=_unread_files(place))


def read_texts(place: Path, *, may_be_empty: bool = False) -> list[YamlText]:
    """Return the texts of a base: its parts first, then its studies in the order of their names."""
    try:
        return _texts_in(place, may_be_empty)
    except PermissionError as error:
        raise UnreadableFile(f"{display_path(Path(error.filename))} cannot be opened: check its permissions.") from None


def _texts_in(place: Path, may_be_empty: bool) -> list[YamlText]:
    if not path_exists(place):
        raise UnreadableFile(f"There is no file or folder {display_path(place)}: check the path given to --base.")
    if not place.is_dir():
        return [read_text(place)]
    parts, single, many = base_files(place)
    if not single.exists() and not many and place.name == "studies" and any(place.glob("*.yaml")):
        raise UnreadableFile(f"{display_path(place)} is the folder of studies inside a base: name the folder above it.")
    if not single.exists() and not many and not (may_be_empty and any(part.exists() for part in parts)):
        raise UnreadableFile(
            f"{display_path(place)} has neither studies.yaml nor studies/*.yaml: "
            "name a folder that has one of them, or a file of studies."
        )
    return [read_text(p) for p in (*parts, single, *many) if p.exists() or p.is_symlink()]


def _unread_files(place: Path) -> tuple[YamlText, ...]:
    """Return the YAML files in a base's folders that are not part of it: by name, suffix or depth of folder.

    Hidden files, such as .pre-commit-config.yaml, belong to other programs.
    """
    if not place.is_dir():
        return ()
    known = {place / f"{stem}.yaml" for stem in (*PART_MODELS, "studies")}
    folder = place / "studies"
    top = [path for path in place.glob("*.y*ml") if path not in known]
    below = [p for p in folder.glob("**/*.y*ml") if p.parent != folder or p.suffix != ".yaml"]
    return tuple(
        YamlText("", display_path(path))
        for path in sorted((*top, *below))
        if path.suffix in (".yml", ".yaml") and not path.name.startswith(".")
    )


def read_around(paths: Sequence[Path], base_path: Path | None = None) -> list[tuple[EvidenceBase, frozenset[str]]]:
    """Return each base that the paths belong to, with the names of the files that were asked about.

    A folder is a base. A file belongs to ``base_path`` if that is given, else to the base in its folder, or in the
    folder above ``studies/``, else to the bundled base. Files of one base are read together. Raises ``UnreadableFile``
    if a path is missing or cannot be opened.
    """
    homes: dict[Path, list[Path]] = {}
    for path in paths:
        if not path_exists(path):
            raise UnreadableFile(f"There is no file or folder {display_path(path)}: check the path.")
        home = path if path.is_dir() else base_path or _home(path)
        homes.setdefault(home.resolve(), []).append(path)
    return [_read_home(base_path or home, of_base) for home, of_base in homes.items()]


def _read_home(home: Path, paths: list[Path]) -> tuple[EvidenceBase, frozenset[str]]:
    folder = next((path for path in paths if path.is_dir()), None)
    if folder is not None:
        base = read_base(folder)
        return base, frozenset(text.name for text in (*base.texts, *base.unread_files))
    texts = {text.name: text for text in map(read_text, paths)}
    for text in texts.values():
        if any(m.kind == "unreadable" for m in text.parse_errors):
            raise UnreadableFile(f"{text.name}: {text.parse_errors[0].message}; {text.parse_errors[0].hint}.")
    # A part such as codebook.yaml replaces the one in the base's folder.
    parts = {part for name in texts if (part := part_of(name))}
    with paused_collector():
        others = [t for t in read_texts(home) if t.name not in texts and part_of(t.name) not in parts]
        return assemble(display_path(home), [*others, *texts.values()]), frozenset(texts)


def base_around(path: Path) -> Path | None:
    """Return the folder of the base that new studies at a path belong to, or ``None`` where there is no base.

    The path is a folder or a file of studies, and does not have to exist.
    """
    folders = (path, path.parent, path.parent.parent) if path.parent.name == "studies" else (path, path.parent)
    candidates = folders if not path.suffix or path.is_dir() else folders[1:]
    return next((folder for folder in candidates if _has_base(folder)), None)


def _has_base(folder: Path) -> bool:
    try:
        parts, single, many = base_files(folder)
        return bool(many) or any(path.exists() for path in (*parts, single))
    except OSError:
        return False


def _home(path: Path) -> Path:
    """Return the folder of the base that a file is in; the bundled one for a file that is in no base."""
    folder = path.resolve().parent
    candidates = (folder, folder.parent) if folder.name == "studies" else (folder,)
    bases = (place for place in candidates if (place / "studies.yaml").exists() or (place / "studies").is_dir())
    return next(bases, bundled.DATA)
