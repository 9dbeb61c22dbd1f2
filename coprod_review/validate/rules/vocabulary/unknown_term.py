"""A coded field contains a word that is not in the codebook.

Every code is a term of the codebook, so that a count means the same thing in
every entry.

Fails:

    design: case study  # CPR201

Passes:

    design: case-study

Fix: type the suggested term, or look for one with `coprod-review codebook`. If
the codebook lacks a term, add it with `coprod-review codebook add`. `--fix`
replaces a registered synonym by its term. `--fix --unsafe-fixes` also replaces
a mistyped word by the nearest term.
"""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from coprod_review import bundled
from coprod_review.loading.assembly import PART_MODELS
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.field_schema import FieldSchema, TermUse, all_terms_known, field_schema, term_uses
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Study
from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix
from coprod_review.source.yaml_text import YamlText
from coprod_review.text.grammar import capitalise
from coprod_review.text.suggestions import is_likely_typo, nearest

_MAX_LISTED = 90
"""How many characters a list of all terms may have in a hint."""
RULE = Rule("CPR201", "unknown-term", Severity.ERROR, __doc__, suppressible=False, fix_needs_codebook=True)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every use of a term that is not in the codebook, and suggest the nearest one."""
    codebook = base.framework.codebook
    known = {name: frozenset(t.id for t in v.terms) for name, v in codebook.vocabularies.items()}
    schema = field_schema(Study)
    for entry in base.entries:
        yield from _unknown_uses(base, known, schema, entry.text, entry.path, entry.raw)
    for stem, text in base.parts.items():
        yield from _unknown_uses(base, known, field_schema(PART_MODELS[stem]), text, (), text.data)


def _unknown_uses(
    base: EvidenceBase,
    known: Mapping[str, frozenset[str]],
    schema: FieldSchema,
    text: YamlText,
    path: KeyPath,
    data: Value,
) -> Iterator[Problem]:
    if all_terms_known(schema, data, known):
        return
    for use in term_uses(schema, data):
        if use.term not in known.get(use.vocabulary, ()) and use.term not in use.literals:
            yield _problem(base, text, (*path, *use.path), use)


def _problem(base: EvidenceBase, text: YamlText, path: KeyPath, use: TermUse) -> Problem:
    codebook = base.framework.codebook
    term, safe = _probable_term(codebook, use)
    message = f"`{use.term[:80]}` is not a term for `{_field(path, use)}` in the codebook"
    hint = _hint_with_term(base, use, term, safe=safe) if term else _hint_without_term(base, use)
    fix = replacement_fix(term, safe=safe) if term and (safe or is_likely_typo(use.term, term)) else None
    return Problem(RULE, text, path, message, hint, "key" if use.is_key else "value", value=use.term[:200], fix=fix)


def _field(path: KeyPath, use: TermUse) -> str | int:
    """Return the field that uses a term: the last key of the path that is not the term itself or a number in a list."""
    keys = [step for step in (path[:-1] if use.is_key else path) if isinstance(step, str)]
    return keys[-1] if keys else use.vocabulary


def _probable_term(codebook: Codebook, use: TermUse) -> tuple[str | None, bool]:
    """Return the term that was probably meant, and whether the codebook itself says so."""
    terms = codebook.terms(use.vocabulary)
    by_word = {word.casefold(): t.id for t in terms for word in (*t.synonyms, t.label, t.id)}
    if known_term := by_word.get(use.term.casefold()):
        return known_term, True
    return nearest(use.term, [*(t.id for t in terms), *sorted(use.literals)]), False


def _hint_with_term(base: EvidenceBase, use: TermUse, term: str, *, safe: bool) -> str:
    terms = f"did you mean `{term}`? {_list_of_terms(base.framework.codebook, use)}"
    return terms if safe else f"{terms}. {capitalise(_how_to_add(base, use))}"


def _hint_without_term(base: EvidenceBase, use: TermUse) -> str:
    codebook = base.framework.codebook
    if use.vocabulary not in codebook.vocabularies:
        return f"the codebook has no vocabulary `{use.vocabulary}`: add it to codebook.yaml"
    if not codebook.terms(use.vocabulary):
        return f"`{use.vocabulary}` has no terms yet; {_how_to_add(base, use)}"
    return f"write {codebook.allowed(use.vocabulary)}; {_how_to_add(base, use)}"


def _how_to_add(base: EvidenceBase, use: TermUse) -> str:
    """Return what to do if the codebook really lacks the term."""
    if base.uses_bundled_codebook:
        return "to use a new term, give the base a codebook.yaml of its own"
    # The base may have been named by one of its files.
    folder = base.parts["codebook"].name.removesuffix("codebook.yaml").rstrip("/") or "."
    is_bundled = Path(folder).resolve() == bundled.DATA.resolve()
    option = "" if is_bundled else f" --base {shlex.quote(folder)}"
    return f"to add a new term, run `coprod-review codebook add {use.vocabulary} ID{option}`"


def _list_of_terms(codebook: Codebook, use: TermUse) -> str:
    """Return a sentence with all terms where they are few, else one with the command that lists them."""
    terms = ", ".join([*(term.id for term in codebook.terms(use.vocabulary)), *sorted(use.literals)])
    if len(terms) <= _MAX_LISTED:
        return f"The terms are: {terms}"
    return f"Run `coprod-review codebook {use.vocabulary}` to see every term"
