"""Every rule by name, and the catalogue of all problems by code.

A rule is a module with ``RULE`` (code, name, severity) and
``check(base) -> Iterator[Problem]``; its docstring is the user's page.
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.loading.parse_errors import PARSE_RULES
from coprod_review.source.problems import Problem, Rule
from coprod_review.validate.rules.base import (
    ignore_without_reason,
    unknown_ignore,
    unknown_version,
    unread_file,
    unused_ignore,
)
from coprod_review.validate.rules.coding import (
    absence_without_full_text,
    coded_once,
    evidence_without_data,
    finding_id,
    focus_contradicts_reports,
    instrument_without_scale,
    measurement_not_seen,
    no_findings,
    original_not_read,
    person_contradicts_group,
    quality_total,
    repeated_finding,
    reports_contradict_findings,
    review_without_search,
    role_contradicts_design,
    search_not_seen,
    search_window,
    source_not_read,
    to_do,
    unappraised,
    uncoded_fields,
    unmeasured_outcome,
    unreasoned_code,
    year_outside_window,
)
from coprod_review.validate.rules.fields import (
    author_name,
    bad_date,
    bad_url,
    blank_text,
    citation_fields,
    html_in_text,
    impossible_year,
    repeated_item,
    stray_character,
    title_in_capitals,
)
from coprod_review.validate.rules.identity import (
    bad_doi,
    bad_identifier,
    duplicate_doi,
    duplicate_id,
    duplicate_reference,
    file_name,
    id_mismatch,
    own_source,
    repeated_name,
    same_work,
)
from coprod_review.validate.rules.review import (
    claim_without_finding,
    corroboration_gap,
    group_without_benchmark,
    impossible_share,
    missing_link,
    old_benchmark,
    percentage_without_base,
    standardised_divisor,
    unmeasured_recommendation,
)
from coprod_review.validate.rules.text import byte_order_mark, cut_text, line_ends, white_space
from coprod_review.validate.rules.vocabulary import codebook_link, gap_rule, superseded_term, unknown_term


class RuleModule(Protocol):
    """A module that looks for one kind of problem."""

    @property
    def RULE(self) -> Rule:  # noqa: N802 - a module constant
        """Code, name and severity."""

    def check(self, base: EvidenceBase) -> Iterator[Problem]:
        """Yield every problem of the kind."""


RULE_MODULES: Mapping[str, RuleModule] = {
    module.RULE.name: module
    for module in (
        byte_order_mark,
        line_ends,
        white_space,
        cut_text,
        bad_date,
        blank_text,
        bad_url,
        html_in_text,
        stray_character,
        title_in_capitals,
        author_name,
        impossible_year,
        citation_fields,
        repeated_item,
        unknown_term,
        gap_rule,
        superseded_term,
        codebook_link,
        duplicate_doi,
        duplicate_id,
        duplicate_reference,
        id_mismatch,
        same_work,
        bad_doi,
        file_name,
        repeated_name,
        own_source,
        bad_identifier,
        absence_without_full_text,
        reports_contradict_findings,
        finding_id,
        role_contradicts_design,
        person_contradicts_group,
        evidence_without_data,
        no_findings,
        focus_contradicts_reports,
        unreasoned_code,
        unmeasured_outcome,
        quality_total,
        review_without_search,
        repeated_finding,
        instrument_without_scale,
        source_not_read,
        original_not_read,
        to_do,
        year_outside_window,
        search_window,
        measurement_not_seen,
        search_not_seen,
        unappraised,
        coded_once,
        uncoded_fields,
        missing_link,
        claim_without_finding,
        corroboration_gap,
        unmeasured_recommendation,
        percentage_without_base,
        standardised_divisor,
        impossible_share,
        old_benchmark,
        group_without_benchmark,
        unread_file,
        unknown_version,
        ignore_without_reason,
        unknown_ignore,
    )
}

RULES: Mapping[str, Rule] = {
    kind.code: kind
    for kind in sorted(
        (*PARSE_RULES.values(), *(check.RULE for check in RULE_MODULES.values()), unused_ignore.RULE),
        key=lambda kind: kind.code,
    )
}
"""The catalogue: every kind of problem by its code, in the order of the codes."""
