"""A file with one study is not named after the id of its entry.

Others look for the entry `<id>` in `studies/<id>.yaml`. An example of an entry
cannot show the name of its file: `studies/kay.yaml` with `id: kay-2019` fails,
and `studies/kay-2019.yaml` passes.

Fix: rename the file as the message says.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR307", "file-name", Severity.WARNING, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every file of one study whose name is not the id of its entry."""
    for entry in base.entries:
        path = PurePosixPath(entry.text.name)
        if entry.path == () and entry.id and path.parent.name == "studies" and path.stem != entry.id:
            message = f"the file is named `{path.name[:80]}`, but the id of its entry is `{entry.id[:80]}`"
            yield Problem(RULE, entry.text, ("id",), message, f"rename the file to {entry.id[:80]}.yaml")
