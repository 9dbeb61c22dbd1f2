"""Leave out the entries that have errors, so that the others can be analysed."""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import KeyPath, Span
from coprod_review.source.problems import Problem
from coprod_review.source.yaml_text import YamlText


def without_invalid_entries(base: EvidenceBase, errors: Iterable[Problem]) -> EvidenceBase:
    """Return the base without the entries that have errors or cannot be parsed, all named in ``skipped``."""
    parts = set(base.parts.values())
    entry_errors = [error for error in errors if error.text not in parts]
    places = {(error.text, error.path[:2] if error.path[:1] == ("studies",) else ()) for error in entry_errors}
    invalid = [entry for entry in base.entries if (entry.text, entry.path) in places]
    removed = {(entry.text, entry.path) for entry in invalid}
    invalid_names = [entry.id or _location(entry.text, entry.path) for entry in invalid]
    lost_names = [name for text in base.texts for name in text.lost_ids]
    named = removed | {(text, path) for text in base.texts for path in text.lost_paths}
    other_names = [
        _location(error.text, error.path, error.span)
        for error in entry_errors
        if (error.text, error.path[:2]) not in named and (error.text, ()) not in removed
    ]
    return replace(
        base,
        entries=tuple(entry for entry in base.entries if (entry.text, entry.path) not in removed),
        problems=tuple(problem for problem in base.problems if problem.text in parts),
        skipped=tuple(dict.fromkeys((*invalid_names, *lost_names, *other_names))),
    )


def _location(text: YamlText, path: KeyPath, span: Span | None = None) -> str:
    return f"{text.name}:{(span or text.locate(path)).line}"
