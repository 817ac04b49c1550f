"""One item's best use of 0, 1, 2 … units over a depot and its sites, and the hull of that curve.

For each depot stock the sites' next units are sorted by what they remove (weight × P(X ≥ k)); the
order hardly changes from one depot stock to the next, so an insertion sort is nearly one pass. The
lower envelope over depot stocks is the item's curve; its lower convex hull is what money can buy.
"""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.echelons import kernels as law
from wellkept.methods.putting import put, put_sums
from wellkept.methods.stocking import request_kernels

SEVERAL = -1
STRAIGHT = 1 - 1e-12  # equal sites lie on one line: keep each of their units as a step
SPREAD = 2654435761  # spreads small numbers over many bits, so that sums of marks tell stocks apart


@kernel
def sizes(
    hub: Floats,
    again: Floats,
    behind: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
    floor: Floats,
    lower: Whole,
    upper: Whole,
    depths: Whole,
) -> None:
    """Fill depths (n, 1 + m): the highest stock of interest at each location, from lower up.

    `behind` is what each site waits for on average if nothing lies above it, `value` what a unit
    there may save at most.
    """
    for i in range(hub.size):
        dear = 0.0
        for j in range(value.shape[1]):
            dear = max(dear, value[i, j])
        wanted = floor[i] / dear if dear > 0.0 else 2.0
        most = law.depth(hub[i], again[i], scale[i], weight[i], wanted, upper[i, 0])
        depths[i, 0] = max(most, lower[i, 0])
        for j in range(behind.shape[1]):
            wanted = floor[i] / value[i, j] if value[i, j] > 0.0 else 2.0
            most = law.depth(behind[i, j], again[i], scale[i], weight[i], wanted, upper[i, j + 1])
            depths[i, j + 1] = max(most, lower[i, j + 1])


@inner_kernel
def item_curve(
    hub: float,
    again: float,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
    lower: Whole,
    deep: Whole,
    best: Floats,
    depot: Whole,
    where: Whole,
    blend: Whole,
) -> None:
    """Fill, for each total of units, the least weighted backorders and the depot stock for them.

    `deep` holds the highest stock of each location. `where[u]` is the site of the last unit (from
    1), `blend[u]` a mark of how the units lie, equal for equal stocks.
    """
    start = np.zeros(own.size + 1, np.int64)
    put_sums(deep[1:], start)
    nodes = np.flatnonzero(weight > 0.0)
    times, share = scale[nodes], weight[nodes]
    tails = np.zeros((nodes.size, start[-1]))
    masses = _laws(times, hub, again, own, start, deep[0], tails)
    names = np.arange(1, own.size + 1)
    envelope(
        masses, again, times, share, own, split, value, names, int(law.DEPOT), start, tails, lower,
        deep[0], best, depot, where, blend,
    )  # fmt: skip


@inner_kernel
def envelope(
    masses: Floats,
    again: float,
    times: Floats,
    share: Floats,
    own: Floats,
    split: Floats,
    value: Floats,
    names: Whole,
    shelf: int,
    start: Whole,
    tails: Floats,
    lower: Whole,
    deepest: int,
    best: Floats,
    depot: Whole,
    where: Whole,
    blend: Whole,
) -> None:
    """Fill the curve of a location with the law `masses` (nodes × units) and the sites below it.

    `names` are the locations of the sites, `shelf` the mark of a unit at the location itself.
    """
    waiting = np.zeros(tails.shape)
    best[:] = np.inf
    order, gain = fresh_order(start, lower), np.zeros(start[-1])
    beyond, missing = np.zeros(times.size), np.zeros(times.size)
    top, site = masses.shape[1] - 1, np.empty(start[-1], np.int64)
    for j in range(names.size):
        site[start[j] : start[j + 1]] = names[j]
    for s in range(top, lower[0] - 1, -1):
        if s < top:
            for g in range(times.size):
                if beyond[g] == 0.0 and masses[g, s + 1] < law.FAINT:
                    continue
                beyond[g] += masses[g, s + 1]
                missing[g] += beyond[g]
                law.advance(waiting[g], tails[g], start, split, again, masses[g, s + 1], beyond[g])
        if s <= deepest:
            gains(share, beyond, tails, waiting, start, value, gain)
            mean = 0.0
            for j in range(own.size):
                for g in range(times.size):
                    mean += share[g] * value[j] * (times[g] * own[j] + split[j] * missing[g])
            _lay(s, shelf * s, mean, gain, order, start, lower, site, best, depot, where, blend)


