import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from coprod_review.documents import docx, docx_nodes
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
from coprod_review.documents.docx import write
from coprod_review.documents.print_assets import MissingExtra, alternative_text, picture_size, png, printable, svg
from coprod_review.errors import CoprodReviewError, UnreadableFile
from tests.conftest import REPOSITORY
from tests.documents.sample import HOSTILE, pictures, sample
from tests.documents.test_print_assets import everywhere, grid

pytestmark = pytest.mark.slow

needs_pandoc = pytest.mark.skipif(
    not (find_spec("pypandoc") and find_spec("resvg_py")),
    reason="pandoc (pypandoc_binary) or resvg_py is not installed",
)
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="soffice or pdftotext is not installed"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Element = ElementTree.Element


class Word:
    """The parts of a Word document."""

    def __init__(self, written: bytes) -> None:
        with ZipFile(BytesIO(written)) as parts:
            self.parts = {name: parts.read(name) for name in parts.namelist()}
        self.document = ElementTree.fromstring(self.parts["word/document.xml"])

    def paragraphs(self, style: str) -> list[Element]:
        return [p for p in self.document.iter(f"{W}p") if _style(p) == style]

    def core(self, name: str) -> str:
        root = ElementTree.fromstring(self.parts["docProps/core.xml"])
        return next(e.text or "" for e in root if e.tag.endswith("}" + name))

    def addresses(self) -> list[str]:
        root = ElementTree.fromstring(self.parts["word/_rels/document.xml.rels"])
        return [e.attrib["Target"] for e in root if e.get("TargetMode") == "External"]

    def pictures(self) -> Iterator[Element]:
        for element in self.document.iter():
            if element.tag.endswith(("}docPr", "}cNvPr")):
                yield element


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.attrib[f"{W}val"]


def _text(element: Element) -> str:
    return "".join("\n" if e.tag == f"{W}br" else e.text or "" for e in element.iter() if e.tag in (f"{W}t", f"{W}br"))


def _form(element: Element) -> list[str]:
    """The elements of a document but for stretches of text, which pandoc divides by their script."""
    stretches = {f"{W}{name}" for name in ("r", "rPr", "rFonts", "rStyle", "b", "bCs", "i", "iCs", "t")}
    return [e.tag for e in element.iter() if e.tag not in stretches]


@pytest.fixture(scope="module")
def word() -> Word:
    if not (find_spec("pypandoc") and find_spec("resvg_py")):
        pytest.skip("pandoc (pypandoc_binary) or resvg_py is not installed")
    return Word(write(sample()))


def _of(*blocks: Heading | Paragraph | ListBlock | TableBlock | Picture | Aside) -> Word:
    return Word(write(Document("T", blocks)))


def test_title_description_language_and_date_are_properties(word: Word) -> None:
    described = Word(write(replace(sample(), description="What it holds.")))
    assert word.core("title") == "Co-production in social care: a sample"
    assert described.core("description") == "What it holds."
    assert word.core("language") == "en-GB"
    assert word.core("created") == word.core("modified") == "2026-11-23T00:00:00Z"
    assert b'<w:lang w:val="en-GB"' in word.parts["word/styles.xml"].replace(b'w:bidi="ar-SA" w:eastAsia="en-GB" ', b"")


def test_headings_have_the_styles_of_their_levels(word: Word) -> None:
    assert [_text(p) for p in word.paragraphs("Title")] == ["Co-production in social care: a sample"]
    assert [_text(p) for p in word.paragraphs("Heading1")] == ["In short", "References", "Studies behind the numbers"]
    assert [_text(p) for p in word.paragraphs("Heading2")] == ["Deeper"]


def test_table_header_rows_and_first_column(word: Word) -> None:
    (table,) = word.document.iter(f"{W}tbl")
    head, *rows = table.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert not any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (head, *rows))
    (look,) = table.iter(f"{W}tblLook")
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn"), look.get(f"{W}val")) == ("1", "1", "00A0")


def test_table_caption_alignment_and_widths(word: Word) -> None:
    caption = "What studies say they examine, and what they were seen to report"
    assert [_text(p) for p in word.paragraphs("TableCaption")] == [caption]
    (table,) = word.document.iter(f"{W}tbl")
    sides = [[p.find(f"{W}pPr/{W}jc") for p in row.iter(f"{W}p")] for row in table.iter(f"{W}tr")]
    assert [[s.get(f"{W}val") if s is not None else "" for s in row] for row in sides] == [["left", "right"]] * 3
    columns = [int(c.attrib[f"{W}w"]) for c in table.iter(f"{W}gridCol")]
    assert columns[0] > columns[1] > 500


