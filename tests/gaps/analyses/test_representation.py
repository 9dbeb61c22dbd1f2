"""Groups beside population shares: verdicts only where the numbers support them."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.analyses import representation
from coprod_review.model.base import Framework
from coprod_review.model.benchmarks import Benchmark
from coprod_review.model.review import Recommendation
from coprod_review.model.study import Geography, Study
from coprod_review.results.figure import Figure
from coprod_review.results.result import Result
from tests.conftest import study
from tests.gaps.worked import bounds, figures, filled, limits, named, numbers, practices, primary, reviewed
from tests.phrasing.facts import benchmark


def _benchmark(value: float, number: int = 1, **changes: Any) -> Benchmark:
    return benchmark(value, **{"id": f"b{number}", "group": "minority-ethnic", **changes})


def _figure(framework: Framework, focus: int, total: int, *benchmarks: Benchmark) -> Figure:
    studies = [
        study(n, populations={"minority-ethnic": "focus"} if n <= focus else {"no-particular-group": "focus"})
        for n in range(1, total + 1)
    ]
    result = representation.analyse(studies, replace(framework, benchmarks=benchmarks))
    return next(f for f in result.figures if f.id == "representation.minority-ethnic")


def test_the_table_of_the_methods_notes(framework: Framework) -> None:
    figure = _figure(framework, 2, 20, _benchmark(18.3), _benchmark(9.6, 2), _benchmark(6.4, 3))
    ratios = [
        (round(c.ratio or 0, 2), round(c.interval.low, 2), round(c.interval.high or 0, 2))
        for c in figure.comparisons
        if c.interval
    ]
    assert ratios == [(0.55, 0.15, 1.64), (1.04, 0.29, 3.14), (1.56, 0.44, 4.70)]
    assert {c.verdict for c in figure.comparisons} == {"too_few"}


def test_verdict_needs_two_benchmarks_and_interval(framework: Framework) -> None:
    both = _figure(framework, 2, 200, _benchmark(18.3), _benchmark(9.6, 2))
    assert [c.verdict for c in both.comparisons] == ["lower"] * 2
    assert {(c.basis, c.benchmarks_disagree) for c in both.comparisons} == {("below_band", False)}
    one = _figure(framework, 2, 200, _benchmark(18.3))
    assert [(c.verdict, c.basis) for c in one.comparisons] == [(None, "one_benchmark")]
    split = _figure(framework, 2, 200, _benchmark(18.3), _benchmark(1.0, 2))
    assert {c.verdict for c in split.comparisons} == {"too_few"}
    # The first benchmark alone would give the verdict lower, so the two disagree.
    assert [(c.basis, c.benchmarks_disagree) for c in split.comparisons] == [("below_band", True), ("into_band", False)]


@pytest.mark.parametrize(
    ("focus", "shares", "verdict", "basis"),
    [
        # 2 of 200 has the interval 0.3% to 3.6%: 0.77 of 4.65%, and 0.84 of 4.25%.
        (2, (4.65, 4.7), "lower", "below_band"),
        (2, (4.25, 4.3), "too_few", "into_band"),
        # 100 of 200 has the interval 43% to 57%: 1.25 times 34.5%, and 1.15 times 37.5%.
        (100, (34.5, 34.4), "higher", "above_band"),
        (100, (37.5, 37.4), "too_few", "into_band"),
    ],
)
def test_the_band_of_similar_representation(
    focus: int, shares: tuple[float, float], verdict: str, basis: str, framework: Framework
) -> None:
    figure = _figure(framework, focus, 200, _benchmark(shares[0]), _benchmark(shares[1], 2))
    assert {(c.verdict, c.basis) for c in figure.comparisons} == {(verdict, basis)}


def test_works_without_participants_leave_the_denominator(framework: Framework) -> None:
    about = [study(n, populations={"minority-ethnic": "focus"}) for n in range(1, 4)]
    theory = [study(n, populations={"minority-ethnic": "not_applicable"}) for n in range(4, 15)]
    figures = representation.analyse([*about, *theory], framework).figures
    figure = next(f for f in figures if f.id == "representation.minority-ethnic")
    assert (figure.numerator, figure.denominator) == (3, 3)


def test_zero_in_a_small_base_is_not_lower(framework: Framework) -> None:
    # None of 17: at most 1 - 0.05 ** (1/17) = 16.2%, which is 0.88 of 18.3% and 1.68 of 9.6%.
    figure = _figure(framework, 0, 17, _benchmark(18.3), _benchmark(9.6, 2))
    assert [(c.verdict, c.basis, c.needed) for c in figure.comparisons] == [
        ("none_found", "reaches_band", 15),
        ("none_found", "base_too_small", 30),
    ]


def test_a_floor_supports_no_higher(framework: Framework) -> None:
    figure = _figure(framework, 100, 200, _benchmark(10, floor=True), _benchmark(11, 2))
    assert {c.verdict for c in figure.comparisons} == {"too_few"}


def test_comparison_keeps_its_benchmark(framework: Framework) -> None:
    given = (_benchmark(9.6, floor=True), _benchmark(18.3, 2))
    figure = _figure(framework, 2, 20, *given)
    assert tuple(c.source for c in figure.comparisons) == given
    assert [c.share for c in figure.comparisons] == [0.096, 0.183]


def test_group_without_focus_may_be_included(framework: Framework) -> None:
    studies = [study(1, populations={"dementia": "included"}), study(2)]
    gap = next(g for g in representation.analyse(studies, framework).gaps if g.where == "dementia")
    assert (gap.type, gap.kind, gap.label) == ("none", "group", "People living with dementia")
    assert (gap.counts.studies, gap.counts.included, gap.counts.uncoded) == (0, 1, 1)
    assert (gap.studies, gap.opens) == ((), "representation.dementia")


@pytest.mark.parametrize(
    "changes", [{"standardised": True, "suitable_for": ()}, {"standardised": "not_found"}, {"suitable_for": ("staff",)}]
)
def test_some_shares_never_divide(changes: dict[str, Any], framework: Framework) -> None:
    assert _figure(framework, 2, 20, _benchmark(9.0, **changes)).comparisons == ()


def test_a_study_without_any_group_code_is_not_known(framework: Framework) -> None:
    studies = [study(n, populations={"dementia": "focus"}) for n in range(1, 11)] + [study(11), study(12)]
    figure = next(f for f in representation.analyse(studies, framework).figures if f.id == "representation.dementia")
    assert (figure.numerator, figure.denominator) == (10, 10)
    assert figure.unknown is not None
    assert figure.unknown.count == 2


def test_facts_count_the_studies_without_codes_for_groups(framework: Framework) -> None:
    studies = [study(1, populations={"women": "focus"}), study(2), study(3), study(4, role="context")]
    facts = representation.analyse(studies, framework).facts
    assert facts == representation.RepresentationFacts(studies=3, not_coded=2)


def test_inclusion_and_silence_are_shown_apart(framework: Framework) -> None:
    codes = (
        "focus",
        "included",
        "included_n",
        "excluded",
        "none_recruited",
        "not_reported",
        "not_applicable",
        "not_coded",
    )
    studies = [study(n, populations={"dementia": code}) for n, code in enumerate(codes, 1)]
    table = representation.analyse(studies, framework).tables[0]
    row = next(row for row in table.rows if row[0] == "People living with dementia")
    assert [cell.n for cell in row[1:]] == [1, 2, 1, 1, 1, 1, 1]  # type: ignore[union-attr]


def test_groups_that_recommendations_name_come_first(framework: Framework) -> None:
    result = representation.analyse([study(1, populations={"women": "focus"})], framework)
    assert [g.where for g in result.gaps[:2]] == ["minority-ethnic", "unpaid-carers"]


def test_zero_in_a_large_base_is_lower(framework: Framework) -> None:
    # None of 200: at most 1 - 0.05 ** (1/200) = 1.5%, which is 0.08 of 18.3% and 0.15 of 9.6%.
    figure = _figure(framework, 0, 200, _benchmark(18.3), _benchmark(9.6, 2))
    assert [c.verdict for c in figure.comparisons] == ["lower"] * 2
    assert [c.ratio for c in figure.comparisons] == [0.0, 0.0]
    one = _figure(framework, 0, 200, _benchmark(18.3))
    assert [(c.verdict, c.basis) for c in one.comparisons] == [(None, "one_benchmark")]


def test_without_a_share_nothing_is_divided(framework: Framework) -> None:
    figure = _figure(framework, 1, 9, _benchmark(18.3))
    (comparison,) = figure.comparisons
    assert (comparison.share, comparison.ratio, comparison.interval, comparison.verdict) == (0.183, None, None, None)
    assert (comparison.basis, figure.reason) == ("not_divided", "few_known")


def test_studies_from_outside_the_nations_of_a_benchmark_are_counted(framework: Framework) -> None:
    places = [("England",)] * 17 + [("Wales",), ("England", "Italy"), ()]
    studies = [study(n, populations={"women": "focus"}, geography=Geography(data=d)) for n, d in enumerate(places, 1)]
    with_benchmark = replace(framework, benchmarks=(_benchmark(50, group="women"),))
    (comparison,) = figures(representation.analyse(studies, with_benchmark))["women"].comparisons
    # Wales, England with Italy, and no place at all.
    assert (comparison.elsewhere, comparison.studies) == (3, 20)
    (alone,) = figures(representation.analyse(studies[:17], with_benchmark))["women"].comparisons
    assert (alone.elsewhere, alone.studies) == (0, 17)


def test_studies_that_it_takes_before_a_zero_says_something(framework: Framework) -> None:
    shares = {18.3: 15, 9.0: 32, 3.2: 93, 1.1: 271, 0.5: 598}  # the table of the methods notes, 3.4
    figure = _figure(framework, 2, 20, *(_benchmark(share, n) for n, share in enumerate(shares, 1)))
    assert [c.needed for c in figure.comparisons] == list(shares.values())


def _coded() -> list[Study]:
    """Sixteen studies by their code for people with dementia, and two that do not count."""
    codes = [
        *["focus"] * 3,  # 1 2 3
        "included",  # 4
        "included_n",  # 5
        *["excluded"] * 4,  # 6 to 9
        "none_recruited",  # 10
        *["not_reported"] * 2,  # 11 12
        "not_applicable",  # 13
        None,  # 14: coded for another group alone
        None,  # 15: coded for none
        None,  # 16: coded for none
        "focus",  # 17: context
        "focus",  # 18: retracted
    ]
    made = [
        study(n, populations={"dementia": code} if code else {}, coded_from="full_text" if n > 5 else "abstract")
        for n, code in enumerate(codes, 1)
    ]
    made[13] = replace(made[13], populations={"women": "focus"})
    made[0] = replace(made[0], design="scoping-review")
    return [*made[:16], replace(made[16], role="context"), replace(made[17], status="retracted")]


def _dementia(framework: Framework, name: str) -> Figure:
    return figures(representation.analyse(_coded(), framework))[f"dementia{name}"]


def test_focus_covers_studies_coded_for_groups(framework: Framework) -> None:
    focus = _dementia(framework, "")
    # Focus: 1 2 3. Not: 4 to 12, 14. No participants: 13. Nothing coded: 15 and 16. So 3 of 13.
    assert numbers(focus) == (3, 13, 2, 0.231)
    assert (focus.numerator_ids, focus.unknown_ids) == (named(1, 2, 3), named(15, 16))
    assert focus.denominator_ids == named(*range(1, 13), 14)
    # (6 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 3 x 10/13)) / (2 (13 + 3.8415)) = (9.8415 -+ 7.0864) / 33.6829
    assert limits(focus) == (0.082, 0.503)
    assert bounds(focus) == (0.2, 0.333)  # 3/15 and 5/15
    assert primary(focus) == (2, 12, 0.167)  # without the review, 1


def test_inclusion_is_asked_of_those_that_report_the_group(framework: Framework) -> None:
    included = _dementia(framework, ".included")
    # Report it: 1 to 10. Of these it is in 1 to 5, and kept out or absent in 6 to 10.
    assert (numbers(included), included.numerator_ids) == ((5, 10, 0, 0.5), named(1, 2, 3, 4, 5))
    # (10 + 3.8415 -+ 1.96 sqrt(3.8415 + 4 x 5 x 5/10)) / (2 (10 + 3.8415)) = (13.8415 -+ 7.2919) / 27.6829
    assert limits(included) == (0.237, 0.763)


def test_what_a_study_reports_of_its_participants_is_another_question(framework: Framework) -> None:
    terms = [term.id for term in framework.codebook.terms("characteristics")]
    plain = [study(n, populations={"women": "focus"}) for n in range(1, 4)]
    for code in ("reported", "not_reported", "not_coded"):
        coded = [replace(s, characteristics=dict.fromkeys(terms, code)) for s in plain]
        assert representation.analyse(coded, framework) == representation.analyse(plain, framework)


def test_every_code_of_a_group_has_a_cell(framework: Framework) -> None:
    cells = filled(representation.analyse(_coded(), framework), "representation.codes")
    assert {name: ids for name, ids in cells.items() if name.startswith("dementia/")} == {
        "dementia/focus": named(1, 2, 3),
        "dementia/included": named(4, 5),
        "dementia/excluded": named(*range(6, 10)),
        "dementia/none_recruited": named(10),
        "dementia/not_reported": named(11, 12),
        "dementia/not_applicable": named(13),
        "dementia/not_coded": named(14, 15, 16),
    }


def test_abstract_only_inclusion_has_no_share(framework: Framework) -> None:
    studies = [study(n, populations={"dementia": "included"}) for n in range(1, 13)]
    included = figures(representation.analyse(studies, framework))["dementia.included"]
    assert (numbers(included), included.interval, included.leave_one_out) == ((12, 12, 0, None), None, None)
    assert included.reason == "presence_only"
    assert primary(included) == (12, 12, None)


def test_not_coded_counts_as_no_code(framework: Framework) -> None:
    studies = [study(n, populations={"dementia": "not_coded"}) for n in range(1, 13)]
    by_id = figures(representation.analyse(studies, framework))
    for group in ("dementia", "women"):
        assert (numbers(by_id[group]), by_id[group].reason) == ((None, 0, 12, None), "nothing_known")


def test_groups_that_recommendations_name_are_split_by_practice(framework: Framework) -> None:
    recommended = Recommendation(id="r1", statement="s", groups=("women",), not_measurable_because="n")
    studies = [
        study(1, populations={"women": "focus"}, practice=("ppi",)),
        study(2, populations={"dementia": "focus"}, practice=("ppi", "co-design")),
        study(3, practice=("ppi",)),
    ]
    by_id = figures(representation.analyse(studies, reviewed(framework, recommendations=[recommended])))
    assert practices(by_id["women"]) == {"co-design": (0, 1, 0), "ppi": (1, 2, 1)}
    assert by_id["dementia"].practices == ()


def _empty(framework: Framework) -> Result:
    return representation.analyse([study(1), study(2, role="context", populations={"women": "focus"})], framework)


def test_uncoded_base_gives_no_zero(framework: Framework) -> None:
    result = _empty(framework)
    assert {(f.numerator, f.value) for f in result.figures} == {(None, None)}
    assert result.facts == representation.RepresentationFacts(studies=1, not_coded=1)
