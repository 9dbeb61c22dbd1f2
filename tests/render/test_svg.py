"""Pictures: whole, safe, readable in grey, and with every label and number as text.

Longer than 400 lines, because every kind of chart is checked for the same properties.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from coprod_review.errors import UnknownName
from coprod_review.render import svg
from coprod_review.render.drawing import colours
from coprod_review.render.drawing.matrix_layout import scale_of
from coprod_review.render.drawing.text_layout import (
    ASCENT,
    BODY,
    LEADING,
    TITLE,
    TextStyle,
    single_line,
    text_width,
    wrap,
    wrap_balanced,
)
from coprod_review.results.chart import Bar, Chart
from coprod_review.results.figure import Unit
from coprod_review.results.report import Report
from coprod_review.results.table import Cell, Count, Table

NS = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


def count(n: int, unit: Unit = "study") -> Count:
    return Count(tuple(f"a{i}" for i in range(n)), unit=unit)


def table(rows: int, columns: int, label: str = "{} number {}", most: int = 7) -> Table:
    names = (*(label.format("An outcome domain", n) for n in range(columns - 1)), "All")
    sides = (*(label.format("People of a group", n) for n in range(rows - 1)), "All")
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (side, *(count(r * c % (most + 1)) for c in range(columns))) for r, side in enumerate(sides)
    )
    last_row, last_column = frozenset({rows - 1}), frozenset({columns})
    return Table("t", ("Group", *names), cells, "A note.", total_rows=last_row, total_columns=last_column)


BARS = Chart(
    "sector",
    "bars",
    "How much is about social care?",
    "Two bars.",
    bars=(
        Bar("About social care alone", 1, 21, "1 of 21 studies (5%; 95% confidence interval 1% to 23%)", 0.01, 0.23),
        Bar("Including social care", 6, 21, "6 of 21 studies (29%; 95% confidence interval 14% to 50%)", 0.14, 0.5),
        Bar("Nobody", 0, 21, "0 of 21 studies (95% confidence interval up to 13%)", 0.0, 0.13),
    ),
    caution="A caution.",
)
PAIRS = Chart(
    "focus",
    "pairs",
    "Outcomes or process?",
    "Two pairs.",
    bars=(
        Bar("Examine outcomes", 22, 28, "22 of 28 studies (79%; 95% confidence interval 60% to 90%)", 0.6, 0.9),
        Bar("Examine process", 21, 28, "21 of 28 studies (75%; 95% confidence interval 57% to 87%)", 0.57, 0.87),
        Bar("Report outcomes", 21, 28, "at least 21 of 28 studies (not known for 7)", unknown=7),
        Bar("Report process", 18, 28, "at least 18 of 28 studies (not known for 10)", unknown=10),
    ),
    series=("Outcomes", "Process"),
)
MAP = Chart(
    "matrix",
    "matrix",
    "Which outcomes does any study report?",
    "A map.",
    table=Table(
        "The map",
        ("Outcome domain", "Studies", "Primary", "Said", "Share", "Gaps"),
        (
            ("People: all", count(12), count(9), None, 0.5, ""),
            (
                "People: health and wellbeing",
                count(7),
                count(1),
                count(30, "statement"),
                0.25,
                "Findings disagree; thin",
            ),
            ("People: home and daily living", count(0), count(0), 0, None, "No evidence in this base"),
            ("All", count(12), count(9), None, 1.0, ""),
        ),
        "Distinct studies.",
        total_rows=frozenset({0, 3}),
    ),
)
LARGE = Chart("groups", "matrix", "Groups and domains", "Large.", table=table(24, 23))
HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "a & b ]]> c <!-- d",
    "&amp; &#x3c; {{ 7 * 7 }}",
    "\x00\x07\x1b[31mred\x9b",
    "\u202eright to left\u2066\u200f",
    "\ufffe\ud800 lone",
    "W" * 300,
    "two\nlines\tand a tab",
    "Ω漢字🙂 ﷽ Жж",
    "",
)
HOSTILE_BARS = Chart(
    HOSTILE[0],
    "bars",
    " ".join(HOSTILE),
    " ".join(HOSTILE),
    bars=tuple(Bar(text, 1, 3, text, 0.1, 0.9, 1, text) for text in HOSTILE),
    caution=" ".join(HOSTILE),
)
HOSTILE_PAIRS = Chart('x" y', "pairs", HOSTILE[7], "", bars=HOSTILE_BARS.bars[7:9] * 2, series=(HOSTILE[0], HOSTILE[7]))
HOSTILE_MATRIX = Chart(
    "1 2",
    "matrix",
    HOSTILE[3],
    HOSTILE[4],
    table=Table(
        "t", ("", *HOSTILE), tuple((text, *(count(n) for n in range(10)), text) for text in HOSTILE), " ".join(HOSTILE)
    ),
)
HUGE_ROW: tuple[Cell, ...] = ("a", *(count(5**n % 20_011) for n in range(13)), 1234567.5)
HUGE = Chart(
    "h",
    "matrix",
    "Huge",
    "Large counts.",
    table=Table("t", ("", *"ABCDEFGHIJKLMN"), (HUGE_ROW, HUGE_ROW)),
)
ODD = Chart(
    "odd",
    "pairs",
    "Odd",
    "What may not be.",
    bars=(
        Bar("Nothing", 5, 0, "of nothing", 0.1, 0.9),
        Bar("Unknown", 0, 9, "not known for any of 9", unknown=9),
        Bar("More than all", 12, 9, "12 of 9", -0.5, 1.5, 4),
    ),
    series=("First of a pair", "Second of a pair"),
)
EMPTY = Chart("e", "bars", "Nothing", "No bars.")
BARE = Chart("b", "matrix", "Nothing", "No table.")
NARROW = Chart("n", "matrix", "One column", "Labels alone.", table=Table("t", ("Group",), (("A",), ("B",))))
ALL = (
    BARS, PAIRS, MAP, LARGE, HOSTILE_BARS, HOSTILE_PAIRS, HOSTILE_MATRIX, HUGE, ODD, EMPTY, BARE, NARROW,
)  # fmt: skip
each = pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.kind)


def report(*charts: Chart) -> Report:
    return Report("A title", (), dict, lambda: Table("", (), ()), lead=("Base x 1: 2 entries.", "More."), charts=charts)


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg.render(report(chart)))


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{NS}text")]


def rects(root: ElementTree.Element, fill: str) -> list[ElementTree.Element]:
    return [rect for rect in root.iter(f"{NS}rect") if rect.get("fill") == fill]


def value(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name])


@each
def test_picture_has_title_and_description(chart: Chart) -> None:
    root = drawn(chart)
    title, description = root.find(f"{NS}title"), root.find(f"{NS}desc")
    assert (root.tag, root.get("role"), root.get("lang")) == (f"{NS}svg", "img", "en-GB")
    assert title is not None
    assert description is not None
    assert (title.text or "", description.text or "") == (single_line(chart.title), single_line(chart.description))
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert re.fullmatch("[A-Za-z][A-Za-z0-9_-]*-title", title.attrib["id"])
    assert set(texts(root)) >= {
        text for text in (single_line(chart.title), "Source: A title. Base x 1: 2 entries.") if text
    }
    assert not chart.caution or f"Caution: {single_line(chart.caution)}" in texts(root)


def test_ids_begin_with_the_id_of_the_chart() -> None:
    assert [element.get("id") for element in drawn(PAIRS).iter() if element.get("id")] == ["focus-title", "focus-desc"]


@each
def test_picture_is_self_contained_and_passive(chart: Chart) -> None:
    text = svg.render(report(chart))
    root = ElementTree.fromstring(text)
    assert {e.tag.removeprefix(NS) for e in root.iter()} <= {"svg", "title", "desc", "rect", "path", "text", "tspan"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name or name in ("style", "class")]
    assert "url(" not in "".join(v for element in root.iter() for v in element.attrib.values())
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert text.encode().endswith(b"</svg>\n")


@each
def test_colours_come_from_the_palette(chart: Chart) -> None:
    root = drawn(chart)
    ground = next(root.iter(f"{NS}rect"))
    size = root.attrib["viewBox"].removeprefix("0 0 ")
    assert (ground.get("fill"), f"{ground.get('width')} {ground.get('height')}") == ("#ffffff", size)
    palette = {v for v in vars(colours).values() if isinstance(v, str) and v.startswith("#")}
    palette |= {colour for step in colours.COUNT_SCALE for colour in step}
    assert {e.attrib[n] for e in root.iter() for n in ("fill", "stroke") if n in e.attrib} <= palette | {"none"}
    assert all(element.get("fill") for element in root.iter(f"{NS}text"))
    assert all(value(element, "font-size") >= 12 for element in root.iter(f"{NS}text"))


@pytest.mark.slow
@each
def test_output_is_reproducible_with_short_numbers(chart: Chart) -> None:
    assert svg.render(report(chart)) == svg.render(report(chart))
    attributes = " ".join(v for e in drawn(chart).iter() for v in e.attrib.values())
    assert not re.search(r"\.\d{3}|e-\d|nan|inf|-0\b(?!\.)", attributes)


@each
def test_every_label_and_number_is_there_as_text(chart: Chart) -> None:
    found = Counter(texts(drawn(chart)))
    expected = Counter(single_line(text) for bar in chart.bars for text in (bar.label, bar.words))
    if chart.table:
        expected += Counter(map(single_line, (*chart.table.columns, chart.table.note)))
        expected += Counter(shown(cell) for row in chart.table.rows for cell in row)
    del expected[""]
    assert {text: n for text, n in expected.items() if found[text] < n} == {}


def shown(cell: Cell) -> str:
    if isinstance(cell, Count):
        return str(cell.n)
    return (
        single_line(cell)
        if isinstance(cell, str)
        else ""
        if cell is None
        else f"{cell:.3f}"
        if isinstance(cell, float)
        else f"{cell}"
    )


# Layout


def corners(text: ElementTree.Element) -> Iterator[tuple[Point, ...]]:
    """The box of every line of a text, turned as the text is."""
    style = TextStyle(value(text, "font-size"), bold=text.get("font-weight") == "bold")
    turn = [float(n) for n in re.findall(r"[-\d.]+", text.get("transform", "0 0 0"))]
    for line in text:
        wide = text_width((line.text or "").strip(), style)
        left = value(line, "x") - (wide / 2 if text.get("text-anchor") == "middle" else 0)
        top = value(line, "y") - style.size * ASCENT
        bottom = top + style.size * LEADING
        yield tuple(turned(p, turn) for p in ((left, top), (left + wide, top), (left + wide, bottom), (left, bottom)))


def turned(point: Point, turn: list[float]) -> Point:
    angle, x, y = math.radians(turn[0]), point[0] - turn[1], point[1] - turn[2]
    sine, cosine = math.sin(angle), math.cos(angle)
    return turn[1] + x * cosine - y * sine, turn[2] + x * sine + y * cosine


def overlap(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether two boxes share more than a rim: no side of either has one wholly on its other side."""
    for box in (one, other):
        for (x1, y1), (x2, y2) in ((box[0], box[1]), (box[1], box[2])):
            length = math.hypot(x2 - x1, y2 - y1)
            spans = [[((x2 - x1) * x + (y2 - y1) * y) / length for x, y in each] for each in (one, other)]
            if min(map(max, spans)) - max(map(min, spans)) < 0.1:
                return False
    return True


