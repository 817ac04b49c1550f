"""One item's best use of its units over three levels: depot, regions, and the sites below them.

For each depot stock every region is a depot of its own, whose law is what the real one leaves it:
its curve is the lower envelope over its shelf, as in `kernels`. What the depot refills besides
adds its best next units. All of them are put together by the least sum for each number of units
(Bellman), so the curve is exact, and so is the hull of it. From one depot stock to the next the
laws below change by one step of the recursion of `echelons.kernels`: `descend` takes them along.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from wellkept.methods.allocation import kernels as two
from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.echelons import kernels as law
from wellkept.methods.echelons.regional_kernels import ends_of, region_tables, regions_of
from wellkept.methods.putting import put, put_at, put_sums
from wellkept.methods.stocking import request_kernels


class Families(NamedTuple):
    """Hold the sites of all regions, one region after the other, its own customers first.

    `begin` is where a region's sites begin. `tails` are P(pipeline > n), nodes × units of one
    region at a time, which begin at `places`.
    """

    sites: Whole
    begin: Whole
    own: Floats
    split: Floats
    value: Floats
    tails: Floats
    places: Whole


class Depot(NamedTuple):
    """Hold what lies below the depot at its present stock, for each node of the rate.

    `again` is the chance that one more unit of a request follows, `masses` the depot's law. `flat`
    are the pipelines of the regions, P(X = n), those of a node from `begins` on; `tails` those of
    its own sites, P(X > n), from `start` on. `beyond` is P(X₀ > s), `missing` what is owed;
    `waiting` and `waiting_ends` what is waited for below.
    """

    again: float
    regions: Whole
    ends: Whole
    masses: Floats
    flat: Floats
    begins: Whole
    tails: Floats
    start: Whole
    beyond: Floats
    missing: Floats
    waiting: Floats
    waiting_ends: Floats


@once_kernel
def listed(regions: Whole, above: Whole) -> tuple[Whole, Whole]:
    """List each region, for its own customers, and the sites below it; and where each begins."""
    kids = np.empty(above.size + regions.size, np.int64)
    begin, count = np.zeros(regions.size + 1, np.int64), 0
    for r in range(regions.size):
        kids[count] = regions[r]
        count += 1
        for j in range(above.size):
            if above[j] == regions[r]:
                kids[count] = j
                count += 1
        begin[r + 1] = count
    return kids[:count], begin


@once_kernel
def own_of(kids: Whole, begin: Whole, own: Floats) -> Floats:
    """Give the pipelines within the regions: none for a region's own customers."""
    found = own[kids]
    found[begin[:-1]] = 0.0
    return found


@once_kernel
def split_of(kids: Whole, begin: Whole, split: Floats, rate: Floats, flow: Floats) -> Floats:
    """Give the shares of each region's demand, its own customers' first."""
    found = split[kids]
    for b in begin[:-1]:
        r = kids[b]
        found[b] = rate[r] / flow[r] if flow[r] > 0.0 else 0.0
    return found


@inner_kernel
def shelves(kids: Whole, table: Whole) -> Whole:
    """Give a row of a stock for a region alone: its shelf, nothing for its customers, the sites."""
    found = np.zeros(kids.size + 1, np.int64)
    found[0] = table[kids[0] + 1]
    for c in range(1, kids.size):
        found[c + 1] = table[kids[c] + 1]
    return found


@inner_kernel
def starts_of(depth: Whole) -> Whole:
    """Give where the table of each site below begins, one more at the end."""
    found = np.zeros(depth.size, np.int64)
    put_sums(depth[1:], found)
    return found


@inner_kernel
def families(
    regions: Whole, above: Whole, again: float, own: Floats, split: Floats, rate: Floats,
    flow: Floats, value: Floats, times: Floats, deep: Whole,
) -> Families:  # fmt: skip
    """Give the regions with all that does not depend on the depot's stock."""
    sites, begin = listed(regions, above)
    pipeline = own_of(sites, begin, own)
    places = np.zeros(begin.size, np.int64)
    for r in range(regions.size):
        depth = shelves(sites[begin[r] : begin[r + 1]], deep)
        places[r + 1] = places[r] + times.size * depth[1:].sum()
    tails, at = np.empty(places[-1]), 0
    for r in range(regions.size):
        depth = shelves(sites[begin[r] : begin[r + 1]], deep)
        for g in range(times.size):
            for c in range(begin[r], begin[r + 1]):
                size = depth[c - begin[r] + 1]
                request_kernels.fill_tails(times[g] * pipeline[c], again, tails[at : at + size])
                at += size
    shares = split_of(sites, begin, split, rate, flow)
    return Families(sites, begin, pipeline, shares, value[sites], tails, places)


