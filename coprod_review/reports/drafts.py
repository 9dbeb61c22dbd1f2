"""The files that ``new`` writes, and its message about them."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from coprod_review import bundled
from coprod_review.bibliography.drafts import Draft, studies_file
from coprod_review.bibliography.reference import RejectedRecord
from coprod_review.errors import CoprodReviewError
from coprod_review.loading.discovery import base_around
from coprod_review.loading.files import display_path
from coprod_review.text.escaping import visible
from coprod_review.text.grammar import plural


def check_target(target: Path | None) -> None:
    """Raise ``CoprodReviewError`` unless drafts can be written to a target: a folder, or a new file in .yaml."""
    if target is None or _is_folder(target):
        return
    _refuse_existing(target)
    if not target.suffix and _is_folder(target.parent):
        return
    if target.suffix.lower() != ".yaml":
        raise CoprodReviewError(
            f"Drafts cannot be written to {target}: name a new file that ends in .yaml, or a folder."
        )


def base_of_target(target: Path | None) -> Path | None:
    """Return the base that drafts are written to; ``None`` where that is the bundled one, or no base."""
    folder = base_around(target) if target else None
    return None if folder is None or folder.resolve() == bundled.DATA.resolve() else folder


def base_option(base: Path | None) -> str:
    """Return the option that names a base in a command, with a space before it; empty for the bundled base."""
    return f" --base {shlex.quote(display_path(base))}" if base else ""


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise CoprodReviewError(f"{path} cannot be used: {(error.strerror or 'no such place').lower()}.") from None


def _refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise CoprodReviewError(
            f"{path} exists already, and new never overwrites a file: choose another name or folder."
        )


def draft_files(drafts: Sequence[Draft], target: Path | None) -> list[tuple[Path | None, str]]:
    """Return the texts to write, each with its path; ``None`` is standard output.

    A folder gets a file for each draft, and is made if it does not exist. Any other target gets one studies file.
    Raises ``CoprodReviewError`` where a file of a draft exists already.
    """
    if not drafts:
        return []
    if target is None or (target.suffix and not target.is_dir()):
        return [(target, studies_file(drafts))]
    _make_folder(target)
    files = [(target / f"{draft.id}.yaml", draft.text) for draft in drafts]
    for path, _ in files:
        _refuse_existing(path)
    return [*files]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CoprodReviewError(
            f"The folder {folder} cannot be created: {(error.strerror or 'no reason given').lower()}."
        ) from None


def drafts_message(
    drafts: Sequence[Draft],
    rejected: Sequence[RejectedRecord],
    source: Path | None,
    target: Path | None,
    base: Path | None,
) -> str:
    """Return the message of ``new``: rejected records with their reasons, the number of drafts, and the next step."""
    lines = [_rejection(record, source) for record in sorted(rejected, key=lambda record: record.line)]
    of_all = plural(len(drafts) + len(rejected), "record")
    place = f" of {source}" if source else ""
    following = f" {_next_step(target, base)}" if drafts else ""
    return visible("\n".join((*lines, f"Drafted {len(drafts)} of {of_all}{place}.{following}", "")), breaks=True)


def _rejection(record: RejectedRecord, source: Path | None) -> str:
    place = f"{source}:{record.line}: " if source else ""
    name = f"the record {record.key[:80]}" if record.key else "a record"
    return f"{place}{name} was left out: {record.reason}."


def _next_step(target: Path | None, base: Path | None) -> str:
    option = f" --base {shlex.quote(str(base))}" if base else ""
    if target is None:
        return f"Save the output as FILE.yaml, then check it: coprod-review validate FILE.yaml{option}"
    files = shlex.quote(str(target)) + ("/*.yaml" if target.is_dir() else "")
    return f"To check them, type: coprod-review validate {files}{option}"
