"""Folders as companies have them: nothing of theirs is misread, and whatever is odd is told."""

from pathlib import Path

import pytest

from builders import DAY, MONDAY
from desk.exchange.folders import (
    LOG,
    THREE,
    a_folder,
    bring,
    counted,
    held,
    see_that_foretold,
    told,
    tried,
)
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.again import OtherRecipe, finish
from wellkept.desk.exchange.reasons import BUT_FOR_ZEROS
from wellkept.desk.exchange.sites import NOBODY
from wellkept.desk.exchange.undoing import undo
from wellkept.record.cases.models import Case, CaseEvent
from wellkept.record.cases.rules import State
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Site
from wellkept.record.promises.models import Promise

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


def test_what_a_list_dates_after_its_end_does_not_open_the_case_again(tmp_path: Path) -> None:
    """It worked again days after it was closed, by the list: it stays closed, and that is told."""
    cases = "ticket,subject,customer,opened,restored,closed\n" + "".join(
        f"T{n},Pump,Clinic Nord,2026-01-0{n} 09:00,2026-01-{n + back:02} 09:00,2026-01-0{n} 17:00\n"
        for n, back in enumerate((3, 0, 0), 1)
    )
    folder = a_folder(tmp_path / "in", cases=cases)
    run = bring(folder)
    see_that_foretold(run)
    assert [(row[2], row[4]) for row in told(run, "applied")] == [(reasons.AFTER_END.text, 1)]
    assert not Case.objects.exclude(state=State.CLOSED).exists()
    assert CaseEvent.objects.filter(word="told restored").count() == 1
    assert counted(bring(folder, MONDAY + DAY), "case") == (0, 0, 3, 0)


def test_months_are_taken_back_one_after_the_other(tmp_path: Path) -> None:
    """The later month moved an asset to a site of its own: back to January, and to nothing."""
    register = "serial number,product,customer,site\nSN1,Pump,Clinic Nord,Turin\n"
    nothing = held(but=("version",))
    first = bring(a_folder(tmp_path / "in", assets=register), MONDAY)
    january = held(but=("version",))
    moved = a_folder(tmp_path / "in", assets=register.replace("Turin", "Rome"))
    second = bring(moved, MONDAY + DAY)
    assert str(Asset.objects.get().site) == "Rome"
    undo(second, now=MONDAY + 2 * DAY, by=None)
    assert held(but=("version",)) == january
    undo(first, now=MONDAY + 2 * DAY, by=None)
    assert held(but=("version",)) == nothing


SITES = "site id,site name,customer id\nS1,Main building,K1\nS2,Main building,K2\nS3,Dock,K1\n"
CUSTOMERS = "customer id,customer name\nK1,Clinic Nord\nK2,Mill East\n"
ASSETS = (
    "equipment number,serial number,product,customer id,site id\n"
    "0E1,SN1,Pump,K1,S1\n0E2,SN2,Pump,K2,S2\n0E3,n/a,Pump,K2,S2\n0041,,Pump,K1,S3\n"
)
BY_SERIAL = "ticket,subject,serial number,customer id,opened,closed\n" + "".join(
    f"T{n},Leak,{serial},{whose},2026-01-0{n} 08:00,2026-01-0{n} 17:00\n"
    for n, (serial, whose) in enumerate((("SN1", "K1"), ("SN2", "K2"), ("41", "K1")), 1)
)


def placed() -> dict[str, tuple[str, str]]:
    rows = Asset.objects.values_list("number", "site__name", "customer__name")
    return {number: (site, customer) for number, site, customer in rows}


def test_sites_of_one_name_and_assets_of_two_numbers_are_what_their_registers_say(
    tmp_path: Path,
) -> None:
    """In one month with the registers or later without them, by serial or without the zeros."""
    folder = tmp_path / "in"
    registers = {"customers": CUSTOMERS, "sites": SITES, "assets": ASSETS}
    see_that_foretold(bring(a_folder(folder, **registers, cases=BY_SERIAL)))
    there = placed()
    assert there["0E1"] == ("Main building (S1)", "Clinic Nord")
    assert there["0E2"] == there["0E3"] == ("Main building (S2)", "Mill East")
    assert there["0041"] == ("Dock", "Clinic Nord") and len(there) == 4
    cases = dict(Case.objects.values_list("external_ids__external_id", "asset__number"))
    assert cases == {"T1": "0E1", "T2": "0E2", "T3": "0041"}
    later = BY_SERIAL.replace("\nT", "\nV").replace("41", "SN2")
    run = bring(a_folder(folder, cases=later), MONDAY + DAY)
    assert placed() == there and Site.objects.count() == 3
    assert counted(run, "asset")[0] == 0 and counted(run, "site")[:2] == (0, 0)
    there_too = Case.objects.filter(site__name="Main building (S2)")
    assert there_too.filter(external_ids__external_id="V3").exists()
    moved = a_folder(folder, sites=SITES.replace("Dock,K1", "Dock,K2"), customers=CUSTOMERS)
    run = bring(moved, MONDAY + 2 * DAY)
    see_that_foretold(run)
    assert [row[2] for row in told(run, "applied")] == [reasons.SAME_KEY.text]
    assert Site.objects.get(name="Dock").customer.name == "Mill East" and Site.objects.count() == 3


