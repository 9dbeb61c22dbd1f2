"""Texts of the base within sentences of the program.

People write the texts of a base with or without a final full stop, and both are right. These functions normalise it,
so that a text can be the beginning of a sentence or a sentence of its own.
"""


def clause(text: str) -> str:
    """Return a text of the base without its final full stop, so that a sentence can go on after it."""
    return text.strip().removesuffix(".")


def sentence(text: str) -> str:
    """Return a text of the base with its final full stop, unless it ends as a question or exclamation does."""
    stripped = text.strip()
    return stripped if stripped.endswith(("?", "!")) else f"{clause(stripped)}."
