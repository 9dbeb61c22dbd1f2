"""Templates of briefings: Jinja that can read what it is given, and reach nothing else.

A template is the file ``NAME.md.j2`` in the user's folder or in the bundled one; the user's comes first. Whatever it
prints is text, with the signs of Markdown taken away, unless it is ``Markdown``. One that does not end, or fills the
memory, is stopped.
"""

import re
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import cached_property
from inspect import signature
from pathlib import Path
from types import FunctionType, MethodType, TracebackType
from typing import Any, ClassVar, cast

from jinja2 import Environment, StrictUndefined, Template, TemplateNotFound, nodes, pass_context
from jinja2 import filters as jinja_filters
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from coprod_review.briefing.template_loader import TemplateLoader, folders, named, read
from coprod_review.errors import CoprodReviewError
from coprod_review.text.escaping import markdown_text, visible
from coprod_review.text.suggestions import did_you_mean

SECONDS = 20.0
"""How long a template may work."""
MEMORY = 512 * 2**20
"""How many bytes of memory a template may use beyond what is in use already."""
OUTPUT = 20_000_000
"""How many characters a template, or a part of it that is put by, may make."""
RANGE = 100_000
"""How many numbers a range may have, and how large a number may be multiplied, as its square."""

_BY_JINJA = frozenset({"_loop_vars", "_block_vars"})
"""Arguments that Jinja adds to a call within a loop or block, and takes out again."""


class TemplateError(CoprodReviewError):
    """A template cannot be filled; the message begins with its file and line."""


class Markdown(str):
    """Text that is Markdown already, so that its signs are kept."""

    __slots__ = ()


class _Stopped(BaseException):
    """Time is up. Nothing that a template calls may take it for an error of its own."""


# --- filling --------------------------------------------------------------------------


def fill(name: str, user: Path | None, words: Mapping[str, object]) -> str:
    """A template filled with words, which are values that it can read and functions that it may call.

    Raises ``UnknownTemplate`` and ``UnreadableFile`` where there is no such template, and for everything that goes
    wrong in one ``TemplateError``.
    """
    loader = folders(user)
    file = loader.find(name)
    read(file)
    environment = _Sandbox(loader, words)
    try:
        with _limits():
            return "".join(_written(environment.get_template(name)))
    except (Exception, _Stopped) as error:
        told = _told(error, environment, named(file))
    raise TemplateError(told)  # out here, so that what filled the memory is let go of


def _written(template: Template) -> Iterator[str]:
    """What a template makes, piece by piece."""
    pieces = cast("Generator[str, None, None]", template.root_render_func(template.new_context()))
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > OUTPUT:
            pieces.throw(_too_long())  # at the line that made too much
        yield piece


def _too_long() -> Exception:
    return SecurityError(f"it makes more than {OUTPUT:,} characters; let it repeat less")


def _joined(pieces: Iterable[str]) -> Markdown:
    """What a macro or a block makes; whatever was not Markdown in it has been made so."""
    held = list(pieces)
    if sum(map(len, held)) > OUTPUT:
        raise _too_long()
    return Markdown("".join(held))


@pass_context  # with a context, Jinja does not work it out while it reads a template, outside all limits
def _finished(_: Context, value: object) -> str:
    return _markdown(value)


