"""The walk of demands through depot and sites, and of one shelf through a history, compiled.

One-for-one replenishment served in order needs no event list: with stock s the k-th demand is met
when the (k − s)-th of the units sent for has come, units counted in the order in which they come.
"""

from __future__ import annotations

import math

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.replay.draws import draw_demands, resupply, stretch


@inner_kernel
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


@once_kernel
def leave_depot(
    time: Floats,
    up: Floats,
    sends: Whole,
    stock: int,
    lot: int,
    horizon: float,
    leaves: Floats,
    queue: Floats,
) -> None:
    """Fill the moment at which each order of a site leaves the depot (or its own bench)."""
    asked, sent = 0, 0
    for k in range(time.size):
        if sends[k] and up[k] >= 0.0:
            asked += 1
            if asked % lot == 0:
                queue[sent] = time[k] + up[k]
                sent += 1
    in_order(queue[:sent])
    asked = 0
    for k in range(time.size):
        leaves[k] = time[k]
        if sends[k] and up[k] >= 0.0:
            if asked >= stock:
                supply = (asked - stock) // lot
                leaves[k] = max(time[k], queue[supply]) if supply < sent else horizon
            asked += 1


@once_kernel
def uppers(above: Whole) -> Whole:
    """Mark the sites that refill others."""
    found = np.zeros(above.size, np.int64)
    for j in range(above.size):
        if above[j] >= 0:
            found[above[j]] = 1
    return found


@once_kernel
def leave_regions(
    time: Floats,
    site: Whole,
    mid: Floats,
    stock: Whole,
    above: Whole,
    upper: Whole,
    leaves: Floats,
    down: Floats,
    queue: Floats,
) -> None:
    """Move on, for a region's own demands and those of the sites below, to when it serves them.

    What leaves the depot comes to the region first; the region's own customers wait for no way
    beyond that.
    """
    place = np.empty(time.size, np.int64)
    for r in range(above.size):
        if not upper[r]:
            continue
        count = 0
        for k in range(time.size):
            if site[k] == r or above[site[k]] == r:
                way = down[k] if site[k] == r else mid[k]
                place[count], queue[count] = k, leaves[k] + way
                count += 1
        in_order(queue[:count])
        held = stock[r + 1]
        for c in range(count):
            k = place[c]
            leaves[k] = max(time[k], queue[c - held]) if c >= held else time[k]
            if site[k] == r:
                down[k] = 0.0


@once_kernel
def group(site: Whole, lot: int, begin: Whole, sends: Whole, place: Whole) -> None:
    """List each site's demands in turn and mark those that complete a lot of the site's."""
    for k in range(site.size):
        begin[site[k] + 1] += 1
    for j in range(begin.size - 1):
        begin[j + 1] += begin[j]
    seen = np.zeros(begin.size - 1, np.int64)
    for k in range(site.size):
        j = site[k]
        place[begin[j] + seen[j]] = k
        seen[j] += 1
        sends[k] = 1 if seen[j] % lot == 0 else 0


@inner_kernel
def walk(
    time: Floats,
    site: Whole,
    up: Floats,
    mid: Floats,
    down: Floats,
    stock: Whole,
    lots: Whole,
    above: Whole,
    horizon: float,
    waits: Floats,
    queue: Floats,
    leaves: Floats,
    place: Whole,
    sends: Whole,
) -> None:
    """Fill how long each demand of one item waits under a stock, the depot's first.

    `lots` are the depot's, counted in lots of the sites, and the sites'. What is still on order at
    the horizon comes then.
    """
    begin, lot = np.zeros(stock.size, np.int64), lots[1]
    group(site, lot, begin, sends, place)
    leave_depot(time, up, sends, stock[0], lots[0], horizon, leaves, queue)
    onward, upper = leaves, uppers(above)
    if upper.any():
        onward = leaves.copy()
        leave_regions(time, site, mid, stock, above, upper, onward, down, queue)
    for j in range(stock.size - 1):
        come, count = queue[begin[j] : begin[j + 1]], 0
        for c in range(come.size):
            k = place[begin[j] + c]
            if sends[k]:
                come[count] = onward[k] + down[k]
                count += 1
        in_order(come[:count])
        held = 0 if upper[j] else stock[j + 1]  # a region's shelf has served already
        for c in range(come.size):
            k, supply = place[begin[j] + c], (c - held) // lot
            waits[k] = 0.0
            if c >= held:
                waits[k] = max((come[supply] if supply < count else horizon) - time[k], 0.0)


