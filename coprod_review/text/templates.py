"""Jinja over the bundled templates; an undefined name is an error."""

from typing import TYPE_CHECKING, Any

from coprod_review import bundled

if TYPE_CHECKING:
    from jinja2 import Environment
from coprod_review.text.escaping import code_span, markdown_text


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


def render_template(name: str, **values: Any) -> str:
    """One template filled with values."""
    return environment().get_template(name).render(**values)
