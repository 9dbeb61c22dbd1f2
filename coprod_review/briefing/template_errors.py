"""Describe what went wrong in a template: the file, the line, and a sentence that says what to correct."""

import re
from traceback import walk_tb

from jinja2 import Environment, Template, TemplateNotFound, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.parser import Parser

from coprod_review.briefing import template_limits
from coprod_review.errors import CoprodReviewError
from coprod_review.text.escaping import visible
from coprod_review.text.suggestions import did_you_mean


def describe(error: BaseException, environment: Environment, file: str) -> str:
    """Return where an error is and how to correct it; ``file`` is the template that was asked for."""
    name, line = _place(error) or (file, _line_being_parsed(error))
    if isinstance(error, TemplateSyntaxError):
        name, line = error.filename or file, error.lineno
    return f"{name}:{line}: {_sentence(error, environment)}" if line else f"{name}: {_sentence(error, environment)}"


def _place(error: BaseException) -> tuple[str, int | None] | None:
    """Return the file and line of the innermost template that was running."""
    place = None
    for frame, line in walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            place = (str(template.filename), template.get_corresponding_lineno(line))
    return place


def _line_being_parsed(error: BaseException) -> int | None:
    """Return the line at which Jinja could not parse or compile any further, such as brackets nested too deep."""
    line = None
    for frame, _ in walk_tb(error.__traceback__):
        for value in (frame.f_locals.get("self"), frame.f_locals.get("node")):
            if isinstance(value, Parser):
                line = value.stream.current.lineno
            elif isinstance(value, nodes.Node):
                line = value.lineno
    return line


def _sentence(error: BaseException, environment: Environment) -> str:
    message = visible(" ".join(_message(error, environment).split()))
    return message if message.endswith((".", "?")) else f"{message}."


def _message(error: BaseException, environment: Environment) -> str:
    match error:
        case CoprodReviewError():
            return str(error)
        case template_limits.TimeIsUp():
            return (
                f"the template works for more than {template_limits.SECONDS:g} seconds of CPU time; let it repeat less"
            )
        case MemoryError():
            return f"the template needs more than {template_limits.MEMORY // 2**20} MiB of memory; let it make less"
        case RecursionError() | SyntaxError():  # Python allows twenty nested loops
            return "something is nested too deep, or a macro or template calls itself without an end; let it end"
        case TemplateNotFound() | UndefinedError() | SecurityError():
            return str(error.message)
        case TemplateSyntaxError() | TemplateRuntimeError():
            return _syntax_message(str(error.message), environment)
    return f"this cannot be worked out ({type(error).__name__}: {error}); correct the template"


def _syntax_message(message: str, environment: Environment) -> str:
    unknown = re.search(r"No (filter|test) named '(.*?)'", message)
    if not unknown:
        return f"{message.rstrip('.')}; correct the template"
    known = environment.filters if unknown[1] == "filter" else environment.tests
    near = did_you_mean(unknown[2], known) or f"there are: {', '.join(known)}"
    return f"there is no {unknown[1]} `{unknown[2]}`; {near}"
