"""Rows of a replication from a base in which something was changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.review import Claim, Review
from coprod_review.model.study import Study
from coprod_review.replication.registry import ReplicationRow, replicate

SCIE = "scie-review-2022"

IDS = [*(f"Q{n:02}" for n in range(1, 9)), *(f"R{n:02}" for n in range(1, 25))]


def rows(base: EvidenceBase, studies: tuple[Study, ...] | None = None, **framework: Any) -> dict[str, ReplicationRow]:
    """The rows of a base, with other studies or another framework where given."""
    changed = replace(base.framework, **framework)
    return {row.id: row for row in replicate(base.studies if studies is None else studies, changed)}


def with_changed(base: EvidenceBase, identity: str, **changes: Any) -> tuple[Study, ...]:
    return tuple(replace(s, **changes) if s.id == identity else s for s in base.studies)


def review_of(base: EvidenceBase) -> Review:
    assert base.framework.review is not None
    return base.framework.review


def with_claim(base: EvidenceBase, identity: str, change: Callable[[Claim], Claim]) -> Review:
    review = review_of(base)
    return replace(review, claims=tuple(change(c) if c.id == identity else c for c in review.claims))
