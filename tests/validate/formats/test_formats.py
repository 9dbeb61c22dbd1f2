"""Every format of diagnostics shows the same problems, in the form that its readers expect."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from coprod_review.validate import apply_rules
from coprod_review.validate.formats import FORMATS
from tests.cli.validating import MISTAKES, WARNED, Command, Place, places_in_lines, written
from tests.conftest import REPOSITORY, entry

pytestmark = pytest.mark.usefixtures("empty_folder")


def _in_json(out: str) -> Counter[Place]:
    return Counter((d["file"], d["line"], d["code"]) for d in json.loads(out)["diagnostics"])


def _in_github(out: str) -> Counter[Place]:
    return places_in_lines(out)


def _in_sarif(out: str) -> Counter[Place]:
    places = []
    for result in json.loads(out)["runs"][0]["results"]:
        where = result["locations"][0]["physicalLocation"]
        places.append((unquote(where["artifactLocation"]["uri"]), where["region"]["startLine"], result["ruleId"]))
    return Counter(places)


def _in_junit(out: str) -> Counter[Place]:
    cases = [case for case in ET.fromstring(out).iter("testcase") if case.get("name") != "no diagnostics"]
    names = [(case.attrib["classname"], case.attrib["name"]) for case in cases]
    return Counter((file, int(name.split(":")[0]), name.split()[1]) for file, name in names)


def _in_markdown(out: str) -> Counter[Place]:
    rows = re.finditer(r"^\| (.*?):(\d+):\d+ \| (CPR\d+) ", out, re.MULTILINE)
    return Counter((row[1].replace("\\", ""), int(row[2]), row[3]) for row in rows)


READERS: dict[str, Callable[[str], Counter[Place]]] = {
    "text": places_in_lines,
    "concise": places_in_lines,
    "json": _in_json,
    "github": _in_github,
    "sarif": _in_sarif,
    "junit": _in_junit,
    "markdown": _in_markdown,
}


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_shows_the_same_diagnostics(format: str, run: Command, tmp_path: Path) -> None:
    examples = REPOSITORY / "tests" / "examples"
    found = Counter((d.file, d.span.line, d.code) for d in _all_of(examples))
    done = run("validate", *sorted(examples.glob("*.yaml")), "--format", format, "--base", tmp_path / written(MISTAKES))
    reported = READERS[format](done.out)
    assert {place[2] for place in reported} >= {place[2] for place in found} - {"CPR104"}  # the base around it has one
    expected = READERS["json"](
        run("validate", *sorted(examples.glob("*.yaml")), "--format", "json", "--base", "base/studies.yaml").out
    )
    if format == "sarif":  # relative to where the program runs
        expected = Counter({(str(_relative(file)), line, code): n for (file, line, code), n in expected.items()})
    assert reported == expected
    assert sum(reported.values()) >= 60
    assert done.code == 1


def _all_of(examples: Path) -> list[Any]:
    from coprod_review.loading import discovery

    return [d for path in sorted(examples.glob("*.yaml")) for d in apply_rules.diagnose_base(discovery.read_base(path))]


def _relative(file: str) -> str:
    import os

    return os.path.relpath(file)


@pytest.mark.parametrize("format", FORMATS)
def test_valid_file_exits_with_0_in_every_format(format: str, run: Command) -> None:
    written("studies:\n" + entry())
    done = run("validate", "base", "--format", format)
    assert done.code == 0
    assert not READERS[format](done.out)


@pytest.mark.parametrize("format", FORMATS)
def test_missing_path_exits_with_2(format: str, run: Command) -> None:
    done = run("validate", "absent.yaml", "--format", format)
    assert (done.code, done.out) == (2, "")
    assert done.err == "coprod-review: There is no file or folder absent.yaml: check the path.\n"


def test_text_shows_line_carets_and_hint(run: Command) -> None:
    written(MISTAKES)
    out = run("validate", "base").out
    assert out.startswith(
        "base/studies.yaml:3:92: CPR306 error  `https://doi.org/10.1000/x` is not the plain form of a DOI"
        "  [kay-2019 › citation › DOI]\n"
    )
    assert (
        "base/studies.yaml:10:18: CPR003 error  other programs read `NO` as false, not as text"
        "  [kay-2019 › coding_note]\n"
        "   10 |     coding_note: NO\n"
        '      |                  ^^ write "NO"\n'
        "      fix: safe\n"
    ) in out
    assert out.endswith(
        "Checked 1 study in 1 file: 5 errors. 4 problems can be fixed with --fix. "
        "1 problem can be fixed with --fix --unsafe-fixes: check the result. "
        "Run `coprod-review explain CPR306` to see why it matters.\n"
    )


def test_concise_is_one_line_for_each(run: Command) -> None:
    written(MISTAKES)
    lines = run("validate", "base", "--format", "concise").out.splitlines()
    assert len(lines) == 6
    assert lines[1] == (
        "base/studies.yaml:6:13: CPR201 error  `qualitativ` is not a term for `design` in the codebook - "
        "did you mean `qualitative`? Run `coprod-review codebook designs` to see every term. "
        "To use a new term, give the base a codebook.yaml of its own"
    )


def _against_the_schema(name: str) -> subprocess.CompletedProcess[str]:
    # One pattern of the published schema is no expression to the stricter reader.
    schema = str(REPOSITORY / "tests/validate/formats/sarif-2.1.0.json")
    command = [sys.executable, "-m", "check_jsonschema", "--regex-variant", "python", "--schemafile", schema, name]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_sarif_is_that_of_the_published_schema(run: Command) -> None:
    path = written(MISTAKES, "base with a blank/studies.yaml")
    run("validate", path, "-o", "found.sarif")
    done = _against_the_schema("found.sarif")
    assert done.returncode == 0, done.stdout
    (one,) = json.loads(Path("found.sarif").read_text(encoding="utf-8"))["runs"]
    files = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in one["results"]}
    assert files == {"base%20with%20a%20blank/studies.yaml"}
    assert [one["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in one["results"]] == [
        r["ruleId"] for r in one["results"]
    ]
    assert one["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 92, "endLine": 3, "endColumn": 119},
            "insertedContent": {"text": "10.1000/x"},
        }
    ]


@pytest.mark.slow
def test_a_broken_sarif_document_is_refused_by_that_schema(run: Command) -> None:
    written(MISTAKES)
    document = json.loads(run("validate", "base", "--format", "sarif").out)
    document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    Path("broken.sarif").write_text(json.dumps(document), encoding="utf-8")
    done = _against_the_schema("broken.sarif")
    assert done.returncode == 1
    assert "0 is less than the minimum of 1" in done.stdout


def _prints(run: Command, *paths: str) -> dict[tuple[str, str], str]:
    found = json.loads(run("validate", *paths, "--format", "json").out)["diagnostics"]
    return {(d["code"], d["pointer"] + str(d["value"])): d["fingerprint"] for d in found}


def test_fingerprints_survive_moved_lines(run: Command) -> None:
    written(MISTAKES + "\n# a  \n# b  \n# a  \n")
    before = json.loads(run("validate", "base", "--format", "json").out)["diagnostics"]
    assert len({d["fingerprint"] for d in before}) == len(before) == 8
    moved = MISTAKES.replace("studies:\n", "studies:\n" + entry("Able", 2020)) + "\n\n# a  \n# b  \n# a  \n"
    written(moved)
    after = json.loads(run("validate", "base", "--format", "json").out)["diagnostics"]
    assert [d["fingerprint"] for d in after] == [d["fingerprint"] for d in before]


def test_fingerprints_ignore_working_folder(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    written(MISTAKES)
    before = _prints(run, "base")
    assert len(set(before.values())) == len(before) == 5
    monkeypatch.chdir(tmp_path / "base")
    assert _prints(run, "studies.yaml") == before


def test_junit_fails_on_what_fails_the_run(run: Command) -> None:
    written(WARNED)
    done = run("validate", "base", "--format", "junit", "--fail-on", "warning")
    assert (done.code, done.out.count("<failure")) == (1, 1)
    assert "<failure" not in run("validate", "base", "--format", "junit").out
