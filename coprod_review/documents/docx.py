"""Write Word documents: Pandoc makes them from a tree of blocks, so that no text is ever read as markup.

The house style is a reference document that is derived from Pandoc's own; a user's own reference document can replace
it.
"""

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from coprod_review.documents.document_model import Document
from coprod_review.documents.docx_nodes import pandoc_tree
from coprod_review.documents.docx_style import with_house_style
from coprod_review.documents.print_assets import MissingExtra, timestamp
from coprod_review.errors import CoprodReviewError, UnreadableFile

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
    done = subprocess.run(command, input=given, capture_output=True, env=environment, check=False)  # noqa: S603 - no shell
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())[:300]
        raise CoprodReviewError(f"Pandoc could not write the Word document: {reason}")
    return done.stdout


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
