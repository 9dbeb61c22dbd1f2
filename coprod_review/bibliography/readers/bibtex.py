"""Read BibTeX and BibLaTeX records as references."""

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
from coprod_review.bibliography.readers.reader import Reader
from coprod_review.bibliography.reference import Bibliography, Concern, Reference, RejectedRecord, bare_doi
from coprod_review.model.citation import Citation, Name

# This module reports broken records itself, so the parsers' own messages are not shown.
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
"""Types of the codebook by types of BibTeX; any other type is too unspecific and becomes ``document``."""

_OTHER_TYPES = {"misc", "unpublished", "booklet", "dataset", "software", "patent", "periodical"}

_FIELDS: Mapping[str, tuple[str, ...]] = {
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
"""Fields of BibTeX by keys of a citation; the first field that a record has is used."""
_ARTICLE_FIELDS = {**_FIELDS, "issue": ("number", "issue"), "number": ("eid", "articleno", "article-number")}
_WEBPAGE_FIELDS = {
    **_FIELDS,
    "container-title": ("journal", "journaltitle", "booktitle", "organization"),
    "publisher": ("publisher", "institution", "school"),
}
_FIELDS_BY_TYPE = {"article-journal": _ARTICLE_FIELDS, "webpage": _WEBPAGE_FIELDS}

_USED_FIELDS = {"title", "subtitle", "author", "year", "date", "doi", "url", "howpublished", "note"}.union(
    *_FIELDS.values(), *_ARTICLE_FIELDS.values(), *_WEBPAGE_FIELDS.values()
)

_LONGEST_FIELD = 20_000
_LONGEST_AUTHORS = 200_000
_LONGEST_NAME = 60
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_GENERATION_SUFFIX = re.compile(r"(?i)(?:jr|sr|[ivx]+)\.?")
_WORDS_IN_NAMES_OF_BODIES = {"of", "for", "the", "in", "on"}
_NOT_SPLIT = "could not be split into family and given names: correct it"
_BROKEN = "it cannot be read: look for a missing brace, quotation mark or comma in it"


def read(text: str) -> Bibliography:
    """Read every record of a BibTeX text; each becomes a reference or is rejected with the reason."""
    library = parse_string(text.replace("\r\n", "\n").replace("\r", "\n"), parse_stack=[])
    strings = _strings(library)
    references: list[Reference] = []
    rejected: list[RejectedRecord] = []
    before: Reference | RejectedRecord | None = None
    for block in library.blocks:
        if isinstance(before, Reference) and _is_leftover(block):
            references[-1] = _with_leftover_concern(before)
        records = list(_records(block, strings))
        references += [record for record in records if isinstance(record, Reference)]
        rejected += [record for record in records if isinstance(record, RejectedRecord)]
        before = records[-1] if records else None
    return Bibliography(tuple(references), tuple(rejected))


def _records(block: Block, strings: Mapping[str, str]) -> Iterator[Reference | RejectedRecord]:
    """Yield the records in one block of the text, also those that begin without a brace."""
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock) and block.key.strip() and isinstance(block.ignore_error_block, Entry):
        first = (block.previous_block.start_line or 0) + 1
        reason = f"the record on line {first} has the same key: change one of the two keys"
        yield RejectedRecord(block.key, line, reason)
    elif (entry := _entry(block)) is not None:
        yield _record(entry, line, strings)
    elif isinstance(block, ImplicitComment):
        yield from _records_without_brace(block.comment, line)
    elif isinstance(block, ParsingFailedBlock) and not isinstance(block, DuplicateBlockKeyBlock):
        key = re.match(r"@\s*\w+\s*[{(]\s*([^\s,{}()=]*)", block.raw or "")
        yield RejectedRecord(key[1] if key else "", line, _BROKEN)


def _entry(block: Block | None) -> Entry | None:
    """Return the record in a block, also one without a key or with a repeated field."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    return block if isinstance(block, Entry) else None


def _records_without_brace(comment: str, line: int) -> Iterator[RejectedRecord]:
    for number, text in enumerate(comment.split("\n"), line):
        match = re.match(r"\s*@(\w+)", text)
        if match and match[1].lower() in TYPES.keys() | _OTHER_TYPES:
            yield RejectedRecord("", number, f"`@{match[1]}` has no opening brace on its line: add the brace")


def _is_leftover(block: Block) -> bool:
    return isinstance(block, ImplicitComment) and block.comment.startswith((",", "}"))


def _with_leftover_concern(reference: Reference) -> Reference:
    concern = Concern(
        "title", "the file has text after the last brace of the record, so fields may be missing: compare them"
    )
    return replace(reference, concerns=(*reference.concerns, concern))


# --- values ---------------------------------------------------------------------


def _strings(library: Library) -> dict[str, str]:
    """Return the abbreviations that the text defines, in lower case; a later one may use an earlier one."""
    strings: dict[str, str] = {}
    for block in library.blocks:
        source = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(source, String):
            strings[source.key.lower()] = _value(source.value, strings)[0]
    return strings


def _value(raw: str, strings: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a value without braces or quotation marks, its parts joined, and the abbreviations that are undefined."""
    joined, unknown = "", []
    for part in _parts(raw):
        if len(joined) > _LONGEST_AUTHORS:  # abbreviations of abbreviations can double the text each time
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
    """Yield the parts of a value that ``#`` joins."""
    depth, quoted, start = 0, False, 0
    for delimiter in re.finditer(r'(?<!\\)[{}"#]', raw):
        depth += {"{": 1, "}": -1}.get(delimiter[0], 0)
        if delimiter[0] == '"' and depth == 0:
            quoted = not quoted
        elif delimiter[0] == "#" and depth == 0 and not quoted:
            yield raw[start : delimiter.start()]
            start = delimiter.end()
    yield raw[start:]


