"""The base is in a version of the file format that this program does not read.

`schema` in base.yaml names the version of the file format. In another version a
field can have another meaning, so the program checks nothing else then. Studies
without a base.yaml show an older version by their fields.

Fails:

    schema: coprod-review/base/1  # CPR902

Passes:

    schema: coprod-review/base/2

Fix: run `coprod-review migrate` to bring an older base to the current version.
For a newer one, install a newer version of the program.
"""

from collections.abc import Iterator
from typing import Literal

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.migration.registry import CURRENT
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR902", "unknown-version", Severity.ERROR, __doc__, suppressible=False, always_reported=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report a version of the file format that this program does not read."""
    text, version, other = base.parts.get("base"), base.framework.about.schema, base.other_format
    if other is not None:
        at: Literal["key", "value"] = "value" if other.text is text else "key"
        message = f"{other.name} is in the format {other.version}"
        yield Problem(RULE, other.text, other.path, message, other.advice, at)
    elif text is not None and version != CURRENT:
        yield Problem(
            RULE,
            text,
            ("schema",),
            f"`{version[:80]}` is not a version of the file format that this program reads",
            f"write `{CURRENT}`",
        )
