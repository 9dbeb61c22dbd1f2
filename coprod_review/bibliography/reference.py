"""What a bibliography says about one work, before anybody has read it; and when two records are the same work."""

import re
import unicodedata
from dataclasses import dataclass

from coprod_review.model.citation import Citation, Name


@dataclass(frozen=True, slots=True)
class Concern:
    """Something in a record that a person must look at."""

    field: str
    """Field that it is about: a key of the citation, or ``status``."""
    remark: str
    """What was found and what to do, in own words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of a bibliography that names a work."""

    key: str
    """Key of the record; empty where it has none."""
    line: int
    """Line on which the record begins, counted from 1."""
    citation: Citation
    concerns: tuple[Concern, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRecord:
    """One record that could not be read as a work, and why."""

    key: str
    line: int
    """Line on which the record begins, counted from 1."""
    reason: str
    """What was found and what to do, in own words."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Every record of a file: those that name a work and those that could not be read, in their order."""

    references: tuple[Reference, ...]
    rejected: tuple[RejectedRecord, ...] = ()

    def __len__(self) -> int:
        """How many records the file has."""
        return len(self.references) + len(self.rejected)


def bare_doi(text: str) -> str:
    """A DOI without the address or the word before it."""
    return re.sub(r"(?i)^(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:?)\s*", "", text.strip())


def normal_title(title: str) -> str:
    """A title as letters and digits alone, so that case, accents and punctuation make no difference."""
    letters = unicodedata.normalize("NFKD", title).casefold()
    return "".join(sign for sign in letters if sign.isalnum())


NOT_READ = "Not read yet."
"""The reason that a draft gives for its role, until somebody has read the work."""

_LONGEST_BODY = 60


def expected_id(citation: Citation) -> str:
    """The id that a citation asks for: the first author's family name and the year, ``nd`` without one."""
    first = citation.author[0] if citation.author else Name()
    name = plain_name(first.family or first.literal or "unknown")
    if first.family is None and len(name) > _LONGEST_BODY:  # any short form of a body's name will do
        name = name[:_LONGEST_BODY].rpartition("-")[0] or name[:_LONGEST_BODY]
    return f"{name}-{citation.issued or 'nd'}"


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ß": "ss", "ł": "l", "đ": "d", "þ": "th"})


def plain_name(name: str) -> str:
    """A name in the small letters, digits and hyphens of an id."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    kept = "".join(sign for sign in letters if sign.isalnum() or sign in " -")
    # A few signs become capitals only when they are taken apart.
    return re.sub(r"[ -]+", "-", kept.encode("ascii", "ignore").decode().lower()).strip("-") or "unknown"
