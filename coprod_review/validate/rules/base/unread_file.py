"""The program does not read a YAML file in the folder of the base.

Studies are in studies.yaml or studies/<id>.yaml. The other files are base.yaml,
codebook.yaml, benchmarks.yaml and review.yaml. The program does not read a file
with another name, or with the suffix .yml. An entry cannot show this:
`studies/kay-2019.yml` fails, and `studies/kay-2019.yaml` passes.

Fix: rename the file, or move it out of the folder.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from coprod_review.loading.assembly import PART_MODELS
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import START
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.suggestions import nearest

RULE = Rule("CPR901", "unread-file", Severity.WARNING, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every YAML file in the folders of the base that is not part of the base."""
    for text in base.unread_files:
        yield Problem(
            RULE,
            text,
            (),
            "this file is not part of the base, so it is not read",
            _hint(PurePosixPath(text.name)),
            span=START,
        )


def _hint(path: PurePosixPath) -> str:
    if path.parent.name == "studies" and path.suffix == ".yml":
        return f"rename it to {path.stem}.yaml"
    near = nearest(path.stem, (*PART_MODELS, "studies"))
    return f"rename it to {near}.yaml" if near else "move it to studies/<id>.yaml, or out of the folder"
