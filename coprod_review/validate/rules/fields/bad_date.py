"""A date is not a valid date in the form 2026-11-23.

Ages are computed from dates, and the program cannot compare a date in another
form. The day on which a page was retrieved may also be `not_found`. A date of
coding may be later than `as_of` in base.yaml, because `as_of` is the date of
the version.

Fails:

    provenance: {as_of: 23/11/2026}  # CPR105

Passes:

    provenance: {as_of: 2026-11-23}

Fix: write the year, the month and the day with hyphens between them.
"""

from collections.abc import Iterator
from datetime import date

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import NOT_STATED
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR105", "bad-date", Severity.ERROR, __doc__, suppressible=False)
PlacedDate = tuple[YamlText, KeyPath, str]


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every date that is not a date of the calendar."""
    for text, path, written in _dates(base):
        if written == "not_found" and (path[-1] == "retrieved" or path[-2:] == ("provenance", "as_of")):
            continue
        if not _is_date(written):
            message = f"`{written[:40]}` is not a valid date"
            yield Problem(RULE, text, path, message, "write the year, the month and the day, as in 2026-11-23")


def _is_date(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _dates(base: EvidenceBase) -> Iterator[PlacedDate]:
    if "base" in base.parts and base.framework.about.version != NOT_STATED:
        yield base.parts["base"], ("as_of",), base.framework.about.as_of
    for entry in base.entries:
        study = entry.study
        if study is None:
            continue
        yield entry.text, (*entry.path, "provenance", "as_of"), study.provenance.as_of
        if study.provenance.last_checked is not None:
            yield entry.text, (*entry.path, "provenance", "last_checked"), study.provenance.last_checked
        if study.appraisal is not None:
            yield entry.text, (*entry.path, "appraisal", "date"), study.appraisal.date
        for number, finding in enumerate(study.findings):
            if finding.certainty is not None:
                yield entry.text, (*entry.path, "findings", number, "certainty", "date"), finding.certainty.date
    text = base.parts.get("benchmarks")
    for number, benchmark in enumerate(base.framework.benchmarks if text else ()):
        if text is not None:
            yield text, ("benchmarks", number, "retrieved"), benchmark.retrieved
