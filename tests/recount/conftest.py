"""The shipped base and invented ones, with what the recount counts in them and what the program reports of them."""

import functools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import exit_code_of
from tests.recount import recount
from tests.recount.invented import Odds, invent
from tests.recount.reading import DATA, Entry

BASES = ("bundled", "sparse", "dense", "small", "abstracts")
INVENTED = BASES[1:]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    home = tmp_path_factory.mktemp("bases")
    made = {
        "bundled": DATA,
        "sparse": invent(home / "sparse", 1, Odds(read=0.6, coded=0.6), new=70),
        "dense": invent(home / "dense", 2, Odds(read=0.95, coded=0.95, listing=1.0), new=60),
        "small": invent(home / "small", 3, Odds(read=0.9, coded=0.9, weak=1.0), new=3, active=10),
        "abstracts": invent(home / "abstracts", 4, Odds(read=0.0, coded=0.9), new=40),
    }
    return made.__getitem__


@pytest.fixture(scope="session")
def figures(folder: Callable[[str], Path]) -> Callable[[str], dict[str, Entry]]:
    """The figures of a base by the recount, counted once."""
    return functools.cache(lambda base: recount.figures(folder(base)))


@pytest.fixture(scope="session")
def gaps(folder: Callable[[str], Path]) -> Callable[[str], dict[str, list[str]]]:
    """The gap rules that fire in each cell of a base by the recount, counted once."""
    return functools.cache(lambda base: recount.gaps(folder(base)))


@pytest.fixture(scope="session")
def report_of(folder: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Entry]:
    """The program's report on a base, computed once for each set of options."""

    @functools.cache
    def report(base: str, *asked: str) -> Entry:
        target = tmp_path_factory.mktemp("reports") / "report.json"
        assert exit_code_of("gaps", *(asked or ["--all"]), "--base", folder(base), "-o", target) == 0
        return dict(json.loads(target.read_text(encoding="utf-8")))

    return report
