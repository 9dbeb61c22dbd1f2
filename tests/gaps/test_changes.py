"""What changed between two states of a base: studies, figures and gaps."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coprod_review import bundled as bundled_files
from coprod_review.errors import InvalidBase
from coprod_review.gaps.analysis import Options
from coprod_review.gaps.changes import Changes, FigureChange, compare
from coprod_review.gaps.registry import all_results, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import Study
from coprod_review.results.figure import Figure, Unknown
from coprod_review.results.result import Gap, GapCounts, Result
from coprod_review.results.table import Count, Table
from coprod_review.validate import valid_base
from tests.cli.repository import ABLE, KAY, studies
from tests.conftest import Run, aims, base_of, finding, study
from tests.gaps.worked import reviewed

Dated = tuple[tuple[Study, ...], tuple[Result, ...]]
NAMES = ("focus", "matrix", "representation")


def _state(framework: Framework, *studies: Study) -> Dated:
    return studies, run_analyses(NAMES, studies, framework)


def _found(number: int, outcome: str = "people.health.wellbeing", **changes: Any) -> Study:
    made = study(number, **changes)
    return replace(made, findings=(finding(made.id, outcome=outcome),))


def _moved(changes: Changes) -> dict[str, FigureChange]:
    return {moved.id: moved for moved in changes.figures}


def _named(gaps: tuple[Gap, ...]) -> set[tuple[str, str]]:
    return {(gap.type, gap.where) for gap in gaps}


def test_equal_states_have_no_changes(framework: Framework) -> None:
    state = _state(framework, _found(1, aims=aims("both")), study(2))
    changes = compare(state, _state(framework, _found(1, aims=aims("both")), study(2)))
    assert changes == Changes((), (), (), (), changes.compared, (), ())
    assert changes.compared == sum(len(r.figures) for r in state[1]) == 19 + 2 * 21


def test_added_removed_and_changed_studies_are_ordered(framework: Framework) -> None:
    before = _state(framework, study(1), study(2), study(3), study(4), study(5))
    after = _state(framework, study(9), replace(study(4), design="policy"), study(2), _found(5), study(8))
    changes = compare(before, after)
    assert changes.added == ("author9-2020", "author8-2020")
    assert changes.removed == ("author1-2020", "author3-2020")
    assert changes.changed == ("author4-2020", "author5-2020")


def test_another_order_of_studies_is_no_change(framework: Framework) -> None:
    one, two = _found(1, aims=aims("outcome")), _found(2, aims=aims("process"))
    changes = compare(_state(framework, one, two), _state(framework, two, one))
    assert (changes.added, changes.removed, changes.changed, changes.figures) == ((), (), (), ())
    assert (changes.opened, changes.closed) == ((), ())


def test_moved_figure_has_both_states(framework: Framework) -> None:
    before = _state(framework, study(1, aims=aims("outcome")), study(2, aims=aims("process")))
    after = _state(framework, study(1, aims=aims("outcome")), study(2, aims=aims("both")))
    moved = _moved(compare(before, after))
    # On outcomes 1 of 2 becomes 2 of 2; process stays 1 of 2; process alone falls from 1 to 0; the ratio from 1 to 1
    # becomes 2 to 1. What is reported is known of neither.
    # The process becomes a secondary aim, so that the shares of primary aims stay, and outcomes become one.
    names = ("outcome-share", "process-only-share", "ratio")
    assert {name for name in moved if not name.startswith("focus.primary.")} == {f"focus.{name}" for name in names}
    assert set(moved) >= {"focus.primary.outcome-share", "focus.primary.process-share"}
    share = moved["focus.outcome-share"]
    assert share.before is not None
    assert share.after is not None
    assert (share.before.numerator, share.before.denominator) == (1, 2)
    assert (share.after.numerator, share.after.denominator) == (2, 2)


def test_same_number_from_other_studies_is_unmoved(framework: Framework) -> None:
    before = _state(framework, study(1, aims=aims("outcome")), study(2, aims=aims("process")))
    after = _state(framework, study(1, aims=aims("process")), study(2, aims=aims("outcome")))
    changes = compare(before, after)
    assert changes.changed == ("author1-2020", "author2-2020")
    assert changes.figures == ()


def test_a_study_that_becomes_known_moves_what_is_unknown(framework: Framework) -> None:
    before = _state(framework, study(1, aims=aims("outcome")), study(2))
    after = _state(framework, study(1, aims=aims("outcome")), study(2), study(3))
    moved = _moved(compare(before, after))["focus.outcome-share"]
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.unknown, moved.after.unknown) == (Unknown(1, 0.5, 1.0), Unknown(2, 1 / 3, 1.0))


def test_new_and_removed_figures_have_one_side(framework: Framework) -> None:
    old, new = study(1), study(2)
    years = replace(new, citation=replace(new.citation, issued=2011))
    given = reviewed(framework)
    before = (old,), run_analyses(["recommendations"], [old], given)
    after = (years,), run_analyses(["recommendations"], [years], given)
    changes = compare(before, after)
    assert [(m.id, m.before is None, m.after is None) for m in changes.figures] == [
        ("recommendations.outcome-share-2010", True, False),
        ("recommendations.outcome-share-2020", False, True),
    ]
    assert changes.compared == 3


def test_gaps_that_opened_and_closed(framework: Framework) -> None:
    before = _state(framework, _found(1, populations={"dementia": "focus"}))
    after = _state(framework, *(_found(n, populations={"women": "focus"}) for n in (1, 2, 3)))
    changes = compare(before, after)
    # Health had one study and has three, so it is thin no longer and no longer of one source; women were in focus
    # of none and are of three; people with dementia were of one, which is thin, and are of none.
    assert _named(changes.closed) == {
        ("thin", "people.health"),
        ("single_source", "people.health"),
        ("none", "women"),
        ("thin", "dementia"),
    }
    assert _named(changes.opened) == {("none", "dementia")}
    assert next(g for g in changes.closed if g.type == "single_source").studies == ("author1-2020",)


def test_gap_with_other_studies_stays_open(framework: Framework) -> None:
    changes = compare(_state(framework, _found(1)), _state(framework, _found(2)))
    assert (changes.opened, changes.closed) == ((), ())


def test_the_same_place_in_two_analyses_is_two_gaps() -> None:
    counts = GapCounts(1, 1, 0, 0, (), 0, 0, 0)
    gap = Gap("thin", "x", "The place x", "outcome", counts, ("a",))

    def result(name: str, *gaps: Gap) -> Result:
        return Result(name, gaps=gaps)

    changes = compare(((), [result("one", gap), result("two")]), ((), [result("one"), result("two", gap)]))
    assert (changes.opened, changes.closed) == ((gap,), (gap,))


def test_a_value_that_is_given_or_withheld_has_moved() -> None:
    plain = Figure("x.share", "X", "d", 3, 12, 0.25, unknown=Unknown(1, 0.2, 0.3))
    withheld = replace(plain, value=None, reason="few_full_texts")
    for before, after in ((plain, withheld), (withheld, plain)):
        changes = compare(((), [_of(before)]), ((), [_of(after)]))
        assert changes.figures == (FigureChange("x.share", before, after),)
    assert compare(((), [_of(plain)]), ((), [_of(replace(plain, label="Y"))])).figures == ()


def _of(figure: Figure) -> Result:
    return Result("x", figures=(figure,))


def test_from_an_empty_base_everything_is_new(bundled: EvidenceBase) -> None:
    now = bundled.studies, all_results(bundled.studies, bundled.framework)
    changes = compare(((), ()), now)
    assert changes.added == tuple(s.id for s in bundled.studies)
    assert {m.before for m in changes.figures} == {None}
    assert len(changes.figures) == changes.compared == sum(len(r.figures) for r in now[1])
    assert changes.opened == tuple(g for r in now[1] for g in r.gaps)
    back = compare(now, ((), ()))
    assert (back.removed, back.closed) == (changes.added, changes.opened)
    assert {m.after for m in back.figures} == {None}


def test_tables_without_figures_report_moved_counts(framework: Framework) -> None:
    options = Options(rows="sector", cols="role")

    def state(*sectors: str) -> Dated:
        studies = tuple(study(n, sector=(sector,)) for n, sector in enumerate(sectors, 1))
        return studies, run_analyses(["matrix"], studies, framework, options)

    changes = compare(state("health", "health", "social-care"), state("health", "social-care", "social-care"))
    moved = {cell.id: (cell.before, cell.after) for cell in changes.cells}
    assert changes.compared == 0
    assert moved["matrix.sector-by-role/health/evidence"] == (2, 1)
    assert moved["matrix.sector-by-role/social-care/evidence"] == (1, 2)
    assert all(before != after for before, after in moved.values())
    assert compare(state("health"), state("health")).cells == ()


def test_tables_with_figures_report_figures_only(framework: Framework) -> None:
    before, after = (
        ((study(1, aims=aims(f)),), run_analyses(["focus"], [study(1, aims=aims(f))], framework))
        for f in ("both", "process")
    )
    assert compare(before, after).cells == ()
    assert compare(before, after).figures


def test_new_and_removed_counts_have_one_side() -> None:
    def state(row: str) -> tuple[tuple[Study, ...], tuple[Result, ...]]:
        table = Table("T", ("R", "C"), ((row, Count(("a",))),), id="t", row_ids=(row,), column_ids=("c",))
        return (), (Result("matrix", tables=(table,)),)

    cells = [(c.id, c.before, c.after) for c in compare(state("one"), state("two")).cells]
    assert cells == [("t/two/c", None, 1), ("t/one/c", 1, None)]


def test_since_shows_matrix_counts(run: Callable[..., Run], tmp_path: Path) -> None:
    base_of(tmp_path / "then", studies=studies(ABLE, KAY))
    base_of(tmp_path / "now", studies=studies(ABLE, KAY.replace("design: qualitative", "design: service-evaluation")))
    asked = (
        "gaps",
        "matrix",
        "--rows",
        "design",
        "--cols",
        "role",
        "--base",
        tmp_path / "now",
        "--since",
        tmp_path / "then",
    )
    cells = {cell["id"]: cell for cell in json.loads(run(*asked, "--format", "json").out)["since"]["cells"]}
    identity = "matrix.design-by-role/qualitative/evidence"
    assert (cells[identity]["before"], cells[identity]["after"]) == (2, 1)
    assert f"count,{identity},2,1," in run(*asked, "--format", "csv").out
    assert f"from 2 to 1 [{identity}]." in " ".join(run(*asked).out.split())
    same = run(*asked[:-1], tmp_path / "now", "--format", "json").out
    assert json.loads(same)["since"]["cells"] == []


def test_invalid_base_error_quotes_first_problem(tmp_path: Path) -> None:
    odd = "odd (first: x). Run"
    broken = base_of(tmp_path, studies=studies(KAY.replace("design: qualitative", f"design: '{odd}'")))
    with pytest.raises(InvalidBase) as refused:
        valid_base.require_valid(broken)
    assert odd in refused.value.first
    assert f"(first: {refused.value.first}). Run" in str(refused.value)
    assert InvalidBase("Another.").first == ""


def test_claims_report_skipped_entries(run: Callable[..., Run], tmp_path: Path) -> None:
    for path in bundled_files.DATA.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("design: policy", "design: politics", 1), encoding="utf-8")
    for more in ((), ("--regenerate",)):
        assert "Left out because of errors: 1 entry" in " ".join(
            run("claims", "--base", tmp_path, "--skip-invalid", *more).out.split()
        )
