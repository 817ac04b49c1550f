"""Lists for planning: what a file is taken for, by its headers, its values and the recipe."""

import re
from pathlib import Path

import duckdb
import pytest

from house import ROOT
from wellkept.record.sources.plan_lexicon import roles_in
from wellkept.record.sources.plan_recipe import PlanRecipe, PlanTableRecipe
from wellkept.record.sources.plan_recognise import PlanUnderstanding, check_files, recognise_table
from wellkept.record.sources.plan_tables import PLAN_ROLES, PLAN_TABLES
from wellkept.record.sources.profile import profile
from wellkept.record.sources.reading import read_folder
from wellkept.record.sources.recipe import BadRecipe
from wellkept.record.sources.recipe_reading import KEYS, read_recipe
from wellkept.record.sources.recipe_writing import as_toml


def understood(
    tmp_path: Path, text: str, name: str = "export.csv", stated: PlanTableRecipe | None = None
) -> PlanUnderstanding:
    """Say what a file is taken for."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    con = duckdb.connect()
    (table,) = read_folder(tmp_path, con).tables
    return recognise_table(table, profile(table, con), stated)


def roles(found: PlanUnderstanding) -> dict[str, str]:
    return {role: column.profile.header for role, column in found.columns.items()}


DIALECTS = {
    "part": "Materialnummer;Bezeichnung;Einzelpreis;Währung;Wiederbeschaffungszeit\n"
    "M-1;Drucksensor;190,00;EUR;21\nM-2;Filter;12,50;EUR;7\n",
    "stock": "Codice ricambio,Magazzino,Giacenza,Scorta minima,Scorta massima\n"
    "R1,Bari,4,1,5\nR1,Modena,9,2,12\n",
    "demand": "Référence pièce;Date de sortie;Quantité;Magasin\n"
    "P1;03/02/2025;1;Lyon\nP1;18/02/2025;2;Lyon\n",
    "purchase": "Artículo,Proveedor,Fecha de pedido,Fecha de recepción,Cantidad\n"
    "A1,Uno,2025-02-03,2025-03-01,4\nA1,Uno,2025-04-03,2025-05-01,4\n",
    "contract": "Vertragsnummer;Kunde;Garantierte Verfügbarkeit;Pönale pro Stunde\n"
    "V1;Klinik Nord;98,5 %;350\nV2;Mühle Ost;97 %;40\n",
    "location": "Warehouse,Warehouse type,Replenished from,Transit time (days)\n"
    "CW,central,,\nVAN1,van,CW,1\n",
    "where_used": "Item no,Product model,Qty per machine,Failure rate\n"
    "P1,B45,1,0.2\nP1,B90,2,0.3\n",
    "asset": "Equipment number,Model,Customer site,Customer,Criticality,Downtime cost per hour\n"
    "E1,B45,S1,Nord,critical,400\nE2,B90,S2,Mill,low,20\n",
    "supersession": "Old part number,New part number,Effective date,Mode\nP1,P2,2025-01-01,full\n",
    "stock_out": "Part,Store,Missing from,Missing until\nP1,Bari,2025-02-01,2025-02-09\n",
    "rate": "Currency,Exchange rate\nGBP,1.16\nUSD,0.92\n",
    "site": "Ship-to,Parts from\nS1,VAN1\nS2,VAN1\n",
}


@pytest.mark.parametrize("table", DIALECTS)
def test_a_list_is_known_by_its_headers_in_any_of_our_languages(table: str, tmp_path: Path) -> None:
    found = understood(tmp_path, DIALECTS[table])
    assert found.table == table, found.why
    header = DIALECTS[table].splitlines()[0]
    assert len(found.columns) == len(re.split("[;,]", header)), roles(found)


def test_every_kind_of_table_is_shown_in_some_dialect() -> None:
    assert set(DIALECTS) == set(PLAN_TABLES)


def test_a_case_list_is_no_list_of_assets_for_an_asset_comes_again(tmp_path: Path) -> None:
    rows = "".join(f"T{n},A{n % 5},S1,open\n" for n in range(40))
    found = understood(tmp_path, "ticket,asset,site,state\n" + rows)
    assert found.table is None
    assert "comes more than once" in found.why


def test_a_header_whose_values_cannot_bear_it_is_not_believed(tmp_path: Path) -> None:
    text = "part,date,pieces asked\nP1,soon,1\nP2,later,2\nP3,never,1\n"
    found = understood(tmp_path, text)
    assert found.table is None


def test_the_file_s_name_decides_between_two_tables(tmp_path: Path) -> None:
    text = "part,location,on hand,unit cost\nP1,Bari,3,20\nP2,Bari,1,30\n"
    assert understood(tmp_path, text, "stock 2026.csv").table == "stock"


def test_lead_times_keep_their_unit_in_the_header() -> None:
    assert max(roles_in("Lead time (weeks)"), key=roles_in("Lead time (weeks)").__getitem__) == (
        "lead_days"
    )


# The recipe


def test_the_recipe_names_what_no_header_tells(tmp_path: Path) -> None:
    text = "Mat.,Pstng,Q\nP1,2025-02-01,1\nP2,2025-02-02,3\n"
    stated = PlanTableRecipe(
        "export.csv", "demand", {"part": ("Mat.",), "date": ("Pstng",), "quantity": ("x", "q")}
    )
    assert understood(tmp_path, text).table is None
    found = understood(tmp_path, text, stated=stated)
    assert (found.table, roles(found)) == (
        "demand",
        {"part": "Mat.", "date": "Pstng", "quantity": "Q"},
    )
    assert {column.how for column in found.columns.values()} == {"recipe"}


def test_a_recipe_that_leaves_a_need_open_is_refused_with_it(tmp_path: Path) -> None:
    stated = PlanTableRecipe("export.csv", "demand", {"part": ("Mat.",)})
    with pytest.raises(BadRecipe, match=r"no column gives `date`"):
        understood(tmp_path, "Mat.,Q\nP1,1\n", stated=stated)


def test_a_recipe_with_a_slip_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    stated = PlanTableRecipe("export.csv", None, {"part": ("Matt",)})
    with pytest.raises(BadRecipe, match=r"names ‘Matt’, but ‘export.csv’ has no such column; did"):
        understood(tmp_path, "Mat,Q\nP1,1\n", stated=stated)
    with pytest.raises(BadRecipe, match=r"meets no file of the folder; did you mean ‘stock.csv’"):
        check_files(PlanRecipe(tables=(PlanTableRecipe("stok.csv"),)), ["stock.csv"])
    with pytest.raises(BadRecipe, match=r"no key `lead_day` in \[plan\]; did you mean ‘lead_days’"):
        read_recipe("[plan]\nlead_day = 3")
    with pytest.raises(BadRecipe, match=r"`plan.stops.safty`|no key `safty`"):
        read_recipe("[plan.stops]\nsafty = 1")
    with pytest.raises(BadRecipe, match=r"plan.holding_share` is ‘x’"):
        read_recipe('[plan]\nholding_share = "x"')


def test_a_file_may_be_left_out(tmp_path: Path) -> None:
    found = understood(tmp_path, DIALECTS["stock"], stated=PlanTableRecipe("*", "none"))
    assert (found.table, found.why) == (None, "the recipe says so")


def test_what_is_stated_for_the_plan_outlives_being_written_anew() -> None:
    text = page_examples()[0]
    first = read_recipe(text)
    assert first.plan.for_table("MB51 2026.csv") is not None
    assert read_recipe(as_toml(first, [])).plan == first.plan


# The page from which a newcomer writes one


def page() -> str:
    return (ROOT / "docs" / "reference" / "plan-folder.md").read_text(encoding="utf-8")


def page_examples() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", page(), re.S)


def test_the_page_gives_every_role_its_meaning_and_no_other() -> None:
    section = page().partition("## The columns")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", section, re.M))
    assert rows == {role.name: role.meaning for role in PLAN_ROLES.values()}


def test_the_page_names_for_every_table_what_it_takes() -> None:
    for table in PLAN_TABLES.values():
        row = next(line for line in page().splitlines() if line.startswith(f"| `{table.name}` |"))
        assert set(table.takes) == set(re.findall(r"`(\w+)`", row)) - {table.name} | (
            {table.name} & set(table.takes)
        )


def test_the_page_names_every_key() -> None:
    keys = [*KEYS["plan"], *KEYS["plan.table"]]
    assert [key for key in keys if f"`{key}`" not in page()] == []


@pytest.mark.parametrize(
    ("text", "table", "part"),
    [
        (
            "Date,Reference,Product,Lot/Serial Number,From,To,Quantity\n"
            "2025-03-01 08:00:00,WH/OUT/1,[P-1] Seal,,WH/Stock,Customers,1\n"
            "2025-03-02 08:00:00,WH/OUT/2,[P-1] Seal,,WH/Stock,Customers,2\n",
            "demand",
            "Product",
        ),
        (
            "Product,Location,Quantity,Unit Cost\nP-1,Stock,4,10.5\nP-2,Stock,1,9\n",
            "stock",
            "Product",
        ),
        ("Ticket ID,Product,Created at\nT1,CT,2025-03-01\nT2,CT,2025-03-02\n", None, None),
        (
            "Indeks;Data wydania;Ilość;Magazyn\nP-1;01.03.2025;1;G\nP-1;02.03.2025;2;G\n",
            "demand",
            "Indeks",
        ),
    ],
    ids=["odoo moves", "odoo quants", "tickets are no requests for parts", "polish"],
)
def test_a_product_is_a_part_only_where_pieces_of_it_are_counted(
    tmp_path: Path, text: str, table: str | None, part: str | None
) -> None:
    found = understood(tmp_path, text)
    assert (found.table, roles(found).get("part")) == (table, part)


def test_the_cost_of_a_row_is_no_price_of_a_piece() -> None:
    assert "unit_cost" not in {**roles_in("Cost amount"), **roles_in("Total cost")}
    assert roles_in("Cost per piece")["unit_cost"] == 100
