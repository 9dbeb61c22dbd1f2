"""The JSON Schemas of a base about another subject: they have its terms, and accept its files."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from coprod_review.loading import discovery
from coprod_review.loading.json_schema import SCHEMAS, json_schema
from coprod_review.model.codebook import Codebook
from tests.conftest import REPOSITORY, Run

Command = Callable[..., Run]
FOREIGN = REPOSITORY / "tests" / "bases" / "foreign"
ANSWERS = ("--subject", "rivers", "--field", "ecology", "--stakeholders", "fish", "--outcomes", "fish.health.weight")


@pytest.fixture(params=["foreign", "new"])
def other_base(request: pytest.FixtureRequest, run: Command, empty_folder: Path) -> Path:
    """A base about another subject: the one of the tests, and one that ``init`` wrote."""
    if request.param == "foreign":
        return FOREIGN
    assert run("init", "rivers", *ANSWERS).code == 0
    return empty_folder / "rivers"


def _schema(run: Command, name: str, base: Path) -> Any:
    return json.loads(run("schema", name, "--base", base).out)


def _ids(codebook: Codebook) -> set[str]:
    return {term.id for name in codebook.vocabularies for term in codebook.terms(name)}


def _choices(node: Any) -> Iterator[list[str]]:
    """Yield every list of allowed words in a schema."""
    if isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            yield node["enum"]
        node = list(node.values())
    for item in node if isinstance(node, list) else ():
        yield from _choices(item)


def _words(schema: Any) -> set[str]:
    return {word for choices in _choices(schema) for word in choices}


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_has_terms_of_the_bundled_codebook(name: str, other_base: Path, run: Command) -> None:
    own = _ids(discovery.read_codebook(other_base))
    words = _words(_schema(run, name, other_base))
    format_words = _words(json_schema(name, Codebook(vocabularies={}, gap_rules=())))  # such as the kinds of collection
    assert words - format_words <= own


def test_every_field_of_an_entry_has_its_terms(other_base: Path, run: Command) -> None:
    codebook = discovery.read_codebook(other_base)
    study = _schema(run, "study", other_base)
    finding = study["$defs"]["Finding"]["properties"]
    for field, vocabulary in {"outcome": "outcomes", "level": "levels", "direction": "directions"}.items():
        assert finding[field]["enum"] == [term.id for term in codebook.terms(vocabulary)]
    sectors = [term.id for term in codebook.terms("sectors")]
    assert study["properties"]["sector"]["items"]["enum"] == sectors
    assert list(_choices(_schema(run, "base", other_base)["$defs"]["Scope"]["properties"]["sector"])) == [sectors]
    groups = [term.id for term in codebook.terms("groups")]
    assert study["properties"]["populations"]["propertyNames"]["enum"] == groups
    assert groups in list(_choices(_schema(run, "benchmarks", other_base)))


def _accepts(schema: Path, file: Path) -> bool:
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_the_schemas_accept_the_files_of_the_base(other_base: Path, tmp_path: Path, run: Command) -> None:
    study = tmp_path / "study.json"
    entry = yaml.safe_load((other_base / "studies.yaml").read_text(encoding="utf-8"))["studies"][0]
    study.write_text(json.dumps(entry, default=str), encoding="utf-8")
    files = {name: other_base / f"{name}.yaml" for name in ("base", "codebook", "studies")} | {"study": study}
    for name, file in files.items():
        schema = tmp_path / f"{name}.schema.json"
        assert run("schema", name, "--base", other_base, "-o", schema).code == 0
        assert _accepts(schema, file), name


@pytest.mark.slow
@pytest.mark.parametrize("field", ["design", "sector", "practice"])
def test_the_schemas_refuse_a_term_of_another_codebook(field: str, tmp_path: Path, run: Command) -> None:
    entry = yaml.safe_load((FOREIGN / "studies.yaml").read_text(encoding="utf-8"))["studies"][0]
    words = {"design": "realist-review", "sector": ["social-care"], "practice": ["co-production"]}
    study, schema = tmp_path / "study.json", tmp_path / "study.schema.json"
    study.write_text(json.dumps({**entry, field: words[field]}, default=str), encoding="utf-8")
    run("schema", "study", "--base", FOREIGN, "-o", schema)
    assert not _accepts(schema, study)
