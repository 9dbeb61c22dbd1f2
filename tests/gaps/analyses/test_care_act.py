"""Coverage of the areas of wellbeing in the Care Act, on bases worked out by hand."""

from collections.abc import Iterator
from dataclasses import replace

from coprod_review.gaps.analyses import care_act
from coprod_review.model import review as review_model
from coprod_review.model.base import Framework
from coprod_review.model.codebook import Term, Vocabulary
from coprod_review.model.study import Geography
from coprod_review.results.table import Count
from tests.conftest import finding, study
from tests.gaps.worked import figures, filled, found, named, reviewed


def _testimony(*outcomes: str) -> Iterator[review_model.Testimony]:
    """Statements t1, t2 and so on, each about one outcome."""
    for number, outcome in enumerate(outcomes, 1):
        yield review_model.Testimony(id=f"t{number}", section="3.2", statement="Said.", outcomes=(outcome,))


def _with_testimony(framework: Framework, *outcomes: str) -> Framework:
    return reviewed(framework, testimony=tuple(_testimony(*outcomes)))


def test_care_act_separates_studies_testimony_and_nothing(framework: Framework) -> None:
    studies = [study(1, findings=(finding(outcome="people.self.valued"),), geography=Geography(data=("Wales",)))]
    result = care_act.analyse(studies, _with_testimony(framework, "people.opportunity.finances"))
    verdicts = {str(row[0])[:3]: row[-1] for row in result.tables[0].rows}
    assert (verdicts["(a)"], verdicts["(f)"], verdicts["(h)"]) == ("studied", "testimony only", "nothing")
    nations = next(row for row in result.tables[1].rows if row[0] == "(a)")
    assert [cell.n for cell in nations[1:] if isinstance(cell, Count)] == [0, 1, 0, 0, 1, 0, 0]


def test_partly_covered_area_is_noted(framework: Framework) -> None:
    result = care_act.analyse([study(1, findings=(finding(outcome="people.self.empowerment"),))], framework)
    assert {str(row[0])[:3]: row[-1] for row in result.tables[0].rows}["(d)"] == "studied, in part"


def test_care_act_areas_have_no_denominator(framework: Framework) -> None:
    studies = [
        found(1, {"outcome": "people.living.home", "level": "experience"}),
        found(2, {"outcome": "people.living.home"}, {"outcome": "people.living.home"}, design="scoping-review"),
        found(3, {"outcome": "people.living.home"}, role="context"),
    ]
    result = care_act.analyse(studies, _with_testimony(framework, "people.living.home", "people.living.home"))
    home = figures(result)["h"]
    assert (home.numerator, home.denominator, home.value, home.numerator_ids) == (2, None, None, named(1, 2))
    cells = filled(result, "care-act.areas")
    assert {name: ids for name, ids in cells.items() if name.startswith("h/")} == {
        "h/studies": named(1, 2),
        "h/outcome": named(2),
        "h/primary": named(1),
        "h/reviews": named(2),
        "h/said": ("t1", "t2"),
    }


def test_facts_count_areas_by_their_evidence(framework: Framework) -> None:
    england, wales = Geography(data=("England", "Italy")), Geography(data=("Wales",))
    studies = [
        found(1, {"outcome": "people.living.home", "level": "experience"}, geography=england),
        found(2, {"outcome": "people.self.valued"}, geography=wales),
    ]
    facts = care_act.analyse(studies, _with_testimony(framework, "people.opportunity.finances")).facts
    assert isinstance(facts, care_act.CareActFacts)
    assert facts.coverage == {
        **dict.fromkeys("abcdefghi", "nothing"),
        **dict.fromkeys("ah", "studied"),  # (a) personal dignity, of study 2; (h) living accommodation, of study 1
        "f": "testimony only",
    }
    assert (facts.with_outcome, facts.from_nations) == (1, 1)


def _linked(framework: Framework) -> Framework:
    """The framework with two made-up vocabularies, to which two outcomes belong."""
    book = framework.codebook
    links: dict[str, dict[str, tuple[str, ...]]] = {
        "people.living.home": {"ascof": ("home",), "ascot": ("place",)},
        "people.self.empowerment": {"ascof": ("home", "control")},
    }
    outcomes = book.vocabularies["outcomes"]
    vocabularies = {
        **book.vocabularies,
        "outcomes": replace(outcomes, terms=tuple(_with_links(t, links.get(t.id, {})) for t in outcomes.terms)),
        "ascof": _vocabulary(home="A home", control="Control", connection="Connection"),
        "ascot": _vocabulary(place="A place"),
    }
    return replace(framework, codebook=replace(book, vocabularies=vocabularies))


def _with_links(term: Term, links: dict[str, tuple[str, ...]]) -> Term:
    return replace(term, ascof=links.get("ascof", ()), ascot=links.get("ascot", ()))


def _vocabulary(**labels: str) -> Vocabulary:
    terms = tuple(Term(id=name, label=label, definition="d", source="s") for name, label in labels.items())
    return Vocabulary(label="l", description="d", terms=terms)


def test_other_frameworks_of_the_codebook_have_a_table_each(framework: Framework) -> None:
    studies = [
        found(1, {"outcome": "people.living.home"}, design="scoping-review"),
        found(2, {"outcome": "people.self.empowerment", "level": "experience"}),
        found(3, {"outcome": "people.self.empowerment"}, role="context"),
    ]
    result = care_act.analyse(studies, _linked(_with_testimony(framework, "people.living.home")))
    assert [table.id for table in result.tables] == [
        "care-act.areas", "care-act.nations", "care-act.ascof", "care-act.ascot",
    ]  # fmt: skip
    ascof, ascot = result.tables[2:]
    assert (ascof.columns[0], ascot.columns[0]) == ("Objective", "Domain")
    # An outcome that belongs to an area of the Care Act only in part belongs to the other frameworks as a whole.
    assert [(row[0], row[-1]) for row in ascof.rows] == [
        ("A home", "studied"), ("Control", "studied, no outcome finding"), ("Connection", "nothing"),
    ]  # fmt: skip
    assert [(row[0], row[-1]) for row in ascot.rows] == [("A place", "studied")]
    assert filled(result, "care-act.ascof") == {
        "home/studies": named(1, 2),
        "home/outcome": named(1),
        "home/primary": named(2),
        "home/reviews": named(1),
        "home/said": ("t1",),
        "control/studies": named(2),
        "control/primary": named(2),
    }


def test_a_codebook_without_other_frameworks_has_no_tables_for_them(framework: Framework) -> None:
    book = _linked(framework).codebook
    vocabularies = {k: v for k, v in book.vocabularies.items() if k not in ("ascof", "ascot")}
    without = replace(framework, codebook=replace(book, vocabularies=vocabularies))
    result = care_act.analyse([found(1, {"outcome": "people.living.home"})], without)
    assert [table.id for table in result.tables] == ["care-act.areas", "care-act.nations"]


def test_other_frameworks_do_not_change_the_figures_and_facts_of_the_act(framework: Framework) -> None:
    studies = [found(1, {"outcome": "people.living.home"}), found(2, {"outcome": "people.self.empowerment"})]
    linked, plain = (care_act.analyse(studies, f) for f in (_linked(framework), framework))
    assert (linked.figures, linked.facts, linked.charts) == (plain.figures, plain.facts, plain.charts)
    assert linked.tables[:2] == plain.tables[:2]
