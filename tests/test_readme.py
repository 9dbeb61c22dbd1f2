"""The README cannot go stale: its commands are run and its output compared.

``python -m tests.test_readme`` writes the shown output again.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from coprod_review.gaps.registry import ANALYSES
from coprod_review.render import RENDERERS

HOME = Path(__file__).parent.parent
README = HOME / "README.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
BLOCKS = [match.groupdict() for match in BLOCK.finditer(README.read_text(encoding="utf-8"))]


def _output(command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "coprod-review"
    done = subprocess.run(
        [sys.executable, "-m", "coprod_review", *arguments], cwd=HOME, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["command"])
def test_the_shown_output_is_what_the_command_prints(block: dict[str, str]) -> None:
    assert block["output"] == _output(block["command"]), "write it again: python -m tests.test_readme"


def test_the_shown_picture_is_what_the_command_draws() -> None:
    drawn = (HOME / "docs" / "focus.svg").read_text(encoding="utf-8")
    assert drawn == _output("coprod-review gaps focus --format svg"), "draw it again: python -m tests.test_readme"


def _first_page() -> bytes:
    """The first page of the summary as a picture, as PDF has it."""
    from coprod_review.briefing import as_document, compose, request
    from coprod_review.briefing.context import Source
    from coprod_review.documents.pdf import typeset
    from coprod_review.validate import sound_base

    source = Source(sound_base.load())
    made = compose.write(source, request.Order("summary", citations="finished"))
    pages: list[bytes] = typeset(as_document.as_document(made, source), format="png", ppi=96)
    return pages[0]


def test_the_shown_briefing_is_the_one_that_is_written() -> None:
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    assert (HOME / "docs" / "briefing.png").read_bytes() == _first_page(), "draw it again: python -m tests.test_readme"


def test_the_shown_python_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("22 of 28")


def test_the_shown_entry_is_sound(tmp_path: Path) -> None:
    from coprod_review.loading import discovery
    from coprod_review.validate import apply_rules

    (entry,) = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "kay-2019.yaml").write_text(entry, encoding="utf-8")
    assert apply_rules.run(discovery.read(tmp_path)) == []


def test_every_analysis_format_and_command_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    for name in (
        *ANALYSES,
        *RENDERERS,
        "gaps",
        "why",
        "claims",
        "--regenerate",
        "--since",
        "list",
        "show",
        "validate",
        "new",
        "export",
        "brief",
        "--check",
        "codebook",
        "schema",
        "--skip-invalid",
    ):
        assert name in text


def test_the_two_commands_are_marked_for_those_who_run_them() -> None:
    text = README.read_text(encoding="utf-8")
    main = re.search(r"<!-- main command -->\n```sh\n(.+)\n```", text)
    test = re.search(r"<!-- test command -->\n```sh\n(.+)\n```", text)
    assert main is not None
    assert main[1].endswith("coprod-review gaps")
    assert test is not None
    assert test[1].endswith("-m pytest")


if __name__ == "__main__":
    (HOME / "docs" / "focus.svg").write_text(_output("coprod-review gaps focus --format svg"), encoding="utf-8")
    (HOME / "docs" / "briefing.png").write_bytes(_first_page())
    text = README.read_text(encoding="utf-8")
    README.write_text(
        BLOCK.sub(lambda m: f"```console\n$ {m['command']}\n{_output(m['command'])}```", text), encoding="utf-8"
    )
