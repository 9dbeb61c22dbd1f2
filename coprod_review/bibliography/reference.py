"""References: what a bibliography says about one work before anybody has read it, and how to compare two of them."""

import re
import unicodedata
from dataclasses import dataclass

from coprod_review.model.citation import Citation, Name

NOT_READ = "Not read yet."
"""The reason that a draft gives for its role, until somebody has read the work."""
_LONGEST_NAME = 60
_REPLACED_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "ł": "l", "đ": "d", "þ": "th"})
"""Letters that have no decomposition in Unicode, with the usual replacements in ids."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Something in a record that a person must look at."""

    field: str
    """Field that it is about: a key of the citation, or ``status``."""
    remark: str
    """What was found and what to do, in a sentence."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of a bibliography that names a work."""

    key: str
    """Key of the record, or empty."""
    line: int
    """Line on which the record begins; the first line is 1."""
    citation: Citation
    concerns: tuple[Concern, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """One record that could not be read as a work, and why."""

    key: str
    line: int
    """Line on which the record begins; the first line is 1."""
    reason: str
    """What was found and what to do, in a sentence."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Every record of a file: those that name a work, and those that could not be read, in order."""

    references: tuple[Reference, ...]
    rejected: tuple[RejectedRecord, ...] = ()

    def __len__(self) -> int:
        """Return how many records the file has."""
        return len(self.references) + len(self.rejected)


def bare_doi(text: str) -> str:
    """Return a DOI without a web address or the word ``doi`` before it."""
    return re.sub(r"(?i)^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:?)\s*", "", text.strip())


def normal_title(title: str) -> str:
    """Return the letters and digits of a title, for a comparison without case, accents and punctuation."""
    characters = unicodedata.normalize("NFKD", title).casefold()
    return "".join(c for c in characters if c.isalnum())


def expected_id(citation: Citation) -> str:
    """Return the id of a citation by convention: the first author's family name and the year, or ``nd``."""
    first = citation.author[0] if citation.author else Name()
    name = plain_name(first.family or first.literal or "unknown")
    if first.family is None and len(name) > _LONGEST_NAME:  # any short form of an organisation's name is allowed
        name = name[:_LONGEST_NAME].rpartition("-")[0] or name[:_LONGEST_NAME]
    return f"{name}-{citation.issued or 'nd'}"


def plain_name(name: str) -> str:
    """Return a name in the lower-case letters, digits and hyphens of an id."""
    characters = unicodedata.normalize("NFKD", name.casefold().translate(_REPLACED_LETTERS))
    allowed = "".join(c for c in characters if c.isalnum() or c in " -")
    # A few characters become capitals only when they are decomposed, hence the second change of case.
    return re.sub(r"[ -]+", "-", allowed.encode("ascii", "ignore").decode().lower()).strip("-") or "unknown"