@once_kernel
def _laws(
    times: Floats, hub: float, again: float, own: Floats, start: Whole, deepest: int, tails: Floats
) -> Floats:
    """Fill the tails of the sites' own pipelines, and give the depot's law, for each node."""
    top = deepest
    for g in range(times.size):
        top = max(top, request_kernels.reach(times[g] * hub, again))
    masses = np.zeros((times.size, top + 1))
    for g in range(times.size):
        request_kernels.fill_masses(times[g] * hub, again, masses[g])
        for j in range(own.size):
            a, b = start[j], start[j + 1]
            request_kernels.fill_tails(times[g] * own[j], again, tails[g, a:b])
    return masses


@inner_kernel
def fresh_order(start: Whole, lower: Whole) -> Whole:
    """List the places of the units that may be added, site by site."""
    order = np.empty(start[-1], np.int64)
    count = 0
    for j in range(start.size - 1):
        for place in range(start[j] + lower[j + 1], start[j + 1]):
            order[count] = place
            count += 1
    return order[:count]


@inner_kernel
def gains(
    weight: Floats,
    beyond: Floats,
    tails: Floats,
    waiting: Floats,
    start: Whole,
    value: Floats,
    gain: Floats,
) -> None:
    """Fill gain with weight × P(X > n) at each site."""
    gain[:] = 0.0
    for g in range(weight.size):
        within = weight[g] * (1.0 - beyond[g])
        for n in range(gain.size):
            gain[n] += within * tails[g, n] + weight[g] * waiting[g, n]
    for j in range(start.size - 1):
        for n in range(start[j], start[j + 1]):
            gain[n] *= value[j]


@once_kernel
def _lay(
    s: int,
    mark: int,
    mean: float,
    gain: Floats,
    order: Whole,
    start: Whole,
    lower: Whole,
    site: Whole,
    best: Floats,
    depot: Whole,
    where: Whole,
    blend: Whole,
) -> None:
    """Lay this depot stock's curve under the best so far; `site` is the name of each place."""
    sort(gain, order)
    left, units = mean, s
    for j in range(start.size - 1):
        units += lower[j + 1]
        for n in range(start[j], start[j] + lower[j + 1]):
            left -= gain[n]
    for m in range(order.size + 1):
        if m > 0:
            place = order[m - 1]
            left -= gain[place]
            units += 1
            mark += mark_of(site[place])
        if left < best[units]:
            best[units], depot[units], blend[units] = left, s, mark
            where[units] = site[order[m - 1]] if m > 0 else 0


@inner_kernel
def mark_of(site: int) -> int:
    """Give a number whose sums tell which sites have how many units."""
    return (site * SPREAD) ^ (site << 40)


@inner_kernel
def sort(gain: Floats, order: Whole) -> None:
    """Order places by gain, the largest first, equal ones by place; quick when nearly in order."""
    for k in range(1, order.size):
        place = order[k]
        worth = gain[place]
        m = k - 1
        while m >= 0 and (gain[order[m]] < worth or (gain[order[m]] == worth and order[m] > place)):
            order[m + 1] = order[m]
            m -= 1
        order[m + 1] = place


