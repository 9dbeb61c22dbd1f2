"""Load a base for analysis: read it, check it, and refuse it where it has errors."""

from collections.abc import Sequence
from pathlib import Path

from coprod_review.errors import InvalidBase
from coprod_review.loading.discovery import read_base
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.formats import require_current_format
from coprod_review.loading.skip import without_invalid_entries
from coprod_review.source.problems import Problem, diagnose
from coprod_review.text.grammar import plural
from coprod_review.validate.apply_rules import find_errors


def load(path: Path | str | None = None, *, skip_invalid: bool = False) -> EvidenceBase:
    """Load an evidence base that is fit for analysis.

    ``path`` is a folder, or one studies file; without it the bundled base is
    loaded. With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``UnreadableFile`` for a missing path and
    ``InvalidBase`` where errors remain or no study does.
    """
    return require_valid(read_base(path), skip_invalid=skip_invalid)


def require_valid(base: EvidenceBase, *, skip_invalid: bool = False) -> EvidenceBase:
    """Return the base if it is fit for analysis.

    With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``InvalidBase`` where the base is in another format,
    where errors remain, or no study does.
    """
    require_current_format(base.other_format)
    errors = find_errors(base)
    if errors and skip_invalid:
        base, errors = without_invalid_entries(base, errors), _errors_in_parts(base, errors)
    if errors:
        raise _invalid_base(base, errors, skip_invalid=skip_invalid)
    if not base.studies:
        raise InvalidBase(f"{base.name} has no valid study, so there is nothing to analyse.")
    return base


def _errors_in_parts(base: EvidenceBase, errors: Sequence[Problem]) -> list[Problem]:
    """Return the errors that are not in entries, so that leaving out entries does not remove them."""
    return [error for error in errors if error.text in base.parts.values()]


def _invalid_base(base: EvidenceBase, errors: Sequence[Problem], *, skip_invalid: bool) -> InvalidBase:
    skipping_helps = (
        not skip_invalid and not _errors_in_parts(base, errors) and without_invalid_entries(base, errors).studies
    )
    more = ", or add --skip-invalid to leave out the entries that have errors" if skipping_helps else ""
    diagnostic = diagnose(errors[0])
    first = f"{diagnostic.file}:{diagnostic.span.line}: {diagnostic.message}"
    return InvalidBase(
        f"{base.name} has {plural(len(errors), 'error')}, so no figure is computed from it (first: {first}). "
        f"Run `coprod-review validate {base.name}` to see every error{more}.",
        first,
    )
