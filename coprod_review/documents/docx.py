"""Word, written by pandoc from a tree of blocks, so that no text is ever read as markup.

The house style is a reference document that is derived from pandoc's own; a reader's own reference document may take
its place.
"""

import json
import os
import re
import subprocess
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from coprod_review.documents.document_model import (
    Aside,
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Runs,
    TableBlock,
)
from coprod_review.documents.print_assets import (
    NOTES,
    Links,
    MissingExtra,
    alternative,
    divided,
    fitted,
    moment,
    png,
    said,
    shown,
    svg,
    widths,
)
from coprod_review.errors import CoprodReviewError, UnreadableFile
from coprod_review.text.grammar import long_date

Node = dict[str, Any]
"""A block or an inline of pandoc's tree: its type ``t`` and its content ``c``."""

_INTERFACE = [1, 23, 1]
"""Version of pandoc's tree that the nodes below follow."""
_NUMBERED = [1, {"t": "Decimal"}, {"t": "Period"}]
_WHOLE = re.compile(r'(<wp:docPr descr="([^"]*)"(?:(?!</w:drawing>).)*?<pic:cNvPr descr=")data:[^"]*"', re.DOTALL)
_LOOK = re.compile("<w:tblLook [^>]*>")
_HEADED = (
    '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
    ' w:noHBand="0" w:noVBand="0"/>'
)
"""A table whose first row and first column are headings."""
_MADE = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write(document: Document, reference_doc: Path | None = None) -> bytes:
    """The document as DOCX.

    ``reference_doc`` is a Word document whose styles, page and footers are taken in place of the house's. Raises
    ``MissingExtra`` without pandoc or resvg, and ``UnreadableFile`` where the reference document cannot be read.
    """
    style = _house_style() if reference_doc is None else _own_style(reference_doc)
    tree = json.dumps(_Writer(document).tree()).encode()
    with TemporaryDirectory() as folder:
        reference = Path(folder, "reference.docx")
        reference.write_bytes(style)
        written = _pandoc("-f", "json", "-t", "docx", "-o", "-", f"--reference-doc={reference}", given=tree)
    return _settled(written, datetime.fromtimestamp(moment(document), UTC))


def _own_style(path: Path) -> bytes:
    try:
        style = path.read_bytes()
        with ZipFile(BytesIO(style)) as parts:
            parts.getinfo("word/styles.xml")
            parts.getinfo("word/document.xml")
    except OSError as problem:
        raise UnreadableFile(f"{path}: cannot be read as the reference document: {problem.strerror}.") from problem
    except (BadZipFile, KeyError) as problem:
        raise UnreadableFile(f"{path}: is no Word document to take styles from: save it as .docx.") from problem
    return style


def _program() -> Path:
    """Pandoc, as the package that brings it has it."""
    found = find_spec("pypandoc")
    folders = found.submodule_search_locations if found else None
    programs = [p for folder in folders or () for p in Path(folder, "files").glob("pandoc*")]
    if not programs:
        raise MissingExtra("Word documents need pandoc: pip install 'coprod-review[word]'.")
    return programs[0]


