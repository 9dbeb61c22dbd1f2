"""Words that the shell completes."""

from __future__ import annotations

from coprod_review.cli.options import (
    load_sound_base,
)

ANALYSIS_NAMES = (
    "focus", "representation", "beneficiaries", "matrix", "sector", "principles", "direction", "care-act",
    "measurement", "reporting", "overlap", "appraisal", "testimony", "involvement", "lasting", "intersections",
    "currency", "claims", "recommendations",
)  # fmt: skip
"""The analyses, held here too so that --help need not import them; a test keeps the two alike."""


def complete_analyses(incomplete: str) -> list[str]:
    """Names of analyses for the shell to complete."""
    return [name for name in ANALYSIS_NAMES if name.startswith(incomplete)]


def complete_figures(incomplete: str) -> list[str]:
    """Ids of the bundled base's figures for the shell to complete; of table cells once a slash is typed."""
    from coprod_review.reports.gaps import openable_ids, results_of

    known = openable_ids(results_of(load_sound_base(None, skip_invalid=False), ANALYSIS_NAMES))
    return [i for i in known if i.startswith(incomplete) and ("/" in incomplete or "/" not in i)]
