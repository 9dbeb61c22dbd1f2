"""What ``new`` writes, and what it says of it."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from coprod_review.bibliography.drafts import Draft, studies_file
from coprod_review.bibliography.reference import RejectedRecord
from coprod_review.errors import CoprodReviewError
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import plural


def check_target(target: Path | None) -> None:
    """Raise ``CoprodReviewError`` where a target is no folder, no new folder and no new file that ends in .yaml."""
    if target is None or _is_folder(target):
        return
    _refuse_existing(target)
    if not target.suffix and _is_folder(target.parent):
        return
    if target.suffix.lower() != ".yaml":
        raise CoprodReviewError(f"{target} is no place for drafts: name a new file that ends in .yaml, or a folder.")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise CoprodReviewError(f"{path} cannot be used: {(error.strerror or 'no such place').lower()}.") from None


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise CoprodReviewError(f"{path} exists already and is never overwritten: choose another name or place.")


def draft_files(drafts: Sequence[Draft], target: Path | None) -> list[tuple[Path | None, str]]:
    """The text for each place: standard output or one studies file, or a file for each draft in a folder.

    Raises ``CoprodReviewError`` where a file exists already.
    """
    if not drafts:
        return []
    if target is None or (target.suffix and not target.is_dir()):
        return [(target, studies_file(drafts))]
    _make(target)
    single = [(target / f"{draft.id}.yaml", draft.text) for draft in drafts]
    for path, _ in single:
        _refuse_existing(path)
    return [*single]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CoprodReviewError(f"{folder} cannot be made: {(error.strerror or 'no reason given').lower()}.") from None


def drafts_message(
    drafts: Sequence[Draft],
    left_out: Sequence[RejectedRecord],
    source: Path | None,
    target: Path | None,
    base: Path | None,
) -> str:
    """Each record that was left out with its line and reason, how many were drafted, and what comes next."""
    lines = [_left_out(record, source) for record in sorted(left_out, key=lambda record: record.line)]
    of_all = plural(len(drafts) + len(left_out), "record")
    place = f" of {source}" if source else ""
    following = f"; next: {_next(target, base)}" if drafts else "."
    return visible("\n".join((*lines, f"Drafted {len(drafts)} of {of_all}{place}{following}", "")), breaks=True)


def _left_out(record: RejectedRecord, source: Path | None) -> str:
    place = f"{source}:{record.line}: " if source else ""
    named = f"{record.key[:80]} left out" if record.key else "left out"
    return f"{place}{named}: {record.reason}."


def _next(target: Path | None, base: Path | None) -> str:
    against = f" --base {shlex.quote(str(base))}" if base else ""
    if target is None:
        return f"save this as FILE.yaml, then coprod-review validate FILE.yaml{against}"
    if target.is_dir():
        return f"coprod-review validate {shlex.quote(str(target))}/*.yaml{against}"
    return f"coprod-review validate {shlex.quote(str(target))}{against}"
