"""The law of the hours lost in a year: a compound Poisson sum, by the fast Fourier transform."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods.bounds import Floats, Whole
from wellkept.methods.side_by_side import blocks, each
from wellkept.methods.stocking.columns import amounts, counts, shares

POINTS = 1024
ROWS = 64  # contracts that are transformed at once
FINENESS = 12.0  # bins of a wait per factor e
BEYOND = 1.25  # of the allowance: as far as the grid reaches
FAR, LONG = 9.0, 14.0  # without an allowance: deviations beyond the mean, and mean waits
SURE = 1e9  # a Gamma law of that shape is a number that is known
TILT = 20.0  # sums beyond the grid come round weighted by e^−20


@dataclass(frozen=True, slots=True, eq=False)
class HoursLaw:
    """Hold, for each of K contracts, the law of the hours lost in a year on a grid (K, points).

    `step_h` is the grid's step of each contract; what `mass` lacks to 1 lies beyond the grid.
    `mean_h` is the mean, exact and not from the grid.
    """

    mass: Floats
    step_h: Floats
    mean_h: Floats

    def beyond(self, allowance_h: ArrayLike) -> Floats:
        """Give the probability that more hours are lost than allowed; nan where that is nan.

        Raises ValueError for an allowance beyond the grid.
        """
        allowed, hours = self._grid(allowance_h)
        within = np.where(hours <= allowed + 1e-9, self.mass, 0.0).sum(axis=1)
        return np.asarray(np.where(np.isnan(allowed[:, 0]), np.nan, np.maximum(1 - within, 0.0)))

    def excess(self, allowance_h: ArrayLike) -> Floats:
        """Give the mean hours lost beyond what is allowed, E[(H − a)⁺]; nan where that is nan.

        It is E[H] − a + E[(a − H)⁺], so that no long wait is cut off by the grid.
        """
        allowed, hours = self._grid(allowance_h)
        under = (self.mass * np.maximum(allowed - hours, 0.0)).sum(axis=1)
        over = np.maximum(self.mean_h - allowed[:, 0] + under, 0.0)
        return np.asarray(np.where(np.isnan(allowed[:, 0]), np.nan, over))

    def _grid(self, allowance_h: ArrayLike) -> tuple[Floats, Floats]:
        allowed = np.broadcast_to(np.asarray(allowance_h, np.float64), self.step_h.shape)[:, None]
        ends = self.mass.shape[1] * self.step_h
        far = np.flatnonzero(allowed[:, 0] > ends)
        if far.size:
            raise ValueError(
                f"The law of contract {far[0]} was reckoned up to {ends[far[0]]:g} h; an allowance"
                f" of {allowed[far[0], 0]:g} h lies beyond. Give it as allowance_h to hours_law."
            )
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
    wait_square: ArrayLike = 2.0,
    clump: ArrayLike = 1.0,
    doubt: ArrayLike = np.inf,
) -> HoursLaw:
    """Give the law of the hours that each contract loses in a year.

    One row per cause: `contract` (from 0), `rate` stops a year; each stop loses
    `fixed_h` hours, and with chance `waits` a further wait of mean `wait_h` whose mean square is
    `wait_square` × wait_h²: 1 for a wait that is always the same, 2 for an exponential one. While
    a shelf is empty several wait: waits come in clumps of C, `clump` is E[C²] ÷ E[C], up to 4.
    Stops are Poisson, or negative binomial where their rates are in doubt: `doubt` (K,) is the
    shape of the Gamma law of a contract's rate, as the function of that name gives it.
    The grid of a contract reaches a quarter beyond its `allowance_h`, in steps that divide the
    fixed hours of most of its stops, else the allowance.
    Raises ValueError for numbers below 0, chances beyond 1 and contracts that are not there.
    Source: Panjer & Willmot 1992, Insurance Risk Models, chapter 6 (compound Poisson by FFT);
    Klugman, Panjer & Willmot 2012, Loss Models, 9.6; Grübel & Hermesmeier 1999, ASTIN Bulletin
    29:197 (tilting, so that nothing wraps round).

    >>> law = hours_law([0], [0.5], [1.0], [10.0], [0.0], contracts=1, allowance_h=[10.0])
    >>> float(law.mean_h[0]), round(float(law.beyond(10.0)[0]), 3)
    (5.0, 0.181)
    """
    at, often = counts(contract, "contract"), amounts(rate, "rate")
    chance, mean = shares(waits, "waits"), amounts(wait_h, "wait_h")
    fixed, square = amounts(fixed_h, "fixed_h"), amounts(wait_square, "wait_square")
    at, often, chance, mean, fixed, square, many = np.broadcast_arrays(
        at, often, chance, mean, fixed, square, amounts(clump, "clump")
    )
    if at.size and int(at.max()) >= contracts:
        raise ValueError(f"There are {contracts} contracts; a cause names number {int(at.max())}.")
    middle = _sums(at, often * (fixed + chance * mean), contracts)
    squares = fixed**2 + chance * mean * (2 * fixed + square * mean)
    shape = np.broadcast_to(np.asarray(doubt, np.float64), middle.shape)
    deviation = np.sqrt(_sums(at, often * squares, contracts) + middle**2 / shape)
    allowed = np.broadcast_to(np.asarray(allowance_h, np.float64), middle.shape)
    kinds = _gathered(at, often, chance, mean, square, fixed, many, contracts)
    step = _steps(middle, deviation, kinds, allowed)
    return HoursLaw(_summed(kinds, step, contracts, shape), step, middle)


def _sums(at: Whole, values: Floats, many: int) -> Floats:
    return np.bincount(at, weights=values, minlength=many).astype(np.float64)


def _steps(mean: Floats, deviation: Floats, kinds: _Kinds, allowance: Floats) -> Floats:
    """A step that reaches far enough; it divides the usual fixed hours, else the allowance."""
    usual, longest = np.zeros(mean.size), np.zeros(mean.size)
    for k, (a, b) in enumerate(itertools.pairwise(kinds.begin)):
        if b > a:
            longest[k] = kinds.rows[a:b, 1].max()
            usual[k] = kinds.rows[a + int(np.argmax(kinds.rows[a:b, 0])), 2]
    open_end = mean + np.maximum(FAR * deviation, LONG * longest)
    reach = np.where(np.isnan(allowance), open_end, BEYOND * np.nan_to_num(allowance))
    step = np.maximum(reach, 1.0) / POINTS
    met = np.where(usual > step, usual, np.where(allowance > step, allowance, step))
    # The least step that divides evenly and still reaches: a larger one would only be coarser.
    return np.asarray(met / np.maximum(np.floor(met / step + 1e-9), 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    begin: Whole  # where each contract's rows begin; one more at the end
    rows: Floats  # rate, mean wait (0 where nothing is waited for), fixed hours, form of the wait


def _gathered(
    at: Whole, rate: Floats, chance: Floats, mean: Floats, square: Floats, fixed: Floats,
    clump: Floats, contracts: int,
) -> _Kinds:  # fmt: skip
    """Causes with nearly the same wait and the same fixed hours become one; rates are kept."""
    from wellkept.methods.contract_hours import kernels  # Numba loads when first needed

    stays = np.round(fixed * 4).clip(0, 65_535).astype(np.int64)
    numbers = np.cumsum(np.bincount(stays, minlength=1) > 0).astype(np.int64) - 1
    found, begin = np.empty((5 * at.size, 4)), np.zeros(contracts + 1, np.int64)
    count = kernels.gather(
        np.array(at), np.array(rate), np.array(chance), np.array(mean), np.array(square),
        np.array(fixed), np.array(clump), numbers[stays], int(numbers[-1]) + 1, FINENESS,
        begin, found,
    )  # fmt: skip
    return _Kinds(begin, found[:count])


def _summed(kinds: _Kinds, step: Floats, contracts: int, shape: Floats) -> Floats:
    from wellkept.methods.contract_hours import kernels

    mass, beyond = np.zeros((contracts, POINTS)), np.zeros((contracts, POINTS + 2))
    total, tilt = np.zeros(contracts), np.exp(-TILT / 2 * np.arange(POINTS) / POINTS)

    def some(part: slice) -> None:
        begin = kinds.begin[part.start : part.stop + 1]
        kernels.exceed(begin, kinds.rows, step[part], total[part], beyond[part])

    each(some, blocks(contracts, ROWS // 4))
    mass[total <= 0, 0] = 1.0
    lost = np.flatnonzero(total > 0)
    for k in np.split(lost, range(ROWS, lost.size, ROWS)):
        # Mass at a point by the second difference of E[(X − x)⁺]: it keeps the mean.
        severity = np.maximum(np.diff(beyond[k], 2, axis=1) / step[k, None], 0.0)
        wave = np.fft.rfft(severity * tilt, 2 * POINTS)
        sums = np.fft.irfft(_number(total[k], shape[k], wave), 2 * POINTS)[:, :POINTS]
        mass[k] = np.maximum(sums, 0.0) / tilt
    return mass


def _number(rate: Floats, shape: Floats, wave: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Give E[wave^N] of N stops: Poisson, or negative binomial where their rates are in doubt."""
    found = rate[:, None] * (wave - 1.0)
    unsure = np.flatnonzero(shape < SURE)
    some = shape[unsure, None]
    found[unsure] = -some * np.log1p(-found[unsure] / some)
    return np.asarray(np.exp(found))


def doubt(
    part: ArrayLike, contract: ArrayLike, rate: ArrayLike, shape: ArrayLike, *, contracts: int
) -> Floats:
    """Give the shape of the Gamma law of each contract's rate of stops (contracts,).

    One row per cause, those of a part together: `rate` of its stops are under the contract. Each
    part's rate has a Gamma law of its own, `shape` by part, the same for all its causes: the stops
    of a contract vary by Λ + Σ λ² ÷ a, which the shape Λ² ÷ (Σ λ² ÷ a) gives as well. It is inf for
    a contract without a stop.
    """
    from wellkept.methods.contract_hours import kernels  # Numba loads when first needed

    extra = np.zeros(contracts)
    at, often = np.array(counts(contract, "contract")), np.array(amounts(rate, "rate"))
    known = np.array(amounts(shape, "shape", above=True))
    kernels.unsure(np.array(counts(part, "part")), at, often, known, extra)
    total = _sums(at, often, contracts)
    return np.asarray(np.divide(total**2, extra, out=np.full(contracts, np.inf), where=extra > 0))
