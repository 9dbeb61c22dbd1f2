"""Where commands write: to a screen of 80 columns, to a file in whole, or to a pipe."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.screens import lines_without_commands
from tests.conftest import REPOSITORY

READING = [
    ("gaps",),
    ("gaps", "focus"),
    ("gaps", "--all"),
    ("why", "focus.ratio"),
    ("why", "focus.cells"),
    ("why", "matrix.map/people.health/said"),
    ("claims",),
    ("claims", "--regenerate"),
    ("list",),
    ("show", "17"),
    ("codebook",),
    ("codebook", "outcomes"),
    ("codebook", "thin"),
]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_every_report_fits_80_columns(command: tuple[str, ...], run: Any) -> None:
    assert max(map(len, lines_without_commands(run(*command).out))) <= 80


@pytest.mark.parametrize("command", READING, ids=" ".join)
@pytest.mark.parametrize("format", ["terminal", "json", "csv", "markdown"])
def test_every_reading_command_has_every_format(command: tuple[str, ...], format: str, run: Any) -> None:
    done = run(*command, "--format", format)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("\n")
    if format == "json":
        json.loads(done.out)


def test_output_file_is_replaced_atomically(tmp_path: Path, run: Any) -> None:
    target = tmp_path / "gaps.json"
    target.write_text("before", encoding="utf-8")
    target.chmod(0o640)
    done = run("gaps", "-o", target)
    assert (done.code, done.out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "coprod-review/gaps/2"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["gaps.json"]


@pytest.mark.parametrize("target", ["absent/gaps.json", "folder.json"])
def test_unwritable_target_is_reported(target: str, tmp_path: Path, run: Any) -> None:
    (tmp_path / "folder.json").mkdir()
    done = run("gaps", "-o", tmp_path / target)
    assert done.code == 2
    assert "could not be written" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


@pytest.mark.slow
def test_output_ignores_environment(tmp_path: Path) -> None:
    outputs = set()
    for number, extra in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC"},
            {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "200"},
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        command = [sys.executable, "-m", "coprod_review", "gaps", "focus", "matrix", "--format", "json"]
        environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
            **extra,
            "PYTHONPATH": str(REPOSITORY),
        }
        outputs.add(subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout)
    assert len(outputs) == 1


@pytest.mark.slow
def test_full_disk_is_reported() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("/dev/full is missing")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coprod_review", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["show 17", "list", "codebook", "gaps focus", "why focus.ratio", "claims"])
def test_every_reading_command_writes_to_a_file(command: str, tmp_path: Path, run: Any) -> None:
    assert run(*command.split(), "-o", tmp_path / "x.md").out == ""
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == run(*command.split(), "--format", "markdown").out


def test_validate_and_schema_write_to_a_file(tmp_path: Path, run: Any) -> None:
    assert run("validate", "-o", tmp_path / "v.json") == (0, "", "")
    assert json.loads((tmp_path / "v.json").read_text(encoding="utf-8"))["summary"]["errors"] == 0
    assert run("schema", "-o", tmp_path / "s.json") == (0, "", "")
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["title"]


def test_symlink_target_stays_a_symlink(tmp_path: Path, run: Any) -> None:
    (tmp_path / "real.json").write_text("before", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("real.json")
    assert run("list", "-o", tmp_path / "link.json").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_closed_pipe_exits_with_zero() -> None:
    command = f'"{sys.executable}" -m coprod_review codebook outcomes | true; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