def test_pictures_have_alternative_text() -> None:
    document = sample()
    charts = [block for block in document.blocks if isinstance(block, Picture)]
    named = list(Word(write(replace(document, blocks=(*document.blocks, *charts)))).pictures())
    assert len(named) == 4
    assert {element.get("descr") for element in named} == {alternative_text(charts[0])}


def test_picture_fits_text_width(word: Word) -> None:
    (chart,) = (block for block in sample().blocks if isinstance(block, Picture))
    sizes = [float(e.attrib[side]) for e in word.document.iter() if e.tag.endswith("}extent") for side in ("cx", "cy")]
    assert [size / 360_000 for size in sizes] == pytest.approx(picture_size(svg(chart)), abs=0.02)


def test_note_calls_and_backlinks() -> None:
    call = Run(note="a/b")
    document = Document("T", (Paragraph((Run("x"), call, call)),), {"a/b": (Run("Counted."),), "never": (Run("Y"),)})
    made = Word(write(document))
    marks = [e.attrib[f"{W}name"] for e in made.document.iter(f"{W}bookmarkStart")]
    leads = [(_text(e), e.attrib[f"{W}anchor"]) for e in made.document.iter(f"{W}hyperlink")]
    assert leads == [("1", "note_1"), ("1", "note_1"), ("Back to 1", "call_1")]
    assert marks.count("note_1") == marks.count("call_1") == 1
    listed = [_text(p) for p in made.document.iter(f"{W}p") if p.find(f"{W}pPr/{W}numPr") is not None]
    assert listed == ["Counted. Back to 1", "Y"]


def test_every_link_within_has_its_place(word: Word) -> None:
    marks = [e.attrib[f"{W}name"] for e in word.document.iter(f"{W}bookmarkStart")]
    leads = {e.get(f"{W}anchor") for e in word.document.iter(f"{W}hyperlink")} - {None}
    assert "ref-kay-2019" in leads
    assert leads <= set(marks)
    assert len(marks) == len(set(marks))


def test_links_lead_to_the_web_or_mail_alone(word: Word) -> None:
    assert set(word.addresses()) == {"https://example.org/a?b=1&c=2", "https://doi.org/10.1108/MHSI-10-2018-0035"}
    bad = [Run("x", link=link) for link in ("javascript:alert(1)", "file:///etc/passwd", "#none", "//x.org")]
    assert _of(Paragraph(tuple(bad))).addresses() == []


def test_runs_of_one_link_are_one_link() -> None:
    address = "https://example.org"
    made = _of(Paragraph((Run("a ", link=address), Run("b", strong=True, link=address), Run(" c"))))
    assert [_text(link) for link in made.document.iter(f"{W}hyperlink")] == ["a b"]


def test_an_aside_is_set_apart_with_its_lists(word: Word) -> None:
    assert [_text(p)[:8] for p in word.paragraphs("Aside")] == ["What thi", "Caution:"]
    items = ListBlock(((Paragraph((Run("one"),)),), (ListBlock(((Paragraph((Run("two"),)),),), True),)))
    made = _of(Aside((Paragraph((Run("a"),)), items)))
    assert [_text(p) for p in made.paragraphs("AsideList")] == ["one", "two"]


def test_lines_of_code_stay_lines_and_spaces_stay() -> None:
    made = _of(Paragraph((Run(" a  b\n  c", code=True),)))
    assert _text(made.document) == "T a  b\n  c"


def test_text_resembling_table_markup_stays() -> None:
    look = 'w:firstColumn="0" w:val="0020" /> <w:tr><w:tc> descr="data:x"'
    assert _text(_of(Paragraph((Run(look),))).document) == f"T{look}"


