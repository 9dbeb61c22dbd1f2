"""The command ``init``: a new evidence base from four answers."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review import bundled
from coprod_review.files.writing import UnwritableFile, create_texts
from coprod_review.loading import discovery
from coprod_review.source.problems import Severity
from coprod_review.validate import apply_rules, valid_base
from tests.bases import SAMPLE
from tests.conftest import REPOSITORY, Run

MEALS = {
    "subject": "free school meals",
    "field": "Primary education",
    "stakeholders": "Pupils, teachers",
    "outcomes": "pupils.learning.reading, pupils.learning.attention, teachers.workload, diet",
}
WRITTEN = {
    "base.yaml",
    "codebook.yaml",
    "studies.yaml",
    "README.md",
    ".github/workflows/evidence.yml",
    ".pre-commit-config.yaml",
}
Command = Callable[..., Run]

pytestmark = pytest.mark.usefixtures("empty_folder")


def _options(**changes: str | None) -> list[str]:
    answers = {**MEALS, **changes}
    return [part for name, value in answers.items() if value is not None for part in (f"--{name}", value)]


def _files(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def _ids(vocabulary: str, folder: str = "meals") -> list[str]:
    return [term.id for term in discovery.read_codebook(Path(folder)).terms(vocabulary)]


def test_a_new_base_is_valid_and_answers(run: Command, tmp_path: Path) -> None:
    done = run("init", "meals", *_options())
    assert (done.code, done.out) == (0, "")
    assert "validate meals\n  coprod-review gaps --base meals\n" in done.err
    assert set(_files(tmp_path / "meals")) == WRITTEN
    assert run("validate", "meals", "--severity", "warning", "--fail-on", "warning").out.startswith("Checked 1 study")
    gaps = run("gaps", "--base", "meals")
    assert gaps.code == 0
    assert gaps.out.startswith("Free school meals: a base of evidence\n")
    assert "its only study is an invented example" in " ".join(gaps.out.split())
    assert run("gaps", "--all", "--base", "meals").code == 0
    assert run("brief", "summary", "--base", "meals").code == 0


@pytest.mark.parametrize("words", ["no", "null", "2020", "a: b # c", '"', "{{ x }}", "x\x1b[31m", "l'été d’un\nan"])
def test_every_answer_gives_a_valid_base(words: str, run: Command) -> None:
    changes = {"subject": words + " 1", "field": words + " 1", "stakeholders": words + " 1", "outcomes": words + " 1"}
    assert run("init", "meals", *_options(**changes)).code == 0
    problems = list(apply_rules.diagnose_base(discovery.read_base("meals")))
    assert [problem for problem in problems if problem.severity is not Severity.NOTE] == []
    assert run("gaps", "--base", "meals").code == 0


def test_answers_become_terms_with_comments(run: Command) -> None:
    done = run("init", "meals", *_options())
    assert _ids("stakeholders") == ["pupils", "teachers"]
    assert _ids("domains") == ["pupils.learning", "teachers.general", "pupils.general"]
    outcomes = [
        "pupils.learning.reading",
        "pupils.learning.attention",
        "teachers.general.workload",
        "pupils.general.diet",
    ]
    assert _ids("outcomes") == outcomes
    assert all(outcome in done.err for outcome in outcomes)
    assert _ids("practices") == ["free-school-meals"]
    assert _ids("sectors") == ["primary-education", "other"]
    text = Path("meals/codebook.yaml").read_text(encoding="utf-8")
    for vocabulary in re.findall(r"(?m)^  (\w+):$", text):
        assert re.search(rf"(?m)^  #.*\n  {vocabulary}:$", text), f"{vocabulary} has no comment"
    base = discovery.read_base("meals").framework.about
    assert base.scope.sector == "primary-education"
    assert "free school meals in the field of Primary education" in base.eligibility


def test_the_example_study_says_that_it_is_an_example(run: Command) -> None:
    run("init", "meals", *_options())
    (study,) = valid_base.load("meals").studies
    assert study.citation.title == "Example to replace: an invented study of free school meals"
    assert "# EXAMPLE: this study does not exist." in Path("meals/studies.yaml").read_text(encoding="utf-8")


def test_no_file_speaks_of_the_subject_of_the_bundled_base(run: Command, tmp_path: Path) -> None:
    run("init", "meals", *_options())
    text = "".join(_files(tmp_path / "meals").values())
    assert not re.findall(r"(?i)co-produc\w*|\bSCIE\b|social care|carers|\{[{%]", text.replace("${{", ""))


def test_terms_have_the_classes_of_the_bundled_codebook(run: Command) -> None:
    run("init", "meals", *_options())
    new, old = discovery.read_codebook(Path("meals")), discovery.read_codebook(None)
    same = [
        (name, term, known)
        for name in new.vocabularies
        for term in new.terms(name)
        if name not in ("sectors", "places") and (known := old.find(name, term.id))
    ]
    assert len(same) > 60
    assert [f"{name} {term.id}" for name, term, known in same if term.kind != known.kind] == []
    assert [rule.id for rule in new.gap_rules] == [rule.id for rule in old.gap_rules]


def test_the_bundled_codebook_can_be_taken_over(run: Command) -> None:
    done = run("init", "homes", "--like", "coprod", "--subject", "co-production of homes", "--field", "Social care")
    assert (done.code, "Outcomes" in done.err) == (0, False)
    text = (SAMPLE / "codebook.yaml").read_text(encoding="utf-8")
    assert Path("homes/codebook.yaml").read_text(encoding="utf-8") == text.partition("\n")[2]
    assert run("validate", "homes", "--fail-on", "warning").code == 0
    assert run("gaps", "--base", "homes").code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--stakeholders", "people"], "leave out --stakeholders, or leave out --like."),
        (["--outcomes", "x"], "leave out --outcomes, or leave out --like."),
        (["--field", "helth"], "`helth` is not a sector of the bundled codebook: did you mean `health`? Choose one of"),
    ],
)
def test_a_codebook_that_is_taken_over_decides_its_terms(arguments: list[str], sentence: str, run: Command) -> None:
    done = run("init", "homes", "--like", "coprod", "--subject", "homes", *arguments)
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err
    assert not Path("homes").exists()


def test_missing_options_are_named_without_a_terminal(run: Command) -> None:
    done = run("init", "meals", *_options(field=None, outcomes=None))
    assert done == (2, "", "coprod-review: init can ask questions only in a terminal: add --field, --outcomes.\n")
    assert run("init", "meals").err.count("\n") == 1
    assert not Path("meals").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subject": " "}, "The subject is empty"),
        ({"field": "学校"}, "`学校` cannot be the id of a field: write it with letters from a to z"),
        ({"stakeholders": " , "}, "Name at least one stakeholder group"),
        ({"outcomes": ""}, "Name at least one outcome, for example pupils.learning.reading."),
        ({"outcomes": "pupil.learning.reading"}, "not a stakeholder group: did you mean `pupils`? The groups are"),
        ({"outcomes": "pupils.a.b.c"}, "has 4 parts: write an outcome as group.domain.outcome."),
        ({"outcomes": "pupils..reading"}, "`` cannot be the id of a part of an outcome"),
    ],
)
def test_a_wrong_answer_is_one_sentence(changes: dict[str, str], sentence: str, run: Command) -> None:
    done = run("init", "meals", *_options(**changes))
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert sentence in done.err
    assert not Path("meals").exists()


@pytest.mark.parametrize(
    "existing",
    ["base.yaml", "studies.yaml", "studies/a.yaml", "codebook.yaml", "README.md", ".github/workflows/evidence.yml"],
)
def test_a_base_or_a_file_is_never_changed(existing: str, run: Command, tmp_path: Path) -> None:
    path = tmp_path / "meals" / existing
    path.parent.mkdir(parents=True)
    path.write_text("before", encoding="utf-8")
    done = run("init", "meals", *_options())
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "choose another folder" in done.err
    assert _files(tmp_path / "meals") == {existing: "before"}


def test_other_files_of_a_folder_stay(run: Command, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("kept", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("kept", encoding="utf-8")
    assert run("init", ".", *_options()).code == 0
    assert set(_files(tmp_path)) == {*WRITTEN, ".git/config", "LICENSE"}


def test_links_and_files_in_the_way_are_named(run: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "file is not a folder" in run("init", "file", *_options()).err
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "README.md").symlink_to("nowhere.md")
    assert "linked/README.md exists already" in run("init", "linked", *_options()).err
    assert "cannot be used" in run("init", "x" * 300, *_options()).err
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / ".github").write_text("", encoding="utf-8")
    assert run("init", "half", *_options()).code == 2
    assert [path.name for path in (tmp_path / "half").iterdir()] == [".github"]


def test_all_files_are_created_or_none(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("before", encoding="utf-8")
    with pytest.raises(UnwritableFile, match=r"b could not be written \(it exists already\)"):
        create_texts({tmp_path / "new" / "folder" / "a": "text", tmp_path / "b": "text"})
    assert _files(tmp_path) == {"b": "before"}
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_terminal_is_asked_until_the_answers_are_right(tmp_path: Path) -> None:
    own, other = pty.openpty()
    answers = b"free school meals\neducation\n \npupils\npupil.x.y\npupils.learning.reading\n"
    os.write(own, answers)
    command = [sys.executable, "-m", "coprod_review", "init", "meals"]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=env, stdin=other, capture_output=True, text=True, check=False)
    os.close(own)
    os.close(other)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Name at least one stakeholder group" in done.stderr
    assert "did you mean `pupils`?" in done.stderr
    assert _ids("outcomes", str(tmp_path / "meals")) == ["pupils.learning.reading"]


def _shown() -> list[Any]:
    page = (REPOSITORY / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
    return [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]


def test_workflow_and_hook_are_those_of_the_documentation(run: Command) -> None:
    run("init", "meals", *_options())
    workflow = yaml.safe_load(Path("meals/.github/workflows/evidence.yml").read_text(encoding="utf-8"))
    check = workflow["jobs"]["validate"]["steps"][1]["with"]
    assert check["path"] == "."  # the folder of the base is the repository
    check["path"] = "data"
    hook = yaml.safe_load(Path("meals/.pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert workflow in _shown()
    assert hook in _shown()


def test_the_templates_are_package_data() -> None:
    names = {path.name for path in (bundled.TEMPLATES / "base").iterdir()}
    assert names == {
        "base.yaml.j2", "codebook.yaml.j2", "studies.yaml.j2", "README.md.j2", "evidence.yml.j2",
        "pre-commit-config.yaml.j2",
    }  # fmt: skip
