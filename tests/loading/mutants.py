"""Files of a base with one thing changed, made from the models and the bundled data alone.

Every field is present before the change: what the bundled file does not say is
filled in by its type. So a new field or a new model brings its own mutants.
"""

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from coprod_review import bundled
from coprod_review.loading.json_schema import SCHEMAS
from coprod_review.loading.texts import read_text
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import Coded
from coprod_review.source.positions import KeyPath


class Mutant(NamedTuple):
    """One file with one thing changed."""

    schema: str
    data: Any
    change: str
    """What was changed, for people."""


class Place(NamedTuple):
    """One typed place of a file; ``key`` where it is a field, with its default left open."""

    path: KeyPath
    kind: Any
    value: Any


VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 7, -7, 2019, 2019.0, 1.5, 2**53 - 1, 2**53, -(2**53), 10**30, float(2**60), 1e300),
    *(
        "",
        "text",
        "2019",
        "true",
        "null",
        "1.5",
        [],
        {},
        [None],
        ["text"],
        [7],
        [[]],
        {"x": None},
        {"x": 7},
        {"x": "y"},
    ),
)
"""A value of every type, and the ones that look like another type or are at its limits."""


def mutants(codebook: Codebook, seed: int) -> Iterator[Mutant]:
    """Every mutant of every kind of file; the same seed picks the same bundled entries and values."""
    chance = random.Random(seed)
    for schema, model in SCHEMAS.items():
        whole = filled(model, _shipped(schema, chance), codebook)
        yield Mutant(schema, whole, "nothing")
        for value in VALUES[1:]:
            yield Mutant(schema, deepcopy(value), f"the whole file: {value!r}")
        for place in places(model, whole, ()):
            # An entry within studies.yaml is changed as a file of its own.
            for change, changed in _changes(place, chance) if schema != "studies" or len(place.path) < 4 else ():
                yield Mutant(schema, changed_at(whole, place.path, changed), f"{place.path}: {change}")


def _shipped(schema: str, chance: random.Random) -> Any:
    """Part of a bundled file: of each list one entry by chance, of each free mapping two."""
    name = "studies" if schema == "study" else schema
    data: Any = read_text(bundled.DATA / f"{name}.yaml").data
    entry = chance.choice(data["studies"]) if name == "studies" else {}
    return {"study": entry, "studies": {"studies": [entry]}}.get(schema) or _shortened(data, chance)


def _shortened(data: Any, chance: random.Random) -> Any:
    if isinstance(data, list) and len(data) > 1:
        return [_shortened(chance.choice(data), chance)]
    if isinstance(data, dict):
        kept = dict(chance.sample(sorted(data.items()), 2)) if len(data) > 20 else data
        return {key: _shortened(value, chance) for key, value in kept.items()}
    return data


def filled(kind: Any, value: Any, codebook: Codebook) -> Any:
    """A value with every field of its type given: what it does not say itself is sound and made up."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return filled(arguments[0], value, codebook)
    if origin is tuple:
        return [filled(arguments[0], item, codebook) for item in value or [None]]
    if origin is dict:
        items = value or {filled(arguments[0], None, codebook): None}
        return {key: filled(arguments[1], item, codebook) for key, item in items.items()}
    if is_dataclass(kind):
        return {key: filled(field.type, (value or {}).get(key), codebook) for key, field in keys(kind).items()}
    return _made_up(kind, codebook) if value is None else value


def _made_up(kind: Any, codebook: Codebook) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        mark = next(mark for mark in arguments if isinstance(mark, Coded))
        return codebook.terms(mark.vocabulary)[0].id
    return arguments[0] if origin is Literal else {str: "text", int: 7, float: 1.5, bool: True}[kind]


def keys(model: Any) -> dict[str, Any]:
    """The fields of a model by the keys that its file uses."""
    rename = getattr(model, "__pydantic_config__", {}).get("alias_generator") or str
    return {rename(field.name): field for field in fields(model)}


def places(kind: Any, value: Any, path: KeyPath) -> Iterator[Place]:
    """Every typed place of a value, the outermost first."""
    yield Place(path, kind, value)
    for member in get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,):
        origin, arguments = get_origin(member), get_args(member)
        if origin is tuple and isinstance(value, list):
            for number, item in enumerate(value):
                yield from places(arguments[0], item, (*path, number))
        elif origin is dict and isinstance(value, dict):
            for key, item in value.items():
                yield from places(arguments[1], item, (*path, key))
        elif is_dataclass(member) and isinstance(value, dict):
            for key, field in keys(member).items():
                yield from places(field.type, value[key], (*path, key))


_GONE = object()


def changed_at(data: Any, path: KeyPath, value: Any) -> Any:
    """The data with another value at a path, or with nothing there."""
    if not path:
        return value
    items = dict(enumerate(data)) if isinstance(data, list) else dict(data)
    items[path[0]] = changed_at(items[path[0]], path[1:], value)
    kept = {key: one for key, one in items.items() if one is not _GONE}
    return list(kept.values()) if isinstance(data, list) else kept


def _changes(place: Place, chance: random.Random) -> Iterator[tuple[str, Any]]:
    if place.path:
        yield "left out", _GONE
    if place.path:  # a file of nothing is empty, which is syntax
        yield "null", None
    for value in chance.sample(VALUES[1:], 4):
        yield f"{value!r}", deepcopy(value)
    if isinstance(place.value, str):
        yield "other case", place.value.swapcase()
        yield "unknown word", f"{place.value}-x"
    if isinstance(place.value, int | float):
        yield "number as text", str(place.value)
        yield "float", float(place.value)
    if isinstance(place.value, list):
        yield "first item alone", place.value[0]
        yield "twice", place.value * 2
        yield "null at its end", [*place.value, None]
    if isinstance(place.value, dict):
        yield from _of_mapping(place, chance)


def _of_mapping(place: Place, chance: random.Random) -> Iterator[tuple[str, Any]]:
    key, value = chance.choice(sorted(place.value.items()))
    yield "unknown key", {**place.value, "unknown": value}
    yield "key in other case", {(k.swapcase() if k == key else k): v for k, v in place.value.items()}
    yield "key renamed", {(f"{k}-x" if k == key else k): v for k, v in place.value.items()}
    yield "a list of it", [place.value]
