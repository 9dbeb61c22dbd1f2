"""G12: whether an appraisal of the studies is recorded, and how certain the findings are.

Quality and certainty are not computed: what people recorded is counted, and answers are not added up to a total.
Methods: docs/methods/analyses.md#appraisal.
"""

from collections.abc import Iterable

from coprod_review.gaps.analysis import Analysis
from coprod_review.gaps.shares import count, share
from coprod_review.gaps.study_sets import outcome_findings
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Appraisal, Study, eligible
from coprod_review.results.chart import bars
from coprod_review.results.figure import Criteria, Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Cell, Count, Table

QUESTION = "Does this base record how good the studies are, and how certain the findings are?"
APPRAISAL = Criteria(("appraisal",))


def analyse(studies: Iterable[Study], framework: Framework) -> Result:
    """Count the eligible studies with an appraisal and with a serious concern, and the findings with a certainty.

    Figures ``appraisal.appraised``, ``.serious-concern`` and ``.certainty``.
    """
    codebook = framework.codebook
    studies = eligible(studies, codebook)
    appraised, concern = _appraised(studies, codebook), _serious_concern(studies, codebook)
    certain = _certain(studies, codebook)
    return Result(
        analysis="appraisal",
        figures=(appraised, concern, certain),
        tables=_items(studies),
        missing=() if appraised.numerator or not studies else ("appraisal",),
        charts=(bars("appraisal", (("Appraised", appraised), ("Serious concern", concern))),),
    )


def _appraised(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    return share(
        "appraisal.appraised",
        "Studies with a recorded appraisal",
        "counts a study if its appraisal records the tool, the items and the assessor; out of the eligible studies",
        studies,
        lambda s: s.appraisal is not None,
        codebook,
        criteria=APPRAISAL,
    )


def _serious_concern(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    return share(
        "appraisal.serious-concern",
        "Studies with a serious concern",
        "counts a study if its assessor recorded a serious concern; out of the studies with an appraisal",
        studies,
        lambda s: {"present": True, "absent": False}.get(s.appraisal.serious_concern) if s.appraisal else None,
        codebook,
        criteria=APPRAISAL,
    )


def _certain(studies: tuple[Study, ...], codebook: Codebook) -> Figure:
    findings = [f for s in studies for f in outcome_findings(s, codebook)]
    return count(
        "appraisal.certainty",
        "Outcome findings with a recorded certainty",
        "counts a finding if a person recorded all four components of GRADE-CERQual; out of the outcome findings of "
        "the eligible studies",
        [f.id for f in findings if f.certainty],
        [f.id for f in findings],
        "complete_count",
        unit="finding",
    )


def _items(studies: tuple[Study, ...]) -> tuple[Table, ...]:
    """Return the answers to each item of each tool as a table without totals, or no table if it would be empty."""
    by_answer: dict[tuple[str, str, str], list[str]] = {}
    for study in studies:
        for key in _answers(study.appraisal):
            by_answer.setdefault(key, []).append(study.id)
    keys = sorted(by_answer)
    rows: tuple[tuple[Cell, ...], ...] = tuple((*key, Count(tuple(by_answer[key]), APPRAISAL)) for key in keys)
    table = Table(
        "Answers to the items of each tool",
        ("Tool", "Item", "Answer", "Studies"),
        rows,
        id="appraisal.items",
        row_ids=tuple(f"{tool}:{item}:{answer}" for tool, item, answer in keys),
        column_ids=("item", "answer", "studies"),
    )
    return (table,) if rows else ()


def _answers(appraisal: Appraisal | None) -> Iterable[tuple[str, str, str]]:
    """Return the tool, item and answer of each item of an appraisal."""
    return ((appraisal.tool, item, answer) for item, answer in appraisal.items.items()) if appraisal else ()


ANALYSIS = Analysis("appraisal", QUESTION, analyse)
