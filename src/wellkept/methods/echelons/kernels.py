"""The exact two-echelon law, site by site, as a recursion over the depot's stock.

Let X₀ be the depot's pipeline, s its stock, f a site's share of its demand. The units that the
site waits for are a binomial part of (X₀ − s)⁺, plus its own Poisson pipeline. Split at X₀ ≤ s:

    site's law = P(X₀ ≤ s) own + D(s),    D(s) = thin(P(X₀ = s + 1) own + D(s + 1)),

where thin(q)(n) = (1 − f) q(n) + f q(n − 1). Going down from a stock that is never exhausted every
term is positive, so nothing cancels, and each depot stock costs one pass over the site's table. The
same holds for the tails P(X > n), which is what the tables here hold.

Units that come in requests of geometric sizes (`again` is the chance that one more follows): the
requests that the depot owes are (K − Bin(s, 1 − again))⁺, K those of its lead time, for what is
left of the request in which the stock ends is geometric again. Each is a site's with chance f, as a
whole. In generating functions, with Δ = P(X₀ = s + 1) own as above, the step down is a filter:

    D(s) = H (Δ + D(s + 1)),    H(z) = (1 − g) + g (1 − r) z ÷ (1 − r z),
    g = f (1 − again) ÷ (1 − f again),    r = again (1 − f) ÷ (1 − f again),

again one pass of positive terms, and thinning itself for `again` 0.
"""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.putting import put_sums
from wellkept.methods.stocking import poisson_kernels, request_kernels

TINY = 1e-280  # below it a number has lost digits, and what grows from it would keep the loss
DEPOT, ONE_BY_ONE = 0, 1
TAILS, MASSES = True, False
FAINT = 1e-24  # a chance that no sum of others, from here down, will show
LEFT = 1e-7  # of a mean: so little, reckoned as a difference, still has nine digits


@inner_kernel
def depth(mean: float, again: float, scale: Floats, weight: Floats, floor: float, most: int) -> int:
    """Give how many units k have P(X ≥ k) at or above `floor`, the mean of X being mixed."""
    if mean <= 0.0 or floor > 1.0:
        return 0
    if again > 0.0:
        return depth_of_requests(mean, again, scale, weight, floor, most)
    start = poisson_kernels.first(mean * scale.min())
    term, below = np.empty(scale.size), np.zeros(scale.size)
    for g in range(scale.size):
        term[g] = poisson_kernels.mass(start, mean * scale[g])
    k = start
    while k < most:
        beyond = 0.0
        for g in range(scale.size):
            below[g] += term[g]
            beyond += weight[g] * (1.0 - below[g])
        if beyond < floor:
            break
        k += 1
        for g in range(scale.size):
            if term[g] > TINY:
                term[g] *= mean * scale[g] / k
            else:
                term[g] = poisson_kernels.mass(k, mean * scale[g])
    return k


@once_kernel
def depth_of_requests(
    mean: float, again: float, scale: Floats, weight: Floats, floor: float, most: int
) -> int:
    """Give the same for units that come in requests."""
    far = 0
    for g in range(scale.size):
        far = max(far, request_kernels.until(mean * scale[g], again, min(floor, 1.0) * 1e-3))
    tails, found = np.zeros(min(far + 1, most)), np.zeros(min(far + 1, most))
    for g in range(scale.size):
        request_kernels.fill_tails(mean * scale[g], again, tails)
        for k in range(tails.size):
            found[k] += weight[g] * tails[k]
    k = 0
    while k < found.size and found[k] >= floor:
        k += 1
    return k


@inner_kernel
def advance(
    waiting: Floats,
    own: Floats,
    start: Whole,
    split: Floats,
    again: float,
    mass: float,
    beyond: float,
) -> None:
    """Take the depot's stock down by one: waiting becomes H(mass × own + waiting), as tails.

    `start[j]` is where site j's table begins; `mass` is P(X₀ = s + 1), `beyond` P(X₀ > s): 0 where
    the tables hold P(X = n).
    """
    if again > 0.0:
        filtered(waiting, own, start, split, again, mass, beyond)
        return
    for j in range(split.size):
        f = split[j]
        low, high = start[j], start[j + 1]
        if high == low:
            continue
        upper = mass * own[high - 1] + waiting[high - 1]
        for n in range(high - 1, low, -1):
            lower = mass * own[n - 1] + waiting[n - 1]
            waiting[n] = (1.0 - f) * upper + f * lower
            upper = lower
        waiting[low] = (1.0 - f) * upper + f * beyond


