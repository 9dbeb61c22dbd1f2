"""Write BibTeX: one record for each study, in UTF-8, which the BibTeX reader reads back as the same citation."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from coprod_review.bibliography import status_notes
from coprod_review.bibliography.writers.writer import Writer
from coprod_review.model.citation import Citation, Name
from coprod_review.model.study import Study
from coprod_review.text.escaping import CONTROLS, escape_controls

_TYPES: Mapping[str, str] = {
    "article-journal": "article",
    "report": "techreport",
    "webpage": "online",
    "book": "book",
    "chapter": "incollection",
    "thesis": "thesis",
    "paper-conference": "inproceedings",
}
_CONTAINER = {"webpage": "organization", "chapter": "booktitle", "paper-conference": "booktitle"}
_PUBLISHER = {"report": "institution", "thesis": "school"}

_ESCAPED = str.maketrans(
    {
        **{character: f"\\{character}" for character in "{}&%#_$"},
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "`": "\\textasciigrave{}",
    }
)


def write(studies: Iterable[Study]) -> str:
    """Return one record for each study, in order; the key of a record is the study's id."""
    return "\n".join(_record(study) for study in studies)


def _record(study: Study) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(study) if value]
    return "\n".join((f"@{_TYPES.get(study.citation.type, 'misc')}{{{study.id},", *lines, "}\n"))


def _fields(study: Study) -> Iterator[tuple[str, str]]:
    work = study.citation
    article = work.type == "article-journal"
    yield "author", " and ".join(map(_name, work.author))
    yield "title", _with_protected_capitals(work.title)
    yield "year", str(work.issued or "")
    yield _CONTAINER.get(work.type, "journal"), _text(work.container_title)
    yield "series", _text(work.collection_title)
    yield "volume", _text(work.volume)
    yield "number" if article else "issue", _text(work.issue)
    yield "eid" if article else "number", _text(work.number)
    yield "pages", _text(work.page).replace("-", "--")
    yield _PUBLISHER.get(work.type, "publisher"), _text(work.publisher)
    yield "address", _text(work.publisher_place)
    yield from _identifiers(work)
    yield "note", _text(status_notes.status_note(study))


def _identifiers(work: Citation) -> Iterator[tuple[str, str]]:
    yield "doi", _verbatim(work.doi)
    yield "pmid", _text(work.pmid)
    yield "pmcid", _text(work.pmcid)
    yield "isbn", _text(work.isbn)
    yield "url", _verbatim(work.url)


def _text(text: str | None) -> str:
    """Return a text on one line with LaTeX's special characters escaped; ligatures are broken up.

    A control character is shown as its code and not removed, so that people see what is wrong with the text.
    """
    escaped = escape_controls(" ".join((text or "").split())).translate(_ESCAPED)
    return re.sub(r"([-'])(?=\1)", r"\1{}", escaped)


def _verbatim(text: str | None) -> str:
    """Return an address or identifier unchanged, except that a brace must not close the field.

    A control character is percent-encoded, which leaves an address the same.
    """
    encoded = CONTROLS.sub(lambda match: quote(match[0], errors="surrogatepass"), text or "")
    return re.sub(r"([{}])", r"\\\1", encoded.replace("\\", "%5C"))


def _with_protected_capitals(title: str) -> str:
    """Return a title in which styles keep all capitals, except that of the first word."""
    first, *others = title.split()
    return " ".join((_in_braces(first, first[1:]), *(_in_braces(word, word) for word in others)))


def _in_braces(word: str, judged: str) -> str:
    """Return a word, in braces if ``judged``, the part that a style would change, has a capital."""
    lead, core, tail = re.fullmatch(r"(\W*)(.*?)(\W*)", word).groups()  # type: ignore[union-attr]
    braced = any(sign.isupper() for sign in judged)
    return f"{_text(lead)}{{{_text(core)}}}{_text(tail)}" if braced else _text(word)


def _name(name: Name) -> str:
    """Return a person as family and given names, or an organisation in braces of its own."""
    if name.literal:
        return f"{{{_text(name.literal)}}}"
    family, given = _name_part(name.family), _name_part(name.given)
    if family and given:
        return f"{family}, {given}"
    alone = (family or given).replace(" ", "{ }")  # otherwise its first word would be read as a given name
    return f"{{}}{alone}" if alone.lower() == "others" else alone


def _name_part(text: str | None) -> str:
    """Return one part of a name, in which a comma or ``and`` is not read as the end of the part."""
    return re.sub(r"(,|\band\b)", r"{\1}", _text(text), flags=re.IGNORECASE)


WRITER = Writer("bibtex", (".bib",), write)
