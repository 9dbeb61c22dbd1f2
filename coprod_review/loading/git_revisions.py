"""The files of a base as they were at a git revision."""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from coprod_review.errors import CoprodReviewError
from coprod_review.loading.files import PART_NAMES
from coprod_review.source.yaml_text import YamlText


class UnknownRevision(CoprodReviewError):
    """There is no git, no repository around the files, or no such revision in it."""


def texts_at(revision: str, texts: Iterable[YamlText]) -> list[YamlText]:
    """The texts at a revision, under the names they have now, deleted files of studies included.

    Raises ``UnknownRevision`` where git cannot tell.
    """
    names = [Path(text.name) for text in texts]
    found: list[YamlText] = []
    for home in dict.fromkeys(map(base_folder, names)):
        commit = _commit(revision, home)
        now = {path.relative_to(home).as_posix() for path in names if base_folder(path) == home}
        # A file that was deleted since may be the reason of what is wrong now.
        then = {name: blob for name, blob in _listed(commit, home) if name in now or _is_of_studies(name)}
        found += _contents(home, then)
    return found


def base_texts_at(revision: str, place: Path) -> list[YamlText]:
    """The texts that a base, in a folder or one file, was read from at a revision; none where it was not there.

    Raises ``UnknownRevision`` where git cannot tell.
    """
    # git holds a file under its own name, wherever a link to it stands.
    folder, file = (place, None) if place.is_dir() else (place.resolve().parent, place.resolve().name)

    def wanted(name: str) -> bool:
        return name == file if file else _is_of_base(name)

    there = _listed(_commit(revision, folder), folder)
    return list(_contents(folder, {name: blob for name, blob in there if wanted(name)}))


def _is_of_base(name: str) -> bool:
    """Whether a file of a base's folder is read: one of its parts, its studies file, or a file for one study."""
    return name in {f"{stem}.yaml" for stem in (*PART_NAMES, "studies")} or _is_of_studies(name)


def base_folder(path: Path) -> Path:
    """The folder of the base that a file lies in."""
    return path.parent.parent if path.parent.name == "studies" else path.parent


def _is_of_studies(name: str) -> bool:
    return re.fullmatch(r"studies/[^/]+\.yaml", name) is not None


def _commit(revision: str, folder: Path) -> str:
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode:
        raise UnknownRevision(f"git knows no `{revision[:80]}` for {folder}: {_reason(folder, done.stderr)}")
    return done.stdout.decode().strip()


def _reason(folder: Path, said: bytes) -> str:
    """Why git does not know a revision, and what to do."""
    if b"not a git repository" in said:
        return "this is not a git repository. Work in a clone; --since also takes a folder that holds the earlier base."
    lines = said.decode("utf-8", "replace").strip().splitlines()
    if lines:
        return f"{lines[-1].removeprefix('fatal: ')}. Name a revision, such as main."
    if _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        return "this clone is shallow and holds no earlier commits. Fetch them first: git fetch --unshallow."
    return "there is no such commit, branch or tag. Name a revision, such as main."


def _listed(commit: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of a commit in a folder and below, with the id of its content."""
    done = _git(folder, "ls-tree", "-r", "-z", commit, "./")
    for line in done.stdout.decode("utf-8", "surrogateescape").split("\0"):
        about, _, name = line.partition("\t")
        if name:
            yield name, about.rpartition(" ")[2]


def _contents(folder: Path, blobs: Mapping[str, str]) -> Iterator[YamlText]:
    # Asked by id and not by name: a name may hold a line break, and git looks a name up anew each time.
    asked = "".join(f"{blob}\n" for blob in blobs.values())
    answer = _git(folder, "cat-file", "--batch", given=asked.encode("ascii")).stdout
    at = 0
    for name in blobs:
        start = answer.index(b"\n", at) + 1
        head = answer[at : start - 1]
        if head.endswith(b" missing"):
            at = start
            continue
        size = int(head.rpartition(b" ")[2])
        yield YamlText.from_bytes(answer[start : start + size], (folder / name).as_posix())
        at = start + size + 1


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError:
        raise UnknownRevision("git is not installed here, and an earlier revision needs it: install git.") from None
