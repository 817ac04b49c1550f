"""Pauses of many items as flat arrays, and what they take out of working time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from wellkept.methods.working_time.calendar import Seconds
from wellkept.methods.working_time.clock import HORIZON_S

_EXACT = 2**53  # beyond it floats skip whole numbers

STILL_OPEN = int(np.iinfo(np.int64).max)
"""The end of a pause that has not ended."""


@dataclass(frozen=True, slots=True, eq=False)
class Pauses:
    """Intervals in which clocks stand still: several an item, in any order, overlapping or not.

    Three int64 arrays (m,): `owner` is the position of the item in the arrays reckoned with,
    `from_s` and `to_s` are seconds UTC, half-open; `to_s` is STILL_OPEN while the pause runs.

    Raises ValueError for arrays of different length or a pause that ends before it starts.
    """

    owner: Seconds
    from_s: Seconds
    to_s: Seconds

    def __post_init__(self) -> None:
        """Make the arrays whole numbers and refuse what contradicts."""
        for name in ("owner", "from_s", "to_s"):
            object.__setattr__(self, name, whole(getattr(self, name), f"pauses' {name}"))
        if not self.owner.shape == self.from_s.shape == self.to_s.shape:
            raise ValueError(
                f"Pauses need one owner, from_s and to_s each, but {self.owner.size}, "
                f"{self.from_s.size} and {self.to_s.size} were given."
            )
        backwards = np.flatnonzero(self.to_s < self.from_s)
        if backwards.size:
            raise ValueError(
                f"{backwards.size} pauses end before they start (first at position "
                f"{backwards[0]}); correct or leave out these rows."
            )

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int | None]]) -> Self:
        """Gather pauses from rows (owner, from_s, to_s), where to_s None is a pause still open."""
        listed = [(who, begin, STILL_OPEN if end is None else end) for who, begin, end in rows]
        table = np.array(listed, np.int64).reshape(-1, 3)
        return cls(table[:, 0], table[:, 1], table[:, 2])

    def taken(self, rows: Seconds | slice, less: int = 0) -> Self:
        """Give some of the pauses, their owners counted from a later item."""
        return type(self)(self.owner[rows] - less, self.from_s[rows], self.to_s[rows])

    def check_owners(self, items: int) -> None:
        """Raise ValueError when a pause belongs to an item that is not there."""
        if self.owner.size and not 0 <= self.owner.min() <= self.owner.max() < items:
            raise ValueError(
                f"Pauses belong to items {self.owner.min()} to {self.owner.max()}, but there are "
                f"{items} items, counted from 0; owner is the position of the item in `start_s`."
            )


@dataclass(frozen=True, slots=True, eq=False)
class StandingStill:
    """Pauses measured in working time, disjoint and in order within each owner.

    Arrays (m,): `begin` is W at the start of the part that no earlier pause of the owner covers,
    `length` its working time, `before` the sum of the owner's earlier lengths, `order` the
    position of the pause in the arrays it came from.
    """

    owner: Seconds
    begin: Seconds
    length: Seconds
    before: Seconds
    order: Seconds


def standing_still(owner: Seconds, begin: Seconds, end: Seconds) -> StandingStill:
    """Merge pauses given in working time, arrays (m,), all values within 0..HORIZON_S.

    In working time a night or a holiday has no length, so only what a clock would have counted is
    merged and summed. Owners are told apart by laying them HORIZON_S from each other on one axis.
    """
    axis = owner * HORIZON_S
    key, reach = axis + begin, axis + end
    order = np.arange(owner.size)
    if np.any(key[1:] < key[:-1]):
        order = np.argsort(key)
        owner, axis, key, reach = owner[order], axis[order], key[order], reach[order]
    covered = np.maximum.accumulate(reach)
    fresh = key.copy()
    np.maximum(key[1:], covered[:-1], out=fresh[1:])
    length = np.maximum(reach - fresh, 0)
    sums = np.cumsum(length) - length
    first = np.ones(owner.size, np.bool_)
    np.not_equal(owner[1:], owner[:-1], out=first[1:])
    before = sums - np.maximum.accumulate(np.where(first, sums, 0))
    return StandingStill(owner, fresh - axis, length, before, order)


def whole(values: object, what: str) -> Seconds:
    """Give values as an int64 array (n,), a scalar as length one; refuse what is not whole.

    Raises TypeError for anything but integers (or floats without a fraction), naming it.
    """
    array = np.atleast_1d(np.asarray(values))
    flat, kind = array.ndim == 1, array.dtype.kind
    if flat and kind == "i":
        return array.astype(np.int64, copy=False)
    if flat and kind in "uf" and np.all((np.floor(array) == array) & (np.abs(array) < _EXACT)):
        return array.astype(np.int64)
    raise TypeError(
        f"The {what} must be whole seconds in one dimension, but {array.ndim}-dimensional "
        f"{array.dtype} values were given; leave out the missing ones and round the rest down."
    )
