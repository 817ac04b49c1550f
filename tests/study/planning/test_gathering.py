"""From files to a problem: what counts, where, in which money; and what is said of the rest."""

from pathlib import Path

import numpy as np
import pytest

from study.planning.folders import (
    DAY,
    FILES,
    PARTS,
    STOCK,
    a_folder,
    a_problem,
    only,
    part,
    place,
    requests,
    said,
)
from wellkept.record.sources.notes import Unreadable
from wellkept.study.planning.problem import Problem, gather
from wellkept.study.planning.reading import read_plan_folder


def assumed(problem: Problem, field: str) -> list[tuple[float, int]]:
    return [(p.value, p.count) for p in problem.priors.found if p.field == field]


# Places


def test_the_depot_is_what_nothing_refills_and_ways_add_up(tmp_path: Path) -> None:
    chain = "location,level,supplied by,transit days\nVan 3,van,Bari,1\nBari,regional,Modena,3\n"
    chain += "Modena,central,,\nTampere,regional,Modena,6\n"
    problem = a_problem(tmp_path, {"locations.csv": chain})
    assert problem.places.numbers[0] == "Modena"
    assert problem.places.transit_days[place(problem, "Van 3")] == 1
    assert problem.places.refilled[place(problem, "Van 3")] == place(problem, "Bari")
    assert problem.places.climb(place(problem, "Van 3")) == [
        place(problem, name) for name in ("Van 3", "Bari", "Modena")
    ]


def test_places_that_refill_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    circle = "location,supplied by,transit days\nBari,Modena,3\nModena,Bari,3\n"
    with pytest.raises(Unreadable, match=r"locations.csv: .* refill each other in a circle"):
        a_problem(tmp_path, {"locations.csv": circle})


def test_without_a_list_of_places_a_way_is_assumed_and_said(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, {"locations.csv": None})
    assert len(problem.places) == 3
    assert assumed(problem, "transit_days") == [(2.0, 2)]
    assert "Nothing is said to refill" in said(problem)


# Demand


def test_a_return_is_no_demand_below_zero(tmp_path: Path) -> None:
    back = requests() + "PS-7,2025-06-01,-1,Bari,A1\n"
    problem = a_problem(tmp_path, {"requests.csv": back})
    assert (len(problem.past), problem.past.returns) == (48, 1)
    assert problem.past.pieces.min() == 1
    called = (requests() + "PS-7,2025-06-01,1,Bari,A1\n").splitlines()
    words = [called[0] + ",movement", *(row + ",issue" for row in called[1:-1])]
    words.append(called[-1] + ",customer return")
    problem = a_problem(tmp_path, {"requests.csv": "\n".join(words) + "\n"})
    assert (len(problem.past), problem.past.returns) == (48, 1)


LEDGERS = {
    "sap": "Material;Lagerort;Bewegungsart;Buchungsdatum;Menge\n"
    "PS-7;0001;261;03.02.2025;-2,000\nPS-7;0001;101;04.02.2025;50,000\n"
    "PS-7;0001;201;05.02.2025;-1,000\nPS-7;0001;262;06.02.2025;1,000\n",
    "erpnext": "item_code,warehouse,posting_date,actual_qty,voucher_type\n"
    "PS-7,Stores,2025-02-03,-2,Delivery Note\nPS-7,Stores,2025-02-04,50,Purchase Receipt\n"
    "PS-7,Stores,2025-02-05,-1,Sales Invoice\nPS-7,Stores,2025-02-06,1,Sales Return\n",
    "maximo": "ITEMNUM,STORELOC,TRANSDATE,QUANTITY,ISSUETYPE\n"
    "PS-7,CENTRAL,2025-02-03,-2,ISSUE\nPS-7,CENTRAL,2025-02-04,50,TRANSFER\n"
    "PS-7,CENTRAL,2025-02-05,-1,ISSUE\nPS-7,CENTRAL,2025-02-06,1,RETURN\n",
    "signs alone": "part,date,quantity\nPS-7,2025-02-03,-2\nPS-7,2025-02-05,-1\n"
    "PS-7,2025-02-04,50\n",
    "above zero": "part,date,quantity,movement\nPS-7,2025-02-03,2,issue\n"
    "PS-7,2025-02-04,50,receipt\nPS-7,2025-02-05,1,issue\nPS-7,2025-02-06,1,return\n",
}


@pytest.mark.parametrize("system", LEDGERS)
def test_of_a_ledger_only_what_went_out_was_asked_for(tmp_path: Path, system: str) -> None:
    """Most write it below zero; what came in or moved is no request, and that is said."""
    files = {"ledger.csv": LEDGERS[system], "parts.csv": PARTS}
    problem = gather(read_plan_folder(only(tmp_path, files)), DAY)
    assert sorted(problem.past.pieces) == [1, 2]
    assert problem.past.returns == (0 if system == "signs alone" else 1)
    assert "1 rows came in, went from shelf to shelf" in said(problem)
    assert ("is written below zero" in said(problem)) == (system != "above zero")