def _pandoc(*arguments: str, given: bytes = b"") -> bytes:
    """What pandoc writes; it can read no file but those that the arguments name."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [str(_program()), "--sandbox", "--fail-if-warnings", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)  # noqa: S603 - no shell
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())[:300]
        raise CoprodReviewError(f"Pandoc could not write the Word document: {reason}")
    return done.stdout


def _settled(written: bytes, when: datetime) -> bytes:
    """The parts with one date, and each picture named by its words wherever it is named."""
    out, stamp = BytesIO(), max(when, datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    with ZipFile(BytesIO(written)) as parts, ZipFile(out, "w") as settled:
        for name in parts.namelist():
            part = ZipInfo(name, stamp)
            part.compress_type = ZIP_DEFLATED
            settled.writestr(part, _part(name, parts.read(name), when))
    return out.getvalue()


def _part(name: str, content: bytes, when: datetime) -> bytes:
    text = content.decode() if name in ("docProps/core.xml", "word/document.xml") else ""
    if name == "docProps/core.xml":
        return _MADE.sub(lambda found: f"{found[1]}{when:%Y-%m-%dT%H:%M:%SZ}", text).encode()
    if name == "word/document.xml":
        return _tables(_WHOLE.sub(r'\1\2"', text)).encode()
    return content


def _tables(text: str) -> str:
    """Tables whose rows stay whole at the end of a page, and whose first cells are the headings of their rows."""
    headed = _LOOK.sub(_HEADED, text).replace("<w:tr><w:trPr>", "<w:tr><w:trPr><w:cantSplit/>")
    return headed.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")


class _Writer:
    """Makes the tree of one document, from its first block to its last."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._links = Links(document)

    def tree(self) -> Node:
        blocks = [*self._blocks(self._document.blocks), *self._notes()]
        return {"pandoc-api-version": _INTERFACE, "meta": self._properties(), "blocks": blocks}

    def _properties(self) -> Node:
        document = self._document
        texts = {"title": document.title, "description": document.description, "date": long_date(document.date)}
        inlines = {name: {"t": "MetaInlines", "c": _text(text)} for name, text in texts.items() if text.strip()}
        return {**inlines, "lang": {"t": "MetaInlines", "c": _text(document.language)}}

    def _notes(self) -> Iterator[Node]:
        """The notes as a numbered list, each with a link back to its first call."""
        notes = self._document.notes
        if notes:
            yield _header(1, "", _text(NOTES))
            yield _node("OrderedList", [_NUMBERED, [[self._note(n, runs)] for n, runs in enumerate(notes.values(), 1)]])

    def _note(self, number: int, runs: Runs) -> Node:
        back = _link(f"#call_{number}", _text(f"Back to {number}")) if self._links.called(number) else None
        inlines = self._inlines(runs)
        return _node("Plain", [_span(f"note_{number}"), *inlines, *([*_text(" "), back] if back else [])])

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Node]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Node]:
        match block:
            case Heading(level=level, runs=runs, anchor=anchor) if said(runs):
                yield _header(min(level - 1, 9), self._links.name(anchor), self._inlines(runs))
            case Paragraph(runs=runs, anchor=anchor):
                name = self._links.name(anchor)
                yield _node("Para", [*([_span(name)] if name else []), *self._inlines(runs)])
            case ListBlock(items=items, ordered=ordered):
                yield _list([self._item(item) for item in items], ordered)
            case TableBlock(columns=(), caption=caption):
                yield _node("Para", self._inlines(caption))
            case TableBlock():
                yield from map(self._grid, divided(block))
            case Picture():
                yield _styled("Figure", [_node("Para", [_image(block)])])
            case Aside(blocks=inner):
                yield _styled("Aside", [*self._aside(inner)])
            case _:
                pass

    def _aside(self, blocks: Iterable[Block]) -> Iterator[Node]:
        for block in self._blocks(blocks):
            yield _apart(block) if block["t"] in ("BulletList", "OrderedList") else block

    def _item(self, item: Sequence[Block]) -> list[Node]:
        """An item; one that is a single paragraph is set close to the next."""
        match item:
            case (Paragraph(runs=runs, anchor=""),):
                return [_node("Plain", self._inlines(runs))]
        return [*self._blocks(item)]

    def _grid(self, grid: TableBlock) -> Node:
        caption = [None, [_node("Plain", self._inlines(grid.caption))] if grid.caption else []]
        columns = [
            [{"t": "AlignRight" if numeric else "AlignLeft"}, _node("ColWidth", width)]
            for numeric, width in zip(grid.numeric, widths(grid), strict=True)
        ]
        head = [_NO, [self._row(grid.columns)]]
        body = [_NO, 1, [], [self._row(row) for row in grid.rows]]
        return _node("Table", [_NO, caption, columns, head, [body], [_NO, []]])

    def _row(self, cells: Iterable[Runs]) -> list[Any]:
        return [_NO, [[_NO, {"t": "AlignDefault"}, 1, 1, [_node("Plain", self._inlines(cell))]] for cell in cells]]

    def _inlines(self, runs: Runs) -> list[Node]:
        """Runs, those that lead to the same place in one link."""
        inlines: list[Node] = []
        for target, together in groupby(runs, self._links.target):
            inside = [inline for run in together for inline in self._run(run)]
            inlines += [_link(target, inside)] if target else inside
        return inlines

    def _run(self, run: Run) -> list[Node]:
        if run.note:
            return self._call(self._links.note(run.note))
        inlines = _text(run.text, "Code" if run.code else "Str")
        for wanted, kind in ((run.emphasis, "Emph"), (run.strong, "Strong")):
            inlines = [_node(kind, inlines)] if wanted else inlines
        return inlines

    def _call(self, number: int) -> list[Node]:
        """The number of a note, raised."""
        if not number:
            return []
        link = _link(f"#note_{number}", [_node("Superscript", _text(str(number)))])
        name = self._links.call(number)
        return [_span(name), link] if name else [link]


