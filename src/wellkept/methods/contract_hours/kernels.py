"""The walk of one run, compiled: demands, waits, and the hours that each contract loses."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel
from wellkept.methods.replay import kernels as replay

YEAR_H = 8760.0
EDGE = 500  # waits from e^(−500 / fineness) to e^(500 / fineness) are told apart


@kernel
def play(
    seeds: Whole,
    rate: Floats,
    lead: Floats,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: Floats,
    stock: Whole,
    lots: Whole,
    begin: Whole,
    part: Floats,
    contract: Whole,
    stops: Floats,
    cost_h: Floats,
    fixed_h: Floats,
    warm_up: float,
    years: int,
    missing: Floats,
    totals: Floats,
    hours: Floats,
) -> None:
    """Play all items once; fill missing (n, m), totals (demands, at once, money), hours (y, K)."""
    end = warm_up + years
    room = 64
    for i in range(seeds.size):
        expected = rate[i].sum() * end
        room = max(room, int(expected + 12.0 * np.sqrt(expected)) + 64)
    while True:
        count = _play(
            seeds, rate, lead, transit, share, repair, cv, shape, stock, lots, begin, part,
            contract, stops, cost_h, fixed_h, warm_up, end, missing, totals, hours, room,
        )  # fmt: skip
        if count == 0:
            break
        room = 64 + 2 * count
        missing[:] = 0.0
        totals[:] = 0.0
        hours[:] = 0.0


@kernel
def _play(
    seeds: Whole,
    rate: Floats,
    lead: Floats,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: Floats,
    stock: Whole,
    lots: Whole,
    begin: Whole,
    part: Floats,
    contract: Whole,
    stops: Floats,
    cost_h: Floats,
    fixed_h: Floats,
    warm_up: float,
    end: float,
    missing: Floats,
    totals: Floats,
    hours: Floats,
    room: int,
) -> int:
    """Give 0, or the number of demands for which there was no room."""
    time, up, down, waits = np.empty(room), np.empty(room), np.empty(room), np.empty(room)
    queue, leaves, draws = np.empty(room), np.empty(room), np.empty((room, 2))
    site, place, sends = (
        np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64)
    )  # fmt: skip
    for i in range(seeds.size):
        np.random.seed(seeds[i])
        count = replay.draw_demands(
            rate[i], end, lead[i], transit[i], share[i], repair[i], cv, shape[i],
            time, site, up, down,
        )  # fmt: skip
        if count < 0:
            return -count
        for k in range(count):
            draws[k, 0], draws[k, 1] = np.random.random(), np.random.random()
        replay.walk(
            time[:count], site[:count], up[:count], down[:count], stock[i], lots[i], end,
            waits[:count], queue[:count], leaves[:count], place[:count], sends[:count],
        )  # fmt: skip
        _tally(
            i, time[:count], site[:count], waits[:count], draws, begin, part, contract, stops,
            cost_h, fixed_h, warm_up, end, missing[i], totals, hours,
        )  # fmt: skip
    return 0


@kernel
def _tally(
    i: int,
    time: Floats,
    site: Whole,
    waits: Floats,
    draws: Floats,
    begin: Whole,
    part: Floats,
    contract: Whole,
    stops: Floats,
    cost_h: Floats,
    fixed_h: Floats,
    warm_up: float,
    end: float,
    missing: Floats,
    totals: Floats,
    hours: Floats,
) -> None:
    """Charge each demand's wait to the one who shares it, the same one whatever the stock."""
    for k in range(time.size):
        j, t, w = site[k], time[k], waits[k]
        low, high = max(t, warm_up), min(t + w, end)
        if high > low:
            missing[j] += (high - low) / (end - warm_up)
        if t < warm_up:
            continue
        totals[0] += 1.0
        totals[1] += 1.0 if w <= 0.0 else 0.0
        row, last = begin[i * missing.size + j], begin[i * missing.size + j + 1] - 1
        mark = draws[k, 0]
        while row < last and mark >= part[row]:
            mark -= part[row]
            row += 1
        if row <= last and draws[k, 1] < stops[row]:
            totals[2] += w * YEAR_H * cost_h[row]
            if contract[row] >= 0:
                hours[int(t - warm_up), contract[row]] += w * YEAR_H + fixed_h[row]


@kernel
def gather(
    contract: Whole,
    rate: Floats,
    waits: Floats,
    wait: Floats,
    fixed: Floats,
    stay: Whole,
    stays: int,
    fineness: float,
    begin: Whole,
    found: Floats,
) -> int:
    """Fill found with rate, mean wait and fixed hours of each kind of stop, contract by contract.

    Stops of a kind have the same `stay` and waits of one bin on a logarithmic scale. Contract k's
    rows begin at begin[k]; gives the number of rows.
    """
    bins = np.zeros(contract.size, np.int64)
    low, high = EDGE, -EDGE
    for r in range(contract.size):
        begin[contract[r] + 1] += 1
        if rate[r] * waits[r] > 0.0 and wait[r] > 0.0:
            bins[r] = min(max(round(np.log(wait[r]) * fineness), -EDGE), EDGE)
            low, high = min(low, bins[r]), max(high, bins[r])
    order, seen = np.empty(contract.size, np.int64), np.cumsum(begin)
    for r in range(contract.size):
        order[seen[contract[r]]] = r
        seen[contract[r]] += 1
    ends = np.cumsum(begin)
    kinds = max(high - low + 1, 0) + 1
    sums = np.empty((kinds * stays, 3))
    count = 0
    for k in range(begin.size - 1):
        sums[:] = 0.0
        for r in order[ends[k] : ends[k + 1]]:
            late = rate[r] * waits[r] if wait[r] > 0.0 else 0.0
            if late > 0.0:
                add(sums[(1 + bins[r] - low) * stays + stay[r]], late, wait[r], fixed[r])
            add(sums[stay[r]], rate[r] - late, 0.0, fixed[r])
        begin[k] = count
        for row in sums:
            if row[0] > 0.0:
                found[count] = row / row[0]
                found[count, 0] = row[0]
                count += 1
    begin[-1] = count
    return count


@kernel
def add(row: Floats, rate: float, wait: float, fixed: float) -> None:
    """Add a cause to the sums of its kind."""
    row[0] += rate
    row[1] += rate * wait
    row[2] += rate * fixed


@kernel
def exceed(
    begin: Whole,
    rate: Floats,
    wait: Floats,
    fixed: Floats,
    step: Floats,
    total: Floats,
    beyond: Floats,
) -> None:
    """Fill each contract's rate and E[(X − x)⁺] of one stop at x = −step, 0, step, 2 step …"""
    for k in range(begin.size - 1):
        for row in range(begin[k], begin[k + 1]):
            total[k] += rate[row]
        for row in range(begin[k], begin[k + 1]):
            weight, mean, over = rate[row] / total[k], wait[row], -step[k] - fixed[row]
            tail = -1.0
            ratio = np.exp(-step[k] / mean) if mean > 0.0 else 0.0
            for p in range(beyond.shape[1]):
                if over <= 0.0:
                    beyond[k, p] += weight * (mean - over)
                else:
                    if tail < 0.0:
                        tail = mean * np.exp(-over / mean) if mean > 0.0 else 0.0
                    beyond[k, p] += weight * tail
                    tail *= ratio
                    if tail < 1e-30:
                        break
                over += step[k]
