"""G19: the review's claims: seen in the cited work, second-hand, without a denominator, corrected.

Every claim of the review is counted and none is sampled, so there are no intervals.
Methods: docs/methods/analyses.md#claims; docs/contracts/decisions.md#claims-are-judged-work-by-work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
from coprod_review.text.grammar import listed, lower_first, number_with_verb, plural

QUESTION = "Were the review's claims seen in the works it cites?"
NO_CLAIMS = "This base holds no review and so no claims."
STATUSES = {
    "supported": "seen in every work that the claim cites",
    "partly": "seen in part, or in some of the works that it cites",
    "not_seen": "not seen in what was read, which does not mean wrong",
    "contradicted": "mis-cited: a work that it cites says otherwise, or cannot hold it",
    "not_judged": "nobody has compared",
}
"""The statuses of a claim, each with its meaning."""
STATUS_WORDS = {status: {"contradicted": "mis-cited"}.get(status, status.replace("_", "-")) for status in STATUSES}
"""The statuses as people type and read them, such as ``not-seen`` and ``mis-cited``."""


def status_of(claim: Claim) -> str:
    """Return the status of a claim, derived from what was seen in each work that it cites; the worst one decides."""
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
    return quantity.percent is not None or quantity.N is not None


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
        statement=claims_summary(claims) if claims else "No claim cites a study here." if review_claims else NO_CLAIMS,
        caution="Not seen means not seen in what was read, mostly abstracts: it does not mean wrong.",
        figures=(
            *(_status_figure(status, claims) for status in STATUSES),
            _second_hand(claims, studies_by_id),
            _corrected(claims, studies_by_id, framework),
            _without_denominator(claims),
        ),
        tables=_tables(claims, framework) if claims else (),
        missing="" if review_claims else "the base holds no claims: add them to review.yaml",
    )


def _claim_count(name: str, label: str, condition: str, counted: Iterable[Claim], claims: Iterable[Claim]) -> Figure:
    return count(
        f"claims.{name}",
        label,
        f"{condition}; of all claims",
        [claim.id for claim in counted],
        [claim.id for claim in claims],
        "count_of_claims",
        unit="claim",
    )


def _status_figure(status: str, claims: Sequence[Claim]) -> Figure:
    name = status.replace("_", "-")
    label = "Claims that are mis-cited" if status == "contradicted" else f"Claims {status.replace('_', ' ')}"
    return _claim_count(name, label, STATUSES[status], [c for c in claims if status_of(c) == status], claims)


def _second_hand(claims: Sequence[Claim], studies_by_id: Mapping[str, Study]) -> Figure:
    return _claim_count(
        "second-hand",
        "Claims that cite a work second-hand",
        "a cited work was used through another (cited_via)",
        [c for c in claims if any(i in studies_by_id and studies_by_id[i].cited_via for i in c.cites)],
        claims,
    )


def _corrected(claims: Sequence[Claim], studies_by_id: Mapping[str, Study], framework: Framework) -> Figure:
    return _claim_count(
        "corrected",
        "Claims that an erratum held here corrects or questions",
        "an erratum of the review or of a study names the claim",
        [c for c in claims if any(errata_of(c, studies_by_id.values(), framework))],
        claims,
    )


def _without_denominator(claims: Iterable[Claim]) -> Figure:
    shares = [(f"{c.id}#{n}", q) for c in claims for n, q in enumerate(c.figures, 1) if is_share(q)]
    return count(
        "claims.without-denominator",
        "Published shares without a denominator",
        "numbers of the review's claims that are shares; claim and position of each",
        [identity for identity, quantity in shares if lacks_denominator(quantity)],
        [identity for identity, _ in shares],
        "count_of_shares",
        unit="published share",
    )


def claims_summary(claims: Iterable[Claim]) -> str:
    """Return one line about some claims: how many have each status, and how many shares have no denominator."""
    claims = tuple(claims)
    statuses = [status_of(claim) for claim in claims]
    shares = [q for c in claims for q in c.figures if is_share(q)]
    words = (
        ("supported", "supported"),
        ("partly", "seen in part"),
        ("not_seen", "not seen"),
        ("not_judged", "not judged"),
    )
    counts = listed([f"{statuses.count(status)} {word}" for status, word in words])
    text = f"Of {plural(len(claims), 'claim')}: {counts}; {statuses.count('contradicted')} mis-cited."
    not_judged = sum(code == "not_judged" for claim in claims for code in claim.corroboration.values())
    text += f" Citations that nobody has compared: {not_judged}." if not_judged else ""
    lacking = number_with_verb(sum(map(lacks_denominator, shares)), "has", "have")
    return f"{text} Of {plural(len(shares), 'published share')} in them, {lacking} no denominator." if shares else text


def _tables(claims: tuple[Claim, ...], framework: Framework) -> tuple[Table, ...]:
    sections = tuple(dict.fromkeys(c.section for c in claims))
    groups = framework.codebook.terms("stakeholders")
    by_section = [_row(section, [c for c in claims if c.section == section]) for section in sections]
    by_group = [_row(lower_first(g.label).capitalize(), [c for c in claims if c.stakeholder == g.id]) for g in groups]
    labels = ("Supported", "Partly", "Not seen", "Mis-cited", "Not judged", "All")
    columns = tuple(status.replace("_", "-") for status in (*STATUSES, "all"))
    total = frozenset({len(columns)})
    note = "Status of each claim over all works that it cites. In full: coprod-review claims."
    return (
        Table("Claims by section of the review", ("Section", *labels), (*by_section, _row("All", claims)), note,
              id="claims.sections", row_ids=(*sections, "all"), column_ids=columns,
              total_rows=frozenset({len(sections)}), total_columns=total),
        Table("Claims about outcomes, by stakeholder group", ("Group", *labels), tuple(by_group), note,
              id="claims.groups", row_ids=ids_of_terms(groups), column_ids=columns, total_columns=total),
    )  # fmt: skip


def _row(label: str, claims: Sequence[Claim]) -> tuple[Cell, ...]:
    by_status = (Count(tuple(c.id for c in claims if status_of(c) == s), unit="claim") for s in STATUSES)
    return label, *by_status, Count(tuple(c.id for c in claims), unit="claim")


ANALYSIS = Analysis("claims", QUESTION, analyse)
