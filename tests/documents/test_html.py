"""Briefings as HTML: what a page is made of, and that no text is ever more than text.

Longer than 400 lines, because the parts of one page are checked one after the other.
"""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree.ElementTree import Element, TreeBuilder

import pytest

from coprod_review.documents.annotation_syntax import AnnotationTag
from coprod_review.documents.document_model import (
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    TableBlock,
)
from coprod_review.documents.html import write
from coprod_review.text.escaping import visible
from tests.browser.documents import everywhere, long
from tests.documents.sample import HOSTILE, pictures, sample

EMPTY = ("meta", "br")
FIGURE = AnnotationTag("share", "focus.outcome-share", "ab12cd34")
STUDY = AnnotationTag("study", "kay-2019")
NUMBER = Run("22 of 28", annotations=(FIGURE,))
OPEN = Run(note="focus.outcome-share")


class _Reader(HTMLParser):
    """Reads a page into a tree, and refuses one whose elements do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.tree, self._open = TreeBuilder(), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self._open.append(tag)
        if tag in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self.tree.data(data)


def _page(document: Document) -> Element:
    reader = _Reader()
    reader.feed(write(document).decode("utf-8"))
    root = reader.tree.close()
    assert isinstance(root, Element)
    return root


def _of(*blocks: Block, opened: dict[str, tuple[Block, ...]] | None = None, **notes: tuple[Run, ...]) -> Element:
    return _page(Document("Title", blocks, notes=notes, appendix=opened or {}))


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _one(page: Element, path: str) -> Element:
    (found,) = page.findall(path)
    return found


def _kinds(page: Element) -> Counter[tuple[str, ...]]:
    """Elements with the names of their attributes; lines of a picture as one, for text may take several."""
    inside = {id(part) for svg in page.iter("svg") for part in svg.iter()}
    counted = Counter[tuple[str, ...]]()
    for element in page.iter():
        kind = (element.tag, *sorted(element.attrib))
        counted[kind] = 1 if id(element) in inside else counted[kind] + 1
    return counted


@pytest.fixture(scope="module")
def long_page() -> Element:
    return _page(long())


# --- the whole page ------------------------------------------------------------------------


@pytest.mark.parametrize("made", [sample, long, partial(everywhere, "plain")], ids=["sample", "long", "everywhere"])
def test_ids_are_unique_and_links_resolve(made: Callable[[], Document]) -> None:
    page = _page(made())
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    named = {name for element in page.iter() for name in (element.get("aria-labelledby") or "").split()}
    links = {(a.get("href") or "")[1:] for a in page.iter("a") if (a.get("href") or "").startswith("#")}
    assert (named | links) - set(ids) == set()
    assert len(links) > 3


@pytest.mark.parametrize("made", [sample, long])
def test_page_has_language_title_and_landmarks(made: Callable[[], Document]) -> None:
    document = made()
    page = _page(document)
    assert page.get("lang") == "en-GB"
    assert _text(_one(page, "head/title")) == document.title == _text(_one(page, "body/header/h1"))
    assert [child.tag for child in _one(page, "body")] == ["a", "header", "nav", "main", "footer"]
    assert _one(page, "body")[0].attrib == {"class": "skip", "href": "#main"}
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_hyphenated_title_words_do_not_break() -> None:
    heading = _one(_page(Document("What co-production <b>-changes a-word-that-goes-on-and-on", ())), "body/header/h1")
    assert [_text(part) for part in heading] == ["co-production", "<b>-changes"]
    assert {part.get("class") for part in heading} == {"whole"}


def test_contents_list_level_2_headings(long_page: Element) -> None:
    named = [(a.get("href"), _text(a)) for a in long_page.findall("body/nav/ul/li/a")]
    headings = [h for path in ("body/main/h2", "body/main/section/h2") for h in long_page.findall(path)]
    assert named == [(f"#{h.get('id')}", _text(h)) for h in headings]


def test_page_has_no_active_content(long_page: Element) -> None:
    active = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "image", "use"}
    assert {element.tag for element in long_page.iter()} & active == set()
    names = {name for element in long_page.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("src", "srcset", "style", "action")]
    style = _text(_one(long_page, "head/style"))
    assert "url(" not in style
    assert "@import" not in style


def test_content_policy_allows_own_style_only() -> None:
    page = _page(sample())
    (policy,) = (m.get("content") for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    digest = b64encode(sha256(_text(_one(page, "head/style")).encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_description_and_record_are_meta_elements() -> None:
    record = json.dumps({"base": 'a "base" & <more>', "seal": "é"})
    document = replace(sample(), description="What is <known>.", record=record)
    metas = {m.get("name"): m.get("content") for m in _page(document).iter("meta")}
    assert metas["description"] == "What is <known>."
    assert metas["coprod-review"] == record
    without = {m.get("name") for m in _page(Document("Title", ())).iter("meta")}
    assert without & {"description", "coprod-review"} == set()


@pytest.mark.slow
def test_output_ignores_environment() -> None:
    program = "import sys; from tests.documents.sample import sample; from coprod_review.documents.html import write\n"
    program += "sys.stdout.buffer.write(write(sample()))"
    first = write(sample())
    assert write(sample()) == first
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "de_DE.UTF-8")):
        there = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", program], env=there, capture_output=True, check=True)
        assert done.stdout == first


def test_footer_is_an_accessibility_statement() -> None:
    footer = _text(_one(_page(sample()), "body/footer"))
    for words in ("23 November 2026", "not accessible", "some failures only", "screen reader", "400%", "keyboard"):
        assert words in footer
    assert footer.strip().endswith("Ask whoever sent you this briefing for another format.")


# --- text stays text -----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_text_adds_no_element_and_no_attribute(text: str) -> None:
    letters = re.sub(
        r"[^\s-]", "k", visible(text)
    )  # words as long as these, for long ones make tables and pictures wider
    assert _kinds(_page(everywhere(text))) == _kinds(_page(everywhere(letters)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal(text: str) -> None:
    page = _page(everywhere(text))
    shown = visible(text)
    assert _text(_one(page, "head/title")) == shown == _text(_one(page, "body/header/h1"))
    assert _text(page).count(shown) > 40
    assert f'{{"base": "{shown}"}}' in {m.get("content") for m in page.iter("meta")}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_ids_from_any_text_resolve(text: str) -> None:
    page = _page(everywhere(text))
    ids = [element.get("id", "") for element in page.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    assert not [name for name in ids if re.search(r"[^\w./-]", name)]
    assert {a.get("href", "")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")} <= set(ids)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "relative.html",
        'https://example.org/" onclick="alert(1)',
        "https://example.org/ x",
        "#nowhere",
    ],
)
def test_disallowed_address_is_no_link(address: str) -> None:
    page = _of(Paragraph((Run("words", link=address),)))
    assert _text(_one(page, "body/main/p")) == "words"
    assert page.findall("body/main//a") == []


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a?b=1&c='2'", "https://example.org/a?b=1&c='2'"),
        ("http://example.org/[1]|{2}", "http://example.org/%5B1%5D%7C%7B2%7D"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#part", "#part"),
    ],
)
def test_allowed_address_is_a_link(address: str, written: str) -> None:
    page = _of(Heading(2, (Run("Part"),), "part"), Paragraph((Run("wo", link=address), Run("rds", True, link=address))))
    link = _one(page, "body/main/p/a")
    assert (link.get("href"), _text(link)) == (written, "words")


def test_control_characters_are_escaped() -> None:
    page = _of(Paragraph((Run("a\x07b\u202ec\u00a0d\ud800e \u0645"),)))
    assert _text(_one(page, "body/main/p")) == "a\\u0007b\\u202ec\u00a0d\\ud800e \u0645"


def test_multi_line_code_keeps_its_lines() -> None:
    page = _of(Paragraph((Run("one\n  two", code=True),)), Paragraph((Run("one", code=True),)))
    assert _text(_one(page, "body/main/pre/code")) == "one\n  two"
    assert _text(_one(page, "body/main/p/code")) == "one"


# --- blocks --------------------------------------------------------------------------------


def test_tables_have_captions_and_scoped_headings(long_page: Element) -> None:
    tables = list(long_page.iter("table"))
    assert len(tables) > 10
    for table in tables:
        assert _text(table[0])
        assert [part.tag for part in table] == ["caption", "thead", "tbody"]
        assert {cell.get("scope") for cell in table.findall("thead/tr/th")} == {"col"}
        for row in table.findall("tbody/tr"):
            assert (row[0].tag, row[0].get("scope")) == ("th", "row")
            assert {cell.tag for cell in row[1:]} <= {"td"}
    (shares,) = _page(sample()).iter("table")
    assert [cell.get("class") for cell in shares.iter() if cell.tag in ("th", "td")] == [None, "number"] * 3


def test_a_heading_without_text_is_an_empty_cell() -> None:
    page = _of(TableBlock((), ((), (Run("Number"),)), (((Run("a"),), (Run("1"),)),), (False, True)))
    assert [cell.tag for cell in page.findall(".//thead/tr/*")] == ["td", "th"]
    assert _text(_one(page, ".//caption")) == "Table"


def test_wide_table_is_a_focusable_region() -> None:
    def grid(*words: str) -> TableBlock:
        cells = tuple((Run(word),) for word in words)
        return TableBlock((Run("Caption"),), cells, (cells,), (False,) * len(cells))

    page = _of(grid("a few short words that wrap", "1"), grid("representation", "stakeholders", "beneficiaries"))
    region = _one(page, ".//div[@role='region']")
    caption = _one(region, "table/caption")
    assert region.attrib["tabindex"] == "0"
    assert region.attrib["aria-labelledby"] == caption.get("id")
    assert len(page.findall(".//div[@class='table']/table")) == 1
    assert [_text(caption) for caption in page.iter("caption")] == ["Caption", "Caption (2)"]


def test_repeated_chart_has_distinct_ids() -> None:
    picture = pictures("focus")
    assert isinstance(picture, Picture)
    page = _of(picture, Heading(2, (Run("Clash"),), "chart_focus"), picture)
    named = [svg.get("aria-labelledby", "").split() for svg in page.findall(".//figure/svg")]
    assert len({name for names in named for name in names}) == 4
    for svg, (title, description) in zip(page.iter("svg"), named, strict=True):
        assert (svg.get("role"), svg[0].get("id"), svg[1].get("id")) == ("img", title, description)
        assert (svg[0].text, svg[1].text) == (picture.chart.title, picture.chart.description)


def test_single_line_list_items_have_no_paragraph() -> None:
    one, two = Paragraph((Run("one"),)), Paragraph((Run("two"),))
    page = _of(
        ListBlock(((one,), (one, two), (one, ListBlock(((two,),), ordered=True)), (Paragraph((Run("x"),), "a"),)))
    )
    items = page.findall("body/main/ul/li")
    assert [[child.tag for child in item] for item in items] == [[], ["p", "p"], ["ol"], ["p"]]


# --- marks and notes -----------------------------------------------------------------------


def test_annotations_merge_runs_and_nest() -> None:
    outer = AnnotationTag("effect", "people.health/a b,c--d", "11112222")
    page = _of(
        Paragraph(
            (
                Run("a ", annotations=(outer,)),
                Run("b", True, annotations=(outer,)),
                Run("c", annotations=(outer, STUDY)),
                Run("d"),
            )
        )
    )
    marked = _one(page, "body/main/p/span")
    assert (marked.get("data-brief"), _text(marked)) == ("effect people.health/a%20b,c-%2Dd 11112222", "a bc")
    assert [(e.get("data-brief"), _text(e)) for e in marked.findall("span")] == [("study kay-2019", "c")]


def test_adjacent_equal_annotations_stay_separate() -> None:
    page = _of(Paragraph((Run("a", annotations=(FIGURE,)), Run("b", annotations=(replace(FIGURE, position=3),)))))
    assert [_text(e) for e in page.findall("body/main/p/span")] == ["a", "b"]


def test_figure_links_to_its_opened_section() -> None:
    page = _of(Paragraph((NUMBER, OPEN, Run("."))), opened={OPEN.note: (Paragraph((Run("Counted."),)),)})
    link = _one(page, "body/main/p/a[@class='figure']")
    assert (link.get("href"), _text(link)) == ("#why-focus.outcome-share", "22 of 28")
    assert link.get("data-brief") == "share focus.outcome-share ab12cd34"
    assert _text(_one(page, "body/main/p[1]")) == "22 of 28."
    assert _text(_one(page, ".//section[@id='why-focus.outcome-share']/h3")) == "22 of 28"


def test_figure_with_inner_links_gets_separate_link() -> None:
    outer = AnnotationTag("effect", "people", "11112222")
    title = (Heading(2, (Run("Who reports it"),), "t"), Paragraph((Run("Counted."),)))
    for within in (
        Run("Kay", annotations=(outer, STUDY)),
        Run("Kay", link="https://example.org/", annotations=(outer,)),
    ):
        page = _of(Paragraph((Run("1 study: ", annotations=(outer,)), within, OPEN)), opened={OPEN.note: title})
        paragraph = _one(page, "body/main/p[1]")
        assert [child.tag for child in paragraph] == ["span", "a"]
        assert _text(paragraph) == "1 study: Kay[studies behind “Who reports it”]"
        assert paragraph[1].get("href") == "#why-focus.outcome-share"
        assert paragraph.findall(".//a//a") == []


def test_opened_section_links_back_to_first_use() -> None:
    opened = (Heading(2, (Run("Shares"),), "a"), Heading(3, (Run("Counted"),), "b"), Heading(4, (Run("More"),), "c"))
    page = _of(Paragraph((NUMBER, OPEN)), Paragraph((NUMBER, OPEN)), opened={OPEN.note: opened})
    first, second = page.findall("body/main/p/a")
    section = _one(page, ".//section[@class='opened']")
    assert [(e.tag, _text(e)) for e in section if e.tag != "p"] == [("h3", "Shares"), ("h4", "Counted"), ("h5", "More")]
    back = _one(section, "p/a")
    assert (back.get("href"), _text(back)) == (f"#{first.get('id')}", "Back to “Shares” in the text")
    assert second.get("id") is None


def test_opened_section_without_title_uses_link_text() -> None:
    opened = (Heading(2, (Run("The number"),), "a"), Heading(2, (Run("Counted"),), "b"))
    page = _of(Paragraph((NUMBER, OPEN)), opened={OPEN.note: opened, "unused": opened})
    used, unused = page.findall(".//section[@class='opened']")
    assert [(e.tag, _text(e)) for e in used if e.tag != "p"] == [
        ("h3", "22 of 28"), ("h4", "The number"), ("h4", "Counted"),
    ]  # fmt: skip
    assert [_text(e) for e in unused] == ["unused", "The number", "Counted"]


def test_notes_list_every_backlink() -> None:
    page = _of(
        Paragraph((Run("a"), Run(note="one"), Run("b"), Run(note="two"), Run(note="one"))),
        one=(Run("First."), Run(note="three")),
        two=(Run("Second."),),
        three=(Run("Third."),),
        four=(Run("Never called."),),
    )
    calls = page.findall("body/main/p/sup/a")
    assert [(a.get("href"), _text(a)) for a in calls] == [
        ("#note_1", "[Note 1]"), ("#note_2", "[Note 2]"), ("#note_1", "[Note 1]"),
    ]  # fmt: skip
    notes = page.findall(".//section[@class='notes']/ol/li")
    assert [(note.get("id"), (note.text or "").strip()) for note in notes] == [
        ("note_1", "First."), ("note_2", "Second."), ("note_3", "Third."),
    ]  # fmt: skip
    assert [a.get("href") for a in notes[0].findall("p/a")] == [f"#{calls[0].get('id')}", f"#{calls[2].get('id')}"]
    assert [_text(a) for a in notes[0].findall("p/a")] == [
        "Back to note 1 in the text", "Back to note 1 in the text, place 2",
    ]  # fmt: skip


def test_note_without_figure_stays_a_note() -> None:
    opened: dict[str, tuple[Block, ...]] = {"one": (Paragraph((Run("Counted."),)),)}
    page = _of(Paragraph((Run("a"), Run(note="one"))), opened=opened, one=(Run("First."),))
    assert _text(_one(page, "body/main/p[1]")) == "a[Note 1]"


def test_study_links_to_its_reference() -> None:
    cited = Paragraph(
        (Run("Kay, 2019", annotations=(STUDY,)), Run("Lim, 2020", annotations=(AnnotationTag("study", "lim-2020"),)))
    )
    page = _of(cited, Paragraph((Run("Kay (2019)"),), "ref-kay-2019"))
    (link,) = page.findall("body/main/p/span/a")
    assert (link.get("href"), _text(link)) == ("#ref-kay-2019", "Kay, 2019")
    assert [e.get("data-brief") for e in page.findall("body/main/p/span")] == ["study kay-2019", "study lim-2020"]


def test_duplicate_and_reserved_anchors_stay_unique() -> None:
    twice = (Heading(2, (Run("One"),), "main"), Heading(2, (Run("Two"),), "main"))
    page = _of(*twice, Paragraph((Run("there", link="#main"),)))
    assert [(h.get("id"), _text(h)) for h in page.findall("body/main/h2")] == [("main-2", "One"), (None, "Two")]
    assert _one(page, "body/main/p/a").get("href") == "#main-2"


def test_table_numbers_link_to_their_sections() -> None:
    one, two = AnnotationTag("tally", "map/a/n", "ab12cd34"), AnnotationTag("tally", "map/b/n", "ab12cd34")
    rows = tuple(((Run(name),), (Run("2", annotations=(mark,)),)) for name, mark in (("a", one), ("b", two)))
    opened: dict[str, tuple[Block, ...]] = {mark.key: (Paragraph((Run("Counted."),)),) for mark in (one, two)}
    page = _of(TableBlock((Run("Map"),), ((Run("What"),), (Run("n"),)), rows, (False, True)), opened=opened)
    links = page.findall(".//tbody/tr/td/a")
    assert [link.get("href") for link in links] == ["#why-map/a/n", "#why-map/b/n"]
    assert [link.get("data-brief") for link in links] == [one.attribute_value, two.attribute_value]
