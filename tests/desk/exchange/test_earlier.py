"""What an earlier register said is known when a later folder gives the numbers alone."""

from itertools import permutations
from pathlib import Path

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import CASES, a_folder, bring, counted, held, told
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.names import Customers
from wellkept.desk.exchange.undoing import undo
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer, Site

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

CUSTOMERS = "customer id,customer name\nK1,Clinic Nord\nK2,Mill East\nK3,Mill West\n"
SITES = "site id,site name,customer,time zone\nS1,Turin,K1,Europe/Rome\nS2,Bern,K2,Europe/Zurich\n"
ASSETS = "serial number,product,customer,site\nSN1,Pump,K1,S1\nSN2,Valve,K2,S2\n"
JANUARY = {"customers": CUSTOMERS, "sites": SITES, "assets": ASSETS}
BY_KEY = CASES.replace("ticket,", "ticket,site id,").replace("customer", "customer id") + (
    "T1,S1,Pump stopped,K1,,2026-01-05 09:00,2026-01-05 15:00,2026-01-06 09:00,Bruno\n"
    "T2,S2,Valve leaks,K2,,2026-02-05 09:00,,,Alma\n"
    "T3,,Valve leaks,K9,,2026-01-08 09:00,,,Alma\n"
    "T4,,Pump is loud,,SN1,2026-01-09 09:00,,,Alma\n"
    "T5,,Mill stands,K3,,2026-01-09 09:00,,,Alma\n"
).replace("2026-02", "2026-01")
OPENED = {
    "T1": ("Clinic Nord", "Turin"),
    "T2": ("Mill East", "Bern"),
    "T3": ("K9", None),
    "T4": ("Clinic Nord", "Turin"),
    "T5": ("Mill West", None),
}


def seen() -> dict[str, tuple[str, str | None]]:
    rows = Case.objects.values_list("external_ids__external_id", "customer__name", "site__name")
    return {name: (customer, site) for name, customer, site in rows}


@pytest.mark.parametrize("system", ["erp", "helpdesk", None])
def test_keys_of_a_register_that_came_before_are_known(tmp_path: Path, system: str | None) -> None:
    """From the same system, from another that is guessed, and where nobody said any."""
    bring(a_folder(tmp_path / "in", **JANUARY), MONDAY, system="erp")
    once = held()
    folder = a_folder(tmp_path / "in", cases=BY_KEY)
    run = bring(folder, MONDAY + DAY, system=system)
    assert seen() == OPENED and Customer.objects.filter(name="K1").count() == 0
    assert told(run, "applied") == told(run, "problems")
    assert Asset.objects.count() == 2 and Site.objects.count() == 2
    kept = {one["noun"]: (one["how"], one["system"], one["found"], one["lost"])
            for one in run.plan["earlier"]}  # fmt: skip
    how = "own" if system == "erp" else "guessed"
    assert kept == {"customer": (how, "erp", 3, ["K9"]), "site": (how, "erp", 2, [])}
    again = bring(folder, MONDAY + 2 * DAY, system=system)
    assert counted(again, "case") == (0, 0, 5, 0) and counted(again, "customer")[1] == 0
    undo(again, now=MONDAY + 3 * DAY, by=None)
    undo(run, now=MONDAY + 3 * DAY, by=None)
    left = held()
    assert {k: v for k, v in left.items() if k in once and "role" not in k} == {
        k: v for k, v in once.items() if "role" not in k
    }


def test_of_two_systems_with_the_same_numbers_each_keeps_its_own(tmp_path: Path) -> None:
    """K1 is Clinic Nord to one, and Harbour to the other: nobody becomes somebody else."""
    bring(a_folder(tmp_path / "in", customers=CUSTOMERS), MONDAY, system="erp")
    other = CUSTOMERS.replace("Clinic Nord", "Harbour").replace("Mill", "Dock")
    run = tried_and_brought(a_folder(tmp_path / "in", customers=other), MONDAY, system="crm")
    assert [row[2:5:2] for row in told(run, "applied")] == [[reasons.NUMBER_ELSEWHERE.text, 3]]
    assert Customer.objects.count() == 6
    cases = a_folder(tmp_path / "in", cases=BY_KEY)
    run = bring(cases, MONDAY + DAY, system="helpdesk")
    first, *_ = run.plan["earlier"]
    assert (first["how"], first["system"]) == ("several", "crm, erp"), "told, and none was taken"
    undo(run, now=MONDAY + 2 * DAY, by=None)
    bring(cases, MONDAY + DAY, system="helpdesk", keys={"customer": "crm"})
    assert seen()["T1"][0] == "Harbour"


def test_who_came_under_a_key_gets_the_name_of_a_later_register(tmp_path: Path) -> None:
    bring(a_folder(tmp_path / "in", cases=BY_KEY), MONDAY)
    before = held()
    run = tried_and_brought(a_folder(tmp_path / "in", customers=CUSTOMERS), MONDAY + DAY)
    assert counted(run, "customer") == (0, 3, 0, 0) and Customer.objects.count() == 4
    assert seen()["T1"][0] == "Clinic Nord" and told(run, "applied") == []
    undo(run, now=MONDAY + 2 * DAY, by=None)
    assert held(but=("version",)) == {
        label: [{k: v for k, v in row.items() if k != "version"} for row in rows]
        for label, rows in before.items()
    }


def test_numbers_that_change_hands_are_foretold_as_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every exchange among three, with one more that holds a number, or none, in chunks of one."""
    monkeypatch.setattr(Customers, "chunk", 1)
    names = ("A", "B", "C")

    def register(numbers: tuple[str, ...]) -> str:
        rows = [f"{k},Clinic {n}\n" for n, k in zip((*names, "D"), numbers, strict=False)]
        return "customer id,customer name\n" + "".join(rows)

    bring(a_folder(tmp_path / "in", customers=register(("K1", "K2", "K3", "K4"))), MONDAY)
    bring(a_folder(tmp_path / "in", customers=register(("K1", "K2", "K3"))), MONDAY)
    start = dict(Customer.objects.values_list("name", "number"))
    wanted = (*permutations(("K1", "K2", "K3")), ("K2", "K4", "K1"), ("K9", "K1", "K2"))
    for day, numbers in enumerate(wanted, 1):
        folder = a_folder(tmp_path / "in", customers=register(numbers))
        run = tried_and_brought(folder, MONDAY + day * DAY)
        there = dict(Customer.objects.values_list("name", "number"))
        taken = [one[4] for one in told(run, "applied")]
        if "K4" not in numbers:
            assert [there[f"Clinic {n}"] for n in names] == list(numbers) and taken == []
        else:
            assert there == start and taken == [3], "all hang on a number that stays where it is"
        undo(run, now=MONDAY + day * DAY, by=None)
        assert dict(Customer.objects.values_list("name", "number")) == start
