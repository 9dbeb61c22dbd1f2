"""A bibliography that cannot be read is one sentence."""

from pathlib import Path

import pytest

from coprod_review.bibliography import readers
from coprod_review.errors import UnreadableFile
from coprod_review.files import reading

RECORD = "@article{a, title = {One}}\n"


def test_byte_order_mark_does_not_hide_first_record(tmp_path: Path) -> None:
    (tmp_path / "x.BIB").write_text("@article\n{b}\n" + RECORD, encoding="utf-8-sig")
    result = readers.read(tmp_path / "x.BIB")
    assert ([r.key for r in result.references], [r.line for r in result.rejected]) == (["a"], [1])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)), "is not UTF-8 on line 2"),
        ("\ntítulo".encode("latin-1"), "is not UTF-8 on line 2: save it as UTF-8."),
        (RECORD.encode("utf-16"), "is not UTF-8 on line 1"),
        (
            b"x" * (reading.BIBLIOGRAPHY.at_most + 1),
            "is larger than 20 MiB, the limit for a bibliography: split it",
        ),
    ],
)
def test_content_that_is_no_bibliography(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.bib").write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        readers.read(tmp_path / "x.bib")


def test_a_path_that_is_no_bibliography(tmp_path: Path) -> None:
    (tmp_path / "folder.bib").mkdir()
    (tmp_path / "loop.bib").symlink_to("loop.bib")
    for name, words in {
        "absent.bib": "There is no file",
        "folder.bib": "is a folder, not a file: a bibliography is needed here.",
        "x.ris": "ends in .bib",
        "loop.bib": "cannot be read",
        "x" * 300 + ".bib": "cannot be read",
    }.items():
        with pytest.raises(UnreadableFile, match=words):
            readers.read(tmp_path / name)


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.bib").write_text(RECORD, encoding="utf-8")
    # The superuser may read everything, so the refusal is acted.
    monkeypatch.setattr(reading, "open_regular", _refuse)
    with pytest.raises(UnreadableFile, match=r"cannot be read \(permission denied\)"):
        readers.read(tmp_path / "x.bib")


def _refuse(path: Path) -> bytes:
    raise PermissionError(13, "Permission denied", str(path))
