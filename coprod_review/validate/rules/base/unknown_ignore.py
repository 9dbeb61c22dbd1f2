"""A comment asks for something to be silenced that cannot be.

The code does not exist, or speaks of what figures are computed from: text that
cannot be read, fields of the wrong type, terms, dates, ids, links and shares.
No reason makes those countable.

Fails:

    reference: 17  # coprod: ignore[CPR999] the list was renumbered

Passes:

    reference: 17

Fix: write the code that the diagnostic shows, in the form
`# coprod: ignore[CPR410] reason`, or delete the comment.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.suppressions import find_suppressions

RULE = Rule("CPR905", "unknown-ignore", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every such comment that cannot be read, or names a code that cannot be ignored."""
    for text in base.texts:
        for ignore in find_suppressions(text):
            if not ignore.codes:
                message, hint = "this comment cannot be read", "write `# coprod: ignore[CPR410] reason`"
                yield Problem(RULE, text, (), message, hint, span=ignore.span)
            for code in ignore.codes:
                if code not in _ignorable():
                    message = f"`{code[:40]}` cannot be ignored"
                    yield Problem(
                        RULE,
                        text,
                        (),
                        message,
                        "mend the entry, or name the code that the diagnostic shows",
                        span=ignore.span,
                    )


# What figures are computed from: a wrong term, date, id, link or share would count, whatever the reason.
_COUNTED = frozenset(
    {"CPR105", "CPR301", "CPR302", "CPR303", "CPR403", "CPR501", "CPR503", "CPR505", "CPR506", "CPR507"}
)


def _ignorable() -> set[str]:
    """Codes of checks that a person may overrule."""
    from coprod_review.validate.registry import RULE_MODULES  # the registry holds this module too

    codes = {check.RULE.code for check in RULE_MODULES.values()}
    return {code for code in codes if code[3] in "1345" and code not in _COUNTED}
