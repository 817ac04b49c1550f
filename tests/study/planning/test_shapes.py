"""Exports as systems write them: what each file of a folder is taken for, without planning it."""

from pathlib import Path

import pytest

from wellkept.record.sources.notes import Unreadable
from wellkept.record.sources.plan_movement_words import movement_word, movement_words
from wellkept.record.sources.plan_wide import week_of
from wellkept.study.planning.folder import PlanFolder
from wellkept.study.planning.movements import movements
from wellkept.study.planning.problem import gather
from wellkept.study.planning.reading import read_plan_folder

DAY = 21_000.0


def folder_of(path: Path, files: dict[str, str]) -> PlanFolder:
    """Write a folder (rows by "/", cells by ";") and read it."""
    for name, text in files.items():
        (path / name).write_text(text.replace("/ ", "\n") + "\n", encoding="utf-8")
    return read_plan_folder(path)


def taken_for(folder: PlanFolder) -> dict[str, str]:
    """Say each file's table and its roles in the order of the columns."""
    found = {}
    for one in folder.known:
        table = next(table for table in folder.reading.tables if table.name == one.file)
        roles = {column.profile.key: role for role, column in one.columns.items()}
        found[one.file] = " ".join(
            [f"{one.table}:", *(roles.get(column.key, "-") for column in table.columns)]
        )
    return found


