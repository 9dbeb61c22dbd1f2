"""BibTeX and BibLaTeX records as references."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from coprod_review.bibliography.readers.latex import latex_to_text, verbatim
from coprod_review.bibliography.reference import Bibliography, Concern, Reference, RejectedRecord, bare_doi
from coprod_review.model.citation import Citation, Name

# What the parsers say of a broken record is said here in our own words; nothing of theirs goes to the terminal.
for _noisy in ("bibtexparser", "pylatexenc"):
    logging.getLogger(_noisy).addHandler(logging.NullHandler())

TYPES: Mapping[str, str] = {
    "article": "article-journal",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "webpage": "webpage",
    "book": "book",
    "mvbook": "book",
    "proceedings": "book",
    "collection": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "bookinbook": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
}
"""Types of the codebook by types of BibTeX; a type that is not here says too little and becomes ``document``."""

_OTHER_TYPES = {"misc", "unpublished", "booklet", "dataset", "software", "patent", "periodical"}

_SOURCES: Mapping[str, tuple[str, ...]] = {
    "container-title": ("journal", "journaltitle", "booktitle"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "issue": ("issue",),
    "number": ("number",),
    "page": ("pages",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"),
    "PMID": ("pmid",),
    "PMCID": ("pmcid",),
    "ISBN": ("isbn",),
}
"""Fields of BibTeX by keys of a citation, the first that is there."""
_ARTICLE = {**_SOURCES, "issue": ("number", "issue"), "number": ("eid", "articleno", "article-number")}
_WEBPAGE = {
    **_SOURCES,
    "container-title": ("journal", "journaltitle", "booktitle", "organization"),
    "publisher": ("publisher", "institution", "school"),
}
_BY_TYPE = {"article-journal": _ARTICLE, "webpage": _WEBPAGE}

_LONGEST = 20_000
_LONGEST_AUTHORS = 200_000
_LONGEST_NAME = 60
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_GENERATION = re.compile(r"(?i)(?:jr|sr|[ivx]+)\.?")
_OF_A_BODY = {"of", "for", "the", "in", "on"}
_BROKEN = "it cannot be read: look for a missing brace, quotation mark or comma in it"


def read(text: str) -> Bibliography:
    """Read every record of a BibTeX text; none is lost: each is a reference, or rejected with the reason."""
    library = parse_string(text.replace("\r\n", "\n").replace("\r", "\n"), parse_stack=[])
    strings = _strings(library)
    references: list[Reference] = []
    rejected: list[RejectedRecord] = []
    before: Reference | RejectedRecord | None = None
    for block in library.blocks:
        if isinstance(before, Reference) and _is_leftover(block):
            references[-1] = _with_leftover(before)
        held = list(_records(block, strings))
        references += [record for record in held if isinstance(record, Reference)]
        rejected += [record for record in held if isinstance(record, RejectedRecord)]
        before = held[-1] if held else None
    return Bibliography(tuple(references), tuple(rejected))


def _records(block: Block, strings: Mapping[str, str]) -> Iterator[Reference | RejectedRecord]:
    """What one block of the text holds: a record, none, or the beginnings of records that are not closed in braces."""
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock) and block.key.strip() and isinstance(block.ignore_error_block, Entry):
        first = (block.previous_block.start_line or 0) + 1
        reason = f"its key stands here a second time; the first is on line {first}: change one of the two keys"
        yield RejectedRecord(block.key, line, reason)
    elif (entry := _entry(block)) is not None:
        yield _record(entry, line, strings)
    elif isinstance(block, ImplicitComment):
        yield from _unopened(block.comment, line)
    elif isinstance(block, ParsingFailedBlock) and not isinstance(block, DuplicateBlockKeyBlock):
        key = re.match(r"@\s*\w+\s*[{(]\s*([^\s,{}()=]*)", block.raw or "")
        yield RejectedRecord(key[1] if key else "", line, _BROKEN)


def _entry(block: Block | None) -> Entry | None:
    """The record of a block: one without a key, or with a field that stands twice, is a record too."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    return block if isinstance(block, Entry) else None


def _unopened(comment: str, line: int) -> Iterator[RejectedRecord]:
    for number, text in enumerate(comment.split("\n"), line):
        found = re.match(r"\s*@(\w+)", text)
        if found and found[1].lower() in TYPES.keys() | _OTHER_TYPES:
            yield RejectedRecord("", number, f"no opening brace follows `@{found[1]}` on its line: add it there")


def _is_leftover(block: Block) -> bool:
    return isinstance(block, ImplicitComment) and block.comment.startswith((",", "}"))


def _with_leftover(reference: Reference) -> Reference:
    doubt = Concern("title", "text stands after the record's last brace, so fields may be lost: compare them")
    return replace(reference, concerns=(*reference.concerns, doubt))


# --- values ---------------------------------------------------------------------


