"""What was merged is met again by later files, and who is called like others is told."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import (
    PROMISED,
    a_folder,
    bring,
    counted,
    held,
    see_that_foretold,
    told,
    tried,
)
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.names import Customers
from wellkept.desk.exchange.undoing import undo
from wellkept.record.installed_base.actions import add_assets, add_products, place_assets
from wellkept.record.installed_base.actions.merging import merge_assets, split_off_assets
from wellkept.record.installed_base.models import Asset, Placement, Product
from wellkept.record.parties.actions import (
    add_customers,
    add_sites,
    merge_customers,
    split_off_customers,
)
from wellkept.record.parties.models import Customer, Site
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ImportRun

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

BEFORE, LATER, LAST = MONDAY - DAY, MONDAY + DAY, MONDAY + 2 * DAY
OF_OLD = PROMISED + "".join(
    f"P{n},Old Clinic,2026-01-0{n} 09:00,2026-01-1{n} 17:00,,\n" for n in (1, 2, 3)
)


P9 = "P9,Old Clinic,2026-01-09 09:00,2026-01-19 17:00,,\n"


def customers(*called: tuple[str, str]) -> list[Customer]:
    rows = [Customer(name=name, number=number) for name, number in called]
    return add_customers(customers=rows, at=BEFORE, by=None)


def beside(run: ImportRun, why: reasons.Why) -> list[str]:
    rows = [row for one in told(run, "problems") if one[2] == why.text for row in one[5]]
    return [row["beside"] for row in rows]


def but_for(held: dict[str, list[dict[str, Any]]], *labels: str) -> dict[str, Any]:
    """Leave out what the test itself, or the import's role, changed."""
    return {k: v for k, v in held.items() if k not in (*labels, "organisation.role")}


@pytest.mark.parametrize("known", ["by its name", "by its number", "from an earlier month"])
def test_a_merged_customer_is_met_under_what_it_was_called(tmp_path: Path, known: str) -> None:
    """Each counts as Clinic Nord while they are merged, and is itself again when split off."""
    files = {"promises": OF_OLD}
    if known == "from an earlier month":
        bring(a_folder(tmp_path / "in", promises=OF_OLD), BEFORE)
        old, (nord,) = Customer.objects.get(), customers(("Clinic Nord", "K1"))
        files["promises"] = OF_OLD + P9
    else:
        name = "Oldest" if known == "by its number" else "Old Clinic"
        nord, old = customers(("Clinic Nord", "K1"), (name, "K7"))
        if known == "by its number":
            files["customers"] = "customer,name\nK7,Old Clinic\nK8,Dock\nK9,Harbour\n"
    merge_customers(into=nord, duplicates=[old], at=BEFORE, by=None)
    there, once = Customer.objects.count(), held(but=("version", "changed_at"))
    run = tried_and_brought(a_folder(tmp_path / "in", **files), MONDAY)
    assert beside(run, reasons.MERGED["customer"]) == ["→ Clinic Nord (2026-03-01)"]
    fresh = 2 if known == "by its number" else 0
    assert (Customer.objects.count() - there, counted(run, "customer")[0]) == (fresh, fresh)
    theirs = Promise.objects.filter(customer__in=Customer.objects.same_as(nord))
    assert theirs.count() == Promise.objects.count() >= 3
    split_off_customers(customers=[old], at=LATER, by=None)
    assert not nord.promises.exists() and old.promises.count() == Promise.objects.count()
    later = tried(a_folder(tmp_path / "in", **files), LATER)
    assert counted(later, "customer")[:2] == (0, 0), "split off, it is the same row as before"
    assert beside(later, reasons.MERGED["customer"]) == []
    undo(run, now=LAST, by=None)
    left = held(but=("version", "changed_at"))
    assert but_for(left, "parties.customer") == but_for(once, "parties.customer")
    assert Customer.objects.count() == there


