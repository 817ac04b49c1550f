"""Products come in by lists of them and by registers of assets, and are the same ones by both."""

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import DAY, MONDAY
from databases import undone
from desk.exchange.folders import a_folder, bring, counted, held, told, tried
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.desk.exchange.undoing import SomethingDepends, undo
from wellkept.record.installed_base.actions import add_products, edit_product
from wellkept.record.installed_base.models import Asset, Product

pytestmark = [
    pytest.mark.usefixtures("record", "one_thread"),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]

HEAD = "product number,product name,product type,product family,end of sale,end of support\n"
P40 = "P-40,Pump 40,Hardware,Pumps,2027-12-31,2037-12-31\n"
P60 = "P-60,Pump 60,hardware,Pumps,,\n"
APP = "S-1,Control app,Software,Apps,,\n"
LIST = HEAD + P40 + P60 + APP
BY_NAME = "serial number,model,customer\nSN1,Pump 40,Clinic Nord\nSN2,Pump 60,Clinic Nord\n"
BY_NUMBER = "serial number,product number,customer\nSN1,P-40,Clinic Nord\nSN2,P-60,Clinic Nord\n"


def kept() -> list[tuple[Any, ...]]:
    """Give what the record says of each product, without keys."""
    fields = (
        "number", "name", "kind", "family", "released_on", "sale_ends_on", "support_ends_on",
        "expected_life_years",
    )  # fmt: skip
    return sorted(Product.objects.values_list(*fields), key=repr)


def made_of() -> list[tuple[str, str]]:
    """Give the assets with the numbers of their products."""
    return sorted(Asset.objects.values_list("number", "product__number"))


def test_a_list_brings_products_whole_and_the_same_list_changes_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", products=LIST)
    run = tried_and_brought(folder, MONDAY)
    assert counted(run, "product") == (3, 0, 0, 0) and told(run, "applied") == []
    assert kept() == [
        ("P-40", "Pump 40", "hardware", "Pumps", None, date(2027, 12, 31), date(2037, 12, 31),
         None),
        ("P-60", "Pump 60", "hardware", "Pumps", None, None, None, None),
        ("S-1", "Control app", "software", "Apps", None, None, None, None),
    ]  # fmt: skip
    once = held()
    again = bring(folder, MONDAY + DAY)
    assert held() == once and counted(again, "product") == (0, 0, 3, 0)


@pytest.mark.parametrize("register", [BY_NAME, BY_NUMBER], ids=["by name", "by number"])
def test_a_register_finds_the_products_of_a_list_whichever_comes_first(
    tmp_path: Path, register: str
) -> None:
    ends = []
    for order in permutations(("products", "assets")):
        for day, name in enumerate(order):
            some = {name: LIST if name == "products" else register}
            run = tried_and_brought(a_folder(tmp_path / "in", **some), MONDAY + day * DAY)
            assert told(run, "applied") == []
        ends.append((kept(), made_of()))
        for back in (run.pk, run.pk - 1):
            undo(type(run).objects.get(pk=back), now=MONDAY + 3 * DAY, by=None)
        assert not Product.objects.exists() and not Asset.objects.exists()
    tried_and_brought(a_folder(tmp_path / "in", products=LIST, assets=register), MONDAY)
    ends.append((kept(), made_of()))
    assert ends[0] == ends[1] == ends[2]
    assert ends[0][1] == [("SN1", "P-40"), ("SN2", "P-60")]


DIRTY = '''Artikelnummer;Bezeichnung;Produktart;Warengruppe;Serviceende;Markteinführung;Lebensdauer
000123;Pumpe groß;Gerät;Pumpen;31.12.2035;01.02.2020;15
123;Pumpe klein;Gerät;Pumpen;31.12.2036;01.02.2020;15
"=""000777""";Ventil;Gerät;Ventile;;;
4711;Rad;Verschleißteil;Räder;;;
4711;Rad neu;Verschleißteil;Räder;;;
P-9;;Software;Programme;;;
;Nur ein Name;Gerät;;;;
;;Gerät;;;;
8000;Antrieb;Gerät;;31.12.2019;01.02.2020;
8001;Motor;Gerät;;;;2,5
8002;Motor;;;;;
'''
"""A list as a spreadsheet of a German office has it, with all that goes wrong in one."""