@inner_kernel
def depot(
    hub: float, again: float, own: Floats, split: Floats, above: Whole, times: Floats, deep: Whole
) -> Depot:
    """Give the depot with more pieces than are ever asked for: nothing is waited for below."""
    regions = regions_of(above)
    ends = ends_of(above, regions)
    top, size, nodes = 0, 0, times.size
    begins = np.zeros((nodes, regions.size + 1), np.int64)
    for g in range(nodes):
        mean, pipelines = times[g] * hub, times[g] * own
        masses, pipeline = region_tables(mean, again, pipelines, split, regions, begins[g])
        top, size = max(top, masses.size), size + pipeline.size
    every, flat, at = np.zeros((nodes, top)), np.empty(size), 0
    start = np.zeros(ends.size + 1, np.int64)
    put_sums(deep[1:][ends], start)
    tails = np.empty((nodes, start[-1]))
    for g in range(nodes):
        mean, pipelines = times[g] * hub, times[g] * own
        masses, pipeline = region_tables(mean, again, pipelines, split, regions, begins[g])
        put(masses, every[g])
        put(pipeline, flat[at:])
        for r in range(begins.shape[1]):
            begins[g, r] += at
        at += pipeline.size
        for c in range(ends.size):
            a, b = start[c], start[c + 1]
            request_kernels.fill_tails(pipelines[ends[c]], again, tails[g, a:b])
    return Depot(
        again, regions, ends, every, flat, begins, tails, start, np.zeros(nodes),
        np.zeros(nodes), np.zeros(size), np.zeros(tails.shape),
    )  # fmt: skip


@inner_kernel
def descend(at: Depot, split: Floats, s: int) -> None:
    """Take the depot's stock from s + 1 down to s."""
    if s + 1 >= at.masses.shape[1]:
        return
    for g in range(at.masses.shape[0]):
        mass = at.masses[g, s + 1]
        if at.beyond[g] == 0.0 and mass < law.FAINT:
            continue
        at.beyond[g] += mass
        at.missing[g] += at.beyond[g]
        law.advance(at.waiting, at.flat, at.begins[g], split[at.regions], at.again, mass, 0.0)
        law.advance(
            at.waiting_ends[g], at.tails[g], at.start, split[at.ends], at.again, mass, at.beyond[g]
        )


@inner_kernel
def region_law(at: Depot, r: int) -> Floats:
    """Give the law of a region at the depot's present stock, nodes × units."""
    size = 0
    for g in range(at.beyond.size):
        size = max(size, at.begins[g, r + 1] - at.begins[g, r])
    found = np.zeros((at.beyond.size, size))
    for g in range(at.beyond.size):
        a = at.begins[g, r]
        for n in range(at.begins[g, r + 1] - a):
            found[g, n] = (1.0 - at.beyond[g]) * at.flat[a + n] + at.waiting[a + n]
    return found


@inner_kernel
def straight_gains(
    at: Depot, own: Floats, split: Floats, times: Floats, share: Floats, value: Floats, gain: Floats
) -> float:
    """Fill gain with weight × P(X > n) of the depot's own sites; give what they weigh unstocked."""
    two.gains(share, at.beyond, at.tails, at.waiting_ends, at.start, value[at.ends], gain)
    mean = 0.0
    for g in range(times.size):
        for j in at.ends:
            mean += share[g] * value[j] * (times[g] * own[j] + split[j] * at.missing[g])
    return mean


@inner_kernel
def join(left: Floats, mark: Whole, far: int, more: Floats, added: Whole, given: Whole) -> int:
    """Take another part's curve into the sum so far, in place; `given` are its units at each total.

    `left` is as long as both together and holds infinity beyond the sum so far, which reaches to
    `far`; gives how far it reaches now.
    """
    before, marks = left.copy(), mark.copy()
    given[:] = 0
    new = min(far + more.size, left.size) - 1
    for u in range(new, -1, -1):
        least, at = np.inf, 0
        for k in range(max(u - far + 1, 0), min(more.size, u + 1)):
            if before[u - k] + more[k] < least:
                least, at = before[u - k] + more[k], k
        left[u], given[u] = least, at
        if least < np.inf:
            mark[u] = marks[u - at] + added[at]
    return new + 1


@once_kernel
def straight_curve(
    gain: Floats, mean: float, sites: Whole, start: Whole, lower: Whole, best: Floats, blend: Whole
) -> None:
    """Fill the curve of the sites that the depot refills and that refill nobody."""
    best[:] = np.inf
    order = two.fresh_order(start, lower)
    two.sort(gain, order)
    left, units, mark = mean, 0, np.int64(0)
    site = np.empty(gain.size, np.int64)
    for c in range(sites.size):
        for n in range(start[c], start[c + 1]):
            site[n] = sites[c] + 1
            if n < start[c] + lower[c + 1]:
                left -= gain[n]
                units += 1
    for m in range(order.size + 1):
        if m > 0:
            left -= gain[order[m - 1]]
            units += 1
            mark += two.mark_of(site[order[m - 1]])
        best[units], blend[units] = left, mark


