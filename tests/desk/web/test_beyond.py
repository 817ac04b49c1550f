"""Somebody who wants more than their part: other rows' keys in forms, and words that would run."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver

from builders import a_contact, a_customer, a_person, a_site, an_account, an_asset
from databases import on_sqlite
from desk.web.clients import signed_in
from desk.web.company import HOUR, Company, a_company, promised
from wellkept.desk import clock
from wellkept.desk.web.exports import as_csv
from wellkept.record.access.models import PersonalData
from wellkept.record.access.rules import Group, Scope
from wellkept.record.installed_base.actions import place_assets, transfer_assets
from wellkept.record.installed_base.models import Asset, Ownership, Placement
from wellkept.record.journal.models import Entry
from wellkept.record.organisation.models import Region, RegionMember, Team, TeamMember
from wellkept.record.parties.models import Customer

READS = (Group.READ_ONLY, Scope.ALL)
pytestmark = [on_sqlite, pytest.mark.usefixtures("record")]


@pytest.fixture
def company(record: Any) -> Company:
    return a_company(clock.now(settings.HOME))


def rita(*held: tuple[Group, Scope]) -> Any:
    """Sign Rita in, who is of the team Field and of the region North."""
    account = an_account("Rita", *held)
    person = a_person("Rita", account=account)
    TeamMember.objects.create(team=Team.objects.create(name="Field"), person=person)
    RegionMember.objects.create(region=Region.objects.create(name="North"), person=person)
    return signed_in(account)


def an_asset_at(customer: Customer, company: Company, **at: Any) -> Asset:
    one, begun = an_asset(), company.now - HOUR
    transfer_assets(
        ownerships=[Ownership(asset=one, customer=customer, from_at=begun)], at=company.now, by=None
    )
    place_assets(placements=[Placement(asset=one, from_at=begun, **at)], at=company.now, by=None)
    return Asset.objects.get(pk=one.pk)


def test_a_key_of_a_row_beyond_reaches_nothing_and_says_no_more_than_no_row(
    company: Company,
) -> None:
    desk, rossi = rita((Group.COORDINATOR, Scope.TEAM)), a_contact("Dr Rossi", company.nord)
    mill = a_customer("Mill East", team=Team.objects.get(name="Field"))
    pump = an_asset_at(mill, company, site=a_site(mill))
    south = Region.objects.create(name="South")
    page, seen = f"/customers/{mill.pk}/record/", str(rossi.personal.version)
    known = {"name": "Mine", "email": "mine@wellkept.example", "phone": "", "seen": seen}
    begun = Entry.objects.count()
    for form, typed in (
        (f"person-{rossi.pk}", known),
        (f"consent-{rossi.pk}", {"consent": "given"}),
        (f"erase-{rossi.pk}", {"sure": "1"}),
        ("add_site", {"site": "Roof", "zone": "Europe/Rome", "region": str(south.pk)}),
        (f"person-{'9' * 30}", known),
    ):
        assert desk.post(page, {"form": form, **typed}).status_code in (404, 422), form
    assert Entry.objects.count() == begun
    assert PersonalData.objects.get(pk=rossi.personal_id).name == "Dr Rossi"
    said = {"form": "log", "channel": "phone", "about": "Said", "contact": str(rossi.pk)}
    desk.post(page, said)
    assert "Dr Rossi" not in desk.get(f"/customers/{mill.pk}/").text, "the contact is another's"
    promise = {"about": "Ring", "due_on": "2031-03-03", "zone": "../nowhere"}
    for path, name, there in (
        ("/promises/new/", "customer", "Clinic Nord"), ("/promises/new/", "asset", "A-1040"),
        ("/cases/new/", "customer", "Clinic Nord"), ("/cases/new/", "asset", "S4-77-0091"),
        (f"/installed-base/{pump.pk}/record/", "customer", "Clinic Nord"),
    ):  # fmt: skip
        typed = {"form": "place", "channel": "phone", **promise}
        told = [desk.post(path, {**typed, name: word}) for word in (there, "X" * len(there))]
        assert [one.status_code for one in told] == [422, 422], path
        texts = {one.text.replace(there, "X" * len(there)).count("X" * len(there)) for one in told}
        assert len(texts) == 1 and "floor 2" not in told[0].text, "as if it were not there"
    zone = desk.post("/promises/new/", promise | {"customer": "Mill East"})
    assert zone.status_code == 302, "a zone that nobody asked for is not looked at"


def test_what_is_new_is_put_within_the_part_of_whoever_may_put_it(company: Company) -> None:
    desk = rita(READS, (Group.COORDINATOR, Scope.TEAM))
    field = Team.objects.get(name="Field")
    mill = a_customer("Mill East", team=field)
    pump = an_asset_at(mill, company, site=a_site(mill))
    fresh = {"form": "add_asset", "product": "Pump Z", "fresh": "1", "customer": "Clinic Nord"}
    assert "you put no asset there" in desk.post("/installed-base/new/", fresh).text
    moved = {"form": "place", "customer": "Clinic Nord", "site": ""}
    assert "you put no asset there" in desk.post(f"/installed-base/{pump.pk}/record/", moved).text
    assert Asset.objects.count() == 2 and Asset.objects.get(pk=pump.pk).customer == mill
    desk.post("/customers/new/", {"form": "add_customer", "name": "Quarry West"})
    assert Customer.objects.get(name="Quarry West").team == field, "nobody's, it were beyond them"


def test_a_customer_of_two_regions_shows_and_counts_what_is_of_ours(company: Company) -> None:
    desk = rita((Group.COORDINATOR, Scope.REGION))
    north, south = Region.objects.get(), Region.objects.create(name="South")
    ours, theirs = (a_site(company.nord, name=f"Hall {one}", region=one) for one in (north, south))
    a_contact("Dr Rossi", company.nord, site=theirs)
    for site in (ours, theirs, theirs):
        an_asset_at(company.nord, company, site=site)
    promised(company, "Beyond them", due_in=HOUR, site=theirs)
    page = desk.get(f"/customers/{company.nord.pk}/").text
    assert "Hall North" in page and "Hall South" not in page and "Beyond them" not in page
    assert ">1</a></dd>" in page, "two are at a site of another region"


def test_no_form_is_taken_from_elsewhere_and_none_leads_there(company: Company) -> None:
    exempt = {
        str(getattr(one, "name", "")) for one in get_resolver().url_patterns
        if getattr(one.callback, "csrf_exempt", False)
    }  # fmt: skip
    assert exempt == {"digest_stop"}, "its link is the proof"
    one = promised(company, "Ring back", due_in=HOUR, owner=company.alma_person)
    desk = signed_in(company.alma)
    for back in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x()"):
        told = desk.post(
            f"/promises/P-{one.pk}/tell/", {"back": back, "about": "x", "channel": "phone"}
        )
        assert told.headers["Location"] == f"/promises/P-{one.pk}/", back


@pytest.mark.parametrize("text", ["=1+1", "\n=1", "\r@x", "  -2", "\t+3", "＝1", "＠x"])
def test_no_cell_of_an_export_begins_as_a_formula(text: str) -> None:
    told: Any = as_csv("Cases; filename=evil\r\nX: 1", [[text]])
    sent = b"".join(told.streaming_content)
    assert sent.decode("utf-8-sig").lstrip('"').startswith("'")
    name = as_csv("Cases; filename=evil\r\nX: 1", []).headers["Content-Disposition"]
    assert name == 'attachment; filename="cases-filenameevil-x-1.csv"'
