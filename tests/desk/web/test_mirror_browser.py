"""The mirror by hand in a real browser: answer, lock, reveal, promise; no barrier at any width."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page as Tab

from builders import a_person, an_account
from databases import on_sqlite
from desk.web.clients import arrive, barriers, everything
from desk.web.mirror_rounds import LEVELS, a_ledger, a_manager, somebody_answers
from wellkept.desk import clock
from wellkept.record.access.rules import Group
from wellkept.record.mirror.models import Answer, Round
from wellkept.record.promises.models import Promise

pytestmark = [on_sqlite, pytest.mark.browser]
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
RUNS_OVER = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("main *")].filter(
    one => one.getBoundingClientRect().right > innerWidth + 1).map(
    one => one.outerHTML.slice(0, 120))"""
Opened = Callable[..., Tab]


@pytest.fixture
def home(committed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(clock, "now", lambda _: NOW)
    with override_settings(HOME=tmp_path):
        a_ledger(NOW)
        yield tmp_path


def reads_well(tab: Tab) -> None:
    tab.wait_for_load_state()
    for more in tab.locator("details").all():
        more.evaluate("one => one.open = true")
    assert tab.evaluate(RUNS_OVER) == [], tab.url
    assert barriers(tab) == [], tab.url


def answer_by_keyboard(tab: Tab) -> None:
    """Answer the first claim with keys alone, skip one, rate the stories, and end."""
    tab.get_by_label("When did this last happen?").focus()
    tab.keyboard.type("the review in May")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    for _ in range(3):
        tab.keyboard.press("ArrowDown")
    tab.get_by_label("how likely is it").select_option("90")
    tab.keyboard.press("Tab")
    reads_well(tab)
    tab.get_by_role("button", name="Keep and go on").press("Enter")
    arrive(tab.get_by_role("button", name="Skip"))
    tab.get_by_text("All steps").click()
    arrive(tab.get_by_role("link", name="Three stories"))
    for story, level in (("A", "1"), ("B", "2"), ("C", "3")):
        tab.locator(f'[name="{story}"][value="{level}"]').check()
    reads_well(tab)
    arrive(tab.get_by_role("button", name="Keep and go on"))
    tab.goto(tab.url.rsplit("/", 2)[0] + "/end/")
    arrive(tab.get_by_role("button", name="I am through"))
    assert tab.get_by_role("heading", name="Thank you").is_visible()


def others_answer(round: Round) -> None:
    for group, levels in LEVELS.items():
        for i, level in enumerate(levels):
            somebody_answers(round, group, level, f"{group}-{i}", NOW)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_a_round_to_a_promise_to_ourselves(home: Path, opened: Opened, size: str) -> None:
    elio = an_account("Elio", everything(Group.ENGINEER))
    a_person("Elio Conti", account=elio)
    tab = opened(a_manager(), "/mirror/", size=size)
    arrive(tab.get_by_role("link", name="Open a round"))
    reads_well(tab)
    tab.get_by_label("Elio Conti").select_option("front_line")
    arrive(tab.get_by_role("button", name="Open the round"))
    round = Round.objects.get()

    his = opened(elio, "/mirror/", size=size)
    arrive(his.get_by_role("link", name="Answer", exact=True))
    arrive(his.get_by_role("link", name="Begin"))
    answer_by_keyboard(his)
    first = Answer.objects.earliest("pk")
    assert (first.level, first.confidence, first.recall) == (3, 90, "the review in May")

    others_answer(round)
    tab.reload()
    reads_well(tab)
    tab.get_by_label("Lock all answers").check()
    arrive(tab.get_by_role("button", name="Lock the answers"))
    arrive(tab.get_by_role("button", name="Open the records"))
    assert tab.url.endswith("/gaps/")
    for name in ("Confidence", "Two views", "Normalised", "Start to keep", "Gaps"):
        reads_well(tab)
        arrive(tab.locator(".switch").get_by_role("link", name=name))

    promise_it(tab)


def promise_it(tab: Tab) -> None:
    """Open the worst case of the first gap, come back, and make the gap a promise."""
    tab.locator("#P2 summary").click()
    arrive(tab.locator("#P2").get_by_role("link", name="P-").first)
    assert "/promises/P-" in tab.url
    tab.go_back()
    tab.get_by_label("Which gap").select_option("P2")
    tab.get_by_label("Owner", exact=True).select_option(label="Elio Conti")
    arrive(tab.get_by_role("button", name="Promise it"))
    made = Promise.objects.get(made_to="ourselves")
    assert str(made.owner) == "Elio Conti"
    assert "Elio Conti until" in tab.locator("#P2").inner_text()
