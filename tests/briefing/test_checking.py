"""Whether an edited briefing still holds: what is stale, changed by hand, withdrawn or unmarked is said at its line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review.base import EvidenceBase
from coprod_review.briefing import Order, as_document, opened, write
from coprod_review.briefing.checking import Doubt, check, read, since_of
from coprod_review.briefing.marks import read_html, read_markdown
from coprod_review.briefing.source import Source
from coprod_review.documents import WRITERS
from coprod_review.errors import UnreadableFile
from coprod_review.models import About
from tests.briefing.made import with_study, without


@pytest.fixture(scope="module")
def review(bundled: EvidenceBase) -> str:
    """The review briefing with finished citations."""
    return write(Source(bundled), Order("review", citations="finished")).text


@pytest.fixture(scope="module")
def summary(bundled: EvidenceBase) -> str:
    """The summary with keys."""
    return write(Source(bundled), Order("summary")).text


@pytest.fixture(scope="module")
def page(bundled: EvidenceBase) -> str:
    """The summary as a web page."""
    source = Source(bundled)
    made = write(source, Order("summary", citations="finished"))
    document = replace(as_document(made, source), opened=opened(made, source))
    return WRITERS[".html"](document, None).decode()


def lines_of(text: str, pattern: str) -> set[int]:
    return {n for n, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)}


def messages(doubts: tuple[Doubt, ...]) -> str:
    return "\n".join(f"{d.line}: {d.message}" for d in doubts)


# --- every study of the base --------------------------------------------------------


def test_deleting_any_study_fails_at_each_line_that_cites_it_and_at_its_reference(
    review: str, bundled: EvidenceBase
) -> None:
    for study in bundled.studies:
        found = check(read_markdown(review), Source(without(bundled, study.id)))
        said = {d.line for d in found if f"no study `{study.id}`" in d.message}
        cited = lines_of(review, rf'data-brief="study {study.id} ')
        listed = lines_of(review, rf'data-brief="reference {study.id} ')
        assert said == cited | listed, study.id
        assert len(listed) == 1


def test_a_change_of_any_study_fails_at_its_reference(review: str, bundled: EvidenceBase) -> None:
    for study in bundled.studies:
        changed = replace(study, coding_note=f"{study.coding_note} Read again.")
        found = check(read_markdown(review), Source(with_study(bundled, changed)))
        (line,) = lines_of(review, rf'data-brief="reference {study.id} ')
        assert [(d.line, f"the entry of {study.id} has changed" in d.message) for d in found] == [(line, True)]


def test_withdrawing_any_study_fails_at_each_line_that_cites_it(review: str, bundled: EvidenceBase) -> None:
    for study in bundled.studies:
        found = check(read_markdown(review), Source(with_study(bundled, replace(study, status="withdrawn"))))
        said = {d.line for d in found if d.message.startswith(f"{study.id} is withdrawn")}
        assert said == lines_of(review, rf'data-brief="study {study.id} '), study.id


def test_a_change_of_the_code_behind_a_figure_fails_at_the_line_of_that_figure(
    review: str, bundled: EvidenceBase
) -> None:
    lines = lines_of(review, r'data-brief="(?:full|share|short|ratio) focus\.(?:outcome-share|process-share|ratio) ')
    assert len(lines) >= 4
    for study in Source(bundled).eligible:
        other = {"outcome": "process", "process": "outcome", "both": "neither", "neither": "both"}.get(study.focus)
        found = check(read_markdown(review), Source(with_study(bundled, replace(study, focus=other or "both"))))
        said = {d.line for d in found if re.match(r"(?:full|share|short|ratio) focus\.", d.message)}
        assert lines & said, study.id
        assert all(line in lines_of(review, r"focus\.") for line in said)


def test_a_change_of_any_finding_fails_at_the_line_that_tells_it(review: str, bundled: EvidenceBase) -> None:
    for study, finding in Source(bundled).finding.values():
        others = tuple(f if f.id != finding.id else replace(f, direction="harm") for f in study.findings)
        found = check(read_markdown(review), Source(with_study(bundled, replace(study, findings=others))))
        said = {d.line for d in found}
        told = lines_of(review, rf'data-brief="finding [^" ]*{re.escape(finding.id)}[, ]')
        sentence = lines_of(review, rf'data-brief="(?:effect|part) {re.escape(finding.outcome)} ')
        assert told <= said or finding.direction == "harm", finding.id
        assert said & sentence or finding.direction == "harm", finding.id


def test_the_same_number_from_other_studies_is_noticed(summary: str, bundled: EvidenceBase) -> None:
    one = next(s for s in Source(bundled).eligible if s.focus == "outcome")
    two = next(s for s in Source(bundled).eligible if s.focus == "process")
    swapped = with_study(with_study(bundled, replace(one, focus="process")), replace(two, focus="outcome"))
    found = check(read_markdown(summary), Source(swapped))
    assert "full focus.outcome-share: the evidence behind this has changed; the base gives “22 of 28" in messages(found)


# --- what people do to a briefing ---------------------------------------------------


def test_prose_may_be_rewritten_freely(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("say that they examine outcomes: what changes for someone", "set out to see what changes")
    edited = edited.replace(
        "22 of 28 studies, about 8 in 10 (could", "fully 22 of the 28 *works*, about 8 in\n  10 (it could"
    )
    assert edited.count("fully 22") == 1
    assert check(read_markdown(edited), Source(bundled)) == ()


def test_a_number_changed_by_hand_is_told_at_its_line(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(">22 of 28 studies, about 8 in 10 (", ">26 of 28 studies, about 9 in 10 (", 1)
    (doubt,) = check(read_markdown(edited), Source(bundled))
    assert doubt.line in lines_of(edited, "26 of 28")
    assert doubt.message.startswith("full focus.outcome-share: the numbers here (26, 28, 9, 10, 17, 25 and 28) were")
    assert "changed by hand; the base gives “22 of 28 studies, about 8 in 10 (could" in doubt.message


def test_a_number_in_words_is_a_number(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(">none of 28 studies (could", ">Three of 28 studies (could", 1)
    (doubt,) = check(read_markdown(edited), Source(bundled))
    assert "changed by hand" in doubt.message


def test_a_stale_figure_is_told_with_what_the_base_gives_now(summary: str, bundled: EvidenceBase) -> None:
    kay = bundled.find("kay-2019")
    assert kay is not None
    assert kay.focus in ("outcome", "both")
    found = check(read_markdown(summary), Source(with_study(bundled, replace(kay, focus="process"))))
    told = [d for d in found if d.message.startswith("full focus.outcome-share: this is out of date (22, 28")]
    assert [d.line for d in told] == sorted(lines_of(summary, 'data-brief="full focus.outcome-share '))
    assert "the base gives “21 of 28" in told[0].message


def test_a_sentence_with_a_number_of_its_own_cannot_be_checked(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(
        "## What we do not know\n", "## What we do not know\n\nSeven studies are enough. Fine.\n", 1
    )
    (doubt,) = check(read_markdown(edited), Source(bundled))
    (line,) = lines_of(edited, "Seven studies")
    assert doubt == Doubt(line, "no mark holds Seven, so it cannot be checked: “Seven studies are enough.”")


def test_a_number_added_beside_a_marked_one_is_noticed(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(
        "say that they examine outcomes: what", "say that they examine outcomes, up from 15: what", 1
    )
    (doubt,) = check(read_markdown(edited), Source(bundled))
    assert "no mark holds 15" in doubt.message


def test_a_mark_that_was_cut_in_half_is_noticed(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("between about 17 and 25 of 28)</span>", "between about 17 and 25 of 28)", 1)
    assert check(read_markdown(edited), Source(bundled)) != ()


def test_a_gap_that_has_closed_is_told(summary: str, bundled: EvidenceBase) -> None:
    study = Source(bundled).eligible[0]
    changed = replace(study, populations={**study.populations, "unpaid-carers": "focus"})
    found = check(read_markdown(summary), Source(with_study(bundled, changed)))
    lines = lines_of(summary, 'data-brief="gap none/unpaid-carers ')
    told = {d.line for d in found if "This base has no gap `none/unpaid-carers`" in d.message}
    assert told == lines


def test_another_version_of_the_base_is_told_once_at_the_top(summary: str, bundled: EvidenceBase) -> None:
    about: About = replace(bundled.framework.about, version="2027.01", as_of="2027-01-05")
    found = check(read_markdown(summary), Source(replace(bundled, framework=replace(bundled.framework, about=about))))
    assert found[0].line == 1
    assert "written from base coprod-review 2026.11 (23 November 2026), and this is coprod-review 2027.01" in (
        found[0].message
    )


def test_a_key_of_a_study_that_is_gone_is_told_where_nothing_else_marks_it(bundled: EvidenceBase) -> None:
    text = "<!-- coprod-review briefing {} -->\n\nFine [see @kay-2019, p. x; @nobody-2020].\n"
    found = check(read_markdown(text), Source(bundled))
    assert [d.message for d in found if "nobody-2020" in d.message and d.line == 3]
    assert not [d for d in found if "kay-2019" in d.message]


def test_a_lost_record_is_told(summary: str, bundled: EvidenceBase) -> None:
    edited = "\n".join(summary.splitlines()[1:])
    assert "the record of what made this briefing is lost" in check(read_markdown(edited), Source(bundled))[0].message


@pytest.mark.parametrize(
    "text",
    [
        '<span data-brief="full">22</span>',
        '<span data-brief="full focus.outcome-share">22 of 28</span>',
        '<span data-brief="nonsense focus.outcome-share 00000000">22</span>',
        '<span data-brief="full %00%ff 00000000">22</span>',
        '<span data-brief="full focus.outcome-share 00000000"><span data-brief="study x">22</span>',
        "</span></span><span><span>22",
        '<!-- coprod-review briefing {"since": 7, "base": [1]} -->',
        "<!-- coprod-review briefing {broken} -->",
        "<!-- coprod-review briefing [1] -->",
        "[@;@@@] [^22]: `22",
    ],
)
def test_broken_marks_are_told_and_break_nothing(text: str, bundled: EvidenceBase) -> None:
    for reader in (read_markdown, read_html):
        edited = reader(f"a\n\n{text}\n\nb 22.\n")
        assert "22" in messages(check(edited, Source(bundled)))
        assert isinstance(since_of(edited), str)


# --- pages --------------------------------------------------------------------------


def test_a_page_holds_and_what_is_changed_in_it_is_told_at_its_line(page: str, bundled: EvidenceBase) -> None:
    assert check(read_html(page), Source(bundled)) == ()
    edited = page.replace("22 of 28 studies, about 8 in 10 (could", "23 of 28 studies, about 8 in 10 (could", 1)
    (doubt,) = check(read_html(edited), Source(bundled))
    assert doubt.line in lines_of(edited, "23 of 28 studies, about")
    assert "changed by hand" in doubt.message


def test_a_number_of_ones_own_in_a_page_is_told(page: str, bundled: EvidenceBase) -> None:
    edited = page.replace('<h2 id="key-figures"', '<p>Now 99 of them.</p>\n<h2 id="key-figures"', 1)
    (doubt,) = check(read_html(edited), Source(bundled))
    assert "no mark holds 99" in doubt.message
    assert doubt.line in lines_of(edited, "Now 99 of them")


def test_deleting_a_study_fails_in_a_page_too(page: str, bundled: EvidenceBase) -> None:
    found = check(read_html(page), Source(without(bundled, "lwembe-2017")))
    said = {d.line for d in found if "no study `lwembe-2017`" in d.message}
    assert said & lines_of(page, 'data-brief="reference lwembe-2017 ')


# --- files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK", "only briefings in Markdown"),
        ("a.md", b"# Plain\n\nNothing.\n", "holds no mark of a briefing"),
        ("a.md", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("b.md", None, "cannot be read: no such file"),
    ],
)
def test_what_is_no_briefing_is_refused_in_a_sentence(
    name: str, content: bytes | None, words: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        read(tmp_path / name)


def test_line_ends_and_a_mark_of_order_change_no_line(summary: str, bundled: EvidenceBase, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    edited = summary.replace(">22 of 28 studies, about 8 in 10 (", ">26 of 28 studies, about 9 in 10 (", 1)
    path.write_bytes(b"\xef\xbb\xbf" + edited.replace("\n", "\r\n").encode())
    (doubt,) = check(read(path), Source(bundled))
    assert doubt.line in lines_of(edited, "26 of 28")
