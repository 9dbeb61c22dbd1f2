import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from typing import Any

import pytest

from coprod_review.documents.document_model import (
    Aside,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    TableBlock,
)
from coprod_review.documents.pdf import write
from coprod_review.documents.print_assets import (
    MissingExtra,
    alternative_text,
    printable,
    replace_missing_glyphs,
)
from tests.conftest import REPOSITORY
from tests.documents.sample import HOSTILE, sample
from tests.documents.test_print_assets import everywhere, grid

needs_typst = pytest.mark.skipif(not find_spec("typst"), reason="typst is not installed")
needs_reader = pytest.mark.skipif(not find_spec("pikepdf"), reason="pikepdf is not installed")
needs_text = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
pytestmark = [needs_typst, pytest.mark.slow]
BREAKS_AND_DIRECTIONS = re.compile("[\\s\u200b\u200e\u202a-\u202e\u2066-\u2069]")


def _open(document: Document) -> Any:
    import pikepdf

    return pikepdf.open(BytesIO(write(document)))


def _elements(element: Any) -> Iterator[Any]:
    """The elements of the structure below one, in the order in which they are read."""
    import pikepdf

    inner = element.get("/K")
    for part in inner if isinstance(inner, pikepdf.Array) else [inner]:
        if isinstance(part, pikepdf.Dictionary) and "/S" in part:
            yield part
            yield from _elements(part)


def _kinds(document: Document) -> list[str]:
    pdf = _open(document)
    return [str(element.S) for element in _elements(pdf.Root.StructTreeRoot)]


def _text(document: Document) -> str:
    """The text as it is read, with all that is neither sign nor word left out."""
    done = subprocess.run(["pdftotext", "-", "-"], input=write(document), capture_output=True, check=True)
    return BREAKS_AND_DIRECTIONS.sub("", done.stdout.decode())


def _squeezed(text: str) -> str:
    return BREAKS_AND_DIRECTIONS.sub("", replace_missing_glyphs(printable(text)))


@needs_reader
def test_pdf_is_tagged_as_pdf_ua() -> None:
    pdf = _open(replace(sample(), description="What it holds."))
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "Co-production in social care: a sample"
        assert facts["dc:description"] == "What it holds."
        assert facts["xmp:CreateDate"] == "2026-11-23T00:00:00+00:00"
        assert "dc:creator" not in facts


@needs_reader
def test_the_structure_follows_the_document() -> None:
    kinds = _kinds(sample())
    wanted = ["/Title", "/H1", "/Figure", "/Table", "/Caption", "/THead", "/TH", "/TBody", "/TD", "/H2", "/L", "/LI"]
    assert [kind for kind in dict.fromkeys(kinds) if kind in wanted] == wanted
    assert kinds.count("/H1") == 3
    assert (kinds.count("/TH"), kinds.count("/TD")) == (2, 4)


@needs_reader
def test_figures_have_alternative_text() -> None:
    document = sample()
    (chart,) = (block for block in document.blocks if isinstance(block, Picture))
    pdf = _open(document)
    figures = [e for e in _elements(pdf.Root.StructTreeRoot) if e.S == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == [alternative_text(chart)]


@needs_reader
def test_headings_are_destinations_and_outline() -> None:
    pdf = _open(sample())
    names = pdf.Root.Names.Dests.Names
    assert {str(name) for name in list(names)[::2]} == {"in-short", "deeper", "references"}
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["In short", "References", "Studies behind the numbers"]
        assert [item.title for item in outline.root[0].children] == ["Deeper"]


def _addresses(document: Document) -> tuple[list[str], int]:
    """Addresses that links lead to, and how many lead to a place within."""
    pdf = _open(document)
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    return [str(note.A.URI) for note in notes if "/A" in note], sum("/Dest" in note for note in notes)


@needs_reader
def test_links_are_web_mail_or_internal() -> None:
    addresses, within = _addresses(sample())
    assert addresses == ["https://example.org/a?b=1&c=2", "https://doi.org/10.1108/MHSI-10-2018-0035"]
    assert within == 3 + 2 + 2
    bad = [Run("x", link=link) for link in ("javascript:alert(1)", "file:///etc/passwd", "#none", "//x.org")]
    assert _addresses(Document("T", (Paragraph(tuple(bad)),))) == ([], 0)


@needs_text
def test_text_is_read_in_its_order() -> None:
    text = _text(sample())
    order = ["a sample", "23 November 2026", "What this rests on", "In short", "What studies say"]
    order += [
        "Say they examine process",
        "Deeper",
        "three and a half",
        "References",
        "Studies behind the numbers",
        "Back to 2",
    ]
    places = [text.index(_squeezed(part)) for part in order]
    assert places == sorted(places)


@needs_text
def test_pages_have_numbers_and_running_titles() -> None:
    document = Document("A title", tuple(Paragraph((Run(f"Paragraph {n}."),)) for n in range(90)))
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=write(document), capture_output=True, check=True)
    first, second, *rest = done.stdout.decode().split("\f")[:-1]
    count = 2 + len(rest)
    assert f"Page 1 of {count}" in first
    assert f"Page 2 of {count}" in second
    assert (first.count("A title"), second.count("A title")) == (1, 1)


