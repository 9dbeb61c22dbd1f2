"""The evidence base: found on disk, read from text, ready for analysis."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from coprod_review import bundled
from coprod_review.base import Entry as Entry  # what a base is, for whoever reads one here
from coprod_review.base import EvidenceBase as EvidenceBase
from coprod_review.base import files_of, paused_collector, shown
from coprod_review.base import narrowed as narrowed
from coprod_review.errors import InvalidBase, UnreadableFile
from coprod_review.misreadings import READING
from coprod_review.model.base import About, Framework, Scope
from coprod_review.model.benchmarks import Benchmarks
from coprod_review.model.codebook import Codebook
from coprod_review.model.record import Record
from coprod_review.model.review import Review
from coprod_review.model.study import Study
from coprod_review.shape import Shape, shape_at, shape_of
from coprod_review.source.parse_problem import Misreading
from coprod_review.source.positions import KeyPath, Span, Value, descend
from coprod_review.source.problems import Fix, Problem, instead
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.suggestions import alike, nearest

if TYPE_CHECKING:
    from coprod_review.validation import Misfit

PARTS: Mapping[str, type[Record]] = {
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


def codebook_of(path: Path | None) -> Codebook:
    """The codebook of a base, or the bundled one where the base has none.

    Raises ``InvalidBase`` where the base has a codebook that is not sound.
    """
    if path is None:
        return bundled_codebook()
    base = read(path)
    text = base.parts.get("codebook")
    faults = [p for p in base.problems if p.text is text]
    if faults:
        raise InvalidBase(
            f"The codebook of {base.name} is not sound: {faults[0].message}. See: coprod-review validate {base.name}"
        )
    return base.framework.codebook


def read(path: Path | str | None = None) -> EvidenceBase:
    """Read a base from a folder, from one studies file, or the bundled one.

    Nothing is refused here: what is wrong stands in ``problems``. Raises
    ``UnreadableFile`` where the path is missing or holds no studies.
    """
    place = Path(path) if path is not None else bundled.DATA
    with paused_collector():
        return replace(assemble(shown(place), texts_of(place)), passed_over=_passed_over(place))


def texts_of(place: Path) -> list[YamlText]:
    """The texts of a base: its parts first, then its studies in the order of their names."""
    try:
        return _texts_of(place)
    except PermissionError as error:
        raise UnreadableFile(f"{shown(Path(error.filename))} cannot be opened: check its permissions.") from None


def _texts_of(place: Path) -> list[YamlText]:
    if not _exists(place):
        raise UnreadableFile(f"There is no file or folder {shown(place)}: check the path given to --base.")
    if not place.is_dir():
        return [read_text(place)]
    parts, single, many = files_of(place)
    if not single.exists() and not many and place.name == "studies" and any(place.glob("*.yaml")):
        raise UnreadableFile(f"{shown(place)} is the folder of studies inside a base: name the folder above it.")
    if not single.exists() and not many:
        raise UnreadableFile(
            f"{shown(place)} holds no studies.yaml and no studies/*.yaml: "
            "name a folder that has one, or a studies file."
        )
    return [read_text(p) for p in (*parts, single, *many) if p.exists() or p.is_symlink()]


def _passed_over(place: Path) -> tuple[YamlText, ...]:
    """YAML files in the folders of a base that are not read: another name, the suffix .yml, a folder too deep."""
    if not place.is_dir():
        return ()
    known = {place / f"{stem}.yaml" for stem in (*PARTS, "studies")}
    folder = place / "studies"
    top = [path for path in place.glob("*.y*ml") if path not in known]
    below = [p for p in folder.glob("**/*.y*ml") if p.parent != folder or p.suffix != ".yaml"]
    return tuple(YamlText("", shown(path)) for path in sorted((*top, *below)) if path.suffix in (".yml", ".yaml"))


def read_text(path: Path) -> YamlText:
    """Read one file; a file that cannot be opened becomes a text that says so."""
    name = shown(path)
    try:
        if not path.is_file():
            return YamlText.unread(name, "unreadable", "this is not a file", "put a YAML file here, or take it away")
        return YamlText.from_bytes(path.read_bytes(), name)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return YamlText.unread(name, "unreadable", f"the file cannot be read: {reason}", "check its permissions")


def _exists(path: Path) -> bool:
    """Whether there is anything at a path; a name that no file can have is nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def part_of(name: str) -> str | None:
    """Which part of a base a file is by its name, or ``None`` for a file of studies."""
    path = Path(name)
    return path.stem if path.stem in PARTS and path.parent.name != "studies" else None


