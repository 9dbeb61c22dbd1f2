"""Rules about the content of single fields."""

from coprod_review.validate.rule_family import RuleFamily
from coprod_review.validate.rules.fields import (
    author_name,
    bad_date,
    bad_url,
    blank_text,
    citation_fields,
    html_in_text,
    impossible_year,
    repeated_author,
    repeated_item,
    stray_character,
    title_in_capitals,
)

FAMILY = RuleFamily(
    "1",
    "Fields, types and plain text",
    (
        bad_date,
        blank_text,
        bad_url,
        html_in_text,
        stray_character,
        title_in_capitals,
        author_name,
        impossible_year,
        citation_fields,
        repeated_item,
        repeated_author,
    ),
)
