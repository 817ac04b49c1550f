"""What files call by a key, by a name that two have, or twice, comes in as what it is."""

from pathlib import Path

import pytest

from builders import MONDAY
from desk.exchange.folders import THREE, a_folder, told
from desk.exchange.test_foretelling import tried_and_brought
from wellkept.desk.exchange import reasons
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer

pytestmark = [
    pytest.mark.usefixtures("record"),
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
