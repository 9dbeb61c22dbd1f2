"""Rendering of the bundled Jinja templates; an undefined name is an error."""

from typing import TYPE_CHECKING, Any

from coprod_review import bundled
from coprod_review.text.escaping import code_span, markdown_text

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> "Environment":
    """Return the Jinja environment of the bundled templates."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # slow to import, and most commands do without

    jinja = Environment(
        loader=FileSystemLoader(bundled.TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=_is_markup,  # noqa: S701 - Markdown has a filter of its own
    )
    jinja.filters["md"] = markdown_text
    jinja.filters["code"] = code_span
    return jinja


def _is_markup(name: str | None) -> bool:
    """Return whether Jinja escapes values by itself; in Markdown the filter ``md`` does so, for HTML too."""
    return name is not None and name.endswith((".svg.j2", ".html.j2"))


def render_template(name: str, **values: Any) -> str:
    """Render one bundled template with values."""
    return environment().get_template(name).render(**values)
