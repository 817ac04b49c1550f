"""The power law of repairs (Crow–AMSAA): does a repairable unit get better or worse with age?

Mean number of failures up to age t: scale × t^growth. A growth below 1 improves, above 1 wears.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods import bounds
from wellkept.methods.bounds import Floats, Interval
from wellkept.methods.repairable.units import Units


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """Hold the power law of one history, or of like units together.

    `growth` β with its exact interval, `scale` λ by highest likelihood; `growth_unbiased` corrects
    β for its bias, `scale_unbiased` goes with it. `failures` n, up to the age `end` (the largest of
    several). `mtbf` is the mean time between failures *now*, at `end`: 1 ÷ (λ β T^(β−1)), with its
    exact interval, `mtbf_unbiased` that from the unbiased β. `misfit` is the Cramér–von Mises
    statistic of one history, else nan.
    """

    growth: Interval[float]
    scale: float
    growth_unbiased: float
    scale_unbiased: float
    mtbf: Interval[float]
    mtbf_unbiased: float
    failures: int
    end: float
    misfit: float
    ended_by_failure: bool

    def expected(self, age: ArrayLike, ahead: ArrayLike) -> Floats:
        """Give the failures to expect of a unit from an age over a stretch ahead."""
        begin = np.asarray(age, np.float64)
        end = begin + np.asarray(ahead, np.float64)
        beta = self.growth.value
        return np.asarray(self.scale * (end**beta - begin**beta))

    def covariance(self) -> Floats:
        """Give the large-sample covariance of λ and β (2, 2), by the inverse Fisher matrix."""
        n, beta, scale, log_end = self.failures, self.growth.value, self.scale, np.log(self.end)
        cross = self.end**beta * log_end
        fisher = np.array(
            [[n / scale**2, cross], [cross, n / beta**2 + scale * cross * log_end]], np.float64
        )
        return np.asarray(np.linalg.inv(fisher))

    def mtbf_modified(self, level: float = 0.8) -> Interval[float]:
        """Give the present MTBF from the unbiased β with the approximate bounds that NIST prints.

        Prefer the exact `mtbf`; this one is for comparing with tables. Time terminated.
        Source: NIST/SEMATECH e-Handbook 8.4.5.2.
        """
        n, z, m = self.failures, bounds.deviations(level), self.mtbf_unbiased
        above = n + z**2 / 4 + (n * z**2 / 2 + z**4 / 16) ** 0.5
        below = n - z * (n / 2) ** 0.5
        return Interval(m, m * n * (n - 1) / above**2, m * n * (n - 1) / below**2)


def power_law(age: ArrayLike, end: float | None = None, *, level: float = 0.95) -> PowerLaw:
    """Give the power law of one unit from the ages of its failures.

    `age` (n,) in operating time; `end` the age up to which it was watched (time terminated). With
    no `end` the watch ended with the last failure (failure terminated), which then counts for
    the estimate of λ but not for that of β. Exact intervals at `level`, two-sided.
    Raises ValueError with fewer than 2 failures (3 when failure terminated, for the bias), and for
    ages not above 0 or beyond the end.
    Source: Crow 1974; MIL-HDBK-189 (1981), appendix C; Crow 1982, Technometrics 24:67 (bounds on
    the present MTBF); NIST/SEMATECH e-Handbook 8.4.5.2.

    >>> law = power_law([5, 40, 43, 175, 389, 712, 747, 795, 1299, 1478], 1500)
    >>> round(law.growth_unbiased, 6), round(law.mtbf_unbiased, 3)
    (0.483506, 310.234)
    """
    when = np.sort(np.asarray(age, np.float64))
    by_failure = end is None
    last = float(when[-1]) if end is None and when.size else float(end or 0.0)
    _check(when, last, by_failure)
    n = int(when.size)
    m = n - 1 if by_failure else n
    logs = float(np.log(last / when[:m]).sum())
    if logs <= 0:
        raise ValueError("All failures lie at the end of the watch: no growth can be told.")
    beta = n / logs
    unbiased = (n - 2) / logs if by_failure else (n - 1) / logs
    return _law(beta, unbiased, n, last, _misfit(when[:m], last, (m - 1) / logs), by_failure, level)


def _law(
    beta: float, unbiased: float, n: int, end: float, misfit: float, by_failure: bool, level: float
) -> PowerLaw:
    from scipy.special import gammaincinv

    m = n - 1 if by_failure else n
    side = bounds.outside(level)
    low, high = (float(gammaincinv(m, p)) for p in (side, 1 - side))
    mtbf = end / (n * beta)
    factors = mtbf_factors(n, level, ended_by_failure=by_failure)
    return PowerLaw(
        growth=Interval(beta, beta * low / n, beta * high / n),
        scale=n / end**beta,
        growth_unbiased=unbiased,
        scale_unbiased=n / end**unbiased,
        mtbf=Interval(mtbf, mtbf * factors[0], mtbf * factors[1]),
        mtbf_unbiased=end / (n * unbiased) if unbiased > 0 else float("nan"),
        failures=n,
        end=end,
        misfit=misfit,
        ended_by_failure=by_failure,
    )


def fleet_power_law(watched: Units) -> PowerLaw:
    """Give the power law that like units follow together; each may start and end at its own age.

    Solves Σ over units of λ (end^β ln end − start^β ln start) = failures ÷ β + Σ ln age, with
    λ = failures ÷ Σ (end^β − start^β). Intervals are exact when all start at 0 and end alike; else
    they are those of highest likelihood (nan for the MTBF).
    Raises ValueError with fewer than 2 failures. Source: Crow 1990, in MIL-HDBK-189C, chapter 6;
    Rigdon & Basu 2000, *Statistical Methods for the Reliability of Repairable Systems*, section 5.
    """
    n = int(watched.age.size)
    if n < 2:
        raise ValueError(f"A power law needs at least 2 failures; there are {n}.")
    if (watched.age <= 0).any():
        raise ValueError("A failure at age 0 fits no power law; give ages above 0.")
    logs = float(np.log(watched.age).sum())
    low, high = 1e-6, 1.0
    while _score(high, watched, n, logs) > 0 and high < 1e3:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _score(middle, watched, n, logs) > 0 else (low, middle)
    beta = (low + high) / 2
    alike = bool((watched.start == 0).all() and (watched.end == watched.end[0]).all())
    end = float(watched.end.max())
    grown = float((watched.end**beta - watched.start**beta).sum())
    if alike:
        return _many_alike(beta, n, end, int(watched.end.size))
    nothing = Interval(1 / (n / grown * beta * end ** (beta - 1)), float("nan"), float("nan"))
    spread = bounds.deviations(0.95) / np.sqrt(n)
    return PowerLaw(
        growth=Interval(beta, beta * float(np.exp(-spread)), beta * float(np.exp(spread))),
        scale=n / grown,
        growth_unbiased=beta * (n - 1) / n,
        scale_unbiased=float("nan"),
        mtbf=nothing,
        mtbf_unbiased=float("nan"),
        failures=n,
        end=end,
        misfit=float("nan"),
        ended_by_failure=False,
    )


def _many_alike(beta: float, n: int, end: float, count: int) -> PowerLaw:
    law = _law(beta, beta * (n - 1) / n, n, end, float("nan"), False, 0.95)
    mtbf = Interval(*(x * count for x in (law.mtbf.value, law.mtbf.low, law.mtbf.high)))
    return PowerLaw(
        growth=law.growth,
        scale=law.scale / count,
        growth_unbiased=law.growth_unbiased,
        scale_unbiased=law.scale_unbiased / count,
        mtbf=mtbf,
        mtbf_unbiased=law.mtbf_unbiased * count,
        failures=n,
        end=end,
        misfit=float("nan"),
        ended_by_failure=False,
    )


def _score(beta: float, watched: Units, n: int, logs: float) -> float:
    """Give the slope of the log likelihood in β, falling in β, 0 at the estimate."""
    top = float(watched.end.max())
    end, start = watched.end / top, watched.start / top
    log_start = np.log(np.where(start > 0, start, 1.0))
    grown = float((end**beta - start**beta).sum())
    turned = float((end**beta * np.log(end) - start**beta * log_start).sum())
    return n / beta + (logs - n * float(np.log(top))) - n * turned / grown


def grouped_power_law(end: ArrayLike, count: ArrayLike) -> tuple[float, float]:
    """Give β and λ when only counts per stretch of age are known.

    `end` (k,) the ages at which the stretches end, the first beginning at 0; `count` (k,).
    Solves Σ count × [(b^β ln b − a^β ln a) ÷ (b^β − a^β) − ln T] = 0.
    Raises ValueError unless ends ascend and at least two stretches had failures.
    Source: Crow, MIL-HDBK-189 (1981), section 5.3.4.

    >>> [round(x, 6) for x in grouped_power_law([20, 40, 60, 80, 100], [13, 16, 5, 8, 7])]
    [0.752851, 1.529306]
    """
    ends, counts = np.asarray(end, np.float64), np.asarray(count, np.float64)
    if not (ends.shape == counts.shape and (np.diff(ends, prepend=0.0) > 0).all()):
        raise ValueError("Stretches of age need ascending ends above 0, and one count each.")
    if np.count_nonzero(counts > 0) < 2 or (counts < 0).any():
        raise ValueError("Counts that show growth are above 0 in at least two stretches.")
    b = ends / ends[-1]
    a = np.concatenate(([0.0], b[:-1]))
    log_b, log_a = np.log(b), np.log(np.where(a > 0, a, 1.0))

    def slope(beta: float) -> float:
        grown, fallen = b**beta, a**beta
        return float((counts * (grown * log_b - fallen * log_a) / (grown - fallen)).sum())

    low, high = 1e-6, 1e3
    for _ in range(200):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return low, float(counts.sum() / ends[-1] ** low)


@cache
def mtbf_factors(n: int, level: float, *, ended_by_failure: bool) -> tuple[float, float]:
    """Give the exact factors by which the estimated present MTBF is bounded, after n failures.

    Time terminated: n² ÷ z with P(N ≥ n | z) = P(N ≤ n | z) = α/2, where N = k has probability
    proportional to z^k ÷ (k! (k−1)!). Failure terminated: n² × (1, the quantiles of the product of
    Gamma(n) and Gamma(n − 1) variates)⁻¹. Source: Crow 1982, Technometrics 24:67.

    >>> [round(x, 4) for x in mtbf_factors(23, 0.8, ended_by_failure=False)]
    [0.6762, 1.5744]
    """
    side = bounds.outside(level)
    if ended_by_failure:
        return _product_factors(n, side)
    low = n * n / _solve(lambda z: 1 - _up_to(n, z), 1 - side, n)
    return low, n * n / _solve(lambda z: 1 - _up_to(n - 1, z), side, n)


def _up_to(k: int, z: float) -> float:
    """Give P(N ≤ k) for P(N = j) proportional to z^j ÷ (j! (j−1)!), j ≥ 1."""
    from scipy.special import gammaln

    most = int(4 * np.sqrt(z)) + 4 * k + 60
    j = np.arange(1.0, most)
    logs = j * np.log(z) - gammaln(j + 1) - gammaln(j)
    mass = np.exp(logs - logs.max())
    return float(mass[:k].sum() / mass.sum())


def _product_factors(n: int, side: float) -> tuple[float, float]:
    from scipy.special import gammainc, gammaln

    log_w = np.linspace(np.log(n) - 40 / np.sqrt(n), np.log(n + 40 + 12 * np.sqrt(n)), 4_001)
    w = np.exp(log_w)
    log_density = (n - 1) * log_w - w - gammaln(n - 1)
    density = np.exp(log_density)
    density /= density.sum()

    def below(z: float) -> float:
        return float(density @ gammainc(n, z / w))

    return n * n / _solve(below, 1 - side, n), n * n / _solve(below, side, n)


def _solve(rising: Callable[[float], float], target: float, n: int) -> float:
    """Find z with rising(z) = target by bisection in the log, from what n makes likely."""
    low, high = 1e-12, float(n * n + 100 * n + 1000)
    while rising(high) < target:
        high *= 2
    for _ in range(200):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if rising(middle) < target else (low, middle)
        if high / low - 1 < 1e-14:
            break
    return high


def _misfit(when: Floats, end: float, beta: float) -> float:
    """Give the Cramér–von Mises distance of the ages from the power law with the unbiased β."""
    m = when.size
    place = (2 * np.arange(1, m + 1) - 1) / (2 * m)
    return float(
        1 / (12 * m) + ((np.sort(when) / end) ** beta - place) @ ((when / end) ** beta - place)
    )


def _check(when: Floats, end: float, by_failure: bool) -> None:
    least = 3 if by_failure else 2
    if when.size < least:
        raise ValueError(
            f"A power law needs at least {least} failures here; there are {when.size}. With fewer,"
            " give the rate and its exact Poisson bounds instead."
        )
    if not (np.isfinite(when).all() and when[0] > 0 and when[-1] <= end):
        raise ValueError(
            f"Ages of failures lie above 0 and up to the end of the watch ({end:g}); from"
            f" {when[0]:g} to {when[-1]:g} were given."
        )
