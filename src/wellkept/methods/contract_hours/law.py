"""The law of the hours lost in a year: a compound Poisson sum, by the fast Fourier transform."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.stocking.columns import amounts, counts, shares

POINTS = 1024
FINENESS = 12.0  # bins of a wait per factor e
FAR, LONG = 9.0, 14.0  # deviations beyond the mean, and mean waits, that the grid reaches


@dataclass(frozen=True, slots=True, eq=False)
class HoursLaw:
    """Hold, for each of K contracts, the law of the hours lost in a year on a grid (K, points).

    `step_h` is the grid's step of each contract; `mean_h` the mean, exact and not from the grid.
    """

    mass: Floats
    step_h: Floats
    mean_h: Floats

    def beyond(self, allowance_h: ArrayLike) -> Floats:
        """Give the probability that more hours are lost than allowed; nan where that is nan."""
        allowed, hours = self._grid(allowance_h)
        risk = np.where(hours > allowed + 1e-9, self.mass, 0.0).sum(axis=1)
        return np.asarray(np.where(np.isnan(allowed[:, 0]), np.nan, risk))

    def excess(self, allowance_h: ArrayLike) -> Floats:
        """Give the mean hours lost beyond what is allowed, E[(H − a)⁺]; nan where that is nan."""
        allowed, hours = self._grid(allowance_h)
        over = (self.mass * np.maximum(hours - allowed, 0.0)).sum(axis=1)
        return np.asarray(np.where(np.isnan(allowed[:, 0]), np.nan, over))

    def _grid(self, allowance_h: ArrayLike) -> tuple[Floats, Floats]:
        allowed = np.broadcast_to(np.asarray(allowance_h, np.float64), self.step_h.shape)[:, None]
        return allowed, np.arange(self.mass.shape[1]) * self.step_h[:, None]


def hours_law(
    contract: ArrayLike,
    rate: ArrayLike,
    waits: ArrayLike,
    wait_h: ArrayLike,
    fixed_h: ArrayLike,
    *,
    contracts: int,
    allowance_h: ArrayLike = np.nan,
) -> HoursLaw:
    """Give the law of the hours that each contract loses in a year.

    One row per cause: `contract` (from 0), `rate` stops a year (Poisson); each stop loses
    `fixed_h` hours, and with chance `waits` a further wait of mean `wait_h`, taken as exponential.
    The grid of a contract has a step that divides the fixed hours of most of its stops, else its
    `allowance_h`.
    Raises ValueError for numbers below 0, chances beyond 1 and contracts that are not there.
    Source: Panjer & Willmot 1992, Insurance Risk Models, chapter 6 (compound Poisson by FFT);
    Klugman, Panjer & Willmot 2012, Loss Models, 9.6.

    >>> law = hours_law([0], [0.5], [1.0], [10.0], [0.0], contracts=1, allowance_h=[10.0])
    >>> float(law.mean_h[0]), round(float(law.beyond(10.0)[0]), 2)
    (5.0, 0.18)
    """
    at, often = counts(contract, "contract"), amounts(rate, "rate")
    chance, mean = shares(waits, "waits"), amounts(wait_h, "wait_h")
    fixed = amounts(fixed_h, "fixed_h")
    at, often, chance, mean, fixed = np.broadcast_arrays(at, often, chance, mean, fixed)
    if at.size and int(at.max()) >= contracts:
        raise ValueError(f"There are {contracts} contracts; a cause names number {int(at.max())}.")
    middle = _sums(at, often * (fixed + chance * mean), contracts)
    square = fixed**2 + 2 * chance * mean * (fixed + mean)
    spread = np.sqrt(_sums(at, often * square, contracts))
    allowed = np.broadcast_to(np.asarray(allowance_h, np.float64), middle.shape)
    kinds = _gathered(at, often, chance, mean, fixed, contracts)
    longest = np.array(
        [kinds.wait[a:b].max(initial=0.0) for a, b in itertools.pairwise(kinds.begin)], np.float64
    )
    step = _steps(middle, spread, longest, np.nan_to_num(allowed), _usual(kinds, contracts))
    return HoursLaw(_summed(kinds, step, contracts), step, middle)


def _sums(at: Whole, values: Floats, many: int) -> Floats:
    return np.bincount(at, weights=values, minlength=many).astype(np.float64)


def _usual(kinds: _Kinds, contracts: int) -> Floats:
    """The fixed hours that most stops of a contract lose; 0 where most lose none."""
    found = np.zeros(contracts)
    for k, (a, b) in enumerate(itertools.pairwise(kinds.begin)):
        if b > a:
            found[k] = kinds.fixed[a + int(np.argmax(kinds.rate[a:b]))]
    return found


def _steps(
    mean: Floats, spread: Floats, longest: Floats, allowance: Floats, fixed: Floats
) -> Floats:
    """A step that reaches far enough; it divides the usual fixed hours, else the allowance."""
    reach = np.maximum(mean + np.maximum(FAR * spread, LONG * longest), 1.0)
    step = np.maximum(reach, 1.5 * allowance) / POINTS
    met = np.where(fixed > step, fixed, np.where(allowance > step, allowance, step))
    return np.asarray(met / np.ceil(met / step - 1e-9) if met.size else met)


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    begin: Whole  # where each contract's rows begin; one more at the end
    rate: Floats
    wait: Floats  # mean; 0 where nothing is waited for
    fixed: Floats


def _gathered(
    at: Whole, rate: Floats, chance: Floats, mean: Floats, fixed: Floats, contracts: int
) -> _Kinds:
    """Causes with nearly the same wait and the same fixed hours become one; rates are kept."""
    from wellkept.methods.contract_hours import kernels  # Numba loads when first needed

    stays = np.round(fixed * 4).clip(0, 65_535).astype(np.int64)
    numbers = np.cumsum(np.bincount(stays, minlength=1) > 0).astype(np.int64) - 1
    found, begin = np.empty((2 * at.size, 3)), np.zeros(contracts + 1, np.int64)
    count = kernels.gather(
        np.array(at), np.array(rate), np.array(chance), np.array(mean), np.array(fixed),
        numbers[stays], int(numbers[-1]) + 1, FINENESS, begin, found,
    )  # fmt: skip
    return _Kinds(begin, *(np.ascontiguousarray(found[:count, j]) for j in range(3)))


def _summed(kinds: _Kinds, step: Floats, contracts: int) -> Floats:
    from wellkept.methods.contract_hours import kernels

    mass, beyond = np.zeros((contracts, POINTS)), np.zeros((contracts, POINTS + 2))
    total = np.zeros(contracts)
    kernels.exceed(kinds.begin, kinds.rate, kinds.wait, kinds.fixed, step, total, beyond)
    for k in range(contracts):
        if total[k] <= 0:
            mass[k, 0] = 1.0
            continue
        # Mass at a point by the second difference of E[(X − x)⁺]: it keeps the mean.
        severity = np.maximum(np.diff(beyond[k], 2) / step[k], 0.0)
        wave = np.fft.rfft(severity, 2 * POINTS)
        sums = np.fft.irfft(np.exp(total[k] * (wave - 1.0)), 2 * POINTS)[:POINTS]
        mass[k] = np.maximum(sums, 0.0)
        mass[k, -1] += max(1.0 - float(mass[k].sum()), 0.0)
    return mass
