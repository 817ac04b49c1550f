"""Parts of which thousands are asked for: reckoned in lots, and what that may cost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study.planning.folders import UNTIL, a_document, a_folder, a_plan, a_problem, only
from wellkept.methods.stocking import pipelines
from wellkept.study.planning import lots
from wellkept.study.planning.evaluate import reckon, simulate
from wellkept.study.planning.model import Model, by_place, model_of
from wellkept.study.planning.proof import _units, compared
from wellkept.study.planning.solve import allocate


def screws(many: int, pieces: int) -> str:
    """Write `many` requests of screws over three years, each of half to twice `pieces`."""
    lines = ["part,requested on,quantity,location,asset"]
    for nth in range(many):
        day = UNTIL - timedelta(days=1 + nth * 1095 // many)
        place, asset = (("Bari", "A1"), ("Tampere", "A2"), ("Modena", "A3"))[nth % 3]
        lines.append(f"PS-7,{day},{pieces * (2 + nth % 7) // 4},{place},{asset}")
    return "\n".join(lines) + "\n"


@given(st.floats(0.3, 1e5), st.floats(10, 3e5), st.floats(1, 1e5))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_lots_vary_as_their_pieces_do(shape: float, mean: float, lumps: float) -> None:
    """And those of parts that are not asked for so often are single pieces."""
    known, asked, clump = np.array([shape]), np.array([mean]), np.array([lumps])
    lot = lots.sizes(known, asked, clump)
    mine = lots.shape(known, lot, asked, clump)
    varies = mean * lumps + mean**2 / shape
    found = max(lot[0], lumps) * mean + mean**2 / mine[0]
    assert found == pytest.approx(varies, rel=1e-6, abs=mean**2 * 2e-6)
    assert lot[0] <= max(np.sqrt(varies) / lots.COARSE, 1)
    if mean + lots.FAR * np.sqrt(varies) < lots.MANY:
        assert lot[0] == 1 and mine[0] == shape


@pytest.mark.parametrize(("mean", "shape", "lot"), [(2_000, 4.0, 100), (900, 30.0, 20)])
def test_a_whole_lot_costs_less_than_said(mean: float, shape: float, lot: int) -> None:
    """value × lot² ÷ 8 × the greatest density, against the best of all levels."""
    level = np.arange(0, int(mean * 8))
    mass = pipelines.pmf(level, mean, mean + mean**2 / shape)
    beyond = 1 - np.cumsum(mass)
    short = mean - np.concatenate([[0.0], np.cumsum(beyond[:-1])])
    for price in (0.5, 0.05, 0.001):
        cost = short + price * level
        assert cost[::lot].min() - cost.min() <= lot**2 / 8 * mass.max() * 1.01


def a_part(path: Path, mean: float, shape: float, request: int) -> tuple[Model, Model]:
    """Give a cheap part, `mean` pieces asked for in a resupply time: by piece, and in lots."""
    model = model_of(a_problem(path)).only(np.array([0]))
    rate = model.rate / (model.rate.sum() * model.resupply[0]) * mean
    doubt, lumps = np.array([shape]), np.array([2.0 * request - 1])
    single = replace(
        model, rate=rate, shape=doubt, cost=np.array([2.0]), owned=np.zeros(1, np.int64),
        waiting=model.waiting * 1e-3, lumps=lumps,
    )  # fmt: skip
    lot = lots.sizes(doubt, np.array([mean]), lumps)
    return single, replace(single, lot=lot)


def stock_of(model: Model) -> np.ndarray:
    return allocate(model, np.zeros(model.allowance_h.size), None)[4]


def test_lots_buy_nearly_what_single_pieces_would(tmp_path: Path) -> None:
    """Of a part that is asked for piece by piece, judged piece by piece."""
    single, many = a_part(tmp_path, 500, 20.0, 1)
    best, mine = stock_of(single), stock_of(many)
    assert many.lot[0] == 7
    least, found = (reckon(single, stock) for stock in (best, mine))
    assert found.holding + found.waiting <= 1.03 * (least.holding + least.waiting)
    assert mine.sum() == pytest.approx(best.sum(), rel=0.03)


def test_requests_of_many_pieces_are_planned_alike_by_piece_and_in_lots(tmp_path: Path) -> None:
    """Requests of 50 pieces on average, judged by the exact law of single pieces, and played."""
    single, many = a_part(tmp_path, 240, 20.0, 50)
    best, mine = stock_of(single), stock_of(many)
    assert 1 < many.lot[0] <= 99
    least, found = (reckon(single, stock) for stock in (best, mine))
    assert found.holding + found.waiting <= 1.05 * (least.holding + least.waiting)
    less = mine // 2 // many.lot[0] * many.lot[0]  # so that something is missing
    for model in (replace(one, waiting=one.waiting * 1e3) for one in (single, many)):
        seen = compared(model, reckon(model, less), simulate(model, less, most=400_000))
        assert [one.name for one in seen if not one.holds] == []


def test_a_part_asked_for_in_a_hundred_thousand_is_planned_in_a_moment(tmp_path: Path) -> None:
    folder = only(
        tmp_path,
        {
            "parts.csv": "part,name,unit cost,currency,lead time (days)\nPS-7,screw,0.02,EUR,60\n",
            "requests.csv": screws(120, 10_000),
        },
    )
    plan = a_plan(folder)
    lot = int(plan.model.lot[0])
    assert lot > 100 and not (plan.found.stock % lot).any()
    assert by_place(plan.found.stock).sum() > plan.model.rate.sum() * 60 / 365
    said = next(one for one in a_document(folder)["assumptions"] if one["field"] == "lot")
    assert (said["value"], said["parts"]) == (lot, ["PS-7"])


def test_what_was_asked_for_is_replayed_in_as_many_lots(tmp_path: Path) -> None:
    past = a_problem(tmp_path, {"requests.csv": screws(60, 90)}).past
    part, place, when = _units(past, np.array([100, 1]))
    asked = np.bincount(past.place, weights=past.pieces)
    assert np.abs(np.bincount(place) * 100 - asked).max() <= 50
    assert part.size == place.size == when.size


def test_stocks_between_lots_lie_between(tmp_path: Path) -> None:
    """At the depot, at a region, and at both: a mean by distance."""
    model = model_of(a_problem(a_folder(tmp_path), {"requests.csv": screws(60, 200)}))
    stock = np.zeros_like(model.least)
    stock[0] = [400, 0, 120, 200]
    more = np.array([40, 0, 40, 0])

    def missing(held: np.ndarray) -> np.ndarray:
        return np.asarray(model.levels(held).backorders[0, 1:])

    def with_first(row: np.ndarray) -> np.ndarray:
        held = stock.copy()
        held[0] = row
        return held

    corners = [
        missing(with_first(stock[0] + a + b))
        for a in (0, more * [1, 0, 0, 0])
        for b in (0, more * [0, 0, 1, 0])
    ]
    between = missing(with_first(stock[0] + [10, 0, 20, 0]))
    wanted = 0.375 * corners[0] + 0.375 * corners[1] + 0.125 * corners[2] + 0.125 * corners[3]
    np.testing.assert_allclose(between, wanted, rtol=1e-12)
