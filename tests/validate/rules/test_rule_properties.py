"""The properties of the rules are those that the contract of diagnostics promises to users."""

import re
from pathlib import Path

import pytest

from coprod_review.loading import assembly
from coprod_review.source.yaml_text import YamlText
from coprod_review.validate.registry import FAMILIES, RULES
from coprod_review.validate.rules.base import unknown_ignore
from tests.conftest import REPOSITORY

CONTRACT = Path(REPOSITORY, "docs", "contracts", "diagnostics.md").read_text(encoding="utf-8")


def _promised(opening: str) -> set[str]:
    """The codes that a paragraph of the contract lists; ``CPR2xx`` is a family."""
    (paragraph,) = [part for part in CONTRACT.split("\n\n") if part.startswith(opening)]
    listed = re.findall(r"CPR\d(?:\d\d|xx)", paragraph)
    return {code for code in RULES if code in listed or f"{code[:4]}xx" in listed}


@pytest.mark.parametrize(
    ("name", "value", "opening"),
    [
        ("suppressible", False, "You cannot suppress"),
        ("always_reported", True, "Codes that can hide the rest of a file"),
        ("needs_complete_base", True, "While a part of the base cannot be read"),
        ("fix_needs_codebook", True, "While the codebook has errors"),
    ],
)
def test_the_rules_have_the_properties_that_the_contract_lists(name: str, value: bool, opening: str) -> None:
    assert {code for code, rule in RULES.items() if getattr(rule, name) is value} == _promised(opening)


def test_comment_naming_an_unsuppressible_code_is_reported() -> None:
    comment = f"# coprod: ignore[{', '.join(RULES)}] because\n"
    base = assembly.assemble("base", [YamlText(comment, "studies.yaml")])
    reported = {problem.message.split("`")[1] for problem in unknown_ignore.check(base)}
    assert reported == {code for code, rule in RULES.items() if not rule.suppressible}


def test_rules_of_a_family_are_ordered_by_code() -> None:
    codes = [module.RULE.code for family in FAMILIES for module in family.modules]
    assert codes == sorted(codes)
    assert all(module.RULE.code[3] == family.digit for family in FAMILIES for module in family.modules)
    assert [family.digit for family in FAMILIES] == sorted({code[3] for code in RULES})
