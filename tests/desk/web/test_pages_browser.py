"""The pages in a real browser: nothing cut, no barrier, and a whole journey by hand."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from builders import a_contact, a_site, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import arrive, barriers, everything
from desk.web.company import HOUR, Company, a_case, a_company, a_day, promised
from desk.web.test_dangers import learnt
from wellkept.desk import clock
from wellkept.desk.background import jobs, queue
from wellkept.record.access.rules import Group
from wellkept.record.cases.actions import attach_to_case
from wellkept.record.cases.models import Case
from wellkept.record.files.actions import Coming, remove_files
from wellkept.record.files.models import Attachment
from wellkept.record.installed_base.actions import attach_to_asset, place_assets
from wellkept.record.installed_base.models import Placement
from wellkept.record.promises.actions import attach_to_promise
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import Kind, Standing

pytestmark = [on_sqlite, pytest.mark.browser]
Opened = Callable[..., Tab]


@pytest.fixture
def company(committed: Any) -> Iterator[Company]:
    there = a_company(clock.now(settings.HOME))
    a_day(there)
    a_case(there)
    yield there


PATHS = (
    "/?whose=all", "/promises/", "/promises/P-{promise}/", "/promises/new/", "/cases/",
    "/cases/C-{case}/", "/cases/new/", "/installed-base/", "/installed-base/{asset}/",
    "/customers/", "/customers/{customer}/", "/search/?q=S4", "/installed-base/twins/",
    "/customers/new/",
    "/customers/{customer}/record/", "/installed-base/new/", "/installed-base/{asset}/record/",
    "/shift/",
)  # fmt: skip


def filled(path: str, company: Company) -> str:
    promise, case = Promise.objects.earliest("pk"), Case.objects.earliest("pk")
    return path.format(
        promise=promise.pk, case=case.pk, asset=company.scanner.pk, customer=company.nord.pk
    )


@pytest.mark.parametrize(("size", "dark"), [("desk", False), ("phone", True)])
def test_every_page_reads_well(company: Company, opened: Opened, size: str, dark: bool) -> None:
    a_contact("Dr Rossi", company.nord, phone="+39 06 1040")
    tab = opened(company.alma, "/", size=size, dark=dark)
    an_asset(company.scanner.serial, product=company.scanner.product)
    for path in PATHS:
        answer = tab.goto(filled(path, company))
        assert answer is not None and answer.ok, path
        for more in tab.locator("details").all():
            more.evaluate("one => one.open = true")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert barriers(tab) == [], path
    if size == "phone":
        slide_through(tab, company)


def slide_through(tab: Tab, company: Company) -> None:
    """Move through the life of the scanner by keys: what stood follows, and so does the address."""
    moved = company.now - timedelta(days=100)
    ward = Placement(asset=company.scanner, site=a_site(company.nord, name="Ward 7"), from_at=moved)
    place_assets(placements=[ward], at=moved, by=None)
    tab.goto(filled("/installed-base/{asset}/", company))
    slider, shown = tab.get_by_role("slider", name="Move through its life"), tab.locator("#then")
    expect(shown).to_contain_text("Ward 7")
    today = slider.get_attribute("aria-valuetext")
    slider.press("PageDown")  # the day on which it was moved
    slider.press("ArrowLeft")
    expect(shown).to_contain_text("Imaging, floor 2")
    expect(shown).not_to_contain_text("Ward 7")
    assert slider.get_attribute("aria-valuetext") == tab.locator("output").inner_text() != today
    expect(tab.locator(".slide [role=status]")).to_contain_text("Imaging, floor 2")
    expect(tab).to_have_url(re.compile(r"\?on=\d{4}-\d\d-\d\d#aswas$"))
    told = tab.locator("output").inner_text()
    tab.reload()
    assert slider.get_attribute("aria-valuetext") == told, "the address is the day"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    slider.press("PageUp")
    expect(shown).to_contain_text("Ward 7")
    slider.press("End")
    expect(tab).to_have_url(re.compile(r"/\d+/#aswas$"))
    expect(shown).to_have_css("opacity", "1")
    assert barriers(tab) == []


LED = ("/exchange/", "/measures/", "/measures/promise_kept_rate/")


@pytest.mark.parametrize(("size", "dark"), [("desk", True), ("phone", False)])
def test_the_pages_of_a_manager_read_well(
    company: Company, opened: Opened, size: str, dark: bool
) -> None:
    tab = opened(an_account("Nora", everything(Group.MANAGER)), "/", size=size, dark=dark)
    for path in LED:
        answer = tab.goto(path)
        assert answer is not None and answer.ok, path
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert barriers(tab) == [], path


def attached(company: Company, now: datetime) -> None:
    """Have two files on the case, the promise and the asset each, one of which was removed."""
    told: dict[str, Any] = {"at": now, "by": company.alma}
    for name in ("acceptance.pdf", "wrong.pdf"):
        coming = [Coming(name, io.BytesIO(b"%PDF-1.7 " + name.encode()))]
        attach_to_case(case=Case.objects.earliest("pk"), files=coming, **told)
        coming[0].stream.seek(0)
        attach_to_promise(promise=Promise.objects.earliest("pk"), files=coming, **told)
        coming[0].stream.seek(0)
        attach_to_asset(asset=company.scanner, files=coming, **told)
    wrong = list(Attachment.objects.filter(name="wrong.pdf"))
    remove_files(files=wrong, reason="Of another customer", **told)


BESIDE = ("/measures/in-danger/", "/mail/", "/settings/background/", "/cases/C-{case}/",
          "/promises/P-{promise}/", "/installed-base/{asset}/")  # fmt: skip


def test_calibration_mail_background_and_files_read_well(
    company: Company, opened: Opened, tmp_path: Path
) -> None:
    with override_settings(HOME=tmp_path, FILES=tmp_path / "files"):
        learnt(part_delivery=0.41, callback=0.05)
        attached(company, clock.now(settings.HOME))
        queue.enqueue_once(jobs.refresh_findings)
        tab = opened(an_account("Nora", everything(Group.MANAGER)), "/tour/")
        for path in BESIDE:
            tab.set_viewport_size({"width": 1280, "height": 900})
            tab.emulate_media(color_scheme="light")
            answer = tab.goto(filled(path, company))
            assert answer is not None and answer.ok, path
            tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert barriers(tab) == [], path
            tab.set_viewport_size({"width": 390, "height": 844})
            tab.emulate_media(color_scheme="dark")
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert barriers(tab) == [], path


def press(tab: Tab, address: str, **typed: str) -> None:
    """Fill the one form that goes to an address and send it."""
    form = tab.locator(f'form[action$="{address}"]').first
    form.evaluate("form => form.closest('details')?.setAttribute('open', '')")
    for name, value in typed.items():
        field = form.locator(f'[name="{name}"]')
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    arrive(form.get_by_role("button"))


def call_in(tab: Tab) -> Case:
    """Take a call: the scanner stands still."""
    tab.get_by_label("Which machine").fill("s4-77-0091")
    tab.get_by_label("What is wrong").fill("The table does not move")
    tab.get_by_label("What the stop means").select_option("production_stopped")
    arrive(tab.get_by_role("button", name="Take it in"))
    assert "2 promises run" in tab.get_by_role("status").inner_text()
    return Case.objects.latest("pk")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_a_call_to_a_case_restored(company: Company, opened: Opened, size: str) -> None:
    """A call, a case, its promises, a handoff accepted, the customer told, moved, restored."""
    tab = opened(company.alma, "/cases/new/", size=size)
    case = call_in(tab)
    where = f"/C-{case.pk}/"
    press(tab, f"{where}take/")
    press(tab, f"{where}offer/", to="Bruno Keller")
    case.refresh_from_db()
    assert case.owner == company.alma_person, "until Bruno accepts it stays Alma's"

    his = opened(company.bruno.account, f"/cases{where}", size=size)
    press(his, f"{where}accept/")
    case.refresh_from_db()
    restore = Promise.objects.get(of_case__case=case, kind=Kind.RESTORE.value)
    assert case.owner == restore.owner == company.bruno

    tab.goto(f"/promises/P-{restore.pk}/")
    press(tab, f"/P-{restore.pk}/tell/", about="A part is missing; we come tomorrow")
    assert restore.notices.count() == 1
    press(
        tab, f"/P-{restore.pk}/move/", new_due="2031-03-03T10:00", asked_by="customer",
        reason="They want it after the shift", evidence="Dr Rossi, by phone",
    )  # fmt: skip
    restore.refresh_from_db()
    assert restore.judged_due == restore.current_due != restore.first_due

    tab.goto(f"/cases{where}")
    press(tab, f"{where}restore/")
    restore.refresh_from_db()
    assert restore.standing(clock.now(settings.HOME)) is Standing.KEPT


def test_what_was_late_is_kept_late(company: Company, opened: Opened) -> None:
    late = promised(company, "Send the report", due_in=-HOUR, owner=company.alma_person)
    tab = opened(company.alma, f"/promises/P-{late.pk}/")
    arrive(tab.get_by_role("button", name="Kept", exact=True))
    assert tab.locator(".standing").first.get_attribute("data-standing") == "late"


def test_what_was_said_on_the_phone_is_a_promise_in_seconds(
    company: Company, opened: Opened
) -> None:
    tab = opened(company.alma, "/")
    arrive(tab.get_by_role("link", name="I promised…").first)
    tab.get_by_label("What was promised").fill("Send the service report")
    tab.get_by_label("By which day").fill("2031-03-03")
    tab.get_by_label("To whom").fill("clinic")
    arrive(tab.get_by_role("button", name="Keep it in the ledger"))
    made = Promise.objects.latest("pk")
    assert (made.customer, made.owner) == (company.nord, company.alma_person)
    assert made.due_precision == "day"


def test_a_form_keeps_what_was_typed_when_something_is_wrong(
    company: Company, opened: Opened
) -> None:
    tab = opened(company.alma, "/cases/new/")
    tab.get_by_label("Which machine").fill("no such serial")
    tab.get_by_label("What is wrong").fill("It hums")
    arrive(tab.get_by_role("button", name="Take it in"))
    assert "No asset answers to “no such serial”" in tab.get_by_role("alert").inner_text()
    assert tab.get_by_label("What is wrong").input_value() == "It hums"
    expect(tab.get_by_label("Which machine")).to_be_focused()
