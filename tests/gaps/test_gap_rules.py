"""Each of the eleven gap rules fires where it should, and nowhere else."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.analyses import matrix
from coprod_review.gaps.gap_rules import GAP_RULES, GapPlace, find_gaps, oldest_search, separate_general_gaps
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Codebook
from coprod_review.model.study import Appraisal, Geography, Search, Study
from coprod_review.phrasing.gaps import gap_rule
from coprod_review.results.result import Gap, GapCounts, GeneralGap
from tests.conftest import finding, study


def _cell(**changes: Any) -> GapPlace:
    return replace(GapPlace("people.health", "People, health", ()), **changes)


def _primary(*numbers: int, **changes: Any) -> tuple[Any, ...]:
    return tuple(study(n, **changes) for n in numbers)


def _reviews(*numbers: int, end: int | str | None = None) -> tuple[Any, ...]:
    return tuple(study(n, design="scoping-review", search=Search(end=end)) for n in numbers)


def _undated_review(year: int | None) -> Study:
    """A review whose search window is not known: it may have searched up to its year."""
    plain = study(5, design="scoping-review")
    return replace(plain, citation=replace(plain.citation, issued=year))


APPRAISED = Appraisal(
    tool="MMAT 2018", items={"1.1": "no"}, serious_concern="present", assessor="A", date="2026-01-01", rationale="r"
)
HERE: dict[str, Any] = {"sector": ("social-care",), "geography": Geography(data=("Wales",))}
ABROAD, ITALY = Geography(data=("International",)), ("Italy", "International")
"""Data of several countries, of which it is not known whether ours are among them."""

FIRES = [
    ("testimony_only", _cell(statements=1), True),
    ("testimony_only", _cell(statements=1, studies=_primary(1)), False),
    ("none", _cell(), True),
    ("none", _cell(statements=1), False),
    ("review_only", _cell(studies=_reviews(1)), True),
    ("review_only", _cell(studies=(*_reviews(1), *_primary(2))), False),
    ("review_only", _cell(), False),
    ("thin", _cell(studies=_primary(1, 2)), True),
    ("thin", _cell(studies=_primary(1, 2, 3)), False),
    ("thin", _cell(), False),
    ("single_source", _cell(studies=_primary(1, 2, study_family="a")), True),
    ("single_source", _cell(studies=_primary(1, 2)), False),
    ("mixed", _cell(studies=_primary(1), directions=frozenset({"benefit", "harm"})), True),
    ("mixed", _cell(studies=_primary(1), directions=frozenset({"mixed"})), True),
    ("mixed", _cell(studies=_primary(1), directions=frozenset({"benefit", "not_stated"})), False),
    ("mixed", _cell(studies=_primary(1), directions=frozenset({"harm"})), False),
    ("indirect", _cell(studies=_primary(1, sector=("health",), geography=Geography(data=("Wales",)))), True),
    ("indirect", _cell(studies=_primary(1, **HERE)), False),
    ("indirect", _cell(studies=_primary(1, sector=("social-care",))), False),
    ("indirect", _cell(studies=_primary(1)), False),
    ("indirect", _cell(studies=_primary(1, sector=("social-care",), geography=Geography(data=("Italy",)))), True),
    ("indirect", _cell(studies=_primary(1, sector=("social-care",), geography=ABROAD)), False),
    ("indirect", _cell(studies=_primary(1, sector=("social-care",), geography=Geography(data=ITALY))), False),
    ("indirect", _cell(studies=_primary(1, sector=("health",), geography=ABROAD)), True),
    ("indirect", _cell(studies=(*_primary(1, sector=("health",)), *_primary(2))), False),
    ("indirect", _cell(studies=_primary(1, 2, sector=("health", "research"))), True),
    ("indirect", _cell(studies=_primary(1, sector=("health", "social-care"), geography=HERE["geography"])), False),
    ("indirect", _cell(), False),
    ("synthesis", _cell(studies=_primary(1, 2, 3, 4)), True),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end="2021-04"))), True),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end="2021-10"))), True),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end="2021-11"))), False),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end="2021-04"), *_reviews(6, end=2022))), False),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), _undated_review(2021))), False),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), _undated_review(2020))), True),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), _undated_review(None))), False),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end=2021))), False),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end=2020))), True),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), study(5, design="scoping-review"))), True),
    ("synthesis", _cell(studies=(*_primary(1, 2, 3, 4), _undated_review(2022))), False),
    ("synthesis", _cell(studies=_primary(1, 2, 3)), False),
    ("quality", _cell(studies=_primary(1, 2, appraisal=APPRAISED)), True),
    ("quality", _cell(studies=_primary(1, appraisal=APPRAISED)), False),
    ("quality", _cell(studies=_primary(1, 2)), False),
    ("unappraised", _cell(studies=_primary(1)), True),
    ("unappraised", _cell(studies=(*_primary(1), *_primary(2, appraisal=APPRAISED))), False),
    ("not_coded", _cell(studies=_primary(1), uncoded=2), True),
    ("not_coded", _cell(studies=_primary(1, 2), uncoded=2), False),
]


@pytest.mark.parametrize(("rule", "cell", "fires"), FIRES)
def test_the_rule_fires(rule: str, cell: GapPlace, fires: bool, framework: Framework) -> None:
    assert bool(find_gaps([cell], framework, [rule])) is fires


def test_every_rule_of_the_codebook_is_known_and_tested(framework: Framework) -> None:
    named = [rule.id for rule in framework.codebook.gap_rules]
    assert named == list(GAP_RULES)
    assert {rule for rule, _, fires in FIRES if fires} == {rule for rule, _, fires in FIRES if not fires} == set(named)


def test_gap_has_the_counts_of_its_place(framework: Framework) -> None:
    place = _cell(
        id="dementia",
        label="People living with dementia",
        # Two primary studies, one of them appraised; two reviews; and a policy, which is neither.
        studies=(*_primary(1), *_primary(2, appraisal=APPRAISED), *_reviews(3, 4), study(5, design="policy")),
        statements=6,
        directions=frozenset({"harm", "benefit", "not_stated"}),
        uncoded=7,
        included=8,
        kind="group",
        opens="representation.dementia",
    )
    assert find_gaps([place], framework, ["mixed"]) == (
        Gap(
            type="mixed",
            where="dementia",
            label="People living with dementia",
            kind="group",
            counts=GapCounts(
                studies=5,
                primary=2,
                reviews=2,
                statements=6,
                directions=("benefit", "harm"),
                uncoded=7,
                included=8,
                appraised=1,
            ),
            studies=tuple(f"author{n}-2020" for n in range(1, 6)),
            opens="representation.dementia",
        ),
    )


def test_gaps_come_in_the_declared_order(framework: Framework) -> None:
    cells = [_cell(id="c", studies=_reviews(1)), _cell(id="b"), _cell(id="a", statements=2)]
    found = [g.type for g in find_gaps(cells, framework, ["thin", "none", "testimony_only", "review_only"])]
    assert found == ["testimony_only", "none", "review_only", "thin"]


def test_rule_of_more_than_half_of_the_cells_is_general(framework: Framework) -> None:
    places = [_cell(id=str(n), studies=_primary(1, 2, 3), kind="pair") for n in range(3)]
    places += [_cell(id=i, kind="pair") for i in ("d", "e")]
    half = [*places, _cell(id="f", kind="pair")]
    types = ("unappraised", "none")
    assert separate_general_gaps(find_gaps(half, framework, types), len(half), framework)[1] == ()
    special, general = separate_general_gaps(find_gaps(places, framework, types), len(places), framework)
    assert [(g.type, g.where) for g in special] == [("none", "d"), ("none", "e")]
    assert general == (GeneralGap("unappraised", places=3, cells=5, kind="pair"),)


def _with(framework: Framework, rule: str, **thresholds: int) -> Framework:
    """The framework with other thresholds for one rule."""
    rules = tuple(
        replace(r, thresholds={**r.thresholds, **thresholds}) if r.id == rule else r
        for r in framework.codebook.gap_rules
    )
    book = Codebook(vocabularies=framework.codebook.vocabularies, gap_rules=rules)
    return replace(framework, codebook=book)


@pytest.mark.parametrize(
    ("rule", "thresholds", "cell", "text"),
    [
        ("testimony_only", {"min_statements": 2}, _cell(statements=1), "at least 2 statement"),
        ("review_only", {"min_reviews": 2}, _cell(studies=_reviews(1)), "at least 2 review"),
        ("thin", {"max_studies": 1}, _cell(studies=_primary(1, 2)), "1 to 1 eligible"),
        ("single_source", {"min_primary": 2}, _cell(studies=_primary(1)), "at least 2 primary"),
        ("indirect", {"min_studies": 2}, _cell(studies=_primary(1, sector=("health",))), "at least 2 eligible"),
        ("synthesis", {"min_primary": 5}, _cell(studies=_primary(1, 2, 3, 4)), "at least 5 primary"),
        (
            "synthesis",
            {"max_age_years": 6},
            _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end="2021-04"))),
            "within 6 years",
        ),
        ("quality", {"min_appraised": 3}, _cell(studies=_primary(1, 2, appraisal=APPRAISED)), "at least 3 studies"),
        ("unappraised", {"min_studies": 2}, _cell(studies=_primary(1)), "at least 2 eligible"),
    ],
)
def test_every_threshold_is_read_from_the_codebook(
    rule: str, thresholds: dict[str, int], cell: GapPlace, text: str, framework: Framework
) -> None:
    other = _with(framework, rule, **thresholds)
    (gap,) = find_gaps([cell], framework, [rule])
    assert gap.type == rule
    assert find_gaps([cell], other, [rule]) == ()
    assert text in gap_rule(gap, other)
    assert text not in gap_rule(gap, framework)


def test_threshold_changes_the_map(framework: Framework) -> None:
    # Health holds three studies, home one; the other twenty domains hold none.
    studies = [study(n, findings=(finding(f"author{n}-2020"),)) for n in (1, 2, 3)]
    studies += [study(4, findings=(finding("author4-2020", outcome="people.living.home"),))]
    thin = {n: matrix.analyse(studies, _with(framework, "thin", max_studies=n)) for n in (0, 2, 3)}
    listed = {n: [g.where for g in result.gaps if g.type == "thin"] for n, result in thin.items()}
    assert listed == {0: [], 2: ["people.living"], 3: ["people.health", "people.living"]}
    observed = {n: next(row[2] for row in r.tables[1].rows if row[0] == "thin") for n, r in thin.items()}
    assert observed == {n: f"There are 1 to {n} eligible studies" for n in (0, 2, 3)}
    shown = {row[0]: row[-1] for row in thin[3].tables[0].rows}
    assert "thin" in str(shown["People: health and wellbeing"])


def test_unknown_place_is_not_indirect(framework: Framework) -> None:
    elsewhere = study(1, sector=("social-care",), geography=Geography(data=("Italy",)))
    open_ = study(2, sector=("social-care",), geography=ABROAD)
    (gap,) = find_gaps([_cell(studies=(elsewhere,))], framework, ["indirect"])
    assert (gap.type, gap.counts.studies) == ("indirect", 1)
    assert find_gaps([_cell(studies=(elsewhere, open_))], framework, ["indirect"]) == ()


def test_search_age_is_measured_in_months(framework: Framework) -> None:
    assert framework.about.as_of == "2026-11-23"
    reviewed = _cell(studies=(*_primary(1, 2, 3, 4), *_reviews(5, end="2021-04")))
    (gap,) = find_gaps([reviewed], framework, ["synthesis"])
    assert (gap.counts.primary, gap.counts.reviews) == (4, 1)
    earlier = replace(framework, about=replace(framework.about, as_of="2026-04-01"))
    assert find_gaps([reviewed], earlier, ["synthesis"]) == ()
    undated = replace(framework, about=replace(framework.about, as_of="not stated"))
    assert find_gaps([_cell(studies=_primary(1, 2, 3, 4))], undated, ["synthesis"]) == ()


@pytest.mark.parametrize(
    ("as_of", "oldest"),
    [("2026-11-23", (2021, 11)), ("2026-01", (2021, 1)), ("2026", (2021, 12)), ("not stated", None), ("26", None)],
)
def test_oldest_search_is_some_years_before_the_date_of_the_base(
    as_of: str, oldest: tuple[int, int] | None, framework: Framework
) -> None:
    rule = framework.codebook.rule("synthesis")
    assert rule is not None
    assert rule.thresholds["max_age_years"] == 5
    assert oldest_search(rule, replace(framework, about=replace(framework.about, as_of=as_of))) == oldest


def test_a_gap_opens_what_shows_its_studies(framework: Framework) -> None:
    (gap,) = find_gaps([_cell(studies=_primary(1), opens="matrix.map/people.health/studies")], framework, ["thin"])
    assert (gap.studies, gap.opens) == (("author1-2020",), "matrix.map/people.health/studies")
