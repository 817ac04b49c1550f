"""The loops over parts and their sizes: how likely windows were, and tables of sizes."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel
from wellkept.methods.demand.observed import Flags


@kernel
def likelihood(
    log_yes: float, log_no: float, hits: Floats, misses: Floats, asked: Whole, judged: Whole
) -> Floats:
    """Give the log likelihood of Beta–binomial windows, its two slopes and its three bends.

    In the logs of the prior's parameters: value, d/dyes, d/dno, d²/dyes², d²/dno², d²/dyes dno.
    """
    out = np.zeros(6)
    yes, no = np.exp(log_yes), np.exp(log_no)
    g1 = g2 = h11 = h22 = h12 = 0.0
    for i in range(hits.size):
        a, b = yes + hits[i], no + misses[i]
        for j in range(judged[i]):
            if j < asked[i]:
                out[0] += np.log(a + j)
                g1 += 1 / (a + j)
                h11 -= 1 / (a + j) ** 2
            else:
                k = j - asked[i]
                out[0] += np.log(b + k)
                g2 += 1 / (b + k)
                h22 -= 1 / (b + k) ** 2
            total = a + b + j
            out[0] -= np.log(total)
            g1 -= 1 / total
            g2 -= 1 / total
            h11 += 1 / total**2
            h22 += 1 / total**2
            h12 += 1 / total**2
    out[1], out[2] = g1 * yes, g2 * no
    out[3], out[4] = h11 * yes * yes + g1 * yes, h22 * no * no + g2 * no
    out[5] = h12 * yes * no
    return out


@kernel
def size_moments(
    own: Floats,
    counted: Flags,
    own_share: Floats,
    centre: Floats,
    group: Whole,
    ratio: Floats,
    weight: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Give mean, mean square and largest of each part's sizes."""
    n, periods = own.shape
    mean, square, largest = np.zeros(n), np.zeros(n), np.ones(n)
    for i in range(n):
        seen, total, squares = 0, 0.0, 0.0
        for t in range(periods):
            if counted[i, t]:
                seen += 1
                total += own[i, t]
                squares += own[i, t] ** 2
                largest[i] = max(largest[i], own[i, t])
        share = own_share[i] if seen > 0 else 0.0
        if seen > 0:
            mean[i] = share * total / seen
            square[i] = share * squares / seen
        for k in range(ratio.shape[1]):
            pooled = weight[group[i], k]
            if pooled > 0:
                size = max(np.rint(centre[i] * ratio[group[i], k]), 1.0)
                mean[i] += (1 - share) * pooled * size
                square[i] += (1 - share) * pooled * size * size
                largest[i] = max(largest[i], size)
    return mean, square, largest


@kernel
def size_tables(
    rows: Whole,
    width: int,
    step: Floats,
    own: Floats,
    counted: Flags,
    at_least: Flags,
    own_share: Floats,
    centre: Floats,
    group: Whole,
    ratio: Floats,
    weight: Floats,
) -> Floats:
    """Give the size tables of some parts: (rows, width), in steps, none at 0.

    A size that is a lower bound is spread over the pooled sizes from it upwards.
    """
    out = np.zeros((rows.size, width))
    for r in range(rows.size):
        i = rows[r]
        seen = 0
        for t in range(own.shape[1]):
            seen += counted[i, t]
        share = own_share[i] if seen > 0 else 0.0
        for k in range(ratio.shape[1]):
            pooled = weight[group[i], k]
            if pooled > 0:
                size = max(np.rint(centre[i] * ratio[group[i], k]), 1.0)
                place = min(max(int(np.rint(size / step[i])), 1), width - 1)
                out[r, place] += pooled
        table = out[r].copy()
        out[r] *= 1 - share
        for t in range(own.shape[1]):
            if not counted[i, t]:
                continue
            place = min(max(int(np.rint(own[i, t] / step[i])), 1), width - 1)
            beyond = table[place:].sum() if at_least[i, t] else 0.0
            if beyond > 0:
                for j in range(place, width):
                    out[r, j] += share / seen * table[j] / beyond
            else:
                out[r, place] += share / seen
    return out
