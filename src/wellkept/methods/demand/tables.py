"""The loops over tables of probabilities, one table for each part, laid end to end."""

from __future__ import annotations

import numpy as np

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.compiled import kernel

EDGE = 1e-12


@kernel
def moments(mass: Floats, begin: Whole) -> Floats:
    """Give mean and variance of each table in its own steps: (n, 2)."""
    out = np.zeros((begin.size - 1, 2))
    for i in range(begin.size - 1):
        mean = square = 0.0
        for j in range(begin[i + 1] - begin[i]):
            here = mass[begin[i] + j]
            mean += here * j
            square += here * j * j
        out[i, 0] = mean
        out[i, 1] = max(square - mean * mean, 0.0)
    return out


@kernel
def at_most(mass: Floats, begin: Whole, place: Floats) -> Floats:
    """Give the probability of each table up to a place, in steps; below 0 it is 0."""
    out = np.zeros(begin.size - 1)
    for i in range(begin.size - 1):
        total = 0.0
        last = begin[i + 1] - begin[i]
        for j in range(last):
            if j > place[i]:
                break
            total += mass[begin[i] + j]
        out[i] = 1.0 if place[i] >= last - 1 else min(total, 1.0)
    return out


@kernel
def quantiles(mass: Floats, begin: Whole, p: Floats) -> Floats:
    """Give the first step of each table at which the probability reaches p."""
    out = np.zeros(begin.size - 1)
    for i in range(begin.size - 1):
        last = begin[i + 1] - begin[i] - 1
        total = 0.0
        for j in range(last + 1):
            total += mass[begin[i] + j]
            if total >= p[i] - EDGE or j == last:
                out[i] = j
                break
    return out


@kernel
def shorts(mass: Floats, begin: Whole, place: Floats) -> Floats:
    """Give the mean excess E[(D − place)+] of each table, in steps."""
    out = np.zeros(begin.size - 1)
    for i in range(begin.size - 1):
        first = max(int(np.floor(place[i])) + 1, 0)
        for j in range(first, begin[i + 1] - begin[i]):
            out[i] += mass[begin[i] + j] * (j - place[i])
    return out


@kernel
def least_stock(mass: Floats, begin: Whole, allowed: Floats) -> Floats:
    """Give the first step of each table at which the mean excess is no more than allowed."""
    out = np.zeros(begin.size - 1)
    for i in range(begin.size - 1):
        j = begin[i + 1] - begin[i] - 1
        beyond = excess = 0.0
        while j > 0:
            beyond += mass[begin[i] + j]
            if excess + beyond > allowed[i] + EDGE:
                break
            excess += beyond
            j -= 1
        out[i] = j
    return out


@kernel
def ranked_scores(mass: Floats, begin: Whole, seen: Floats) -> Floats:
    """Give the continuous ranked probability score of each table against a seen place, in steps."""
    out = np.zeros(begin.size - 1)
    for i in range(begin.size - 1):
        last = begin[i + 1] - begin[i] - 1
        total = score = 0.0
        for j in range(last):
            total += mass[begin[i] + j]
            under = min(max(seen[i] - j, 0.0), 1.0)
            score += under * total * total + (1.0 - under) * (1.0 - total) ** 2
        out[i] = score + max(seen[i] - last, 0.0)
    return out


@kernel
def mean_ranks(low: Floats, high: Floats, at: Floats) -> Floats:
    """Give the mean over cases of the uniform distribution functions on low to high, at each u."""
    out = np.zeros(at.size)
    for i in range(low.size):
        width = high[i] - low[i]
        for k in range(at.size):
            if at[k] >= high[i]:
                out[k] += 1.0
            elif at[k] > low[i]:
                out[k] += (at[k] - low[i]) / width
    return out / max(low.size, 1)


@kernel
def bent(mass: Floats, begin: Whole, at: Floats, to: Floats) -> Floats:
    """Give tables whose distribution functions F have become G(F); G runs through (at, to)."""
    out = np.zeros(mass.size)
    for i in range(begin.size - 1):
        total = before = 0.0
        k = 0
        for j in range(begin[i], begin[i + 1]):
            total = min(total + mass[j], 1.0)
            while k < at.size - 2 and at[k + 1] < total:
                k += 1
            share = min(max((total - at[k]) / (at[k + 1] - at[k]), 0.0), 1.0)
            here = to[k] + share * (to[k + 1] - to[k])
            if j == begin[i + 1] - 1:
                here = 1.0
            out[j] = max(here - before, 0.0)
            before = max(here, before)
    return out
