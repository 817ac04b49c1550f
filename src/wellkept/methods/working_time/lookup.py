"""Counting steps below a value in constant time, for many staircases at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from wellkept.methods.working_time.calendar import Seconds

_NEVER = np.iinfo(np.int64).max
_CELLS_PER_KNOT = 4
_LEAST_CELLS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """A table that finds how many knots of a staircase lie at or below a value.

    The axis is cut into equal cells of 2**shift, fine enough that a cell rarely holds more than
    one knot; the table says how many lie before each cell, and `passes` comparisons settle the
    rest. This is `searchsorted(knots, x, "right")` without its search: about ten times faster on
    a million values. Staircase c owns the slots that start at `firsts[c]`, one more than its
    knots.
    """

    base: int
    shift: int
    cells: int
    passes: int
    table: Seconds
    knots: Seconds

    @classmethod
    def over(cls, staircases: Sequence[Seconds], base: int, top: int) -> Self:
        """Build the table for staircases of sorted distinct knots, asked from base to top."""
        padded = np.concatenate([np.append(knots, _NEVER) for knots in staircases])
        shift = _cell_shift(staircases, base, top, padded.size)
        cells = ((top - base) >> shift) + 1
        counts = np.concatenate(
            [np.bincount((knots - base) >> shift, minlength=cells) for knots in staircases]
        )
        before = np.cumsum(counts) - counts + np.repeat(np.arange(len(staircases)), cells)
        return cls(base, shift, cells, int(counts.max(initial=0)), before, padded)

    def slot(self, value: Seconds, staircase: Seconds | None) -> Seconds:
        """Give the slot of each value (n,): first slot of its staircase + knots at or below it.

        `staircase` (n,) says which one each value asks; None means there is only one. Values must
        lie between base and top.
        """
        cell = (value - self.base) >> self.shift
        if staircase is not None:
            cell += staircase * self.cells
        slot: Seconds = self.table[cell]
        for _ in range(self.passes):
            slot += self.knots[slot] <= value
        return slot


def _cell_shift(staircases: Sequence[Seconds], base: int, top: int, knots: int) -> int:
    narrowest = min((int(np.diff(s).min()) for s in staircases if s.size > 1), default=top - base)
    shift = max(narrowest, 1).bit_length() - 1
    limit = max(_CELLS_PER_KNOT * knots, _LEAST_CELLS)
    while ((top - base) >> shift) * len(staircases) > limit:
        shift += 1
    return shift
