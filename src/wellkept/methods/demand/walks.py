"""The loops that walk along each series: smoothing, and sizes in the order in which they came."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel
from wellkept.methods.demand.observed import Flags


@kernel
def mean_intervals(demand: Floats, known: Flags) -> Floats:
    """Give the mean number of periods to each demand of each row; 0 without demand."""
    out = np.zeros(demand.shape[0])
    for i in range(demand.shape[0]):
        since, times, total = 0, 0, 0
        for t in range(demand.shape[1]):
            since += known[i, t]
            if known[i, t] and demand[i, t] > 0:
                times += 1
                total += since
                since = 0
        if times > 0:
            out[i] = total / times
    return out


@kernel
def croston_walk(
    demand: Floats, known: Flags, by_size: float, by_interval: float, first: Floats
) -> Floats:
    """Give size and interval of each row after its last period: (n, 2); nan before any demand.

    The interval begins with `first` (n,), where that is 0 with the row's own first interval.
    """
    n, periods = demand.shape
    out = np.full((n, 2), np.nan)
    for i in range(n):
        size = interval = np.nan
        since = 0
        for t in range(periods):
            if not known[i, t]:
                continue
            since += 1
            if demand[i, t] <= 0:
                continue
            if np.isnan(size):
                size = demand[i, t]
                interval = first[i] if first[i] > 0 else float(since)
            else:
                size += by_size * (demand[i, t] - size)
                interval += by_interval * (since - interval)
            since = 0
        out[i, 0] = size
        out[i, 1] = interval
    return out


@kernel
def tsb_walk(
    demand: Floats, known: Flags, by_size: float, by_chance: float, first: Floats
) -> Floats:
    """Give size and chance of each row after its last period: (n, 2); size nan before demand.

    The chance begins with `first` (n,), where that is nan with whether the first period had demand.
    """
    n, periods = demand.shape
    out = np.full((n, 2), np.nan)
    for i in range(n):
        size = chance = np.nan
        for t in range(periods):
            if not known[i, t]:
                continue
            hit = 1.0 if demand[i, t] > 0 else 0.0
            if np.isnan(chance):
                chance = hit if np.isnan(first[i]) else first[i]
            else:
                chance += by_chance * (hit - chance)
            if hit > 0:
                size = demand[i, t] if np.isnan(size) else size + by_size * (demand[i, t] - size)
        out[i, 0] = size
        out[i, 1] = chance
    return out


@kernel
def adida_walk(demand: Floats, known: Flags, weight: float) -> Floats:
    """Give bucket length and smoothed demand of a bucket: (n, 2); nan with nothing known."""
    n, periods = demand.shape
    out = np.full((n, 2), np.nan)
    row = np.empty(periods)
    for i in range(n):
        seen, times, last = 0, 0, 0
        for t in range(periods):
            if known[i, t]:
                row[seen] = demand[i, t]
                seen += 1
                if demand[i, t] > 0:
                    times += 1
                    last = seen
        if seen == 0:
            continue
        bucket = 1 if times == 0 else min(max(int(np.floor(last / times + 0.5)), 1), seen)
        level = np.nan
        for start in range(seen % bucket, seen, bucket):
            total = 0.0
            for t in range(start, start + bucket):
                total += row[t]
            level = total if np.isnan(level) else level + weight * (total - level)
        out[i, 0] = bucket
        out[i, 1] = level
    return out


@kernel
def ratio_walk(
    log_size: Floats, exact: Flags, memory: float, strength: float, centre: float, burn: int
) -> tuple[Floats, Whole]:
    """Give how each size compared with what its own past foretold, as logs, and the past's length.

    Sizes are walked oldest first; the foretold log size is the mean of the earlier ones, with
    weight memory per period of age, drawn to `centre` by `strength` earlier ones. Sizes of the
    first `burn` periods only teach.
    """
    n, periods = log_size.shape
    logs = np.empty(n * periods)
    counts = np.empty(n * periods, np.int64)
    found = 0
    for i in range(n):
        weight, total, seen = 0.0, 0.0, 0
        for t in range(periods):
            weight *= memory
            total *= memory
            if not exact[i, t]:
                continue
            if t >= burn:
                foretold = (strength * centre + total) / (strength + weight)
                logs[found] = log_size[i, t] - foretold
                counts[found] = seen
                found += 1
            weight += 1.0
            total += log_size[i, t]
            seen += 1
    return logs[:found], counts[:found]
