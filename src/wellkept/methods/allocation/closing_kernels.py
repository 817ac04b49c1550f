"""Whole curves of a few items and the best use of whole coins, as loops that Numba compiles."""

from __future__ import annotations

import numpy as np

from wellkept.methods.allocation.kernels import item_curve
from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel


@kernel
def all_curves(
    hub: Floats,
    again: Floats,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
    lower: Whole,
    depths: Whole,
    begins: Whole,
    lefts: Floats,
    depots: Whole,
) -> None:
    """Fill the whole curve of each item, hull or not; item i lies at begins[i] … begins[i + 1]."""
    for i in range(hub.size):
        size = depths[i].sum() + 1
        where, blend = np.empty(size, np.int64), np.empty(size, np.int64)
        item_curve(
            hub[i],
            again[i],
            own[i],
            split[i],
            scale[i],
            weight[i],
            value[i],
            lower[i],
            depths[i],
            lefts[begins[i] : begins[i + 1]],
            depots[begins[i] : begins[i + 1]],
            where,
            blend,
        )


@kernel
def knapsack(
    begins: Whole,
    lefts: Floats,
    price: Whole,
    first: Whole,
    pack: Whole,
    least: Whole,
    budget: int,
    units: Whole,
) -> float:
    """Fill units with the best totals that the budget buys, by dynamic programming over money."""
    n = price.size
    value = np.zeros(budget + 1)
    choice = np.zeros((n, budget + 1), np.int32)
    for i in range(n):
        following = np.full(budget + 1, np.inf)
        u = first[i]
        while u < begins[i + 1] - begins[i]:
            bought = u - first[i]
            cost = bought * price[i]
            if cost > budget:
                break
            if bought == 0 or bought >= least[i]:
                left = lefts[begins[i] + u]
                for money in range(cost, budget + 1):
                    if value[money - cost] + left < following[money]:
                        following[money] = value[money - cost] + left
                        choice[i, money] = u
            u += pack[i]
        value = following
    money = budget
    for i in range(n - 1, -1, -1):
        units[i] = choice[i, money]
        money -= (units[i] - first[i]) * price[i]
    return float(value[budget])
