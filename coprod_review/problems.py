"""What is wrong with a base: problems at a key path, and diagnostics at a line."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from coprod_review.yaml_text import KeyPath, Span, YamlText, descend


class Severity(StrEnum):
    """How much a problem matters: only an error makes a base unfit for analysis."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its stable code, name and severity."""

    code: str
    name: str
    severity: Severity


def _errors(*pairs: tuple[str, str]) -> dict[str, Kind]:
    return {name: Kind(code, name, Severity.ERROR) for code, name in pairs}


# Kinds found while reading; the checks bring their own. Codes are never reused.
READING = _errors(
    ("CPR001", "syntax"),
    ("CPR002", "duplicate-key"),
    ("CPR003", "trap"),
    ("CPR004", "encoding"),
    ("CPR005", "empty"),
    ("CPR006", "alias"),
    ("CPR007", "tag"),
    ("CPR008", "too-deep"),
    ("CPR009", "long-line"),
    ("CPR010", "unreadable"),
    ("CPR101", "wrong-type"),
    ("CPR102", "unknown-field"),
    ("CPR103", "missing-field"),
    ("CPR104", "no-studies"),
)
READING["date"] = READING["trap"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a key path of one file; it has no line yet."""

    kind: Kind
    text: YamlText
    path: KeyPath
    message: str
    hint: str = ""
    at: Literal["key", "value"] = "value"
    value: str | None = None
    span: Span | None = None
    """Set where the place is known already, as for syntax."""
    related: tuple[tuple[YamlText, KeyPath], ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem at its line, ready to be shown; lines and columns count from 1."""

    code: str
    name: str
    severity: Severity
    file: str
    span: Span
    study: str | None
    pointer: str
    value: str | None
    message: str
    hint: str
    source: str
    """The line of the file that the diagnostic is about."""
    related: tuple[str, ...]
    """Other places it is about, as file:line:column."""
    fingerprint: str


def _pointer(path: KeyPath) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _study_at(text: YamlText, path: KeyPath) -> str | None:
    """The id of the entry that a path lies in, where it is written."""
    data = text.data
    if isinstance(data, dict) and "studies" not in data and "citation" in data and "claims" not in data:
        pass  # a file of one study
    elif isinstance(data, dict) and path[:1] != ("studies",):
        return None
    elif isinstance(data, dict) and len(path) > 1 and isinstance(path[1], int):
        entries = data.get(str(path[0]))
        data = entries[path[1]] if isinstance(entries, list) and path[1] < len(entries) else None
    identity = data.get("id") if isinstance(data, dict) else None
    return identity if isinstance(identity, str) else None


def _written(text: YamlText, path: KeyPath) -> str | None:
    """The scalar at a path as text, or ``None``."""
    value = text.data
    for step in path:
        _, value = descend(value, step)
    return None if value is None or isinstance(value, list | dict) else str(value)[:200]


def _place(text: YamlText, path: KeyPath) -> str:
    span = text.locate(path)
    return f"{text.name}:{span.line}:{span.column}"


def diagnose(problem: Problem) -> Diagnostic:
    """Turn a problem into a diagnostic: the only place where a path becomes a line."""
    text, path = problem.text, problem.path
    import hashlib  # only needed when something is wrong

    span = problem.span or text.locate(path, problem.at)
    study = _study_at(text, path)
    identity = "\0".join(
        (problem.kind.code, text.name, study or str(path[1:2]), _pointer(path[2:]), problem.value or "")
    )
    return Diagnostic(
        code=problem.kind.code,
        name=problem.kind.name,
        severity=problem.kind.severity,
        file=text.name,
        span=span,
        study=study,
        pointer=_pointer(path),
        value=problem.value if problem.value is not None else _written(text, path),
        message=problem.message,
        hint=problem.hint,
        source=text.line(span.line),
        related=tuple(_place(*other) for other in problem.related),
        fingerprint=hashlib.sha256(identity.encode()).hexdigest()[:32],
    )


def reading_order(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    """Sort key: file, then place, then code."""
    return diagnostic.file, diagnostic.span, diagnostic.code, diagnostic.message
