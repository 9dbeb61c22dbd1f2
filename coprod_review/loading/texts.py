"""The text of one file of a base; a file that cannot be opened becomes a text that says so."""

from pathlib import Path

from coprod_review.loading.evidence_base import Entry as Entry  # what a base is, for whoever reads one here
from coprod_review.loading.evidence_base import EvidenceBase as EvidenceBase
from coprod_review.loading.files import display_path
from coprod_review.source.yaml_text import YamlText


def read_text(path: Path) -> YamlText:
    """Read one file; a file that cannot be opened becomes a text that says so."""
    name = display_path(path)
    try:
        if not path.is_file():
            return YamlText.unreadable(
                name, "unreadable", "this is not a file", "put a YAML file here, or take it away"
            )
        return YamlText.from_bytes(path.read_bytes(), name)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return YamlText.unreadable(name, "unreadable", f"the file cannot be read: {reason}", "check its permissions")


def path_exists(path: Path) -> bool:
    """Whether there is anything at a path; a name that no file can have is nothing."""
    try:
        return path.exists()
    except OSError:
        return False
