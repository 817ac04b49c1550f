"""The shape of a measure: the density of all, the promise line, and the worst as named points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wellkept.desk.report.charts.scale import Scale, Tick, anchor, place, scale_over, ticks
from wellkept.desk.report.quantities import in_unit, said
from wellkept.desk.report.reading import Fields, block, number, numbers, shown, text
from wellkept.desk.report.saying import said as _

MOST_POINTS = 5
MOST_BINS = 400
_TOP = 18
_DENSITY = 64
_MARKS = 20
_LANE = 22
_FOOT = 20
_TOUCHING = 9.0


@dataclass(frozen=True, slots=True)
class Named:
    """One of the worst: its rank and row in the list, whom it is about, and its value."""

    rank: str
    href: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Point:
    """One of the worst, in a lane of its own, linked to its row."""

    x: str
    y: int
    rank_y: int
    label_y: int
    rank: str
    label: str
    anchor: str
    shift: int
    beyond: bool
    href: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The picture: places in per cent across, in pixels down."""

    id: str
    caption: str
    height: int
    top: int
    density: int
    base: int
    lanes_end: int
    ticks_y: int
    within: str
    beyond: str
    promise_x: str
    promise_label: str
    promise_anchor: str
    promise_shift: int
    marks: tuple[Tick, ...]
    marks_y: int
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[tuple[str, str], ...]


def shape_chart(
    measure: Fields, named: Sequence[Named], unit_of_named: str, *, id: str
) -> Shape | None:
    """Return the picture of a shape, or None where the edges and counts do not fit together."""
    shape = block(measure, "shape")
    edges, counts = numbers(shape, "edges"), numbers(shape, "counts")
    if len(edges) < 2 or len(counts) != len(edges) - 1 or len(counts) > MOST_BINS:
        return None
    unit, promise = text(shape, "unit") or "h", number(shape, "promise")
    named = tuple(_in_unit(named[:MOST_POINTS], unit_of_named, unit))
    reach = [*edges, *(point.value for point in named)]
    log = shape.get("scale") == "log" and max(reach) > 0
    scale = scale_over([*reach, *([] if promise is None else [promise])], log=log)
    base = _TOP + _DENSITY
    lanes_end = base + _MARKS + _LANE * len(named)
    line = None if promise is None else scale.at(promise)
    return Shape(
        id=id,
        caption=_caption(measure, unit_of_named, unit, some_named=bool(named)),
        height=lanes_end + _FOOT,
        top=_TOP,
        density=_DENSITY,
        base=base,
        lanes_end=lanes_end,
        ticks_y=lanes_end + 14,
        within=_steps(edges, counts, scale, to=promise),
        beyond="" if promise is None else _steps(edges, counts, scale, since=promise),
        promise_x="" if line is None else place(line),
        promise_label=""
        if promise is None
        else _("promise %(length)s") % {"length": said(promise, unit)},
        promise_anchor="end" if line is not None and line > 60 else "start",
        promise_shift=-5 if line is not None and line > 60 else 5,
        marks=_marks(measure, unit_of_named, scale, unit),
        marks_y=base + 12,
        points=_points(named, scale, unit, base + _MARKS, promise),
        ticks=ticks(scale, unit),
        rows=_rows(edges, counts, unit),
    )


def _steps(
    edges: Sequence[float],
    counts: Sequence[float],
    scale: Scale,
    since: float | None = None,
    to: float | None = None,
) -> str:
    """Return the outline of the bins on one side of the promise, 1000 wide."""
    places = [scale.at(edge) for edge in edges]
    heights = [c / max(b - a, 0.05) for a, b, c in zip(places, places[1:], counts, strict=False)]
    tallest = max(heights) or 1.0
    start = 0.0 if since is None else scale.at(since)
    end = 100.0 if to is None else scale.at(to)
    path: list[str] = []
    for left, right, height in zip(places, places[1:], heights, strict=False):
        a, b = max(left, start), min(right, end)
        if b <= a:
            continue
        y = _DENSITY * (1 - height / tallest)
        path.append(f"M{a * 10:.0f} {_DENSITY}" if not path else "")
        path.append(f"V{y:.1f}H{b * 10:.0f}")
    return "".join(path) + f"V{_DENSITY}Z" if path else ""


def _in_unit(named: Sequence[Named], given: str, wanted: str) -> Iterator[Named]:
    for point in named:
        value = in_unit(point.value, given, wanted)
        if value is not None:
            yield replace(point, value=value)


def _quantile(measure: Fields, name: str, given: str, wanted: str) -> float | None:
    value = number(block(block(measure, "quantiles"), name), "value")
    return None if value is None else in_unit(value, given, wanted)


def _marks(measure: Fields, given: str, scale: Scale, unit: str) -> tuple[Tick, ...]:
    """Return p50 to p99 under the density, leaving out what would touch; the rarer stays."""
    kept: list[tuple[float, str]] = []
    for name in ("p99", "p50", "p95", "p90"):
        value = _quantile(measure, name, given, unit)
        if value is None or not scale.low <= value <= scale.high:
            continue
        x = scale.at(value)
        if all(abs(x - other) >= _TOUCHING for other, _name in kept):
            kept.append((x, name))
    return tuple(Tick(place(x), name, anchor(x)) for x, name in sorted(kept))


def _points(
    named: Sequence[Named], scale: Scale, unit: str, top: int, promise: float | None
) -> tuple[Point, ...]:
    points = []
    for lane, point in enumerate(named, start=1):
        x, y = min(98.5, max(1.5, scale.at(point.value))), top + _LANE * lane - _LANE // 2
        beyond = promise is not None and point.value > promise
        points.append(
            Point(
                x=place(x),
                y=y,
                rank_y=y + 4,
                label_y=y - 3 if beyond and x > 50 else y + 4,
                rank=point.rank,
                label=f"{shown(point.name, 22)}, {said(point.value, unit)}",
                anchor="end" if x > 50 else "start",
                shift=-13 if x > 50 else 13,
                beyond=beyond,
                href=point.href,
            )
        )
    return tuple(points)


def _caption(measure: Fields, given: str, unit: str, *, some_named: bool) -> str:
    """Return the point of the picture in one sentence."""
    half = _quantile(measure, "p50", given, unit)
    slow = _quantile(measure, "p95", given, unit)
    worst = _(" The worst are named.") if some_named else ""
    if half is None:
        return _("How the values spread.") + worst
    half_said = said(half, unit)
    if slow is None:
        return _("Half lie within %(half)s.") % {"half": half_said} + worst
    slow_said = said(slow, unit)
    tail = _("Half lie within %(half)s, one in twenty beyond %(slow)s.")
    return tail % {"half": half_said, "slow": slow_said} + worst


def _rows(edges: list[float], counts: list[float], unit: str) -> tuple[tuple[str, str], ...]:
    """Return the table behind the picture: at most 24 rows, neighbours put together."""
    step = -(-len(counts) // 24)
    rows = []
    for i in range(0, len(counts), step):
        last = min(i + step, len(counts))
        held = sum(counts[i:last])
        if held:
            rows.append(
                (
                    _("%(from)s to %(to)s")
                    % {"from": said(edges[i], unit), "to": said(edges[last], unit)},
                    f"{held:,.0f}",
                )
            )
    return tuple(rows)
