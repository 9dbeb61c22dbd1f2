"""What a kind of document is: the suffix of its files, and the function that writes one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coprod_review.documents.document_model import Document


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """One kind of document, as its module declares it."""

    suffix: str
    """Suffix of output files that chooses it."""
    write: Callable[[Document, Path | None], bytes]
    """Returns the bytes of a file; the path is that of a reference document for Word."""
