"""The command ``brief``: where briefings go, what is refused, and in what words."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coprod_review import bundled as package
from coprod_review.briefing import template_limits, template_loader
from coprod_review.loading.evidence_base import EvidenceBase
from tests.briefing.made import lines_of, recounted, reworded
from tests.conftest import REPOSITORY, Run, base_of, entry

Command = Callable[..., Run]

AIMS = "    aims:\n      outcome: {code: primary, reason: So., read_in: aim}\n"


def test_default_is_the_summary_in_markdown(run: Command) -> None:
    done = run("brief")
    assert done.code == 0
    assert done.err == ""
    assert "# Co-production: the evidence in short" in done.out
    assert re.search(r"\[@[\w-]+; @[\w-]+\]", done.out)


def test_citations_can_be_finished(run: Command) -> None:
    done = run("brief", "--citations", "finished")
    assert "[@" not in done.out
    assert re.search(r'"study [\w-]+ [0-9a-f]{8}">[A-Z][^<]*, \d{4}</span>', done.out)
    numbered = run("brief", "--citations", "finished", "--csl", "vancouver").out
    assert re.search(r'"study [\w-]+ [0-9a-f]{8}">\d+</span>', numbered)


def test_a_style_may_be_a_file(run: Command) -> None:
    style = package.TEMPLATES / "csl" / "vancouver.csl"
    by_file = run("brief", "--citations", "finished", "--csl", style).out
    by_name = run("brief", "--citations", "finished", "--csl", "vancouver").out
    assert by_file.splitlines()[1:] == by_name.splitlines()[1:]
    done = run("brief", "--csl", "harvrd")
    assert (done.code, done.out) == (2, "")
    assert "harvard" in done.err


def test_briefings_are_listed_and_templates_shown(run: Command) -> None:
    names = [line.split()[0] for line in run("brief", "--list").out.splitlines()]
    assert names == sorted(template_loader.template_descriptions(None))
    for name in names:
        assert run("brief", name, "--show-template").out == template_loader.template_source(name, None)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.docx", "a.pdf"])
def test_suffix_chooses_the_file_format(name: str, run: Command, tmp_path: Path) -> None:
    done = run("brief", "summary", "-o", tmp_path / name)
    assert (done.code, done.out, done.err) == (0, "", "")
    content = (tmp_path / name).read_bytes()
    starts = {".md": b"<!-- coprod-review briefing", ".html": b"<!DOCTYPE html>", ".docx": b"PK", ".pdf": b"%PDF-"}
    assert content.startswith(starts[Path(name).suffix])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "a.odt"), "The suffix of a.odt does not name a kind of briefing: use one of .md, .html, .docx, .pdf."),
        (("-o", "a"), "The suffix of a does not name"),
        (("-o", "a.html", "--citations", "keys"), "--citations works for Markdown only"),
        (("-o", "a.pdf", "--reference-doc", "b.docx"), "--reference-doc works for Word only"),
        (("-o", "a.docx", "--reference-doc", "none.docx"), "none.docx"),
        (("sumary",), "did you mean"),
        (("../summary",), "There is no"),
        (("group",), "name it with --about"),
        (("group", "--about", "stafff"), "staff"),
        (("whats-new",), "--since"),
        (("whats-new", "--since", "no-such-revision"), "no-such-revision"),
        (("--templates", "nowhere"), "nowhere"),
        (("--check", "nowhere.md"), "There is no file nowhere.md: check the path."),
        (("--check", "README.md"), "has no annotation of a briefing"),
        (("--base", "nowhere"), "nowhere"),
        (("--since", "HEAD"), "leave out --since, or use the template whats-new"),
        (("--check", "a.md", "-o", "b.md"), "--check works with --base and --skip-invalid only"),
    ],
)
def test_impossible_requests_give_one_line_errors(arguments: tuple[str, ...], words: str, run: Command) -> None:
    done = run("brief", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_check_reports_edited_lines(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "b.md"
    run("brief", "-o", path)
    unchanged = run("brief", "--check", path)
    assert (unchanged.code, unchanged.out) == (0, "")
    assert " passages agree with the base. " in unchanged.err
    edited = reworded(path.read_text(encoding="utf-8"), "figure focus.outcome-share", recounted)
    path.write_text(edited, encoding="utf-8")
    done = run("brief", "--check", path)
    (line,) = lines_of(edited, ">99 of")
    assert done.code == 1
    assert done.out.startswith(f"{path}:{line}: figure focus.outcome-share: a number was changed by hand: “99 of ")


def test_html_can_be_checked(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "b.html"
    run("brief", "plain", "-o", path)
    assert run("brief", "--check", path).code == 0


def test_briefing_is_checked_against_its_own_base(run: Command, tmp_path: Path) -> None:
    base_of(tmp_path / "own", studies="studies:\n" + entry("Kay", more=AIMS))
    path = tmp_path / "b.md"
    assert run("brief", "--base", tmp_path / "own", "-o", path).code == 0
    assert run("brief", "--base", tmp_path / "own", "--check", path).code == 0
    assert run("brief", "--check", path).code == 1


def test_whats_new_compares_with_a_folder(run: Command, tmp_path: Path) -> None:
    first = "studies:\n" + entry("Kay", more=AIMS)
    base_of(tmp_path / "then", studies=first)
    base_of(tmp_path / "now", studies=first + entry("Able", 2020))
    path = tmp_path / "b.md"
    done = run("brief", "whats-new", "--base", tmp_path / "now", "--since", tmp_path / "then", "-o", path)
    assert done.code == 0, done.err
    assert "able-2020" in path.read_text(encoding="utf-8")
    assert run("brief", "--base", tmp_path / "now", "--check", path).code == 0


def test_user_templates_come_first(run: Command, tmp_path: Path) -> None:
    (tmp_path / "summary.md.j2").write_text("{# Mine. #}\n# Mine\n\n{{ figure('focus.outcome-share') }}.\n")
    done = run("brief", "--templates", tmp_path)
    assert "# Mine\n" in done.out
    assert "What this rests on" in done.out
    assert "summary     Mine." in run("brief", "--list", "--templates", tmp_path).out


def test_undefined_template_name_has_file_and_line(run: Command, tmp_path: Path) -> None:
    (tmp_path / "own.md.j2").write_text("# A\n\n{{ figur('focus.outcome-share') }}\n")
    done = run("brief", "own", "--templates", tmp_path)
    assert done.code == 2
    assert "own.md.j2:3: " in done.err
    assert "did you mean `figure`?" in done.err


def test_unknown_template_figure_has_file_and_line(run: Command, tmp_path: Path) -> None:
    (tmp_path / "own.md.j2").write_text("# A\n\n\n{{ figure('focus.outcome-shar') }}\n")
    done = run("brief", "own", "--templates", tmp_path)
    assert done.code == 2
    assert "own.md.j2:4: " in done.err
    assert "focus.outcome-share" in done.err


# --- where it is written ------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".md", ".html", ".docx", ".pdf"])
def test_missing_target_folder_is_reported(suffix: str, run: Command, tmp_path: Path) -> None:
    target = tmp_path / f"closed/b{suffix}"
    done = run("brief", "-o", target)
    assert done.code == 2
    assert "could not be written" in done.err


def test_failed_write_keeps_the_old_file(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.md"
    target.write_text("as it was")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coprod_review.files.writing.Path.replace", full)
    done = run("brief", "-o", target)
    assert done.code == 2
    assert "no space left on device" in done.err
    assert target.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk_is_reported(run: Command) -> None:
    target = Path("/dev/full")
    done = run("brief", "-o", target)
    assert done.code == 2
    assert "Traceback" not in done.err


@pytest.mark.slow
def test_missing_extra_is_reported(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, suffix, extra in (
        ("typst", ".pdf", "pdf"),
        ("pypandoc", ".docx", "word"),
        ("resvg_py", ".docx", "word"),
    ):
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, module, None)
            done = run("brief", "-o", tmp_path / f"b.{suffix}")
        assert done.code == 2, (module, done)
        assert f"coprod-review[{extra}]" in done.err
        assert not list(tmp_path.iterdir())


# --- the same bytes -----------------------------------------------------------------


SUFFIXES = (".md", ".html", ".docx", ".pdf")
WRITE = """
import sys
from coprod_review.__main__ import main
for suffix in %r:
    sys.argv = ["coprod-review", "brief", "summary", "-o", "b" + suffix]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code
