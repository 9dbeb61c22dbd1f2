"""Every rule by name, and the catalogue of all problems by code.

A new rule is a module in the package of its family, and a line in the list of that package.
"""

from collections.abc import Mapping

from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.source.problems import Rule
from coprod_review.validate.rule_family import RuleModule
from coprod_review.validate.rules import base, coding, fields, identity, review, text, vocabulary
from coprod_review.validate.rules.base import unused_ignore

FAMILIES = (
    text.FAMILY,
    fields.FAMILY,
    vocabulary.FAMILY,
    identity.FAMILY,
    coding.FAMILY,
    review.FAMILY,
    base.FAMILY,
)
"""Families in the order in which their rules run; the first error of a base is named in messages."""

RULE_MODULES: Mapping[str, RuleModule] = {module.RULE.name: module for family in FAMILIES for module in family.modules}
"""Modules of rules by name, in the order in which they run."""

# Whether a suppression is unused is known only after every rule has run, so `unused_ignore` is in no family's list.
RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in sorted(
        (*PARSE_RULES.values(), *(module.RULE for module in RULE_MODULES.values()), unused_ignore.RULE),
        key=lambda rule: rule.code,
    )
}
"""The catalogue: every rule by its code, in the order of the codes."""

LIST_CODES = "run `coprod-review validate --list` to see every code."
"""What to do about an unknown code, as the end of a message."""
