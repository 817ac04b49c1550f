"""What a fleet will ask for: the sum over its assets, by the age and the usage of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats
from wellkept.methods.demand import LeadTimeDemand, negative_binomial
from wellkept.methods.demand.lead_time import from_cdf
from wellkept.methods.installed_base_demand.laws import PowerLawRepair, Survival, always

ROWS = 512


@dataclass(frozen=True, slots=True, eq=False)
class FleetDemand:
    """Hold the expected demand of a fleet for one part, and its variance.

    `by_asset` (n,) is the mean of each asset, all its positions together.
    """

    mean: float
    variance: float
    by_asset: Floats

    def demand(self) -> LeadTimeDemand:
        """Give the distribution of the demand, by its mean and variance.

        Above the mean a variance makes it negative binomial, at the mean Poisson, below it (parts
        that wear out one after another come evenly) a mixture of two neighbouring binomials.
        Source of the last: Adan, van Eenige & Resing 1995, Probability in the Engineering and
        Informational Sciences 9:623.
        """
        if self.variance < self.mean * (1 - 1e-9) and self.mean > 0:
            return _binomials(self.mean, self.variance)
        return negative_binomial(self.mean, max(self.variance, self.mean))


def fleet_demand(
    law: Survival | PowerLawRepair,
    age: ArrayLike,
    ahead: ArrayLike,
    *,
    positions: ArrayLike = 1,
    stays: Survival = always,
) -> FleetDemand:
    """Give what a fleet will ask for of one part.

    `law` in usage or in time: a survival function R(t) of parts that are replaced by new ones
    (`WeibullLife`, `ErlangLife`, a fitted `repairable.Weibull.survival`, any), or a
    `PowerLawRepair` of units that are repaired to what they were. `age` (n,) of the part in each
    asset and `ahead` (n,), or one for all, the stretch to come, both in the unit of the law: for
    usage, usage per period × periods. `positions` how many such parts an asset carries, each of
    that age. `stays` is the share of assets still in service when a share (0 to 1) of the stretch
    has passed.
    Renewal: E[N] = G(h) + ∫ M(h − x) dG(x), G(x) = 1 − R(age + x) ÷ R(age), M = F + F∗M;
    E[N(N − 1)] = 2 ∫ M(h − x) dE[N](x). Minimal repair: Λ(age + h) − Λ(age), Poisson. Assets and
    positions are taken as independent.
    Raises ValueError for ages or stretches that are missing or negative, and for an age that the
    law says no part reaches.
    Source: Cox 1962, *Renewal Theory*, 4.1 and 4.5; Xie 1989 (numerics).

    >>> from wellkept.methods.installed_base_demand.laws import WeibullLife
    >>> round(fleet_demand(WeibullLife(1.0, 2.0), [0.0, 5.0], 1.0, positions=[1, 3]).mean, 6)
    2.0
    """
    ages, stretch, many = _fleet(age, ahead, positions)
    first, second = np.zeros(ages.size), np.zeros(ages.size)
    used = np.flatnonzero(stretch > 0)
    if used.size:
        first[used], second[used] = _moments(law, stays, ages[used], stretch[used])
    variance = np.maximum(second + first - first**2, 0.0)
    return FleetDemand(float(many @ first), float(many @ variance), many * first)


def _moments(
    law: Survival | PowerLawRepair, stays: Survival, age: Floats, ahead: Floats
) -> tuple[Floats, Floats]:
    """Give the two factorial moments of assets, those of equal age and stretch reckoned once."""
    from wellkept.methods.installed_base_demand.renewals import alike, repaired, replaced

    kinds, back = np.unique(np.stack((age, ahead), axis=1), axis=0, return_inverse=True)
    ages, stretches = kinds[:, 0], kinds[:, 1]
    out = np.zeros((2, ages.size))
    if not isinstance(law, PowerLawRepair):
        _reached(law, ages)
    for group in alike(stretches):
        for rows in np.array_split(group, max(1, group.size // ROWS)):
            if isinstance(law, PowerLawRepair):
                out[:, rows] = repaired(law, stays, ages[rows], stretches[rows])
            else:
                out[:, rows] = replaced(law, stays, ages[rows], stretches[rows])
    return out[0][back.ravel()], out[1][back.ravel()]


def _reached(life: Survival, ages: Floats) -> None:
    alive = np.asarray(life(ages))
    if not (np.isfinite(alive) & (alive > 0) & (alive <= 1 + 1e-12)).all():
        worst = ages[int(np.argmax(~(alive > 0)))]
        raise ValueError(
            f"By this law no part reaches the age {worst:g}, yet one is in service. Check the"
            " unit of the age against that of the law, or whether the part was replaced since."
        )


def _fleet(age: ArrayLike, ahead: ArrayLike, positions: ArrayLike) -> tuple[Floats, Floats, Floats]:
    ages = np.atleast_1d(np.asarray(age, np.float64))
    stretch = np.broadcast_to(np.asarray(ahead, np.float64), ages.shape).astype(np.float64)
    many = np.broadcast_to(np.asarray(positions, np.float64), ages.shape).astype(np.float64)
    for values, name in ((ages, "age"), (stretch, "stretch ahead"), (many, "number of positions")):
        wrong = ~(np.isfinite(values) & (values >= 0))
        if wrong.any():
            i = int(np.argmax(wrong))
            raise ValueError(
                f"The {name} of asset {i} is {values[i]:g}; it must be a number from 0 up. State"
                " what you assume where it is not known."
            )
    return ages, stretch, many


def _binomials(mean: float, variance: float) -> LeadTimeDemand:
    from scipy.special import bdtr

    a = variance / mean**2 - 1 / mean
    k = max(int(np.floor(-1 / a)), 1)
    # A variance below that of the two nearest whole numbers cannot be: take the least there is.
    a = max(a, -1 / k)
    root = np.sqrt(max(-a * k * (1 + k) - k, 0.0))
    share = min(max((1 + a * (1 + k) + root) / (1 + a), 0.0), 1.0) if a > -1 else 1.0
    p = min(mean / (k + 1 - share), 1.0)

    def cdf(_: object, units: Floats) -> Floats:
        lower = np.where(units >= k, 1.0, bdtr(np.minimum(units, k), k, p))
        upper = np.where(units > k, 1.0, bdtr(np.minimum(units, k + 1), k + 1, p))
        return np.asarray(share * lower + (1 - share) * upper)

    return from_cdf(cdf, reach=np.array([k + 2.0]), one=True)
