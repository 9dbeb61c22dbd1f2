"""G7: which way the findings point, and whether anyone looked for harm.

Mixed, null and negative findings are counted beside positive ones. That no harm
was seen is never evidence of no harm. Methods: docs/methods/analyses.md#direction.
"""

from collections.abc import Iterable

from coprod_review.gaps.charts import bars
from coprod_review.gaps.findings_table import FINDINGS, STUDIES, findings_by
from coprod_review.gaps.shares import share, withhold_share
from coprod_review.gaps.study_sets import StudyTest, outcome_findings, presence
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, eligible
from coprod_review.phrasing.figures import seen_in_words, unknown_of
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Table
from coprod_review.text.grammar import number_with_verb, plural

QUESTION = "Do studies report anything but benefit, and did they look for harm?"
AGAINST = ("mixed", "no_change", "harm")
STATED = ("benefit", *AGAINST)
COLUMNS = (
    FINDINGS._replace(of_change=False),
    STUDIES._replace(of_change=False),
    FINDINGS._replace(id="outcome-findings", label="Outcome findings"),
    STUDIES._replace(id="outcome-studies", label="Outcome studies"),
)
"""Findings at any level, and beside them those that tell of a change."""
POOL = "of the eligible studies with at least one finding whose direction is stated"


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Studies with a mixed, null or harmful finding, with a harmful one, and those that looked for harm.

    Figures ``direction.against``, ``.harm`` and ``.looked-for-harm``.
    """
    held, codebook = eligible(studies), framework.codebook
    pool = tuple(s for s in held if any(f.direction in STATED for f in s.findings))

    def made(name: str, label: str, words: str, of: tuple[Study, ...], code: StudyTest, trail: Criteria) -> Figure:
        figure = share(f"direction.{name}", label, words, of, code, codebook, trail=trail, headline=True)
        return withhold_share(figure, held)

    figures = (
        made(
            "against",
            "Studies with a finding of no change, harm or a mixed result",
            f"at least one finding, at any level, that is mixed, no change or harm; {POOL}",
            pool,
            _with(AGAINST),
            Criteria(findings=({"direction": AGAINST},)),
        ),
        made(
            "harm",
            "Studies with a finding of harm",
            f"at least one finding of harm, at any level, burdens of taking part included; {POOL}",
            pool,
            _with(("harm",)),
            Criteria(findings=({"direction": ("harm",)},)),
        ),
        made(
            "looked-for-harm",
            "Studies that looked for harm",
            "coded as having looked; of all eligible studies",
            held,
            lambda s: {"looked": True, "not_looked": False}.get(s.looked_for_harm),
            Criteria(("looked_for_harm",)),
        ),
    )
    labels = ("No change, harm or mixed", "Harm", "Looked for harm")
    return Result(
        analysis="direction",
        question=QUESTION,
        statement=_statement(held, pool, figures, _about_a_change(pool, codebook)),
        caution="What is not reported may still have happened: mostly positive findings are no evidence of no harm.",
        figures=figures,
        tables=(_table(held, codebook),),
        missing=""
        if pool or not held
        else f"no finding of {plural(len(held), 'study')} states a direction: code findings",
        charts=(bars("direction", QUESTION, list(zip(labels, figures, strict=True))),),
    )


def _with(terms: tuple[str, ...]) -> StudyTest:
    """Whether a study has such a finding; that it has none takes a full text with every direction stated."""

    def code(study: Study) -> bool | None:
        found = [f.direction for f in study.findings]
        return presence(study, found=any(d in terms for d in found), complete="not_stated" not in found)

    return code


def _about_a_change(studies: tuple[Study, ...], codebook: Codebook) -> int:
    """How many studies have a mixed, null or harmful finding at level outcome or impact."""
    return sum(any(f.direction in AGAINST for f in outcome_findings(s, codebook)) for s in studies)


def _statement(held: tuple[Study, ...], pool: tuple[Study, ...], figures: tuple[Figure, ...], changes: int) -> str:
    against, harm, looked = figures
    if not pool:
        return f"Not assessed: no finding of {plural(len(held), 'study')} states a direction."
    lead = (
        f"Of {plural(len(held), 'study')}, {number_with_verb(len(pool), 'states', 'state')} "
        f"for at least one finding which way it "
        f"points. A finding of no change, harm or a mixed result: {seen_in_words(against)}, in {changes} of them about "
        f"a change and not about taking part; of harm or burden: {seen_in_words(harm)}."
    )
    unsaid = unknown_of(looked)
    looking = f" Whether they looked for harm: {seen_in_words(looked)}."
    return lead + looking + (" This is not evidence of no harm." if unsaid or not harm.numerator else "")


def _table(studies: tuple[Study, ...], codebook: Codebook) -> Table:
    return findings_by(
        "direction",
        studies,
        codebook,
        columns=COLUMNS,
        title="Findings by direction",
        head="Direction",
        note="A study may stand in several rows. Outcome findings tell of a change; the others tell of taking part.",
        identity="direction.findings",
    )
