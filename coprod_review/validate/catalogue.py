"""The catalogue of checks as people and programs read it."""

import json
from collections.abc import Sequence
from typing import Any

from coprod_review.errors import UnknownName
from coprod_review.source.problems import Rule
from coprod_review.text.suggestions import did_you_mean
from coprod_review.text.templates import render_template
from coprod_review.validate.registry import RULES
from coprod_review.validate.rule_docs import RuleDocs, parse_rule_docs

FAMILIES = {
    "0": "The text of a file",
    "1": "Shape, types and plain words",
    "2": "Vocabulary",
    "3": "Identity and files",
    "4": "Coding",
    "5": "Citations, claims and benchmarks",
    "9": "The base and comments in it",
}
"""Families of codes by their first digit."""


def find_rule(typed: str) -> Rule:
    """A kind by its code or name. Raises ``UnknownName``."""
    names = {kind.name: kind for kind in RULES.values()}
    found = RULES.get(typed.upper()) or names.get(typed.lower())
    if found is None:
        near = did_you_mean(typed.upper(), RULES) or did_you_mean(typed.lower(), names)
        raise UnknownName(f"There is no check `{typed[:80]}`: {near or 'see coprod-review validate --list.'}")
    return found


def rule_pages(typed: str | None, format: str) -> str:
    """The page of a code or name, or of every one, as text, json or markdown. Raises ``UnknownName``."""
    kinds = list(RULES.values()) if typed is None else [find_rule(typed)]
    if format == "markdown":
        return handbook(kinds)
    if format == "json":
        return listing_as_json() if typed is None else explain_as_json(kinds[0])
    return "\n\n".join(map(explain, kinds))


def explain(kind: Rule) -> str:
    """The page of one kind, for the terminal."""
    page = parse_rule_docs(kind.docs)
    head = f"{kind.code} {kind.name} ({kind.severity})"
    shown = [f"{word}:\n\n{_indented(text)}" for word, text in _examples(page)]
    parts = [head, _wrapped(page.title), *map(_wrapped, page.why.split("\n\n")), *shown, _wrapped(f"Fix: {page.fix}")]
    return "\n\n".join(part for part in parts if part) + "\n"


def explain_as_json(kind: Rule) -> str:
    """The page of one kind, for programs."""
    return _json({"schema": "coprod-review/explain/1", **_plain(kind)})


def listing() -> str:
    """Every kind on one line, by family."""
    lines = []
    for digit, title in FAMILIES.items():
        kinds = [kind for code, kind in RULES.items() if code[3] == digit]
        lines += [title, *(f"  {k.code}  {k.severity:<7}  {k.name}" for k in kinds), ""]
    return "\n".join([*lines, "What one means: coprod-review explain CODE"]) + "\n"


def listing_as_json() -> str:
    """Every kind with its page, for programs."""
    return _json({"schema": "coprod-review/checks/1", "checks": [_plain(kind) for kind in RULES.values()]})


def handbook(kinds: Sequence[Rule]) -> str:
    """Pages as one Markdown document, by family."""
    families = [
        (title, [(kind, parse_rule_docs(kind.docs)) for kind in kinds if kind.code[3] == digit])
        for digit, title in FAMILIES.items()
    ]
    return render_template("checks.md.j2", families=[family for family in families if family[1]]).rstrip("\n") + "\n"


def _plain(kind: Rule) -> dict[str, Any]:
    page = parse_rule_docs(kind.docs)
    rule_pages = {"title": page.title, "why": page.why, "fails": page.fails, "passes": page.passes, "fix": page.fix}
    return {"code": kind.code, "name": kind.name, "severity": kind.severity.value, **rule_pages}


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _examples(page: RuleDocs) -> list[tuple[str, str]]:
    return [(word, text) for word, text in (("Fails", page.fails), ("Passes", page.passes)) if text]


def _wrapped(text: str) -> str:
    from textwrap import fill as wrap

    return wrap(text, 80, break_long_words=False, break_on_hyphens=False)


def _indented(text: str) -> str:
    from textwrap import indent

    return indent(text, "    ")