def assemble(name: str, texts: Iterable[YamlText]) -> EvidenceBase:
    """Make a base of texts: parts are known by their file names, everything else holds studies."""
    held = list(texts)
    parts = {stem: text for text in held if (stem := part_of(text.name))}
    problems = [problem for text in held for problem in _misread(text)]
    read_parts: dict[str, Record] = {}
    for name_of_part, text in parts.items():
        part = None if text.lost else _convert(PARTS[name_of_part], text, (), text.data, problems)
        if part is not None:
            read_parts[name_of_part] = part
    framework = _framework(name, read_parts)
    sheets = [text for text in held if text not in parts.values()]
    entries = tuple(entry for text in sheets for entry in _entries(text, problems, framework.codebook))
    if not entries and not any(text.lost for text in held):
        problems.append(_no_studies(held))
    ill_typed = {(id(p.text), p.path) for p in problems if p.kind is READING["wrong-type"]}
    # What to type instead depends on the field, and the wrong type says it.
    problems = [p for p in problems if p.kind is not READING["trap"] or (id(p.text), p.path) not in ill_typed]
    borrowed = "codebook" not in parts
    return EvidenceBase(name, framework, entries, tuple(held), parts, tuple(problems), borrowed=borrowed)


def _misread(text: YamlText) -> Iterator[Problem]:
    for m in _without_echoes(text.misreadings):
        if not (m.kind == "date" and m.path and m.path[-1] in DATE_FIELDS):
            kind = READING["trap" if m.kind == "date" else m.kind]
            fix = instead(m.instead, safe=True) if m.instead else None
            at: Literal["key", "value"] = "key" if m.kind == "duplicate-key" else "value"
            yield Problem(kind, text, m.path, m.message, m.hint, at, span=m.span, fix=fix)


def _without_echoes(misreadings: Sequence[Misreading]) -> Iterator[Misreading]:
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
    return Problem(READING["no-studies"], text, (), "the base holds no studies", hint)


def _entries(text: YamlText, problems: list[Problem], codebook: Codebook) -> Iterator[Entry]:
    """The entries of a studies file, or the one entry of a file per study."""
    if text.lost and text.data is None:
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
            problems.append(_unknown_field(text, (key,), ("studies",)))
    unread = {m.path for m in text.misreadings if m.kind == "syntax" and len(m.path) == 2}
    for number, value in enumerate(raw):
        path = ("studies", number)
        if isinstance(value, dict):
            yield _entry(text, path, value, problems, codebook)
        elif path not in unread:
            problems.append(
                Problem(
                    READING["wrong-type"],
                    text,
                    path,
                    "this entry is not a mapping",
                    "begin it with `- id:` and its fields",
                )
            )


def _no_list(text: YamlText, data: Value) -> Problem:
    if isinstance(data, dict) and "studies" in data and data["studies"] is None:
        hint = "add an entry, or write [] where there is none"
        return Problem(READING["wrong-type"], text, ("studies",), "expected a list, found nothing", hint)
    hint = "begin with `studies:` and a list of entries, or with the fields of one study"
    return Problem(READING["wrong-type"], text, (), "this file holds no studies", hint)


