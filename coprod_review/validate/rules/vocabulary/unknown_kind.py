"""The `kind` of a term is not one that the program knows for its vocabulary.

Ids and labels of terms are yours. The program tells terms apart by their kind
alone, for example which designs are primary studies and which are reviews. A
kind that it does not know counts nowhere.

Fails:

    vocabularies:
      designs:
        terms:
          - id: case-study
            label: Case study
            definition: One case.
            source: own
            kind: main  # CPR205

Passes:

    vocabularies:
      designs:
        terms:
          - id: case-study
            label: Case study
            definition: One case.
            source: own
            kind: primary

Fix: write one of the kinds that the message names, or delete the line.
"""

from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import KINDS
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.grammar import listed
from coprod_review.text.suggestions import did_you_mean

RULE = Rule("CPR205", "unknown-kind", Severity.ERROR, __doc__, suppressible=False)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every kind that its vocabulary cannot have; vocabularies without kinds may have any."""
    text, codebook = base.parts.get("codebook"), base.framework.codebook
    if text is None:
        return
    for name, kinds in KINDS.items():
        vocabulary = codebook.vocabularies.get(name)
        for number, term in enumerate(vocabulary.terms if vocabulary else ()):
            if term.kind is not None and term.kind not in kinds:
                path = ("vocabularies", name, "terms", number, "kind")
                message = f"`{term.kind[:80]}` is not a kind of the vocabulary `{name}`"
                hint = did_you_mean(term.kind, kinds) or f"write {listed(kinds)}, whichever is meant"
                yield Problem(RULE, text, path, message, hint)
