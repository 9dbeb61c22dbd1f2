"""A briefing after an edit by hand: a change of what it says is reported at its line, other changes are free."""

import re
from pathlib import Path

import pytest

from coprod_review.briefing.annotations import read_html, read_markdown
from coprod_review.briefing.check import StalePassage, check, earlier_revision, read
from coprod_review.briefing.context import BriefingContext
from coprod_review.errors import UnreadableFile
from tests.briefing.conftest import Written
from tests.briefing.made import lines_of, messages, recounted, reworded, words_of

pytestmark = pytest.mark.slow

SHARE = "figure focus.outcome-share"


def _only_report(text: str, context: BriefingContext) -> StalePassage:
    (report,) = check(read_markdown(text), context)
    return report


# --- numbers --------------------------------------------------------------------------


def test_words_of_a_passage_include_passages_within_it_but_no_works() -> None:
    work = '<span data-brief="study kay-2019">2019</span>'
    text = f'<span data-brief="answer focus">Of 28, <span data-brief="figure a.b">22</span> do ({work}).</span>'
    for read_text in (read_markdown, read_html):
        found = read_text(text)
        assert found.words_of(found.annotations[0]).split() == ["Of", "28,", "22", "do", "(", ")."]


def test_prose_may_be_rewritten_freely(summary: str, context: BriefingContext) -> None:
    edited = summary.replace("set out to examine outcomes: what changes for someone", "wanted to see what changes")
    assert edited != summary
    edited = reworded(edited, SHARE, lambda words: f"fully {words.replace(' studies', ' *works*')}")
    assert edited.count("fully ") == 1
    assert check(read_markdown(edited), context) == ()


def test_edited_number_fails_at_its_line(summary: str, context: BriefingContext) -> None:
    current = words_of(summary, SHARE)
    edited = reworded(summary, SHARE, recounted)
    report = _only_report(edited, context)
    assert {report.line} == lines_of(edited, re.escape(recounted(current)))
    assert report.message.startswith(f"{SHARE}: a number was changed by hand: “{recounted(current)}")
    assert f"the base gives “{current}" in report.message


def test_number_in_words_counts_as_number(summary: str, context: BriefingContext) -> None:
    group = context.framework.recommendations[0].groups[0]
    edited = reworded(summary, f"group {group}", lambda words: re.sub(r"^(None|\d+) of", "Ninety of", words))
    assert "changed by hand" in _only_report(edited, context).message


def test_unannotated_number_is_reported(summary: str, context: BriefingContext) -> None:
    edited = summary.replace(
        "## What we do not know\n", "## What we do not know\n\nSeven studies are enough. Fine.\n", 1
    )
    (line,) = lines_of(edited, "Seven studies")
    expected = "Seven is not from the base, so it cannot be checked: “Seven studies are enough.”"
    assert _only_report(edited, context) == StalePassage(line, expected)


def test_number_added_before_annotation_fails(summary: str, context: BriefingContext) -> None:
    edited = summary.replace("- **Outcomes.** ", "- **Outcomes.** Up from 15, ", 1)
    assert edited != summary
    assert "15 is not from the base" in _only_report(edited, context).message


def test_swapped_group_numbers_fail(summary: str, context: BriefingContext) -> None:
    one, two = (f"group {group}" for group in context.framework.recommendations[0].groups[:2])
    first, second = words_of(summary, one), words_of(summary, two)
    edited = reworded(reworded(summary, one, lambda _: second), two, lambda _: first)
    assert len(check(read_markdown(edited), context)) == 2


def test_number_at_line_start_is_no_list_marker(summary: str, context: BriefingContext) -> None:
    edited = reworded(summary, SHARE, lambda words: re.sub(r" (\d+) ", r"\n\1 ", words, count=1))
    assert check(read_markdown(edited), context) == ()
    listed = summary.replace("## Key figures\n", "## Key figures\n\n1. One thing.\n2. Another.\n", 1)
    assert check(read_markdown(listed), context) == ()