def _strings(library: Library) -> dict[str, str]:
    """The abbreviations that the text defines, by small letters; a later one may use an earlier one."""
    strings: dict[str, str] = {}
    for block in library.blocks:
        held = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(held, String):
            strings[held.key.lower()] = _value(held.value, strings)[0]
    return strings


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, list[str]]:
    """A value without its braces or quotation marks, its parts joined, and the abbreviations nobody defined."""
    joined, unknown = "", []
    for part in _parts(raw):
        if len(joined) > _LONGEST_AUTHORS:  # abbreviations of abbreviations can grow without end
            break
        inner = part.strip()
        if len(inner) > 1 and inner[0] + inner[-1] in ("{}", '""'):
            joined += inner[1:-1]
        elif inner.isdecimal():
            joined += inner
        elif inner.lower() in strings:
            joined += strings[inner.lower()]
        elif inner:
            joined += inner
            unknown.append(inner)
    return joined, unknown


def _parts(raw: str) -> Iterator[str]:
    """The parts of a value that ``#`` joins."""
    depth, quoted, start = 0, False, 0
    for mark in re.finditer(r'(?<!\\)[{}"#]', raw):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == '"' and depth == 0:
            quoted = not quoted
        elif mark[0] == "#" and depth == 0 and not quoted:
            yield raw[start : mark.start()]
            start = mark.end()
    yield raw[start:]


@dataclass(slots=True)
class _Record:
    """The fields of one record while it is read, and the doubts met on the way."""

    fields: dict[str, str]
    """Raw values by small letters."""
    strings: Mapping[str, str]
    doubts: list[Concern] = field(default_factory=list)

    def raw(self, names: tuple[str, ...], key: str) -> str:
        """The first value that is not empty; ``key`` is the field of the citation it is for."""
        for name in names:
            value, unknown = _value(self.fields.get(name, ""), self.strings)
            if value.strip():
                for word in unknown:
                    self.doubt(key, f"`{word[:40]}` is an abbreviation that the file does not define: write it out")
                return value
        return ""

    def text(self, *names: str, key: str) -> str | None:
        """The first value that is not empty, as plain text."""
        return latex_to_text(self.raw(names, key)) or None

    def doubt(self, key: str, remark: str) -> None:
        self.doubts.append(Concern(key, remark))


# --- one record -----------------------------------------------------------------


def _record(entry: Entry, line: int, strings: Mapping[str, str]) -> Reference | RejectedRecord:
    record = _Record({}, strings)
    repeated = [f.key.lower() for f in entry.fields if record.fields.setdefault(f.key.lower(), f.value) != f.value]
    key = latex_to_text(entry.key)
    too_long = _too_long(record)
    if too_long:
        return RejectedRecord(key, line, f"its field `{too_long}` is too long to be right: correct it")
    title = _title(record)
    if not title:
        return RejectedRecord(key, line, "it has no title: add one")
    citation = _citation(entry.entry_type.lower(), title, record)
    _look_for_loss(record, repeated)
    return Reference(key, line, citation, tuple(record.doubts))


_USED = {name for names in (*_ARTICLE.values(), *_WEBPAGE.values(), *_SOURCES.values()) for name in names}
_USED |= {"title", "subtitle", "author", "year", "date", "doi", "url", "howpublished", "note"}


def _too_long(record: _Record) -> str | None:
    return next(
        (
            name
            for name in sorted(_USED & record.fields.keys())
            if len(_value(record.fields[name], record.strings)[0])
            > (_LONGEST_AUTHORS if name == "author" else _LONGEST)
        ),
        None,
    )


def _title(record: _Record) -> str:
    title, subtitle = record.text("title", key="title"), record.text("subtitle", key="title")
    whole = f"{title}: {subtitle}" if title and subtitle else title or ""
    return whole if any(sign.isalnum() for sign in whole) else ""


def _citation(kind: str, title: str, record: _Record) -> Citation:
    type_ = _type(kind, record)
    sources = _BY_TYPE.get(type_, _SOURCES)
    found = {key: record.text(*names, key=key) for key, names in sources.items()}
    doi, url = _addresses(record)
    return Citation(
        type=type_,
        title=title,
        author=_authors(record),
        issued=_year(record),
        container_title=found["container-title"],
        collection_title=found["collection-title"],
        volume=found["volume"],
        issue=found["issue"],
        number=found["number"],
        page=_pages(found["page"]),
        publisher=found["publisher"],
        publisher_place=found["publisher-place"],
        doi=doi,
        pmid=found["PMID"],
        pmcid=_pmcid(found["PMCID"]),
        isbn=found["ISBN"],
        url=url,
    )


def _type(kind: str, record: _Record) -> str:
    if kind not in TYPES:
        said = f"`@{kind[:40]}` does not say what kind of work it is"
        record.doubt("type", f"{said}: coprod-review codebook citation_types")
    return TYPES.get(kind, "document")


