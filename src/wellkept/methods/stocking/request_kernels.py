"""Tables of the law of units that come in requests, as loops that Numba compiles.

Requests are Poisson, their sizes geometric: `again` is the chance that a unit is followed by one
more of the same request, so a request has 1 ÷ (1 − again) units on average. `mean` counts units.
With `again` 0 units come one by one, and the law is Poisson (`poisson_kernels`).
Panjer's recursion n P(n) = λ Σ k f(k) P(n − k) needs two running sums for geometric sizes, all of
positive terms, so small chances keep their digits.
"""

from __future__ import annotations

import math

from wellkept.methods.bounds import Floats
from wellkept.methods.compiled import inner_kernel, woven_kernel
from wellkept.methods.stocking import poisson_kernels

LARGE = 1e200  # numbers beyond it are taken down by this factor, and the power is kept


@inner_kernel
def lumps(again: float) -> float:
    """Give E[size²] ÷ E[size] of a request: what units vary more by than one by one."""
    return (1.0 + again) / (1.0 - again)


@woven_kernel
def onward(
    often: float, again: float, k: int, mass: float, run: float, weighted: float
) -> tuple[float, float, float, float]:
    """Give P(X = k) and the two running sums from those of k − 1, and by what power all rose.

    Beyond LARGE all three are taken down by it; `often` is the mean number of requests.
    """
    run = mass + again * run
    weighted = run + again * weighted
    mass = often * (1.0 - again) * weighted / k
    if mass > LARGE:
        return mass / LARGE, run / LARGE, weighted / LARGE, math.log(LARGE)
    return mass, run, weighted, 0.0


@inner_kernel
def reach(mean: float, again: float) -> int:
    """Give a k with P(X > k) below 1e-18."""
    if again == 0.0:
        return poisson_kernels.reach(mean)
    return until(mean, again, poisson_kernels.LEAST)


@inner_kernel
def until(mean: float, again: float, faint: float) -> int:
    """Give a k with P(X > k) below `faint`."""
    if mean <= 0.0:
        return 0
    often = mean * (1.0 - again)
    mass, power, run, weighted, k = 1.0, -often, 0.0, 0.0, 0
    bound = math.log(faint * 0.1 * (1.0 - again))
    while k < mean or power + math.log(max(mass, 1e-300)) > bound:
        k += 1
        mass, run, weighted, risen = onward(often, again, k, mass, run, weighted)
        power += risen
    return k


@inner_kernel
def fill_masses(mean: float, again: float, masses: Floats) -> None:
    """Fill masses[k] with P(X = k)."""
    if again == 0.0:
        poisson_kernels.fill_masses(mean, masses)
        return
    masses[:] = 0.0
    if masses.size == 0:
        return
    often = mean * (1.0 - again)
    mass, power, run, weighted = 1.0, -often, 0.0, 0.0
    factor = math.exp(power)
    masses[0] = factor
    for k in range(1, masses.size):
        mass, run, weighted, risen = onward(often, again, k, mass, run, weighted)
        if risen > 0.0:
            power += risen
            factor = math.exp(power)
        masses[k] = mass * factor


@inner_kernel
def fill_tails(mean: float, again: float, tails: Floats) -> None:
    """Fill tails[k] with P(X > k), summed from the far end."""
    if again == 0.0:
        poisson_kernels.fill_tails(mean, tails)
        return
    tails[:] = 0.0
    if mean <= 0.0 or tails.size == 0:
        return
    often = mean * (1.0 - again)
    mass, power, run, weighted, k, beyond = 1.0, -often, 0.0, 0.0, 0, 0.0
    factor = math.exp(power)
    while True:
        k += 1
        mass, run, weighted, risen = onward(often, again, k, mass, run, weighted)
        if risen > 0.0:
            power += risen
            factor = math.exp(power)
        here = mass * factor
        if k <= tails.size:
            tails[k - 1] = here
        else:
            beyond += here
            if k > mean and here <= 1e-17 * (1.0 - again) * beyond:
                break
            if k > mean and here == 0.0:
                break
    for n in range(tails.size - 1, -1, -1):
        beyond += tails[n]
        tails[n] = min(beyond, 1.0)