def test_a_dirty_list_is_read_kept_and_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in")
    sound = "".join(f"A-{n};Filter {n};Gerät;Filter;;;\n" for n in range(8))
    (folder / "artikelstamm.csv").write_bytes((DIRTY + sound).encode("latin-1"))
    run = tried_and_brought(folder, MONDAY)
    assert counted(run, "product") == (17, 0, 0, 1)
    began = date(2020, 2, 1)
    assert [one for one in kept() if one[3] != "Filter"] == [
        ("000123", "Pumpe groß", "hardware", "Pumpen", began, None, date(2035, 12, 31), 15),
        ("000777", "Ventil", "hardware", "Ventile", None, None, None, None),
        ("123", "Pumpe klein", "hardware", "Pumpen", began, None, date(2036, 12, 31), 15),
        ("4711", "Rad neu", "unknown", "Räder", None, None, None, None),
        ("8000", "Antrieb", "hardware", "", None, None, None, None),
        ("8001", "Motor", "hardware", "", None, None, None, None),
        ("8002", "Motor", "unknown", "", None, None, None, None),
        ("Nur ein Name", "Nur ein Name", "hardware", "", None, None, None, None),
        ("P-9", "P-9", "software", "Programme", None, None, None, None),
    ]  # fmt: skip
    said = {why: (kind, count, rows[0]["line"]) for kind, _, why, _, count, rows in
            told(run, "applied")}  # fmt: skip
    assert said == {
        reasons.ALIKE_NUMBER.text: ("noted", 2, 2),
        reasons.LIFE.text: ("noted", 1, 11),
        reasons.NAMELESS.text: ("noted", 1, 7),
        reasons.NO_KIND.text: ("noted", 1, 6),
        reasons.NO_PRODUCT_NAME.text: ("skipped", 1, 9),
        reasons.ONE_NUMBER_TWICE.text: ("noted", 1, 6),
        reasons.SUPPORT_BEFORE_LAUNCH.text: ("noted", 1, 10),
    }
    once = held()
    again = bring(folder, MONDAY + DAY)
    assert held() == once and counted(again, "product") == (0, 0, 17, 1)


def test_next_months_list_changes_what_it_changed_and_nothing_that_was_done_here(
    tmp_path: Path,
) -> None:
    bring(a_folder(tmp_path / "in", products=LIST), MONDAY)
    pump = Product.objects.get(number="P-40")
    edit_product(
        product=pump, changes={"family": "Big pumps"}, seen=pump.version, at=MONDAY, by=None
    )
    before = held(but=["said", "run"])
    later = LIST.replace("2037-12-31", "2039-06-30").replace("Pump 60", "Pump 60 S") + (
        "P-80,Pump 80,Hardware,Pumps,,\n"
    )
    run = tried_and_brought(a_folder(tmp_path / "in", products=later), MONDAY + DAY)
    assert counted(run, "product") == (1, 2, 1, 0) and told(run, "applied") == []
    pump.refresh_from_db()
    assert (pump.family, pump.support_ends_on) == ("Big pumps", date(2039, 6, 30))
    assert Product.objects.get(number="P-60").name == "Pump 60 S"
    undo(run, now=MONDAY + 2 * DAY, by=None)
    assert {k: v for k, v in held(but=["said", "run"]).items() if "externalid" not in k} == {
        k: v for k, v in before.items() if "externalid" not in k
    }
    lost = "product number,product name\n040,Pump 40\n060,Pump 60\n0077,Pump 77\n"
    bring(a_folder(tmp_path / "in", products=lost), MONDAY + 3 * DAY)
    bare = lost.replace("0077", "77")
    run = tried_and_brought(a_folder(tmp_path / "in", products=bare), MONDAY + 4 * DAY)
    assert [one[2] for one in told(run, "applied")] == [reasons.BUT_FOR_ZEROS.text]


def test_what_the_record_says_otherwise_stays_and_is_told(tmp_path: Path) -> None:
    at = MONDAY - DAY
    told_here = Product(number="P-40", name="Our pump", kind="software", family="Ours")
    add_products(products=[told_here, Product(number="P-60", name="P-60", kind="unknown")],
                 at=at, by=None)  # fmt: skip
    run = tried_and_brought(a_folder(tmp_path / "in", products=LIST), MONDAY)
    assert counted(run, "product") == (1, 2, 0, 0)
    assert kept()[:2] == [
        ("P-40", "Our pump", "software", "Ours", None, date(2027, 12, 31), date(2037, 12, 31),
         None),
        ("P-60", "Pump 60", "hardware", "Pumps", None, None, None, None),
    ]  # fmt: skip
    otherwise = (reasons.OTHER_NUMBER, reasons.OTHER_WORD["kind"], reasons.OTHER_WORD["family"])
    assert {one[2] for one in told(run, "applied")} == {why.text for why in otherwise}
    assert counted(bring(tmp_path / "in", MONDAY + DAY), "product") == (0, 0, 3, 0)


