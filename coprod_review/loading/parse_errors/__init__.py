"""Rules for problems met while a base is read, one module each; ``assembly`` and ``hints`` report them.

The rules that run over a base once it is read are in ``validate.rules``.
"""

from collections.abc import Mapping

from coprod_review.loading.parse_errors import (
    alias,
    duplicate_key,
    empty,
    encoding,
    long_line,
    missing_field,
    no_studies,
    syntax,
    tag,
    too_deep,
    trap,
    unknown_field,
    unreadable,
    wrong_type,
)
from coprod_review.source.problems import Rule

PARSE_RULES: Mapping[str, Rule] = {
    module.RULE.name: module.RULE
    for module in (
        syntax,
        duplicate_key,
        trap,
        encoding,
        empty,
        alias,
        tag,
        too_deep,
        long_line,
        unreadable,
        wrong_type,
        unknown_field,
        missing_field,
        no_studies,
    )
}
"""Rules by name, in the order of their codes."""
