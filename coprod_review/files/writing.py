"""Where text goes: standard output, or a file that is written whole or not at all.

No character that a terminal obeys instead of showing it passes, whatever wrote the text and wherever it came from.
"""

import os
import sys
from pathlib import Path

from coprod_review.errors import CoprodReviewError, UnreadableFile
from coprod_review.files import reading
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


def replace_text(path: Path, before: str, after: str) -> None:
    """Replace the text of a file; raises ``UnwritableFile`` where the file no longer has the text ``before``."""
    try:
        same = reading.read(path, reading.DATA) == before.encode("utf-8")
    except UnreadableFile:
        same = False
    if not same:
        raise UnwritableFile(
            f"{path} changed while the program was fixing it, so it was not fixed: run the command again."
        )
    emit(after, path, exact=True)


def _replace(content: bytes, target: Path) -> None:
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
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
