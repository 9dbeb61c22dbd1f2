"""What a bibliography must say of a study that no longer stands."""

from collections.abc import Mapping

from coprod_review.model.study import Study

_NOTES: Mapping[str, str] = {
    "active": "",
    "retracted": "Retracted by its publisher",
    "withdrawn": "Withdrawn from the evidence base by its curators",
}


def status_note(study: Study) -> str:
    """A note on the study's status; empty where it stands."""
    return _NOTES.get(study.status, f"Status in the evidence base: {study.status}")
