"""Rules about the claims of the review, its recommendations, and the benchmarks."""

from coprod_review.validate.rule_family import RuleFamily
from coprod_review.validate.rules.review import (
    claim_without_finding,
    corroboration_gap,
    denied_support,
    group_without_benchmark,
    impossible_share,
    missing_link,
    old_benchmark,
    percentage_without_base,
    standardised_divisor,
    unmeasured_recommendation,
    unusable_comparison,
)

FAMILY = RuleFamily(
    "5",
    "Citations, claims and benchmarks",
    (
        missing_link,
        claim_without_finding,
        corroboration_gap,
        unmeasured_recommendation,
        percentage_without_base,
        standardised_divisor,
        impossible_share,
        old_benchmark,
        group_without_benchmark,
        unusable_comparison,
        denied_support,
    ),
)
