"""One shelf under a minimum and a maximum, walked through its history, compiled."""

from __future__ import annotations

import math

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel

LINES, WHOLE_LINES, UNITS, AT_ONCE, ON_HAND, MISSING, EMPTY, ORDERS, ORDERED, MOST = range(10)
MEASURES = 10


@kernel
def lapse(state: Floats, upto: float, begin: float, end: float, sums: Floats) -> None:
    """Let time pass on a shelf; state is now, on hand, missing."""
    span = min(upto, end) - max(state[0], begin)
    if span > 0.0:
        sums[ON_HAND] += state[1] * span
        sums[MISSING] += state[2] * span
        if state[1] <= 0.0:
            sums[EMPTY] += span
        sums[MOST] = max(sums[MOST], state[2])
    state[0] = max(state[0], upto)


@kernel
def receive(
    state: Floats,
    upto: float,
    due: Floats,
    size: Floats,
    queue: Whole,
    begin: float,
    end: float,
    sums: Floats,
) -> None:
    """Take in the orders that come until then; those who wait are served first."""
    while queue[0] < queue[1] and due[queue[0]] <= upto:
        lapse(state, due[queue[0]], begin, end, sums)
        served = min(size[queue[0]], state[2])
        state[2] -= served
        state[1] += size[queue[0]] - served
        queue[0] += 1


@kernel
def order(
    at: float,
    position: float,
    low: float,
    high: float,
    pack: float,
    lead: float,
    due: Floats,
    size: Floats,
    queue: Whole,
    begin: float,
    end: float,
    sums: Floats,
) -> float:
    """Order up to the maximum, in packs, where the position is at the minimum or below."""
    if position > low:
        return position
    quantity = math.ceil((high - position) / pack - 1e-9) * pack
    if quantity <= 0.0:
        return position
    due[queue[1]], size[queue[1]] = at + lead, quantity
    queue[1] += 1
    if begin <= at < end:
        sums[ORDERS] += 1.0
        sums[ORDERED] += quantity
    return position + quantity


@kernel
def shelf(
    time: Floats,
    quantity: Floats,
    low: float,
    high: float,
    pack: float,
    lead: Floats,
    review: float,
    start: float,
    lost: bool,
    begin: float,
    end: float,
    sums: Floats,
) -> None:
    """Walk one shelf through its demands; lead[k] is the time of the k-th order from here."""
    room = time.size + 1
    due, size, queue = np.empty(room), np.empty(room), np.zeros(2, np.int64)
    state = np.array([min(begin, time[0] if time.size else begin), start, 0.0])
    position, seen = start, state[0]
    for k in range(time.size):
        at = time[k]
        if review > 0.0:
            epoch = math.ceil(seen / review) * review
            if epoch <= at:
                last = lead[min(queue[1], lead.size - 1)]
                position = order(
                    epoch, position, low, high, pack, last, due, size, queue, begin, end, sums
                )
        receive(state, at, due, size, queue, begin, end, sums)
        lapse(state, at, begin, end, sums)
        given = min(quantity[k], state[1])
        short = quantity[k] - given
        state[1] -= given
        position -= given
        if not lost:
            state[2] += short
            position -= short
        if begin <= at < end:
            sums[LINES] += 1.0
            sums[WHOLE_LINES] += 1.0 if short <= 0.0 else 0.0
            sums[UNITS] += quantity[k]
            sums[AT_ONCE] += given
        if review <= 0.0:
            last = lead[min(queue[1], lead.size - 1)]
            position = order(
                at, position, low, high, pack, last, due, size, queue, begin, end, sums
            )
        seen = at
    if review > 0.0:
        epoch = math.ceil(seen / review) * review
        if epoch < end:
            last = lead[min(queue[1], lead.size - 1)]
            order(epoch, position, low, high, pack, last, due, size, queue, begin, end, sums)
    receive(state, end, due, size, queue, begin, end, sums)
    lapse(state, end, begin, end, sums)


@kernel
def shelves(
    begins: Whole,
    time: Floats,
    quantity: Floats,
    low: Floats,
    high: Floats,
    pack: Floats,
    lead_begins: Whole,
    lead: Floats,
    review: Floats,
    start: Floats,
    lost: bool,
    begin: float,
    end: float,
    sums: Floats,
) -> None:
    """Walk every shelf through its own rows."""
    for i in range(low.size):
        a, b = begins[i], begins[i + 1]
        shelf(
            time[a:b],
            quantity[a:b],
            low[i],
            high[i],
            pack[i],
            lead[lead_begins[i] : lead_begins[i + 1]],
            review[i],
            start[i],
            lost,
            begin,
            end,
            sums[i],
        )
