"""What a page costs does not grow with what it shows: statements are few, and the same ones."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from builders import a_case, a_contact, a_customer, a_person, a_product, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, Company, a_company, a_day, promised
from desk.web.company import a_case as of_nord
from wellkept.desk import clock
from wellkept.desk.web import keys, listing
from wellkept.desk.web.pages import today
from wellkept.record.access.rules import Group, Scope
from wellkept.record.cases.actions import (
    assign_cases,
    code_case,
    log_contact,
    record_downtimes,
    remark_on_cases,
)
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.files.actions import Coming
from wellkept.record.installed_base.actions import attach_to_asset, declare_slots, place_assets
from wellkept.record.installed_base.models import Placement
from wellkept.record.organisation.models import Team, TeamMember
from wellkept.record.parties.actions import merge_customers
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import ContactLog, Promise
from wellkept.record.search import leading, measuring
from wellkept.record.search.index import catch_up

pytestmark = pytest.mark.usefixtures("record")
MOST = 11
"""One less than a dozen: beside these a scope asks once which teams or regions are its own."""
PAGES = (
    "/?whose=all", "/", "/promises/", "/promises/?standing=broken", "/promises/?standing=never",
    "/promises/?owner=nobody", "/installed-base/", "/installed-base/?state=retired", "/customers/",
    "/cases/", "/cases/?state=any&waiting=customer", "/promises/?q=call+nord",
    "/cases/?q=leaks&state=any", "/installed-base/?q=s4-77", "/customers/?q=nord",
    "/search/?q=nord+call", "/search/?q=S4-77-0091+scanner", "/installed-base/twins/",
    "/customers/twins/",
)  # fmt: skip


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def busy(company: Company) -> None:
    """Have more of everything than a page of a list shows when pages are short."""
    for _ in range(2):
        a_day(company)
        promised(company, "Call the clinic back", due_in=HOUR, owner=company.bruno)
        an_asset(company.scanner.serial, product=company.scanner.product)
        a_customer("Clinic Nord East")
        a_case("The pump leaks", customer=company.nord)
    for _ in catch_up(connection):
        pass


@contextmanager
def short_pages(patched: pytest.MonkeyPatch) -> Iterator[None]:
    """Let pages hold two rows, count to three, and find every word frequent."""
    for module, name, few in (
        (listing, "ROWS", 2), (keys, "COUNTED", 3), (today, "SHOWN", 2), (measuring, "FEW", 1),
        (leading, "FEW", 1), (leading, "NEWEST", 2), (leading, "LITTLE", 1),
        (measuring, "LITTLE", 1), (leading, "SURELY", 4),
    ):  # fmt: skip
        patched.setattr(module, name, few)
    yield


@on_sqlite
def test_no_page_of_the_day_s_work_sends_more_than_a_dozen_statements(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(company)
    client = signed_in(company.alma)
    with short_pages(monkeypatch):
        of_one: tuple[str, ...] = (
            f"/customers/{company.nord.pk}/",
            f"/installed-base/{company.scanner.pk}/",
        )
        of_one = (*of_one, *(f"{page}twins/?with=nord" for page in of_one))
        for page in (*PAGES, *of_one):
            with CaptureQueriesContext(connection) as sent:
                assert client.get(page).status_code == 200
            assert len(sent) <= MOST, (page, [one["sql"][:90] for one in sent])
        with CaptureQueriesContext(connection) as sent:
            client.get("/search/?q=nord+zzzzqq")
        assert not [one for one in sent if "LIMIT 11" in one["sql"]], "nothing holds both words"


def rich(company: Company) -> None:
    """Let the customer have merged rows, and the scanner slots, parts, software, files, a past."""
    nord = company.nord
    told: dict[str, Any] = {"at": company.now, "by": None}
    a_day(company)
    a_contact("Dr Rossi", nord)
    double = a_customer("Clinic Nord Ltd")
    promised(company, "Send the invoice", due_in=-HOUR, customer=double)
    merge_customers(into=nord, duplicates=[double], **told)
    declare_slots(product=company.scanner.product, names=["Tube", "Table"], **told)
    tube, program = an_asset(), an_asset(product=a_product("Console 4", kind="software"))
    within = [
        Placement(asset=tube, parent=company.scanner, slot="Tube", from_at=company.now - HOUR),
        Placement(asset=program, parent=company.scanner, from_at=company.now - HOUR),
    ]
    place_assets(placements=within, **told)
    case = of_nord(company)
    down = Downtime(asset=company.scanner, case=case, from_at=company.now - HOUR)
    record_downtimes(downtimes=[down], **told)
    log_contact(case=case, told=ContactLog(at=company.now, channel="phone", about="Hm"), **told)
    attach_to_asset(asset=company.scanner, files=[Coming("a.txt", io.BytesIO(b"wiring"))], **told)
    assign_cases(cases=[case], person=company.bruno, **told)
    remark_on_cases(cases=[case], text="Gate code 12", **told)
    code_case(case=Case.objects.get(), codes={"remedy": "new tube"}, seen=1, **told)
    team = Team.objects.get()
    Case.objects.update(team=team)
    Customer.objects.filter(pk=nord.pk).update(team=team)
    Promise.objects.filter(customer__in=[nord, double]).update(team=team)


def test_a_rich_customer_and_a_rich_asset_send_no_more(company: Company, tmp_path: Path) -> None:
    chief = an_account("Chief", (Group.COORDINATOR, Scope.TEAM))
    TeamMember.objects.create(
        team=Team.objects.create(name="Field"), person=a_person("Chief", account=chief)
    )
    with override_settings(FILES=tmp_path):
        rich(company)
    case = Case.objects.get()
    for account, most in ((company.alma, MOST), (chief, MOST + 1)):
        client = signed_in(account)
        for page, has, not_so in (
            (f"/customers/{company.nord.pk}/", "Send the invoice", "Send the invoices"),
            (f"/installed-base/{company.scanner.pk}/", "Table: empty", "Tube: empty"),
            (f"/installed-base/?customer={company.nord.pk}", "S4-77-0091", "A-9999"),
            (f"/cases/C-{case.pk}/", "Gate code 12", "Gate code 12 "),
            (f"/promises/P-{case.promises.latest('pk').promise_id}/", case.number, "no owner"),
        ):
            with CaptureQueriesContext(connection) as sent:
                answer = client.get(page)
            assert has in answer.text and not_so not in answer.text
            assert len(sent) <= most, (page, [one["sql"][:90] for one in sent])


def test_today_says_how_many_there_are_up_to_a_bound(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        promised(company, f"Call {number}", due_in=-HOUR * (number + 1), owner=company.bruno)
    client = signed_in(company.alma)
    page = client.get("/?whose=all").content.decode()
    assert '<span class="count">5</span>' in page and "5 promises are past" in page
    with short_pages(monkeypatch):
        page = client.get("/?whose=all").content.decode()
    assert '<span class="count">3+</span>' in page and "3+ promises are past" in page
    assert page.count('class="row"') == 2 and "?standing=broken" in page


def test_a_row_is_shown_with_its_own_values_whatever_its_shape(company: Company) -> None:
    """Rows of one shape are made from one stencil: none may show what another one says."""
    late = promised(company, "<b>Bold</b> & late", due_in=-HOUR, owner=company.bruno)
    free = promised(company, "Send “the” part", due_in=-2 * HOUR, customer=None, asset=None)
    other = promised(company, "Second of its shape", due_in=-3 * HOUR, owner=company.bruno)
    page = signed_in(company.alma).get("/?whose=all").content.decode()
    for one in (late, free, other):
        row = page.partition(f'-{one.number}">')[2].partition("</li>")[0]
        assert f'href="/promises/P-{one.pk}/">' in row
        assert f'action="/promises/P-{one.pk}/move/"' in row
        assert ("Clinic Nord" in row) == (one.customer is not None)
        assert ("no owner" in row) == (one.owner is None)
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; late" in page and "<b>Bold" not in page
    assert "\ue000" not in page


def test_a_smaller_scope_sees_and_counts_its_own_rows_alone(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    pumps = Team.objects.create(name="Pumps")
    chief = an_account("Chief", (Group.COORDINATOR, Scope.TEAM))
    person = type(company.bruno).objects.create(personal=chief.personal, account=chief)
    TeamMember.objects.create(team=pumps, person=person)
    theirs = promised(company, "Deliver theirs", due_in=-HOUR, team=pumps, owner=company.bruno)
    for number in range(3):
        promised(company, f"Deliver ours {number}", due_in=-HOUR, owner=company.bruno)
    client = signed_in(chief)
    with short_pages(monkeypatch):
        for page in ("/?whose=all", "/promises/", "/promises/?q=deliver", "/search/?q=deliver"):
            text = client.get(page).content.decode()
            assert theirs.about in text and "Deliver ours" not in text, page
    assert '<span class="count">1</span>' in client.get("/?whose=all").content.decode()
    assert "<caption>1 ·" in client.get("/promises/?q=deliver").content.decode()


def test_a_frequent_word_lists_the_newest_first_and_every_row_once(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [promised(company, f"Deliver part {n}", due_in=HOUR + timedelta(n)) for n in range(7)]
    promised(company, "Call back", due_in=HOUR)
    for _ in catch_up(connection):
        pass
    client, seen, address = signed_in(company.alma), [], "/promises/?q=deliver"
    with short_pages(monkeypatch):
        for _ in range(9):
            page = client.get(address).content.decode()
            seen += re.findall(r'<td class="whole">(P-\d+)</td>', page)
            onward = re.search(r'rel="next" href="([^"]+)"', page)
            if onward is None:
                break
            address = f"/promises/{unescape(onward[1])}"
    assert seen == [one.number for one in reversed(rows)]
