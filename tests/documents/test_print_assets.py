import builtins
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest

from coprod_review.documents.annotation_syntax import AnnotationTag
from coprod_review.documents.document_model import (
    Aside,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Picture,
    Run,
    Runs,
    TableBlock,
    plain_text,
)
from coprod_review.documents.print_assets import (
    DOWN,
    Links,
    MissingExtra,
    alternative_text,
    column_widths,
    line_counts,
    picture_size,
    png,
    printable,
    replace_missing_glyphs,
    split_wide_table,
    svg,
    timestamp,
)
from coprod_review.results.chart import Bar, Chart
from tests.documents.sample import HOSTILE, pictures


def everywhere(text: str) -> Document:
    """A document that has a text wherever text can stand, with as many words around it."""
    runs = (Run("begin "), Run(text), Run(" end"))
    styled = (Run(text, strong=True), Run(" "), Run(text, emphasis=True), Run(" "), Run(text, code=True))
    linked = (Run(text, link="https://example.org/a?b=1&c=2"), Run(" "), Run(text, link="#" + text))
    call = Run(note=text, annotations=(AnnotationTag("share", text),))
    study = Run(text, annotations=(AnnotationTag("study", text),))
    return Document(
        title=f"begin {text} end",
        blocks=(
            Heading(2, runs, text),
            Paragraph((*runs, call, Run(" "), study)),
            Paragraph((*styled, call), f"ref-{text}"),
            ListBlock(
                ((Paragraph(linked), Paragraph(runs)), (Paragraph(runs),), (ListBlock(((Paragraph(runs),),), True),))
            ),
            TableBlock(runs, (runs, runs), ((runs, (Run(text), call)), (runs, runs)), (False, True)),
            Aside((Heading(3, runs, f"{text}2"), Paragraph(runs), ListBlock(((Paragraph(runs),),)))),
            Picture(
                Chart(
                    text, "bars", f"begin {text} end", f"Described as {text}.", (Bar(text, 3, 9, text),), caution=text
                ),
                text,
            ),
        ),
        notes={text: (*runs, study)},
        date="2026-11-23",
        description=f"begin {text} end",
    )


def grid(*columns: Sequence[str], numeric: bool = False) -> TableBlock:
    head, *rows = ([(Run(cell),) for cell in row] for row in zip(*columns, strict=True))
    return TableBlock((Run("Caption"),), tuple(head), tuple(map(tuple, rows)), (False, *[numeric] * (len(columns) - 1)))


def _focus() -> Picture:
    found = pictures("focus")
    assert found
    return found


def test_a_chart_is_set_in_our_fonts_alone() -> None:
    families = set(re.findall(r'font-family="([^"]*)"', svg(_focus())))
    assert families == {"'Source Sans 3', 'DejaVu Sans'"}


@pytest.mark.parametrize("text", HOSTILE)
def test_chart_shows_hostile_text(text: str) -> None:
    (chart,) = (block for block in everywhere(text).blocks if isinstance(block, Picture))
    drawn = "".join(ElementTree.fromstring(svg(chart)).itertext())
    assert replace_missing_glyphs(printable(text)).replace("\u200e", "").split()[0] in drawn


@pytest.mark.slow
def test_png_shows_text_and_is_reproducible() -> None:
    pytest.importorskip("resvg_py", reason="resvg is not installed")
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    drawn = png(_focus())
    picture = image.open(BytesIO(drawn)).convert("L")
    title = picture.crop((0, 0, picture.width, 120))
    assert title.getextrema()[0] < 60
    assert drawn == png(_focus())


def test_missing_resvg_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"pip install 'coprod-review\[word\]'"):
        png(_focus())


def test_tall_chart_fits_the_page() -> None:
    assert picture_size('<svg width="100" height="1000">') == (DOWN / 10, DOWN)
    assert picture_size('<svg width="800" height="400">') == (16, 8)


def test_alternative_text_names_chart_and_table() -> None:
    chart = _focus()
    text = alternative_text(chart)
    assert text.startswith(f"Chart: {chart.chart.title}")
    assert "table below" in text
    assert text.endswith(chart.chart.description)


def test_uncovered_characters_become_codes() -> None:
    assert replace_missing_glyphs("Aé€ Ω Ж ש م →") == "Aé€ Ω Ж ש م →"
    assert replace_missing_glyphs("中 🦀") == "[U+4E2D] [U+1F980]"


@pytest.mark.slow
def test_covered_characters_exist_in_the_fonts() -> None:
    typst = pytest.importorskip("typst", reason="typst is not installed")
    from coprod_review.documents.print_assets import FONT_FOLDER, _available_characters

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER])
    text = "".join(
        chr(sign) for sign in sorted(_available_characters()) if chr(sign).isprintable() and chr(sign) != " "
    )
    setting = '#set document(title: "x")\n#set text(font: ("Source Sans 3", "DejaVu Sans"), fallback: false)\n'
    styles = "#sys.inputs.t #strong(sys.inputs.t) #emph(sys.inputs.t) #strong(emph(sys.inputs.t))"
    assert len(text) > 5000
    assert typst.compile(
        (setting + styles).encode(), font_paths=fonts, sys_inputs={"t": " ".join(text)}, pdf_standards=["ua-1"]
    )


