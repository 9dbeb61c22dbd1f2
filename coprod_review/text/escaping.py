"""Text from data made safe to print: control characters shown as codes, Markdown and JSON escaped."""

import json
import re

CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # all but tab and line feed, which are the structure of text
    r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # what turns the direction of text, or breaks a line unseen
    r"\ud800-\udfff]"  # bytes of a file's name that are not UTF-8, and that cannot be written
)
"""Characters that a terminal obeys and does not show. Joiners of any script are not among them: data needs those."""


def escape_controls(text: str) -> str:
    r"""Return a text with control characters as ``\uXXXX``, which JSON reads as the same characters."""
    return CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def visible(text: str, *, breaks: bool = False) -> str:
    """Return a text with every unprintable character as its code, line breaks too unless ``breaks`` is true."""
    return "".join(c if c.isprintable() or (breaks and c == "\n") else f"\\u{ord(c):04x}" for c in text)


def json_text(document: object) -> str:
    """Return a document as readable JSON, in which every unprintable character is escaped."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return _BEYOND_ASCII.sub(lambda m: m[0] if m[0].isprintable() else json.dumps(m[0])[1:-1], text) + "\n"


_BEYOND_ASCII = re.compile(r"[^\n -~]")


def markdown_text(value: object) -> str:
    """Text that Markdown shows as it stands, on one line."""
    text = visible(" ".join(str(value).split())).replace("&", "&amp;")
    for sign in "\\`*_[]<>|#@$^~{}":
        text = text.replace(sign, f"\\{sign}")
    return text


def code_span(value: object) -> str:
    """Text as a code span of Markdown, with a fence that is longer than any run of backticks in it."""
    text = visible(str(value))
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"