@each
def test_texts_do_not_overlap_or_overflow(chart: Chart) -> None:
    root = drawn(chart)
    right, bottom = (float(n) for n in root.attrib["viewBox"].split()[2:])
    boxes = [box for text in root.iter(f"{NS}text") for box in corners(text)]
    assert [box for box in boxes for x, y in box if not (0 < x < right and 0 < y < bottom)] == []
    near = (pair for pair in combinations(boxes, 2) if max_gap(*pair) < 0)
    assert [pair for pair in near if overlap(*pair)] == []


def max_gap(one: tuple[Point, ...], other: tuple[Point, ...]) -> float:
    """How far upright boxes around two boxes are apart; spares most of the work."""
    gaps = []
    for axis in (0, 1):
        first, second = [p[axis] for p in one], [p[axis] for p in other]
        gaps.append(max(min(first) - max(second), min(second) - max(first)))
    return max(gaps)


def test_overlap_check_detects_overlap() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    beside = tuple((x + 10, y) for x, y in square)
    diamond = ((14.0, 0.0), (24.0, 10.0), (14.0, 20.0), (4.0, 10.0))
    assert overlap(square, tuple((x + 9, y) for x, y in square))
    assert not overlap(square, beside)
    assert overlap(beside, diamond)
    assert not overlap(tuple((x, y - 6) for x, y in square), diamond)