@needs_text
def test_a_long_table_repeats_its_headings_on_every_page() -> None:
    rows = [f"row {n}" for n in range(90)]
    text = _text(Document("T", (grid(["Headed", *rows], ["Number", *map(str, range(90))]),)))
    assert text.count("Headed") == text.count("Pag") >= 2
    assert text.count("row") == 90


@needs_text
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal_everywhere(text: str) -> None:
    document = everywhere(text)
    words = _squeezed(text)
    found = _text(document)
    if "\u05e9" in text:  # the test's reader orders right-to-left words and adjacent characters in its own way
        words = words[1 : words.index("\u05e9")]
    assert found.count(words) >= _text(everywhere("plain")).count("plain")


@needs_reader
@pytest.mark.parametrize("text", HOSTILE)
def test_text_adds_no_element_and_no_link(text: str) -> None:
    assert _kinds(everywhere(text)) == _kinds(everywhere("plain"))
    assert set(_addresses(everywhere(text))[0]) == {"https://example.org/a?b=1&c=2"}


@pytest.mark.parametrize(
    "document",
    [
        Document("", ()),
        Document("T", (Heading(2, (), "a"), Heading(2, (Run("\t"),), ""))),
        Document("T", (TableBlock((), (), (), ()), TableBlock((Run("C"),), (), (), ()))),
        Document("T", (grid(["A"], ["B"]), TableBlock((), ((), ()), (((), ()),), (False, True)))),
        Document("T", (Paragraph(()), ListBlock(()), ListBlock(((),)), Aside(()), Paragraph((), "a"))),
        Document("T", (Paragraph((Run(note="gone"), Run("x", link="#gone"))),)),
        Document("T", (Paragraph((Run("x"),)),), {"n": (), "m": (Run("never called"),)}),
    ],
    ids=["nothing", "empty headings", "no columns", "no text", "empty blocks", "a lost note", "notes not called"],
)
def test_empty_blocks_make_a_document(document: Document) -> None:
    assert write(document).startswith(b"%PDF-1.7")


@needs_text
def test_very_long_text_stays_on_the_page() -> None:
    authors = "Kay, K., " * 600
    long_word = "x" * 5000
    table = grid(["A", authors, long_word], ["B", "z" * 300, authors])
    text = _text(Document(long_word, (Paragraph((Run(authors),)), Paragraph((Run(long_word),)), table)))
    assert text.count("Kay") == 3 * 600
    assert text.count("z") == 300
    assert text.count("x") >= 3 * 5000


@needs_text
def test_tall_row_continues_on_next_page() -> None:
    wide = ["x" * 20] * 4
    table = grid(*([f"{n}", word] for n, word in enumerate(wide)), ["long", "Kay, K., " * 600])
    assert _text(Document("T", (table,))).count("Kay") == 600


def test_missing_typst_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match=r"PDF documents need typst: pip install 'coprod-review\[pdf\]'"):
        write(Document("T", ()))


def test_output_ignores_environment() -> None:
    program = "import sys; from tests.documents.sample import sample; from coprod_review.documents.pdf import write; "
    program += "sys.stdout.buffer.write(write(sample()))"
    changed = {"TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | changed
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, env=environment, capture_output=True, check=True
    )
    assert done.stdout == write(sample()) == write(sample())


@needs_reader
def test_source_date_epoch_dates_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pdf = _open(sample())
    assert str(pdf.docinfo["/CreationDate"]) == "D:20231114221320Z"