def test_the_page_is_a4_and_numbered(word: Word) -> None:
    (size,) = word.document.iter(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    (footer,) = (part for name, part in word.parts.items() if "footer" in name and name.endswith(".xml"))
    assert re.findall(rb'w:instr=" (\w+) "', footer) == [b"PAGE", b"NUMPAGES"]


def test_text_has_contrast_on_every_background(word: Word) -> None:
    styles = ElementTree.fromstring(word.parts["word/styles.xml"])
    looks = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
    colours = {e.attrib[f"{W}val"] for name in SET for e in looks[name].iter(f"{W}color")}
    grounds = {e.attrib[f"{W}fill"] for e in looks["Aside"].iter(f"{W}shd")}
    assert len(colours) >= 3
    assert len(grounds) == 1
    assert all(_contrast(colour, ground) >= 7 for colour in colours for ground in {*grounds, "FFFFFF"})


SET = ("Title", "Date", "Heading1", "Heading2", "Heading3", "Heading4", "Caption", "Hyperlink", "Footer", "Table")


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@needs_pandoc
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal_everywhere(text: str) -> None:
    made, plain = Word(write(everywhere(text))), Word(write(everywhere("plain")))
    expected = printable(text)
    assert made.core("title") == made.core("description") == f"begin {expected} end"
    assert _text(made.document) == _text(plain.document).replace("plain", expected)
    assert sorted(made.parts) == sorted(plain.parts)
    assert made.addresses() == ["https://example.org/a?b=1&c=2"]
    assert _form(made.document) == _form(plain.document)


@needs_pandoc
@pytest.mark.parametrize(
    "document",
    [
        Document("", ()),
        Document("T", (Heading(2, (), "a"), Heading(2, (Run("\t"),), ""))),
        Document("T", (TableBlock((), (), (), ()), TableBlock((Run("C"),), (), (), ()))),
        Document("T", (grid(["A"], ["B"]), TableBlock((), ((), ()), (((), ()),), (False, True)))),
        Document("T", (Paragraph(()), ListBlock(()), ListBlock(((),)), Aside(()), Heading(12, (Run("deep"),), "deep"))),
        Document("T", (Paragraph((Run(note="gone"),)),)),
    ],
    ids=["nothing", "empty headings", "tables without columns", "tables without text", "empty blocks", "a lost note"],
)
def test_empty_blocks_make_a_document(document: Document) -> None:
    made = Word(write(document))
    assert not any(_text(p).strip() == "" for n in range(1, 10) for p in made.paragraphs(f"Heading{n}"))


@needs_pandoc
def test_reference_document_replaces_house_style(tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(docx._pandoc("--print-default-data-file", "reference.docx"))
    made = Word(write(sample(), own))
    assert b"Arial" not in made.parts["word/styles.xml"]
    assert not any("footer" in name for name in made.parts)


@pytest.mark.parametrize("content", [None, b"", b"PK not really", "zip"])
def test_unusable_reference_document_is_reported(content: bytes | str | None, tmp_path: Path) -> None:
    own = tmp_path / "own.docx"
    if content == "zip":
        with ZipFile(own, "w") as other:
            other.writestr("a.txt", "a")
    elif isinstance(content, bytes):
        own.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"own\.docx"):
        write(sample(), own)


def test_missing_pandoc_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "find_spec", lambda _: None)
    docx._house_style.cache_clear()
    with pytest.raises(MissingExtra, match=r"Word documents need pandoc: pip install 'coprod-review\[word\]'"):
        write(Document("T", ()))


@needs_pandoc
def test_output_ignores_environment() -> None:
    program = "import sys; from tests.documents.sample import sample; from coprod_review.documents.docx import write; "
    program += "sys.stdout.buffer.write(write(sample()))"
    changed = {"TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | changed
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, env=environment, capture_output=True, check=True
    )
    assert done.stdout == write(sample())


@needs_pandoc
def test_source_date_epoch_dates_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    written = write(Document("T", ()))
    assert Word(written).core("created") == "2023-11-14T22:13:20Z"
    with ZipFile(BytesIO(written)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2023, 11, 14, 22, 13, 20)}


@needs_pandoc
@needs_office
def test_libreoffice_opens_it_and_finds_the_text(tmp_path: Path) -> None:
    for name, document in {"sample": sample(), "hostile": everywhere(HOSTILE[7])}.items():
        (tmp_path / f"{name}.docx").write_bytes(write(document))
    authors = Document("T", (Paragraph((Run("Kay, K., " * 600 + "last"),)), grid(["A", "x" * 5000], ["B", "z" * 5000])))
    (tmp_path / "authors.docx").write_bytes(write(authors))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], capture_output=True, timeout=240, check=False)
    text = {path.stem: _pdf_text(path) for path in tmp_path.glob("*.pdf")}
    assert sorted(text) == ["authors", "hostile", "sample"]
    assert "Studies behind the numbers" in text["sample"]
    assert "Say they examine process" in text["sample"]
    assert text["hostile"].count("&lt;b&gt;") >= 15
    assert text["authors"].count("Kay") == 600
    assert text["authors"].count("x") == text["authors"].count("z") == 5000


def _pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()


@needs_pandoc
def test_pandoc_reads_no_file_that_a_tree_names(tmp_path: Path) -> None:
    chart = pictures("focus")
    assert chart is not None
    picture = tmp_path / "a.png"
    picture.write_bytes(png(chart))
    image = {"t": "Image", "c": [["", [], []], [], [str(picture), ""]]}
    tree = {"pandoc-api-version": docx_nodes.INTERFACE, "meta": {}, "blocks": [{"t": "Para", "c": [image]}]}
    with pytest.raises(CoprodReviewError, match="Pandoc could not write"):
        docx._pandoc("-f", "json", "-t", "docx", "-o", "-", given=json.dumps(tree).encode())