@inner_kernel
def filtered(
    waiting: Floats,
    own: Floats,
    start: Whole,
    split: Floats,
    again: float,
    mass: float,
    beyond: float,
) -> None:
    """Take the depot's stock down by one for units that come in requests."""
    for j in range(split.size):
        f = split[j]
        g, r = f * (1.0 - again) / (1.0 - f * again), again * (1.0 - f) / (1.0 - f * again)
        late = g * beyond
        for n in range(start[j], start[j + 1]):
            here = mass * own[n] + waiting[n]
            waiting[n] = (1.0 - g) * here + late
            late = r * late + g * (1.0 - r) * here


@inner_kernel
def site_tables(
    stock: int,
    lot: int,
    hub: float,
    again: float,
    own: Floats,
    split: Floats,
    start: Whole,
    tails: Floats,
) -> tuple[float, float, float, float]:
    """Fill tails with P(X_j > n) for one depot; give its P(X₀ ≥ s), unmet share, E[B] and E[B²].

    For one rate known for certain. A depot that orders `lot` units at a time is uniform on the
    positions stock − lot + 1 … stock: everything is averaged over them.
    """
    top, bottom = max(request_kernels.reach(hub, again), stock), stock - lot + 1
    masses = np.empty(top + 1)
    request_kernels.fill_masses(hub, again, masses)
    pipeline, waiting = np.empty(tails.size), np.zeros(tails.size)
    for j in range(split.size):
        request_kernels.fill_tails(own[j], again, pipeline[start[j] : start[j + 1]])
    tails[:] = 0.0
    beyond, missing, squares = 0.0, 0.0, 0.0
    found = np.zeros(3)
    for s in range(top, bottom - 1, -1):
        if s < top:
            mass = masses[s + 1] if s >= -1 else 0.0
            beyond += mass
            squares += 2.0 * missing + beyond
            missing += beyond
            advance(waiting, pipeline, start, split, again, mass, beyond)
        if s <= stock:
            tails += ((1.0 - beyond) * pipeline + waiting) / lot
            found[0] += (beyond + (masses[s] if s >= 0 else 0.0)) / lot
            found[1] += missing / lot
            found[2] += squares / lot
    late = found[0] if again == 0.0 else unmet_above(masses, again, stock, beyond)
    return found[0], late, found[1], found[2]


@inner_kernel
def unmet_above(masses: Floats, again: float, stock: int, beyond: float) -> float:
    """Give the share of units not met at once, from the masses and P(X > s).

    A unit is the n-th of its request with chance (1 − again) againⁿ⁻¹, and is met where X + n ≤ s.
    """
    left, out, weight = 0.0, beyond + (masses[stock] if stock < masses.size else 0.0), 1.0
    for n in range(stock - 1, -1, -1):
        left += weight * (1.0 - again) * out
        weight *= again
        out += masses[n] if n < masses.size else 0.0
    return left + weight


@inner_kernel
def unmet(tails: Floats, again: float, stock: int) -> float:
    """Give the same from the tails P(X > n), n < stock."""
    found = 1.0
    for n in range(stock):
        found = again * found + (1.0 - again) * (tails[n] if n < tails.size else 0.0)
    return found


@inner_kernel
def measure_site(tails: Floats, stock: int) -> tuple[float, float, float]:
    """Give E[(X − s)⁺], its square and P(X ≥ s) from the tails of one site."""
    missing, squares = 0.0, 0.0
    for n in range(tails.size - 1, stock - 1, -1):
        squares += (2.0 * (n - stock) + 1.0) * tails[n]
        missing += tails[n]
    out = 1.0 if stock == 0 else (tails[stock - 1] if stock <= tails.size else 0.0)
    return missing, squares, out


