"""Documentation can be followed: every link, and every reference in the code, leads to a page and a heading."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

HOME = Path(__file__).parents[2]
PAGES = [
    *sorted((HOME / "docs").rglob("*.md")),
    *(HOME / name for name in ("README.md", "CONTRIBUTING.md", "data/README.md")),
]
MODULES = sorted((HOME / "coprod_review").rglob("*.py"))
REFERENCE = re.compile(r"docs/[\w./-]+\.md(?:#[\w-]+)?")
"""A page of the documentation, with a heading or without, as docstrings and comments cite it."""
NOTES = re.compile(r"\b(?:methods|design)\.md\b|\bdesign\s+(?:decision|honesty\s+rule)s?\b", re.IGNORECASE)
"""Working notes that are not in the repository, so that no reader can look them up."""


def _name(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


@cache
def _tokens(page: Path) -> tuple[Token, ...]:
    # The plugin gives a heading the anchor that GitHub gives it, a second one of the same name included.
    markdown = MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=6)
    blocks = markdown.parse(page.read_text(encoding="utf-8"))
    return tuple(token for block in blocks for token in (block, *(block.children or ())))


@cache
def _headings(page: Path) -> frozenset[str]:
    return frozenset(str(token.attrGet("id")) for token in _tokens(page) if token.type == "heading_open")


def _links(page: Path) -> Iterator[str]:
    for token in _tokens(page):
        address = token.attrGet("href") or token.attrGet("src")
        if address and not urlsplit(str(address)).scheme:
            # A bare heading is one of the page itself.
            yield f"{page.name}{address}" if str(address).startswith("#") else str(address)


def _fault(address: str, folder: Path) -> str:
    """Why an address leads nowhere from a folder; empty if it leads to a file and to the heading that it names."""
    path, _, heading = unquote(address).partition("#")
    target = (folder / path).resolve()
    if not target.exists():
        return f"{address}: there is no such file"
    if heading and heading not in _headings(target):
        return f"{address}: {_name(target)} has no such heading"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_resolve_to_file_and_heading(page: Path) -> None:
    assert not [fault for link in _links(page) if (fault := _fault(link, page.parent))]


def test_code_references_resolve_to_page_and_heading() -> None:
    assert MODULES
    faults = [
        f"{_name(module)}: {fault}"
        for module in MODULES
        for reference in REFERENCE.findall(module.read_text(encoding="utf-8"))
        if (fault := _fault(reference, HOME))
    ]
    assert not faults


def test_the_code_cites_no_notes_outside_the_documentation() -> None:
    assert MODULES
    notes = [
        f"{_name(module)}: {note}"
        for module in MODULES
        for note in NOTES.findall(REFERENCE.sub("", module.read_text(encoding="utf-8")))
    ]
    assert not notes
