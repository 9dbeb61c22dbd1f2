"""Claims of the review in words: their statuses, the works that they cite and the numbers that they give."""

from collections.abc import Sequence

from coprod_review.gaps.analyses.claims import STATUSES, ClaimCounts, is_share, lacks_denominator, status_of
from coprod_review.model.codebook import Codebook
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim
from coprod_review.model.study import Study
from coprod_review.phrasing.texts import clause
from coprod_review.results.intervals import share_interval
from coprod_review.text.grammar import listed, lower_first, number_with_verb, plural

TITLE = "The claims of the review, and whether the works that it cites support them"
NOT_SEEN_IS_NOT_WRONG = (
    "Not found means that nobody found the claim in the text that was read, mostly abstracts. The claim may still be "
    "right."
)
EXPLANATION = f"The claims are in our own words. {NOT_SEEN_IS_NOT_WRONG} Only the original works can settle that."
NO_MATCH = "No claim matches the filters."
STATUS_WORDS = {status: {"contradicted": "mis-cited"}.get(status, status.replace("_", "-")) for status in STATUSES}
"""The statuses as people type them, such as ``not-seen`` and ``mis-cited``."""
STATUS_LABELS = {
    "supported": "supported",
    "partly": "partly supported",
    "not_seen": "not found",
    "contradicted": "mis-cited",
    "not_judged": "not judged",
}
"""The statuses as people read them."""
_COMPARED = {
    "supported": "supports the claim",
    "partly": "supports the claim in part",
    "not_seen": "the claim was not found in the text that we read",
    "contradicted": "does not support the claim",
    "not_judged": "nobody has compared the two",
}
"""What the comparison of a claim with a cited work showed."""
_PREDICATES = {
    "supported": ("is supported by the cited works", "are supported by the cited works"),
    "partly": ("is partly supported", "are partly supported"),
    "not_seen": ("was not found in the text that was read", "were not found in the text that was read"),
    "contradicted": ("is mis-cited", "are mis-cited"),
    "not_judged": ("has not been compared with the cited works", "have not been compared with the cited works"),
}
"""What is true of one claim, and of several claims, with a status."""


def claims_summary(counts: ClaimCounts) -> str:
    """Return how many of some claims have each status, and how many of their shares have no denominator."""
    statuses = [
        number_with_verb(counts.by_status[status], *verbs)
        for status, verbs in _PREDICATES.items()
        if counts.by_status[status]
    ]
    sentences = [f"Of {plural(counts.claims, 'claim')}, {listed(statuses)}."]
    if counts.citations_not_compared:
        citations = plural(counts.citations_not_compared, "citation")
        sentences.append(f"For {citations}, nobody has compared the claim with the cited work.")
    if counts.shares:
        lacking = number_with_verb(counts.shares_without_denominator, "has", "have")
        sentences.append(f"Of {plural(counts.shares, 'published share')} in these claims, {lacking} no denominator.")
    return " ".join(sentences)


def filters_sentence(filters: Sequence[str], shown: int, claims: int) -> str:
    """Return what the claims are limited to, and how many of all claims are shown."""
    return f"Filters: {'; '.join(filters)}. This shows {shown} of {plural(claims, 'claim')}."


def claim_heading(claim: Claim, codebook: Codebook) -> str:
    """Return the id, section, stakeholder group and status of a claim."""
    group = "" if claim.stakeholder == "none" else f", {lower_first(codebook.label('stakeholders', claim.stakeholder))}"
    return f"{claim.id}: section {claim.section}{group}; {STATUS_LABELS[status_of(claim)]}"


def cited_work(identity: str, study: Study | None, claim: Claim, codebook: Codebook) -> str:
    """Return a work that a claim cites, and what was found when the two were compared."""
    code = claim.corroboration.get(identity, "not_judged")
    number = f"reference {study.reference}; " if study and study.reference else ""
    through = f" through {study.cited_via}" if study and study.cited_via else ""
    return f"{identity}{through} ({number}{_COMPARED.get(code) or lower_first(codebook.label('corroboration', code))})"


def quantity_in_words(quantity: Quantity) -> str:
    """Return a number of the review, as a recomputed share where numerator and denominator are recorded."""
    parts = [f"{quantity.label}: {_value(quantity)}"]
    if quantity.note:
        parts.append(clause(quantity.note))
    if quantity.not_comparable_because:
        parts.append(f"It must not be compared: {lower_first(clause(quantity.not_comparable_because))}")
    return ". ".join(parts)


def _value(quantity: Quantity) -> str:
    if quantity.fraction:
        return _recomputed_share(quantity, *quantity.fraction)
    if not is_share(quantity):
        number = str(quantity.percent if quantity.n is None else quantity.n)
        return f"{number} {quantity.unit}" if quantity.unit else number
    missing = "denominator" if lacks_denominator(quantity) else "numerator"
    number = "no number" if quantity.n is None else str(quantity.n)
    return f"{number if quantity.percent is None else f'{quantity.percent}%'}; the {missing} is missing"


def _recomputed_share(quantity: Quantity, n: int, total: int) -> str:
    interval = share_interval(n, total)
    low, high = 100 * interval.low, 100 * (interval.high or 0.0)
    stated = f"; the review states {quantity.percent:g}%" if quantity.percent is not None else ""
    return f"{n} of {total} ({100 * n / total:.1f}%; 95% confidence interval {low:.1f}% to {high:.1f}%{stated})"