def test_one_sheet_with_price_and_pieces_is_a_list_of_parts_and_of_stock(tmp_path: Path) -> None:
    sheet = (
        "Artikelnr.;Bezeichnung;EK-Preis;WBZ (Tage);Mindestbestand;Bestand\n"
        "PS-7;Sensor;200,50 €;30;1;4\nVS-20;Satz;300,00 €;20;0;9\n"
    )
    asked = "Artikelnr.;Entnahmedatum;Entnommen\nPS-7;03.02.2025;1\nVS-20;05.02.2025;2\n"
    folder = read_plan_folder(only(tmp_path, {"artikel.csv": sheet, "verbrauch.csv": asked}))
    (stock,), (parts,) = folder.of("stock"), folder.of("part")
    assert list(stock.numbers("on_hand")) == [4, 9]
    assert list(parts.numbers("unit_cost")) == [200.5, 300]
    assert {"on_hand", "lead_days"} <= set(folder.known[0].columns)


def test_what_cannot_be_read_is_named_with_its_place_and_loses_nothing(tmp_path: Path) -> None:
    odd = requests() + "PS-7,2025-06-01,two,Bari,A1\nPS-7,some day,1,Bari,A1\n"
    problem = a_problem(tmp_path, {"requests.csv": odd})
    assert len(problem.past) == 49, "somebody asked, for a piece at least; the undated is left out"
    assert "counted as one piece requests.csv:50 quantity two" in said(problem).replace(
        ". Correct the value in the file.", ""
    )
    assert "requests.csv:51 requested on some day" in said(problem)


def test_a_request_after_the_last_day_is_not_known_yet(tmp_path: Path) -> None:
    late = requests() + "PS-7,2026-01-01,1,Bari,A1\nPS-7,2025-12-31,1,Bari,A1\n"
    problem = a_problem(tmp_path, {"requests.csv": late})
    assert len(problem.past) == 49
    assert "after the last day of the plan" in said(problem)


def test_an_empty_shelf_shows_no_need_and_hides_none(tmp_path: Path) -> None:
    """Half the window nobody could take a sensor: the rate is that of the other half."""
    half = "part,missing from,missing until\nPS-7,2024-01-01,2024-12-31\n"
    open_half = requests().splitlines()
    kept = [row for row in open_half if not ("PS-7" in row and ",2024-" in row)]
    plain = a_problem(a_folder(tmp_path), {"requests.csv": "\n".join(kept) + "\n"})
    told = a_problem(tmp_path, {"requests.csv": "\n".join(kept) + "\n", "stock_outs.csv": half})
    sensor = part(plain, "PS-7")
    assert told.forecast.rate[sensor].sum() > 1.7 * plain.forecast.rate[sensor].sum()


# Parts


def test_a_superseded_part_is_its_successor_with_its_whole_past(tmp_path: Path) -> None:
    chain = (
        "old part,new part,effective from,ratio\nPS-5,PS-6,2020-01-01,1\nPS-6,PS-7,2024-06-01,2\n"
    )
    old = requests().replace("PS-7", "PS-5", 5)
    problem = a_problem(tmp_path, {"requests.csv": old, "supersession.csv": chain})
    assert "PS-5" not in problem.parts.numbers
    assert part(problem, "PS-5") == part(problem, "PS-7")
    mine = problem.past.part == part(problem, "PS-7")
    assert mine.sum() == 24
    assert problem.past.pieces[mine].sum() == 24 + 5, "two new pieces for an old one"


def test_a_successor_of_tomorrow_does_not_count_today(tmp_path: Path) -> None:
    ahead = "old part,new part,effective from\nPS-7,PS-9,2026-03-01\n"
    problem = a_problem(tmp_path, {"supersession.csv": ahead})
    assert part(problem, "PS-7") != part(problem, "PS-9")
    assert "both parts are planned apart" in str(problem.complaints.notes)


def test_parts_that_supersede_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    circle = "old part,new part\nPS-7,PS-8\nPS-8,PS-7\n"
    with pytest.raises(Unreadable, match=r"PS-7 → PS-8 → PS-7 supersede each other in a circle"):
        a_problem(tmp_path, {"supersession.csv": circle})


def test_lead_times_come_from_orders_as_far_as_there_are_any(tmp_path: Path) -> None:
    orders = "part,ordered on,received on\n" + "VS-20,2025-01-01,2025-03-02\n" * 8
    back = "VS-20,2025-05-01,2025-04-01\n"
    problem = a_problem(tmp_path, {"purchases.csv": orders + back})
    lead = problem.supply.lead_days
    assert lead[part(problem, "PS-7")] == 30
    assert lead[part(problem, "VS-20")] == pytest.approx((2 * 20 + 8 * 60) / 10)
    assert "received before it was ordered" in said(problem)


