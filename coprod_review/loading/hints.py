"""Data that do not fit a model, each explained: what was found, and what to type instead."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from coprod_review.loading.evidence_base import Entry as Entry  # what a base is, for whoever reads one here
from coprod_review.loading.evidence_base import EvidenceBase as EvidenceBase
from coprod_review.loading.field_schema import FieldSchema, field_schema, field_schema_at
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import Record
from coprod_review.source.positions import KeyPath, Value, step_into
from coprod_review.source.problems import Fix, Problem, replacement_fix
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.suggestions import is_likely_typo, nearest

if TYPE_CHECKING:
    from coprod_review.loading.conversion import SchemaError


def _pattern(shape: FieldSchema) -> str:
    """What a mapping or a list of mappings looks like; empty for anything else."""
    if shape.item is not None:
        inner = _pattern(shape.item)
        return f"[{inner}]" if inner else ""
    if shape.keys is not None:
        return f"{{a term of {shape.keys}: a code}}"
    shown = ", ".join(f"{field}: ..." for field in list(shape.fields)[:4])
    return f"{{{shown}{', ...' if len(shape.fields) > 4 else ''}}}" if shown else ""


REPAIRS: Mapping[str, Callable[[Any], Value]] = {"quote": str, "number": int, "list": lambda value: [value]}
"""What a slip of type was meant as, by the name of its repair."""


def schema_problems(
    misfits: "Iterable[SchemaError]",
    model: type[Record],
    text: YamlText,
    path: KeyPath,
    codebook: Codebook | None = None,
) -> Iterator[Problem]:
    """What does not fit a model, with what to type instead."""
    for misfit in misfits:
        place = (*path, *misfit.path)
        if misfit.kind == "unknown-field":
            yield unknown_field_problem(
                text, place, tuple(field_schema_at(field_schema(model), misfit.path[:-1]).fields)
            )
        elif misfit.kind == "missing-field":
            hint = _told_of(field_schema_at(field_schema(model), misfit.path), str(misfit.path[-1]), codebook)
            yield Problem(PARSE_RULES[misfit.kind], text, place, misfit.message, hint)
        else:
            hint, fix = _repaired(text, place, misfit, field_schema_at(field_schema(model), misfit.path))
            yield Problem(PARSE_RULES[misfit.kind], text, place, misfit.message, hint, fix=fix)


def _told_of(shape: FieldSchema, field: str, codebook: Codebook | None) -> str:
    """What to write for a field that is missing."""
    if shape.vocabulary:
        allowed = (
            codebook.allowed(shape.vocabulary) if codebook else f"a term of coprod-review codebook {shape.vocabulary}"
        )
        return f"add `{field}:` with {allowed}"
    within = f", which holds {', '.join(shape.fields)}" if shape.fields else ""
    return f"add the line `{field}:` with its value{within}"


def _repaired(text: YamlText, path: KeyPath, misfit: "SchemaError", shape: FieldSchema) -> tuple[str, Fix | None]:
    """What to type, from what is written: 1.10 is to become "1.10" and not "1.1"."""
    if pattern := _pattern(shape):
        return f"write {pattern}", None
    written = text.text_at(text.locate(path)) if misfit.repair else ""
    if not written or not _is_plain(written, misfit.repair):
        return misfit.hint, None
    number = str(int(written.strip("\"'"))) if misfit.repair == "number" else ""
    better = {"quote": f'"{written}"', "number": number, "list": f"[{written}]"}[misfit.repair or ""]
    return f"write {better[:80]}", replacement_fix(better, safe=True)


def _is_plain(written: str, repair: str | None) -> bool:
    """Whether what is written can be repaired as it stands: no anchor, tag or sign that would mean something else."""
    if repair == "number":
        return written.strip("\"'").isascii() and written.strip("\"'").isdecimal()
    risky = ',[]{}:#&*!|>%@`"\\' if repair == "list" else '"\\'
    return written[:1] not in "&!*" and not set(written) & set(risky) and not (repair == "list" and " and " in written)


def unknown_field_problem(text: YamlText, path: KeyPath, known: tuple[str, ...]) -> Problem:
    """Describe a field that the model does not have; ``known`` are the fields that are allowed there."""
    field = str(path[-1])
    near = nearest(field, known)
    hint = f"did you mean `{near}`?" if near else f"delete it; the fields here are: {', '.join(known)}"
    if field.isdecimal():
        hint = f"a comma parts two fields here: write a decimal point, as in 84.{field[:4]}, or quotation marks"
    # A field that is there already would be there twice.
    free = near and near not in _mapping_at(text, path[:-1])
    fix = replacement_fix(near, safe=False) if near and free and is_likely_typo(field, near) else None
    return Problem(
        PARSE_RULES["unknown-field"], text, path, f"unknown field `{field}`", hint, "key", value=field, fix=fix
    )


def _mapping_at(text: YamlText, path: KeyPath) -> dict[str, Value]:
    value = text.data
    for step in path:
        _, value = step_into(value, step)
    return value if isinstance(value, dict) else {}
