"""What is wrong: every check by name, and ``run``, which applies them all.

A check is a module with ``KIND`` (code, name, severity) and
``check(base) -> Iterator[Problem]``; its docstring is the user's page.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from coprod_review.checks import (
    absence_without_full_text,
    bad_date,
    claim_without_finding,
    corroboration_gap,
    duplicate_doi,
    duplicate_id,
    duplicate_reference,
    evidence_without_data,
    finding_id,
    gap_rule,
    id_mismatch,
    impossible_share,
    missing_link,
    percentage_without_base,
    person_contradicts_group,
    reports_contradict_findings,
    role_contradicts_design,
    standardised_divisor,
    unknown_term,
    unmeasured_recommendation,
)
from coprod_review.errors import InvalidBase
from coprod_review.evidence import EvidenceBase, paused_collector, read, without
from coprod_review.problems import Diagnostic, Kind, Problem, Severity, diagnose, reading_order


class Check(Protocol):
    """A module that looks for one kind of problem."""

    @property
    def KIND(self) -> Kind:  # noqa: N802 - a module constant
        """Code, name and severity."""

    def check(self, base: EvidenceBase) -> Iterator[Problem]:
        """Yield every problem of the kind."""


CHECKS: Mapping[str, Check] = {
    module.KIND.name: module
    for module in (
        unknown_term,
        gap_rule,
        duplicate_doi,
        duplicate_id,
        duplicate_reference,
        id_mismatch,
        bad_date,
        evidence_without_data,
        absence_without_full_text,
        reports_contradict_findings,
        finding_id,
        role_contradicts_design,
        person_contradicts_group,
        missing_link,
        claim_without_finding,
        corroboration_gap,
        unmeasured_recommendation,
        percentage_without_base,
        standardised_divisor,
        impossible_share,
    )
}


def problems(base: EvidenceBase) -> Iterator[Problem]:
    """Every problem of a base: those met while reading, then those of each check."""
    yield from base.problems
    with paused_collector():
        for check in CHECKS.values():
            yield from check.check(base)


def run(base: EvidenceBase) -> list[Diagnostic]:
    """Every diagnostic of a base, in reading order."""
    return sorted(map(diagnose, problems(base)), key=reading_order)


def sound(base: EvidenceBase, *, skip_invalid: bool = False) -> EvidenceBase:
    """The base, fit for analysis.

    With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``InvalidBase`` where errors remain, or no study does.
    """
    errors = [p for p in problems(base) if p.kind.severity is Severity.ERROR]
    if errors and skip_invalid:
        parts = set(map(id, base.parts.values()))
        base = without(base, errors)
        errors = [error for error in errors if id(error.text) in parts]
    if errors:
        raise InvalidBase(_refusal(base, errors))
    if not base.studies:
        raise InvalidBase(f"{base.name} holds no sound study, so there is nothing to analyse.")
    return base


def _refusal(base: EvidenceBase, errors: Sequence[Problem]) -> str:
    first = diagnose(errors[0])
    count = f"{len(errors)} error{'s' * (len(errors) > 1)}"
    return (
        f"{base.name} has {count}, so no figure is computed from it "
        f"(first: {first.file}:{first.span.line}: {first.message}). See them with: coprod-review validate "
        f"{base.name}; or leave out the entries that have them with --skip-invalid."
    )


def load(path: Path | str | None = None, *, skip_invalid: bool = False) -> EvidenceBase:
    """Load an evidence base that is fit for analysis.

    ``path`` is a folder, or one studies file; without it the bundled base is
    loaded. With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``UnreadableFile`` for a missing path and
    ``InvalidBase`` where errors remain or no study does.
    """
    return sound(read(path), skip_invalid=skip_invalid)
