"""Files that are no files, that vanish, that are named to deceive, or that hold too much."""

import os
import random
import resource
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review import bundled
from coprod_review.errors import UnreadableFile
from coprod_review.files import reading
from coprod_review.loading import assembly, discovery
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import apply_rules
from coprod_review.validate.formats import FORMATS
from coprod_review.validate.validation_report import ValidationReport
from tests.conftest import REPOSITORY, base_of, entry
from tests.fuzz import fuzz
from tests.fuzz.invariants import STEMS, commands, hold, readable, report_safely, unprintable

# --- what the fuzz target found ----------------------------------------------------

FOUND = {
    "no UTF-8 in a part, which some check then points to": ("base", b"name: x\ntitle: \xed\xa0\x80"),
    "a mapping as a key, deep inside": ("base", b"scope: " + b"{" * 60 + b"sector: x}\n"),
    "one text with HTML and nothing else": ("studies", b" </script> # e"),
    "a key misspelt many times": ("study", b"id: x\n" + b"desing: qualitative\n" * 15),
    "the same beside the right key": ("study", b"id: x\ndesign: qualitative\n" + b"desing: qualitative\n" * 3),
    "signs that turn the direction of text": ("study", b'id: "x\\u202ey"\nrole: "\\x9b2J"\ndesign: "\\U000e0001"\n'),
    "a command for the log": ("study", b'id: x\nrole: "a\\n::error::b"\ndesign: "##[error]c"\n'),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FOUND)
def test_fixed_fuzz_findings_stay_fixed(name: str, tmp_path: Path) -> None:
    kind, content = FOUND[name]
    hold(content, kind, tmp_path)


@pytest.mark.slow
def test_the_fuzz_target_finds_nothing_in_its_first_inputs(tmp_path: Path) -> None:
    tried = list(islice(fuzz.inputs(seed=5), 60))
    assert {kind for kind, _ in tried} == {*STEMS, "bib"}
    for kind, content in tried:
        fuzz.attempt(kind, content, tmp_path)


def test_a_seed_gives_the_same_inputs() -> None:
    assert list(islice(fuzz.inputs(3), 20)) == list(islice(fuzz.inputs(3), 20))
    assert list(islice(fuzz.inputs(3), 20)) != list(islice(fuzz.inputs(4), 20))


# --- foreign and broken YAML -------------------------------------------------------

WORDS = [
    "studies",
    "id",
    "citation",
    "findings",
    "x",
    "on",
    "a b",
    "",
    "é",
    "12",
    "null",
    "~",
    "[",
    "- a",
    "<<",
    "\u202e",
]


