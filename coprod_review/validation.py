"""Shape and types: the only room that imports pydantic.

``convert`` turns plain data into a model, strictly, and says at which key path
it cannot. ``json_schema`` writes the same rules, with the terms of a codebook,
for editors and other programs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from coprod_review.model.base import About
from coprod_review.model.benchmarks import Benchmarks
from coprod_review.model.citation import Citation
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import VOCABULARY_MARK, Record
from coprod_review.model.review import Review
from coprod_review.model.study import StudiesFile, Study
from coprod_review.source.positions import KeyPath, Value, descend
from coprod_review.source.scalars import MAX_NUMBER


@dataclass(frozen=True, slots=True)
class Misfit:
    """One place where data do not fit the model."""

    kind: Literal["wrong-type", "unknown-field", "missing-field"]
    path: KeyPath
    message: str
    hint: str
    repair: Literal["quote", "number", "list"] | None = None
    """How what is written can be written right, where that is clear."""


def _adapter(model: Any) -> TypeAdapter[Any]:
    return _made(model)


@cache
def _made(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


Model = TypeVar("Model", bound=Record)


def convert(model: type[Model], data: Value) -> Model | list[Misfit]:
    """Read plain data as a model; on failure every misfit, in the order of the data."""
    try:
        return cast("Model", _adapter(model).validate_json(to_json(data), strict=True))
    except ValidationError as error:
        whole = [detail for detail in error.errors(include_url=False) if _is_whole(detail)]
        if not whole:
            return list(_misfits(data, error))
    return convert(model, _with_whole_numbers(data, {_known_path(data, d["loc"], d["type"]) for d in whole}))


def _is_whole(detail: Any) -> bool:
    """Whether a whole number was refused for being written as 2019.0, which JSON Schema cannot tell from 2019."""
    refused = detail["input"]
    return detail["type"] == "int_type" and isinstance(refused, float) and refused.is_integer()


def _with_whole_numbers(data: Value, places: set[KeyPath], path: KeyPath = ()) -> Value:
    if isinstance(data, dict):
        return {key: _with_whole_numbers(value, places, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_whole_numbers(value, places, (*path, number)) for number, value in enumerate(data)]
    return int(data) if isinstance(data, float) and path in places else data


def plain(record: Record) -> dict[str, Any]:
    """A model as plain data, with the keys that its file uses."""
    return cast("dict[str, Any]", _adapter(type(record)).dump_python(record, mode="json", by_alias=True))


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
}


def _misfits(data: Value, error: ValidationError) -> Iterator[Misfit]:
    by_path: dict[KeyPath, list[Any]] = {}
    for detail in error.errors(include_url=False, include_context=True):
        by_path.setdefault(_known_path(data, detail["loc"], detail["type"]), []).append(detail)
    for path, details in by_path.items():
        yield _misfit(data, path, details)


def _known_path(data: Value, loc: tuple[str | int, ...], kind: str) -> KeyPath:
    """The part of a location that the data have: pydantic adds the branch of a union to it."""
    path: list[str | int] = []
    for step in loc:
        there, data = descend(data, step)
        if not there:
            return (*path, step) if kind.startswith("missing") and step == loc[-1] else tuple(path)
        path.append(step)
    return tuple(path)


def _misfit(data: Value, path: KeyPath, details: list[Any]) -> Misfit:
    first = details[0]
    field = str(path[-1]) if path else "this"
    if first["type"].startswith("missing"):
        return Misfit("missing-field", path, f"`{field}` is missing", f"add the line `{field}:` with its value")
    if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return Misfit("unknown-field", path, f"unknown field `{field}`", "delete it, or see coprod-review schema")
    found = _found(_at(data, path))
    if first["type"] == "literal_error":
        return Misfit(
            "wrong-type", path, f"expected {first['ctx']['expected']}, found {found}", "write one of these words"
        )
    expected = " or ".join(dict.fromkeys(_EXPECTED.get(d["type"], d["msg"].lower()) for d in details))
    hint, repair = _advice(expected, _at(data, path))
    return Misfit("wrong-type", path, f"expected {expected}, found {found}", hint, repair)


def _at(data: Value, path: KeyPath) -> Any:
    value: Any = data
    for step in path:
        value = value[step]
    return value


def _found(value: Value) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text `{value[:40]}`"
        case list():
            return "a list"
        case dict():
            return "a mapping"


def _advice(expected: str, value: Value) -> tuple[str, Literal["quote", "number", "list"] | None]:
    """What to type, and how to come to it from what is written."""
    if expected == "text" and isinstance(value, bool | int | float):
        return f'write "{str(value).lower() if isinstance(value, bool) else value}"', "quote"
    if "number" in expected and isinstance(value, str) and value.isdecimal() and len(value) < 10:
        return f"write {int(value)}", "number"
    if value is None:
        return "write a value, or delete the line if the field may be left out", None
    if expected == "a list" and isinstance(value, str):
        return f"write [{value[:40]}]", "list"
    return f"write {expected}", None


# --- JSON Schema ----------------------------------------------------------------

SCHEMAS: Mapping[str, type] = {
    "base": About,
    "benchmarks": Benchmarks,
    "codebook": Codebook,
    "review": Review,
    "studies": StudiesFile,
    "study": Study,
}
"""The files of a base by schema name."""

_TITLES = {
    "base": "What an evidence base is (base.yaml)",
    "benchmarks": "Population shares (benchmarks.yaml)",
    "codebook": "Vocabularies and gap rules (codebook.yaml)",
    "review": "The review that a base starts from (review.yaml)",
    "studies": "The studies of an evidence base (studies.yaml)",
    "study": "One study (studies/<id>.yaml)",
}


def json_schema(name: str, codebook: Codebook) -> dict[str, Any]:
    """JSON Schema 2020-12 of one file of a base, with the terms of a codebook.

    Raises ``KeyError`` where ``name`` is not in ``SCHEMAS``.
    """
    for record in (Record, Citation):
        record.__pydantic_config__["use_attribute_docstrings"] = True
    try:
        schema = TypeAdapter(SCHEMAS[name]).json_schema(by_alias=True)
    finally:
        for record in (Record, Citation):
            record.__pydantic_config__["use_attribute_docstrings"] = False
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"coprod-review/{name}.schema.json"}
    return {**head, **_with_terms(schema, codebook), "title": _TITLES[name]}


def _with_terms(node: Any, codebook: Codebook) -> Any:
    """Replace every mark of a vocabulary by its terms, bound every number, and drop pydantic's own titles."""
    if isinstance(node, list):
        return [_with_terms(item, codebook) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") in ("integer", "number"):
        node = {"minimum": -MAX_NUMBER, "maximum": MAX_NUMBER, **node}
    kept = {k: _with_terms(v, codebook) for k, v in node.items() if not (k == "title" and isinstance(v, str))}
    vocabulary = kept.pop(VOCABULARY_MARK, None)
    if vocabulary is not None:
        kept["enum"] = [term.id for term in codebook.terms(vocabulary)]
    return kept
