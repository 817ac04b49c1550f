"""A manager brings a file with mistakes in, by hand: tried, read through, written, taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page

from builders import an_account
from databases import on_sqlite
from desk.background.working import do_jobs
from desk.exchange.folders import P4, THREE
from desk.web.clients import arrive, barriers, everything
from wellkept.record.access.rules import Group
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun

pytestmark = [on_sqlite, pytest.mark.browser]
Opened = Callable[..., Page]
ENDLESS = "ticket,subject,customer,opened\n" + "".join(
    f"T{n},Pump stopped,Clinic Nord,2026-01-0{n} 09:00\n" for n in (1, 2, 3)
)
"""A list of cases of which nothing says that any ended."""


def fits(tab: Page) -> bool:
    """Whether nothing of the page lies beside the window."""
    return bool(tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_file_with_mistakes_is_tried_written_and_taken_back(opened: Opened, size: str) -> None:
    tab = opened(an_account("Mara", everything(Group.MANAGER)), "/exchange/", size=size)
    text = (THREE + P4).encode()
    files = {"promises.csv": text, "cases.csv": ENDLESS.encode()}
    tab.get_by_label("Files").set_input_files(
        [FilePayload(name=name, mimeType="text/csv", buffer=some) for name, some in files.items()]
    )
    tab.get_by_label("Time zone").fill("Europe/Rome")
    arrive(tab.get_by_role("button", name="Try them"))
    assert tab.get_by_text("A dry run: nothing is written yet").is_visible()
    assert tab.get_by_text("sometime soon").first.is_visible(), "the value that cannot be read"
    assert not Promise.objects.exists()
    assert fits(tab) and barriers(tab) == []
    assert tab.get_by_role("heading", name="A doubt about the files").first.is_visible()
    arrive(tab.get_by_role("link", name="No column of cases.csv says when anything ended"))
    assert tab.get_by_role("heading", name="A doubt about the files").count() == 1
    assert not tab.get_by_text("sometime soon").first.is_visible(), "this one alone"
    assert fits(tab) and barriers(tab) == []
    arrive(tab.get_by_role("link", name="Show all of it"))
    arrive(tab.get_by_role("button", name="Write it into the record"))
    do_jobs()
    tab.reload()
    assert tab.get_by_role("heading", name="What was done").is_visible()
    assert Promise.objects.count() == 3
    arrive(tab.get_by_role("button", name="Take it back"))
    assert tab.get_by_text("what it changed is as it was before").is_visible()
    assert not Promise.objects.exists()
    assert ImportRun.objects.get().state == "undone"
    assert fits(tab)
