"""G12: whether an appraisal of the studies is recorded, and how certain the findings are.

Nothing is computed of quality or certainty: what people recorded is counted, and
no total is made. Methods: docs/methods/analyses.md#appraisal.
"""

from collections.abc import Iterable

from coprod_review.gaps.charts import bars
from coprod_review.gaps.shares import count, share
from coprod_review.gaps.study_sets import outcome_findings
from coprod_review.model.base import Framework
from coprod_review.model.study import Appraisal, Study, eligible
from coprod_review.phrasing.figures import seen_in_words
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table
from coprod_review.text.grammar import plural

QUESTION = "Is an appraisal of the studies recorded here, and how certain the findings are?"
NEEDED = (
    "no study has a recorded appraisal: record under appraisal the tool, the answer to each item, whether there is a "
    "serious concern, the assessor, the date and why"
)


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Eligible studies with a recorded appraisal, with a serious concern, and findings with a recorded certainty.

    Figures ``appraisal.appraised``, ``.serious-concern`` and ``.certainty``.
    """
    held, codebook = eligible(studies), framework.codebook
    trail = Criteria(("appraisal",))
    appraised = share(
        "appraisal.appraised",
        "Studies with a recorded appraisal",
        "tool, items and assessor are recorded; of all eligible studies",
        held,
        lambda s: s.appraisal is not None,
        codebook,
        trail=trail,
    )
    concern = share(
        "appraisal.serious-concern",
        "Studies with a serious concern",
        "as the assessor recorded it; of the studies with an appraisal",
        held,
        lambda s: {"present": True, "absent": False}.get(s.appraisal.serious_concern) if s.appraisal else None,
        codebook,
        trail=trail,
    )
    findings = [f for s in held for f in outcome_findings(s, codebook)]
    certain = count(
        "appraisal.certainty",
        "Outcome findings with a recorded certainty",
        "all four components of GRADE-CERQual recorded by a person; of the outcome findings of eligible studies",
        [f.id for f in findings if f.certainty],
        [f.id for f in findings],
        "a count of what people recorded",
        unit="finding",
    )
    return Result(
        analysis="appraisal",
        question=QUESTION,
        statement=_statement(held, appraised, concern, certain),
        caution="The number of studies says nothing of how good they are; nor does a missing appraisal.",
        figures=(appraised, concern, certain),
        tables=_items(held),
        missing="" if appraised.numerator or not held else NEEDED,
        charts=(bars("appraisal", QUESTION, (("Appraised", appraised), ("Serious concern", concern))),),
    )


def _statement(held: tuple[Study, ...], appraised: Figure, concern: Figure, certain: Figure) -> str:
    bare = len(held) - (appraised.numerator or 0)
    lead = f"Not appraised: {bare} of {plural(len(held), 'study')}."
    judged = f" Certainty is recorded for {certain.numerator} of {plural(certain.denominator or 0, 'outcome finding')}."
    if not appraised.numerator:
        return f"{lead} Nothing here speaks to quality.{judged}"
    return f"{lead} A serious concern: {seen_in_words(concern)}.{judged}"


def _items(studies: tuple[Study, ...]) -> tuple[Table, ...]:
    """How each item of each tool was answered; no total."""
    answered: dict[tuple[str, str, str], list[str]] = {}
    for study in studies:
        for item, answer in _answers(study.appraisal):
            answered.setdefault((*item, answer), []).append(study.id)
    keys = sorted(answered)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*key, Count(tuple(answered[key]), Criteria(("appraisal",)))) for key in keys
    )
    table = Table(
        "Answers to the items of each tool",
        ("Tool", "Item", "Answer", "Studies"),
        rows,
        "Items are not added up: no tool of its kind allows a total.",
        id="appraisal.items",
        row_ids=tuple(f"{tool}:{item}:{answer}" for tool, item, answer in keys),
        column_ids=("item", "answer", "studies"),
    )
    return (table,) if rows else ()


def _answers(appraisal: Appraisal | None) -> Iterable[tuple[tuple[str, str], str]]:
    return (((appraisal.tool, item), answer) for item, answer in appraisal.items.items()) if appraisal else ()
