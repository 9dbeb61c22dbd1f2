"""The base class of every entry, and the annotation of fields that take terms of the codebook.

Entries are plain frozen dataclasses. The string below a field is its description in the JSON Schemas and in the hover
text of an editor. Nothing in this package validates: ``loading.conversion`` checks structure and types, and the rules
in ``validate`` check meaning.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Any, ClassVar, Final, cast, get_args, get_origin

NOT_CODED: Final = "not_coded"
VOCABULARY_KEY = "x-vocabulary"
"""Key under which a generated schema names the vocabulary of a field."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Annotation of a field that takes its terms from one vocabulary of the codebook."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Write the name of the vocabulary into the JSON Schema, in which its terms replace it later."""
        return {**handler(schema), VOCABULARY_KEY: self.vocabulary}


class Record:
    """Base class of every entry: a field that the class does not name is an error, and a list of codes is a set."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "use_attribute_docstrings": False,
    }

    def __post_init__(self) -> None:
        """Keep each code of a list once, so that a code that is written twice never counts twice."""
        for name in _lists_of_codes(cast("Any", type(self))):
            codes = getattr(self, name)
            if len(set(codes)) < len(codes):
                object.__setattr__(self, name, tuple(dict.fromkeys(codes)))


@cache
def _lists_of_codes(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of an entry that have a list of codes."""
    return tuple(field.name for field in fields(kind) if _is_list_of_codes(field.type))


def _is_list_of_codes(annotation: Any) -> bool:
    if get_origin(annotation) is not tuple:
        return False
    item = get_args(annotation)[0]
    return get_origin(item) is Annotated and any(isinstance(mark, Coded) for mark in get_args(item)[1:])


Year = int
PartialDate = int | str
