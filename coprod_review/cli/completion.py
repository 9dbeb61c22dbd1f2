"""Completion of arguments in the shell."""

from __future__ import annotations

import pkgutil

from coprod_review.cli.options import load_valid_base
from coprod_review.gaps import analyses

ANALYSIS_NAMES = tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(analyses.__path__)))
"""Names of the analyses, read off their files, because --help would take longer if it imported them."""


def complete_analyses(incomplete: str) -> list[str]:
    """Return the names of analyses that begin with what was typed."""
    return [name for name in ANALYSIS_NAMES if name.startswith(incomplete)]


def complete_figures(incomplete: str) -> list[str]:
    """Return the ids of figures in the bundled base that begin with what was typed; table cells only after a slash."""
    from coprod_review.gaps.registry import all_results
    from coprod_review.reports.gaps import openable_ids

    base = load_valid_base(None, skip_invalid=False)
    ids = openable_ids(all_results(base.studies, base.framework), base.framework)
    return [
        identity for identity in ids if identity.startswith(incomplete) and ("/" in incomplete or "/" not in identity)
    ]
