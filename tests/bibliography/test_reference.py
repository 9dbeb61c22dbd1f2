"""When two records are the same work, and which id a work gets."""

import pytest

from coprod_review.bibliography.reference import (
    Bibliography,
    Reference,
    RejectedRecord,
    bare_doi,
    expected_id,
    normal_title,
)
from coprod_review.model.citation import Citation, Name


@pytest.mark.parametrize(
    "written", ["10.1/x", " https://doi.org/10.1/x", "http://dx.doi.org/10.1/x", "doi:10.1/x", "DOI: 10.1/x "]
)
def test_a_doi_is_the_same_however_it_is_written(written: str) -> None:
    assert bare_doi(written) == "10.1/x"


def test_titles_are_compared_by_letters_and_digits_alone() -> None:
    assert normal_title("  Co-Production: “Größe” & Élan (2)") == "coproductiongrosseelan2"


@pytest.mark.parametrize(
    ("author", "year", "id"),
    [
        (Name(family="O'Cathain"), 2022, "ocathain-2022"),
        (Name(family="Mc Laughlin"), 2022, "mc-laughlin-2022"),
        (Name(family="Strøm-Ærø"), None, "strom-aero-nd"),
        (Name(literal="NHS England"), 2020, "nhs-england-2020"),
        (Name(family="王"), 2020, "unknown-2020"),
        (Name(family="ᴬb"), 2020, "ab-2020"),
        (None, None, "unknown-nd"),
    ],
)
def test_ids_follow_from_the_first_author_and_the_year(author: Name | None, year: int | None, id: str) -> None:
    authors = (author,) if author else ()
    assert expected_id(Citation(type="report", title="T", author=authors, issued=year)) == id


def test_a_bibliography_counts_every_record() -> None:
    one = Reference("a", 1, Citation(type="report", title="T"))
    assert len(Bibliography((one,), (RejectedRecord("b", 2, "why"), RejectedRecord("c", 3, "why")))) == 3