def _foreign(chance: random.Random, depth: int = 0) -> Any:
    """Plain data of any shape that YAML can hold."""
    kind = chance.choice("lmmtnbfz" if depth < 4 else "tnbfz")
    if kind == "l":
        return [_foreign(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind == "m":
        return {chance.choice(WORDS): _foreign(chance, depth + 1) for _ in range(chance.randrange(5))}
    return {
        "t": chance.choice(WORDS),
        "n": chance.randint(-3, 10**20),
        "b": True,
        "f": chance.random() * 100,
        "z": None,
    }[kind]


@pytest.mark.slow
def test_foreign_yaml_documents_are_diagnosed() -> None:
    chance = random.Random(1)
    for number in range(500):
        style: dict[str, Any] = {"default_flow_style": chance.choice((True, False, None))}
        style |= {"default_style": chance.choice((None, '"', "'")), "indent": chance.choice((2, 8))}
        text = yaml.dump(_foreign(chance), allow_unicode=chance.random() < 0.5, **style)
        name = f"{chance.choice(('x', 'base', 'codebook', 'review', 'benchmarks'))}.yaml"
        found = apply_rules.diagnose_base(assembly.assemble("x", [YamlText(text, name)]))
        assert found, text
        if number % 10 == 0:
            report_safely(ValidationReport(files=(name,), studies=0, diagnostics=tuple(found)))


@pytest.mark.slow
@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem != "study"])
def test_truncated_files_keep_the_invariants(stem: str, tmp_path: Path) -> None:
    content = (bundled.DATA / f"{stem}.yaml").read_bytes()[:12_000]
    for cut in range(7, len(content), max(1, len(content) // 12)):
        hold(content[:cut], stem, tmp_path)


# --- names ------------------------------------------------------------------------

NAMES = [
    b"new\nline",
    b"new\n::error::x",
    b"::error file=x::y",
    b"\x1b[31mred",
    b"\xff\xfe",
    b"a" * 240,
    b"a ,%0A:b",
    b"-o",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NAMES, "bidi\u202e".encode()], ids=repr)
def test_hostile_file_names_are_escaped(name: bytes, tmp_path: Path, run: Any) -> None:
    (tmp_path / "studies").mkdir()
    with open(os.fsencode(tmp_path) + b"/studies/" + name + b".yaml", "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"studies:\n  - id: x\n    desing: 1\n")
    for format in FORMATS:
        done = run("validate", tmp_path, "--format", format)
        assert done.code == 1
        assert unprintable(done.out + done.err) == ""
        readable(format, done.out)
        assert run("validate", tmp_path, "--format", format, "-o", tmp_path / f"out.{format}").code == 1
    done = run("gaps", "--base", tmp_path)
    assert (done.code, unprintable(done.err), done.err.count("\n")) == (2, "", 1)
    assert list(commands(done.err)) == []


def test_diff_output_issues_no_workflow_commands(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    base_of(
        tmp_path, studies="studies:\n" + entry(more="    sector: [social care]  \n    # \n    #\n    ::error::x: y\n")
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    done = run("validate", tmp_path, "--diff", "--unsafe-fixes")
    assert "::error::x" in done.out
    assert list(commands(done.out)) == []


def test_unwritable_summary_is_reported(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "summary.md"))
    done = run("validate")
    assert done.code == 2
    assert "summary.md could not be written" in done.err


# --- files that are no files -------------------------------------------------------

LIMIT = 1_500_000_000


def _limited(*arguments: object, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run the program with bounds on time and memory."""
    command = [sys.executable, "-m", "coprod_review", *map(str, arguments)]
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))  # noqa: E731
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=30,
        preexec_fn=limit,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def _special(folder: Path) -> dict[str, Path]:
    (folder / "base" / "studies").mkdir(parents=True)
    os.mkfifo(folder / "base" / "studies" / "pipe.yaml")
    os.mkfifo(folder / "pipe.yaml")
    os.mkfifo(folder / "pipe.bib")
    (folder / "loop").symlink_to("loop")
    (folder / "round").mkdir()
    (folder / "round" / "studies").symlink_to(".")
    (folder / "round" / "again").symlink_to("../round")
    (folder / "zero.yaml").symlink_to("/dev/zero")
    return {path.name: path for path in folder.iterdir()}


@pytest.mark.parametrize("option", [None, "--diff", "--fix", "--statistics", "--changed-since=HEAD"])
@pytest.mark.parametrize("name", ["base", "pipe.yaml", "loop", "round", "zero.yaml"])
def test_special_files_are_not_read(name: str, option: str | None, tmp_path: Path, run: Any) -> None:
    done = run("validate", _special(tmp_path)[name], *([option] if option else []))
    assert done.code == (1 if name == "base" and option != "--changed-since=HEAD" else 2)


@pytest.mark.slow
def test_a_pipe_is_no_bibliography(tmp_path: Path) -> None:
    done = _limited("new", "--from", _special(tmp_path)["pipe.bib"])
    assert (done.returncode, "is a pipe, not a file" in done.stderr) == (2, True)


def test_unreadable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base_of(tmp_path, studies="studies:\n" + entry())
    (tmp_path / "studies").mkdir()

    def refuse(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UnreadableFile, match="studies cannot be opened: check its permissions"):
        discovery.read_base(tmp_path)


def test_vanished_file_is_diagnosed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base_of(tmp_path, studies__x="studies:\n" + entry())

    def gone(path: Path) -> Any:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(reading, "open_regular", gone)
    (found,) = apply_rules.diagnose_base(discovery.read_base(tmp_path))
    assert (found.code, found.message) == ("CPR010", "this does not exist")


@pytest.mark.slow
def test_a_thousand_files_stay_within_limits(tmp_path: Path) -> None:
    (tmp_path / "studies").mkdir()
    for number in range(1_000):
        (tmp_path / "studies" / f"{number}.yaml").write_text("[]", encoding="utf-8")
    done = _limited("validate", tmp_path, "--format", "concise")
    assert (done.returncode, done.stdout.count(": CPR101 error")) == (1, 1_000)


WORST = {
    "aliases": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"k%d: &a [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" % n for n in range(60)),
    "brackets": b"studies:\n  - id: a\n    sector: " + b"[" * 200_000,
    "braces": b"studies:\n" + b"  - {a: {b: {c: {d: 1\n" * 3_000,
    "dashes": b"studies:\n  " + b"- " * 100_000,
    "questions": b"? " * 100_000,
    "comments": b"studies: []\n" + b"# coprod: ignore[CPR201] why\n" * 20_000,
    "keys": b"studies:\n  - id: a\n" + b"".join(b"    k%d: 1\n" % n for n in range(2_000)),
    "quotes": b"studies:\n" + b"  - id: '\n" * 2_000,
    "entries": b"studies:\n" + b"  - id: [\n" * 3_000,
    "text": b"studies:\n  - id: a\n    role: |\n" + b"      x\n" * 300_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_stay_within_time_and_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(WORST[name])
    done = _limited("validate", "--base", tmp_path / "bad.yaml", "--format", "concise")
    assert done.returncode == 1, done.stderr[-300:]
    assert "Traceback" not in done.stderr