# --- words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("annotation", "before", "after"),
    [
        (SHARE, r"^", "All but "),
        ("basis caution", "They are not a sample", "They are a sample"),
        ("basis caution", "chosen for one review", "chosen at random"),
        ("basis coding", "Nobody else has checked", "Others have checked"),
        ("basis as_of", r"^\d+ ", "99 "),
        ("gap {none}#listed", "^No study in this base focuses", "One study in this base focuses"),
        ("gap {testimony_only}#listed", "but no study here does", "and every study here does"),
        ("answer appraisal", "does not record for any", "records for every"),
        ("recommendation {recommendation}", r"^\w+", "Never"),
        ("figure focus.ratio#ratio", "examine process", "examine outcomes"),
        ("group {group}", "unpaid carers", "staff"),
        ("reported people#brief", "The SCIE review says", "The studies say"),
    ],
)
def test_reversed_wording_fails(
    annotation: str, before: str, after: str, summary: str, context: BriefingContext
) -> None:
    gaps = {gap.type: key for key, gap in list(context.gaps.items())[::-1]}
    names = {"recommendation": context.framework.recommendations[0].id, "group": "unpaid-carers"}
    annotation = annotation.format(**gaps, **names)
    edited = reworded(summary, annotation, lambda words: re.sub(before, after, words, count=1))
    reports = check(read_markdown(edited), context)
    assert "changed by hand" in messages(reports)
    changed = {n for n, (a, b) in enumerate(zip(summary.split("\n"), edited.split("\n"), strict=True), 1) if a != b}
    assert {report.line for report in reports} <= changed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reports a benefit", "reports a harm"),
        ("reports a benefit", "proves a benefit"),
        ("thought better of themselves", "thought worse of themselves"),
        ("The SCIE review says: ", "The study reports: "),
        ("makes a difference to trust", "destroys trust"),
        ("report an outcome for this group in the text that we read", "report an outcome for this group"),
    ],
)
def test_edited_effect_wording_fails(before: str, after: str, unstyled: str, context: BriefingContext) -> None:
    assert before in unstyled
    assert "the words were changed by hand" in _only_report(unstyled.replace(before, after, 1), context).message


def test_narrative_citation_key_is_no_number(summary: str, context: BriefingContext) -> None:
    edited = summary.replace("## What we do not know\n", "## What we do not know\n\nAs @kay-2019 says, fine.\n", 1)
    assert check(read_markdown(edited), context) == ()
    report = _only_report(edited.replace("@kay-2019 says", "@nobody-2019 says"), context)
    assert "no study `nobody-2019`" in report.message


# --- citations and references ---------------------------------------------------------------


@pytest.mark.slow
def test_edited_citation_keys_fail(written: Written, context: BriefingContext) -> None:
    text = written("review", "", "keys").text
    key, (one, two, *_) = next(
        (k, g.studies) for k, g in context.gaps.items() if g.type == "thin" and len(g.studies) > 1
    )
    other = next(s.id for s in context.eligible if s.id not in (one, two))
    assert f"[@{one}; @{two}]" in words_of(text, f"gap {key}")
    exchanged = reworded(text, f"gap {key}", lambda words: words.replace(f"@{one};", f"@{other};"))
    removed = reworded(text, f"gap {key}", lambda words: words.replace(f"; @{two}", ""))
    expected = f"the citations were changed by hand; the base cites {' and '.join(sorted((one, two)))}"
    assert expected in _only_report(exchanged, context).message
    assert expected in _only_report(removed, context).message


def test_edited_note_citation_fails(summary: str, context: BriefingContext) -> None:
    counted = context.figures["sector.direct"].numerator_ids
    other = next(s.id for s in context.eligible if s.id not in counted)
    edited = re.sub(rf"are counted: \[@{counted[0]}", f"are counted: [@{other}", summary, count=1)
    assert edited != summary
    assert "behind sector.direct: the citations were changed" in messages(check(read_markdown(edited), context))


def test_finding_without_citation_fails(written: Written, context: BriefingContext) -> None:
    text = written("group", "staff", "keys").text
    edited, times = re.subn(
        r'(<span data-brief="finding baldwin-2018\.\d+ [^>]*>[^\[<]*)\[@[^\]]*\]', r"\1", text, count=1
    )
    assert times
    assert "the base cites baldwin-2018" in _only_report(edited, context).message


