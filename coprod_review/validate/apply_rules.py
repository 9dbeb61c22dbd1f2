"""Every rule applied to a base: its problems, and its diagnostics in reading order."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_review.loading.collector import paused_collector
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Diagnostic, Problem, Severity, diagnose, reading_order
from coprod_review.source.suppressions import Suppression, apply_suppressions, find_suppressions
from coprod_review.validate.registry import RULE_MODULES, RULES, RuleModule
from coprod_review.validate.rules.base import (
    unused_ignore,
)


def find_problems(base: EvidenceBase) -> Iterator[Problem]:
    """Every problem of a base that no comment silences, and every comment that silences nothing."""
    kept, used, held = _found(base, RULE_MODULES.values())
    yield from kept
    misread = {id(p.text) for p in base.problems}
    for text in base.texts:
        # While an entry cannot be read, nobody knows what its comments would silence.
        for ignore in held.get(id(text), []) if id(text) not in misread else ():
            idle = [c for c in ignore.codes if ignore.reason and c in RULES and (id(text), ignore, c) not in used]
            yield from unused_ignore.unused(text, ignore, idle)


def find_errors(base: EvidenceBase) -> list[Problem]:
    """The problems that make a base unfit for analysis."""
    strict = [check for check in RULE_MODULES.values() if check.RULE.severity is Severity.ERROR]
    return [p for p in _found(base, strict)[0] if p.rule.severity is Severity.ERROR]


def _found(
    base: EvidenceBase, checks: Iterable[RuleModule]
) -> tuple[list[Problem], set[tuple[int, Suppression, str]], dict[int, list[Suppression]]]:
    """Problems left, what comments silenced, and the comments by the identity of their text."""
    with paused_collector():
        found = [problem for check in checks if _can_tell(check, base) for problem in check.check(base)]
    held = {id(text): find_suppressions(text) for text in base.texts}
    kept, used = apply_suppressions(found, held)
    return [*base.problems, *kept], used, held


def _without_doubtful_fixes(base: EvidenceBase, found: list[Problem]) -> list[Problem]:
    """While the codebook has errors nobody knows which words are right: nothing is mended after it."""
    codebook = base.parts.get("codebook")
    if codebook is None or not any(p.text is codebook and p.rule.severity is Severity.ERROR for p in found):
        return found
    return [replace(p, fix=None) if p.rule.code in ("CPR201", "CPR203") else p for p in found]


_OF_WHOLE_BASE = frozenset({"CPR420", "CPR421", "CPR422", "CPR423", "CPR424", "CPR509"})


def _can_tell(check: RuleModule, base: EvidenceBase) -> bool:
    """Whether a check may speak: what it says of the whole base is not known while an entry cannot be read."""
    return check.RULE.code not in _OF_WHOLE_BASE or not base.problems


def diagnose_base(base: EvidenceBase) -> list[Diagnostic]:
    """Every diagnostic of a base, in reading order; no two have the same fingerprint."""
    times: Counter[str] = Counter()
    told = []
    for found in sorted(map(diagnose, _without_doubtful_fixes(base, list(find_problems(base)))), key=reading_order):
        nth = times[found.fingerprint]
        times[found.fingerprint] += 1
        told.append(replace(found, fingerprint=f"{found.fingerprint}-{nth + 1}") if nth else found)
    return told
