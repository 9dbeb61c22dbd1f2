"""The catalogue of rules, for people and for programs: a list of all, and the page of each."""

from collections.abc import Sequence
from textwrap import indent
from typing import Any

from coprod_review.errors import UnknownName
from coprod_review.source.problems import Rule
from coprod_review.text.escaping import json_text
from coprod_review.text.suggestions import did_you_mean
from coprod_review.text.templates import render_template
from coprod_review.text.wrapping import wrap_lines
from coprod_review.validate.registry import FAMILIES, LIST_CODES, RULES
from coprod_review.validate.rule_docs import parse_rule_docs

_WIDTH = 80


def find_rule(typed: str) -> Rule:
    """Return a rule by its code or name. Raises ``UnknownName``."""
    by_name = {rule.name: rule for rule in RULES.values()}
    rule = RULES.get(typed.upper()) or by_name.get(typed.lower())
    if rule is None:
        near = did_you_mean(typed.upper(), RULES) or did_you_mean(typed.lower(), by_name)
        raise UnknownName(f"There is no check `{typed[:80]}`: {near or LIST_CODES}")
    return rule


def rule_pages(typed: str | None, format: str) -> str:
    """Return the page of a code or name, or of every rule, as text, json or markdown. Raises ``UnknownName``."""
    rules = list(RULES.values()) if typed is None else [find_rule(typed)]
    if format == "markdown":
        return _pages_as_markdown(rules)
    if format == "json":
        return list_as_json() if typed is None else _page_as_json(rules[0])
    return "\n\n".join(map(_page_as_text, rules))


def list_as_text() -> str:
    """Return every rule on a line of its own, by family."""
    lines = []
    for family in FAMILIES:
        rules = [rule for code, rule in RULES.items() if code[3] == family.digit]
        lines += [family.title, *(f"  {rule.code}  {rule.severity:<7}  {rule.name}" for rule in rules), ""]
    return "\n".join([*lines, "Run `coprod-review explain CODE` to see what a code means."]) + "\n"


def list_as_json() -> str:
    """Return every rule with its page, for programs."""
    return json_text({"schema": "coprod-review/checks/1", "checks": [_as_plain_data(rule) for rule in RULES.values()]})


def _page_as_text(rule: Rule) -> str:
    docs = parse_rule_docs(rule.docs)
    heading = f"{rule.code} {rule.name} ({rule.severity})"
    examples = [f"{word}:\n\n{indent(text, '    ')}" for word, text in docs.examples]
    why = map(_wrap, docs.why.split("\n\n"))
    parts = [heading, _wrap(docs.title), *why, *examples, _wrap(f"Fix: {docs.fix}")]
    return "\n\n".join(part for part in parts if part) + "\n"


def _page_as_json(rule: Rule) -> str:
    return json_text({"schema": "coprod-review/explain/1", **_as_plain_data(rule)})


def _pages_as_markdown(rules: Sequence[Rule]) -> str:
    """Return pages as one Markdown document, by family."""
    families = [
        (family.title, [(rule, parse_rule_docs(rule.docs)) for rule in rules if rule.code[3] == family.digit])
        for family in FAMILIES
    ]
    return render_template("checks.md.j2", families=[family for family in families if family[1]]).rstrip("\n") + "\n"


def _as_plain_data(rule: Rule) -> dict[str, Any]:
    docs = parse_rule_docs(rule.docs)
    page = {"title": docs.title, "why": docs.why, "fails": docs.fails, "passes": docs.passes, "fix": docs.fix}
    return {"code": rule.code, "name": rule.name, "severity": rule.severity.value, **page}


def _wrap(text: str) -> str:
    return "\n".join(wrap_lines(text, _WIDTH))
