"""What a briefing may say about a base: passages, each computed from the base alone by its kind and key.

A template asks for a passage, and ``brief --check`` computes the same passage again and compares. So every number in a
briefing comes from the base, and the check reports a passage that the base no longer gives. A key consists of one or
two arguments of its function, with ``#`` between them: ``focus.ratio#full``.
"""

from collections.abc import Callable, Mapping
from inspect import signature

from coprod_review.briefing.context import BriefingContext, look_up
from coprod_review.briefing.passages import basis, figures, findings, gaps, review
from coprod_review.briefing.passages.passage import Passage
from coprod_review.errors import UnknownName

SEPARATOR = "#"
"""Between the arguments in a key; no id of a base contains it."""
PASSAGE_KINDS: Mapping[str, Callable[..., Passage]] = {
    function.__name__: function
    for function in (
        figures.figure, figures.group, figures.compare, figures.answer, figures.caution, figures.change,
        findings.reported, findings.roles, findings.effect, findings.finding,
        gaps.gap,
        review.claim, review.recommendation, review.testimony, review.erratum, review.caveat,
        basis.basis, basis.title,
        figures.behind, basis.study, basis.reference,
    )
}  # fmt: skip
"""Every kind of passage by the name that templates and annotations use."""

ANNOTATION_ONLY = frozenset({"study", "reference", "behind"})
"""Kinds that only annotations use: templates cite studies, and the program adds references and footnotes."""


def passage_for(context: BriefingContext, kind: str, key: str) -> Passage:
    """Return a passage by its kind and key. Raises ``UnknownName`` where the base has no such thing."""
    function = look_up(PASSAGE_KINDS, kind, "kind of passage")
    arguments = key.split(SEPARATOR)
    try:
        signature(function).bind(context, *arguments)
    except TypeError:
        raise UnknownName(f"`{key[:80]}` is not the key of a passage of the kind {kind}.") from None
    return function(context, *arguments)
