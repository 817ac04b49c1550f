"""The searches for the cheapest lot and the cheapest (s, S), as loops that Numba compiles."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.stocking import poisson_kernels


@once_kernel
def critical_level(mean: float, share: float) -> tuple[int, float, float]:
    """Give the smallest y with P(X ≤ y) ≥ share, P(X = y) and P(X ≤ y), X Poisson."""
    y = poisson_kernels.first(mean)
    mass = poisson_kernels.mass(y, mean)
    below = mass
    while below < share and (mass > 1e-18 or y <= mean):
        y += 1
        mass *= mean / y
        below += mass
    return y, mass, below


@once_kernel
def cheapest_lot(
    mean: float, ordering: float, holding: float, short: float
) -> tuple[int, int, float]:
    """Give r, Q and the cost; `ordering` is order cost × demand rate (Federgruen & Zheng 1992)."""
    y, mass, below = critical_level(mean, short / (short + holding))
    missing = max((mean - y) * (1.0 - below) + mean * mass, 0.0)
    both = holding + short
    right, right_mass, right_below, right_missing = y, mass, below, missing
    left, left_mass, left_below, left_missing = y, mass, below, missing
    total, lot = ordering + holding * (y - mean) + both * missing, 1
    while True:
        after = max(right_missing - (1.0 - right_below), 0.0)
        before_below = max(left_below - left_mass, 0.0) if left > 0 else 0.0
        before = left_missing + 1.0 - before_below
        dear = holding * (right + 1 - mean) + both * after
        cheap = holding * (left - 1 - mean) + both * before
        if min(dear, cheap) * lot >= total:
            return left - 1, lot, total / lot
        lot += 1
        if dear <= cheap:
            total += dear
            right += 1
            right_missing = after
            right_mass *= mean / right
            right_below = min(right_below + right_mass, 1.0)
        else:
            total += cheap
            left_missing, left_below = before, before_below
            left_mass = left_mass * left / mean if left > 0 else 0.0
            left -= 1


@kernel
def cheapest_lots(
    mean: Floats, ordering: Floats, holding: Floats, short: Floats, r: Whole, q: Whole, cost: Floats
) -> None:
    """Fill r, q and cost for a column of items."""
    for i in range(mean.size):
        r[i], q[i], cost[i] = cheapest_lot(mean[i], ordering[i], holding[i], short[i])


@inner_kernel
def _one_period(y: int, cost: Floats, holding: float, short: float) -> float:
    """Give the cost of a period that starts at position y: linear where the table ends."""
    last = cost.size - 1
    if y < 0:
        return float(cost[0]) - short * y
    if y > last:
        return float(cost[last]) + holding * (y - last)
    return float(cost[y])


@kernel
def period_costs(law: Floats, holding: float, short: float) -> Floats:
    """Give h E[(y − X)⁺] + b E[(X − y)⁺] for y = 0, 1, …, the last one where X can be."""
    cost = np.empty(law.size)
    mean = 0.0
    for k in range(law.size):
        mean += k * law[k]
    cost[0] = short * mean
    below = 0.0
    for y in range(1, law.size):
        below += law[y - 1]
        cost[y] = cost[y - 1] + (holding + short) * below - short
    return cost


@kernel
def renewals(demand: Floats, upto: int) -> Floats:
    """Give m(0 … upto): how often, on average, the fall since the last order is exactly j."""
    m = np.zeros(upto + 1)
    m[0] = 1.0 / (1.0 - demand[0])
    for j in range(1, upto + 1):
        total = 0.0
        for fall in range(1, min(j, demand.size - 1) + 1):
            total += demand[fall] * m[j - fall]
        m[j] = total * m[0]
    return m


@kernel
def cycle_cost(
    s: int, top: int, m: Floats, cost: Floats, order: float, holding: float, short: float
) -> float:
    """Give the cost per period of ordering up to `top` as soon as the position is s or below."""
    spent, periods = order, 0.0
    for j in range(top - s):
        spent += m[j] * _one_period(top - j, cost, holding, short)
        periods += m[j]
    return spent / periods


@kernel
def cheapest_min_max(
    demand: Floats, cost: Floats, order: float, holding: float, short: float
) -> tuple[int, int, float]:
    """Give s, S and the cost per period by the search of Zheng & Federgruen 1991."""
    start = int(np.argmin(cost))
    room = 64
    m = renewals(demand, room)
    best, s = start, start - 1
    while True:
        if best - s > room:
            room *= 2
            m = renewals(demand, room)
        lowest = cycle_cost(s, best, m, cost, order, holding, short)
        if lowest <= _one_period(s, cost, holding, short):
            break
        s -= 1
    top = best + 1
    while _one_period(top, cost, holding, short) <= lowest:
        if top - s > room:
            room *= 2
            m = renewals(demand, room)
        found = cycle_cost(s, top, m, cost, order, holding, short)
        if found < lowest:
            best = top
            while found <= _one_period(s + 1, cost, holding, short):
                s += 1
                found = cycle_cost(s, best, m, cost, order, holding, short)
            lowest = found
        top += 1
    return s, best, lowest
