"""How many cases were under watch at each age, by sorting each kind of moment once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.bounds import Floats

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Ages:
    """Hold ages in ascending order and, unless each weighs 1, the weight that lies before each."""

    age: NDArray[Any]
    weight_before: Floats | None

    @classmethod
    def of(cls, ages: NDArray[Any], weight: NDArray[Any] | None = None) -> Ages:
        """Put ages in order; whole numbers within a small range are counted instead of sorted."""
        if ages.dtype.kind in "iu" and ages.size and ages.max() <= 2 * ages.size + 1024:
            counts = np.bincount(ages, weight).astype(np.float64)
            (found,) = np.nonzero(counts)
            return cls(found, _running(counts[found]))
        if weight is None:
            return cls(np.sort(ages), None)
        order = np.argsort(ages)
        return cls(ages[order], _running(weight[order]))

    @property
    def total(self) -> float:
        """Give the weight of all."""
        return float(self.age.size if self.weight_before is None else self.weight_before[-1])

    @property
    def last(self) -> float:
        """Give the greatest age, 0 of none."""
        return float(self.age[-1]) if self.age.size else 0.0

    def before(self, t: NDArray[Any] | float) -> Floats:
        """Give the weight of the ages below t."""
        return self._up_to(t, "left")

    def upto(self, t: NDArray[Any] | float) -> Floats:
        """Give the weight of the ages not above t."""
        return self._up_to(t, "right")

    def before_each(self, t: NDArray[Any]) -> Floats:
        """Give the weight of the ages below each of ascending t, searched from the shorter side."""
        if t.size <= self.age.size:
            return self.before(t)
        first_above = np.searchsorted(t, self.age, side="right")
        each = None if self.weight_before is None else np.diff(self.weight_before)
        return np.cumsum(
            np.bincount(first_above, each, minlength=t.size + 1)[:-1], dtype=np.float64
        )

    def distinct(self) -> tuple[NDArray[Any], Floats]:
        """Give each age once, with its weight."""
        (ends,) = np.nonzero(self.age[1:] != self.age[:-1])
        if self.weight_before is None and ends.size + 1 == self.age.size:
            return self.age, np.ones(self.age.size)
        bounds = np.concatenate(([0], ends + 1, [self.age.size])) if self.age.size else np.zeros(1)
        cuts = bounds.astype(np.intp)
        before = cuts if self.weight_before is None else self.weight_before[cuts]
        return self.age[cuts[:-1]], np.diff(before).astype(np.float64)

    def _up_to(self, t: NDArray[Any] | float, side: Literal["left", "right"]) -> Floats:
        places = np.searchsorted(self.age, t, side=side)
        if self.weight_before is None:
            return np.asarray(places, np.float64)
        return np.asarray(self.weight_before[places], np.float64)


def risk_set(ended: Ages, still: Ages, late: Ages | None) -> tuple[NDArray[Any], Floats, Floats]:
    """Give the ages at which cases ended, how many did, and how many were under watch just before.

    At risk at t are the cases that came under watch before t, less those that left before t: two
    counts on their own, so nothing needs to know which entry belongs to which exit.
    Raises ValueError when more ended than were under watch.
    """
    t, events = ended.distinct()
    gone = np.cumsum(events) - events + still.before_each(t)
    total = ended.total + still.total
    at_risk = total - gone - (0.0 if late is None else late.total - late.before_each(t))
    slack = ROUNDING * total
    if (at_risk < events - slack).any():
        raise ValueError("More cases ended than were under watch: entries and ends do not belong.")
    return t, events, np.where(at_risk - events < slack, events, at_risk)


def watched_before(t: float, ended: Ages, still: Ages, late: Ages | None) -> float:
    """Give how many cases were under watch just before age t."""
    unseen = 0.0 if late is None else late.total - late.before(t)
    return float(ended.total + still.total - ended.before(t) - still.before(t) - unseen)


def first_watched(
    ended: Ages, still: Ages, late: Ages | None, fewest: float
) -> tuple[float, float]:
    """Give the first age from which enough cases are under watch, and how many are enough.

    Enough is `fewest`, or the most that ever are under watch at once if that is less.
    """
    if late is None or not late.total:
        return 0.0, 0.0
    from_start = ended.total + still.total - late.total
    ages, _ = late.distinct()
    watched = from_start + late.upto(ages) - ended.upto(ages) - still.upto(ages)
    enough = min(float(fewest), max(from_start, float(watched.max())))
    if from_start >= enough:
        return 0.0, enough
    return float(ages[np.argmax(watched >= enough)]), enough


def _running(weights: NDArray[Any]) -> Floats:
    return np.concatenate(([0.0], np.cumsum(weights, dtype=np.float64)))
