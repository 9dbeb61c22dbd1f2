"""Formats of documents: every writer by the suffix of its files.

A writer is a module with ``write(document) -> bytes``. It is imported when it is needed, because its dependencies are
slow to import or may not be installed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from coprod_review.documents.document_model import Document


def _html(document: Document, _: Path | None) -> bytes:
    from coprod_review.documents import html

    return html.write(document)


def _docx(document: Document, reference_doc: Path | None) -> bytes:
    from coprod_review.documents import docx

    return docx.write(document, reference_doc)


def _pdf(document: Document, _: Path | None) -> bytes:
    from coprod_review.documents import pdf

    return pdf.write(document)


WRITERS: Mapping[str, Callable[[Document, Path | None], bytes]] = {".html": _html, ".docx": _docx, ".pdf": _pdf}
"""Functions that return the bytes of a file; the path is that of a reference document for Word."""
