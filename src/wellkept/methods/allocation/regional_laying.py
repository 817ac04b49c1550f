"""Where the units of a total lie on three levels: the choices of `regional_kernels`, read back."""

from __future__ import annotations

import numpy as np

from wellkept.methods.allocation import kernels as two
from wellkept.methods.allocation.regional_kernels import (
    Depot,
    Families,
    at_depot_stock,
    depot,
    descend,
    families,
    region_law,
    shelves,
    starts_of,
    straight_gains,
)
from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.echelons import kernels as law
from wellkept.methods.echelons.regional_kernels import fall, regions_of
from wellkept.methods.putting import put, put_at


@kernel
def lay_out(
    hub: Floats,
    again: Floats,
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
    many = regions_of(above).size
    for i in rows:
        nodes = np.flatnonzero(weight[i] > 0.0)
        times, share = scale[i][nodes], weight[i][nodes]
        size = depths[i, 1:].sum() + 1
        left, mark = np.empty(size), np.zeros(size, np.int64)
        given, shelf = np.empty((many + 1, size), np.int64), np.empty((many, size), np.int64)
        at = depot(hub[i], again[i], own[i], split[i], above, times, depths[i])
        below = families(
            at.regions,
            above,
            again[i],
            own[i],
            split[i],
            rate[i],
            flow[i],
            value[i],
            times,
            depths[i],
        )
        for s in range(at.masses.shape[1] - 2, depots[i] - 1, -1):
            descend(at, split[i], s)
        at_depot_stock(
            at, below, own[i], split[i], times, share, value[i], lower[i], depths[i], left, mark,
            given, shelf,
        )  # fmt: skip
        put(lower[i], stock[i])
        stock[i, 0] = depots[i]
        rest = min(units[i] - depots[i], size - 1)
        for r in range(many - 1, -1, -1):
            mine = given[r + 1, rest]
            rest -= mine
            lay_region(at, below, r, mine, shelf[r, mine], share, lower[i], depths[i], stock[i])
        lay_ends(at, rest, own[i], split[i], times, share, value[i], lower[i], stock[i])


@once_kernel
def lay_region(
    at: Depot,
    below: Families,
    r: int,
    units: int,
    shelf: int,
    share: Floats,
    lower: Whole,
    deep: Whole,
    stock: Whole,
) -> None:
    """Lay a region's units: `shelf` of them on its shelf, the best next ones at its sites."""
    a, b = below.begin[r], below.begin[r + 1]
    sites, laws = below.sites[a:b], region_law(at, r)
    floor, start = shelves(sites, lower), starts_of(shelves(sites, deep))
    tails = below.tails[below.places[r] : below.places[r + 1]].reshape((share.size, start[-1]))
    gain, found = np.zeros(start[-1]), np.empty(start[-1])
    for g in range(share.size):
        fall(laws[g], shelf, at.again, tails[g], start, below.split[a:b], bool(law.TAILS), found)
        gain += share[g] * found
    for c in range(sites.size):
        for n in range(start[c], start[c + 1]):
            gain[n] *= below.value[a + c]
    stock[sites[0] + 1] = shelf
    _give(units - shelf - floor[1:].sum(), gain, start, floor, sites, stock)


@once_kernel
def lay_ends(
    at: Depot,
    units: int,
    own: Floats,
    split: Floats,
    times: Floats,
    share: Floats,
    value: Floats,
    lower: Whole,
    stock: Whole,
) -> None:
    """Lay the units of the sites that the depot refills and that refill nobody."""
    floor = np.zeros(at.ends.size + 1, np.int64)
    put_at(at.ends, lower[1:], floor[1:])
    gain = np.empty(at.start[-1])
    straight_gains(at, own, split, times, share, value, gain)
    _give(units - floor[1:].sum(), gain, at.start, floor, at.ends, stock)


@inner_kernel
def _give(free: int, gain: Floats, start: Whole, floor: Whole, sites: Whole, stock: Whole) -> None:
    held = floor.copy()
    two.give(max(free, 0), gain, start, held)
    for c in range(sites.size):
        if held[c + 1] > 0:
            stock[sites[c] + 1] = held[c + 1]