def _markdown(value: object) -> str:
    """A value as Markdown shows it, with a space where it begins or ends with one."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises
    if callable(value) and not isinstance(value, str):
        raise SecurityError("a function is called with brackets, as in references()")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise SecurityError(f"{_kind(value)} has no text of its own; print a part of it, or test it with if")
    text = str(value)
    first, last = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{first}{markdown_text(text)}{last}" if text.strip() else first


class _Code(CodeGenerator):
    """Code of a template in which ``~`` joins text as printing would: what is not Markdown is made so."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - the name that Jinja asks for
        self.write("environment.concatenated((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Missing(StrictUndefined):
    """A name that is not there, and the nearest that is."""

    __slots__ = ()
    known: ClassVar[tuple[str, ...]] = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name: object = self._undefined_name  # a number, where an item of a list was asked for
        held = self._undefined_obj
        if isinstance(name, int) and isinstance(held, str | list | tuple):
            return f"{_kind(held)} of {len(held)} has no item {name}; test for it with if"
        there = self.known if held is missing else _readable(held)
        near = did_you_mean(name, there) if isinstance(name, str) else ""
        where = "there is nothing" if held is missing else f"{_kind(held)} has nothing that a template may read"
        what = f"called `{visible(str(name))}`"
        return f"{where} {what}; {near or 'correct the name'}"


_KINDS: Mapping[type, str] = {
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


def _kind(value: object) -> str:
    """A value by what it is."""
    if isinstance(value, Mapping):
        return "a mapping"
    return _KINDS.get(type(value), f"the {type(value).__name__}")


# --- what a template may do -------------------------------------------------------------

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({"capitalize", "endswith", "lower", "removeprefix", "removesuffix", "split", "startswith", "strip"}),
    Mapping: frozenset({"get", "items", "keys", "values"}),
}
_LOOP = (
    "changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem",
    "revindex", "revindex0",
)  # fmt: skip


def _methods(value: object) -> frozenset[str]:
    return next((allowed for kind, allowed in _METHODS.items() if isinstance(value, kind)), frozenset())


def _readable(value: object) -> tuple[str, ...]:
    """What a template may read of a value by name."""
    if isinstance(value, Mapping):
        return tuple(key for key in value if isinstance(key, str))
    if isinstance(value, LoopContext):
        return _LOOP
    if isinstance(value, TemplateModule):
        return tuple(name for name in vars(value) if not name.startswith("_"))
    return _public(type(value))


def _public(kind: type) -> tuple[str, ...]:
    """Fields and properties of a frozen dataclass of this package, or the fields of a named tuple."""
    if issubclass(kind, tuple):
        return tuple(getattr(kind, "_fields", ()))
    ours = kind.__module__.partition(".")[0] == __name__.partition(".")[0]
    if not (ours and is_dataclass(kind) and kind.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        return ()
    held = [item for base in kind.__mro__ for item in vars(base).items()]
    worked_out = sorted({name for name, value in held if isinstance(value, property | cached_property)})
    return tuple(name for name in (*(f.name for f in fields(kind)), *worked_out) if not name.startswith("_"))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with every way out of it closed."""

    code_generator_class = _Code
    concat = staticmethod(_joined)
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: TemplateLoader, words: Mapping[str, object]) -> None:
        super().__init__(
            loader=loader,
            undefined=type("_Missing", (_Missing,), {"known": tuple(words), "__slots__": ()}),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # nothing is worked out while a template is read
            autoescape=False,  # Markdown is escaped as it is printed
            finalize=_finished,
        )
        self.globals = {"range": _range, **words}
        self.filters = dict(FILTERS)

    def concatenated(self, parts: Sequence[object]) -> Markdown:
        """What ``~`` makes."""
        return _joined(map(_markdown, parts))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What ``obj.attribute`` gives."""
        if isinstance(obj, Undefined):
            return obj._fail_with_undefined_error()
        if attribute in _methods(obj):
            return getattr(obj, attribute)
        return self._read(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What ``obj[argument]`` gives."""
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
        elif isinstance(name, str) and name in _readable(obj):
            return getattr(obj, name)
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether something may be called: what can be reached may, but for classes, which make what they like."""
        return not isinstance(obj, type) and super().is_safe_callable(obj)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """What a call gives; arguments that do not fit are told in the words of the function."""
        if isinstance(__obj, Undefined):
            __obj._fail_with_undefined_error()
        if not callable(__obj) or not __self.is_safe_callable(__obj):
            raise SecurityError(f"{_kind(__obj)} cannot be called; leave out the brackets")
        if not isinstance(__obj, Macro | BlockReference | LoopContext):
            _fitting(__obj, args, {name: value for name, value in kwargs.items() if name not in _BY_JINJA})
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator gives of numbers that stay small, and ``+`` of lists."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**":
            raise SecurityError("`**` is not for templates; write the number itself")
        if numbers and operator == "*" and max(abs(left), abs(right)) > RANGE**2:
            raise SecurityError("a number is too large to be multiplied")
        if not numbers and operator in "*%":
            raise SecurityError(f"`{operator}` works on numbers alone, not on {_kind(left)} and {_kind(right)}")
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            raise SecurityError("`+` does not join text; use `~`")
        if operator == "+" and isinstance(left, list | tuple) and len(left) + len(right) > RANGE:
            raise SecurityError(f"a list of more than {RANGE:,} items is too long")
        return super().call_binop(context, operator, left, right)


def _fitting(function: Callable[..., object], args: Sequence[object], kwargs: Mapping[str, object]) -> None:
    try:
        takes = signature(function)
    except (TypeError, ValueError):  # some functions that are built in tell nothing of themselves
        return
    try:
        takes.bind(*args, **kwargs)
    except TypeError as error:
        plain = [p.replace(annotation=p.empty) for p in takes.parameters.values()]
        shape = takes.replace(parameters=plain, return_annotation=takes.empty)
        raise SecurityError(f"a function cannot be called like this: {error}; it takes {shape}") from None


def _range(*limits: int) -> range:
    """Whole numbers, not too many."""
    made = range(*limits)
    if len(made) > RANGE:
        raise SecurityError(f"a range of more than {RANGE:,} numbers is too long")
    return made


# --- filters ----------------------------------------------------------------------------


def _trim(value: object) -> str:
    """Without white space at its ends."""
    text = str(value)
    return Markdown(text.strip()) if isinstance(value, Markdown) else text.strip()


def _indent(value: object, width: int = 2) -> Markdown:
    """Every line but the first moved to the right."""
    return Markdown(_markdown(value).replace("\n", "\n" + " " * min(width, 40)))


def _join(values: Iterable[object], by: str = "") -> Markdown:
    """Values printed one after another."""
    between = _markdown(by) if by.strip() else by
    return _joined(piece for n, value in enumerate(values) for piece in (between * (n > 0), _markdown(value)))


def _sum(values: Iterable[float]) -> float:
    """Numbers added up."""
    held = list(values)
    if not all(isinstance(value, int | float) for value in held):
        raise SecurityError("`sum` adds numbers alone")
    return sum(held)


def _round(value: float, digits: int = 0) -> float:
    """A number rounded to some places, at most 15; without places, a whole number."""
    return round(value, min(max(digits, 0), 15)) if digits else round(value)


_AS_THEY_ARE = (
    "abs", "capitalize", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length", "list",
    "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "select", "selectattr", "sort",
    "title", "unique", "upper", "wordcount",
)  # fmt: skip
FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: jinja_filters.FILTERS[name] for name in _AS_THEY_ARE},
    "indent": _indent,
    "join": _join,
    "round": _round,
    "sum": _sum,
    "trim": _trim,
}
"""Filters that a template may use."""


# --- limits -----------------------------------------------------------------------------


@contextmanager
def _limits() -> Iterator[None]:
    with _time(), _memory():
        yield


@contextmanager
def _time() -> Iterator[None]:
    """Stop what takes too long, where the platform has an alarm."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    late: list[int] = []

    def stop(number: int, _: object) -> None:
        late.append(number)
        raise _Stopped

    handler = signal.signal(signal.SIGALRM, stop)
    # Once more every second, as code that catches everything might catch the first alarm.
    timer = signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)
    if late:  # and was caught by code that was called, which went on with half of its work
        raise _Stopped


@contextmanager
def _memory() -> Iterator[None]:
    """Let no more memory be used, where the platform can see to it."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (min((n for n in (limit, soft, hard) if n >= 0), default=limit), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


# --- what went wrong --------------------------------------------------------------------


def _told(error: BaseException, environment: Environment, file: str) -> str:
    """What went wrong, after the file and line where it did."""
    place = _place(error) or (file, _line_being_read(error))
    if isinstance(error, TemplateSyntaxError):
        place = (error.filename or file, error.lineno)
    at = f"{place[0]}:{place[1]}" if place[1] else place[0]
    return f"{at}: {_sentence(error, environment)}"


def _place(error: BaseException) -> tuple[str, int | None] | None:
    """The file and line of the innermost template in which something went wrong."""
    found = None
    for step in _steps(error):
        template = step.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            found = (str(template.filename), template.get_corresponding_lineno(step.tb_lineno))
    return found


def _line_being_read(error: BaseException) -> int | None:
    """The line at which Jinja was when it could not go on reading."""
    found = None
    for step in _steps(error):
        for held in (step.tb_frame.f_locals.get("self"), step.tb_frame.f_locals.get("node")):
            if isinstance(held, Parser):
                found = held.stream.current.lineno
            elif isinstance(held, nodes.Node):
                found = held.lineno
    return found


def _steps(error: BaseException) -> Iterator[TracebackType]:
    step = error.__traceback__
    while step is not None:
        yield step
        step = step.tb_next


def _sentence(error: BaseException, environment: Environment) -> str:
    match error:
        case CoprodReviewError():
            said = str(error)
        case _Stopped():
            said = f"the template works for more than {SECONDS:g} seconds; let it repeat less"
        case MemoryError():
            said = f"the template needs more than {MEMORY // 2**20} MiB of memory; let it make less"
        case RecursionError() | SyntaxError():  # Python knows no more than twenty loops in each other
            said = "something is nested too deep, or a macro or template calls itself without an end; let it end"
        case TemplateNotFound() | UndefinedError() | SecurityError():
            said = str(error.message)
        case TemplateSyntaxError() | TemplateRuntimeError():
            said = _unreadable(str(error.message), environment)
        case _:
            said = f"this cannot be worked out ({type(error).__name__}: {error}); correct the template"
    said = visible(" ".join(said.split()))
    return said if said.endswith((".", "?")) else f"{said}."


def _unreadable(message: str, environment: Environment) -> str:
    absent = re.search(r"No (filter|test) named '(.*?)'", message)
    if not absent:
        return f"{message.rstrip('.')}; correct the template"
    held = environment.filters if absent[1] == "filter" else environment.tests
    near = did_you_mean(absent[2], held) or f"there are: {', '.join(held)}"
    return f"there is no {absent[1]} `{absent[2]}`; {near}"
