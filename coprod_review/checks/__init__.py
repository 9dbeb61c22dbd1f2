"""What is wrong: every check by name, and ``run``, which applies them all.

A check is a module with ``KIND`` (code, name, severity) and
``check(base) -> Iterator[Problem]``; its docstring is the user's page.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from coprod_review.checks import (
    absence_without_full_text,
    author_name,
    bad_date,
    bad_doi,
    bad_identifier,
    bad_url,
    blank_text,
    byte_order_mark,
    citation_fields,
    claim_without_finding,
    codebook_link,
    coded_once,
    corroboration_gap,
    cut_text,
    duplicate_doi,
    duplicate_id,
    duplicate_reference,
    evidence_without_data,
    file_name,
    finding_id,
    focus_contradicts_reports,
    gap_rule,
    group_without_benchmark,
    html_in_text,
    id_mismatch,
    ignore_without_reason,
    impossible_share,
    impossible_year,
    instrument_without_scale,
    line_ends,
    measurement_not_seen,
    missing_link,
    no_findings,
    old_benchmark,
    original_not_read,
    own_source,
    percentage_without_base,
    person_contradicts_group,
    quality_total,
    repeated_finding,
    repeated_item,
    repeated_name,
    reports_contradict_findings,
    review_without_search,
    role_contradicts_design,
    same_work,
    search_not_seen,
    search_window,
    source_not_read,
    standardised_divisor,
    stray_character,
    superseded_term,
    title_in_capitals,
    to_do,
    unappraised,
    uncoded_fields,
    unknown_ignore,
    unknown_term,
    unknown_version,
    unmeasured_outcome,
    unmeasured_recommendation,
    unread_file,
    unreasoned_code,
    unused_ignore,
    white_space,
    year_outside_window,
)
from coprod_review.errors import InvalidBase
from coprod_review.loading.collector import paused_collector
from coprod_review.loading.discovery import read
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.parse_errors import READING
from coprod_review.loading.skip import without
from coprod_review.source.problems import Diagnostic, Kind, Problem, Severity, diagnose, reading_order
from coprod_review.source.suppressions import Ignore, ignores, sorted_out


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
        byte_order_mark,
        line_ends,
        white_space,
        cut_text,
        bad_date,
        blank_text,
        bad_url,
        html_in_text,
        stray_character,
        title_in_capitals,
        author_name,
        impossible_year,
        citation_fields,
        repeated_item,
        unknown_term,
        gap_rule,
        superseded_term,
        codebook_link,
        duplicate_doi,
        duplicate_id,
        duplicate_reference,
        id_mismatch,
        same_work,
        bad_doi,
        file_name,
        repeated_name,
        own_source,
        bad_identifier,
        absence_without_full_text,
        reports_contradict_findings,
        finding_id,
        role_contradicts_design,
        person_contradicts_group,
        evidence_without_data,
        no_findings,
        focus_contradicts_reports,
        unreasoned_code,
        unmeasured_outcome,
        quality_total,
        review_without_search,
        repeated_finding,
        instrument_without_scale,
        source_not_read,
        original_not_read,
        to_do,
        year_outside_window,
        search_window,
        measurement_not_seen,
        search_not_seen,
        unappraised,
        coded_once,
        uncoded_fields,
        missing_link,
        claim_without_finding,
        corroboration_gap,
        unmeasured_recommendation,
        percentage_without_base,
        standardised_divisor,
        impossible_share,
        old_benchmark,
        group_without_benchmark,
        unread_file,
        unknown_version,
        ignore_without_reason,
        unknown_ignore,
    )
}


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in sorted(
        (*READING.values(), *(check.KIND for check in CHECKS.values()), unused_ignore.KIND), key=lambda kind: kind.code
    )
}
"""The catalogue: every kind of problem by its code, in the order of the codes."""


def problems(base: EvidenceBase) -> Iterator[Problem]:
    """Every problem of a base that no comment silences, and every comment that silences nothing."""
    kept, used, held = _found(base, CHECKS.values())
    yield from kept
    misread = {id(p.text) for p in base.problems}
    for text in base.texts:
        # While an entry cannot be read, nobody knows what its comments would silence.
        for ignore in held.get(id(text), []) if id(text) not in misread else ():
            idle = [c for c in ignore.codes if ignore.reason and c in KINDS and (id(text), ignore, c) not in used]
            yield from unused_ignore.unused(text, ignore, idle)


def errors(base: EvidenceBase) -> list[Problem]:
    """The problems that make a base unfit for analysis."""
    strict = [check for check in CHECKS.values() if check.KIND.severity is Severity.ERROR]
    return [p for p in _found(base, strict)[0] if p.kind.severity is Severity.ERROR]


def _found(
    base: EvidenceBase, checks: Iterable[Check]
) -> tuple[list[Problem], set[tuple[int, Ignore, str]], dict[int, list[Ignore]]]:
    """Problems left, what comments silenced, and the comments by the identity of their text."""
    with paused_collector():
        found = [problem for check in checks if _can_tell(check, base) for problem in check.check(base)]
    held = {id(text): ignores(text) for text in base.texts}
    kept, used = sorted_out(found, held)
    return [*base.problems, *kept], used, held


def _without_doubtful_fixes(base: EvidenceBase, found: list[Problem]) -> list[Problem]:
    """While the codebook has errors nobody knows which words are right: nothing is mended after it."""
    codebook = base.parts.get("codebook")
    if codebook is None or not any(p.text is codebook and p.kind.severity is Severity.ERROR for p in found):
        return found
    return [replace(p, fix=None) if p.kind.code in ("CPR201", "CPR203") else p for p in found]


_OF_WHOLE_BASE = frozenset({"CPR420", "CPR421", "CPR422", "CPR423", "CPR424", "CPR509"})


def _can_tell(check: Check, base: EvidenceBase) -> bool:
    """Whether a check may speak: what it says of the whole base is not known while an entry cannot be read."""
    return check.KIND.code not in _OF_WHOLE_BASE or not base.problems


def run(base: EvidenceBase) -> list[Diagnostic]:
    """Every diagnostic of a base, in reading order; no two have the same fingerprint."""
    times: Counter[str] = Counter()
    told = []
    for found in sorted(map(diagnose, _without_doubtful_fixes(base, list(problems(base)))), key=reading_order):
        nth = times[found.fingerprint]
        times[found.fingerprint] += 1
        told.append(replace(found, fingerprint=f"{found.fingerprint}-{nth + 1}") if nth else found)
    return told


def sound(base: EvidenceBase, *, skip_invalid: bool = False) -> EvidenceBase:
    """The base, fit for analysis.

    With ``skip_invalid`` entries with errors are left out and named in
    ``skipped``. Raises ``InvalidBase`` where errors remain, or no study does.
    """
    found = errors(base)
    if found and skip_invalid:
        parts = set(map(id, base.parts.values()))
        base = without(base, found)
        found = [error for error in found if id(error.text) in parts]
    if found:
        raise _refusal(base, found, skipping=skip_invalid)
    if not base.studies:
        raise InvalidBase(f"{base.name} holds no sound study, so there is nothing to analyse.")
    return base


def _refusal(base: EvidenceBase, errors: Sequence[Problem], *, skipping: bool) -> InvalidBase:
    parts = set(map(id, base.parts.values()))
    helps = not skipping and not any(id(error.text) in parts for error in errors) and without(base, errors).studies
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
    return sound(read(path), skip_invalid=skip_invalid)
