"""How likely a part is asked for in a period: its own past, drawn to what is usual, and fading.

Each part has its chance; the chances of all parts follow a Beta distribution; a period of age k
counts memory^k of one. Beta and memory are those under which the next lead times of the past were
likeliest, so nothing is set by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.demand.observed import History

MEMORIES = (1.0, 0.98, 0.96, 0.93, 0.9, 0.85, 0.8, 0.7)
NARROWEST, WIDEST = np.log(1e-3), np.log(1e4)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Hold the prior Beta(yes, no) of the chance of demand in a period, and the memory."""

    yes: float
    no: float
    memory: float

    def after(self, past: History) -> tuple[Floats, Floats]:
        """Give the Beta parameters (n,), (n,) of each part after its past."""
        hits, misses = faded_counts(past, self.memory)
        return self.yes + hits, self.no + misses


def faded_counts(past: History, memory: float) -> tuple[Floats, Floats]:
    """Give the periods with and without demand of each part, each counted as memory^age."""
    weight = memory ** np.arange(past.periods - 1, -1, -1.0)
    hits = (past.occurred & past.judged) @ weight
    return hits, (past.judged & ~past.occurred) @ weight


def fit_occurrence(past: History, lead: Whole, origins: Whole) -> Occurrence:
    """Give the prior and the memory that foretold the lead times after each origin best.

    `lead` (n,) whole periods; `origins` are the periods up to which the past is then known. With
    nothing to judge by, the prior is Beta(½, ½) with full memory.
    """
    best = (-np.inf, Occurrence(0.5, 0.5, 1.0))
    asked, judged = next_windows(past, lead, origins)
    if judged.sum() == 0:
        return best[1]
    share = np.clip(asked.sum() / judged.sum(), 0.01, 0.99)
    theta = np.log(2 * np.array([share, 1 - share]))
    for memory in MEMORIES:
        counts = [faded_counts(past.before(int(t)), memory) for t in origins]
        hits, misses = (np.concatenate(column) for column in zip(*counts, strict=True))
        theta, gain = _climb(theta, hits, misses, asked, judged)
        if gain > best[0] + 1e-9 * abs(gain):
            best = (gain, Occurrence(float(np.exp(theta[0])), float(np.exp(theta[1])), memory))
    return best[1]


def next_windows(past: History, lead: Whole, origins: Whole) -> tuple[Whole, Whole]:
    """Give periods with demand and periods judged in the lead time after each origin, end to end.

    Each is (origins × n,), the parts of the first origin first.
    """
    pieces: tuple[list[Whole], list[Whole]] = ([], [])
    zero = np.zeros((past.parts, 1), np.int64)
    flags = (past.occurred & past.judged, past.judged)
    runs = [np.hstack((zero, np.cumsum(flag, axis=1))) for flag in flags]
    rows = np.arange(past.parts)
    for origin in origins:
        stop = np.minimum(origin + lead, past.periods)
        for piece, run in zip(pieces, runs, strict=True):
            piece.append(run[rows, stop] - run[:, origin])
    asked, judged = (np.concatenate(piece).astype(np.int64) for piece in pieces)
    return asked, judged


def _climb(
    theta: Floats, hits: Floats, misses: Floats, asked: Whole, judged: Whole
) -> tuple[Floats, float]:
    """Find the log parameters of highest likelihood by Newton steps that are halved if too long."""
    from wellkept.methods.demand.loops import likelihood

    found = likelihood(theta[0], theta[1], hits, misses, asked, judged)
    for _ in range(60):
        slope, bend = found[1:3], np.array([[found[3], found[5]], [found[5], found[4]]])
        roots, axes = np.linalg.eigh(bend)
        step = axes @ ((axes.T @ slope) / np.maximum(np.abs(roots), 1e-6))
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        while True:
            tried = np.clip(theta + step, NARROWEST, WIDEST)
            trial = likelihood(tried[0], tried[1], hits, misses, asked, judged)
            if trial[0] >= found[0] or np.abs(step).max() < 1e-6:
                break
            step *= 0.5
        done = trial[0] - found[0] < 1e-8 * (1 + abs(found[0]))
        if trial[0] >= found[0]:
            theta, found = tried, trial
        if done:
            break
    return theta, float(found[0])
