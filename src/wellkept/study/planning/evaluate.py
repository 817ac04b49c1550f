"""What a stock costs and keeps: reckoned exactly, and played out."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import contract_hours, echelons
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.model import Model
from wellkept.study.planning.problem import HOURS
from wellkept.study.planning.waits import Waits, hours_of, waits_of

Whole = NDArray[np.int64]
DEMANDS = 1_500_000
"""How many demands a simulation plays at most, all runs together."""
FEWEST_RUNS, MOST_RUNS, YEARS, SEED = 6, 400, 2, 20_251


@dataclass(frozen=True, slots=True, eq=False)
class Reckoned:
    """What a stock gives by the formulas; money a year.

    `risk` (contracts) is the chance of a year beyond the allowance, nan without one; `hours` the
    mean hours lost in a year, and `hours_waiting` those of them that are waits for a part.
    `waits` and `by_contract` are what they were reckoned from, for `reckon_again`.
    """

    stock: Whole
    levels: echelons.Levels
    waits: Waits
    by_contract: Floats
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
    waits = waits_of(model, found, network)
    among = np.arange(model.allowance_h.size)
    return _told(model, stock, found, waits, _by_contract(model, waits, among))


def reckon_again(
    model: Model, stock: Whole, network: echelons.Network, known: Reckoned, parts: Whole
) -> Reckoned:
    """This will reckon as `reckon` does what differs from `known` in the rows of some parts alone.

    Only these parts are reckoned, and the contracts that wait for them.
    """
    some = network.take(parts)
    levels = model.levels(stock[parts], some)
    waits = _put(known.waits, waits_of(model, levels, some), parts)
    concerned = np.zeros(model.parts, np.bool_)
    concerned[parts] = True
    contracts = np.unique(model.cell_contract[concerned[model.cell_part]])
    among = contracts[contracts >= 0]
    hours = known.by_contract.copy()
    hours[:, among] = _by_contract(model, waits, among)
    return _told(model, stock, _put(known.levels, levels, parts), waits, hours)


T = TypeVar("T", echelons.Levels, Waits)


def _put(known: T, new: T, rows: Whole) -> T:
    """Take the new rows into tables that are known."""
    found = {}
    for one in fields(known):
        found[one.name] = getattr(known, one.name).copy()
        found[one.name][rows] = getattr(new, one.name)
    return replace(known, **found)


def _by_contract(model: Model, waits: Waits, among: Whole) -> Floats:
    """Hours in a year beyond the allowance, the chance of any, all hours, and those of waiting."""
    law, waiting = hours_of(model, waits, among)
    allowed = model.allowance_h[among]
    return np.stack([law.excess(allowed), law.beyond(allowed), law.mean_h, waiting])


def _told(
    model: Model, stock: Whole, found: echelons.Levels, waits: Waits, by_contract: Floats
) -> Reckoned:
    missing = found.backorders[:, 1:]
    excess, risk, hours, waiting = by_contract
    return Reckoned(
        stock=stock,
        levels=found,
        waits=waits,
        by_contract=by_contract,
        holding=holding(model, stock),
        waiting=float((missing * model.waiting).sum()),
        penalty=float((np.nan_to_num(excess) * model.penalty_h).sum()),
        risk=risk,
        hours=hours,
        hours_waiting=waiting,
        standing_h=float((missing * model.standing).sum() * HOURS),
    )


def holding(model: Model, stock: Whole) -> float:
    """This will give what the pieces cost a year on the shelf."""
    return float(model.holding_share * (stock.sum(axis=1) * model.cost).sum())


def simulate(model: Model, stock: Whole, *, years: int = YEARS, most: int = DEMANDS) -> Simulated:
    """This will play a stock: independent runs, the same demands for every stock."""
    warm_up = float(np.clip(2.5 * (model.resupply.max() + 2 * model.transit.max()), 0.5, 2.0))
    came = (model.rate / model.lot[:, None]).sum()
    each = max(came * (warm_up + years), 1.0)
    runs = int(np.clip(most / each, FEWEST_RUNS, MOST_RUNS))
    played = contract_hours.play(
        model.chain(), model.in_lots(stock), model.causes(), contracts=model.allowance_h.size,
        years=years, warm_up=warm_up, runs=runs, seed=SEED, lot=model.lot,
    )  # fmt: skip
    fines = played.penalty(model.allowance_h, model.penalty_h)
    return Simulated(played, holding(model, stock), played.waiting_cost + fines)
