"""Whether an edited briefing still holds: what is stale, changed by hand, withdrawn or unmarked is said at its line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from coprod_review.briefing.annotations import read_html, read_markdown
from coprod_review.briefing.as_document import appendix, as_document
from coprod_review.briefing.check import StalePassage, check, earlier_revision, read
from coprod_review.briefing.compose import write_briefing
from coprod_review.briefing.context import BriefingContext
from coprod_review.briefing.request import BriefingRequest
from coprod_review.documents import WRITERS
from coprod_review.errors import UnreadableFile
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.base import About
from tests.briefing.made import with_study, without


@pytest.fixture(scope="module")
def review(bundled: EvidenceBase) -> str:
    """The review briefing with finished citations."""
    return write_briefing(BriefingContext(bundled), BriefingRequest("review", citations="finished")).text


@pytest.fixture(scope="module")
def unstyled(review: str) -> str:
    """The same without its style, so that references are compared by their works alone, which is faster."""
    text = review.replace('"style": "harvard"', '"style": ""')
    assert text != review
    return text


@pytest.fixture(scope="module")
def summary(bundled: EvidenceBase) -> str:
    """The summary with keys."""
    return write_briefing(BriefingContext(bundled), BriefingRequest("summary")).text


@pytest.fixture(scope="module")
def page(bundled: EvidenceBase) -> str:
    """The summary as a web page."""
    source = BriefingContext(bundled)
    made = write_briefing(source, BriefingRequest("summary", citations="finished"))
    document = replace(as_document(made, source), appendix=appendix(made, source))
    return WRITERS[".html"](document, None).decode()


def lines_of(text: str, pattern: str) -> set[int]:
    return {n for n, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)}


def messages(doubts: tuple[StalePassage, ...]) -> str:
    return "\n".join(f"{d.line}: {d.message}" for d in doubts)


# --- every study of the base --------------------------------------------------------


def test_deleted_study_fails_where_it_is_cited(unstyled: str, bundled: EvidenceBase) -> None:
    for study in bundled.studies:
        found = check(read_markdown(unstyled), BriefingContext(without(bundled, study.id)))
        said = {d.line for d in found if f"no study `{study.id}`" in d.message}
        cited = lines_of(unstyled, rf'data-brief="study {study.id} ')
        listed = lines_of(unstyled, rf'data-brief="reference {study.id} ')
        assert said == cited | listed, study.id
        assert len(listed) == 1


def test_changed_study_fails_at_its_reference(unstyled: str, bundled: EvidenceBase) -> None:
    for study in bundled.studies:
        changed = replace(study, coding_note=f"{study.coding_note} Read again.")
        found = check(read_markdown(unstyled), BriefingContext(with_study(bundled, changed)))
        (line,) = lines_of(unstyled, rf'data-brief="reference {study.id} ')
        assert [(d.line, f"the entry of {study.id} has changed" in d.message) for d in found] == [(line, True)]


def test_withdrawn_study_fails_where_it_is_cited(unstyled: str, bundled: EvidenceBase) -> None:
    for study in bundled.studies:
        found = check(read_markdown(unstyled), BriefingContext(with_study(bundled, replace(study, status="withdrawn"))))
        said = {d.line for d in found if d.message.startswith(f"{study.id} is withdrawn")}
        assert said == lines_of(unstyled, rf'data-brief="study {study.id} '), study.id


def test_changed_code_fails_at_its_figures(unstyled: str, bundled: EvidenceBase) -> None:
    lines = lines_of(unstyled, r'data-brief="(?:full|share|short|ratio) focus\.(?:outcome-share|process-share|ratio) ')
    assert len(lines) >= 4
    for study in BriefingContext(bundled).eligible:
        other = {"outcome": "process", "process": "outcome", "both": "neither", "neither": "both"}.get(study.focus)
        found = check(
            read_markdown(unstyled), BriefingContext(with_study(bundled, replace(study, focus=other or "both")))
        )
        said = {d.line for d in found if re.match(r"(?:full|share|short|ratio) focus\.", d.message)}
        assert lines & said, study.id
        assert all(line in lines_of(unstyled, r"focus\.") for line in said)


def test_changed_finding_fails_at_its_lines(unstyled: str, bundled: EvidenceBase) -> None:
    for study, finding in BriefingContext(bundled).findings_by_id.values():
        others = tuple(f if f.id != finding.id else replace(f, direction="harm") for f in study.findings)
        found = check(read_markdown(unstyled), BriefingContext(with_study(bundled, replace(study, findings=others))))
        said = {d.line for d in found}
        told = lines_of(unstyled, rf'data-brief="finding [^" ]*{re.escape(finding.id)}[, ]')
        sentence = lines_of(unstyled, rf'data-brief="(?:effect|part) {re.escape(finding.outcome)} ')
        assert told <= said or finding.direction == "harm", finding.id
        assert said & sentence or finding.direction == "harm", finding.id


def test_same_number_from_other_studies_fails(summary: str, bundled: EvidenceBase) -> None:
    one = next(s for s in BriefingContext(bundled).eligible if s.focus == "outcome")
    two = next(s for s in BriefingContext(bundled).eligible if s.focus == "process")
    swapped = with_study(with_study(bundled, replace(one, focus="process")), replace(two, focus="outcome"))
    found = check(read_markdown(summary), BriefingContext(swapped))
    assert "full focus.outcome-share: the evidence behind this has changed; the base gives “22 of 28" in messages(found)


# --- what people do to a briefing ---------------------------------------------------


def test_prose_may_be_rewritten_freely(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("Say that they examine outcomes, what changes for someone", "Set out to see what changes")
    assert edited != summary
    edited = edited.replace(
        "22 of 28 studies, about 8 in 10 (could", "fully 22 of the 28 *works*, about 8 in\n  10 (it could"
    )
    assert edited.count("fully 22") == 1
    assert check(read_markdown(edited), BriefingContext(bundled)) == ()


def test_edited_number_fails_at_its_line(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(">22 of 28 studies, about 8 in 10 (", ">26 of 28 studies, about 9 in 10 (", 1)
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert doubt.line in lines_of(edited, "26 of 28")
    assert doubt.message.startswith(
        "full focus.outcome-share: a number was changed by hand: “26 of 28 studies, about 9"
    )
    assert "the base gives “22 of 28 studies, about 8 in 10 (could" in doubt.message


def test_number_in_words_counts_as_number(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("carers: none of 28 studies (could", "carers: Three of 28 studies (could", 1)
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert "changed by hand" in doubt.message


def test_stale_figure_reports_current_value(summary: str, bundled: EvidenceBase) -> None:
    kay = bundled.find("kay-2019")
    assert kay is not None
    assert kay.focus in ("outcome", "both")
    found = check(read_markdown(summary), BriefingContext(with_study(bundled, replace(kay, focus="process"))))
    told = [d for d in found if d.message.startswith("full focus.outcome-share: this is out of date: “22 of 28")]
    assert [d.line for d in told] == sorted(lines_of(summary, 'data-brief="full focus.outcome-share '))
    assert "the base gives “21 of 28" in told[0].message


def test_unannotated_number_is_reported(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(
        "## What we do not know\n", "## What we do not know\n\nSeven studies are enough. Fine.\n", 1
    )
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    (line,) = lines_of(edited, "Seven studies")
    assert doubt == StalePassage(line, "no mark holds Seven, so it cannot be checked: “Seven studies are enough.”")


def test_number_added_before_annotation_fails(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace(
        "Say that they examine outcomes, what", "Up from 15, say that they examine outcomes, what", 1
    )
    assert edited != summary
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert "no mark holds 15" in doubt.message


def test_truncated_annotation_fails(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("between about 17 and 25 of 28)</span>", "between about 17 and 25 of 28)", 1)
    assert check(read_markdown(edited), BriefingContext(bundled)) != ()


def test_closed_gap_fails(summary: str, bundled: EvidenceBase) -> None:
    study = BriefingContext(bundled).eligible[0]
    changed = replace(study, populations={**study.populations, "unpaid-carers": "focus"})
    found = check(read_markdown(summary), BriefingContext(with_study(bundled, changed)))
    lines = lines_of(summary, 'data-brief="(?:gap|listed_gap) none/unpaid-carers ')
    told = {d.line for d in found if "the gap none/unpaid-carers is no gap any more" in d.message}
    assert told == lines


def test_other_base_version_is_reported_once(summary: str, bundled: EvidenceBase) -> None:
    about: About = replace(bundled.framework.about, version="2027.01", as_of="2027-01-05")
    found = check(
        read_markdown(summary), BriefingContext(replace(bundled, framework=replace(bundled.framework, about=about)))
    )
    assert found[0].line == 1
    assert "written from base coprod-review 2026.11 (23 November 2026), and this is coprod-review 2027.01" in (
        found[0].message
    )


def test_unannotated_key_of_missing_study_is_reported(bundled: EvidenceBase) -> None:
    good = '<span data-brief="basis evidence 00000000">28</span>'
    text = f"<!-- coprod-review briefing {{}} -->\n\nFine [see @kay-2019, p. x; @nobody-2020]. {good}\n"
    found = check(read_markdown(text), BriefingContext(bundled))
    assert [d.message for d in found if "nobody-2020" in d.message and d.line == 3]
    assert not [d for d in found if "kay-2019" in d.message]


def test_missing_record_is_reported(summary: str, bundled: EvidenceBase) -> None:
    edited = "\n".join(summary.splitlines()[1:])
    told = check(read_markdown(edited), BriefingContext(bundled))[0].message
    assert told.startswith(
        "no record says from which base this was written; it was compared with coprod-review 2026.11"
    )


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
def test_broken_annotations_are_reported(text: str, bundled: EvidenceBase) -> None:
    good = '<span data-brief="basis evidence 00000000">28</span>'
    for reader in (read_markdown, read_html):
        edited = reader(f"a {good}\n\n{text}\n\nb 22.\n")
        assert "22" in messages(check(edited, BriefingContext(bundled)))
        assert isinstance(earlier_revision(edited), str)


@pytest.mark.parametrize(
    "text", ["22", "<!-- coprod-review briefing {} -->", "[@kay-2019]", '<span data-brief="x">2</span>']
)
def test_file_without_annotations_is_reported_once(text: str, bundled: EvidenceBase) -> None:
    for reader in (read_markdown, read_html):
        (doubt,) = check(reader(f"a 1\n\n{text}\n\nb 22.\n"), BriefingContext(bundled))
        assert "no mark is left in it" in doubt.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (">22 of 28 studies, about 8 in 10 (could", ">All but 22 of 28 studies, about 8 in 10 (could"),
        ("no random sample: intervals do not speak", "random sample: intervals speak"),
        ("not yet checked by a second person", "checked by a second person"),
        ("Hand-picked, no", "Well chosen, no"),
        ("no study here focuses on them", "one study here focuses on them"),
        ("named by participants of the review, and in no study here", "proven in every study here"),
        ("make it routine to evaluate", "stop trying to evaluate"),
        (">23 November 2026<", ">23 March 2026<"),
        ("Certainty is recorded for 0 of 87", "No certainty is recorded for 0 of 87"),
    ],
)
def test_reversed_wording_fails(before: str, after: str, summary: str, bundled: EvidenceBase) -> None:
    assert before in summary
    edited = summary.replace(before, after, 1)
    doubts = check(read_markdown(edited), BriefingContext(bundled))
    assert "changed by hand" in messages(doubts)
    assert {d.line for d in doubts} <= lines_of(edited, re.escape(after[:20]))


def test_swapped_group_numbers_fail(summary: str, bundled: EvidenceBase) -> None:
    one = re.search(r'(<span data-brief="on_group unpaid-carers .*?>)(.*?)</span>', summary)
    two = re.search(r'(<span data-brief="on_group minority-ethnic .*?>)(.*?)</span>', summary)
    assert one is not None
    assert two is not None
    assert "On unpaid carers: none of 28 studies" in one[2]
    edited = summary.replace(one[2], "A").replace(two[2], one[2]).replace(">A<", f">{two[2]}<")
    assert len(check(read_markdown(edited), BriefingContext(bundled))) == 2


def test_edited_reference_fails(bundled: EvidenceBase) -> None:
    text = write_briefing(BriefingContext(bundled), BriefingRequest("summary", citations="finished")).text
    for before, after in (("(2019) ‘Inside", "(1999) ‘Inside"), ("Aabe, N.O.", "Abbe, N.O."), ("752–760", "1–2")):
        edited = text.replace(before, after, 1)
        (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
        assert "the reference to aabe-2019 was changed by hand" in doubt.message
        assert doubt.line in lines_of(edited, re.escape(after))


def test_edited_citation_keys_fail(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("[@lwembe-2017; @aabe-2019]", "[@kay-2019; @aabe-2019]", 1)
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert "other studies are cited here than aabe-2019 and lwembe-2017" in doubt.message
    edited = re.sub(r"Counted: \[@callanan-2020\]", "Counted: [@kay-2019]", summary, count=1)
    assert edited != summary
    assert "behind sector.direct: other studies are cited" in messages(
        check(read_markdown(edited), BriefingContext(bundled))
    )


def test_removed_caution_fails(summary: str, bundled: EvidenceBase) -> None:
    edited = "\n".join(line for line in summary.splitlines() if not line.startswith("> **Caution"))
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert doubt.message == "it no longer states the caution of its base: put that back."


def test_removed_note_fails_where_it_is_called(summary: str, bundled: EvidenceBase) -> None:
    edited = re.sub(r"^\[\^sector\.direct\]:.*$", "", summary, flags=re.MULTILINE)
    doubts = check(read_markdown(edited), BriefingContext(bundled))
    assert {d.line for d in doubts} == lines_of(edited, r"\[\^sector\.direct\]")
    assert all("a note is called here that is not there" in d.message for d in doubts)


def test_line_break_inside_annotation_is_allowed(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("<span data-brief=", "<span\ndata-brief=").replace(
        "full focus.outcome", "full\nfocus.outcome"
    )
    assert check(read_markdown(edited), BriefingContext(bundled)) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reports a benefit", "reports a harm"),
        ("reports a benefit", "proves a benefit"),
        ("thought better of themselves", "thought worse of themselves"),
        ("The SCIE review says: ", "Reported: "),
        ("makes a difference to trust", "destroys trust"),
        ("are said to report an outcome", "report an outcome"),
    ],
)
def test_edited_effect_wording_fails(before: str, after: str, review: str, bundled: EvidenceBase) -> None:
    assert before in review
    (doubt,) = check(read_markdown(review.replace(before, after, 1)), BriefingContext(bundled))
    assert "the words were changed by hand" in doubt.message


def test_edited_citation_text_fails(review: str, bundled: EvidenceBase) -> None:
    edited = review.replace(">Lwembe et al., 2017<", ">Smith et al., 2019<", 1)
    assert edited != review
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert doubt.message == "the citation of lwembe-2017 was changed by hand; it is “Lwembe et al., 2017”."


def test_removed_reference_fails(review: str, bundled: EvidenceBase) -> None:
    edited = re.sub(r'<span data-brief="reference kay-2019 .*?</span>', "", review)
    (doubt,) = check(read_markdown(edited), BriefingContext(bundled))
    assert doubt.message == "kay-2019 is cited and has no reference: put it back."


def test_narrative_citation_key_is_no_number(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("## What we do not know\n", "## What we do not know\n\nAs @kay-2019 says, fine.\n", 1)
    assert check(read_markdown(edited), BriefingContext(bundled)) == ()
    (doubt,) = check(read_markdown(edited.replace("@kay-2019 says", "@nobody-2019 says")), BriefingContext(bundled))
    assert "no study `nobody-2019`" in doubt.message


def test_number_at_line_start_is_no_list_marker(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace("and 25 of 28)</span>", "and 25 of\n28)</span>", 1)
    assert edited != summary
    assert check(read_markdown(edited), BriefingContext(bundled)) == ()
    listed = summary.replace("## Key figures\n", "## Key figures\n\n1. One thing.\n2. Another.\n", 1)
    assert check(read_markdown(listed), BriefingContext(bundled)) == ()


def test_quote_wrap_inside_annotation_is_allowed(summary: str, bundled: EvidenceBase) -> None:
    edited = summary.replace('data-brief="basis caution', 'data-brief="basis\n> caution', 1)
    assert edited != summary
    assert check(read_markdown(edited), BriefingContext(bundled)) == ()


# --- pages --------------------------------------------------------------------------


def test_edited_html_number_fails_at_its_line(page: str, bundled: EvidenceBase) -> None:
    assert check(read_html(page), BriefingContext(bundled)) == ()
    edited = page.replace("22 of 28 studies, about 8 in 10 (could", "23 of 28 studies, about 8 in 10 (could", 1)
    (doubt,) = check(read_html(edited), BriefingContext(bundled))
    assert doubt.line in lines_of(edited, "23 of 28 studies, about")
    assert "changed by hand" in doubt.message


def test_unannotated_html_number_is_reported(page: str, bundled: EvidenceBase) -> None:
    edited = page.replace('<h2 id="key-figures"', '<p>Now 99 of them.</p>\n<h2 id="key-figures"', 1)
    (doubt,) = check(read_html(edited), BriefingContext(bundled))
    assert "no mark holds 99" in doubt.message
    assert doubt.line in lines_of(edited, "Now 99 of them")


def test_deleted_study_fails_in_html(page: str, bundled: EvidenceBase) -> None:
    found = check(read_html(page), BriefingContext(without(bundled, "lwembe-2017")))
    said = {d.line for d in found if "no study `lwembe-2017`" in d.message}
    assert said & lines_of(page, 'data-brief="reference lwembe-2017 ')


# --- files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK", "only Markdown"),
        ("a.md", b"# Plain\n\nNothing.\n", "holds no mark of a briefing"),
        ("a.md", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("b.md", None, "There is no file"),
    ],
)
def test_other_file_is_rejected(name: str, content: bytes | None, words: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        read(tmp_path / name)


def test_byte_order_mark_and_crlf_keep_line_numbers(summary: str, bundled: EvidenceBase, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    edited = summary.replace(">22 of 28 studies, about 8 in 10 (", ">26 of 28 studies, about 9 in 10 (", 1)
    path.write_bytes(b"\xef\xbb\xbf" + edited.replace("\n", "\r\n").encode())
    (doubt,) = check(read(path), BriefingContext(bundled))
    assert doubt.line in lines_of(edited, "26 of 28")
