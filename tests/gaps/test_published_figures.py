"""Figures beside what others published: set beside, never divided, and not at all where they must not be."""

from dataclasses import replace

import pytest

from coprod_review.gaps.registry import ANALYSES, all_results, run_analyses
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.quantity import Quantity
from coprod_review.model.review import Claim, Published
from coprod_review.phrasing.analyses.registry import tables
from coprod_review.reports.gaps import gaps_report
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.conftest import aims, study
from tests.gaps.worked import figures, figures_of, reviewed

HERE = "focus.outcome-share"


def _framework(framework: Framework) -> Framework:
    claim = Claim(
        id="c09",
        section="3",
        stakeholder="none",
        claim="Own words.",
        cites=("author1-2020",),
        corroboration={"author1-2020": "supported"},
        figures=(
            Quantity(label="Studies with outcomes", n=24, N=122, percent=20, beside=HERE, note="Seen in the abstract."),
            Quantity(label="Others", n=1, N=9),
        ),
    )
    return reviewed(
        framework,
        claims=[claim],
        published=[
            Published(id="p1", label="Projects", source="A and others", n=4, N=34, beside=HERE),
            Published(id="p2", label="Papers", source="B", N=200, percent=45, beside=HERE),
            Published(id="p3", label="None", source="C", n=0, N=11, beside=HERE),
            Published(
                id="p4",
                label="A third",
                source="D",
                n=35,
                N=100,
                percent=35,
                beside=HERE,
                not_comparable_because="it counts the reverse",
            ),
            Published(id="p5", label="Elsewhere", source="E", n=1, N=2, beside="focus.process-share"),
        ],
    )


def _result(framework: Framework) -> Result:
    studies = [study(n, aims=aims("outcome" if n < 5 else "process")) for n in range(1, 21)]
    (result,) = run_analyses(["focus"], studies, _framework(framework))
    return result


def _figure(framework: Framework) -> Figure:
    return figures(_result(framework))["outcome-share"]


def test_comparisons_list_exactly_the_published_numbers(framework: Framework) -> None:
    assert [c.benchmark for c in _figure(framework).comparisons] == ["c09", "p1", "p2", "p3", "p4"]


def test_published_share_has_interval_without_ratio(framework: Framework) -> None:
    claim, first, percent, zero, _ = _figure(framework).comparisons
    assert {c.ratio for c in (claim, first, percent, zero)} == {None}
    assert {c.verdict for c in (claim, first, percent, zero)} == {None}
    assert claim.interval is not None
    # 24 of 122, from the test vectors of the methods notes: 0.136 to 0.276.
    assert (claim.share, round(claim.interval.low, 3), round(claim.interval.high or 0, 3)) == (24 / 122, 0.136, 0.276)
    assert first.share == 4 / 34
    assert zero.interval is not None
    # None of 11: 1 - 0.05 ** (1/11) = 0.238.
    assert (zero.share, zero.interval.sides, round(zero.interval.high or 0, 3)) == (0.0, 1, 0.238)
    assert {c.basis for c in (claim, first, percent, zero)} == {"published"}


def test_comparison_keeps_what_is_published(framework: Framework) -> None:
    given = _framework(framework)
    assert given.review is not None
    sources = [c.source for c in _figure(framework).comparisons]
    assert sources == [given.review.claims[0].figures[0], *given.review.published[:4]]


def test_percentage_without_numerator_has_no_share(framework: Framework) -> None:
    percent = _figure(framework).comparisons[2]
    assert (percent.share, percent.interval) == (None, None)


def test_incomparable_number_has_no_share(framework: Framework) -> None:
    apart = _figure(framework).comparisons[4]
    assert (apart.share, apart.ratio, apart.interval) == (None, None, None)
    assert (apart.verdict, apart.basis) == ("not_comparable", "published")


def test_every_published_number_of_an_analysis_has_a_row(framework: Framework) -> None:
    (table,) = (t for t in tables(_result(framework), _framework(framework)) if t.id == "focus.published")
    assert [row[0] for row in table.rows] == ["c09", "p1", "p2", "p3", "p4", "p5"]


def test_no_published_numbers_no_table(framework: Framework) -> None:
    for given in (reviewed(framework), replace(framework, review=None)):
        (result,) = run_analyses(["focus"], [study(1, aims=aims("outcome"))], given)
        assert {f.comparisons for f in result.figures} == {()}
        assert "focus.published" not in [table.id for table in tables(result, given)]


