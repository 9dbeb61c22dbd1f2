"""The type of a work and the fields of its citation do not match.

A list of references prints each type of work in a different way. An article
needs its journal, a web page needs its address, and a chapter needs its book,
but a report has no volume. A list of references leaves out a field that the
type does not have.

Fails:

    citation: {type: article-journal, container-title: null}  # CPR113

Passes:

    citation: {type: article-journal, container-title: Research Involvement and Engagement}

Fix: add the field that the message names, or correct the type.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR113", "citation-fields", Severity.WARNING, __doc__)
_REQUIRED = {
    "article-journal": (("container-title",), "its journal"),
    "chapter": (("container-title",), "its book"),
    "webpage": (("URL",), "its address"),
    "paper-conference": (("container-title", "publisher"), "its conference"),
    "report": (("publisher", "container-title", "collection-title"), "its publisher"),
    "thesis": (("publisher",), "its university"),
    "book": (("publisher",), "its publisher"),
}
_SERIAL = ("volume", "issue", "page")
_NOT_PRINTED = {
    "webpage": _SERIAL,
    "report": ("volume", "issue"),
    "thesis": _SERIAL,
    "book": ("issue", "page"),
    "article-journal": ("ISBN", "publisher-place"),
}


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every citation without what its type needs, or with fields that its type does not print."""
    for entry in base.entries:
        if entry.study is None:
            continue
        citation, path = entry.study.citation, (*entry.path, "citation")
        alternatives, label = _REQUIRED.get(citation.type, ((), ""))
        # A body that is the author of a report is its publisher, unless another is named.
        is_by_body = citation.type == "report" and any(name.literal for name in citation.author)
        if alternatives and not is_by_body and not any(_value(citation, field) for field in alternatives):
            message = f"the type is `{citation.type}`, but {label} is missing"
            yield Problem(RULE, entry.text, (*path, "type"), message, f"add `{alternatives[0]}:`, or correct the type")
        for field in _NOT_PRINTED.get(citation.type, ()):
            if _value(citation, field):
                message = f"the type `{citation.type}` does not use the field `{field}`"
                yield Problem(RULE, entry.text, (*path, field), message, "delete it, or correct the type", "key")


def _value(citation: Citation, field: str) -> str | None:
    value: str | None = getattr(citation, field.lower().replace("-", "_"))
    return value
