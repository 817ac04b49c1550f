"""Comparing: the tail count period by period, and group by group, with the limits of chance."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wellkept.methods import bounds, charts, funnels
from wellkept.study.measures.card import Json, number
from wellkept.study.measures.composing import Said, listed
from wellkept.study.measures.composing import counted as ngettext
from wellkept.study.measures.composing import said as _
from wellkept.study.measures.estimates import share
from wellkept.study.measures.window import Window, periods

FEWEST_PERIODS = 8
ROUNDS = 5
SWINGS = 1.5
"""Periods that vary so much more than chance would have limits of their own."""
MONTHS = (
    _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
    _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
)  # fmt: skip


def trend(judged_s: NDArray[np.int64], failed: NDArray[np.bool_], window: Window) -> Json | None:
    """This will count failures by week or month with binomial limits, signals named.

    The limits are those of the periods that lie inside them, so that one bad month does not make
    the good ones look odd. None below FEWEST_PERIODS periods with cases: limits need a past.
    """
    if judged_s.size == 0:
        return None
    cut = periods(int(judged_s.min()), window)
    at = cut.of(judged_s)
    drawn = at >= 0
    at, failed = at[drawn], failed[drawn]
    whole = cut.edges_s.size - 1
    n = np.bincount(at, minlength=whole)[:whole]
    k = np.bincount(at[failed], minlength=whole)[:whole]
    if np.count_nonzero(n) < FEWEST_PERIODS:
        return None
    found = _charted(k, n)
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
    return {
        "period": cut.name,
        "unit": "share",
        "points": points,
        "text": _trend_says(points, cut.name),
    }


def _charted(k: NDArray[np.int64], n: NDArray[np.int64]) -> charts.Chart:
    """Limits from all periods, then again without those outside, as long as most remain.

    Where ordinary periods swing more than chance alone would, the limits are widened by as much.
    """
    inside = n > 0
    found = charts.tail_counts(k, n)
    for _round in range(ROUNDS):
        left = inside & ~found.outside
        if np.array_equal(left, inside) or 2 * np.count_nonzero(left) < np.count_nonzero(n):
            break
        inside = left
        found = charts.tail_counts(k, n, baseline=inside)
    if found.dispersion > SWINGS:
        return charts.p_chart(k, n, baseline=inside, laney=True)
    return found


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
    signal = _signals(k, n, found)
    rows = []
    for i in np.argsort(-k, kind="stable"):
        if n[i] == 0:
            continue
        rows.append(
            {"group": labels[i], "n": int(n[i]), "k": int(k[i]), "open": int(still[i])}
            | {"signal": bool(signal[i])}
            | _limits(found, int(i))
            | share(int(k[i]), int(n[i]), window.level).document()
        )
    return {"column": window.by, "unit": "share", "groups": rows, "text": _groups_say(rows)}


def _limits(found: funnels.Funnel | None, i: int) -> Json:
    """Between which shares a group of this size lies in 99.8 % of cases by chance alone."""
    low, high = (found.far_low[i], found.far_high[i]) if found is not None else (np.nan, np.nan)
    both = np.isfinite(low) and np.isfinite(high)
    return {
        "limit_low": round(max(float(low), 0.0), 6) if both else None,
        "limit_high": round(min(float(high), 1.0), 6) if both else None,
    }


def _signals(
    k: NDArray[np.int64], n: NDArray[np.int64], found: funnels.Funnel | None
) -> NDArray[np.bool_]:
    """Outside the 99.8 % funnel, and as rare as that by the exact binomial chance.

    The smooth line of the funnel lies within one case of the exact limit, which is much for a group
    of two.
    """
    if found is None:
        return np.zeros(k.size, bool)
    from scipy.special import betainc

    whole = k.sum() / n.sum()
    with np.errstate(invalid="ignore"):
        so_many = np.where(k > 0, betainc(np.maximum(k, 1), n - k + 1, whole), 1.0)
        so_few = np.where(k < n, 1 - betainc(k + 1, np.maximum(n - k, 1), whole), 1.0)
    rare = np.minimum(so_many, so_few) <= bounds.outside(funnels.SIGNAL)
    return np.asarray(found.signal & rare)


def _groups_say(rows: list[Json]) -> Said:
    if not rows:
        return _("nothing to compare")
    whole = sum(row["k"] for row in rows) / sum(row["n"] for row in rows)
    high = [row["group"] for row in rows if row["signal"] and row["k"] / row["n"] > whole]
    if not high:
        return _("no group is worse than chance allows")
    more = len(high) - 5
    if more <= 0:
        return _("worse than chance allows: %(groups)s") % {"groups": listed(high)}
    return ngettext(
        "worse than chance allows: %(groups)s and %(n)s more",
        "worse than chance allows: %(groups)s and %(n)s more",
        more,
    ) % {"groups": listed(high[:5]), "n": more}


def _trend_says(points: list[dict[str, Any]], period: str) -> Said:
    """Name the last signals of each kind: worse is above the centre, better below it."""
    marked = [point for point in points if point["signal"]]
    if not marked:
        return NO_SIGNAL[period](len(points))
    parts = []
    for word, sign in (("more", 1), ("fewer", -1)):
        those = [_named(p, period) for p in marked if sign * (p["k"] - p["n"] * p["centre"]) > 0]
        if len(those) > 3:
            told = {"k": len(those), "n": len(points), "last": those[-1]}
            parts.append(OFTEN[word, period] % told)
        elif those:
            parts.append(SELDOM[word] % {"periods": listed(those)})
    return listed(parts, "; ")


NO_SIGNAL: dict[str, Callable[[int], Said]] = {
    "week": lambda n: (
        ngettext(
            "no signal in %(n)s weeks: what happens is what this process gives",
            "no signal in %(n)s weeks: what happens is what this process gives",
            n,
        )
        % {"n": n}
    ),
    "month": lambda n: (
        ngettext(
            "no signal in %(n)s months: what happens is what this process gives",
            "no signal in %(n)s months: what happens is what this process gives",
            n,
        )
        % {"n": n}
    ),
}
OFTEN = {
    ("more", "week"): _("more failed than chance gives in %(k)s of %(n)s weeks, the last %(last)s"),
    ("fewer", "week"): _(
        "fewer failed than chance gives in %(k)s of %(n)s weeks, the last %(last)s"
    ),
    ("more", "month"): _(
        "more failed than chance gives in %(k)s of %(n)s months, the last %(last)s"
    ),
    ("fewer", "month"): _(
        "fewer failed than chance gives in %(k)s of %(n)s months, the last %(last)s"
    ),
}
SELDOM = {
    "more": _("more failed than chance gives in %(periods)s"),
    "fewer": _("fewer failed than chance gives in %(periods)s"),
}


def _named(point: dict[str, Any], period: str) -> Said:
    day = date.fromisoformat(point["start"])
    told = {"day": day.day, "month": MONTHS[day.month - 1], "year": str(day.year)}
    if period == "month":
        return _("%(month)s %(year)s") % told
    return _("the week of %(day)s %(month)s %(year)s") % told


def _day(moment_s: int, window: Window) -> str:
    return datetime.fromtimestamp(int(moment_s), tz=window.zone).date().isoformat()
