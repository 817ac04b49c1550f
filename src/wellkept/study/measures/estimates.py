"""Reckoning shared by all measures: shares, lengths and counts with their intervals."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, survival, tails
from wellkept.study.measures.card import Beyond, Estimate, Json, number
from wellkept.study.measures.composing import Said
from wellkept.study.measures.composing import said as _

HOUR, DAY = 3600, 86_400
SHARES = (0.5, 0.9, 0.95, 0.99)
NAMES = ("p50", "p90", "p95", "p99")
ENOUGH = {"p50": 5, "p90": 29, "p95": 59, "p99": 299}
"""Below this many there is no one-sided 95 % upper bound, and no percentile is shown."""
SURE = {"p50": 6, "p90": 36, "p95": 72, "p99": 368}
"""Below this many there is no two-sided 95 % upper bound."""
WORST = 20
FEWEST_WORST, SLOWEST = 5, 20
"""Without a promise to judge by, the worst are the highest twentieth, at least five."""

Given = dict[str, Estimate]
Reasons = dict[str, str]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long things took: arrays of one length.

    `length_s` is a lower bound where `settled` is false; `entry_s` is the age at which records
    begin to cover it (0: from its start).
    """

    no: NDArray[np.int64]
    customer_no: NDArray[np.int64]
    urgency: NDArray[np.int64]
    start_s: NDArray[np.int64]
    length_s: NDArray[np.int64]
    settled: NDArray[np.bool_]
    entry_s: NDArray[np.int64]

    def only(self, keep: NDArray[Any]) -> "Lengths":
        """This will keep the chosen rows."""
        return Lengths(*(getattr(self, name)[keep] for name in self.__slots__))


def share(k: int, n: int, level: float) -> Estimate:
    """This will give k of n with its Jeffreys interval; no value where n is 0."""
    if n == 0:
        return Estimate(None)
    found = bounds.share(k, n, level)
    return Estimate(float(found.value), float(found.low), float(found.high))


def beyond(k: int, n: int, promise: str, level: float) -> Beyond | None:
    """This will say that k of n lie beyond the promise; None where nothing was judged."""
    return Beyond(int(k), int(n), share(int(k), int(n), level), promise) if n else None


def felt(customer_no: NDArray[np.int64], failed: NDArray[np.bool_]) -> dict[str, int] | None:
    """This will count customers with one, two, three or more failures; None without customers."""
    if not np.any(customer_no >= 0):
        return None
    hit = customer_no[failed & (customer_no >= 0)]
    counts = np.bincount(hit) if hit.size else np.zeros(0, np.int64)
    return {str(k): int(n) for k, n in zip((1, 2, 3), tails.felt(counts).hit, strict=True)}


