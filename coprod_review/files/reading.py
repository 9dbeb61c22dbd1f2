"""Open files that a command was given: regular files only, of a limited size, and without waiting for anything."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from coprod_review.errors import UnreadableFile

# A pipe without a writer keeps nobody waiting, and a terminal does not become the program's own.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))

_OTHERS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class OpenFile(NamedTuple):
    """A regular file that is open for reading, and what the system knows of it."""

    file: BinaryIO
    state: os.stat_result

    def content(self, at_most: int) -> bytes:
        """Return the whole content. Raises ``UnreadableFile`` where it has more bytes than a limit."""
        size = self.state.st_size
        if size > at_most:
            raise UnreadableFile(f"is larger than {_size(at_most)}")
        content = self.file.read(size + 1)  # one byte more shows that the file is still growing
        if len(content) > size:
            raise UnreadableFile("grows while it is read")
        return content


@contextmanager
def open_regular(path: Path | str, *, flags: int = 0, dir_fd: int | None = None) -> Iterator[OpenFile]:
    """Open a regular file for reading.

    Whether it is one is asked of the open descriptor: between a question about a path and its opening, something else
    can take its place. Raises ``UnreadableFile`` for anything but a regular file, and ``OSError`` where the path cannot
    be opened.
    """
    descriptor = os.open(path, _FLAGS | flags, dir_fd=dir_fd)
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            what = next((name for is_it, name in _OTHERS if is_it(state.st_mode)), "something else")
            raise UnreadableFile(f"is {what}, not a file")
        with open(descriptor, "rb", closefd=False) as file:
            yield OpenFile(file, state)
    finally:
        os.close(descriptor)


def _size(limit: int) -> str:
    """Return a limit in words: ``20 MiB``."""
    return f"{limit // 2**20} MiB" if limit >= 2**20 else f"{limit // 2**10} KiB"
