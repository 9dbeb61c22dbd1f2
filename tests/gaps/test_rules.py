"""Each of the eleven gap rules fires where it should, and nowhere else."""

from dataclasses import replace
from typing import Any

import pytest

from coprod_review.gaps.rules import RULES, Cell, gaps_of, split_general
from coprod_review.models import Appraisal, Codebook, Framework, Geography, Search, Study
from tests.conftest import study


def _cell(**changes: Any) -> Cell:
    return replace(Cell("people.health", "People, health", ()), **changes)


def _primary(*numbers: int, **changes: Any) -> tuple[Any, ...]:
    return tuple(study(n, **changes) for n in numbers)


def _reviews(*numbers: int, end: int | None = None) -> tuple[Any, ...]:
    return tuple(study(n, design="scoping-review", search=Search(end=end)) for n in numbers)


def _undated_review(year: int) -> Study:
    """A review whose search window is not known: it may have searched up to its year."""
    plain = study(5, design="scoping-review")
    return replace(plain, citation=replace(plain.citation, issued=year))


APPRAISED = Appraisal(
    tool="MMAT 2018", items={"1.1": "no"}, serious_concern="present", assessor="A", date="2026-01-01", rationale="r"
)
HERE = {"sector": ("social-care",), "geography": Geography(data=("Wales",))}

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
    ("synthesis", _cell(studies=_primary(1, 2, 3, 4)), True),
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
def test_the_rule_fires(rule: str, cell: Cell, fires: bool, framework: Framework) -> None:
    assert bool(gaps_of([cell], framework, [rule])) is fires


def test_every_rule_of_the_codebook_is_known_and_tested(framework: Framework) -> None:
    named = [rule.id for rule in framework.codebook.gap_rules]
    assert named == list(RULES)
    assert {rule for rule, _, fires in FIRES if fires} == {rule for rule, _, fires in FIRES if not fires} == set(named)


def test_a_threshold_of_the_codebook_changes_the_list_and_the_printed_rule(framework: Framework) -> None:
    rules = tuple(
        replace(r, thresholds={"max_studies": 5}) if r.id == "thin" else r for r in framework.codebook.gap_rules
    )
    book = Codebook(vocabularies=framework.codebook.vocabularies, gap_rules=rules)
    (gap,) = gaps_of([_cell(studies=_primary(1, 2, 3))], replace(framework, codebook=book), ["thin"])
    assert gap.rule == "1 to 5 eligible studies"


def test_gaps_come_in_the_declared_order(framework: Framework) -> None:
    cells = [_cell(id="c", studies=_reviews(1)), _cell(id="b"), _cell(id="a", statements=2)]
    found = [g.type for g in gaps_of(cells, framework, ["thin", "none", "testimony_only", "review_only"])]
    assert found == ["testimony_only", "none", "review_only", "thin"]


def test_a_rule_that_fires_in_more_than_half_of_the_cells_is_one_sentence(framework: Framework) -> None:
    cells = [_cell(id=str(n), studies=_primary(1, 2, 3)) for n in range(3)] + [_cell(id="d"), _cell(id="e")]
    half = [*cells, _cell(id="f")]
    assert split_general(gaps_of(half, framework, ["unappraised", "none"]), len(half), framework)[1] == ()
    special, general = split_general(gaps_of(cells, framework, ["unappraised", "none"]), len(cells), framework)
    assert [g.type for g in special] == ["none", "none"]
    assert general == (
        "Quality not known: in 3 of 5 cells at least 1 eligible study, and none has a recorded appraisal.",
    )
