"""A percentage has no numerator and denominator, or contradicts them.

Nobody can judge 84% without knowing how many people it is a share of.

Fails:

    findings:
      - figures: [{label: Felt heard, percent: 84}]  # CPR505

Passes:

    findings:
      - figures: [{label: Felt heard, percent: 84, n: 21, N: 25}]

Fix: add n and N, or write `denominator: not_reported` if the source does not
give them. A number in `published` may be a percentage alone. A number with
`beside` needs a percentage, or n and N.
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
"""What a number does wrong, as the end of a sentence about it, and what to do."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every impossible number, and every percentage that cannot be recomputed and does not say so."""
    for text, path, figure in (*_study_figures(base), *_review_figures(base)):
        fault = _impossible(figure) or _missing(figure) or _contradictory(figure)
        if fault:
            yield Problem(RULE, text, path, f"`{figure.label[:80]}` {fault[0]}", fault[1])


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
        return "has a number below zero", "correct it from the source"
    if percent is not None and percent > 100 and "percent" not in (_unit(figure) or ""):
        change = "; for a rate of change write `unit: percent change`" if isinstance(figure, Quantity) else ""
        return f"is {percent}%, which is more than the whole", f"correct it from the source{change}"
    if n is not None and total is not None and n > total:
        return "has an n that is larger than N", "correct n or N from the source"
    return ("has an N of 0, of which nothing can be a share", "correct N from the source") if total == 0 else None


def _unit(figure: Quantity | Published) -> str | None:
    return figure.unit if isinstance(figure, Quantity) else None


def _missing(figure: Quantity | Published) -> Fault | None:
    hidden = not isinstance(figure, Quantity) or figure.denominator == "not_reported"
    if figure.percent is not None and not hidden and (figure.n is None or figure.N is None):
        return "has a percentage, but not both n and N", "add n and N, or write `denominator: not_reported`"
    shown = figure.beside and not figure.not_comparable_because
    if shown and figure.fraction is None and figure.percent is None:
        return "has neither n and N nor a percentage", "add n and N as whole numbers, or add `percent`"
    return None


def _contradictory(figure: Quantity | Published) -> Fault | None:
    n, total, percent = figure.n, figure.N, figure.percent
    if n is None or not total:
        return None
    if isinstance(figure, Quantity) and figure.denominator == "not_reported":
        return "has n and N, but its denominator is `not_reported`", "write `denominator: reported`"
    share = 100 * n / total
    if percent is not None and abs(share - percent) > 1:
        return f"is {percent}%, but {n} of {total} is {share:.1f}%", "correct n, N or percent from the source"
    return None
