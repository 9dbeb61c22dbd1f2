"""The files of a base as they were at a git revision."""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from coprod_review.errors import CoprodReviewError
from coprod_review.loading.files import PART_NAMES, base_folder
from coprod_review.source.yaml_text import YamlText

_STUDY_FILE = re.compile(r"studies/[^/]+\.yaml")
_BASE_FILES = frozenset(f"{stem}.yaml" for stem in (*PART_NAMES, "studies"))


class UnknownRevision(CoprodReviewError):
    """There is no git, no repository around the files, or no such revision in it."""


def texts_at(revision: str, texts: Iterable[YamlText]) -> list[YamlText]:
    """Return the texts at a revision, under the names they have now, and studies that have been deleted since.

    Raises ``UnknownRevision`` where git cannot tell.
    """
    paths = [Path(text.name) for text in texts]
    old_texts: list[YamlText] = []
    for folder in dict.fromkeys(map(base_folder, paths)):
        commit = _commit(revision, folder)
        names = {path.relative_to(folder).as_posix() for path in paths if base_folder(path) == folder}
        # The deletion of a study can be the cause of a problem, such as a link to it.
        blobs = {name: blob for name, blob in _list_files(commit, folder) if name in names or _is_study_file(name)}
        old_texts += _read_blobs(folder, blobs)
    return old_texts


def base_texts_at(revision: str, place: Path) -> list[YamlText]:
    """Return the texts that a base, in a folder or one file, had at a revision; none where it did not exist.

    Raises ``UnknownRevision`` where git cannot tell.
    """
    # git knows a file by its own name, whatever link leads to it.
    folder, file = (place, None) if place.is_dir() else (place.resolve().parent, place.resolve().name)
    files = _list_files(_commit(revision, folder), folder)
    blobs = {name: blob for name, blob in files if (name == file if file else _is_base_file(name))}
    return list(_read_blobs(folder, blobs))


def _is_base_file(name: str) -> bool:
    """Whether a file in the folder of a base is a part, the studies file, or a file for one study."""
    return name in _BASE_FILES or _is_study_file(name)


def _is_study_file(name: str) -> bool:
    return _STUDY_FILE.fullmatch(name) is not None


def _commit(revision: str, folder: Path) -> str:
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode:
        raise UnknownRevision(
            f"git does not know the revision `{revision[:80]}` in {folder}: {_reason(folder, done.stderr)}"
        )
    return done.stdout.decode().strip()


def _reason(folder: Path, stderr: bytes) -> str:
    """Return why git does not know a revision, and what to do."""
    if b"not a git repository" in stderr:
        return "this is not a git repository. Work in a clone; --since also takes a folder with the earlier base."
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    if lines:
        return f"{lines[-1].removeprefix('fatal: ')}. Name a revision, such as main."
    if _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return "this clone is shallow, so it has no earlier commits. Fetch them first: git fetch --unshallow."
    return "there is no such commit, branch or tag. Name a revision, such as main."


def _list_files(commit: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name of every file of a commit in or below a folder, with the id of its content."""
    done = _git(folder, "ls-tree", "-r", "-z", commit, "./")
    for line in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
        fields, _, name = line.partition("\t")
        if name:
            yield name, fields.rpartition(" ")[2]


def _read_blobs(folder: Path, blobs: Mapping[str, str]) -> Iterator[YamlText]:
    # Files are requested by id, because a name can contain a line break, and git would look up each name again.
    request = "".join(f"{blob}\n" for blob in blobs.values())
    answer = _git(folder, "cat-file", "--batch", stdin=request.encode("ascii")).stdout
    position = 0
    for name in blobs:
        start = answer.index(b"\n", position) + 1
        header = answer[position : start - 1]
        if header.endswith(b" missing"):
            position = start
            continue
        size = int(header.rpartition(b" ")[2])
        yield YamlText.from_bytes(answer[start : start + size], (folder / name).as_posix())
        position = start + size + 1


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=stdin, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError:
        raise UnknownRevision("An earlier revision needs git, which is not installed: install git.") from None
