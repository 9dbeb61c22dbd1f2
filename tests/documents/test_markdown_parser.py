"""From Markdown to blocks: what is kept of a briefing, and what stays text."""

import pytest

from coprod_review.documents.annotation_syntax import AnnotationTag
from coprod_review.documents.document_model import Aside, Heading, ListBlock, Paragraph, Run, TableBlock
from coprod_review.documents.markdown_parser import parse_document
from tests.documents.sample import pictures

SEALED = '<span data-brief="share focus.outcome-share ab12cd34">22 of 28</span>'
MARK = AnnotationTag("share", "focus.outcome-share", "ab12cd34")


def marked(run: Run) -> list[tuple[str, str, str]]:
    return [(mark.kind, mark.key, mark.fingerprint) for mark in run.annotations]


def test_title_headings_lists_and_asides_keep_their_kind() -> None:
    made = parse_document("# Title\n\n## One\n\n1. a\n2. b\n   - c\n\n- d\n\n> e\n\n## One\n")
    assert made.title == "Title"
    first, ordered, bullets, aside, again = made.blocks
    assert (first, again) == (Heading(2, (Run("One"),), "one"), Heading(2, (Run("One"),), "one-2"))
    assert isinstance(ordered, ListBlock)
    assert ordered.ordered
    assert [len(item) for item in ordered.items] == [1, 2]
    assert bullets == ListBlock(((Paragraph((Run("d"),)),),), ordered=False)
    assert aside == Aside((Paragraph((Run("e"),)),))


def test_table_keeps_caption_headings_and_alignment() -> None:
    made = parse_document(f"Table: Shares\n\n| What | n |\n| --- | ---: |\n| a | {SEALED} |\n| b | 2 |\n")
    (grid,) = made.blocks
    assert isinstance(grid, TableBlock)
    assert grid.caption == (Run("Shares"),)
    assert grid.columns == ((Run("What"),), (Run("n"),))
    assert grid.numeric == (False, True)
    assert [row[0] for row in grid.rows] == [(Run("a"),), (Run("b"),)]
    assert [marked(run) for run in grid.rows[0][1]] == [[("share", "focus.outcome-share", "ab12cd34")]]


def test_annotation_keeps_kind_key_and_fingerprint() -> None:
    text = '<span data-brief="effect a%20b,c 11112222">x <span data-brief="study kay-2019">y</span></span>[^n%2F1] z'
    (paragraph,) = parse_document(f"{text}\n\n[^n%2F1]: Note {SEALED}.\n").blocks
    assert isinstance(paragraph, Paragraph)
    outer = ("effect", "a b,c", "11112222")
    assert [(run.text or run.note, marked(run)) for run in paragraph.runs] == [
        ("x ", [outer]), ("y", [outer, ("study", "kay-2019", "")]), ("n/1", []), (" z", []),
    ]  # fmt: skip


def test_notes_are_keyed_by_label() -> None:
    made = parse_document(f"a[^one] b[^two/x]\n\n[^two/x]: Second {SEALED}.\n\n[^one]: First.\n")
    assert {label: "".join(run.text for run in runs) for label, runs in made.notes.items()} == {
        "one": "First.", "two/x": "Second 22 of 28.",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/x", "a.html", "//a.b"])
def test_links_are_web_mail_or_internal(address: str) -> None:
    (paragraph,) = parse_document(
        f"[a]({address}) [b](https://example.org/) [c](#part) [d](mailto:a@example.org)\n"
    ).blocks
    assert isinstance(paragraph, Paragraph)
    assert {run.text: run.link for run in paragraph.runs if run.link} == {
        "b": "https://example.org/", "c": "#part", "d": "mailto:a@example.org",
    }  # fmt: skip


def test_chart_comment_becomes_picture() -> None:
    text = "<!-- chart focus -->\n\n<!-- chart nowhere -->\n\n<b>bold</b> a <i>b</i> <!-- c -->\n"
    chart = pictures("focus")
    picture, paragraph = parse_document(text, {"focus": chart}.get).blocks
    assert picture == chart
    assert isinstance(paragraph, Paragraph)
    assert "".join(run.text for run in paragraph.runs).strip() == "<b>bold</b> a <i>b</i>"


def test_reference_entries_are_anchors() -> None:
    entry = '<span data-brief="reference kay-2019 0a">Kay</span>'
    made = parse_document(f'<!-- coprod-review briefing {{"base": "b"}} -->\n\n# T\n\n{entry}\n', date="2026-11-23")
    assert (made.record, made.date) == ('{"base": "b"}', "2026-11-23")
    (paragraph,) = made.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.anchor == "ref-kay-2019"
