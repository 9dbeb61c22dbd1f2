"""An erratum says that the original was read, but the entry was not coded from it.

`verified_at_original: true` is the strongest word an erratum has. It stands
only where the full text was read for this point.

Fails:

    coded_from: abstract
    errata:
      - about: citation.issued
        correction: The year is 2019.
        basis: Title page
        confidence: high
        verified_at_original: true  # CPR416

Passes:

    coded_from: full_text
    errata:
      - about: citation.issued
        correction: The year is 2019.
        basis: Title page
        confidence: high
        verified_at_original: true

Fix: write `verified_at_original: false`, or `coded_from: full_text`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR416", "original-not-read", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every erratum that is said to be verified at an original that was not read in full."""
    for entry in base.entries:
        for number, erratum in enumerate(entry.study.errata if entry.study else ()):
            if erratum.verified_at_original and entry.study and entry.study.coded_from != "full_text":
                path = (*entry.path, "errata", number, "verified_at_original")
                message = f"verified at the original, but the entry is coded from `{entry.study.coded_from}`"
                hint = "write `false`, or read the full text and write `coded_from: full_text`"
                yield Problem(RULE, entry.text, path, message, hint)
