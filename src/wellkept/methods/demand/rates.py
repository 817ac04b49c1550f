"""Unit demand at a rate that few demands show badly: the predictive distribution.

Planning on the estimated rate as if it were the true one understates what may be missing, whatever
the estimate, since backorders bend upwards in the rate. So the rate keeps its uncertainty:
Gamma, and the lead-time demand is negative binomial.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats
from wellkept.methods.demand.lead_time import LeadTimeDemand, negative_binomial
from wellkept.methods.demand.observed import History, history

STEPS = 5000


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Hold the uncertain rate of each part: Gamma(shape, per), mean shape ÷ per a period.

    One number for one part. `per` is the exposure behind it, in periods (or whatever the exposure
    was counted in).
    """

    shape: Any
    per: Any

    @property
    def mean(self) -> Any:
        """Give the mean rate per unit of exposure."""
        return self.shape / self.per

    @property
    def variance(self) -> Any:
        """Give the variance of the rate."""
        return self.shape / self.per**2

    def after(self, count: ArrayLike, exposure: ArrayLike) -> Rate:
        """Give the rate after `count` demands in an exposure; both (n,), not negative."""
        seen, watched = np.asarray(count, np.float64), np.asarray(exposure, np.float64)
        if not (np.all(seen >= 0) and np.all(watched >= 0)):
            raise ValueError("Counts and exposures are not negative.")
        return Rate(self.shape + seen, self.per + watched)

    def demand(self, lead: ArrayLike) -> LeadTimeDemand:
        """Give the predictive demand of a lead time: negative binomial, exact for Poisson demand.

        Mean rate × lead, variance mean × (1 + lead ÷ per). `lead` in the unit of the exposure.
        Source: Gamma–Poisson predictive; Sherbrooke 1968, Operations Research 16:122 (Bayes in
        METRIC).
        """
        ahead = np.asarray(lead, np.float64)
        mean = np.asarray(self.mean * ahead, np.float64)
        if not np.all(ahead > 0):
            raise ValueError("A lead time is above 0.")
        return negative_binomial(mean, mean * (1 + ahead / self.per))


def usual_rate(count: ArrayLike, exposure: ArrayLike) -> Rate:
    """Give the Gamma distribution of the rates of many like parts: the prior for each of them.

    `count` (n,) demands in `exposure` (n,). By highest likelihood of the counts (negative
    binomial); where they vary no more than chance alone makes them, the prior is that of one common
    rate, worth a hundred times the longest exposure.
    Raises ValueError when nothing was watched or nothing was demanded: state a prior then
    (`Rate(shape, per)`), for instance from the installed base.
    Source: Robbins 1956; Greenwood & Yule 1920, JRSS 83:255 (negative binomial counts).
    """
    seen, watched = np.broadcast_arrays(
        np.asarray(count, np.float64), np.asarray(exposure, np.float64)
    )
    seen, watched = np.ravel(seen)[np.ravel(watched) > 0], np.ravel(watched)[np.ravel(watched) > 0]
    if not seen.sum() > 0:
        raise ValueError(
            "No demand in any watched period, so these parts show no usual rate. State one:"
            " Rate(shape, per), for instance from the installed base and its failure law."
        )
    low, high = (
        np.log(1e-3),
        np.log(100 * max(float(watched.max() * seen.sum() / watched.sum()), 1)),
    )
    golden = (5**0.5 - 1) / 2
    for _ in range(60):
        left, right = high - golden * (high - low), low + golden * (high - low)
        worse = _gain(seen, watched, left)[0] < _gain(seen, watched, right)[0]
        low, high = (left, high) if worse else (low, right)
    shape = float(np.exp((low + high) / 2))
    return Rate(shape, shape / _gain(seen, watched, float(np.log(shape)))[1])


def gamma_poisson(
    demand: ArrayLike, lead: ArrayLike, prior: Rate, stocked_out: ArrayLike | None = None
) -> LeadTimeDemand:
    """Give the lead-time demand of parts that are asked for one unit at a time.

    `demand` (T,) or (n, T), `stocked_out` alike; `prior` the rate per period before the history,
    one for all or one each; `lead` in periods. A period with an empty shelf says *at least*: with
    nothing demanded it says nothing, else its likelihood is P(D ≥ seen).
    """
    return rate_after(prior, history(demand, stocked_out), np.ndim(demand) == 1).demand(lead)


def rate_after(prior: Rate, past: History, one: bool = False) -> Rate:
    """Give the rate of each part after its history, lower bounds counted as such.

    With lower bounds the exact posterior is no Gamma; it is replaced by the Gamma of equal mean and
    variance.
    """
    shape = np.broadcast_to(np.asarray(prior.shape, np.float64), (past.parts,)).copy()
    per = np.broadcast_to(np.asarray(prior.per, np.float64), (past.parts,)).copy()
    exact = past.judged & ~past.at_least
    shape += np.where(exact, past.demand, 0.0).sum(axis=1)
    per += exact.sum(axis=1)
    least = past.judged & past.at_least
    for part in np.flatnonzero(least.any(axis=1)):
        shape[part], per[part] = _raised(shape[part], per[part], past.demand[part, least[part]])
    return Rate(shape[0], per[0]) if one else Rate(shape, per)


def _raised(shape: float, per: float, least: Floats) -> tuple[float, float]:
    """Give the Gamma after periods whose demand is only known to be at least so much.

    Mean and variance of Gamma(shape, per) × ∏ P(D ≥ least), summed over even steps of ln rate.
    """
    from scipy.special import gammainc, gammaincinv

    top = max(float(gammaincinv(shape, 1 - 1e-12)) / per, float(least.max()))
    log_rate = np.linspace(np.log(top) - 25, np.log(top), STEPS)
    rate = np.exp(log_rate)
    log = shape * log_rate - per * rate
    for bound in np.ceil(least):
        log += np.log(np.maximum(gammainc(bound, rate), 1e-300))
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    mean = float(weight @ rate)
    variance = float(weight @ (rate - mean) ** 2)
    return mean**2 / variance, mean / variance


def _gain(seen: Floats, watched: Floats, log_shape: float) -> tuple[float, float]:
    """Give the log likelihood of negative binomial counts of a shape, and its likeliest rate.

    The rate solves Σ (count − rate × exposure) ÷ (shape + rate × exposure) = 0.
    """
    from scipy.special import gammaln

    shape = float(np.exp(log_shape))
    ratios = seen / watched
    low, high = 0.0, float(ratios.max())
    for _ in range(60):
        rate = (low + high) / 2
        more = float(((seen - rate * watched) / (shape + rate * watched)).sum()) > 0
        low, high = (rate, high) if more else (low, rate)
    mean = high * watched
    logs = gammaln(shape + seen) - gammaln(shape) - shape * np.log1p(mean / shape)
    return float((logs + seen * np.log(mean / (shape + mean))).sum()), high
