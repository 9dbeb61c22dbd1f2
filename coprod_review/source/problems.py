"""Problems of a base at a key path, diagnostics at a line, and the fixes of both."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from coprod_review.source.positions import KeyPath, Span, value_at

# Formats of diagnostics import this module, and the help of validate lists them: it must not wait for the YAML parser.
if TYPE_CHECKING:
    from coprod_review.source.yaml_text import YamlText


class Severity(StrEnum):
    """How severe a problem is: only an error makes a base unfit for analysis."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)


def at_least(severity: Severity, least: Severity) -> bool:
    """Whether a severity is ``least`` or more severe."""
    return severity.rank <= least.rank


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem: its stable code, name and severity, the page that explains it, and how it is treated."""

    code: str
    name: str
    severity: Severity
    docs: str | None = field(repr=False)
    """The docstring of the rule's module, in the form that ``rule_docs`` parses."""
    suppressible: bool = True
    """Whether a comment with a reason can suppress its problems."""
    always_reported: bool = False
    """Whether it is reported whatever was selected, because it can hide the rest of a file."""
    needs_complete_base: bool = False
    """Whether it counts over the whole base, so that nothing is known while any part of the base cannot be read."""
    fix_needs_codebook: bool = False
    """Whether its fix writes a term of the codebook, so that the codebook must have no errors."""


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for one span."""

    content: str
    span: Span | None = None
    """``None`` for the span of the problem itself."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that remove a problem; a safe fix cannot change what an entry says."""

    safe: bool
    edits: tuple[Edit, ...]


def replacement_fix(content: str, *, safe: bool) -> Fix:
    """Return a fix that replaces the text at the span of the problem."""
    return Fix(safe, (Edit(content),))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a key path of one file; it has no line yet."""

    rule: Rule
    text: YamlText
    path: KeyPath
    message: str
    hint: str = ""
    at: Literal["key", "value"] = "value"
    value: str | None = None
    span: Span | None = None
    """Set where the place is known already, as for errors of syntax."""
    related: tuple[tuple[YamlText, KeyPath], ...] = ()
    fix: Fix | None = None

    @property
    def place(self) -> Span:
        """The span of the problem: known already, or that of its key path."""
        return self.span or self.text.locate(self.path, self.at)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem at its line, ready to be shown; lines and columns count from 1."""

    rule: Rule
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
    """Other places it is about, as file:line:column; the message ends with them too."""
    fingerprint: str
    fix: Fix | None
    """Every edit has its span."""

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity

    @property
    def message_with_hint(self) -> str:
        """What is wrong and what to type, on one line."""
        return f"{self.message} - {self.hint}" if self.hint else self.message


def diagnose(problem: Problem) -> Diagnostic:
    """Turn a problem into a diagnostic: the only place where a key path becomes a line."""
    text, path, span = problem.text, problem.path, problem.place
    study = _study_at(text, path)
    related = tuple(_location(*other) for other in problem.related)
    return Diagnostic(
        rule=problem.rule,
        file=text.name,
        span=span,
        study=study,
        pointer=_json_pointer(path),
        value=problem.value if problem.value is not None else _scalar_at(text, path),
        message=f"{problem.message} ({', '.join(related)})" if related else problem.message,
        hint=problem.hint,
        source=text.line(span.line),
        related=related,
        fingerprint=_fingerprint(problem, span, study),
        fix=_located_fix(problem.fix, span),
    )


def reading_order(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    """Return the sort key: file, then place, then code."""
    return diagnostic.file, diagnostic.span, diagnostic.code, diagnostic.message


def _fingerprint(problem: Problem, span: Span, study: str | None) -> str:
    """Return a hash that stays the same when lines move, and wherever the program runs."""
    import hashlib  # only needed when something is wrong

    text, path = problem.text, problem.path
    # A problem without a key path is recognised by the content of its line, because the line may move.
    value = problem.value or ("" if path else text.line(span.line).strip())
    in_entry = _json_pointer(path[2:] if study and path[:1] == ("studies",) else path)
    folder, _, file = text.name.rpartition("/")
    in_base = f"studies/{file}" if folder.rpartition("/")[2] == "studies" else file
    identity = "\0".join((problem.rule.code, in_base, study or "", in_entry, value))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _json_pointer(path: KeyPath) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _study_at(text: YamlText, path: KeyPath) -> str | None:
    """Return the id, as it is written, of the entry that a path is in."""
    data = text.data
    if not isinstance(data, dict):
        return None
    is_one_study = "studies" not in data and "citation" in data and "claims" not in data
    if not is_one_study and path[:1] != ("studies",):
        return None
    is_in_entry = len(path) > 1 and isinstance(path[1], int)
    entry = value_at(data, path[:2]) if is_in_entry and not is_one_study else data
    identity = entry.get("id") if isinstance(entry, dict) else None
    return identity if isinstance(identity, str) else None


def _scalar_at(text: YamlText, path: KeyPath) -> str | None:
    """Return the scalar at a path as text, or ``None``."""
    value = value_at(text.data, path)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None or isinstance(value, list | dict) else str(value)[:200]


def _location(text: YamlText, path: KeyPath) -> str:
    span = text.locate(path)
    return f"{text.name}:{span.line}:{span.column}"


def _located_fix(fix: Fix | None, span: Span) -> Fix | None:
    """Return a fix whose every edit has its span; ``None`` where the problem itself spans several lines."""
    if fix is None or (span.line != span.end_line and any(edit.span is None for edit in fix.edits)):
        return None
    return replace(fix, edits=tuple(replace(edit, span=edit.span or span) for edit in fix.edits))
