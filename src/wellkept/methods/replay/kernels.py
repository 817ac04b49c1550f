"""The walk of demands through depot and sites, and of one shelf through a history, compiled.

One-for-one replenishment served in order needs no event list: with stock s the k-th demand is met
when the (k − s)-th of the units sent for has come, units counted in the order in which they come.
"""

from __future__ import annotations

import math

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel


@kernel
def stretch(mean: float, cv: float) -> float:
    """Draw a time with this mean: fixed for cv 0, Gamma otherwise."""
    if mean <= 0.0 or cv <= 0.0:
        return mean
    shape = 1.0 / (cv * cv)
    return float(np.random.gamma(shape, mean / shape))


@kernel
def draw_demands(
    rate: Floats,
    horizon: float,
    lead: float,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: float,
    time: Floats,
    site: Whole,
    up: Floats,
    down: Floats,
) -> int:
    """Draw one item's demands and all its times, whatever the stock; −1 where there is no room.

    `up` is the depot's time for the unit, −1 where the site repairs it itself; `down` the way.
    """
    times = np.random.gamma(shape, 1.0 / shape) if math.isfinite(shape) else 1.0
    total = rate.sum() * times
    count = np.random.poisson(total * horizon) if total > 0.0 else 0
    if count > time.size:
        return -count
    reached = 0.0
    for k in range(count):
        reached += np.random.exponential(1.0)
        time[k] = reached
    stretched = horizon / (reached + np.random.exponential(1.0))
    for k in range(count):
        time[k] *= stretched
        mark = np.random.random() * rate.sum()
        j = 0
        while j < rate.size - 1 and mark >= rate[j]:
            mark -= rate[j]
            j += 1
        site[k] = j
        if np.random.random() < share[j]:
            up[k], down[k] = -1.0, stretch(repair[j], cv[2])
        else:
            up[k], down[k] = stretch(lead, cv[0]), stretch(transit[j], cv[1])
    return count


@kernel
def in_order(values: Floats) -> None:
    """Sort times that are nearly in order already, in place; others are handed to a full sort."""
    moves = 0
    for k in range(1, values.size):
        x, m = values[k], k - 1
        while m >= 0 and values[m] > x:
            values[m + 1] = values[m]
            m -= 1
            moves += 1
        values[m + 1] = x
        if moves > 40 * values.size:
            values.sort()
            return


@kernel
def leave_depot(time: Floats, up: Floats, stock: int, leaves: Floats, queue: Floats) -> None:
    """Fill the moment at which each demand's unit leaves the depot (or its own bench)."""
    sent = 0
    for k in range(time.size):
        if up[k] >= 0.0:
            queue[sent] = time[k] + up[k]
            sent += 1
    in_order(queue[:sent])
    asked = 0
    for k in range(time.size):
        leaves[k] = time[k]
        if up[k] >= 0.0:
            if asked >= stock:
                leaves[k] = max(time[k], queue[asked - stock])
            asked += 1


@kernel
def walk(
    time: Floats,
    site: Whole,
    up: Floats,
    down: Floats,
    stock: Whole,
    waits: Floats,
    queue: Floats,
    leaves: Floats,
    place: Whole,
) -> None:
    """Fill how long each demand of one item waits under a stock, the depot's first."""
    leave_depot(time, up, stock[0], leaves, queue)
    sites = stock.size - 1
    begin = np.zeros(sites + 1, np.int64)
    for k in range(time.size):
        begin[site[k] + 1] += 1
    for j in range(sites):
        begin[j + 1] += begin[j]
    free = begin[:-1].copy()
    for k in range(time.size):
        j = site[k]
        place[free[j]] = k
        queue[free[j]] = leaves[k] + down[k]
        free[j] += 1
    for j in range(sites):
        come = queue[begin[j] : begin[j + 1]]
        in_order(come)
        for k in range(come.size):
            demand = place[begin[j] + k]
            held = stock[j + 1]
            waits[demand] = max(come[k - held] - time[demand], 0.0) if k >= held else 0.0


