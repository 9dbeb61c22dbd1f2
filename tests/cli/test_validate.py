"""``validate`` as its users and their build servers meet it: formats, choices, fixes and exit codes."""

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

from coprod_review.errors import CoprodReviewError
from coprod_review.files.writing import UnwritableFile, replace_text
from coprod_review.source.edits import apply_edits
from coprod_review.source.problems import Severity
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules
from coprod_review.validate.formats import FORMATS
from coprod_review.validate.registry import RULE_MODULES, RULES
from tests.conftest import REPOSITORY, Run, entry

Command = Callable[..., Run]
Place = tuple[str, int, str]

WORDS = """\
studies:
  - id: kay-2019  # kept as it is
    citation: {type: document, title: A title, author: [{family: Kay}], issued: 2019, DOI: "https://doi.org/10.1000/x"}
    role: evidence
    role_reason: Reports its own data.
    design: qualitativ
    practice: [codesign,   'co-research']
    populations: {BAME: focus}
    coded_from: abstract
    coding_note: NO
    provenance: {entered_from: hand, as_of: 2026-01-01}
"""
FIXED = """\
studies:
  - id: kay-2019  # kept as it is
    citation: {type: document, title: A title, author: [{family: Kay}], issued: 2019, DOI: 10.1000/x}
    role: evidence
    role_reason: Reports its own data.
    design: qualitativ
    practice: [co-design,   'co-research']
    populations: {minority-ethnic: focus}
    coded_from: abstract
    coding_note: "NO"
    provenance: {entered_from: hand, as_of: 2026-01-01}
"""


