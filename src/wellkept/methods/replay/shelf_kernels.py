"""One shelf under a minimum and a maximum, walked through its history, compiled."""

from __future__ import annotations

import math

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel

LINES, WHOLE_LINES, UNITS, AT_ONCE, ON_HAND, MISSING, EMPTY, ORDERS, ORDERED, MOST = range(10)
MEASURES = 10


@inner_kernel
def lapse(state: Floats, upto: float, begin: float, end: float, sums: Floats) -> None:
    """Let time pass on a shelf; state is now, on hand, missing, position."""
    span = min(upto, end) - max(state[0], begin)
    if span > 0.0:
        sums[ON_HAND] += state[1] * span
        sums[MISSING] += state[2] * span
        if state[1] <= 0.0:
            sums[EMPTY] += span
    state[0] = max(state[0], upto)


@inner_kernel
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


@inner_kernel
def order(
    at: float,
    state: Floats,
    levels: Floats,
    lead: Floats,
    due: Floats,
    size: Floats,
    queue: Whole,
    begin: float,
    end: float,
    sums: Floats,
) -> None:
    """Order up to the maximum, in packs, where the position is at the minimum or below.

    `levels` are minimum, maximum, pack; state[3] is the position.
    """
    low, high, pack = levels
    if state[3] > low:
        return
    quantity = math.ceil((high - state[3]) / pack - 1e-9) * pack
    last = lead[min(queue[1], lead.size - 1)]
    due[queue[1]], size[queue[1]] = at + last, quantity
    if queue[1] > 0:  # orders come in the order in which they were placed
        due[queue[1]] = max(due[queue[1]], due[queue[1] - 1])
    queue[1] += 1
    state[3] += quantity
    if begin <= at < end:
        sums[ORDERS] += 1.0
        sums[ORDERED] += quantity


@once_kernel
def sell(at: float, asked: float, state: Floats, lost: bool, counted: bool, sums: Floats) -> None:
    """Hand over what is there; the rest waits, or is met from elsewhere."""
    given = min(asked, state[1])
    short = asked - given
    state[1] -= given
    state[3] -= given
    if not lost:
        state[2] += short
        state[3] -= short
    if counted:
        sums[LINES] += 1.0
        sums[WHOLE_LINES] += 1.0 if short <= 0.0 else 0.0
        sums[UNITS] += asked
        sums[AT_ONCE] += given
        sums[MOST] = max(sums[MOST], state[2])


@once_kernel
def shelf(
    time: Floats,
    quantity: Floats,
    levels: Floats,
    lead: Floats,
    review: float,
    start: float,
    lost: bool,
    begin: float,
    end: float,
    sums: Floats,
) -> None:
    """Walk one shelf through its demands; lead[k] is the time of the k-th order from here."""
    due, size, queue = np.empty(time.size + 2), np.empty(time.size + 2), np.zeros(2, np.int64)
    first = min(begin, time[0]) if time.size else begin
    state = np.array([first, start, 0.0, start])
    seen = first
    if review <= 0.0:
        order(first, state, levels, lead, due, size, queue, begin, end, sums)
    for k in range(time.size):
        at = time[k]
        epoch = math.ceil(seen / review) * review if review > 0.0 else math.inf
        if epoch <= at:
            receive(state, epoch, due, size, queue, begin, end, sums)
            order(epoch, state, levels, lead, due, size, queue, begin, end, sums)
        receive(state, at, due, size, queue, begin, end, sums)
        lapse(state, at, begin, end, sums)
        sell(at, quantity[k], state, lost, begin <= at < end, sums)
        if review <= 0.0:
            order(at, state, levels, lead, due, size, queue, begin, end, sums)
        seen = at
    epoch = math.ceil(seen / review) * review if review > 0.0 else math.inf
    if epoch < end:
        order(epoch, state, levels, lead, due, size, queue, begin, end, sums)
    receive(state, end, due, size, queue, begin, end, sums)
    lapse(state, end, begin, end, sums)


@kernel
def shelves(
    begins: Whole,
    time: Floats,
    quantity: Floats,
    levels: Floats,
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
    for i in range(levels.shape[0]):
        a, b = begins[i], begins[i + 1]
        shelf(
            time[a:b],
            quantity[a:b],
            levels[i],
            lead[lead_begins[i] : lead_begins[i + 1]],
            review[i],
            start[i],
            lost,
            begin,
            end,
            sums[i],
        )
