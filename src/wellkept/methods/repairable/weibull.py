"""The Weibull law of lives, some not over and some seen only from an age on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wellkept.methods.bounds import Floats, Interval


@dataclass(frozen=True, slots=True, eq=False)
class Weibull:
    """Hold a Weibull law: P(life > t) = exp(−(t ÷ scale)^shape), with likelihood intervals.

    `scale` in the unit of the lives; `log_likelihood` at the estimate; `failed` of `n` lives ended.
    With one failure the shape cannot be told and is refused.
    """

    shape: Interval[float]
    scale: Interval[float]
    log_likelihood: float
    failed: int
    n: int

    def survival(self, age: ArrayLike) -> Any:
        """Give the share that lives longer than an age."""
        return np.exp(-((np.asarray(age, np.float64) / self.scale.value) ** self.shape.value))

    def quantile(self, p: ArrayLike) -> Any:
        """Give the age by which the share p has failed."""
        share = np.asarray(p, np.float64)
        return self.scale.value * (-np.log1p(-share)) ** (1 / self.shape.value)


def weibull(
    life: ArrayLike,
    failed: ArrayLike,
    entry: ArrayLike = 0.0,
    *,
    weight: ArrayLike = 1.0,
    level: float = 0.95,
    scale_interval: bool = True,
) -> Weibull:
    """Give the Weibull law of highest likelihood, with profile likelihood intervals.

    `life` (n,) ages at failure, or now where `failed` is False; `entry` the age from which a life
    was under watch (0 for all unless given): those that failed earlier were never seen; `weight`
    how many like lives a row stands for. log L = Σ failed [ln k − ln s + (k − 1) ln(t ÷ s)]
    − Σ [(t ÷ s)^k − (entry ÷ s)^k]. An end of an interval that does not exist is 0 or inf.
    The interval of the scale takes most of the time; without `scale_interval` it is 0 to inf.
    Raises ValueError with fewer than 2 different ages at failure, and for ages that are missing,
    not above 0, or not above their entry.
    Source: Kalbfleisch & Prentice 2002, section 3.4; Meeker & Escobar 1998, chapter 8 (intervals).
    """
    from scipy.special import gammaincinv

    data = _lives(life, failed, entry, weight)
    shape = _peak(data)
    best = data.profile(shape)
    # The profile falls by half the χ²(1) quantile.
    drop = float(gammaincinv(0.5, level))
    low = _crossing(lambda k: data.profile(k) - best + drop, shape, 1 / 1.1)
    high = _crossing(lambda k: data.profile(k) - best + drop, shape, 1.1)
    scale = data.best_scale(shape)
    ends = _scale_ends(data, (low, high), best - drop) if scale_interval else (0.0, math.inf)
    return Weibull(
        shape=Interval(shape, low, high),
        scale=Interval(scale * data.unit, ends[0] * data.unit, ends[1] * data.unit),
        log_likelihood=best - float(data.weight[data.failed].sum()) * float(np.log(data.unit)),
        failed=int(np.count_nonzero(data.failed & (data.weight > 0))),
        n=int(data.life.size),
    )


@dataclass(frozen=True, eq=False)
class _Lives:
    life: Floats
    failed: Any
    entry: Floats
    weight: Floats
    unit: float

    @cached_property
    def signed(self) -> tuple[Floats, Floats]:
        """Give the logs of lives and of entries above 0, and their weights, entries negative."""
        late = self.entry > 0
        logs = np.log(np.concatenate([self.life, self.entry[late]]))
        return logs, np.concatenate([self.weight, -self.weight[late]])

    def hazard(self, k: float) -> float:
        """Give Σ (t^k − entry^k)."""
        logs, weights = self.signed
        return float(weights @ np.exp(k * logs))

    def hazard_slope(self, k: float) -> float:
        """Give the slope of that sum in k."""
        logs, weights = self.signed
        return float(weights @ (np.exp(k * logs) * logs))

    @cached_property
    def ends(self) -> float:
        return float(self.weight[self.failed].sum())

    @cached_property
    def log_sum(self) -> float:
        return float((self.weight * np.log(self.life))[self.failed].sum())

    def best_scale(self, k: float) -> float:
        return float((self.hazard(k) / self.ends) ** (1 / k))

    def profile(self, k: float) -> float:
        """Give the log likelihood at shape k with its best scale."""
        total, d = self.hazard(k), self.ends
        return float(d * (np.log(k) + np.log(d / total)) + (k - 1) * self.log_sum - d)

    def slope(self, k: float) -> float:
        turned = self.ends * self.hazard_slope(k) / self.hazard(k)
        return float(self.ends / k + self.log_sum - turned)

    def log_scale(self, k: float, floor: float, side: int) -> float:
        """Give the log of the least (−1) or greatest (1) scale with a log likelihood of `floor`.

        At shape k the likelihood rests on v = Σ (t^k − entry^k) ÷ (failures × scale^k) alone, as
        failures × (ln v − v), which is highest at v = 1; where even that is below the floor there
        is no such scale, and the best one is given.
        """
        total, d = self.hazard(k), self.ends
        best = d * (np.log(k) + np.log(d / total)) + (k - 1) * self.log_sum - d
        wanted = (floor - best) / d - 1
        near, far = 0.0, float(-side)
        while far * -side < 700 and far - math.exp(far) > wanted:
            near, far = far, 2 * far
        for _ in range(70):
            middle = (near + far) / 2
            near, far = (middle, far) if middle - math.exp(middle) > wanted else (near, middle)
        return float((np.log(total / d) - near) / k)


def _scale_ends(data: _Lives, shapes: tuple[float, float], floor: float) -> tuple[float, float]:
    """Find the least and greatest scale inside the likelihood region, by golden section in shape.

    Only shapes inside their own interval reach the floor at all.
    """
    golden = (5**0.5 - 1) / 2
    ends = []
    for side in (-1, 1):
        low, high = np.log(max(shapes[0], 1e-6)), np.log(min(shapes[1], 1e6))
        for _ in range(60):
            left, right = high - golden * (high - low), low + golden * (high - low)
            at_left, at_right = (
                side * data.log_scale(float(np.exp(x)), floor, side) for x in (left, right)
            )
            low, high = (low, right) if at_left >= at_right else (left, high)
        ends.append(float(np.exp(data.log_scale(float(np.exp((low + high) / 2)), floor, side))))
    return ends[0], ends[1]


def _peak(data: _Lives) -> float:
    """Find the shape at which the profile likelihood is highest."""
    return float(np.exp(_root(lambda x: data.slope(float(np.exp(x))), np.log(1e-3), np.log(200.0))))


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Find where a function that falls through 0 does so: chords, and halves to be sure.

    Where it is no number it counts as below 0.
    Source: Dahlquist & Björck 1974, Numerical Methods, 6.2 (the Illinois method).
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        upper, lower = falling(low), falling(high)
        for turn in range(150):
            step = upper / (upper - lower) if upper > lower else 0.0
            x = low + (step if turn % 3 and 0 < step < 1 else 0.5) * (high - low)
            value = falling(x)
            if value > 0:
                low, upper, lower = x, value, lower / 2
            else:
                high, lower, upper = x, value, upper / 2
            if high - low < 1e-15 * max(abs(low), 1.0) or value == 0:
                break
    return x if value == 0 else (low + high) / 2


def _crossing(above: Callable[[float], float], peak: float, step: float) -> float:
    """Find where a function above 0 at its peak falls to 0 on one side; 0 or inf if never."""
    inside, outside = peak, peak * step
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for _ in range(60):
            value = above(outside)
            if not np.isfinite(value) or value < 0:
                break
            inside, outside = outside, outside * (outside / inside) ** 1.2
            if not 1e-9 < outside / peak < 1e9:
                return 0.0 if step < 1 else float("inf")
    ratio = outside / inside
    return float(inside * ratio ** _root(lambda x: above(inside * ratio**x), 0.0, 1.0))


def _lives(life: ArrayLike, failed: ArrayLike, entry: ArrayLike, weight: ArrayLike) -> _Lives:
    age = np.atleast_1d(np.asarray(life, np.float64))
    done = np.atleast_1d(np.asarray(failed, np.bool_))
    since = np.broadcast_to(np.asarray(entry, np.float64), age.shape).astype(np.float64)
    many = np.broadcast_to(np.asarray(weight, np.float64), age.shape).astype(np.float64)
    if done.shape != age.shape or age.ndim != 1:
        raise ValueError(f"{age.size} lives need as many words on whether each failed.")
    wrong = ~(np.isfinite(age) & (age > 0) & (since >= 0) & (since < age) & (many >= 0))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"Lives are ages above 0 and above the age of entry, with weights from 0 up; life {i}"
            f" is {age[i]:g}, entered at {since[i]:g}, weight {many[i]:g}."
        )
    if np.unique(age[done & (many > 0)]).size < 2:
        raise ValueError(
            "A Weibull shape shows only in failures at two different ages or more. State a shape,"
            " or give the share that lives by `survival.kaplan_meier`."
        )
    unit = float(np.exp(np.average(np.log(age[done]), weights=many[done])))
    return _Lives(age / unit, done, since / unit, many, unit)