@each
def test_no_shape_leaves_the_picture(chart: Chart) -> None:
    root = drawn(chart)
    right, bottom = (float(n) for n in root.attrib["viewBox"].split()[2:])
    for rect in root.iter(f"{NS}rect"):
        x, y = (float(rect.get(name, "0")) for name in "xy")
        assert 0 <= x <= x + value(rect, "width") <= right
        assert 0 <= y <= y + value(rect, "height") <= bottom
    for path in root.iter(f"{NS}path"):
        for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path.attrib["d"]):
            assert 0 <= float(x) <= right
            assert 0 <= float(y) <= bottom


def test_few_columns_have_upright_labels_and_many_turned_ones() -> None:
    assert [text for text in drawn(MAP).iter(f"{NS}text") if text.get("transform")] == []
    assert len([text for text in drawn(LARGE).iter(f"{NS}text") if text.get("transform")]) == 23


def test_long_legend_names_keep_the_width() -> None:
    assert drawn(HOSTILE_PAIRS).get("width") == drawn(HOSTILE_BARS).get("width") == "880"


# Bars


def test_bar_lengths_are_shares_and_unknowns() -> None:
    root = drawn(PAIRS)
    bands = rects(root, colours.BAND)
    whole, left = value(bands[0], "width"), value(bands[0], "x")
    solid = [value(rect, "width") / whole for rect in rects(root, colours.FIRST_FILL)[1:]]
    striped = [(value(rect, "width") + 2) / whole for rect in rects(root, colours.SECOND_FILL)[1:]]
    unknown = rects(root, colours.BACKGROUND)[2:]
    assert len(bands) == 4
    assert solid == pytest.approx([22 / 28, 21 / 28], abs=1e-4)
    assert striped == pytest.approx([21 / 28, 18 / 28], abs=1e-4)
    assert [value(rect, "width") / whole for rect in unknown] == pytest.approx([7 / 28, 10 / 28], abs=1e-4)
    assert [(value(rect, "x") - left) / whole for rect in unknown] == pytest.approx([21 / 28, 18 / 28], abs=1e-4)


