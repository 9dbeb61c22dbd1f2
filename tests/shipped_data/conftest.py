"""These tests read the data that the package ships, not the fixed sample that tests of code read."""

import pytest

from coprod_review import bundled as package
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.validate import valid_base
from tests.bases import SHIPPED


@pytest.fixture(autouse=True)
def shipped_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands read the shipped base by default."""
    monkeypatch.setattr(package, "DATA", SHIPPED)


@pytest.fixture(scope="session")
def bundled() -> EvidenceBase:
    """The base that ships with the package."""
    return valid_base.load(SHIPPED)
