"""The plan: least money, inside its bounds; what changes if a number does."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.planning.folders import FILES, STOCK, a_folder, a_plan, a_problem, part, place
from wellkept.study.planning.evaluate import reckon, reckon_again
from wellkept.study.planning.model import Model, as_stock, by_place, model_of
from wellkept.study.planning.run import Plan
from wellkept.study.planning.solve import BudgetTooSmall, allocate, solve
from wellkept.study.planning.whatif import FIELDS, NoSuchCase, changed, what_if


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return a_plan(a_folder(tmp_path_factory.mktemp("parts")))


def held(plan: Plan, number: str, where: str) -> int:
    target = by_place(plan.found.stock)
    return int(target[part(plan.problem, number), place(plan.problem, where)])


# Least money


def test_no_single_piece_more_or_less_would_cost_less(plan: Plan) -> None:
    """At the weights of the plan, every neighbour costs as much or more."""
    model, stock = plan.model, plan.found.ideal
    value = model.value(plan.found.weights)

    def cost(one: np.ndarray) -> float:
        found = reckon(model, one)
        return float((found.levels.backorders[:, 1:] * value).sum()) + found.holding

    best = cost(stock)
    for at in np.argwhere(model.most > 0):
        for step in (-1, 1):
            near = stock.copy()
            near[tuple(at)] += step
            if near.min() >= 0:
                assert cost(near) >= best - 1e-6, (at, step)


def test_a_step_stays_only_if_the_simulated_money_falls(plan: Plan) -> None:
    kept = [one.simulated for one in plan.found.passes if one.accepted]
    assert kept == sorted(kept, reverse=True)
    assert plan.found.simulated.total == kept[-1]
    assert plan.found.passes[0].accepted


def test_a_penalty_moves_pieces_to_who_would_bear_it(tmp_path: Path) -> None:
    """Without a cost of its own an hour weighs nothing until its contract is likely to break."""
    free = FILES["contracts.csv"].replace("30,350,420", "30,0,0")
    fined = FILES["contracts.csv"].replace("30,350,420", "30,5000,0")
    costless = 'currency = "EUR"\n[plan.downtime_cost_h]\nsafety = 0\ndegraded = 0\nunknown = 0\n'
    none = a_plan(a_folder(tmp_path, {"contracts.csv": free}, costless))
    assert none.found.stock.sum() == 0
    some = a_plan(a_folder(tmp_path, {"contracts.csv": fined}, costless))
    assert some.found.passes[0].simulated > some.found.simulated.total
    assert held(some, "PS-7", "Bari") > 0 and held(some, "VS-20", "Tampere") > 0


def test_the_plan_costs_less_than_today_where_it_is_reckoned_and_where_it_is_played(
    plan: Plan,
) -> None:
    assert plan.now is not None
    assert plan.found.reckoned.total < plan.now.total
    assert plan.found.simulated.total < plan.now.total


# Bounds


def test_nothing_goes_below_never_below(tmp_path: Path) -> None:
    floors = "part,location,on hand,never below,never below owner\nPS-7,Tampere,0,3,Alma\n"
    plan = a_plan(a_folder(tmp_path, {"stock.csv": floors}))
    assert held(plan, "PS-7", "Tampere") == 3, "nobody there ever asks for it"


@pytest.mark.parametrize("budget", [0.0, 450.0, 1_000.0])
def test_purchases_stay_within_the_budget(tmp_path: Path, budget: float) -> None:
    plan = a_plan(a_folder(tmp_path), budget=budget)
    spent = sum(one.money for one in plan.bought)
    assert spent <= budget
    problem = plan.problem
    new = np.maximum(plan.found.stock.sum(axis=1) - problem.holdings.position.sum(axis=1), 0)
    assert float((new * plan.model.cost).sum()) == pytest.approx(spent)


def test_a_budget_that_cannot_pay_for_what_must_be_held_is_refused(tmp_path: Path) -> None:
    floors = "part,location,on hand,never below,never below owner\nPS-7,Bari,0,5,Alma\n"
    with pytest.raises(BudgetTooSmall, match=r"must be bought first and costs 1,000"):
        a_plan(a_folder(tmp_path, {"stock.csv": floors}), budget=900.0)


def test_purchases_come_in_packs_and_in_no_less_than_the_least_order(tmp_path: Path) -> None:
    parts = "part,unit cost,lead time (days),pack size,min order qty\n"
    parts += "PS-7,20,30,5,10\nVS-20,30,20,1,1\n"
    plan = a_plan(a_folder(tmp_path, {"parts.csv": parts}))
    sensors = sum(one.pieces for one in plan.bought if one.part == part(plan.problem, "PS-7"))
    assert sensors >= 10 and sensors % 5 == 0


def test_pieces_are_conserved_by_moves_purchases_and_releases(plan: Plan) -> None:
    problem, target = plan.problem, by_place(plan.found.stock)
    for number in range(len(problem.parts)):
        bought = sum(one.pieces for one in plan.bought if one.part == number)
        freed = sum(one.pieces for one in plan.released if one.part == number)
        today = int(problem.holdings.position[number].sum())
        assert today + bought - freed == int(target[number].sum())


# One shelf at the depot


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=5))
def test_a_stock_by_place_survives_being_laid_on_the_depot_s_shelf(table: list[list[int]]) -> None:
    pieces = np.array(table, np.int64)
    assert by_place(as_stock(pieces)).tolist() == pieces.tolist()
    assert as_stock(pieces)[:, 1].tolist() == [0] * len(table)


def test_who_is_served_at_the_depot_waits_as_often_as_the_depot_is_empty(plan: Plan) -> None:
    found = reckon(plan.model, as_stock(plan.problem.holdings.position)).levels
    assert found.fill[:, 1].tolist() == found.fill[:, 0].tolist()


# What if


@settings(max_examples=25, deadline=None)
@given(field=st.sampled_from(sorted(FIELDS)), times=st.floats(0.2, 5))
def test_a_what_if_changes_one_number_and_no_other(plan: Plan, field: str, times: float) -> None:
    model = plan.model
    other = changed(plan.problem, model, f"{field}=x{times:.3f}")
    factor = float(f"{times:.3f}")
    named = {"lead_days": "lead", "unit_cost": "cost", "transit_days": "transit", "need": "rate",
             "allowance_h": "allowance_h", "penalty_h": "penalty_h",
             "downtime_cost_h": "cell_cost_h", "holding_share": "holding_share"}  # fmt: skip
    assert getattr(other, named[field]) == pytest.approx(getattr(model, named[field]) * factor)
    follows = {"downtime_cost_h": {"waiting"}}.get(field, set())
    for name in (
        {*named.values(), "shape", "waiting", "standing", "owned"} - {named[field]} - follows
    ):
        same = np.asarray(getattr(other, name)) == np.asarray(getattr(model, name))
        assert same.all(), name


@pytest.mark.parametrize("asked", ["lead_days:VS-20=60", "need=x2", "transit_days=9"])
def test_a_what_if_allocates_what_it_changes_as_if_it_allocated_all(plan: Plan, asked: str) -> None:
    other = changed(plan.problem, plan.model, asked)
    whole = allocate(other, plan.found.weights, None)[4]
    assert (what_if(plan.problem, plan.model, plan.found, asked).stock == whole).all()


@pytest.mark.parametrize("asked", ["lead_days:VS-20=60", "need:PS-7=x3", "downtime_cost_h:VS-20=9"])
def test_what_a_part_touches_is_reckoned_as_if_all_was_reckoned(plan: Plan, asked: str) -> None:
    other = changed(plan.problem, plan.model, asked)
    network = other.network()
    named = part(plan.problem, asked.split(":")[1].split("=")[0])
    stock = plan.found.stock.copy()
    stock[named, -1] += 1
    some = reckon_again(other, stock, network, plan.found.reckoned, np.array([named]))
    every = reckon(other, stock, network)
    assert some.total == pytest.approx(every.total, rel=1e-12)
    assert some.standing_h == pytest.approx(every.standing_h, rel=1e-12)
    assert some.by_contract == pytest.approx(every.by_contract, rel=1e-9, nan_ok=True)
    assert (some.levels.fill == every.levels.fill).all()
    assert some.total != plan.found.reckoned.total


def test_a_what_if_by_name_changes_that_part_alone(plan: Plan) -> None:
    other = changed(plan.problem, plan.model, "lead_days:VS-20=60")
    vane = part(plan.problem, "VS-20")
    assert other.lead[vane] == pytest.approx(60 / 365.25)
    assert np.delete(other.lead, vane) == pytest.approx(np.delete(plan.model.lead, vane))


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("lead_day=3", r"did you mean lead_days\?"),
        ("lead_days:VS-2=3", r"there is no part VS-2; did you mean VS-20\?"),
        ("penalty_h:C-1=0", r"there is no contract C-1; did you mean C-118\?"),
        ("need", r"not understood"),
        ("need=-1", r"FIELD=NUMBER"),
    ],
)
def test_a_what_if_that_cannot_be_read_is_refused_with_what_it_may_be(
    plan: Plan, asked: str, answer: str
) -> None:
    with pytest.raises(NoSuchCase, match=answer):
        changed(plan.problem, plan.model, asked)


def test_longer_lead_times_never_need_fewer_pieces(plan: Plan) -> None:
    before = 0
    for days in (5, 20, 60, 120):
        other = changed(plan.problem, plan.model, f"lead_days={days}")
        total = int(allocate(other, plan.found.weights, None)[1].sum())
        assert total >= before
        before = total


# A part of the whole


def test_some_parts_alone_are_planned_as_among_all(plan: Plan) -> None:
    model = plan.model
    for number in range(model.parts):
        small: Model = model.only(np.array([number]))
        alone = allocate(small, plan.found.weights, None)[1]
        assert alone[0].tolist() == plan.found.ideal[number].tolist()


def test_pieces_that_come_several_at_a_time_need_more_stock(tmp_path: Path) -> None:
    lumpy = FILES["requests.csv"].replace(",1,Bari", ",4,Bari")
    single = a_problem(tmp_path)
    model = model_of(single)
    heavy = model_of(a_problem(tmp_path, {"requests.csv": lumpy, "stock.csv": STOCK}))
    sensor = part(single, "PS-7")
    assert heavy.lumps[sensor] > model.lumps[sensor] == 1
    assert heavy.rate[sensor].sum() == pytest.approx(4 * model.rate[sensor].sum(), rel=0.15)
    assert solve(heavy).stock[sensor].sum() > 4 * solve(model).stock[sensor].sum() - 4
