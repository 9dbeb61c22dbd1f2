"""Evidence bases of studies: load a base, analyse it, say what is missing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coprod_review.validate.valid_base import load

__version__ = "0.1.0"

__all__ = ["__version__", "load"]


def __getattr__(name: str) -> object:
    """Import ``load`` on first use, because it imports the parser of YAML."""
    if name == "load":
        from coprod_review.validate.valid_base import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
