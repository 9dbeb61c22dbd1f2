"""Texts of a base within sentences: curators end some with a full stop and others without one."""


def sentence(text: str) -> str:
    """Return a text of the base as a sentence, with its full stop; an empty text stays empty."""
    clean = clause(text)
    return f"{clean}{'' if clean[-1:] in '?!' else '.'}" if clean else ""


def clause(text: str) -> str:
    """Return a text of the base without its final full stop, so that a sentence can go on after it."""
    return text.strip().removesuffix(".")
