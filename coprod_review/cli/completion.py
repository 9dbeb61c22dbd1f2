"""Completion of arguments in the shell."""

from __future__ import annotations

from coprod_review.cli.options import load_valid_base

ANALYSIS_NAMES = (
    "focus", "representation", "beneficiaries", "matrix", "sector", "principles", "direction", "care-act",
    "measurement", "reporting", "overlap", "appraisal", "testimony", "involvement", "lasting", "intersections",
    "currency", "claims", "recommendations",
)  # fmt: skip
"""The analyses, repeated here so that --help need not import them; a test compares the two."""


def complete_analyses(incomplete: str) -> list[str]:
    """Return the names of analyses that begin with what was typed."""
    return [name for name in ANALYSIS_NAMES if name.startswith(incomplete)]


def complete_figures(incomplete: str) -> list[str]:
    """Return the ids of figures in the bundled base that begin with what was typed; table cells only after a slash."""
    from coprod_review.reports.gaps import openable_ids, results_of

    ids = openable_ids(results_of(load_valid_base(None, skip_invalid=False), ANALYSIS_NAMES))
    return [
        identity for identity in ids if identity.startswith(incomplete) and ("/" in incomplete or "/" not in identity)
    ]
