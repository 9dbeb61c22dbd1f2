"""A citation style at work: the only room that imports citeproc and lxml, which are slow to import.

citeproc is given the works one by one, and gives text with italics between two signs that no text of ours can hold.
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
_IN_CSL = {"cs": _CSL}
_STEPS = 200_000
"""The most elements that a style may go through for one work, its macros as often as they are called."""
_OPEN, _CLOSE = "\ue000", "\ue001"
_BRACKETS = ("[", "]", ", ")


class Style:
    """A citation style from its file."""

    def __init__(self, path: Path) -> None:
        """Read a CSL file. Raises ``StyleError`` where it is none, or one that cannot be used."""
        self._name = display_path(path)
        self._root = self._read(path)
        with self._guarded():
            self._root.formatter = _FORMATTER
            self._root.macros = {macro.get("name"): macro for macro in self._root.findall("cs:macro", _IN_CSL)}
            self._root.set_locale_list(self._root.get("default-locale", "en-GB"), validate=False)
            self._root.locales = [_Locale(locale) for locale in self._root.locales]
            self._citation = self._part("citation")
            self._list = self._part("bibliography")
            self._around = self._citation.getparent()  # held, as what is noted on an element is lost with it
            self._around.cites = []  # a work is always cited as if for the first time
            self._bounded()
        numbers = self._root.xpath(
            "//*[@variable='citation-number'][not(ancestor::cs:bibliography)]", namespaces=_IN_CSL
        )
        self.numbered = bool(numbers)
        raised = self._citation.get("vertical-align") == "sup" and not self._citation.get("prefix")
        given = self._citation.get("prefix", ""), self._citation.get("suffix", ""), self._citation.get("delimiter", "")
        self.prefix, self.suffix, self._delimiter = _BRACKETS if raised else map(_clean, given)

    def delimiter(self, *, within: bool) -> str:
        """What stands between works; a semicolon where a comma may stand within one."""
        return "; " if within and "," in self._delimiter else self._delimiter

    # --- works ------------------------------------------------------------------------

    def work(self, study: Study, number: int, letter: str) -> "Work":
        """A study as the style takes it."""
        return Work(study.id, _reference(study.citation, letter), number)

    def short(self, work: "Work") -> str:
        """A work in a citation, without the brackets around it; empty where the style says nothing."""
        with self._guarded():
            return "".join(text for text, _ in _pieces(_rendered(self._citation, work)))

    def entry(self, work: "Work") -> tuple[tuple[str, bool], ...]:
        """A work in the list of references: pieces of text, and whether each is in italics."""
        with self._guarded():
            text = str(self._list.wrap(_rendered(self._list, work)))
        # Where a style sets the number apart, it leaves out the space.
        return tuple(_pieces(re.sub(rf"^(\W?{work.number}\W?)(?=\w)", r"\1 ", text) if self.numbered else text))

    def in_citation(self, works: Iterable["Work"]) -> Sequence["Work"]:
        """Works in the order in which they stand in a citation."""
        return self._sorted(self._citation, list(works))

    def in_list(self, works: Iterable["Work"]) -> Sequence["Work"]:
        """Works in the order in which they stand in the list of references."""
        return self._sorted(self._list, list(works))

    def _sorted(self, layout: Any, works: list["Work"]) -> list["Work"]:
        sort = layout.getparent().find("cs:sort", _IN_CSL)
        layout.told = []
        with self._guarded():
            # The last key first: a sort keeps the order of what it finds alike.
            for key in reversed(sort.findall("cs:key", _IN_CSL) if sort is not None and len(works) > 1 else []):
                pairs = list(zip(map(_folded, key.sort_keys(works, layout)), works, strict=True))
                valued = sorted((p for p in pairs if p[0]), key=itemgetter(0), reverse=key.get("sort") == "descending")
                works = [work for _, work in (*valued, *(p for p in pairs if not p[0]))]
        return works

    # --- the file -----------------------------------------------------------------------

    def _read(self, path: Path) -> Any:
        try:
            text = reading.read(path, reading.CSL_STYLE, self._name).decode("utf-8-sig")
        except UnreadableFile as error:
            raise self._bad(error.problem, error.advice) from None
        except UnicodeDecodeError:
            raise self._bad("is not UTF-8 text, as a CSL style is") from None
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise self._bad("declares a document type or entities, which a CSL style does not")
        return self._sound(text)

    def _sound(self, text: str) -> Any:
        try:
            root = etree.fromstring(text.encode(), _parser())
        except etree.XMLSyntaxError as error:
            raise self._bad(f"is not XML: {error.msg}") from None
        if root.tag != f"{{{_CSL}}}style":
            raise self._bad("is no CSL style")
        parent = root.xpath("string(cs:info/cs:link[@rel='independent-parent']/@href)", namespaces=_IN_CSL)
        if parent:
            raise self._bad(f"has no rules of its own, and points to {parent}", "name the file of that style")
        if root.get("class") == "note":
            raise self._bad("puts citations into footnotes", "name a style with citations in the text")
        for names in root.xpath("//cs:names[not(cs:name)][not(ancestor::cs:substitute)]", namespaces=_IN_CSL):
            names.insert(0, names.makeelement(f"{{{_CSL}}}name"))
        return root

    def _part(self, name: str) -> Any:
        layout = self._root.find(f"cs:{name}/cs:layout", _IN_CSL)
        if layout is None:
            raise self._bad(f"has no {name}")
        return layout

    def _bounded(self) -> None:
        """Refuse macros that call each other without an end, or far too often."""
        macros = self._root.macros

        @cache
        def steps(macro: str) -> int:
            return counted(macros[macro])

        def counted(part: Any) -> int:
            return sum(1 + (steps(element.get("macro")) if element.get("macro") else 0) for element in part.iter())

        if counted(self._citation.getparent()) + counted(self._list.getparent()) > _STEPS:
            raise self._bad("calls its macros far too often")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Whatever goes wrong inside citeproc is the style's, and told in one sentence; no warning gets out."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except StyleError:
            raise
        except Exception:
            raise self._bad("uses something that cannot be done here") from None

    def _bad(self, what: str, instead: str = f"name another CSL file, or one of {', '.join(STYLES)}") -> StyleError:
        return StyleError(visible(f"The citation style {self._name} {' '.join(what.split())}: {instead}."))


def _parser() -> Any:
    """A parser that makes citeproc's own elements, with some corrected, and fetches and expands nothing."""
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
    """A work as citeproc asks for it, cited without a page."""

    has_locator = False

    def __init__(self, key: str, reference: Any, number: int) -> None:
        """Take the id of a study, its facts, and its number where the style gives numbers."""
        self.key, self.reference, self.number = key, reference, number

    def __contains__(self, _: str) -> bool:
        return False

    @property
    def locator(self) -> Any:
        """There is none."""
        raise VariableError

    def get_field(self, name: str) -> Any:
        """One of its facts."""
        return self.reference.get(name)


