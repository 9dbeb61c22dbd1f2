"""What ``codebook add`` does with a base: the files to write, and the sentences about what it cannot add."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coprod_review import bundled
from coprod_review.errors import CoprodReviewError, UnknownName
from coprod_review.files import reading
from coprod_review.files.patches import Rewrite
from coprod_review.loading.assembly import codebook_in
from coprod_review.loading.discovery import read_codebook
from coprod_review.loading.files import display_path
from coprod_review.loading.json_schema import SCHEMAS, json_schema
from coprod_review.loading.texts import read_text
from coprod_review.model.codebook import Codebook, as_term_id, is_term_id
from coprod_review.model.record import NOT_CODED
from coprod_review.source.edits import apply_edits
from coprod_review.source.positions import KeyPath, Value, value_at
from coprod_review.source.splices import add_item
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.escaping import json_text, visible
from coprod_review.text.grammar import listed
from coprod_review.text.suggestions import did_you_mean, not_found_message

_FORMS: Mapping[str, tuple[str, ...]] = {"domains": ("group", "domain"), "outcomes": ("group", "domain", "outcome")}
"""Vocabularies whose ids have several parts, with the names of the parts."""
_WIDER = {"domains": "stakeholders", "outcomes": "domains"}
"""The vocabulary that has the beginning of such an id."""


@dataclass(frozen=True, slots=True)
class OwnCodebook:
    """The codebook file of a base, to which terms can be added."""

    text: YamlText
    codebook: Codebook
    base: Path | None
    """The folder that a person named; ``None`` for the bundled base."""

    @property
    def folder(self) -> Path:
        """The folder of the base."""
        return self.base or bundled.DATA

    @property
    def base_option(self) -> str:
        """The option that names this base in another command, with a space before it."""
        return f" --base {shlex.quote(str(self.base))}" if self.base else ""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term to add."""

    vocabulary: str
    id: str
    label: str
    definition: str
    source: str
    kind: str | None = None


def read_own_codebook(base: Path | None) -> OwnCodebook:
    """Return the codebook of a base. Raises ``CoprodReviewError`` where terms cannot be added to it."""
    if base is None and bundled.IS_INSTALLED:
        raise CoprodReviewError("The bundled codebook is a part of the program: name a base of your own with --base.")
    codebook, folder = read_codebook(base), base or bundled.DATA
    if not folder.is_dir():
        raise CoprodReviewError(f"{display_path(folder)} is one file: name the folder of the base with --base.")
    file = folder / "codebook.yaml"
    if not file.exists():
        raise CoprodReviewError(
            f"{display_path(folder)} has no codebook.yaml, so it uses the bundled codebook: to get a copy of that "
            "file, type: coprod-review init NEW-FOLDER --like coprod"
        )
    return OwnCodebook(read_text(file), codebook, base)


# --- what cannot be added -------------------------------------------------------------


def check_id(own: OwnCodebook, vocabulary: str, identity: str) -> None:
    """Raise ``CoprodReviewError`` where an id cannot become a new term of a vocabulary."""
    if vocabulary not in own.codebook.vocabularies:
        more = f"To list all vocabularies, type: coprod-review codebook{own.base_option}"
        problem = f"The codebook has no vocabulary `{visible(vocabulary[:80])}`"
        raise UnknownName(not_found_message(problem, vocabulary, own.codebook.vocabularies, more))
    _refuse_malformed(vocabulary, identity)
    _refuse_known(own, vocabulary, identity)
    _refuse_retired(own, vocabulary, identity)
    if vocabulary in _WIDER:
        _require_wider(own, vocabulary, identity)


def _refuse_malformed(vocabulary: str, identity: str) -> None:
    form = _FORMS.get(vocabulary)
    parts = identity.split(".") if form else [identity]
    shown = visible(identity[:80])
    if form and len(parts) != len(form):
        raise CoprodReviewError(f"`{shown}` is not an id of `{vocabulary}`: type an id in the form {'.'.join(form)}.")
    words = [word for part in parts for word in (part.split(" ") if vocabulary == "places" else [part])]
    if all(map(is_term_id, words)):
        return
    valid = ".".join(map(as_term_id, parts))
    advice = f"type `{valid}` instead" if all(map(is_term_id, valid.split("."))) else "type another id"
    raise CoprodReviewError(
        f"`{shown}` cannot be an id, because an id consists of letters from a to z, digits, and single hyphens or "
        f"underscores between them: {advice}."
    )


def _refuse_known(own: OwnCodebook, vocabulary: str, identity: str) -> None:
    known = own.codebook.find(vocabulary, identity)
    if known and known.superseded_by:
        raise CoprodReviewError(
            f"`{identity}` was retired and replaced by `{known.superseded_by}`, and no id is used again: "
            f"use `{known.superseded_by}`, or type another id."
        )
    if known:
        raise CoprodReviewError(
            f"`{vocabulary}` has the term `{identity}` already: to see it, type: "
            f"coprod-review codebook {shlex.quote(identity)}{own.base_option}"
        )
    for term in own.codebook.terms(vocabulary):
        if identity.casefold() in (word.casefold() for word in (term.id, term.label, *term.synonyms)):
            raise CoprodReviewError(
                f"`{identity}` is another word for the term `{term.id}` of `{vocabulary}`: "
                f"use `{term.id}`, or type another id."
            )


