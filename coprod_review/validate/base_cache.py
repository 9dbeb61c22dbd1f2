"""A cache of bases that were found sound, so that the next command starts at once.

Reading and checking the bundled base takes most of a command's time. The cache holds studies and framework as JSON, one
file for each state of a base, in a private folder of the user. A file is named after the fingerprint of everything that
the state was made from: a change in the base, the program or Python leads to another file. What is missing, damaged,
foreign or of another state is never an error: the base is read again.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import coprod_review
from coprod_review import __version__, bundled
from coprod_review.errors import UnreadableFile
from coprod_review.files.reading import DATA, open_regular
from coprod_review.files.reading import read as read_file
from coprod_review.loading import dataclass_json
from coprod_review.loading.collector import paused_collector
from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.loading.files import base_files, display_path
from coprod_review.model.base import Framework
from coprod_review.model.study import Study

MOST_STATES = 20
"""How many states are kept; the ones that were not used for longest are removed."""
LARGEST_STATE = 512 * 2**20
"""The most bytes of a state; 100,000 studies have about 150 MB."""
ABANDONED_AFTER = 3600
"""Seconds after which a temporary file is one that an interrupted command left behind."""

_SUFFIX = ".jsonl"
_OTHERS_MAY_WRITE = 0o022
_OTHERS_MAY_ENTER = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What the cache keeps of a base."""

    name: str
    framework: Framework
    studies: tuple[Study, ...]
    uses_bundled_codebook: bool
    skipped: tuple[str, ...]


def load(path: Path | None, *, skip_invalid: bool) -> EvidenceBase:
    """Return a base that is fit for analysis, from the cache where it is there.

    It holds studies and framework, and no texts. Raises what ``valid_base.load`` raises.
    """
    key = _key(path or bundled.DATA, skip_invalid)
    state = (_cached(key) if key else None) or _read(path, skip_invalid, key)
    entries = tuple(Entry(text=None, path=(), raw={}, study=study) for study in state.studies)  # type: ignore[arg-type]
    return EvidenceBase(
        state.name,
        state.framework,
        entries,
        (),
        {},
        (),
        uses_bundled_codebook=state.uses_bundled_codebook,
        skipped=state.skipped,
    )


def _read(path: Path | None, skip_invalid: bool, key: str | None) -> _State:
    from coprod_review.validate import valid_base

    base = valid_base.load(path, skip_invalid=skip_invalid)
    state = _State(
        name=base.name,
        framework=base.framework,
        studies=base.studies,
        uses_bundled_codebook=base.uses_bundled_codebook,
        skipped=base.skipped,
    )
    # A file that changed while it was read would be kept under its earlier content.
    if key and key == _key(path or bundled.DATA, skip_invalid):
        _keep(state, key)
    return state


# --- the fingerprint of a state ---------------------------------------------------


def _key(path: Path, skip_invalid: bool) -> str | None:
    """Return the fingerprint of a state: of the program, the choice, and the names and content of files.

    The names are those that reading would give the base and its files from the working directory. ``None`` where the
    files cannot be read.
    """
    names = [display_path(place) for place in (path, path / "file", path / "studies" / "file")]
    digest = sha256(repr((__version__, sys.version, skip_invalid, names)).encode("ascii", "backslashreplace"))
    try:
        for part in (*_program(), *_files(path)):
            digest.update(part)
    except OSError:
        return None
    return digest.hexdigest()


def _program() -> Iterator[bytes]:
    """Yield the state of the program's own files: a changed model must not read what another one kept."""
    for file in sorted(Path(coprod_review.__file__).parent.rglob("*.py")):
        state = file.stat()
        yield os.fsencode(f"{file.name} {state.st_size} {state.st_mtime_ns}")


def _files(path: Path) -> Iterator[bytes]:
    """Yield name and content of every file that a base is read from, and of the bundled codebook, which it may use."""
    parts, single, many = base_files(path) if path.is_dir() else ([], path, [])
    for file in (*parts, single, *many, bundled.DATA / "codebook.yaml"):
        try:
            content, problem = read_file(file, DATA), ""
        except UnreadableFile as error:  # something that is not a file, such as a broken link, belongs to the state too
            content, problem = b"", error.problem
        yield os.fsencode(f"{file.name} {os.path.lexists(file)} {problem} {len(content)} ")
        yield content


