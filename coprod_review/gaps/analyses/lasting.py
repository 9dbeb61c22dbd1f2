"""G16: cost, and whether effects last.

Follow-up is coded in bands, so that the usual twelve months lie inside one of
them: what is counted is over six months, and over twenty-four. The set is the
outcome studies. Methods: docs/methods/analyses.md#lasting.
"""

from collections.abc import Iterable

from coprod_review.gaps.charts import bars
from coprod_review.gaps.findings_table import STUDIES, findings_by
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_findings, outcome_trail, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible, outcome_studies
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import plural

QUESTION = "Do studies of outcomes measure cost, and follow effects over time?"
SHORT, MIDDLE, LONG = ("during", "up_to_6_months"), "6_to_24_months", "over_24_months"
COST = {"economic_evaluation": True, "cost_measure": True, "none": False}
ECONOMIC = {"economic_evaluation": True, "cost_measure": False, "none": False}
NEEDED = "code follow_up of each finding, or cost_measure of each study, from full texts"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Outcome studies with any measure of cost, an economic evaluation, and follow-up over six or 24 months.

    Figures ``lasting.cost``, ``.economic-evaluation``, ``.over-6-months`` and ``.over-24-months``.
    """
    codebook = framework.codebook
    whole, held = eligible(studies), outcome_studies(studies, codebook)
    cost, follow = outcome_trail(codebook, "cost_measure"), outcome_trail(codebook)

    def made(name: str, label: str, words: str, code: StudyTest, trail: Criteria) -> Figure:
        figure = share(
            f"lasting.{name}",
            label,
            f"{words}; of the outcome studies",
            held,
            code,
            codebook,
            trail=trail,
            headline=True,
        )
        return withhold_share(figure, whole)

    figures = (
        made(
            "cost",
            "Outcome studies that measure cost in any way",
            "a cost measure or an economic evaluation",
            lambda s: COST.get(s.cost_measure),
            cost,
        ),
        made(
            "economic-evaluation",
            "Outcome studies with an economic evaluation",
            "a full economic evaluation",
            lambda s: ECONOMIC.get(s.cost_measure),
            cost,
        ),
        made(
            "over-6-months",
            "Outcome studies that follow up for over six months",
            "an outcome finding measured over six months after",
            _followed((MIDDLE, LONG), SHORT, codebook),
            follow,
        ),
        made(
            "over-24-months",
            "Outcome studies that follow up for over 24 months",
            "an outcome finding measured over 24 months after",
            _followed((LONG,), (*SHORT, MIDDLE), codebook),
            follow,
        ),
    )
    labels = ("Any cost", "Economic evaluation", "Over 6 months", "Over 24 months")
    return Result(
        analysis="lasting",
        question=QUESTION,
        statement=_statement(held, figures),
        caution="That cost or lasting effects were not measured does not show that there are none.",
        figures=figures,
        tables=(_times(held, codebook),),
        missing=_needed(held, figures),
        charts=(bars("lasting", QUESTION, list(zip(labels, figures, strict=True))),),
    )


def _followed(long: tuple[str, ...], short: tuple[str, ...], codebook: Codebook) -> StudyTest:
    """Whether an outcome was followed up so long; that none was takes a full text with every follow-up shorter."""

    def code(study: Study) -> bool | None:
        found = [f.follow_up for f in outcome_findings(study, codebook)]
        return presence(study, found=any(t in long for t in found), complete=all(t in short for t in found))

    return code


def _needed(held: tuple[Study, ...], figures: tuple[Figure, ...]) -> str:
    blank = [name for name, f in zip(("cost", "", "follow-up"), figures, strict=False) if name and f.numerator is None]
    verb = "is" if len(blank) == 1 else "are"
    return f"{' and '.join(blank)} {verb} not known for any outcome study: {NEEDED}" if held and blank else ""


def _statement(held: tuple[Study, ...], figures: tuple[Figure, ...]) -> str:
    if not held:
        return "No study here was seen to report an outcome."
    cost, economic, months, years = map(seen_in_words, figures)
    return (
        f"Of {plural(len(held), 'outcome study', 'outcome studies')}: any measure of cost, {cost}; an economic "
        f"evaluation, {economic}; follow-up over six months, {months}; over 24 months, {years}."
    )


def _times(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "follow-up",
        studies,
        codebook,
        columns=(STUDIES,),
        title="Outcome studies by how long a finding was followed up",
        head="Follow-up",
        note="A study may stand in several rows.",
        identity="lasting.times",
    )
