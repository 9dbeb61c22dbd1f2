"""The command ``new``: drafts from a bibliography or from questions."""

import io
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coprod_review.loading import discovery
from coprod_review.validate import apply_rules, valid_base
from tests.conftest import REPOSITORY, base_of, entry

NEW = "@article{able, title = {A new title}, author = {Able, Ann}, year = 2020}\n"

OTHER = "@report{best, title = {Another title}, author = {Best, Bo}, year = 2021}\n"

DUPLICATE = "@article{k, title = {X}, author = {Kay, K.}, year = 2019, doi = {10.1108/mhsi-10-2018-0035}}\n"

BROKEN = "@article{c, author = {Best, Bo}}\n"


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write a bibliography to the folder that commands run in."""
    monkeypatch.chdir(tmp_path)

    def write(*records: str) -> str:
        (tmp_path / "refs.bib").write_text("".join(records), encoding="utf-8")
        return "refs.bib"

    return write


def test_new_drafts_to_stdout_and_reports_to_stderr(bib: Any, run: Any) -> None:
    done = run("new", "--from", bib(NEW, OTHER))
    assert done.code == 0
    assert done.out.startswith("studies:\n  - id: able-2020\n    citation:\n      type: article-journal\n")
    assert done.out.count("\n\n  - id: best-2021\n") == 1
    assert done.err == (
        "Drafted 2 of 2 records of refs.bib. Save the output as FILE.yaml, then check it: "
        "coprod-review validate FILE.yaml\n"
    )


def test_draft_passes_validate(bib: Any, run: Any) -> None:
    assert run("new", "--from", bib(NEW, OTHER), "-o", "drafts.yaml") == (
        0, "", "Drafted 2 of 2 records of refs.bib. To check them, type: coprod-review validate drafts.yaml\n",
    )  # fmt: skip
    assert run("validate", "drafts.yaml").code == 0
    assert [s.id for s in valid_base.load("drafts.yaml").studies] == ["able-2020", "best-2021"]


def test_rejected_records_are_reported(bib: Any, run: Any) -> None:
    done = run("new", "--from", bib(DUPLICATE, NEW, BROKEN, NEW.replace("able,", "again,")))
    assert done.code == 1
    assert done.out.count("- id: ") == 2  # the second is the finding of the entry's comment
    assert done.err == (
        "refs.bib:1: the record k was left out: the base already contains it as kay-2019.\n"
        "refs.bib:3: the record c was left out: it has no title: add one.\n"
        "refs.bib:4: the record again was left out: "
        "it is the same work as the record on line 2, which was drafted as able-2020.\n"
        "Drafted 1 of 4 records of refs.bib. Save the output as FILE.yaml, then check it: "
        "coprod-review validate FILE.yaml\n"
    )


def test_nothing_is_written_if_all_are_rejected(bib: Any, run: Any, tmp_path: Path) -> None:
    done = run("new", "--from", bib(DUPLICATE), "-o", "drafts.yaml")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("Drafted 0 of 1 record of refs.bib.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["refs.bib"]


def test_named_base_is_searched_for_duplicates(bib: Any, run: Any, tmp_path: Path) -> None:
    base_of(tmp_path / "my base", studies="studies:\n" + entry("Able", 2020).replace("A title", "A new title"))
    assert run("new", "--from", bib(DUPLICATE)).code == 1
    done = run("new", "--from", bib(DUPLICATE, NEW), "--base", "my base")
    assert done.code == 1
    assert "able was left out: the base already contains it as able-2020." in done.err
    assert done.err.endswith("validate FILE.yaml --base 'my base'\n")
    assert "as_of: not_found}" in done.out


def test_a_folder_gets_a_file_for_each_study(bib: Any, run: Any, tmp_path: Path) -> None:
    (tmp_path / "base" / "studies").mkdir(parents=True)
    done = run("new", "--from", bib(NEW, OTHER), "-o", "base/studies")
    assert (done.code, done.out) == (0, "")
    assert "type: coprod-review validate base/studies/*.yaml\n" in done.err
    names = sorted(path.name for path in (tmp_path / "base" / "studies").iterdir())
    assert names == ["able-2020.yaml", "best-2021.yaml"]
    # Nothing but what is still to do, and the journal that the bibliography does not name.
    assert {d.code for d in apply_rules.diagnose_base(discovery.read_base("base"))} == {"CPR417", "CPR113"}


@pytest.mark.parametrize("folder", ["base/studies", "base/with.suffix"])
def test_a_folder_is_made_or_used_whatever_its_name(folder: str, bib: Any, run: Any, tmp_path: Path) -> None:
    (tmp_path / ("base" if folder == "base/studies" else folder)).mkdir(parents=True)
    assert run("new", "--from", bib(NEW), "-o", folder).code == 0
    assert [path.name for path in (tmp_path / folder).iterdir()] == ["able-2020.yaml"]


def test_no_file_is_ever_overwritten(bib: Any, run: Any, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("held.yaml", "folder/best-2021.yaml"):
        (tmp_path / name).write_text("before", encoding="utf-8")
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    for target, named in (
        ("held.yaml", "held.yaml"),
        ("dangling.yaml", "dangling.yaml"),
        ("folder", "folder/best-2021.yaml"),
    ):
        done = run("new", "--from", bib(NEW, OTHER), "-o", target)
        assert (done.code, done.out) == (2, "")
        assert f"{named} exists already" in done.err
    assert [p.name for p in (tmp_path / "folder").iterdir()] == ["best-2021.yaml"]
    assert (tmp_path / "held.yaml").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "refs.bib", "-o", "drafts.json"), "name a new file that ends in .yaml, or a folder"),
        (("--from", "refs.bib", "-o", "absent/drafts.yaml"), "could not be written"),
        (("--from", "refs.bib", "-o", "x" * 300 + ".yaml"), "cannot be used"),
        (("--from", "absent.bib"), "There is no file absent.bib"),
        (("--from", "refs.ris"), "ends in .bib"),
        (("--from", "refs.bib", "--base", "absent"), "There is no file or folder absent"),
        ((), "name a bibliography with --from FILE.bib"),
    ],
)
def test_impossible_requests_give_one_line_errors(arguments: tuple[str, ...], words: str, bib: Any, run: Any) -> None:
    bib(NEW)
    done = run("new", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "content",
    [b"", b"no record", bytes(range(256)), b"{" * 1_000_000, b"@article{x, title = {", b"@article{x,}", b"\x00" * 99,
     "@article{x, title = {é}}".encode("latin-1"), "@article{x, title = {y}}".encode("utf-16")],
    ids=["empty", "text", "binary", "braces", "unclosed", "bare", "null", "latin-1", "utf-16"],
)  # fmt: skip
def test_a_file_without_a_work_is_exit_code_2(content: bytes, tmp_path: Path, run: Any) -> None:
    (tmp_path / "x.bib").write_bytes(content)
    done = run("new", "--from", tmp_path / "x.bib")
    assert (done.code, done.out) == (2, "")
    assert done.err.split("\n")[-2].startswith("coprod-review: ")
    assert "Traceback" not in done.err


def test_data_cannot_forge_log_lines_or_colours(bib: Any, run: Any) -> None:
    done = run("new", "--from", bib("@article{x\x1b[31m\n::error::y, author = {Best, Bo}}"))
    assert "\x1b" not in done.err
    assert not [line for line in done.err.split("\n") if line.startswith("::error")]


def test_questions_go_to_stderr(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    answers = "A new title\nAble, Ann\n\n2020\nreport\n\n"
    stdin = io.TextIOWrapper(io.BytesIO(answers.encode()))
    monkeypatch.setattr(stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", stdin)
    done = run("new")
    assert done.code == 0
    assert done.out.startswith("studies:\n  - id: able-2020\n    citation:\n      type: report\n")
    assert done.err.startswith("Title: First author")
    assert "Drafted 1 of 1 record. " in done.err


@pytest.mark.slow
def test_user_may_end_the_questions() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "coprod_review", "new"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        os.write(ours, b"A new title\n\x04")
        out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, out) == (1, "")
    assert "Title: " in err
    assert "Traceback" not in err


# --- drafts for a base of one's own -----------------------------------------------


@pytest.fixture
def meals(bib: Any, tmp_path: Path) -> Path:
    """A base about another subject, in the folder that commands run in."""
    shutil.copytree(REPOSITORY / "tests" / "bases" / "foreign", tmp_path / "meals")
    bib(NEW, OTHER, MEAL)
    return tmp_path / "meals"


MEAL = "@article{m, title = {Meals}, author = {Other, O}, year = 2013, doi = {10.5555/fictional.1}}\n"
TARGETS = ["meals/studies", "meals/studies/more.yaml", "meals/more.yaml", "meals"]


@pytest.mark.parametrize("target", TARGETS)
def test_drafts_are_compared_with_the_base_that_they_are_written_to(target: str, meals: Path, run: Any) -> None:
    (meals / "studies").mkdir()
    done = run("new", "--from", "refs.bib", "-o", target)
    assert done.code == 1
    assert "refs.bib:3: the record m was left out: the base already contains it as authora-2013.\n" in done.err
    assert "Drafted 2 of 3 records" in done.err


def test_a_work_of_the_bundled_base_is_new_to_another_base(meals: Path, bib: Any, run: Any) -> None:
    bib(DUPLICATE)
    assert run("new", "--from", "refs.bib").code == 1
    assert run("new", "--from", "refs.bib", "--base", "meals").code == 0
    assert run("new", "--from", "refs.bib", "-o", "meals/studies").code == 0


@pytest.mark.parametrize("arguments", [("-o", "meals/studies"), ("-o", "drafts.yaml", "--base", "meals")])
def test_markers_say_what_to_type_in_the_base(
    arguments: tuple[str, ...], meals: Path, tmp_path: Path, run: Any
) -> None:
    run("new", "--from", "refs.bib", *arguments)
    written = meals / "studies" / "able-2020.yaml" if "drafts.yaml" not in arguments else tmp_path / "drafts.yaml"
    text = written.read_text(encoding="utf-8")
    for advice in (
        "such as [free-meals]: coprod-review codebook practices --base meals\n",
        "such as [primary-schools, secondary-schools]: coprod-review codebook sectors --base meals\n",
        "such as [Norway]: coprod-review codebook places --base meals\n",
        "such as {girls: focus}: coprod-review codebook groups --base meals\n",
        "such as {choice: mentioned}: coprod-review codebook principles --base meals\n",
        "such as {gender: reported}: coprod-review codebook characteristics --base meals\n",
        "outcome:  # such as pupils.learning.reading: coprod-review codebook outcomes --base meals\n",
    ):
        assert advice in text
    assert "setting:" not in text  # its codebook has no settings
    commands = set(re.findall(r"coprod-review (codebook \w+ --base meals)", text))
    assert len(commands) == text.count("coprod-review codebook ") // text.count("coded_from: ")
    assert [run(*command.split()).code for command in commands] == [0] * len(commands)
    book = discovery.read_codebook(meals)
    for terms, vocabulary in re.findall(r"such as \[([\w, -]+)\]: coprod-review codebook (\w+)", text):
        assert all(book.find(vocabulary, term) for term in terms.split(", "))
    assert run("validate", "meals", *(["drafts.yaml"] if "drafts.yaml" in arguments else [])).code == 0


def test_the_base_that_is_named_counts_and_not_the_one_around_the_drafts(meals: Path, tmp_path: Path, run: Any) -> None:
    base_of(tmp_path / "other", studies="studies:\n" + entry("Able", 2020).replace("A title", "A new title"))
    done = run("new", "--from", "refs.bib", "-o", "meals/studies", "--base", "other")
    assert "able was left out: the base already contains it as able-2020." in done.err


def test_a_base_without_studies_gets_its_first_drafts(meals: Path, run: Any) -> None:
    (meals / "studies.yaml").unlink()
    assert run("new", "--from", "refs.bib", "-o", "meals/studies").code == 0
    assert "codebook practices --base meals" in (meals / "studies" / "able-2020.yaml").read_text(encoding="utf-8")


def test_drafts_outside_every_base_name_no_base(meals: Path, tmp_path: Path, run: Any) -> None:
    run("new", "--from", "refs.bib", "-o", "drafts.yaml")
    assert "--base" not in (tmp_path / "drafts.yaml").read_text(encoding="utf-8")


def test_a_codebook_with_an_error_is_named(meals: Path, run: Any) -> None:
    path = meals / "codebook.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    label: Roles\n", ""), encoding="utf-8")
    done = run("new", "--from", "refs.bib", "-o", "meals/studies")
    assert (done.code, "The codebook of meals has an error" in done.err) == (2, True)
    assert not (meals / "studies").exists()


def test_a_codebook_without_a_code_that_drafts_need_is_named(meals: Path, run: Any) -> None:
    path = meals / "codebook.yaml"
    text = path.read_text(encoding="utf-8")
    term = text[text.index("    - id: not_coded\n      label: Not decided yet\n") : text.index("  practices:\n")]
    path.write_text(text.replace(term, ""), encoding="utf-8")
    done = run("new", "--from", "refs.bib", "-o", "meals/studies")
    command = "coprod-review codebook add designs not_coded --base meals"
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "coprod-review: Drafts need the term `not_coded` of `designs`, which the codebook does not have. "
        f"To add it, type: {command}\n"
    )
    texts = ("--label", "Not decided yet", "--definition", "Nobody has read the work.")
    assert run(*command.split()[1:], *texts).code == 0
    assert "Drafted 2 of 3 records" in run("new", "--from", "refs.bib", "-o", "meals/studies").err
