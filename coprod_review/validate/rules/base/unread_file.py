"""A file beside the base is not read, though it looks as if it should be.

Studies stand in studies.yaml or studies/<id>.yaml; the parts are base.yaml,
codebook.yaml, benchmarks.yaml and review.yaml. A file with another name or with
the suffix .yml is passed over. No entry can show it: `studies/kay-2019.yml`
fails, `studies/kay-2019.yaml` passes.

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
        yield Problem(RULE, text, (), "this file is not read", _hint(PurePosixPath(text.name)), span=START)


def _hint(path: PurePosixPath) -> str:
    if path.parent.name == "studies" and path.suffix == ".yml":
        return f"rename it to {path.stem}.yaml"
    near = nearest(path.stem, (*PART_MODELS, "studies"))
    return f"rename it to {near}.yaml" if near else "move it to studies/ as <id>.yaml, or out of the folder"
