"""Still waiting after a time: the survival curve, its band, and how many are still followed."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from wellkept.desk.report.charts.scale import (
    Level,
    Rule,
    Scale,
    Tick,
    place,
    scale_over,
    ticks,
)
from wellkept.desk.report.quantities import in_unit, interval, percent, said, whole
from wellkept.desk.report.reading import Fields, block, number, numbers, text
from wellkept.desk.report.saying import said as _

_HEIGHT = 130
_TOP = 14
_CROWDED = 0.12
_ROWS = 12
_STEPS = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One moment of the table behind the picture."""

    after: str
    waiting: str
    band: str
    at_risk: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The picture: a falling line in its band, the promise line, and numbers under the axis."""

    id: str
    caption: str
    height: int
    plot: int
    top: int
    base: int
    ticks_y: int
    risk_y: int
    line: str
    band: str
    promise_x: str
    promise_label: str
    promise_anchor: str
    promise_shift: int
    rules: tuple[Rule, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]


def curve_chart(measure: Fields, unit_of_tails: str, *, id: str) -> Curve | None:
    """Return the picture of a curve, or None where its columns do not fit together."""
    curve = block(measure, "curve")
    t, s = numbers(curve, "t"), numbers(curve, "s")
    low, high, at_risk = (numbers(curve, name) for name in ("low", "high", "at_risk"))
    if len(t) < 2 or len(s) != len(t) or max(t) <= 0:
        return None
    low, high = (side if len(side) == len(t) else [] for side in (low, high))
    at_risk = at_risk if len(at_risk) == len(t) else []
    unit = text(curve, "unit") or "h"
    scale, level = scale_over(t, log=_crowded(t, s)), Level(1.0, 0.25, _HEIGHT)
    promise = _promise(measure, unit, scale)
    caption = _caption(t, s, unit, promise, _half(measure, unit_of_tails, unit))
    t, s, low, high, at_risk = (_thinned(column) for column in (t, s, low, high, at_risk))
    line = None if promise is None else scale.at(promise)
    return Curve(
        id=id,
        caption=caption,
        height=_TOP + _HEIGHT + (36 if at_risk else 20),
        plot=_HEIGHT,
        top=_TOP,
        base=_TOP + _HEIGHT,
        ticks_y=_TOP + _HEIGHT + 14,
        risk_y=_TOP + _HEIGHT + 30,
        line=_steps(t, s, scale, level),
        band=_band(t, low, high, scale, level),
        promise_x="" if line is None else place(line),
        promise_label=""
        if promise is None
        else _("promise %(length)s") % {"length": said(promise, unit)},
        promise_anchor="end" if line is not None and line > 60 else "start",
        promise_shift=-5 if line is not None and line > 60 else 5,
        rules=level.rules(_TOP),
        ticks=_ticks(scale, unit, t, at_risk),
        rows=_rows(t, s, low, high, at_risk, unit),
    )


def _thinned(column: list[float]) -> list[float]:
    """Return a column with no more steps than the eye can tell apart, the last always."""
    step = -(-len(column) // _STEPS) or 1
    return column[:-1:step] + column[-1:]


def _crowded(t: Sequence[float], s: Sequence[float]) -> bool:
    """Return whether half are served within the first eighth of a straight axis."""
    half = next((time for time, still in zip(t, s, strict=True) if still <= 0.5), max(t))
    return half < _CROWDED * max(t)


def _promise(measure: Fields, unit: str, scale: Scale) -> float | None:
    shape = block(measure, "shape")
    promise = number(shape, "promise")
    if promise is None or shape.get("unit") != unit:
        return None
    return promise if scale.low < promise < scale.high else None


def _steps(t: Sequence[float], s: Sequence[float], scale: Scale, level: Level) -> str:
    path = [f"M0 {level.y(s[0]):.1f}"]
    path += [
        f"H{scale.at(time) * 10:.0f}V{level.y(still):.1f}" for time, still in zip(t, s, strict=True)
    ]
    return "".join(path)


def _band(
    t: Sequence[float], low: Sequence[float], high: Sequence[float], scale: Scale, level: Level
) -> str:
    if not low or not high:
        return ""
    places = [scale.at(time) * 10 for time in t]
    over = "".join(f"H{x:.0f}V{level.y(y):.1f}" for x, y in zip(places, high, strict=True))
    back = list(zip(places, low, strict=True))[::-1]
    under = "".join(f"V{level.y(y):.1f}H{x:.0f}" for x, y in back)
    return f"M0 {level.y(high[0]):.1f}{over}{under}Z"


def _ticks(
    scale: Scale, unit: str, t: Sequence[float], at_risk: Sequence[float]
) -> tuple[Tick, ...]:
    """Return the ticks, each with how many were still followed just before it."""
    found = ticks(scale, unit, most=5)
    if not at_risk:
        return found
    span = [(tick, float(tick.x.removesuffix("%"))) for tick in found]
    places = [scale.at(time) for time in t]
    return tuple(
        Tick(
            tick.x,
            tick.label,
            tick.anchor,
            whole(at_risk[min(len(t) - 1, bisect_right(places, x + 0.01))]),
        )
        for tick, x in span
    )


def _half(measure: Fields, given: str, wanted: str) -> float | None:
    value = number(block(block(measure, "quantiles"), "p50"), "value")
    return None if value is None else in_unit(value, given, wanted)


def _caption(
    t: Sequence[float], s: Sequence[float], unit: str, promise: float | None, half: float | None
) -> str:
    """Return the point of the picture in one sentence."""
    if promise is not None:
        still = s[max(0, bisect_right(t, promise) - 1)]
        rest = next((time for time, p in zip(t, s, strict=True) if p <= still / 10), None)
        told = {"promise": said(promise, unit), "share": percent(still)}
        if not rest or not still:
            return _("At the promise of %(promise)s, %(share)s were still waiting.") % told
        return _(
            "At the promise of %(promise)s, %(share)s were still waiting; a tenth of those waited "
            "beyond %(rest)s."
        ) % (told | {"rest": said(rest, unit)})
    if half is None:
        told = {"length": said(t[-1], unit), "share": percent(s[-1])}
        return _("After %(length)s, %(share)s were still waiting.") % told
    return _("Half were still waiting after %(length)s.") % {"length": said(half, unit)}


def _rows(
    t: Sequence[float],
    s: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    at_risk: Sequence[float],
    unit: str,
) -> tuple[Row, ...]:
    """Return the table behind the picture: at most a dozen moments, the last always."""
    step = -(-len(t) // _ROWS)
    chosen = sorted({*range(0, len(t), step), len(t) - 1})
    return tuple(
        Row(
            after=said(t[i], unit),
            waiting=percent(s[i]),
            band=interval(low[i], high[i], "share") if low and high else "",
            at_risk=whole(at_risk[i]) if at_risk else "",
        )
        for i in chosen
    )
