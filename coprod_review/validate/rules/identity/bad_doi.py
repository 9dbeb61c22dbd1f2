"""A DOI is malformed, or has an address before it.

The same DOI in two forms would count as two works. A DOI begins with 10., a
number and a slash, and has no spaces.

Fails:

    citation: {DOI: https://doi.org/10.1108/mhsi-10-2018-0035}  # CPR306

Passes:

    citation: {DOI: 10.1108/mhsi-10-2018-0035}

Fix: write only the DOI. `--fix` deletes an address before it.
"""

import re
from collections.abc import Iterator

from coprod_review.bibliography.reference import bare_doi
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.source.problems import Problem, Rule, Severity, replacement_fix

RULE = Rule("CPR306", "bad-doi", Severity.ERROR, __doc__)
# A little stricter about the end than https://www.crossref.org/blog/dois-and-matching-regular-expressions/.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"\u2010-\u2015\u2212]*[^\s\".,;\u2010-\u2015\u2212]\Z")
_YAML_CHARACTERS = frozenset("#[]{},:&*!|>%@`'")
_COPY = "copy the DOI from the publisher's page, as in 10.1108/mhsi-10-2018-0035"
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))


def check(base: EvidenceBase) -> Iterator[Problem]:
    """Report every DOI that is not a DOI and nothing else."""
    for entry in base.entries:
        written = entry.study.citation.doi if entry.study else None
        if written and not _DOI.match(written):
            bare = bare_doi(written).translate(_DASHES).rstrip(".,;")
            is_doi = _DOI.match(bare) is not None
            hint = f"write {bare[:120]}" if is_doi else _COPY
            # Characters with a meaning in YAML would need quotation marks.
            fix = replacement_fix(bare, safe=True) if is_doi and not set(bare) & _YAML_CHARACTERS else None
            message = f"`{written[:80]}` is not {'the plain form of a DOI' if is_doi else 'a DOI'}"
            yield Problem(RULE, entry.text, (*entry.path, "citation", "DOI"), message, hint, fix=fix)
