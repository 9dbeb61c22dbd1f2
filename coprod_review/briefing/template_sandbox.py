"""Render the templates of briefings with a Jinja that can read what it is given, and reach nothing else.

A template is the file ``NAME.md.j2`` in the user's folder or in the bundled one; the user's comes first. What it prints
is escaped for Markdown, unless it is ``Markdown`` already. A template of the user's own that does not end, and any
template that needs too much memory, is stopped.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cached_property, partial
from inspect import signature
from pathlib import Path
from types import FunctionType, MappingProxyType, MethodType
from typing import Any, cast

from jinja2 import StrictUndefined, Template, nodes, pass_context
from jinja2 import filters as jinja_filters
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from coprod_review.briefing import template_errors
from coprod_review.briefing.template_limits import TimeIsUp, limits
from coprod_review.briefing.template_loader import TemplateLoader, named, read
from coprod_review.errors import CoprodReviewError
from coprod_review.text.escaping import markdown_text, visible
from coprod_review.text.grammar import capitalise, lower_first
from coprod_review.text.suggestions import did_you_mean

LONGEST_OUTPUT = 20_000_000
"""How many characters a template, a macro or a block may print."""
LONGEST_RANGE = 100_000
"""How many numbers a range may have; the square of this is the largest number that may be multiplied."""

_ALLOWED_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({"capitalize", "endswith", "lower", "removeprefix", "removesuffix", "split", "startswith", "strip"}),
    Mapping: frozenset({"get", "items", "keys", "values"}),
}
_LOOP_ATTRIBUTES = (
    "changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem",
    "revindex", "revindex0",
)  # fmt: skip
_JINJA_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length", "list",
    "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "select", "selectattr", "sort",
    "title", "unique", "upper", "wordcount",
)  # fmt: skip
_ARGUMENTS_OF_JINJA = frozenset({"_loop_vars", "_block_vars"})
"""Arguments that Jinja adds to a call within a loop or block, and removes again."""


class TemplateError(CoprodReviewError):
    """A template cannot be rendered; the message begins with its file and line."""


class Markdown(str):
    """Text that is Markdown already, so that it is not escaped."""

    __slots__ = ()


class Readable:
    """A value of which a template may read every public attribute, and call every public method."""


# --- rendering ------------------------------------------------------------------------


def render(
    name: str, user: Path | None, words: Mapping[str, object], former_words: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Render a template with words, which are values that it may read and functions that it may call.

    ``former_words`` gives for words of earlier versions what a template writes instead, for the error message.

    Raises ``UnknownTemplate`` and ``UnreadableFile`` where there is no such template, and ``TemplateError`` for
    everything that goes wrong in a template.
    """
    loader = TemplateLoader(user)
    file = loader.find(name)
    read(file)
    environment = _SandboxedEnvironment(loader, words, former_words)
    try:
        with limits(timed=loader.can_run_own(name)):
            return "".join(_pieces(environment.get_template(name)))
    except (Exception, TimeIsUp) as error:
        message = template_errors.describe(error, environment, named(file))
    raise TemplateError(message)  # outside the handler, so that the frames and the memory they use can be freed


def _pieces(template: Template) -> Iterator[str]:
    """Yield what a template prints, piece by piece."""
    pieces = cast("Generator[str, None, None]", template.root_render_func(template.new_context()))
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LONGEST_OUTPUT:
            pieces.throw(_too_long())  # so that the traceback has the line that printed too much
        yield piece


def _too_long() -> Exception:
    return SecurityError(f"it makes more than {LONGEST_OUTPUT:,} characters; let it repeat less")


def _join_pieces(pieces: Iterable[str]) -> Markdown:
    """Return what a macro or a block prints; each piece is Markdown already, or was escaped when it was printed."""
    parts = list(pieces)
    if sum(map(len, parts)) > LONGEST_OUTPUT:
        raise _too_long()
    return Markdown("".join(parts))


@pass_context  # without a context, Jinja would call it on constants while it compiles a template
def _finalize(_: Context, value: object) -> str:
    return _to_markdown(value)


