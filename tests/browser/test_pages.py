"""Briefings in a real browser: people can read them, and they run and request nothing."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser.conftest import PAGES, Open

pytestmark = pytest.mark.slow

SCHEMES = ("light", "dark")
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return {
    at: it.getAttribute('href') ?? it.getAttribute('aria-labelledby') ?? it.tagName,
    outline: [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor],
    width: box.width, height: box.height,
    seen: box.bottom > 0 && box.top < innerHeight && getComputedStyle(it).clipPath === 'none',
  };
}"""
STOPS = """() => [...document.querySelectorAll('a[href], [tabindex="0"]')]
  .map(it => it.getAttribute('href') ?? it.getAttribute('aria-labelledby'))"""


# --- checkers ------------------------------------------------------------------------------


# Pages of every kind of block are checked in both looks, and briefings, which take long, in one of them.
LIGHT_AND_WIDE = ("sample", "everywhere", "summary", "review")
DARK_AND_NARROW = ("sample", "everywhere", "long", "plain", "group")


def test_every_page_is_checked_in_some_look() -> None:
    assert {*LIGHT_AND_WIDE, *DARK_AND_NARROW} == set(PAGES)


@pytest.mark.parametrize("name", LIGHT_AND_WIDE)
def test_axe_finds_nothing_on_light_wide_pages(name: str, opened: Open, axe: str) -> None:
    _assert_accessible(opened(name, color_scheme="light", viewport=WIDE, bypass_csp=True), axe)


@pytest.mark.parametrize("name", DARK_AND_NARROW)
def test_axe_finds_nothing_on_dark_narrow_pages(name: str, opened: Open, axe: str) -> None:
    _assert_accessible(opened(name, color_scheme="dark", viewport=NARROW, bypass_csp=True), axe)