def whiskers(root: ElementTree.Element) -> list[str]:
    return [p.attrib["d"] for p in root.iter(f"{NS}path") if p.get("stroke-width") == "6"]


def test_whiskers_run_from_limit_to_limit() -> None:
    root = drawn(BARS)
    band = rects(root, colours.BAND)[0]
    rods = [re.findall(r"[ML]([\d.]+) ", path)[:2] for path in whiskers(root)[1:]]
    limits = [[(float(x) - value(band, "x")) / value(band, "width") for x in rod] for rod in rods]
    assert limits == [pytest.approx(pair, abs=1e-4) for pair in ([0.01, 0.23], [0.14, 0.5], [0, 0.13])]


def test_paired_bars_differ_in_pattern_and_whiskers() -> None:
    root = drawn(PAIRS)
    stripes = [p for p in root.iter(f"{NS}path") if p.get("stroke") == colours.SECOND_OUTLINE]
    assert len(stripes) == 3
    assert ["a" in path for path in whiskers(root)] == [False, True, False, True]


def test_paired_bars_are_closer_than_pairs() -> None:
    tops = [value(band, "y") for band in rects(drawn(PAIRS), colours.BAND)]
    assert tops[1] - tops[0] < tops[2] - tops[1] > tops[3] - tops[2]


