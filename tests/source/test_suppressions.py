"""Comments that suppress a problem on their line."""

import pytest

from tests.cli.validating import Command, codes_of, written
from tests.conftest import entry

pytestmark = pytest.mark.usefixtures("empty_folder")


def _ignoring(comment: str, above: str = "") -> str:
    return "studies:\n" + entry(more=f"{above}    cited_via: kay-2019{comment}\n")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (_ignoring(""), {"CPR309"}),
        (_ignoring("  # coprod: ignore[CPR309] a thesis and its paper"), set()),
        (_ignoring("", "    # coprod: ignore[CPR309] a thesis and its paper\n"), set()),
        (_ignoring("", "    # coprod: ignore[CPR309] a thesis and its paper\n    # and more\n\n"), set()),
        (_ignoring("  # coprod: ignore[CPR309]"), {"CPR309", "CPR903"}),
        (_ignoring("  # coprod: ignore[CPR309, CPR304] a thesis"), {"CPR904"}),
        (_ignoring("  # coprod: ignore[CPR304] a thesis"), {"CPR309", "CPR904"}),
        (_ignoring("  # coprod: ignore a thesis"), {"CPR309", "CPR905"}),
        (_ignoring("  # coprod: ignore[CPR101] a thesis"), {"CPR309", "CPR904", "CPR905"}),
        (_ignoring("  # coprod: ignore[E501] a thesis"), {"CPR309", "CPR905"}),
        (_ignoring('\n    study_family: "# coprod: ignore[CPR309] no comment"'), {"CPR309"}),
        (_ignoring("\n    study_family: |\n      a # coprod: ignore[CPR304] no comment"), {"CPR309"}),
    ],
)
def test_comment_suppresses_its_line(text: str, codes: set[str], run: Command) -> None:
    written(text)
    assert codes_of(run("validate", "base")) == codes


def test_suppressed_error_allows_analysis(run: Command) -> None:
    written(_ignoring("  # coprod: ignore[CPR309] a thesis and its paper"))
    assert run("list", "--base", "base").code == 0
    written(_ignoring(""))
    assert run("list", "--base", "base").code == 2


@pytest.mark.parametrize("code", ["CPR105", "CPR201", "CPR202", "CPR302", "CPR501", "CPR507", "CPR902"])
def test_figure_inputs_cannot_be_suppressed(code: str, run: Command) -> None:
    written(f"studies:\n{entry()}    sector: [health]  # coprod: ignore[{code}] because\n")
    assert "CPR905" in codes_of(run("validate", "base"))


def test_malformed_ignore_is_reported(run: Command) -> None:
    written(
        "studies:\n" + entry(more="    cited_via: kay-2019  # Coprod ignore[CPR309] why\n    # coprod-review is fine\n")
    )
    assert codes_of(run("validate", "base")) == {"CPR309", "CPR905"}