def test_customers_may_each_have_a_site_of_one_name(tmp_path: Path) -> None:
    """No register says so, only rows; the later month names the second customer alone."""
    cases = "ticket,subject,customer,site,opened\n" + "".join(
        f"T{n},Leak,{whose},Head office,2026-01-0{n} 08:00\n"
        for n, whose in enumerate(("Clinic Nord", "Clinic Nord", "Mill East", ""), 1)
    )
    bring(a_folder(tmp_path / "in", cases=cases))
    where = Site.objects.values_list("name", "customer__name")
    both = {("Head office", "Clinic Nord"), ("Head office", "Mill East")}
    assert set(where) == both | {("Head office", NOBODY)}
    one = cases.replace("Clinic Nord", "Mill East").replace("T", "V").replace(",Vead", ",Head")
    run = bring(a_folder(tmp_path / "in", cases=one.replace(",,Head", ",Mill East,Head")))
    assert counted(run, "site") == (0, 0, 1, 0) and Site.objects.count() == 3
    whose = Case.objects.filter(about="Leak").values_list("customer__name", "site__customer__name")
    assert {(a, b) for a, b in whose if a} == {(name, name) for _, name in both}


def test_numbers_without_their_zeros_are_taken_with_a_doubt(tmp_path: Path) -> None:
    """Promises that are plain and cases alike; the dry run tells it before anything is written."""
    cases = BY_SERIAL.replace("\nT", "\n000")
    promises = THREE.replace("\nP", "\n00")
    bring(a_folder(tmp_path / "in", cases=cases, promises=promises))
    run = bring(
        a_folder(
            tmp_path / "in",
            cases=cases.replace("\n000", "\n"),
            promises=promises.replace("\n00", "\n").replace("\n3,", "\n0004,"),
        ),
        MONDAY + DAY,
    )
    see_that_foretold(run)
    odd = [(row[1], row[4]) for row in told(run, "applied") if row[2] == BUT_FOR_ZEROS.text]
    assert odd == [("case", 3), ("promise", 2)]
    assert counted(run, "promise") == (3, 0, 0, 0)


def test_a_log_that_goes_on_is_believed_and_two_lists_of_one_number_are_doubted(
    tmp_path: Path,
) -> None:
    """A list says that T9 is resolved, its log does not; another list has T9 for something else."""
    listed = "ticket,subject,opened,resolved,customer\n" + "".join(
        f"T{n},Pump,2026-01-0{n} 08:00,2026-01-0{n} 12:00,Clinic Nord\n" for n in (1, 2, 3, 9)
    )
    log = LOG + "T9,New,2026-01-09 08:00,\nT9,In Progress,2026-01-09 10:00,Bruno\n"
    bring(a_folder(tmp_path / "in", cases=listed, log=log))
    open_ones = Case.objects.exclude(state=State.CLOSED)
    assert [one.external_ids.get().external_id for one in open_ones] == ["T9"]
    assert open_ones.get().resolved_at is None
    other = listed.replace("resolved,customer", "closed,company").replace("Pump", "Valve")
    run = bring(a_folder(tmp_path / "in", cases=listed, desk=other), MONDAY + DAY, system="two")
    (doubt,) = [
        one["text"] for one in run.plan["understood"]["suspicions"] if "one number" in one["text"]
    ]
    assert doubt.startswith("4 cases have one number in lists with different columns")


TWO_AT_ONE = "S1,Main building,K1\nS2,Main building,K2\nS4,Main building,K2\n"
BARE = "ticket,subject,serial number,customer id,site,opened\n" + "".join(
    f"T{n},Leak,{serial},{whose},Main building,2026-01-0{n} 08:00\n"
    for n, (serial, whose) in enumerate(
        (("", "K1"), ("SN2", ""), ("", "K2"), ("", ""), ("", "K3"), ("SN9", "K1")), 1
    )
)


