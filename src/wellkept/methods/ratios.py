"""A ratio of sums with an interval: share of time, share of hours, anything per something.

The unit that varies is the case or the asset, not the hour: hours of one case rise and fall
together, so that the spread is taken between units (linearisation of a ratio estimator:
Cochran, Sampling Techniques, 3rd ed. 1977, §2.11, eq. 2.46, without the finite-population term).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENOUGH = 10
"""Below this many units the spread between them is not known well enough for an interval."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Σ part ÷ Σ whole; `low` and `high` are None where units are too few or nothing varies."""

    value: float
    low: float | None
    high: float | None
    units: int


def ratio_of_sums(
    part: Floats, whole: Floats, *, level: float = 0.95, bounded: bool = True
) -> Ratio | None:
    """This will give Σ part ÷ Σ whole with an interval over units; None where Σ whole is 0.

    Shapes (n,), one element per unit (case, asset). `bounded`: the ratio is a share, so that the
    interval is made on the logit scale and stays within 0 and 1; otherwise on the log scale.
    Raises ValueError when a whole is negative. Source: module docstring.

    >>> ratio_of_sums(np.array([1.0, 3.0]), np.array([4.0, 4.0])).value
    0.5
    """
    if np.any(whole < 0):
        raise ValueError("a whole below zero has no share")
    total = float(whole.sum())
    if total <= 0:
        return None
    value = float(part.sum()) / total
    units = int(np.count_nonzero(whole > 0))
    if units < ENOUGH or value <= 0 or (bounded and value >= 1):
        return Ratio(value, None, None, units)
    spread = part - value * whole
    error = float(np.sqrt(units / (units - 1) * np.sum(spread**2))) / total
    low, high = _interval(value, error, level, bounded)
    return Ratio(value, low, high, units)


def _interval(value: float, error: float, level: float, bounded: bool) -> tuple[float, float]:
    z = NormalDist().inv_cdf(0.5 + level / 2)
    if not bounded:
        return value * float(np.exp(-z * error / value)), value * float(np.exp(z * error / value))
    logit, step = np.log(value / (1 - value)), z * error / (value * (1 - value))
    return _share(logit - step), _share(logit + step)


def _share(logit: float) -> float:
    return float(np.exp(-np.logaddexp(0.0, -logit)))
