"""The examples in README.md and docs/, and the command that writes their output again.

A fenced ``sh`` or ``python`` block followed by a fenced ``text`` block is an example: the second block shows what the
first one prints. A line ``...`` in the second block marks lines that are left out.

Usage::

    python -m tests.documentation.examples
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
PAGES = (REPOSITORY / "README.md", *sorted(DOCS.glob("*.md")))
CHART = DOCS / "focus.svg"
FIRST_PAGE = DOCS / "briefing.png"
COMMAND = "python -m tests.documentation.examples"
LEFT_OUT = "..."

_LINES = r"(?:(?!```).*\n)+"
EXAMPLE = re.compile(rf"^```(?P<language>sh|python)\n(?P<code>{_LINES})```\n\n```text\n(?P<shown>{_LINES})```$", re.M)
ALTERNATIVE_TEXT = re.compile(rf"!\[([^\]]*)\](?=\((?:docs/)?{re.escape(CHART.name)}\))")

# Under -m the help would call the program by the name of the module.
_RUN = "import sys; sys.argv[0] = 'coprod-review'; from coprod_review.__main__ import main; main()"


class Example(NamedTuple):
    """Code that a page shows, and the output that the page shows below it."""

    page: str
    language: str
    code: str
    shown: str

    @property
    def arguments(self) -> list[str]:
        """What follows the name of the program in a shell example; raises ``ValueError`` for another program."""
        program, *arguments = shlex.split(self.code)
        if program != "coprod-review":
            raise ValueError(f"{self.page} shows the output of `{program}`: an example runs coprod-review")
        return arguments


class LineNotPrinted(Exception):
    """An excerpt begins at a line that the program no longer prints."""


def examples_in(page: Path) -> Iterator[Example]:
    """The examples of one page, in order."""
    for match in EXAMPLE.finditer(page.read_text(encoding="utf-8")):
        yield _example(page, match)


def _example(page: Path, match: re.Match[str]) -> Example:
    return Example(page.relative_to(REPOSITORY).as_posix(), match["language"], match["code"], match["shown"])


def excerpt(output: str, shown: str) -> str:
    """Cut an output as a page shows it: whole, or with ``...`` where lines are left out.

    What is shown before the first ``...`` is the beginning of the output, and what is shown after the last one is its
    end. A part between two of them begins at the same line as now. Each part keeps its number of lines.

    Raises ``LineNotPrinted`` where the output no longer has the line at which a part begins.
    """
    lines = output.splitlines()
    beginning, *others = _parts(shown.splitlines())
    if not others:
        return output
    *middle, end = others
    position = len(beginning)
    kept = lines[:position]
    for part in middle:
        start = _index(lines, part[0], position)
        position = start + len(part)
        kept += [LEFT_OUT, *lines[start:position]]
    kept += [LEFT_OUT, *lines[len(lines) - len(end) :]]
    return "".join(f"{line}\n" for line in kept)


def _parts(lines: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _index(lines: list[str], line: str, start: int) -> int:
    if line not in lines[start:]:
        raise LineNotPrinted(f"the line `{line}` is no longer printed: choose another excerpt")
    return lines.index(line, start)


def texts_of(chart: str) -> list[str]:
    """Every text of an SVG chart in order: title, description, labels."""
    elements = ElementTree.fromstring(chart).iter()
    return ["".join(e.itertext()) for e in elements if e.tag.rpartition("}")[2] in ("title", "desc", "text")]


def alternative_text_of(chart: str) -> str:
    """The title and description of an SVG chart, for readers of Markdown who do not see it."""
    title, description, *_ = texts_of(chart)
    return f"{title} {description}"


def _output(example: Example) -> str:
    return _printed(example.code) if example.language == "python" else _printed(_RUN, *example.arguments)


def _printed(code: str, *arguments: str) -> str:
    """Run Python code in the repository and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "COLUMNS": "80", "GITHUB_ACTIONS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def _first_page_of_a_briefing() -> bytes:
    from coprod_review import load
    from coprod_review.briefing import as_document, compose
    from coprod_review.briefing.context import BriefingContext
    from coprod_review.briefing.request import BriefingRequest
    from coprod_review.documents.pdf import typeset

    source = BriefingContext(load())
    made = compose.write_briefing(source, BriefingRequest("summary", citations="finished"))
    pages: list[bytes] = typeset(as_document.as_document(made, source), format="png", ppi=96)
    return pages[0]


def _rewrite(page: Path, alternative_text: str) -> list[str]:
    """Write the outputs of one page again, and return what is wrong with its excerpts."""
    faults = []

    def renewed(match: re.Match[str]) -> str:
        example = _example(page, match)
        try:
            shown = excerpt(_output(example), example.shown)
        except LineNotPrinted as fault:
            faults.append(f"{example.page}: {example.code.strip()}: {fault}")
            return match[0]
        return f"```{example.language}\n{example.code}```\n\n```text\n{shown}```"

    text = EXAMPLE.sub(renewed, page.read_text(encoding="utf-8"))
    text = ALTERNATIVE_TEXT.sub(lambda _: f"![{alternative_text}]", text)
    page.write_text(text, encoding="utf-8")
    return faults


def main() -> None:
    """Write every output and both pictures again; leave with the excerpts that have to be chosen again."""
    CHART.write_text(_printed(_RUN, "gaps", "focus", "--format", "svg"), encoding="utf-8")
    FIRST_PAGE.write_bytes(_first_page_of_a_briefing())
    alternative_text = alternative_text_of(CHART.read_text(encoding="utf-8"))
    faults = [fault for page in PAGES for fault in _rewrite(page, alternative_text)]
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
