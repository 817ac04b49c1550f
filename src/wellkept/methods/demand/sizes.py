"""How much a part is asked for when it is: its own sizes, beside what sizes of all parts did.

A part's centre is the geometric mean of its sizes, drawn to that of all parts. How far a next size
lay from the centre that its own past foretold, in all parts with as long a past, is the pooled
ratio distribution: it holds the width, the error of the centre, and the heavy tail as they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.methods.bounds import Floats
from wellkept.methods.demand.observed import Flags, History

MEMORIES = (1.0, 0.95, 0.9, 0.8)
STRENGTHS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
PAST_SIZES = (0, 1, 2, 4, 8, 16)
FEWEST = 100
LEVELS = np.concatenate((np.linspace(0, 0.9, 91), np.linspace(0.9, 1, 51)[1:]))


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """Hold what sizes of all parts did.

    `centre` is the usual log size and counts for `strength` sizes; a size of age k counts memory^k.
    `ratio[c]` and `weight[c]` (K,) are the ratios of sizes to their foretold centres, and how often
    they came, for parts with at least PAST_SIZES[c] sizes behind them.
    """

    centre: float
    strength: float
    memory: float
    ratio: Floats
    weight: Floats

    def group(self, past: History) -> np.ndarray:
        """Give the row of the ratios that each part uses, by how many sizes it has behind it."""
        found = np.searchsorted(PAST_SIZES, past.occurred.sum(axis=1), side="right") - 1
        return np.asarray(found)

    def centres(self, past: History) -> Floats:
        """Give the foretold centre of each part's next size, in units.

        A size seen while the shelf ran empty is taken as the mean of what lies beyond it.
        """
        return np.exp(self._log_centres(past, self.log_sizes(past), past.occurred))

    def log_sizes(self, past: History) -> Floats:
        """Give the log sizes (n, T), those that are lower bounds raised to what they stand for."""
        logs = _logs(past)
        open_ended = past.occurred & past.at_least
        if not open_ended.any():
            return logs
        first = self._log_centres(past, logs, past.occurred & ~past.at_least)
        rows, columns = np.nonzero(open_ended)
        groups = self.group(past)
        for i, t in zip(rows, columns, strict=True):
            ratio, weight = self.ratio[groups[i]], self.weight[groups[i]]
            beyond = weight * (np.log(ratio) >= logs[i, t] - first[i])
            if beyond.sum() > 0:
                logs[i, t] = first[i] + np.average(np.log(ratio), weights=beyond)
        return logs

    def _log_centres(self, past: History, logs: Floats, taken: Flags) -> Floats:
        weight = self.memory ** np.arange(past.periods - 1, -1, -1.0)
        counted = taken * weight
        total = (counted * logs).sum(axis=1)
        drawn = (self.strength * self.centre + total) / (self.strength + counted.sum(axis=1))
        return np.asarray(drawn)


def fit_sizes(past: History) -> Sizes:
    """Give the centre, strength and memory that foretold the logs of later sizes best.

    Sizes that are lower bounds neither teach nor judge. Without any size the ratio is 1.
    """
    from wellkept.methods.demand.walks import ratio_walk

    exact = past.occurred & ~past.at_least
    logs, times = _logs(past), exact.sum(axis=1)
    if not times.any():
        ones = np.ones((len(PAST_SIZES), 1))
        return Sizes(0.0, 1.0, 1.0, ones, ones)
    some = times > 0
    centre = float(((logs * exact).sum(axis=1)[some] / times[some]).mean())
    burn = past.periods // 3
    best: tuple[float, float, float] | None = None
    for memory in MEMORIES:
        for strength in STRENGTHS:
            errors, _ = ratio_walk(logs, exact, memory, strength, centre, burn)
            loss = float((errors**2).mean()) if errors.size else np.inf
            if best is None or loss < best[0] * (1 - 1e-9):
                best = (loss, memory, strength)
    assert best is not None
    _, memory, strength = best
    errors, behind = ratio_walk(logs, exact, memory, strength, centre, burn)
    ratio, weight = _by_past(np.exp(errors), behind)
    return Sizes(centre, strength, memory, ratio, weight)


def _by_past(ratio: Floats, behind: np.ndarray) -> tuple[Floats, Floats]:
    """Give the binned ratios for each group of pasts; a group too small borrows from all."""
    tables = []
    for low, high in zip(PAST_SIZES, (*PAST_SIZES[1:], np.inf), strict=True):
        inside = (behind >= low) & (behind < high)
        tables.append(_binned(ratio[inside] if inside.sum() >= FEWEST else ratio))
    widest = max(values.size for values, _ in tables)
    padded = [
        (np.pad(v, (0, widest - v.size), constant_values=1.0), np.pad(w, (0, widest - w.size)))
        for v, w in tables
    ]
    return np.array([v for v, _ in padded]), np.array([w for _, w in padded])


def _binned(ratio: Floats) -> tuple[Floats, Floats]:
    """Give the means of the ratios between fixed levels, finer in the tail, with their weights."""
    if not ratio.size:
        return np.ones(1), np.ones(1)
    ordered = np.sort(ratio)
    cuts = np.unique(np.round(LEVELS * ordered.size).astype(np.int64))
    sums = np.diff(np.concatenate(([0.0], np.cumsum(ordered)))[cuts])
    count = np.diff(cuts)
    return sums / count, count / ordered.size


def _logs(past: History) -> Floats:
    return np.log(np.where(past.occurred, past.demand, 1.0))


def unknown_sizes(past: History) -> Flags:
    """Mark the sizes that are lower bounds."""
    return np.asarray(past.occurred & past.at_least)
