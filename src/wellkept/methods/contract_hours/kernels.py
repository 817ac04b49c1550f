"""The walk of one run, compiled: demands, waits, and the hours that each contract loses."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel
from wellkept.methods.replay import kernels as replay

YEAR_H = 8760.0


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