@pytest.fixture(autouse=True)
def _no_actions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _written(text: str, name: str = "base/studies.yaml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


# --- formats -----------------------------------------------------------------------


def _lines(out: str) -> Counter[Place]:
    return Counter((m[1], int(m[2]), m[3]) for m in re.finditer(r"^(\S.*?):(\d+):\d+: (CPR\d+) ", out, re.MULTILINE))


def _in_json(out: str) -> Counter[Place]:
    return Counter((d["file"], d["line"], d["code"]) for d in json.loads(out)["diagnostics"])


def _in_github(out: str) -> Counter[Place]:
    return _lines(out)


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
    "text": _lines,
    "concise": _lines,
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
    done = run("validate", *sorted(examples.glob("*.yaml")), "--format", format, "--base", tmp_path / _written(WORDS))
    told = READERS[format](done.out)
    assert {place[2] for place in told} >= {place[2] for place in found} - {"CPR104"}  # the base around it has one
    expected = READERS["json"](
        run("validate", *sorted(examples.glob("*.yaml")), "--format", "json", "--base", "base/studies.yaml").out
    )
    if format == "sarif":  # relative to where the program runs
        expected = Counter({(str(_relative(file)), line, code): n for (file, line, code), n in expected.items()})
    assert told == expected
    assert sum(told.values()) >= 60
    assert done.code == 1


def _all_of(examples: Path) -> list[Any]:
    from coprod_review.loading import discovery

    return [d for path in sorted(examples.glob("*.yaml")) for d in apply_rules.diagnose_base(discovery.read_base(path))]


def _relative(file: str) -> str:
    import os

    return os.path.relpath(file)


@pytest.mark.parametrize("format", FORMATS)
def test_valid_file_exits_with_0_in_every_format(format: str, run: Command) -> None:
    _written("studies:\n" + entry())
    done = run("validate", "base", "--format", format)
    assert done.code == 0
    assert not READERS[format](done.out)


@pytest.mark.parametrize("format", FORMATS)
def test_missing_path_exits_with_2(format: str, run: Command) -> None:
    done = run("validate", "absent.yaml", "--format", format)
    assert (done.code, done.out) == (2, "")
    assert done.err == "coprod-review: There is no file or folder absent.yaml: check the path.\n"


def test_text_shows_line_carets_and_hint(run: Command) -> None:
    _written(WORDS)
    out = run("validate", "base").out
    assert out.startswith(
        "base/studies.yaml:3:92: CPR306 error  `https://doi.org/10.1000/x` is not a DOI alone"
        "  [kay-2019 › citation › DOI]\n"
    )
    assert (
        "base/studies.yaml:10:18: CPR003 error  `NO` would be read as false, not as text  [kay-2019 › coding_note]\n"
        "   10 |     coding_note: NO\n"
        '      |                  ^^ write "NO"\n'
        "      fix: safe\n"
    ) in out
    assert out.endswith(
        "Checked 1 study in 1 file: 5 errors. 4 can be fixed with --fix (1 more with --unsafe-fixes). "
        "Why: coprod-review explain CPR306\n"
    )


def test_concise_is_one_line_for_each(run: Command) -> None:
    _written(WORDS)
    lines = run("validate", "base", "--format", "concise").out.splitlines()
    assert len(lines) == 6
    assert lines[1] == (
        "base/studies.yaml:6:13: CPR201 error  unknown design `qualitativ` - "
        "did you mean `qualitative`? All: coprod-review codebook designs"
    )


def _against_the_schema(name: str) -> subprocess.CompletedProcess[str]:
    # One pattern of the published schema is no expression to the stricter reader.
    schema = str(REPOSITORY / "tests/validate/formats/sarif-2.1.0.json")
    command = [sys.executable, "-m", "check_jsonschema", "--regex-variant", "python", "--schemafile", schema, name]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_sarif_is_that_of_the_published_schema(run: Command) -> None:
    path = _written(WORDS, "base with a blank/studies.yaml")
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


def test_a_broken_sarif_document_is_refused_by_that_schema(run: Command) -> None:
    _written(WORDS)
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
    _written(WORDS + "\n# a  \n# b  \n# a  \n")
    before = json.loads(run("validate", "base", "--format", "json").out)["diagnostics"]
    assert len({d["fingerprint"] for d in before}) == len(before) == 8
    moved = WORDS.replace("studies:\n", "studies:\n" + entry("Able", 2020)) + "\n\n# a  \n# b  \n# a  \n"
    _written(moved)
    after = json.loads(run("validate", "base", "--format", "json").out)["diagnostics"]
    assert [d["fingerprint"] for d in after] == [d["fingerprint"] for d in before]


# --- GitHub --------------------------------------------------------------------------


def test_actions_use_github_format_and_summary(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _written(WORDS)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    (tmp_path / "summary.md").write_text("before\n", encoding="utf-8")
    done = run("validate", "base")
    assert done.code == 1
    assert (
        "::error file=base/studies.yaml,line=10,endLine=10,col=18,endColumn=20,title=coprod-review CPR003 (trap)"
        '::base/studies.yaml:10:18: `NO` would be read as false, not as text%0Awrite "NO"\n'
    ) in done.out
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("before\n### Checked 1 study in 1 file: 5 errors")
    assert summary.count("\n| base/studies.yaml:") == 5


def test_unwritable_summary_is_reported(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _written(WORDS)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "absent" / "summary.md"))
    done = run("validate", "base", "--format", "github")
    assert done.code == 2
    assert done.err.endswith("summary.md was not written: no such file or directory. Choose another place for it.\n")


def test_explicit_format_overrides_actions(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(WORDS)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run("validate", "base", "--format", "json").out.startswith("{")
    run("validate", "base", "-o", "found.xml")
    assert Path("found.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_annotations_are_escaped(run: Command) -> None:
    path = _written('studies:\n  - id: "a%0A::error::x"\n    "b:,%\\n": 1\n', "a,b%c/studies.yaml")
    out = run("validate", path, "--format", "github").out
    annotations = [line for line in out.splitlines() if line.startswith("::error")]
    assert len(annotations) == 6
    assert all(line.startswith("::error file=a%2Cb%25c/studies.yaml,line=") for line in annotations)
    assert any("unknown field `b:,%25%0A`" in line for line in annotations)


def test_annotations_stop_at_ten_per_type(run: Command) -> None:
    many = "".join(
        entry(f"Author{n}").replace("design: qualitative", "design: x  ").replace("A title", f"Title {n}")
        for n in range(12)
    )
    _written("studies:\n" + many)
    lines = run("validate", "base", "--format", "github").out.splitlines()
    kinds = [m[1] for line in lines if (m := re.match(r"::(error|warning|notice) ", line))]
    assert kinds == ["error"] * 10 + ["warning"] * 10
    assert [line for line in lines if line.startswith("…")] == [
        "… and 2 more errors: all of them stand above.",
        "… and 2 more warnings: all of them stand above.",
    ]


def test_data_cannot_issue_workflow_commands(run: Command) -> None:
    lines = run("validate", _written(WORDS, "::warning::forged/studies.yaml"), "--format", "github").out.splitlines()
    stopped = next(n for n, line in enumerate(lines) if line.startswith("::stop-commands::"))
    resumed = lines.index(f"::{lines[stopped].rpartition('::')[2]}::")
    inside = [n for n, line in enumerate(lines) if "forged" in line and not line.startswith("::error")]
    assert stopped == 0
    assert all(stopped < n < resumed for n in inside)
    assert inside


# --- choices --------------------------------------------------------------------------


def _codes(done: Run) -> set[str]:
    return {code for _, _, code in _lines(done.out)}


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ((), {"CPR003", "CPR201", "CPR306"}),
        (("--select", "CPR2"), {"CPR201"}),
        (("--select", "CPR306,CPR003"), {"CPR003", "CPR306"}),
        (("--ignore", "CPR2,cpr306"), {"CPR003"}),
        (("--select", "CPR2,CPR3", "--ignore", "CPR201"), {"CPR306"}),
    ],
)
def test_codes_are_chosen_by_their_beginnings(options: tuple[str, ...], codes: set[str], run: Command) -> None:
    _written(WORDS)
    assert _codes(run("validate", "base", *options)) == codes


def test_syntax_errors_are_never_deselected(run: Command) -> None:
    _written("studies:\n  - id: {\n")
    done = run("validate", "base", "--select", "CPR5")
    assert (_codes(done), done.code) == ({"CPR001"}, 1)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("typed", ["CPR7", "E501", "", ","])
def test_unknown_code_is_rejected(option: str, typed: str, run: Command) -> None:
    _written(WORDS)
    done = run("validate", "base", option, typed)
    assert (done.code, done.out) == (2, "")
    assert "o code" in done.err


WARNED = "studies:\n" + entry(more="    sector: [health] \n")


@pytest.mark.parametrize(
    ("options", "code", "shown"),
    [
        ((), 0, {"CPR013"}),
        (("--fail-on", "warning"), 1, {"CPR013"}),
        (("--fail-on", "note"), 1, {"CPR013"}),
        (("--severity", "error"), 0, set()),
        (("--severity", "error", "--fail-on", "warning"), 1, set()),
    ],
)
def test_severity_filters_and_fail_on_sets_exit_code(
    options: tuple[str, ...], code: int, shown: set[str], run: Command
) -> None:
    _written(WARNED)
    done = run("validate", "base", *options)
    assert (done.code, _codes(done)) == (code, shown)
    assert "1 warning." in done.out
    assert ("1 less severe is not shown." in done.out) == (not shown)


def test_statistics_count_each_code(run: Command) -> None:
    _written(WORDS)
    done = run("validate", "base", "--statistics")
    assert done.out.splitlines()[:3] == [
        "     3  CPR201  error    unknown-term  (fixable)",
        "     1  CPR003  error    trap  (fixable)",
        "     1  CPR306  error    bad-doi  (fixable)",
    ]
    told = json.loads(run("validate", "base", "--statistics", "--format", "json").out)
    assert told["statistics"][0] == {"code": "CPR201", "name": "unknown-term", "severity": "error", "count": 3}
    assert run("validate", "base", "--statistics", "--format", "sarif").code == 2


# --- only what changed ------------------------------------------------------------------


def _git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def _committed(*names: str) -> None:
    _git("init", "-q", "-b", "main")
    _git("add", *names)
    _git("commit", "-q", "-m", "Before")


def _since(run: Command, *paths: str) -> set[tuple[str, str | None]]:
    out = run("validate", *paths, "--changed-since", "main", "--format", "json").out
    return {(d["code"], d["study"]) for d in json.loads(out)["diagnostics"]}


def test_changed_since_reports_new_problems_and_changed_entries(run: Command) -> None:
    old = entry("Able", 2020, more="    sector: [x]\n") + entry("Best", 2021, more="    sector: [x]\n")
    _written("studies:\n" + old)
    _committed("base")
    assert _since(run, "base") == set()
    _written("studies:\n" + entry("Cole", 2022) + old.replace("Best", "Rest") + entry("Able", 2020))
    assert _since(run, "base") == {
        ("CPR304", "best-2021"),
        ("CPR201", "best-2021"),
        ("CPR302", "able-2020"),
        ("CPR201", "able-2020"),  # an entry of this id is new
    }


def test_changed_since_sees_a_link_that_a_deletion_broke(run: Command) -> None:
    _written("\n".join(line[4:] for line in entry("Able", 2020).split("\n")), "base/studies/able-2020.yaml")
    _written("studies:\n" + entry("Best", 2021, more="    cited_via: able-2020\n"))
    _committed("base")
    Path("base/studies/able-2020.yaml").unlink()
    assert _since(run, "base") == {("CPR501", "best-2021")}


def test_base_missing_from_revision_is_all_new(run: Command) -> None:
    Path("other").write_text("x", encoding="utf-8")
    _committed("other")
    _written(WORDS)
    assert {code for code, _ in _since(run, "base")} == {"CPR003", "CPR201", "CPR306"}


@pytest.mark.parametrize("revision", ["absent", "--output=x", "main:base", ""])
def test_unknown_revision_is_reported(revision: str, run: Command) -> None:
    _written(WORDS)
    _committed("base")
    done = run("validate", "base", f"--changed-since={revision}")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"coprod-review: git knows no `{revision}` for base: ")


