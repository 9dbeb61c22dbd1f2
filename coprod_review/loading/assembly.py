"""An evidence base made of texts: its parts and its entries, and what is wrong with their shape."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from coprod_review import bundled
from coprod_review.errors import UnreadableFile
from coprod_review.loading.evidence_base import Entry as Entry  # what a base is, for whoever reads one here
from coprod_review.loading.evidence_base import EvidenceBase as EvidenceBase
from coprod_review.loading.field_schema import field_schema, field_schema_at
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.model.base import About, Framework, Scope
from coprod_review.model.benchmarks import Benchmarks
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import Record
from coprod_review.model.review import Review
from coprod_review.model.study import Study
from coprod_review.source.parse_error import ParseError
from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Problem, replacement_fix
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.suggestions import nearest

if TYPE_CHECKING:
    from coprod_review.loading.conversion import SchemaError
from coprod_review.loading.hints import REPAIRS, schema_problems, unknown_field_problem
from coprod_review.loading.texts import read_text

PART_MODELS: Mapping[str, type[Record]] = {
    "base": About,
    "codebook": Codebook,
    "benchmarks": Benchmarks,
    "review": Review,
}
"""Files of a base beside its studies, by stem."""

NOT_STATED = "not stated"
"""What a base without base.yaml says of itself."""


# A bare date is text to YAML 1.2 and a date to YAML 1.1: both right in these fields alone.
DATE_FIELDS = frozenset({"as_of", "date", "last_checked", "retrieved", "start", "end"})


def part_of(name: str) -> str | None:
    """Which part of a base a file is by its name, or ``None`` for a file of studies."""
    path = Path(name)
    return path.stem if path.stem in PART_MODELS and path.parent.name != "studies" else None


def assemble(name: str, texts: Iterable[YamlText]) -> EvidenceBase:
    """Make a base of texts: parts are known by their file names, everything else holds studies."""
    held = list(texts)
    parts = {stem: text for text in held if (stem := part_of(text.name))}
    problems = [problem for text in held for problem in _misread(text)]
    read_parts: dict[str, Record] = {}
    for name_of_part, text in parts.items():
        part = None if text.lost_entries else _convert(PART_MODELS[name_of_part], text, (), text.data, problems)
        if part is not None:
            read_parts[name_of_part] = part
    framework = _framework(name, read_parts)
    sheets = [text for text in held if text not in parts.values()]
    entries = tuple(entry for text in sheets for entry in _entries(text, problems, framework.codebook))
    if not entries and not any(text.lost_entries for text in held):
        problems.append(_no_studies(held))
    ill_typed = {(id(p.text), p.path) for p in problems if p.rule is PARSE_RULES["wrong-type"]}
    # What to type instead depends on the field, and the wrong type says it.
    problems = [p for p in problems if p.rule is not PARSE_RULES["trap"] or (id(p.text), p.path) not in ill_typed]
    borrowed = "codebook" not in parts
    return EvidenceBase(name, framework, entries, tuple(held), parts, tuple(problems), uses_bundled_codebook=borrowed)


def _misread(text: YamlText) -> Iterator[Problem]:
    for m in _without_echoes(text.parse_errors):
        if not (m.kind == "date" and m.path and m.path[-1] in DATE_FIELDS):
            kind = PARSE_RULES["trap" if m.kind == "date" else m.kind]
            fix = replacement_fix(m.replacement, safe=True) if m.replacement else None
            at: Literal["key", "value"] = "key" if m.kind == "duplicate-key" else "value"
            yield Problem(kind, text, m.path, m.message, m.hint, at, span=m.span, fix=fix)


def _without_echoes(misreadings: Sequence[ParseError]) -> Iterator[ParseError]:
    """Where a dash is missing every key of the next entry stands a second time: its id alone is told."""
    merged = {m.path[:-1] for m in misreadings if m.kind == "duplicate-key" and m.path[-1:] == ("id",)}
    for m in misreadings:
        if m.kind != "duplicate-key" or m.path[:-1] not in merged:
            yield m
        elif m.path[-1] == "id":
            hint = "write `- ` before the second `id`, so that another entry begins there"
            yield m._replace(message=f"{m.message}: two entries run into one", hint=hint)


def _no_studies(texts: list[YamlText]) -> Problem:
    text = next((t for t in texts if part_of(t.name) is None), texts[-1])
    hint = "add an entry under `studies:`; coprod-review schema studies shows its fields"
    return Problem(PARSE_RULES["no-studies"], text, (), "the base holds no studies", hint)


def _entries(text: YamlText, problems: list[Problem], codebook: Codebook) -> Iterator[Entry]:
    """The entries of a studies file, or the one entry of a file per study."""
    if text.lost_entries and text.data is None:
        return
    data = text.data
    if isinstance(data, dict) and "studies" not in data and "id" in data:
        yield _entry(text, (), data, problems, codebook)
        return
    raw = data.get("studies") if isinstance(data, dict) else None
    if not isinstance(raw, list):
        problems.append(_no_list(text, data))
        return
    for key in data if isinstance(data, dict) else ():
        if key != "studies":
            problems.append(unknown_field_problem(text, (key,), ("studies",)))
    unread = {m.path for m in text.parse_errors if m.kind == "syntax" and len(m.path) == 2}
    for number, value in enumerate(raw):
        path = ("studies", number)
        if isinstance(value, dict):
            yield _entry(text, path, value, problems, codebook)
        elif path not in unread:
            problems.append(
                Problem(
                    PARSE_RULES["wrong-type"],
                    text,
                    path,
                    "this entry is not a mapping",
                    "begin it with `- id:` and its fields",
                )
            )


def _no_list(text: YamlText, data: Value) -> Problem:
    if isinstance(data, dict) and "studies" in data and data["studies"] is None:
        hint = "add an entry, or write [] where there is none"
        return Problem(PARSE_RULES["wrong-type"], text, ("studies",), "expected a list, found nothing", hint)
    hint = "begin with `studies:` and a list of entries, or with the fields of one study"
    return Problem(PARSE_RULES["wrong-type"], text, (), "this file holds no studies", hint)


def _entry(text: YamlText, path: KeyPath, raw: dict[str, Value], problems: list[Problem], codebook: Codebook) -> Entry:
    from coprod_review.loading.conversion import convert  # pydantic is slow to import

    found = convert(Study, raw)
    if not isinstance(found, list):
        return Entry(text, path, raw, found)
    problems.extend(schema_problems(found, Study, text, path, codebook))
    return Entry(text, path, raw, _as_meant(raw, found), is_valid=False)


def _as_meant(raw: dict[str, Value], misfits: "Iterable[SchemaError]") -> Study | None:
    """An unsound entry with mistyped fields under their names and plain slips of type put right, for the checks alone.

    So one round of checking tells what is wrong with its meaning too. ``None`` where anything would have to be guessed.
    """
    from coprod_review.loading.conversion import convert

    meant = deepcopy(raw)
    for misfit in misfits:
        *above, last = misfit.path
        place: Any = meant
        for step in above:
            place = place[step]
        if misfit.kind == "unknown-field":
            near = nearest(str(last), field_schema_at(field_schema(Study), misfit.path[:-1]).fields)
            value = place.pop(last)
            if near is not None:
                place.setdefault(near, value)
        elif misfit.repair:
            place[last] = REPAIRS[misfit.repair](place[last])
    study = convert(Study, meant)
    return None if isinstance(study, list) else study


Model = TypeVar("Model", bound=Record)


def _convert(model: type[Model], text: YamlText, path: KeyPath, data: Value, problems: list[Problem]) -> Model | None:
    """One model, or ``None`` with its misfits added to the problems."""
    from coprod_review.loading.conversion import convert

    found = convert(model, data)
    if not isinstance(found, list):
        return found
    problems.extend(schema_problems(found, model, text, path))
    return None


def _framework(name: str, parts: Mapping[str, Record]) -> Framework:
    about, codebook = parts.get("base"), parts.get("codebook")
    benchmarks, review = parts.get("benchmarks"), parts.get("review")
    return Framework(
        about=about if isinstance(about, About) else _unstated(name),
        codebook=codebook if isinstance(codebook, Codebook) else bundled_codebook(),
        benchmarks=benchmarks.benchmarks if isinstance(benchmarks, Benchmarks) else (),
        review=review if isinstance(review, Review) else None,
    )


@cache
def bundled_codebook() -> Codebook:
    """The codebook that ships with the package, read once."""
    from coprod_review.loading.conversion import convert

    codebook = convert(Codebook, read_text(bundled.DATA / "codebook.yaml").data)
    if isinstance(codebook, list):  # the package itself is broken
        raise UnreadableFile(f"The bundled codebook is not sound: {codebook[0].message}.")
    return codebook


def _unstated(name: str) -> About:
    """What is known of a base without base.yaml: that nothing is stated."""
    return About(
        name=name,
        title=f"The studies in {name}",
        version=NOT_STATED,
        as_of=NOT_STATED,
        licence=NOT_STATED,
        schema="coprod-review/base/1",
        eligibility=NOT_STATED,
        search=NOT_STATED,
        coding="How the studies were coded is not stated.",
        caution="How studies were found is not stated: no figure here speaks for research at large.",
        sources=(),
        scope=Scope(sector="social-care"),
    )
