"""The base class of every entry, and the annotation of fields that take terms of the codebook.

Entries are plain frozen dataclasses. The string below a field is its description in the JSON Schemas and in the hover
text of an editor. Nothing in this package validates: ``loading.conversion`` checks structure and types, and the rules
in ``validate`` check meaning.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

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
    """Base class of every entry: a field that the class does not name is an error."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "use_attribute_docstrings": False,
    }


Year = int
PartialDate = int | str