def test_changed_since_needs_a_repository(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    _written(WORDS)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert "not a git repository" in run("validate", "base", "--changed-since", "main").err
    monkeypatch.setenv("PATH", "")
    assert "git is not installed here" in run("validate", "base", "--changed-since", "main").err


# --- fixes ------------------------------------------------------------------------------


def test_fix_applies_safe_fixes_only(run: Command) -> None:
    path = _written(WORDS)
    done = run("validate", "base", "--fix")
    assert path.read_text(encoding="utf-8") == FIXED
    assert done.code == 1
    assert done.out.endswith(
        "Fixed 4. Checked 1 study in 1 file: 1 error. 1 can be fixed with --fix --unsafe-fixes: look at the result. "
        "Why: coprod-review explain CPR201\n"
    )
    assert run("validate", "base", "--fix").out.startswith("base/studies.yaml:6:13: CPR201")
    assert path.read_text(encoding="utf-8") == FIXED


def test_unsafe_fixes_apply_the_rest(run: Command) -> None:
    path = _written(WORDS)
    done = run("validate", "base", "--fix", "--unsafe-fixes")
    assert path.read_text(encoding="utf-8") == FIXED.replace("qualitativ", "qualitative")
    assert (done.code, done.out) == (0, "Fixed 5. Checked 1 study in 1 file: no errors, warnings or notes.\n")


def test_diff_shows_what_fix_would_change_and_changes_nothing(run: Command) -> None:
    path = _written(WORDS.rstrip("\n"))
    done = run("validate", "base", "--diff", "--select", "CPR013,CPR003")
    assert done.code == 1
    assert path.read_text(encoding="utf-8") == WORDS.rstrip("\n")
    assert done.out == (
        "--- a/base/studies.yaml\n+++ b/base/studies.yaml\n@@ -7,5 +7,5 @@\n"
        "     practice: [codesign,   'co-research']\n     populations: {BAME: focus}\n     coded_from: abstract\n"
        "-    coding_note: NO\n-    provenance: {entered_from: hand, as_of: 2026-01-01}\n\\ No newline at end of file\n"
        '+    coding_note: "NO"\n+    provenance: {entered_from: hand, as_of: 2026-01-01}\n'
    )
    assert done.err.startswith("Checked 1 study")
    Path("fix.diff").write_text(done.out, encoding="utf-8")
    subprocess.run(["git", "apply", "fix.diff"], check=True)
    assert path.read_text(encoding="utf-8") == WORDS.replace("NO", '"NO"')


MENDED = {
    "a mark": ("\ufeff" + FIXED, FIXED, "CPR011"),
    "carriage returns": (FIXED.replace("\n", "\r\n"), FIXED, "CPR012"),
    "blanks": (FIXED.replace("\n", " \t\n"), FIXED, "CPR013"),
    "a tab": (FIXED.replace("coded_from: ", "coded_from:\t"), FIXED, "CPR013"),
    "no end": (FIXED.rstrip("\n"), FIXED, "CPR013"),
    "a mark, blanks and carriage returns": ("\ufeff" + FIXED.replace("\n", "  \r\n"), FIXED, "CPR0"),
    "a number for text": (FIXED.replace("title: A title", "volume: 1.10"), None, "CPR101"),
    "text for a number": (FIXED.replace("issued: 2019", 'issued: "2019"'), FIXED, "CPR101"),
    "text for a list": (FIXED.replace("practice: [co-design,   'co-research']", "practice: co-design"), None, "CPR101"),
    "a needless ignore": (FIXED.replace("search']", "search']  # coprod: ignore[CPR107] why"), FIXED, "CPR904"),
    "a needless line": (FIXED.replace("    role:", "    # coprod: ignore[CPR107] why\n    role:"), FIXED, "CPR904"),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_safe_fix_changes_nothing_else(name: str, run: Command) -> None:
    text, expected, code = MENDED[name]
    path = _written(text)
    run("validate", "base", "--fix", "--select", code)
    mended = path.read_bytes().decode()
    assert _codes(run("validate", "base", "--select", code)) <= {"CPR103"}
    assert expected is None or mended == expected
    if name == "a number for text":
        assert 'volume: "1.10"' in mended
    if name == "text for a list":
        assert "practice: [co-design]\n" in mended


def test_a_superseded_term_is_replaced(run: Command) -> None:
    codebook = (REPOSITORY / "data" / "codebook.yaml").read_text(encoding="utf-8")
    (_, old, _after) = codebook.partition("      - id: case-study\n")
    assert old
    _written(codebook.replace(old, f"{old}        superseded_by: qualitative\n"), "base/codebook.yaml")
    path = _written("studies:\n" + entry().replace("design: qualitative", "design: case-study"))
    assert _codes(run("validate", "base")) == {"CPR203"}
    assert run("validate", "base", "--fix").code == 0
    assert path.read_text(encoding="utf-8") == "studies:\n" + entry()


def test_only_named_files_are_fixed(run: Command) -> None:
    one = _written(WORDS)
    alone = "\n".join(line[4:] for line in entry("Able", 2020).split("\n"))
    two = _written(alone + "sector: [NHS]\n", "base/studies/able-2020.yaml")
    run("validate", two, "--fix")
    assert one.read_text(encoding="utf-8") == WORDS
    assert "sector: [health]" in two.read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [("--fix",), ("--diff",), ("base", "--unsafe-fixes"), ("base", "--fix", "--diff")])
def test_fixing_reports_missing_arguments(options: tuple[str, ...], run: Command) -> None:
    _written(WORDS)
    done = run("validate", *options)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("changed meanwhile", encoding="utf-8")
    with pytest.raises(UnwritableFile, match="changed while it was being fixed"):
        replace_text(path, "before", "after")
    assert path.read_text(encoding="utf-8") == "changed meanwhile"


def test_symlink_is_fixed_at_its_target(run: Command) -> None:
    target = _written(WORDS, "elsewhere.yaml")
    Path("base").mkdir()
    Path("base/studies.yaml").symlink_to(target.resolve())
    run("validate", "base", "--fix")
    assert Path("base/studies.yaml").is_symlink()
    assert target.read_text(encoding="utf-8") == FIXED


def test_two_fixes_of_one_place_both_apply(run: Command) -> None:
    path = _written("studies:\n" + entry(more="    sector: NHS\n"))
    run("validate", "base", "--fix")
    assert path.read_text(encoding="utf-8") == "studies:\n" + entry(more="    sector: [health]\n")


# --- comments that silence -----------------------------------------------------------------


def _ignoring(comment: str, above: str = "") -> str:
    return "studies:\n" + entry(more=f"{above}    cited_via: kay-2019{comment}\n")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (_ignoring(""), {"CPR309"}),
        (_ignoring("  # coprod: ignore[CPR309] a thesis and its paper"), set()),
        (_ignoring("", "    # coprod: ignore[CPR309] a thesis and its paper\n"), set()),
        (_ignoring("", "    # coprod: ignore[CPR309] a thesis and its paper\n    # and more\n\n"), set()),
        (_ignoring("  # coprod: ignore[CPR309]"), {"CPR309", "CPR903"}),
        (_ignoring("  # coprod: ignore[CPR309, CPR304] a thesis"), {"CPR904"}),
        (_ignoring("  # coprod: ignore[CPR304] a thesis"), {"CPR309", "CPR904"}),
        (_ignoring("  # coprod: ignore a thesis"), {"CPR309", "CPR905"}),
        (_ignoring("  # coprod: ignore[CPR101] a thesis"), {"CPR309", "CPR904", "CPR905"}),
        (_ignoring("  # coprod: ignore[E501] a thesis"), {"CPR309", "CPR905"}),
        (_ignoring('\n    study_family: "# coprod: ignore[CPR309] no comment"'), {"CPR309"}),
        (_ignoring("\n    study_family: |\n      a # coprod: ignore[CPR304] no comment"), {"CPR309"}),
    ],
)
def test_comment_suppresses_its_line(text: str, codes: set[str], run: Command) -> None:
    _written(text)
    assert _codes(run("validate", "base")) == codes


