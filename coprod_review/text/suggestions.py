"""Suggestions of a valid word for a mistyped one."""

from collections.abc import Iterable

_MAX_CANDIDATES = 500
_TYPO_SIMILARITY = 0.8
"""Smallest similarity ratio of difflib at which one word counts as a typo of another."""


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word most similar to ``word``, or ``None`` where none is similar.

    Similarity is the ratio of difflib's SequenceMatcher, at least 0.6. A valid word that begins with the mistyped one,
    or ends in it after a full stop, counts as similar too.
    """
    import difflib  # slow to import, and needed only when something is mistyped

    candidates = list(valid)
    if len(candidates) > _MAX_CANDIDATES:  # difflib is slow with many words, and people seldom mistype the beginning
        candidates = [c for c in candidates if c[:2] == word[:2]][:_MAX_CANDIDATES]
    by_letters = {_letters_and_digits(candidate): candidate for candidate in reversed(candidates)}
    if _letters_and_digits(word) in by_letters:
        return by_letters[_letters_and_digits(word)]
    matches = difflib.get_close_matches(word[:80], candidates, n=1)
    if matches:
        return matches[0]
    return next((c for c in candidates if len(word) > 3 and (c.endswith("." + word) or c.startswith(word))), None)


def is_likely_typo(word: str, other: str) -> bool:
    """Return whether two words are so similar that one is probably a typo of the other."""
    import difflib

    if _letters_and_digits(word) == _letters_and_digits(other):
        return True
    return difflib.SequenceMatcher(None, word, other).ratio() >= _TYPO_SIMILARITY


def _letters_and_digits(word: str) -> str:
    return "".join(character for character in word.casefold() if character.isalnum())


def did_you_mean(word: str, valid: Iterable[str]) -> str:
    """Return a question that suggests the nearest valid word; empty where no word is near."""
    suggestion = nearest(word, valid)
    return f"did you mean `{suggestion}`?" if suggestion else ""


def not_found_message(problem: str, word: str, valid: Iterable[str], more: str) -> str:
    """Return an error message: the problem, the nearest valid word if there is one, and where to find the others."""
    suggestion = did_you_mean(word, valid)
    return f"{problem}: {suggestion} {more}" if suggestion else f"{problem}. {more}"