SYSTEMS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "SAP, German": (
        {
            "MM60.csv": "Material;Werk;Standardpreis;Währg;Preiseinheit;Planlieferzeit;Meldebestand"
            "/ P-1;1000;770,06;EUR;1;17;1/ P-2;1000;2386,60;EUR;100;37;2",
            "MB51.csv": "Material;Werk;Lagerort;Bewegungsart;Buchungsdatum;Menge in ErfassME"
            "/ P-1;1000;0001;201;02.01.2024;-1,000/ P-2;1000;0002;101;13.01.2024;9,000"
            "/ P-1;1000;0001;262;15.01.2024;1,000",
            "MB52.csv": "Material;Werk;Lagerort;Frei verwendbar"
            "/ P-1;1000;0001;6,000/ P-2;1000;0002;1,000",
        },
        {
            "MM60.csv": "stock: part location unit_cost currency price_per lead_days reorder_point",
            "MB51.csv": "demand: part plant location movement date quantity",
            "MB52.csv": "stock: part plant location on_hand",
        },
    ),
    "SAP, English": (
        {
            "moves.csv": "Material;Plnt;SLoc;MvT;Pstng Date;Qty in Un. of Entry"
            "/ P-1;1000;0001;261;01/18/2024;-3/ P-2;1000;0002;101;01/19/2024;-1",
        },
        {"moves.csv": "demand: part plant location movement date quantity"},
    ),
    "NetSuite: the name is the part, for the movements say so": (
        {
            "items.csv": "Internal ID;Name;Display Name;Average Cost;Location;Location On Hand;"
            "Lead Time/ 1;P-1;Fan;7.5;Main;7;13/ 1;P-1;Fan;7.5;East;1;41/ 2;P-2;Belt;9;Main;0;8"
            "/ 3;P-3;Seal;9;Main;0;8",
            "moves.csv": "Date;Type;Item;Location;Quantity/ 1/2/2024;Item Fulfillment;P-1;Main;-2"
            "/ 1/13/2024;Item Fulfillment;P-2;East;-1/ 1/15/2024;Item Receipt;P-3;East;5",
        },
        {
            "items.csv": "stock: - part name unit_cost location on_hand lead_days",
            "moves.csv": "demand: date movement part location quantity",
        },
    ),
    "Odoo": (
        {
            "moves.csv": "Date;Reference;Product/Internal Reference;From;To;Quantity"
            "/ 2024-01-03;WH/OUT/1;P-1;WH/Stock;Partners/Customers;1"
            "/ 2024-01-04;WH/IN/1;P-1;Partners/Vendors;WH/Stock;9",
            "quants.csv": "Location;Product/Internal Reference;On Hand Quantity/ WH/Stock;P-1;3",
            "rules.csv": "Product/Internal Reference;Location;Min Quantity;Max Quantity;Lead Days"
            "/ P-1;WH/Stock;1;4;16",
        },
        {
            "moves.csv": "demand: date movement part location goal quantity",
            "quants.csv": "stock: location part on_hand",
            "rules.csv": "stock: part location reorder_point order_up_to lead_days",
        },
    ),
    "Dynamics and orders with customers": (
        {
            "products.csv": "ITEMNUMBER;PRODUCTNAME;PURCHASEPRICE/ P-1;Fan;7.5/ P-2;Belt;9",
            "orders.csv": "Customer;Item number;Order date;Delivery date;Qty"
            "/ C1;P-1;2024-01-03;2024-01-09;1/ C1;P-1;2024-02-03;2024-02-09;1",
            "sales.csv": "Order date;SKU;Qty;Ship-to warehouse"
            "/ 2024-01-03;P-1;50;N/ 2024-01-04;P-1;10;N/ 2024-01-05;P-2;10;S",
        },
        {
            "products.csv": "part: part name unit_cost",
            "orders.csv": "demand: customer part date - quantity",
            "sales.csv": "demand: date part quantity location",
        },
    ),
    "repairables, J. D. Edwards, Portuguese, work orders": (
        {
            "rotables.csv": "LRU;Unit price;MTBF (h);Repair TAT (days);NRTS %;Qty installed"
            "/ P-1;700;16909;37;29;288/ P-2;900;500;37;29;28",
            "F4102.csv": "2nd Item Number;Branch/Plant;Leadtime Level;Safety Stock;Reorder Point"
            "/ P-1;30;31;1;2/ P-2;30;3;1;2",
            "estoque.csv": "Código da peça;Armazém;Estoque atual/ P-1;LIS;4/ P-1;POR;1",
            "wo.csv": "WO #;Completed;Part Number;Quantity Used"
            "/ W1;01/18/2024;P-1;1/ W2;01/19/2024;P-1;1",
        },
        {
            "rotables.csv": "part: part unit_cost mtbf_h turnaround_days - pieces_installed",
            "F4102.csv": "stock: part location lead_days - reorder_point",
            "estoque.csv": "stock: part location on_hand",
            "wo.csv": "demand: - date part quantity",
        },
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_exports_of_systems_are_taken_for_what_they_are(system: str, tmp_path: Path) -> None:
    files, meant = SYSTEMS[system]
    assert taken_for(folder_of(tmp_path, files)) == meant


DOUBTFUL = {
    "orders to suppliers": (
        "Vendor;Item;Order Date;Qty/ V1;P-1;2024-01-03;5/ V1;P-1;2024-02-03;5",
        "names suppliers",
    ),
    "stock of several days": (
        "Date;Part;Warehouse;On hand/ 2025-10-31;P-1;A;3/ 2025-11-30;P-1;A;2/ 2025-12-31;P-1;A;2",
        "keep the rows of the last day",
    ),
    "year and month apart": (
        "Year;Month;SKU;Quantity/ 2024;1;P-1;3/ 2024;2;P-1;2/ 2024;3;P-1;0",
        "write year and month into one",
    ),
    "years as columns": (
        "Part;Usage 2024;Usage 2025;Price/ P-1;3;4;9/ P-2;1;0;9",
        "‘Usage 2024’ to ‘Usage 2025’ say what was used year by year",
    ),
}


@pytest.mark.parametrize("shape", DOUBTFUL)
def test_what_is_in_doubt_is_refused_with_what_to_do(shape: str, tmp_path: Path) -> None:
    text, says = DOUBTFUL[shape]
    with pytest.raises(Unreadable, match=says):
        gather(folder_of(tmp_path, {"export.csv": text}), DAY)


def test_a_movement_is_told_by_code_word_and_pair() -> None:
    codes = {"201": "out", "262": "back", "101": "in", "122": "in", "311": "moved", "551": "moved"}
    words = {"Uitgifte": "out", "DEVOLUÇÃO": "back", "Zugang": "in", "Backorder": "", "OV": "in"}
    assert {text: movement_word(text) for text in codes | words} == codes | words
    assert movement_words(["H", "S"]) == {"H": "out", "S": "in"}
    assert week_of("KW 1/2025") == week_of("2025-W01") == week_of("2024-12-30")


def test_what_goes_out_of_our_places_was_asked_for(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, SYSTEMS["Odoo"][0])
    moved = movements(folder.of("demand")[0])
    assert (~moved.aside & ~moved.back).tolist() == [True, False]
    assert folder.of("demand")[0].texts("location").tolist() == ["WH/Stock", None]


def test_in_a_ledger_with_in_and_out_a_blank_out_is_no_request(tmp_path: Path) -> None:
    text = "Date;Part;In;Out/ 2024-01-03;P-1;9;/ 2024-01-13;P-1;;2/ 2024-01-14;P-2;;1"
    folder = folder_of(tmp_path, {"ledger.csv": text})
    assert movements(folder.of("demand")[0]).pieces.tolist() == [0, 2, 1]


def test_the_same_place_in_two_plants_is_two_places(tmp_path: Path) -> None:
    files = {
        "stock.csv": "Material;Plant;SLoc;Unrestricted/ P-1;1000;0001;3/ P-1;2000;0001;4",
        "marc.csv": "MATNR;WERKS;PLIFZ;MINBE/ P-1;1000;9;1/ P-1;2000;9;2",
    }
    folder = folder_of(tmp_path, files)
    places = {one.file.name: list(one.texts("location")) for one in folder.of("stock")}
    assert places == {name: ["1000/0001", "2000/0001"] for name in files}


def test_one_part_is_one_however_it_is_written_unless_a_list_tells_it_apart(tmp_path: Path) -> None:
    files = {
        "parts.csv": "Part;Cost;Lead time/ P-1;3;9/ 77;3;9/ AB;3;9/ ab;3;9",
        "issues.csv": "Part;Date;Qty/ p-1;2024-01-03;1/ 000077;2024-01-13;1"
        "/ [P-1] Seal;2024-01-14;1/ ab;2024-01-14;1",
    }
    folder = folder_of(tmp_path, files)
    assert folder.of("demand")[0].texts("part").tolist() == ["P-1", "77", "P-1", "ab"]
    assert "written otherwise" in " ".join(note.what for note in folder.complaints.notes)


def test_a_price_for_a_hundred_is_divided_and_levels_alone_are_no_stock(tmp_path: Path) -> None:
    files = {
        "parts.csv": "Material;STPRS;PEINH;MINBE/ P-1;700;100;2/ P-2;30;1;1",
        "issues.csv": "Part;Date;Qty/ P-1;2024-01-03;1/ P-2;2024-01-13;1",
    }
    problem = gather(folder_of(tmp_path, files), DAY)
    assert problem.supply.unit_cost.tolist() == [7, 30]
    assert not problem.holdings.known


def test_use_in_a_year_is_so_many_requests_in_one_year(tmp_path: Path) -> None:
    text = "part;site;qty used per year;price;stock/ P-1;X;12;9;0/ P-1;Y;8;9;0/ P-2;X;0;9;1"
    problem = gather(folder_of(tmp_path, {"spares.csv": text}), DAY)
    assert problem.forecast.demands.tolist() == [20, 0]
    assert problem.forecast.rate[0].sum() == pytest.approx(20, rel=0.1)
    assert 0 < problem.forecast.rate[1].sum() < 2
    x, y = (problem.places.place[name] for name in "XY")
    assert problem.forecast.rate[0, x] > problem.forecast.rate[0, y]


def test_hours_between_replacements_give_a_need_that_is_assumed_to_run_all_year(
    tmp_path: Path,
) -> None:
    text = "LRU;Unit price;MTBF (h);Qty installed/ P-1;700;8760;5/ P-2;700;17520;5"
    problem = gather(folder_of(tmp_path, {"rotables.csv": text}), DAY)
    assert problem.forecast.rate.sum(axis=1) == pytest.approx([5, 2.5], rel=0.02)
    assert "hours_per_year" in {one.field for one in problem.priors.found}


def test_a_large_list_is_looked_at_although_no_header_names_the_part(tmp_path: Path) -> None:
    """Files of more than some kilobytes are judged by a first look at their headers."""
    rows = "\n".join(f"{n};P-{n};{n % 9}.5;{n % 5};{n % 30 + 1}" for n in range(2000))
    (tmp_path / "items.csv").write_text(f"ID;Name;Average cost;On hand;Lead time\n{rows}\n")
    asked = "\n".join(f"P-{n};2024-01-{n % 28 + 1:02};1" for n in range(2000))
    (tmp_path / "asked.csv").write_text(f"Item;Date;Qty\n{asked}\n")
    folder = read_plan_folder(tmp_path)
    assert taken_for(folder)["items.csv"] == "part: - part unit_cost on_hand lead_days"
