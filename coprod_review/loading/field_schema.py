"""The schema of a model as data: which fields a mapping may have, and which places take a term of a vocabulary.

It is made from the dataclasses, so that a rule can walk data that do not fit
the model, and a suggestion can name the fields that are allowed at a place.
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
    """What is allowed at one place."""

    vocabulary: str | None = None
    """The vocabulary of a term."""
    literals: frozenset[str] = frozenset()
    """Words that are allowed beside the vocabulary."""
    item: "FieldSchema | None" = None
    """The schema of every item of a list."""
    fields: "dict[str, FieldSchema]" = field(default_factory=dict)
    """The schemas of the fields of a mapping, by key."""
    keys: str | None = None
    """The vocabulary of the keys of a mapping without fixed fields."""
    values: "FieldSchema | None" = None
    """The schema of the values of a mapping without fixed fields."""


_ANY = FieldSchema()
_NO_TERMS: frozenset[str] = frozenset()


class TermUse(NamedTuple):
    """One place where data use a term."""

    path: KeyPath
    vocabulary: str
    term: str
    is_key: bool
    literals: frozenset[str]


def field_schema(model: Any) -> FieldSchema:
    """Return the schema of a model class, or of an annotation inside one."""
    return _make_schema(model)  # mypy does not accept a class as an argument of a cached function


@cache
def _make_schema(model: Any) -> FieldSchema:
    origin, arguments = get_origin(model), get_args(model)
    if origin is Annotated:
        vocabulary = next((mark.vocabulary for mark in arguments[1:] if isinstance(mark, Coded)), None)
        return FieldSchema(vocabulary=vocabulary) if vocabulary else field_schema(arguments[0])
    if origin in (Union, UnionType):
        return _union([field_schema(member) for member in arguments if member is not type(None)])
    if origin is Literal:
        return FieldSchema(literals=frozenset(str(word) for word in arguments))
    if origin is tuple:
        return FieldSchema(item=field_schema(arguments[0]))
    if origin is dict:
        return FieldSchema(keys=field_schema(arguments[0]).vocabulary, values=field_schema(arguments[1]))
    if is_dataclass(model):
        rename = getattr(model, "__pydantic_config__", {}).get("alias_generator") or str
        return FieldSchema(fields={rename(f.name): field_schema(f.type) for f in fields(model)})
    return _ANY


def _union(members: list[FieldSchema]) -> FieldSchema:
    """Return the literals of all members with the schema of the one that is more than literals."""
    main = next((member for member in members if member != _ANY and not member.literals), _ANY)
    literals = frozenset(word for member in members for word in member.literals)
    return FieldSchema(main.vocabulary, literals, main.item, main.fields, main.keys, main.values)


def field_schema_at(schema: FieldSchema, path: KeyPath) -> FieldSchema:
    """Return what is allowed at a path below a schema."""
    for step in path:
        inner = schema.item if isinstance(step, int) else schema.values or schema.fields.get(step)
        schema = inner or _ANY
    return schema


def all_terms_known(schema: FieldSchema, value: Value, known: Mapping[str, frozenset[str]]) -> bool:
    """Whether every term that data use is known: a quick answer, where ``term_uses`` gives the places."""
    if isinstance(value, str):
        vocabulary = schema.vocabulary
        return vocabulary is None or value in known.get(vocabulary, _NO_TERMS) or value in schema.literals
    if isinstance(value, list):
        item = schema.item
        if item is None or item is _ANY:
            return True
        return all(all_terms_known(item, one, known) for one in value)
    if isinstance(value, dict):
        return _all_known_in_mapping(schema, value, known)
    return True


def _all_known_in_mapping(schema: FieldSchema, value: dict[str, Value], known: Mapping[str, frozenset[str]]) -> bool:
    if schema.keys is not None and not known.get(schema.keys, _NO_TERMS).issuperset(value):
        return False
    for key, item in value.items():
        inner = schema.values or schema.fields.get(key)
        if inner is not None and inner is not _ANY and not all_terms_known(inner, item, known):
            return False
    return True


def term_uses(schema: FieldSchema, value: Value, path: KeyPath = ()) -> Iterator[TermUse]:
    """Yield every term that data use, with its place; values of a wrong type are skipped."""
    if isinstance(value, str):
        if schema.vocabulary:
            yield TermUse(path, schema.vocabulary, value, False, schema.literals)
    elif isinstance(value, list):
        if schema.item is not None and schema.item is not _ANY:
            for number, item in enumerate(value):
                yield from term_uses(schema.item, item, (*path, number))
    elif isinstance(value, dict):
        yield from _uses_in_mapping(schema, value, path)


def _uses_in_mapping(schema: FieldSchema, value: dict[str, Value], path: KeyPath) -> Iterator[TermUse]:
    for key, item in value.items():
        if schema.keys:
            yield TermUse((*path, key), schema.keys, key, True, frozenset())
        inner = schema.values or schema.fields.get(key)
        if inner is not None and inner is not _ANY:
            yield from term_uses(inner, item, (*path, key))