"""


def _written(folder: Path, **environment: str) -> dict[str, bytes]:
    """The summary in every kind of file, written by a process in another environment."""
    folder.mkdir()
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    surroundings.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run([sys.executable, "-c", WRITE % (SUFFIXES,)], check=True, cwd=folder, env=surroundings)
    return {suffix: (folder / f"b{suffix}").read_bytes() for suffix in SUFFIXES}


@pytest.mark.slow
def test_output_is_reproducible(tmp_path: Path) -> None:
    """The tests of the writers set SOURCE_DATE_EPOCH, which this leaves out."""
    one = _written(tmp_path / "one", PYTHONHASHSEED="1")
    two = _written(tmp_path / "two", PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C", LANG="C")
    assert [suffix for suffix in SUFFIXES if one[suffix] != two[suffix]] == []


@pytest.mark.slow
def test_word_documents_have_the_base_date(run: Command, tmp_path: Path, bundled: EvidenceBase) -> None:
    run("brief", "-o", tmp_path / "b.docx")
    with zipfile.ZipFile(tmp_path / "b.docx") as archive:
        core = archive.read("docProps/core.xml").decode()
    assert str(bundled.framework.about.as_of) in core


@pytest.mark.slow
def test_no_progress_in_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coprod_review", "brief", "plain", "-o", tmp_path / "b.html"],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_only_templates_of_your_own_have_a_limit_of_time(
    run: Command, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_limits, "SECONDS", 0.01)  # less than any briefing takes, as 20 seconds on a large base
    assert run("brief", "summary").code == 0
    own = empty_folder / "mine"
    own.mkdir()
    shutil.copy(package.TEMPLATES / "briefings" / "summary.md.j2", own)
    assert "more than 0.01 seconds of CPU time" in run("brief", "summary", "--templates", "mine").err