@pytest.mark.parametrize("later", [False, True])
def test_a_bare_name_of_several_sites_is_a_doubt_where_nothing_says_which(
    tmp_path: Path, later: bool
) -> None:
    """The customer says it, or the asset does; else the case has no site, and no other is made."""
    registers = {
        "customers": CUSTOMERS + "K3,Harbour\n",
        "sites": SITES.replace("S1,Main building,K1\nS2,Main building,K2\n", TWO_AT_ONE),
        "assets": ASSETS,
    }
    if later:
        bring(a_folder(tmp_path / "in", **registers), MONDAY - DAY)
        registers = {}
    run = bring(a_folder(tmp_path / "in", **registers, cases=BARE))
    see_that_foretold(run)
    rows = Case.objects.values_list(
        "external_ids__external_id", "site__name", "site__customer__name"
    )
    assert {name: where for name, *where in rows} == {
        "T1": ["Main building (S1)", "Clinic Nord"],
        "T2": ["Main building (S2)", "Mill East"],
        "T3": [None, None],
        "T4": [None, None],
        "T5": ["Main building", "Harbour"],
        "T6": ["Main building (S1)", "Clinic Nord"],
    }
    (note,) = [one for one in run.plan["understood"]["left_out"] if "may be each" in one["why"]]
    assert "Main building (S1), Main building (S2), Main building (S4)" in note["why"]
    assert note["count"] == 2 and [one["line"] for one in note["examples"]] == [4, 5]
    assert Site.objects.count() == 5
    again = bring(a_folder(tmp_path / "in", cases=BARE), MONDAY + DAY)
    assert counted(again, "case") == (0, 0, 6, 0) and counted(again, "site")[:2] == (0, 0)


def test_tables_of_sap_come_in_with_names_and_either_number(tmp_path: Path) -> None:
    """KNA1 names the customers, EQUI the machines by number and by serial, QMEL what happened."""
    kna1 = "MANDT,KUNNR,LAND1,NAME1,ORT01,PSTLZ,STRAS\n"
    equi = "EQUNR,EQKTX,HERST,SERNR,INBDT,MATNR,KUND1\n"
    qmel = "QMNUM,QMTXT,QMDAT,MZEIT,EQUNR,KUNUM,QMDAB\n"
    for n in range(1, 5):
        kna1 += f"100,000010{n},DE,Klinik {n} GmbH,Berlin,1000{n},Weg {n}\n"
        equi += f"00010{n},Pumpe {n},KSB,SN{n},2018010{n},PMP-40,000010{n}\n"
        number = f"00010{n}" if n < 3 else f"SN{n}"
        qmel += f"0002{n},Pumpe leckt,2026010{n},080000,{number},000010{n},2026020{n}\n"
    run = bring(a_folder(tmp_path / "in", kna1=kna1, equi=equi, qmel=qmel))
    see_that_foretold(run)
    assert told(run, "applied") == [] and counted(run, "asset")[0] == 4
    rows = Case.objects.order_by("pk").values_list(
        "customer__name", "customer__number", "asset__number"
    )
    assert list(rows) == [(f"Klinik {n} GmbH", f"000010{n}", f"00010{n}") for n in range(1, 5)]


def test_an_asset_of_several_customers_is_whose_it_was_when_the_same_files_come_again(
    tmp_path: Path,
) -> None:
    """No register says whose it is, and cases say each as often: nothing changes by chance."""
    cases = "ticket,subject,customer,site,serial number,opened\n" + "".join(
        f"T{n},Leak,Customer {n % 7},Hall {n % 5},SN{n % 9},2026-01-{n % 28 + 1:02} 08:00\n"
        for n in range(60)
    )
    bring(a_folder(tmp_path / "in", cases=cases))
    for day in (1, 2):
        again = bring(tmp_path / "in", MONDAY + day * DAY)
        assert counted(again, "asset") == (0, 0, 9, 0)


def test_numbers_that_a_script_wrote_with_decimals_are_the_numbers(tmp_path: Path) -> None:
    """The month before they came as they are: nothing comes twice, and the doubt is told."""
    rows = [f"1004{n},Leak,70{n},2026-01-0{n} 08:00,2026-01-0{n} 17:00" for n in (1, 2, 3)]
    heads = "ticket,subject,customer no,opened,closed\n"
    bring(a_folder(tmp_path / "in", cases=heads + "\n".join(rows)))
    pointed = [row.replace(",Leak,", ".0,Leak,").replace(",2026", ".0,2026", 1) for row in rows]
    run = bring(a_folder(tmp_path / "in", cases=heads + "\n".join(pointed)), MONDAY + DAY)
    assert counted(run, "case") == (0, 0, 3, 0) and counted(run, "customer") == (0, 0, 3, 0)
    doubts = [one["text"] for one in run.plan["understood"]["suspicions"]]
    assert sum(".0 behind" in text for text in doubts) == 2


def test_a_recipe_that_was_written_since_the_dry_run_asks_for_another_look(
    tmp_path: Path,
) -> None:
    folder = a_folder(tmp_path / "in", promises=THREE)
    run = tried(folder)
    (folder / "wellkept.toml").write_text('zone = "Asia/Tokyo"\n')
    with pytest.raises(OtherRecipe, match="Try the files again"):
        finish(run, now=MONDAY)
    finish(tried(folder), now=MONDAY)
    assert Promise.objects.count() == 3