def _entry(text: YamlText, path: KeyPath, raw: dict[str, Value], problems: list[Problem], codebook: Codebook) -> Entry:
    from coprod_review.validation import convert  # pydantic is slow to import

    found = convert(Study, raw)
    if not isinstance(found, list):
        return Entry(text, path, raw, found)
    problems.extend(_told(found, Study, text, path, codebook))
    return Entry(text, path, raw, _as_meant(raw, found), sound=False)


def _as_meant(raw: dict[str, Value], misfits: "Iterable[Misfit]") -> Study | None:
    """An unsound entry with mistyped fields under their names and plain slips of type put right, for the checks alone.

    So one round of checking tells what is wrong with its meaning too. ``None`` where anything would have to be guessed.
    """
    from coprod_review.validation import convert

    meant = deepcopy(raw)
    for misfit in misfits:
        *above, last = misfit.path
        place: Any = meant
        for step in above:
            place = place[step]
        if misfit.kind == "unknown-field":
            near = nearest(str(last), shape_at(shape_of(Study), misfit.path[:-1]).fields)
            value = place.pop(last)
            if near is not None:
                place.setdefault(near, value)
        elif misfit.repair:
            place[last] = REPAIRS[misfit.repair](place[last])
    study = convert(Study, meant)
    return None if isinstance(study, list) else study


def _pattern(shape: Shape) -> str:
    """What a mapping or a list of mappings looks like; empty for anything else."""
    if shape.item is not None:
        inner = _pattern(shape.item)
        return f"[{inner}]" if inner else ""
    if shape.keys is not None:
        return f"{{a term of {shape.keys}: a code}}"
    shown = ", ".join(f"{field}: ..." for field in list(shape.fields)[:4])
    return f"{{{shown}{', ...' if len(shape.fields) > 4 else ''}}}" if shown else ""


REPAIRS: Mapping[str, Callable[[Any], Value]] = {"quote": str, "number": int, "list": lambda value: [value]}
"""What a slip of type was meant as, by the name of its repair."""


Model = TypeVar("Model", bound=Record)


def _convert(model: type[Model], text: YamlText, path: KeyPath, data: Value, problems: list[Problem]) -> Model | None:
    """One model, or ``None`` with its misfits added to the problems."""
    from coprod_review.validation import convert

    found = convert(model, data)
    if not isinstance(found, list):
        return found
    problems.extend(_told(found, model, text, path))
    return None


def _told(
    misfits: "Iterable[Misfit]", model: type[Record], text: YamlText, path: KeyPath, codebook: Codebook | None = None
) -> Iterator[Problem]:
    """What does not fit a model, with what to type instead."""
    for misfit in misfits:
        place = (*path, *misfit.path)
        if misfit.kind == "unknown-field":
            yield _unknown_field(text, place, tuple(shape_at(shape_of(model), misfit.path[:-1]).fields))
        elif misfit.kind == "missing-field":
            hint = _told_of(shape_at(shape_of(model), misfit.path), str(misfit.path[-1]), codebook)
            yield Problem(READING[misfit.kind], text, place, misfit.message, hint)
        else:
            hint, fix = _repaired(text, place, misfit, shape_at(shape_of(model), misfit.path))
            yield Problem(READING[misfit.kind], text, place, misfit.message, hint, fix=fix)


def _told_of(shape: Shape, field: str, codebook: Codebook | None) -> str:
    """What to write for a field that is missing."""
    if shape.vocabulary:
        allowed = (
            codebook.allowed(shape.vocabulary) if codebook else f"a term of coprod-review codebook {shape.vocabulary}"
        )
        return f"add `{field}:` with {allowed}"
    within = f", which holds {', '.join(shape.fields)}" if shape.fields else ""
    return f"add the line `{field}:` with its value{within}"


