"""Format works with a CSL style: the only module that imports citeproc and lxml, which are slow to import.

citeproc formats works one by one. It puts italics between two characters that no text of a work can contain.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from citeproc import model
from citeproc.source import Date, Name, Reference, VariableError
from citeproc.string import String
from lxml import etree

from coprod_review.bibliography.citations import STYLES, StyleError
from coprod_review.errors import UnreadableFile
from coprod_review.files import reading
from coprod_review.loading.files import display_path
from coprod_review.model.citation import Citation
from coprod_review.model.citation import Name as Author
from coprod_review.model.study import Study
from coprod_review.text.escaping import visible

_CSL = "http://purl.org/net/xbiblio/csl"
_NAMESPACES = {"cs": _CSL}
_MOST_ELEMENTS = 200_000
"""Elements that a style may process for one work, with those of its macros as often as they are called."""
_ITALICS_START, _ITALICS_END = "\ue000", "\ue001"
_NUMBER_BRACKETS = ("[", "]", ", ")
"""Prefix, suffix and delimiter for styles with superscript numbers, which plain text does not have."""
_UPPERCASE_FIELDS = {"doi", "isbn", "pmcid", "pmid", "url"}
"""Fields of a citation that CSL names in capitals."""
_PAGE_LIST = re.compile(r"\w+(\s*[-–]\s*\w+)?(\s*[,&]\s*\w+(\s*[-–]\s*\w+)?)*")
_LONGEST_NUMBER = 6
"""Digits of the longest number that citeproc formats; longer ones are printed unchanged."""


class Style:
    """A citation style."""

    def __init__(self, path: Path) -> None:
        """Read a CSL file. Raises ``StyleError`` where it is not one, or cannot be used."""
        self._name = display_path(path)
        self._root = self._read(path)
        with self._style_errors():
            self._root.formatter = _FORMATTER
            self._root.macros = {macro.get("name"): macro for macro in self._root.findall("cs:macro", _NAMESPACES)}
            self._root.set_locale_list(self._root.get("default-locale", "en-GB"), validate=False)
            self._root.locales = [_CachedLocale(locale) for locale in self._root.locales]
            self._citation = self._layout("citation")
            self._list = self._layout("bibliography")
            # lxml forgets attributes of an element that nothing refers to.
            self._citation_element = self._citation.getparent()
            self._citation_element.cites = []  # every citation is formatted as the first one
            self._limit_macro_calls()
        numbers = self._root.xpath(
            "//*[@variable='citation-number'][not(ancestor::cs:bibliography)]", namespaces=_NAMESPACES
        )
        self.numbered = bool(numbers)
        raised = self._citation.get("vertical-align") == "sup" and not self._citation.get("prefix")
        given = self._citation.get("prefix", ""), self._citation.get("suffix", ""), self._citation.get("delimiter", "")
        self.prefix, self.suffix, self._delimiter = _NUMBER_BRACKETS if raised else map(_one_line, given)

    def delimiter(self, *, within: bool) -> str:
        """Return what separates works; a semicolon where a comma can occur within one."""
        return "; " if within and "," in self._delimiter else self._delimiter

    # --- works ------------------------------------------------------------------------

    def work(self, study: Study, number: int, letter: str) -> "Work":
        """Return a study as citeproc needs it."""
        return Work(study.id, _reference(study.citation, letter), number)

    def short(self, work: "Work") -> str:
        """Return the text of a work in a citation, without brackets around it; empty where the style gives none."""
        with self._style_errors():
            return "".join(text for text, _ in _split_italics(_render(self._citation, work)))

    def entry(self, work: "Work") -> tuple[tuple[str, bool], ...]:
        """Return the entry of a work in the list of references: pieces of text, and whether each is in italics."""
        with self._style_errors():
            text = str(self._list.wrap(_render(self._list, work)))
        # Styles that put the number into a column of its own have no space after it.
        return tuple(_split_italics(re.sub(rf"^(\W?{work.number}\W?)(?=\w)", r"\1 ", text) if self.numbered else text))

    def in_citation(self, works: Iterable["Work"]) -> Sequence["Work"]:
        """Return works in the order of a citation."""
        return self._sorted(self._citation, list(works))

    def in_list(self, works: Iterable["Work"]) -> Sequence["Work"]:
        """Return works in the order of the list of references."""
        return self._sorted(self._list, list(works))

    def _sorted(self, layout: Any, works: list["Work"]) -> list["Work"]:
        sort = layout.getparent().find("cs:sort", _NAMESPACES)
        layout.rendered_variables = []
        with self._style_errors():
            # The last key comes first, because sorting keeps the order of equal works.
            for key in reversed(sort.findall("cs:key", _NAMESPACES) if sort is not None and len(works) > 1 else []):
                pairs = list(zip(map(_sort_key, key.sort_keys(works, layout)), works, strict=True))
                descending = key.get("sort") == "descending"
                with_key = sorted((p for p in pairs if p[0]), key=itemgetter(0), reverse=descending)
                works = [work for _, work in (*with_key, *(p for p in pairs if not p[0]))]
        return works

    # --- the file -----------------------------------------------------------------------

    def _read(self, path: Path) -> Any:
        try:
            text = reading.read(path, reading.CSL_STYLE, self._name).decode("utf-8-sig")
        except UnreadableFile as error:
            raise self._bad(error.problem, error.advice) from None
        except UnicodeDecodeError:
            raise self._bad("is not text in UTF-8") from None
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise self._bad("declares a document type or entities, which a CSL style may not")
        return self._sound(text)

    def _sound(self, text: str) -> Any:
        try:
            root = etree.fromstring(text.encode(), _csl_parser())
        except etree.XMLSyntaxError as error:
            raise self._bad(f"is not XML ({_one_line(error.msg or '')})") from None
        if root.tag != f"{{{_CSL}}}style":
            raise self._bad("is not a CSL style")
        parent = root.xpath("string(cs:info/cs:link[@rel='independent-parent']/@href)", namespaces=_NAMESPACES)
        if parent:
            raise self._bad(f"only refers to the style {_one_line(parent)}", "name the file of that style")
        if root.get("class") == "note":
            raise self._bad("puts citations into footnotes", "name a style with citations in the text")
        for names in root.xpath("//cs:names[not(cs:name)][not(ancestor::cs:substitute)]", namespaces=_NAMESPACES):
            names.insert(0, names.makeelement(f"{{{_CSL}}}name"))
        return root

    def _layout(self, name: str) -> Any:
        layout = self._root.find(f"cs:{name}/cs:layout", _NAMESPACES)
        if layout is None:
            raise self._bad(f"has no layout for `{name}`")
        return layout

    def _limit_macro_calls(self) -> None:
        """Refuse macros that call each other without an end, or far too often."""
        macros = self._root.macros

        @cache
        def count_macro(macro: str) -> int:
            return count(macros[macro])

        def count(part: Any) -> int:
            called = (element.get("macro") for element in part.iter())
            return sum(1 + (count_macro(macro) if macro else 0) for macro in called)

        if count(self._citation.getparent()) + count(self._list.getparent()) > _MOST_ELEMENTS:
            raise self._bad("calls its macros too often")

    @contextmanager
    def _style_errors(self) -> Iterator[None]:
        """Report whatever goes wrong in citeproc as an error of the style, and suppress its warnings."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except StyleError:
            raise
        except Exception:
            raise self._bad("uses a feature that this program does not have") from None

    def _bad(
        self, what: str, instead: str = f"name another CSL file, or one of these styles: {', '.join(STYLES)}"
    ) -> StyleError:
        return StyleError(visible(f"The citation style {self._name} {what}: {instead}."))


