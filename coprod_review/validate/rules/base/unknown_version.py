"""The base names a version of the file format that this program does not know.

`schema` in base.yaml names the version of the file format. A newer version may
have fields that this program would misread.

Fails:

    schema: coprod-review/base/2  # CPR902

Passes:

    schema: coprod-review/base/1

Fix: write the version that the message names, or install a newer version of the
program.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR902", "unknown-version", Severity.ERROR, __doc__, suppressible=False)
_KNOWN_SCHEMA = "coprod-review/base/1"


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report a version of the file format that this program does not read."""
    text, version = base.parts.get("base"), base.framework.about.schema
    if text is not None and version != _KNOWN_SCHEMA:
        yield Problem(
            RULE,
            text,
            ("schema",),
            f"`{version[:80]}` is not a version of the file format that this program reads",
            f"write `{_KNOWN_SCHEMA}`",
        )
