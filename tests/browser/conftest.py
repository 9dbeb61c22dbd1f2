"""A browser, and the pages that it opens. What is missing on this machine is named, and its tests are skipped."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from coprod_review.briefing import as_document, compose, request
from coprod_review.briefing.context import BriefingContext
from coprod_review.documents.document_model import Document
from coprod_review.documents.html import write
from coprod_review.validate import valid_base
from tests.bases import SAMPLE
from tests.browser.documents import everywhere, long
from tests.documents.sample import HOSTILE, sample

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core/axe.min.js"
CHECKER = MODULES / "vnu-jar/build/dist/vnu.jar"
INSTALL = "npm install --prefix tests/browser --no-package-lock --ignore-scripts"
BRIEFINGS = (("summary", ""), ("review", ""), ("plain", ""), ("group", "minority-ethnic"))
PAGES = ("sample", "long", "everywhere", *(name for name, _ in BRIEFINGS))

Open = Callable[..., Page]
"""Opens a page by its name, with options of a browser context such as ``color_scheme``."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        made = playwright.chromium.launch(executable_path=program, args=arguments)
        yield made
        made.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files of the pages by name; hostile ones are numbered."""
    folder = tmp_path_factory.mktemp("pages")
    documents = {"sample": sample(), "long": long(), "everywhere": everywhere("words")}
    documents |= {name: _briefing(name, about) for name, about in BRIEFINGS}
    documents |= {f"hostile-{number}": everywhere(text) for number, text in enumerate(HOSTILE)}
    for name, document in documents.items():
        (folder / f"{name}.html").write_bytes(write(document))
    return {name: folder / f"{name}.html" for name in documents}


def _briefing(name: str, about: str) -> Document:
    """A bundled briefing of the bundled base, with what its numbers open to."""
    source = BriefingContext(valid_base.load(SAMPLE))
    made = compose.write_briefing(source, request.BriefingRequest(name, about, "finished"))
    return replace(as_document.as_document(made, source), appendix=as_document.appendix(made, source))


@pytest.fixture
def opened(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    contexts = []

    def open_page(name: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(pages[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        pytest.skip(f"axe-core is not installed: {INSTALL}")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checker() -> tuple[str, ...]:
    """The command of the Nu HTML checker."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("java is not installed: apt-get install default-jre-headless")
    if not CHECKER.exists():
        pytest.skip(f"vnu-jar is not installed: {INSTALL}")
    # Text that is data keeps its letters as they came, so that it is found again by a search.
    spelling = "(?s).*Normalization Form C.*"
    return java, "-Xss4m", "-jar", str(CHECKER), "--Werror", "--no-langdetect", "--filterpattern", spelling
