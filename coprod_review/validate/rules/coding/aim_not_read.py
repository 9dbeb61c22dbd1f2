"""A side is coded as a secondary aim or as not an aim, but only the title was read.

A title names what a work is mostly about, and leaves out much. So it can show a
primary aim. Only the sentences that state the aim can show the rest.

Fails:

    aims:
      outcome: {code: not_an_aim, reason: The title names no effect., read_in: title}  # CPR425
      process: {code: primary, reason: The title names barriers., read_in: title}

Passes:

    aims:
      outcome: {code: not_coded}
      process: {code: primary, reason: The title names barriers., read_in: title}

Fix: write `not_coded`, or read the stated aim and write `read_in: aim`.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR425", "aim-not-read", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every aim that is not primary and was read in the title alone."""
    for entry in base.entries:
        study = entry.study
        if study is None:
            continue
        for side, aim in (("outcome", study.aims.outcome), ("process", study.aims.process)):
            if aim.code in ("secondary", "not_an_aim") and aim.read_in == "title":
                message = f"a title cannot show that the {side} aim is `{aim.code}`"
                hint = "write `not_coded`, or read the stated aim and write `read_in: aim`"
                yield Problem(RULE, entry.text, (*entry.path, "aims", side, "code"), message, hint)
