"""A briefing written: a template filled with passages, as Markdown that can be checked against the base again."""

import json
import re
from dataclasses import dataclass

from coprod_review import __version__
from coprod_review.bibliography.citations import STYLES, CitationFormatter
from coprod_review.briefing import template_loader, template_sandbox
from coprod_review.briefing.builder import REQUIRED_FACTS, BriefingBuilder, BriefingError
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.briefing.sentences import too_long
from coprod_review.briefing.template_context import subject

SCHEMA = "coprod-review/briefing/1"


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing as Markdown, and what documents of other formats add to it."""

    text: str
    opened: tuple[str, ...]
    """Ids that ``why`` opens, in the order in which the text comes to them."""


def write_briefing(source: BriefingContext, order: BriefingRequest) -> Briefing:
    """Fill a template.

    Raises ``UnknownTemplate``, ``TemplateError`` at the line of a template, ``UnknownName`` for a subject that the
    base does not have, and ``BriefingError`` where a template needs a subject or an earlier state and none was named.
    """
    _needs(source, order)
    bibliography = CitationFormatter(tuple(source.base.works.values()), order.style)
    pen = BriefingBuilder(source, bibliography, order.citations, order.about)
    words = pen.words()
    text = template_sandbox.fill(order.template, order.templates, words)
    if not pen.facts >= REQUIRED_FACTS:  # from the bundled part, which states them all
        text = f"{text.rstrip()}\n\n{template_sandbox.fill('_basis', None, words)}"
    _keeps(pen, text, order.template)
    return Briefing(f"{_record(source, order)}\n\n{pen.finished(text).lstrip()}", tuple(pen.opened))


def _needs(source: BriefingContext, order: BriefingRequest) -> None:
    """Refuse a briefing on nothing, and a subject that a template would pass over."""
    if order.about:
        subject(source, order.about)
    asks = set(_ASKED.findall(template_loader.template_source(order.template, order.templates)))
    if "about" in asks and not order.about:
        raise BriefingError(
            f"The briefing {order.template} is about one thing: name it with --about, as in --about staff."
        )
    if "about" not in asks and order.about:
        raise BriefingError(f"The briefing {order.template} is about the whole base: leave out --about, or use group.")
    if "changes" in asks and source.then is None:
        raise BriefingError(
            f"The briefing {order.template} needs an earlier state: name it with --since, as in --since main."
        )
    if "changes" not in asks and source.then is not None:
        raise BriefingError(
            f"The briefing {order.template} compares with nothing: leave out --since, or use whats-new."
        )


_ASKED = re.compile(r"\{[{%][^}]*?\b(about|changes)\.")
"""What a template reads of a subject, or of what changed."""


def _keeps(pen: BriefingBuilder, text: str, template: str) -> None:
    """Hold a template to the length of sentence that it promises."""
    if pen.longest is None:
        return
    for sentence, words in too_long(text, pen.longest):
        raise BriefingError(
            f"A sentence of the briefing {template} has {words} words, more than {pen.longest}: {sentence} "
            "Shorten it in the template."
        )


def _record(source: BriefingContext, order: BriefingRequest) -> str:
    """What made a briefing, in a comment that no reader sees."""
    about = source.framework.about
    made = {
        "schema": SCHEMA,
        "template": order.template,
        "program": __version__,
        "style": str(order.style) if order.style in STYLES else "",
        "base": about.name,
        "version": about.version,
        "as_of": about.as_of,
        **({"about": order.about} if order.about else {}),
        **({"since": source.since} if source.since else {}),
    }
    told = json.dumps(made, ensure_ascii=True).replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<!-- coprod-review briefing {told} -->"
