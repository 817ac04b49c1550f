"""Whether a level has drifted a little for a long while: CUSUM and EWMA of single values.

Both remember; a chart with limits looks at one point at a time and needs a jump.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wellkept.methods.bounds import Column, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Cusum:
    """Hold the sums above and below target, and where they pass the threshold.

    `first` is the position of the first signal, None when there is none.
    """

    up: Floats
    down: Floats
    signal: NDArray[np.bool_]
    first: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Ewma:
    """Hold the weighted level after each value, its limits there, and where it passes them."""

    level: Floats
    low: Floats
    high: Floats
    signal: NDArray[np.bool_]


def cusum(values: Column, target: float, slack: float, threshold: float) -> Cusum:
    """Add up what values exceed the target (and fall short of it) by more than a slack.

    C⁺ᵢ = max(0, C⁺ᵢ₋₁ + xᵢ − target − slack), C⁻ likewise downward; a signal is a sum above the
    threshold. Slack is usually half the shift to be found, the threshold four to five standard
    deviations; for promises it has to be set by volume (false alarms per year, not per job).
    Unit: that of the values. Raises ValueError for missing values.
    Source: Montgomery 2009, section 9.1; NIST/SEMATECH e-Handbook 6.3.2.3.
    """
    up, down = _sums(_numbers(values) - target - slack), _sums(target - slack - _numbers(values))
    signal = (up > threshold) | (down > threshold)
    (where,) = np.nonzero(signal)
    return Cusum(up, down, signal, int(where[0]) if where.size else None)


def ewma(
    values: Column,
    target: float,
    deviation: float,
    weight: float = 0.3,
    width: float = 3.0,
    *,
    settled_limits: bool = False,
) -> Ewma:
    """Follow the level as an exponentially weighted mean that starts at the target.

    zᵢ = weight xᵢ + (1 − weight) zᵢ₋₁; limits target ± width × deviation ×
    √(weight ÷ (2 − weight) × (1 − (1 − weight)^2i)), or with `settled_limits` those of i → ∞.
    Unit: that of the values. Raises ValueError for missing values and unless 0 < weight ≤ 1.
    Source: Montgomery 2009, section 9.2; NIST/SEMATECH e-Handbook 6.3.2.4.
    """
    if not 0 < weight <= 1:
        raise ValueError(f"The weight of the newest value lies above 0 and up to 1; not {weight}.")
    given = _numbers(values)
    level, levels = target, np.empty(given.shape)
    for i, x in enumerate(given):
        level = weight * x + (1 - weight) * level
        levels[i] = level
    grown = np.ones(given.shape) if settled_limits else _grown(given.size, weight)
    half = width * deviation * math.sqrt(weight / (2 - weight)) * np.sqrt(grown)
    low, high = target - half, target + half
    return Ewma(levels, low, high, (levels < low) | (levels > high))


def _grown(n: int, weight: float) -> Floats:
    return np.asarray(1 - (1 - weight) ** (2 * np.arange(1, n + 1)), np.float64)


def _sums(excess: Floats) -> Floats:
    total, sums = 0.0, np.empty(excess.shape)
    for i, x in enumerate(excess):
        total = max(0.0, total + x)
        sums[i] = total
    return sums


def _numbers(values: Column) -> Floats:
    given = np.asarray(values, np.float64)
    if not np.isfinite(given).all():
        raise ValueError("A series for drift has no missing values; leave those periods out.")
    return given
