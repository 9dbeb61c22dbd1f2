"""Every path that a command takes: what is not a regular file is named in a sentence, and never waited for."""

import io
import os
import socket
import stat
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled
from coprod_review.documents import docx
from coprod_review.errors import UnreadableFile
from coprod_review.files import reading
from coprod_review.files.reading import FileKind, read
from coprod_review.validate import fixing
from tests.conftest import base_of, entry
from tests.documents.sample import sample

pytestmark = pytest.mark.usefixtures("impatient")
SMALL = FileKind("a note", 10, "write less")


# --- what a path may lead to ----------------------------------------------------------


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    home = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(home)


def _folder(path: Path) -> None:
    path.mkdir()


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _huge(path: Path) -> None:
    path.touch()
    os.truncate(path, reading.DATA.at_most + 1)  # without blocks on the disk


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _lost(path: Path) -> None:
    path.symlink_to("nowhere")


MADE: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (_pipe, "is a pipe, not a file"),
    "socket": (_socket, "is a socket, not a file"),
    "folder": (_folder, "is a folder, not a file"),
    "endless": (_endless, "is a device, not a file"),
    "huge": (_huge, "is larger than"),
    "loop": (_loop, "cannot be read (too many levels of symbolic links)"),
    "lost": (_lost, "is a link to a file that does not exist"),
}


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.parametrize("name", MADE)
def test_message_names_what_is_not_a_file(name: str, tmp_path: Path) -> None:
    make, words = MADE[name]
    make(tmp_path / "x")
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "x", SMALL, "mine")
    assert words in caught.value.problem
    assert str(caught.value) == f"mine {caught.value.problem}: {caught.value.advice}."


def test_size_limit_is_exact(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"0123456789")
    assert read(tmp_path / "x", SMALL) == b"0123456789"
    (tmp_path / "x").write_bytes(b"0123456789.")
    with pytest.raises(UnreadableFile, match=r"is larger than .*, the limit for a note: write less\.$"):
        read(tmp_path / "x", SMALL)


