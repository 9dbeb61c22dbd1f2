"""A code was right once, and the codebook has replaced it.

Old codes stay in the codebook so that old entries can be understood; a new
entry, and a count, use the code that took their place.

Fails:

    vocabularies:
      designs:
        terms:
          - {id: case-study, label: Case study, definition: One case., source: own, superseded_by: qualitative}
    design: case-study  # CPR203

Passes:

    design: qualitative

Fix: type the term that the message names. `--fix` does so.
"""

from collections.abc import Iterator

from coprod_review.loading.assembly import PART_MODELS
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.field_schema import FieldSchema, all_terms_known, field_schema, term_uses
from coprod_review.model.study import Study
from coprod_review.source.positions import KeyPath, Value
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix
from coprod_review.source.yaml_text import YamlText

RULE = Rule("CPR203", "superseded-term", Severity.ERROR, __doc__, suppressible=False, fix_needs_codebook=True)
Replaced = dict[str, dict[str, str]]


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Every term in use that another has replaced."""
    vocabularies = base.framework.codebook.vocabularies
    # A term that is replaced by none, or by one that is replaced itself, is CPR204's to report.
    current = {name: frozenset(t.id for t in v.terms if not t.superseded_by) for name, v in vocabularies.items()}
    old = {
        name: {t.id: t.superseded_by for t in v.terms if t.superseded_by and t.superseded_by in current[name]}
        for name, v in vocabularies.items()
    }
    if not any(old.values()):
        return
    for entry in base.entries:
        yield from _replaced(old, current, field_schema(Study), entry.text, entry.path, entry.raw)
    for stem, text in base.parts.items():
        yield from _replaced(old, current, field_schema(PART_MODELS[stem]), text, (), text.data)


def _replaced(
    old: Replaced, current: dict[str, frozenset[str]], shape: FieldSchema, text: YamlText, path: KeyPath, data: Value
) -> Iterator[Problem]:
    if all_terms_known(shape, data, current):
        return
    for use in term_uses(shape, data):
        new = old.get(use.vocabulary, {}).get(use.term)
        if new is not None:
            place, message = (*path, *use.path), f"`{use.term}` is superseded by `{new}`"
            at, fix = "key" if use.is_key else "value", replacement_fix(new, safe=True)
            yield Problem(RULE, text, place, message, f"write `{new}`", at, value=use.term, fix=fix)  # type: ignore[arg-type]
