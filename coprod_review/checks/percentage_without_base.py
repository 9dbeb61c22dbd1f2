"""A percentage stands without its numerator and denominator, or against them.

Nobody can weigh 84 % without knowing of how many.

Fails:

    findings:
      - figures: [{label: Felt heard, percent: 84}]  # CPR505

Passes:

    findings:
      - figures: [{label: Felt heard, percent: 84, n: 21, N: 25}]

Fix: add n and N, or write `denominator: not_reported` where the source hides
them.
"""

from collections.abc import Iterator

from coprod_review.evidence import EvidenceBase
from coprod_review.models import Quantity
from coprod_review.problems import Kind, Problem, Severity
from coprod_review.yaml_text import KeyPath, YamlText

KIND = Kind("CPR505", "percentage-without-base", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every percentage that cannot be recomputed and does not say so."""
    for text, path, figure in _figures(base):
        fault, hint = _fault(figure)
        if fault:
            yield Problem(KIND, text, path, f"{fault}: {figure.label[:80]}", hint)


def _figures(base: EvidenceBase) -> Iterator[tuple[YamlText, KeyPath, Quantity]]:
    for entry in base.entries:
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            for index, figure in enumerate(finding.figures):
                yield entry.text, (*entry.path, "findings", number, "figures", index), figure
    review = base.framework.review
    if review and "review" in base.parts:
        for number, claim in enumerate(review.claims):
            for index, figure in enumerate(claim.figures):
                yield base.parts["review"], ("claims", number, "figures", index), figure


def _fault(figure: Quantity) -> tuple[str, str]:
    """What is wrong with a number, and what to do; two empty texts where nothing is."""
    n, total, percent = figure.n, figure.N, figure.percent
    if min(n or 0, total or 0, percent or 0) < 0:
        return "a number below zero", "correct it from the source"
    if percent is not None and percent > 100 and "percent" not in (figure.unit or ""):
        return (
            f"{percent} % is more than all",
            "correct it from the source; for a rate of change write `unit: percent change`",
        )
    if n is None or total is None:
        bare = percent is not None and figure.denominator != "not_reported"
        return (
            ("a percentage without n and N", "add n and N, or write `denominator: not_reported`") if bare else ("", "")
        )
    if n > total:
        return "n is larger than N", "correct n or N from the source"
    if figure.denominator == "not_reported":
        return "n and N stand here, but the denominator is not_reported", "write `denominator: reported`"
    share = 100 * n / total if total else 0.0
    if percent is not None and abs(share - percent) > 1:
        return f"n of N is {share:.1f} %, not {percent} %", "correct n, N or percent from the source"
    return "", ""
