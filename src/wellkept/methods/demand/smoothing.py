"""The smoothed mean of intermittent demand: Croston, its corrections, TSB, ADIDA.

A mean only. It says nothing of how much may be asked for in a lead time; for that see
`gamma_poisson` and `pooled`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats
from wellkept.methods.demand.observed import history

Start = Literal["first", "mean"]


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """Hold the mean demand of the next period, and what it is made of; one number for one part.

    `per_period` is 0 where nothing was ever demanded and nan where nothing is known. `size` is the
    smoothed demand of a period that has some, nan before the first; `chance` the share of periods
    that have some (1 ÷ interval for Croston).
    """

    per_period: Any
    size: Any
    chance: Any


def croston(
    demand: ArrayLike, *, by_size: float = 0.1, by_interval: float = 0.1, start: Start = "first"
) -> Smoothed:
    """Give Croston's mean: smoothed size ÷ smoothed interval, both moved only at a demand.

    `demand` (T,) or (n, T), oldest first, nan where unknown. Both begin at the first demand: size
    with it, interval with the periods up to it, or (`start="mean"`) with the mean of all intervals.
    Biased upwards by about by_interval ÷ 2: prefer `sba`.
    Raises ValueError for weights outside 0 to 1 and for what `history` refuses.
    Source: Croston 1972, Operational Research Quarterly 23:289.

    >>> croston([0, 0, 4, 0, 2]).per_period.round(4)
    np.float64(1.3103)
    """
    return _by_interval(demand, by_size, by_interval, start, 1.0)


def sba(
    demand: ArrayLike, *, by_size: float = 0.1, by_interval: float = 0.1, start: Start = "first"
) -> Smoothed:
    """Give Croston's mean times 1 − by_interval ÷ 2, which takes most of its bias.

    Source: Syntetos & Boylan 2005, International Journal of Forecasting 21:303.
    """
    return _by_interval(demand, by_size, by_interval, start, 1 - by_interval / 2)


def sbj(
    demand: ArrayLike, *, by_size: float = 0.1, by_interval: float = 0.1, start: Start = "first"
) -> Smoothed:
    """Give Croston's mean times 1 − by_interval ÷ (2 − by_interval).

    Source: Shale, Boylan & Johnston 2006, Journal of the Operational Research Society 57:588.
    """
    return _by_interval(demand, by_size, by_interval, start, 1 - by_interval / (2 - by_interval))


def tsb(
    demand: ArrayLike, *, by_size: float = 0.1, by_chance: float = 0.1, start: Start = "first"
) -> Smoothed:
    """Give smoothed size × smoothed chance; the chance moves in every period, so a dead part fades.

    The chance begins with whether the first period had demand, or (`start="mean"`) with the share
    of all periods that had; the size with the first demand.
    Source: Teunter, Syntetos & Babai 2011, European Journal of Operational Research 214:606.
    """
    from wellkept.methods.demand.walks import tsb_walk

    _weights(by_size, by_chance)
    past = history(demand)
    first = np.full(past.parts, np.nan)
    if _from_mean(start):
        seen = past.known.sum(axis=1)
        first = np.where(seen > 0, past.occurred.sum(axis=1) / np.maximum(seen, 1), np.nan)
    found = tsb_walk(past.demand, past.known, by_size, by_chance, first)
    size, chance = found.T
    per_period = np.where(np.isnan(size), np.where(np.isnan(chance), np.nan, 0.0), size * chance)
    return _smoothed(demand, per_period, size, chance)


def adida(demand: ArrayLike, *, weight: float = 0.1) -> Smoothed:
    """Give the mean by buckets as long as the mean interval, smoothed, then spread evenly.

    Buckets end with the last period, and what does not fill the first one is left out; smoothing
    begins with the first bucket. `size` is the smoothed bucket, `chance` 1 ÷ its periods.
    Source: Nikolopoulos et al. 2011, Journal of the Operational Research Society 62:544.
    """
    from wellkept.methods.demand.walks import adida_walk

    _weights(weight)
    past = history(demand)
    bucket, level = adida_walk(past.demand, past.known, weight).T
    return _smoothed(demand, level / bucket, level, 1 / bucket)


def _by_interval(
    demand: ArrayLike, by_size: float, by_interval: float, start: Start, factor: float
) -> Smoothed:
    from wellkept.methods.demand.walks import croston_walk, mean_intervals

    _weights(by_size, by_interval)
    past = history(demand)
    first = np.zeros(past.parts)
    if _from_mean(start):
        first = mean_intervals(past.demand, past.known)
    found = croston_walk(past.demand, past.known, by_size, by_interval, first)
    size, interval = found.T
    nothing = np.where(past.known.any(axis=1), 0.0, np.nan)
    per_period = np.where(np.isnan(size), nothing, factor * size / interval)
    return _smoothed(demand, per_period, size, np.where(np.isnan(interval), nothing, 1 / interval))


def _smoothed(demand: ArrayLike, per_period: Floats, size: Floats, chance: Floats) -> Smoothed:
    if np.ndim(demand) == 1:
        return Smoothed(per_period[0], size[0], chance[0])
    return Smoothed(per_period, size, chance)


def _weights(*weights: float) -> None:
    if not all(0 <= weight <= 1 for weight in weights):
        raise ValueError(f"A smoothing weight lies between 0 and 1; of {weights} one does not.")


def _from_mean(start: Start) -> bool:
    if start not in ("first", "mean"):
        raise ValueError(f'Smoothing starts from "first" or "mean"; "{start}" is neither.')
    return start == "mean"
