"""An erratum says that it was checked in the original, but nobody read the full text.

`verified_at_original: true` is the strongest statement that an erratum can
make. It is right only if somebody read the full text to check this point.

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
from coprod_review.model.study import read_in_part
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR416", "original-not-read", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every erratum that is said to be verified at an original that was not read in full."""
    codebook = base.framework.codebook
    for entry in base.entries:
        for number, erratum in enumerate(entry.study.errata if entry.study else ()):
            if erratum.verified_at_original and entry.study and read_in_part(entry.study, codebook):
                path = (*entry.path, "errata", number, "verified_at_original")
                message = f"the erratum was checked in the original, but `coded_from` is `{entry.study.coded_from}`"
                hint = "write `false`, or read the full text and write `coded_from: full_text`"
                yield Problem(RULE, entry.text, path, message, hint)
