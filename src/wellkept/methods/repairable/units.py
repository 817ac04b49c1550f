"""Repairable units under watch: when each was seen, and when it had events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Hold units under watch and their events, in one measure of age or usage.

    `start`, `end` (n,) bound the ages at which each unit was watched; `unit` (m,) numbers the unit
    of each event from 0, `age` (m,) its age then, `amount` (m,) what it counts or costs. Events are
    sorted by age.
    """

    start: Floats
    end: Floats
    unit: Whole
    age: Floats
    amount: Floats


def units(
    end: ArrayLike,
    unit: ArrayLike,
    age: ArrayLike,
    *,
    start: ArrayLike = 0.0,
    amount: ArrayLike = 1.0,
) -> Units:
    """Give units and their events, or refuse events that nobody can have seen.

    `end` (n,) the age up to which each unit was watched, `start` from which (0 for all unless
    given); `unit` and `age` (m,) the events; `amount` one for all or (m,).
    Raises ValueError for ages that are missing or negative, watches that end before they start, and
    events outside their unit's watch, naming the first.
    """
    last = np.atleast_1d(np.asarray(end, np.float64))
    first = np.broadcast_to(np.asarray(start, np.float64), last.shape).astype(np.float64)
    which = np.atleast_1d(np.asarray(unit, np.int64))
    when = np.atleast_1d(np.asarray(age, np.float64))
    much = np.broadcast_to(np.asarray(amount, np.float64), when.shape).astype(np.float64)
    if which.shape != when.shape or when.ndim != 1 or last.ndim != 1:
        raise ValueError(f"{which.size} unit numbers need as many ages of events.")
    wrong = ~(np.isfinite(last) & (first >= 0) & (last > first))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"A watch ends after it starts, at ages from 0 up; unit {i} is watched from"
            f" {first[i]:g} to {last[i]:g}."
        )
    if which.size and not (which.min() >= 0 and which.max() < last.size):
        raise ValueError(f"Events belong to units 0 to {last.size - 1}; another number is given.")
    out = ~((when >= first[which]) & (when <= last[which]))
    if out.any():
        i = int(np.argmax(out))
        raise ValueError(
            f"{int(out.sum())} events lie outside their unit's watch (the first: event {i}, unit"
            f" {which[i]}, age {when[i]:g}, watched from {first[which[i]]:g} to"
            f" {last[which[i]]:g}). Correct the age, or leave the event out."
        )
    order = np.argsort(when, kind="stable")
    return Units(first, last, which[order], when[order], much[order])