@dataclass(slots=True)
class _Record:
    """The fields of one record, and the concerns that reading them raises."""

    fields: dict[str, str]
    """Raw values by field name in lower case."""
    strings: Mapping[str, str]
    concerns: list[Concern] = field(default_factory=list)

    def raw(self, names: tuple[str, ...], key: str) -> str:
        """Return the first value that is not empty; ``key`` is the field of the citation that needs it."""
        for name in names:
            value, unknown = _value(self.fields.get(name, ""), self.strings)
            if value.strip():
                for word in unknown:
                    self.add_concern(
                        key, f"`{word[:40]}` is an abbreviation that the file does not define: write it out"
                    )
                return value
        return ""

    def text(self, *names: str, key: str) -> str | None:
        """Return the first value that is not empty, as plain text."""
        return latex_to_text(self.raw(names, key)) or None

    def add_concern(self, key: str, remark: str) -> None:
        self.concerns.append(Concern(key, remark))


# --- one record -----------------------------------------------------------------


def _record(entry: Entry, line: int, strings: Mapping[str, str]) -> Reference | RejectedRecord:
    record = _Record({}, strings)
    named = [(f.key.lower(), f.value) for f in entry.fields]
    repeated_fields = [name for name, value in named if record.fields.setdefault(name, value) != value]
    key = latex_to_text(entry.key)
    too_long = _field_that_is_too_long(record)
    if too_long:
        return RejectedRecord(key, line, f"its field `{too_long}` is too long to be right: correct it")
    title = _title(record)
    if not title:
        return RejectedRecord(key, line, "it has no title: add one")
    citation = _citation(entry.entry_type.lower(), title, record)
    _add_concerns_about_loss(record, repeated_fields)
    return Reference(key, line, citation, tuple(record.concerns))


def _field_that_is_too_long(record: _Record) -> str | None:
    for name in sorted(_USED_FIELDS & record.fields.keys()):
        limit = _LONGEST_AUTHORS if name == "author" else _LONGEST_FIELD
        if len(_value(record.fields[name], record.strings)[0]) > limit:
            return name
    return None


def _title(record: _Record) -> str:
    title, subtitle = record.text("title", key="title"), record.text("subtitle", key="title")
    full_title = f"{title}: {subtitle}" if title and subtitle else title or ""
    return full_title if any(character.isalnum() for character in full_title) else ""


def _citation(kind: str, title: str, record: _Record) -> Citation:
    type_ = _type(kind, record)
    names_by_key = _FIELDS_BY_TYPE.get(type_, _FIELDS)
    texts = {key: record.text(*names, key=key) for key, names in names_by_key.items()}
    doi, url = _addresses(record)
    return Citation(
        type=type_,
        title=title,
        author=_authors(record),
        issued=_year(record),
        container_title=texts["container-title"],
        collection_title=texts["collection-title"],
        volume=texts["volume"],
        issue=texts["issue"],
        number=texts["number"],
        page=_pages(texts["page"]),
        publisher=texts["publisher"],
        publisher_place=texts["publisher-place"],
        doi=doi,
        pmid=texts["PMID"],
        pmcid=_pmcid(texts["PMCID"]),
        isbn=texts["ISBN"],
        url=url,
    )


def _type(kind: str, record: _Record) -> str:
    if kind not in TYPES:
        problem = f"`@{kind[:40]}` does not say what kind of work it is"
        record.add_concern("type", f"{problem}: choose a type that coprod-review codebook citation_types lists")
    return TYPES.get(kind, "document")


def _pages(pages: str | None) -> str | None:
    return re.sub(r"\s*[-–—]+\s*", "-", pages) if pages else None


def _pmcid(number: str | None) -> str | None:
    return f"PMC{number}" if number and number.isdecimal() else number