@pytest.mark.slow
def test_edited_reference_fails(finished: str, context: BriefingContext) -> None:
    (entry,) = re.findall(r'^<span data-brief="reference aabe-2019 .*$', finished, re.MULTILINE)
    for before, after in (("(2019) ‘Inside", "(1999) ‘Inside"), ("Aabe, N.O.", "Abbe, N.O."), ("752–760", "1–2")):
        edited = finished.replace(entry, entry.replace(before, after, 1))
        report = _only_report(edited, context)
        assert "the reference to aabe-2019 was changed by hand" in report.message
        assert report.line in lines_of(edited, re.escape(after))


def test_edited_end_of_reference_fails(finished: str, context: BriefingContext) -> None:
    (entry,) = re.findall(r'^<span data-brief="reference aabe-2019 .*$', finished, re.MULTILINE)
    edited = finished.replace(entry, re.sub(r"\d+(?=[^\d]*(?:doi|https|Available|\\\[))", "9999", entry, count=1))
    assert edited != finished
    assert _only_report(edited, context).message.startswith("the reference to aabe-2019 was changed by hand")


@pytest.mark.slow
def test_edited_citation_text_fails(review: str, context: BriefingContext) -> None:
    edited = review.replace(">Lwembe et al., 2017<", ">Smith et al., 2019<", 1)
    assert edited != review
    expected = "the citation of lwembe-2017 was changed by hand; it is “Lwembe et al., 2017”."
    assert _only_report(edited, context).message == expected


@pytest.mark.slow
def test_removed_reference_fails(review: str, context: BriefingContext) -> None:
    edited = re.sub(r'<span data-brief="reference kay-2019 .*?</span>', "", review)
    assert _only_report(edited, context).message == "kay-2019 is cited and has no reference: put it back."


# --- parts that are taken out -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("version", "the version"),
        ("as_of", "the date"),
        ("evidence", "how many studies count"),
        ("coding", "the coding"),
        ("search", "the search"),
        ("caution", "the caution"),
    ],
)
def test_removed_basis_fact_fails(fact: str, name: str, summary: str, context: BriefingContext) -> None:
    edited, times = re.subn(rf'<span data-brief="basis {fact} [^>]*>[^<]*</span>', "this", summary)
    assert times
    expected = StalePassage(1, f"this briefing no longer states {name} of its base: put the words back.")
    assert expected in check(read_markdown(edited), context)


def test_removed_caution_fails(summary: str, context: BriefingContext) -> None:
    edited = "\n".join(line for line in summary.splitlines() if not line.startswith("> **Caution"))
    assert (
        _only_report(edited, context).message
        == "this briefing no longer states the caution of its base: put the words back."
    )


def test_removed_note_fails_where_it_is_called(summary: str, context: BriefingContext) -> None:
    edited = re.sub(r"^\[\^sector\.direct\]:.*$", "", summary, flags=re.MULTILINE)
    reports = check(read_markdown(edited), context)
    assert {report.line for report in reports} == lines_of(edited, r"\[\^sector\.direct\]")
    assert all("the footnote that this line refers to is missing" in report.message for report in reports)


def test_briefing_of_an_earlier_version_is_reported_once(summary: str, context: BriefingContext) -> None:
    report = _only_report(summary.replace("coprod-review/briefing/2", "coprod-review/briefing/1", 1), context)
    assert report == StalePassage(1, "an earlier version of the program wrote this briefing. Write it again.")


def test_missing_record_is_reported(summary: str, context: BriefingContext) -> None:
    edited = "\n".join(summary.splitlines()[1:])
    about = context.framework.about
    first = check(read_markdown(edited), context)[0].message
    compared = f"this briefing was compared with {about.name} {about.version}"
    assert first.startswith(f"the record of the base is missing; {compared}")


def test_unannotated_key_of_missing_study_is_reported(context: BriefingContext) -> None:
    good = '<span data-brief="basis evidence 00000000">28</span>'
    text = f"<!-- coprod-review briefing {{}} -->\n\nFine [see @kay-2019, p. x; @nobody-2020]. {good}\n"
    reports = check(read_markdown(text), context)
    assert [r.message for r in reports if "nobody-2020" in r.message and r.line == 3]
    assert not [r for r in reports if "kay-2019" in r.message]


