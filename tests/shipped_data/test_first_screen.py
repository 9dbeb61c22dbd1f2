"""The first screen of the shipped base fits a terminal; a longer one asks for fewer or shorter lines."""

from typing import Any

import pytest

pytestmark = pytest.mark.shipped_data

LONGER = "the first screen has grown: see whether reports/overview.py should leave more lines to `gaps --all`"


def test_gaps_is_one_screen_without_colour(run: Any) -> None:
    done = run("gaps")
    lines = done.out.split("\n")
    assert (done.code, done.err) == (0, "")
    assert len(lines) - 1 <= 45, LONGER
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in done.out


@pytest.mark.parametrize("asked", ["--where year>=2017", "--definition broad", "--reported-in abstract"])
def test_first_screen_fits_with_any_option(asked: str, run: Any) -> None:
    lines = run("gaps", *asked.split()).out.split("\n")
    assert len(lines) - 1 <= 47, LONGER  # what was asked takes a line or two of its own
    assert max(map(len, lines)) <= 80 or all("coprod-review why" in line for line in lines if len(line) > 80)
