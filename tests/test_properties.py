"""Counting over random bases: what must hold whatever the studies are."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review import checks
from coprod_review.gaps import all_results, matrix
from coprod_review.models import Finding, Framework, Geography, Reports, Study
from coprod_review.results import Count, Figure
from tests.conftest import finding, study

BOOK = checks.load().framework.codebook


def _terms(name: str) -> list[str]:
    return [term.id for term in BOOK.terms(name)]


findings_of = st.builds(
    lambda outcome, level, direction: (outcome, level, direction),
    st.sampled_from(_terms("outcomes")),
    st.sampled_from(_terms("levels")),
    st.sampled_from(_terms("directions")),
)


@st.composite
def studies(draw: st.DrawFn) -> tuple[Study, ...]:
    return tuple(_study(draw, number) for number in range(1, draw(st.integers(0, 25)) + 1))


def _study(draw: st.DrawFn, number: int) -> Study:
    found = draw(st.lists(findings_of, max_size=4))
    name = f"author{number}-2020"
    return study(
        number,
        role=draw(st.sampled_from(_terms("roles"))),
        design=draw(st.sampled_from(_terms("designs"))),
        sector=tuple(draw(st.sets(st.sampled_from(_terms("sectors")), max_size=2))),
        focus=draw(st.sampled_from(_terms("focus"))),
        geography=Geography(data=tuple(draw(st.sets(st.sampled_from(["England", "Wales", "Italy"]), max_size=2)))),
        populations=draw(
            st.dictionaries(st.sampled_from(_terms("groups")), st.sampled_from(_terms("population_codes")), max_size=3)
        ),
        reports=Reports(
            outcome=draw(st.sampled_from(["absent", "not_coded"])),
            process=draw(st.sampled_from(["absent", "not_coded"])),
        ),
        findings=tuple(_finding(name, n, *f) for n, f in enumerate(found, 1)),
    )


def _finding(name: str, number: int, outcome: str, level: str, direction: str) -> Finding:
    return finding(name, number, outcome=outcome, level=level, direction=direction)


def _framework() -> Framework:
    return checks.load().framework


FRAMEWORK = _framework()


def _figures(held: tuple[Study, ...]) -> list[Figure]:
    return [figure for result in all_results(held, FRAMEWORK) for figure in result.figures]


@settings(max_examples=40, deadline=None)
@given(studies())
def test_every_figure_is_within_its_own_interval_and_bounds(held: tuple[Study, ...]) -> None:
    for figure in _figures(held):
        if figure.id.startswith("testimony"):
            continue
        assert figure.numerator == len(figure.studies) == len(set(figure.studies))
        if figure.value is not None and figure.interval is not None:
            assert figure.interval.low <= figure.value
            assert figure.interval.high is None or figure.value <= figure.interval.high + 1e-12
            assert (figure.denominator or 0) > 0
        if figure.value is None:
            assert figure.reason
        if (
            figure.value is not None
            and figure.unknown
            and figure.unknown.low is not None
            and not figure.id.endswith("ratio")
        ):
            assert figure.unknown.low <= figure.value <= (figure.unknown.high or 1) + 1e-12


@settings(max_examples=40, deadline=None)
@given(studies())
def test_no_share_from_fewer_than_ten_studies(held: tuple[Study, ...]) -> None:
    for figure in _figures(held):
        if (
            figure.value is not None
            and not figure.id.startswith(("testimony", "care-act"))
            and not figure.id.endswith("ratio")
        ):
            assert (figure.denominator or 0) >= 10


@settings(max_examples=40, deadline=None)
@given(studies())
def test_adding_a_study_never_lowers_a_count(held: tuple[Study, ...]) -> None:
    fewer = {f.id: f.numerator for f in _figures(held[:-1])}
    for figure in _figures(held):
        if not figure.id.startswith("testimony") and figure.id in fewer:
            assert figure.numerator >= fewer[figure.id]


@settings(max_examples=40, deadline=None)
@given(studies(), st.randoms())
def test_the_order_of_studies_changes_no_number(held: tuple[Study, ...], random: Any) -> None:
    shuffled = list(held)
    random.shuffle(shuffled)
    assert {f.id: (f.numerator, f.value) for f in _figures(held)} == {
        f.id: (f.numerator, f.value) for f in _figures(tuple(shuffled))
    }


@settings(max_examples=30, deadline=None)
@given(studies(), st.sampled_from(["sector", "design", "level", "place"]))
def test_margins_are_the_distinct_studies_of_their_cells(held: tuple[Study, ...], cols: str) -> None:
    table = matrix.analyse(held, FRAMEWORK, rows="stakeholder", cols=cols).tables[0]
    rows = [[cell.studies for cell in row if isinstance(cell, Count)] for row in table.rows]
    for cells in rows:
        assert set(cells[-1]) == {i for cell in cells[:-1] for i in cell}
        assert len(cells[-1]) == len(set(cells[-1]))
    for column in range(len(rows[0])):
        assert set(rows[-1][column]) == {i for cells in rows[:-1] for i in cells[column]}


@settings(max_examples=30, deadline=None)
@given(studies())
def test_a_doubled_finding_changes_no_count(held: tuple[Study, ...]) -> None:
    doubled = tuple(replace(s, findings=(*s.findings, *s.findings)) for s in held)
    assert [(f.id, f.numerator, f.value) for f in _figures(held)] == [
        (f.id, f.numerator, f.value) for f in _figures(doubled)
    ]


@settings(max_examples=30, deadline=None)
@given(studies())
def test_every_gap_is_true_of_its_cell(held: tuple[Study, ...]) -> None:
    for result in all_results(held, FRAMEWORK):
        for gap in result.gaps:
            if gap.type in ("none", "testimony_only"):
                assert gap.studies == ()
            if gap.type == "thin":
                assert 1 <= len(gap.studies) <= 2


def test_this_file_uses_the_real_codebook(tmp_path: Path) -> None:
    assert len(_terms("outcomes")) == 63
