"""Reckoning shared by all measures: shares, lengths, the tail by period and by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, charts, funnels, survival, tails
from wellkept.study.measures.card import Beyond, Estimate, Json, number
from wellkept.study.measures.window import Window, periods

HOUR, DAY = 3600, 86_400
SHARES = (0.5, 0.9, 0.95, 0.99)
NAMES = ("p50", "p90", "p95", "p99")
ENOUGH = {"p50": 5, "p90": 29, "p95": 59, "p99": 299}
"""Below this many there is no one-sided 95 % upper bound, and no percentile is shown."""
SURE = {"p50": 6, "p90": 36, "p95": 72, "p99": 368}
"""Below this many there is no two-sided 95 % upper bound."""
FEWEST_PERIODS = 8


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long things took: arrays of one length.

    `length_s` is a lower bound where `settled` is false; `entry_s` is the age at which records
    begin to cover it (0: from its start); `limit_s` is the promised length, -1 if none is known.
    """

    no: NDArray[np.int64]
    customer_no: NDArray[np.int64]
    urgency: NDArray[np.int64]
    start_s: NDArray[np.int64]
    length_s: NDArray[np.int64]
    settled: NDArray[np.bool_]
    entry_s: NDArray[np.int64]
    limit_s: NDArray[np.int64]

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


def quantiles(
    lengths: Lengths, unit_s: int, level: float
) -> tuple[dict[str, Estimate], dict[str, str], str]:
    """This will give p50 to p99 in units of `unit_s`, reasons for what is missing, and the method.

    Open lengths count as still running (Kaplan-Meier); without open ones, order statistics.
    """
    n = int(lengths.length_s.size)
    reasons = {
        name: f"n is {n}; {name} has no upper bound below n = {ENOUGH[name]}: see the worst by name"
        for name in NAMES
        if n < ENOUGH[name]
    }
    shown = [(p, name) for p, name in zip(SHARES, NAMES, strict=True) if name not in reasons]
    simple = bool(np.all(lengths.settled)) and not np.any(lengths.entry_s)
    if not shown:
        return {}, reasons, "too few for a percentile"
    if simple:
        found = _ordered(lengths.length_s / unit_s, [p for p, _ in shown], level)
    else:
        found = _survived(lengths, unit_s, [p for p, _ in shown], level)
    given = {name: estimate for (_, name), estimate in zip(shown, found, strict=True)}
    for name, estimate in given.items():
        if estimate.value is None:
            reasons[name] = "not yet reached: too many are still open"
        elif estimate.high is None:
            need = f"; {name} needs n = {SURE[name]}" if n < SURE[name] else ""
            reasons[name] = f"no upper bound: n is {n}{need}"
    method = (
        "all ended: order-statistic intervals"
        if simple
        else "Kaplan-Meier with open ones as still running, log-log bands"
    )
    return given, reasons, method


def _ordered(values: NDArray[np.float64], ps: Sequence[float], level: float) -> list[Estimate]:
    found = bounds.quantile(values, np.array(ps), level)
    return [
        Estimate(float(v), _finite(low), _finite(high))
        for v, low, high in zip(found.value, found.low, found.high, strict=True)
    ]


def _survived(lengths: Lengths, unit_s: int, ps: Sequence[float], level: float) -> list[Estimate]:
    curve = survive(lengths, level)
    found = curve.quantile(np.array(ps))
    return [
        Estimate(_scaled(v, unit_s), _scaled(low, unit_s), _scaled(high, unit_s))
        for v, low, high in zip(found.value, found.low, found.high, strict=True)
    ]


def survive(lengths: Lengths, level: float) -> Any:
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
    counts, _ = np.histogram(inside, edges)
    return {
        "unit": "h",
        "scale": "log" if log else "linear",
        "edges": [round(float(edge), 6) for edge in edges],
        "counts": [int(count) for count in counts],
        "promise": number(promise_h),
        "points": [],
    }


def trend(judged_s: NDArray[np.int64], failed: NDArray[np.bool_], window: Window) -> Json | None:
    """This will count failures by week or month with binomial limits, signals named.

    None below FEWEST_PERIODS whole periods: limits need a past.
    """
    if judged_s.size == 0:
        return None
    cut = periods(int(judged_s.min()), window)
    at = cut.of(judged_s)
    whole = cut.edges_s.size - 1
    n = np.bincount(at, minlength=whole)[:whole]
    k = np.bincount(at[failed], minlength=whole)[:whole]
    if np.count_nonzero(n) < FEWEST_PERIODS:
        return None
    found = charts.tail_counts(k, n)
    points = [
        {
            "start": _day(cut.edges_s[i], window),
            "k": int(k[i]),
            "n": int(n[i]),
            "low": number(found.low[i]),
            "high": number(found.high[i]),
            "centre": number(found.centre),
            "signal": bool(found.outside[i] or found.run[i]),
        }
        for i in range(whole)
    ]
    return {"period": cut.name, "unit": "share", "points": points, "text": _trend_says(points, cut)}


def groups(
    by_no: NDArray[np.int64],
    labels: Sequence[str],
    failed: NDArray[np.bool_],
    settled: NDArray[np.bool_],
    window: Window,
) -> Json:
    """This will compare groups on a funnel: a signal lies outside the 99.8 % limits."""
    n = np.bincount(by_no, minlength=len(labels))
    k = np.bincount(by_no[failed], minlength=len(labels))
    still = np.bincount(by_no[~settled], minlength=len(labels))
    found = funnels.funnel(k, n) if n.sum() else None
    rows = []
    for i in np.argsort(-k, kind="stable"):
        if n[i] == 0:
            continue
        rows.append(
            {"group": labels[i], "n": int(n[i]), "k": int(k[i]), "open": int(still[i])}
            | {"signal": bool(found is not None and found.signal[i])}
            | share(int(k[i]), int(n[i]), window.level).document()
        )
    return {"column": window.by, "unit": "share", "groups": rows, "text": _groups_say(rows)}


def _groups_say(rows: list[Json]) -> str:
    worse = [row for row in rows if row["signal"] and row["k"]]
    if not rows:
        return "nothing to compare"
    mean = sum(row["k"] for row in rows) / sum(row["n"] for row in rows)
    high = [row["group"] for row in worse if row["k"] / row["n"] > mean]
    if not high:
        return "no group stands outside what chance would give"
    return "worse than chance allows: " + ", ".join(high[:5])


def _trend_says(points: list[Json], cut: Any) -> str:
    signals = [point["start"] for point in points if point["signal"]]
    if not signals:
        return f"no signal in {len(points)} {cut.name}s: what happens is what this process gives"
    return f"signal in the {cut.name} of " + ", ".join(signals[-3:])


def _day(moment_s: int, window: Window) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(int(moment_s), tz=window.zone).date().isoformat()


def _finite(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else float(value)


def _scaled(value: float | None, unit_s: int) -> float | None:
    value = _finite(value)
    return None if value is None else value / unit_s
