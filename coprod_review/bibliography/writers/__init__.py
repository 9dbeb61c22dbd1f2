"""Formats that bibliographies are written in: every writer by the name that ``export --format`` takes.

A writer is a module with ``write(studies) -> str``.
"""

from collections.abc import Callable, Iterable, Mapping

from coprod_review.bibliography.writers import bibtex, csl_json
from coprod_review.model.study import Study

WRITERS: Mapping[str, Callable[[Iterable[Study]], str]] = {"bibtex": bibtex.write, "csl-json": csl_json.write}

SUFFIXES: Mapping[str, str] = {".bib": "bibtex", ".json": "csl-json"}
"""Formats by the suffixes of their files."""
