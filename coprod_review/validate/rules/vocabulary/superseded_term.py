"""A code was right once, and the codebook has replaced it.

The codebook keeps old terms, so that old entries can be understood. New entries
and counts use the term that replaced them.

Fails:

    vocabularies:
      designs:
        terms:
          - {id: case-study, label: Case study, definition: One case., source: own, superseded_by: qualitative}
    design: case-study  # CPR203

Passes:

    design: qualitative

Fix: type the term that the message names. `--fix` does this.
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
Successors = dict[str, dict[str, str]]


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every use of a term that another term supersedes."""
    vocabularies = base.framework.codebook.vocabularies
    # CPR204 reports a term whose successor does not exist or is superseded itself.
    current = {name: frozenset(t.id for t in v.terms if not t.superseded_by) for name, v in vocabularies.items()}
    successors = {
        name: {t.id: t.superseded_by for t in v.terms if t.superseded_by and t.superseded_by in current[name]}
        for name, v in vocabularies.items()
    }
    if not any(successors.values()):
        return
    for entry in base.entries:
        yield from _superseded_uses(successors, current, field_schema(Study), entry.text, entry.path, entry.raw)
    for stem, text in base.parts.items():
        yield from _superseded_uses(successors, current, field_schema(PART_MODELS[stem]), text, (), text.data)


def _superseded_uses(
    successors: Successors,
    current: dict[str, frozenset[str]],
    schema: FieldSchema,
    text: YamlText,
    path: KeyPath,
    data: Value,
) -> Iterator[Problem]:
    if all_terms_known(schema, data, current):
        return
    for use in term_uses(schema, data):
        new = successors.get(use.vocabulary, {}).get(use.term)
        if new is not None:
            place, message = (*path, *use.path), f"`{use.term}` has been replaced by `{new}`"
            at, fix = "key" if use.is_key else "value", replacement_fix(new, safe=True)
            yield Problem(RULE, text, place, message, f"write `{new}`", at, value=use.term, fix=fix)  # type: ignore[arg-type]
