"""The points that the review states, row by row, beside the same points counted in the base.

The rows are the entries of ``stated`` in ``review.yaml``; ``REPLICATIONS`` has the function that counts each. What is
not known never counts as no: if it could change a verdict, the verdict is ``cannot_tell``.
Methods: docs/methods/comparisons.md#recounting-what-the-review-states.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from coprod_review.model.base import Framework
from coprod_review.model.review import Stated
from coprod_review.model.study import Study
from coprod_review.replication import balance, outcomes, people, quoted, references, sections
from coprod_review.replication.queries import MissingDataError, ReviewQueries
from coprod_review.replication.verdicts import Answer, Verdict
from coprod_review.text.grammar import capitalise


@dataclass(frozen=True, slots=True)
class ReplicationRow:
    """One point of the review beside the same point counted in this base."""

    id: str
    section: str
    states: str
    gives: str
    verdict: Verdict
    """agree, differ, or cannot_tell if this base shows neither."""
    reason: str
    rests_on: tuple[str, ...]
    """Ids of studies, statements, claims and errata."""


def replicate(studies: Iterable[Study], framework: Framework) -> tuple[ReplicationRow, ...]:
    """Return one row for each point that the review states, in the order of the file; none without a review."""
    if framework.review is None:
        return ()
    queries = ReviewQueries(tuple(studies), framework, framework.review)
    return tuple(_row(stated, queries) for stated in framework.review.stated)


def _row(stated: Stated, queries: ReviewQueries) -> ReplicationRow:
    answer = _answer(stated, queries)
    errata = {erratum.id for erratum in queries.review.errata}
    rests_on = (*answer.rests_on, *(c.id for c in queries.claims(stated)), *(e for e in stated.errata if e in errata))
    return ReplicationRow(
        id=stated.id,
        section=stated.section,
        states=stated.statement,
        gives=answer.gives,
        verdict=answer.verdict,
        reason=answer.reason,
        rests_on=tuple(dict.fromkeys(rests_on)),
    )


def _answer(stated: Stated, queries: ReviewQueries) -> Answer:
    recount = REPLICATIONS.get(stated.id)
    if recount is None:
        return Answer("Nothing was counted.", "cannot_tell", "No recount is written for this row.")
    try:
        return recount(stated, queries)
    except MissingDataError as error:
        return Answer("Nothing to count.", "cannot_tell", f"{capitalise(str(error))}.")


REPLICATIONS: Mapping[str, Callable[[Stated, ReviewQueries], Answer]] = {
    "Q01": quoted.share_of_studies,
    "Q02": quoted.no_numerator,
    "Q03": quoted.percentages,
    "Q04": quoted.counts_of_articles,
    "Q05": partial(quoted.attributed, index=0, name="percent"),
    "Q06": partial(quoted.attributed, index=1, name="percent_in_all"),
    "Q07": quoted.trend_claim,
    "Q08": quoted.years_ago,
    "R01": references.references,
    "R02": references.second_hand,
    "R03": references.publication_years,
    "R04": references.within_nations,
    "R05": references.designs,
    "R06": outcomes.works_by_group,
    "R07": balance.fewer_on_staff,
    "R08": outcomes.little_on_community,
    "R09": balance.more_health,
    "R10": balance.gains_of_taking_part,
    "R11": balance.outcome_against_process,
    "R12": outcomes.works_by_outcome,
    "R13": outcomes.fourth_benefit,
    "R14": outcomes.works_by_year,
    "R15": people.seldom_studied,
    "R16": people.silent_groups,
    "R17": partial(sections.influences, kind="enablers"),
    "R18": partial(sections.influences, kind="barriers"),
    "R19": sections.recommendations,
    "R20": sections.testimony_apart,
    "R21": sections.examples,
    "R22": sections.topics,
    "R23": sections.vocabularies,
    "R24": outcomes.published_scales,
}
"""The function that counts each row, by the id of the row."""
