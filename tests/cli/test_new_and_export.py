"""The commands new and export: exit codes, streams and files."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coprod_review.bibliography.writers import SUFFIXES, WRITERS
from coprod_review.cli.export import ExportFormat
from coprod_review.loading import discovery
from coprod_review.validate import apply_rules, sound_base
from tests.conftest import REPOSITORY, base_of, entry

NEW = "@article{able, title = {A new title}, author = {Able, Ann}, year = 2020}\n"
OTHER = "@report{best, title = {Another title}, author = {Best, Bo}, year = 2021}\n"
HELD = "@article{k, title = {X}, author = {Kay, K.}, year = 2019, doi = {10.1108/mhsi-10-2018-0035}}\n"
BROKEN = "@article{c, author = {Best, Bo}}\n"


@pytest.fixture
def bib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write a bibliography to the folder that commands run in."""
    monkeypatch.chdir(tmp_path)

    def write(*records: str) -> str:
        (tmp_path / "refs.bib").write_text("".join(records), encoding="utf-8")
        return "refs.bib"

    return write


# --- new ---------------------------------------------------------------------------


def test_new_drafts_to_stdout_and_reports_to_stderr(bib: Any, run: Any) -> None:
    done = run("new", "--from", bib(NEW, OTHER))
    assert done.code == 0
    assert done.out.startswith("studies:\n  - id: able-2020\n    citation:\n      type: article-journal\n")
    assert done.out.count("\n\n  - id: best-2021\n") == 1
    assert done.err == (
        "Drafted 2 of 2 records of refs.bib; next: save this as FILE.yaml, then coprod-review validate FILE.yaml\n"
    )


def test_draft_passes_validate(bib: Any, run: Any) -> None:
    assert run("new", "--from", bib(NEW, OTHER), "-o", "drafts.yaml") == (
        0, "", "Drafted 2 of 2 records of refs.bib; next: coprod-review validate drafts.yaml\n",
    )  # fmt: skip
    assert run("validate", "drafts.yaml").code == 0
    assert [s.id for s in sound_base.load("drafts.yaml").studies] == ["able-2020", "best-2021"]


def test_rejected_records_are_reported(bib: Any, run: Any) -> None:
    done = run("new", "--from", bib(HELD, NEW, BROKEN, NEW.replace("able,", "again,")))
    assert done.code == 1
    assert done.out.count("- id: ") == 2  # the second is the finding of the entry's comment
    assert done.err == (
        "refs.bib:1: k left out: the base already holds it as kay-2019.\n"
        "refs.bib:3: c left out: it has no title: add one.\n"
        "refs.bib:4: again left out: it is the same work as the record on line 2, drafted as able-2020.\n"
        "Drafted 1 of 4 records of refs.bib; next: save this as FILE.yaml, then coprod-review validate FILE.yaml\n"
    )


def test_nothing_is_written_if_all_are_rejected(bib: Any, run: Any, tmp_path: Path) -> None:
    done = run("new", "--from", bib(HELD), "-o", "drafts.yaml")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("Drafted 0 of 1 record of refs.bib.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["refs.bib"]


def test_named_base_is_searched_for_duplicates(bib: Any, run: Any, tmp_path: Path) -> None:
    base_of(tmp_path / "my base", studies="studies:\n" + entry("Able", 2020).replace("A title", "A new title"))
    assert run("new", "--from", bib(HELD)).code == 1
    done = run("new", "--from", bib(HELD, NEW), "--base", "my base")
    assert done.code == 1
    assert "able left out: the base already holds it as able-2020." in done.err
    assert done.err.endswith("validate FILE.yaml --base 'my base'\n")
    assert "as_of: not_found}" in done.out


def test_a_folder_gets_a_file_for_each_study(bib: Any, run: Any, tmp_path: Path) -> None:
    (tmp_path / "base" / "studies").mkdir(parents=True)
    done = run("new", "--from", bib(NEW, OTHER), "-o", "base/studies")
    assert (done.code, done.out) == (0, "")
    assert "next: coprod-review validate base/studies/*.yaml\n" in done.err
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
        assert f"{named} exists already and is never overwritten" in done.err
    assert [p.name for p in (tmp_path / "folder").iterdir()] == ["best-2021.yaml"]
    assert (tmp_path / "held.yaml").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "refs.bib", "-o", "drafts.json"), "name a new file that ends in .yaml, or a folder"),
        (("--from", "refs.bib", "-o", "absent/drafts.yaml"), "was not written"),
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
    assert "Drafted 1 of 1 record; next:" in done.err


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


# --- export ------------------------------------------------------------------------


def test_export_writes_base_and_review_or_a_part(run: Any) -> None:
    whole = json.loads(run("export", "--format", "csl-json").out)
    assert len(whole) == 38
    assert whole[-1]["id"] == "scie-review-2022"
    assert run("export", "--format", "bibtex").out.count("\n@") == 37
    part = json.loads(run("export", "--format", "csl-json", "--where", "place=Wales").out)
    assert [item["id"] for item in part] == ["mc-laughlin-2022"]
    assert len(json.loads(run("export", "--format", "csl-json", "--reported-in", "scie-review-2022").out)) == 20


@pytest.mark.parametrize(("name", "format"), [("x.bib", "bibtex"), ("x.json", "csl-json"), ("x.BIB", "bibtex")])
def test_the_suffix_of_a_file_picks_the_format(name: str, format: str, tmp_path: Path, run: Any) -> None:
    assert run("export", "-o", tmp_path / name) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8") == run("export", "--format", format).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--format bibtex or --format csl-json, or -o FILE.bib or FILE.json"),
        (("-o", "x.txt"), "use .bib, .json"),
        (("-o", "x.bib", "--format", "csl-json"), "drop one of the two"),
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
    base_of(tmp_path, studies="studies:\n" + entry("Kay") + entry("Able", 2020, more="    focus: wrong\n"))
    assert run("export", "--format", "bibtex", "--base", tmp_path).code == 2
    done = run("export", "--format", "bibtex", "--base", tmp_path, "--skip-invalid")
    assert (done.code, done.out.count("@")) == (0, 1)
    assert done.err == "Left out for their errors: able-2020.\n"


def test_new_rejects_exported_studies(tmp_path: Path, run: Any) -> None:
    run("export", "-o", tmp_path / "all.bib")
    done = run("new", "--from", tmp_path / "all.bib")
    assert (done.code, done.out) == (1, "")
    assert "Drafted 0 of 38 records" in done.err
    assert "it is the review that the base starts from" in done.err


def test_the_choices_of_export_are_its_writers() -> None:
    assert {f.value for f in ExportFormat} == set(WRITERS) == set(SUFFIXES.values())
