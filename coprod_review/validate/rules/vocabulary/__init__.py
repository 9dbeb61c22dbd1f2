"""Rules about terms and the codebook that defines them."""

from coprod_review.validate.rule_family import RuleFamily
from coprod_review.validate.rules.vocabulary import (
    codebook_link,
    gap_rule,
    superseded_term,
    unknown_kind,
    unknown_term,
)

FAMILY = RuleFamily(
    "2",
    "Vocabulary",
    (
        unknown_term,
        gap_rule,
        superseded_term,
        codebook_link,
        unknown_kind,
    ),
)