def _csl_parser() -> Any:
    """Return a parser that makes citeproc's elements, some of them corrected, and loads or expands nothing."""
    lookup = etree.ElementNamespaceClassLookup()
    classes = lookup.get_namespace(_CSL)
    classes[None] = model.CitationStylesElement
    kinds = model.CitationStylesElement.__subclasses__()
    classes.update({kind.__name__.replace("_", "-").lower(): kind for kind in kinds})
    classes.update({"name": _Name, "name-part": _NamePart, "number": _Number, "substitute": _Substitute, "text": _Text})
    parser = etree.XMLParser(
        encoding="utf-8", no_network=True, load_dtd=False, resolve_entities=False, remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(lookup)
    return parser


# --- works ----------------------------------------------------------------------------


class Work:
    """A work as citeproc needs it, cited without a page."""

    has_locator = False

    def __init__(self, key: str, reference: Any, number: int) -> None:
        """Take the id of a study, its citation, and its number, which only numbered styles use."""
        self.key, self.reference, self.number = key, reference, number

    def __contains__(self, _: str) -> bool:
        return False

    @property
    def locator(self) -> Any:
        """The page that is cited, which does not exist."""
        raise VariableError

    def get_field(self, name: str) -> Any:
        """Return a field of the citation."""
        return self.reference.get(name)


def _reference(citation: Citation, letter: str) -> Any:
    """Return the known fields of a citation, with the letter after its year."""
    values = {field.name: getattr(citation, field.name) for field in fields(citation)}
    texts = {name: _one_line(value).strip() for name, value in values.items() if isinstance(value, str)}
    facts: dict[str, Any] = {
        name.upper() if name in _UPPERCASE_FIELDS else name: String(text)
        for name, text in texts.items()
        if text and name != "type"
    }
    authors = [name for author in citation.author if (name := _name(author))]
    if authors:
        facts["author"] = authors
    if citation.issued is not None:
        facts["issued"] = Date(year=citation.issued)
    if letter:
        facts["year_suffix"] = String(letter)
    return Reference(None, texts["type"].lower() or "document", **facts)


def _name(author: Author) -> Any:
    names = ((part, getattr(author, part)) for part in ("literal", "family", "given"))
    parts = {part: _one_line(text).strip() for part, text in names if text}
    if parts.get("literal"):
        return Name(literal=parts["literal"])
    if not parts.get("family"):
        return Name(literal=parts["given"]) if parts.get("given") else None
    return Name(**{part: text for part, text in parts.items() if text})


def _one_line(text: str) -> str:
    """Return text on one line, with invisible characters as codes, also those that mean italics here."""
    return visible(re.sub(r"\s+", " ", text))


# --- text -----------------------------------------------------------------------------


def _italic(text: object) -> Any:
    return text if text is None else String(f"{_ITALICS_START}{text}{_ITALICS_END}")


def _unchanged(text: Any) -> Any:
    return text


_IGNORED_STYLES = ("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps", "preformat")
_FORMATTER = SimpleNamespace(Italic=_italic, Oblique=_italic, **dict.fromkeys(_IGNORED_STYLES, _unchanged))


def _render(layout: Any, work: Work) -> Any:
    layout.repressed, layout.rendered_variables = {}, []
    return layout.render_children(work) or ""


def _split_italics(text: object) -> Iterator[tuple[str, bool]]:
    """Split text where italics begin and end, without a second full stop after one that ends italics."""
    text_of_entry = str(text).replace(f".{_ITALICS_END}.", f".{_ITALICS_END}").strip()
    depth = 0
    for piece in re.split(f"([{_ITALICS_START}{_ITALICS_END}])", text_of_entry):
        depth += {_ITALICS_START: 1, _ITALICS_END: -1}.get(piece, 0)
        if piece and piece not in (_ITALICS_START, _ITALICS_END):
            yield _one_line(piece), depth > 0


def _sort_key(value: object) -> str:
    """Return a key for sorting: words without accents, case and punctuation, and numbers with leading zeros."""
    if isinstance(value, int):
        return f"{value:09}"
    text = unicodedata.normalize("NFKD", str("" if value is None else value)).casefold()
    return " ".join("".join(c for c in text if c.isalnum() or c.isspace()).split())


# --- elements of citeproc, corrected ----------------------------------------------------


class _CachedLocale:
    """A locale that looks each term up once, because look-ups take half of the time of a reference."""

    def __init__(self, locale: Any) -> None:
        self._locale = locale
        self._term = cache(self._find)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._locale, name)

    def _find(self, name: str, form: str | None, zero_padded: bool) -> Any:
        try:
            return self._locale.get_term(name, form, zero_padded=zero_padded)
        except IndexError:
            return None

    def get_term(self, name: str, form: str | None = None, zero_padded: bool = False) -> Any:
        """Return a term of this locale. Raises ``IndexError`` if it has no such term, as citeproc expects."""
        term = self._term(name, form, zero_padded)
        if term is None:
            raise IndexError
        return term


