"""A stock played out: demands drawn (or taken from a history), every unit followed.

Nothing here knows the formulas, so it can prove them, and it serves where they end. The same seed
gives the same demands and times whatever the stock, so that two stocks differ by what they do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.replay.chains import Chain, table
from wellkept.methods.replay.played import Replayed, told
from wellkept.methods.stocking.columns import amounts, counts

FEWEST_BATCHES = 2


def simulate(
    given: Chain,
    stock: ArrayLike,
    *,
    horizon: float,
    warm_up: float,
    seed: int,
    value: ArrayLike = 1.0,
    allowance: ArrayLike = 0.0,
    batches: int = 20,
) -> Replayed:
    """Play a stock (n, 1 + m, the depot first) from 0 to `horizon`, counting after `warm_up`.

    Demands are Poisson; the shelf starts full. `value` (n, m) weighs a missing unit, `allowance`
    (n, m) is the wait that is still within the promise. The warm-up should be several of the
    longest replenishment times; a batch many of them, for batches to be nearly independent.
    Raises ValueError unless 0 ≤ warm_up < horizon, for fewer than two batches and for tables of
    the wrong shape.
    Source: Law 2015, Simulation Modeling and Analysis, 9.5.3 (batch means) and 11.2 (common random
    numbers).
    """
    from wellkept.methods.replay import kernels  # Numba loads when first needed

    begin, end = _span(warm_up, horizon)
    held, weight, allowed, sums, batch = _tables(given, stock, value, allowance, batches)
    kernels.simulate(
        _seeds(seed, given),
        given.rate,
        given.lead,
        given.transit,
        given.share,
        given.repair,
        given.cv,
        given.uncertainty,
        given.again,
        held,
        given.lots,
        given.above,
        given.mended,
        weight,
        allowed,
        begin,
        end,
        sums,
        batch,
    )
    return told(sums, batch, end - begin)


def relive(
    given: Chain,
    stock: ArrayLike,
    item: ArrayLike,
    site: ArrayLike,
    time: ArrayLike,
    *,
    begin: float,
    end: float,
    seed: int = 0,
    value: ArrayLike = 1.0,
    allowance: ArrayLike = 0.0,
    batches: int = 20,
) -> Replayed:
    """Play a stock through the demands that came, one row per unit: item, site (from 0) and time.

    Rates are not used; times are drawn as in `simulate` where they vary. The shelf is full before
    the first demand; what is counted lies between `begin` and `end`.
    Raises ValueError for rows of unequal length, items or sites that are not there, and times that
    are no numbers.
    """
    from wellkept.methods.replay import kernels  # Numba loads when first needed

    span = _span(begin, end)
    held, weight, allowed, sums, batch = _tables(given, stock, value, allowance, batches)
    begins, sites, times = _rows(given, item, site, time)
    kernels.relive(
        _seeds(seed, given),
        begins,
        times,
        sites,
        given.lead,
        given.transit,
        given.share,
        given.repair,
        given.cv,
        held,
        given.lots,
        given.above,
        given.mended,
        weight,
        allowed,
        *span,
        sums,
        batch,
    )
    return told(sums, batch, span[1] - span[0])


def _rows(
    given: Chain, item: ArrayLike, site: ArrayLike, time: ArrayLike
) -> tuple[Whole, Whole, Floats]:
    items, sites = counts(item, "item"), counts(site, "site")
    times = np.asarray(time, np.float64)
    if items.ndim != 1 or items.shape != sites.shape or items.shape != times.shape:
        raise ValueError(
            f"A demand is one row of item, site and time; there are {items.size} items,"
            f" {sites.size} sites and {times.size} times."
        )
    n, m = given.rate.shape
    strange = np.flatnonzero((items >= n) | (sites >= m) | ~np.isfinite(times))
    if strange.size:
        k = strange[0]
        raise ValueError(
            f"The demand at row {k} is of item {items[k]} at site {sites[k]} at {times[k]}: there"
            f" are {n} items and {m} sites, counted from 0, and a time is a number."
        )
    order = np.lexsort((times, items))
    begins = np.searchsorted(items[order], np.arange(n + 1)).astype(np.int64)
    return begins, sites[order], np.ascontiguousarray(times[order])


def _span(begin: float, end: float) -> tuple[float, float]:
    if not (np.isfinite(begin) and np.isfinite(end) and begin < end):
        raise ValueError(f"Counting from {begin:g} to {end:g} leaves no time to count in.")
    return float(begin), float(end)


def _seeds(seed: int, given: Chain) -> Whole:
    """Give each item its own stream, so that items may be added without changing the others."""
    source = np.random.SeedSequence(int(counts(seed, "seed")))
    return source.generate_state(given.rate.shape[0]).astype(np.int64)


def _tables(
    given: Chain, stock: ArrayLike, value: ArrayLike, allowance: ArrayLike, batches: int
) -> tuple[Whole, Floats, Floats, Floats, Floats]:
    n, m = given.rate.shape
    held = counts(stock, "stock")
    if held.shape != (n, m + 1):
        raise ValueError(
            f"A stock is a table of items × (depot and sites), here {(n, m + 1)}; this one is"
            f" {held.shape}."
        )
    if batches < FEWEST_BATCHES:
        raise ValueError(f"An interval needs at least two batches; {batches} were asked for.")
    return (
        np.ascontiguousarray(held),
        table(amounts(value, "value"), (n, m), "value"),
        table(amounts(allowance, "allowance"), (n, m), "allowance"),
        np.zeros((n, m + 1, 6)),
        np.zeros((int(batches), 4)),
    )
