"""Read the files that a command was given: regular files only, of a limited size, and without waiting for anything."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from coprod_review.errors import UnreadableFile


class FileKind(NamedTuple):
    """A kind of file that a command takes."""

    name: str
    """What it is, for messages."""
    at_most: int
    """The most bytes that it may have."""
    when_larger: str = "use a smaller file"
    """What to do with a larger one."""


MIB = 2**20
DATA = FileKind("a YAML file", 256 * MIB, "split it into one file for each study")  # some 150,000 studies
BIBLIOGRAPHY = FileKind("a bibliography", 20 * MIB, "split it into smaller files")  # some 20,000 records with abstracts
BRIEFING = FileKind("a briefing", 20 * MIB)
WORD_DOCUMENT = FileKind("a Word document", 20 * MIB)
TEMPLATE = FileKind("a template", MIB)
CSL_STYLE = FileKind("a CSL style", MIB)  # the longest style that is published has a fifth of it


def read(path: Path, kind: FileKind, name: str = "") -> bytes:
    """Return the content of a file.

    ``name`` is what messages call it, if not its path. Raises ``UnreadableFile`` where the path is missing, is not a
    regular file, cannot be opened, or is larger than a file of its kind may be.
    """
    name = name or str(path)
    try:
        with open_regular(path) as opened:
            return opened.content(kind.at_most)
    except NotRegular as error:
        raise _unreadable(name, str(error), f"{kind.name} is needed here") from None
    except TooLarge:
        raise _unreadable(name, f"is larger than {_size(kind)}, the limit for {kind.name}", kind.when_larger) from None
    except (FileNotFoundError, ValueError):  # a name with a null character is a ValueError
        if path.is_symlink():
            raise _unreadable(name, "is a link to a file that does not exist", "correct the link") from None
        problem, advice = "does not exist", "check the path"
        raise UnreadableFile(f"There is no file {name}: {advice}.", problem, advice) from None
    except OSError as error:
        reason = f" ({error.strerror.lower()})" if error.strerror else ""
        advice = "check its permissions" if isinstance(error, PermissionError) else "check the path"
        raise _unreadable(name, f"cannot be read{reason}", advice) from None


def _unreadable(name: str, problem: str, advice: str) -> UnreadableFile:
    return UnreadableFile(f"{name} {problem}: {advice}.", problem, advice)


def _size(kind: FileKind) -> str:
    return f"{kind.at_most // MIB} MiB"


# --- the open file ------------------------------------------------------------------


class NotRegular(OSError):
    """What a path leads to is not a regular file; the text says what it is."""


class TooLarge(OSError):
    """A file has more bytes than it may have."""


class OpenFile(NamedTuple):
    """A regular file that is open for reading, and what the system says of it."""

    file: BinaryIO
    state: os.stat_result

    def content(self, at_most: int) -> bytes:
        """Return the whole content. Raises ``TooLarge``, and ``OSError`` where the file is still growing."""
        size = self.state.st_size
        if size > at_most:
            raise TooLarge
        content = self.file.read(size + 1)
        if len(content) > size:
            raise OSError(errno.EBUSY, "it grows while it is read")
        return content


# A pipe without a writer keeps nobody waiting, and a terminal does not become the program's own.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))

_OTHERS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@contextmanager
def open_regular(path: Path | str, *, flags: int = 0, dir_fd: int | None = None) -> Iterator[OpenFile]:
    """Open a regular file for reading.

    Whether it is one is asked of the open descriptor: between a question about a path and its opening, something else
    can take its place. Raises ``NotRegular``, and ``OSError`` where the path cannot be opened.
    """
    try:
        descriptor = os.open(path, _FLAGS | flags, dir_fd=dir_fd)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise NotRegular("is a socket, not a file") from None
        raise
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            what = next((name for is_it, name in _OTHERS if is_it(state.st_mode)), "something else")
            raise NotRegular(f"is {what}, not a file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield OpenFile(file, state)
    finally:
        os.close(descriptor)
