"""A format, reader, writer, facet or template takes one place and one line: toys, found where users meet them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coprod_review.bibliography.readers import READERS
from coprod_review.bibliography.readers.reader import Reader
from coprod_review.bibliography.reference import Bibliography, Reference
from coprod_review.bibliography.writers import WRITERS
from coprod_review.bibliography.writers.writer import Writer
from coprod_review.documents.document_format import DocumentFormat
from coprod_review.documents.registry import FORMATS as DOCUMENTS
from coprod_review.model.citation import Citation, Name
from coprod_review.model.facets import FACETS, Facet
from coprod_review.render import FORMATS
from coprod_review.render.report_format import ReportFormat
from coprod_review.validate.formats import FORMATS as DIAGNOSTICS
from coprod_review.validate.formats.diagnostics_format import DiagnosticsFormat
from tests.conftest import entry

pytestmark = pytest.mark.usefixtures("empty_folder")


def _reference(title: str) -> Reference:
    return Reference("toy", 1, Citation(type="report", title=title.strip(), author=(Name(family="Toy"),), issued=2020))


def _help(run: Any, command: str) -> str:
    return " ".join(run(command, "--help").out.split())


def test_a_format_of_reports(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "toy", ReportFormat("toy", (".toy",), lambda report: f"toy: {report.title}\n"))
    by_name = run("codebook", "--format", "toy")
    assert (by_name.code, by_name.out.startswith("toy: ")) == (0, True)
    assert run("codebook", "-o", "x.toy") == (0, "", "")
    assert Path("x.toy").read_text(encoding="utf-8") == by_name.out
    for command in ("codebook", "gaps"):
        assert "|toy>" in _help(run, command)
        assert "or .toy." in _help(run, command)
    assert "'markdown', 'toy'." in " ".join(run("codebook", "--format", "absent").err.split())


def test_a_format_of_charts_is_offered_where_there_are_charts(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = ReportFormat("toy", (".toy",), lambda report: f"{report.charts[0].id}\n", needs_chart=True)
    monkeypatch.setitem(FORMATS, "toy", toy)
    assert run("gaps", "focus", "--format", "toy").out == "focus\n"
    assert "|toy>" in _help(run, "gaps")
    assert "toy" not in _help(run, "list")


def test_a_format_of_diagnostics(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("studies.yaml").write_text("studies:\n" + entry(), encoding="utf-8")
    toy = DiagnosticsFormat("toy", (".toy",), lambda report: f"toy: {report.studies}\n", other_suffixes=(".txt",))
    monkeypatch.setitem(DIAGNOSTICS, "toy", toy)
    assert run("validate", "studies.yaml", "--format", "toy") == (0, "toy: 1\n", "")
    assert run("validate", "studies.yaml", "-o", "x.toy") == (0, "", "")
    assert run("validate", "studies.yaml", "-o", "x.txt", "--format", "toy") == (0, "", "")
    assert Path("x.toy").read_text(encoding="utf-8") == Path("x.txt").read_text(encoding="utf-8") == "toy: 1\n"
    assert "|toy>" in _help(run, "validate")


def test_a_reader_of_bibliographies(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Reader("Toy", (".toy",), lambda text: Bibliography((_reference(text),)))
    monkeypatch.setitem(READERS, toy.label, toy)
    Path("x.toy").write_text("A title\n", encoding="utf-8")
    done = run("new", "--from", "x.toy")
    assert done.code == 0
    assert "title: A title" in done.out
    assert "A BibTeX file (.bib) or Toy file (.toy) with" in _help(run, "new")
    assert "ends in .bib or .toy." in run("new", "--from", "x.absent").err


def test_a_writer_of_bibliographies(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = Writer("toy", (".toy",), lambda studies: "".join(f"{study.id}\n" for study in studies))
    monkeypatch.setitem(WRITERS, toy.name, toy)
    by_name = run("export", "--format", "toy")
    assert "kay-2019\n" in by_name.out
    assert run("export", "-o", "x.toy") == (0, "", "")
    assert Path("x.toy").read_text(encoding="utf-8") == by_name.out
    assert "<bibtex|csl-json|toy>" in _help(run, "export")
    assert "or --format toy, or -o FILE.bib, -o FILE.json or -o FILE.toy." in run("export").err


def test_a_kind_of_document(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    toy = DocumentFormat(".toy", lambda document, _: document.title.encode())
    monkeypatch.setitem(DOCUMENTS, toy.suffix, toy)
    assert run("brief", "-o", "x.toy").code == 0
    assert Path("x.toy").read_bytes()
    assert ".pdf or .toy." in _help(run, "brief")


def test_a_facet(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FACETS, "toy", Facet("Toy", None, of_study=lambda study: (study.id[:1],), field="id"))
    ids = [study["id"] for study in json.loads(run("list", "--where", "toy=k", "--format", "json").out)]
    assert ids
    assert {identity[:1] for identity in ids} == {"k"}
    assert "by toy and outcome domain" in run("gaps", "matrix", "--rows", "toy").out
    assert ", toy." in run("list", "--where", "absent=x").err


def test_a_template_of_briefings(run: Any) -> None:
    Path("own").mkdir()
    Path("own", "toy.md.j2").write_text("{# A toy. #}\n# Toy\n\n{{ figure('focus.outcome-share') }}\n", "utf-8")
    assert "toy         A toy.\n" in run("brief", "--list", "--templates", "own").out
    assert "# Toy\n" in run("brief", "toy", "--templates", "own").out


SLOW = {"pydantic", "citeproc", "yaml", "jinja2", "coprod_review.model.study", "coprod_review.render.drawing.chart"}


@pytest.mark.slow
@pytest.mark.parametrize("command", [[], ["gaps"]])
def test_help_imports_nothing_slow(command: list[str]) -> None:
    program = (
        "import sys; from coprod_review.cli import app\n"
        f"app({[*command, '--help']}, standalone_mode=False)\n"
        f"print(sorted({SLOW} & {{*sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
