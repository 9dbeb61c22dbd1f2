"""Passages on numbers: which studies they rest on, and what each kind and form gives for every key."""

import re
from copy import copy
from dataclasses import replace
from typing import Any

import pytest

from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.fingerprint import fingerprint, numbers
from coprod_review.briefing.passages import PASSAGE_KINDS, passage_for
from coprod_review.briefing.passages.figures import membership
from coprod_review.briefing.passages.review import caveats
from coprod_review.briefing.template_context import Base
from coprod_review.errors import UnknownName
from coprod_review.gaps.registry import ANALYSES
from coprod_review.gaps.reliability import JUDGED
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import Framework, Reliability
from coprod_review.phrasing.analyses import registry as words
from coprod_review.phrasing.pieces import CitedStudies
from coprod_review.reports.gaps import openable_ids
from coprod_review.results.result import Result
from tests.briefing.made import source_with, with_study, without
from tests.conftest import aim_codes, aims, study

# --- numbers and fingerprints ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22 of 28 studies, 79%", ("22", "28", "79%")),
        ("None of the two, one in 25; 1,000 and 1.02", ("0", "2", "25", "1,000", "1.02")),
        ("half of a third", ("1/2", "1/3")),
        ("Nonesuch tension", ()),
    ],
)
def test_numbers_are_parsed_from_digits_and_words(text: str, found: tuple[str, ...]) -> None:
    assert numbers(text) == found


def test_fingerprint_separates_numbers_from_evidence() -> None:
    assert fingerprint(("1", "2"), "a") != fingerprint(("1",), "2a")
    assert fingerprint(("1",), "a") != fingerprint(("1",), "b")
    assert fingerprint((), "") != fingerprint(("",), "")


@pytest.mark.parametrize("part", ["numerator_ids", "denominator_ids", "unknown_ids"])
def test_study_moved_within_a_figure_changes_evidence(part: str, context: BriefingContext) -> None:
    source = copy(context)
    figure = source.figures["focus.outcome-share"]
    before = passage_for(source, "figure", figure.id).evidence
    moved: dict[str, Any] = {part: (*getattr(figure, part), "new-2020")}
    source.__dict__["figures"] = {figure.id: replace(figure, **moved)}
    assert passage_for(source, "figure", figure.id).evidence != before


def test_same_answer_other_studies_changes_evidence(bundled: EvidenceBase, context: BriefingContext) -> None:
    one = next(s for s in context.eligible if aim_codes(s) == ("primary", "not_an_aim"))
    two = next(s for s in context.eligible if aim_codes(s) == ("not_an_aim", "primary"))
    swapped = with_study(with_study(bundled, replace(one, aims=aims("process"))), replace(two, aims=aims("outcome")))
    before, after = (passage_for(BriefingContext(base), "answer", "focus") for base in (bundled, swapped))
    assert before.text == after.text
    assert before.evidence != after.evidence


@pytest.mark.parametrize("form", ["count", "number"])
def test_same_cell_other_studies_changes_evidence(form: str, context: BriefingContext) -> None:
    source = copy(context)
    name, count = next((n, c) for n, c in source.counts.items() if c.unit == "study" and len(c.ids) > 1)
    before = passage_for(source, "figure", f"{name}#{form}")
    assert before.numbers == (str(count.n),)
    source.__dict__["counts"] = {name: replace(count, ids=("other-2020", *count.ids[1:]))}
    assert passage_for(source, "figure", f"{name}#{form}").evidence != before.evidence


# --- every kind and form --------------------------------------------------------------


FIGURE_FORMS = ("share", "full", "plain", "sentence", "short", "count", "number", "label")


def _keys(context: BriefingContext) -> dict[str, list[str]]:
    """Every key of every kind that the base has, with every form."""
    framework, codebook = context.framework, context.codebook
    review = framework.review
    assert review is not None
    groups = [t.id for t in codebook.terms("groups") if f"representation.{t.id}" in context.figures]
    places = [t.id for name in ("stakeholders", "domains", "outcomes") for t in codebook.terms(name)]
    studies = [s.id for s in context.base.studies]
    return {
        "figure": [
            *context.figures,
            *(f"{i}#{form}" for i in context.figures for form in FIGURE_FORMS),
            *(f"{i}#ratio" for i, f in context.figures.items() if f.kind == "ratio"),
            *(f"{cell}#{form}" for cell in context.counts for form in ("count", "number")),
        ],
        "group": [f"{g}{form}" for g in groups for form in ("", "#focus", "#included")],
        "compare": [f"{f.id}#{c.benchmark}" for f in context.figures.values() for c in f.comparisons],
        "answer": list(context.results),
        "caution": list(context.results),
        "effect": [f"{t.id}{side}" for t in codebook.terms("outcomes") for side in ("", "#change", "#taking_part")],
        "reported": [f"{place}{form}" for place in places for form in ("", "#brief", "#plain")],
        "roles": [f"{group}{form}" for group in ("people", "staff") for form in ("", "#brief")],
        "finding": list(context.findings_by_id),
        "gap": [*(f"{k}{form}" for k in context.gaps for form in ("", "#plain", "#listed")), "unappraised#general"],
        "claim": [*(c.id for c in review.claims), *(i.id for i in (*review.enablers, *review.barriers))],
        "recommendation": [f"{r.id}{form}" for r in review.recommendations for form in ("", "#reason")],
        "testimony": [s.id for s in framework.statements],
        "erratum": list(context.errata),
        "caveat": [s.id for s in context.base.studies if any(caveats(s))],
        "basis": [
            "version",
            "as_of",
            "entries",
            "evidence",
            "coding",
            "coded_from",
            "reliability",
            "search",
            "caution",
            "gaps",
        ],
        "behind": [*context.figures, *context.counts, *context.results],
        "study": studies,
        "reference": studies,
        "title": studies,
    }