def test_growing_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says that files of ``/proc`` are empty, and some of them never end."""
    (tmp_path / "x").write_bytes(bytes(2**20))

    class Read(io.BufferedReader):
        def read(self, size: int | None = -1) -> bytes:
            assert size == 1, "no more is read than the system promised, and one byte to see that it was wrong"
            return super().read(size)

    def opened(descriptor: int, *_: object, **__: object) -> Read:
        return Read(io.FileIO(descriptor, closefd=False))

    def earlier(descriptor: int) -> os.stat_result:
        return os.stat_result((stat.S_IFREG | 0o600, *[0] * 9))

    monkeypatch.setattr(os, "fstat", earlier)
    monkeypatch.setattr(os, "fdopen", opened)
    with pytest.raises(UnreadableFile, match="it grows while it is read"):
        read(tmp_path / "x", SMALL)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_impossible_file_name_is_reported(name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"There is no file|cannot be read \(file name too long\)"):
        read(Path(name), SMALL)


def test_every_descriptor_is_closed(tmp_path: Path) -> None:
    """A folder of ten thousand pipes would use all of them up."""
    _pipe(tmp_path / "pipe")
    _folder(tmp_path / "folder")
    (tmp_path / "file").write_bytes(b"x")
    before = len(list(Path("/dev/fd").iterdir()))
    for name in ("pipe", "folder"):
        with pytest.raises(UnreadableFile):
            read(tmp_path / name, SMALL)
    read(tmp_path / "file", SMALL)
    assert len(list(Path("/dev/fd").iterdir())) == before


# --- every option ---------------------------------------------------------------------

Option = Callable[[Path], tuple[tuple[object, ...], Path]]
"""A command that takes the path of a file, and that path."""


def _alone(*command: object, suffix: str) -> Option:
    def made(folder: Path) -> tuple[tuple[object, ...], Path]:
        path = folder / f"x{suffix}"
        return tuple(path if part == "PATH" else part for part in command), path

    return made


def _within(*command: object, name: str) -> Option:
    """The path lies in a folder that the command takes, beside a sound studies file."""

    def made(folder: Path) -> tuple[tuple[object, ...], Path]:
        home = folder / "home"
        base_of(home, studies__kay="studies:\n" + entry())
        return tuple(home if part == "HOME" else part for part in command), home / name

    return made


OPTIONS: dict[str, Option] = {
    "gaps --base FILE": _alone("gaps", "--base", "PATH", suffix=".yaml"),
    "export --base FILE": _alone("export", "--format", "bibtex", "--base", "PATH", suffix=".yaml"),
    "validate PATH": _alone("validate", "PATH", suffix=".yaml"),
    "validate --fix PATH": _alone("validate", "--fix", "PATH", suffix=".yaml"),
    "validate --base FILE": _alone("validate", "--base", "PATH", suffix=".yaml"),
    "gaps --base FOLDER, a study": _within("gaps", "--base", "HOME", name="studies/x.yaml"),
    "gaps --base FOLDER, its codebook": _within("gaps", "--base", "HOME", name="codebook.yaml"),
    "schema --base FOLDER, its codebook": _within("schema", "--base", "HOME", name="codebook.yaml"),
    "validate FOLDER, a study": _within("validate", "HOME", name="studies/x.yaml"),
    "gaps --since FOLDER, a study": _within("gaps", "--since", "HOME", name="studies/x.yaml"),
    "brief --since FOLDER, a study": _within("brief", "whats-new", "--since", "HOME", name="studies/x.yaml"),
    "brief --templates FOLDER": _within("brief", "own", "--templates", "HOME", name="own.md.j2"),
    "brief --list --templates FOLDER": _within("brief", "--list", "--templates", "HOME", name="own.md.j2"),
    "brief --show-template": _within("brief", "own", "--show-template", "--templates", "HOME", name="own.md.j2"),
    "brief --csl FILE": _alone("brief", "--csl", "PATH", suffix=".csl"),
    "brief --reference-doc FILE": _alone("brief", "-o", "/dev/null.docx", "--reference-doc", "PATH", suffix=".docx"),
    "brief --check FILE": _alone("brief", "--check", "PATH", suffix=".md"),
    "brief --check PAGE": _alone("brief", "--check", "PATH", suffix=".html"),
    "new --from FILE": _alone("new", "--from", "PATH", suffix=".bib"),
}
# Elsewhere a folder is a base, and a link may not lead out of the folder of the templates.
_OTHER_WORDS = {
    ("gaps --base FILE", "folder"): "has neither studies.yaml nor studies/*.yaml",
    ("export --base FILE", "folder"): "has neither studies.yaml nor studies/*.yaml",
    ("validate PATH", "folder"): "has neither studies.yaml nor studies/*.yaml",
    ("validate --fix PATH", "folder"): "has neither studies.yaml nor studies/*.yaml",
    ("validate --base FILE", "folder"): "has neither studies.yaml nor studies/*.yaml",
    ("brief --templates FOLDER", "endless"): "leads out of its folder",
    ("brief --list --templates FOLDER", "endless"): "leads out of its folder",
    ("brief --show-template", "endless"): "leads out of its folder",
}


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.parametrize("name", ["pipe", "socket", "folder", "endless", "huge"])
@pytest.mark.parametrize("option", OPTIONS)
def test_no_option_waits_for_what_is_not_a_file(option: str, name: str, tmp_path: Path, run: Any) -> None:
    command, path = OPTIONS[option](tmp_path)
    make, words = MADE[name]
    make(path)
    done = run(*command)
    # A base is validated as a whole, so what is wrong with one of its files is a diagnostic.
    as_diagnostic = option.startswith(("validate --base", "validate FOLDER")) and (option, name) not in _OTHER_WORDS
    assert done.code == (1 if as_diagnostic else 2)
    assert _OTHER_WORDS.get((option, name), words) in " ".join((done.out if as_diagnostic else done.err).split())
    assert done.err.count("\n") == (0 if as_diagnostic else 1)


def test_file_swapped_for_a_pipe_is_not_rewritten(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "studies.yaml"
    path.write_text("studies:\n" + entry(more="    sector: [social care]  \n"), encoding="utf-8")
    fixed = fixing.apply_fixes

    def swapped(*arguments: Any, **options: Any) -> Any:
        made = fixed(*arguments, **options)
        path.unlink()
        _pipe(path)
        return made

    monkeypatch.setattr(fixing, "apply_fixes", swapped)
    done = run("validate", "--fix", "--unsafe-fixes", path)
    assert (done.code, "changed while the program was working on it" in done.err) == (2, True)


# --- reference documents that are small, and large when they are unpacked ----------------


def _document(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"word/styles.xml": b"<x/>", "word/document.xml": b"<x/>", **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


def _stating(content: bytes, size: int) -> bytes:
    """An archive whose directory gives another size for its last part."""
    at = content.rindex(b"PK\x01\x02") + 24
    return content[:at] + size.to_bytes(4, "little") + content[at + 4 :]


def _refused(content: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def unpacked(*_: object, **__: object) -> bytes:
        raise AssertionError("Pandoc was given the archive")

    monkeypatch.setattr(docx, "_pandoc", unpacked)
    (folder / "own.docx").write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        docx.write(sample(), folder / "own.docx")
    return str(caught.value)


@pytest.mark.parametrize(
    "parts",
    [
        {"word/settings.xml": b" " * (docx.MARKUP + 1)},
        {"word/other": b" " * (docx.MARKUP + 1)},
        {"word/media/a.png": bytes(docx.UNPACKED)},
        {f"word/{number}.xml": b"" for number in range(docx.PARTS)},
    ],
    ids=["markup", "without a suffix", "picture", "many parts"],
)
def test_zip_bomb_is_refused_before_pandoc(
    parts: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _document(**parts)
    assert len(content) < 2 * reading.MIB
    assert "unpacks to more than 4 MiB of text and styles" in _refused(content, tmp_path, monkeypatch)


def test_a_document_that_states_a_huge_part_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "unpacks to more" in _refused(_stating(_document(), 2**31), tmp_path, monkeypatch)


def test_understated_part_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _stating(_document(**{"word/media/a.png": bytes(docx.UNPACKED * 2)}), 10)
    assert "is not a Word document" in _refused(bomb, tmp_path, monkeypatch)


def test_pandoc_gets_parts_of_the_stated_size(tmp_path: Path) -> None:
    zeros = bytes(docx.UNPACKED * 2)
    bomb = _stating(_document(**{"word/media/a.png": zeros}), 10)
    at = bomb.rindex(b"PK\x01\x02") + 16
    forged = bomb[:at] + zlib.crc32(zeros[:10]).to_bytes(4, "little") + bomb[at + 4 :]
    (tmp_path / "own.docx").write_bytes(forged)
    tracemalloc.start()
    given = docx._own_style(tmp_path / "own.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * reading.MIB, "the part was unpacked whole"
    with zipfile.ZipFile(BytesIO(given)) as archive:
        assert archive.read("word/media/a.png") == zeros[:10]
        assert all(part.compress_type == zipfile.ZIP_STORED for part in archive.infolist()), "a part can still grow"


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_last_of_two_equal_part_names_is_used(tmp_path: Path) -> None:
    out = BytesIO(_document())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/styles.xml", b"<last/>")
    (tmp_path / "own.docx").write_bytes(out.getvalue())
    with zipfile.ZipFile(BytesIO(docx._own_style(tmp_path / "own.docx"))) as archive:
        assert sorted(archive.namelist()) == ["word/document.xml", "word/styles.xml"]
        assert archive.read("word/styles.xml") == b"<last/>"


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_compression_is_refused(way: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = BytesIO(_document())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/settings.xml", b"<x/>", way)
    assert "is not a Word document" in _refused(out.getvalue(), tmp_path, monkeypatch)


def test_the_bundled_files_are_within_every_limit() -> None:
    limits = {".yaml": reading.DATA, ".csl": reading.CSL_STYLE, ".j2": reading.TEMPLATE}
    for folder in (bundled.DATA, bundled.TEMPLATES):
        for path in folder.rglob("*"):
            if path.suffix in limits:
                assert read(path, limits[path.suffix])