@inner_kernel
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
    """Add one item's waits to its table (locations × measures) and to the batches of time.

    Measures: missing × time, demands, met at once, waited, waited beyond the allowance, longest.
    Batches hold weighted missing × time, demands, met at once and waited.
    """
    batches = batch.shape[0]
    length = (end - begin) / batches
    for k in range(time.size):
        t, w, j = time[k], waits[k], site[k] + 1
        low, high = max(t, begin), min(t + w, end)
        if high > low:
            table[j, 0] += high - low
            b = min(int((low - begin) / length), batches - 1)
            while b < batches and begin + b * length < high:
                upto = min(high, begin + (b + 1) * length)
                batch[b, 0] += value[j - 1] * max(upto - max(low, begin + b * length), 0.0)
                b += 1
        if begin <= t < end:
            b = min(int((t - begin) / length), batches - 1)
            at_once = 1.0 if w <= 0.0 else 0.0
            table[j, 1] += 1.0
            table[j, 2] += at_once
            table[j, 3] += w
            table[j, 4] += 1.0 if w > allowance[j - 1] else 0.0
            table[j, 5] = max(table[j, 5], w)
            batch[b, 1] += 1.0
            batch[b, 2] += at_once
            batch[b, 3] += w


@inner_kernel
def tally_depot(
    time: Floats,
    up: Floats,
    sends: Whole,
    leaves: Floats,
    begin: float,
    end: float,
    row: Floats,
) -> None:
    """Add what the orders of the sites waited at the depot to its row, measures as in `tally`."""
    for k in range(time.size):
        if sends[k] and up[k] >= 0.0:
            row[0] += max(min(leaves[k], end) - max(time[k], begin), 0.0)
            if begin <= time[k] < end:
                wait = leaves[k] - time[k]
                row[1] += 1.0
                row[2] += 1.0 if wait <= 0.0 else 0.0
                row[3] += wait
                row[5] = max(row[5], wait)


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
    again: Floats,
    stock: Whole,
    lots: Whole,
    above: Whole,
    mended: Floats,
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
    numbers, marks = np.empty((7, room)), np.empty((3, room), np.int64)
    for i in range(seeds.size):
        count = -1
        while count < 0:
            np.random.seed(seeds[i])
            count = draw_demands(
                rate[i], end, lead[i], transit[i], share[i], repair[i], cv, shape[i], again[i],
                above, mended[i], numbers[0], marks[0], numbers[1], numbers[6], numbers[2],
            )  # fmt: skip
            if count < 0:  # an uncertain rate came out high
                numbers, marks = np.empty((7, 64 - count)), np.empty((3, 64 - count), np.int64)
        time, up, down = numbers[0][:count], numbers[1][:count], numbers[2][:count]
        mid = numbers[6][:count]
        waits, queue, leaves = numbers[3][:count], numbers[4][:count], numbers[5][:count]
        site, place, sends = marks[0][:count], marks[1][:count], marks[2][:count]
        walk(
            time, site, up, mid, down, stock[i], lots[i], above, end, waits, queue, leaves, place,
            sends,
        )  # fmt: skip
        tally_depot(time, up, sends, leaves, begin, end, table[i, 0])
        tally(time, site, waits, value[i], allowance[i], begin, end, table[i], batch)


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
    lots: Whole,
    above: Whole,
    mended: Floats,
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
        up, mid, down = np.empty(t.size), np.zeros(t.size), np.empty(t.size)
        for k in range(t.size):
            if np.random.random() < share[i, j[k]]:
                up[k], down[k] = -1.0, stretch(repair[i, j[k]], cv[2])
            else:
                up[k], down[k] = resupply(lead[i], mended[i], cv), stretch(transit[i, j[k]], cv[1])
                if above[j[k]] >= 0:
                    mid[k] = stretch(transit[i, above[j[k]]], cv[1])
        waits, queue, leaves = np.empty(t.size), np.empty(t.size), np.empty(t.size)
        place, sends = np.empty(t.size, np.int64), np.empty(t.size, np.int64)
        walk(t, j, up, mid, down, stock[i], lots[i], above, end, waits, queue, leaves, place, sends)
        tally_depot(t, up, sends, leaves, begin, end, table[i, 0])
        tally(t, j, waits, value[i], allowance[i], begin, end, table[i], batch)
