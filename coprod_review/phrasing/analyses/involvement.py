"""Whether people chose what was measured, and how far they were involved, in words."""

from collections.abc import Mapping
from dataclasses import replace

from coprod_review.gaps.analyses.involvement import rung_labels
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.phrasing.analyses.shared import IN_PART, NOT_YET, outcome_studies_sentence, pool, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import more_in_pool
from coprod_review.phrasing.figures import unknown_count
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _verbs(codebook: Codebook) -> Mapping[str, tuple[str, str]]:
    """Return what one study, or several of them, do in each figure about the ladder."""
    lowest, top = rung_labels(codebook)
    less = f"assessed as less than {lowest}"
    return {
        "co-design-or-above": (f"is assessed as {lowest} or {top}", f"are assessed as {lowest} or {top}"),
        "co-production": (f"is assessed as {top}", f"are assessed as {top}"),
        "label-gap": (f"calls itself {top} and is {less}", f"call themselves {top} and are {less}"),
    }


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    chose = figures["involvement.chose-outcomes"]
    chosen = "" if "involvement_in_outcomes" in result.missing else _chose_outcomes(chose)
    rungs = "" if "rungs" in result.missing else _rungs(figures, framework.codebook)
    known = chose.denominator or figures["involvement.label-gap"].denominator
    lead = (IN_PART if known else NOT_YET) if result.missing else ""
    return " ".join(filter(None, (lead, chosen, rungs)))


def _chose_outcomes(chose: Figure) -> str:
    if not pool(chose) and not more_in_pool(chose):
        return "No primary study here is known to report an outcome."
    involved = "involved people with lived experience in choosing what to measure"
    return f"{outcome_studies_sentence(chose, 'primary study')} {share_sentence(chose, involved, involved)}"


def _rungs(figures: Mapping[str, Figure], codebook: Codebook) -> str:
    """Return how far people were involved in the studies that at least two people assessed."""
    gap = figures["involvement.label-gap"]
    if not gap.denominator:
        return _not_counted(unknown_count(gap), "")
    # The studies that fewer people assessed are left out and named once, instead of in each sentence.
    verbs = _verbs(codebook)
    assessed = {name: replace(figures[f"involvement.{name}"], unknown=None) for name in verbs}
    sentences = (
        f"At least two people assessed how far people were involved in {plural(gap.denominator, 'study')}.",
        *(share_sentence(figure, *verbs[name]) for name, figure in assessed.items()),
        _not_counted(unknown_count(gap), "more "),
    )
    return " ".join(filter(None, sentences))


def _not_counted(studies: int, more: str) -> str:
    if not studies:
        return ""
    were, are = (f"{more}study was", "is") if studies == 1 else (f"{more}studies were", "are")
    return f"{studies} {were} assessed by fewer than two people and {are} not counted."


def _outcomes_lack(facts: None, result: Result, framework: Framework) -> str:
    chose = next(figure for figure in result.figures if figure.id == "involvement.chose-outcomes")
    any_study = (
        f"any of {pool(chose)} primary studies that report" if pool(chose) > 1 else "the primary study that reports"
    )
    return f"we do not know whether people helped to choose what to measure in {any_study} an outcome"


WORDING = Wording(
    statement=_statement,
    caution=(
        "A study may call itself one thing and describe another. The rung of the ladder of {practice} is a "
        "judgement by coders."
    ),
    missing={
        "involvement_in_outcomes": Missing(_outcomes_lack, "read full texts and code involvement_in_outcomes"),
        "rungs": Missing(
            "no study has codes for the rung of the ladder that it claims and the rung that coders assessed",
            "have two people code rung_claimed and rung_assessed, and name them under coders",
        ),
    },
    notes={
        "involvement.rungs": "This counts studies with both rungs coded, including those that only one person assessed."
    },
)
