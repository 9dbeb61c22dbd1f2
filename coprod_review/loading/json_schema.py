"""JSON Schemas of the files of a base, with the terms of a codebook, for editors and other programs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import TypeAdapter

from coprod_review.model.base import About
from coprod_review.model.benchmarks import Benchmarks
from coprod_review.model.citation import Citation
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import VOCABULARY_KEY, Record
from coprod_review.model.review import Review
from coprod_review.model.study import StudiesFile, Study
from coprod_review.source.scalars import MAX_NUMBER

SCHEMAS: Mapping[str, type] = {
    "base": About,
    "benchmarks": Benchmarks,
    "codebook": Codebook,
    "review": Review,
    "studies": StudiesFile,
    "study": Study,
}
"""Models of the files of a base, by the name of the schema."""

_TITLES = {
    "base": "What an evidence base is (base.yaml)",
    "benchmarks": "Population shares (benchmarks.yaml)",
    "codebook": "Vocabularies and gap rules (codebook.yaml)",
    "review": "The review that a base starts from (review.yaml)",
    "studies": "The studies of an evidence base (studies.yaml)",
    "study": "One study (studies/<id>.yaml)",
}


def json_schema(name: str, codebook: Codebook) -> dict[str, Any]:
    """Return the JSON Schema 2020-12 of one file of a base, with the terms of a codebook.

    Raises ``KeyError`` where ``name`` is not in ``SCHEMAS``.
    """
    with _attribute_docstrings():
        schema = TypeAdapter(SCHEMAS[name]).json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"coprod-review/{name}.schema.json"}
    return {**head, **_with_terms(schema, codebook), "title": _TITLES[name]}


@contextmanager
def _attribute_docstrings() -> Iterator[None]:
    """Use the docstrings of fields as descriptions; pydantic parses source code for them, so other uses go without."""
    configs = [model.__pydantic_config__ for model in (Record, Citation)]
    for config in configs:
        config["use_attribute_docstrings"] = True
    try:
        yield
    finally:
        for config in configs:
            config["use_attribute_docstrings"] = False


def _with_terms(node: Any, codebook: Codebook) -> Any:
    """Replace each vocabulary by its terms, set bounds for every number, and remove the titles that pydantic adds."""
    if isinstance(node, list):
        return [_with_terms(item, codebook) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") in ("integer", "number"):
        node = {"minimum": -MAX_NUMBER, "maximum": MAX_NUMBER, **node}
    schema = {k: _with_terms(v, codebook) for k, v in node.items() if not (k == "title" and isinstance(v, str))}
    vocabulary = schema.pop(VOCABULARY_KEY, None)
    if vocabulary is not None:
        schema["enum"] = [term.id for term in codebook.terms(vocabulary)]
    return schema