_NO: list[Any] = ["", [], []]
"""No name, class or attribute."""


def _node(kind: str, content: Any) -> Node:
    return {"t": kind, "c": content}


def _text(text: str, kind: str = "Str") -> list[Node]:
    """Text as it stands, its lines apart."""
    inlines: list[Node] = []
    for place, line in enumerate(shown(text).split("\n")):
        inlines += [{"t": "LineBreak"}] if place else []
        inlines += [_node(kind, [_NO, line] if kind == "Code" else line)] if line else []
    return inlines


def _span(name: str) -> Node:
    return _node("Span", [[name, [], []], []])


def _link(target: str, inlines: list[Node]) -> Node:
    return _node("Link", [_NO, inlines, [target, ""]])


def _header(level: int, name: str, inlines: list[Node]) -> Node:
    return _node("Header", [level, [name, [], []], inlines])


def _styled(style: str, blocks: list[Node]) -> Node:
    return _node("Div", [["", [], [["custom-style", style]]], blocks])


def _list(items: list[list[Node]], ordered: bool) -> Node:
    return _node("OrderedList", [_NUMBERED, items]) if ordered else _node("BulletList", items)


def _apart(node: Node) -> Node:
    """A list within an aside has a style of its own, for pandoc sets lists as it would anywhere else."""
    if node["t"] in ("Plain", "Para"):
        return _styled("Aside List", [{**node, "t": "Para"}])
    if node["t"] == "BulletList":
        return {**node, "c": [[_apart(part) for part in item] for item in node["c"]]}
    if node["t"] == "OrderedList":
        return {**node, "c": [node["c"][0], [[_apart(part) for part in item] for item in node["c"][1]]]}
    return node


def _image(chart: Picture) -> Node:
    width, height = fitted(svg(chart))
    size = [["width", f"{width}cm"], ["height", f"{height}cm"]]
    data = f"data:image/png;base64,{b64encode(png(chart)).decode()}"
    return _node("Image", [["", [], size], _text(alternative(chart)), [data, ""]])


# The house style. Sizes are half points, spaces twentieths of a point, rules eighths of a point.

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INK, _QUIET, _HEAD, _LINK, _RULE, _GROUND = "17222E", "3F4B58", "123F68", "0B4F8A", "9AA5B1", "EEF1F4"
_FONTS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
_BOLD = "<w:b/><w:bCs/>"
_TOGETHER = "<w:keepNext/><w:keepLines/>"


def _spaced(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _inked(size: int, colour: str = _INK) -> str:
    return f'<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _ruled(side: str, size: int = 4, space: int = 0, colour: str = _RULE) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _shaded(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _heading(level: int, before: int, size: int, colour: str = _HEAD) -> tuple[str, str]:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _TOGETHER + _spaced(before, 100, 259) + outline, _BOLD + _inked(size, colour)


def _ground(space: int, rest: str) -> str:
    """A rule at the left, ``space`` points from the text, and a light ground that reaches a little beyond the text."""
    sides = (_ruled("top", 4, 5, _GROUND), _ruled("left", 24, space, _HEAD), _ruled("bottom", 4, 5, _GROUND))
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>{_shaded(_GROUND)}{rest}"


_LOOKS: Mapping[str, tuple[str, str]] = {
    "Normal": (_spaced(0, 100), ""),
    "BodyText": (_spaced(0, 140), ""),
    "Compact": (_spaced(30, 40, 259), ""),
    "Title": (_TOGETHER + _spaced(0, 120, 252), _BOLD + _inked(48, _HEAD)),
    "Date": (_spaced(0, 320), '<w:b w:val="0"/><w:bCs w:val="0"/>' + _inked(22, _QUIET)),
    **{f"Heading{level}": _heading(level, 200, 22, _INK) for level in range(4, 10)},
    "Heading1": _heading(1, 400, 32),
    "Heading2": _heading(2, 320, 26),
    "Heading3": _heading(3, 240, 23),
    "Caption": (_spaced(240, 100, 259), _BOLD + _inked(20)),
    "TableCaption": (_TOGETHER, ""),
    "Figure": (_spaced(160, 160, 240), ""),
    "Aside": (_ground(10, _spaced(60, 60) + '<w:ind w:left="284"/>'), ""),
    "AsideList": (_ground(14, _spaced(20, 20)), ""),
    "VerbatimChar": ("", '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="20"/>'),
    "Hyperlink": ("", f'<w:color w:val="{_LINK}"/><w:u w:val="single"/>'),
}
"""Paragraph and letters of each style that the house sets itself."""
_ADDED = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Aside"><w:name w:val="Aside"/>'
    '<w:basedOn w:val="BodyText"/><w:qFormat/></w:style>'
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="AsideList"><w:name w:val="Aside List"/>'
    '<w:basedOn w:val="Aside"/><w:qFormat/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
    f'<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr>{_inked(18, _QUIET)}</w:rPr></w:style>'
)
_DEFAULTS = (
    f'<w:rPrDefault><w:rPr>{_FONTS}{_inked(22)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr>'
    "</w:rPrDefault><w:pPrDefault/>"
)
_INSETS = {"top": 40, "left": 80, "bottom": 40, "right": 80}
_CELL = "".join(f'<w:{side} w:w="{inset}" w:type="dxa"/>' for side, inset in _INSETS.items())
_TABLE = (
    f"<w:rPr>{_inked(18)}</w:rPr>"
    f"<w:tblPr><w:tblBorders>{_ruled('top', 8)}{_ruled('bottom', 8)}{_ruled('insideH')}</w:tblBorders>"
    f"<w:tblCellMar>{_CELL}</w:tblCellMar></w:tblPr>"
    f'<w:tblStylePr w:type="firstRow"><w:rPr>{_BOLD}</w:rPr><w:tcPr><w:tcBorders>{_ruled("bottom", 8, 0, _HEAD)}'
    f'</w:tcBorders>{_shaded(_GROUND)}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
)
_PAGE = (
    f'<w:sectPr xmlns:r="{_R}"><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1417" w:bottom="1361" w:left="1417" w:header="709" w:footer="680" w:gutter="0"/>'
    "</w:sectPr>"
)


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER = (
    f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{_field("PAGE")}'
    f'<w:r><w:t xml:space="preserve"> of </w:t></w:r>{_field("NUMPAGES")}</w:p></w:ftr>'
)


