"""Rules that several analyses share: which share may divide, which terms are of a kind, and what a row is called."""

from dataclasses import replace

from coprod_review.gaps.analyses import appraisal
from coprod_review.gaps.analyses.representation import dividing_benchmarks
from coprod_review.gaps.analysis import Options
from coprod_review.gaps.findings_table import FINDINGS, STUDIES, findings_by
from coprod_review.gaps.registry import all_results, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import Appraisal
from tests.conftest import study
from tests.gaps.worked import found


def test_usable_benchmarks_match_group_and_kind(bundled: EvidenceBase) -> None:
    crude = next(b for b in bundled.framework.benchmarks if b.standardised is False and "people" in b.suitable_for)
    benchmarks = [
        crude,
        replace(crude, id="b", group="women" if crude.group != "women" else "dementia"),
        replace(crude, id="c", standardised=True),
        replace(crude, id="d", standardised="not_found"),
        replace(crude, id="e", suitable_for=()),
        replace(crude, id="f", suitable_for=("older-people",)),
    ]
    usable = dividing_benchmarks(crude.group, replace(bundled.framework, benchmarks=tuple(benchmarks)))
    assert [b.id for b in usable] == [crude.id, "f"]


def test_terms_of_a_kind_come_from_one_vocabulary(framework: Framework) -> None:
    book = framework.codebook
    assert book.of_kind("levels", "outcome") == {"outcome", "impact"}
    assert book.of_kind("levels", "experience", "output") == {"experience", "output"}
    assert book.of_kind("designs", "outcome") == book.of_kind("nothing", "outcome") == frozenset()


def test_slash_in_tool_name_is_allowed(framework: Framework) -> None:
    made = Appraisal(tool="A/B", items={"1": "yes"}, serious_concern="absent", assessor="A", date="x", rationale="r")
    result = appraisal.analyse([study(1, appraisal=made)], framework)
    cells = {name: count.ids for table in result.tables for name, _, count in table.cells()}
    assert cells["appraisal.items/A/B:1:yes/studies"] == ("author1-2020",)


def test_findings_by_term_count_studies_once(framework: Framework) -> None:
    harm, own, process = {"direction": "harm"}, {"direction": "benefit"}, {"direction": "harm", "level": "experience"}
    studies = [found(1, harm, harm, own), found(2, process)]
    columns = (FINDINGS, STUDIES, STUDIES._replace(id="any", label="Any", outcome_only=False))
    table = findings_by("direction", studies, framework.codebook, columns=columns, identity="t", title="T", head="H")
    assert (table.columns, table.title) == (("H", "Findings", "Studies", "Any"), "T")
    cells = {name: count for name, _, count in table.cells()}
    assert cells["t/harm/findings"].ids == ("author1-2020.1", "author1-2020.2")
    assert cells["t/harm/studies"].ids == cells["t/benefit/studies"].ids == ("author1-2020",)
    assert cells["t/harm/any"].ids == ("author1-2020", "author2-2020")
    assert (cells["t/harm/findings"].unit, cells["t/harm/any"].unit) == ("finding", "study")
    assert cells["t/harm/any"].criteria.findings == ({"direction": ("harm",)},)
    assert cells["t/harm/studies"].criteria.findings == ({"level": ("outcome", "impact"), "direction": ("harm",)},)
    assert table.row_ids == tuple(t.id for t in framework.codebook.terms("directions"))


def test_tables_mark_their_total_rows_and_columns(bundled: EvidenceBase) -> None:
    crossed = Options(rows="sector", cols="role")
    results = (*all_results(bundled.studies, bundled.framework),
               *run_analyses(["matrix"], bundled.studies, bundled.framework, crossed))  # fmt: skip
    for table in (table for result in results for table in result.tables if table.row_ids):
        rows = {n for n, row in enumerate(table.rows) if str(row[0]) == "All" or str(row[0]).endswith(": all")}
        columns = {n for n, name in enumerate(table.columns) if name == "All"}
        assert table.total_rows == rows, table.id
        assert table.total_columns == columns, table.id
