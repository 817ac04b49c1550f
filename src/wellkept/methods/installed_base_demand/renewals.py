"""How many replacements a unit of a given age needs over a stretch ahead: mean and variance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.bounds import Floats
from wellkept.methods.compiled import kernel
from wellkept.methods.installed_base_demand.laws import PowerLawRepair, Survival

STEPS = 256


def replaced(
    life: Survival, stays: Survival, age: Floats, ahead: Floats, steps: int = STEPS
) -> tuple[Floats, Floats]:
    """Give E[N] and E[N(N − 1)] of replacements by new parts, for one group of like stretches.

    `age`, `ahead` (n,) in the unit of `life`; `stays` is the share of assets still in service so
    far *into the stretch*, as a function of the share of the stretch that has passed (0 to 1).
    """
    fine = _on_grid(life, stays, age, ahead, steps)
    coarse = _on_grid(life, stays, age, ahead, steps // 2)
    # The error of both is of the second order in the step: two grids cancel it.
    first, second = ((4 * f - c) / 3 for f, c in zip(fine, coarse, strict=True))
    return np.maximum(first, 0.0), np.maximum(second, 0.0)


def _on_grid(
    life: Survival, stays: Survival, age: Floats, ahead: Floats, steps: int
) -> tuple[Floats, Floats]:
    longest = float(ahead.max())
    step = longest / steps
    places = np.asarray(np.arange(steps + 1) * step, np.float64)
    failed = np.asarray(1 - life(places), np.float64)
    halfway = np.asarray(1 - life(np.asarray(places[1:] - step / 2, np.float64)), np.float64)
    renewal = renewal_function(failed, halfway)
    middle = (renewal[1:] + renewal[:-1]) / 2
    alive = life(age)
    later = np.asarray(age[:, None] + places, np.float64)
    first_fails = 1 - life(later) / alive[:, None]
    rises = np.diff(first_fails, axis=1)
    mean = np.empty_like(first_fails)
    mean[:, 0] = 0.0
    mean[:, 1:] = first_fails[:, 1:] + _convolved(rises, middle)
    pairs = np.zeros_like(mean)
    pairs[:, 1:] = 2 * _convolved(np.diff(mean, axis=1), middle)
    return _kept(mean, stays, ahead, places), _kept(pairs, stays, ahead, places)


def _convolved(rises: Floats, middle: Floats) -> Floats:
    """Give Σ over j ≤ k of rises[j] × middle[k − j], for every k, by Fourier transform."""
    size = 2 * rises.shape[1]
    turned = np.fft.rfft(rises, size, axis=1) * np.fft.rfft(middle, size)
    return np.asarray(np.fft.irfft(turned, size, axis=1)[:, : rises.shape[1]])


def _kept(moment: Floats, stays: Survival, ahead: Floats, places: Floats) -> Floats:
    """Give ∫ stays d(moment) over each stretch, which may end between two grid points."""
    step = places[1]
    within = np.clip((ahead[:, None] - places[:-1]) / step, 0.0, 1.0)
    passed = (places[:-1] + step / 2) / ahead[:, None]
    rises = np.diff(moment, axis=1) * within
    return np.asarray((rises * stays(np.minimum(passed, 1.0))).sum(axis=1))


@kernel
def renewal_function(failed: Floats, halfway: Floats) -> Floats:
    """Give M on an even grid: M(t) = F(t) + ∫ M(t − x) dF(x), by midpoints of a Stieltjes sum.

    `failed` (k + 1,) is F at the grid, from F(0) = 0; `halfway` (k,) F in the middle of each step.
    Source: Xie 1989, Communications in Statistics, Simulation 18:281.
    """
    renewal = np.zeros(failed.size)
    for i in range(1, failed.size):
        total = failed[i] - halfway[0] * renewal[i - 1]
        for j in range(1, i):
            total += halfway[i - j] * (renewal[j] - renewal[j - 1])
        renewal[i] = total / (1 - halfway[0])
    return renewal


def repaired(
    law: PowerLawRepair, stays: Survival, age: Floats, ahead: Floats, steps: int = STEPS
) -> tuple[Floats, Floats]:
    """Give E[N] and E[N(N − 1)] of minimal repairs: Poisson with the power law's mean.

    With assets that retire on the way: ∫ stays dΛ and ∫ stays d(Λ²) over the stretch.
    """
    share = np.linspace(0.0, 1.0, steps + 1)
    so_far = law.upto(age[:, None] + ahead[:, None] * share) - law.upto(age)[:, None]
    weight = stays(np.broadcast_to((share[1:] + share[:-1]) / 2, (age.size, steps)))
    first = (np.diff(so_far, axis=1) * weight).sum(axis=1)
    return first, (np.diff(so_far**2, axis=1) * weight).sum(axis=1)


def alike(ahead: Floats) -> list[NDArray[np.int64]]:
    """Group stretches whose lengths lie within a factor of two, so that one grid serves them."""
    keys = np.floor(np.log2(ahead))
    return [np.flatnonzero(keys == key).astype(np.int64) for key in np.unique(keys)]
