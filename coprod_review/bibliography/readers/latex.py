"""LaTeX in the fields of a bibliography, as plain text."""

import html
import re
from functools import lru_cache

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

_QUOTES_AND_DASHES = {"``": "“", "''": "”", "---": "—", "--": "–"}
# The decoder would drop these, or print the clock for \today.
_WORDS = {
    "\\textless": "<",
    "\\textgreater": ">",
    "\\textbar": "|",
    "\\textasciicircum": "^",
    "\\textasciitilde": "~",
    "\\~{}": "~",
    "\\^{}": "^",
    "\\today": "today",
    "\\-": "",
}
_WORD = re.compile(
    r"\\(?:textless|textgreater|textbar|textasciicircum|textasciitilde|today)(?![A-Za-z])(?:\{\}|[ \t]+)?"
    r"|\\[~^]\{\}|\\-"
)
# Signs that BibTeX keeps and LaTeX does not: a percent sign would take the rest of the field with it.
_BARE = re.compile(r"(?<!\\)[%&#]|(?<![\\'])'(?!')")
_SHIELDED = {sign: chr(0xE000 + number) for number, sign in enumerate("%&#'$<>|^~")}
_UNSHIELD = str.maketrans({shield: sign for sign, shield in _SHIELDED.items()})
_DOLLARS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_FORMULA = re.compile(r"[\\^_{=<>]|\A\w{1,3}\Z")
_DECODER = LatexDecodingMiddleware(keep_math_mode=False)


def latex_to_text(value: str) -> str:
    """The plain text of a field, on one line: accents as letters, no braces, entities of HTML resolved."""
    has_latex = "\\" in value or "$" in value
    text = _decoded(value) if has_latex else _unbraced(value)
    return one_line(unescape(text))


def verbatim(value: str) -> str:
    """The text of an address or identifier: braces and escapes go, and nothing else is touched."""
    inner = re.sub(r"\\url\s*(?=\{)", "", value)
    bare = re.sub(r"(?<!\\)[{}]", "", inner)
    return one_line(unescape(re.sub(r"\\([%&_#~{}$])", r"\1", bare)))


def unescape(text: str) -> str:
    """Entities of HTML as signs, those without their semicolon left alone."""
    return re.sub(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});", lambda entity: html.unescape(entity[0]), text)


def one_line(text: str) -> str:
    """A text on one line, without control characters."""
    spaced = " ".join(text.split())
    return spaced if spaced.isprintable() else "".join(c for c in spaced if c >= " " and not "\x7f" <= c <= "\x9f")


def _unbraced(value: str) -> str:
    for marks, sign in _QUOTES_AND_DASHES.items():
        value = value.replace(marks, sign)
    return re.sub(r"[{}]", "", value.replace("~", " "))


@lru_cache(maxsize=10_000)
def _decoded(value: str) -> str:
    """What the decoder makes of a value; where it fails, the value with its escapes as they stand."""
    field = Field("value", _shielded(value))
    done = _DECODER.transform_entry(Entry("misc", "", [field]), Library())
    return str(field.value).translate(_UNSHIELD) if isinstance(done, Entry) else _unbraced(value)


def _shielded(value: str) -> str:
    value = _WORD.sub(_word, value.translate(dict.fromkeys(range(0xE000, 0xE010))))
    value = _BARE.sub(lambda sign: _SHIELDED[sign[0]], value)
    return _money(value)


def _word(found: re.Match[str]) -> str:
    word = _WORDS[found[0] if found[0] in _WORDS else found[0].rstrip("{} \t")]
    return _SHIELDED.get(word, word)


def _money(value: str) -> str:
    """Dollars that enclose no formula are money, and stay."""
    formulas: list[str] = []

    def keep(pair: re.Match[str]) -> str:
        if not _FORMULA.search(pair[1]):
            return pair[0]
        formulas.append(pair[0])
        return f"\ue00f{len(formulas) - 1}\ue00e"

    value = re.sub(r"(?<!\\)\$", _SHIELDED["$"], _DOLLARS.sub(keep, value))
    return re.sub("\ue00f(\\d+)\ue00e", lambda n: formulas[int(n[1])], value)
