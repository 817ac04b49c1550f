"""Rows that may be one: side by side, merged by a click, told apart, split off again."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from builders import a_customer, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import everything, signed_in
from desk.web.company import HOUR, Company, a_company, promised
from wellkept.desk import clock
from wellkept.record.access.rules import Group, Scope
from wellkept.record.installed_base.actions import (
    add_assets,
    edit_asset,
    merge_assets,
    transfer_assets,
)
from wellkept.record.installed_base.models import Asset, Ownership
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import merge_customers
from wellkept.record.parties.models import Customer

pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]
ASSETS, CUSTOMERS = "/installed-base/twins/", "/customers/twins/"


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def a_twin(company: Company, **given: Any) -> Asset:
    """Have the scanner kept once more."""
    told = {"product": company.scanner.product, "serial": company.scanner.serial} | given
    return add_assets(assets=[Asset(**told)], at=company.now, by=None)[0]


def form(lead: Any, *rows: Any, **more: str) -> dict[str, Any]:
    """Give what the form of a group sends: its rows ticked, each with the version that it shows."""
    return {
        "form": f"merge-{lead.pk}",
        "row": [str(one.pk) for one in rows],
        "seen": [f"{one.pk}:{type(one).objects.get(pk=one.pk).version}" for one in rows],
    } | more


def test_one_click_merges_and_one_splits_off_again(company: Company) -> None:
    desk, scanner, twin = signed_in(company.alma), company.scanner, a_twin(company)
    promised(company, "Send the manual", due_in=HOUR, asset=twin)
    assert ASSETS in desk.get("/installed-base/").text
    page = desk.get(ASSETS).text
    assert page.count("Merge into this one") == 2 and page.count(" data-differs") == 4
    assert f"{scanner.pk}:1" in page and "It can be undone at any time" in page
    none = desk.post(ASSETS, form(twin, twin, into=str(twin.pk)))
    assert none.status_code == 422 and "at least one more" in none.text
    done = desk.post(ASSETS, form(twin, scanner, twin, into=str(scanner.pk)), follow=True)
    assert f"Merged: S4-77-0091 ({twin.number}) means S4-77-0091 (A-1040) now" in done.text
    assert "Nothing looks like another one" in done.text
    kept, gone = (desk.get(f"/installed-base/{one.pk}/").text for one in (scanner, twin))
    assert "Send the manual" in kept and "Merged into it:" in kept
    assert "Merged: this row means" in gone and "A-1040" in gone
    taken = desk.post("/cases/new/", {"about": "It hums", "asset": twin.number})
    assert taken.status_code == 302, "by its old number the asset is still found"
    assert (
        "What was said of the two as one" in desk.get(f"/installed-base/{scanner.pk}/twins/").text
    )
    split = {"form": f"split-{twin.pk}", "seen": f"{twin.pk}:2"}
    back = desk.post(f"/installed-base/{scanner.pk}/twins/", split, follow=True)
    assert "stands by itself again" in back.text
    assert list(Asset.objects.to_merge()) == [twin]


def test_who_was_slower_sees_what_the_other_did_and_nothing_is_lost(company: Company) -> None:
    desk, scanner, twin = signed_in(company.alma), company.scanner, a_twin(company)
    typed = form(twin, scanner, twin, into=str(scanner.pk))
    changes = {"hardware_revision": "C"}
    edit_asset(asset=twin, changes=changes, seen=1, at=company.now, by=company.alma)
    late = desk.post(ASSETS, typed)
    assert late.status_code == 422 and "Alma changed S4-77-0091" in late.text
    assert "Look at it as it is now" in late.text and f"{twin.pk}:2" in late.text
    assert Asset.objects.to_merge().exists()


def test_of_one_product_and_serial_somebody_says_what_is_wrong(company: Company) -> None:
    desk, scanner, twin = signed_in(company.alma), company.scanner, a_twin(company)
    page = desk.get(ASSETS).text
    assert 'name="apart"' not in page and "One serial of a product is one machine" in page
    refused = desk.post(ASSETS, form(twin, scanner, twin, apart="1"))
    assert "has the serial S4-77-0091 of another" in refused.text
    typed = form(twin, scanner, twin) | {"form": f"correct-{twin.pk}", "whose": str(scanner.pk)}
    typed |= {"serial": "S4-77-0091", "product": "S4"}
    same = desk.post(ASSETS, typed)
    assert 'id="correct-' in same.text and "This is what they share" in same.text
    assert same.text.count('class="wrong"') == 1 and 'value="S4"' in same.text
    assert desk.post(ASSETS, typed | {"serial": "S4-77-0092"}).status_code == 302
    assert Asset.objects.get(pk=scanner.pk).serial == "S4-77-0092"
    assert not Asset.objects.to_merge(), "the other carries the serial alone"


def test_a_customer_that_is_another_stays_off_the_list_and_can_still_be_merged(
    company: Company,
) -> None:
    desk, nord = signed_in(company.alma), company.nord
    same, third = a_customer("CLINIC NORD Ltd."), a_customer("Clinic-Nord", number="K-7")
    assert "may be another customer" in desk.get(f"/customers/{same.pk}/").text
    assert desk.get(CUSTOMERS).text.count("Merge into this one") == 3, "all of a group together"
    wrong = desk.post(CUSTOMERS, form(same, nord, apart="1"))
    assert "Nothing of what is ticked is in doubt" in wrong.text
    denied = desk.post(CUSTOMERS, form(same, third, apart="1"), follow=True)
    assert "Kept as one of its own: Clinic-Nord (K-7)" in denied.text
    assert list(Customer.objects.to_merge()) == [same]
    typed = form(same, nord, same, into=str(nord.pk))
    assert desk.post(CUSTOMERS, typed).status_code == 302 and not Customer.objects.to_merge()
    page = f"/customers/{nord.pk}/twins/"
    assert "CLINIC NORD Ltd." in desk.get(page).text, "it can be split off there"
    beside = desk.get(f"{page}?with=K-7").text
    assert beside.count("checked") == 2 and "Clinic-Nord" in beside
    assert 'name="apart"' not in beside


def buttons(desk: Client, page: str) -> int:
    return desk.get(page).text.count('name="into"')


def test_who_decides_about_another_part_is_shown_no_button_and_refused(company: Company) -> None:
    twin = a_twin(company)
    rita = an_account("Rita", everything(Group.READ_ONLY), (Group.MANAGER, Scope.TEAM))
    reads, part = signed_in(an_account("Ron", everything(Group.READ_ONLY))), signed_in(rita)
    assert ASSETS not in reads.get("/installed-base/").text
    assert reads.get(ASSETS).status_code == 403
    begun = Entry.objects.count()
    one = f"/installed-base/{twin.pk}/twins/"
    assert buttons(part, ASSETS) == buttons(part, one) == 0
    assert "not yours to merge" in part.get(ASSETS).text
    assert 'id="merge-' not in part.get(ASSETS).text
    typed = form(twin, company.scanner, twin, into=str(twin.pk))
    assert "decide about other rows" in part.post(ASSETS, typed).text
    own = signed_in(an_account("Mona", (Group.MANAGER, Scope.TEAM)))
    assert "S4-77-0091" not in own.get(ASSETS).text and own.get(one).status_code == 404
    assert Entry.objects.count() == begun + 1, "Mona's account and nothing else"


def test_a_count_of_a_customer_is_what_the_list_that_it_leads_to_has(company: Company) -> None:
    told: dict[str, Any] = {"at": company.now, "by": None}
    double, desk = a_customer("Radiology North Ltd"), signed_in(company.alma)
    theirs = an_asset("R-1"), an_asset("R-2")
    owned = [Ownership(asset=one, customer=double, from_at=company.now) for one in theirs]
    transfer_assets(ownerships=owned, **told)
    an_asset("R-3")
    late = promised(company, "Send the invoice", due_in=-HOUR, customer=double)
    merge_assets(into=theirs[0], duplicates=[theirs[1]], **told)
    merge_customers(into=company.nord, duplicates=[double], **told)
    for row in (company.nord, double):
        page = desk.get(f"/customers/{row.pk}/").text
        leads = re.search(r'<a href="(/installed-base/[^"]+)">(\d+)</a>', page)
        assert leads is not None and leads[2] == "2", "the scanner, and one of the two that are one"
        there = desk.get(leads[1]).text
        assert "<caption>2 ·" in there and "R-1" in there and "R-3" not in there
        assert f'<option value="{row.pk}" selected>' in there, "the list says whose it is"
        assert late.about in desk.get(f"/promises/?standing=failed&customer={row.pk}").text
    part = signed_in(an_account("Mona", (Group.MANAGER, Scope.TEAM)))
    assert "Radiology" not in part.get(f"/installed-base/?customer={double.pk}").text
    assert desk.get(f"/cases/?customer={10**30}").status_code == 200
