"""Bibliographic formats in: every reader by the suffix of its files.

A reader is a module with ``read(text) -> Bibliography`` that loses no record:
each one becomes a reference or is rejected with its line and the reason.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from coprod_review.bibliography.readers import bibtex
from coprod_review.bibliography.reference import Bibliography
from coprod_review.errors import UnreadableFile
from coprod_review.files import reading

READERS: Mapping[str, Callable[[str], Bibliography]] = {".bib": bibtex.read}


def read(path: Path) -> Bibliography:
    """Read every record of a bibliography.

    Raises ``UnreadableFile`` where the path is missing, is no file, cannot be
    opened, is no known format, is too large or is not UTF-8.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"{path} is not a bibliography that can be read: name a file that ends in {_suffixes()}.")
    content = reading.read(path, reading.BIBLIOGRAPHY)
    try:
        return reader(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(f"{path} is not UTF-8 on line {line}: save it as UTF-8.") from None


def _suffixes() -> str:
    return " or ".join(READERS)
