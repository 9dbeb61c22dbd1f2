"""Assemble an evidence base from texts: its parts, its entries, and the problems met while reading them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from coprod_review import bundled
from coprod_review.errors import InvalidBase
from coprod_review.loading import wording
from coprod_review.loading.evidence_base import Entry, EvidenceBase
from coprod_review.loading.field_schema import field_schema, field_schema_at
from coprod_review.loading.files import part_of
from coprod_review.loading.formats import other_format, split_texts
from coprod_review.loading.hints import REPAIRS, schema_problems, unknown_field_problem
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.loading.texts import read_text
from coprod_review.migration.registry import CURRENT
from coprod_review.model.base import NOT_STATED, About, Framework
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

PART_MODELS: Mapping[str, type[Record]] = {
    "base": About,
    "codebook": Codebook,
    "benchmarks": Benchmarks,
    "review": Review,
}
"""Models of the parts of a base, by the stems of their files."""


DATE_FIELDS = frozenset({"as_of", "date", "last_checked", "retrieved", "start", "end"})
"""Fields in which an unquoted date is right: it is text to YAML 1.2, and the same date to YAML 1.1."""

Model = TypeVar("Model", bound=Record)


def assemble(name: str, texts: Iterable[YamlText]) -> EvidenceBase:
    """Assemble a base: parts are recognised by their file names, and every other text holds studies."""
    all_texts = tuple(texts)
    files = split_texts(all_texts)
    parts = files.parts
    problems = [problem for text in all_texts for problem in _parse_problems(text)]
    other = other_format(name, files)
    if other is not None:
        framework = _framework(name, {})
        return EvidenceBase(name, framework, (), all_texts, parts, tuple(problems), other_format=other)
    records: dict[str, Record] = {}
    for stem, text in parts.items():
        record = None if text.lost_entries else _convert_part(PART_MODELS[stem], text, problems)
        if record is not None:
            records[stem] = record
    framework = _framework(name, records)
    entries = tuple(entry for text in files.studies for entry in _entries(text, problems, framework.codebook))
    if not entries and not any(text.lost_entries for text in all_texts):
        problems.append(_no_studies(all_texts))
    return EvidenceBase(
        name,
        framework,
        entries,
        all_texts,
        parts,
        tuple(_without_doubled_traps(problems)),
        uses_bundled_codebook="codebook" not in parts,
    )


def bundled_codebook() -> Codebook:
    """Return the codebook that ships with the package, read once."""
    return _codebook_in(bundled.DATA)


@cache
def _codebook_in(folder: Path) -> Codebook:
    return codebook_in(read_text(folder / "codebook.yaml"))


def codebook_in(text: YamlText) -> Codebook:
    """Return the codebook in a text. Raises ``InvalidBase`` where it has an error."""
    codebook = _convert(Codebook, text.data)
    if isinstance(codebook, list):
        raise InvalidBase(f"The codebook {text.name} has an error: {codebook[0].message}.")
    return codebook


def _parse_problems(text: YamlText) -> Iterator[Problem]:
    for error in _merge_missing_dashes(text.parse_errors):
        if error.kind == "date" and error.path and error.path[-1] in DATE_FIELDS:
            continue
        rule = PARSE_RULES["trap" if error.kind == "date" else error.kind]
        fix = replacement_fix(error.replacement, safe=True) if error.replacement else None
        at: Literal["key", "value"] = "key" if error.kind == "duplicate-key" else "value"
        yield Problem(rule, text, error.path, error.message, error.hint, at, span=error.span, fix=fix)


def _merge_missing_dashes(errors: Sequence[ParseError]) -> Iterator[ParseError]:
    """Yield errors; where a dash is missing every key of the next entry is a duplicate, and only its id is yielded."""
    merged = {e.path[:-1] for e in errors if e.kind == "duplicate-key" and e.path[-1:] == ("id",)}
    for error in errors:
        if error.kind != "duplicate-key" or error.path[:-1] not in merged:
            yield error
        elif error.path[-1] == "id":
            hint = "write `- ` before the second `id`, so that a new entry begins there"
            yield error._replace(message=f"{error.message}: two entries have become one", hint=hint)


def _without_doubled_traps(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield problems without the traps at places of a wrong type, whose own hint says what to type."""
    wrong_types = {(p.text, p.path) for p in problems if p.rule is PARSE_RULES["wrong-type"]}
    for problem in problems:
        if problem.rule is not PARSE_RULES["trap"] or (problem.text, problem.path) not in wrong_types:
            yield problem


