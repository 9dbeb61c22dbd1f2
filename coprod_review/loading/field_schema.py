"""The shape of a model as data: which fields a mapping may have, and which places hold a term.

Read once from the dataclasses, so that a check can walk data that no model
accepted, and a suggestion can name the fields that were allowed at a place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from coprod_review.model.record import Coded
from coprod_review.source.positions import KeyPath, Value


@dataclass(frozen=True, slots=True)
class FieldSchema:
    """What may stand at one place."""

    vocabulary: str | None = None
    """Vocabulary of a term that stands here."""
    literals: frozenset[str] = frozenset()
    """Words allowed beside the vocabulary."""
    item: "FieldSchema | None" = None
    """Shape of every item of a list."""
    fields: "dict[str, FieldSchema]" = field(default_factory=dict)
    """Shapes of the fields of a mapping, by key."""
    keys: str | None = None
    """Vocabulary of the keys of a free mapping."""
    values: "FieldSchema | None" = None
    """Shape of the values of a free mapping."""


_NOTHING = FieldSchema()


class TermUse(NamedTuple):
    """One place where data use a term."""

    path: KeyPath
    vocabulary: str
    term: str
    is_key: bool
    literals: frozenset[str]


@cache
def _shape(model: Any) -> FieldSchema:
    """The shape of a dataclass or of any annotation inside one."""
    origin, arguments = get_origin(model), get_args(model)
    if origin is Annotated:
        vocabulary = next((mark.vocabulary for mark in arguments[1:] if isinstance(mark, Coded)), None)
        return FieldSchema(vocabulary=vocabulary) if vocabulary else field_schema(arguments[0])
    if origin in (Union, UnionType):
        return _joined([field_schema(member) for member in arguments if member is not type(None)])
    if origin is Literal:
        return FieldSchema(literals=frozenset(str(word) for word in arguments))
    if origin is tuple:
        return FieldSchema(item=field_schema(arguments[0]))
    if origin is dict:
        return FieldSchema(keys=field_schema(arguments[0]).vocabulary, values=field_schema(arguments[1]))
    if is_dataclass(model):
        rename = getattr(model, "__pydantic_config__", {}).get("alias_generator") or str
        return FieldSchema(fields={rename(f.name): field_schema(f.type) for f in fields(model)})
    return _NOTHING


def field_schema(model: Any) -> FieldSchema:
    """The shape of a model class or annotation, made once."""
    return _shape(model)


def _joined(members: list[FieldSchema]) -> FieldSchema:
    told = next((m for m in members if m != FieldSchema() and not m.literals), FieldSchema())
    literals = frozenset(word for m in members for word in m.literals)
    return FieldSchema(told.vocabulary, literals, told.item, told.fields, told.keys, told.values)


def all_terms_known(shape: FieldSchema, value: Value, known: Mapping[str, frozenset[str]]) -> bool:
    """Whether every term that data use is known: the quick answer, where ``term_uses`` gives the places."""
    if isinstance(value, str):
        vocabulary = shape.vocabulary
        return vocabulary is None or value in known.get(vocabulary, _NONE) or value in shape.literals
    if isinstance(value, list):
        item = shape.item
        if item is None or item is _NOTHING:
            return True
        return all(all_terms_known(item, one, known) for one in value)
    if isinstance(value, dict):
        return _mapping_fits(shape, value, known)
    return True


_NONE: frozenset[str] = frozenset()


def _mapping_fits(shape: FieldSchema, value: dict[str, Value], known: Mapping[str, frozenset[str]]) -> bool:
    if shape.keys is not None and not known.get(shape.keys, _NONE).issuperset(value):
        return False
    for key, one in value.items():
        inner = shape.values or shape.fields.get(key)
        if inner is not None and inner is not _NOTHING and not all_terms_known(inner, one, known):
            return False
    return True


def term_uses(shape: FieldSchema, value: Value, path: KeyPath = ()) -> Iterator[TermUse]:
    """Every term that data use, with its place; places of a wrong type are passed over."""
    if isinstance(value, str):
        if shape.vocabulary:
            yield TermUse(path, shape.vocabulary, value, False, shape.literals)
    elif isinstance(value, list):
        if shape.item is not None and shape.item is not _NOTHING:
            for number, item in enumerate(value):
                yield from term_uses(shape.item, item, (*path, number))
    elif isinstance(value, dict):
        yield from _uses_in_mapping(shape, value, path)


def _uses_in_mapping(shape: FieldSchema, value: dict[str, Value], path: KeyPath) -> Iterator[TermUse]:
    for key, item in value.items():
        if shape.keys:
            yield TermUse((*path, key), shape.keys, key, True, frozenset())
        inner = shape.values or shape.fields.get(key)
        if inner is not None and inner is not _NOTHING:
            yield from term_uses(inner, item, (*path, key))


def field_schema_at(shape: FieldSchema, path: KeyPath) -> FieldSchema:
    """What may stand at a path; nothing known where anything may."""
    for step in path:
        inner = shape.item if isinstance(step, int) else shape.values or shape.fields.get(step)
        shape = inner or _NOTHING
    return shape
