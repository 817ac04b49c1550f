"""What a stock did when it was played: per item and site, and as a whole with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.methods import bounds
from wellkept.methods.bounds import Floats, Interval, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """Hold what a stock did: tables (n, 1 + m), the depot first, and the whole in batches of time.

    `backorders` is the average number missing, `demands` how many came, `at_once` how many of them
    were met at once, `waited` the sum of their waits, `beyond` how many waited longer than the
    allowance, `longest` the longest wait. The depot's column concerns the orders of the sites (not
    counted in `beyond`). `weighted`, `came`, `met` and `waits` are, for each batch of time, the
    weighted backorders of the sites (average over the batch), their demands, those met at once and
    the sum of their waits. Intervals are by batch means: batches are taken as independent.
    """

    backorders: Floats
    demands: Whole
    at_once: Whole
    waited: Floats
    beyond: Whole
    longest: Floats
    weighted: Floats
    came: Floats
    met: Floats
    waits: Floats

    def total(self, level: float = 0.95) -> Interval[float]:
        """Give the weighted backorders with an interval (Student's t over batches)."""
        return _mean(self.weighted, level)

    def fill(self, level: float = 0.95) -> Interval[float]:
        """Give the share of demands met at once, with an interval over batches."""
        return _ratio(self.met, self.came, level)

    def wait(self, level: float = 0.95) -> Interval[float]:
        """Give the mean wait of a demand, with an interval over batches."""
        return _ratio(self.waits, self.came, level)

    def better_than(self, other: Replayed, level: float = 0.95) -> Interval[float]:
        """Give how many weighted backorders fewer than `other` it left, with an interval.

        For two stocks replayed with the same seed and batches: their noise is common and cancels.
        """
        if self.weighted.shape != other.weighted.shape:
            raise ValueError("Two replays compare batch by batch: give both the same batches.")
        return _mean(other.weighted - self.weighted, level)


def told(table: Floats, batch: Floats, span: float) -> Replayed:
    """Give the tables and batches that a kernel filled, by name."""
    return Replayed(
        backorders=table[:, :, 0] / span,
        demands=table[:, :, 1].astype(np.int64),
        at_once=table[:, :, 2].astype(np.int64),
        waited=table[:, :, 3],
        beyond=table[:, :, 4].astype(np.int64),
        longest=table[:, :, 5],
        weighted=batch[:, 0] * batch.shape[0] / span,
        came=batch[:, 1],
        met=batch[:, 2],
        waits=batch[:, 3],
    )


def _mean(values: Floats, level: float) -> Interval[float]:
    n, middle = values.size, float(values.mean())
    half = _t(n, level) * float(values.std(ddof=1) / np.sqrt(n))
    return Interval(middle, middle - half, middle + half)


def _ratio(part: Floats, whole: Floats, level: float) -> Interval[float]:
    """Give Σ part ÷ Σ whole; the spread is that of part − ratio × whole (Cochran 1977, 2.11)."""
    total, n = float(whole.sum()), whole.size
    if total <= 0:
        return Interval(float("nan"), 0.0, float("inf"))
    value = float(part.sum()) / total
    spread = float(np.sqrt(n / (n - 1) * np.sum((part - value * whole) ** 2))) / total
    half = _t(n, level) * spread
    return Interval(value, value - half, value + half)


def _t(n: int, level: float) -> float:
    from scipy import special  # its import costs more than most plans

    return float(special.stdtrit(n - 1, 1 - bounds.outside(level)))
