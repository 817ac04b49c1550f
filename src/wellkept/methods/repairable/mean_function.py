"""The mean cumulative function: how many repairs, or how much money, a unit has by an age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods import bounds
from wellkept.methods.bounds import Floats, Interval, Whole
from wellkept.methods.repairable.units import Units


@dataclass(frozen=True, slots=True, eq=False)
class MeanFunction:
    """Hold the mean number (or cost) of events per unit up to each age at which some happened.

    `age` ascending; `mean`, its robust standard error `error`, and the bounds `low` and `high`;
    `at_risk` the units under watch at each age, `events` what happened there. `units` were watched,
    up to the age `last`.
    """

    age: Floats
    mean: Floats
    error: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    events: Floats
    units: int
    last: float

    def at(self, age: ArrayLike) -> Interval[Any]:
        """Give the mean up to an age between its bounds; nan from 0 to inf beyond `last`.

        Before the first event the mean is 0 and its upper bound that of no event in the units then
        under watch (exact Poisson, for events that count one).
        """
        asked = np.asarray(age, np.float64)
        if np.isnan(asked).any():
            raise ValueError("An age that is asked for must be a number.")
        place = np.searchsorted(self.age, asked, side="right")
        quiet = bounds.poisson(0, max(float(self.units), 1.0)).high
        unknown = asked > self.last
        found = [
            np.where(unknown, beyond, np.concatenate(([before], curve))[place])
            for curve, before, beyond in (
                (self.mean, 0.0, np.nan),
                (self.low, 0.0, 0.0),
                (self.high, quiet, np.inf),
            )
        ]
        return bounds.interval(*found)


def mean_function(watched: Units, *, level: float = 0.95) -> MeanFunction:
    """Give the mean cumulative function with a band that holds whatever the events' dependence.

    At each age the mean rises by the amount of its events ÷ units under watch there (start < age ≤
    end). The variance is Σ over units of [Σ up to t of (own amount − mean rise) ÷ at risk, while
    watched]²: repairs of one unit may cluster, which adding up the increments' variances ignores.
    The band is mean × exp(± z × error ÷ mean). An age with events but nobody under watch cannot
    occur: an event at its unit's start counts that unit as watched.
    Source: Nelson 1995, Technometrics 37:147; Lawless & Nadeau 1995, Technometrics 37:158.

    >>> from wellkept.methods.repairable.units import units
    >>> mean_function(units([10.0, 8.0], [0, 1, 0], [3.0, 5.0, 9.0])).mean.tolist()
    [0.5, 1.0, 2.0]
    """
    ages, place = np.unique(watched.age, return_inverse=True)
    # A unit whose watch starts with an event was there to have it.
    begun = watched.start.copy()
    at_start = watched.age == begun[watched.unit]
    begun[watched.unit[at_start]] = np.nextafter(begun[watched.unit[at_start]], -np.inf)
    entered = np.searchsorted(np.sort(begun), ages, side="left")
    left = np.searchsorted(np.sort(watched.end), ages, side="left")
    at_risk = (entered - left).astype(np.float64)
    events = np.bincount(place, weights=watched.amount, minlength=ages.size).astype(np.float64)
    rise = events / np.maximum(at_risk, 1.0)
    mean = np.cumsum(rise)
    first = np.searchsorted(ages, begun, side="right")
    stop = np.searchsorted(ages, watched.end, side="right")
    variance = _robust(watched, first, stop, place, at_risk, rise)
    error = np.sqrt(variance)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        factor = np.exp(bounds.deviations(level) * error / mean)
    known = mean > 0
    return MeanFunction(
        age=ages,
        mean=mean,
        error=error,
        low=np.where(known, mean / factor, 0.0),
        high=np.where(known, mean * factor, np.inf),
        at_risk=at_risk,
        events=events,
        units=int(watched.end.size),
        last=float(watched.end.max()) if watched.end.size else 0.0,
    )


def _robust(
    watched: Units, first: Whole, stop: Whole, place: Whole, at_risk: Floats, rise: Floats
) -> Floats:
    """Give Σ over units of its squared sum of (own amount − mean rise) ÷ at risk, at each age.

    Between its own events a unit's sum falls along one curve common to all, so that unit's sum is
    `own` − fall, and the sum of squares over units needs Σ 1, Σ own and Σ own² alone, which change
    only where a unit enters, has an event, or leaves. Unit i is watched from first[i] to stop[i].
    """
    count = rise.size
    fall = np.concatenate(([0.0], np.cumsum(rise / np.maximum(at_risk, 1.0))))
    order = np.lexsort((watched.age, watched.unit))
    unit, at = watched.unit[order], place[order]
    gain = watched.amount[order] / at_risk[at]
    running = np.cumsum(gain)
    before_unit = np.searchsorted(unit, unit, side="left")
    earlier = np.concatenate(([0.0], running))[before_unit]
    after = fall[first[unit]] + running - earlier
    gains = np.bincount(unit, weights=gain, minlength=first.size)
    last = (fall[first] + gains).astype(np.float64)
    here = first < stop

    def through(entry: Floats, event: Floats, leave: Floats) -> Floats:
        moves = np.bincount(first[here], weights=entry[here], minlength=count + 1)
        moves += np.bincount(at, weights=event, minlength=count + 1)
        moves += np.bincount(stop[here], weights=leave[here], minlength=count + 1)
        return np.asarray(np.cumsum(moves)[:count])

    begun, none = fall[first].astype(np.float64), np.zeros(unit.size)
    units = through(np.ones(first.size), none, -np.ones(first.size))
    sums = through(begun, gain, -last)
    squares = through(begun**2, after**2 - (after - gain) ** 2, -(last**2))
    settled = through(np.zeros(first.size), none, (last - fall[stop]) ** 2)
    now = fall[1:]
    return np.asarray(np.maximum(settled + squares - 2 * now * sums + units * now**2, 0.0))
