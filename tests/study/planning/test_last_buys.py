"""Parts that will no longer be made, and parts that come back repaired."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from study.planning.folders import (
    UNTIL,
    a_document,
    a_folder,
    a_plan,
    a_problem,
    part,
    requests,
    said,
)
from wellkept.methods.contract_hours import play
from wellkept.methods.demand import LeadTimeDemand
from wellkept.methods.stocking import pipelines
from wellkept.study.planning import last_buys, table
from wellkept.study.planning.evaluate import reckon
from wellkept.study.planning.model import model_of

ENDING = """part,name,unit cost,currency,lead time (days),last order day,service obligation until
PS-7,pressure sensor,200,EUR,30,2026-11-30,2030-12-31
VS-20,vane set,300,EUR,20,,
"""
REPAIRED = """part,name,unit cost,currency,lead time (days),turnaround days,repair yield
PS-7,pressure sensor,200,EUR,90,25,80 %
VS-20,vane set,300,EUR,20,,
"""
YEARS = (np.datetime64("2031-01-01") - np.datetime64(UNTIL)).astype(int) / 365.25


# --- the last order -----------------------------------------------------------------------------


def test_the_last_order_covers_what_is_owed_with_its_risk(tmp_path: Path) -> None:
    plan = a_plan(a_folder(tmp_path, {"parts.csv": ENDING}))
    (found,) = plan.last
    at = part(plan.problem, "PS-7")
    mean = plan.model.rate[at].sum() * YEARS
    spread = mean + mean**2 / plan.problem.forecast.shape[at]
    law = stats.nbinom(mean**2 / (spread - mean), mean / spread)
    assert found.needed == pytest.approx(mean, rel=1e-6)
    assert found.risk == pytest.approx(law.sf(found.owned + found.pieces), rel=1e-6, abs=1e-12)
    assert found.risk_now == pytest.approx(law.sf(found.owned), rel=1e-6)
    over = 200 * (1 + plan.problem.holding_share * YEARS)
    ratio = (found.short_value - 200) / (found.short_value - 200 + over)
    assert law.cdf(found.wanted) >= ratio - 1e-9 > law.cdf(found.wanted - 1) - 1e-9
    assert found.wanted == found.owned + found.pieces


def test_the_sentence_says_how_many_by_when_and_the_chance_to_run_out(tmp_path: Path) -> None:
    made = a_document(a_folder(tmp_path, {"parts.csv": ENDING}))
    (one,) = made["last_buys"]
    assert one["sentence"].startswith(f"Buy {one['pieces']} pressure sensor (PS-7) by 2026-11-30")
    assert "the chance to run out before then falls from" in one["sentence"]
    assert any(row["field"] == "search_days" for row in made["assumptions"])
    assert one["needed_low"] < one["needed"] < one["needed_high"]


def test_a_stated_cost_of_a_missing_piece_is_used_and_assumes_nothing(tmp_path: Path) -> None:
    cheap, dear = (
        ENDING.replace("until\n", "until,shortage cost\n")
        .replace("2030-12-31", f"2030-12-31,{cost}")
        .replace("20,,\n", "20,,,\n")
        for cost in (250, 250_000)
    )
    found = [
        a_document(a_folder(tmp_path, {"parts.csv": text}))
        for text in (cheap, dear)
    ]  # fmt: skip
    assert found[0]["last_buys"][0]["pieces"] < found[1]["last_buys"][0]["pieces"]
    assert found[1]["last_buys"][0]["short_value"] == 250_000
    assert not any(row["field"] == "search_days" for row in found[1]["assumptions"])


def test_what_is_still_needed_to_the_end_is_not_let_go(tmp_path: Path) -> None:
    stock = "part,location,on hand\nPS-7,Modena,30\nVS-20,Modena,30\n"
    plain = a_document(a_folder(tmp_path, {"stock.csv": stock}))
    ending = a_document(a_folder(tmp_path, {"stock.csv": stock, "parts.csv": ENDING}))
    let_go = {one["part"]: one["pieces"] for one in plain["releases"]}
    kept = {one["part"]: one["pieces"] for one in ending["releases"]}
    assert {"PS-7", "VS-20"} <= set(let_go) and kept.get("PS-7", 0) < let_go["PS-7"]


def test_after_the_last_day_nothing_is_bought_and_the_risk_is_said(tmp_path: Path) -> None:
    made = a_document(a_folder(tmp_path, {"parts.csv": ENDING.replace("2026-11-30", "2025-06-30")}))
    (one,) = made["last_buys"]
    assert not one["possible"] and one["pieces"] == 0
    assert "can no longer be ordered (since 2025-06-30)" in one["sentence"]
    assert "PS-7" not in {row["part"] for row in made["buys"]}
    assert one["risk_after"] == one["risk_before"] > 0


def test_the_table_orders_it_once(tmp_path: Path) -> None:
    plan = a_plan(a_folder(tmp_path, {"parts.csv": ENDING, "stock.csv": None}))
    with (tmp_path / "t.csv").open("w", newline="") as file:
        csv.writer(file).writerows([table.HEADER, *table.rows(plan)])
    with (tmp_path / "t.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["last_order"]]
    assert [(row["part"], row["location"], row["last_order_by"]) for row in rows] == [
        ("PS-7", "Modena", "2026-11-30")
    ]
    assert int(rows[0]["last_order"]) == plan.last[0].pieces


@pytest.mark.parametrize(
    ("dates", "complaint"),
    [
        ("2026-11-30,", "a last day of order, but no day until which the part is owed"),
        ("2026-11-30,2026-03-01", "owed for no longer than it can be ordered"),
        ("2026-11-30,2020-03-01", "the part is no longer owed"),
        ("someday,2030-12-31", "is not a day"),
    ],
)
def test_dates_that_say_nothing_are_named_with_their_line(
    tmp_path: Path, dates: str, complaint: str
) -> None:
    text = ENDING.replace("2026-11-30,2030-12-31", dates).replace(
        "20,,", "20,2026-12-01,2029-01-01"
    )
    problem = a_problem(tmp_path, {"parts.csv": text})
    assert complaint in said(problem) and "parts.csv:2" in said(problem)
    assert np.isnan(problem.supply.last_order[part(problem, "PS-7")])
    assert np.isfinite(problem.supply.last_order[part(problem, "VS-20")])


def test_a_budget_pays_for_last_orders_and_stock_together(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, {"parts.csv": ENDING, "stock.csv": None})
    free = a_plan(folder)
    (wanted,) = free.last
    stock = sum(one.money for one in free.bought if one.part != wanted.part)
    enough, little = (a_plan(folder, budget=of) for of in (wanted.money + stock, 3_000.0))
    assert [one.pieces for one in enough.last] == [wanted.pieces]
    assert (enough.found.stock == free.found.stock).all()
    assert "among them" in enough.last[0].sentence
    for plan, budget in ((enough, wanted.money + stock), (little, 3_000.0)):
        spent = sum(one.money for one in plan.bought) + sum(one.money for one in plan.last)
        assert 0.8 * budget < spent <= budget
    assert 0 < little.last[0].pieces < wanted.pieces
    assert f"{wanted.pieces:,} would be bought without it" in little.last[0].sentence


def test_what_rests_on_the_search_for_a_substitute_is_weighed(tmp_path: Path) -> None:
    made = a_document(a_folder(tmp_path, {"parts.csv": ENDING}))
    (row,) = (one for one in made["assumptions"] if one["field"] == "search_days")
    assert row["low"] < row["stock_value"] == made["last_buys"][0]["money"] < row["high"]
    (lesson,) = (one for one in made["learn"] if one["field"] == "search_days")
    assert lesson["guessed"] and lesson["worth"] > 0 and lesson["low"] < 90 < lesson["high"]


# --- the repair loop ----------------------------------------------------------------------------


def test_a_repaired_part_comes_back_to_the_depot_in_its_turnaround(tmp_path: Path) -> None:
    model = model_of(a_problem(tmp_path, {"parts.csv": REPAIRED}))
    loop = (0.8 * 25 + 0.2 * 90) / 365.25
    assert model.resupply[0] == pytest.approx(loop)
    assert model.resupply[1] == pytest.approx(20 / 365.25)
    assert model.network().hub[0] == pytest.approx(model.rate[0].sum() * loop)


def test_the_loop_when_played_is_as_reckoned(tmp_path: Path) -> None:
    many = requests(240).replace(" 1,", "1,")
    model = model_of(a_problem(tmp_path, {"parts.csv": REPAIRED, "requests.csv": many}))
    stock = np.zeros((model.parts, model.rate.shape[1] + 1), np.int64)
    stock[:, 0] = 1
    played = play(
        model.chain(), stock, model.causes(), contracts=1, years=30, warm_up=2.0, runs=150, seed=3
    )
    assert played.missing.sum(axis=(1, 2)).mean() == pytest.approx(
        reckon(model, stock).levels.backorders[:, 1:].sum(), rel=0.02
    )


def test_a_share_that_is_condemned_is_what_does_not_come_back(tmp_path: Path) -> None:
    text = REPAIRED.replace("repair yield", "condemnation rate").replace("80 %", "0.3")
    problem = a_problem(tmp_path, {"parts.csv": text})
    assert problem.supply.mended[part(problem, "PS-7")] == pytest.approx(0.7)


def test_pieces_in_repair_count_as_far_as_they_come_back(tmp_path: Path) -> None:
    stock = "part,location,on hand,in repair\nPS-7,Bari,1,5\nVS-20,Modena,2,4\n"
    problem = a_problem(tmp_path, {"parts.csv": REPAIRED, "stock.csv": stock})
    held = problem.holdings.position
    assert held[part(problem, "PS-7"), 0] == 4 and held[part(problem, "VS-20")].sum() == 2
    assert "pieces in repair of a part that is not repaired stock.csv:3" in said(problem)


def test_a_turnaround_without_a_share_is_assumed_and_a_share_alone_is_named(tmp_path: Path) -> None:
    silent = REPAIRED.replace("80 %", "").replace("20,,", "20,,0.5")
    problem = a_problem(tmp_path, {"parts.csv": silent})
    assert problem.supply.mended.tolist() == [0.9, 0.0]
    assert any(one.field == "repair_yield" for one in problem.priors.found)
    assert "no turnaround of the repair parts.csv:3" in said(problem)


def test_of_a_repaired_part_only_what_is_lost_is_used_up(tmp_path: Path) -> None:
    both = REPAIRED.replace("repair yield\n", "repair yield,last order,obligation until\n")
    both = both.replace("80 %", "80 %,2026-11-30,2030-12-31").replace("20,,\n", "20,,,,\n")
    plan = a_plan(a_folder(tmp_path, {"parts.csv": both}))
    rate = plan.model.rate[part(plan.problem, "PS-7")].sum()
    assert plan.last[0].needed == pytest.approx(0.2 * rate * YEARS, rel=1e-6)


def test_a_repair_yield_that_nobody_wrote_is_weighed(tmp_path: Path) -> None:
    made = a_document(a_folder(tmp_path, {"parts.csv": REPAIRED.replace("80 %", "")}))
    (row,) = (one for one in made["assumptions"] if one["field"] == "repair_yield")
    assert row["low"] > row["stock_value"] >= row["high"], (
        "what is not repaired waits for the supplier"
    )
    lessons = [one for one in made["learn"] if one["field"] == "repair_yield"]
    assert [one["part"] for one in lessons] == ["PS-7"] and 0.5 < lessons[0]["low"] < 0.9


# --- by the million -----------------------------------------------------------------------------


def a_table(need: last_buys.Need) -> LeadTimeDemand:
    """Lay the law out piece by piece, far into its tail."""
    most = int(need.mean + 40 + 14 * np.sqrt(need.variance))
    mass = pipelines.pmf(np.arange(most + 1), need.mean, need.variance)
    return LeadTimeDemand(mass, np.array([0, mass.size]), np.ones(1), one=True)


@pytest.mark.parametrize(("mean", "variance"), [(0.4, 0.4), (7.0, 19.0), (300.0, 9_000.0)])
def test_the_closed_forms_are_those_of_the_table(mean: float, variance: float) -> None:
    need = last_buys.Need(mean, variance)
    laid = a_table(need)
    for p in (1e-3, 0.05, 0.5, 0.95, 0.9999):
        assert need.quantile(p) == int(laid.quantile(p))
    for held in (0, 3, int(mean), int(3 * mean)):
        assert need.at_most(held) == pytest.approx(float(laid.at_most(held)), rel=1e-9)
        assert need.short(held) == pytest.approx(float(laid.short(held)), rel=1e-6, abs=1e-9)


def test_a_last_order_of_millions_is_reckoned_by_a_few_numbers(tmp_path: Path) -> None:
    """The least number that is enough, and packs for a budget that are few and add up."""
    need = last_buys.Need(3e6, 3e6 * 40 + 9e12 / 25)
    for p in (0.2, 0.9, 0.999):
        enough = need.quantile(p)
        assert need.at_most(enough) >= p > need.at_most(enough - 1)
    plan = a_plan(a_folder(tmp_path, {"parts.csv": ENDING}))
    at = part(plan.problem, "PS-7")
    model = replace(plan.model, rate=plan.model.rate * 1e6, pack=np.full_like(plan.model.pack, 7))
    (one,) = last_buys.last_buys(plan.problem, model, model.waiting, {})
    packs = last_buys._packs(plan.problem, model, one)
    assert one.part == at and one.pieces > 1e6 and len(packs) <= last_buys.CUTS + 1
    assert sum(size for _, _, size, _ in packs) == one.pieces
    assert all(size % 7 == 0 for _, _, size, _ in packs)
    assert [worth for worth, *_ in packs] == sorted(worth for worth, *_ in packs)
