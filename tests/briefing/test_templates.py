"""Every bundled briefing: its facts, its wording, its annotations and the studies behind each number."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review import bundled as package
from coprod_review.briefing import template_loader
from coprod_review.briefing.annotations import read_markdown
from coprod_review.briefing.builder import REQUIRED_FACTS, BriefingError
from coprod_review.briefing.check import check
from coprod_review.briefing.compose import Briefing, write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.briefing.sentences import long_sentences, split_sentences, without_markup
from coprod_review.errors import UnknownName
from coprod_review.loading.evidence_base import EvidenceBase
from tests.briefing.conftest import Written
from tests.briefing.made import with_study, without
from tests.conftest import aims

ABOUT = ("people", "staff", "unpaid-carers", "minority-ethnic", "people.health", "organisations.use.acute")
BRIEFINGS = [
    *(("summary", ""), ("review", ""), ("plain", ""), ("whats-new", "")),
    *(("group", term) for term in ABOUT),
]
NEVER = re.compile(
    r"research shows|evidence shows|\bprove[sd]?\b|\bsignificant|\bdemonstrates?\b|artificial intelligence|"
    r"\bservice users?\b|\bBAME\b",
    re.I,
)


@pytest.fixture(scope="module")
def earlier(bundled: EvidenceBase) -> EvidenceBase:
    """The bundled base as it might have been: one study fewer, and one coded otherwise."""
    kay = bundled.find("kay-2019")
    assert kay is not None
    return with_study(without(bundled, "lim-2020"), replace(kay, aims=aims("process")))


@pytest.fixture(scope="module")
def compared(bundled: EvidenceBase, earlier: EvidenceBase) -> BriefingContext:
    """The bundled base beside its earlier state."""
    return BriefingContext(bundled, since="the state before", earlier=earlier)


@pytest.fixture(scope="module")
def briefings(written: Written, compared: BriefingContext) -> dict[tuple[str, str], Briefing]:
    """Every bundled briefing of the bundled base, with finished citations."""
    whats_new = write_briefing(compared, BriefingRequest("whats-new", citations="finished"))
    return {key: whats_new if key[0] == "whats-new" else written(*key, "finished") for key in BRIEFINGS}


def test_every_bundled_template_is_tested_here() -> None:
    assert {name for name, _ in BRIEFINGS} == set(template_loader.template_descriptions(None))


@pytest.mark.slow
@pytest.mark.parametrize("key", BRIEFINGS)
def test_fresh_briefing_passes_its_check(
    key: tuple[str, str],
    briefings: dict[tuple[str, str], Briefing],
    context: BriefingContext,
    compared: BriefingContext,
) -> None:
    source = compared if key[0] == "whats-new" else context
    assert check(read_markdown(briefings[key].text), source) == ()


@pytest.mark.parametrize("key", BRIEFINGS)
def test_briefing_states_the_required_facts(key: tuple[str, str], briefings: dict[tuple[str, str], Briefing]) -> None:
    marks = read_markdown(briefings[key].text).annotations
    assert {m.key for m in marks if m.kind == "basis"} >= REQUIRED_FACTS


@pytest.mark.parametrize("key", BRIEFINGS)
def test_briefing_avoids_forbidden_words(key: tuple[str, str], briefings: dict[tuple[str, str], Briefing]) -> None:
    text = briefings[key].text.partition("## References")[0].replace("does not prove", "")
    assert NEVER.findall(without_markup(text)) == []


def sentences(markdown: str) -> Iterator[str]:
    """Sentences of Markdown with their marks, those of the references and notes left out."""
    for block in re.split(r"\n\s*\n|\n(?=\s*[-|>])", markdown.partition("## References")[0]):
        if not block.startswith(("|", "Table:", "<!--", "#")):
            yield from split_sentences(block)


@pytest.mark.parametrize("key", BRIEFINGS)
def test_numbers_and_effects_have_citations(key: tuple[str, str], briefings: dict[tuple[str, str], Briefing]) -> None:
    """Require a note that names them or a citation; one call covers all sentences of one passage."""
    bare = []
    passages = re.compile(r'<span data-brief="(?:figure|group|effect|finding|reported|gap|change) ')
    for sentence in sentences(briefings[key].text):
        cut_inside = sentence.count("<span") != sentence.count("</span>")
        if passages.search(sentence) and not cut_inside and "[^" not in sentence and '"study ' not in sentence:
            bare.append(sentence)
    allowed = ("gap none/", "#listed ", "#closed ") if key[0] != "whats-new" else ("gap none/", "#closed ", "change ")
    assert [s for s in bare if not any(a in s for a in allowed)] == []


def test_called_notes_are_defined_once(briefings: dict[tuple[str, str], Briefing]) -> None:
    for briefing in briefings.values():
        called = set(re.findall(r"(?<!^)\[\^([^\]]+)\]", briefing.text, re.MULTILINE))
        defined = re.findall(r"^\[\^([^\]]+)\]:", briefing.text, re.MULTILINE)
        assert len(defined) == len(set(defined))
        assert set(defined) == called


def test_plain_summary_has_short_sentences(
    briefings: dict[tuple[str, str], Briefing],
) -> None:
    text = briefings["plain", ""].text
    assert list(long_sentences(text, 15)) == []
    assert list(long_sentences(text, 8)) != []
    assert re.findall(r".{10}Easy Read", text) == ["draft for Easy Read"]


def test_too_long_sentence_is_rejected(tmp_path: Path, context: BriefingContext) -> None:
    (tmp_path / "plain.md.j2").write_text("{{ at_most(5) }}\n# A\n\nThis sentence has six words here.\n")
    with pytest.raises(BriefingError, match="has 6 words, more than 5: This sentence has six words here"):
        write_briefing(context, BriefingRequest("plain", templates=tmp_path))


def test_unknowns_section_lists_gaps_in_order(
    briefings: dict[tuple[str, str], Briefing], context: BriefingContext
) -> None:
    gaps = list(context.gaps)
    for key in (("summary", ""), ("review", ""), ("plain", "")):
        part = briefings[key].text.partition("## What we do not know")[2].partition("\n## ")[0]
        listed = [m.key for m in read_markdown(part).annotations if m.kind == "gap" and "#general" not in m.key]
        assert [key.partition("#")[0] for key in listed] == gaps[: len(listed)]
        assert len(listed) >= 3
        lines = [line for line in part.splitlines() if line.startswith("- ")]
        assert all(line.startswith('- <span data-brief="gap ') for line in lines)


def test_complete_list_of_gaps_is_linked(briefings: dict[tuple[str, str], Briefing], context: BriefingContext) -> None:
    for key in (("summary", ""), ("plain", ""), ("group", "staff")):
        text = briefings[key].text
        assert re.search(rf"{len(context.gaps)} gaps</span>\]\(#every-gap\)", text)
        section = text.partition("\n## Every gap\n")[2]
        assert [m.key for m in read_markdown(section).annotations if m.kind == "gap"] == [
            f"{key}#listed" for key in context.gaps
        ]


def test_adverse_findings_share_the_benefit_passage(
    briefings: dict[tuple[str, str], Briefing], context: BriefingContext
) -> None:
    adverse = {
        outcome
        for outcome, pairs in context.findings_by_outcome.items()
        if any(finding.direction in ("mixed", "no_change", "harm") for _, finding in pairs)
    }
    assert adverse
    read = {key: read_markdown(briefing.text) for key, briefing in briefings.items()}
    for outcome in adverse:
        for key in {("review", ""), ("group", outcome.partition(".")[0])} & read.keys():
            passages = [
                read[key].words_of(a) for a in read[key].annotations if a.key in (outcome, f"{outcome}#taking_part")
            ]
            assert any(re.search("no change|mixed|harm|burden|good and bad", words) for words in passages), outcome


def test_review_has_every_finding_and_its_work(
    briefings: dict[tuple[str, str], Briefing], bundled: EvidenceBase, context: BriefingContext
) -> None:
    marks = read_markdown(briefings["review", ""].text).annotations
    findings = {i for m in marks if m.kind == "finding" for i in m.key.split(",")}
    assert findings == set(context.findings_by_id)
    cited = {m.key for m in marks if m.kind == "study"}
    assert {s.id for s in bundled.studies if s.findings} | {"scie-review-2022"} <= cited
    assert {m.key for m in marks if m.kind == "reference"} == cited


def test_review_separates_testimony(briefings: dict[tuple[str, str], Briefing], bundled: EvidenceBase) -> None:
    text = briefings["review", ""].text
    part = text.partition("## What participants said")[2].partition("\n## ")[0]
    inside = {m.key for m in read_markdown(part).annotations if m.kind == "testimony"}
    everywhere = [m.key for m in read_markdown(text).annotations if m.kind == "testimony"]
    assert inside == {s.id for s in bundled.framework.statements}
    assert len(everywhere) == len(inside)


def test_review_shows_errata_with_corrections(
    briefings: dict[tuple[str, str], Briefing], context: BriefingContext
) -> None:
    text = without_markup(briefings["review", ""].text)
    for erratum in context.errata.values():
        start = text.index(" ".join(erratum.about.split())[:40])
        assert " ".join(erratum.correction.split())[:40] in text[start : start + 1200]


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (BriefingRequest("group"), "name it with --about"),
        (BriefingRequest("summary", "staff"), "leave out --about, or use the template group"),
        (BriefingRequest("whats-new"), "needs an earlier state: name it with --since"),
    ],
)
def test_missing_arguments_are_reported(order: BriefingRequest, words: str, context: BriefingContext) -> None:
    with pytest.raises(BriefingError, match=words):
        write_briefing(context, order)


def test_unknown_subject_suggests_the_nearest(context: BriefingContext) -> None:
    with pytest.raises(UnknownName, match="unpaid-carers"):
        write_briefing(context, BriefingRequest("group", "unpaid-carer"))


def test_whats_new_lists_changes_and_moved_figures(
    briefings: dict[tuple[str, str], Briefing], context: BriefingContext
) -> None:
    text = without_markup(briefings["whats-new", ""].text)
    figure = context.figures["focus.outcome-share"]
    before, now = f"of {(figure.denominator or 0) - 1} studies", f"{figure.numerator} of {figure.denominator} studies"
    assert "These studies were added: Evaluating hospital tools" in text
    assert "These studies were changed: Evaluation of a new recovery college" in text
    assert "No study was removed." in text
    assert re.search(rf"“{re.escape(figure.label)}” was \d+ {before} .* and is now {now}", text)


def test_user_template_gets_the_basis(tmp_path: Path, context: BriefingContext) -> None:
    (tmp_path / "own.md.j2").write_text("# Mine\n\nNothing else.\n")
    made = write_briefing(context, BriefingRequest("own", templates=tmp_path))
    assert {m.key for m in read_markdown(made.text).annotations} >= REQUIRED_FACTS


def test_user_include_cannot_drop_the_basis(tmp_path: Path, context: BriefingContext) -> None:
    (tmp_path / "own.md.j2").write_text("# Mine\n\n{% include '_basis' %}\n")
    (tmp_path / "_basis.md.j2").write_text("Nothing.\n")
    made = write_briefing(context, BriefingRequest("own", templates=tmp_path))
    assert {m.key for m in read_markdown(made.text).annotations} >= REQUIRED_FACTS


def test_bundled_templates_are_listed() -> None:
    names = {p.name.removesuffix(".md.j2") for p in (package.TEMPLATES / "briefings").glob("[a-z]*.md.j2")}
    assert names == set(template_loader.template_descriptions(None))
