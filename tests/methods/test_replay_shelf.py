"""One shelf against its history: levels scored on demands that came."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wellkept.methods import replay, stocking
from wellkept.methods.stocking import compound

ONE: dict[str, Any] = {"minimum": 0, "maximum": 1, "lead": 1.0}


def stream(n: int, rate: float, end: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    counts = chance.poisson(rate * end, n)
    return np.repeat(np.arange(n), counts), chance.uniform(0, end, int(counts.sum()))


def test_a_shelf_with_lots_keeps_what_the_formula_says() -> None:
    shelf, time = stream(300, 1.5, 1000.0, 1)
    kept = replay.backtest(
        shelf, time, np.ones(time.size), minimum=3, maximum=8, pack=5, lead=2.0, begin=50, end=1000
    )
    exact = stocking.order_in_lots(3, 5, 3.0)
    fill = kept.unit_fill()
    assert fill is not None and fill.low is not None and fill.high is not None
    assert fill.low - 0.001 <= float(exact.fill) <= fill.high + 0.001
    assert kept.backorders.mean() == pytest.approx(float(exact.backorders), rel=0.04)
    assert kept.on_hand.mean() == pytest.approx(float(exact.on_hand), rel=0.01)


def test_a_shelf_that_is_reviewed_keeps_what_the_formula_says() -> None:
    shelf, time = stream(300, 1.5, 1000.0, 2)
    kept = replay.backtest(
        shelf,
        time,
        np.ones(time.size),
        minimum=4,
        maximum=5,
        lead=2.0,
        review=1.0,
        begin=50,
        end=1000,
    )
    exact = stocking.review(5, 1.5, 2.0, 1.0)
    fill = kept.unit_fill()
    assert fill is not None
    assert fill.value == pytest.approx(float(exact.fill), abs=0.006)
    assert kept.backorders.mean() == pytest.approx(float(exact.backorders), rel=0.03)
    assert kept.on_hand.mean() == pytest.approx(float(exact.on_hand), rel=0.02)


def test_a_shelf_met_from_elsewhere_when_empty_loses_what_erlang_says() -> None:
    shelf, time = stream(300, 1.5, 1000.0, 3)
    kept = replay.backtest(
        shelf,
        time,
        np.ones(time.size),
        minimum=2,
        maximum=3,
        lead=2.0,
        lost=True,
        begin=50,
        end=1000,
    )
    fill = kept.unit_fill()
    assert fill is not None
    assert 1 - fill.value == pytest.approx(float(stocking.erlang_loss(3, 3.0)), abs=0.004)
    assert (kept.backorders == 0).all()


def test_a_shelf_of_customers_who_take_several_has_three_services() -> None:
    shelf, time = stream(300, 1.5, 1000.0, 4)
    sizes = np.random.default_rng(5).choice([1, 2, 4], time.size, p=[0.4, 0.4, 0.2])
    kept = replay.backtest(
        shelf, time, sizes, minimum=5, maximum=6, pack=7, lead=2.0, begin=50, end=1000
    )
    exact = compound.services(5, 7, 3.0, [0.4, 0.4, 0.0, 0.2])
    units, lines = kept.unit_fill(), kept.line_fill()
    assert units is not None and lines is not None
    assert units.value == pytest.approx(exact.unit_fill, abs=0.005)
    assert lines.value == pytest.approx(exact.line_fill, abs=0.005)
    assert 1 - kept.empty.mean() == pytest.approx(exact.ready, abs=0.005)


def test_bruno_walks_one_shelf_by_hand() -> None:
    """Max 2, min 1, lead 10: demands on days 1, 2, 4 and 20; the third waits seven days."""
    kept = replay.backtest(
        [0, 0, 0, 0], [1, 2, 4, 20], [1, 1, 1, 1], minimum=1, maximum=2, lead=10, begin=0, end=30
    )
    assert (int(kept.lines[0]), int(kept.whole_lines[0])) == (4, 3)
    assert kept.units_at_once[0] == 3
    assert kept.backorders[0] == pytest.approx(7 / 30)  # from day 4 to day 11
    # two on the shelf to day 1, one to day 2; one from 12 to 14, two to 20, one to the end
    assert kept.on_hand[0] == pytest.approx((2 + 1 + 2 + 12 + 10) / 30)
    assert kept.empty[0] == pytest.approx(10 / 30)  # days 2 to 12
    assert (int(kept.orders[0]), kept.ordered[0], kept.most_missing[0]) == (4, 4, 1)


def test_orders_take_the_times_that_they_took() -> None:
    slow = replay.backtest(
        [0, 0, 0],
        [1, 5, 9],
        [1, 1, 1],
        minimum=0,
        maximum=1,
        lead=[[2.0, 3.0, 1.0]],
        begin=0,
        end=20,
    )
    assert slow.backorders[0] == 0.0
    late = replay.backtest(
        [0, 0, 0],
        [1, 5, 9],
        [1, 1, 1],
        minimum=0,
        maximum=1,
        lead=[[2.0, 7.0, 1.0]],
        begin=0,
        end=20,
    )
    assert late.backorders[0] == pytest.approx(3 / 20)  # the unit sent for on day 5 comes on day 12


def test_shelves_without_demand_keep_their_stock() -> None:
    kept = replay.backtest(
        [1], [3.0], [2], minimum=[0, 0, 0], maximum=[4, 4, 4], lead=1, begin=0, end=9
    )
    assert kept.on_hand[0] == kept.on_hand[2] == 4.0
    assert kept.units.tolist() == [0.0, 2.0, 0.0]
    assert kept.unit_fill() is not None


# --- what cannot be used ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (
            lambda: replay.backtest([0], [1.0], [-2], **ONE, begin=0, end=2),
            "quantity cannot be used",
        ),
        (
            lambda: replay.backtest([0], [1.0], [1], minimum=2, maximum=2, lead=1, begin=0, end=2),
            "nothing would ever be ordered",
        ),
        (
            lambda: replay.backtest([0], [1.0, 2.0], [1], **ONE, begin=0, end=2),
            "one row of shelf",
        ),
        (
            lambda: replay.backtest([0], [1.0], [1], **ONE, begin=2, end=2),
            "no time",
        ),
        (
            lambda: replay.backtest(
                [0], [1.0], [1], minimum=0, maximum=1, lead=[[1.0], [2.0]], begin=0, end=2
            ),
            "as many lists of lead times",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says):
        call()
