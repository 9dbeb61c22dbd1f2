"""The shipped files against the published schemas, by a program that is not ours."""

import subprocess
import sys
from pathlib import Path

import pytest

from coprod_review import bundled
from tests.bases import SHIPPED

pytestmark = pytest.mark.shipped_data

FILES = sorted(SHIPPED.glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_check_jsonschema_accepts_the_file(path: Path) -> None:
    schema = bundled.SCHEMAS / f"{path.stem}.schema.json"
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_first_line_names_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n")[0]
    line = f"# yaml-language-server: $schema=../schemas/{path.stem}.schema.json"
    assert first == line, f"editors check {path.name} as you type if its first line is: {line}"
