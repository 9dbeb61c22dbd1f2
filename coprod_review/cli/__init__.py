"""The commands: each reads its arguments, calls one function and writes its text."""

from coprod_review.cli import reading, briefing, validating, drafting  # noqa: F401, I001 - each adds its commands, in this order
from coprod_review.cli.options import app

__all__ = ["app"]