def _pages(pages: str | None) -> str | None:
    return re.sub(r"\s*[-–—]+\s*", "-", pages) if pages else None


def _pmcid(number: str | None) -> str | None:
    return f"PMC{number}" if number and number.isdecimal() else number


def _addresses(record: _Record) -> tuple[str | None, str | None]:
    """The DOI, from the address where it stands there alone, and the address."""
    doi = bare_doi(verbatim(record.raw(("doi",), "DOI")))
    url = verbatim(record.raw(("url",), "URL"))
    if not url and "http" in record.fields.get("howpublished", ""):
        url = verbatim(record.raw(("howpublished",), "URL"))
    if not doi and bare_doi(url).startswith("10."):
        doi, url = bare_doi(url), ""
    if doi and not doi.startswith("10."):
        record.doubt("DOI", "a DOI begins with 10.: correct it")
    return doi or None, url or None


def _year(record: _Record) -> int | None:
    texts = [text for name in ("year", "date") if (text := record.text(name, key="issued"))]
    written = next(filter(_YEAR.search, texts), texts[0] if texts else None)
    if written is None:
        record.doubt("issued", "no year in the record: add it, or leave null for a work without a date")
        return None
    years = list(dict.fromkeys(_YEAR.findall(written)))
    if not years:
        record.doubt("issued", f"the record says `{written[:40]}`: add the year, or leave null for a work without one")
    elif len(years) > 1 or not re.match(r"[12]\d{3}(?:-\d\d){0,2}\Z", written):
        record.doubt("issued", f"the record says `{written[:40]}`: check the year")
    return int(years[0]) if years else None


def _look_for_loss(record: _Record, repeated: list[str]) -> None:
    """Doubts about what a citation cannot hold."""
    for name in dict.fromkeys(repeated):
        if name in _USED:
            record.doubt("title", f"the field `{name}` stands twice in the record and the first is used: check it")
    if "crossref" in record.fields:
        parent = record.text("crossref", key="title") or ""
        record.doubt("container-title", f"the record points to `{parent[:40]}` for more: copy what is missing here")
    note = record.text("note", key="status") or ""
    if re.search(r"(?i)\bretract|\bwithdraw", note):
        record.doubt("status", f"the record says `{note[:60]}`: write retracted if its publisher retracted the work")


# --- authors --------------------------------------------------------------------


def _authors(record: _Record) -> tuple[Name, ...]:
    written = [one for one in _each(record.raw(("author",), "author")) if one]
    if not written:
        editors = record.text("editor", key="author")
        known = f"no author, but editors: {editors[:80]}" if editors else "no author in the record"
        record.doubt("author", f"{known}; add who wrote it, a body as {{literal: its name}}")
    names = [_name(one, record) for one in written]
    return tuple(name for name in names if name is not None)


def _each(written: str) -> Iterator[str]:
    """The names that ``and`` joins outside braces; the parser's own splitter loses an accent that begins a name."""
    depth, start = 0, 0
    for mark in re.finditer(r"\\.|[{}]|(?<=\s)and(?=\s)", written, re.DOTALL | re.IGNORECASE):
        depth = max(0, depth + {"{": 1, "}": -1}.get(mark[0], 0))
        if mark[0].lower() == "and" and depth == 0:
            yield written[start : mark.start()].strip()
            start = mark.end()
    yield written[start:].strip()


def _name(written: str, record: _Record) -> Name | None:
    if written.lower() == "others":
        record.doubt("author", "the record ends in `and others`: add the other authors")
        return None
    body = _body(written)
    if body is not None:
        return _literal(body, record, "it holds a comma: if these are persons, write one by one" if "," in body else "")
    try:
        parts = parse_single_name_into_parts(written)
    except InvalidNameError:
        return _literal(latex_to_text(written), record, "it could not be split into names: correct it")
    if "," not in written and _OF_A_BODY & {word.lower() for word in parts.von}:
        return _literal(latex_to_text(written), record, "read as the name of a body; a person has family and given")
    family, given = latex_to_text(" ".join(parts.von + parts.last)), latex_to_text(" ".join(parts.first + parts.jr))
    if not family or len(family) > _LONGEST_NAME:
        return _literal(latex_to_text(written), record, "it could not be split into names: correct it")
    if parts.jr and not _GENERATION.fullmatch(" ".join(parts.jr)):
        record.doubt("author", f"`{latex_to_text(written)[:40]}` has three parts: check family and given names")
    return Name(family=family, given=given or None)


def _body(written: str) -> str | None:
    """The name of a body: one that stands whole in braces."""
    if not re.match(r"\{(?:[^{}\\]|\\.|\{[^{}]*\})*\}\Z", written, re.DOTALL):
        return None
    return latex_to_text(written[1:-1]) or None


def _literal(name: str, record: _Record, remark: str) -> Name | None:
    if remark and name:
        record.doubt("author", f"`{name[:40]}`: {remark}")
    return Name(literal=name) if name else None
