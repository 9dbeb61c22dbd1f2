"""A base that was found sound, kept as it was read, under the content of its files: the next command starts at once.

Reading and checking the bundled base takes most of a command's time. What is kept lies in the user's own cache, one
file for each state of a base; a change in the base, the program or Python makes another. Where nothing
can be kept, or what was kept cannot be read, the base is read as ever.
"""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from coprod_review import __version__, bundled
from coprod_review.loading.collector import paused_collector
from coprod_review.loading.files import base_files, display_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coprod_review.loading.evidence_base import EvidenceBase

MOST = 20
"""How many states are kept."""


def sound(path: Path | None, *, skip_invalid: bool) -> EvidenceBase:
    """The base, fit for analysis: as it was kept, or read, checked and kept now.

    It holds studies and framework, and no texts. Raises what ``checks.load`` raises.
    """
    place = _place_for(path or bundled.DATA, skip_invalid)
    return (_recalled(place) if place else None) or _read(path, skip_invalid, place)


def _read(path: Path | None, skip_invalid: bool, place: Path | None) -> EvidenceBase:
    from coprod_review.validate import sound_base

    held = _without_texts(sound_base.load(path, skip_invalid=skip_invalid))
    # A file that changed while it was read would be kept under what it held before.
    if place and place == _place_for(path or bundled.DATA, skip_invalid):
        _keep(held, place)
    return held


def _without_texts(base: EvidenceBase) -> EvidenceBase:
    """The base with its studies and framework alone."""
    entries = tuple(replace(entry, text=None, raw={}) for entry in base.entries)  # type: ignore[arg-type]
    return replace(base, entries=entries, texts=(), parts={}, problems=(), unread_files=())


def _place_for(path: Path, skip_invalid: bool) -> Path | None:
    """Where a state of a base is kept; ``None`` where nothing can be, or its files cannot be read."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(home, "coprod-review", f"{_digest(path, skip_invalid)}.pickle")
    except (OSError, RuntimeError):  # a user without a home is a RuntimeError
        return None


def _digest(path: Path, skip_invalid: bool) -> str:
    """What tells a state from any other: program, choice, and names and content of files.

    A base is called what reading would call it from here, and so are the files of its folders that are left out.
    """
    names = [display_path(place) for place in (path, path / "file", path / "studies" / "file")]
    digest = sha256(repr((__version__, sys.version, skip_invalid, names)).encode("ascii", "backslashreplace"))
    for part in (*_program(), *_files(path)):
        digest.update(part)
    return digest.hexdigest()


def _program() -> Iterator[bytes]:
    """A stamp of the program's own files: a changed model must not read what another one kept."""
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        state = file.stat()
        yield os.fsencode(f"{file.name} {state.st_size} {state.st_mtime_ns}")


def _files(path: Path) -> Iterator[bytes]:
    """Name and content of every file that a base is read from, the bundled codebook included, which it may borrow."""
    parts, single, many = base_files(path) if path.is_dir() else ([], path, [])
    for file in (*parts, single, *many, bundled.DATA / "codebook.yaml"):
        # Something that is no file, such as a broken link, is told of too, but never waited for.
        readable = file.is_file()
        content = file.read_bytes() if readable else b""
        yield os.fsencode(f"{file.name} {os.path.lexists(file)} {readable} {len(content)} ")
        yield content


def _recalled(place: Path) -> EvidenceBase | None:
    """What was kept, or nothing: only this user's own file is read, for it can do anything that a program can."""
    try:
        state = place.stat()
        if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
            return None
        with paused_collector():
            held: EvidenceBase = pickle.loads(place.read_bytes())  # noqa: S301 - written by this program
    except Exception:  # whatever is wrong with it, the base itself is there to be read
        return None
    with suppress(OSError):  # what was used last is forgotten last
        os.utime(place)
    return held


def _keep(base: EvidenceBase, place: Path) -> None:
    """Write a state whole or not at all, and forget those that were not used for longest."""
    written = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        written.write_bytes(pickle.dumps(base, pickle.HIGHEST_PROTOCOL))
        written.chmod(0o600)
        written.replace(place)
        for old in sorted(place.parent.glob("*.pickle"), key=lambda file: -file.stat().st_mtime)[MOST:]:
            old.unlink()
    except (OSError, RecursionError):
        return  # nobody asked for it: the command has its base
    finally:
        with suppress(OSError):  # on a full disk a part of it lies there
            written.unlink()