def test_suppressed_error_allows_analysis(run: Command) -> None:
    _written(_ignoring("  # coprod: ignore[CPR309] a thesis and its paper"))
    assert run("list", "--base", "base").code == 0
    _written(_ignoring(""))
    assert run("list", "--base", "base").code == 2


# --- the catalogue ---------------------------------------------------------------------------


def test_list_names_every_check(run: Command) -> None:
    out = run("validate", "--list").out
    for kind in RULES.values():
        assert f"  {kind.code}  {kind.severity:<7}  {kind.name}\n" in out
    told = json.loads(run("validate", "--list", "--format", "json").out)
    assert [one["code"] for one in told["checks"]] == list(RULES)


@pytest.mark.parametrize("code", RULES)
def test_explain_fits_80_columns(code: str, run: Command) -> None:
    out = run("explain", code).out
    assert out == run("explain", RULES[code].name).out
    assert out.startswith(f"{code} {RULES[code].name} ({RULES[code].severity})\n\n")
    assert "\nFix: " in out
    prose = [line for line in out.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 80
    told = json.loads(run("explain", code, "--format", "json").out)
    assert (told["code"], told["severity"]) == (code, RULES[code].severity.value)


@pytest.mark.parametrize(("typed", "near"), [("CPR4011", "CPR401"), ("unknown-therm", "unknown-term"), ("x", "--list")])
def test_explain_suggests_the_nearest_code(typed: str, near: str, run: Command) -> None:
    done = run("explain", typed)
    assert (done.code, done.out) == (2, "")
    assert near in done.err


def test_messages_and_hints_are_well_formed() -> None:
    from coprod_review.loading import discovery

    found = [
        d
        for path in (REPOSITORY / "tests" / "examples").iterdir()
        for d in apply_rules.diagnose_base(discovery.read_base(path))
    ]
    assert len(found) > 60
    for d in found:
        assert d.message.strip()
        assert d.hint.strip(), d.message
        assert not d.message.endswith("."), d.message
        assert "please" not in (d.message + d.hint).lower()


def test_severities_are_spread_over_the_families() -> None:
    by_family: dict[str, set[Severity]] = {}
    for check in RULE_MODULES.values():
        by_family.setdefault(check.RULE.code[3], set()).add(check.RULE.severity)
    assert set(by_family) == set("0123459")
    assert by_family["3"] >= {Severity.ERROR}


def test_earlier_of_overlapping_edits_wins() -> None:
    from coprod_review.source.positions import Span
    from coprod_review.source.problems import Edit

    text = YamlText("abcdef\n", "x.yaml")
    edits = [Edit("X", Span(1, 2, 1, 4)), Edit("Y", Span(1, 3, 1, 5)), Edit("Z", Span(1, 5, 1, 6))]
    assert apply_edits(text, edits) == "aXdZf\n"
    assert issubclass(UnwritableFile, CoprodReviewError)


# --- what strangers and reviewers found -------------------------------------------------------


def _fixed_to(run: Command, more: str, *options: str) -> str:
    path = _written("studies:\n" + entry(more=more))
    run("validate", "base", "--fix", *options)
    return path.read_text(encoding="utf-8").removeprefix("studies:\n" + entry())


@pytest.mark.parametrize(
    "more",
    [
        "    populations: {minority-ethnic: included, BAME: focus}\n",
        "    study_family: &v 12\n",
        "    coders: Smith, Jo\n",
        "    findings: none\n",
        '    sector: [health]\n    sectors: [x]\n',
        "    coding_note: |\n      a  \n      b:\tc\n",
        "    errata: &lt;\n",
    ],
)  # fmt: skip
def test_unfixable_text_stays_unchanged(more: str, run: Command) -> None:
    more = more.replace("    coding_note", "    focus_reason")
    assert _fixed_to(run, more) == more


@pytest.mark.parametrize(
    ("more", "fixed"),
    [
        ('    reference: "017"\n', "    reference: 17\n"),
        ("    sector: [NHS]\n    populations: {minority-ethnic: focus, BAME: focus}\n",
         "    sector: [health]\n    populations: {minority-ethnic: focus, BAME: focus}\n"),
        ("    focus_reason: Two aims: health and cost\n", '    focus_reason: "Two aims: health and cost"\n'),
    ],
)  # fmt: skip
def test_breaking_fix_does_not_block_others(more: str, fixed: str, run: Command) -> None:
    assert _fixed_to(run, more) == fixed


@pytest.mark.parametrize(
    ("more", "fixed"),
    [
        ("    focus_reason: Item &#35;1 of the list\n", "    focus_reason: Item &#35;1 of the list\n"),
        ("    focus_reason: Staff &amp; <i>carers</i>\n", "    focus_reason: Staff & carers\n"),
        ("    focus_reason: n<N and p>0.05\n", "    focus_reason: n<N and p>0.05\n"),
        ("    focus_reason: <b>[x]</b>\n", "    focus_reason: <b>[x]</b>\n"),
    ],
)
def test_html_is_removed_only_if_text_stays(more: str, fixed: str, run: Command) -> None:
    assert _fixed_to(run, more, "--unsafe-fixes") == fixed


def test_invalid_codebook_prevents_fixes(run: Command) -> None:
    codebook = (REPOSITORY / "data" / "codebook.yaml").read_text(encoding="utf-8")
    _written(codebook.replace("      - id: health\n", "      - id: heatlh\n", 1), "base/codebook.yaml")
    (_, old, _after) = codebook.partition("      - id: case-study\n")
    wrong = codebook.replace(old, f"{old}        superseded_by: nothing\n")
    path = _written("studies:\n" + entry(more="    sector: [NHS]\n").replace("qualitative", "case-study"))
    _written(wrong, "base/codebook.yaml")
    run("validate", "base", "--fix", "--unsafe-fixes")
    assert "sector: [NHS]" in path.read_text(encoding="utf-8")
    assert "case-study" in path.read_text(encoding="utf-8")


CONFLICT = "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n"


def test_merge_conflict_markers_are_reported(run: Command) -> None:
    text = "studies:\n" + entry("Able", 2020) + CONFLICT.format(entry("Best", 2021), entry("Cole", 2022)) + entry()
    _written(text.replace("A title", "T", 1).replace("A title", "U", 1).replace("A title", "V", 1))
    done = run("validate", "base", "--format", "concise")
    lines = done.out.splitlines()
    assert ["a mark of a merge conflict stands here - keep one of the two" in line for line in lines] == [
        True,
        True,
        True,
        False,
    ]
    assert "Checked 4 studies in 1 file: 3 errors." in done.out


def test_a_missing_dash_is_one_diagnostic(run: Command) -> None:
    _written("studies:\n" + entry("Able", 2020) + entry().replace("  - id", "    id", 1))
    done = run("validate", "base", "--format", "concise")
    assert _codes(done) == {"CPR002"}
    assert done.out.count("CPR002 error") == 1
    assert "two entries run into one - write `- ` before the second `id`" in done.out


@pytest.mark.parametrize("code", ["CPR105", "CPR201", "CPR202", "CPR302", "CPR501", "CPR507", "CPR902"])
def test_figure_inputs_cannot_be_suppressed(code: str, run: Command) -> None:
    _written(f"studies:\n{entry()}    sector: [health]  # coprod: ignore[{code}] because\n")
    assert "CPR905" in _codes(run("validate", "base"))


def test_malformed_ignore_is_reported(run: Command) -> None:
    _written(
        "studies:\n" + entry(more="    cited_via: kay-2019  # Coprod ignore[CPR309] why\n    # coprod-review is fine\n")
    )
    assert _codes(run("validate", "base")) == {"CPR309", "CPR905"}


def test_annotation_paths_start_at_repository_root(
    run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _written(WORDS)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path / "base")
    assert "::error file=base/studies.yaml,line=3," in run("validate", "studies.yaml", "--format", "github").out
    found = json.loads(run("validate", "studies.yaml", "--format", "sarif").out)["runs"][0]["results"][0]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "base/studies.yaml"


def test_fingerprints_ignore_working_folder(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _written(WORDS)
    before = _prints(run, "base")
    assert len(set(before.values())) == len(before) == 5
    monkeypatch.chdir(tmp_path / "base")
    assert _prints(run, "studies.yaml") == before


def test_junit_fails_on_what_fails_the_run(run: Command) -> None:
    _written(WARNED)
    done = run("validate", "base", "--format", "junit", "--fail-on", "warning")
    assert (done.code, done.out.count("<failure")) == (1, 1)
    assert "<failure" not in run("validate", "base", "--format", "junit").out


def test_base_named_twice_is_read_once(run: Command) -> None:
    _written(WORDS)
    assert "Checked 1 study in 1 file" in run("validate", "base", "base/studies.yaml", "./base").out


def test_statistics_count_what_is_shown(run: Command) -> None:
    _written(WARNED)
    assert "CPR013" not in run("validate", "base", "--statistics", "--severity", "error").out


def test_patch_with_odd_line_breaks_applies(run: Command) -> None:
    path = _written("studies:\n" + entry(more='    focus_reason: "a\u2028b"\n    study_family: NO\n'))
    done = run("validate", "base", "--diff")
    Path("fix.diff").write_text(done.out, encoding="utf-8", newline="")
    subprocess.run(["git", "apply", "fix.diff"], check=True)
    assert path.read_text(encoding="utf-8").endswith('"a\u2028b"\n    study_family: "NO"\n')


def test_changed_since_uses_the_files_own_repository(run: Command) -> None:
    _written(WORDS, "new/entry.yaml")
    _committed("new")
    assert run("validate", "new/entry.yaml", "--changed-since", "main").code == 0