def _no_studies(texts: Sequence[YamlText]) -> Problem:
    text = next((t for t in texts if part_of(t.name) is None), texts[-1])
    hint = "add an entry under `studies:`; run `coprod-review schema studies` to see its fields"
    return Problem(PARSE_RULES["no-studies"], text, (), "the evidence base has no studies", hint)


def _entries(text: YamlText, problems: list[Problem], codebook: Codebook) -> Iterator[Entry]:
    """Yield the entries of a studies file, or the one entry of a file for one study; add what is wrong to problems."""
    data = text.data
    if text.lost_entries and data is None:
        return
    if isinstance(data, dict) and "studies" not in data and "id" in data:
        yield _entry(text, (), data, problems, codebook)
        return
    items = data.get("studies") if isinstance(data, dict) else None
    if not isinstance(items, list):
        problems.append(_no_list(text, data))
        return
    for key in data if isinstance(data, dict) else ():
        if key != "studies":
            problems.append(unknown_field_problem(text, (key,), ("studies",)))
    unparsed = {e.path for e in text.parse_errors if e.kind == "syntax" and len(e.path) == 2}
    for number, item in enumerate(items):
        path = ("studies", number)
        if isinstance(item, dict):
            yield _entry(text, path, item, problems, codebook)
        elif path not in unparsed:
            message, hint = (
                wording.wrong_type("an entry with fields", item),
                "begin the entry with `- id:` and its fields",
            )
            problems.append(Problem(PARSE_RULES["wrong-type"], text, path, message, hint))


def _no_list(text: YamlText, data: Value) -> Problem:
    if isinstance(data, dict) and "studies" in data and data["studies"] is None:
        message, hint = wording.wrong_type("a list", None), "add an entry, or write [] if there is none"
        return Problem(PARSE_RULES["wrong-type"], text, ("studies",), message, hint)
    hint = "begin with `studies:` and a list of entries, or with the fields of one study"
    return Problem(PARSE_RULES["wrong-type"], text, (), "this file has no list of studies", hint)


def _entry(text: YamlText, path: KeyPath, raw: dict[str, Value], problems: list[Problem], codebook: Codebook) -> Entry:
    result = _convert(Study, raw)
    if not isinstance(result, list):
        return Entry(text, path, raw, result)
    problems.extend(schema_problems(result, Study, text, path, codebook))
    return Entry(text, path, raw, _repaired_study(raw, result), is_valid=False)


def _repaired_study(raw: dict[str, Value], errors: "Iterable[SchemaError]") -> Study | None:
    """Return an invalid entry as it was probably meant, so that one run of the rules also finds other problems in it.

    Misspelt fields get their names, and plain errors of type are repaired; ``None`` where that is not enough.
    """
    repaired = deepcopy(raw)
    for error in errors:
        *above, last = error.path
        parent: Any = repaired
        for step in above:
            parent = parent[step]
        if error.kind == "unknown-field":
            name = nearest(str(last), field_schema_at(field_schema(Study), error.path[:-1]).fields)
            value = parent.pop(last)
            if name is not None:
                parent.setdefault(name, value)
        elif error.repair:
            parent[last] = REPAIRS[error.repair](parent[last])
    study = _convert(Study, repaired)
    return None if isinstance(study, list) else study


def _convert_part(model: type[Model], text: YamlText, problems: list[Problem]) -> Model | None:
    """Return a part as its model, or ``None`` with its schema errors added to the problems."""
    result = _convert(model, text.data)
    if not isinstance(result, list):
        return result
    problems.extend(schema_problems(result, model, text, ()))
    return None


def _convert(model: type[Model], data: Value) -> "Model | list[SchemaError]":
    from coprod_review.loading.conversion import convert  # pydantic is slow to import

    return convert(model, data)


def _framework(name: str, records: Mapping[str, Record]) -> Framework:
    about, codebook = records.get("base"), records.get("codebook")
    benchmarks, review = records.get("benchmarks"), records.get("review")
    return Framework(
        about=about if isinstance(about, About) else _about_unstated(name),
        codebook=codebook if isinstance(codebook, Codebook) else bundled_codebook(),
        benchmarks=benchmarks.benchmarks if isinstance(benchmarks, Benchmarks) else (),
        review=review if isinstance(review, Review) else None,
    )


def _about_unstated(name: str) -> About:
    """Return the description of a base without base.yaml."""
    return About(
        name=name,
        title=f"The studies in {name}",
        version=NOT_STATED,
        as_of=NOT_STATED,
        licence=NOT_STATED,
        schema=CURRENT,
        eligibility=NOT_STATED,
        search=NOT_STATED,
        coding="The base does not say how its studies were coded.",
        caution="The base does not say how its studies were found, so its figures do not describe all research.",
        sources=(),
    )
