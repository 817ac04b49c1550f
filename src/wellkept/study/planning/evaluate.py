"""What a stock costs and keeps: reckoned exactly, and played out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import contract_hours, echelons
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS
from wellkept.study.planning.waits import hours_of

Whole = NDArray[np.int64]
DEMANDS = 1_500_000
"""How many demands a simulation plays at most, all runs together."""
FEWEST_RUNS, MOST_RUNS, YEARS, SEED = 6, 400, 2, 20_251


@dataclass(frozen=True, slots=True, eq=False)
class Reckoned:
    """What a stock gives by the formulas; money a year.

    `risk` (contracts) is the chance of a year beyond the allowance, nan without one; `hours` the
    mean hours lost in a year, and `hours_waiting` those of them that are waits for a part.
    """

    stock: Whole
    levels: echelons.Levels
    holding: float
    waiting: float
    penalty: float
    risk: Floats
    hours: Floats
    hours_waiting: Floats
    standing_h: float

    @property
    def total(self) -> float:
        """Give the objective."""
        return self.holding + self.waiting + self.penalty


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """What a stock gave when played; `cost` (runs,) is waiting and penalties a year."""

    played: contract_hours.Played
    holding: float
    cost: Floats

    @property
    def total(self) -> float:
        """Give the objective, on average over the runs."""
        return self.holding + float(self.cost.mean())


def reckon(model: Model, stock: Whole, network: echelons.Network | None = None) -> Reckoned:
    """This will reckon what a stock costs and keeps."""
    network = network or model.network()
    found = model.levels(stock, network)
    missing = found.backorders[:, 1:]
    law, waits = hours_of(model, found, network)
    under = model.cell_contract >= 0
    hours_waiting = np.bincount(
        model.cell_contract[under], weights=waits[under], minlength=model.allowance_h.size
    ).astype(np.float64)
    excess = np.nan_to_num(law.excess(model.allowance_h))
    return Reckoned(
        stock=stock,
        levels=found,
        holding=holding(model, stock),
        waiting=float((missing * model.waiting).sum()),
        penalty=float((excess * model.penalty_h).sum()),
        risk=law.beyond(model.allowance_h),
        hours=law.mean_h,
        hours_waiting=hours_waiting,
        standing_h=float((missing * model.standing).sum() * HOURS),
    )


def holding(model: Model, stock: Whole) -> float:
    """This will give what the pieces cost a year on the shelf."""
    return float(model.holding_share * (stock.sum(axis=1) * model.cost).sum())


def simulate(model: Model, stock: Whole, *, years: int = YEARS, most: int = DEMANDS) -> Simulated:
    """This will play a stock: independent runs, the same demands for every stock."""
    warm_up = float(np.clip(2.5 * (model.resupply.max() + 2 * model.transit.max()), 0.5, 2.0))
    each = max(model.rate.sum() * (warm_up + years), 1.0)
    runs = int(np.clip(most / each, FEWEST_RUNS, MOST_RUNS))
    played = contract_hours.play(
        model.chain(), stock, model.causes(), contracts=model.allowance_h.size, years=years,
        warm_up=warm_up, runs=runs, seed=SEED,
    )  # fmt: skip
    fines = played.penalty(model.allowance_h, model.penalty_h)
    return Simulated(played, holding(model, stock), played.waiting_cost + fines)
