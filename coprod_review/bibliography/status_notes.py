"""Notes on studies that were retracted or withdrawn, for bibliographies."""

from collections.abc import Mapping

from coprod_review.model.study import Study

_NOTES: Mapping[str, str] = {
    "active": "",
    "retracted": "Retracted by its publisher",
    "withdrawn": "Withdrawn from the evidence base by its curators",
}


def status_note(study: Study) -> str:
    """Return a note on the status of a study; empty for an active one."""
    return _NOTES.get(study.status, f"Status in the evidence base: {study.status}")
