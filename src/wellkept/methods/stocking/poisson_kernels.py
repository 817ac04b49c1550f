"""Tables of the Poisson law that keep their digits in the tail, as loops that Numba compiles."""

from __future__ import annotations

import math

from wellkept.methods.bounds import Floats
from wellkept.methods.compiled import inner_kernel

NARROW = 500.0  # exp(−mean) is a number below this; above it, the mass left of 12 deviations is not
LEAST = 1e-18
FEW = 12  # so many factors are quicker than a logarithm, and as precise


@inner_kernel
def mass(k: int, mean: float) -> float:
    """Give P(X = k)."""
    if mean <= 0.0:
        return 1.0 if k == 0 else 0.0
    if k <= FEW and mean <= NARROW:
        found = math.exp(-mean)
        for j in range(1, k + 1):
            found *= mean / j
        return found
    return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0))


@inner_kernel
def first(mean: float) -> int:
    """Give a k with nothing to speak of below it, from which a sum upwards may start."""
    return 0 if mean <= NARROW else int(mean - 12.0 * math.sqrt(mean))


@inner_kernel
def reach(mean: float) -> int:
    """Give a k with P(X > k) below 1e-18."""
    k = int(mean)
    term = mass(k, mean)
    while term > LEAST * 0.1:
        k += 1
        term *= mean / k
    return k


@inner_kernel
def fill_tails(mean: float, tails: Floats) -> None:
    """Fill tails[k] with P(X > k), from the far end so that small ones are as precise as large."""
    n = tails.size
    tails[:] = 0.0
    if mean <= 0.0 or n == 0:
        return
    last = mass(n, mean)
    beyond, term, k = 0.0, last, n
    while term > 1e-17 * beyond or k < mean:
        beyond += term
        k += 1
        term *= mean / k
        if term == 0.0 and k > mean:
            break
    if last == 0.0 and n < mean:
        beyond = 1.0
    for k in range(n - 1, -1, -1):
        tails[k] = min(beyond, 1.0)
        beyond += mass(k, mean) if last == 0.0 else 0.0
        if last > 0.0:
            last *= (k + 1) / mean
            beyond += last


@inner_kernel
def fill_masses(mean: float, masses: Floats) -> None:
    """Fill masses[k] with P(X = k)."""
    for k in range(masses.size):
        if k > 0 and mean <= NARROW:
            masses[k] = masses[k - 1] * mean / k
        else:
            masses[k] = mass(k, mean)
