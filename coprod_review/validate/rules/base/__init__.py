"""Rules about the base as a whole, and about the comments that suppress a rule."""

from coprod_review.validate.rule_family import RuleFamily
from coprod_review.validate.rules.base import (
    ignore_without_reason,
    unknown_ignore,
    unknown_version,
    unread_file,
)

FAMILY = RuleFamily(
    "9",
    "The evidence base and its comments",
    (
        unread_file,
        unknown_version,
        ignore_without_reason,
        unknown_ignore,
    ),
)
