"""Where text goes: standard output, or a file that is written whole or not at all.

No character that a terminal obeys instead of showing it passes, whatever wrote the text and wherever it came from.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from coprod_review.errors import CoprodReviewError, UnreadableFile
from coprod_review.files import reading
from coprod_review.files.patches import Rewrite
from coprod_review.text.escaping import escape_controls


class UnwritableFile(CoprodReviewError):
    """A file could not be written; its earlier content is unchanged."""


class OutputClosed(CoprodReviewError):
    """The program that reads the output stopped reading, as ``head`` does; it got all that it needs."""


def emit(text: str, target: Path | None, *, exact: bool = False) -> None:
    """Write text to standard output, or to a file; raises ``UnwritableFile`` where that fails.

    ``exact`` keeps control characters: for a patch that a program applies, and for a file in which something else is
    fixed.
    """
    text = text if exact else escape_controls(text)
    try:
        if target is None and sys.stdout is None:
            raise OSError(9, "standard output is closed")
        if target is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        elif target.exists() and not target.is_file() and not target.is_dir():
            target.write_text(text, encoding="utf-8")  # a pipe or device cannot be replaced
        else:
            _replace(text.encode("utf-8"), target)
    except BrokenPipeError:
        raise OutputClosed from None
    except OSError as error:
        raise _unwritable(target, error) from None


def emit_bytes(content: bytes, target: Path) -> None:
    """Write a document to a file; raises ``UnwritableFile`` where that fails."""
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)
        else:
            _replace(content, target)
    except OSError as error:
        raise _unwritable(target, error) from None


def _unwritable(target: Path | None, error: OSError) -> UnwritableFile:
    reason = f" ({error.strerror.lower()})" if error.strerror else ""
    return UnwritableFile(f"{target or 'The output'} could not be written{reason}: choose another place for it.")


def append(text: str, target: Path) -> None:
    """Add text to the end of a file; raises ``UnwritableFile`` where that fails."""
    try:
        with target.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _unwritable(target, error) from None


def replace_texts(rewrites: Sequence[Rewrite]) -> None:
    """Replace the texts of files, of all or of none.

    Raises ``UnwritableFile`` where a file no longer has the text from before, or cannot be written.
    """
    for rewrite in rewrites:
        _require_text(rewrite)
    prepared: list[tuple[Path, Path]] = []
    replaced: list[Rewrite] = []
    path: Path | None = None
    try:
        for path, _, after in rewrites:
            prepared.append(_prepare(after.encode("utf-8"), path))
        for rewrite, (temporary, place) in zip(rewrites, prepared, strict=True):
            path = rewrite.path
            temporary.replace(place)
            replaced.append(rewrite)
    except BaseException as error:
        for temporary, _ in prepared:
            temporary.unlink(missing_ok=True)
        for rewrite in replaced:
            with suppress(OSError):
                _replace(rewrite.before.encode("utf-8"), rewrite.path)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise


def create_texts(texts: Mapping[Path, str]) -> None:
    """Create files, and the folders that they need: all of them or none.

    Raises ``UnwritableFile`` where a file exists already, or cannot be written.
    """
    created: list[Path] = []
    path: Path | None = None
    try:
        for path, text in texts.items():
            for folder in _missing_folders(path):
                folder.mkdir()
                created.append(folder)
            if os.path.lexists(path):
                raise FileExistsError(17, "it exists already")
            _replace(escape_controls(text).encode("utf-8"), path)
            created.append(path)
    except BaseException as error:
        for place in reversed(created):
            with suppress(OSError):
                place.rmdir() if place.is_dir() else place.unlink()
        if isinstance(error, OSError):
            raise _unwritable(path, error) from None
        raise


def _missing_folders(path: Path) -> Iterator[Path]:
    """Yield the folders above a path that do not exist, the highest first."""
    yield from [folder for folder in reversed(path.parents) if not folder.exists()]


def _require_text(rewrite: Rewrite) -> None:
    try:
        same = reading.read(rewrite.path, reading.DATA) == rewrite.before.encode("utf-8")
    except UnreadableFile:
        same = False
    if not same:
        raise UnwritableFile(
            f"{rewrite.path} changed while the program was working on it, so no file was changed: run the command "
            "again."
        )


def _replace(content: bytes, target: Path) -> None:
    temporary, place = _prepare(content, target)
    try:
        temporary.replace(place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _prepare(content: bytes, target: Path) -> tuple[Path, Path]:
    """Write content to a temporary file; return it, and the place that it can take, with links followed."""
    if target.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    place = target.resolve()
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~_umask()
    import tempfile  # it imports random numbers and hashes, which most commands never need

    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name), place


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
