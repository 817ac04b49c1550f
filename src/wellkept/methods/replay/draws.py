"""What is drawn for one item: its demands, and the times of the units sent for, compiled."""

from __future__ import annotations

import math

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel


@inner_kernel
def stretch(mean: float, cv: float) -> float:
    """Draw a time with this mean: fixed for cv 0, Gamma otherwise."""
    if mean <= 0.0 or cv <= 0.0:
        return mean
    shape = 1.0 / (cv * cv)
    return float(np.random.gamma(shape, mean / shape))


@inner_kernel
def draw_demands(
    rate: Floats,
    horizon: float,
    lead: float,
    transit: Floats,
    share: Floats,
    repair: Floats,
    cv: Floats,
    shape: float,
    again: float,
    above: Whole,
    mended: Floats,
    time: Floats,
    site: Whole,
    up: Floats,
    mid: Floats,
    down: Floats,
) -> int:
    """Draw one item's demands and all its times, whatever the stock; −n where n have no room.

    A demand is for one unit; those of a request, each followed by one more with chance `again`,
    come at one moment, are of one site and have the same times. `up` is the depot's time for the
    unit, −1 where the site repairs it itself; `mid` the way to the region above, 0 without one;
    `down` the way from there.
    """
    times = np.random.gamma(shape, 1.0 / shape) if math.isfinite(shape) else 1.0
    total = rate.sum()
    mean = total * times * horizon * (1.0 - again)
    count = np.random.poisson(mean) if total > 0.0 else 0
    if count > time.size:
        return -int(count / (1.0 - again))
    size = np.ones(count if again > 0.0 else 0, np.int64)
    for k in range(size.size):
        size[k] = np.random.geometric(1.0 - again)
    if size.sum() > time.size:
        return -int(size.sum())
    reached = 0.0
    for k in range(count):
        reached += np.random.exponential(1.0)
        time[k] = reached
    stretched = horizon / (reached + np.random.exponential(1.0))
    for k in range(count):
        time[k] *= stretched
        mark = np.random.random() * total
        j = 0
        while j < rate.size - 1 and mark >= rate[j]:
            mark -= rate[j]
            j += 1
        site[k], mid[k] = j, 0.0
        if share[j] > 0.0 and np.random.random() < share[j]:
            up[k], down[k] = -1.0, stretch(repair[j], cv[2])
        else:
            up[k], down[k] = resupply(lead, mended, cv), stretch(transit[j], cv[1])
            if above[j] >= 0:
                mid[k] = stretch(transit[above[j]], cv[1])
    return spread_out(size, time, site, up, mid, down) if again > 0.0 else count


@inner_kernel
def spread_out(
    size: Whole, time: Floats, site: Whole, up: Floats, mid: Floats, down: Floats
) -> int:
    """Turn requests, in place, into their units one after the other; give how many these are."""
    many = size.sum()
    at = many
    for k in range(size.size - 1, -1, -1):
        for _ in range(size[k]):
            at -= 1
            time[at], site[at] = time[k], site[k]
            up[at], mid[at], down[at] = up[k], mid[k], down[k]
    return int(many)


@inner_kernel
def resupply(lead: float, mended: Floats, cv: Floats) -> float:
    """Draw the depot's time for a unit: out of its repair loop, or from the supplier."""
    if mended[0] > 0.0 and np.random.random() < mended[0]:
        return stretch(mended[1], cv[2])
    return stretch(lead, cv[0])
