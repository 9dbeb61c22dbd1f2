"""Sentences about data that do not fit a model."""

from coprod_review.source.positions import Value


def wrong_type(expected: str, value: Value) -> str:
    """Return the sentence for a value of the wrong type; ``expected`` is what the field takes, such as ``a list``."""
    return f"this must be {expected}, but it is {_describe(value)}"


def unknown_field(field: str) -> str:
    """Return the sentence for a field that the model does not have."""
    return f"there is no field `{field}` here"


def missing_field(field: str) -> str:
    """Return the sentence for a required field that is missing."""
    return f"the field `{field}` is missing"


def add_field(field: str) -> str:
    """Return what to type for a missing field."""
    return f"add the line `{field}:` with its value"


def _describe(value: Value) -> str:
    match value:
        case None:
            return "empty"
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
