"""Write CSL-JSON: an array of items that Zotero, Pandoc and citation processors can read."""

from collections.abc import Iterable
from typing import Any

from coprod_review.bibliography import status_notes
from coprod_review.bibliography.writers.writer import Writer
from coprod_review.model.study import Study
from coprod_review.text.escaping import json_text


def write(studies: Iterable[Study]) -> str:
    """Return one item for each study, in order; the id of an item is that of the study."""
    return json_text([_item(study) for study in studies])


def _item(study: Study) -> dict[str, Any]:
    from coprod_review.loading.conversion import to_plain

    fields = {key: value for key, value in to_plain(study.citation).items() if value not in (None, [])}
    if "author" in fields:
        fields["author"] = [{part: text for part, text in name.items() if text} for name in fields["author"]]
    if "issued" in fields:
        fields["issued"] = {"date-parts": [[fields["issued"]]]}
    note = status_notes.status_note(study)
    return {"id": study.id, **fields, **({"note": note} if note else {})}


WRITER = Writer("csl-json", (".json",), write)
