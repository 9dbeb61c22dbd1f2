"""Principles and testimony on bases worked out by hand."""

from dataclasses import replace

from coprod_review.gaps.analyses import principles, testimony
from coprod_review.model import review as review_model
from coprod_review.model.base import Framework
from coprod_review.model.review import Review
from tests.conftest import finding, study
from tests.gaps.worked import figures, filled, found, named, nothing_is_known, numbers


def _with_testimony(framework: Framework, *outcomes: tuple[str, ...]) -> Framework:
    statements = tuple(
        review_model.Testimony(id=f"t{n}", section="3.2", statement="Said.", outcomes=o)
        for n, o in enumerate(outcomes, 1)
    )
    review = Review(
        id="r",
        citation=study(1).citation,
        method="m",
        claims=(),
        testimony=statements,
        enablers=(),
        barriers=(),
        examples=(),
        recommendations=(),
        errata=(),
    )
    return replace(framework, review=review)


def test_principles_keep_unknown_apart_from_not_mentioned(framework: Framework) -> None:
    every = dict.fromkeys(("equality", "diversity", "accessibility", "reciprocity"), "not_mentioned")
    studies = [study(n, coded_from="full_text", principles_mentioned=every, definition="none") for n in range(1, 9)]
    studies += [
        study(9, coded_from="full_text", principles_mentioned=dict.fromkeys(every, "mentioned"), definition="given")
    ]
    studies += [study(10, principles_mentioned={"equality": "mentioned"}), study(11)]
    figures = {f.id: f for f in principles.analyse(studies, framework).figures}
    any_, all_, defined = figures["principles.any"], figures["principles.all"], figures["principles.definition"]
    assert (any_.numerator, any_.denominator) == (2, 10)
    assert (all_.numerator, all_.denominator) == (1, 9)
    assert (defined.numerator, defined.denominator) == (1, 9)
    assert (figures["principles.all-of-defined"].numerator, figures["principles.all-of-defined"].denominator) == (1, 1)


def test_testimony_counts_outcomes_that_no_study_reports(framework: Framework) -> None:
    studies = [
        study(1, findings=(finding(outcome="people.self.valued"),)),
        study(2, role="context", findings=(finding("author2-2020", outcome="staff.work.ease"),)),
    ]
    outcomes = ("people.self.valued", "staff.work.ease", "people.living.home")
    result = testimony.analyse(studies, _with_testimony(framework, outcomes, ("staff.work.ease",), ()))
    (figure,) = result.figures
    assert (figure.numerator, figure.denominator, figure.interval) == (2, 3, None)
    assert result.facts == testimony.TestimonyFacts(statements=2)  # the third names no outcome


def test_a_base_without_a_review_has_no_testimony(framework: Framework) -> None:
    result = testimony.analyse([study(1)], framework)
    assert (result.missing, result.figures[0].value) == (("testimony",), None)


def test_principles_by_three_valued_logic(framework: Framework) -> None:
    yes, no, open_ = "mentioned", "not_mentioned", "not_coded"
    names = ("equality", "diversity", "accessibility", "reciprocity")
    codes = [(yes, open_, no, no), (no, open_, no, no), (yes, yes, open_, yes), (yes,) * 4, (no,) * 4]
    studies = [study(n, principles_mentioned=dict(zip(names, c, strict=True))) for n, c in enumerate(codes, 1)]
    by_id = figures(principles.analyse(studies, framework))
    # Any: 1 3 4; not 5; of 2 one is open. All: 4; not 1 2 5; of 3 one is open.
    assert (by_id["any"].numerator_ids, by_id["any"].unknown_ids) == (named(1, 3, 4), named(2))
    assert (by_id["all"].numerator_ids, by_id["all"].unknown_ids) == (named(4), named(3))
    assert (by_id["diversity"].numerator_ids, by_id["diversity"].denominator_ids) == (named(3, 4), named(3, 4, 5))


def test_nine_full_texts_withhold_principles_share(framework: Framework) -> None:
    read = [study(n, coded_from="full_text", definition="none") for n in range(1, 10)]
    seen = [study(n, definition="cited", practice=("co-design",)) for n in range(10, 13)]
    result = principles.analyse([*read, *seen, study(13)], framework)
    definition = figures(result)["definition"]
    assert (numbers(definition), definition.reason) == ((3, 12, 1, None), "few_full_texts")
    assert numbers(figures(principles.analyse([*read, *seen], framework))["definition"]) == (3, 12, 0, 0.25)


def test_uncoded_principles_give_no_zero(framework: Framework) -> None:
    result = principles.analyse([study(n) for n in range(1, 13)], framework)
    assert nothing_is_known(result) == []
    assert figures(result)["any"].reason == "nothing_known"


def test_testimony_outcomes_list_statements_and_studies(framework: Framework) -> None:
    reviewed = _with_testimony(framework, ("people.self.valued", "staff.work.ease"), ("people.self.valued",))
    result = testimony.analyse([found(1, {"outcome": "people.self.valued"})], reviewed)
    (figure,) = result.figures
    assert (figure.unit, figure.numerator_ids, figure.denominator_ids) == (
        "outcome",
        ("staff.work.ease",),
        ("people.self.valued", "staff.work.ease"),
    )
    assert filled(result, "testimony.outcomes") == {
        "people.self.valued/statements": ("t1", "t2"),
        "people.self.valued/studies": named(1),
        "staff.work.ease/statements": ("t1",),
    }
