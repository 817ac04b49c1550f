"""The plan itself: weigh, allocate, simulate; a step is taken only if the simulated money falls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import allocation, echelons
from wellkept.study.planning.cells import Floats
from wellkept.study.planning.evaluate import Reckoned, Simulated, reckon, simulate
from wellkept.study.planning.model import Model

Whole = NDArray[np.int64]
PASSES = 5
SETTLED = 0.005
"""A pass that moves no contract's risk by more ends the passes."""


class BudgetTooSmall(ValueError):
    """The budget does not pay for what must be held; the sentence says what does."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: what its stock costs a year by the formulas and when played; whether it stayed."""

    reckoned: float
    simulated: float
    accepted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The plan: pieces to hold, by column (the depot first), and the weights that led to it.

    `weights` are the contracts' risks that the values rest on; `curve` is the exchange curve from
    nothing, `ideal` its end: what would be held if nothing were owned and money were free.
    """

    stock: Whole
    weights: Floats
    curve: allocation.Exchange
    ideal: Whole
    reckoned: Reckoned
    simulated: Simulated
    passes: tuple[Pass, ...]
    buying: allocation.Exchange
    bought: allocation.Choice | None


def solve(model: Model, budget: float | None = None) -> Solution:
    """This will find the stock of least money: holding, assets that stand, penalties.

    Each pass allocates exactly for the present weights, reckons the contracts' risks, and plays
    the stock; it stays only if its simulated money is lower than the best so far.
    Raises BudgetTooSmall when what may not be gone below costs more than the budget.
    """
    weights, network = np.zeros(model.allowance_h.size), model.network()
    best: Solution | None = None
    passes: list[Pass] = []
    for _ in range(PASSES):
        curve, ideal, buying, bought, stock = allocate(model, weights, budget, network)
        if best is not None and np.array_equal(stock, best.stock):
            break  # the weights moved, the stock did not: there is nothing to play
        found = Solution(
            stock, weights, curve, ideal, reckon(model, stock, network), simulate(model, stock),
            (), buying, bought,
        )  # fmt: skip
        accepted = best is None or found.simulated.total < best.simulated.total
        passes.append(Pass(found.reckoned.total, found.simulated.total, accepted))
        if accepted:
            best = found
        risk = np.nan_to_num(found.reckoned.risk)
        new = risk if len(passes) == 1 else (weights + risk) / 2
        if not accepted or np.abs(new - weights).max(initial=0.0) < SETTLED:
            break
        weights = new
    assert best is not None
    return Solution(
        best.stock, best.weights, best.curve, best.ideal, best.reckoned, best.simulated,
        tuple(passes), best.buying, best.bought,
    )  # fmt: skip


def allocate(
    model: Model, weights: Floats, budget: float | None, network: echelons.Network | None = None
) -> tuple[allocation.Exchange, Whole, allocation.Exchange, allocation.Choice | None, Whole]:
    """This will give the curve from nothing, its end, the buying curve, the choice, the stock.

    A part of which more is owned than is worth holding is brought down to its ideal; of the others
    is bought what pays, the most valuable for its money first, in whole packs.
    """
    curve, buying = model.exchanges(weights, network=network)
    best = curve.laid(int(curve.item.size))
    steps: allocation.Choice | int = int(buying.item.size)
    bought = None
    if budget is not None:
        try:
            steps = bought = buying.at(budget)
        except ValueError as refused:
            raise BudgetTooSmall(
                f"--budget {budget:g}: what may not be gone below (‘never below’) must be bought "
                f"first and costs {buying.spent[0]:,.0f}. Raise the budget, or lower those stocks."
            ) from refused
    return curve, best.stock, buying, bought, _kept(model, best, buying.laid(steps, best))


def stock_of(model: Model, weights: Floats, network: echelons.Network | None = None) -> Whole:
    """This will give the stock that `allocate` gives where money has no end, without its curves."""
    return _kept(model, *model.last_stocks(weights, model.offer, network=network))


def _kept(model: Model, best: allocation.Laid, bought: allocation.Laid) -> Whole:
    """A part of which more is owned than is worth holding is brought down to its ideal."""
    plenty = model.owned >= best.units
    return np.asarray(np.where(plenty[:, None], best.stock, bought.stock))
