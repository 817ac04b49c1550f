"""How much may be asked for in a lead time: a table of probabilities for each part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole, inside

POINTS = 4096
TRIMMED = 1e-15


@dataclass(frozen=True, slots=True, eq=False)
class LeadTimeDemand:
    """Hold the distribution of the demand of n parts, each over its own lead time.

    Part i is asked for j × step[i] units with probability mass[begin[i] + j], so for fast movers a
    step may be several units (0 units stay exact, what lies between steps counts as the upper one).
    Every answer is an array (n,) in units, or one number when one part was given.
    """

    mass: Floats
    begin: Whole
    step: Floats
    one: bool = False

    @property
    def parts(self) -> int:
        """Give the number of parts."""
        return int(self.step.size)

    @property
    def mean(self) -> Any:
        """Give the mean demand over the lead time."""
        from wellkept.methods.demand.tables import moments

        return self._answer(moments(self.mass, self.begin)[:, 0] * self.step)

    @property
    def variance(self) -> Any:
        """Give the variance of the demand over the lead time, in units²."""
        from wellkept.methods.demand.tables import moments

        return self._answer(moments(self.mass, self.begin)[:, 1] * self.step**2)

    def table(self, part: int = 0) -> tuple[Floats, Floats]:
        """Give the possible demands of one part, in units, and their probabilities."""
        mass = self.mass[self.begin[part] : self.begin[part + 1]]
        return np.arange(mass.size) * self.step[part], mass

    def at_most(self, units: ArrayLike) -> Any:
        """Give the probability that no more than `units` are asked for."""
        from wellkept.methods.demand.tables import at_most

        return self._answer(at_most(self.mass, self.begin, np.floor(self._steps(units) + 1e-9)))

    def quantile(self, p: ArrayLike) -> Any:
        """Give the least stock with which the lead time is covered with probability p.

        Raises ValueError unless 0 < p < 1. A cover is no fill: see `stock_for_fill`.
        """
        from wellkept.methods.demand.tables import quantiles

        wanted = np.broadcast_to(inside(p), (self.parts,)).astype(np.float64)
        return self._answer(quantiles(self.mass, self.begin, wanted) * self.step)

    def stock_for_average_cover(self, p: float) -> Any:
        """Give stocks that cover the share p of all lead times, not of each part's.

        Whole units make each part's `quantile` promise more than p, often much more. Here all parts
        are cut at one probability, the lowest for which the mean of their promises is p or more.
        Raises ValueError unless 0 < p < 1.
        """
        low, high = 0.0, float(inside(p))
        for _ in range(40):
            middle = (low + high) / 2
            enough = float(np.mean(self.at_most(self.quantile(max(middle, 1e-12))))) >= p
            low, high = (low, middle) if enough else (middle, high)
        return self.quantile(high)

    def short(self, stock: ArrayLike) -> Any:
        """Give the mean number of units asked for beyond a stock: E[(D − stock)+]."""
        from wellkept.methods.demand.tables import shorts

        return self._answer(shorts(self.mass, self.begin, self._steps(stock)) * self.step)

    def fill(self, stock: ArrayLike) -> Any:
        """Give the promised unit fill, 1 − E[(D − stock)+] ÷ E[D]; 1 where nothing is demanded."""
        mean, short = np.asarray(self.mean), np.asarray(self.short(stock))
        filled = 1 - short / np.where(mean > 0, mean, 1.0)
        return self._answer(np.where(mean > 0, filled, 1.0).reshape(-1))

    def stock_for_fill(self, fill: ArrayLike) -> Any:
        """Give the least stock that promises a unit fill.

        Raises ValueError unless 0 < fill < 1.
        """
        from wellkept.methods.demand.tables import least_stock

        wanted = np.broadcast_to(inside(fill), (self.parts,))
        allowed = (1 - wanted) * np.reshape(self.mean, -1) / self.step
        return self._answer(least_stock(self.mass, self.begin, allowed) * self.step)

    def crps(self, seen: ArrayLike) -> Any:
        """Give the ranked probability score against the demand that came, in units; less is better.

        The sum over units of (F − what became true)²: Gneiting & Raftery 2007, JASA 102:359.
        """
        from wellkept.methods.demand.tables import ranked_scores

        places = self._steps(seen)
        scores = ranked_scores(self.mass, self.begin, np.where(np.isnan(places), 0.0, places))
        return self._answer(np.where(np.isnan(places), np.nan, scores * self.step))

    def ranks(self, seen: ArrayLike) -> tuple[Floats, Floats]:
        """Give P(D < seen) and P(D ≤ seen): where what came stands in the forecast."""
        from wellkept.methods.demand.tables import at_most

        places = np.ceil(self._steps(seen) - 1e-9)
        return at_most(self.mass, self.begin, places - 1), at_most(self.mass, self.begin, places)

    def bent(self, at: Floats, to: Floats) -> LeadTimeDemand:
        """Give the tables with each distribution function F turned into G(F), G by (at, to)."""
        from wellkept.methods.demand.tables import bent

        return LeadTimeDemand(bent(self.mass, self.begin, at, to), self.begin, self.step, self.one)

    def _steps(self, units: ArrayLike) -> Floats:
        given = np.broadcast_to(np.asarray(units, np.float64), (self.parts,))
        return np.asarray(given / self.step)

    def _answer(self, found: Floats) -> Any:
        return found[0] if self.one else found


def poisson(mean: ArrayLike) -> LeadTimeDemand:
    """Give Poisson demand of a mean over the lead time, one for each part."""
    from scipy.special import pdtr

    means = _not_negative(mean)
    return from_cdf(
        lambda rows, units: pdtr(units, means[rows, None]),
        reach=means + 12 * np.sqrt(means) + 20,
        one=np.ndim(mean) == 0,
    )


def negative_binomial(mean: ArrayLike, variance: ArrayLike) -> LeadTimeDemand:
    """Give negative binomial demand of a mean and variance over the lead time, for each part.

    p = mean ÷ variance, r = mean² ÷ (variance − mean); where the variance is not above the mean it
    is Poisson. Gamma–Poisson demand is of this kind: see `gamma_poisson`.
    """
    from scipy.special import betainc, pdtr

    means, spread = np.broadcast_arrays(_not_negative(mean), _not_negative(variance))
    wide = (spread > means * (1 + 1e-9)) & (means > 0)
    over = np.where(wide, spread - means, 1.0)
    chance = np.where(wide, means / np.where(wide, spread, 1.0), 0.5)
    shape = np.where(wide, means**2 / over, 1.0)

    def cdf(rows: Whole, units: Floats) -> Floats:
        whole = betainc(shape[rows, None], units + 1, chance[rows, None])
        return np.asarray(np.where(wide[rows, None], whole, pdtr(units, means[rows, None])))

    scale = np.where(wide, spread / np.maximum(means, 1e-300), 1.0)
    reach = means + 12 * np.sqrt(np.maximum(spread, means)) + 25 * scale + 20
    one = np.ndim(mean) == 0 and np.ndim(variance) == 0
    return from_cdf(cdf, reach=np.where(means > 0, reach, 20), one=one)


def from_cdf(
    cdf: Callable[[Whole, Floats], Floats], *, reach: Floats, one: bool = False
) -> LeadTimeDemand:
    """Give the tables of distribution functions that are asked for whole units up to `reach`.

    `cdf(rows, units)` is given row numbers (m,) and units (1, k) or (m, k), and gives (m, k).
    """
    step = np.ceil(np.maximum(reach, 1) / (POINTS - 1))
    points = np.ceil(np.maximum(reach, 1) / step).astype(np.int64) + 1
    pieces: list[Floats] = [np.empty(0)] * step.size
    size = (2 ** np.ceil(np.log2(points))).astype(np.int64)
    for width in np.unique(size):
        for rows in chunks(np.flatnonzero(size == width), int(width)):
            units = np.arange(width, dtype=np.float64)[None, :] * step[rows, None]
            mass = np.diff(cdf(rows, units), axis=1, prepend=0.0)
            for row, line in zip(rows, mass, strict=True):
                pieces[row] = line
    return from_tables(pieces, step, one=one)


def chunks(rows: Whole, width: int) -> list[Whole]:
    """Cut rows so that tables of `width` points for one cut stay within some 30 MB."""
    count = max(1, int(np.ceil(rows.size * width / 2**22)))
    return [part for part in np.array_split(rows, count) if part.size]


def from_tables(pieces: list[Floats], step: Floats, *, one: bool = False) -> LeadTimeDemand:
    """Give the tables laid end to end, without what lies beyond a probability of 1e-15."""
    kept = [_trimmed(piece) for piece in pieces]
    begin = np.concatenate(([0], np.cumsum([piece.size for piece in kept]))).astype(np.int64)
    return LeadTimeDemand(np.concatenate(kept), begin, step.astype(np.float64), one)


def _trimmed(mass: Floats) -> Floats:
    sure = np.maximum(mass, 0.0)
    beyond = np.cumsum(sure[::-1])[::-1]
    kept = max(int(np.count_nonzero(beyond > TRIMMED)), 1)
    table = sure[:kept].copy()
    table /= table.sum() if table.sum() > 0 else 1.0
    return table


def _not_negative(x: ArrayLike) -> Floats:
    values = np.atleast_1d(np.asarray(x, np.float64))
    if not (np.isfinite(values) & (values >= 0)).all():
        raise ValueError("The mean and variance of demand are numbers from 0 up.")
    return values
