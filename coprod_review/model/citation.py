"""The bibliographic record of a work, with the fields of CSL-JSON."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from coprod_review.model.record import Coded, Record, Year

_UPPER_CASE_KEYS = frozenset({"doi", "url", "pmid", "pmcid", "isbn"})


def _csl_name(attribute: str) -> str:
    """Return the CSL-JSON key of an attribute: ``container-title`` for ``container_title``."""
    return attribute.upper() if attribute in _UPPER_CASE_KEYS else attribute.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Record):
    """One author: a person (family, given) or an organisation (literal)."""

    family: str | None = None
    """Family name of a person, as published."""
    given: str | None = None
    """Given names or initials of a person."""
    literal: str | None = None
    """Name of an organisation that is the author, instead of a family and a given name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Record):
    """The bibliographic record, with the fields of CSL-JSON."""

    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "alias_generator": _csl_name,
    }

    type: Annotated[str, Coded("citation_types")]
    """CSL type of the work, for example article-journal, report or webpage."""
    title: str
    """Title as published, in sentence case, without a final full stop."""
    author: tuple[Name, ...] = ()
    """Authors in published order."""
    issued: Year | None = None
    """Year of the issue or report; null if the work has no date."""
    container_title: str | None = None
    """Journal, book, series or website in which the work appeared."""
    collection_title: str | None = None
    """Series in which a report appeared."""
    volume: str | None = None
    """Volume, as text in quotation marks."""
    issue: str | None = None
    """Issue, as text in quotation marks."""
    number: str | None = None
    """Article or report number, as text in quotation marks."""
    page: str | None = None
    """Pages, as text: "36-46"."""
    publisher: str | None = None
    """Publisher of a report, page or book."""
    publisher_place: str | None = None
    """Place of publication."""
    doi: str | None = None
    """DOI without the https://doi.org/ prefix."""
    pmid: str | None = None
    """PubMed number, as text in quotation marks."""
    pmcid: str | None = None
    """PubMed Central number, which begins with PMC."""
    isbn: str | None = None
    """ISBN of a report or book."""
    url: str | None = None
    """Address of the work at its publisher, and not at a mirror, a blog or a newspaper."""
