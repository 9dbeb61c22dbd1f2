"""A comment asks for something to be silenced that cannot be.

The code does not exist, or speaks of text that cannot be read or of a field of
the wrong type: no reason makes that readable.

Fails:

    reference: 17  # coprod: ignore[CPR999] the list was renumbered

Passes:

    reference: 17

Fix: write the code that the diagnostic shows, in the form
`# coprod: ignore[CPR410] reason`, or delete the comment.
"""

from collections.abc import Iterator

from coprod_review.evidence import EvidenceBase
from coprod_review.problems import Kind, Problem, Severity
from coprod_review.suppressions import ignores

KIND = Kind("CPR905", "unknown-ignore", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every such comment that cannot be read, or names a code that cannot be ignored."""
    for text in base.texts:
        for ignore in ignores(text):
            if not ignore.codes:
                message, hint = "this comment cannot be read", "write `# coprod: ignore[CPR410] reason`"
                yield Problem(KIND, text, (), message, hint, span=ignore.span)
            for code in ignore.codes:
                if code not in _ignorable():
                    message = f"`{code[:40]}` cannot be ignored"
                    yield Problem(
                        KIND,
                        text,
                        (),
                        message,
                        "mend the entry, or name the code that the diagnostic shows",
                        span=ignore.span,
                    )


def _ignorable() -> set[str]:
    """Codes of the checks on meaning, those on comments and files left out."""
    from coprod_review.checks import CHECKS  # the registry holds this module too

    return {check.KIND.code for check in CHECKS.values() if not check.KIND.code.startswith("CPR9")}
