"""Compose a briefing: fill a template with passages, as Markdown that can be checked against the base again."""

import re
from dataclasses import dataclass

from coprod_review import __version__
from coprod_review.bibliography.citations import STYLES, CitationFormatter
from coprod_review.briefing import template_loader, template_sandbox
from coprod_review.briefing.builder import REQUIRED_FACTS, SCHEMA, BriefingBuilder, BriefingError
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.briefing.sentences import long_sentences
from coprod_review.briefing.template_context import FORMER_WORDS, subject
from coprod_review.documents.annotation_syntax import record_comment

_SUBJECT_OR_CHANGES = re.compile(r"\{[{%][^}]*?\b(about|changes)\.")
"""Where a template reads its subject, or what changed since an earlier state."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing as Markdown, and the ids that documents of other formats explain in an appendix."""

    text: str
    openable_ids: tuple[str, ...]
    """Ids that ``why`` opens, in the order in which the text first uses them."""


def write_briefing(context: BriefingContext, request: BriefingRequest) -> Briefing:
    """Fill the template that was requested.

    Raises ``UnknownTemplate``, ``TemplateError`` at the line of a template, ``UnknownName`` for a subject that the
    base does not have, and ``BriefingError`` where a template needs a subject or an earlier state and none was named.
    """
    _require_what_it_needs(context, request)
    bibliography = CitationFormatter(tuple(context.base.works.values()), request.style)
    builder = BriefingBuilder(context, bibliography, request.citations, request.about)
    words = builder.words()
    text = template_sandbox.render(request.template, request.templates, words, FORMER_WORDS)
    if not builder.facts >= REQUIRED_FACTS:  # the bundled part states them all
        text = f"{text.rstrip()}\n\n{template_sandbox.render('_basis', None, words)}"
    _limit_sentences(builder, text, request.template)
    markdown = f"{_record(context, request)}\n\n{builder.finish(text).lstrip()}"
    return Briefing(markdown, tuple(builder.openable_ids))


def _require_what_it_needs(context: BriefingContext, request: BriefingRequest) -> None:
    """Refuse a request without the subject or earlier state that a template needs, or with one that it ignores."""
    if request.about:
        subject(context, request.about)
    needs = set(_SUBJECT_OR_CHANGES.findall(template_loader.template_source(request.template, request.templates)))
    if "about" in needs and not request.about:
        raise BriefingError(
            f"The briefing {request.template} has one subject: name it with --about, for example --about staff."
        )
    if "about" not in needs and request.about:
        raise BriefingError(
            f"The briefing {request.template} is about the whole base: leave out --about, or use the template group."
        )
    if "changes" in needs and context.earlier is None:
        raise BriefingError(
            f"The briefing {request.template} needs an earlier state: name it with --since, for example --since main."
        )
    if "changes" not in needs and context.earlier is not None:
        raise BriefingError(
            f"The briefing {request.template} makes no comparison: leave out --since, or use the template whats-new."
        )


def _limit_sentences(builder: BriefingBuilder, text: str, template: str) -> None:
    """Refuse a briefing with a sentence that is longer than its template allows."""
    limit = builder.longest_sentence
    for sentence, words in long_sentences(text, limit) if limit is not None else ():
        raise BriefingError(
            f"A sentence of the briefing {template} has {words} words, more than {limit}: {sentence} "
            "Shorten it in the template."
        )


def _record(context: BriefingContext, request: BriefingRequest) -> str:
    """Return the comment that records what made a briefing."""
    about = context.framework.about
    record = {
        "schema": SCHEMA,
        "template": request.template,
        "program": __version__,
        "style": str(request.style) if request.style in STYLES else "",
        "base": about.name,
        "version": about.version,
        "as_of": about.as_of,
        **({"about": request.about} if request.about else {}),
        **({"since": context.since} if context.since else {}),
    }
    return record_comment(record)