def _refuse_retired(own: OwnCodebook, vocabulary: str, identity: str) -> None:
    """Refuse an id that a comment of its vocabulary names as retired, because no term replaces it."""
    if any(re.search(rf"(?<![\w.-]){re.escape(identity)}(?![\w-])", note) for note in _retired(own.text, vocabulary)):
        raise CoprodReviewError(
            f"A comment in {own.text.name} says that `{identity}` was retired, and no id is used again: "
            "type another id."
        )


def _retired(text: YamlText, vocabulary: str) -> Iterator[str]:
    """Yield the comments of a vocabulary that begin with the word Retired, each with its further lines."""
    names = list(_mapping(text.data, ("vocabularies",)))
    first = text.locate(("vocabularies", vocabulary), "key").line
    following = names[names.index(vocabulary) + 1 :]
    last = text.locate(("vocabularies", following[0]), "key").line if following else len(text.lines)
    for comment in text.comments("Retired"):
        if first <= comment.span.line <= last:
            lines = [comment.text]
            for line in text.lines[comment.span.line :]:
                if not line.lstrip().startswith("#"):
                    break
                lines.append(line.lstrip(" #"))
            yield " ".join(lines)


def _mapping(data: Value, path: KeyPath) -> dict[str, Value]:
    value = value_at(data, path)
    return value if isinstance(value, dict) else {}


def _require_wider(own: OwnCodebook, vocabulary: str, identity: str) -> None:
    wider, place = identity.rpartition(".")[0], _WIDER[vocabulary]
    known = [term.id for term in own.codebook.terms(place)]
    if wider not in known:
        near = did_you_mean(wider, known)
        raise CoprodReviewError(
            f"`{wider}` is not a term of `{place}`: {f'{near} ' if near else ''}To add it first, type: "
            f"coprod-review codebook add {place} {wider}{own.base_option}"
        )


def kinds(codebook: Codebook, vocabulary: str) -> tuple[str, ...]:
    """Return the classes of a vocabulary in which every term has a class, and none for another vocabulary."""
    classes = [term.kind for term in codebook.terms(vocabulary) if term.id != NOT_CODED]
    return tuple(dict.fromkeys(kind for kind in classes if kind)) if all(classes) else ()


def check_kind(codebook: Codebook, vocabulary: str, kind: str) -> str:
    """Return a class that the terms of a vocabulary have. Raises ``CoprodReviewError`` for another one."""
    allowed = kinds(codebook, vocabulary)
    if kind in allowed:
        return kind
    if not allowed:
        raise CoprodReviewError(f"The terms of `{vocabulary}` do not all have a class: leave out --kind.")
    raise CoprodReviewError(
        f"`{visible(kind[:80])}` is not a class of `{vocabulary}`: type one of {', '.join(allowed)}."
    )


# --- the files to write ---------------------------------------------------------------


def plan_addition(own: OwnCodebook, term: NewTerm) -> tuple[Rewrite, ...]:
    """Return the codebook with a new term, and the JSON Schemas beside the base with the terms of that codebook.

    Raises ``CoprodReviewError`` where the codebook is written in a way to which nothing can be added.
    """
    path: KeyPath = ("vocabularies", term.vocabulary, "terms")
    names = ("id", "label", "definition", "source", "kind")
    fields = {name: value for name in names if (value := getattr(term, name)) is not None}
    text = YamlText(apply_edits(own.text, [add_item(own.text, path, fields)]), own.text.name)
    if text.parse_errors != own.text.parse_errors or text.data != _with_item(own.text.data, path, fields):
        raise CoprodReviewError(
            f"{text.name} is written in a way to which a program cannot add a term: add it by hand. "
            "Nothing was changed."
        )
    file = own.folder / "codebook.yaml"
    return Rewrite(file, own.text.original, text.original), *_schemas(own.folder, codebook_in(text))


def _with_item(data: Value, path: KeyPath, item: Mapping[str, str]) -> Value:
    """Return data with one more item at the end of the list at a path."""
    if not path:
        assert isinstance(data, list)
        return [*data, dict(item)]
    assert isinstance(data, dict)
    return {key: _with_item(value, path[1:], item) if key == path[0] else value for key, value in data.items()}


def _schemas(folder: Path, codebook: Codebook) -> Iterator[Rewrite]:
    """Yield the schemas that change, of those in a folder ``schemas`` inside the base or next to the base."""
    place = next((p for p in (folder / "schemas", folder.resolve().parent / "schemas") if p.is_dir()), None)
    for name in SCHEMAS if place else ():
        file = Path(display_path(place / f"{name}.schema.json")) if place else Path()
        if file.is_file():
            before = reading.read(file, reading.DATA).decode("utf-8")
            after = json_text(json_schema(name, codebook))
            if before != after:
                yield Rewrite(file, before, after)


def addition_message(own: OwnCodebook, term: NewTerm, rewrites: tuple[Rewrite, ...]) -> str:
    """Return what was added, which schemas were written, and how to see the term."""
    schemas = [display_path(rewrite.path) for rewrite in rewrites[1:]]
    written = f" Written again: {listed(schemas)}." if schemas else ""
    return (
        f"Added `{term.id}` to `{term.vocabulary}` in {own.text.name}.{written} To see it, type: "
        f"coprod-review codebook {shlex.quote(term.id)}{own.base_option}\n"
    )
