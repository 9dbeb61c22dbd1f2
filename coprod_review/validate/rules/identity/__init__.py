"""Rules about ids, references and files: each work is entered once and under its own name."""

from coprod_review.validate.rule_family import RuleFamily
from coprod_review.validate.rules.identity import (
    bad_doi,
    bad_identifier,
    duplicate_doi,
    duplicate_id,
    duplicate_reference,
    file_name,
    id_mismatch,
    own_source,
    repeated_name,
    same_work,
)

FAMILY = RuleFamily(
    "3",
    "Identity and files",
    (
        duplicate_doi,
        duplicate_id,
        duplicate_reference,
        id_mismatch,
        same_work,
        bad_doi,
        file_name,
        repeated_name,
        own_source,
        bad_identifier,
    ),
)
