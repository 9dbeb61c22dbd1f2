"""How much of the evidence on outcomes is about the sector of the base, in words."""

from coprod_review.gaps.analyses.sector import SectorFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import NO_OUTCOME_STUDIES, pool, share_clause, share_sentence
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.attribution import according_to, more_in_pool
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural


def _statement(facts: SectorFacts, result: Result, framework: Framework) -> str:
    name = framework.sector_label
    include = number_with_verb(facts.of_sector, "includes", "include")
    of_all = f"Of {plural(facts.studies, 'study')} in all, {include} {name}."
    return f"{_outcome_studies(result, name)} {of_all}{_unknown(facts, result, framework)}"


def _outcome_studies(result: Result, name: str) -> str:
    figures = {figure.id: figure for figure in result.figures}
    direct, including = figures["sector.direct"], figures["sector.including"]
    if not pool(direct) and not more_in_pool(direct):
        return NO_OUTCOME_STUDIES
    alone = share_clause(direct, f"is about {name} alone", f"are about {name} alone")
    wider = share_sentence(including, f"includes {name}", f"include {name}")
    return f"Among the studies known to report an outcome, {alone}. {wider}"


def _unknown(facts: SectorFacts, result: Result, framework: Framework) -> str:
    """Return for how many studies it is not known whether they report an outcome; empty where there are none."""
    if not facts.outcome_not_known:
        return ""
    more = "more " if any(map(pool, result.figures)) else ""
    studies = number_with_verb(facts.outcome_not_known, f"{more}study reports", f"{more}studies report")
    every = result.all_findings.facts if result.all_findings else None
    if not isinstance(every, SectorFacts) or framework.review is None:
        return f" We do not know whether {studies} an outcome."
    known = number_with_verb(facts.outcome_not_known - every.outcome_not_known, "of them does", "of them do")
    review = according_to(framework.review_name)
    return f" What was read does not show whether {studies} an outcome; {review}, {known}."


WORDING = Wording(
    statement=_statement,
    caution="Evidence from other sectors, such as health care, may not apply to the sector of this base.",
    notes={"sector.sectors": "A study can have several sectors. The row All counts each study once."},
)
