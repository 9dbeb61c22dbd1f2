"""The command ``validate``: which files are checked against which base."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY, base_of, entry


def test_validate_shows_line_code_and_hint(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base_of(tmp_path, studies="studies:\n" + entry(more="    sector: [helth]\n"))
    done = run("validate", "studies.yaml")
    assert done.code == 1
    assert done.out == (
        "studies.yaml:10:14: CPR201 error  `helth` is not a term for `sector` in the codebook"
        "  [kay-2019 › sector › 0]\n"
        "   10 |     sector: [helth]\n"
        "      |              ^^^^^\n"
        "      | did you mean `health`? The terms are: social-care, health, voluntary,\n"
        "      | criminal-justice, public-services, research. To use a new term, give the\n"
        "      | base a codebook.yaml of its own\n"
        "      fix: unsafe\n"
        "Checked 1 study in 1 file: 1 error. 1 problem can be fixed with --fix --unsafe-fixes: check the result. "
        "Run `coprod-review explain CPR201` to see why it matters.\n"
    )


def test_validate_json_is_the_contract(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base_of(tmp_path, studies="studies:\n" + entry(more="    sector: [helth]\n"))
    document = json.loads(run("validate", "studies.yaml", "--format", "json").out)
    assert document["schema"] == "coprod-review/diagnostics/1"
    assert document["files"] == ["studies.yaml"]
    assert document["summary"] == {"errors": 1, "warnings": 0, "notes": 0, "fixable": 0}
    (found,) = document["diagnostics"]
    fingerprint = found.pop("fingerprint")
    assert len(fingerprint) == 32
    assert found == {
        "code": "CPR201", "name": "unknown-term", "severity": "error", "file": "studies.yaml", "line": 10, "column": 14,
        "end_line": 10, "end_column": 19, "study": "kay-2019", "pointer": "/studies/0/sector/0", "value": "helth",
        "message": "`helth` is not a term for `sector` in the codebook", "hint": "did you mean `health`? "
        "The terms are: social-care, health, voluntary, criminal-justice, public-services, research. "
        "To use a new term, give the base a codebook.yaml of its own",
        "fix": {
            "safe": False,
            "edits": [{"line": 10, "column": 14, "end_line": 10, "end_column": 19, "content": "health"}],
        },
        "related": [],
    }  # fmt: skip


def test_file_is_checked_within_its_base(tmp_path: Path, run: Any) -> None:
    base_of(
        tmp_path,
        base=(REPOSITORY / "tests/examples/linked/base.yaml").read_text(encoding="utf-8"),
        studies="studies:\n" + entry("Kay", more="    focus: wrong\n"),
        **{"studies__kay-2019": "\n".join(line[4:] for line in entry("Kay").split("\n"))},
    )
    document = json.loads(run("validate", tmp_path / "studies" / "kay-2019.yaml", "--format", "json").out)
    assert [d["code"] for d in document["diagnostics"]] == ["CPR302"]
    assert "studies.yaml:2" in document["diagnostics"][0]["related"][0]


def test_file_is_checked_against_named_base(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "base", studies="studies:\n" + entry("Able", 2020))
    path = tmp_path / "new.yaml"
    path.write_text("\n".join(line[4:] for line in entry("Able", 2020).split("\n")), encoding="utf-8")
    assert run("validate", path).code == 0
    done = run("validate", path, "--base", tmp_path / "base")
    assert done.code == 1
    assert "CPR302" in done.out


def test_file_outside_bases_is_checked_against_bundled(tmp_path: Path, run: Any) -> None:
    path = tmp_path / "new.yaml"
    path.write_text("\n".join(line[4:] for line in entry("Kay").split("\n")), encoding="utf-8")
    done = run("validate", path)
    assert done.code == 1
    assert "CPR302" in done.out
    assert "1 study in 1 file" in done.out


def test_files_are_checked_against_each_other(tmp_path: Path, run: Any) -> None:
    for name, family in (("a", "Zed"), ("b", "Zeb")):
        text = "\n".join(line[4:] for line in entry(family).split("\n")).replace(
            "issued: 2019", "issued: 2019, DOI: 10.1000/X"
        )
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert run("validate", tmp_path / "a.yaml").code == 0
    done = run("validate", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert done.code == 1
    assert "CPR301" in done.out
    assert "2 studies in 2 files" in done.out


def test_a_folder_is_its_own_base(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry())
    done = run("validate", tmp_path, "--base", tmp_path)
    assert done.code == 2
    assert "leave out one of the two" in done.err


def test_line_break_in_data_cannot_forge_log_lines(tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + entry(more='    sector: ["x\\n::error::forged"]\n'))
    out = run("validate", "--base", tmp_path).out
    assert "x\\u000a::error::forged" in out
    assert not [line for line in out.split("\n") if line.startswith("::error")]
