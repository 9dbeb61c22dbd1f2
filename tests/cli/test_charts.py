"""Pictures of ``gaps``: one for each analysis that has a chart, with the numbers of its JSON."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from coprod_review.gaps.registry import ANALYSES
from coprod_review.loading.evidence_base import EvidenceBase
from coprod_review.model.study import eligible
from coprod_review.phrasing.analyses.registry import charts
from coprod_review.reports.gaps import results_of
from coprod_review.results.chart import Bar, Chart
from tests.conftest import base_of, entry

pytestmark = pytest.mark.slow

NS = "{http://www.w3.org/2000/svg}"
WITHOUT = ("reporting", "testimony", "claims")
"""Analyses that have no picture."""
DRAWN = tuple(name for name in ANALYSES if name not in WITHOUT)

Entry = dict[str, Any]


def _texts(picture: str) -> list[str]:
    """Every text of a picture in its order, lines that belong together as one."""
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{NS}svg"
    return [" ".join("".join(text.itertext()).split()) for text in root.iter(f"{NS}text")]


def _described(picture: str) -> str:
    return ElementTree.fromstring(picture).findtext(f"{NS}desc") or ""


def _draw(run: Any, target: Path, *arguments: object) -> str:
    done = run(*arguments, "-o", target)
    assert (done.code, done.out, done.err) == (0, "", "")
    return target.read_text(encoding="utf-8")


def _json(run: Any, *arguments: object) -> Entry:
    (result,) = json.loads(run(*arguments, "--format", "json").out)["results"]
    assert isinstance(result, dict)
    return result


def _numbers(figure: Entry) -> tuple[str, ...]:
    """What a picture has to say of a figure: its count, and its limits or what is not known."""
    unknown = (figure["unknown"] or {"count": 0})["count"]
    whole = (figure["denominator"] or 0) + unknown
    if figure["numerator"] is None:
        return (f"not known for any of {whole}",) if whole else ("to count",)
    if unknown:
        least = f"at least {figure['numerator']} of {whole} " if figure["numerator"] else f"of {whole} "
        return least, f"not known for {unknown}"
    counted = f"{figure['numerator']} of {figure['denominator']} "
    if figure["interval"] is None:
        return (counted,)
    low, high = (_percent(figure["interval"][end]) for end in ("low", "high"))
    return (counted, f"up to {high}") if figure["interval"]["sides"] == 1 else (counted, f"{low} to {high}")


def _percent(share: float) -> str:
    rounded = round(100 * share)
    return "under 1%" if not rounded and share else "over 99%" if rounded == 100 and share < 1 else f"{rounded}%"


# --- every analysis ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ANALYSES)
def test_every_analysis_draws_or_explains(name: str, tmp_path: Path, run: Any, bundled: EvidenceBase) -> None:
    target = tmp_path / f"{name}.svg"
    done = run("gaps", name, "-o", target)
    if name in WITHOUT:
        assert (done.code, done.out) == (2, "")
        assert done.err == (
            "coprod-review: This report has nothing to draw: name one analysis that has a picture, such as focus.\n"
        )
        assert list(tmp_path.iterdir()) == []
        return
    assert (done.code, done.out, done.err) == (0, "", "")
    picture = target.read_text(encoding="utf-8")
    texts = _texts(picture)
    (chart,) = _charts(bundled, name)
    assert " ".join(texts).startswith(chart.title)
    assert _described(picture) == chart.description
    assert picture == run("gaps", name, "--format", "svg").out
    entries, evidence = len(bundled.studies), len(eligible(bundled.studies, bundled.framework.codebook))
    assert f"{entries} entries; {evidence} count as evidence" in " ".join(texts)
    assert "a curated collection, not a systematic map" in " ".join(texts)


@pytest.mark.parametrize("name", [n for n in DRAWN if n not in ("matrix", "care-act", "intersections")])
def test_bar_labels_match_json(name: str, tmp_path: Path, run: Any, bundled: EvidenceBase) -> None:
    picture = _draw(run, tmp_path / "x.svg", "gaps", name)
    texts, described = _texts(picture), _described(picture)
    figures = {f["id"]: f for f in _json(run, "gaps", name)["figures"]}
    bars = [(bar.label, bar.id) for bar in _bars(bundled, name)]
    assert bars
    for identity, description in _description_by_figure(described, bars).items():
        for number in _numbers(figures[identity]):
            assert [text for text in texts if number in f"{text} "], (identity, number)
            assert number in description, (identity, number, description)
    drawn = [text for text in texts if re.search(r"\d+ of \d+|not known for any|to count", text)]
    labels = [text for text in drawn if not text.startswith(("Source:", "Caution:"))]
    assert len(labels) >= len(bars)


def _charts(bundled: EvidenceBase, name: str) -> tuple[Chart, ...]:
    """The charts of an analysis in words."""
    (result,) = results_of(bundled, [name])
    return charts(result, bundled.framework)


def _bars(bundled: EvidenceBase, name: str) -> list[Bar]:
    """The bars of an analysis."""
    return [bar for chart in _charts(bundled, name) for bar in chart.bars]


@pytest.mark.parametrize("name", DRAWN)
def test_bar_lengths_match_json(name: str, run: Any, bundled: EvidenceBase) -> None:
    figures = {f["id"]: f for f in _json(run, "gaps", name)["figures"]}
    for bar in _bars(bundled, name):
        figure = figures[bar.id]
        unknown = (figure["unknown"] or {"count": 0})["count"]
        assert (bar.n, bar.unknown) == (figure["numerator"] or 0, unknown), bar.id
        assert bar.total == (figure["denominator"] or 0) + unknown, bar.id
        interval = figure["interval"]
        limits = (interval["low"], interval["high"]) if interval and not unknown else (None, None)
        assert (bar.low, bar.high) == limits, bar.id


def _description_by_figure(described: str, bars: list[tuple[str, str]]) -> dict[str, str]:
    """Return the part of the description on each figure, from its label to the next one."""
    starts = [(described.index(f"{label}: "), identity) for label, identity in bars]
    ends = [*(start for start, _ in starts[1:]), len(described)]
    return {identity: described[start:end] for (start, identity), end in zip(starts, ends, strict=True)}


@pytest.mark.parametrize(
    "asked",
    [
        ("matrix",),
        ("matrix", "--detail"),
        ("matrix", "--rows", "sector", "--cols", "place"),
        ("matrix", "--rows", "stakeholder", "--cols", "direction"),
        ("care-act",),
        ("intersections",),
    ],
    ids=" ".join,
)
def test_map_counts_match_json(asked: tuple[str, ...], tmp_path: Path, run: Any) -> None:
    texts = _texts(_draw(run, tmp_path / "x.svg", "gaps", *asked))
    table = next(t for t in _json(run, "gaps", *asked)["tables"] if t["row_ids"])
    first, *others = table["columns"]
    at, drawn = 0, 0
    for row in table["rows"]:
        at = next(n for n in range(at, len(texts)) if texts[n] == " ".join(row[first].split())) + 1
        for cell in (row[name] for name in others if isinstance(row[name], dict)):
            words = _drawn_count(cell, is_in_one="(" in texts[at])
            assert texts[at : at + len(words)] == words, row[first]
            at, drawn = at + len(words), drawn + 1
    assert drawn > 10


def _drawn_count(cell: Entry, *, is_in_one: bool) -> list[str]:
    """What a picture has of a count: what the review adds is next to the square, or within the text of a total."""
    number, added = str(cell["count"]), len(cell["attributed"])
    if not added:
        return [number]
    return [f"{number} (+{added})"] if is_in_one else [number, f"+{added}"]


def test_gaps_without_name_draws_focus(tmp_path: Path, run: Any) -> None:
    assert _draw(run, tmp_path / "a.svg", "gaps") == _draw(run, tmp_path / "b.svg", "gaps", "focus")


def test_the_definition_decides_what_is_drawn(tmp_path: Path, run: Any) -> None:
    strict, broad = (
        _described(_draw(run, tmp_path / f"{d}.svg", "gaps", "focus", "--definition", d)) for d in ("strict", "broad")
    )
    assert strict != broad
    figures = {f["id"]: f for f in _json(run, "gaps", "focus")["figures"]}
    for text, stem in ((strict, "focus.reported"), (broad, "focus.reported-broad")):
        for side in ("outcome", "process"):
            assert f"at least {figures[f'{stem}.{side}-share']['numerator']} of " in text


@pytest.mark.parametrize("name", ["focus", "sector", "matrix"])
def test_filtered_picture_states_its_filter(name: str, tmp_path: Path, run: Any, bundled: EvidenceBase) -> None:
    where = ("--where", "sector=health", "--where", "year>=2019")
    picture = _draw(run, tmp_path / "x.svg", "gaps", name, *where)
    base = json.loads(run("gaps", name, *where, "--format", "json").out)["base"]
    text = " ".join(_texts(picture))
    assert f"{base['studies']} of {len(bundled.studies)} entries" in text
    assert "sector=health; year>=2019" in text


# --- what cannot be drawn -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gaps", "focus", "--format", "json", "-o", "x.svg"), "names the format svg, but --format names json"),
        (("gaps", "focus", "--format", "svg", "-o", "x.json"), "names the format json, but --format names svg"),
        (("gaps", "focus", "sector", "-o", "x.svg"), "One picture holds one analysis: name one"),
        (("gaps", "--all", "-o", "x.svg"), "One picture holds one analysis: name one"),
        (("gaps", "focsu", "-o", "x.svg"), "did you mean `focus`?"),
        (("gaps", "focus", "--where", "year>=2030", "-o", "x.svg"), "No study that counts as evidence"),
        (("list", "-o", "x.svg"), "nothing to draw"),
        (("show", "17", "-o", "x.svg"), "nothing to draw"),
        (("claims", "-o", "x.svg"), "nothing to draw"),
        (("codebook", "-o", "x.svg"), "nothing to draw"),
        (("why", "focus.ratio", "-o", "x.svg"), "nothing to draw"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_unpicturable_reports_give_one_line_errors(
    arguments: tuple[str, ...], words: str, tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in " ".join(done.err.split())
    assert done.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("list",), ("show", "17"), ("claims",), ("codebook",), ("why", "focus.ratio")])
def test_commands_without_charts_reject_svg(command: tuple[str, ...], run: Any) -> None:
    assert "svg" not in run(command[0], "--help").out
    done = run(*command, "--format", "svg")
    assert (done.code, done.out) == (2, "")
    assert "'svg' is not one of 'terminal', 'json', 'csv', 'markdown'" in " ".join(done.err.split())


def test_explicit_svg_format_allows_any_suffix(tmp_path: Path, run: Any) -> None:
    assert run("gaps", "focus", "--format", "svg", "-o", tmp_path / "picture") == (0, "", "")
    assert (tmp_path / "picture").read_text(encoding="utf-8").startswith("<svg")
    assert run("gaps", "focus", "-o", tmp_path / "X.SVG") == (0, "", "")


def test_failed_drawing_keeps_the_old_file(tmp_path: Path, run: Any) -> None:
    target = tmp_path / "x.svg"
    target.write_text("before", encoding="utf-8")
    assert run("gaps", "claims", "-o", target).code == 2
    assert target.read_text(encoding="utf-8") == "before"


# --- other bases -------------------------------------------------------------------------------


ALONE = {
    "one study": entry("Kay", 2019),
    "nothing known": entry("Kay", 2019) + entry("Able", 2020) + entry("Baker", 2021),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("base", ALONE)
def test_sparse_base_draws_finite_numbers(base: str, name: str, tmp_path: Path, run: Any) -> None:
    base_of(tmp_path, studies="studies:\n" + ALONE[base])
    done = run("gaps", name, "--base", tmp_path, "-o", tmp_path / "x.svg")
    assert done.code in (0, 2)
    assert done.err.count("\n") == (done.code == 2)
    if done.code == 0:
        picture = (tmp_path / "x.svg").read_text(encoding="utf-8")
        assert not re.search(r"\b(nan|inf|NaN|Infinity)\b", picture)
        for mark in ElementTree.fromstring(picture).iter():
            assert all(float(mark.get(side, "0")) >= 0 for side in ("width", "height") if mark.tag.endswith("rect"))


def test_xml_in_base_texts_is_escaped(tmp_path: Path, run: Any) -> None:
    about = (
        'name: "a <b> & \\"c\\""\ntitle: "<script>alert(1)</script> & more"\nversion: "1"\nas_of: 2026-01-01\n'
        "licence: CC0\nschema: coprod-review/base/2\neligibility: All.\nsearch: none documented\ncoding: By hand.\n"
        "caution: Few.\nsources: [hand]\nscope: {sector: social-care}\n"
    )
    base_of(tmp_path, base=about, studies="studies:\n" + entry("Kay", 2019))
    done = run("gaps", "focus", "--base", tmp_path, "--skip-invalid", "-o", tmp_path / "x.svg")
    assert done.code in (0, 2), done.err
    if done.code == 0:
        picture = (tmp_path / "x.svg").read_text(encoding="utf-8")
        assert "<script" not in picture
        assert "<script>alert(1)</script> & more" in " ".join(_texts(picture))


def test_pictures_are_reproducible(tmp_path: Path, run: Any) -> None:
    for name in ("focus", "matrix"):
        one, two = (_draw(run, tmp_path / f"{n}.svg", "gaps", name) for n in (1, 2))
        assert one == two