_CAPITALS = {"doi", "isbn", "pmcid", "pmid", "url"}


def _reference(citation: Citation, letter: str) -> Any:
    """The facts of a work, with the letter after its year; nothing that is not known."""
    given = {field.name: getattr(citation, field.name) for field in fields(citation)}
    texts = {name: _clean(value).strip() for name, value in given.items() if isinstance(value, str)}
    facts: dict[str, Any] = {
        name.upper() if name in _CAPITALS else name: String(text)
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
    parts = {part: _clean(text).strip() for part in ("literal", "family", "given") if (text := getattr(author, part))}
    if parts.get("literal"):
        return Name(literal=parts["literal"])
    if not parts.get("family"):
        return Name(literal=parts["given"]) if parts.get("given") else None
    return Name(**{part: text for part, text in parts.items() if text})


def _clean(text: str) -> str:
    """Text on one line in which every sign can be seen; so it holds none of the signs that stand for italics."""
    return visible(re.sub(r"\s+", " ", text))


# --- text -----------------------------------------------------------------------------


def _italic(text: object) -> Any:
    return text if text is None else String(f"{_OPEN}{text}{_CLOSE}")


def _plain(text: Any) -> Any:
    return text


_KINDS = ("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps", "preformat")
_FORMATTER = SimpleNamespace(Italic=_italic, Oblique=_italic, **dict.fromkeys(_KINDS, _plain))


def _rendered(layout: Any, work: Work) -> Any:
    layout.repressed, layout.told = {}, []
    return layout.render_children(work) or ""


def _pieces(text: object) -> Iterator[tuple[str, bool]]:
    """Text in pieces, each with whether it is in italics; a full stop is not said twice around the end of italics."""
    whole = str(text).replace(f".{_CLOSE}.", f".{_CLOSE}").strip()
    depth = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", whole):
        depth += {_OPEN: 1, _CLOSE: -1}.get(piece, 0)
        if piece and piece not in (_OPEN, _CLOSE):
            yield _clean(piece), depth > 0


def _folded(value: object) -> str:
    """A key for sorting: words without accents, case and punctuation, and numbers by their size; empty for nothing."""
    if isinstance(value, int):
        return f"{value:09}"
    text = unicodedata.normalize("NFKD", str("" if value is None else value)).casefold()
    return " ".join("".join(sign for sign in text if sign.isalnum() or sign.isspace()).split())


# --- elements of citeproc, corrected ----------------------------------------------------

_PAGES = re.compile(r"\w+(\s*[-–]\s*\w+)?(\s*[,&]\s*\w+(\s*[-–]\s*\w+)?)*")
_DIGITS = 6


class _Locale:
    """A locale that looks for each of its terms once: half of the time of a reference goes into that."""

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
        """A term of this locale. Raises ``IndexError`` where it has none, as citeproc expects."""
        found = self._term(name, form, zero_padded)
        if found is None:
            raise IndexError
        return found


class _Pages:
    """Page numbers: 1-12 is not cut to 1-2, and what is no list of numbers stays as it is."""

    def _process(self, value: object, variable: str) -> Any:
        text = str(value)
        return super()._process(text, variable) if _PAGES.fullmatch(text) else String(text)  # type: ignore[misc]

    def _format_last_page(self, first: str, last: str) -> Any:
        return super()._format_last_page(first, last) if len(first) == len(last) else last  # type: ignore[misc]

    def format_number(self, number: str) -> Any:
        return super().format_number(number) if len(number) <= _DIGITS else number  # type: ignore[misc]


class _Cased:
    """Capitals where the style wants them, of text however citeproc holds it, and of nothing where there is none."""

    def case(self, text: object, language: str | None = None) -> Any:
        cased = text and self.get("text-case")  # type: ignore[attr-defined]
        return super().case(String(str(text)), language) if cased else text  # type: ignore[misc]


class _Text(_Cased, _Pages, model.Text):  # type: ignore[misc]
    def get_macro(self, name: str) -> Any:
        """A macro by its name, without looking through the style each time."""
        return self.get_root().macros[name]

    def _variable(self, item: Work, context: Any) -> Any:
        text = super()._variable(item, context)
        if text:
            context.get_layout().told.append(self.get("variable"))
        return text


class _Substitute(model.Substitute):  # type: ignore[misc]
    """What stands for the author, which is not said again: citeproc forgets it where a macro or a choice gave it."""

    def render(self, item: Work, context: Any = None, **kwargs: Any) -> Any:
        layout = context.get_layout()
        layout.told = []
        text = super().render(item, context=context, **kwargs)
        if text:
            layout.repressed.setdefault(f"{{{_CSL}}}text", []).extend(layout.told)
        return text


class _Number(_Pages, model.Number):  # type: ignore[misc]
    pass


class _NamePart(_Cased, model.Name_Part):  # type: ignore[misc]
    pass


class _Name(model.Name):  # type: ignore[misc]
    """Names: no full stop after what is no initial, such as a particle or a name in a script without capitals."""

    def process(self, *args: Any, **kwargs: Any) -> Any:
        text = super().process(*args, **kwargs)
        return String(text) if isinstance(text, str) else text

    def initialize(self, given: str, mark: str, context: Any) -> str:
        hyphen = self.get_option("initialize-with-hyphen", context)
        return "-".join(_initials(part, mark) for part in (given.split("-") if hyphen else [given.replace("-", " ")]))


def _initials(given: str, mark: str) -> str:
    words = given.replace(".", " ").split()
    return " ".join("".join(w[0] + mark if w[0].isupper() else f" {w} " for w in words).split())
