"""Options that take or list members of a registry.

Importing a registry imports its members, which takes as long as half of ``--help``. So names are looked up when a value
is parsed or completed, and the texts of options have placeholders, which a command fills when its help is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import Any, Protocol

import typer
from typer.core import TyperCommand


class FileFormat(Protocol):
    """A member of a registry of formats."""

    @property
    def name(self) -> str:
        """Name that ``--format`` takes."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes of output files that choose it."""


def format_option(placeholder: str, help: str, default: str) -> Any:
    """Return the option ``--format``, which takes the name of a registered format."""

    def parse(value: str) -> str:
        names = _names(placeholder)
        if value in names:
            return value
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(map(repr, names))}.")

    def complete(incomplete: str) -> list[str]:
        return [name for name in _names(placeholder) if name.startswith(incomplete)]

    metavar = f"<{{{placeholder}}}>"
    return typer.Option(
        "--format", parser=parse, autocompletion=complete, metavar=metavar, help=help, show_default=default
    )


class ListingCommand(TyperCommand):
    """A command whose help fills the placeholders of its options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options."""
        filled = copy(self)
        filled.params = [_with_lists(parameter) for parameter in self.params]
        super(ListingCommand, filled).format_options(ctx, formatter)


def _with_lists(parameter: Any) -> Any:
    filled = copy(parameter)
    for text in ("help", "metavar"):
        if value := getattr(parameter, text, None):
            setattr(filled, text, value.format_map(_Lists()))
    return filled


class _Lists(dict[str, str]):
    """The text of each placeholder, made when it is first needed."""

    def __missing__(self, placeholder: str) -> str:
        return _LISTS[placeholder]() if placeholder in _LISTS else "|".join(_names(placeholder))


def names_by_suffix(formats: Iterable[FileFormat]) -> dict[str, str]:
    """Return the name of the format that each suffix chooses."""
    return {suffix: format.name for format in formats for suffix in format.suffixes}


def alternatives(words: Iterable[str]) -> str:
    """Join words as ``a, b or c``."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _names(placeholder: str) -> list[str]:
    return [format.name for format in _FORMATS[placeholder]()]


def _drawn_formats() -> Iterable[FileFormat]:
    from coprod_review.render import FORMATS

    return FORMATS.values()


def _report_formats() -> Iterable[FileFormat]:
    from coprod_review.render import FORMATS

    return [format for format in FORMATS.values() if not format.needs_chart]


def _diagnostics_formats() -> Iterable[FileFormat]:
    from coprod_review.validate.formats import FORMATS

    return FORMATS.values()


def _export_formats() -> Iterable[FileFormat]:
    from coprod_review.bibliography.writers import WRITERS

    return WRITERS.values()


_FORMATS: Mapping[str, Callable[[], Iterable[FileFormat]]] = {
    "report_formats": _report_formats,
    "drawn_formats": _drawn_formats,
    "diagnostics_formats": _diagnostics_formats,
    "export_formats": _export_formats,
}
"""The formats that an option ``--format`` takes, by the placeholder for their names."""


def _diagnostics_suffixes() -> str:
    from coprod_review.validate.formats import FORMATS

    pairs = [(suffix, format.suffix_note) for format in FORMATS.values() for suffix in format.suffixes]
    return alternatives(f"{suffix} ({note})" if note else suffix for suffix, note in pairs)


def _document_suffixes() -> str:
    from coprod_review.documents.registry import FORMATS

    return alternatives((".md", *FORMATS))


def _bibliographies() -> str:
    from coprod_review.bibliography.readers import READERS

    return alternatives(f"{reader.label} file ({', '.join(reader.suffixes)})" for reader in READERS.values())


_LISTS: Mapping[str, Callable[[], str]] = {
    "report_suffixes": lambda: alternatives(names_by_suffix(_report_formats())),
    "drawn_suffixes": lambda: alternatives(names_by_suffix(_drawn_formats())),
    "export_suffixes": lambda: alternatives(names_by_suffix(_export_formats())),
    "diagnostics_suffixes": _diagnostics_suffixes,
    "document_suffixes": _document_suffixes,
    "bibliographies": _bibliographies,
}
"""Lists within sentences, by their placeholders."""
