"""Strict means one thing: what check-jsonschema accepts by the published schemas, validate accepts, and the reverse.

Shape and vocabulary alone: where the two read YAML itself differently has tests in ``test_yaml_text.py``.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from coprod_review import bundled
from coprod_review.loading import assembly
from coprod_review.loading.assembly import bundled_codebook
from coprod_review.loading.json_schema import SCHEMAS, json_schema
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate import registry
from tests.conftest import entry
from tests.loading.mutants import Mutant, mutants

pytestmark = pytest.mark.slow

# In JSON text the one trap is a number that programs round: the schemas bound every number.
SHAPE = {"wrong-type", "unknown-field", "missing-field", "unknown-term", "superseded-term", "trap"}
BESIDE = YamlText("studies:\n" + entry(), "beside.yaml")
FILES = {"study": "studies/x.yaml", "studies": "studies.yaml"}


def _refused_by_us(schema: str, text: str, *others: YamlText) -> set[str]:
    """The kinds of shape and vocabulary that validate reports for one file."""
    source = YamlText(text, FILES.get(schema, f"{schema}.yaml"))
    base = assembly.assemble("x", [source, *others, *(() if schema in FILES else (BESIDE,))])
    coded = (p for name in ("unknown-term", "superseded-term") for p in registry.RULE_MODULES[name].check(base))
    return {p.rule.name for p in (*base.problems, *coded) if p.text is source} & SHAPE


def _refused_by_schema(schema: Path, files: Iterable[Path]) -> set[str]:
    """The names of the files that check-jsonschema refuses."""
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(schema), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["parse_errors"] == []
    return {Path(error["filename"]).name for error in report["errors"]}


def _written(folder: Path, listed: Iterable[Mutant], suffix: str) -> dict[Path, Mutant]:
    """Mutants as JSON, which is YAML too; a dot and the suffix say how check-jsonschema reads them."""
    files = {folder / f"{number}.{suffix}": mutant for number, mutant in enumerate(listed)}
    for path, mutant in files.items():
        path.write_text(json.dumps(mutant.data), encoding="utf-8")
    return files


def _differences(schema: Path, files: dict[Path, Mutant]) -> tuple[list[str], Counter[bool]]:
    refused = _refused_by_schema(schema, files)
    found, verdicts = [], Counter[bool]()
    for path, mutant in files.items():
        ours, theirs = _refused_by_us(mutant.schema, path.read_text(encoding="utf-8")), path.name in refused
        verdicts[theirs] += 1
        if bool(ours) != theirs:
            found.append(f"{mutant.change}: validate {sorted(ours) or 'accepts'}, schema refuses: {theirs}")
    return found, verdicts


CODEBOOK = (bundled.DATA / "codebook.yaml").read_text(encoding="utf-8")
ALL = list(mutants(bundled_codebook(), seed=1))


def _schema(folder: Path, name: str) -> Path:
    """The schema of a file, with the terms of the codebook that the mutants are made from."""
    path = folder / f"{name}.schema.json"
    path.write_text(json.dumps(json_schema(name, bundled_codebook())), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_and_validate_agree_on_every_mutant(name: str, tmp_path: Path) -> None:
    files = _written(tmp_path, (m for m in ALL if m.schema == name), "json")
    found, verdicts = _differences(_schema(tmp_path, name), files)
    assert found == []
    assert min(verdicts[True], verdicts[False]) > 20, verdicts


def test_there_are_mutants_enough_and_of_every_sort() -> None:
    assert len({(m.schema, json.dumps(m.data)) for m in ALL}) > 3_000
    sorts = {m.change.rpartition(": ")[2] for m in ALL}
    assert sorts > {
        "nothing",
        "left out",
        "null",
        "unknown key",
        "other case",
        "unknown word",
        "number as text",
        "float",
    }


def test_they_agree_where_both_read_yaml(tmp_path: Path) -> None:
    chosen = random.Random(2).sample([m for m in ALL if m.schema == "study" and "e+" not in m.change], 60)
    files = _written(tmp_path, chosen, "yaml")
    for path, mutant in files.items():
        unshared = json.loads(json.dumps(mutant.data))  # yaml.dump writes an anchor for data that occurs twice
        path.write_text(yaml.dump(unshared, Dumper=yaml.CSafeDumper, sort_keys=False), encoding="utf-8")
    found, verdicts = _differences(_schema(tmp_path, "study"), files)
    assert found == []
    assert min(verdicts[True], verdicts[False]) > 10, verdicts


def test_they_agree_on_a_superseded_term(tmp_path: Path) -> None:
    old = CODEBOOK.replace("- id: case-study\n", "- id: case-study\n        superseded_by: qualitative\n")
    assert old != CODEBOOK
    text = YamlText(old, "codebook.yaml")
    book = assembly.assemble("x", [text, BESIDE]).framework.codebook
    schema = tmp_path / "schema"
    schema.write_text(json.dumps(json_schema("study", book)), encoding="utf-8")
    sound = next(m for m in ALL if m.schema == "study" and m.change == "nothing")
    designs = [{**sound.data, "design": design} for design in ("case-study", "qualitative")]
    files = _written(tmp_path, (Mutant("study", data, data["design"]) for data in designs), "json")
    assert _refused_by_schema(schema, files) == {"0.json"}
    refused = [_refused_by_us("study", path.read_text(encoding="utf-8"), text) for path in files]
    assert refused == [{"superseded-term"}, set()]
