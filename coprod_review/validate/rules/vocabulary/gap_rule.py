"""The program cannot apply a gap rule of the codebook.

Each rule has a known name and exactly the thresholds that it needs, as whole
numbers from 1. Its text names the thresholds in braces. `max_studies` of `thin`
must be lower than `min_primary` of `synthesis`. Otherwise the same number of
studies would be very little evidence and also enough for a review.

Fails:

    gap_rules:
      - id: thin  # CPR202
        rule: 1 to {max_studies} studies
        thresholds: {max_study: 2}

Passes:

    gap_rules:
      - id: thin
        rule: 1 to {max_studies} studies
        thresholds: {max_studies: 2}

Fix: write the thresholds that the message names.
"""

from collections.abc import Iterator
from string import Formatter

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import GAP_THRESHOLDS, GapRule
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.suggestions import did_you_mean

RULE = Rule("CPR202", "gap-rule", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every gap rule with an unknown name, wrong thresholds or words that do not fit them."""
    text = base.parts.get("codebook")
    rules = base.framework.codebook.gap_rules if text else ()
    for number, rule in enumerate(rules):
        message, hint = _message_and_hint(rule)
        if not message and rule.id == "synthesis":
            message, hint = _contradiction(rule, next((r for r in rules if r.id == "thin"), None))
        if message and text is not None:
            yield Problem(RULE, text, ("gap_rules", number, "id"), message, hint)


def _contradiction(synthesis: GapRule, thin: GapRule | None) -> tuple[str, str]:
    """Return what is wrong, and what to do, where very little evidence would be enough for a review."""
    most = thin.thresholds.get("max_studies") if thin else None
    least = synthesis.thresholds["min_primary"]
    if most is None or most < least:
        return "", ""
    message = f"`thin` calls {most} studies very little evidence, and `synthesis` calls {least} enough for a review"
    return message, f"write a `min_primary` above {most}, or a `max_studies` below {least}"


def _message_and_hint(rule: GapRule) -> tuple[str, str]:
    needed = GAP_THRESHOLDS.get(rule.id)
    if needed is None:
        return f"there is no gap rule `{rule.id[:80]}`", did_you_mean(rule.id, GAP_THRESHOLDS) or "delete it"
    if needed != set(rule.thresholds) or min(rule.thresholds.values(), default=1) < 1:
        every = ", ".join(sorted(needed))
        hint = f"write a whole number from 1 for each of: {every}" if needed else "write `thresholds: {}`"
        return f"the thresholds of `{rule.id}` are not the ones that it needs", hint
    if not _thresholds_in(rule.rule) <= needed:
        return f"the text of `{rule.id}` names a threshold that the rule does not have", "correct the word in braces"
    return "", ""


def _thresholds_in(words: str) -> set[str]:
    try:
        return {field for _, field, _, _ in Formatter().parse(words) if field is not None}
    except ValueError:
        return {"an unclosed brace"}
