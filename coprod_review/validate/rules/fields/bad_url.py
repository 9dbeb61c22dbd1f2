"""A field for a web address contains something else.

Readers open the address to see the source. A web address begins with http:// or
https://, names a host and has no spaces.

Fails:

    citation: {URL: www.example.org/report}  # CPR107

Passes:

    citation: {URL: https://www.example.org/report}

Fix: copy the address from the browser. Write a DOI in the field `DOI` instead.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR107", "bad-url", Severity.ERROR, __doc__)
_URL = re.compile(r"https?://(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#][^\s<>\"]*)?\Z")


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every address of a work or a benchmark that no browser could open."""
    for text, path, address in _addresses(base):
        if not _URL.match(address):
            hint = (
                f"write `https://{address}`"
                if _URL.match(f"https://{address}")
                else "copy the address from the browser"
            )
            yield Problem(RULE, text, path, f"`{address[:80]}` is not a web address", hint)


def _addresses(base: EvidenceBase) -> Iterator[tuple[YamlText, KeyPath, str]]:
    for entry in base.entries:
        if entry.study and entry.study.citation.url:
            yield entry.text, (*entry.path, "citation", "URL"), entry.study.citation.url
    review, benchmarks = base.parts.get("review"), base.parts.get("benchmarks")
    if review and base.framework.review and base.framework.review.citation.url:
        yield review, ("citation", "URL"), base.framework.review.citation.url
    for number, benchmark in enumerate(base.framework.benchmarks if benchmarks else ()):
        if benchmarks:
            yield benchmarks, ("benchmarks", number, "address"), benchmark.address
