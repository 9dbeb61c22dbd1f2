"""A code says that something is absent, but nobody read the full text.

An abstract or a citation can show that something is present, but not that it is
absent. Without the full text, leave the field uncoded. The program never counts
an uncoded field as "no".

Fails:

    coded_from: abstract
    definition: none  # CPR401

Passes:

    coded_from: full_text
    definition: none

Fix: delete the code, or read the full text and write `coded_from: full_text`.
"""

from collections.abc import Iterator, Mapping

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study, read_in_part
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.grammar import with_article

RULE = Rule("CPR401", "absence-without-full-text", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every code of absence in an entry that was not coded from a full text."""
    codebook = base.framework.codebook
    for entry in base.entries:
        if entry.study is not None and read_in_part(entry.study, codebook):
            for path, code in _absences(entry.study, codebook):
                yield _problem(entry, entry.study, path, code)


_CODES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "definition": ("definitions", ("absent",)),
    "cost_measure": ("cost_measures", ("absent",)),
    "looked_for_harm": ("looked_for_harm", ("absent",)),
    "involvement_in_outcomes": ("involvement", ("absent", "not_reported")),
    "principles_mentioned": ("mentions", ("absent",)),
    "populations": ("population_codes", ("not_reported", "excluded")),
    "characteristics": ("characteristic_codes", ("absent",)),
}
"""Fields of a study with codes of absence: their vocabulary, and the kinds of its terms that say so."""
_CODES_OF_FINDINGS = {"measurement": "measurements", "follow_up": "follow_up"}
"""The same for findings; the kind is not_reported."""


def _absences(study: Study, codebook: Codebook) -> Iterator[tuple[KeyPath, str]]:
    for side in ("outcome", "process"):
        if getattr(study.reports, side) == "absent":
            yield ("reports", side), "absent"
    for field, (vocabulary, kinds) in _CODES.items():
        coded = getattr(study, field)
        codes = {(field, name): code for name, code in coded.items()} if isinstance(coded, dict) else {(field,): coded}
        yield from ((path, code) for path, code in codes.items() if codebook.has_kind(vocabulary, code, *kinds))
    for number, finding in enumerate(study.findings):
        for field, vocabulary in _CODES_OF_FINDINGS.items():
            code = getattr(finding, field)
            if codebook.has_kind(vocabulary, code, "not_reported"):
                yield ("findings", number, field), code


def _problem(entry: Entry, study: Study, path: KeyPath, code: str) -> Problem:
    message = f"`{code}` needs a full text, but the entry is coded from {with_article(study.coded_from)}"
    hint = "delete the code, or read the full text and write `coded_from: full_text`"
    return Problem(RULE, entry.text, (*entry.path, *path), message, hint)
