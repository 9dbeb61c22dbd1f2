"""Sections of the bundled templates: cautions, adverse findings, and each number under its label."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review.briefing.annotations import read_markdown
from coprod_review.briefing.as_document import appendix, as_document
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.briefing.template_context import Base
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
EVERYWHERE = (
    ("**What this rests on.** The base", "basis name"),
    ("We count", "basis evidence"),
    ("as evidence:", "basis kinds"),
    ("</span>", "basis coded_from"),
    ("**Caution.**", "basis caution"),
)
UNDER = {
    "summary": (
        *EVERYWHERE,
        ("- **Outcomes.**", "figure focus.outcome-share"),
        ("- **Process.**", "figure focus.process-share"),
        ("- **Social care.**", "figure sector.direct"),
        ("**How good the studies are.**", "answer appraisal"),
        ("Of those that state a direction,", "figure direction.against"),
    ),
    "review": (
        *EVERYWHERE,
        ("- **Outcome and process.**", "figure focus.outcome-share#full"),
        ("set out to examine outcomes.", "figure focus.process-share#full"),
        ("- **Social care.**", "figure sector.direct#full"),
        ("looked at social care alone.", "figure sector.including#full"),
        ("- **What is reported.**", "figure focus.reported.outcome-share"),
        ("Among the studies that state a direction,", "figure direction.against"),
        ("**How good the studies are.**", "answer appraisal"),
    ),
    "plain": (
        ("We looked at", "basis entries"),
        ("Of studies of change,", "figure sector.direct#plain"),
        ("We have", "basis evidence"),
        ("say whether something changed.", "figure focus.reported.outcome-share#attributed"),
        ("Please be careful: -", "basis caution"),
    ),
    **{f"group {term}": EVERYWHERE for term in GROUPS},
    "whats-new": EVERYWHERE,
}
"""Words of a template, and the passage that follows them."""
BEFORE = {
    "summary": (
        ("figure focus.outcome-share", "set out to examine outcomes: what changes for someone."),
        ("figure focus.process-share", "set out to examine process: how it is done and experienced."),
        ("figure sector.direct", "coded as reporting an outcome looked at social care alone."),
        ("figure direction.against", "reported no change, harm or a mixed result."),
        ("figure direction.looked-for-harm", "looked for harm."),
    ),
    "review": (
        ("figure focus.outcome-share#full", "set out to examine outcomes."),
        ("figure focus.process-share#full", "set out to examine process."),
        ("figure sector.direct#full", "coded as reporting an outcome looked at social care alone."),
        ("figure sector.including#full", "included social care."),
        ("figure focus.reported.outcome-share", "reported an outcome."),
        ("figure direction.against", "reported no change, harm or a mixed result."),
    ),
    "plain": (
        ("figure focus.outcome-share#plain", "ask what changes."),
        ("figure focus.process-share#plain", "look at working together."),
        ("figure sector.direct#plain", "looked at [social care](#words-we-use) alone."),
        ("figure direction.findings/benefit/studies#count", "said something good."),
        ("figure direction.findings/mixed/studies#count", "said something good and something bad."),
        ("figure direction.findings/no_change/studies#count", "said that something did not change."),
        ("figure direction.findings/harm/studies#count", "spoke of harm or strain."),
        ("figure direction.looked-for-harm#plain", "looked for harm."),
        ("figure appraisal.appraised#plain", "have a recorded check of how good they are."),
    ),
}
"""A passage, and the words of a template that follow it."""
CAUSE = "A reported change does not show that co-production caused it."
NO_CHANGE = "do not show that anyone changed. A burden that they describe is still a harm."
LIMITS = {
    "summary": (
        CAUSE,
        "Groups that the recommendations name come first.",
        "We count what studies report in the text we read, and separately what only the review says.",
    ),
    "review": (
        "Neither shows that co-production caused the change.",
        "so we never count silence as a no.",
        "which do not count the same thing",
        "It is testimony and not evidence from a study, and no number above counts it.",
        "if these studies were a random sample. They are not.",
        NO_CHANGE,
    ),
    "plain": (
        "This does not prove that working together made the change.",
        "People with learning disabilities have not checked it yet.",
        "So there may be more harm than we know.",
    ),
    "group people": (NO_CHANGE, "It is not evidence from a study, and no number counts it."),
    "group mental-health": (CAUSE, "So we cannot say which of their findings are about people who use mental health"),
    "group unpaid-carers": ("which does not show that they are seldom studied elsewhere.",),
}
"""What keeps a reader from taking a briefing for more than it is."""


def lines(text: str) -> str:
    """The text before its references, on one line and with no call of a note."""
    plain = re.sub(r"\[\^[^\]]+\]|^>", "", text.partition("\n## References")[0], flags=re.MULTILINE)
    return " ".join(plain.split())


def keys(text: str, *kinds: str) -> list[str]:
    """Return the keys of passages of some kinds, with their forms."""
    return [mark.key for mark in read_markdown(text).annotations if mark.kind in kinds]


def part(text: str, heading: str) -> str:
    """Return the text under a heading of level 2."""
    assert f"\n## {heading}\n" in text
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("name", "words", "mark"), [(n, *pair) for n, pairs in UNDER.items() for pair in pairs])
def test_labels_lead_to_their_passages(name: str, words: str, mark: str, texts: dict[str, str]) -> None:
    assert f'{words} <span data-brief="{mark} ' in lines(texts[name])


@pytest.mark.parametrize(("name", "mark", "words"), [(n, *pair) for n, pairs in BEFORE.items() for pair in pairs])
def test_passages_lead_to_their_words(name: str, mark: str, words: str, texts: dict[str, str]) -> None:
    assert re.search(rf'<span data-brief="{re.escape(mark)} [^>]*>[^<]*</span> {re.escape(words)}', lines(texts[name]))


def test_search_accompanies_how_works_were_found(texts: dict[str, str]) -> None:
    for text in texts.values():
        (block,) = (b for b in re.split(r"\n>?\n", text) if "**Search.**" in b or "how they were found" in b)
        assert "search" in keys(block, "basis")


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, limits in LIMITS.items() for words in limits])
def test_templates_state_their_limits(name: str, words: str, texts: dict[str, str]) -> None:
    assert words in lines(texts[name])


def test_outcomes_are_listed_by_group(texts: dict[str, str], source: BriefingContext) -> None:
    for group in Base(source).stakeholders:
        assert f'- **{group.id.capitalize()}.** <span data-brief="reported {group.id}#brief ' in lines(texts["summary"])
        assert f'- {group.id.capitalize()}: <span data-brief="reported {group.id}#plain ' in lines(texts["plain"])


def test_group_briefing_has_all_findings_and_caveats(texts: dict[str, str], source: BriefingContext) -> None:
    text, base = texts["group people"], Base(source)
    expected = [i for i, (_, finding) in source.findings_by_id.items() if finding.outcome.startswith("people.")]
    assert sorted(i for key in keys(text, "finding") for i in key.split(",")) == sorted(expected)
    assert set(keys(text, "caveat")) == set(base.caveats(base.studies("people")))
    general = [f"{key}#general" for key in base.general_gaps]
    assert keys(part(text, "What we do not know"), "gap") == [*base.gaps("people"), *general]
    for term in ("mental-health", "unpaid-carers"):
        studies = [*base.studies(focus=term), *base.studies(included=term)]
        assert set(keys(texts[f"group {term}"], "caveat")) == set(base.caveats(studies))


def test_group_briefing_compares_with_every_benchmark(source: BriefingContext) -> None:
    text = write_briefing(source, BriefingRequest("group", "minority-ethnic")).text
    figure = "representation.minority-ethnic"
    assert keys(text, "compare") == [f"{figure}#{number}" for number in Base(source).comparisons(figure)]


def test_review_lists_are_complete(texts: dict[str, str], source: BriefingContext) -> None:
    text, base = texts["review"], Base(source)
    general = [f"{key}#general" for key in base.general_gaps]
    sections = {
        "What helps to measure the difference": ("claim", base.enablers),
        "What makes it hard to measure the difference": ("claim", base.barriers),
        "No change, mixed results and harm": ("finding", base.findings(against=True)),
        "What we do not know": ("gap", [*base.gaps(), *general]),
    }
    for heading, (kind, expected) in sections.items():
        assert keys(part(text, heading), kind) == expected, heading
    care = part(text, "Where the review needs care")
    assert keys(care, "erratum") == base.errata
    assert keys(care, "caveat") == base.caveats()
    assert keys(text, "caution") == ["focus", "direction", "representation"]


def test_recommendations_have_figures_or_a_reason(texts: dict[str, str], source: BriefingContext) -> None:
    section = part(texts["review"], "Recommendations of the review, and what this base says on each")
    items = re.split(r"^- ", section, flags=re.MULTILINE)[1:]
    for item, asked in zip(items, source.framework.recommendations, strict=True):
        assert keys(item, "recommendation") == [asked.id, *([] if asked.measured_by else [f"{asked.id}#reason"])]
        assert keys(item, "figure") == [f"{i}#sentence" for i in asked.measured_by if Base(source).has(i)]


def test_the_summary_names_an_unanswered_question(texts: dict[str, str], source: BriefingContext) -> None:
    asked = Base(source).open_questions
    assert len(asked) > 2
    assert asked[-1] in lines(texts["summary"]).replace("\\", "")


def test_opened_and_closed_gaps_are_listed(texts: dict[str, str], source: BriefingContext) -> None:
    opened_now = keys(part(texts["whats-new"], "Gaps that opened"), "gap")
    closed_now = [key.removesuffix("#closed") for key in keys(part(texts["whats-new"], "Gaps that closed"), "gap")]
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
    assert re.search(r"\*\*Left out\.\*\* [^<]*<span [^>]*>broken-2020</span>", text)


# --- numbers under their rows, and what lies behind them ------------------------------


def test_chart_rows_match_chart_bars(texts: dict[str, str], source: BriefingContext) -> None:
    rows = re.findall(r'^\| ([^|]*) \| <span data-brief="figure (\S+)#short ', texts["review"], flags=re.MULTILINE)
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
            assert re.fullmatch(rf'<span data-brief="figure {key}#number [0-9a-f]{{8}}">{cell.n}</span>', shown)
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
            assert note.endswith(f"To open this, run `coprod-review why {label}`.")
            assert re.match(rf'<span data-brief="behind {re.escape(label)} |To open this', note)


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
    figures = (key.partition("#") for key in keys(made.text, "figure"))
    assert set(behind) >= {key for key, _, form in figures if form != "label"} | set(keys(made.text, "behind"))
    for label, blocks in behind.items():
        sections = why_report(source.base, label, source.analyses, DEFAULT_REQUEST).sections
        points = [len(section.points) for section in sections if section.points]
        rows = [len(table.rows) for section in sections for table in section.tables]
        assert [len(block.items) for block in blocks if isinstance(block, ListBlock)] == points, label
        assert [len(block.rows) for block in blocks if isinstance(block, TableBlock)] == rows, label