@kernel
def tally(
    time: Floats,
    site: Whole,
    waits: Floats,
    value: Floats,
    allowance: Floats,
    begin: float,
    end: float,
    table: Floats,
    batch: Floats,
) -> None:
    """Add one item's waits to its table (sites × measures) and to the batches of time.

    Measures: missing × time, demands, met at once, waited, waited beyond the allowance, longest.
    Batches hold weighted missing × time, demands, met at once and waited.
    """
    batches = batch.shape[0]
    length = (end - begin) / batches
    for k in range(time.size):
        t, w, j = time[k], waits[k], site[k]
        low, high = max(t, begin), min(t + w, end)
        if high > low:
            table[j, 0] += high - low
            b = min(int((low - begin) / length), batches - 1)
            while b < batches and begin + b * length < high:
                upto = min(high, begin + (b + 1) * length)
                batch[b, 0] += value[j] * max(upto - max(low, begin + b * length), 0.0)
                b += 1
        if begin <= t < end:
            b = min(int((t - begin) / length), batches - 1)
            at_once = 1.0 if w <= 0.0 else 0.0
            table[j, 1] += 1.0
            table[j, 2] += at_once
            table[j, 3] += w
            table[j, 4] += 1.0 if w > allowance[j] else 0.0
            table[j, 5] = max(table[j, 5], w)
            batch[b, 1] += 1.0
            batch[b, 2] += at_once
            batch[b, 3] += w


@kernel
def simulate(
    seeds: Whole,
    rate: Floats,
    lead: Floats,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: Floats,
    stock: Whole,
    value: Floats,
    allowance: Floats,
    begin: float,
    end: float,
    table: Floats,
    batch: Floats,
) -> None:
    """Draw and walk every item from 0 to `end`, counting from `begin` on."""
    room = 64
    for i in range(seeds.size):
        expected = rate[i].sum() * end
        room = max(room, int(expected + 12.0 * math.sqrt(expected)) + 64)
    time, up, down, waits = np.empty(room), np.empty(room), np.empty(room), np.empty(room)
    queue, leaves = np.empty(room), np.empty(room)
    site, place = np.empty(room, np.int64), np.empty(room, np.int64)
    for i in range(seeds.size):
        count = -1
        while count < 0:
            np.random.seed(seeds[i])
            count = draw_demands(
                rate[i],
                end,
                lead[i],
                transit[i],
                share[i],
                repair[i],
                cv,
                shape[i],
                time,
                site,
                up,
                down,
            )
            if count < 0:
                room = 64 - 2 * count
                time, up, down = np.empty(room), np.empty(room), np.empty(room)
                waits, queue, leaves = np.empty(room), np.empty(room), np.empty(room)
                site, place = np.empty(room, np.int64), np.empty(room, np.int64)
        t, j = time[:count], site[:count]
        walk(t, j, up[:count], down[:count], stock[i], waits, queue, leaves, place)
        tally(t, j, waits[:count], value[i], allowance[i], begin, end, table[i], batch)


@kernel
def relive(
    seeds: Whole,
    begins: Whole,
    time: Floats,
    site: Whole,
    lead: Floats,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    stock: Whole,
    value: Floats,
    allowance: Floats,
    begin: float,
    end: float,
    table: Floats,
    batch: Floats,
) -> None:
    """Walk the demands of a history, item by item (begins[i] … begins[i + 1], times ascending)."""
    for i in range(seeds.size):
        np.random.seed(seeds[i])
        t, j = time[begins[i] : begins[i + 1]], site[begins[i] : begins[i + 1]]
        up, down = np.empty(t.size), np.empty(t.size)
        for k in range(t.size):
            if np.random.random() < share[i, j[k]]:
                up[k], down[k] = -1.0, stretch(repair[i, j[k]], cv[2])
            else:
                up[k], down[k] = stretch(lead[i], cv[0]), stretch(transit[i, j[k]], cv[1])
        waits, queue, leaves = np.empty(t.size), np.empty(t.size), np.empty(t.size)
        walk(t, j, up, down, stock[i], waits, queue, leaves, np.empty(t.size, np.int64))
        tally(t, j, waits, value[i], allowance[i], begin, end, table[i], batch)
