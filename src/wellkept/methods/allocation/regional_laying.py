"""Where the units of a total lie on three levels: the choices of `regional_kernels`, read back."""

from __future__ import annotations

import numpy as np

from wellkept.methods.allocation import kernels as two
from wellkept.methods.allocation.regional_kernels import (
    at_depot_stock,
    family,
    laws_at,
    own_of,
    shelves,
    split_of,
    straight_gains,
)
from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel
from wellkept.methods.echelons.regional_kernels import ends_of, fall, regions_of
from wellkept.methods.stocking import poisson_kernels


@kernel
def lay_out(
    hub: Floats,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
    above: Whole,
    rate: Floats,
    flow: Floats,
    lower: Whole,
    depths: Whole,
    units: Whole,
    depots: Whole,
    rows: Whole,
    stock: Whole,
) -> None:
    """Fill the rows of stock (n, 1 + m) with the best place of `units`, `depots` at the depot."""
    regions = regions_of(above)
    for i in rows:
        nodes = np.flatnonzero(weight[i] > 0.0)
        times, share = scale[i][nodes], weight[i][nodes]
        size = depths[i, 1:].sum() + 1
        left, mark = np.empty(size), np.zeros(size, np.int64)
        given = np.empty((regions.size + 1, size), np.int64)
        shelf = np.empty((regions.size, size), np.int64)
        at_depot_stock(
            depots[i], hub[i], own[i], split[i], times, share, value[i], above, rate[i], flow[i],
            lower[i], depths[i], left, mark, given, shelf,
        )  # fmt: skip
        stock[i], stock[i, 0] = lower[i], depots[i]
        rest = min(units[i] - depots[i], size - 1)
        begins = np.zeros(regions.size + 1, np.int64)
        laws = laws_at(depots[i], hub[i], own[i], split[i], times, regions, begins)
        for r in range(regions.size - 1, -1, -1):
            kids = family(regions[r], above)
            mine = given[r + 1, rest]
            rest -= mine
            lay_region(
                np.ascontiguousarray(laws[:, begins[r] : begins[r + 1]]), kids, mine,
                shelf[r, mine], times, share, own_of(kids, own[i]),
                split_of(kids, split[i], rate[i], flow[i]), value[i][kids], lower[i], depths[i],
                stock[i],
            )  # fmt: skip
        lay_ends(
            depots[i], rest, hub[i], own[i], split[i], times, share, value[i],
            ends_of(above, regions), lower[i], depths[i], stock[i],
        )  # fmt: skip


@kernel
def lay_region(
    laws: Floats,
    kids: Whole,
    units: int,
    shelf: int,
    times: Floats,
    share: Floats,
    own: Floats,
    split: Floats,
    value: Floats,
    lower: Whole,
    deep: Whole,
    stock: Whole,
) -> None:
    """Lay a region's units: `shelf` of them on its shelf, the best next ones at its sites."""
    depth, floor = shelves(kids, deep), shelves(kids, lower)
    start = np.cumsum(depth) - depth[0]
    gain, tails, found = np.zeros(start[-1]), np.empty(start[-1]), np.empty(start[-1])
    for g in range(times.size):
        for c in range(kids.size):
            poisson_kernels.fill_tails(times[g] * own[c], tails[start[c] : start[c + 1]])
        fall(laws[g], shelf, tails, start, split, True, found)
        gain += share[g] * found
    for c in range(kids.size):
        gain[start[c] : start[c + 1]] *= value[c]
    stock[kids[0] + 1] = shelf
    _give(units - shelf - floor[1:].sum(), gain, start, floor, kids, stock)


@kernel
def lay_ends(
    s: int,
    units: int,
    hub: float,
    own: Floats,
    split: Floats,
    times: Floats,
    share: Floats,
    value: Floats,
    ends: Whole,
    lower: Whole,
    deep: Whole,
    stock: Whole,
) -> None:
    """Lay the units of the sites that the depot refills and that refill nobody."""
    floor, depth = np.zeros(ends.size + 1, np.int64), np.zeros(ends.size + 1, np.int64)
    floor[1:], depth[1:] = lower[1:][ends], deep[1:][ends]
    start = np.cumsum(depth)
    gain = np.empty(start[-1])
    straight_gains(s, hub, own, split, times, share, value, ends, start, gain)
    _give(units - floor[1:].sum(), gain, start, floor, ends, stock)


@kernel
def _give(free: int, gain: Floats, start: Whole, floor: Whole, sites: Whole, stock: Whole) -> None:
    held = floor.copy()
    two.give(max(free, 0), gain, start, held)
    for c in range(sites.size):
        if held[c + 1] > 0:
            stock[sites[c] + 1] = held[c + 1]
