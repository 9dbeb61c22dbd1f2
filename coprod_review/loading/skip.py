"""A base without the entries that have errors, so that the others can be analysed."""

from collections.abc import Iterable
from dataclasses import replace

from coprod_review.loading.evidence_base import Entry as Entry  # what a base is, for whoever reads one here
from coprod_review.loading.evidence_base import EvidenceBase as EvidenceBase
from coprod_review.source.positions import KeyPath, Span
from coprod_review.source.problems import Problem
from coprod_review.source.yaml_text import YamlText


def without_invalid_entries(base: EvidenceBase, errors: Iterable[Problem]) -> EvidenceBase:
    """The base without the entries that have errors, and without what could not be read, all named as skipped."""
    parts = set(map(id, base.parts.values()))
    outside = [error for error in errors if id(error.text) not in parts]
    places = {(id(error.text), error.path[:2] if error.path[:1] == ("studies",) else ()) for error in outside}
    unsound = [entry for entry in base.entries if (id(entry.text), entry.path) in places]
    gone = {(id(entry.text), entry.path) for entry in unsound}
    named = [entry.id or _line_of(entry.text, entry.path) for entry in unsound]
    lost = [name for text in base.texts for name in text.lost_ids]
    known = gone | {(id(text), path) for text in base.texts for path in text.lost_paths}
    elsewhere = [
        _line_of(error.text, error.path, error.span)
        for error in outside
        if (id(error.text), error.path[:2]) not in known and (id(error.text), ()) not in gone
    ]
    return replace(
        base,
        entries=tuple(e for e in base.entries if (id(e.text), e.path) not in gone),
        problems=tuple(p for p in base.problems if id(p.text) in parts),
        skipped=tuple(dict.fromkeys((*named, *lost, *elsewhere))),
    )


def _line_of(text: YamlText, path: KeyPath, span: Span | None = None) -> str:
    return f"{text.name}:{(span or text.locate(path)).line}"
