"""What a template can loop over: each list has what it says, in its order; and words of earlier versions."""

from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review.briefing.builder import BriefingBuilder
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.passages import passage_for
from coprod_review.briefing.request import BriefingRequest
from coprod_review.briefing.template_context import FORMER_WORDS, Base, subject
from coprod_review.briefing.template_sandbox import TemplateError
from coprod_review.errors import UnknownName
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework
from coprod_review.model.study import Finding
from tests.briefing.made import source_with
from tests.conftest import finding, study


def of(number: int, **codes: object) -> Finding:
    return finding(f"author{number}-2020", 1, **codes)


@pytest.fixture(scope="module")
def base(context: BriefingContext) -> Base:
    """The bundled base as templates read it."""
    return Base(context)


# --- findings -------------------------------------------------------------------------


def test_adverse_findings_come_last_and_complete(framework: Framework) -> None:
    base = Base(
        source_with(
            framework,
            study(1, findings=(of(1, direction="harm", summary="Harm."),)),
            study(2, findings=(of(2, summary="Good."),)),
            study(3, findings=(of(3, summary="Good."),)),
            study(4, findings=(of(4, direction="not_stated", summary="Open."),)),
            study(5, findings=(of(5, direction="no_change", level="experience", summary="None."),)),
            study(6, findings=(of(6, outcome="staff.work.motivation", summary="Good."),)),
        )
    )
    change = ["author2-2020.1,author3-2020.1", "author4-2020.1", "author1-2020.1"]
    assert base.findings("people.health.wellbeing", "change") == change
    assert base.findings("people.health.wellbeing", "taking_part") == ["author5-2020.1"]
    assert base.findings("people.health.wellbeing") == [*change, "author5-2020.1"]
    assert base.findings(against=True) == ["author1-2020.1", "author5-2020.1"]
    assert base.findings(study="author4-2020") == ["author4-2020.1"]
    assert "author6-2020.1" in ",".join(base.findings())


def test_findings_of_another_source_have_a_key_of_their_own(framework: Framework) -> None:
    base = Base(
        source_with(
            framework,
            study(1, findings=(of(1, summary="Good."),)),
            study(2, findings=(of(2, summary="Good.", evidence_role="reported_by_review"),)),
            study(3, findings=(of(3, summary="Good.", direction="mixed"),)),
        )
    )
    assert base.findings("people.health.wellbeing") == ["author1-2020.1", "author2-2020.1", "author3-2020.1"]


def test_carer_findings_include_shared_ones(bundled: EvidenceBase) -> None:
    whose = ("person", "carer", "both", "not_coded")
    found = [replace(of(n, summary=f"{n}."), whose=code) for n, code in enumerate(whose, 1)]
    base = Base(source_with(bundled.framework, *(study(n, findings=(f,)) for n, f in enumerate(found, 1))))
    assert base.findings(group="unpaid-carers") == ["author2-2020.1", "author3-2020.1"]
    assert base.findings(group="dementia") == []


# --- studies and places ---------------------------------------------------------------


def test_focus_studies_are_not_listed_as_included(base: Base, context: BriefingContext) -> None:
    both = 0
    for group in context.codebook.terms("groups"):
        figure = context.figures.get(f"representation.{group.id}.included")
        if figure:
            focus, included = base.studies(focus=group.id), base.studies(included=group.id)
            assert set(focus) & set(included) == set()
            assert {*focus, *included} == set(figure.numerator_ids)
            both += bool(focus and included)
    assert both


def test_studies_within_a_place_have_findings_there(base: Base, context: BriefingContext) -> None:
    for place in ("people", "people.health", "staff.work"):
        expected = {s.id for s, f in context.findings_by_id.values() if f"{f.outcome}.".startswith(f"{place}.")}
        assert set(base.studies(place)) == expected
    assert base.studies() == [study.id for study in context.eligible]


def test_outcomes_have_findings_on_their_side(base: Base, context: BriefingContext) -> None:
    for side, of_change in (("change", True), ("taking_part", False)):
        outcomes = base.outcomes("people", side)
        assert outcomes
        assert all(context.findings_on(o.id, of_change=of_change) for o in outcomes)
    assert {d.id for d in base.domains("people")} == {
        ".".join(outcome.split(".")[:2]) for outcome in context.findings_by_outcome if outcome.startswith("people.")
    }