def test_a_name_of_several_products_means_none_and_lost_zeros_are_found(tmp_path: Path) -> None:
    several = (
        "product number,product name\n000123,Pump 40\n000124,Pump 60\n000125,Valve\n000126,Valve\n"
    )
    register = "serial number,product number,model\nSN1,123,\nSN2,000124,Pump 60\nSN3,,Valve\n"
    folder = a_folder(tmp_path / "in", products=several, assets=register)
    run = tried_and_brought(folder, MONDAY)
    assert made_of() == [("SN1", "000123"), ("SN2", "000124"), ("SN3", "Valve")]
    assert [one[2] for one in told(run, "applied")] == [reasons.SEVERAL_PRODUCTS.text]
    assert counted(run, "product") == (5, 0, 0, 0)


def test_an_asset_without_a_product_gets_it_and_a_list_in_use_is_not_taken_back(
    tmp_path: Path,
) -> None:
    bare = "serial number,customer,site\nSN1,Clinic Nord,Turin\nSN2,Clinic Nord,Rome\n"
    bring(a_folder(tmp_path / "in", assets=bare), MONDAY)
    first = bring(a_folder(tmp_path / "in", products=LIST), MONDAY + DAY)
    run = tried_and_brought(a_folder(tmp_path / "in", assets=BY_NUMBER), MONDAY + 2 * DAY)
    assert made_of() == [("SN1", "P-40"), ("SN2", "P-60")]
    assert counted(run, "asset") == (0, 2, 0, 0)
    with pytest.raises(SomethingDepends):
        undo(first, now=MONDAY + 3 * DAY, by=None)
    undo(run, now=MONDAY + 3 * DAY, by=None)
    assert {number for _, number in made_of()} == {"not recorded"}
    undo(first, now=MONDAY + 4 * DAY, by=None)
    assert Product.objects.count() == 1


names = {f"P{n}": name for n, name in enumerate(["Pump", "Pump", "Valve", "Disc", "Motor"], 1)}
"""What products are called in truth; two are called alike."""
numbers = st.sampled_from(sorted(names))
listed = st.lists(
    st.tuples(numbers, st.booleans(), st.booleans(), st.sampled_from(["Hardware", "Spare", ""])),
    min_size=1, max_size=5,
)  # fmt: skip


def a_list(rows: Any) -> str:
    """Write a list of products, of which some lack a number and some a name."""
    lines = [
        f"{number if numbered or not named else ''},{names[number] if named else ''},{kind},,,\n"
        for number, numbered, named, kind in {row[0]: row for row in rows}.values()
    ]
    return HEAD + "X-1,Pump X,Hardware,Pumps,,\nX-2,Pump Y,Hardware,Pumps,,\n" + "".join(lines)


def a_register(made: list[str], style: str) -> str:
    """Write a register that names products by number, by name or by both."""
    heads = {"number": "product number", "name": "model", "both": "product number,product name"}
    says = {"number": "{0}", "name": "{1}", "both": "{0},{1}"}[style]
    lines = [f"SN{n},Clinic Nord,{says.format(one, names[one])}\n" for n, one in enumerate(made)]
    return f"serial number,customer,{heads[style]}\n" + "".join(lines)


@settings(
    max_examples=3,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=listed,
    made=st.lists(numbers, min_size=2, max_size=4),
    style=st.sampled_from(["number", "name", "both"]),
)
def test_list_then_register_equals_register_then_list_and_both_at_once(
    record: Any, tmp_path: Path, rows: Any, made: list[str], style: str
) -> None:
    files = {"products": a_list(rows), "assets": a_register(made, style)}
    ends = []
    for order in (*permutations(files), None):
        with undone(record):
            if order is None:
                tried_and_brought(a_folder(tmp_path / "in", **files), MONDAY)
            for day, name in enumerate(order or ()):
                folder = a_folder(tmp_path / "in", **{name: files[name]})
                tried_and_brought(folder, MONDAY + day * DAY)
                again = tried(folder, MONDAY + day * DAY)
                assert counted(again, "product")[:2] == (0, 0)
            ends.append((kept(), made_of()))
    assert ends[0] == ends[1] == ends[2]
