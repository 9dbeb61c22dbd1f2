"""Claims of the review, by what the studies that they cite show."""

from collections.abc import Iterator

from tests.recount.reading import Base, Entry, ids
from tests.recount.shares import count


def claim_status(claim: Entry) -> str:
    """One status of a claim from the judgements on the studies it cites."""
    judged = list((claim.get("corroboration") or {}).values())
    if "contradicted" in judged:
        return "contradicted"
    if all(j == "supported" for j in judged):
        return "supported"
    if {"supported", "partly"} & set(judged):
        return "partly"
    return "not_judged" if all(j == "not_judged" for j in judged) else "not_seen"


def is_share(quantity: Entry) -> bool:
    """Whether a published number is a share of something."""
    is_rate = (quantity.get("unit") or "").startswith("percent")
    return not is_rate and (quantity.get("percent") is not None or quantity.get("N") is not None)


def claims_of(base: Base) -> list[Entry]:
    """The claims that cite at least one study that passes."""
    here = {s["id"] for s in base.studies}
    return [c for c in base.review.get("claims") or [] if here & set(c["cites"])]


def lacks_denominator(published: Entry) -> bool:
    """Whether a published share does not say of how many it is."""
    return published.get("denominator") == "not_reported" or published.get("N") is None


def figures(base: Base) -> Iterator[tuple[str, Entry]]:
    """The figures of this analysis, by id."""
    claims = claims_of(base)
    for status in ("supported", "partly", "not_seen", "contradicted", "not_judged"):
        matching = ids(c for c in claims if claim_status(c) == status)
        yield f"claims.{status.replace('_', '-')}", count("claim", matching, ids(claims))
    indirect = {s["id"] for s in base.studies if s.get("cited_via")}
    second = ids(c for c in claims if indirect & set(c["cites"]))
    yield "claims.second-hand", count("claim", second, ids(claims))
    shares = [q for c in claims for q in c.get("figures") or [] if is_share(q)]
    hidden = [q["label"] for q in shares if lacks_denominator(q)]
    yield "claims.without-denominator", count("published share", hidden, [q["label"] for q in shares])
    errata = [*(base.review.get("errata") or []), *(e for s in base.studies for e in s.get("errata") or [])]
    corrected = {c for e in errata for c in e.get("claims") or []}
    yield "claims.corrected", count("claim", ids(c for c in claims if c["id"] in corrected), ids(claims))