# --- annotations --------------------------------------------------------------------------------


def test_truncated_annotation_fails(summary: str, context: BriefingContext) -> None:
    words = words_of(summary, SHARE)
    edited = summary.replace(f"{words}</span>", words, 1)
    assert check(read_markdown(edited), context) != ()


@pytest.mark.parametrize(
    "text",
    [
        '<span data-brief="figure">22</span>',
        '<span data-brief="figure focus.outcome-share">22 of 28</span>',
        '<span data-brief="figure focus.outcome-share#nonsense 00000000">22 of 28</span>',
        '<span data-brief="figure focus.outcome-share#full#full 00000000">22 of 28</span>',
        '<span data-brief="caution focus#full 00000000">22</span>',
        '<span data-brief="compare focus.outcome-share 00000000">22</span>',
        '<span data-brief="nonsense focus.outcome-share 00000000">22</span>',
        '<span data-brief="figure %00%ff 00000000">22</span>',
        '<span data-brief="figure focus.outcome-share 00000000"><span data-brief="study x">22</span>',
        "</span></span><span><span>22",
        '<!-- coprod-review briefing {"since": 7, "base": [1]} -->',
        "<!-- coprod-review briefing {broken} -->",
        "<!-- coprod-review briefing [1] -->",
        "[@;@@@] [^22]: `22",
    ],
)
def test_broken_annotations_are_reported(text: str, context: BriefingContext) -> None:
    good = '<span data-brief="basis evidence 00000000">28</span>'
    for reader in (read_markdown, read_html):
        edited = reader(f"a {good}\n\n{text}\n\nb 22.\n")
        assert "22" in messages(check(edited, context))
        assert isinstance(earlier_revision(edited), str)


@pytest.mark.parametrize(
    "text", ["22", "<!-- coprod-review briefing {} -->", "[@kay-2019]", '<span data-brief="x">2</span>']
)
def test_file_without_annotations_is_reported_once(text: str, context: BriefingContext) -> None:
    for reader in (read_markdown, read_html):
        (report,) = check(reader(f"a 1\n\n{text}\n\nb 22.\n"), context)
        assert "no annotation is left" in report.message


def test_line_break_inside_annotation_is_allowed(summary: str, context: BriefingContext) -> None:
    edited = summary.replace("<span data-brief=", "<span\ndata-brief=").replace(
        "figure focus.outcome", "figure\nfocus.outcome"
    )
    assert check(read_markdown(edited), context) == ()


def test_quote_wrap_inside_annotation_is_allowed(summary: str, context: BriefingContext) -> None:
    edited = summary.replace('data-brief="basis caution', 'data-brief="basis\n> caution', 1)
    assert edited != summary
    assert check(read_markdown(edited), context) == ()


def test_multi_line_annotation_fails_at_first_line(summary: str, context: BriefingContext) -> None:
    edited = reworded(summary, SHARE, lambda words: recounted(words).replace(" studies", "\n  studies", 1))
    (line,) = (n for n, row in enumerate(edited.splitlines(), 1) if ">99 of" in row)
    assert _only_report(edited, context).line == line


def test_reports_are_in_line_order(summary: str, context: BriefingContext) -> None:
    eligible = len(context.eligible)
    edited = re.sub(rf"\b{eligible}\b(?= studies)", f"{eligible + 1}", summary)
    lines = [report.line for report in check(read_markdown(edited), context)]
    assert len(set(lines)) > 3
    assert lines == sorted(lines)


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"PK", "only Markdown"),
        ("a.md", b"# Plain\n\nNothing.\n", "has no annotation of a briefing"),
        ("a.md", b"\xff\xfe\x00", "is not UTF-8 text"),
        ("b.md", None, "There is no file"),
    ],
)
def test_other_file_is_rejected(name: str, content: bytes | None, words: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        read(tmp_path / name)


def test_byte_order_mark_and_crlf_keep_line_numbers(summary: str, context: BriefingContext, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    edited = reworded(summary, SHARE, recounted)
    path.write_bytes(b"\xef\xbb\xbf" + edited.replace("\n", "\r\n").encode())
    (report,) = check(read(path), context)
    assert report.line in lines_of(edited, ">99 of")
