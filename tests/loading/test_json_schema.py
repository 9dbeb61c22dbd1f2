"""The JSON Schemas agree with the models, the codebook and the bundled data."""

import json
from typing import Any

import pytest

from coprod_review import bundled
from coprod_review.loading import discovery
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.json_schema import SCHEMAS, json_schema
from tests.bases import SHIPPED
from tests.conftest import REPOSITORY


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_written_schema_is_the_generated_one(name: str) -> None:
    written = (bundled.SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    codebook = discovery.read_base(SHIPPED).framework.codebook
    generated = json.dumps(json_schema(name, codebook), ensure_ascii=False, indent=2) + "\n"
    assert written == generated, f"write it again: coprod-review schema {name} -o schemas/{name}.schema.json"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_has_a_description(name: str) -> None:
    schema = json.loads((bundled.SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    objects = [schema, *schema.get("$defs", {}).values()]
    bare = [
        f"{o.get('description', '?')}: {key}"
        for o in objects
        for key, value in o.get("properties", {}).items()
        if not value.get("description")
    ]
    assert bare == []


def test_an_editor_completes_the_terms_of_the_codebook(bundled: EvidenceBase) -> None:
    schema = json_schema("study", bundled.framework.codebook)
    outcomes = schema["$defs"]["Finding"]["properties"]["outcome"]["enum"]
    assert outcomes == [t.id for t in bundled.framework.codebook.terms("outcomes")]
    assert outcomes


def test_unknown_fields_are_refused_by_every_object() -> None:
    schema = json.loads((bundled.SCHEMAS / "studies.schema.json").read_text(encoding="utf-8"))
    objects = [schema, *schema["$defs"].values()]
    assert all(o["additionalProperties"] is False for o in objects if "properties" in o)


def test_checks_handbook_is_current(run: Any) -> None:
    shown = (REPOSITORY / "docs" / "checks.md").read_text(encoding="utf-8")
    assert shown == run("explain", "--format", "markdown").out, (
        "write it again: coprod-review explain -o docs/checks.md"
    )
