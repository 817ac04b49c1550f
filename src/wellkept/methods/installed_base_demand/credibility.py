"""How far to trust a forecast from the installed base once demands have been seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.demand import Rate


@dataclass(frozen=True, slots=True)
class Trust:
    """Hold how forecasts of many parts compared with what came.

    A part's true rate is forecast × `factor` × a Gamma variable of mean 1 and shape `shape`:
    1 ÷ √shape is the usual relative error of a forecast.
    """

    shape: float
    factor: float

    def prior(self, forecast: ArrayLike) -> Rate:
        """Give the rate that a forecast stands for: Gamma of that mean, worth `shape` demands.

        `forecast` (n,) or one, in units per period, above 0. After `count` demands in an exposure
        the mean is Z × count ÷ exposure + (1 − Z) × forecast, with the credibility
        Z = exposure ÷ (exposure + shape ÷ forecast): `prior(...).after(count, exposure)`.
        Raises ValueError for a forecast that is not above 0.
        Source: Bühlmann & Gisler 2005, *A Course in Credibility Theory*, 2.5 (Poisson–Gamma).
        """
        mean = np.asarray(forecast, np.float64) * self.factor
        if not (np.isfinite(mean) & (mean > 0)).all():
            raise ValueError(
                "A forecast from the installed base is above 0; a part that nothing carries"
                " needs no prior."
            )
        shape = np.full(mean.shape, self.shape)
        return Rate(shape[()], (self.shape / mean)[()])


STATED = Trust(shape=1.0, factor=1.0)
"""What is assumed where nothing was seen: the forecast is worth one demand, usual error 100 %."""


def trust(count: ArrayLike, expected: ArrayLike) -> Trust:
    """Give how far forecasts of many parts were right, from what came.

    `count` (n,) demands that came, `expected` (n,) those that were forecast for the same exposure.
    The factor is Σ count ÷ Σ expected; the shape is the likeliest one of the counts as negative
    binomial, between 0.05 and 1,000. With no demand at all, or fewer than 10 parts, it is STATED.
    Raises ValueError for counts that are negative or expectations that are not above 0.
    """
    from scipy.special import gammaln

    seen, mean = np.broadcast_arrays(
        np.asarray(count, np.float64), np.asarray(expected, np.float64)
    )
    if not ((seen >= 0).all() and (np.isfinite(mean) & (mean > 0)).all()):
        raise ValueError("Counts are not negative, and what was expected is above 0.")
    if seen.size < 10 or seen.sum() == 0:
        return STATED
    factor = float(seen.sum() / mean.sum())
    mu = mean * factor

    def likelihood(log_shape: float) -> float:
        a = float(np.exp(log_shape))
        logs = gammaln(a + seen) - gammaln(a) + a * np.log(a / (a + mu))
        return float((logs + seen * np.log(mu / (a + mu))).sum())

    low, high = float(np.log(0.05)), float(np.log(1000.0))
    golden = (5**0.5 - 1) / 2
    for _ in range(80):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if likelihood(left) >= likelihood(right) else (left, high)
    return Trust(float(np.exp((low + high) / 2)), factor)