@kernel
def levels(
    hub: Floats,
    again: Floats,
    own: Floats,
    split: Floats,
    scale: Floats,
    weight: Floats,
    stock: Whole,
    lot: Whole,
    missing: Floats,
    squares: Floats,
    out: Floats,
    seen: Floats,
    pairs: Floats,
) -> None:
    """Fill, for every item and location (the depot first), what the stock leaves missing.

    `scale` and `weight` (items × nodes) are the rates to average over, as multiples of the mean.
    `out` is P(X ≥ s) over time, `seen` the share of units not met at once, which come in proportion
    to the rate; `pairs` is E[B (B − 1)] ÷ the multiple, of units that wait for requests before.
    """
    sites = own.shape[1]
    start, found = np.zeros(sites + 1, np.int64), np.empty((sites, 4))
    for i in range(hub.size):
        for g in range(scale.shape[1]):
            if weight[i, g] <= 0.0:
                continue
            times, w = scale[i, g], weight[i, g]
            put_sums(stock[i, 1:], start)
            tails = np.empty(start[sites])
            more = again[i]
            ready, late, m, q = site_tables(
                stock[i, 0], lot[i], times * hub[i], more, times * own[i], split[i], start, tails
            )
            if not from_below(times * own[i], split[i], more, start, tails, m, q, found):
                from_above(
                    stock[i], lot[i], times * hub[i], more, times * own[i], split[i], start, found
                )
            lumps = request_kernels.lumps(more)
            add(
                i, int(DEPOT), w, times, lumps, m, q, ready, late, missing, squares, out, seen,
                pairs,
            )  # fmt: skip
            for j in range(sites):
                m, q, ready, late = found[j]
                add(
                    i, j + 1, w, times, lumps, m, q, ready, late, missing, squares, out, seen, pairs
                )


@inner_kernel
def from_below(
    own: Floats,
    split: Floats,
    again: float,
    start: Whole,
    tails: Floats,
    missing: float,
    squares: float,
    found: Floats,
) -> bool:
    """Fill found (m, 4) with what `measured` gives, from the tails below each stock alone.

    What lies above is the mean of X, or of X², less what lies below. `missing` and `squares` are
    the depot's. Gives False where so little is left that its digits are gone.
    """
    lumps = request_kernels.lumps(again)
    for j in range(split.size):
        f = split[j]
        mean = own[j] + f * missing
        spread = lumps * (own[j] + f * (1.0 - f) * missing) + f * f * (squares - missing * missing)
        left, square, held = mean, spread + mean * mean, start[j + 1] - start[j]
        for n in range(held):
            left -= tails[start[j] + n]
            square -= (2.0 * n + 1.0) * tails[start[j] + n]
        if held > 0 and left < LEFT * mean:
            return False
        found[j, 0], found[j, 1] = left, square - 2.0 * held * left
        found[j, 2] = tails[start[j + 1] - 1] if held > 0 else 1.0
        found[j, 3] = found[j, 2]
        if again > 0.0:
            found[j, 3] = unmet(tails[start[j] : start[j + 1]], again, held)
    return True


@once_kernel
def from_above(
    stock: Whole,
    lot: int,
    hub: float,
    again: float,
    own: Floats,
    split: Floats,
    start: Whole,
    found: Floats,
) -> None:
    """Fill found (m, 4) with what `measured` gives, from tables that reach far enough."""
    for j in range(own.size):
        reach = request_kernels.reach(own[j] + split[j] * hub, again) + max(lot - 1 - stock[0], 0)
        start[j + 1] = start[j] + max(reach, stock[j + 1]) + 1
    tails = np.empty(start[own.size])
    site_tables(stock[0], lot, hub, again, own, split, start, tails)
    for j in range(own.size):
        measured(tails[start[j] : start[j + 1]], again, stock[j + 1], found[j])


@inner_kernel
def measured(tails: Floats, again: float, stock: int, found: Floats) -> None:
    """Fill found with E[(X − s)⁺], its square, P(X ≥ s) and the share of units not met at once."""
    found[0], found[1], found[2] = measure_site(tails, stock)
    found[3] = found[2] if again == 0.0 else unmet(tails, again, stock)


@inner_kernel
def add(
    i: int,
    j: int,
    weight: float,
    times: float,
    lumps: float,
    m: float,
    q: float,
    ready: float,
    late: float,
    missing: Floats,
    squares: Floats,
    out: Floats,
    seen: Floats,
    pairs: Floats,
) -> None:
    """Add one node's numbers to the averages of item i at location j.

    B units wait in Q requests of geometric sizes: E[Q (Q − 1)] is what E[B²] leaves without the
    lumps of one request, and a unit waits as the last of its request does.
    """
    missing[i, j] += weight * m
    squares[i, j] += weight * q
    out[i, j] += weight * ready
    seen[i, j] += weight * times * late
    pairs[i, j] += weight * max(q - lumps * m, 0.0) / times