def _assert_accessible(page: Page, axe: str) -> None:
    page.evaluate(axe)
    rules = {"target-size": {"enabled": True}, "css-orientation-lock": {"enabled": True}}
    found = page.evaluate("rules => axe.run({rules, resultTypes: ['violations', 'incomplete']})", rules)
    assert [(rule["id"], [node["html"] for node in rule["nodes"][:3]]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_the_html_checker_finds_nothing(pages: dict[str, Path], checker: tuple[str, ...]) -> None:
    done = subprocess.run([*checker, *pages.values()], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


# --- reading -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_page_reflows_at_320_pixels(name: str, opened: Open) -> None:
    page = opened(name, viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("[...document.querySelectorAll('svg')].every(it => it.getBoundingClientRect().width <= 320)")


def test_wide_tables_scroll_in_their_region(opened: Open) -> None:
    page = opened("long", viewport=NARROW)
    region = page.locator(".scroll").filter(has_text="Studies, their years and titles")
    region.evaluate("it => { it.scrollLeft = 9999; }")
    assert region.evaluate("it => it.scrollLeft") > 100
    box = region.locator("caption span").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_doubled_text_size_reflows(opened: Open) -> None:
    page = opened("long", viewport=WIDE)
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(size) == 2 * before
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_lines_keep_a_readable_length_on_a_wide_screen(opened: Open) -> None:
    page = opened("long", viewport={"width": 1920, "height": 1080})
    lengths = page.evaluate("""() => [...document.querySelectorAll('main p')].map(it => {
      const range = document.createRange();
      range.selectNodeContents(it);
      const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top / 10)));
      return tops.size > 4 ? it.innerText.length / tops.size : 0;
    })""")
    assert 45 < max(lengths) < 85


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_outlines_have_contrast(scheme: str, opened: Open) -> None:
    page = opened("sample", color_scheme=scheme)
    colour = "name => getComputedStyle(document.documentElement).getPropertyValue(name)"
    ground = _light(page.evaluate(colour, "--ground"))
    assert (ground > 0.5) == (scheme == "light")
    for name in ("--edge", "--focus"):
        light = _light(page.evaluate(colour, name))
        assert (max(light, ground) + 0.05) / (min(light, ground) + 0.05) >= 3


def _light(colour: str) -> float:
    """Relative luminance of a colour, as the contrast rules define it."""
    parts = [int(colour.strip()[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_charts_keep_a_white_background_in_dark_mode(opened: Open) -> None:
    page = opened("sample", color_scheme="dark")
    ground = "name => getComputedStyle(document.querySelector(name)).backgroundColor"
    assert page.evaluate(ground, "figure") == "rgb(255, 255, 255)"
    assert page.evaluate(ground, "html") != "rgb(255, 255, 255)"


def test_text_is_complete_without_scripts(opened: Open) -> None:
    for name in ("sample", "everywhere", "summary"):
        with_scripts = opened(name).inner_text("body")
        assert opened(name, java_script_enabled=False).inner_text("body") == with_scripts
        assert len(with_scripts) > 1000


# --- the keyboard --------------------------------------------------------------------------


def test_skip_link_comes_first(opened: Open) -> None:
    page = opened("sample", viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["at"] == "#main"
    assert page.evaluate(FOCUSED)["seen"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


# The hundreds of stops of the review are of the kinds that the other pages have.
@pytest.mark.parametrize(
    ("name", "scheme"), [("sample", "dark"), *((name, "light") for name in PAGES if name != "review")]
)
def test_tab_reaches_every_stop_with_visible_focus(name: str, scheme: str, opened: Open) -> None:
    page = opened(name, color_scheme=scheme, viewport=WIDE)
    colour = "rgb(184, 60, 0)" if scheme == "light" else "rgb(255, 180, 84)"
    stops = page.evaluate(STOPS)
    assert len(stops) > 8
    for stop in stops:
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert (focused["at"], focused["outline"], focused["seen"]) == (stop, ["solid", 3, colour], True)


def test_a_wide_table_scrolls_by_the_keyboard(opened: Open) -> None:
    page = opened("long", viewport=NARROW, bypass_csp=True)  # waiting is a script of its own
    region = page.locator(".scroll").filter(has_text="Studies, their years and titles")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_standalone_links_are_large_enough(opened: Open) -> None:
    page = opened("long", viewport=NARROW)
    heights = page.evaluate("""() => [...document.querySelectorAll('nav a, .back')]
      .map(it => it.getBoundingClientRect().height)""")
    assert min(heights) >= 24


def test_figure_links_to_its_appendix_and_back(opened: Open) -> None:
    page = opened("long", viewport=WIDE)
    figure = page.locator("a.figure").first
    figure.press("Enter")
    section = page.locator(":target")
    assert section.get_attribute("class") == "opened"
    assert section.bounding_box()["y"] < 100  # type: ignore[index]
    section.locator("a.back").press("Enter")
    assert page.locator(":target").get_attribute("data-brief") == figure.get_attribute("data-brief")


# --- print ---------------------------------------------------------------------------------


def test_print_omits_screen_only_parts(opened: Open) -> None:
    page = opened("long")
    assert page.locator(".appendix").is_visible()
    assert not page.locator(".print-only").is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert not any(page.locator(it).first.is_visible() for it in (".appendix", "nav", ".skip", ".back"))
    assert "is not printed" in page.locator(".print-only").inner_text()
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


# --- stillness -----------------------------------------------------------------------------


class _Watched:
    """A watched page: its dialogs, console messages, errors and requests."""

    def __init__(self, page: Page, address: str) -> None:
        self.happened: list[str] = []
        page.on("dialog", self._dismiss)
        page.on("console", lambda it: self.happened.append(f"console {it.text}"))
        page.on("pageerror", lambda it: self.happened.append(f"error {it}"))
        page.on("request", lambda it: self.happened.append(f"request {it.url}") if it.url != address else None)
        page.goto(address)

    def _dismiss(self, dialog: Dialog) -> None:
        self.happened.append(f"dialog {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def watched(browser: Browser) -> Any:
    context = browser.new_context()
    yield lambda path: _Watched(context.new_page(), path.as_uri()).happened
    context.close()


def test_pages_run_and_request_nothing(pages: dict[str, Path], watched: Any) -> None:
    assert {name: watched(path) for name, path in pages.items()} == {name: [] for name in pages}


def test_watcher_notices_active_pages(tmp_path: Path, watched: Any) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><img src=no.png onerror=alert(1)><script>throw 2</script>", encoding="utf-8")
    kinds = {happened.split()[0] for happened in watched(page)}
    assert kinds == {"dialog", "console", "error", "request"}


def test_content_policy_blocks_injected_elements(pages: dict[str, Path], tmp_path: Path, watched: Any) -> None:
    page = tmp_path / "page.html"
    slipped = "<img src=no.png onerror=alert(1)><script>alert(2)</script><p style='color: red'>x</p>"
    text = pages["sample"].read_text(encoding="utf-8")
    page.write_text(text.replace("</main>", f"{slipped}</main>"), encoding="utf-8")
    happened = watched(page)
    assert not [it for it in happened if it.startswith(("dialog", "error"))]
    stopped = {
        kind for kind in ("image", "script", "style") for it in happened if re.search(f"(?i)console.*{kind}", it)
    }
    assert stopped == {"image", "script", "style"}
