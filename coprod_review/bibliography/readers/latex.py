"""Turn the LaTeX in the fields of a bibliography into plain text."""

import html
import re
from functools import lru_cache

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

_QUOTES_AND_DASHES = {"``": "“", "''": "”", "---": "—", "--": "–"}
# The decoder drops these commands, or prints today's date for \today.
_COMMANDS = {
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
_COMMAND = re.compile(
    r"\\(?:textless|textgreater|textbar|textasciicircum|textasciitilde|today)(?![A-Za-z])(?:\{\}|[ \t]+)?"
    r"|\\[~^]\{\}|\\-"
)
# Characters that BibTeX keeps and the decoder does not: it would drop the rest of a field after a percent sign.
_UNESCAPED = re.compile(r"(?<!\\)[%&#]|(?<![\\'])'(?!')")
_SHIELDS = {character: chr(0xE000 + number) for number, character in enumerate("%&#'$<>|^~")}
"""Private-use characters that replace others while the decoder works."""
_REMOVE_SHIELDS = str.maketrans({shield: character for character, shield in _SHIELDS.items()})
_DOLLARS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_FORMULA = re.compile(r"[\\^_{=<>]|\A\w{1,3}\Z")
_DECODER = LatexDecodingMiddleware(keep_math_mode=False)


def latex_to_text(value: str) -> str:
    """Return the plain text of a field on one line: accented letters, no braces, HTML entities resolved."""
    has_latex = "\\" in value or "$" in value
    text = _decode(value) if has_latex else _without_braces(value)
    return one_line(unescape(text))


def verbatim(value: str) -> str:
    """Return the text of an address or identifier, without braces and escapes and otherwise unchanged."""
    inner = re.sub(r"\\url\s*(?=\{)", "", value)
    bare = re.sub(r"(?<!\\)[{}]", "", inner)
    return one_line(unescape(re.sub(r"\\([%&_#~{}$])", r"\1", bare)))


def unescape(text: str) -> str:
    """Replace HTML entities with their characters, except entities without a semicolon."""
    return re.sub(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,31});", lambda entity: html.unescape(entity[0]), text)


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    spaced = " ".join(text.split())
    return spaced if spaced.isprintable() else "".join(c for c in spaced if c >= " " and not "\x7f" <= c <= "\x9f")


def _without_braces(value: str) -> str:
    for latex, character in _QUOTES_AND_DASHES.items():
        value = value.replace(latex, character)
    return re.sub(r"[{}]", "", value.replace("~", " "))


@lru_cache(maxsize=10_000)
def _decode(value: str) -> str:
    """Decode a value; where the decoder fails, return the value with its escapes."""
    field = Field("value", _with_shields(value))
    decoded = _DECODER.transform_entry(Entry("misc", "", [field]), Library())
    return str(field.value).translate(_REMOVE_SHIELDS) if isinstance(decoded, Entry) else _without_braces(value)


def _with_shields(value: str) -> str:
    value = _COMMAND.sub(_replace_command, value.translate(dict.fromkeys(range(0xE000, 0xE010))))
    value = _UNESCAPED.sub(lambda match: _SHIELDS[match[0]], value)
    return _shield_money(value)


def _replace_command(match: re.Match[str]) -> str:
    text = _COMMANDS[match[0] if match[0] in _COMMANDS else match[0].rstrip("{} \t")]
    return _SHIELDS.get(text, text)


def _shield_money(value: str) -> str:
    """Shield dollars that do not enclose a formula, because they mean money."""
    formulas: list[str] = []

    def keep(pair: re.Match[str]) -> str:
        if not _FORMULA.search(pair[1]):
            return pair[0]
        formulas.append(pair[0])
        return f"\ue00f{len(formulas) - 1}\ue00e"

    value = re.sub(r"(?<!\\)\$", _SHIELDS["$"], _DOLLARS.sub(keep, value))
    return re.sub("\ue00f(\\d+)\ue00e", lambda n: formulas[int(n[1])], value)
