"""What README.md and docs/ show is what the program prints about the shipped data."""

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.exceptions import TyperException

from coprod_review.cli import app
from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading import discovery
from coprod_review.model.facets import FACETS
from coprod_review.validate import apply_rules
from tests.conftest import REPOSITORY, Run
from tests.documentation import examples
from tests.documentation.examples import CHART, COMMAND, DOCS, PAGES, Example, LineNotPrinted, excerpt

pytestmark = pytest.mark.shipped_data

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
EXAMPLES = [example for page in PAGES for example in examples.examples_in(page)]
SHELL = [example for example in EXAMPLES if example.language == "sh"]
PYTHON = [example for example in EXAMPLES if example.language == "python"]
PROGRAM: Any = typer.main.get_command(app)
PROGRAM_OPTIONS = ("--help", "--version", "--install-completion", "--show-completion")


def _name(example: Example | Path) -> str:
    return example.name if isinstance(example, Path) else f"{example.page}: {example.code.splitlines()[0]}"


@pytest.fixture(autouse=True)
def _surroundings_of_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    # Otherwise the help calls the program `python -m pytest.coprod-review`.
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def _assert_current(example: Example, output: str) -> None:
    try:
        current = excerpt(output, example.shown)
    except LineNotPrinted as fault:
        pytest.fail(f"{example.page}: {fault}")
    assert current == example.shown, f"{example.page} shows an old output. Write it again: {COMMAND}"


@pytest.mark.parametrize("example", SHELL, ids=_name)
def test_command_output_is_current(example: Example, run: Callable[..., Run]) -> None:
    _assert_current(example, run(*example.arguments).out)


@pytest.mark.parametrize("example", PYTHON, ids=_name)
def test_python_output_is_current(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example.code, example.page, "exec"), {})
    _assert_current(example, capsys.readouterr().out)


def _commands_on(page: Path) -> list[str]:
    """Every command that a page names: a line of a shell block, or a code span."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`(coprod-review [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    return [line for line in (*lines, *spans) if line.startswith("coprod-review ")]


def _parse(command: str) -> None:
    """Parse a command without running it. Raises ``TyperException`` for a part that the program does not have."""
    name, *arguments = shlex.split(command, comments=True)[1:]
    if name in PROGRAM_OPTIONS:
        return  # parsing these would carry them out, and --install-completion changes files of the user
    if name not in PROGRAM.commands:
        raise TyperException(f"there is no command {name}")
    if arguments != ["--help"]:
        PROGRAM.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_on_pages_parse(page: Path) -> None:
    for command in _commands_on(page):
        try:
            _parse(command)
        except TyperException as error:
            pytest.fail(f"{page.name} names a command that does not exist: {command}: {error}")


def test_the_chart_shows_the_current_figures(run: Callable[..., Run]) -> None:
    drawn = run("gaps", "focus", "--format", "svg").out
    shown = CHART.read_text(encoding="utf-8")
    assert examples.texts_of(shown) == examples.texts_of(drawn), f"Draw it again: {COMMAND}"


def test_the_alternative_text_gives_the_figures_of_the_chart() -> None:
    expected = examples.alternative_text_of(CHART.read_text(encoding="utf-8"))
    assert examples.ALTERNATIVE_TEXT.findall(README) == [expected], f"Write it again: {COMMAND}"


def test_example_entry_for_curators_is_valid(tmp_path: Path) -> None:
    text = (DOCS / "add-a-study.md").read_text(encoding="utf-8")
    (entry,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "kay-2019.yaml").write_text(entry, encoding="utf-8")
    assert apply_rules.diagnose_base(discovery.read_base(tmp_path)) == []


def test_the_reference_shows_the_help_of_every_command() -> None:
    shown = [example.arguments for example in SHELL if example.page == "docs/commands.md"]
    assert shown == [["--help"], *([name, "--help"] for name in PROGRAM.commands)]


def test_every_analysis_has_a_row() -> None:
    text = (DOCS / "gaps.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE) == list(ANALYSES)


def test_every_facet_has_a_row_with_its_vocabulary() -> None:
    text = (DOCS / "filters.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| .* \| (?:`(\w+)`)?.* \|$", text, re.MULTILINE))
    assert rows == {name: facet.vocabulary or "" for name, facet in FACETS.items()}


def test_the_index_links_to_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"]({page.name})" not in index] == ["README.md"]


def test_the_readme_has_fewer_than_150_lines() -> None:
    assert len(README.splitlines()) < 150


def test_readme_marks_install_and_test_commands() -> None:
    main = re.search(r"<!-- main command -->\n```sh\n(.+)\n```", README)
    test = re.search(r"<!-- test command -->\n```sh\n(.+)\n```", README)
    assert main is not None
    assert main[1].endswith("coprod-review gaps")
    assert test is not None
    assert ".venv/bin/python -m pytest" in test[1]


OUTPUT = "title\none\ntwo\nthree\nfour\nend\n"


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("an old output\n", OUTPUT),
        ("title\none\n...\n", "title\none\n...\n"),
        ("old title\n...\nthree\nold four\n...\nold end\n", "title\n...\nthree\nfour\n...\nend\n"),
        ("...\ntwo\n...\n", "...\ntwo\n...\n"),
    ],
)
def test_excerpt_keeps_places_with_new_lines(shown: str, expected: str) -> None:
    assert excerpt(OUTPUT, shown) == expected


def test_excerpt_without_first_line_is_reported() -> None:
    with pytest.raises(LineNotPrinted, match="`five` is no longer printed"):
        excerpt(OUTPUT, "title\n...\nfive\n...\n")
