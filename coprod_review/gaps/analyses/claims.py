"""G19: whether the works that the review cites support its claims, and which claims are second-hand or corrected.

Every claim of the review is counted and none is sampled, so there are no intervals.
Methods: docs/methods/analyses.md#claims; docs/contracts/decisions.md#claims-are-judged-work-by-work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import count
from coprod_review.gaps.study_sets import ids_of_terms
from coprod_review.model.base import Framework
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.model.study import Erratum, Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import lower_first

QUESTION = "Do the works that the review cites support its claims?"
POOL = "out of the claims that cite a work of this base"
STATUSES = {
    "supported": ("Supported claims", "every work that it cites supports it"),
    "partly": ("Partly supported claims", "the works that it cites support it only in part"),
    "not_seen": ("Claims not found in the text that was read", "nobody found it in the text that was read"),
    "contradicted": ("Mis-cited claims", "a work that it cites says otherwise, or cannot be its source"),
    "not_judged": ("Claims not compared with the cited works", "nobody has compared it with the works that it cites"),
}
"""The statuses of a claim, each with the label of its figure and the condition of the status."""


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """Numbers of some claims, of the citations in them and of the shares that they publish."""

    claims: int
    by_status: Mapping[str, int]
    """Number of claims with each status."""
    citations_not_compared: int
    """Number of citations for which nobody compared the claim with the cited work."""
    shares: int
    """Number of published shares in the claims."""
    shares_without_denominator: int


def status_of(claim: Claim) -> str:
    """Return the status of a claim, derived from the comparison with each work that it cites."""
    codes = set(claim.corroboration.values())
    if "contradicted" in codes:
        return "contradicted"
    if codes == {"supported"}:
        return "supported"
    if codes & {"supported", "partly"}:
        return "partly"
    return "not_seen" if "not_seen" in codes else "not_judged"


def is_share(quantity: Quantity) -> bool:
    """Return whether a number is a share of something, which needs a denominator."""
    is_rate = (quantity.unit or "").startswith("percent")  # such as percent a year
    return not is_rate and (quantity.percent is not None or quantity.N is not None)


def lacks_denominator(quantity: Quantity) -> bool:
    """Return whether the source gives no denominator for a share."""
    return is_share(quantity) and (quantity.denominator == "not_reported" or quantity.N is None)


def errata_of(claim: Claim, studies: Iterable[Study], framework: Framework) -> Iterator[tuple[str, Erratum]]:
    """Yield every erratum that names a claim, with its own id if the review has it, or with the id of its study."""
    for erratum in framework.review.errata if framework.review else ():
        if claim.id in erratum.claims:
            yield erratum.id or "review", erratum
    for study in studies:
        yield from ((study.id, e) for e in study.errata if claim.id in e.claims)


def _claims_of_review(framework: Framework) -> tuple[Claim, ...]:
    return framework.review.claims if framework.review else ()


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the claims that cite any of the studies, by status, second-hand and corrected, and their published shares.

    Figures ``claims.<status>``, ``.second-hand``, ``.corrected`` and ``.without-denominator``.
    """
    studies_by_id = {study.id: study for study in studies}
    review_claims = _claims_of_review(framework)
    claims = tuple(claim for claim in review_claims if studies_by_id.keys() & set(claim.cites))
    return Result(
        analysis="claims",
        facts=count_claims(claims),
        figures=(
            *(_status_figure(status, claims) for status in STATUSES),
            _second_hand(claims, studies_by_id),
            _corrected(claims, studies_by_id, framework),
            _without_denominator(claims),
        ),
        tables=_tables(claims, framework) if claims else (),
        missing=() if review_claims else ("claims",),
    )


def _claim_count(name: str, label: str, condition: str, counted: Iterable[Claim], claims: Iterable[Claim]) -> Figure:
    return count(
        f"claims.{name}",
        label,
        f"counts a claim if {condition}; {POOL}",
        [claim.id for claim in counted],
        [claim.id for claim in claims],
        "complete_count",
        unit="claim",
    )


def _status_figure(status: str, claims: Sequence[Claim]) -> Figure:
    name = status.replace("_", "-")
    label, condition = STATUSES[status]
    return _claim_count(name, label, condition, [c for c in claims if status_of(c) == status], claims)


def _second_hand(claims: Sequence[Claim], studies_by_id: Mapping[str, Study]) -> Figure:
    return _claim_count(
        "second-hand",
        "Claims that cite a work through another work",
        "the review used a work that it cites only through another work",
        [c for c in claims if any(i in studies_by_id and studies_by_id[i].cited_via for i in c.cites)],
        claims,
    )


def _corrected(claims: Sequence[Claim], studies_by_id: Mapping[str, Study], framework: Framework) -> Figure:
    return _claim_count(
        "corrected",
        "Claims that an erratum corrects or questions",
        "an erratum of the review or of a study names it",
        [c for c in claims if any(errata_of(c, studies_by_id.values(), framework))],
        claims,
    )


def _without_denominator(claims: Iterable[Claim]) -> Figure:
    shares = [(f"{c.id}#{n}", q) for c in claims for n, q in enumerate(c.figures, 1) if is_share(q)]
    return count(
        "claims.without-denominator",
        "Published shares without a denominator",
        "counts a share that a claim gives without a denominator; out of the shares in the claims",
        [identity for identity, quantity in shares if lacks_denominator(quantity)],
        [identity for identity, _ in shares],
        "complete_count",
        unit="published share",
    )


def count_claims(claims: Iterable[Claim]) -> ClaimCounts:
    """Count some claims by status, and the shares that they publish."""
    claims = tuple(claims)
    shares = [quantity for claim in claims for quantity in claim.figures if is_share(quantity)]
    return ClaimCounts(
        claims=len(claims),
        by_status={status: sum(status_of(claim) == status for claim in claims) for status in STATUSES},
        citations_not_compared=sum(code == "not_judged" for claim in claims for code in claim.corroboration.values()),
        shares=len(shares),
        shares_without_denominator=sum(map(lacks_denominator, shares)),
    )


def _tables(claims: tuple[Claim, ...], framework: Framework) -> tuple[Table, ...]:
    sections = tuple(dict.fromkeys(c.section for c in claims))
    groups = framework.codebook.terms("stakeholders")
    by_section = [_row(section, [c for c in claims if c.section == section]) for section in sections]
    by_group = [_row(lower_first(g.label).capitalize(), [c for c in claims if c.stakeholder == g.id]) for g in groups]
    labels = ("Supported", "Partly", "Not found", "Mis-cited", "Not judged", "All")
    columns = tuple(status.replace("_", "-") for status in (*STATUSES, "all"))
    total = frozenset({len(columns)})
    return (
        Table("Claims by section of the review", ("Section", *labels), (*by_section, _row("All", claims)),
              id="claims.sections", row_ids=(*sections, "all"), column_ids=columns,
              total_rows=frozenset({len(sections)}), total_columns=total),
        Table("Claims about outcomes, by stakeholder group", ("Group", *labels), tuple(by_group),
              id="claims.groups", row_ids=ids_of_terms(groups), column_ids=columns, total_columns=total),
    )  # fmt: skip


def _row(label: str, claims: Sequence[Claim]) -> tuple[Cell, ...]:
    by_status = (Count(tuple(c.id for c in claims if status_of(c) == s), unit="claim") for s in STATUSES)
    return label, *by_status, Count(tuple(c.id for c in claims), unit="claim")


ANALYSIS = Analysis("claims", QUESTION, analyse, needs=("review",))
