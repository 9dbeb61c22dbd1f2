"""How much of the evidence on outcomes is about the sector of the base, in words."""

from coprod_review.gaps.analyses.sector import SectorFacts
from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.wording import Wording
from coprod_review.phrasing.figures import figure_in_words, unknown_count
from coprod_review.results.result import Result
from coprod_review.text.grammar import number_with_verb, plural


def _statement(facts: SectorFacts, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    direct, including = figures["sector.direct"], figures["sector.including"]
    name = framework.codebook.label("sectors", framework.about.scope.sector).lower()
    outcome_studies = (direct.denominator or 0) + unknown_count(direct)
    if not outcome_studies:
        lead = "No study here was seen to report an outcome."
    else:
        lead = (
            f"Of {plural(outcome_studies, 'study')} seen to report an outcome: about {name} alone, "
            f"{figure_in_words(direct)}; including it, {figure_in_words(including)}."
        )
    include = number_with_verb(facts.of_sector, "includes it", "include it")
    return f"{lead} Of all {plural(facts.studies, 'eligible study', 'eligible studies')}, {include}." + (
        f" Whether {facts.outcome_not_known} more report an outcome is not known." if facts.outcome_not_known else ""
    )


WORDING = Wording(
    statement=_statement,
    caution="Evidence from health care may or may not carry over to social care.",
    notes={"sector.sectors": "A study may have several sectors; All counts each once."},
)
