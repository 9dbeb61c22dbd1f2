"""Plain data turned into the models of a base: shape and types, strictly.

``convert`` says at which key path data do not fit. This package alone imports pydantic, and only when it converts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from coprod_review.model.record import Record
from coprod_review.source.positions import KeyPath, Value, step_into


@dataclass(frozen=True, slots=True)
class SchemaError:
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


def convert(model: type[Model], data: Value) -> Model | list[SchemaError]:
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


def to_plain(record: Record) -> dict[str, Any]:
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


def _misfits(data: Value, error: ValidationError) -> Iterator[SchemaError]:
    by_path: dict[KeyPath, list[Any]] = {}
    for detail in error.errors(include_url=False, include_context=True):
        by_path.setdefault(_known_path(data, detail["loc"], detail["type"]), []).append(detail)
    for path, details in by_path.items():
        yield _misfit(data, path, details)


def _known_path(data: Value, loc: tuple[str | int, ...], kind: str) -> KeyPath:
    """The part of a location that the data have: pydantic adds the branch of a union to it."""
    path: list[str | int] = []
    for step in loc:
        there, data = step_into(data, step)
        if not there:
            return (*path, step) if kind.startswith("missing") and step == loc[-1] else tuple(path)
        path.append(step)
    return tuple(path)


def _misfit(data: Value, path: KeyPath, details: list[Any]) -> SchemaError:
    first = details[0]
    field = str(path[-1]) if path else "this"
    if first["type"].startswith("missing"):
        return SchemaError("missing-field", path, f"`{field}` is missing", f"add the line `{field}:` with its value")
    if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return SchemaError("unknown-field", path, f"unknown field `{field}`", "delete it, or see coprod-review schema")
    found = _found(_at(data, path))
    if first["type"] == "literal_error":
        return SchemaError(
            "wrong-type", path, f"expected {first['ctx']['expected']}, found {found}", "write one of these words"
        )
    expected = " or ".join(dict.fromkeys(_EXPECTED.get(d["type"], d["msg"].lower()) for d in details))
    hint, repair = _advice(expected, _at(data, path))
    return SchemaError("wrong-type", path, f"expected {expected}, found {found}", hint, repair)


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
