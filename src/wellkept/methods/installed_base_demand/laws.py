"""Laws of life and of repair, as functions of age or usage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wellkept.methods.bounds import Floats

Survival = Callable[[Floats], Floats]
"""Takes ages (any shape) and gives the share that lives longer: 1 at 0, falling, from 1 to 0."""


@dataclass(frozen=True, slots=True)
class WeibullLife:
    """Give R(t) = exp(−(t ÷ scale)^shape): wear above shape 1, early failures below."""

    shape: float
    scale: float

    def __call__(self, age: Floats) -> Floats:
        """Give the share that lives longer than each age."""
        return np.asarray(np.exp(-((age / self.scale) ** self.shape)))


@dataclass(frozen=True, slots=True)
class ErlangLife:
    """Give the life of `stages` exponential stages in a row, each left at `rate`."""

    stages: int
    rate: float

    def __call__(self, age: Floats) -> Floats:
        """Give the share that lives longer than each age."""
        from scipy.special import gammaincc

        return np.asarray(gammaincc(self.stages, self.rate * age))


@dataclass(frozen=True, slots=True)
class PowerLawRepair:
    """Give the failures of a unit that is repaired to what it was: scale × age^growth up to an age.

    From the estimates of `repairable.power_law`, or from a Weibull law by `of_weibull`.
    """

    growth: float
    scale: float

    @staticmethod
    def of_weibull(shape: float, scale: float) -> PowerLawRepair:
        """Give minimal repair of a unit whose first life is Weibull: (age ÷ scale)^shape."""
        return PowerLawRepair(shape, float(scale**-shape))

    def upto(self, age: Floats) -> Floats:
        """Give the mean failures of a unit from new up to each age."""
        return np.asarray(self.scale * age**self.growth)


def always(ahead: Floats) -> Floats:
    """Give 1 at every age: assets that are never retired."""
    return np.ones_like(ahead)
