"""Which studies and findings are counted, and what is known of each."""

from collections.abc import Callable, Iterable

from coprod_review.model.codebook import Codebook, Term
from coprod_review.model.study import Finding, Study
from coprod_review.results.figure import Criteria

StudyTest = Callable[[Study], bool | None]
"""Whether a study has what is counted: true, false, or not known."""


def ids(studies: Iterable[Study]) -> tuple[str, ...]:
    """The ids of studies, in their order."""
    return tuple([study.id for study in studies])


def ids_of_terms(terms: Iterable[Term]) -> tuple[str, ...]:
    """The ids of terms of the codebook, in their order."""
    return tuple(term.id for term in terms)


def is_primary(study: Study, codebook: Codebook) -> bool:
    """Whether a study's design is primary."""
    return study.design in codebook.of_kind("designs", "primary")


def is_review(study: Study, codebook: Codebook) -> bool:
    """Whether a study's design is a kind of review."""
    return study.design in codebook.of_kind("designs", "review")


INTERNATIONAL = "International"
"""The place of data from many countries, of which it is not known whether ours are among them."""


def from_nations(study: Study, nations: frozenset[str]) -> bool | None:
    """Whether any data of a study are from certain nations; ``None`` where places are not coded or not all known."""
    if not nations.isdisjoint(study.geography.data):
        return True
    return None if not study.geography.data or INTERNATIONAL in study.geography.data else False


def outcome_findings(study: Study, codebook: Codebook) -> tuple[Finding, ...]:
    """The findings of a study that tell of a change: level outcome or impact."""
    levels = codebook.of_kind("levels", "outcome")
    return tuple(finding for finding in study.findings if finding.level in levels)


def outcome_trail(codebook: Codebook, *codes: str, **terms: tuple[str, ...]) -> Criteria:
    """The trail of a figure that reads outcome findings, and of them those with the given terms."""
    levels = tuple(t.id for t in codebook.terms("levels") if t.kind == "outcome")
    return Criteria(codes, ({"level": levels, **terms},))


def presence(study: Study, *, found: bool, complete: bool = True) -> bool | None:
    """Whether a study has something that what was read shows: absence is known from a full text alone.

    ``complete`` says whether all codes are there that absence rests on. Method:
    docs/methods/figures.md#absence-needs-a-full-text.
    """
    if found:
        return True
    return False if study.coded_from == "full_text" and complete else None
