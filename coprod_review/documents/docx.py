"""Write Word documents: Pandoc makes them from a tree of blocks, so that no text is ever read as markup.

The house style is a reference document that is derived from Pandoc's own; a user's own reference document can replace
it.
"""

import json
import os
import re
import subprocess
import zlib
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from coprod_review.documents.document_format import DocumentFormat
from coprod_review.documents.document_model import Document
from coprod_review.documents.docx_nodes import pandoc_tree
from coprod_review.documents.docx_style import with_house_style
from coprod_review.documents.print_assets import MissingExtra, timestamp
from coprod_review.errors import CoprodReviewError, UnreadableFile
from coprod_review.files import reading

_PICTURE_DATA = re.compile(
    r'(<wp:docPr descr="([^"]*)"(?:(?!</w:drawing>).)*?<pic:cNvPr descr=")data:[^"]*"', re.DOTALL
)
_TABLE_LOOK = re.compile("<w:tblLook [^>]*>")
_HEADED_TABLE_LOOK = (
    '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
    ' w:noHBand="0" w:noVBand="0"/>'
)
"""A table whose first row and first column are headings."""
_DATES = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write(document: Document, reference_doc: Path | None = None) -> bytes:
    """Return the document as DOCX.

    ``reference_doc`` is a Word document whose styles, page and footers replace the house style. Raises
    ``MissingExtra`` without Pandoc or resvg, and ``UnreadableFile`` where the reference document cannot be read.
    """
    style = _house_style() if reference_doc is None else _own_style(reference_doc)
    tree = json.dumps(pandoc_tree(document)).encode()
    with TemporaryDirectory() as folder:
        reference = Path(folder, "reference.docx")
        reference.write_bytes(style)
        content = _pandoc("-f", "json", "-t", "docx", "-o", "-", f"--reference-doc={reference}", given=tree)
    return _normalised(content, datetime.fromtimestamp(timestamp(document), UTC))


def _own_style(path: Path) -> bytes:
    """Return the reader's own reference document, as Pandoc may unpack it."""
    content = reading.read(path, reading.WORD_DOCUMENT)
    try:
        with ZipFile(BytesIO(content)) as parts:
            for name in ("word/styles.xml", "word/document.xml"):
                parts.getinfo(name)
            return _measured(parts, path)
    except _NOT_AN_ARCHIVE as problem:
        raise UnreadableFile(f"{path} is not a Word document to take styles from: save it as .docx.") from problem


# zipfile has no error of its own for parts that are encrypted, cut short or compressed in an unknown way.
_NOT_AN_ARCHIVE = (BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error)

MARKUP, UNPACKED, PARTS = 4 * reading.MIB, 50 * reading.MIB, 5_000
"""The most bytes of text and styles, bytes in all, and parts that a reference document may have when it is unpacked.

Pandoc takes two seconds for each MiB of text and styles, and a small archive can hold gigabytes.
"""


def _measured(parts: ZipFile, path: Path) -> bytes:
    """Return an archive of the same parts, none larger than the directory says.

    A directory can give small sizes for parts that become very large, so Pandoc gets only what was counted here.
    """
    infos = {info.filename: info for info in parts.infolist()}.values()
    markup = sum(info.file_size for info in infos if not info.filename.startswith(("word/media/", "word/fonts/")))
    if len(infos) > PARTS or markup > MARKUP or sum(info.file_size for info in infos) > UNPACKED:
        limits = f"{MARKUP // reading.MIB} MiB of text and styles, or {UNPACKED // reading.MIB} MiB in all"
        raise UnreadableFile(f"{path} unpacks to more than {limits}: keep its styles, and delete the rest.")
    out = BytesIO()
    with ZipFile(out, "w") as measured:
        for info in infos:
            # zipfile unpacks parts that are compressed in other ways whole, before it looks at their size.
            if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise BadZipFile(f"{info.filename} is compressed in a way that Word does not use")
            with parts.open(info) as part:
                measured.writestr(ZipInfo(info.filename), part.read(info.file_size))
    return out.getvalue()


@cache
def _house_style() -> bytes:
    return with_house_style(_pandoc("--print-default-data-file", "reference.docx"))


def _pandoc_program() -> Path:
    """Return the Pandoc that the package pypandoc brings."""
    package = find_spec("pypandoc")
    folders = package.submodule_search_locations if package else None
    programs = [p for folder in folders or () for p in Path(folder, "files").glob("pandoc*")]
    if not programs:
        raise MissingExtra("Word documents need pandoc: pip install 'coprod-review[word]'.")
    return programs[0]


def _pandoc(*arguments: str, given: bytes = b"") -> bytes:
    """Return what Pandoc writes; it can read only the files that the arguments name."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [str(_pandoc_program()), "--sandbox", "--fail-if-warnings", *arguments]
    process = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)  # noqa: S603 - no shell
    if process.returncode:
        reason = " ".join(process.stderr.decode(errors="replace").split())[:300]
        raise CoprodReviewError(f"Pandoc could not write the Word document: {reason}")
    return process.stdout


def _normalised(content: bytes, when: datetime) -> bytes:
    """Return a Word document whose parts have one date and whose pictures are named by their alternative text."""
    out, stamp = BytesIO(), max(when, datetime(1980, 1, 1, tzinfo=UTC)).timetuple()[:6]
    with ZipFile(BytesIO(content)) as parts, ZipFile(out, "w") as normalised:
        for name in parts.namelist():
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_DEFLATED
            normalised.writestr(info, _part(name, parts.read(name), when))
    return out.getvalue()


def _part(name: str, content: bytes, when: datetime) -> bytes:
    text = content.decode() if name in ("docProps/core.xml", "word/document.xml") else ""
    if name == "docProps/core.xml":
        return _DATES.sub(lambda match: f"{match[1]}{when:%Y-%m-%dT%H:%M:%SZ}", text).encode()
    if name == "word/document.xml":
        return _with_row_headings(_PICTURE_DATA.sub(r'\1\2"', text)).encode()
    return content


def _with_row_headings(text: str) -> str:
    """Make the first cell of each row its heading, and let no row break across pages."""
    headed = _TABLE_LOOK.sub(_HEADED_TABLE_LOOK, text).replace("<w:tr><w:trPr>", "<w:tr><w:trPr><w:cantSplit/>")
    return headed.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")


FORMAT = DocumentFormat(".docx", write)
