"""Counting over random bases: what must hold whatever the studies are."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from math import isfinite
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_review.gaps.analyses import matrix
from coprod_review.gaps.attribution import read_studies
from coprod_review.gaps.registry import ANALYSES, all_results
from coprod_review.model.facets import matching_findings
from coprod_review.model.study import Finding, domain, eligible
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from coprod_review.results.table import Count
from tests.conftest import aims, finding, study
from tests.gaps.random_bases import (
    BASES,
    BOOK,
    FRAMEWORK,
    NOTHING_CODED,
    ODD_BASES,
    RandomBase,
    random_base,
    terms,
)

pytestmark = pytest.mark.slow

# Whatever is added, these may fall: a study can show what was not shown before, or move the middle.
# A review without a list of its studies also makes unknown what the other lists showed.
MAY_FALL = {"testimony.not-studied", "overlap.review-only-domains", "overlap.held-twice"}


def bases() -> st.SearchStrategy[RandomBase]:
    return st.integers(0, BASES - 1).map(random_base)


def bases_of_single_entries() -> st.SearchStrategy[RandomBase]:
    """Bases in which every entry is a study of its own, so that ids say what each entry has."""
    return bases().map(lambda base: RandomBase(tuple(replace(s, study_family=None) for s in base.studies)))


# Figures.


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_every_figure_is_within_its_own_interval_and_bounds(base: RandomBase) -> None:
    for figure in base.figures:
        interval, unknown, left = figure.interval, figure.unknown, figure.leave_one_out
        if figure.value is None:
            assert figure.reason, figure.id
            assert interval is None, figure.id
            assert left is None, figure.id
            continue
        if interval is not None:
            assert interval.low <= figure.value + 1e-12, figure.id
            assert interval.high is None or figure.value <= interval.high + 1e-12, figure.id
            assert (figure.denominator or 0) > 0, figure.id
        if unknown and unknown.low is not None and figure.kind == "share":
            assert unknown.low <= figure.value <= (unknown.high or 1) + 1e-12, figure.id
        if left is not None:
            assert left.low <= figure.value <= left.high, figure.id


def _share_is_its_ids(figure: Figure) -> None:
    counted, among, undecided = figure.numerator_ids, figure.denominator_ids, figure.unknown_ids
    assert figure.unknown is not None
    for ids in (counted, among, undecided):
        assert len(ids) == len(set(ids)), figure.id
    assert set(counted) <= set(among), figure.id
    assert not set(undecided) & set(among), figure.id
    assert figure.denominator == len(among), figure.id
    assert figure.unknown.count == len(undecided), figure.id
    assert figure.numerator == (len(counted) if among else None), figure.id
    assert figure.studies == counted, figure.id
    total = len(among) + len(undecided)
    limits = (len(counted) / total, (len(counted) + len(undecided)) / total) if total else (None, None)
    assert (figure.unknown.low, figure.unknown.high) == limits, figure.id
    if figure.value is not None:
        assert len(among) >= 10, figure.id
        assert figure.value == len(counted) / len(among), figure.id
        assert not undecided or len(counted) < len(among), figure.id
        assert figure.interval is not None, figure.id


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_every_share_is_the_number_of_its_ids(base: RandomBase) -> None:
    for figure in base.figures:
        if figure.kind == "share":
            _share_is_its_ids(figure)


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_other_figures_keep_the_ids_of_what_they_count(base: RandomBase) -> None:
    for figure in base.figures:
        if figure.kind == "ratio":
            assert figure.numerator in (None, len(figure.numerator_ids)), figure.id
            assert figure.denominator == len(figure.denominator_ids), figure.id
            assert figure.unknown is not None
            assert figure.unknown.count == len(figure.unknown_ids), figure.id
        if figure.kind == "median":
            assert (figure.numerator, figure.denominator) == (None, len(figure.denominator_ids)), figure.id
            assert not set(figure.denominator_ids) & set(figure.unknown_ids), figure.id
        if figure.kind == "count" and figure.id != "overlap.cca":
            assert (figure.numerator or 0) == len(figure.numerator_ids), figure.id
            assert figure.denominator in (None, len(figure.denominator_ids)), figure.id
            assert figure.denominator is None or set(figure.numerator_ids) <= set(figure.denominator_ids), figure.id


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_a_figure_of_studies_counts_evidence_alone(base: RandomBase) -> None:
    evidence = {s.id for s in eligible(base.studies, FRAMEWORK.codebook)}
    for figure in base.figures:
        if figure.unit == "study":
            assert evidence.issuperset((*figure.numerator_ids, *figure.denominator_ids, *figure.unknown_ids)), figure.id


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_no_share_from_fewer_than_ten_studies(base: RandomBase) -> None:
    for figure in base.figures:
        if figure.value is not None and figure.kind == "share":
            assert (figure.denominator or 0) >= 10, figure.id
        if figure.primary_only and figure.primary_only.value is not None and figure.kind == "share":
            assert figure.value is not None, figure.id
            assert figure.primary_only.denominator >= 10, figure.id


GUARDED = ("beneficiaries.", "principles.", "direction.", "measurement.", "lasting.", "focus.reported")


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_no_guarded_share_while_absence_is_hardly_known(base: RandomBase) -> None:
    abstracts = tuple(replace(s, coded_from="abstract") if n > 9 else s for n, s in enumerate(base.studies, 1))
    for figure in RandomBase(abstracts).figures:
        if figure.id.startswith(GUARDED) and figure.unknown and figure.unknown.count:
            assert figure.value is None, figure.id


@settings(max_examples=BASES, deadline=None)
@given(bases_of_single_entries())
def test_parts_of_a_figure_add_up(base: RandomBase) -> None:
    named = {s.id: s for s in base.studies}
    primary = BOOK.of_kind("designs", "primary")
    for figure in base.figures:
        for part in figure.practices:
            tally = [sum(part.practice in named[i].practice for i in ids) for ids in _ids_of(figure)]
            assert [part.numerator, part.denominator, part.unknown] == tally, figure.id
            assert sum(tally[1:]) > 0, figure.id
        if figure.practices:
            used = {p for i in (*figure.denominator_ids, *figure.unknown_ids) for p in named[i].practice}
            assert [p.practice for p in figure.practices] == [t for t in terms("practices") if t in used], figure.id
        if figure.primary_only and figure.kind == "share":
            counts = [
                sum(named[i].design in primary for i in ids) for ids in (figure.numerator_ids, figure.denominator_ids)
            ]
            assert [figure.primary_only.numerator, figure.primary_only.denominator] == counts, figure.id


def _ids_of(figure: Figure) -> tuple[tuple[str, ...], ...]:
    return figure.numerator_ids, figure.denominator_ids, figure.unknown_ids


def test_the_figures_that_are_split_by_practice() -> None:
    base = RandomBase(tuple(study(n, practice=("ppi",), findings=(finding(f"author{n}-2020"),)) for n in range(1, 3)))
    split = {figure.id for figure in base.figures if figure.practices}
    assert {
        "focus.outcome-share", "focus.process-share", "sector.direct", "sector.including", "direction.looked-for-harm",
        "direction.against", "direction.harm", "measurement.scale", "measurement.scale-or-records", "overlap.reviews",
        "involvement.chose-outcomes", "lasting.cost", "lasting.over-6-months", "lasting.over-24-months",
        "currency.home-data", "principles.any",
    } <= split  # fmt: skip


# Cells.


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_cells_have_unique_ids(base: RandomBase) -> None:
    evidence = {s.id for s in eligible(base.studies, FRAMEWORK.codebook)}
    for name, count in base.cells:
        assert len(count.ids) == len(set(count.ids)) == count.n, name
        if count.unit == "study":
            assert evidence.issuperset(count.ids), name


@settings(max_examples=BASES, deadline=None)
@given(bases_of_single_entries())
def test_counted_studies_match_their_criteria(base: RandomBase) -> None:
    named = {s.id: s for s in base.studies}
    placed = [(f.id, f.numerator_ids, f.criteria) for f in base.figures if f.unit == "study" and f.kind == "share"]
    placed += [(name, count.ids, count.criteria) for name, count in base.cells if count.unit == "study"]
    for name, ids, criteria in placed:
        # No finding can show that a study does not report something, or that this is not known.
        if criteria.findings and not name.startswith(("focus.cells/neither", "focus.cells/unknown")):
            assert [i for i in ids if not matching_findings(named[i], criteria.findings, FRAMEWORK.codebook)] == [], (
                name
            )


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_rows_fit_their_columns_and_ids(base: RandomBase) -> None:
    for result in base.results:
        for table in result.tables:
            assert {len(row) for row in table.rows} <= {len(table.columns)}, table.id
            if table.row_ids:
                assert len(table.row_ids) == len(table.rows) == len(set(table.row_ids)), table.id
                assert len(table.column_ids) == len(table.columns) - 1 == len(set(table.column_ids)), table.id


@settings(max_examples=BASES, deadline=None)
@given(bases(), st.sampled_from(["sector", "design", "level", "place"]))
def test_margins_are_the_distinct_studies_of_their_cells(base: RandomBase, cols: str) -> None:
    table = matrix.analyse(base.studies, FRAMEWORK, rows="stakeholder", cols=cols).tables[0]
    rows = [[cell.ids for cell in row if isinstance(cell, Count)] for row in table.rows]
    for cells in rows:
        assert set(cells[-1]) == {i for cell in cells[:-1] for i in cell}
        assert len(cells[-1]) == len(set(cells[-1]))
    for column in range(len(rows[0])):
        assert set(rows[-1][column]) == {i for cells in rows[:-1] for i in cells[column]}


@settings(max_examples=BASES, deadline=None)
@given(bases_of_single_entries())
def test_map_rows_are_studies_with_findings(base: RandomBase) -> None:
    cells = dict(base.cells)
    for term in terms("domains"):
        read = read_studies(eligible(base.studies, FRAMEWORK.codebook), FRAMEWORK)
        there = {s.id for s in read if any(domain(f.outcome) == term for f in s.findings)}
        assert set(cells[f"matrix.map/{term}/studies"].ids) == there
        assert set(cells[f"matrix.map/{term}/outcome"].ids) <= there
        assert not set(cells[f"matrix.map/{term}/primary"].ids) & set(cells[f"matrix.map/{term}/reviews"].ids)


# Bases.


def _plain(figure: Figure) -> tuple[object, ...]:
    return figure.numerator, figure.denominator, figure.value, figure.unknown


@settings(max_examples=BASES, deadline=None)
@given(bases_of_single_entries())
def test_adding_a_study_never_lowers_a_count(base: RandomBase) -> None:
    fewer = {f.id: f for f in RandomBase(base.studies[:-1]).figures}
    for figure in base.figures:
        before = fewer.get(figure.id)
        if before is None or before.numerator is None or figure.id in MAY_FALL:
            continue
        assert figure.numerator is not None, figure.id
        assert figure.numerator >= before.numerator, figure.id


@settings(max_examples=BASES, deadline=None)
@given(bases(), st.integers(0, 10**9))
def test_the_order_of_studies_changes_no_number(base: RandomBase, seed: int) -> None:
    shuffled = list(base.studies)
    Random(seed).shuffle(shuffled)
    assert {f.id: _plain(f) for f in base.figures} == {f.id: _plain(f) for f in RandomBase(tuple(shuffled)).figures}


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_a_doubled_finding_changes_no_count_of_studies(base: RandomBase) -> None:
    doubled = tuple(replace(s, findings=(*s.findings, *(_again(f) for f in s.findings))) for s in base.studies)
    for one, two in zip(base.figures, RandomBase(doubled).figures, strict=True):
        if one.unit == "finding":
            assert (two.numerator or 0) == 2 * (one.numerator or 0), one.id
        else:
            assert _plain(one) == _plain(two), one.id


def _again(found: Finding) -> Finding:
    return replace(found, id=f"{found.id}0")


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_context_works_change_no_number_but_those_of_claims(base: RandomBase) -> None:
    evidence = RandomBase(eligible(base.studies, FRAMEWORK.codebook))
    alone = {f.id: _plain(f) for f in evidence.figures if not f.id.startswith("claims.")}
    assert alone == {f.id: _plain(f) for f in base.figures if not f.id.startswith("claims.")}


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_every_gap_is_true_of_its_cell(base: RandomBase) -> None:
    for result in base.results:
        for gap in result.gaps:
            if gap.type in ("none", "testimony_only"):
                assert gap.studies == ()
            if gap.type == "thin":
                assert 1 <= len(gap.studies) <= 2
            assert len(gap.studies) == len(set(gap.studies))


def _finite(base: RandomBase) -> None:
    """Check that every analysis gives a result, and that every number is finite."""
    results = base.results
    assert [r.analysis for r in results] == list(ANALYSES)
    for result in results:
        for figure in result.figures:
            interval, unknown, left = figure.interval, figure.unknown, figure.leave_one_out
            values = [figure.value]
            values += [interval.low, interval.high] if interval else []
            values += [unknown.low, unknown.high] if unknown else []
            values += [left.low, left.high] if left else []
            values += [x for c in figure.comparisons for x in (c.share, c.ratio)]
            assert all(isfinite(x) for x in values if x is not None), figure.id


@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_no_base_makes_an_analysis_fail(base: RandomBase) -> None:
    _finite(base)


@pytest.mark.parametrize("name", ODD_BASES)
def test_no_odd_base_makes_an_analysis_fail(name: str) -> None:
    _finite(RandomBase(ODD_BASES[name]))


@pytest.mark.parametrize("name", ["empty", "context alone", "retracted alone"])
def test_base_without_evidence_gives_no_number(name: str) -> None:
    for figure in RandomBase(ODD_BASES[name]).figures:
        if figure.kind in ("share", "ratio", "median"):
            assert (figure.numerator, figure.value, figure.interval) == (None, None, None), figure.id
            assert figure.denominator == 0, figure.id


# What is known of a work although nobody coded more than that it exists.
ALWAYS_KNOWN = {"appraisal.appraised"}


def test_uncoded_base_gives_no_zero() -> None:
    for figure in RandomBase(NOTHING_CODED).figures:
        if figure.kind in ("share", "ratio", "median") and figure.id not in ALWAYS_KNOWN:
            assert (figure.numerator, figure.value, figure.interval) == (None, None, None), figure.id


# Lists.


def _with_lists(record: Any, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Any:
    """Return a record in which every list of text, at any depth, is changed."""
    if isinstance(record, tuple):
        if record and all(isinstance(item, str) for item in record):
            return change(record)
        return tuple(_with_lists(item, change) for item in record)
    if is_dataclass(record) and not isinstance(record, type):
        changes = {field.name: _with_lists(getattr(record, field.name), change) for field in fields(record)}
        return replace(record, **changes)
    return record


def _everything(results: Iterable[Result]) -> tuple[object, ...]:
    """Every figure with its ids and parts, every cell, and every gap of some results."""
    return tuple(
        (
            [replace(figure, comparisons=()) for figure in result.figures],
            {name: count for table in result.tables for name, _, count in table.cells()},
            result.gaps,
            result.facts if result.analysis != "recommendations" else None,
        )
        for result in results
    )


CHANGES: dict[str, Callable[[tuple[str, ...]], tuple[str, ...]]] = {
    "doubled": lambda items: (*items, *items),
    "reversed": lambda items: items[::-1],
    "each twice": lambda items: tuple(item for item in items for _ in range(2)),
}


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=BASES, deadline=None)
@given(bases())
def test_lists_are_sets(change: str, base: RandomBase) -> None:
    changed = tuple(_with_lists(study, CHANGES[change]) for study in base.studies)
    assert _everything(RandomBase(changed).results) == _everything(base.results)


@pytest.mark.parametrize("change", CHANGES)
def test_lists_of_the_review_are_sets(change: str) -> None:
    base = random_base(BASES - 1)
    assert FRAMEWORK.review is not None
    review = _with_lists(FRAMEWORK.review, CHANGES[change])
    benchmarks = _with_lists(FRAMEWORK.benchmarks, CHANGES[change])
    changed = all_results(base.studies, replace(FRAMEWORK, review=review, benchmarks=benchmarks))
    assert _everything(changed) == _everything(base.results)


def test_a_doubled_code_gives_no_second_count() -> None:
    """What was wrong once: a doubled practice counted one study as two, and a doubled sector hid one."""
    made = study(1, practice=("co-design", "co-design"), sector=("social-care", "social-care"), aims=aims("outcome"))
    figures = {figure.id: figure for figure in RandomBase((replace(made, findings=(finding(),)),)).figures}
    assert [(p.numerator, p.denominator) for p in figures["focus.outcome-share"].practices] == [(1, 1)]
    assert figures["sector.direct"].numerator_ids == (made.id,)
