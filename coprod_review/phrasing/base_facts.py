"""Facts on the base as a whole, within the sentences of briefings."""

from coprod_review.model.base import About
from coprod_review.phrasing.texts import clause
from coprod_review.text.grammar import capitalise, listed, lower_first, plural

_NO_SEARCH = "none documented"
"""What a base writes where nobody recorded a search."""


def studies_by_kind(primary: int, reviews: int, other: int) -> str:
    """Return the number of studies of each kind: ``2 primary studies and 1 review``."""
    named = ((primary, "primary study"), (reviews, "review"), (other, "other study"))
    return listed([plural(n, noun) for n, noun in named if n])


def search(about: About, review: str) -> str:
    """Return where the works come from, without the final full stop; ``review`` is its name, or empty."""
    if about.search != _NO_SEARCH:
        return capitalise(clause(about.search))
    undocumented = "No search is documented"
    return f"{undocumented}. The works are those that the {review} cites" if review else undocumented


def collection(about: About) -> str:
    """Return what kind of collection the base is, as a sentence."""
    if about.search == _NO_SEARCH:
        return "This is a curated collection, not a systematic map."
    return "These are the works that a search found."


def study_title(title: str, year: int | str | None) -> str:
    """Return the title of a study with its year."""
    return f"{clause(title)} ({year or 'no date'})"


def study_that_changed(title: str, year: int | str | None, status: str) -> str:
    """Return the title of a study that was added, removed or changed; ``status`` is its label, empty if active."""
    now = f" It is now {lower_first(status)}." if status else ""
    return f"{study_title(title, year)}.{now}"
