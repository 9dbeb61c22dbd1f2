"""A comment suppresses a code that cannot be suppressed.

The code does not exist, or it protects the data that figures are computed from.
These are the text of the file, the types of fields, terms, dates, ids, links
and shares. If one of them is wrong, no reason makes it countable.

Fails:

    reference: 17  # coprod: ignore[CPR999] the list was renumbered

Passes:

    reference: 17

Fix: write the code that the diagnostic shows, in the form `# coprod:
ignore[CPR410] reason`, or delete the comment.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.suppressions import find_suppressions
from coprod_review.validate.rules import coding, fields, identity, review, text, vocabulary

RULE = Rule("CPR905", "unknown-ignore", Severity.ERROR, __doc__, suppressible=False)

# Problems met while parsing, and those of the base itself and its comments, can never be suppressed.
_SUPPRESSIBLE_CODES = frozenset(
    module.RULE.code
    for package in (text, fields, vocabulary, identity, coding, review)
    for module in package.FAMILY.modules
    if module.RULE.suppressible
)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every suppression that cannot be parsed, or names a code that cannot be suppressed."""
    for yaml_text in base.texts:
        for suppression in find_suppressions(yaml_text):
            if not suppression.codes:
                message, hint = (
                    "this comment does not have the form of a suppression",
                    "write `# coprod: ignore[CPR410] reason`",
                )
                yield Problem(RULE, yaml_text, (), message, hint, span=suppression.span)
            for code in suppression.codes:
                if code not in _SUPPRESSIBLE_CODES:
                    message = f"`{code[:40]}` cannot be suppressed"
                    hint = "correct the entry, or write the code that the diagnostic shows"
                    yield Problem(RULE, yaml_text, (), message, hint, span=suppression.span)