def _to_markdown(value: object) -> str:
    """Return a value as Markdown, with one space where it begins or ends with white space."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises
    if callable(value) and not isinstance(value, str):
        raise SecurityError("a function is called with brackets, as in references()")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise SecurityError(f"{_type_name(value)} has no text of its own; print a part of it, or test it with if")
    text = str(value)
    first, last = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{first}{markdown_text(text)}{last}" if text.strip() else first


class _CodeGenerator(CodeGenerator):
    """Generates code in which ``~`` escapes what is not Markdown, as printing does."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja calls it by this name
        self.write("environment.concatenated((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _UndefinedName(StrictUndefined):
    """A name that does not exist; the error message suggests the nearest name that does."""

    __slots__ = ("_former_words", "_known_words")

    def __init__(self, words: Mapping[str, object], former_words: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known_words, self._former_words = words, former_words

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name: object = self._undefined_name  # a number for an item of a list
        owner = self._undefined_obj
        if isinstance(name, int) and isinstance(owner, str | list | tuple):
            return f"{_type_name(owner)} of {len(owner)} has no item {name}; test for it with if"
        if owner is missing and isinstance(name, str) and (instead := self._instead_of(name)):
            return f"a template has no word `{visible(name)}`; write `{instead}` instead"
        known = self._known_words if owner is missing else _readable_names(owner)
        near = did_you_mean(name, known) if isinstance(name, str) else ""
        where = "a template has no word" if owner is missing else f"{_type_name(owner)} has no attribute"
        return f"{where} `{visible(str(name))}`; {near or 'correct the name'}"

    def _instead_of(self, name: str) -> str:
        """Return what to write for a word of an earlier version, or for an attribute without its owner."""
        owners = (word for word, value in self._known_words.items() if isinstance(value, Readable))
        attributes = {n: f"{owner}.{n}" for owner in owners for n in _readable_names(self._known_words[owner])}
        return self._former_words.get(name) or attributes.get(name, "")


_TYPE_NAMES: Mapping[type, str] = {
    bool: "true or false",
    float: "a number",
    int: "a number",
    list: "a list",
    tuple: "a list",
    str: "a text",
    Markdown: "a text",
    type(None): "what is not there (none)",
    FunctionType: "a function",
    MethodType: "a function",
    Macro: "a macro",
    LoopContext: "the loop",
    TemplateReference: "the template",
}


def _type_name(value: object) -> str:
    """Return the type of a value in words, for error messages."""
    if isinstance(value, Mapping):
        return "a mapping"
    return _TYPE_NAMES.get(type(value), f"the {type(value).__name__}")


# --- what a template may do -------------------------------------------------------------


def _allowed_methods(value: object) -> frozenset[str]:
    return next((allowed for kind, allowed in _ALLOWED_METHODS.items() if isinstance(value, kind)), frozenset())


def _readable_names(value: object) -> tuple[str, ...]:
    """Return the names of what a template may read in a value."""
    if isinstance(value, Mapping):
        return tuple(key for key in value if isinstance(key, str))
    if isinstance(value, LoopContext):
        return _LOOP_ATTRIBUTES
    if isinstance(value, Readable):
        return tuple(name for name in dir(type(value)) if not name.startswith("_"))
    if isinstance(value, TemplateModule):
        return tuple(name for name in vars(value) if not name.startswith("_"))
    return _public_names(type(value))


def _public_names(cls: type) -> tuple[str, ...]:
    """Return the fields and properties of a frozen dataclass of this package, or the fields of a named tuple."""
    if issubclass(cls, tuple):
        return tuple(getattr(cls, "_fields", ()))
    ours = cls.__module__.partition(".")[0] == __name__.partition(".")[0]
    if not (ours and is_dataclass(cls) and cls.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        return ()
    attributes = [item for base in cls.__mro__ for item in vars(base).items()]
    properties = sorted({name for name, value in attributes if isinstance(value, property | cached_property)})
    return tuple(name for name in (*(f.name for f in fields(cls)), *properties) if not name.startswith("_"))


class _SandboxedEnvironment(ImmutableSandboxedEnvironment):
    """A Jinja environment in which templates read only what is listed here."""

    code_generator_class = _CodeGenerator
    concat = staticmethod(_join_pieces)
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: TemplateLoader, words: Mapping[str, object], former_words: Mapping[str, str]) -> None:
        super().__init__(
            loader=loader,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # no expression is evaluated while a template is compiled, which has no limits
            autoescape=False,  # that is for HTML; ``finalize`` escapes for Markdown
            finalize=_finalize,
        )
        self.undefined = partial(_UndefinedName, words, former_words)  # type: ignore[assignment] # Jinja only ever calls it
        self.globals = {"range": _range, **words}
        self.filters = dict(FILTERS)

    def concatenated(self, parts: Sequence[object]) -> Markdown:
        """Return what ``~`` makes of its parts."""
        return _join_pieces(map(_to_markdown, parts))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of ``obj.attribute``."""
        if isinstance(obj, Undefined):
            return obj._fail_with_undefined_error()
        if attribute in _allowed_methods(obj):
            return getattr(obj, attribute)
        return self._read(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return the value of ``obj[argument]``."""
        if isinstance(obj, Undefined):
            return obj._fail_with_undefined_error()
        if isinstance(obj, str | tuple | list) and isinstance(argument, int | slice):
            with suppress(IndexError):
                return obj[argument]
        return self._read(obj, argument)

    def _read(self, obj: Any, name: Any) -> Any:
        if isinstance(obj, Mapping | TemplateReference):  # the latter gives the blocks of a template
            with suppress(LookupError):
                return obj[name]
        elif isinstance(name, str) and name in _readable_names(obj):
            return getattr(obj, name)
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether something may be called: everything that a template can reach, except classes."""
        return not isinstance(obj, type) and super().is_safe_callable(obj)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a function, and report arguments that it does not take."""
        if isinstance(__obj, Undefined):
            __obj._fail_with_undefined_error()
        if not callable(__obj) or not __self.is_safe_callable(__obj):
            raise SecurityError(f"{_type_name(__obj)} cannot be called; leave out the brackets")
        if not isinstance(__obj, Macro | BlockReference | LoopContext):
            _check_arguments(
                __obj, args, {name: value for name, value in kwargs.items() if name not in _ARGUMENTS_OF_JINJA}
            )
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator to numbers that stay small, or ``+`` to lists."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**":
            raise SecurityError("`**` is not for templates; write the number itself")
        if numbers and operator == "*" and max(abs(left), abs(right)) > LONGEST_RANGE**2:
            raise SecurityError("a number is too large to be multiplied")
        if not numbers and operator in "*%":
            raise SecurityError(
                f"`{operator}` works on numbers alone, not on {_type_name(left)} and {_type_name(right)}"
            )
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            raise SecurityError("`+` does not join text; use `~`")
        if operator == "+" and isinstance(left, list | tuple) and len(left) + len(right) > LONGEST_RANGE:
            raise SecurityError(f"a list of more than {LONGEST_RANGE:,} items is too long")
        return super().call_binop(context, operator, left, right)


def _check_arguments(function: Callable[..., object], args: Sequence[object], kwargs: Mapping[str, object]) -> None:
    try:
        parameters = signature(function)
    except (TypeError, ValueError):  # some built-in functions have no signature
        return
    try:
        parameters.bind(*args, **kwargs)
    except TypeError as error:
        plain = [p.replace(annotation=p.empty) for p in parameters.parameters.values()]
        plain_signature = parameters.replace(parameters=plain, return_annotation=parameters.empty)
        raise SecurityError(f"a function cannot be called like this: {error}; it takes {plain_signature}") from None


def _range(*limits: int) -> range:
    """Return a range of whole numbers that is not too long."""
    numbers = range(*limits)
    if len(numbers) > LONGEST_RANGE:
        raise SecurityError(f"a range of more than {LONGEST_RANGE:,} numbers is too long")
    return numbers


# --- filters ----------------------------------------------------------------------------


def _trim(value: object) -> str:
    """Remove white space at both ends."""
    text = str(value)
    return Markdown(text.strip()) if isinstance(value, Markdown) else text.strip()


def _indent(value: object, width: int = 2) -> Markdown:
    """Indent every line but the first."""
    return Markdown(_to_markdown(value).replace("\n", "\n" + " " * min(width, 40)))


def _join(values: Iterable[object], by: str = "") -> Markdown:
    """Join values as they would be printed."""
    between = _to_markdown(by) if by.strip() else by
    return _join_pieces(piece for n, value in enumerate(values) for piece in (between * (n > 0), _to_markdown(value)))


def _sum(values: Iterable[float]) -> float:
    """Add numbers."""
    numbers = list(values)
    if not all(isinstance(value, int | float) for value in numbers):
        raise SecurityError("`sum` adds numbers alone")
    return sum(numbers)


def _round(value: float, digits: int = 0) -> float:
    """Round a number to at most 15 decimal places; without places, to a whole number."""
    return round(value, min(max(digits, 0), 15)) if digits else round(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: jinja_filters.FILTERS[name] for name in _JINJA_FILTERS},
    "indent": _indent,
    "join": _join,
    "lower_first": lower_first,
    "round": _round,
    "sum": _sum,
    "trim": _trim,
    "upper_first": capitalise,
}
"""Filters that a template may use."""