class _WithPages:
    """Page numbers: does not shorten 1-12 to 1-2, and leaves everything that is not a list of numbers unchanged."""

    def _process(self, value: object, variable: str) -> Any:
        text = str(value)
        return super()._process(text, variable) if _PAGE_LIST.fullmatch(text) else String(text)  # type: ignore[misc]

    def _format_last_page(self, first: str, last: str) -> Any:
        return super()._format_last_page(first, last) if len(first) == len(last) else last  # type: ignore[misc]

    def format_number(self, number: str) -> Any:
        return super().format_number(number) if len(number) <= _LONGEST_NUMBER else number  # type: ignore[misc]


class _WithCase:
    """Text case: accepts any kind of text, and no text."""

    def case(self, text: object, language: str | None = None) -> Any:
        cased = text and self.get("text-case")  # type: ignore[attr-defined]
        return super().case(String(str(text)), language) if cased else text  # type: ignore[misc]


class _Text(_WithCase, _WithPages, model.Text):  # type: ignore[misc]
    def get_macro(self, name: str) -> Any:
        """Return a macro by its name, without searching the style each time."""
        return self.get_root().macros[name]

    def _variable(self, item: Work, context: Any) -> Any:
        text = super()._variable(item, context)
        if text:
            context.get_layout().rendered_variables.append(self.get("variable"))
        return text


