"""The ways other repositories run validate: the hook, the action, the workflows shown, and the form for new studies."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review.validate import valid_base
from tests.bases import SHIPPED
from tests.conftest import REPOSITORY, base_of, entry

pytestmark = pytest.mark.slow

ACTION = REPOSITORY / "action.yml"
FORM = REPOSITORY / ".github" / "ISSUE_TEMPLATE" / "new-study.yml"
PAGE = (REPOSITORY / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
WORKFLOWS = [text for text in SHOWN if text.startswith("name:")]
Done = subprocess.CompletedProcess[str]


def _yaml(text: str) -> Any:
    return yaml.safe_load(text)


def _lint(schema: str, path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("github-actions", ACTION),
        ("github-issue-forms", FORM),
        ("github-workflows", REPOSITORY / ".github" / "workflows" / "ci.yml"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_file_is_what_github_expects(schema: str, path: Path) -> None:
    _lint(schema, path)


@pytest.mark.parametrize("number", [0, 1])
def test_a_workflow_shown_is_what_github_expects(number: int, tmp_path: Path) -> None:
    path = tmp_path / "evidence.yml"
    path.write_text(WORKFLOWS[number], encoding="utf-8")
    _lint("github-workflows", path)


def test_the_workflows_shown_use_inputs_that_the_action_has() -> None:
    assert len(WORKFLOWS) == 2
    inputs = _yaml(ACTION.read_text(encoding="utf-8"))["inputs"]
    used = [
        step["with"]
        for text in WORKFLOWS
        for step in _yaml(text)["jobs"]["validate"]["steps"]
        if step["uses"] == "OWNER/coprod-review@REF"
    ]
    assert [list(given) for given in used] == [["path", "fail-on", "changed-since"], ["fail-on", "sarif-file"]]
    assert {name for given in used for name in given} == set(inputs)
    assert all(f"| `{name}` |" in PAGE for name in inputs)


def test_no_workflow_may_write_more_than_it_needs() -> None:
    own = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert [_yaml(text)["permissions"] for text in (own, *WORKFLOWS)] == [{"contents": "read"}] * 3
    jobs = [job for text in (own, *WORKFLOWS) for job in _yaml(text)["jobs"].values() if "permissions" in job]
    assert [job["permissions"] for job in jobs] == [{"contents": "read", "security-events": "write", "actions": "read"}]


def test_this_repository_refuses_drafts_with_its_own_action() -> None:
    steps = _yaml((REPOSITORY / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]["evidence"]
    assert [step["with"] for step in steps["steps"] if step["uses"] == "./"] == [{"path": "data", "fail-on": "warning"}]


# The hook


def _hook() -> dict[str, Any]:
    (hook,) = _yaml((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(hook, dict)
    return hook


def _run_hook(folder: Path, *arguments: str) -> Done:
    program, *rest = shlex.split(_hook()["entry"])
    scripts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert program in scripts
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    env.pop("GITHUB_ACTIONS", None)
    command = [sys.executable, "-m", "coprod_review", *rest, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def _alone(family: str, year: int, **changes: str) -> str:
    """One sound entry as a file of its own, with other values for some keys."""
    pairs = [line[4:].split(": ", 1) for line in entry(family, year).splitlines()]
    return "".join(f"{key}: {changes.get(key, value)}\n" for key, value in pairs)


def _base(folder: Path, *studies: str) -> Path:
    """A base of one sound study, and of others in files of their own."""
    files = {f"studies__{yaml.safe_load(text)['id']}": text for text in studies}
    base_of(folder, studies="studies:\n" + entry(), **files)
    return folder


SOUND = _alone("Low", 2020)
BAD = _alone("Poe", 2021, design="case study")
DRAFT = _alone("Low", 2020, role="evidence  # TODO: decide")


@pytest.mark.parametrize(
    ("name", "matches"),
    [
        ("studies.yaml", True),
        ("my base/codebook.yaml", True),
        ("data/studies/low-2020.yaml", True),
        ("data/studies/low-2020.yml", False),
        ("data/studies/deep/low-2020.yaml", False),
        ("data/case-studies.yaml", False),
        ("data/studies.yaml.orig", False),
        ("docker-compose.yaml", False),
    ],
)
def test_the_hook_is_given_the_files_of_a_base(name: str, matches: bool) -> None:
    assert bool(re.search(_hook()["files"], name)) is matches


def test_the_hook_has_the_keys_that_hook_runners_know() -> None:
    hook = _hook()
    assert (hook["id"], hook["language"], hook["types"]) == ("coprod-review-validate", "python", ["yaml"])
    assert hook["require_serial"] is True
    assert set(hook) == {"id", "name", "description", "entry", "language", "types", "files", "require_serial"}


def test_hook_accepts_valid_and_rejects_invalid_files(tmp_path: Path) -> None:
    _base(tmp_path / "my base", SOUND, BAD)
    sound = _run_hook(tmp_path, "my base/studies.yaml", "my base/studies/low-2020.yaml")
    assert (sound.returncode, sound.stderr) == (0, "")
    refused = _run_hook(tmp_path, "my base/studies/low-2020.yaml", "my base/studies/poe-2021.yaml")
    assert refused.returncode == 1
    assert refused.stdout.startswith("my base/studies/poe-2021.yaml:5:9: CPR201 error  `case study` is not a term ")


def test_hook_compares_files_within_their_base(tmp_path: Path) -> None:
    _base(tmp_path / "my base", _alone("Kay", 2019))
    done = _run_hook(tmp_path, "my base/studies/kay-2019.yaml")
    assert done.returncode == 1
    assert "CPR302 error  the id `kay-2019` is also used by another entry (my base/studies.yaml:2:9)" in done.stdout


def test_hook_fixes_with_fix_option(tmp_path: Path) -> None:
    _base(tmp_path / "my base", BAD)
    assert _run_hook(tmp_path, "--fix", "my base/studies/poe-2021.yaml").returncode == 0
    fixed = (tmp_path / "my base" / "studies" / "poe-2021.yaml").read_text(encoding="utf-8")
    assert fixed == _alone("Poe", 2021, design="case-study")


def test_documented_hook_configuration_works(tmp_path: Path) -> None:
    (shown,) = [_yaml(text) for text in SHOWN if text.startswith("repos:")]
    (hook,) = shown["repos"][0]["hooks"]
    assert hook["id"] == _hook()["id"]
    _base(tmp_path / "my base", DRAFT)
    assert _run_hook(tmp_path, "my base/studies/low-2020.yaml").returncode == 0
    assert _run_hook(tmp_path, *hook["args"], "my base/studies/low-2020.yaml").returncode == 1


# The action


def _steps() -> dict[str, Any]:
    return {step["name"]: step for step in _yaml(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]}


def _bash(name: str, workspace: Path, values: dict[str, str], **more: str) -> Done:
    """Run one step of the action as a runner does; ``values`` replace its expressions."""
    step = _steps()[name]
    own = {key: re.sub(r"\$\{\{ (\S+) \}\}", lambda m: values[m[1]], text) for key, text in step["env"].items()}
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "PYTHON"))}
    env = {
        **outside,
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_ACTION_PATH": str(REPOSITORY),
        "GITHUB_STEP_SUMMARY": str(workspace.parent / "summary.md"),
        "GITHUB_OUTPUT": str(workspace.parent / "output"),
        "RUNNER_TEMP": str(workspace.parent / "runner temp"),
        **own,
        **more,
    }
    script = workspace.parent / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(command, cwd=workspace, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the action's own step installs, in a repository that would like to run instead of pip."""
    workspace = tmp_path_factory.mktemp("installing") / "work space"
    workspace.mkdir()
    for name in ("venv", "pip", "sitecustomize", "hatchling"):
        (workspace / f"{name}.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    done = _bash("Install coprod-review", workspace, {"steps.python.outputs.python-path": sys.executable})
    assert done.returncode == 0, done.stdout + done.stderr
    key, _, value = (workspace.parent / "output").read_text(encoding="utf-8").rstrip("\n").partition("=")
    assert key == "program"
    return value


@pytest.fixture
def act(program: str, tmp_path: Path) -> Callable[..., Done]:
    """Run the step that validates, with the action's defaults for what is not given."""
    inputs = _yaml(ACTION.read_text(encoding="utf-8"))["inputs"]
    values = {f"inputs.{name}": given["default"] for name, given in inputs.items()}
    values["steps.install.outputs.program"] = program
    workspace = tmp_path / "work space"
    workspace.mkdir()

    def run(**given: str) -> Done:
        changed = {f"inputs.{name.replace('_', '-')}": value for name, value in given.items()}
        return _bash("Validate", workspace, {**values, **changed})

    return run


def test_scripts_contain_no_expressions() -> None:
    assert [name for name, step in _steps().items() if "${{" in step.get("run", "")] == []


def test_a_sound_base_passes(act: Callable[..., Done], tmp_path: Path) -> None:
    _base(tmp_path / "work space" / "my base")
    done = act(path="my base")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Checked 1 study in 1 file: no errors, warnings or notes." in done.stdout


def test_invalid_base_fails_with_repository_paths(act: Callable[..., Done], tmp_path: Path) -> None:
    _base(tmp_path / "work space" / "my base", BAD)
    for path in ("my base", str(tmp_path / "work space" / "my base")):
        done = act(path=path)
        assert done.returncode == 1
        assert "\n::error file=my base/studies/poe-2021.yaml,line=5,endLine=5,col=9,endColumn=19," in done.stdout
        assert str(tmp_path) not in done.stdout
    row = "| my base/studies/poe-2021.yaml:5:9 | CPR201 error |"
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").count(row) == 2


def test_files_of_the_repository_never_run(act: Callable[..., Done], tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    _base(workspace / "my base")
    for name in ("coprod_review", "yaml", "typer", "sitecustomize"):
        (workspace / f"{name}.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    assert act(path="my base").returncode == 0


def test_a_draft_fails_where_warnings_do(act: Callable[..., Done], tmp_path: Path) -> None:
    _base(tmp_path / "work space" / "data", DRAFT)
    assert act().returncode == 0
    done = act(fail_on="warning")
    assert done.returncode == 1
    assert "\n::warning file=data/studies/low-2020.yaml,line=3," in done.stdout


def test_sarif_file_is_always_written(act: Callable[..., Done], tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    _base(workspace / "my base", BAD)
    assert act(path="my base", sarif_file="the findings.sarif").returncode == 1
    (result,) = json.loads((workspace / "the findings.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20base/studies/poe-2021.yaml"
    (workspace / "my base" / "studies" / "poe-2021.yaml").unlink()
    assert act(path="my base", sarif_file="none.sarif").returncode == 0
    assert json.loads((workspace / "none.sarif").read_text(encoding="utf-8"))["runs"][0]["results"] == []


@pytest.mark.parametrize("study", [SOUND, BAD], ids=["sound", "bad"])
def test_unwritable_sarif_file_exits_with_2(study: str, act: Callable[..., Done], tmp_path: Path) -> None:
    _base(tmp_path / "work space" / "my base", study)
    done = act(path="my base", sarif_file="no/folder/a.sarif")
    assert done.returncode == 2
    assert "no/folder/a.sarif could not be written" in done.stderr


def test_only_what_changed_since_a_revision_counts(act: Callable[..., Done], tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    _base(workspace / "my base", BAD)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "One"]):
        subprocess.run(["git", *command], cwd=workspace, check=True)
    assert act(path="my base").returncode == 1
    assert act(path="my base", changed_since="HEAD").returncode == 0
    new = workspace / "my base" / "studies" / "new-2022.yaml"
    new.write_text(_alone("New", 2022, design="case study"), encoding="utf-8")
    done = act(path="my base", changed_since="HEAD")
    assert done.returncode == 1
    assert re.findall(r"::error file=([^,]+)", done.stdout) == ["my base/studies/new-2022.yaml"]


def test_everything_counts_where_the_revision_has_no_base(act: Callable[..., Done], tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], [*identity, "commit", "-q", "--allow-empty", "-m", "One"]):
        subprocess.run(["git", *command], cwd=workspace, check=True)
    _base(workspace / "data", BAD)
    done = act(changed_since="HEAD")
    assert (done.returncode, done.stderr) == (1, "")
    assert re.findall(r"::error file=([^,]+)", done.stdout) == ["data/studies/poe-2021.yaml"]


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["path", "fail_on", "changed_since"])
@pytest.mark.parametrize("value", ["; rm -rf data", "$(touch made)", '" && touch made #', "--list", "x --list"])
def test_hostile_input_is_rejected(name: str, value: str, act: Callable[..., Done], tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    _base(workspace / "data", BAD)
    before = _contents(workspace)
    done = act(**{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert _contents(workspace) == before


@pytest.mark.parametrize("value", ["; touch made.sarif", "$(touch made).sarif", "-x.sarif", "--fix"])
def test_hostile_file_name_is_literal(value: str, act: Callable[..., Done], tmp_path: Path) -> None:
    workspace = tmp_path / "work space"
    _base(workspace / "data")
    before = _contents(workspace)
    assert act(sarif_file=value).returncode == 0
    assert set(_contents(workspace)) - set(before) == {value}


@pytest.mark.parametrize("name", ["path", "fail_on", "changed_since", "sarif_file"])
@pytest.mark.parametrize("end", ["\n", "\r"])
def test_multi_line_input_is_rejected(name: str, end: str, act: Callable[..., Done], tmp_path: Path) -> None:
    _base(tmp_path / "work space" / "data")
    done = act(**{name: f"x{end}::warning::injected"})
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout == "::error::An input of this action contains a line break: write each input on one line.\n"


def test_the_log_shown_is_that_of_the_action(act: Callable[..., Done], tmp_path: Path) -> None:
    (study,) = [text for text in SHOWN if text.startswith("id: low-2020")]
    _base(tmp_path / "work space" / "data", study)
    done = act(fail_on="warning")
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert done.returncode == 1
    report = re.search(r"\A::stop-commands::([^\n]+)\n(.*)^::\1::$", done.stdout, re.DOTALL | re.MULTILINE)
    assert report is not None
    assert shown == report[2]


# The form


def test_form_requires_only_the_work() -> None:
    questions = [part for part in _yaml(FORM.read_text(encoding="utf-8"))["body"] if part["type"] != "markdown"]
    assert [q["id"] for q in questions] == ["work", "address", "why", "read", "groups", "found", "more"]
    assert [q["id"] for q in questions if q.get("validations", {}).get("required")] == ["work"]


def test_the_form_names_the_groups_of_the_codebook() -> None:
    (groups,) = [p for p in _yaml(FORM.read_text(encoding="utf-8"))["body"] if p.get("id") == "groups"]
    labels = [option["label"] for option in groups["attributes"]["options"]]
    terms = valid_base.load(SHIPPED).framework.codebook.terms("stakeholders")
    assert len(labels) == len(terms)
    assert all(label.startswith(term.label) for label, term in zip(labels, terms, strict=True))