def test_the_legend_names_what_occurs_and_nothing_else() -> None:
    interval = "95% confidence interval"
    assert texts(drawn(BARS))[1:3] == ["Counted", interval]
    assert texts(drawn(PAIRS))[1:5] == ["Outcomes", "Process", "Not known", interval]
    assert texts(drawn(ODD))[1:4] == ["First of a pair", "Second of a pair", "Not known"]
    assert "Counted" not in texts(drawn(EMPTY))


def test_extreme_bars_stay_inside() -> None:
    root = drawn(ODD)
    bands = rects(root, colours.BAND)
    assert len(bands) == 2
    assert value(rects(root, colours.FIRST_FILL)[1], "width") == value(bands[1], "width")


def test_the_axis_names_its_whole() -> None:
    assert "Share of all 28" in texts(drawn(PAIRS))
    assert "Share of the studies in each bar" in texts(drawn(ODD))


# Matrix


def squares(chart: Chart) -> dict[str, list[tuple[float, str, str]]]:
    """Side, fill and dashes of each square by the number on it."""
    found: dict[str, list[tuple[float, str, str]]] = {}
    elements = list(drawn(chart))
    for rect, text in pairwise(elements):
        if rect.tag == f"{NS}rect" and rect.get("stroke") and text.tag == f"{NS}text":
            look = (value(rect, "width"), rect.attrib["fill"], rect.get("stroke-dasharray", ""))
            found.setdefault("".join(text.itertext()), []).append(look)
    return found


def test_squares_grow_with_counts() -> None:
    looks = {int(n): set(found) for n, found in squares(LARGE).items()}
    assert sorted(looks) == list(range(8))
    assert all(len(found) == 1 for found in looks.values())
    sides = [next(iter(looks[n]))[0] for n in range(8)]
    darkness = [-lightness(next(iter(looks[n]))[1]) for n in range(8)]
    assert sides == sorted(set(sides))
    assert darkness == sorted(darkness)
    assert len(set(darkness)) == 6
    assert [bool(next(iter(looks[n]))[2]) for n in range(8)] == [True] + [False] * 7


def test_totals_and_other_units_have_no_square() -> None:
    assert {n: len(found) for n, found in squares(MAP).items()} == {"0": 3, "1": 2, "4": 1, "7": 2}
    assert len(rects(drawn(MAP), colours.BAND)) == 3
    assert "The larger and darker, the more studies" in texts(drawn(MAP))


def test_totals_do_not_make_squares_smaller() -> None:
    cells = (("A", count(6), count(60)), ("All", count(60), count(600)))
    made = Table("t", ("Group", "One", "All"), cells, total_rows=frozenset({1}), total_columns=frozenset({2}))
    assert scale_of(made).largest == 6


@pytest.mark.parametrize("word", ["All", "People: all"])
def test_label_resembling_total_is_ordinary(word: str) -> None:
    plain, alike = (
        Chart("c", "matrix", "C", "", table=Table("t", ("", "One", name), ((name, count(3), count(2)),) * 2))
        for name in ("Two", word)
    )
    assert {n: len(found) for n, found in squares(plain).items()} == {
        n: len(found) for n, found in squares(alike).items()
    }
    assert rects(drawn(alike), colours.BAND) == []
    assert "On grey: all together" not in texts(drawn(alike))