def test_unknown_arguments_name_what_there_is(base: Base) -> None:
    for call, message in (
        (lambda: base.outcomes("peple"), "did you mean `people`"),
        (lambda: base.outcomes("people", "harm"), "write one of change, taking_part"),
        (lambda: base.findings("peple"), "did you mean `people`"),
        (lambda: base.findings(study="kay-2018"), "did you mean `kay-2019`"),
        (lambda: base.gaps("peple"), "did you mean `people`"),
        (lambda: base.domains("staf"), "did you mean `staff`"),
        (lambda: base.studies(focus="dementa"), "did you mean `representation.dementia`"),
        (lambda: base.comparisons("focus.rato"), "did you mean `focus.ratio`"),
    ):
        with pytest.raises(UnknownName, match=message):
            call()


def test_every_key_of_the_base_has_a_passage(base: Base, context: BriefingContext) -> None:
    keys = {
        "claim": [*base.enablers, *base.barriers, *base.claims("1")],
        "erratum": base.errata,
        "gap": [*base.gaps(), *(f"{key}#general" for key in base.general_gaps)],
        "testimony": [*base.statements(), *base.statements_on("people")],
        "caveat": base.caveats(),
        "finding": base.findings(),
        "compare": [f"focus.outcome-share#{number}" for number in base.comparisons("focus.outcome-share")],
    }
    for kind, every in keys.items():
        assert every, kind
        assert all(passage_for(context, kind, key).text for key in every)


def test_unknown_subject_suggests_the_nearest(context: BriefingContext) -> None:
    with pytest.raises(UnknownName, match=r"of this base\. Did you mean `unpaid-carers`\? `coprod-review codebook`"):
        subject(context, "unpaid-carer")


# --- words of earlier versions --------------------------------------------------------


MOVED = (
    "stakeholders", "named_groups", "recommendations", "enablers", "barriers", "errata", "review", "skipped",
    "changes", "gaps", "domains", "outcomes", "findings", "claims", "statements", "statements_on", "has",
)  # fmt: skip
"""Words of earlier versions that are attributes of ``base`` now."""


def test_former_words_are_no_words_of_today(context: BriefingContext) -> None:
    today = BriefingBuilder(context, None, "keys").words()  # type: ignore[arg-type]
    assert {*FORMER_WORDS, *MOVED} & set(today) == set()


@pytest.mark.parametrize("word", [*FORMER_WORDS, *MOVED])
def test_former_word_names_the_new_one(word: str, context: BriefingContext, tmp_path: Path) -> None:
    (tmp_path / "own.md.j2").write_text(f"# A\n\n{{{{ {word}('focus.ratio') }}}}\n", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        write_briefing(context, BriefingRequest("own", templates=tmp_path))
    instead = FORMER_WORDS.get(word, f"base.{word}")
    assert str(caught.value).endswith(f"own.md.j2:3: a template has no word `{word}`; write `{instead}` instead.")


UNCHANGED = """
# A

{{ effect("people.health.wellbeing") }} {{ finding("kay-2019.1") }} {{ gap("none/unpaid-carers") }}
{{ claim("c01") }} {{ recommendation("r01") }} {{ testimony("t01") }} {{ erratum(key) }} {{ caveat("kay-2019") }}
{{ answer("focus") }} {{ caution("focus") }} {{ basis("version") }} {{ title("kay-2019") }} {{ cite("kay-2019") }}

{{ chart("focus", "Chart") }}

{{ table("matrix.map", "Map") }}

{{ references() }}
"""


def test_words_that_stay_keep_working(context: BriefingContext, tmp_path: Path) -> None:
    text = UNCHANGED.replace("erratum(key)", f'erratum("{next(iter(context.errata))}")')
    (tmp_path / "own.md.j2").write_text(text, encoding="utf-8")
    assert "[@kay-2019]" in write_briefing(context, BriefingRequest("own", templates=tmp_path)).text


def test_every_new_spelling_exists(context: BriefingContext) -> None:
    words = BriefingBuilder(context, None, "keys").words()  # type: ignore[arg-type]
    for spelling in FORMER_WORDS.values():
        name, _, attribute = spelling.partition("(")[0].partition(".")
        assert name in words or spelling in ("label|lower_first", "group.id|capitalize"), spelling
        assert name != "base" or hasattr(Base, attribute), spelling
