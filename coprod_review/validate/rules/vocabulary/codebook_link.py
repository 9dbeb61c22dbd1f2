"""The codebook defines a term twice, or refers to a term that does not exist.

The program reads every entry with the help of the codebook. A term with two
meanings, an outcome without a stakeholder group, or a replacement or a wider
term that does not exist would make every count wrong. An outcome may belong to
areas of other frameworks (`care_act`, `ascof` and `ascot`), and these must be in
the codebook too.

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

Fix: correct the id, or add the missing term.
"""

from collections import Counter
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.codebook import CROSSWALKS, Codebook, Term, Vocabulary
from coprod_review.model.study import domain, stakeholder
from coprod_review.source.problems import Problem, Rule, Severity
from coprod_review.text.suggestions import did_you_mean
from coprod_review.validate.rules.hints import KEEP_ONE

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
        yield "id", f"the term `{term.id[:80]}` is defined twice in `{name}`", KEEP_ONE
    new = term.superseded_by or ""
    successor = codebook.find(name, new) if new else term
    if successor is None or (new and successor.superseded_by):
        current = [t.id for t in vocabulary.terms if not t.superseded_by]
        message = f"`{new[:80]}` replaces `{term.id[:80]}`, but it is not a current term of `{name}`"
        yield "superseded_by", message, did_you_mean(new, current) or f"write {codebook.allowed(name)}"
    if term.part_of is not None:
        yield from _part_faults(codebook, name, term)
    if name == "outcomes":
        yield from _outcome_faults(codebook, term)


def _part_faults(codebook: Codebook, name: str, term: Term) -> Iterator[Fault]:
    wider, current = term.part_of or "", [t.id for t in codebook.terms(name) if t.id != term.id]
    if wider not in current:
        message = f"`{term.id[:80]}` is part of `{wider[:80]}`, but that is not another current term of `{name}`"
        yield "part_of", message, did_you_mean(wider, current) or f"write {codebook.allowed(name)}"
    elif term.id in codebook.parts(name, (term.id,)):
        message = f"`{term.id[:80]}` is part of `{wider[:80]}`, which is part of `{term.id[:80]}`"
        yield "part_of", message, "delete `part_of` of the wider term"


def _outcome_faults(codebook: Codebook, term: Term) -> Iterator[Fault]:
    if not codebook.find("stakeholders", stakeholder(term.id)) or not codebook.find("domains", domain(term.id)):
        message = f"the codebook does not have the stakeholder group or the domain of the outcome `{term.id[:80]}`"
        yield "id", message, "write group.domain.outcome, with a group and a domain of the codebook"
    for crosswalk in CROSSWALKS:
        for link in term.links(crosswalk):
            if not codebook.find(crosswalk, link):
                hint = _crosswalk_hint(codebook, crosswalk, link)
                yield crosswalk, f"`{link[:40]}` is not a term of `{crosswalk}`", hint


def _crosswalk_hint(codebook: Codebook, crosswalk: str, link: str) -> str:
    terms = [term.id for term in codebook.terms(crosswalk)]
    if not terms:
        return f"add the vocabulary `{crosswalk}` to the codebook, or delete the link"
    return did_you_mean(link, terms) or f"write {codebook.allowed(crosswalk)}"