@inner_kernel
def at_depot_stock(
    at: Depot, below: Families, own: Floats, split: Floats, times: Floats, share: Floats,
    value: Floats, lower: Whole, deep: Whole, left: Floats, mark: Whole, given: Whole, shelf: Whole,
) -> None:  # fmt: skip
    """Fill the least that is left with u units below the depot as it is, and their mark.

    `given` (regions + 1, units) is how many go to the depot's own sites (row 0) and to each region;
    `shelf` (regions, units) how many of them stay on the region's shelf.
    """
    left[:] = np.inf
    left[0], mark[0] = 0.0, 0
    gain, best = np.empty(at.start[-1]), np.empty(at.start[-1] + 1)
    blend, where = np.zeros(left.size, np.int64), np.empty(left.size, np.int64)
    floor = np.zeros(at.ends.size + 1, np.int64)
    put_at(at.ends, lower[1:], floor[1:])
    mean = straight_gains(at, own, split, times, share, value, gain)
    straight_curve(gain, mean, at.ends, at.start, floor, best, blend)
    far = join(left, mark, int(law.ONE_BY_ONE), best, blend, given[0])
    for r in range(at.regions.size):
        a, b = below.begin[r], below.begin[r + 1]
        sites = below.sites[a:b]
        low, high = shelves(sites, lower), shelves(sites, deep)
        curve, start = np.empty(high.sum() + 1), starts_of(high)
        tails = below.tails[below.places[r] : below.places[r + 1]]
        blend[:] = 0
        two.envelope(
            region_law(at, r), at.again, times, share, below.own[a:b], below.split[a:b],
            below.value[a:b], sites + 1, two.mark_of(sites[0] + 1), start,
            tails.reshape((times.size, start[-1])), low, high[0], curve, shelf[r], where, blend,
        )  # fmt: skip
        far = join(left, mark, far, curve, blend, given[r + 1])


@once_kernel
def item_curve(
    hub: float,
    again: float,
    own: Floats,
    split: Floats,
    times: Floats,
    share: Floats,
    value: Floats,
    above: Whole,
    rate: Floats,
    flow: Floats,
    lower: Whole,
    deep: Whole,
    best: Floats,
    stocks: Whole,
    blend: Whole,
) -> None:
    """Fill, for each total of units, the least weighted backorders and the depot stock for them."""
    size = deep[1:].sum() + 1
    left, mark = np.empty(size), np.zeros(size, np.int64)
    at = depot(hub, again, own, split, above, times, deep)
    below = families(at.regions, above, again, own, split, rate, flow, value, times, deep)
    many = at.regions.size
    given, shelf = np.empty((many + 1, size), np.int64), np.empty((many, size), np.int64)
    best[:] = np.inf
    for s in range(max(at.masses.shape[1] - 2, deep[0]), lower[0] - 1, -1):
        descend(at, split, s)
        if s <= deep[0]:
            at_depot_stock(
                at, below, own, split, times, share, value, lower, deep, left, mark, given, shelf
            )
            for u in range(size):
                if left[u] < best[u + s]:
                    best[u + s], stocks[u + s], blend[u + s] = left[u], s, mark[u]


@kernel
def curves(
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
    floor: Floats,
    lower: Whole,
    depths: Whole,
    owned: Whole,
    pack: Whole,
    least: Whole,
    units: Whole,
    depots: Whole,
    places: Whole,
    lefts: Floats,
    ends: Whole,
) -> None:
    """Fill the hulls of all items for each offer, as `kernels.curves` does for two levels."""
    total = np.zeros(owned.shape[0], np.int64)
    for i in range(hub.size):
        size = depths[i].sum() + 1
        best, depot = np.empty(size), np.zeros(size, np.int64)
        blend, corner = np.zeros(size, np.int64), np.empty(size, np.int64)
        nodes = np.flatnonzero(weight[i] > 0.0)
        item_curve(
            hub[i], again[i], own[i], split[i], scale[i][nodes], weight[i][nodes], value[i], above,
            rate[i], flow[i], lower[i], depths[i], best, depot, blend,
        )  # fmt: skip
        for o in range(owned.shape[0]):
            first = min(max(lower[i].sum(), owned[o, i]), size - 1)
            count = two.hull(best, first, pack[o, i], least[o, i], floor[i], corner)
            for k in range(count):
                u, at = corner[k], total[o] + k
                units[o, at], depots[o, at], lefts[o, at] = u, depot[u], best[u]
                places[o, at] = two.SEVERAL
                if k > 0:
                    places[o, at] = place_of(corner[k - 1], u, above.size, depot, blend)
            total[o] += count
            ends[o, i] = total[o]


@once_kernel
def place_of(a: int, b: int, sites: int, depot: Whole, blend: Whole) -> int:
    """Give the location to which the units from total a to total b go, or SEVERAL."""
    if depot[b] - depot[a] == b - a and blend[b] == blend[a]:
        return 0
    if depot[b] == depot[a]:
        for site in range(1, sites + 1):
            if blend[b] - blend[a] == (b - a) * two.mark_of(site):
                return site
    return two.SEVERAL
