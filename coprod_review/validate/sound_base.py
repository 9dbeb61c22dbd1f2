"""A base loaded for analysis: read, checked, and refused where it has errors."""

from collections.abc import Sequence
from pathlib import Path

from coprod_review.errors import InvalidBase
from coprod_review.loading.discovery import read_base
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.skip import without_invalid_entries
from coprod_review.source.problems import Problem, diagnose
from coprod_review.validate.apply_rules import find_errors


def require_sound(base: EvidenceBase, *, skip_invalid: bool = False) -> EvidenceBase:
    """The base, fit for analysis.

    With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``InvalidBase`` where errors remain, or no study does.
    """
    found = find_errors(base)
    if found and skip_invalid:
        parts = set(map(id, base.parts.values()))
        base = without_invalid_entries(base, found)
        found = [error for error in found if id(error.text) in parts]
    if found:
        raise _refusal(base, found, skipping=skip_invalid)
    if not base.studies:
        raise InvalidBase(f"{base.name} holds no sound study, so there is nothing to analyse.")
    return base


def _refusal(base: EvidenceBase, errors: Sequence[Problem], *, skipping: bool) -> InvalidBase:
    parts = set(map(id, base.parts.values()))
    helps = (
        not skipping
        and not any(id(error.text) in parts for error in errors)
        and without_invalid_entries(base, errors).studies
    )
    more = "; or leave out the entries that have them with --skip-invalid" if helps else ""
    found = diagnose(errors[0])
    first = f"{found.file}:{found.span.line}: {found.message}"
    count = f"{len(errors)} error{'s' * (len(errors) > 1)}"
    return InvalidBase(
        f"{base.name} has {count}, so no figure is computed from it (first: {first}). See them with: coprod-review "
        f"validate {base.name}{more}.",
        first,
    )


def load(path: Path | str | None = None, *, skip_invalid: bool = False) -> EvidenceBase:
    """Load an evidence base that is fit for analysis.

    ``path`` is a folder, or one studies file; without it the bundled base is
    loaded. With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``UnreadableFile`` for a missing path and
    ``InvalidBase`` where errors remain or no study does.
    """
    return require_sound(read_base(path), skip_invalid=skip_invalid)
