"""One item's best use of its units over three levels: depot, regions, and the sites below them.

For each depot stock every region is a depot of its own, whose law is what the real one leaves it:
its curve is the lower envelope over its shelf, as in `kernels`. What the depot refills besides
adds its best next units. All of them are put together by the least sum for each number of units
(Bellman), so the curve is exact, and so is the hull of it.
"""

from __future__ import annotations

import numpy as np

from wellkept.methods.allocation import kernels as two
from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel
from wellkept.methods.echelons import kernels as law
from wellkept.methods.echelons.regional_kernels import ends_of, fall, region_tables, regions_of
from wellkept.methods.stocking import poisson_kernels


@kernel
def family(r: int, above: Whole) -> Whole:
    """List a region, for its own customers, and the sites below it."""
    found = np.empty(above.size + 1, np.int64)
    found[0], count = r, 1
    for j in range(above.size):
        if above[j] == r:
            found[count] = j
            count += 1
    return found[:count]


@kernel
def own_of(kids: Whole, own: Floats) -> Floats:
    """Give the pipelines within a region: none for its own customers."""
    found = own[kids]
    found[0] = 0.0
    return found


@kernel
def split_of(kids: Whole, split: Floats, rate: Floats, flow: Floats) -> Floats:
    """Give the shares of a region's demand, its own customers' first."""
    found = split[kids]
    r = kids[0]
    found[0] = rate[r] / flow[r] if flow[r] > 0.0 else 0.0
    return found


@kernel
def shelves(kids: Whole, table: Whole) -> Whole:
    """Give a row of a stock for a region alone: its shelf, nothing for its customers, the sites."""
    found = np.zeros(kids.size + 1, np.int64)
    found[0] = table[kids[0] + 1]
    for c in range(1, kids.size):
        found[c + 1] = table[kids[c] + 1]
    return found


@kernel
def region_curve(
    laws: Floats,
    kids: Whole,
    times: Floats,
    share: Floats,
    own: Floats,
    split: Floats,
    value: Floats,
    lower: Whole,
    deep: Whole,
    best: Floats,
    shelf: Whole,
    where: Whole,
    blend: Whole,
) -> None:
    """Fill the curve of one region under its laws (nodes × units); own … of `kids` alone."""
    start = np.zeros(kids.size + 1, np.int64)
    start[1:] = np.cumsum(deep[1:])
    tails = np.zeros((times.size, start[-1]))
    for g in range(times.size):
        for c in range(kids.size):
            poisson_kernels.fill_tails(times[g] * own[c], tails[g, start[c] : start[c + 1]])
    two.envelope(
        laws, times, share, own, split, value, kids + 1, two.mark_of(kids[0] + 1), start, tails,
        lower, deep[0], best, shelf, where, blend,
    )  # fmt: skip


@kernel
def join(left: Floats, mark: Whole, more: Floats, added: Whole, given: Whole) -> None:
    """Take another part's curve into the sum so far, in place; `given` are its units at each total.

    `left` is as long as both together and holds infinity beyond the sum so far.
    """
    before, marks = left.copy(), mark.copy()
    for u in range(left.size - 1, -1, -1):
        least, at = np.inf, 0
        for k in range(min(more.size, u + 1)):
            if before[u - k] + more[k] < least:
                least, at = before[u - k] + more[k], k
        left[u], given[u] = least, at
        if least < np.inf:
            mark[u] = marks[u - at] + added[at]


@kernel
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


@kernel
def laws_at(
    s: int, hub: float, own: Floats, split: Floats, times: Floats, regions: Whole, start: Whole
) -> Floats:
    """Give the laws of the regions at a depot stock, nodes × units, one region after the other."""
    begins = np.zeros(regions.size + 1, np.int64)
    start[0] = 0
    for r in range(regions.size):
        most = times.max() * (own[regions[r]] + split[regions[r]] * hub)
        start[r + 1] = start[r] + poisson_kernels.reach(most) + 2
    found = np.zeros((times.size, start[-1]))
    for g in range(times.size):
        masses, pipeline = region_tables(times[g] * hub, times[g] * own, split, regions, begins)
        laws = np.empty(pipeline.size)
        fall(masses, s, pipeline, begins, split[regions], False, laws)
        for r in range(regions.size):
            size = begins[r + 1] - begins[r]
            found[g, start[r] : start[r] + size] = laws[begins[r] : begins[r + 1]]
    return found


