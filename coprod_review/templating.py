"""Jinja over the bundled templates; an undefined name is an error."""

import re
from typing import TYPE_CHECKING, Any

from coprod_review import bundled
from coprod_review.text.escaping import visible

if TYPE_CHECKING:
    from jinja2 import Environment


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


def environment() -> "Environment":
    """The environment of every template of ours."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import, and seldom needed

    made = Environment(
        loader=FileSystemLoader(bundled.TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=_is_markup,  # noqa: S701 - Markdown has a filter of its own
    )
    made.filters["md"] = markdown_text
    made.filters["code"] = code_span
    return made


def _is_markup(name: str | None) -> bool:
    """Whether values are escaped by themselves; in Markdown its own filter does it, HTML signs included."""
    return name is not None and name.endswith((".svg.j2", ".html.j2"))


def fill(name: str, **values: Any) -> str:
    """One template filled with values."""
    return environment().get_template(name).render(**values)