def test_what_no_record_gives_is_assumed_and_counted(tmp_path: Path) -> None:
    parts = "part,unit cost,lead time (weeks)\nPS-7,,4\nVS-20,300,\n"
    problem = a_problem(tmp_path, {"parts.csv": parts})
    assert problem.supply.unit_cost[part(problem, "PS-7")] == 300, "the middle price of the others"
    assert problem.supply.lead_days[part(problem, "PS-7")] == 28
    assert problem.supply.lead_days[part(problem, "VS-20")] == 28
    assert assumed(problem, "unit_cost") == [(300.0, 1)]
    assert assumed(problem, "lead_days") == [(28.0, 1)]
    stated = a_problem(tmp_path, {"parts.csv": parts}, "[plan]\nlead_days = 90\nunit_cost = 40\n")
    assert stated.supply.lead_days[part(stated, "VS-20")] == 90
    assert stated.supply.unit_cost[part(stated, "PS-7")] == 40


# Money


def test_mixed_currencies_are_refused_until_a_rate_is_given(tmp_path: Path) -> None:
    pounds = PARTS.replace("VS-20,vane set,300,EUR", "VS-20,vane set,300,GBP")
    with pytest.raises(
        Unreadable,
        match=r"parts.csv, line 3, column ‘unit cost’: 300 GBP, while the plan is in EUR",
    ) as refused:
        a_problem(tmp_path, {"parts.csv": pounds}, 'currency = "EUR"\n')
    assert "[plan.rates] GBP" in str(refused.value)
    rated = a_problem(
        tmp_path, {"parts.csv": pounds}, 'currency = "EUR"\n[plan.rates]\nGBP = 1.2\n'
    )
    assert rated.supply.unit_cost[part(rated, "VS-20")] == pytest.approx(360)
    listed = {"parts.csv": pounds, "rates.csv": "currency,exchange rate\nGBP,1.5\n"}
    in_file = a_problem(tmp_path, listed, 'currency = "EUR"\n')
    assert in_file.supply.unit_cost[part(in_file, "VS-20")] == pytest.approx(450)


def test_a_price_may_carry_its_currency_itself(tmp_path: Path) -> None:
    parts = "part,unit cost,lead time (days)\nPS-7,$ 200,30\nVS-20,$ 300,20\n"
    recipe = 'currency = "EUR"\n[plan.rates]\nUSD = 0.5\n'
    problem = a_problem(tmp_path, {"parts.csv": parts}, recipe)
    assert problem.supply.unit_cost.tolist() == [100, 150]


# Stock


def test_never_below_binds_until_its_day_and_names_its_owner(tmp_path: Path) -> None:
    floors = (
        "part,location,on hand,never below,never below owner,never below until\n"
        "PS-7,Bari,1,2,Alma,2026-06-30\nVS-20,Bari,1,5,Bruno,2025-06-30\nVS-20,Tampere,0,1,,\n"
    )
    problem = a_problem(tmp_path, {"stock.csv": floors})
    bound = {(f.part, f.place): (f.pieces, f.owner) for f in problem.holdings.floors}
    assert bound == {
        (part(problem, "PS-7"), place(problem, "Bari")): (2, "Alma"),
        (part(problem, "VS-20"), place(problem, "Tampere")): (1, None),
    }
    assert "has expired" in said(problem) and "has no owner" in said(problem)


def test_stock_below_nothing_counts_as_none_and_is_said(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, {"stock.csv": STOCK.replace("VS-20,Bari,3", "VS-20,Bari,-3")})
    assert problem.holdings.on_hand[part(problem, "VS-20"), place(problem, "Bari")] == 0
    assert "fewer pieces than none stock.csv:4 on hand -3" in said(problem)


# Who needs it


def test_an_asset_s_part_is_asked_for_in_the_van_only_if_the_van_ever_held_it(
    tmp_path: Path,
) -> None:
    vans = FILES["locations.csv"] + "Van 1,van,Tampere,1\n"
    served = FILES["assets.csv"].replace("safety,Tampere", "safety,Van 1")
    above = a_problem(tmp_path, {"locations.csv": vans, "assets.csv": served})
    pump = above.cells.asset == above.base.at["A2"]
    assert above.cells.place[pump].tolist() == [place(above, "Tampere")]
    carried = STOCK + "VS-20,Van 1,1,0,1\n"
    inside = a_problem(
        tmp_path, {"locations.csv": vans, "assets.csv": served, "stock.csv": carried}
    )
    pump = inside.cells.asset == inside.base.at["A2"]
    assert inside.cells.place[pump].tolist() == [place(inside, "Van 1")]


