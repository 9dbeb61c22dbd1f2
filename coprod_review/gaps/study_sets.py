"""Which studies and findings are counted, and what is known of each."""

from collections.abc import Callable, Iterable

from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.study import Finding, Study, read_in_full
from coprod_review.results.figure import Criteria

StudyTest = Callable[[Study], bool | None]
"""Whether a study has what is counted: true, false, or ``None`` if that is not known."""


def ids(studies: Iterable[Study]) -> tuple[str, ...]:
    """Return the ids of studies, in their order."""
    return tuple([study.id for study in studies])


def ids_of_terms(terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the ids of terms of the codebook, in their order."""
    return tuple(term.id for term in terms)


def is_primary(study: Study, codebook: Codebook) -> bool:
    """Return whether a study's design is primary."""
    return study.design in codebook.of_kind("designs", "primary")


def is_review(study: Study, codebook: Codebook) -> bool:
    """Return whether a study's design is a kind of review."""
    return study.design in codebook.of_kind("designs", "review")


def from_nations(study: Study, codebook: Codebook) -> bool | None:
    """Return whether data of a study come from the nations of the base; ``None`` if its places do not decide that.

    A place of the kind several, such as International, may or may not contain these nations.
    """
    if not codebook.nations.isdisjoint(study.geography.data):
        return True
    several = not codebook.of_kind("places", "several").isdisjoint(study.geography.data)
    return None if not study.geography.data or several else False


def has_data_from(study: Study, place: str, codebook: Codebook) -> bool:
    """Return whether any data of a study come from a place, or from a part of it."""
    return place in codebook.with_wider("places", study.geography.data)


def place_id(place: Term) -> str:
    """Return the id of a place in the id of a table cell."""
    return place.id.lower().replace(" ", "-")


def outcome_findings(study: Study, codebook: Codebook) -> tuple[Finding, ...]:
    """Return the findings of a study that report a change: those at level outcome or impact."""
    levels = codebook.of_kind("levels", "outcome")
    return tuple(finding for finding in study.findings if finding.level in levels)


def outcome_criteria(codebook: Codebook, *codes: str, **terms: tuple[str, ...]) -> Criteria:
    """Return the criteria of a figure that reads outcome findings with the given terms, and the given study codes."""
    return Criteria(codes, ({"level": codebook.levels_of("outcome"), **terms},))


def presence(study: Study, codebook: Codebook, *, present: bool, complete: bool = True) -> bool | None:
    """Return whether a study has something: true if ``present``, false only if a full text was read, else ``None``.

    ``complete`` says whether every code is made that absence depends on. Method:
    docs/methods/figures.md#absence-needs-a-full-text.
    """
    if present:
        return True
    return False if complete and read_in_full(study, codebook) else None