@cache
def _house_style() -> bytes:
    """Pandoc's own reference document in the house style, with page numbers at the foot."""
    out = BytesIO()
    with ZipFile(BytesIO(_pandoc("--print-default-data-file", "reference.docx"))) as parts, ZipFile(out, "w") as styled:
        for name in parts.namelist():
            styled.writestr(name, _restyled(name, parts.read(name).decode()))
        styled.writestr("word/footer1.xml", _FOOTER)
    return out.getvalue()


def _restyled(name: str, part: str) -> str:
    match name:
        case "word/styles.xml":
            return _styles(part)
        case "word/document.xml":
            return re.sub(r"<w:sectPr>.*</w:sectPr>", _PAGE, part, flags=re.DOTALL)
        case "word/_rels/document.xml.rels":
            footer = f'<Relationship Id="rIdFooter" Type="{_R}/footer" Target="footer1.xml"/>'
            return part.replace("</Relationships>", f"{footer}</Relationships>")
        case "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
            return part.replace("</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{kind}"/></Types>')
    return part.replace('w:themeFontLang w:val="en-US"', 'w:themeFontLang w:val="en-GB"')


def _styles(part: str) -> str:
    """Pandoc's styles with the looks of the house in place of its own."""
    ElementTree.register_namespace("w", _W)
    root = ElementTree.fromstring(part)  # noqa: S314 - it comes with pandoc
    root.extend(_elements(_ADDED))
    for defaults in root.iter(f"{{{_W}}}docDefaults"):
        _replace(defaults, _DEFAULTS)
    for style in root.iter(f"{{{_W}}}style"):
        _replace(style, _look(style.get(f"{{{_W}}}styleId", "")))
    return ElementTree.tostring(root, "unicode", xml_declaration=True)


def _look(name: str) -> str:
    """What the house sets of a style; the style of the letters of a heading follows the heading."""
    if name == "Table":
        return _TABLE
    paragraph, letters = _LOOKS.get(name) or _LOOKS.get(name.removesuffix("Char")) or ("", "")
    before = f"<w:pPr>{paragraph}</w:pPr>" if paragraph and not name.endswith("Char") else ""
    return before + (f"<w:rPr>{letters}</w:rPr>" if letters else "")


def _elements(text: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f'<x xmlns:w="{_W}">{text}</x>'))  # noqa: S314 - the text is ours


def _replace(element: ElementTree.Element, text: str) -> None:
    """Put elements into another in place of those of their names."""
    made = _elements(text)
    for old in [child for child in element if child.tag in {new.tag for new in made}]:
        element.remove(old)
    element.extend(made)
