"""Whether studies were appraised, and how certain findings are, in words."""

from coprod_review.model.base import Framework
from coprod_review.phrasing.analyses.shared import IN_PART, NO_STUDIES, NOT_YET, share_sentence
from coprod_review.phrasing.analyses.wording import Missing, Wording
from coprod_review.phrasing.attribution import attributed_in_words
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.text.grammar import plural


def _statement(facts: None, result: Result, framework: Framework) -> str:
    figures = {figure.id: figure for figure in result.figures}
    appraised, concern = figures["appraisal.appraised"], figures["appraisal.serious-concern"]
    if not appraised.denominator:
        return NO_STUDIES
    certain = figures["appraisal.certainty"]
    if result.missing:
        sentences = [IN_PART if certain.numerator else NOT_YET, _certainty(certain)]
    else:
        concerns = share_sentence(concern, "has a serious concern", "have a serious concern")
        sentences = [_appraised(appraised), concerns, _certainty(certain)]
    return " ".join(filter(None, sentences))


def _appraised(appraised: Figure) -> str:
    """Return how many studies have an appraisal; every study was counted, so there is no interval."""
    verb = "has" if 1 in (appraised.numerator, appraised.denominator) else "have"
    return f"{appraised.numerator} of {plural(appraised.denominator or 0, 'study')} {verb} a recorded appraisal."


def _certainty(certain: Figure) -> str:
    if not certain.denominator:
        return ""
    if certain.attributed and not certain.numerator and not certain.attributed.numerator:
        return "This base does not record for any outcome finding how certain it is."
    findings = plural(certain.denominator, "outcome finding")
    read = f"This base records how certain a finding is for {certain.numerator} of {findings}"
    return f"{'; '.join(filter(None, (read, attributed_in_words(certain))))}."


WORDING = Wording(
    statement=_statement,
    caution="The number of studies does not show how good they are, and neither does a missing appraisal.",
    missing={
        "appraisal": Missing(
            "no study has a recorded appraisal",
            "record under appraisal of each study the tool, the answer to each item, whether there is a serious "
            "concern, the assessor, the date and the reason",
        )
    },
    notes={"appraisal.items": "The answers are not added up, because tools of this kind do not allow a total score."},
)
