"""CSV for spreadsheets: one table with one header row and no merged cells."""

import csv
import io

from coprod_review.render.report_format import ReportFormat
from coprod_review.results.report import Report
from coprod_review.results.table import Cell, Count, cell_text


def render(report: Report) -> str:
    """Return the report's one table as CSV: counts as numbers, unknown values empty."""
    table = report.spreadsheet()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[_plain(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, Count):
        return cell.n
    if isinstance(cell, int | float):
        return cell
    return _harmless(cell_text(cell).strip())


def _harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and text else text


FORMAT = ReportFormat("csv", (".csv",), render)
