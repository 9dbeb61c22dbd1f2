"""The base class of every entry, and the mark of a field whose values are terms of the codebook.

Entries are plain frozen dataclasses. The string under a field is its description in the JSON Schemas and in an
editor's hover text. Nothing in this package validates: ``loading.conversion`` checks shape and types, the rules in
``validate`` check meaning.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

NOT_CODED = "not_coded"
VOCABULARY_MARK = "x-vocabulary"


@dataclass(frozen=True, slots=True)
class Coded:
    """Marks a field that takes its terms from one vocabulary of the codebook."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        """Carry the vocabulary's name into the JSON Schema, where its terms replace it."""
        return {**handler(schema), VOCABULARY_MARK: self.vocabulary}


class Record:
    """Base of every entry: fields not named in the class are refused."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "use_attribute_docstrings": False,
    }


Year = int
PartialDate = int | str
