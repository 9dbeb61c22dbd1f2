"""What is wrong with a base: problems at a key path, and diagnostics at a line."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from coprod_review.source.positions import KeyPath, Span, step_into
from coprod_review.source.yaml_text import YamlText


class Severity(StrEnum):
    """How much a problem matters: only an error makes a base unfit for analysis."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


def at_least(severity: Severity, least: Severity) -> bool:
    """Whether a severity is as grave as another, or graver."""
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
    """New text for one place."""

    content: str
    span: Span | None = None
    """``None`` stands for the place of the problem itself."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a problem; a safe fix cannot change what an entry says."""

    safe: bool
    edits: tuple[Edit, ...]


def replacement_fix(content: str, *, safe: bool) -> Fix:
    """A fix that writes something else at the place of the problem."""
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
    """Set where the place is known already, as for syntax."""
    related: tuple[tuple[YamlText, KeyPath], ...] = ()
    fix: Fix | None = None

    @property
    def place(self) -> Span:
        """Where it stands: known already, or worked out from the key path."""
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
    """Other places it is about, as file:line:column; they stand at the end of the message too."""
    fingerprint: str
    fix: Fix | None
    """Every edit has its span."""

    @property
    def code(self) -> str:
        """Stable code of the kind."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """Severity of the kind."""
        return self.rule.severity


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
        _, value = step_into(value, step)
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None or isinstance(value, list | dict) else str(value)[:200]


def _place(text: YamlText, path: KeyPath) -> str:
    span = text.locate(path)
    return f"{text.name}:{span.line}:{span.column}"


def _settled(fix: Fix | None, span: Span) -> Fix | None:
    """A fix whose every edit has its span; ``None`` where the place itself runs over several lines."""
    if fix is None or (span.line != span.end_line and any(edit.span is None for edit in fix.edits)):
        return None
    return replace(fix, edits=tuple(replace(edit, span=edit.span or span) for edit in fix.edits))


def diagnose(problem: Problem) -> Diagnostic:
    """Turn a problem into a diagnostic: the only place where a path becomes a line."""
    text, path, span = problem.text, problem.path, problem.place
    import hashlib  # only needed when something is wrong

    study = _study_at(text, path)
    related = tuple(_place(*other) for other in problem.related)
    # A place without a key path is known again by what stands on its line, which may move.
    told = problem.value or ("" if path else text.line(span.line).strip())
    # The same for whoever runs it from wherever: the file by its name in the base, a place by its whole path in it.
    within = _pointer(path[2:] if study and path[:1] == ("studies",) else path)
    name = "/".join(text.name.split("/")[-2 if text.name.split("/")[-2:-1] == ["studies"] else -1 :])
    identity = "\0".join((problem.rule.code, name, study or "", within, told))
    return Diagnostic(
        rule=problem.rule,
        file=text.name,
        span=span,
        study=study,
        pointer=_pointer(path),
        value=problem.value if problem.value is not None else _written(text, path),
        message=f"{problem.message} ({', '.join(related)})" if related else problem.message,
        hint=problem.hint,
        source=text.line(span.line),
        related=related,
        fingerprint=hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        fix=_settled(problem.fix, span),
    )


def reading_order(diagnostic: Diagnostic) -> tuple[str, Span, str, str]:
    """Sort key: file, then place, then code."""
    return diagnostic.file, diagnostic.span, diagnostic.code, diagnostic.message
