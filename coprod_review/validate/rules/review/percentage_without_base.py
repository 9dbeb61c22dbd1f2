"""A percentage stands without its numerator and denominator, or against them.

Nobody can weigh 84 % without knowing of how many.

Fails:

    findings:
      - figures: [{label: Felt heard, percent: 84}]  # CPR505

Passes:

    findings:
      - figures: [{label: Felt heard, percent: 84, n: 21, N: 25}]

Fix: add n and N, or write `denominator: not_reported` where the source hides
them. A number of `published` may give a percentage alone; a number that is set
`beside` a figure needs one of the two.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Published
from coprod_review.source.positions import KeyPath
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR505", "percentage-without-base", Severity.ERROR, __doc__, suppressible=False)
Fault = tuple[str, str]
"""What is wrong with a number, and what to do."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every impossible number, and every percentage that cannot be recomputed and does not say so."""
    for text, path, figure in (*_study_figures(base), *_review_figures(base)):
        fault = _impossible(figure) or _missing(figure) or _contradictory(figure)
        if fault:
            yield Problem(RULE, text, path, f"{fault[0]}: {figure.label[:80]}", fault[1])


def _study_figures(base: EvidenceBase) -> Iterator[tuple[YamlText, KeyPath, Quantity]]:
    for entry in base.entries:
        for number, finding in enumerate(entry.study.findings if entry.study else ()):
            for index, figure in enumerate(finding.figures):
                yield entry.text, (*entry.path, "findings", number, "figures", index), figure


def _review_figures(base: EvidenceBase) -> Iterator[tuple[YamlText, KeyPath, Quantity | Published]]:
    review, text = base.framework.review, base.parts.get("review")
    if review is None or text is None:
        return
    for number, claim in enumerate(review.claims):
        for index, figure in enumerate(claim.figures):
            yield text, ("claims", number, "figures", index), figure
    for number, published in enumerate(review.published):
        yield text, ("published", number), published


def _impossible(figure: Quantity | Published) -> Fault | None:
    n, total, percent = figure.n, figure.N, figure.percent
    if min(n or 0, total or 0, percent or 0) < 0:
        return "a number below zero", "correct it from the source"
    if percent is not None and percent > 100 and "percent" not in (_unit(figure) or ""):
        change = "; for a rate of change write `unit: percent change`" if isinstance(figure, Quantity) else ""
        return f"{percent} % is more than all", f"correct it from the source{change}"
    if n is not None and total is not None and n > total:
        return "n is larger than N", "correct n or N from the source"
    return ("N is 0, and nothing is no share of it", "correct N from the source") if total == 0 else None


def _unit(figure: Quantity | Published) -> str | None:
    return figure.unit if isinstance(figure, Quantity) else None


def _missing(figure: Quantity | Published) -> Fault | None:
    hidden = not isinstance(figure, Quantity) or figure.denominator == "not_reported"
    if figure.percent is not None and not hidden and (figure.n is None or figure.N is None):
        return "a percentage without n and N", "add n and N, or write `denominator: not_reported`"
    shown = figure.beside and not figure.not_comparable_because
    if shown and figure.fraction is None and figure.percent is None:
        return "neither n of N nor a percentage stands here", "add n and N as whole numbers, or percent"
    return None


def _contradictory(figure: Quantity | Published) -> Fault | None:
    n, total, percent = figure.n, figure.N, figure.percent
    if n is None or not total:
        return None
    if isinstance(figure, Quantity) and figure.denominator == "not_reported":
        return "n and N stand here, but the denominator is not_reported", "write `denominator: reported`"
    share = 100 * n / total
    if percent is not None and abs(share - percent) > 1:
        return f"n of N is {share:.1f} %, not {percent} %", "correct n, N or percent from the source"
    return None
