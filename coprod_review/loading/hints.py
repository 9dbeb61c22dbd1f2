"""Problems for data that do not fit a model: what was found, and what to type instead."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from coprod_review.loading import wording
from coprod_review.loading.field_schema import FieldSchema, field_schema, field_schema_at
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.model.codebook import Codebook, term_of_list
from coprod_review.model.record import Record
from coprod_review.source.positions import KeyPath, Value, value_at
from coprod_review.source.problems import Fix, Problem, replacement_fix
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.suggestions import is_likely_typo, nearest

if TYPE_CHECKING:
    from coprod_review.loading.conversion import SchemaError

REPAIRS: Mapping[str, Callable[[Any], Value]] = {"quote": str, "number": int, "list": lambda value: [value]}
"""Functions that turn a value of the wrong type into the value that was meant, by the name of the repair."""


def schema_problems(
    errors: "Iterable[SchemaError]",
    model: type[Record],
    text: YamlText,
    path: KeyPath,
    codebook: Codebook | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each error in the data at ``path``, with what to type instead."""
    for error in errors:
        place = (*path, *error.path)
        if error.kind == "unknown-field":
            fields = field_schema_at(field_schema(model), error.path[:-1]).fields
            yield unknown_field_problem(text, place, tuple(fields))
            continue
        schema, fix = field_schema_at(field_schema(model), error.path), None
        if error.kind == "missing-field":
            hint = _missing_field_hint(schema, str(error.path[-1]), codebook)
        else:
            hint, fix = _wrong_type_hint(text, place, error, schema)
        yield Problem(PARSE_RULES[error.kind], text, place, error.message, hint, fix=fix)


def unknown_field_problem(text: YamlText, path: KeyPath, known: tuple[str, ...]) -> Problem:
    """Return the problem of a field that the model does not have; ``known`` are the fields that are allowed there."""
    field = str(path[-1])
    near = nearest(field, known)
    hint = f"did you mean `{near}`?" if near else f"delete it, or write one of these fields: {', '.join(known)}"
    if field.isdecimal():
        hint = f"a comma separates two fields: write a decimal point, as in 84.{field[:4]}, or use quotation marks"
    siblings = value_at(text.data, path[:-1])
    # Renaming the field to one that is there already would make a duplicate key.
    is_free = not isinstance(siblings, dict) or near not in siblings
    fix = replacement_fix(near, safe=False) if near and is_free and is_likely_typo(field, near) else None
    message = wording.unknown_field(field)
    return Problem(PARSE_RULES["unknown-field"], text, path, message, hint, "key", value=field, fix=fix)


def _missing_field_hint(schema: FieldSchema, field: str, codebook: Codebook | None) -> str:
    if schema.vocabulary:
        allowed = codebook.allowed(schema.vocabulary) if codebook else term_of_list(schema.vocabulary)
        return f"add `{field}:` with {allowed}"
    if schema.fields:
        return f"add `{field}:` with its fields: {', '.join(schema.fields)}"
    return wording.add_field(field)


def _wrong_type_hint(
    text: YamlText, path: KeyPath, error: "SchemaError", schema: FieldSchema
) -> tuple[str, Fix | None]:
    """Return what to type, and a fix where one is clear.

    The fix keeps the characters in the file, not the value: 1.10 becomes "1.10" and not "1.1".
    """
    if pattern := _pattern(schema):
        return f"write {pattern}", None
    written = text.text_at(text.locate(path)) if error.repair else ""
    if not written or not _can_repair(written, error.repair):
        return error.hint, None
    number = str(int(written.strip("\"'"))) if error.repair == "number" else ""
    repaired = {"quote": f'"{written}"', "number": number, "list": f"[{written}]"}[error.repair or ""]
    return f"write {repaired[:80]}", replacement_fix(repaired, safe=True)


def _pattern(schema: FieldSchema) -> str:
    """Return what a mapping or a list of mappings looks like; empty for anything else."""
    if schema.item is not None:
        inner = _pattern(schema.item)
        return f"[{inner}]" if inner else ""
    if schema.keys is not None:
        return f"{{a term of {schema.keys}: a code}}"
    fields = ", ".join(f"{field}: ..." for field in list(schema.fields)[:4])
    return f"{{{fields}{', ...' if len(schema.fields) > 4 else ''}}}" if fields else ""


def _can_repair(written: str, repair: str | None) -> bool:
    """Whether text can be repaired as it is: it has no anchor, tag or character that would then mean something else."""
    if repair == "number":
        return written.strip("\"'").isascii() and written.strip("\"'").isdecimal()
    risky = ',[]{}:#&*!|>%@`"\\' if repair == "list" else '"\\'
    return written[:1] not in "&!*" and not set(written) & set(risky) and not (repair == "list" and " and " in written)
