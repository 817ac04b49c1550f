"""The distribution of a sum: how many periods of the lead time have demand, and how much each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.demand.lead_time import LeadTimeDemand, chunks, from_tables
from wellkept.methods.demand.observed import Flags

COARSEST = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Hold the sizes of n parts: own ones and pooled ones.

    `own` (n, T) are a part's sizes, counted where `counted`, as lower bounds where `at_least`;
    together they weigh `own_share` (n,). The pooled sizes are centre × ratio[group], by weight.
    """

    own: Floats
    counted: Flags
    at_least: Flags
    own_share: Floats
    centre: Floats
    group: Whole
    ratio: Floats
    weight: Floats


def occurrences(yes: Floats, no: Floats, lead: Floats) -> Floats:
    """Give P(N = k) of the periods with demand in each lead time: (n, K + 1), Beta–binomial.

    A lead time between two whole numbers mixes the two.
    """
    whole = np.floor(lead + 1e-9)
    part = np.maximum(lead - whole, 0.0)
    most = int(np.ceil(lead.max()))
    lower = _beta_binomial(yes, no, whole, most)
    if not part.any():
        return lower
    upper = _beta_binomial(yes, no, np.ceil(lead), most)
    return (1 - part[:, None]) * lower + part[:, None] * upper


def compound(times: Floats, sizes: Mixture, *, one: bool = False) -> LeadTimeDemand:
    """Give the distribution of the sum of N sizes, N by `times` (n, K + 1), by Fourier transform.

    A table has at most 2,048 steps; where demand reaches further a step is several units.
    """
    from wellkept.methods.demand.loops import size_moments, size_tables

    mean, square, largest = size_moments(
        sizes.own, sizes.counted, sizes.own_share, sizes.centre, sizes.group, sizes.ratio,
        sizes.weight,
    )  # fmt: skip
    count = np.arange(times.shape[1])
    many = times @ count
    spread = many * (square - mean**2) + (times @ count**2 - many**2) * mean**2
    reach = np.maximum(largest, many * mean + 10 * np.sqrt(np.maximum(spread, 0))) + mean + 1
    step = np.ceil(reach / (COARSEST - 1))
    points = (2 ** np.ceil(np.log2(np.maximum(reach / step + 1, 16)))).astype(np.int64)
    pieces: list[Floats] = [np.empty(0)] * step.size
    for width in np.unique(points):
        for rows in chunks(np.flatnonzero(points == width), 4 * int(width)):
            table = size_tables(
                rows, int(width), step, sizes.own, sizes.counted, sizes.at_least, sizes.own_share,
                sizes.centre, sizes.group, sizes.ratio, sizes.weight,
            )  # fmt: skip
            for row, line in zip(rows, _summed(times[rows], table), strict=True):
                pieces[row] = line
    return from_tables(pieces, step, one=one)


def _summed(times: Floats, table: Floats) -> Floats:
    """Give the mass of the sums up to twice the table, by Horner's scheme on the transforms."""
    width = table.shape[1]
    turned = np.fft.rfft(table, 2 * width, axis=1)
    last = int(np.flatnonzero(times.any(axis=0)).max())
    total = np.broadcast_to(times[:, last, None], turned.shape).astype(np.complex128)
    for k in range(last - 1, -1, -1):
        total *= turned
        total += times[:, k, None]
    mass = np.asarray(np.fft.irfft(total, 2 * width, axis=1))
    mass[mass < 1e-14] = 0.0
    return mass


def _beta_binomial(yes: Floats, no: Floats, lead: Floats, most: int) -> Floats:
    from scipy.special import betaln, gammaln

    k = np.arange(most + 1.0)[None, :]
    n, a, b = lead[:, None], yes[:, None], no[:, None]
    rest = np.maximum(n - k, 0.0)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(rest + 1)
    mass = np.exp(ways + betaln(a + k, b + rest) - betaln(a, b))
    return np.asarray(np.where(k <= n, mass, 0.0))