# --- the private folder -----------------------------------------------------------


@contextmanager
def _folder(*, create: bool = False) -> Iterator[int]:
    """Open the private folder of the user, in which every file is then named by itself.

    Raises ``OSError`` if it does not exist, belongs to someone else, lets others in, or is a link.
    """
    if os.open not in os.supports_dir_fd:  # on Windows, where no folder can be kept open
        raise FileNotFoundError("there is no private folder")
    path = _cache_home() / "coprod-review"
    if create:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        state = os.fstat(descriptor)
        if state.st_uid != os.geteuid() or state.st_mode & _OTHERS_MAY_ENTER:
            raise PermissionError("the folder is not private")
        yield descriptor
    finally:
        os.close(descriptor)


def _cache_home() -> Path:
    """Return the user's folder of caches.

    A relative path would lead to a file that a cloned repository brings along, and is ignored as the XDG Base Directory
    Specification demands. Raises ``FileNotFoundError`` for a user without a home.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        home = named if named.is_absolute() else Path.home() / ".cache"
    except RuntimeError as error:
        raise FileNotFoundError("the user has no home") from error
    if not home.is_absolute():
        raise FileNotFoundError("the user's home is relative")
    return home


# --- one file ---------------------------------------------------------------------


def _cached(key: str) -> _State | None:
    """Return a state from the cache, or ``None`` where it is not there or cannot be trusted."""
    name = f"{key}{_SUFFIX}"
    try:
        with _folder() as folder:
            digest, _, content = _content(folder, name).partition(b"\n")
            if digest != _digest(key, content):
                return None
            with paused_collector():
                state = dataclass_json.loads(_State, content)
            os.utime(name, dir_fd=folder, follow_symlinks=False)  # what was used last is removed last
            return state
    except (OSError, ValueError, RecursionError):
        return None


def _content(folder: int, name: str) -> bytes:
    with open_regular(name, flags=os.O_NOFOLLOW, dir_fd=folder) as opened:
        if opened.state.st_uid != os.geteuid() or opened.state.st_mode & _OTHERS_MAY_WRITE:
            raise PermissionError("the file is not the user's own")
        return opened.content(LARGEST_STATE)


def _digest(key: str, content: bytes) -> bytes:
    """Return what proves that a file is whole, and that it is the state that its name says."""
    digest = sha256(key.encode("ascii"))
    digest.update(content)
    return digest.hexdigest().encode("ascii")


def _keep(state: _State, key: str) -> None:
    """Write a state whole or not at all, and remove what is no longer needed."""
    try:
        content = dataclass_json.dumps(state)
        with _folder(create=True) as folder:
            if len(content) < LARGEST_STATE:
                _write(folder, f"{key}{_SUFFIX}", _digest(key, content) + b"\n" + content)
            _remove_old(folder)
    except (OSError, ValueError, RecursionError):
        return  # nobody asked for it: the command has its base


def _write(folder: int, name: str, content: bytes) -> None:
    temporary = f"{os.urandom(16).hex()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(temporary, flags, 0o600, dir_fd=folder), "wb") as file:
            file.write(content)
        os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:  # an interruption by the user too
        with suppress(OSError):
            os.unlink(temporary, dir_fd=folder)
        raise


def _remove_old(folder: int) -> None:
    """Remove the states that were not used for longest, and what interrupted commands left behind."""
    times = {name: _used(folder, name) for name in os.listdir(folder)}
    states = sorted((name for name in times if name.endswith(_SUFFIX)), key=lambda name: -times[name])
    rest = times.keys() - set(states)
    abandoned = [name for name in rest if time.time() - times[name] > ABANDONED_AFTER]
    for name in (*states[MOST_STATES:], *abandoned):
        with suppress(OSError):  # another command may have removed it, or it is a folder
            os.unlink(name, dir_fd=folder)


def _used(folder: int, name: str) -> float:
    """Return when a file was last used; one that is gone meanwhile was used now."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime
    except FileNotFoundError:
        return time.time()
