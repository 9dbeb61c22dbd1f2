"""Scalars of YAML: the values of plain ones, what other programs would read instead, and text written as a scalar."""

import re
from functools import lru_cache
from typing import Literal

from coprod_review.source.positions import Value

MAX_NUMBER = 2**53 - 1
"""Programs that compute in floating point, such as JavaScript, read a larger number as another one."""

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "false": False, "True": True, "False": False, "TRUE": True, "FALSE": False}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_LONGEST_NUMBER = 18

DATE = "a date"
# What YAML 1.1 (https://yaml.org/type/) or 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema) reads otherwise.
_TRAPS = (
    (re.compile(r"(?:yes|Yes|YES|on|On|ON)\Z"), "true"),
    (re.compile(r"(?:no|No|NO|off|Off|OFF)\Z"), "false"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"), DATE),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9].*\Z"), "a date with a time"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+\Z"), "a number in base 60"),
    (re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*\Z"), "a number in base 60"),
    (re.compile(r"[-+]?0o?[0-7_]+\Z"), "an octal number"),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+\Z"), "a hexadecimal number"),
    (re.compile(r"[-+]?0b[0-1_]+\Z"), "a binary number"),
    (re.compile(r"(?=.*_)[-+]?[0-9._]+(?:[eE][-+]?[0-9_]+)?\Z"), "a number, without the underscores"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"), "infinity or an undefined number"),
    (re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z"), "a number"),
    (re.compile(r"(?:=|<<)\Z"), "a YAML instruction"),
)
_MAY_BE_TRAP = frozenset("+-.=<0123456789yYnNoO")


def resolve(raw: str) -> tuple[Value, str | None]:
    """Return the value of a plain scalar, and what other programs would read where that differs."""
    if raw in _NULLS:
        return None, None
    if raw in _BOOLS:
        return _BOOLS[raw], None
    if _INT.match(raw) or _FLOAT.match(raw):
        return _number(raw)
    if raw[0] in _MAY_BE_TRAP:
        return raw, next((meaning for pattern, meaning in _TRAPS if pattern.match(raw)), None)
    return raw, None


def _number(raw: str) -> tuple[Value, str | None]:
    if len(raw) <= _LONGEST_NUMBER:
        value = float(raw) if "." in raw else int(raw)
        if abs(value) <= MAX_NUMBER:
            return value, None
    return raw, "a rounded number"


# Most words of a base occur in it many times.
resolve_cached = lru_cache(maxsize=50_000)(resolve)


def yaml_scalar(text: str, context: Literal["block", "flow"] = "block") -> str:
    """Return text as YAML that is read back as the same text, in quotation marks where it needs them.

    ``flow`` is the inside of braces and brackets.
    """
    return text if _is_plain(text, context) else f'"{"".join(map(_escape, text))}"'


def _is_plain(text: str, context: str) -> bool:
    # Some YAML parser may read text that begins with a digit as a number, and punctuation has meanings of its own.
    begins = text[:1].isalpha() or (text.startswith("10.") and "/" in text)
    breaks = (": ", " #", *(",[]{}:" if context == "flow" else ""))
    one_line = text.isprintable() and " ".join(text.split()) == text
    return begins and one_line and not any(b in f"{text} " for b in breaks) and resolve(text) == (text, None)


def _escape(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