def test_a_total_is_one_whatever_its_label() -> None:
    made = Table("t", ("", "One", "Sum"), (("a", count(3), count(2)), ("Whole", count(3), count(2))))
    chart = Chart("c", "matrix", "C", "", table=replace(made, total_rows=frozenset({1}), total_columns=frozenset({2})))
    assert "2" not in squares(chart)
    assert "On grey: all together" in texts(drawn(chart))


@pytest.mark.parametrize("chart", [LARGE, HUGE], ids=["many", "large"])
def test_no_square_lies_on_another(chart: Chart) -> None:
    boxes = [
        (value(rect, "x"), value(rect, "y"), value(rect, "width"))
        for rect in drawn(chart).iter(f"{NS}rect")
        if rect.get("stroke")
    ]
    pairs = combinations(boxes, 2)
    assert [(a, b) for a, b in pairs if max(max(a[n] - b[n] - b[2], b[n] - a[n] - a[2]) for n in (0, 1)) < 1] == []


def test_a_number_fits_its_square() -> None:
    looks = squares(HUGE)
    assert len(looks) == 14  # the counts, and the middle of the scale in the legend
    for n, found in looks.items():
        assert found[0][0] >= text_width(n, TextStyle(14))


# Words


def test_wrapped_lines_keep_text_and_limit() -> None:
    for text in (*HOSTILE, "a few plain words that need some lines", "no" * 99 + " then more"):
        for made in (wrap(text, BODY, 90), wrap_balanced(text, BODY, 90)):
            assert "".join(made) == single_line(text)
            assert all(text_width(line.strip(), BODY) <= 90 for line in made)


def test_balanced_lines_avoid_single_words() -> None:
    text = "Does research on co-production look at outcomes or at process?"
    limit = text_width(text, TITLE) * 0.9
    assert [line.strip() for line in wrap(text, TITLE, limit)][1] == "process?"
    assert len(wrap_balanced(text, TITLE, limit)) == 2
    assert len(wrap_balanced(text, TITLE, limit)[1]) > 20


# Colours


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, from 0 to 100: how light the colour is in grey."""
    return 116 * math.cbrt(luminance(colour)) - 16


def test_contrast_is_computed_as_wcag_has_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", [colours.BACKGROUND, colours.BAND])
@pytest.mark.parametrize("text", [colours.FOREGROUND, colours.MUTED])
def test_text_can_be_read(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(("fill", "text"), colours.COUNT_SCALE)
def test_numbers_on_squares_can_be_read(fill: str, text: str) -> None:
    assert contrast(text, fill) >= 4.5


@pytest.mark.parametrize(
    ("part", "ground"),
    [
        *(
            (part, colours.BACKGROUND)
            for part in (colours.FOREGROUND, colours.OUTLINE, colours.FIRST_FILL, colours.COUNT_OUTLINE)
        ),
        *((colours.SECOND_OUTLINE, ground) for ground in (colours.BACKGROUND, colours.BAND, colours.SECOND_FILL)),
        (colours.FIRST_FILL, colours.BAND),
        (colours.OUTLINE, colours.BAND),
    ],
)
def test_graphic_parts_have_contrast(part: str, ground: str) -> None:
    assert contrast(part, ground) >= 3


def test_adjacent_colours_differ_in_grey() -> None:
    assert abs(lightness(colours.FIRST_FILL) - lightness(colours.SECOND_FILL)) >= 40
    steps = [lightness(fill) for fill, _ in colours.COUNT_SCALE]
    assert all(one - other >= 8 for one, other in pairwise(steps))


# Which picture


def test_report_without_chart_advises_what_to_name() -> None:
    with pytest.raises(UnknownName, match=r"^This report has nothing to draw: name one analysis .* such as focus\.$"):
        svg.render(report())


def test_a_report_with_several_pictures_asks_for_one() -> None:
    with pytest.raises(UnknownName, match=r"^One picture holds one analysis: name one\.$"):
        svg.render(report(BARS, PAIRS))
