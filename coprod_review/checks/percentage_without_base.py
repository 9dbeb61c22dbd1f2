"""A percentage stands without its numerator and denominator, or against them.

Fails: `percent: 84` alone. Passes: `n: 24`, `N: 122` and `percent: 20`, or
`percent: 84` with `denominator: not_reported` where the source hides the base.
Fix: add n and N, or say that they are not reported.
"""

from collections.abc import Iterator

from coprod_review.evidence import EvidenceBase
from coprod_review.models import Quantity
from coprod_review.problems import Kind, Problem, Severity
from coprod_review.yaml_text import KeyPath, YamlText

KIND = Kind("CPR505", "percentage-without-base", Severity.ERROR)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every percentage that cannot be recomputed and does not say so."""
    for text, path, figure in _figures(base):
        fault = _fault(figure)
        if fault:
            hint = "add n and N, or write `denominator: not_reported`"
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


def _fault(figure: Quantity) -> str:
    known = figure.n is not None and figure.N is not None
    if figure.percent is None:
        return "n is larger than N" if known and figure.n > figure.N else ""  # type: ignore[operator]
    if not known:
        return "" if figure.denominator == "not_reported" else "a percentage without n and N"
    if figure.denominator == "not_reported":
        return "n and N stand here, but the denominator is not_reported"
    share = 100 * figure.n / figure.N if figure.N else -1  # type: ignore[operator]
    return "" if abs(share - figure.percent) <= 1 else f"n of N is {share:.1f} %, not {figure.percent} %"
