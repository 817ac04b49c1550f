"""How long things take when some are not finished: open cases count, late arrivals count right.

A case that is still open has lasted *at least* so long (`settled` is False); a case that was open
when the records begin is seen only from its age at that moment (`entry`). Kaplan–Meier uses both
as they are; leaving them out would report the fast ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wellkept.methods import bounds
from wellkept.methods.bounds import Column, Floats, Interval, Number
from wellkept.methods.risk_sets import Ages, first_watched, risk_set, watched_before

ROUNDING = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Hold a curve ready to draw: after t[i] the share s[i] still waits, between low and high."""

    t: Floats
    s: Floats
    low: Floats
    high: Floats
    at_risk: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Hold the share still waiting after each age at which something was settled.

    `t` are the ages, ascending, in the unit of the durations; `s[i]` is the share that waits longer
    than t[i], `low[i]` and `high[i]` its log–log bounds, `at_risk[i]` the cases under watch just
    before t[i], `settled[i]` those settled at it, `spread[i]` Greenwood's sum (inf once s is 0).
    The curve speaks of ages from `start` to `last`, the longest age seen, with `at_risk_last` cases
    under watch there; `note` says why it does not start at 0, when it does not. `n` cases were
    used, `open` of them not settled.
    """

    t: Floats
    s: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    settled: Floats
    spread: Floats
    n: float
    open: float
    start: float
    last: float
    at_risk_last: float
    level: float
    note: str | None

    @overload
    def at(self, t: Number) -> Interval[float]: ...
    @overload
    def at(self, t: Column) -> Interval[Floats]: ...
    def at(self, t: ArrayLike) -> Interval[Any]:
        """Give the share that waits longer than t.

        Beyond the longest age seen the value is nan, unless all were settled by then, and the
        upper bound is the last one known. Before `start`: nan between 0 and 1. Before anything
        was settled the value is 1 and the lower bound is that of an exact binomial guarantee for
        the cases then under watch (the log–log band would say 1, as if nothing were uncertain).
        """
        return self._waiting(np.asarray(t, np.float64), np.asarray(-np.inf))

    @overload
    def beyond(self, due: Number, elapsed: Number) -> Interval[float]: ...
    @overload
    def beyond(self, due: Column, elapsed: Column | Number) -> Interval[Floats]: ...
    @overload
    def beyond(self, due: Number, elapsed: Column) -> Interval[Floats]: ...
    def beyond(self, due: ArrayLike, elapsed: ArrayLike) -> Interval[Any]:
        """Give the probability that a case still open at age `elapsed` outlasts the age `due`.

        P(T > due | T > elapsed) = S(due) ÷ S(elapsed), with Greenwood's sum over the ages between
        on the log–log scale: the curve of those who still waited at `elapsed`. It is 1 when the
        case has already outlasted its due age. It is nan between 0 and 1 when no case was seen to
        wait as long as `elapsed`, and nan with a known upper bound when `due` lies beyond `last`.
        """
        return self._waiting(np.asarray(due, np.float64), np.asarray(elapsed, np.float64))

    @overload
    def quantile(self, p: Number) -> Interval[float]: ...
    @overload
    def quantile(self, p: Column) -> Interval[Floats]: ...
    def quantile(self, p: ArrayLike) -> Interval[Any]:
        """Give the age by which the share p is settled, by inverting curve and band.

        The value is the first age at which at least p is settled (S(t) ≤ 1 − p); nan means *not
        yet reached*. The lower end is the first age at which the lower band, the upper end the
        first at which the upper band has come down to 1 − p; a lower end that is not reached is
        `last` (it is at least that), an upper one is inf. Unit: that of the durations.
        Source: Brookmeyer & Crowley 1982, Biometrics 38:29, on the log–log band.
        """
        probs = bounds.inside(p)
        found = [
            self._first_at_or_below(band, 1 - probs, missing)
            for band, missing in ((self.s, np.nan), (self.low, self.last), (self.high, np.inf))
        ]
        return bounds.interval(*found)

    def thinned(self, points: int = 200) -> Steps:
        """Give at most `points` steps that draw the same curve, first and last included.

        They are evenly spread over the share, over age and over the logarithm of age, so that the
        drawn share is off by at most about 3 ÷ points anywhere. The first step is (start, 1); the
        last reaches `last`.
        """
        keep = np.arange(self.t.size)
        if self.t.size > points - 2:
            keep = self._spread_out(max((points - 3) // 3, 1))
        t, at_risk = self.t[keep], self.at_risk[keep]
        if t.size and self.last > t[-1]:
            keep = np.append(keep, keep[-1])
            t, at_risk = np.append(t, self.last), np.append(at_risk, self.at_risk_last)
        return Steps(
            t=np.append(self.start, t),
            s=np.append(1.0, self.s[keep]),
            low=np.append(1.0, self.low[keep]),
            high=np.append(1.0, self.high[keep]),
            at_risk=np.append(at_risk[0] if t.size else self.n, at_risk),
        )

    def _spread_out(self, each: int) -> NDArray[np.intp]:
        axes = (-self.s, self.t, np.log1p(self.t))
        marks = [
            np.searchsorted(axis, np.linspace(axis[0], axis[-1], each), side="left")
            for axis in axes
        ]
        last = self.t.size - 1
        return np.union1d(np.minimum(np.concatenate(marks), last), [last]).astype(np.intp)

    def _first_at_or_below(self, band: Floats, share: Floats, missing: float) -> Floats:
        if not self.t.size:
            return np.full(share.shape, missing)
        lowest = np.minimum.accumulate(band)
        places = np.searchsorted(-lowest, -(share + ROUNDING))
        first = self.t[np.minimum(places, self.t.size - 1)]
        return np.where(places < lowest.size, first, missing)

    def _waiting(self, due: Floats, elapsed: Floats) -> Interval[Any]:
        """Give S(due) ÷ S(elapsed); an `elapsed` of −inf asks for S(due) itself."""
        if np.isnan(due).any() or np.isnan(elapsed).any():
            raise ValueError("An age that is asked for must be a number.")
        shape = np.broadcast_shapes(due.shape, elapsed.shape)
        due, elapsed = (np.ravel(np.broadcast_to(x, shape)) for x in (due, elapsed))
        curve, spread = np.append(1.0, self.s), np.append(0.0, self.spread)
        since = np.searchsorted(self.t, elapsed, side="right")
        upto = np.searchsorted(self.t, due, side="right")
        held = np.minimum(upto, np.count_nonzero(curve > 0) - 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = curve[upto] / curve[since]
            low, high = _band(curve[held] / curve[since], spread[held] - spread[since], self.level)
        given = elapsed > -np.inf
        over = given & (due <= elapsed)
        first = np.where(given, elapsed, due)
        unknown = ((self.start > 0) & (first < self.start)) | (curve[since] == 0)
        unseen = (due > self.last) & (curve[-1] > 0)
        quiet = bounds.outside(self.level) ** (1 / np.append(self.at_risk, 1.0))[since]
        answers = (
            np.select([over, unknown | unseen], [1.0, np.nan], value),
            np.select([over, unknown | unseen | (upto > held), upto == since], [1, 0, quiet], low),
            np.select([over | unknown], [1.0], high),
        )
        return bounds.interval(*(answer.reshape(shape) for answer in answers))


def kaplan_meier(
    duration: Column,
    settled: ArrayLike,
    entry: Column | None = None,
    weight: Column | None = None,
    *,
    level: float = 0.95,
    fewest: int = 10,
) -> Curve:
    """Give the share still waiting after each age, with open and late-seen cases counted right.

    `duration` is how long each case lasted or has lasted so far; `settled` is True where it ended;
    `entry` the age at which it came under watch (0 where seen from its beginning): it counts among
    those at risk at t when entry < t ≤ duration; `weight` how many like cases a row stands for
    (a weight of k equals k rows). All in one unit, which the result keeps.
    With late entries the first ages may rest on two or three cases, and one of them settled then
    pulls the whole curve down; so the curve starts at the first age with `fewest` cases under watch
    (or as many as there ever are, if fewer), speaks of those who waited longer, and says so.
    Raises ValueError, naming the position, for durations that are negative or missing, entries
    that are negative or not before the duration, and weights that are negative.
    Source: Kaplan & Meier 1958; Greenwood 1926; Kalbfleisch & Prentice 2002, section 1.4 (band);
    Tsai, Jewell & Wang 1987, Biometrika 74:883 (late entry).

    >>> curve = kaplan_meier([6, 6, 6, 7, 10], [True, True, True, True, False])
    >>> curve.t.tolist(), curve.s.round(3).tolist()
    ([6.0, 7.0], [0.4, 0.2])
    """
    lasted, done, since, weights = _checked(duration, settled, entry, weight)
    heavy = (None, None) if weights is None else (weights[done], weights[~done])
    late = None
    if since is not None:
        seen_late = since > 0
        late = Ages.of(since[seen_late], None if weights is None else weights[seen_late])
    ended, still = Ages.of(lasted[done], heavy[0]), Ages.of(lasted[~done], heavy[1])
    return estimate(ended, still, late, level=level, fewest=fewest)


def estimate(ended: Ages, still: Ages, late: Ages | None, *, level: float, fewest: int) -> Curve:
    """Give the curve of cases that ended, are still open, and came under watch late."""
    t, events, at_risk = risk_set(ended, still, late)
    start, needed = first_watched(ended, still, late, fewest)
    note, gone, gone_open = None, 0.0, 0.0
    if start > 0:
        keep = t > start
        gone, gone_open = float(events[~keep].sum()), float(still.upto(start))
        t, events, at_risk = t[keep], events[keep], at_risk[keep]
        note = (
            f"The curve starts at {start:g}: before that age fewer than {needed:g} cases were"
            f" under watch ({gone:g} settled by then are left out)."
        )
    remaining = at_risk - events
    with np.errstate(divide="ignore"):
        spread = np.cumsum(events / (at_risk * remaining), dtype=np.float64)
    s = np.cumprod(remaining / at_risk, dtype=np.float64)
    low, high = _band(s, spread, level)
    alive = np.count_nonzero(s > 0)
    high[alive:] = high[alive - 1] if alive else 1.0
    last = max(ended.last, still.last)
    return Curve(
        t=t.astype(np.float64),
        s=s,
        low=low,
        high=high,
        at_risk=at_risk,
        settled=events,
        spread=spread,
        n=ended.total + still.total - gone - gone_open,
        open=still.total - gone_open,
        start=start,
        last=last,
        at_risk_last=float(watched_before(last, ended, still, late)),
        level=level,
        note=note,
    )


def _band(s: Floats, spread: Floats, level: float) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        log_s = np.log(s)
        factor = np.sqrt(spread)
        factor *= -bounds.deviations(level)
        factor /= log_s
        np.exp(factor, out=factor)
        low, high = np.exp(log_s * factor), np.exp(log_s / factor)
    (certain,) = np.nonzero((s <= 0) | (s >= 1))
    low[certain] = high[certain] = s[certain]
    return low, high


def _checked(
    duration: Column, settled: ArrayLike, entry: Column | None, weight: Column | None
) -> tuple[NDArray[Any], NDArray[np.bool_], NDArray[Any] | None, Floats | None]:
    lasted = numbers(duration, "duration", "A case cannot end before it began.")
    done = np.asarray(settled)
    if lasted.ndim != 1 or done.shape != lasted.shape:
        raise ValueError(f"{lasted.size} durations need as many words on whether each is settled.")
    if done.dtype != np.bool_ and not np.isin(done, (0, 1)).all():
        raise ValueError("Whether a case is settled is yes or no; nothing else can be used.")
    since = None if entry is None else numbers(entry, "entry", "Use 0 for cases seen throughout.")
    weights = None if weight is None else numbers(weight, "weight", "A weight counts like cases.")
    if any(x is not None and x.shape != lasted.shape for x in (since, weights)):
        raise ValueError(f"{lasted.size} durations need as many entries and weights.")
    if since is not None:
        (unseen,) = np.nonzero((since > 0) & (since >= lasted))
        if unseen.size:
            first = unseen[0]
            raise ValueError(
                f"{unseen.size} cases came under watch only when they had already ended (the first"
                f" at position {first}: entry {since[first]:g}, duration {lasted[first]:g});"
                " nobody saw them wait, so leave them out."
            )
    return lasted, done.astype(np.bool_, copy=False), since, weights


def numbers(column: Column, name: str, why: str) -> NDArray[Any]:
    """Give a column of numbers from 0 up, or refuse it with the position of the first misfit."""
    values = np.asarray(column)
    if values.dtype.kind not in "iu":
        values = values.astype(np.float64, copy=False)
    fits = (values >= 0) & np.isfinite(values)
    if not fits.all():
        places = np.flatnonzero(~fits)
        raise ValueError(
            f"{places.size} values of {name} are negative or missing (the first at position"
            f" {places[0]}: {values.flat[places[0]]}). {why}"
        )
    return values
