"""The package works where it is installed: wheel and source archive, from an empty folder."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Source archive, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, REPOSITORY], check=True, capture_output=True)
    return folder


def test_the_wheel_holds_the_base_schemas_and_templates(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    for folder in ("data", "schemas", "templates"):
        assert any(name.startswith(f"coprod_review/{folder}/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/"))]


def test_the_source_archive_holds_what_the_tests_need(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "data/studies.yaml",
        "schemas/study.schema.json",
        "tests/conftest.py",
        "README.md",
        "constraints.txt",
        "docs/continuous-integration.md",
        "action.yml",
        ".pre-commit-hooks.yaml",
        ".github/workflows/ci.yml",
    } <= names


def test_the_wheel_runs_from_an_empty_folder(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv")
    binaries = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    # The pip of these tests installs into the new environment, which saves bringing another.
    pip = [sys.executable, "-m", "pip", "--python", str(binaries / "python"), "install", "-q", "--no-compile"]
    wheel, constraints = next(built.glob("*.whl")), REPOSITORY / "constraints.txt"
    subprocess.run([*pip, wheel, "-c", constraints], check=True, capture_output=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    installed = subprocess.run(
        [binaries / "coprod-review", "gaps"], cwd=empty, capture_output=True, text=True, check=True
    )
    here = subprocess.run(
        [sys.executable, "-m", "coprod_review", "gaps"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert installed.stdout == here.stdout
    markdown = subprocess.run(
        [binaries / "coprod-review", "show", "17", "--format", "markdown"], cwd=empty, capture_output=True, check=True
    )
    assert markdown.stdout.startswith(b"# kay-2019")
    assert (
        subprocess.run([binaries / "coprod-review", "validate"], cwd=empty, capture_output=True, check=False).returncode
        == 0
    )
