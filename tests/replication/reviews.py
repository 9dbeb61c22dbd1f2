"""A small review and small studies for the tests of replications."""

from typing import Any

from coprod_review.model.citation import Citation
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim, Example, Influence, Review, Testimony
from coprod_review.model.study import Finding, ReportedIn, Study
from tests.conftest import finding, study

REVIEW = "scie-review-2022"


def review(**changes: Any) -> Review:
    """A review with three claims, two barriers that one of them carries, two statements and one example."""
    plain: dict[str, Any] = {
        "id": REVIEW,
        "citation": Citation(type="report", title="A review", issued=2022),
        "method": "Made up.",
        "claims": (
            claim("c01", {"author1-2020": "supported", "author2-2020": "partly"}),
            claim("c02", {"author2-2020": "supported"}, Quantity(label="Studies", n=24, N=122, percent=20)),
            claim("c03", {"author3-2020": "contradicted"}),
        ),
        "testimony": (
            Testimony(id="t01", section="3.2", statement="A."),
            Testimony(id="t02", section="3.4", statement="B."),
        ),
        "enablers": (),
        "barriers": tuple(
            Influence(id=f"ba{n}", section="4", statement="A.", cites=(f"author{n}-2020",), claim="c01") for n in (1, 2)
        ),
        "examples": (Example(id="ex1", section="3.6", statement="A."),),
        "recommendations": (),
        "errata": (),
        "topics": ("Benefits", "Drawbacks"),
    }
    return Review(**{**plain, **changes})


def claim(identity: str, corroboration: dict[str, str], *figures: Quantity) -> Claim:
    """A claim with the judgement on each work that it cites."""
    return Claim(
        id=identity,
        section="3",
        stakeholder="none",
        claim="A claim.",
        cites=tuple(corroboration),
        corroboration=corroboration,
        figures=figures,
    )


def reported(number: int, *outcomes: str, section: str = "3.1", **changes: Any) -> Study:
    """A study with findings that the review reports, one for each outcome."""
    return study(
        number, findings=tuple(_in_review(number, n, o, section) for n, o in enumerate(outcomes, 1)), **changes
    )


def _in_review(number: int, index: int, outcome: str, section: str) -> Finding:
    place = ReportedIn(source=REVIEW, section=section)
    return finding(f"author{number}-2020", index, outcome=outcome, reported_in=(place,))
