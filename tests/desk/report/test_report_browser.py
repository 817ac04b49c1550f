"""The report in a real browser: nothing runs over, nothing is hidden from anybody, it prints.

Set WELLKEPT_SHOTS to a folder to keep what the browser saw.
"""

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.report.awkward import a_hostile_document, a_tiny_measure, an_empty_document
from desk.report.documents import a_count, a_document
from wellkept.desk.report import write_report

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
WIDTHS = (1280, 390)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
VIEW = "innerWidth + '-' + (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')"
RUNS_OVER = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && !e.closest('svg, [tabindex], figure details, .unseen, thead'))
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    || e.closest('.card')
      && e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right + 1)
  .map(e => e.outerHTML.slice(0, 120))"""


def a_mixed_document() -> dict[str, Any]:
    measures = a_document()["measures"]
    for measure in measures:
        if measure["trend"]:
            measure["trend"]["points"] = measure["trend"]["points"][-20:]
    return a_document(measures=[measures[0], measures[2], a_count(), a_tiny_measure()])


DOCUMENTS = {
    "company": a_mixed_document,
    "hostile": a_hostile_document,
    "empty": an_empty_document,
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where each report lies, as a browser calls it."""
    folder = tmp_path_factory.mktemp("reports")
    for name, document in DOCUMENTS.items():
        (folder / f"{name}.html").write_text(write_report(document()), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in DOCUMENTS}


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a width and a scheme, offline; nothing may be said on its console."""
    view: tuple[int, Literal["light", "dark"]] = getattr(request, "param", (1280, "light"))
    width, scheme = view
    context = chromium.new_context(
        offline=True, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def keep(page: Page, name: str) -> None:
    """Keep what the browser sees, where somebody asked for it."""
    folder = os.environ.get("WELLKEPT_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("name", "page"),
    [
        *(("company", (width, scheme)) for width in WIDTHS for scheme in SCHEMES),
        ("hostile", (390, "dark")),
        ("hostile", (1280, "light")),
        ("empty", (390, "light")),
    ],
    indirect=["page"],
    ids=str,
)
def test_axe_finds_nothing_with_everything_open(
    page: Page, reports: dict[str, str], name: str
) -> None:
    page.goto(reports[name])
    keep(page, f"report-{name}-{page.evaluate(VIEW)}")
    page.evaluate(OPEN_ALL)
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


@pytest.mark.parametrize(
    "page", [(w, "light") for w in (1920, 1280, 960, 800, 390, 360)], indirect=True
)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_runs_over_at_any_width(page: Page, reports: dict[str, str], name: str) -> None:
    page.goto(reports[name])
    for step in ("null", OPEN_ALL):
        page.evaluate(step)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(RUNS_OVER) == []


def test_the_keyboard_goes_from_the_picture_to_the_case(
    page: Page, reports: dict[str, str]
) -> None:
    page.goto(reports["company"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.locator("#time_to_restore svg.chart a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(reports["company"] + "#time_to_restore-1")
    assert page.locator("tr:target").inner_text().count("Clinic Nord") == 1
    top = page.locator("tr:target").bounding_box()
    bar = page.locator(".top").bounding_box()
    assert top and bar and top["y"] >= bar["y"] + bar["height"]


def test_a_closed_list_opens_from_the_keyboard(page: Page, reports: dict[str, str]) -> None:
    page.goto(reports["company"])
    hidden = page.locator("#owed-13")
    assert not hidden.is_visible()
    page.locator("#now summary").focus()
    page.keyboard.press("Enter")
    expect(hidden).to_be_visible()


def test_points_of_the_picture_never_cover_each_other(page: Page, reports: dict[str, str]) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(reports["company"])
    for link in page.locator("#time_to_restore svg.chart a circle").all():
        link.click(trial=True)


def test_words_in_a_picture_never_leave_it(page: Page, reports: dict[str, str]) -> None:
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(reports["company"])
        outside = page.evaluate(
            """() => [...document.querySelectorAll('figure svg text')].filter(t => {
              const word = t.getBoundingClientRect()
              const box = t.closest('.card').getBoundingClientRect()
              return word.left < box.left || word.right > box.right
            }).map(t => t.textContent)"""
        )
        assert outside == []


def test_dark_and_light_differ_and_print_is_always_light(
    page: Page, reports: dict[str, str]
) -> None:
    page.goto(reports["company"])
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_paper_has_the_definitions_and_not_the_navigation(
    page: Page, reports: dict[str, str]
) -> None:
    page.goto(reports["company"])
    page.emulate_media(media="print")
    keep(page, "report-company-print")
    assert not page.locator(".top").is_visible()
    method = page.locator("#time_to_restore .definition p").first
    box = method.bounding_box()
    assert box and box["height"] > 5
    assert page.evaluate("getComputedStyle(document.querySelector('.tail')).breakBefore") == "page"
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 5


def test_it_is_read_in_black_and_white(page: Page, reports: dict[str, str]) -> None:
    page.goto(reports["company"])
    page.emulate_media(media="print")
    grey = page.evaluate(
        """() => [...document.querySelectorAll('main, main *')].flatMap(e => {
          const s = getComputedStyle(e); return [s.color, s.backgroundColor, s.fill, s.stroke]
        }).map(c => (c.match(/\\d+(\\.\\d+)?/g) || []).map(Number)).filter(c => c.length >= 3)
          .filter(([r, g, b]) => Math.max(r, g, b) - Math.min(r, g, b) > 40).length"""
    )
    assert grey == 0
