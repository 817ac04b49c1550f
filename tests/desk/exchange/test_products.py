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
from desk.exchange.folders import a_folder, bring, counted, held, see_that_foretold, told, tried
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
