"""The best stock that a budget buys, to the last unit: for stocks small enough to try all money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.methods.allocation.exchange import Exchange
from wellkept.methods.bounds import Whole
from wellkept.methods.stocking.columns import amounts

LARGEST = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """Hold the best stock (n, 1 + m, the depot first), what it costs and what it leaves."""

    stock: Whole
    spent: float
    left: float


def optimum(curve: Exchange, budget: float, coin: float = 1.0) -> Optimum:
    """Give the best stock that `budget` buys, which need not lie on the curve's corners.

    Dynamic programming over money counted in whole coins: every unit cost must be a whole number of
    coins, and items × coins at most fifty million. It closes the gap that `Exchange.at` states, for
    the units that the curve knows of.
    Raises ValueError for a budget below the least stock asked for, unit costs that are no whole
    coins, more coins than fit, for three levels, and for items counted in lots.
    Source: Bellman 1957, Dynamic Programming, chapter 1.
    """
    from wellkept.methods.allocation import (
        closing_kernels,
        kernels,
    )  # Numba loads when first needed

    net, asked = curve.network, curve.terms
    if net.regional:
        raise ValueError("All money is tried for two levels; here are three: use Exchange.at.")
    if (net.lot > 1).any():
        raise ValueError("All money is tried for items counted one by one: use Exchange.at.")
    coins = asked.unit_cost / float(amounts(coin, "coin", above=True))
    price = np.rint(coins).astype(np.int64)
    odd = np.flatnonzero(np.abs(coins - price) > 1e-9 * np.maximum(coins, 1))
    if odd.size:
        raise ValueError(
            f"Item {odd[0]} costs {asked.unit_cost[odd[0]]:g}, which is not a whole number of coins"
            f" of {coin:g}: take a smaller coin."
        )
    first = curve.first
    if budget < curve.spent[0]:
        raise ValueError(
            f"The least stock asked for costs {curve.spent[0]:g}, more than the budget {budget:g}."
        )
    purse = int(np.floor((budget - curve.spent[0]) / coin + 1e-9))
    if purse * net.items > LARGEST:
        raise ValueError(
            f"{net.items} items and {purse} coins are too many to try them all ({LARGEST} at most):"
            " take a larger coin, fewer items, or the stated gap of Exchange.at."
        )
    law = (net.hub, net.again, net.own, net.split, net.scale, net.weight, asked.value)
    sizes = curve.depths.sum(axis=1) + 1
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    lefts, depots = np.empty(begins[-1]), np.empty(begins[-1], np.int64)
    closing_kernels.all_curves(*law, asked.lower, curve.depths, begins, lefts, depots)
    units = np.zeros(net.items, np.int64)
    left = closing_kernels.knapsack(
        begins, lefts, price, first, asked.pack, asked.minimum_order, purse, units
    )
    stock = np.zeros(curve.depths.shape, np.int64)
    at_depot, rows = depots[begins[:-1] + units], np.arange(net.items)
    kernels.lay_out(*law, asked.lower, curve.depths, units, at_depot, rows, stock)
    spent = float(curve.spent[0] + ((units - first) * asked.unit_cost).sum())
    return Optimum(stock, spent, float(left))