def test_control_characters_are_escaped() -> None:
    assert printable("a\x07b\u202ec\ud800 d\u00a0e\nf") == "a\\u0007b\\u202ec\\ud800 d e\nf"


def test_numbers_behind_right_to_left_words_keep_their_place() -> None:
    assert printable("שלום מרחבא 12, 2019") == "שלום מרחבא\u200e 12, 2019"


@pytest.mark.parametrize(
    ("date", "environment", "seconds"),
    [
        ("2026-11-23", {}, 1795392000),
        ("2026-11-23", {"SOURCE_DATE_EPOCH": "86400"}, 86400),
        ("2026-11-23", {"SOURCE_DATE_EPOCH": "now"}, 1795392000),
        ("2026-11-23", {"SOURCE_DATE_EPOCH": "9" * 9000}, 4354819198),
        ("9999-12-31", {}, 4354819198),
        ("0999-12-31", {}, 0),
        ("", {}, 0),
        ("undated", {}, 0),
    ],
)
def test_document_time_is_date_or_source_date_epoch(
    date: str, environment: Mapping[str, str], seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert timestamp(Document("T", (), date=date)) == seconds


def test_column_widths_fit_longest_words() -> None:
    first, second = column_widths(
        grid(["Group", "People living in a care home or in a nursing home"], ["Studies", "7"])
    )
    assert second * 100 >= len("Studies")
    assert first > 0.8
    assert first + second == pytest.approx(1)


def test_empty_table_has_equal_columns() -> None:
    assert column_widths(grid([""], [""])) == (0.5, 0.5)


def test_wide_table_is_divided_by_columns() -> None:
    words = [[f"{'heading' * 2}{n}", str(n)] for n in range(20)]
    wide = grid(["Group", "all"], *words, numeric=True)
    parts = split_wide_table(wide)
    assert len(parts) > 2
    assert all(plain_text(part.columns[0]) == "Group" and plain_text(part.rows[0][0]) == "all" for part in parts)
    assert [plain_text(c) for part in parts for c in part.columns[1:]] == [head for head, _ in words]
    assert plain_text(parts[1].caption) == f"Caption (part 2 of {len(parts)})"
    assert split_wide_table(parts[0]) == (parts[0],)


def test_rows_are_as_high_as_their_longest_cell() -> None:
    assert line_counts(grid(["Group", "all", "x " * 400], ["Studies", "7", ""])) == (1, 10)


def _leads(*runs: Run, blocks: tuple[Paragraph | Heading, ...] = ()) -> list[str]:
    links = Links(Document("T", (*blocks, Paragraph(runs))))
    return [links.target(run) for run in runs]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//x.org",
        "/a",
        "https://a b",
        "#no",
        "https://a.org/\u202ex",
        "https://a.org/\x07",
    ],
)
def test_disallowed_address_has_no_target(address: str) -> None:
    assert _leads(Run("x", link=address)) == [""]


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", "http://example.org", "mailto:a@example.org"])
def test_web_and_mail_addresses_are_allowed(address: str) -> None:
    assert _leads(Run("x", link=address)) == [address]


def test_study_links_to_its_reference() -> None:
    entry = Paragraph((Run("Kay (2019)"),), "ref-kay-2019")
    study = Run("Kay", annotations=(AnnotationTag("effect", "a"), AnnotationTag("study", "kay-2019")))
    other = Run("Lee", annotations=(AnnotationTag("study", "lee-2020"),))
    outer = Run("of Kay", annotations=(AnnotationTag("study", "kay-2019"), AnnotationTag("cell", "a")))
    call = Run(note="a", annotations=study.annotations)
    assert _leads(study, other, outer, call, blocks=(entry,)) == ["#ref-kay-2019", "", "", ""]


def test_unsafe_anchors_are_renamed_uniquely() -> None:
    text: Runs = (Run("x"),)
    anchors = ["in-short", "Ref-A", "ref-a", "a b<c>", "x" * 60, "in-short"]
    blocks = [Paragraph(text, anchor) for anchor in anchors]
    links = Links(Document("T", tuple(blocks)))
    names = [links.place_name(anchor) for anchor in anchors]
    assert names == ["in-short", "place_2", "ref-a", "place_4", "place_5", ""]
    assert links.target(Run("x", link="#a b<c>")) == "#place_4"


def test_a_heading_without_text_is_no_place() -> None:
    assert _leads(Run("x", link="#gone"), blocks=(Heading(2, (Run(" "),), "gone"),)) == [""]
