"""Jinja over the bundled templates; an undefined name is an error."""

from typing import TYPE_CHECKING, Any

from coprod_review import bundled
from coprod_review.wording import visible

if TYPE_CHECKING:
    from jinja2 import Environment


def markdown_text(value: object) -> str:
    """Text that Markdown shows as it stands, on one line."""
    text = visible(" ".join(str(value).split()))
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text


def environment() -> "Environment":
    """The environment of every template of ours."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import, and seldom needed

    made = Environment(
        loader=FileSystemLoader(bundled.TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown: its own filter escapes, HTML signs included
    )
    made.filters["md"] = markdown_text
    return made


def fill(name: str, **values: Any) -> str:
    """One template filled with values."""
    return environment().get_template(name).render(**values)
