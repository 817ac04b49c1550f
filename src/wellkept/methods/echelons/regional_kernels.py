"""The exact law of three levels: depot, the sites that it refills, and those that they refill.

What a location waits for is a binomial part of what the one above it owes, plus its own Poisson
pipeline; what it owes is (X − s)⁺ of that law. `fall` is the recursion of `kernels` for any law
above, not the depot's Poisson alone, so a region hands on its own law as the depot does.
"""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import inner_kernel, kernel, once_kernel
from wellkept.methods.echelons import kernels as law
from wellkept.methods.putting import put_sums
from wellkept.methods.stocking import poisson_kernels


@inner_kernel
def fall(
    masses: Floats, stock: int, own: Floats, start: Whole, split: Floats, tails: bool, found: Floats
) -> tuple[float, float, float]:
    """Fill found with the laws below a location; give its P(X ≥ s), E[B] and E[B²].

    `masses` is the location's own law, `own` the pipelines of those below it, one table after the
    other: P(X > n) with `tails`, else P(X = n), and so is `found`.
    """
    beyond, missing, squares = 0.0, 0.0, 0.0
    waiting = np.zeros(own.size)
    for s in range(masses.size - 2, stock - 1, -1):
        mass = masses[s + 1]
        beyond += mass
        squares += 2.0 * missing + beyond
        missing += beyond
        law.advance(waiting, own, start, split, mass, beyond if tails else 0.0)
    for k in range(own.size):
        found[k] = (1.0 - beyond) * own[k] + waiting[k]
    out = beyond + (masses[stock] if stock < masses.size else 0.0)
    return out, missing, squares


@inner_kernel
def below(
    masses: Floats, stock: int, own: Floats, split: Floats, reach: Floats, held: Whole,
    found: Floats,
) -> tuple[float, float, float]:  # fmt: skip
    """Fill found (sites below, 3) with E[B], E[B²] and P(X ≥ s) of each; give the location's own.

    `reach` is the mean of each one's law if nothing lay above it.
    """
    start = np.zeros(own.size + 1, np.int64)
    put_sums(held, start)
    pipeline, tails = np.empty(start[-1]), np.empty(start[-1])
    for j in range(own.size):
        poisson_kernels.fill_tails(own[j], pipeline[start[j] : start[j + 1]])
    out, missing, squares = fall(masses, stock, pipeline, start, split, bool(law.TAILS), tails)
    if law.from_below(own, split, start, tails, missing, squares, found):
        return out, missing, squares
    for j in range(own.size):
        start[j + 1] = start[j] + max(poisson_kernels.reach(reach[j]), held[j]) + 1
    pipeline, tails = np.empty(start[-1]), np.empty(start[-1])
    for j in range(own.size):
        poisson_kernels.fill_tails(own[j], pipeline[start[j] : start[j + 1]])
    fall(masses, stock, pipeline, start, split, bool(law.TAILS), tails)
    for j in range(own.size):
        found[j, 0], found[j, 1], found[j, 2] = law.measure_site(
            tails[start[j] : start[j + 1]], held[j]
        )
    return out, missing, squares


@inner_kernel
def regions_of(above: Whole) -> Whole:
    """List the sites that refill others."""
    upper = np.zeros(above.size, np.bool_)
    for j in range(above.size):
        if above[j] >= 0:
            upper[above[j]] = True
    return np.flatnonzero(upper)


@inner_kernel
def ends_of(above: Whole, regions: Whole) -> Whole:
    """List the sites that the depot refills and that refill nobody."""
    straight = above < 0
    for r in regions:
        straight[r] = False
    return np.flatnonzero(straight)


@inner_kernel
def region_tables(
    hub: float, own: Floats, split: Floats, regions: Whole, start: Whole
) -> tuple[Floats, Floats]:
    """Give the depot's law, and the pipelines of the regions one after the other, as P(X = n)."""
    for r in range(regions.size):
        mean = own[regions[r]] + split[regions[r]] * hub
        start[r + 1] = start[r] + poisson_kernels.reach(mean) + 2
    masses = np.empty(poisson_kernels.reach(hub) + 2)
    poisson_kernels.fill_masses(hub, masses)
    pipeline = np.empty(start[-1])
    for r in range(regions.size):
        poisson_kernels.fill_masses(own[regions[r]], pipeline[start[r] : start[r + 1]])
    return masses, pipeline


@kernel
def levels(
    hub: Floats,
    own: Floats,
    split: Floats,
    mine: Floats,
    above: Whole,
    scale: Floats,
    weight: Floats,
    stock: Whole,
    owed: Floats,
    missing: Floats,
    squares: Floats,
    out: Floats,
    seen: Floats,
    pairs: Floats,
) -> None:
    """Fill, as `kernels.levels` does, what a stock of three levels leaves missing.

    `mine` is the share of a site's own customers in all that it is asked for; `owed` what each
    location owes on average, to its own customers and to those below.
    """
    regions = regions_of(above)
    ends = ends_of(above, regions)
    start = np.zeros(regions.size + 1, np.int64)
    found = np.empty((above.size, 4))
    for i in range(hub.size):
        for g in range(scale.shape[1]):
            times, w = scale[i, g], weight[i, g]
            if w <= 0.0:
                continue
            masses, pipeline = region_tables(
                times * hub[i], times * own[i], split[i], regions, start
            )
            laws = np.empty(pipeline.size)
            fall(masses, stock[i, 0], pipeline, start, split[i][regions], bool(law.MASSES), laws)
            o, m, q = below(
                masses, stock[i, 0], times * own[i][ends], split[i][ends],
                times * (own[i][ends] + split[i][ends] * hub[i]), stock[i, 1:][ends], found,
            )  # fmt: skip
            owed[i, 0] += w * m
            law.add(i, int(law.DEPOT), w, times, m, q, o, missing, squares, out, seen, pairs)
            for k in range(ends.size):
                m, q, o = found[k, 0], found[k, 1], found[k, 2]
                owed[i, ends[k] + 1] += w * m
                law.add(i, ends[k] + 1, w, times, m, q, o, missing, squares, out, seen, pairs)
            for k in range(regions.size):
                kids = np.flatnonzero(above == regions[k])
                region(
                    laws[start[k] : start[k + 1]], regions[k], kids, times, hub[i], own[i],
                    split[i], mine[i], stock[i], found,
                )  # fmt: skip
                for c in range(kids.size + 1):
                    j = kids[c] if c < kids.size else regions[k]
                    m, q, o = found[c, 0], found[c, 1], found[c, 2]
                    owed[i, j + 1] += w * found[c, 3]
                    law.add(i, j + 1, w, times, m, q, o, missing, squares, out, seen, pairs)


@once_kernel
def region(
    masses: Floats,
    r: int,
    kids: Whole,
    times: float,
    hub: float,
    own: Floats,
    split: Floats,
    mine: Floats,
    stock: Whole,
    found: Floats,
) -> None:
    """Fill found with E[B], E[B²], P(X ≥ s) and what is owed of the sites below and, last, of r."""
    unstocked = own[r] + split[r] * hub
    o, m, q = below(
        masses, stock[r + 1], times * own[kids], split[kids],
        times * (own[kids] + split[kids] * unstocked), stock[1:][kids], found,
    )  # fmt: skip
    for c in range(kids.size):
        found[c, 3] = found[c, 0]
    f, last = mine[r], found[kids.size]
    last[0], last[1], last[2], last[3] = f * m, f * (1.0 - f) * m + f * f * q, o, m