@inner_kernel
def hull(best: Floats, first: int, pack: int, least: int, floor: float, corner: Whole) -> int:
    """Fill corner with the totals on the lower convex hull, from `first` on; give their number.

    Totals are first, and first + k pack with k pack ≥ least. A piece that removes `floor` or less
    for each unit ends the curve.
    """
    corner[0], count = first, 1
    u = first + pack * max(1, -(-least // pack))
    while u < best.size:
        if best[u] < best[corner[count - 1]]:
            while count > 1:
                a, b = corner[count - 2], corner[count - 1]
                if (best[a] - best[b]) * (u - b) >= (best[b] - best[u]) * (b - a) * STRAIGHT:
                    break
                count -= 1
            corner[count] = u
            count += 1
        u += pack
    while count > 1:
        a, b = corner[count - 2], corner[count - 1]
        if best[a] - best[b] > floor * (b - a):
            break
        count -= 1
    return count


@kernel
def curves(
    hub: Floats,
    again: Floats,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
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
    """Fill the hulls of all items for each offer, a row of owned, pack and least units.

    In row o of the results the items stand one after the other; item i ends at ends[o, i].
    """
    longest = 0
    for i in range(hub.size):
        longest = max(longest, depths[i].sum() + 1, owned[:, i].max() + 1)
    best, blend = np.empty(longest), np.empty(longest, np.int64)
    depot, where = np.empty(longest, np.int64), np.empty(longest, np.int64)
    corner = np.empty(longest, np.int64)
    total = np.zeros(owned.shape[0], np.int64)
    for i in range(hub.size):
        size = depths[i].sum() + 1
        item_curve(
            hub[i], again[i], own[i], split[i], scale[i], weight[i], value[i], lower[i], depths[i],
            best[:size], depot, where, blend,
        )  # fmt: skip
        for o in range(owned.shape[0]):
            first = min(max(lower[i].sum(), owned[o, i]), size - 1)
            count = hull(best[:size], first, pack[o, i], least[o, i], floor[i], corner)
            for k in range(count):
                u, at = corner[k], total[o] + k
                units[o, at], depots[o, at], lefts[o, at] = u, depot[u], best[u]
                places[o, at] = (
                    where[u] if k == 0 else place_of(corner[k - 1], u, depot, where, blend)
                )
            total[o] += count
            ends[o, i] = total[o]


@once_kernel
def place_of(a: int, b: int, depot: Whole, where: Whole, blend: Whole) -> int:
    """Give the location to which the units from total a to total b go, or SEVERAL."""
    if depot[b] - depot[a] == b - a and blend[b] == blend[a]:
        return 0
    if depot[b] == depot[a] and blend[b] - blend[a] == (b - a) * mark_of(where[b]):
        return int(where[b])
    return SEVERAL


@kernel
def lay_out(
    hub: Floats,
    again: Floats,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
    lower: Whole,
    depths: Whole,
    units: Whole,
    depots: Whole,
    rows: Whole,
    stock: Whole,
) -> None:
    """Fill the rows of stock (n, 1 + m) with the best place of `units`, `depots` at the depot."""
    for i in rows:
        start = np.zeros(own.shape[1] + 1, np.int64)
        for j in range(own.shape[1]):
            start[j + 1] = start[j] + depths[i, j + 1]
        gain = site_gains(
            hub[i], again[i], own[i], split[i], scale[i], weight[i], value[i], start, depots[i]
        )
        put(lower[i], stock[i])
        stock[i, 0] = depots[i]
        give(units[i] - stock[i].sum(), gain, start, stock[i])


@inner_kernel
def give(free: int, gain: Floats, start: Whole, held: Whole) -> None:
    """Add the best next units to held (the depot first), one by one, equal ones by place.

    At each site the next unit is worth less than the last, so only the next ones are compared.
    """
    for _ in range(free):
        best, worth = -1, -1.0
        for j in range(start.size - 1):
            place = start[j] + held[j + 1]
            if place < start[j + 1] and gain[place] > worth:
                best, worth = j, gain[place]
        if best < 0:
            return
        held[best + 1] += 1


@once_kernel
def site_gains(
    hub: float,
    again: float,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    value: Floats,
    start: Whole,
    depot: int,
) -> Floats:
    """Give weight × P(X > n) for every site at one depot stock."""
    gain = np.zeros(start[-1])
    tails = np.empty(start[-1])
    for g in range(scale.size):
        if weight[g] <= 0.0:
            continue
        times = scale[g]
        law.site_tables(
            depot, int(law.ONE_BY_ONE), times * hub, again, times * own, split, start, tails
        )
        for n in range(gain.size):
            gain[n] += weight[g] * tails[n]
    for j in range(start.size - 1):
        for n in range(start[j], start[j + 1]):
            gain[n] *= value[j]
    return gain
