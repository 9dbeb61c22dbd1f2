"""Sections of the bundled templates: cautions, adverse findings, and each number under its label."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review.briefing import template_context
from coprod_review.briefing.annotations import read_markdown
from coprod_review.briefing.as_document import appendix, as_document
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.documents.document_model import ListBlock, Picture, TableBlock
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.results.table import Count
from tests.briefing.made import with_study, without


@pytest.fixture(scope="module")
def source(bundled: EvidenceBase) -> BriefingContext:
    """The bundled base, with no study that focuses on unpaid carers whatever the data hold."""
    base = bundled
    for study in bundled.studies:
        if study.populations.get("unpaid-carers") == "focus":
            base = with_study(base, replace(study, populations={**study.populations, "unpaid-carers": "included"}))
    return BriefingContext(base)


@pytest.fixture(scope="module")
def texts(source: BriefingContext) -> dict[str, str]:
    """Briefings by template, with finished citations; those on one subject by template and subject.

    ``whats-new`` compares with an earlier state that had gaps which are closed now, and none on unpaid carers.
    """
    then = without(source.base, "aabe-2019")
    carers = replace(BriefingContext(then).eligible[0], populations={"unpaid-carers": "focus"})
    compared = BriefingContext(source.base, since="before", earlier=with_study(then, carers))
    orders = {name: BriefingRequest(name, citations="finished") for name in ("summary", "review", "plain")}
    orders |= {f"group {term}": BriefingRequest("group", term, "finished") for term in GROUPS}
    written = {name: write_briefing(source, order).text for name, order in orders.items()}
    return {**written, "whats-new": write_briefing(compared, BriefingRequest("whats-new", citations="finished")).text}


GROUPS = ("people", "unpaid-carers", "mental-health")
CAUSE = "does not show that co-production caused it."
EVERYWHERE = (
    ("**What this rests on.** Base", "basis name"),
    ("of which", "basis evidence"),
    ("count as evidence (", "basis kinds"),
    ("Of those that count as evidence:", "basis coded_from"),
    ("**Caution.**", "basis caution"),
)
UNDER = {
    "summary": (
        *EVERYWHERE,
        ("what changes for someone:", "full focus.outcome-share"),
        ("what taking part is like or what is made:", "full focus.process-share"),
        ("about social care alone:", "full sector.direct"),
        ("**How good the studies are.**", "answer appraisal"),
        ("no change, harm or a mixed result:", "share direction.against"),
        ("Studies that looked for harm:", "share direction.looked-for-harm"),
    ),
    "review": (
        *EVERYWHERE,
        ("Say that they examine outcomes:", "full focus.outcome-share"),
        ("Say that they examine process:", "full focus.process-share"),
        ("about social care alone:", "full sector.direct"),
        ("including social care:", "full sector.including"),
        ("on the review's word alone:", "share focus.reported.review-alone"),
        ("no change, harm or a mixed result:", "share direction.against"),
        ("**How good the studies are.**", "answer appraisal"),
    ),
    "plain": (
        ("We looked at", "basis entries"),
        ("- What changes:", "share focus.outcome-share"),
        ("- How people work together:", "share focus.process-share"),
        ("in [social care](#words-we-use) alone:", "share sector.direct"),
        *(
            (f"- {label}:", f"count direction.findings/{code}/studies")
            for label, code in (("good", "benefit"), ("good and bad", "mixed"), ("no change", "no_change"))
        ),
        ("- harm or strain:", "count direction.findings/harm/studies"),
        ("Studies that looked for harm:", "share direction.looked-for-harm"),
        ("comes from the SCIE review. How many studies:", "share focus.reported.review-alone"),
        ("check of how good they are:", "share appraisal.appraised"),
        ("Be careful: -", "basis caution"),
    ),
    **{f"group {term}": EVERYWHERE for term in GROUPS},
    "group unpaid-carers": (*EVERYWHERE, ("Studies that include them:", "included unpaid-carers")),
    "whats-new": EVERYWHERE,
}
"""Words of a template, and the passage that follows them."""
LIMITS = {
    "summary": (CAUSE, "groups named in recommendations first"),
    "review": (
        "Neither word says that co-production caused the change.",
        "What is not coded is never counted as no.",
        "which must not be taken for the same thing",
        "It is testimony, told here in other words: it stands beside the studies, is counted in no number",
        "This tells of no change in anyone; a burden told of here is a harm all the same",
    ),
    "plain": (
        "This does not prove that working together made the change.",
        "People with learning disabilities have not checked it yet.",
        "So there may be more harm than we know.",
    ),
    "group people": ("This tells of no change in anyone; a burden told of here is a harm all the same.",),
    "group mental-health": (
        f"That a change is reported {CAUSE}",
        "is not coded, so none is told here as one on people who use mental health services",
    ),
    "group unpaid-carers": (
        "That is silence here, and no proof that they are seldom studied elsewhere.",
        "no proof that they are seldom studied elsewhere",
    ),
}
"""What keeps a reader from taking a briefing for more than it is."""


def lines(text: str) -> str:
    """The text before its references, on one line and with no call of a note."""
    plain = re.sub(r"\[\^[^\]]+\]|^>", "", text.partition("\n## References")[0], flags=re.MULTILINE)
    return " ".join(plain.split())


def keys(text: str, *kinds: str) -> list[str]:
    return [mark.key for mark in read_markdown(text).annotations if mark.kind in kinds]


def part(text: str, heading: str) -> str:
    """Return the text under a heading of level 2."""
    assert f"\n## {heading}\n" in text
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("name", "words", "mark"), [(n, *pair) for n, pairs in UNDER.items() for pair in pairs])
def test_labels_lead_to_their_passages(name: str, words: str, mark: str, texts: dict[str, str]) -> None:
    assert f'{words} <span data-brief="{mark} ' in lines(texts[name]).replace("(<span", "( <span")


def test_search_accompanies_how_works_were_found(texts: dict[str, str]) -> None:
    for text in texts.values():
        (block,) = (b for b in re.split(r"\n>?\n", text) if "**Search.**" in b or "How they were found" in b)
        assert "search" in keys(block, "basis")


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, limits in LIMITS.items() for words in limits])
def test_templates_state_their_limits(name: str, words: str, texts: dict[str, str]) -> None:
    assert words in lines(texts[name])


def test_outcomes_are_listed_by_group(texts: dict[str, str], source: BriefingContext) -> None:
    for group in template_context.stakeholders(source):
        assert f'{template_context.small(source, group.label)}, by <span data-brief="in_brief {group.id} ' in lines(
            texts["summary"]
        )
        label = template_context.short_label(source, group.id)
        assert f'- {label}: <span data-brief="in_brief {group.id} ' in lines(texts["plain"])


def test_group_briefing_has_all_findings_and_caveats(texts: dict[str, str], source: BriefingContext) -> None:
    text = texts["group people"]
    expected = [i for i, (_, finding) in source.findings_by_id.items() if finding.outcome.startswith("people.")]
    assert sorted(i for key in keys(text, "finding") for i in key.split(",")) == sorted(expected)
    assert set(keys(text, "caveat")) == set(
        template_context.cautious(source, template_context.studies_in(source, "people"))
    )
    assert keys(part(text, "What we do not know"), "gap", "general") == [
        *template_context.gaps(source, "people"),
        *template_context.generals(source),
    ]
    for term in ("mental-health", "unpaid-carers"):
        studies = [
            *template_context.studies_on(source, term, "focus"),
            *template_context.studies_on(source, term, "included"),
        ]
        assert set(keys(texts[f"group {term}"], "caveat")) == set(template_context.cautious(source, studies))


def test_review_lists_are_complete(texts: dict[str, str], source: BriefingContext) -> None:
    text = texts["review"]
    sections = {
        "What helps to measure the difference": ("influence", template_context.enablers(source)),
        "What stands in the way": ("influence", template_context.barriers(source)),
        "No change, mixed results and harm": ("finding", template_context.findings_against(source)),
        "What we do not know": ("gap", template_context.gaps(source)),
    }
    for heading, (kind, expected) in sections.items():
        assert keys(part(text, heading), kind) == expected, heading
    care = part(text, "Where the review needs care")
    assert keys(care, "erratum") == template_context.errata(source)
    assert keys(care, "caveat") == template_context.cautious(source)
    assert keys(text, "caution") == ["focus", "direction", "representation"]


def test_recommendations_have_figures_or_a_reason(texts: dict[str, str], source: BriefingContext) -> None:
    section = part(texts["review"], "Recommendations of the review, and what this base says on each")
    items = re.split(r"^- ", section, flags=re.MULTILINE)[1:]
    for item, asked in zip(items, template_context.recommendations(source), strict=True):
        assert keys(item, "recommendation") == [asked.id]
        assert keys(item, "full") == [i for i in asked.measured_by if template_context.has(source, i)]
        assert keys(item, "unmeasured") == ([] if asked.measured_by else [asked.id])


def test_every_unanswered_question_is_listed(texts: dict[str, str], source: BriefingContext) -> None:
    asked = template_context.unanswered(source)
    assert asked
    assert all(question in lines(texts["summary"]).replace("\\", "") for question in asked)


def test_opened_and_closed_gaps_are_listed(texts: dict[str, str], source: BriefingContext) -> None:
    opened_now = keys(part(texts["whats-new"], "Gaps that opened"), "gap")
    closed_now = keys(part(texts["whats-new"], "Gaps that closed"), "closed")
    assert "none/unpaid-carers" in opened_now
    assert closed_now
    assert not set(opened_now) & set(closed_now)
    assert set(closed_now) & set(source.gaps) == set()


def test_missing_basis_facts_are_added(source: BriefingContext, tmp_path: Path) -> None:
    (tmp_path / "own.md.j2").write_text('# A\n\nVersion {{ basis("version") }}.\n', encoding="utf-8")
    stated = keys(write_briefing(source, BriefingRequest("own", templates=tmp_path)).text, "basis")
    assert set(stated) >= {"version", "as_of", "evidence", "coding", "search", "caution"}


def test_skipped_studies_are_listed(bundled: EvidenceBase) -> None:
    text = write_briefing(BriefingContext(replace(bundled, skipped=("broken-2020",))), BriefingRequest("summary")).text
    assert re.search(r"Left out for their errors\.\*\* <span [^>]*>broken-2020</span>", text)


# --- numbers under their rows, and what lies behind them ------------------------------


def test_chart_rows_match_chart_bars(texts: dict[str, str], source: BriefingContext) -> None:
    rows = re.findall(r'^\| ([^|]*) \| <span data-brief="short (\S+) ', texts["review"], flags=re.MULTILINE)
    bars = [
        (bar.label, bar.id) for name in ("focus", "representation") for bar in source.charts[name].bars if bar.total
    ]
    assert rows == bars


def test_table_cells_show_their_counts(source: BriefingContext, tmp_path: Path) -> None:
    (tmp_path / "own.md.j2").write_text("# A\n\n{{ table('matrix.map', 'Map') }}\n", encoding="utf-8")
    text = write_briefing(source, BriefingRequest("own", templates=tmp_path)).text
    table = source.tables["matrix.map"]
    rows = [re.split(r" ?\| ?", row)[1:-1] for row in re.findall(r"^\| .* \|$", text, flags=re.MULTILINE)]
    counted = [n for n, cell in enumerate(table.rows[0]) if isinstance(cell, Count)]
    assert rows[0] == [table.columns[n] for n in (0, *counted)]
    for row_id, row, printed in zip(table.row_ids, table.rows, rows[2:], strict=True):
        assert printed[0] == row[0]
        for n, shown in zip(counted, printed[1:], strict=True):
            cell = row[n]
            assert isinstance(cell, Count)
            key = rf"matrix\.map/{row_id}/{table.column_ids[n - 1]}"
            assert re.fullmatch(rf'<span data-brief="tally {key} [0-9a-f]{{8}}">{cell.n}</span>', shown)
    assert [side == "---:" for side in rows[1]] == [False, *(True for _ in counted)]


def test_references_end_with_id_and_number(texts: dict[str, str], source: BriefingContext) -> None:
    listed = {
        key: line
        for line in texts["review"].splitlines()
        for key in re.findall(r'^<span data-brief="reference (\S+) ', line)
    }
    assert len(listed) > 30
    for study in (s for s in source.base.studies if s.id in listed):
        of_review = f"; reference {study.reference} of the review" if study.reference else ""
        assert listed[study.id].endswith(f" \\[{study.id}{of_review}\\]</span>")


def test_notes_end_with_their_why_command(texts: dict[str, str]) -> None:
    for text in texts.values():
        for label, note in re.findall(r"^\[\^([^\]]+)\]: (.*)$", text, flags=re.MULTILINE):
            assert note.endswith(f"To open it: `coprod-review why {label}`")
            assert re.match(rf'<span data-brief="behind {re.escape(label)} |To open it', note)


@pytest.mark.slow
def test_charts_have_source_and_table(source: BriefingContext) -> None:
    document = as_document(write_briefing(source, BriefingRequest("review", citations="finished")), source)
    pictures = [n for n, block in enumerate(document.blocks) if isinstance(block, Picture)]
    assert len(pictures) == 2
    about = source.framework.about
    for place in pictures:
        picture, table = document.blocks[place : place + 2]
        assert isinstance(picture, Picture)
        assert picture.source == f"Base {about.name} {about.version}. {about.caution}"
        assert isinstance(table, TableBlock)
        assert len(table.rows) == sum(bool(bar.total) for bar in picture.chart.bars)


@pytest.mark.slow
def test_html_appendix_matches_why_reports(source: BriefingContext) -> None:
    from coprod_review.reports.request import DEFAULT_REQUEST
    from coprod_review.why.lookup import why_report

    made = write_briefing(source, BriefingRequest("review", citations="finished"))
    behind = appendix(made, source)
    assert set(behind) >= set(keys(made.text, "full", "share", "ratio", "short", "tally", "behind"))
    for label, blocks in behind.items():
        sections = why_report(source.base, label, DEFAULT_REQUEST).sections
        points = [len(section.points) for section in sections if section.points]
        rows = [len(table.rows) for section in sections for table in section.tables]
        assert [len(block.items) for block in blocks if isinstance(block, ListBlock)] == points, label
        assert [len(block.rows) for block in blocks if isinstance(block, TableBlock)] == rows, label
