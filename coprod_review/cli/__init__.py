"""The commands: each reads its arguments, calls one function and writes what it returns."""

from coprod_review.cli import (  # noqa: I001 - importing a module adds its command; --help lists them in this order
    gaps,
    why,
    claims,
    list_,
    show,
    codebook,
    schema,
    brief,
    validate,
    explain,
    init,
    migrate,
    new,
    export,
)
from coprod_review.cli.options import app

__all__ = [
    "app",
    "brief",
    "claims",
    "codebook",
    "explain",
    "export",
    "gaps",
    "init",
    "list_",
    "migrate",
    "new",
    "schema",
    "show",
    "validate",
    "why",
]
