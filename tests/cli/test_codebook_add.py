"""The command ``codebook add``: a new term in the codebook of a base."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from coprod_review import bundled
from coprod_review.loading import discovery
from coprod_review.loading.json_schema import SCHEMAS
from tests.bases import SAMPLE
from tests.conftest import REPOSITORY, Run

Command = Callable[..., Run]
TEXTS = ("--label", "Cohort study", "--definition", "People are followed over time: a cohort.")
DESIGN = ("designs", "cohort", *TEXTS, "--kind", "primary")

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture
def meals(tmp_path: Path) -> Path:
    """A base about another subject, in the folder that commands run in."""
    shutil.copytree(REPOSITORY / "tests" / "bases" / "foreign", tmp_path / "meals")
    return tmp_path / "meals" / "codebook.yaml"


def _add(run: Command, *arguments: str) -> Run:
    return run("codebook", "add", *arguments, "--base", "meals")


def _last(vocabulary: str) -> tuple[str, str, str, str, str | None]:
    term = discovery.read_codebook(Path("meals")).vocabularies[vocabulary].terms[-1]
    return term.id, term.label, term.definition, term.source, term.kind


def test_a_term_is_added_at_the_end_of_its_vocabulary(run: Command, meals: Path) -> None:
    before = meals.read_text(encoding="utf-8")
    done = _add(run, *DESIGN, "--source", "Handbook, part 2")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "Added `cohort` to `designs` in meals/codebook.yaml. To see it, type: "
        "coprod-review codebook cohort --base meals\n"
    )
    added = (
        "    - id: cohort\n      label: Cohort study\n"
        '      definition: "People are followed over time: a cohort."\n'
        "      source: Handbook, part 2\n      kind: primary\n"
    )
    head, _, tail = before.partition("  practices:\n")
    assert meals.read_text(encoding="utf-8") == f"{head}{added}  practices:\n{tail}"
    assert run("codebook", "cohort", "--base", "meals").out.startswith("cohort\n")
    assert run("validate", "meals").code == 0


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("terms: []  # none yet\n", "terms: # none yet\n      - id: x\n        label: L\n"),
        ("terms: [{id: a, label: A, definition: B, source: C}]\n", "source: C}, {id: x, label: L, definition: D, "),
        ("terms:\n      # first\n      - {id: a, label: A, definition: B, source: C} # behind\n      # last\n",
         "# behind\n      - {id: x, label: L, definition: D, source: this base}\n      # last\n"),
        ("terms:\n      - id: a\n        label: A\n        definition: >-\n          B\n        source: S\n",
         "        source: S\n      - id: x\n"),
        ("terms:\n      - id: a\n        label: A\n        source: C\n        definition: |\n          B\n\n\n",
         "          B\n      - id: x\n        label: L\n        definition: D\n        source: this base\n\n\n"),
        ("terms:\n      -\n        id: a\n        label: A\n        definition: B\n        source: C\n", "source: C\n"),
    ],
    ids=["empty", "flow", "flow items", "folded", "literal", "dash alone"],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_style_of_list_is_kept(terms: str, expected: str, line_end: str, run: Command, meals: Path) -> None:
    plain = "  # before\n  colours:\n    label: Colours\n    description: Colours.\n"
    rest = "gap_rules:\n" + meals.read_text(encoding="utf-8").partition("gap_rules:\n")[2]
    before = meals.read_text(encoding="utf-8").partition("gap_rules:\n")[0] + plain + "    " + terms + "# end\n" + rest
    meals.write_bytes(before.replace("\n", line_end).encode())
    done = _add(run, "colours", "x", "--label", "L", "--definition", "D")
    after = meals.read_bytes().decode()
    assert done.code == 0, done.err
    assert after.replace("\r\n", "\n").count("\n") == after.count(line_end)
    assert expected in after.replace("\r\n", "\n")
    comments = [line.partition("#")[2] for line in before.splitlines() if "#" in line]
    assert [line.partition("#")[2] for line in after.splitlines() if "#" in line] == comments
    assert _last("colours")[0] == "x"


def test_a_list_that_cannot_be_extended_is_left_alone(run: Command, meals: Path) -> None:
    text = meals.read_text(encoding="utf-8").replace("  practices:\n", "  practices: &p\n")
    text = text.replace("gap_rules:\n", "  others: *p\ngap_rules:\n")
    meals.write_text(text, encoding="utf-8")
    done = _add(run, "others", "x", "--label", "L", "--definition", "D")
    assert done.code == 2
    assert "Traceback" not in done.err
    assert meals.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("design", "cohort"), "The codebook has no vocabulary `design`: did you mean `designs`? To list all"),
        (("designs", "Cohort study!"), "and single hyphens or underscores between them: type `cohort-study` instead."),
        (("designs", "a/b"), "type `a-b` instead."),
        (("designs", "с"), "type another id."),  # a Cyrillic letter
        (("designs", "x."), "type `x` instead."),
        (("designs", "qualitative"), "has the term `qualitative` already: to see it, type: coprod-review codebook"),
        (("designs", "RCT"), "`RCT` is another word for the term `randomised-trial` of `designs`: use"),
        (("designs", "Qualitative"), "is another word for the term `qualitative`"),
        (("beneficiaries", "co_producer"), "was retired and replaced by `took_part`, and no id is used again: use"),
        (("outcomes", "diet"), "is not an id of `outcomes`: type an id in the form group.domain.outcome."),
        (("outcomes", "pupils.sport.running"), "`pupils.sport` is not a term of `domains`: "),
        (("outcomes", "pupils.sport.running"), "type: coprod-review codebook add domains pupils.sport --base meals"),
        (("outcomes", "pupils.health.we ight"), "type `pupils.health.we-ight` instead."),
        (("domains", "pupil.sport"), "`pupil` is not a term of `stakeholders`: did you mean `pupils`?"),
        (("designs", "cohort"), "only in a terminal: add --label, --definition, --kind."),
        (("practices", "lunch"), "only in a terminal: add --label, --definition."),
        (("practices",), "only in a terminal: add ID."),
        (("designs", "cohort", *TEXTS), "only in a terminal: add --kind."),
        (("designs", "cohort", *TEXTS, "--kind", "x"), "not a class of `designs`: type one of review, primary, other."),
        (("practices", "lunch", *TEXTS, "--kind", "x"), "do not all have a class: leave out --kind."),
        (("practices", "lunch", "--label", " ", "--definition", "D"), "--label is empty: write a text for it."),
        (("practices", "lunch", *TEXTS, "--format", "json"), "leave out --format and --output."),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_one_sentence(
    arguments: tuple[str, ...], sentence: str, run: Command, meals: Path
) -> None:
    before = meals.read_text(encoding="utf-8")
    done = _add(run, *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert sentence in done.err
    assert meals.read_text(encoding="utf-8") == before


def test_an_id_that_only_a_comment_retires_is_not_used_again(run: Command, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "meals")
    texts = ("--label", "L", "--definition", "D")
    for identity in ("low-education", "social-capital"):
        done = _add(run, "groups", identity, *texts)
        assert (done.code, "says that `" + identity + "` was retired" in done.err) == (2, True)
    assert _add(run, "groups", "education", *texts).code == 0
    assert _add(run, "settings", "low-education", *texts).code == 0


@pytest.mark.parametrize("place", ["meals/schemas", "schemas"])
def test_schemas_are_written_again(place: str, run: Command, tmp_path: Path, meals: Path) -> None:
    folder = tmp_path / place
    folder.mkdir()
    for name in SCHEMAS:
        run("schema", name, "--base", "meals", "-o", f"{place}/{name}.schema.json")
    before = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    done = _add(run, *DESIGN)
    after = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    changed = [name for name in after if before[name] != after[name]]
    assert sorted(changed) == ["studies.schema.json", "study.schema.json"]
    assert f"Written again: {place}/studies.schema.json and {place}/study.schema.json." in done.err
    for name in SCHEMAS:
        run("schema", name, "--base", "meals", "-o", f"{place}/{name}.schema.json")
    assert after == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert '"cohort"' in json.dumps(json.loads(after["study.schema.json"]))


def test_a_schemas_folder_of_another_project_is_left_alone(run: Command, tmp_path: Path, meals: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "order.schema.json").write_text("{}", encoding="utf-8")
    assert _add(run, *DESIGN).code == 0
    assert [path.name for path in (tmp_path / "schemas").iterdir()] == ["order.schema.json"]


def test_no_term_is_hidden_by_the_word_add(run: Command, meals: Path) -> None:
    assert run("codebook", "add", "--base", "meals").err.startswith("coprod-review: The codebook has no term `add`")
    assert _add(run, "practices", "add", "--label", "Adding", "--definition", "Adding food.").code == 0
    assert "Term add (Adding) in practices: Adding food." in run("codebook", "add", "--base", "meals").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("designs", "qualitative"), "codebook explains one word at a time. To add a term, type: coprod-review"),
        (("designs", "--label", "x"), "--label describes a new term. To add one, type: coprod-review codebook add"),
    ],
)  # fmt: skip
def test_other_words_are_refused(arguments: tuple[str, ...], sentence: str, run: Command) -> None:
    done = run("codebook", *arguments)
    assert (done.code, done.out) == (2, "")
    assert sentence in done.err


def test_bases_without_a_codebook_of_their_own_are_named(
    run: Command, meals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("codebook", "add", *DESIGN, "--base", "meals/studies.yaml")
    assert (done.code, "is one file: name the folder of the base" in done.err) == (2, True)
    meals.unlink()
    done = _add(run, *DESIGN)
    assert (done.code, "meals has no codebook.yaml, so it uses the bundled codebook" in done.err) == (2, True)
    monkeypatch.setattr(bundled, "IS_INSTALLED", True)
    done = run("codebook", "add", *DESIGN)
    assert (done.code, "name a base of your own with --base." in done.err) == (2, True)


def test_a_codebook_with_an_error_gets_no_term(run: Command, meals: Path) -> None:
    meals.write_text(meals.read_text(encoding="utf-8").replace("    label: Roles\n", ""), encoding="utf-8")
    done = _add(run, *DESIGN)
    assert (done.code, "has an error" in done.err) == (2, True)


def test_a_terminal_is_asked_for_what_is_missing(tmp_path: Path, meals: Path) -> None:
    own, other = pty.openpty()
    os.write(own, b"cohort\n\nCohort study\nPeople are followed.\n\nprimary\n")
    command = [sys.executable, "-m", "coprod_review", "codebook", "add", "designs", "--base", "meals"]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=env, stdin=other, capture_output=True, text=True, check=False)
    os.close(own)
    os.close(other)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert _last("designs") == ("cohort", "Cohort study", "People are followed.", "this base", "primary")


def test_validate_names_the_command_for_the_base(run: Command, meals: Path, tmp_path: Path) -> None:
    studies = tmp_path / "meals" / "studies.yaml"
    text = studies.read_text(encoding="utf-8")
    studies.write_text(
        text.replace("- Kenya", "- Kenia", 1).replace("design: case-study", "design: zzz"), encoding="utf-8"
    )
    found = json.loads(run("validate", "meals", "--format", "json").out)["diagnostics"]
    hints = [problem["hint"] for problem in found if problem["code"] == "CPR201"]
    assert hints[0] == (
        "did you mean `Kenya`? The terms are: Norway, Sweden, Kenya, International. "
        "To add a new term, run `coprod-review codebook add places ID --base meals`"
    )
    assert all(hint.endswith("ID --base meals`") for hint in hints)
    one = json.loads(run("validate", "meals/studies.yaml", "--format", "json").out)["diagnostics"]
    assert [problem["hint"] for problem in one if problem["code"] == "CPR201"] == hints
    meals.unlink()
    alone = json.loads(run("validate", "meals", "--format", "json").out)["diagnostics"]
    assert any(
        problem["hint"].endswith("o use a new term, give the base a codebook.yaml of its own") for problem in alone
    )


def test_the_added_yaml_is_read_by_other_programs(run: Command, meals: Path) -> None:
    assert _add(run, "practices", "no", "--label", "No: # 'x'", "--definition", '"q" \\ {a, b}').code == 0
    term = yaml.safe_load(meals.read_text(encoding="utf-8"))["vocabularies"]["practices"]["terms"][-1]
    assert term == {"id": "no", "label": "No: # 'x'", "definition": '"q" \\ {a, b}', "source": "this base"}
