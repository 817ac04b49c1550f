"""How many units are in resupply, and how many are missing when more are than there is stock.

A pipeline is Poisson (variance left out or equal to the mean) or negative binomial (variance above
the mean): p = mean ÷ variance, r = mean² ÷ (variance − mean). All functions take numbers or arrays
that stretch to one shape, and give that shape.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking.columns import amounts, counts, shares, together

NEGLIGIBLE = 1e-18
WIDEST = 300.0  # wider pipelines need no sum: their tail is reached in thousands of steps
POISSON_BELOW = 1e-9  # a variance above the mean by less than this share changes no digit shown


def pmf(k: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None) -> Floats:
    """Give P(X = k)."""
    k, mean, r, p = _laws(k, mean, variance)
    return _pmf(k, mean, r, p)


def at_least(k: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None) -> Floats:
    """Give P(X ≥ k), precise in the far tail too."""
    k, mean, r, p = _laws(k, mean, variance)
    return _at_least(k, mean, r, p)


def expected_backorders(
    stock: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None
) -> Floats:
    """Give E[(X − s)⁺], the units missing on average when s are held.

    `stock` may be below 0 (units promised ahead). Precise in the tail: where s is well above the
    mean the terms k P(X = s + k) are summed instead of a difference of two near-equal numbers.

    >>> round(float(expected_backorders(2, 1.0)), 4)
    0.1036
    """
    s, mean, r, p = _laws(stock, mean, variance)
    return _loss(s, mean, r, p)


def squared_backorders(
    stock: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None
) -> Floats:
    """Give E[((X − s)⁺)²]; less the square of `expected_backorders` it is their variance."""
    s, mean, r, p = _laws(stock, mean, variance)
    return 2 * _second_loss(s, mean, r, p) + _loss(s, mean, r, p)


def second_loss(stock: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None) -> Floats:
    """Give ½ E[(X − s)⁺ (X − s − 1)⁺] = Σ over k > s of E[(X − k)⁺]."""
    s, mean, r, p = _laws(stock, mean, variance)
    return _second_loss(s, mean, r, p)


def smallest_stock(share: ArrayLike, mean: ArrayLike, variance: ArrayLike | None = None) -> Whole:
    """Give the smallest s with P(X ≤ s) ≥ share.

    Raises ValueError for a share of 1, which no stock guarantees.

    >>> int(smallest_stock(0.8, 6.0))
    8
    """
    wanted = shares(share, "share")
    if (wanted >= 1).any():
        raise ValueError("No stock covers every demand for certain: ask for a share below 1.")
    _, mean, r, p = _laws(0, mean, variance)
    wanted, mean, r, p = together(share=wanted, mean=mean, r=r, p=p)
    spread = np.sqrt(mean / p)
    low = np.full(wanted.shape, -1.0)
    high = np.ceil(mean + 2 * spread + 2)
    short = ~_covered(high, wanted, mean, r, p)
    while short.any():
        low, high = np.where(short, high, low), np.where(short, 2 * high + 8, high)
        short = ~_covered(high, wanted, mean, r, p)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = _covered(middle, wanted, mean, r, p)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray(high, np.int64)


def _covered(s: Floats, wanted: Floats, mean: Floats, r: Floats, p: Floats) -> NDArray[np.bool_]:
    beyond = _at_least(s + 1, mean, r, p)
    return np.asarray((s >= 0) & (beyond <= 1 - wanted))


def _laws(
    k: ArrayLike, mean: ArrayLike, variance: ArrayLike | None
) -> tuple[Floats, Floats, Floats, Floats]:
    """Give k, mean and the (r, p) of the negative binomial; r is inf for a Poisson."""
    places = counts(k, "stock", least=None).astype(np.float64)
    means = amounts(mean, "mean")
    if variance is None:
        places, means = together(stock=places, mean=means)
        return places, means, np.full(means.shape, np.inf), np.ones(means.shape)
    spreads = amounts(variance, "variance")
    places, means, spreads = together(stock=places, mean=means, variance=spreads)
    wider = spreads > means * (1 + POISSON_BELOW)
    if ((means == 0) & wider).any():
        raise ValueError("A pipeline with mean 0 cannot vary: give a variance of 0.")
    with np.errstate(divide="ignore", invalid="ignore"):
        r = np.where(wider, means**2 / (spreads - means), np.inf)
        p = np.where(wider, means / spreads, 1.0)
    return places, means, r, p


def _pmf(k: Floats, mean: Floats, r: Floats, p: Floats) -> Floats:
    from scipy import special  # its import costs more than most plans

    wide = np.isfinite(r)
    kk, rr = np.maximum(k, 0.0), np.where(wide, r, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        narrow = special.xlogy(kk, mean) - mean - special.gammaln(kk + 1)
        # the beta function holds its precision where r is large and k small
        choose = -special.betaln(rr, kk + 1) - np.log(rr + kk)
        broad = choose + rr * np.log(p) + special.xlog1py(kk, -np.where(wide, p, 0.5))
    return np.asarray(np.where(k < 0, 0.0, np.exp(np.where(wide, broad, narrow))))


def _at_least(k: Floats, mean: Floats, r: Floats, p: Floats) -> Floats:
    from scipy import special  # its import costs more than most plans

    wide, kk = np.isfinite(r), np.maximum(k, 1.0)
    narrow = special.gammainc(kk, mean)
    broad = special.betainc(kk, np.where(wide, r, 1.0), np.where(wide, 1 - p, 0.5))
    return np.asarray(np.where(k <= 0, 1.0, np.where(wide, broad, narrow)))


def _loss(s: Floats, mean: Floats, r: Floats, p: Floats) -> Floats:
    beyond = _at_least(s + 1, mean, r, p)
    near = mean * _at_least(s, mean, r + 1, p) - s * beyond
    return _summed_in_the_tail(np.asarray(near), s, mean, r, p, order=1)


def _second_loss(s: Floats, mean: Floats, r: Floats, p: Floats) -> Floats:
    pairs = mean**2 * (1 + 1 / r) * _at_least(s - 1, mean, r + 2, p)
    near = pairs - 2 * s * mean * _at_least(s, mean, r + 1, p)
    near = (near + s * (s + 1) * _at_least(s + 1, mean, r, p)) / 2
    return _summed_in_the_tail(np.asarray(near), s, mean, r, p, order=2)


def _summed_in_the_tail(
    near: Floats, s: Floats, mean: Floats, r: Floats, p: Floats, order: int
) -> Floats:
    """Replace differences of near-equal numbers by Σ C(j + order − 2, order) … P(X = s + j)."""
    spread = np.sqrt(mean / p)
    far = (s > mean + 2 * spread) & (spread < WIDEST) & (p > 1 / WIDEST)
    if not far.any():
        return np.maximum(near, 0.0)
    s, mean, r, p = s[far], mean[far], r[far], p[far]
    term, total, j = _pmf(s + order, mean, r, p), np.zeros(s.shape), order
    slope, base = np.where(np.isfinite(r), 1 - p, 0.0), np.where(np.isfinite(r), r, 0.0)
    level = np.where(np.isfinite(r), slope * base, mean)
    while True:
        total += term * (j if order == 1 else j * (j - 1) / 2)
        term = term * (level + slope * (s + j)) / (s + j + 1)
        j += 1
        if not (term * j**order > NEGLIGIBLE * total).any():
            break
    answer = np.array(np.maximum(near, 0.0))
    answer[far] = total
    return answer