def test_every_kind_has_words_for_every_key(context: BriefingContext) -> None:
    every = _keys(context)
    assert set(PASSAGE_KINDS) - set(every) == {"change"}
    openable = {*openable_ids(tuple(context.results.values()), context.framework), *ANALYSES, ""}
    for kind, keys in every.items():
        assert keys
        for key in keys:
            passage = passage_for(context, kind, key)
            assert not re.search(r"\bNone\b(?! of)", passage.text), (kind, key)
            assert kind in ("study", "reference", "behind") or passage.text.strip()
            assert passage.opens in openable


PARTS_OF_SENTENCES = ("figure", "basis", "title", "study", "reference", "behind")


def test_every_other_passage_is_a_sentence(context: BriefingContext) -> None:
    for kind, keys in _keys(context).items():
        for key in keys if kind not in PARTS_OF_SENTENCES else ():
            text = passage_for(context, kind, key).text
            assert text[0].isupper() or text[0].isdigit() or kind in ("answer", "caution"), (kind, key, text)
            assert text.endswith((".", "?", "!", "”")), (kind, key, text)
            assert ".." not in text.replace("...", ""), (kind, key, text)


@pytest.mark.parametrize(
    ("kind", "key", "message"),
    [
        ("figure", "focus.outcome-shar", r"no figure `focus.outcome-shar`: did you mean `focus\.outcome-share"),
        ("figures", "focus.outcome-share", "no kind of passage `figures`: did you mean `figure`"),
        ("figure", "focus.outcome-share#ful", "has no form `ful`: write one of share, full, plain"),
        ("figure", "focus.outcome-share#full#full", "is not the key of a passage of the kind figure"),
        ("caution", "focus#full", "is not the key of a passage of the kind caution"),
        ("compare", "focus.outcome-share", "is not the key of a passage of the kind compare"),
        ("figure", "focus.outcome-share#ratio", "is not a ratio"),
        ("group", "unpaid-carers#included_n", "write one of focus, included"),
        ("effect", "people.health.wellbeing#harm", "write one of change, taking_part"),
        ("gap", "none/unpaid-carers#short", "write one of full, plain, listed, closed, general"),
        ("change", "kay-2019", "name one with --since"),
    ],
)
def test_unknown_key_or_form_names_what_there_is(kind: str, key: str, message: str, context: BriefingContext) -> None:
    with pytest.raises(UnknownName, match=message):
        passage_for(context, kind, key)


def test_missing_study_cannot_be_cited(bundled: EvidenceBase) -> None:
    with pytest.raises(UnknownName, match="no study `kay-2019`"):
        passage_for(BriefingContext(without(bundled, "kay-2019")), "study", "kay-2019")


# --- numbers with their studies -------------------------------------------------------


def test_behind_note_lists_studies_by_place(context: BriefingContext) -> None:
    for figure in context.figures.values():
        if figure.unit != "study":
            continue
        pieces = passage_for(context, "behind", figure.id).pieces
        listed = {
            str(name): ids.ids
            for name, ids in zip(pieces[::3], pieces[1::3], strict=True)
            if isinstance(ids, CitedStudies)
        }
        sides = figure.kind == "ratio"
        rest = tuple(i for i in figure.denominator_ids if i not in figure.numerator_ids)
        first = "These studies are on the first side: " if sides else "These studies are counted: "
        second = "These studies are on the second side: " if sides else "These studies are not counted: "
        assert listed.get(first, ()) == figure.numerator_ids, figure.id
        assert listed.get(second, ()) == (figure.denominator_ids if sides else rest)
        assert listed.get("We do not know about these studies: ", ()) == figure.unknown_ids
        attributed = figure.attributed.numerator_ids if figure.attributed else ()
        assert listed.get("These studies are counted only according to the SCIE review: ", ()) == attributed
    for name, count in context.counts.items():
        cited = passage_for(context, "behind", name).cited
        assert cited == (frozenset((*count.ids, *count.attributed)) if count.unit == "study" else frozenset())
    for name, result in context.results.items():
        figures = [f for f in result.figures if f.unit == "study"]
        counted = {
            i for f in figures for i in (*f.numerator_ids, *(f.attributed.numerator_ids if f.attributed else ()))
        }
        assert passage_for(context, "behind", name).cited == counted, name


