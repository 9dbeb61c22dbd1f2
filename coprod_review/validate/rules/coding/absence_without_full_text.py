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

from collections.abc import Iterator

from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.model.study import Study
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.grammar import with_article

RULE = Rule("CPR401", "absence-without-full-text", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every code of absence in an entry that was not coded from a full text."""
    for entry in base.entries:
        if entry.study is not None and entry.study.coded_from != "full_text":
            for path, code in _absences(entry.study):
                yield _problem(entry, entry.study, path, code)


def _absences(study: Study) -> Iterator[tuple[KeyPath, str]]:
    for side in ("outcome", "process"):
        if getattr(study.reports, side) == "absent":
            yield ("reports", side), "absent"
    single = {"definition": "none", "cost_measure": "none", "looked_for_harm": "not_looked"}
    for field, code in (
        *single.items(),
        ("involvement_in_outcomes", "not_reported"),
        ("involvement_in_outcomes", "not_involved"),
    ):
        if getattr(study, field) == code:
            yield (field,), code
    for name, code in study.principles_mentioned.items():
        if code == "not_mentioned":
            yield ("principles_mentioned", name), code
    for name, code in study.populations.items():
        if code in ("not_reported", "excluded"):
            yield ("populations", name), code
    for name, code in study.characteristics.items():
        if code == "not_reported":
            yield ("characteristics", name), code
    for number, finding in enumerate(study.findings):
        for field in ("measurement", "follow_up"):
            if getattr(finding, field) == "not_reported":
                yield ("findings", number, field), "not_reported"


def _problem(entry: Entry, study: Study, path: KeyPath, code: str) -> Problem:
    message = f"`{code}` needs a full text, but the entry is coded from {with_article(study.coded_from)}"
    hint = "delete the code, or read the full text and write `coded_from: full_text`"
    return Problem(RULE, entry.text, (*entry.path, *path), message, hint)
