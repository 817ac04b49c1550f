"""Vans refilled from their region: read, planned, told, and played."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from study.planning.folders import a_document, a_folder, a_plan, a_problem, place, requests
from wellkept.methods import contract_hours
from wellkept.methods.contract_hours import play
from wellkept.study.planning import table
from wellkept.study.planning.evaluate import reckon
from wellkept.study.planning.model import Model, model_of
from wellkept.study.planning.solve import solve

PLACES = """location,level,supplied by,transit days
Modena,central,,
Bari,regional,Modena,5
Van 3,van,Bari,1
Van 4,van,Bari,1
Tampere,regional,Modena,6
"""
VANS = {
    "locations.csv": PLACES,
    "stock.csv": "part,location,on hand\nPS-7,Modena,2\nPS-7,Bari,1\nPS-7,Van 3,1\n",
    "assets.csv": """asset,product,site,customer,contract,consequence,served from
A1,Station,Nord 1,Clinic Nord,C-118,safety,Van 3
A2,Pump,Nord 2,Clinic Nord,C-118,safety,Tampere
A3,Station,Mill 1,Mill East,,production stopped,Van 4
A4,Station,Mill 2,Mill East,,production stopped,Bari
""",
    "requests.csv": requests().replace("Bari", "Van 3"),
}


def test_a_van_is_refilled_from_its_region(tmp_path: Path) -> None:
    places = a_problem(tmp_path, VANS).places
    van, region = places.place["Van 3"], places.place["Bari"]
    assert places.levels_planned == 3
    assert places.refilled[van] == region and places.refilled[region] == -1
    assert places.transit_days[van] == 1 and places.transit_days[region] == 5
    assert set(places.refills(region)) == {van, places.place["Van 4"]}


def test_a_fourth_level_is_refilled_from_the_second_over_the_whole_way(tmp_path: Path) -> None:
    deep = PLACES + "Box 9,box,Van 3,0.5\n"
    places = a_problem(tmp_path, {**VANS, "locations.csv": deep}).places
    box = places.place["Box 9"]
    assert places.refilled[box] == places.place["Bari"] and places.transit_days[box] == 1.5


def test_the_plan_names_what_refills_each_place_and_why_the_region_holds_a_piece(
    tmp_path: Path,
) -> None:
    made = a_document(a_folder(tmp_path, VANS), asked=["transit_days:Van 3=4"])
    refills = {one["place"]: one["refilled_from"] for one in made["scope"]["places"]}
    assert refills == {
        "Modena": None, "Bari": "Modena", "Van 3": "Bari", "Van 4": "Bari", "Tampere": "Modena",
    }  # fmt: skip
    assert made["scope"]["levels"] == 3
    slower = made["what_if"][0]
    assert slower["total"] > made["plan"]["total"] - 1e-6
    region = [one for one in made["units"] if one["place"] == "Bari"]
    assert region and all(one["saves_h"] > 0 and one["used_per_year"] > 0 for one in region)
    assert any(one["customer"] for one in region)


def test_the_table_says_where_each_place_orders_from(tmp_path: Path) -> None:
    plan = a_plan(a_folder(tmp_path, VANS))
    out = tmp_path / "table.csv"
    with out.open("w", newline="") as file:
        csv.writer(file).writerows([table.HEADER, *table.rows(plan)])
    with out.open() as file:
        orders = {row["location"]: row["refill_from"] for row in csv.DictReader(file)}
    assert orders["Modena"] == "supplier" and orders["Bari"] == "Modena"
    assert orders["Van 3"] == "Bari"


def test_what_is_predicted_for_three_levels_is_what_is_played_within_two_per_cent() -> None:
    model = a_drawn_model()
    found = solve(model)
    assert found.stock[:, 2:].sum() > 0
    tight = found.stock.copy()
    tight[::2] = np.maximum(tight[::2] - 1, 0)  # half of the shelves are short of a piece
    predicted = reckon(model, tight)
    played = play(
        model.chain(), tight, model.causes(), contracts=2, years=40, warm_up=3.0, runs=24, seed=5
    )
    missing = predicted.levels.backorders[:, 1:].sum()
    assert missing == pytest.approx(played.missing.sum(axis=(1, 2)).mean(), rel=0.02)
    fill = (predicted.levels.fill[:, 1:] * model.rate).sum() / model.rate.sum()
    assert fill == pytest.approx(played.at_once.mean(), abs=0.002)
    assert isinstance(played, contract_hours.Played)


def a_drawn_model(parts: int = 120) -> Model:
    """Draw a plan of the demo company's shape: central, two regions, six vans; rates known."""
    rng = np.random.default_rng(55)
    refilled = np.array([-1, -1, -1, -1, -1, 1, 1, 2, 2])
    places = refilled.size
    rate = rng.gamma(1.0, 1.2, (parts, places))
    cells = parts * places
    cost_h, stops = rng.lognormal(4.0, 0.5, cells), np.full(cells, 0.8)
    waiting = (8760 * stops * cost_h).reshape(parts, places)
    most = np.full((parts, places + 1), 1 << 30, np.int64)
    most[:, 1] = 0
    return Model(
        rate=rate, shape=np.full(parts, 1e9), lead=rng.lognormal(-2.5, 0.5, parts),
        transit=np.array([0, 5, 4, 1, 1, 1, 1, 1, 2]) / 365, cost=rng.lognormal(6.0, 1.0, parts),
        holding_share=0.2, waiting=waiting, standing=stops.reshape(parts, places),
        cell_part=np.repeat(np.arange(parts), places),
        cell_place=np.tile(np.arange(places), parts), cell_contract=rng.integers(-1, 2, cells),
        cell_share=np.ones(cells), cell_stops=stops, cell_cost_h=cost_h,
        cell_fixed_h=np.full(cells, 2.0), allowance_h=np.full(2, 900.0),
        penalty_h=np.full(2, 100.0), least=np.zeros((parts, places + 1), np.int64), most=most,
        owned=np.zeros(parts, np.int64), pack=np.ones(parts, np.int64),
        least_order=np.zeros(parts, np.int64), refilled=refilled, mended=np.zeros(parts),
        mending=np.zeros(parts), lot=np.ones(parts, np.int64),
        lumps=np.ones(parts),
    )  # fmt: skip


def test_a_region_with_no_way_to_it_and_no_shelf_plans_as_two_levels(tmp_path: Path) -> None:
    model = model_of(a_problem(tmp_path, VANS))
    region = int(model.upper[0])
    way = model.transit.copy()
    way[region] = 0.0
    closed = model.most.copy()
    closed[:, region + 1] = 0
    three = replace(model, transit=way, most=closed)
    flat = replace(three, refilled=np.full_like(model.refilled, -1))
    one, two = solve(three), solve(flat)
    assert one.reckoned.total == pytest.approx(two.reckoned.total, rel=1e-9)
    assert one.stock.sum() == two.stock.sum()


def test_moving_a_piece_to_the_region_is_worth_what_its_vans_no_longer_wait(
    tmp_path: Path,
) -> None:
    lying = "part,location,on hand\nPS-7,Tampere,6\nVS-20,Tampere,3\n"
    nobody = VANS["assets.csv"].rsplit("A4", 1)[0]  # the region has no customers of its own
    plan = a_plan(a_folder(tmp_path, {**VANS, "stock.csv": lying, "assets.csv": nobody}))
    goals = [one for one in plan.moved if one.goal == place(plan.problem, "Bari")]
    assert goals and all(one.saves > 0 for one in goals)
