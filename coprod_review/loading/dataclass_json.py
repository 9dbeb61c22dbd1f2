"""Write dataclasses as JSON and read them back; what does not fit the annotations is refused.

A dataclass is an object that holds only the fields which differ from their defaults. A field may hold text, numbers,
booleans, ``None``, literals, dataclasses, tuples of any length and dictionaries with text as keys: what a model of a
base is made of. The readers are made from the annotations once for each class, without pydantic, which is slow to
import.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Model = TypeVar("Model")

_SCALARS = frozenset({bool, float, int, str, NoneType})


class WrongShape(ValueError):
    """JSON data does not fit the annotations of a dataclass."""


class _Reader(NamedTuple):
    """How the values of one annotation are read."""

    scalars: frozenset[type]
    """Types that are accepted as JSON has them. Their exact type is compared, since a boolean is an ``int`` as well."""
    convert: Callable[[Any], Any]
    """What makes a value of anything else, or raises ``WrongShape``."""


def dumps(record: object) -> bytes:
    """Return a dataclass as JSON in ASCII. Raises ``ValueError`` for a number that JSON does not have."""
    return json.dumps(record, default=_fields_of, separators=(",", ":"), allow_nan=False).encode("ascii")


def loads(kind: type[Model], content: bytes) -> Model:
    """Return a dataclass from JSON. Raises ``ValueError`` for what is not JSON or has another shape."""
    read: Callable[[Any], Model] = _record(cast("Any", kind))
    try:
        return read(json.loads(content.decode("ascii")))
    except (AttributeError, KeyError, TypeError) as error:  # no object, an unknown field, a missing one
        raise WrongShape(f"this does not fit {kind.__name__}") from error


def _fields_of(record: Any) -> dict[str, object]:
    """Return the fields of a dataclass that differ from their defaults."""
    defaults: tuple[tuple[str, object], ...] = _defaults(cast("Any", type(record)))
    pairs = ((name, getattr(record, name), default) for name, default in defaults)
    return {name: value for name, value, default in pairs if value != default}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    return tuple((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(kind))


@cache
def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind, include_extras=True)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}

    def record(data: dict[str, Any]) -> Any:
        # Most fields are scalars, and a function call for each would double the time at 10,000 studies.
        for name, value in data.items():
            accepted, convert = readers[name]
            if type(value) not in accepted:
                data[name] = convert(value)
        return kind(**data)

    return record


def _reader(annotation: Any) -> _Reader:
    options = _options(annotation)
    scalars = frozenset(option for option in options if option in _SCALARS)
    others = [option for option in options if option not in _SCALARS and get_origin(option) is not Literal]
    literals = {value for option in options if get_origin(option) is Literal for value in get_args(option)}
    if literals and not others:
        return _Reader(scalars, _one_of(literals))
    return _Reader(scalars, _converter(others[0]) if others else _refuse)


def _options(annotation: Any) -> list[Any]:
    """Return the members of a union, or the annotation alone."""
    if get_origin(annotation) in (Union, UnionType):
        return [option for member in get_args(annotation) for option in _options(member)]
    return [annotation]


def _converter(kind: Any) -> Callable[[Any], Any]:
    if get_origin(kind) is Annotated and get_args(kind)[0] is str:
        # A text with a mark is a term, of which a base holds thousands: analyses compare one object faster than copies.
        return sys.intern
    if get_origin(kind) is tuple:
        return _items(_reader(get_args(kind)[0]))
    if get_origin(kind) is dict:
        return _mapping(_reader(get_args(kind)[1]))
    if is_dataclass(kind):
        return _record(cast("Any", kind))
    raise TypeError(f"{kind} cannot be written as JSON")  # a model was given a field of a kind that is new here


def _items(reader: _Reader) -> Callable[[Any], Any]:
    accepted, convert = reader

    def items(data: Any) -> tuple[Any, ...]:
        if type(data) is not list:
            raise WrongShape("this is not a list")
        if accepted.issuperset(map(type, data)):
            return tuple(data)
        return tuple([value if type(value) in accepted else convert(value) for value in data])

    return items


def _mapping(reader: _Reader) -> Callable[[Any], Any]:
    accepted, convert = reader

    def mapping(data: dict[str, Any]) -> dict[str, Any]:
        for name, value in data.items():
            if type(value) not in accepted:
                data[name] = convert(value)
        return data

    return mapping


def _one_of(literals: set[object]) -> Callable[[Any], Any]:
    def one_of(value: Any) -> Any:
        if type(value) is not str or value not in literals:
            raise WrongShape("this value is not allowed here")
        return value

    return one_of


def _refuse(_: Any) -> Any:
    raise WrongShape("this is of another type")
