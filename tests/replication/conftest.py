"""The base that the tests of replications change."""

from dataclasses import replace

import pytest

from coprod_review.loading.evidence_base import EvidenceBase


@pytest.fixture(scope="session")
def reviewed(bundled: EvidenceBase) -> EvidenceBase:
    """The bundled base with the works that the review cites and no others, so that added studies change no row."""
    return replace(bundled, entries=tuple(entry for entry in bundled.entries if entry.study and entry.study.reference))