class _Substitute(model.Substitute):  # type: ignore[misc]
    """The substitute for a missing author, suppressed in the rest of the citation.

    citeproc suppresses it only where no macro or choice gave it.
    """

    def render(self, item: Work, context: Any = None, **kwargs: Any) -> Any:
        layout = context.get_layout()
        layout.rendered_variables = []
        text = super().render(item, context=context, **kwargs)
        if text:
            layout.repressed.setdefault(f"{{{_CSL}}}text", []).extend(layout.rendered_variables)
        return text


class _Number(_WithPages, model.Number):  # type: ignore[misc]
    pass


class _NamePart(_WithCase, model.Name_Part):  # type: ignore[misc]
    pass


class _Name(model.Name):  # type: ignore[misc]
    """Names: adds no full stop to what is not an initial, such as a particle or a name in a script without capitals."""

    def process(self, *args: Any, **kwargs: Any) -> Any:
        text = super().process(*args, **kwargs)
        return String(text) if isinstance(text, str) else text

    def initialize(self, given: str, mark: str, context: Any) -> str:
        hyphen = self.get_option("initialize-with-hyphen", context)
        return "-".join(_initials(part, mark) for part in (given.split("-") if hyphen else [given.replace("-", " ")]))


def _initials(given: str, mark: str) -> str:
    words = given.replace(".", " ").split()
    return " ".join("".join(w[0] + mark if w[0].isupper() else f" {w} " for w in words).split())