@pytest.mark.parametrize("name", ANALYSES)
def test_any_analysis_takes_published_numbers(bundled: EvidenceBase, name: str) -> None:
    (plain,) = run_analyses([name], bundled.studies, reviewed(bundled.framework, published=[]))
    if not plain.figures:
        assert name in ("matrix", "intersections")
        return
    wanted = plain.figures[-1].id
    entry = Published(id="x1", label="Projects", source="A", n=4, N=34, beside=wanted)
    given = reviewed(bundled.framework, published=[entry])
    (result,) = run_analyses([name], bundled.studies, given)
    shares = {f.id: c.share for f in result.figures for c in f.comparisons if c.benchmark == "x1"}
    assert shares == {wanted: 4 / 34}
    assert [row[0] for t in tables(result, given) if t.id == f"{name}.published" for row in t.rows] == ["x1"]


def test_number_beside_an_unknown_figure_has_a_row_in_its_analysis(framework: Framework) -> None:
    entry = Published(id="p1", label="Projects", source="A", n=4, N=34, beside="focus.outcom-share")
    given = reviewed(framework, published=[entry])
    focus, sector = run_analyses(["focus", "sector"], [study(1, aims=aims("outcome"))], given)
    assert {f.comparisons for f in focus.figures} == {()}
    assert [row[0] for row in tables(focus, given)[0].rows] == ["p1"]
    assert "sector.published" not in [table.id for table in tables(sector, given)]


def test_comparison_kind_ignores_ids(bundled: EvidenceBase) -> None:
    benchmarks = [replace(b, id=f"p{n:02}") for n, b in enumerate(bundled.framework.benchmarks)]
    entry = Published(id="uk-2021", label="Projects", source="A", n=4, N=34, beside="representation.older-people")
    given = reviewed(replace(bundled.framework, benchmarks=tuple(benchmarks)), published=[entry])
    (result,) = run_analyses(["representation"], bundled.studies, given)
    sources = {c.benchmark: c.source for f in result.figures for c in f.comparisons}
    assert sources.pop("uk-2021") is entry
    assert {type(source) for source in sources.values()} == {Benchmark}
    table = next(t for t in tables(result, given) if t.id == "representation.published")
    assert [row[0] for row in table.rows] == ["uk-2021"]


def test_published_share_is_no_population_share(bundled: EvidenceBase) -> None:
    review = bundled.framework.review
    assert review is not None
    group = sorted(bundled.framework.named_groups)[0]
    entry = Published(id="p99", label="Projects", source="A", n=1, N=8, beside=f"representation.{group}")
    reports = [
        str(gaps_report(replace(bundled, framework=replace(bundled.framework, review=replace(review, published=p)))))
        for p in ((), (entry,))
    ]
    assert "12.5%" not in reports[1]
    assert reports[0].count("share of the population") == reports[1].count("share of the population") > 0


def test_bundled_published_numbers_are_all_compared(bundled: EvidenceBase) -> None:
    review = bundled.framework.review
    assert review is not None
    wanted = {(c.id, q.beside) for c, q in bundled.framework.claim_figures if q.beside}
    wanted |= {(p.id, p.beside) for p in review.published}
    assert len(wanted) > 10
    results = all_results(bundled.studies, bundled.framework)
    compared = {(c.benchmark, f.id) for f in figures_of(results) for c in f.comparisons}
    assert sorted(wanted - compared) == []


@pytest.mark.parametrize(("n", "total"), [(60, 50), (-1, 50), (0, 0), (5, None), (None, 50), (None, None)])
def test_impossible_fraction_gives_no_share(framework: Framework, n: int | None, total: int | None) -> None:
    odd = Published(id="p1", label="Odd", source="A", n=n, N=total, beside=HERE)
    (result,) = run_analyses(["focus"], [study(1, aims=aims("outcome"))], reviewed(framework, published=[odd]))
    (comparison,) = figures(result)["outcome-share"].comparisons
    assert (comparison.share, comparison.interval, comparison.verdict) == (None, None, None)


@pytest.mark.parametrize(
    ("n", "total", "parts"),
    [(0, 9, (0, 9)), (9, 9, (9, 9)), (10, 9, None), (-1, 9, None), (0, 0, None), (4.5, 9, None), (4, None, None)],
)
def test_fraction_needs_whole_numbers_in_order(
    n: float | None, total: int | None, parts: tuple[int, int] | None
) -> None:
    assert Quantity(label="Any", n=n, N=total).fraction == parts
    if not isinstance(n, float):
        assert Published(id="p1", label="Any", source="A", n=n, N=total, beside=HERE).fraction == parts
