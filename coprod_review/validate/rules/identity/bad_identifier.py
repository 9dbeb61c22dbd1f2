"""A PubMed number, a PMC number or an ISBN is not valid.

A wrong identifier leads readers to another work. An ISBN has a check digit,
which shows most typing mistakes.

Fails:

    citation: {type: book, publisher: A press, ISBN: 978-1-5286-3015-4}  # CPR310

Passes:

    citation: {type: book, publisher: A press, ISBN: 978-1-5286-3015-3}

Fix: copy the number from the publisher's page or from a library catalogue.
"""

import re
from collections.abc import Iterator

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.citation import Citation
from coprod_review.source.problems import Problem, Rule, Severity

RULE = Rule("CPR310", "bad-identifier", Severity.ERROR, __doc__)


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every identifier whose form or check digit is wrong."""
    for entry in base.entries:
        for field, written, form in _wrong_identifiers(entry.study.citation) if entry.study else ():
            message = f"`{written[:40]}` is not a valid {field}"
            yield Problem(RULE, entry.text, (*entry.path, "citation", field), message, f"write {form}")


def _wrong_identifiers(citation: Citation) -> Iterator[tuple[str, str, str]]:
    if citation.pmid is not None and not re.fullmatch(r"[1-9][0-9]{0,8}", citation.pmid):
        yield "PMID", citation.pmid, 'a number of up to 9 digits in quotation marks, such as "31234567"'
    if citation.pmcid is not None and not re.fullmatch(r"PMC[1-9][0-9]{0,8}", citation.pmcid):
        yield "PMCID", citation.pmcid, "PMC and a number, such as PMC6543210"
    if citation.isbn is not None and not _is_isbn(citation.isbn):
        yield "ISBN", citation.isbn, "10 or 13 digits, with or without hyphens; the last is a check digit"


def _is_isbn(written: str) -> bool:
    """Whether the check digit is right (https://www.isbn-international.org/content/isbn-users-manual)."""
    digits = written.replace("-", "").replace(" ", "")
    if re.fullmatch(r"[0-9]{13}", digits):
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"[0-9]{9}[0-9Xx]", digits):
        values = [10 if digit in "Xx" else int(digit) for digit in digits]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return False
