"""``--reported-in`` takes one source as it stands, and reads nothing else into it."""

from collections.abc import Callable

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("typed", [">x", "<2", "=abstract", "!=abstract", " abstract", ""])
def test_unknown_source_is_reported_literally(run: Callable[..., Run], typed: str) -> None:
    told = run("list", "--reported-in", typed)
    assert told.code == 2
    assert f"`{typed}` is no term of source" in " ".join(told.err.split()).replace("`abstract`", f"`{typed}`", 1)
    assert "write source" not in told.err


def test_two_sources_are_rejected(run: Callable[..., Run]) -> None:
    assert "takes one source, not `abstract,nonsense`" in run("list", "--reported-in", "abstract,nonsense").err
