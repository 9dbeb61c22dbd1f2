"""Formats that bibliographies are written in: every writer by the name that ``export --format`` takes."""

from collections.abc import Mapping

from coprod_review.bibliography.writers import bibtex, csl_json
from coprod_review.bibliography.writers.writer import Writer

WRITERS: Mapping[str, Writer] = {writer.name: writer for writer in (bibtex.WRITER, csl_json.WRITER)}
