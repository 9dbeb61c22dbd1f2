"""No code searches, splits, replaces or trims inside a finished sentence, so that words can change in one place.

The packages that make or pass on sentences may call methods that edit text only in the functions listed here, each with
its reason: ids, typed arguments, the layout of lines, and texts that curators wrote.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import coprod_review

PACKAGE = Path(coprod_review.__file__).parent
SCANNED = ("gaps", "results", "phrasing", "replication", "why", "reports", "render", "cli", "briefing/passages")
EDITS = {
    "split", "rsplit", "replace", "partition", "rpartition", "removesuffix", "removeprefix", "strip", "rstrip",
    "lstrip", "splitlines", "translate", "casefold",
}  # fmt: skip
ID, TYPED, LAYOUT = "an id", "an argument that a person typed", "the layout of lines, columns and pictures"
ALLOWED = {
    "gaps/analyses/claims.py:_status_figure": ID,
    "gaps/analyses/claims.py:_tables": ID,
    "gaps/study_sets.py:place_id": ID,
    "gaps/reliability.py:_fields_of": ID,
    "gaps/analyses/overlap.py:_names": ID,
    "gaps/analyses/overlap.py:_included_works": ID,
    "gaps/gap_rules.py:_month": "a date",
    "gaps/gap_rules.py:find_gaps": ID,
    "gaps/registry.py:analysis_of": ID,
    "phrasing/analyses/currency.py:_statement": ID,
    "phrasing/claims.py:module": ID,
    "phrasing/gaps.py:_place": "a label of the codebook, which may name its group already",
    "phrasing/studies.py:_search_point": ID,
    "phrasing/studies.py:erratum_subject": "the path of a field",
    "phrasing/texts.py:clause": "a text that a curator wrote, with or without its full stop",
    "why/lookup.py:_implied_options": ID,
    "why/members.py:_field_value": "the path of a field",
    "why/members.py:_claim_member": ID,
    "why/members.py:_finding_member": ID,
    "reports/changes.py:earlier_base": TYPED,
    "reports/claims.py:_passes": TYPED,
    "reports/new_base.py:domains": ID,
    "reports/new_base.py:parse_bundled_field": TYPED,
    "reports/new_base.py:_outcome": TYPED,
    "reports/new_base.py:_listed_words": TYPED,
    "reports/new_base.py:_label": TYPED,
    "reports/new_base.py:_bundled_codebook_text": "the text of a file",
    "reports/new_term.py:_refuse_malformed": TYPED,
    "reports/new_term.py:_refuse_known": TYPED,
    "reports/new_term.py:_require_wider": ID,
    "reports/new_term.py:_refuse_retired": "a comment that a curator wrote",
    "reports/new_term.py:_retired": "a comment that a curator wrote",
    "render/csv.py:_plain": "a cell that a spreadsheet would run as a formula",
    "render/drawing/canvas.py:format_number": "a number",
    "render/drawing/canvas.py:_reach": LAYOUT,
    "render/drawing/chart.py:_xml_id": ID,
    "render/drawing/matrix_layout.py:_horizontal_label_width": LAYOUT,
    "render/drawing/text_layout.py:single_line": LAYOUT,
    "render/drawing/text_layout.py:wrap": LAYOUT,
    "render/drawing/text_layout.py:wrap_balanced": LAYOUT,
    "render/markdown.py:render": LAYOUT,
    "render/terminal.py:_heading": LAYOUT,
    "render/terminal.py:_bars": LAYOUT,
    "render/terminal.py:_label_width": LAYOUT,
    "render/terminal.py:_unbroken": LAYOUT,
    "render/terminal.py:_rows_as_sentences": LAYOUT,
    "render/terminal.py:_grid": LAYOUT,
    "cli/completion.py:module": "the name of a file",
    "briefing/passages/__init__.py:passage_for": ID,
    "briefing/passages/findings.py:finding": ID,
    "briefing/passages/passage.py:numbers": "numbers, which the check of a briefing compares",
}
"""Functions that may edit text, with the reason."""


def _edits(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield every call that edits text, with the function that it is in."""

    def visit(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method, owner = node.func.attr, node.func.value
            if method in EDITS or (isinstance(owner, ast.Name) and owner.id == "re" and method != "compile"):
                yield function, ast.unparse(node)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, function)

    return visit(tree, "module")


@cache
def edits_of_package() -> dict[str, list[str]]:
    """Every call that edits text, by module and function."""
    found: dict[str, list[str]] = {}
    for name in SCANNED:
        for path in sorted((PACKAGE / name).rglob("*.py")):
            for function, call in _edits(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(f"{path.relative_to(PACKAGE).as_posix()}:{function}", []).append(call)
    return found


def test_only_the_listed_functions_edit_text() -> None:
    assert {place: calls for place, calls in edits_of_package().items() if place not in ALLOWED} == {}


def test_the_list_holds_no_function_that_no_longer_edits_text() -> None:
    assert [place for place in ALLOWED if place not in edits_of_package()] == []


def test_a_planted_edit_is_found() -> None:
    tree = ast.parse('def words(gap):\n    return gap.statement.replace(" cells", " domains")\n')
    assert list(_edits(tree)) == [("words", "gap.statement.replace(' cells', ' domains')")]
