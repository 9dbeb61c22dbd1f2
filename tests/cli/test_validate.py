"""The command ``validate``: which problems it shows, and its exit codes."""

import json
import subprocess
from pathlib import Path

import pytest

from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules
from coprod_review.validate.registry import RULE_MODULES, RULES
from tests.cli.validating import MISTAKES, WARNED, Command, codes_of, written
from tests.conftest import REPOSITORY, entry

pytestmark = pytest.mark.usefixtures("empty_folder")


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
    written(MISTAKES)
    assert codes_of(run("validate", "base", *options)) == codes


def test_syntax_errors_are_never_deselected(run: Command) -> None:
    written("studies:\n  - id: {\n")
    done = run("validate", "base", "--select", "CPR5")
    assert (codes_of(done), done.code) == ({"CPR001"}, 1)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
@pytest.mark.parametrize("typed", ["CPR7", "E501", "", ","])
def test_unknown_code_is_rejected(option: str, typed: str, run: Command) -> None:
    written(MISTAKES)
    done = run("validate", "base", option, typed)
    assert (done.code, done.out) == (2, "")
    assert "o code" in done.err


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
    written(WARNED)
    done = run("validate", "base", *options)
    assert (done.code, codes_of(done)) == (code, shown)
    assert "1 warning." in done.out
    assert ("1 less severe problem is not shown." in done.out) == (not shown)


def test_statistics_count_each_code(run: Command) -> None:
    written(MISTAKES)
    done = run("validate", "base", "--statistics")
    assert done.out.splitlines()[:3] == [
        "     3  CPR201  error    unknown-term  (fixable)",
        "     1  CPR003  error    trap  (fixable)",
        "     1  CPR306  error    bad-doi  (fixable)",
    ]
    report = json.loads(run("validate", "base", "--statistics", "--format", "json").out)
    assert report["statistics"][0] == {"code": "CPR201", "name": "unknown-term", "severity": "error", "count": 3}
    assert run("validate", "base", "--statistics", "--format", "sarif").code == 2


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
    written("studies:\n" + old)
    _committed("base")
    assert _since(run, "base") == set()
    written("studies:\n" + entry("Cole", 2022) + old.replace("Best", "Rest") + entry("Able", 2020))
    assert _since(run, "base") == {
        ("CPR304", "best-2021"),
        ("CPR201", "best-2021"),
        ("CPR302", "able-2020"),
        ("CPR201", "able-2020"),  # an entry of this id is new
    }


def test_changed_since_sees_a_link_that_a_deletion_broke(run: Command) -> None:
    written("\n".join(line[4:] for line in entry("Able", 2020).split("\n")), "base/studies/able-2020.yaml")
    written("studies:\n" + entry("Best", 2021, more="    cited_via: able-2020\n"))
    _committed("base")
    Path("base/studies/able-2020.yaml").unlink()
    assert _since(run, "base") == {("CPR501", "best-2021")}


def test_base_missing_from_revision_is_all_new(run: Command) -> None:
    Path("other").write_text("x", encoding="utf-8")
    _committed("other")
    written(MISTAKES)
    assert {code for code, _ in _since(run, "base")} == {"CPR003", "CPR201", "CPR306"}


@pytest.mark.parametrize("revision", ["absent", "--output=x", "main:base", ""])
def test_unknown_revision_is_reported(revision: str, run: Command) -> None:
    written(MISTAKES)
    _committed("base")
    done = run("validate", "base", f"--changed-since={revision}")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"coprod-review: git does not know the revision `{revision}` in base: ")


def test_changed_since_needs_a_repository(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    written(MISTAKES)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert "not a git repository" in run("validate", "base", "--changed-since", "main").err
    monkeypatch.setenv("PATH", "")
    assert "git, which is not installed" in run("validate", "base", "--changed-since", "main").err


def test_list_names_every_check(run: Command) -> None:
    out = run("validate", "--list").out
    for kind in RULES.values():
        assert f"  {kind.code}  {kind.severity:<7}  {kind.name}\n" in out
    listed = json.loads(run("validate", "--list", "--format", "json").out)
    assert [one["code"] for one in listed["checks"]] == list(RULES)


@pytest.mark.parametrize("code", RULES)
def test_explain_fits_80_columns(code: str, run: Command) -> None:
    out = run("explain", code).out
    assert out == run("explain", RULES[code].name).out
    assert out.startswith(f"{code} {RULES[code].name} ({RULES[code].severity})\n\n")
    assert "\nFix: " in out
    prose = [line for line in out.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 80
    report = json.loads(run("explain", code, "--format", "json").out)
    assert (report["code"], report["severity"]) == (code, RULES[code].severity.value)


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


CONFLICT = "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n"


def test_merge_conflict_markers_are_reported(run: Command) -> None:
    text = "studies:\n" + entry("Able", 2020) + CONFLICT.format(entry("Best", 2021), entry("Cole", 2022)) + entry()
    written(text.replace("A title", "T", 1).replace("A title", "U", 1).replace("A title", "V", 1))
    done = run("validate", "base", "--format", "concise")
    lines = done.out.splitlines()
    assert ["this line is a mark of a merge conflict - keep one of the two" in line for line in lines] == [
        True,
        True,
        True,
        False,
    ]
    assert "Checked 4 studies in 1 file: 3 errors." in done.out


def test_a_missing_dash_is_one_diagnostic(run: Command) -> None:
    written("studies:\n" + entry("Able", 2020) + entry().replace("  - id", "    id", 1))
    done = run("validate", "base", "--format", "concise")
    assert codes_of(done) == {"CPR002"}
    assert done.out.count("CPR002 error") == 1
    assert "two entries have become one - write `- ` before the second `id`" in done.out


def test_base_named_twice_is_read_once(run: Command) -> None:
    written(MISTAKES)
    assert "Checked 1 study in 1 file" in run("validate", "base", "base/studies.yaml", "./base").out


def test_statistics_count_what_is_shown(run: Command) -> None:
    written(WARNED)
    assert "CPR013" not in run("validate", "base", "--statistics", "--severity", "error").out


def test_changed_since_uses_the_files_own_repository(run: Command) -> None:
    written(MISTAKES, "new/entry.yaml")
    _committed("new")
    assert run("validate", "new/entry.yaml", "--changed-since", "main").code == 0
