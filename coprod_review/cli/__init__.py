"""The commands: each reads its arguments, calls one function and writes its text."""

from coprod_review.cli import (  # noqa: I001 - each adds its command, in the order in which --help lists them
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
    "list_",
    "new",
    "schema",
    "show",
    "validate",
    "why",
]