@kernel
def straight_gains(
    s: int, hub: float, own: Floats, split: Floats, times: Floats, share: Floats, value: Floats,
    ends: Whole, start: Whole, gain: Floats,
) -> float:  # fmt: skip
    """Fill gain with weight × P(X > n) of the depot's own sites; give what they weigh unstocked."""
    gain[:] = 0.0
    tails, mean = np.empty(start[-1]), 0.0
    for g in range(times.size):
        _, missing, _ = law.site_tables(
            s, 1, times[g] * hub, times[g] * own[ends], split[ends], start, tails
        )
        gain += share[g] * tails
        for j in ends:
            mean += share[g] * value[j] * (times[g] * own[j] + split[j] * missing)
    for c in range(ends.size):
        gain[start[c] : start[c + 1]] *= value[ends[c]]
    return mean


@kernel
def at_depot_stock(
    s: int,
    hub: float,
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
    left: Floats,
    mark: Whole,
    given: Whole,
    shelf: Whole,
) -> None:
    """Fill the least that is left with u units below a depot of s, and their mark.

    `given` (regions + 1, units) is how many go to the depot's own sites (row 0) and to each region;
    `shelf` (regions, units) how many of them stay on the region's shelf.
    """
    regions = regions_of(above)
    ends = ends_of(above, regions)
    left[:] = np.inf
    left[0], mark[0] = 0.0, 0
    floor, depth = np.zeros(ends.size + 1, np.int64), np.zeros(ends.size + 1, np.int64)
    floor[1:], depth[1:] = lower[1:][ends], deep[1:][ends]
    start = np.cumsum(depth)
    gain, best = np.empty(start[-1]), np.empty(start[-1] + 1)
    blend, where = np.zeros(left.size, np.int64), np.empty(left.size, np.int64)
    mean = straight_gains(s, hub, own, split, times, share, value, ends, start, gain)
    straight_curve(gain, mean, ends, start, floor, best, blend)
    join(left, mark, best, blend, given[0])
    begins = np.zeros(regions.size + 1, np.int64)
    laws = laws_at(s, hub, own, split, times, regions, begins)
    for r in range(regions.size):
        kids = family(regions[r], above)
        low, high = shelves(kids, lower), shelves(kids, deep)
        curve = np.empty(high.sum() + 1)
        blend[:] = 0
        region_curve(
            np.ascontiguousarray(laws[:, begins[r] : begins[r + 1]]), kids, times, share,
            own_of(kids, own), split_of(kids, split, rate, flow), value[kids], low, high, curve,
            shelf[r], where, blend,
        )  # fmt: skip
        join(left, mark, curve, blend, given[r + 1])


@kernel
def item_curve(
    hub: float,
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
    depot: Whole,
    blend: Whole,
) -> None:
    """Fill, for each total of units, the least weighted backorders and the depot stock for them."""
    size = deep[1:].sum() + 1
    left, mark = np.empty(size), np.zeros(size, np.int64)
    many = regions_of(above).size
    given, shelf = np.empty((many + 1, size), np.int64), np.empty((many, size), np.int64)
    best[:] = np.inf
    for s in range(deep[0], lower[0] - 1, -1):
        at_depot_stock(
            s, hub, own, split, times, share, value, above, rate, flow, lower, deep, left, mark,
            given, shelf,
        )  # fmt: skip
        for u in range(size):
            if left[u] < best[u + s]:
                best[u + s], depot[u + s], blend[u + s] = left[u], s, mark[u]


@kernel
def curves(
    hub: Floats,
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
            hub[i], own[i], split[i], scale[i][nodes], weight[i][nodes], value[i], above, rate[i],
            flow[i], lower[i], depths[i], best, depot, blend,
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


@kernel
def place_of(a: int, b: int, sites: int, depot: Whole, blend: Whole) -> int:
    """Give the location to which the units from total a to total b go, or SEVERAL."""
    if depot[b] - depot[a] == b - a and blend[b] == blend[a]:
        return 0
    if depot[b] == depot[a]:
        for site in range(1, sites + 1):
            if blend[b] - blend[a] == (b - a) * two.mark_of(site):
                return site
    return two.SEVERAL
