"""The plan report: what it says, that no record is markup, and how it stands in a browser."""

import copy
import os
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from study.planning.folders import a_document, a_folder, only, requests
from wellkept.desk.report.charts.exchange import exchange_chart, short
from wellkept.desk.report.plan import write_plan_report

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
RUNS_OVER = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.checkVisibility() && !e.closest('svg, [tabindex], figure details, .unseen, thead'))
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""
HOSTILE = '<script>alert("x")</script>‮' + "W" * 200


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    floors = "part,location,on hand,min,max,never below,never below owner\nPS-7,Bari,1,0,1,1,Alma\n"
    folder = a_folder(
        tmp_path_factory.mktemp("parts"),
        {"stock.csv": floors, "supersession.csv": "old part,new part\nPS-5,PS-7\n",
         "requests.csv": requests(60) + "PS-7,2025-06-01,two,Bari,A1\n"},
    )  # fmt: skip
    return a_document(folder, asked=["need=x1.2"])


def hostile(document: dict[str, Any]) -> dict[str, Any]:
    """Put something unkind into every text of a document."""

    def spoilt(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: spoilt(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [spoilt(one) for one in value]
        return value + HOSTILE if isinstance(value, str) and key != "until" else value

    found = spoilt(copy.deepcopy(document))
    assert isinstance(found, dict)
    return found


def test_the_page_says_today_the_plan_the_next_steps_and_the_proof(
    document: dict[str, Any],
) -> None:
    page = re.sub(r"\s+", " ", write_plan_report(document))
    for said in (
        "Do next", "Buy next", "Contracts", "Why, piece by piece", "Learn first",
        "Assumed, for no record tells", "Does it hold?", "Clinic Nord", "Never below 1 of PS-7",
        "PS-5 is planned as PS-7", "need=x1.2", "requests.csv, line 62, column ‘quantity’: ‘two’",
        "wellkept plan", "hindsight",
    ):  # fmt: skip
        assert said in page, said
    assert page.count("<h1") == 1
    assert "NaN" not in page and "None" not in page and "{{" not in page


def test_nothing_that_a_record_says_becomes_markup(document: dict[str, Any]) -> None:
    page = write_plan_report(hostile(document))
    assert "<script" not in page
    assert "‮" not in page
    assert re.search(r"https?://(?!www\.w3\.org)", page) is None


@pytest.mark.parametrize("kept", [(), ("plan", "scope"), ("units", "curve"), ("proof",)])
def test_a_document_with_little_in_it_still_makes_a_page(
    document: dict[str, Any], kept: tuple[str, ...]
) -> None:
    page = write_plan_report({key: document[key] for key in kept})
    assert "What it rests on" in page and "Nothing had to be assumed." in page


def test_the_curve_marks_today_and_the_plan_and_has_its_table(document: dict[str, Any]) -> None:
    chart = exchange_chart(document)
    assert chart is not None
    assert [(mark.label, mark.planned) for mark in chart.marks] == [
        ("today", False),
        ("plan", True),
    ]
    assert 3 <= len(chart.rows) <= len(document["curve"]["points"])
    assert "beyond that, a piece costs more on the shelf than it saves" in chart.caption
    assert exchange_chart({"curve": {"points": []}}) is None


def test_amounts_on_the_axis_are_short() -> None:
    assert [short(v) for v in (0, 950, 1_500, 22_000, 3_100_000)] == [
        "0", "950", "1.5 k", "22 k", "3.1 M",
    ]  # fmt: skip


def test_a_plan_of_one_place_needs_no_move(tmp_path: Path) -> None:
    rows = "".join(f"PS-7,2025-{m:02d}-03,1,200,30\n" for m in range(1, 13))
    folder = only(tmp_path, {"usage.csv": "item,date,qty,unit price,lead time days\n" + rows})
    page = write_plan_report(a_document(folder))
    assert "Move next" not in page and "Let go next" not in page and "Buy next" in page
    assert "not known" in page, "nobody listed today's stock"


# In the browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    for name, one in (("parts", document), ("hostile", hostile(document))):
        (folder / f"{name}.html").write_text(write_plan_report(one), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in ("parts", "hostile")}


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    view: tuple[int, Literal["light", "dark"]] = getattr(request, "param", (1280, "light"))
    context = chromium.new_context(
        offline=True, viewport={"width": view[0], "height": 900}, color_scheme=view[1]
    )
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


VIEWS = [
    ("parts", (1280, "light")),
    ("parts", (1280, "dark")),
    ("parts", (390, "light")),
    ("parts", (390, "dark")),
    ("hostile", (390, "light")),
]


@pytest.mark.browser
@pytest.mark.parametrize(("name", "page"), VIEWS, indirect=["page"], ids=str)
def test_axe_finds_nothing_and_nothing_runs_over(
    page: Page, reports: dict[str, str], name: str
) -> None:
    page.goto(reports[name])
    shots = os.environ.get("WELLKEPT_SHOTS")
    if shots:
        page.screenshot(path=Path(shots) / f"plan-{name}.png")
    for step in ("null", OPEN_ALL):
        page.evaluate(step)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(RUNS_OVER) == []
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []


@pytest.mark.browser
def test_the_keyboard_reaches_the_plan_and_opens_a_part(
    page: Page, reports: dict[str, str]
) -> None:
    page.goto(reports["parts"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the plan"
    summary = page.locator("#why details summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#why details li").first.is_visible()


@pytest.mark.browser
def test_it_prints_with_every_piece(page: Page, reports: dict[str, str]) -> None:
    page.goto(reports["parts"])
    page.emulate_media(media="print")
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and len(pdf) > 20_000
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "none"
