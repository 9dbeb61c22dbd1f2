"""Dates: which ones are refused, and that a coding may be later than the version of its base."""

from pathlib import Path

import pytest
import yaml

from coprod_review.validate.rules.fields import bad_date
from tests.conftest import base_of, entry
from tests.validate.rules.planting import SAMPLE


@pytest.mark.parametrize(
    ("written", "is_refused"),
    [("2026-11-23", False), ("2026-11-24", False), ("2031-01-01", False), ("2026-11-31", True), ("2026-11", True)],
)
def test_date_of_coding_may_be_later_than_the_version(written: str, is_refused: bool, tmp_path: Path) -> None:
    studies = "studies:\n" + entry().replace("as_of: 2026-01-01", f"as_of: {written}, last_checked: {written}")
    base = base_of(tmp_path, studies=studies, base=yaml.safe_dump(SAMPLE["base"]))
    assert base.framework.about.as_of == "2026-11-23"
    assert [p.path[-1] for p in bad_date.check(base)] == (["as_of", "last_checked"] if is_refused else [])
