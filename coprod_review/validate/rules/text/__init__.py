"""Rules about the text of a file: characters, line ends and white space."""

from coprod_review.validate.rule_family import RuleFamily
from coprod_review.validate.rules.text import (
    byte_order_mark,
    cut_text,
    line_ends,
    white_space,
)

FAMILY = RuleFamily(
    "0",
    "The text of a file",
    (
        byte_order_mark,
        line_ends,
        white_space,
        cut_text,
    ),
)
