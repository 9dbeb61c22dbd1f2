"""The nearest valid word to a mistyped one."""

from collections.abc import Iterable

_MANY = 500
_SLIP = 0.8


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """The valid word most like ``word``, or ``None`` where none is like it.

    Likeness is the ratio of difflib's SequenceMatcher, at least 0.6; a valid
    word that ends in or begins with the mistyped one counts as like it.
    """
    import difflib  # only needed when something is mistyped

    candidates = list(valid)
    if len(candidates) > _MANY:  # difflib compares with each; people seldom mistype the beginning
        candidates = [c for c in candidates if c[:2] == word[:2]][:_MANY]
    simple = {_simple(candidate): candidate for candidate in reversed(candidates)}
    if _simple(word) in simple:
        return simple[_simple(word)]
    close = difflib.get_close_matches(word[:80], candidates, n=1)
    if close:
        return close[0]
    return next((c for c in candidates if len(word) > 3 and (c.endswith("." + word) or c.startswith(word))), None)


def is_likely_typo(word: str, other: str) -> bool:
    """Whether two words are so alike that one is a slip of the keyboard for the other."""
    import difflib

    return _simple(word) == _simple(other) or difflib.SequenceMatcher(None, word, other).ratio() >= _SLIP


def _simple(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign.isalnum())


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """A sentence that suggests the nearest valid word; empty where none is near."""
    found = nearest(word, valid)
    return f"did you mean `{found}`?" if found else ""


def not_found_message(said: str, word: str, valid: Iterable[str], more: str) -> str:
    """What was not found, with the nearest valid word if there is one, and where to find the others."""
    near = did_you_mean(word, valid)
    return f"{said}: {near} {more}" if near else f"{said}. {more}"
