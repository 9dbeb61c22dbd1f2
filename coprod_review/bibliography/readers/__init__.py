"""Formats that bibliographies are read from: every reader, and the choice of one by the suffix of a file."""

from collections.abc import Mapping
from pathlib import Path

from coprod_review.bibliography.readers import bibtex
from coprod_review.bibliography.readers.reader import Reader
from coprod_review.bibliography.reference import Bibliography
from coprod_review.errors import UnreadableFile
from coprod_review.files import reading

READERS: Mapping[str, Reader] = {reader.label: reader for reader in (bibtex.READER,)}
"""Every reader by its label, in the order in which help lists them."""


def read(path: Path) -> Bibliography:
    """Read every record of a bibliography.

    Raises ``UnreadableFile`` where the path is missing, is no file, cannot be
    opened, is no known format, is too large or is not UTF-8.
    """
    reader = next((reader for reader in READERS.values() if path.suffix.lower() in reader.suffixes), None)
    if reader is None:
        suffixes = " or ".join(suffix for reader in READERS.values() for suffix in reader.suffixes)
        raise UnreadableFile(f"{path} is not a bibliography that can be read: name a file that ends in {suffixes}.")
    content = reading.read(path, reading.BIBLIOGRAPHY)
    try:
        return reader.read(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(f"{path} is not UTF-8 on line {line}: save it as UTF-8.") from None
