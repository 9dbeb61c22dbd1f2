"""The command ``export``: a bibliography of a base or of a part of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from coprod_review.loading.evidence_base import EvidenceBase
from tests.conftest import base_of, entry


def test_export_writes_base_and_review_or_a_part(run: Any, bundled: EvidenceBase) -> None:
    items = json.loads(run("export", "--format", "csl-json").out)
    assert [item["id"] for item in items] == [*(study.id for study in bundled.studies), "scie-review-2022"]
    assert f"\n{run('export', '--format', 'bibtex').out}".count("\n@") == len(items)
    for option, term in (("--where", "place=Wales"), ("--reported-in", "scie-review-2022")):
        part = json.loads(run("export", "--format", "csl-json", option, term).out)
        listed = json.loads(run("list", "--format", "json", option, term).out)
        assert [item["id"] for item in part] == [study["id"] for study in listed]
        assert 0 < len(part) < len(bundled.studies)


@pytest.mark.parametrize(("name", "format"), [("x.bib", "bibtex"), ("x.json", "csl-json"), ("x.BIB", "bibtex")])
def test_the_suffix_of_a_file_picks_the_format(name: str, format: str, tmp_path: Path, run: Any) -> None:
    assert run("export", "-o", tmp_path / name) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8") == run("export", "--format", format).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--format bibtex or --format csl-json, or -o FILE.bib or -o FILE.json"),
        (("-o", "x.txt"), "use one of .bib, .json"),
        (("-o", "x.bib", "--format", "csl-json"), "leave out --format"),
        (("--format", "ris"), "Invalid value"),
        (("--format", "bibtex", "--where", "sektor=health"), "did you mean `sector`?"),
        (("--format", "bibtex", "--base", "absent"), "There is no file or folder absent"),
    ],
)
def test_mistyped_export_arguments_are_reported(arguments: tuple[str, ...], words: str, run: Any) -> None:
    done = run("export", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in " ".join(done.err.split())


def test_export_reports_skipped_studies(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + entry("Able", 2020, more="    status: 5\n"))
    assert run("export", "--format", "bibtex", "--base", tmp_path).code == 2
    done = run("export", "--format", "bibtex", "--base", tmp_path, "--skip-invalid")
    assert (done.code, done.out.count("@")) == (0, 1)
    assert done.err == "Left out because of errors: able-2020.\n"


def test_new_rejects_exported_studies(tmp_path: Path, run: Any, bundled: EvidenceBase) -> None:
    run("export", "-o", tmp_path / "all.bib")
    done = run("new", "--from", tmp_path / "all.bib")
    assert (done.code, done.out) == (1, "")
    assert f"Drafted 0 of {len(bundled.studies) + 1} records" in done.err
    assert "it is the review that the base starts from" in done.err
