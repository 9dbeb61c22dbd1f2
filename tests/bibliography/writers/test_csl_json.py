"""CSL-JSON out: items as citation processors read them."""

import json
from typing import Any

from coprod_review.bibliography.writers import csl_json
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation, Name
from tests.conftest import study

# The variables of CSL 1.0.2 that a citation of this base can have, with the ids and types of an item.
VARIABLES = {
    "id", "type", "title", "author", "issued", "container-title", "collection-title", "volume", "issue", "number",
    "page", "publisher", "publisher-place", "DOI", "PMID", "PMCID", "ISBN", "URL", "note",
}  # fmt: skip


def _items(*studies: Any) -> Any:
    return json.loads(csl_json.write(studies))


def test_one_item_as_it_is_written(bundled: EvidenceBase) -> None:
    assert _items(bundled.find("kay-2019")) == [
        {
            "id": "kay-2019",
            "type": "article-journal",
            "title": "Evaluation of a new recovery college: delivering health outcomes and cost efficiencies via an "
            "educational approach",
            "author": [{"family": "Kay", "given": "Katie"}, {"family": "Edgley", "given": "George"}],
            "issued": {"date-parts": [[2019]]},
            "container-title": "Mental Health and Social Inclusion",
            "volume": "23",
            "issue": "1",
            "page": "36-46",
            "DOI": "10.1108/MHSI-10-2018-0035",
        }
    ]


def test_bundled_items_use_csl_fields_only(bundled: EvidenceBase) -> None:
    items = _items(*bundled.studies)
    assert [item["id"] for item in items] == [s.id for s in bundled.studies]
    for item in items:
        assert set(item) <= VARIABLES
        assert {"id", "type", "title"} <= set(item)
        assert all(set(name) in ({"family", "given"}, {"family"}, {"literal"}) for name in item["author"])
    assert [item["id"] for item in items if "issued" in item] == [s.id for s in bundled.studies if s.year]


def test_what_is_not_known_is_left_out() -> None:
    bare = Citation(type="document", title="A title", author=(Name(literal="A body"),))
    assert _items(study(citation=bare)) == [
        {"id": "author1-2020", "type": "document", "title": "A title", "author": [{"literal": "A body"}]}
    ]


def test_retracted_study_has_a_status_note() -> None:
    items = _items(study(1, status="retracted"), study(2, status="withdrawn"), study(3))
    assert [item.get("note") for item in items] == [
        "Retracted by its publisher",
        "Withdrawn from the evidence base by its curators",
        None,
    ]


def test_no_study_is_an_empty_array() -> None:
    assert csl_json.write([]) == "[]\n"
