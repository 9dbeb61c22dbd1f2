"""Every kind of document, by the suffix of its files."""

from collections.abc import Mapping

from coprod_review.documents import docx, html, pdf
from coprod_review.documents.document_format import DocumentFormat

FORMATS: Mapping[str, DocumentFormat] = {format.suffix: format for format in (html.FORMAT, docx.FORMAT, pdf.FORMAT)}
"""Every kind in the order in which help lists them. Programs of other makers are imported when a file is written."""
