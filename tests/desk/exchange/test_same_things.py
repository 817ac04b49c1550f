"""What files call by a key, by a name that two have, or twice, comes in as what it is."""

from pathlib import Path

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import PROMISED, THREE, a_folder, bring, counted, held, told
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.sites import NOBODY
from wellkept.desk.exchange.undoing import undo
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.actions import add_assets, add_products, place_assets
from wellkept.record.installed_base.models import Asset, Placement, Product
from wellkept.record.organisation.actions import add_person
from wellkept.record.organisation.models import Person
from wellkept.record.parties.actions import add_customers, add_sites
from wellkept.record.parties.models import Customer, Site
from wellkept.record.promises.models import PromiseExternalId

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

CUSTOMERS = "customer,name\nK1,Clinic Nord\nK2,Mill East\nK3,Mill West\n"
ASSETS = """serial number,product,customer,site,criticality
SN1,Pump,K1,Turin,Critical
SN2,Pump,K2,Turin,Very bad
SN3,Pump,K9,Rome,
"""


def test_a_register_of_assets_may_name_customers_by_key_and_write_words_of_its_own(
    tmp_path: Path,
) -> None:
    folder = a_folder(tmp_path / "in", customers=CUSTOMERS, assets=ASSETS, promises=THREE)
    run = tried_and_brought(folder, MONDAY)
    assert sorted(Customer.objects.values_list("name", "number")) == [
        ("Clinic Nord", "K1"), ("K9", ""), ("Mill East", "K2"), ("Mill West", "K3"),
    ]  # fmt: skip
    assert list(Asset.objects.order_by("number").values_list("customer__name", flat=True)) == [
        "Clinic Nord", "Mill East", "K9",
    ]  # fmt: skip
    ((kind, noun, why, _, count, (row,)),) = told(run, "applied")
    assert (kind, noun, why, count) == ("noted", "asset", reasons.NO_CONSEQUENCE.text, 1)
    wanted = ("assets.csv", 3, "SN2", "criticality", "Very bad")
    assert (row["file"], row["line"], row["name"], row["column"], row["value"]) == wanted
    bring(a_folder(tmp_path / "in", promises=THREE), MONDAY + DAY)
    assert Customer.objects.get(name="Clinic Nord").number == "K1", "no register, no other number"


def test_of_several_of_one_name_none_is_taken_and_no_other_is_made(tmp_path: Path) -> None:
    """Alma is one, Bruno two; Mill East has Rome once, Clinic Nord has Turin twice."""
    at = MONDAY - DAY
    for name in ("Alma", "Bruno", "Bruno"):
        add_person(name=name, email="", trade="", account=None, at=at, by=None)
    nord, mill = add_customers(
        customers=[Customer(name="Clinic Nord"), Customer(name="Mill East")], at=at, by=None
    )
    places = [(nord, "Turin"), (nord, "Turin"), (mill, "Rome"), (mill, "Turin")]
    sites = [Site(customer=whose, name=name, zone="Europe/Rome") for whose, name in places]
    turin = add_sites(sites=sites, at=at, by=None)[3]
    pump = add_products(products=[Product(number="Pump", name="Pump")], at=at, by=None)[0]
    (sn1,) = add_assets(assets=[Asset(number="SN1", product=pump)], at=at, by=None)
    place_assets(placements=[Placement(asset=sn1, site=turin)], at=at, by=None)
    assets = (
        "serial number,product,customer,site\nSN1,Pump,Mill East,Rome\n"
        "SN2,Pump,Clinic Nord,Turin\nSN3,Pump,Mill East,Rome\n"
    )
    folder = a_folder(tmp_path / "in", assets=assets, promises=THREE)
    run = tried_and_brought(folder, MONDAY)
    assert Person.objects.count() == 3 and Site.objects.count() == 4
    assert [one[1:3] for one in told(run, "applied")] == [
        ["person", reasons.SEVERAL_PEOPLE.text], ["site", reasons.SEVERAL_SITES.text],
    ]  # fmt: skip
    assert counted(run, "asset") == (2, 1, 0, 0), "the one that moved is foretold as changed"
    there = Placement.objects.filter(asset=sn1)
    assert str(there.current().get().site) == "Rome" and there.filter(site=turin).count() == 2
    once = held()
    again = bring(folder, MONDAY + DAY)
    assert held() == once and counted(again, "asset") == (0, 0, 3, 0)
    undo(again, now=MONDAY + 2 * DAY, by=None)
    undo(run, now=MONDAY + 2 * DAY, by=None)
    assert Placement.objects.current().get(asset=sn1).site == turin


def test_long_products_that_begin_alike_stay_apart_and_a_key_is_given_once(tmp_path: Path) -> None:
    one, other = "Pump " * 12 + "left", "Pump " * 12 + "right"
    add_products(products=[Product(number=one[:60], name=one)], at=MONDAY - DAY, by=None)
    assets = f"serial number,product,customer\nSN1,{one},K1\nSN2,{other},K1\nSN3,{other},K1\n"
    promises = PROMISED.replace("promise number", "order number") + "".join(
        f"{name},Mill East,2026-01-0{day} 09:00,2026-01-1{day} 17:00,,\n"
        for day, name in enumerate(("O1", "O1", "O1 #2", "O3", "O4"), 5)
    )
    run = tried_and_brought(a_folder(tmp_path / "in", assets=assets, promises=promises), MONDAY)
    assert told(run, "applied") == [] and counted(run, "product") == (1, 0, 1, 0)
    assert Product.objects.count() == 2 and Product.objects.filter(name=other).exists()
    keys = PromiseExternalId.objects.values_list("external_id", flat=True)
    assert [key for key in keys if not key.startswith("O1 #2 ")] == ["O1", "O1 #2", "O3", "O4"]
    assert len(set(keys)) == 5


def test_a_site_whose_customer_no_row_says_is_the_only_one_of_its_name_or_none(
    tmp_path: Path,
) -> None:
    """Two customers have a Turin, one has Rome, nobody has Bern: one is made, and all is told."""
    at = MONDAY - DAY
    nord, mill = add_customers(
        customers=[Customer(name="Clinic Nord"), Customer(name="Mill East")], at=at, by=None
    )
    places = [(nord, "Turin"), (mill, "Turin"), (mill, "Rome")]
    sites = [Site(customer=whose, name=name, zone="Europe/Rome") for whose, name in places]
    add_sites(sites=sites, at=at, by=None)
    cases = "ticket,subject,site,opened\n" + "".join(
        f"T{n},Leak,{name},2026-01-0{n} 08:00\n"
        for n, name in enumerate(("Turin", "Rome", "Bern"), 1)
    )
    folder = a_folder(tmp_path / "in", cases=cases)
    run = tried_and_brought(folder, MONDAY)
    of_sites = [one for one in told(run, "applied") if one[1] == "site"]
    assert {(one[2], one[5][0]["beside"], one[5][0]["line"]) for one in of_sites} == {
        (reasons.SEVERAL_SITES.text, "? Turin – Clinic Nord / Turin – Mill East", 2),
        (reasons.ONLY_SITE.text, "→ Mill East", 3),
    }
    rows = Case.objects.order_by("pk").values_list("site__name", "site__customer__name")
    assert list(rows) == [(None, None), ("Rome", "Mill East"), ("Bern", NOBODY)]
    assert Site.objects.count() == 4
    assert counted(bring(folder, MONDAY + DAY), "site") == (0, 0, 2, 1)
