"""A population share is more than ten years older than the base.

Populations change. If a figure differs from an old share, the population may
have changed since then.

Fails:

    as_of: 2026-11-23
    benchmarks:
      - year: 2011  # CPR508

Passes:

    as_of: 2026-11-23
    benchmarks:
      - year: 2021

Fix: look for a newer share from the same publisher, or delete this one.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR508", "old-benchmark", Severity.WARNING, __doc__)
_MAX_AGE = 10


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every benchmark whose last year is more than ten years before the date of the base."""
    text, as_of = base.parts.get("benchmarks"), base.framework.about.as_of[:4]
    for number, benchmark in enumerate(base.framework.benchmarks if text and as_of.isdecimal() else ()):
        year = _last_year(str(benchmark.year))
        if text is not None and year is not None and int(as_of) - year > _MAX_AGE:
            message = f"the share is from {benchmark.year}, more than {_MAX_AGE} years before the date of the base"
            hint = "look for a newer share from the same publisher, or delete this one"
            yield Problem(RULE, text, ("benchmarks", number, "year"), message, hint)


def _last_year(written: str) -> int | None:
    """Return the last year of a period: 2019 for ``2018-19`` and 2022 for ``2021 to 2022``."""
    years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", written)
    abbreviated = re.search(r"([12][0-9])[0-9]{2}\s*[-\u2013/]\s*([0-9]{2})(?![0-9])", written)
    candidates = [int(year) for year in years]
    if abbreviated:
        candidates.append(int(abbreviated[1] + abbreviated[2]))
    return max(candidates, default=None)
