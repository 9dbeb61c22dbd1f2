"""G19: the trail of the review's claims: seen in the cited work, second-hand, without a base number, corrected.

A census of the review's sentences, so without intervals. Methods: docs/methods/analyses.md#claims;
docs/contracts/decisions.md#claims-are-judged-work-by-work.
"""

from collections.abc import Iterable, Iterator

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
NONE_HELD = "This base holds no review and so no claims."
CENSUS = "every claim was counted, so there is no share and no interval"
STATUSES = {
    "supported": "seen in every work that the claim cites",
    "partly": "seen in part, or in some of the works that it cites",
    "not_seen": "not seen in what was read, which does not mean wrong",
    "contradicted": "mis-cited: a work that it cites says otherwise, or cannot hold it",
    "not_judged": "nobody has compared",
}
"""Statuses of a claim, each with what it means."""
WORDS = {status: {"contradicted": "mis-cited"}.get(status, status.replace("_", "-")) for status in STATUSES}
"""The statuses as people type and read them."""


def status_of(claim: Claim) -> str:
    """The status of a claim, derived from what was seen in each work that it cites; the worst that is known rules."""
    found = set(claim.corroboration.values())
    if "contradicted" in found:
        return "contradicted"
    if found == {"supported"}:
        return "supported"
    if found & {"supported", "partly"}:
        return "partly"
    return "not_seen" if "not_seen" in found else "not_judged"


def is_share(quantity: Quantity) -> bool:
    """Whether a number is a share of something, which needs a base number."""
    return quantity.percent is not None or quantity.N is not None


def lacks_base(quantity: Quantity) -> bool:
    """Whether a share has no denominator that the source gives."""
    return is_share(quantity) and (quantity.denominator == "not_reported" or quantity.N is None)


def errata_of(claim: Claim, studies: Iterable[Study], framework: Framework) -> Iterator[tuple[str, Erratum]]:
    """Every erratum that names a claim, with the id of what holds it: the review, or a study."""
    for erratum in framework.review.errata if framework.review else ():
        if claim.id in erratum.claims:
            yield erratum.id or "review", erratum
    for study in studies:
        yield from ((study.id, e) for e in study.errata if claim.id in e.claims)


def _held(framework: Framework) -> tuple[Claim, ...]:
    return framework.review.claims if framework.review else ()


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Claims that cite any of the studies: by status, second-hand, corrected; their shares without a base number.

    Figures ``claims.<status>``, ``.second-hand``, ``.corrected`` and ``.without-denominator``.
    """
    held = {study.id: study for study in studies}
    claims = tuple(claim for claim in _held(framework) if held.keys() & set(claim.cites))
    by_status = {status: [c.id for c in claims if status_of(c) == status] for status in STATUSES}
    every = [c.id for c in claims]
    figures = (
        *(_figure(status, by_status[status], every) for status in STATUSES),
        count(
            "claims.second-hand",
            "Claims that cite a work second-hand",
            "a cited work was used through another (cited_via); of all claims",
            [c.id for c in claims if any(i in held and held[i].cited_via for i in c.cites)],
            every,
            CENSUS,
            unit="claim",
        ),
        count(
            "claims.corrected",
            "Claims that an erratum held here corrects or questions",
            "an erratum of the review or of a study names the claim; of all claims",
            [c.id for c in claims if any(errata_of(c, held.values(), framework))],
            every,
            CENSUS,
            unit="claim",
        ),
        _without_base(claims),
    )
    return Result(
        analysis="claims",
        question=QUESTION,
        statement=summary(claims) if claims else NONE_HELD if not _held(framework) else "No claim cites a study here.",
        caution="Not seen means not seen in what was read, mostly abstracts: it does not mean wrong.",
        figures=figures,
        tables=_tables(claims, framework) if claims else (),
        missing="" if _held(framework) else "the base holds no claims: add them to review.yaml",
    )


def _figure(status: str, counted: list[str], every: list[str]) -> Figure:
    label = {"contradicted": "Claims that are mis-cited"}.get(status, f"Claims {status.replace('_', ' ')}")
    name = status.replace("_", "-")
    return count(f"claims.{name}", label, f"{STATUSES[status]}; of all claims", counted, every, CENSUS, unit="claim")


def _without_base(claims: Iterable[Claim]) -> Figure:
    shares = [(f"{c.id}#{n}", q) for c in claims for n, q in enumerate(c.figures, 1) if is_share(q)]
    return count(
        "claims.without-denominator",
        "Published shares without a denominator",
        "numbers of the review's claims that are shares; claim and position of each",
        [identity for identity, quantity in shares if lacks_base(quantity)],
        [identity for identity, _ in shares],
        "every number was counted, so there is no share and no interval",
        unit="published share",
    )


def summary(claims: Iterable[Claim]) -> str:
    """One line on some claims: how many are supported, partly, not seen, mis-cited, without a denominator."""
    held = tuple(claims)
    statuses = [status_of(claim) for claim in held]
    shares = [q for c in held for q in c.figures if is_share(q)]
    words = (
        ("supported", "supported"),
        ("partly", "seen in part"),
        ("not_seen", "not seen"),
        ("not_judged", "not judged"),
    )
    counts = listed([f"{statuses.count(status)} {word}" for status, word in words])
    told = f"Of {plural(len(held), 'claim')}: {counts}; {statuses.count('contradicted')} mis-cited."
    open_ = sum(code == "not_judged" for claim in held for code in claim.corroboration.values())
    told += f" Citations that nobody has compared: {open_}." if open_ else ""
    bare = number_with_verb(sum(map(lacks_base, shares)), "has", "have")
    return f"{told} Of {plural(len(shares), 'published share')} in them, {bare} no denominator." if shares else told


def _tables(claims: tuple[Claim, ...], framework: Framework) -> tuple[Table, ...]:
    sections = tuple(dict.fromkeys(c.section for c in claims))

    def counts(name: str, inside: list[Claim]) -> tuple[Cell, ...]:
        by_status = (Count(tuple(c.id for c in inside if status_of(c) == s), unit="claim") for s in STATUSES)
        return name, *by_status, Count(tuple(c.id for c in inside), unit="claim")

    groups = framework.codebook.terms("stakeholders")
    labels = ("Supported", "Partly", "Not seen", "Mis-cited", "Not judged", "All")
    columns = tuple(status.replace("_", "-") for status in (*STATUSES, "all"))
    by_section = tuple(counts(s, [c for c in claims if c.section == s]) for s in sections)
    by_group = tuple(
        counts(lower_first(g.label).capitalize(), [c for c in claims if c.stakeholder == g.id]) for g in groups
    )
    total = frozenset({len(columns)})
    note = "Status of each claim over all works that it cites. In full: coprod-review claims."
    return (
        Table("Claims by section of the review", ("Section", *labels), (*by_section, counts("All", list(claims))), note,
              id="claims.sections", row_ids=(*sections, "all"), column_ids=columns,
              total_rows=frozenset({len(sections)}), total_columns=total),
        Table("Claims about outcomes, by stakeholder group", ("Group", *labels), by_group, note,
              id="claims.groups", row_ids=ids_of_terms(groups), column_ids=columns, total_columns=total),
    )  # fmt: skip