def _repaired(text: YamlText, path: KeyPath, misfit: "Misfit", shape: Shape) -> tuple[str, Fix | None]:
    """What to type, from what is written: 1.10 is to become "1.10" and not "1.1"."""
    if pattern := _pattern(shape):
        return f"write {pattern}", None
    written = text.source(text.locate(path)) if misfit.repair else ""
    if not written or not _is_plain(written, misfit.repair):
        return misfit.hint, None
    number = str(int(written.strip("\"'"))) if misfit.repair == "number" else ""
    better = {"quote": f'"{written}"', "number": number, "list": f"[{written}]"}[misfit.repair or ""]
    return f"write {better[:80]}", instead(better, safe=True)


def _is_plain(written: str, repair: str | None) -> bool:
    """Whether what is written can be repaired as it stands: no anchor, tag or sign that would mean something else."""
    if repair == "number":
        return written.strip("\"'").isascii() and written.strip("\"'").isdecimal()
    risky = ',[]{}:#&*!|>%@`"\\' if repair == "list" else '"\\'
    return written[:1] not in "&!*" and not set(written) & set(risky) and not (repair == "list" and " and " in written)


def _unknown_field(text: YamlText, path: KeyPath, known: tuple[str, ...]) -> Problem:
    field = str(path[-1])
    near = nearest(field, known)
    hint = f"did you mean `{near}`?" if near else f"delete it; the fields here are: {', '.join(known)}"
    if field.isdecimal():
        hint = f"a comma parts two fields here: write a decimal point, as in 84.{field[:4]}, or quotation marks"
    # A field that is there already would be there twice.
    free = near and near not in _mapping_at(text, path[:-1])
    fix = instead(near, safe=False) if near and free and alike(field, near) else None
    return Problem(READING["unknown-field"], text, path, f"unknown field `{field}`", hint, "key", value=field, fix=fix)


def _mapping_at(text: YamlText, path: KeyPath) -> dict[str, Value]:
    value = text.data
    for step in path:
        _, value = descend(value, step)
    return value if isinstance(value, dict) else {}


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
    from coprod_review.validation import convert

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


def without(base: EvidenceBase, errors: Iterable[Problem]) -> EvidenceBase:
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


def read_around(paths: Sequence[Path], base_path: Path | None = None) -> list[tuple[EvidenceBase, frozenset[str]]]:
    """Each base that the paths belong to, with the names of the files that the paths stand for.

    A folder is a base. A file belongs to the base that is named, or else to that
    of its folder, or of the folder above ``studies/``, or else to the bundled
    one; files of one base are read together. Raises ``UnreadableFile`` where a
    path is missing or cannot be opened.
    """
    homes: dict[Path, list[Path]] = {}
    for path in paths:
        if not _exists(path):
            raise UnreadableFile(f"There is no file or folder {shown(path)}: check the path.")
        home = path if path.is_dir() else base_path or _home(path)
        homes.setdefault(home.resolve(), []).append(path)
    return [_read_home(base_path or home, held) for home, held in homes.items()]


def _read_home(home: Path, paths: list[Path]) -> tuple[EvidenceBase, frozenset[str]]:
    whole = next((path for path in paths if path.is_dir()), None)
    if whole is not None:
        base = read(whole)
        return base, frozenset(text.name for text in (*base.texts, *base.passed_over))
    texts = {text.name: text for text in map(read_text, paths)}
    for text in texts.values():
        if any(m.kind == "unreadable" for m in text):
            raise UnreadableFile(f"{text.name}: {text.misreadings[0].message}.")
    # A part such as codebook.yaml takes the place of the base's own.
    parts = {part for name in texts if (part := part_of(name))}
    with paused_collector():
        beside = [t for t in texts_of(home) if t.name not in texts and part_of(t.name) not in parts]
        return assemble(shown(home), [*beside, *texts.values()]), frozenset(texts)


def _home(path: Path) -> Path:
    """The folder of the base that a file lies in; the bundled one for a file in no base."""
    folder = path.resolve().parent
    candidates = (folder, folder.parent) if folder.name == "studies" else (folder,)
    held = (place for place in candidates if (place / "studies.yaml").exists() or (place / "studies").is_dir())
    return next(held, bundled.DATA)
