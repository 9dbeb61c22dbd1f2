"""A finding comes from a text that nobody read.

`coded_from` says how much of the work was read. If the entry was coded from the
abstract, a finding cannot come from the full text.

Fails:

    coded_from: abstract
    findings:
      - reported_in: [{source: full_text}]  # CPR415

Passes:

    coded_from: full_text
    findings:
      - reported_in: [{source: full_text}]

Fix: correct `coded_from`, or the source of the finding.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR415", "source-not-read", Severity.ERROR, __doc__)
_SUFFICIENT = {"full": ("full",), "abstract": ("full", "part")}
"""Kinds of what was read that allow a source, by the kind of the source."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every finding from a source that was not read according to the entry."""
    codebook = base.framework.codebook
    for entry, path, finding in base.findings:
        for number, report in enumerate(finding.reported_in):
            read = entry.study.coded_from if entry.study else ""
            sufficient = _SUFFICIENT.get(codebook.kind("sources", report.source) or "")
            tells = codebook.of_kind("coded_from", *sufficient or ())
            if sufficient and tells and not codebook.has_kind("coded_from", read, *sufficient):
                place = (*path, "reported_in", number, "source")
                message = f"the finding comes from `{report.source}`, but the entry is coded from `{read}`"
                yield Problem(
                    RULE,
                    entry.text,
                    place,
                    message,
                    f"write the source that was read, or `coded_from: {report.source}` if you read that",
                )