def test_a_component_of_a_machine_is_not_a_second_machine(tmp_path: Path) -> None:
    inner = (
        "asset,family,site,customer,parent asset\n"
        "M1,Pump,Nord 1,Clinic Nord,\nC1,Pump,Nord 1,Clinic Nord,M1\n"
    )
    used = "part,family,qty per asset\nVS-20,Pump,1\nPS-7,Pump,1\n"
    problem = a_problem(tmp_path, {"assets.csv": inner, "where_used.csv": used})
    assert problem.cells.pieces[problem.cells.part == part(problem, "VS-20")].sum() == 1


def test_several_lists_fill_in_one_asset(tmp_path: Path) -> None:
    more = "asset no,contract,downtime cost per hour,criticality\nA3,C-118,75,safety\n"
    more += "A9,C-118,75,safety\n"
    problem = a_problem(tmp_path, {"terms.csv": more})
    mill = problem.base.at["A3"]
    assert problem.base.cost_h[mill] == 75
    assert problem.base.contract[mill] == 0
    assert problem.base.classes[mill] == "degraded", "the first list that says it wins"


def test_a_contract_that_has_ended_protects_nobody(tmp_path: Path) -> None:
    ended = "contract,customer,allowance hours,penalty per hour,valid from,valid until\n"
    ended += "C-118,Clinic Nord,30,350,2020-01-01,2025-12-30\n"
    problem = a_problem(tmp_path, {"contracts.csv": ended})
    assert problem.agreed.numbers == []
    assert "not in force on the last day" in said(problem)


def test_a_guarantee_is_an_allowance_of_the_hours_of_a_year(tmp_path: Path) -> None:
    text = "contract,customer,guaranteed availability,penalty per hour\nC-118,Clinic Nord,98 %,9\n"
    problem = a_problem(tmp_path, {"contracts.csv": text})
    assert problem.agreed.allowance_h == [pytest.approx(0.02 * 8760)]


# Forecast


def test_a_part_never_asked_for_is_planned_from_what_is_installed(tmp_path: Path) -> None:
    stated = FILES["where_used.csv"].replace("stops", "stops,failures per year")
    stated = stated.replace(",1,1\n", ",1,1,0.5\n") + "RB-1,Pump,2,1,0.25\n"
    problem = a_problem(tmp_path, {"where_used.csv": stated})
    bearing = part(problem, "RB-1")
    assert problem.past.part.tolist().count(bearing) == 0
    assert 0.3 < problem.forecast.rate[bearing].sum() < 1.0, "two pumps, two pieces, 0.25 a year"
    where = np.flatnonzero(problem.forecast.rate[bearing])
    assert {problem.places.numbers[j] for j in where} == {"Bari", "Tampere"}


def test_what_was_seen_outweighs_what_was_assumed(tmp_path: Path) -> None:
    problem = a_problem(tmp_path)
    asked = 24 / problem.past.years
    sensor = problem.forecast.rate[part(problem, "PS-7")].sum()
    assert sensor == pytest.approx(asked, rel=0.1)
    assert problem.forecast.shape[part(problem, "PS-7")] > 20


# Little


def test_requests_price_and_lead_time_are_enough(tmp_path: Path) -> None:
    rows = "".join(f"PS-7,2025-{m:02d}-03,1,200,30\n" for m in range(1, 13))
    text = "item,date,qty,unit price,lead time days\n" + rows
    problem = gather(read_plan_folder(only(tmp_path, {"usage.csv": text})), DAY)
    assert len(problem.places) == 1
    assert problem.supply.lead_days.tolist() == [30]
    assert problem.supply.unit_cost.tolist() == [200]
    assert problem.forecast.rate[0, 0] == pytest.approx(12, rel=0.1)


def test_where_nothing_can_be_planned_the_wanted_files_are_named(tmp_path: Path) -> None:
    folder = only(tmp_path, {"parts.csv": PARTS})
    with pytest.raises(
        Unreadable, match=r"nothing to plan from. Wanted is a list of requests"
    ) as it:
        gather(read_plan_folder(folder), DAY)
    assert "parts.csv (part)" in str(it.value)
    with pytest.raises(Unreadable, match=r"there is no such folder"):
        read_plan_folder(tmp_path / "nowhere")


def test_names_that_mean_the_same_are_one(tmp_path: Path) -> None:
    spelt = FILES["assets.csv"].replace("A2,Pump,Nord 2,Clinic Nord", "A2,Pump,Nord 2,CLINIC N.")
    recipe = '[same_as.customer]\n"CLINIC N." = "Clinic Nord"\n'
    problem = a_problem(tmp_path, {"assets.csv": spelt}, recipe)
    assert {one.customer for one in problem.base.assets} == {"Clinic Nord", "Mill East"}
