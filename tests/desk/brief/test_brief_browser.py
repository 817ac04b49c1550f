"""The brief in a real browser: axe, narrow and wide, two pages of paper.

Set WELLKEPT_SHOTS to a folder to keep what the browser saw.
"""

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from desk.brief.briefs import a_company, alone, hostile, nothing
from wellkept.desk.brief import write_brief

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
DOCUMENTS = {
    "company": a_company,
    "full": lambda: a_company("full"),
    "alone": alone,
    "nothing": nothing,
    "hostile": hostile,
}


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where each brief lies, as a browser calls it."""
    folder = tmp_path_factory.mktemp("briefs")
    for name, document in DOCUMENTS.items():
        (folder / f"{name}.html").write_text(write_brief(document()), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in DOCUMENTS}


@pytest.fixture(params=[1280, 390])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a width, offline; nothing may be said on its console."""
    context = chromium.new_context(offline=True, viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    yield opened
    context.close()
    assert said == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_axe_finds_nothing_and_nothing_runs_over(
    page: Page, briefs: dict[str, str], name: str
) -> None:
    page.goto(briefs[name])
    if folder := os.environ.get("WELLKEPT_SHOTS"):
        wide = page.evaluate("innerWidth")
        page.screenshot(path=Path(folder) / f"brief-{name}-{wide}.png", full_page=True)
    for scheme in SCHEMES if name == "company" else SCHEMES[:1]:  # its parts are everybody's
        page.emulate_media(color_scheme=scheme)
        page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if name == "alone":  # fewer people, no other parts than in the company's
            continue
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


@pytest.mark.parametrize("name", ["company", "full", "alone", "nothing"])
def test_it_prints_on_two_pages(chromium: Browser, briefs: dict[str, str], name: str) -> None:
    context = chromium.new_context(offline=True)
    opened = context.new_page()
    opened.goto(briefs[name])
    assert opened.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 2
    context.close()


def test_the_keyboard_opens_the_cases_of_a_claim(page: Page, briefs: dict[str, str]) -> None:
    page.goto(briefs["company"])
    detail = page.locator("#P2 .detail")
    assert not detail.is_visible()
    page.locator("#P2 summary").focus()
    page.keyboard.press("Enter")
    assert detail.is_visible() and "The query" in detail.inner_text()
    page.keyboard.press("Escape")
    page.locator("#numbers a[href='#P2']").click()
    assert page.url.endswith("#P2")
