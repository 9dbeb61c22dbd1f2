"""The ids of all figures and tables of the shipped base, which users cite and programs read.

``python -m tests.shipped_data.figure_ids`` writes ``figure_ids.txt`` again, one id a line.
"""

from pathlib import Path

from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.reports.gaps import results_of
from coprod_review.validate import valid_base

LIST = Path(__file__).parent / "figure_ids.txt"


def figure_ids(base: EvidenceBase) -> list[str]:
    """The ids of all figures, and of all tables whose cells can be opened, in order."""
    results = results_of(base, list(ANALYSES))
    figures = [figure.id for result in results for figure in result.figures]
    return [*figures, *(table.id for result in results for table in result.tables if table.row_ids)]


if __name__ == "__main__":
    LIST.write_text("\n".join(figure_ids(valid_base.load())) + "\n", encoding="utf-8")