def test_sites_and_owners_of_what_was_merged_are_those_of_the_one_that_stays(
    tmp_path: Path,
) -> None:
    """The file still calls the customer, and the pump, as they were called: nothing comes twice."""
    nord, old = customers(("Clinic Nord", "K1"), ("Old Clinic", ""))
    merge_customers(into=nord, duplicates=[old], at=BEFORE, by=None)
    main, dock = add_sites(
        sites=[Site(customer=nord, name=name, zone="Europe/Rome") for name in ("Main", "Dock")],
        at=BEFORE, by=None,
    )  # fmt: skip
    pump = add_products(products=[Product(number="Pump", name="Pump")], at=BEFORE, by=None)[0]
    stays, gone, cell = add_assets(
        assets=[Asset(number=number, product=pump) for number in ("E1", "X1", "C1")],
        at=BEFORE, by=None,
    )  # fmt: skip
    placed = [Placement(asset=one, site=main) for one in (stays, gone)]
    place_assets(placements=placed, at=BEFORE, by=None)
    merge_assets(into=stays, duplicates=[gone], at=BEFORE, by=None)
    once = held(but=("version",))
    register = (
        "serial number,product,customer,site,parent asset\n"
        "X1,Pump,Old Clinic,Dock,\nC1,Pump,Old Clinic,,X1\nC2,Pump,Old Clinic,Dock,\n"
    )
    run = tried_and_brought(a_folder(tmp_path / "in", assets=register), MONDAY)
    assert Site.objects.count() == 2 and counted(run, "asset") == (1, 2, 0, 0)
    stays.refresh_from_db()
    gone.refresh_from_db()
    assert stays.site == gone.site == dock, "the machine was moved, under whichever number"
    assert Placement.objects.current().get(asset=cell).parent == stays
    met = ["→ E1 (2026-03-01)", "→ Clinic Nord (2026-03-01)"]
    assert beside(run, reasons.MERGED["asset"]) == met
    both = a_folder(tmp_path / "in", assets=register + "E1,Pump,Clinic Nord,Main,\n")
    second = tried_and_brought(both, LATER)
    stays.refresh_from_db()
    gone.refresh_from_db()
    assert (stays.site, gone.site) == (main, dock), "named itself, it says itself where it stands"
    undo(second, now=LAST, by=None)
    undo(run, now=LAST, by=None)
    left = held(but=("version",))
    assert but_for(left) == but_for(once)
    split_off_assets(assets=[gone], at=LAST, by=None)
    assert gone.pk in Asset.objects.standing().filter(site=main).values_list("pk", flat=True)


def test_new_customers_that_are_called_alike_are_told_before_they_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the record, merged into another, or twice in the files; in chunks of two as in one."""
    (_, _, _, gone) = customers(("Rossi SpA", "K1"), ("Müller", ""), ("Group", "K3"), ("Acme", ""))
    merge_customers(into=Customer.objects.get(name="Group"), duplicates=[gone], at=BEFORE, by=None)
    names = ("ACME Ltd.", "Dock", "Dock AG", "Mill", "Mueller", "Rossi S.p.A.", "Rossi")
    monkeypatch.setattr(Customers, "chunk", 2)
    promises = PROMISED + "".join(
        f"P{n},{name},2026-01-05 09:00,2026-01-09 17:00,,\n" for n, name in enumerate(names)
    )
    folder = a_folder(tmp_path / "in", promises=promises)
    run = tried_and_brought(folder, MONDAY)
    (found,) = told(run, "problems")
    assert found[2] == reasons.CALLED_ALIKE.text and found[4] == 5
    assert [(row["name"], row["beside"]) for row in found[5]] == [
        ("ACME Ltd.", "≈ Group (K3)"), ("Dock AG", "≈ Dock"), ("Mueller", "≈ Müller"),
        ("Rossi", "≈ Rossi SpA (K1)"), ("Rossi S.p.A.", "≈ Rossi SpA (K1)"),
    ]  # fmt: skip
    assert {row["line"] for row in found[5]} == {2, 4, 6, 7, 8}
    in_doubt = set(Customer.objects.to_merge().values_list("name", flat=True))
    assert in_doubt == {row["name"] for row in found[5]}, "as the page of duplicates shows them"
    again = bring(folder, LATER)
    see_that_foretold(again)
    assert told(again, "problems") == [], "they are not new any more"


def test_names_that_are_alike_only_by_a_new_rule_are_in_doubt_and_what_was_denied_is_not() -> None:
    """Two were told apart under one likeness before; one more is found like them only now."""
    changed = import_module("wellkept.record.parties.migrations.0005_an_e_stands_for_an_accent")
    rows = [
        (1, "Müller", "muller", "", None), (2, "Müller AG", "muller", "", None),
        (3, "Mueller", "mueller", "", None), (4, "Boehm", "boehm", "", None),
        (5, "Dock", "dock", "", None), (6, "Muehle", "muehle", "", 7),
        (7, "Mühle", "muhle", "", None),
    ]  # fmt: skip
    assert list(changed.changed(rows)) == [
        ("muller", "same_name", 3), ("bohm", "", 4), ("muhle", "", 6),
    ]  # fmt: skip