def test_group_passage_rests_on_its_figure(context: BriefingContext) -> None:
    for form, stem in (("focus", ""), ("included", ".included")):
        figure = context.figures[f"representation.minority-ethnic{stem}"]
        passage = passage_for(context, "group", f"minority-ethnic#{form}")
        assert (passage.evidence, passage.opens) == (membership(figure), figure.id)
        assert str(figure.numerator) in passage.numbers
        assert "people from Black, Asian and minority ethnic communities" in passage.text


def test_inclusion_counts_all_studies_as_possible(context: BriefingContext) -> None:
    assert len(context.eligible) == 28 < len(context.base.studies)
    assert passage_for(context, "group", "unpaid-carers#included").text == (
        "At least 9 of 28 studies include unpaid carers. For 19 more, we do not know."
    )


def test_comparison_cites_the_work_that_gives_it(context: BriefingContext) -> None:
    assert passage_for(context, "compare", "focus.outcome-share#c09").cited == {"voorberg-2015"}
    assert passage_for(context, "compare", "lasting.cost#p02").cited == {"clarke-2017"}
    assert passage_for(context, "compare", "reporting.gender_sex#p07").cited == frozenset()
    published = passage_for(context, "compare", "representation.minority-ethnic#minority-ethnic-residents-2021")
    assert published.numbers[0] == "18.3%"


def test_answer_adds_what_the_base_lacks(context: BriefingContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "lacks", lambda result, framework: "No study is read. Nobody looked.")

    def remedies(result: Result, framework: Framework) -> str:
        raise AssertionError("a briefing is not for coders")

    for name in ("missing", "missing_sentence"):
        monkeypatch.setattr(words, name, remedies)
    result = context.results["focus"]
    statement = words.statement(result, context.framework)
    assert passage_for(context, "answer", "focus").text == f"{statement} No study is read. Nobody looked."


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("gap", "none/unpaid-carers"),
        ("gap", "none/unpaid-carers#plain"),
        ("gap", "unappraised#general"),
        ("caution", "focus"),
        ("answer", "focus"),
        ("compare", "lasting.cost#p02"),
        ("reported", "people"),
        ("basis", "caution"),
    ],
)
def test_words_that_no_editor_may_change(kind: str, key: str, context: BriefingContext) -> None:
    assert passage_for(context, kind, key).exact


# --- the base and its changes -----------------------------------------------------------


def test_basis_cautions_about_codes_that_were_tested_too_little(bundled: EvidenceBase) -> None:
    tests = tuple(
        Reliability(
            field=field, schema="coprod-review/base/2", date="2026-11-01", studies=28, unit="study", units=28,
            agreements=28, kappa=1.0, stage="before_correction", reading="two readings",
        )
        for field in JUDGED
    )  # fmt: skip
    few = "Caution: fewer than 20 studies were coded twice for sector."
    for left_out, expected in ((None, None), ("sector", few)):
        given = tuple(test for test in tests if test.field != left_out)
        about = replace(bundled.framework.about, reliability=given)
        source = BriefingContext(replace(bundled, framework=replace(bundled.framework, about=about)))
        assert Base(source).reliability is (expected is not None)
        if expected:
            assert passage_for(source, "basis", "reliability").text == expected


def test_basis_counts_studies_that_are_evidence(framework: Framework) -> None:
    studies = (study(1), study(2, design="scoping-review"), study(3, coded_from="citation"), study(4, role="context"))
    source = source_with(framework, *studies)
    facts = {key: passage_for(source, "basis", key).numbers for key in ("evidence", "entries", "coded_from", "kinds")}
    assert facts == {"evidence": ("3",), "entries": ("4",), "coded_from": ("3", "2", "1"), "kinds": ("2", "1")}


def test_change_of_a_figure_rests_on_its_studies(bundled: EvidenceBase, context: BriefingContext) -> None:
    kay = bundled.find("kay-2019")
    assert kay is not None
    then = with_study(bundled, replace(kay, aims=aims("process")))
    passage = passage_for(BriefingContext(bundled, since="before", earlier=then), "change", "focus.outcome-share")
    now = context.figures["focus.outcome-share"]
    assert now.numerator
    assert passage.numbers[:2] == (str(now.numerator - 1), str(now.denominator))
    assert passage.numbers[3:5] == (str(now.numerator), str(now.denominator))
    assert (passage.evidence, passage.opens) == (membership(now), now.id)


def test_change_of_a_study_gives_its_title_and_status(bundled: EvidenceBase) -> None:
    kay = bundled.find("kay-2019")
    assert kay is not None
    now = with_study(bundled, replace(kay, status="retracted"))
    source = BriefingContext(now, since="before", earlier=without(bundled, "lim-2020"))
    assert passage_for(source, "change", "kay-2019").text.endswith("(2019). It is now retracted.")
    assert passage_for(source, "change", "lim-2020").text.endswith("(2020).")
