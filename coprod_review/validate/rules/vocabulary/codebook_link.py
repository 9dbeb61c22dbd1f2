"""A term of the codebook stands twice, or leads to a term that is not there.

Entries are read against the codebook: a word with two meanings, an outcome of
no group or a replacement that does not exist would mislead every count.

Fails:

    vocabularies:
      designs:
        terms:
          - id: case-study
            label: Case study
            definition: One case.
            source: own
            superseded_by: single-case  # CPR204

Passes:

    vocabularies:
      designs:
        terms:
          - id: case-study
            label: Case study
            definition: One case.
            source: own

Fix: correct the id, or add the term that is missing.
"""

from collections import Counter
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import Codebook, Term, Vocabulary
from coprod_review.model.study import domain, stakeholder
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.suggestions import did_you_mean

RULE = Rule("CPR204", "codebook-link", Severity.ERROR, __doc__, suppressible=False)
Fault = tuple[str, str, str]
"""The field, what is wrong with it, and what to do."""


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every term that is defined twice, and every link of a term to one that does not exist."""
    text, codebook = base.parts.get("codebook"), base.framework.codebook
    for name, vocabulary in codebook.vocabularies.items() if text else ():
        times = Counter(term.id for term in vocabulary.terms)
        for number, term in enumerate(vocabulary.terms):
            path = ("vocabularies", name, "terms", number)
            for field, message, hint in _faults(codebook, name, vocabulary, term, times):
                if text is not None:
                    yield Problem(RULE, text, (*path, field), message, hint)


def _faults(codebook: Codebook, name: str, vocabulary: Vocabulary, term: Term, times: Counter[str]) -> Iterator[Fault]:
    if times[term.id] > 1:
        yield "id", f"the term `{term.id[:80]}` stands twice in {name}", "keep one of the two"
    successor = codebook.find(name, term.superseded_by) if term.superseded_by else term
    if successor is None or (term.superseded_by and successor.superseded_by):
        current = [t.id for t in vocabulary.terms if not t.superseded_by]
        message = f"`{(term.superseded_by or '')[:80]}`, said to replace `{term.id[:80]}`, is no current term of {name}"
        yield (
            "superseded_by",
            message,
            did_you_mean(term.superseded_by or "", current) or f"name {codebook.allowed(name)}",
        )
    if name == "outcomes":
        yield from _outcome_faults(codebook, term)


def _outcome_faults(codebook: Codebook, term: Term) -> Iterator[Fault]:
    if not codebook.find("stakeholders", stakeholder(term.id)) or not codebook.find("domains", domain(term.id)):
        message = f"the outcome `{term.id[:80]}` lies in no stakeholder group or domain of the codebook"
        yield "id", message, "write group.domain.outcome with a group and a domain that the codebook holds"
    for letter in term.care_act:
        if not codebook.find("care_act", letter):
            yield "care_act", f"`{letter[:40]}` is no area of wellbeing in the codebook", "write a letter from a to i"