def worst_of(
    values: NDArray[np.float64], urgency: NDArray[Any], failed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """This will give the positions of the worst, at most WORST: by consequence, then by value.

    They are taken from those that failed. Where none did, from the highest values: without that
    cut a small value of a grave class would stand before every large one.
    """
    if np.any(failed):
        k = min(WORST, int(np.count_nonzero(failed)))
        return tails.worst(np.where(failed, values, -1.0), k, rank=np.where(failed, urgency, 99))
    k = min(WORST, max(FEWEST_WORST, -(-values.size // SLOWEST)), int(np.count_nonzero(values)))
    highest = tails.worst(values, k)
    return highest[np.argsort(urgency[highest], kind="stable")]


def too_few(n: int) -> Reasons:
    """This will say which percentiles n does not carry."""
    return {
        name: _(
            "n is %(n)s; %(name)s has no upper bound below n = %(enough)s: see the worst by name"
        )
        % {"n": n, "name": name, "enough": ENOUGH[name]}
        for name in NAMES
        if n < ENOUGH[name]
    }


def ordered(values: NDArray[Any], level: float) -> tuple[Given, Reasons]:
    """This will give p50 to p99 of values that are all known, by order statistics, with reasons."""
    reasons = too_few(int(values.size))
    shown = [(p, name) for p, name in zip(SHARES, NAMES, strict=True) if name not in reasons]
    if not shown:
        return {}, reasons
    found = bounds.quantile(values, np.array([p for p, _ in shown]), level)
    given = {
        name: Estimate(float(v), finite(low), finite(high))
        for (_, name), v, low, high in zip(shown, found.value, found.low, found.high, strict=True)
    }
    return given, reasons | _unbounded(given, int(values.size))


def quantiles(lengths: Lengths, unit_s: int, level: float) -> tuple[Given, Reasons, Said]:
    """This will give p50 to p99 in units of `unit_s`, reasons for what is missing, and the method.

    Open lengths count as still running (Kaplan-Meier); without open ones, order statistics.
    """
    if bool(np.all(lengths.settled)) and not np.any(lengths.entry_s):
        given, reasons = ordered(lengths.length_s / unit_s, level)
        return given, reasons, _("all ended: order-statistic intervals")
    n = int(lengths.length_s.size)
    reasons = too_few(n)
    shown = [(p, name) for p, name in zip(SHARES, NAMES, strict=True) if name not in reasons]
    method = _("Kaplan-Meier with open ones as still running, log-log bands")
    if not shown:
        return {}, reasons, method
    curve = survive(lengths, level)
    found = curve.quantile(np.array([p for p, _ in shown]))
    given = {
        name: Estimate(_scaled(v, unit_s), _scaled(low, unit_s), _scaled(high, unit_s))
        for (_, name), v, low, high in zip(shown, found.value, found.low, found.high, strict=True)
    }
    if curve.start > 0:
        method = _since(method, curve.start, unit_s)
    return given, reasons | _unbounded(given, n), method


def _since(method: Said, start_s: float, unit_s: int) -> Said:
    unit = "d" if unit_s == DAY else "h"
    return _(
        "%(method)s; of those that lasted longer than %(age)s, since before that age too few were "
        "under watch"
    ) % {"method": method, "age": f"{start_s / unit_s:,.1f} {unit}"}


def _unbounded(given: Given, n: int) -> Reasons:
    """Why a quantile has no value or no bound."""
    reasons: Reasons = {}
    for name, estimate in given.items():
        if estimate.value is None:
            reasons[name] = _("not yet reached: too many are still open")
        elif estimate.high is None:
            few = _("no upper bound: n is %(n)s; %(name)s needs n = %(sure)s")
            told = {"n": n, "name": name, "sure": SURE[name]}
            open_ = _("no upper bound: n is %(n)s, too many are open")
            reasons[name] = (few if n < SURE[name] else open_) % told
        elif estimate.low is None:
            reasons[name] = _("no lower bound: n is %(n)s") % {"n": n}
    return reasons


def survive(lengths: Lengths, level: float) -> survival.Curve:
    """This will give the curve of those still waiting, entries later than the start included."""
    entry = lengths.entry_s if np.any(lengths.entry_s) else None
    return survival.kaplan_meier(lengths.length_s, lengths.settled, entry=entry, level=level)


def curve(lengths: Lengths, level: float, most: int = 160) -> Json | None:
    """This will draw the curve in hours with at most `most` points."""
    if lengths.length_s.size < 2:
        return None
    thin = survive(lengths, level).thinned(most)
    return {
        "unit": "h",
        "t": [number(t / HOUR) for t in thin.t],
        "s": [number(v) for v in thin.s],
        "low": [number(v) for v in thin.low],
        "high": [number(v) for v in thin.high],
        "at_risk": [int(v) for v in thin.at_risk],
    }


def shape(lengths_h: NDArray[np.float64], promise_h: float | None = None) -> Json | None:
    """This will draw how lengths spread: counts in at most 60 steps, equal on a log scale."""
    if lengths_h.size < 10:
        return None
    low = float(max(np.quantile(lengths_h, 0.005), 1 / 60))
    high = float(max(lengths_h.max(), low * 1.01))
    log = high / low > 30
    edges = np.geomspace(low, high, 61) if log else np.linspace(0.0, high, 61)
    inside = np.clip(lengths_h, edges[0], edges[-1])
    counts = np.histogram(inside, edges)[0]
    return {
        "unit": "h",
        "scale": "log" if log else "linear",
        "edges": [round(float(edge), 6) for edge in edges],
        "counts": [int(count) for count in counts],
        "promise": number(promise_h),
        "points": [],
    }


def finite(value: float | None) -> float | None:
    """This will give a number, None where it is without bound or unknown."""
    return None if value is None or not np.isfinite(value) else float(value)


def _scaled(value: float | None, unit_s: int) -> float | None:
    value = finite(value)
    return None if value is None else value / unit_s


def both_ways(
    lengths: Lengths, lost: int, p: float, unit_s: int, level: float
) -> tuple[float | None, float | None]:
    """This will give the p-quantile if `lost` more had never ended, and if they had ended at once.

    Of the missing ones nothing but their number is known; None where the quantile is not reached.
    """
    n = lengths.length_s.size
    if not lost or n + lost < ENOUGH["p50"]:
        return None, None
    longest = int(lengths.length_s.max(initial=0)) + 1
    late = bool(np.any(lengths.entry_s))
    found = []
    for length_s, settled in ((longest, False), (0, True)):
        both = survival.kaplan_meier(
            np.append(lengths.length_s, np.full(lost, length_s)),
            np.append(lengths.settled, np.full(lost, settled)),
            entry=np.append(lengths.entry_s, np.zeros(lost, np.int64)) if late else None,
            level=level,
        )
        found.append(_scaled(float(both.quantile(p).value), unit_s))
    return found[0], found[1]


def picked(given: Given, reasons: Reasons, name: str) -> tuple[Estimate | None, Reasons]:
    """This will make one quantile the value, and its reason that of the value."""
    value = given.get(name)
    if name in reasons:
        return value, {**reasons, "value": reasons[name]}
    return value, reasons


def ratio_reasons(value: Estimate) -> Reasons:
    """This will say why a ratio of sums has no interval."""
    if value.low is not None or value.high is not None:
        return {}
    return {"value": _("no interval: fewer than ten of them, or nothing varies between them")}
