"""How good a forecast of demand was, judged by what stock needs: never by the mean error.

Where three of four months are zero, the forecast "always 0" has the least mean absolute error and
leaves every customer waiting. Judge the quantiles that become stock (pinball), the whole
distribution (ranked probability), how often it covered, and how many units it would have filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods import bounds
from wellkept.methods.bounds import Floats, Interval, inside
from wellkept.methods.demand.lead_time import LeadTimeDemand


@dataclass(frozen=True, slots=True)
class Filled:
    """Hold what stocks would have met: units asked for, met at once, and their share.

    `share` is nan when nothing was asked for. `windows` counts the lead times, `covered` those
    that were met whole.
    """

    asked: float
    met: float
    share: float
    windows: int
    covered: int


def pinball(quantile: ArrayLike, seen: ArrayLike, p: ArrayLike) -> Any:
    """Give the pinball loss of a quantile: p × what was short, (1 − p) × what was left over.

    In units; smaller is better; its mean is least at the true quantile. Shapes broadcast.
    Source: Koenker & Bassett 1978, Econometrica 46:33.

    >>> round(float(pinball(4, 5, 0.9)), 3), round(float(pinball(12, 3, 0.99)), 3)
    (0.9, 0.09)
    """
    gap = np.asarray(seen, np.float64) - np.asarray(quantile, np.float64)
    level = inside(p)
    return np.maximum(level * gap, (level - 1) * gap)


def poisson_score(mean: ArrayLike, seen: ArrayLike) -> Any:
    """Give the ranked probability score of a Poisson forecast, in closed form.

    (x − m)(2F(x) − 1) + 2m f(⌊x⌋) − m e^−2m (I0(2m) + I1(2m)); in units, smaller is better.
    Source: Wei & Held 2014, TEST 23:787.

    >>> round(float(poisson_score(2.0, 5)), 12)
    2.273470463116
    """
    from scipy.special import gammaln, ive, pdtr, xlogy

    m, x = np.asarray(mean, np.float64), np.asarray(seen, np.float64)
    below = np.where(x >= 0, pdtr(np.maximum(x, 0), m), 0.0)
    mass = np.exp(xlogy(np.floor(x), m) - m - gammaln(np.floor(x) + 1))
    return (x - m) * (2 * below - 1) + 2 * m * mass - m * (ive(0, 2 * m) + ive(1, 2 * m))


def coverage(stock: ArrayLike, seen: ArrayLike, level: float = 0.95) -> Interval[float]:
    """Give the share of lead times that a stock covered, between its Jeffreys bounds.

    `stock` (n,) and `seen` (n,) or (n, windows), nan left out. The bounds take the lead times as
    independent, which those of one part are not: read them as the least uncertainty there is.
    """
    asked = np.asarray(seen, np.float64)
    held = np.asarray(stock, np.float64)
    held = held[:, None] if asked.ndim == 2 and held.ndim == 1 else held
    known = ~np.isnan(asked)
    return bounds.share(int(np.count_nonzero((asked <= held) & known)), int(known.sum()), level)


def rank_share(foretold: LeadTimeDemand, seen: ArrayLike, p: float) -> float:
    """Give the share of lead times at or below the p-quantile, whole units spread evenly.

    Whole units make any quantile cover more than p. Here a lead time whose rank P(D < seen) to
    P(D ≤ seen) straddles p counts in part, so a true forecast gives p itself.
    Source: Czado, Gneiting & Held 2009, Biometrics 65:1254. `seen` (n,); nan is left out.
    """
    asked = np.asarray(seen, np.float64)
    low, high = foretold.ranks(np.where(np.isnan(asked), 0.0, asked))
    width = np.maximum(high - low, 1e-15)
    shares = np.clip((float(inside(p)) - low) / width, 0.0, 1.0)[~np.isnan(np.atleast_1d(asked))]
    return float(shares.mean()) if shares.size else float("nan")


def lead_windows(demand: ArrayLike, lead: int) -> Floats:
    """Give what was asked for in each run of `lead` periods: (n, T − lead + 1), nan if unknown.

    The runs overlap; each starts one period after the one before. Raises ValueError when the
    history is shorter than the lead time.
    """
    table = np.atleast_2d(np.asarray(demand, np.float64))
    if not 1 <= lead <= table.shape[1]:
        raise ValueError(f"A lead time of {lead} does not fit into {table.shape[1]} periods.")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(table, lead, axis=1).sum(axis=2))


def replayed_fill(stock: ArrayLike, demand: ArrayLike, lead: int) -> Filled:
    """Give how many units stocks would have met, had every run of `lead` periods begun with them.

    `stock` (n,) units, `demand` (n, T) as it really came. Compare `share` with the promise,
    1 − Σ short(stock) ÷ Σ mean of the forecast: a weighted mean of the parts' own promises.
    """
    asked = lead_windows(demand, lead)
    known = ~np.isnan(asked)
    held = np.atleast_1d(np.asarray(stock, np.float64))[:, None]
    short = np.where(known, np.maximum(asked - held, 0.0), 0.0)
    total = float(np.nansum(asked))
    met = total - float(short.sum())
    return Filled(
        asked=total,
        met=met,
        share=met / total if total > 0 else float("nan"),
        windows=int(known.sum()),
        covered=int(np.count_nonzero(known & (short == 0))),
    )