def _addresses(record: _Record) -> tuple[str | None, str | None]:
    """Return the DOI, which may be in the address only, and the address."""
    doi = bare_doi(verbatim(record.raw(("doi",), "DOI")))
    url = verbatim(record.raw(("url",), "URL"))
    if not url and "http" in record.fields.get("howpublished", ""):
        url = verbatim(record.raw(("howpublished",), "URL"))
    if not doi and bare_doi(url).startswith("10."):
        doi, url = bare_doi(url), ""
    if doi and not doi.startswith("10."):
        record.add_concern("DOI", "this is not a DOI, which begins with `10.`: correct it")
    return doi or None, url or None


def _year(record: _Record) -> int | None:
    texts = [text for name in ("year", "date") if (text := record.text(name, key="issued"))]
    text_with_year = next(filter(_YEAR.search, texts), texts[0] if texts else None)
    if text_with_year is None:
        record.add_concern("issued", "the record has no year: add it, or keep null if the work has no date")
        return None
    years = list(dict.fromkeys(_YEAR.findall(text_with_year)))
    if not years:
        record.add_concern(
            "issued", f"the record says `{text_with_year[:40]}`: add the year, or keep null if the work has no date"
        )
    elif len(years) > 1 or not re.match(r"[12]\d{3}(?:-\d\d){0,2}\Z", text_with_year):
        record.add_concern("issued", f"the record says `{text_with_year[:40]}`: check the year")
    return int(years[0]) if years else None


def _add_concerns_about_loss(record: _Record, repeated: list[str]) -> None:
    """Add concerns about what a citation cannot represent."""
    for name in dict.fromkeys(repeated):
        if name in _USED_FIELDS:
            record.add_concern(
                "title", f"the record has the field `{name}` twice, and the first is used here: check it"
            )
    if "crossref" in record.fields:
        parent = record.text("crossref", key="title") or ""
        record.add_concern(
            "container-title", f"the record refers to `{parent[:40]}` for other fields: copy what is missing here"
        )
    note = record.text("note", key="status") or ""
    if re.search(r"(?i)\bretract|\bwithdraw", note):
        record.add_concern(
            "status", f"the record says `{note[:60]}`: write retracted if the publisher retracted the work"
        )


# --- authors --------------------------------------------------------------------


def _authors(record: _Record) -> tuple[Name, ...]:
    names_in_record = [name for name in _split_names(record.raw(("author",), "author")) if name]
    if not names_in_record:
        editors = record.text("editor", key="author")
        problem = f"the record has editors ({editors[:80]}) and no author" if editors else "the record has no author"
        record.add_concern("author", f"{problem}: add the authors, an organisation as {{literal: its name}}")
    names = [_name(name, record) for name in names_in_record]
    return tuple(name for name in names if name is not None)


def _split_names(written: str) -> Iterator[str]:
    """Yield the names that ``and`` joins outside braces; the parser's splitter loses an accent that begins a name."""
    depth, start = 0, 0
    for token in re.finditer(r"\\.|[{}]|(?<=\s)and(?=\s)", written, re.DOTALL | re.IGNORECASE):
        depth = max(0, depth + {"{": 1, "}": -1}.get(token[0], 0))
        if token[0].lower() == "and" and depth == 0:
            yield written[start : token.start()].strip()
            start = token.end()
    yield written[start:].strip()


def _name(written: str, record: _Record) -> Name | None:
    if written.lower() == "others":
        record.add_concern("author", "the record ends in `and others`: add the other authors")
        return None
    body = _name_of_body(written)
    if body is not None:
        return _literal(body, record, "this name has a comma: if it is several people, add each" if "," in body else "")
    try:
        parts = parse_single_name_into_parts(written)
    except InvalidNameError:
        return _literal(latex_to_text(written), record, "this name cannot be split into family and given: correct it")
    if "," not in written and _WORDS_IN_NAMES_OF_BODIES & {word.lower() for word in parts.von}:
        return _literal(latex_to_text(written), record, "read as an organisation: for a person, add family and given")
    family, given = latex_to_text(" ".join(parts.von + parts.last)), latex_to_text(" ".join(parts.first + parts.jr))
    if not family or len(family) > _LONGEST_NAME:
        return _literal(latex_to_text(written), record, "this name cannot be split into family and given: correct it")
    if parts.jr and not _GENERATION_SUFFIX.fullmatch(" ".join(parts.jr)):
        record.add_concern("author", f"`{latex_to_text(written)[:40]}` has three parts: check family and given names")
    return Name(family=family, given=given or None)


def _name_of_body(written: str) -> str | None:
    """Return the name of an organisation, which is wholly in braces; ``None`` for any other name."""
    if not re.match(r"\{(?:[^{}\\]|\\.|\{[^{}]*\})*\}\Z", written, re.DOTALL):
        return None
    return latex_to_text(written[1:-1]) or None


def _literal(name: str, record: _Record, remark: str) -> Name | None:
    if remark and name:
        record.add_concern("author", f"`{name[:40]}` {remark}")
    return Name(literal=name) if name else None


READER = Reader("BibTeX", (".bib",), read)
