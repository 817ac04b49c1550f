"""The exact two-echelon law, site by site, as a recursion over the depot's stock.

Let X₀ be the depot's pipeline, s its stock, f a site's share of its demand. The units that the
site waits for are a binomial part of (X₀ − s)⁺, plus its own Poisson pipeline. Split at X₀ ≤ s:

    site's law = P(X₀ ≤ s) own + D(s),    D(s) = thin(P(X₀ = s + 1) own + D(s + 1)),

where thin(q)(n) = (1 − f) q(n) + f q(n − 1). Going down from a stock that is never exhausted every
term is positive, so nothing cancels, and each depot stock costs one pass over the site's table. The
same holds for the tails P(X > n), which is what the tables here hold.
"""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.putting import put_sums
from wellkept.methods.stocking import poisson_kernels

TINY = 1e-280  # below it a number has lost digits, and what grows from it would keep the loss
DEPOT, ONE_BY_ONE = 0, 1
TAILS, MASSES = True, False
FAINT = 1e-24  # a chance that no sum of others, from here down, will show
LEFT = 1e-7  # of a mean: so little, reckoned as a difference, still has nine digits


@inner_kernel
def depth(mean: float, scale: Floats, weight: Floats, floor: float, most: int) -> int:
    """Give how many units k have P(X ≥ k) at or above `floor`, X Poisson with a mixed mean."""
    if mean <= 0.0 or floor > 1.0:
        return 0
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


@inner_kernel
def advance(
    waiting: Floats, own: Floats, start: Whole, split: Floats, mass: float, beyond: float
) -> None:
    """Take the depot's stock down by one: waiting becomes thin(mass × own + waiting), as tails.

    `start[j]` is where site j's table begins; `mass` is P(X₀ = s + 1), `beyond` P(X₀ > s).
    """
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
def site_tables(
    stock: int,
    lot: int,
    hub: float,
    own: Floats,
    split: Floats,
    start: Whole,
    tails: Floats,
) -> tuple[float, float, float]:
    """Fill tails with P(X_j > n) for one depot; give its P(X₀ ≥ s), E[B] and E[B²].

    For one rate known for certain. A depot that orders `lot` units at a time is uniform on the
    positions stock − lot + 1 … stock: everything is averaged over them.
    """
    top, bottom = max(poisson_kernels.reach(hub), stock), stock - lot + 1
    masses = np.empty(top + 1)
    poisson_kernels.fill_masses(hub, masses)
    pipeline, waiting = np.empty(tails.size), np.zeros(tails.size)
    for j in range(split.size):
        poisson_kernels.fill_tails(own[j], pipeline[start[j] : start[j + 1]])
    tails[:] = 0.0
    beyond, missing, squares = 0.0, 0.0, 0.0
    found = np.zeros(3)
    for s in range(top, bottom - 1, -1):
        if s < top:
            mass = masses[s + 1] if s >= -1 else 0.0
            beyond += mass
            squares += 2.0 * missing + beyond
            missing += beyond
            advance(waiting, pipeline, start, split, mass, beyond)
        if s <= stock:
            tails += ((1.0 - beyond) * pipeline + waiting) / lot
            found[0] += (beyond + (masses[s] if s >= 0 else 0.0)) / lot
            found[1] += missing / lot
            found[2] += squares / lot
    return found[0], found[1], found[2]


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
    `out` is P(X ≥ s) over time, `seen` over demands, which come in proportion to the rate; `pairs`
    is E[B (B − 1)] ÷ the multiple.
    """
    sites = own.shape[1]
    start, found = np.zeros(sites + 1, np.int64), np.empty((sites, 3))
    for i in range(hub.size):
        for g in range(scale.shape[1]):
            if weight[i, g] <= 0.0:
                continue
            times, w = scale[i, g], weight[i, g]
            put_sums(stock[i, 1:], start)
            tails = np.empty(start[sites])
            ready, m, q = site_tables(
                stock[i, 0], lot[i], times * hub[i], times * own[i], split[i], start, tails
            )
            if not from_below(times * own[i], split[i], start, tails, m, q, found):
                from_above(stock[i], lot[i], times * hub[i], times * own[i], split[i], start, found)
            add(i, int(DEPOT), w, times, m, q, ready, missing, squares, out, seen, pairs)
            for j in range(sites):
                m, q, ready = found[j]
                add(i, j + 1, w, times, m, q, ready, missing, squares, out, seen, pairs)


@inner_kernel
def from_below(
    own: Floats,
    split: Floats,
    start: Whole,
    tails: Floats,
    missing: float,
    squares: float,
    found: Floats,
) -> bool:
    """Fill found (m, 3) with what `measure_site` gives, from the tails below each stock alone.

    What lies above is the mean of X, or of X², less what lies below. `missing` and `squares` are
    the depot's. Gives False where so little is left that its digits are gone.
    """
    for j in range(split.size):
        f = split[j]
        mean = own[j] + f * missing
        spread = own[j] + f * (1.0 - f) * missing + f * f * (squares - missing * missing)
        left, square, held = mean, spread + mean * mean, start[j + 1] - start[j]
        for n in range(held):
            left -= tails[start[j] + n]
            square -= (2.0 * n + 1.0) * tails[start[j] + n]
        if held > 0 and left < LEFT * mean:
            return False
        found[j, 0], found[j, 1] = left, square - 2.0 * held * left
        found[j, 2] = tails[start[j + 1] - 1] if held > 0 else 1.0
    return True


@once_kernel
def from_above(
    stock: Whole, lot: int, hub: float, own: Floats, split: Floats, start: Whole, found: Floats
) -> None:
    """Fill found (m, 3) with what `measure_site` gives, from tables that reach far enough."""
    for j in range(own.size):
        reach = poisson_kernels.reach(own[j] + split[j] * hub) + max(lot - 1 - stock[0], 0)
        start[j + 1] = start[j] + max(reach, stock[j + 1]) + 1
    tails = np.empty(start[own.size])
    site_tables(stock[0], lot, hub, own, split, start, tails)
    for j in range(own.size):
        a, b = start[j], start[j + 1]
        found[j, 0], found[j, 1], found[j, 2] = measure_site(tails[a:b], stock[j + 1])


@inner_kernel
def add(
    i: int,
    j: int,
    weight: float,
    times: float,
    m: float,
    q: float,
    ready: float,
    missing: Floats,
    squares: Floats,
    out: Floats,
    seen: Floats,
    pairs: Floats,
) -> None:
    """Add one node's numbers to the averages of item i at location j."""
    missing[i, j] += weight * m
    squares[i, j] += weight * q
    out[i, j] += weight * ready
    seen[i, j] += weight * times * ready
    pairs[i, j] += weight * max(q - m, 0.0) / times
