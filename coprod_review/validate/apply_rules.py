"""Every rule applied to a base: its problems, and its diagnostics in reading order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Diagnostic, Problem, Severity, diagnose, reading_order
from coprod_review.source.suppressions import Suppression, SuppressionUse, apply_suppressions, find_suppressions
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate.registry import RULE_MODULES, RULES
from coprod_review.validate.rule_family import RuleModule
from coprod_review.validate.rules.base import unknown_version, unused_ignore


def find_problems(base: EvidenceBase) -> Iterator[Problem]:
    """Yield every problem of a base that no comment suppresses, and every comment that suppresses nothing."""
    if base.other_format is not None:
        yield from _problems_of_other_format(base)
        return
    suppressions = _suppressions_by_text(base)
    problems, used = apply_suppressions(_run(base, RULE_MODULES.values()), suppressions)
    yield from base.problems
    yield from problems
    yield from _unused_suppressions(base, suppressions, used)


def find_errors(base: EvidenceBase) -> list[Problem]:
    """Return the problems that make a base unfit for analysis."""
    if base.other_format is not None:
        return list(_problems_of_other_format(base))
    modules = [module for module in RULE_MODULES.values() if module.RULE.severity is Severity.ERROR]
    problems, _ = apply_suppressions(_run(base, modules), _suppressions_by_text(base))
    return [p for p in (*base.problems, *problems) if p.rule.severity is Severity.ERROR]


def diagnose_base(base: EvidenceBase) -> list[Diagnostic]:
    """Return every diagnostic of a base, in reading order; no two have the same fingerprint."""
    problems = _without_doubtful_fixes(base, list(find_problems(base)))
    times: Counter[str] = Counter()
    diagnostics = []
    for diagnostic in sorted(map(diagnose, problems), key=reading_order):
        fingerprint = diagnostic.fingerprint
        times[fingerprint] += 1
        number = times[fingerprint]
        diagnostics.append(replace(diagnostic, fingerprint=f"{fingerprint}-{number}") if number > 1 else diagnostic)
    return diagnostics


def _problems_of_other_format(base: EvidenceBase) -> Iterator[Problem]:
    """Yield the format itself, and what hides a part of a file: the rules know only the fields of their own format."""
    yield from base.problems
    yield from unknown_version.check(base)


def _run(base: EvidenceBase, modules: Iterable[RuleModule]) -> Iterator[Problem]:
    for module in modules:
        if not (module.RULE.needs_complete_base and base.problems):
            yield from module.check(base)


def _suppressions_by_text(base: EvidenceBase) -> dict[YamlText, list[Suppression]]:
    return {text: find_suppressions(text) for text in base.texts}


def _unused_suppressions(
    base: EvidenceBase, suppressions: Mapping[YamlText, Sequence[Suppression]], used: set[SuppressionUse]
) -> Iterator[Problem]:
    # While an entry cannot be read, nobody knows what the comments of its file would suppress.
    incomplete = {problem.text for problem in base.problems}
    for text in base.texts:
        for suppression in suppressions[text] if text not in incomplete else ():
            codes = suppression.codes if suppression.reason else ()
            unused = [code for code in codes if code in RULES and (text, suppression, code) not in used]
            yield from unused_ignore.unused(text, suppression, unused)


def _without_doubtful_fixes(base: EvidenceBase, problems: list[Problem]) -> list[Problem]:
    """Remove the fixes that write terms of a codebook with errors: nobody knows yet which terms are right."""
    codebook = base.parts.get("codebook")
    if codebook is None or not any(p.text is codebook and p.rule.severity is Severity.ERROR for p in problems):
        return problems
    return [replace(p, fix=None) if p.rule.fix_needs_codebook else p for p in problems]
