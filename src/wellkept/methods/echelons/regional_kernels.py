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
from wellkept.methods.stocking import request_kernels


@inner_kernel
def fall(
    masses: Floats, stock: int, again: float, own: Floats, start: Whole, split: Floats, tails: bool,
    found: Floats,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Fill found with the laws below a location; give P(X ≥ s), unmet share, E[B] and E[B²].

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
        law.advance(waiting, own, start, split, again, mass, beyond if tails else 0.0)
    for k in range(own.size):
        found[k] = (1.0 - beyond) * own[k] + waiting[k]
    out = beyond + (masses[stock] if stock < masses.size else 0.0)
    late = out if again == 0.0 else law.unmet_above(masses, again, stock, beyond)
    return out, late, missing, squares


@inner_kernel
def below(
    masses: Floats, stock: int, again: float, own: Floats, split: Floats, reach: Floats,
    held: Whole, found: Floats,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Fill found (sites below, 4) with what `law.measured` gives of each; give what `fall` gives.

    `reach` is the mean of each one's law if nothing lay above it.
    """
    start = np.zeros(own.size + 1, np.int64)
    put_sums(held, start)
    pipeline, tails = np.empty(start[-1]), np.empty(start[-1])
    for j in range(own.size):
        request_kernels.fill_tails(own[j], again, pipeline[start[j] : start[j + 1]])
    out, late, missing, squares = fall(
        masses, stock, again, pipeline, start, split, bool(law.TAILS), tails
    )
    if law.from_below(own, split, again, start, tails, missing, squares, found):
        return out, late, missing, squares
    for j in range(own.size):
        start[j + 1] = start[j] + max(request_kernels.reach(reach[j], again), held[j]) + 1
    pipeline, tails = np.empty(start[-1]), np.empty(start[-1])
    for j in range(own.size):
        request_kernels.fill_tails(own[j], again, pipeline[start[j] : start[j + 1]])
    fall(masses, stock, again, pipeline, start, split, bool(law.TAILS), tails)
    for j in range(own.size):
        law.measured(tails[start[j] : start[j + 1]], again, held[j], found[j])
    return out, late, missing, squares


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
    hub: float, again: float, own: Floats, split: Floats, regions: Whole, start: Whole
) -> tuple[Floats, Floats]:
    """Give the depot's law, and the pipelines of the regions one after the other, as P(X = n)."""
    for r in range(regions.size):
        mean = own[regions[r]] + split[regions[r]] * hub
        start[r + 1] = start[r] + request_kernels.reach(mean, again) + 2
    masses = np.empty(request_kernels.reach(hub, again) + 2)
    request_kernels.fill_masses(hub, again, masses)
    pipeline = np.empty(start[-1])
    for r in range(regions.size):
        request_kernels.fill_masses(own[regions[r]], again, pipeline[start[r] : start[r + 1]])
    return masses, pipeline


@kernel
def levels(
    hub: Floats, again: Floats, own: Floats, split: Floats, mine: Floats, above: Whole,
    scale: Floats, weight: Floats, stock: Whole, owed: Floats, missing: Floats, squares: Floats,
    out: Floats, seen: Floats, pairs: Floats,
) -> None:  # fmt: skip
    """Fill, as `kernels.levels` does, what a stock of three levels leaves missing.

    `mine` is the share of a site's own customers in all that it is asked for; `owed` what each
    location owes on average, to its own customers and to those below.
    """
    regions = regions_of(above)
    ends = ends_of(above, regions)
    start = np.zeros(regions.size + 1, np.int64)
    found = np.empty((above.size, 5))
    for i in range(hub.size):
        for g in range(scale.shape[1]):
            times, w = scale[i, g], weight[i, g]
            if w <= 0.0:
                continue
            more = again[i]
            lumps = request_kernels.lumps(more)
            masses, pipeline = region_tables(
                times * hub[i], more, times * own[i], split[i], regions, start
            )
            laws = np.empty(pipeline.size)
            fall(
                masses, stock[i, 0], more, pipeline, start, split[i][regions], bool(law.MASSES),
                laws,
            )  # fmt: skip
            o, late, m, q = below(
                masses, stock[i, 0], more, times * own[i][ends], split[i][ends],
                times * (own[i][ends] + split[i][ends] * hub[i]), stock[i, 1:][ends], found,
            )  # fmt: skip
            owed[i, 0] += w * m
            law.add(
                i, int(law.DEPOT), w, times, lumps, m, q, o, late, missing, squares, out, seen,
                pairs,
            )  # fmt: skip
            for k in range(ends.size):
                m, q, o, late = found[k, 0], found[k, 1], found[k, 2], found[k, 3]
                owed[i, ends[k] + 1] += w * m
                law.add(
                    i, ends[k] + 1, w, times, lumps, m, q, o, late, missing, squares, out, seen,
                    pairs,
                )  # fmt: skip
            for k in range(regions.size):
                kids = np.flatnonzero(above == regions[k])
                region(
                    laws[start[k] : start[k + 1]], regions[k], kids, times, hub[i], more, own[i],
                    split[i], mine[i], stock[i], found,
                )  # fmt: skip
                for c in range(kids.size + 1):
                    j = kids[c] if c < kids.size else regions[k]
                    m, q, o, late = found[c, 0], found[c, 1], found[c, 2], found[c, 3]
                    owed[i, j + 1] += w * found[c, 4]
                    law.add(
                        i, j + 1, w, times, lumps, m, q, o, late, missing, squares, out, seen, pairs
                    )


@once_kernel
def region(
    masses: Floats,
    r: int,
    kids: Whole,
    times: float,
    hub: float,
    again: float,
    own: Floats,
    split: Floats,
    mine: Floats,
    stock: Whole,
    found: Floats,
) -> None:
    """Fill found as `below` does, with what is owed besides, of the sites below and, last, of r."""
    unstocked = own[r] + split[r] * hub
    o, late, m, q = below(
        masses, stock[r + 1], again, times * own[kids], split[kids],
        times * (own[kids] + split[kids] * unstocked), stock[1:][kids], found,
    )  # fmt: skip
    for c in range(kids.size):
        found[c, 4] = found[c, 0]
    f, last = mine[r], found[kids.size]
    last[0], last[2], last[3], last[4] = f * m, o, late, m
    last[1] = request_kernels.lumps(again) * f * (1.0 - f) * m + f * f * q
