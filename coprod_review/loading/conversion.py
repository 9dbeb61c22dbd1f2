"""Convert plain data to the models of a base, strictly, and models to plain data.

No other package imports pydantic, and this one imports it only to convert.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from coprod_review.loading import wording
from coprod_review.model.record import Record
from coprod_review.source.positions import KeyPath, Value, step_into, value_at

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
"""What a field takes, by the type of the error that pydantic reports."""

Repair = Literal["quote", "number", "list"]
Model = TypeVar("Model", bound=Record)


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One place where data do not fit the model."""

    kind: Literal["wrong-type", "unknown-field", "missing-field"]
    path: KeyPath
    message: str
    hint: str
    repair: Repair | None = None
    """How to turn the value into one of the right type, where that is clear."""


def convert(model: type[Model], data: Value) -> Model | list[SchemaError]:
    """Convert plain data to a model; on failure return every schema error, in the order of the data."""
    try:
        return cast("Model", _adapter(model).validate_json(to_json(data), strict=True))
    except ValidationError as error:
        whole_numbers = [detail for detail in error.errors(include_url=False) if _is_whole_number(detail)]
        if not whole_numbers:
            return list(_schema_errors(data, error))
    return convert(model, _with_whole_numbers(data, {_path_in_data(data, d["loc"], d["type"]) for d in whole_numbers}))


def to_plain(record: Record) -> dict[str, Any]:
    """Convert a model to plain data, with the keys that its file uses."""
    return cast("dict[str, Any]", _adapter(type(record)).dump_python(record, mode="json", by_alias=True))


def _adapter(model: Any) -> TypeAdapter[Any]:
    return _make_adapter(model)  # mypy does not accept a class as an argument of a cached function


@cache
def _make_adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _is_whole_number(detail: Any) -> bool:
    """Whether a whole number was refused because it is written as 2019.0; JSON Schema accepts it."""
    refused = detail["input"]
    return detail["type"] == "int_type" and isinstance(refused, float) and refused.is_integer()


def _with_whole_numbers(data: Value, places: set[KeyPath], path: KeyPath = ()) -> Value:
    if isinstance(data, dict):
        return {key: _with_whole_numbers(value, places, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_whole_numbers(value, places, (*path, number)) for number, value in enumerate(data)]
    return int(data) if isinstance(data, float) and path in places else data


def _schema_errors(data: Value, error: ValidationError) -> Iterator[SchemaError]:
    by_path: dict[KeyPath, list[Any]] = {}
    for detail in error.errors(include_url=False, include_context=True):
        by_path.setdefault(_path_in_data(data, detail["loc"], detail["type"]), []).append(detail)
    for path, details in by_path.items():
        yield _schema_error(data, path, details)


def _path_in_data(data: Value, location: tuple[str | int, ...], kind: str) -> KeyPath:
    """Return the part of a location that is in the data: pydantic adds the member of a union to it."""
    path: list[str | int] = []
    for place, step in enumerate(location, start=1):
        exists, inner = step_into(data, step)
        if exists:
            path.append(step)
            data = inner
        elif kind.startswith("missing") and place == len(location):
            path.append(step)
    return tuple(path)


def _schema_error(data: Value, path: KeyPath, details: list[Any]) -> SchemaError:
    first = details[0]
    field = str(path[-1]) if path else "this"
    if first["type"].startswith("missing"):
        return SchemaError("missing-field", path, wording.missing_field(field), wording.add_field(field))
    if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return SchemaError("unknown-field", path, wording.unknown_field(field), "delete it")
    value = value_at(data, path)
    if first["type"] == "literal_error":
        message = wording.wrong_type(first["ctx"]["expected"], value)
        return SchemaError("wrong-type", path, message, "write one of these words")
    expected = " or ".join(dict.fromkeys(_EXPECTED.get(d["type"], "a value of another type") for d in details))
    hint, repair = _hint_and_repair(expected, value)
    return SchemaError("wrong-type", path, wording.wrong_type(expected, value), hint, repair)


def _hint_and_repair(expected: str, value: Value) -> tuple[str, Repair | None]:
    """Return what to type, and how to get there from what is written."""
    if expected == "text" and isinstance(value, bool | int | float):
        return f'write "{str(value).lower() if isinstance(value, bool) else value}"', "quote"
    if "number" in expected and isinstance(value, str) and value.isdecimal() and len(value) < 10:
        return f"write {int(value)}", "number"
    if value is None:
        return "write a value, or delete the line if the field is optional", None
    if expected == "a list" and isinstance(value, str):
        return f"write [{value[:40]}]", "list"
    return f"write {expected}", None
