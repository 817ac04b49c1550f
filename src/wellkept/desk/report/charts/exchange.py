"""The exchange curve: money in stock against the money that waiting costs, today and plan on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from wellkept.desk.report.charts.scale import Scale, Tick, anchor, pixel, place, scale_over
from wellkept.desk.report.reading import Fields, block, items, number, text
from wellkept.study.planning.speech import figure, money, share

_HEIGHT, _TOP = 220, 18
_LEAST = 1.0  # money a year below which the picture does not look


@dataclass(frozen=True, slots=True)
class Mark:
    """A stock on the picture: where it stands, and its words."""

    x: str
    y: str
    label: str
    anchor: str
    shift: int
    planned: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A faint line across the picture with its words."""

    y: str
    label_y: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One point of the table behind the picture."""

    stock: str
    waiting: str
    availability: str
    at_risk: str


@dataclass(frozen=True, slots=True)
class ExchangeChart:
    """The picture, its sentence, and the table behind it."""

    id: str
    caption: str
    height: int
    plot: int
    top: int
    ticks_y: int
    line: str
    marks: tuple[Mark, ...]
    rules: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]


def exchange_chart(document: Fields) -> ExchangeChart | None:
    """Return the picture of the curve, or None where it has fewer than two points."""
    curve, unit = block(document, "curve"), text(document, "currency", 12) or None
    points = _points(items(curve, "points"))
    if len(points) < 2:
        return None
    today, plan = (_point(block(curve, key)) for key in ("today", "plan"))
    here = [one for one in (today, plan) if one is not None]
    across = scale_over([0.0, *(x for x, _ in [*points, *here])], log=False)
    upright = scale_over([max(y, _LEAST) for _, y in [*points, *here]], log=True)
    return ExchangeChart(
        id="exchange",
        caption=_caption(today, plan, unit),
        height=_TOP + _HEIGHT + 34,
        plot=_HEIGHT,
        top=_TOP,
        ticks_y=_TOP + _HEIGHT + 16,
        line=_line(points, across, upright),
        marks=_marks(today, plan, across, upright),
        rules=_rules(upright),
        ticks=_ticks(across),
        rows=tuple(_row(point, unit) for point in items(curve, "points") if _judged(point)),
    )


def _points(fields: Sequence[Fields]) -> list[tuple[float, float]]:
    return [found for one in fields if (found := _point(one)) is not None]


def _point(one: Fields) -> tuple[float, float] | None:
    x, y = number(one, "stock_value"), number(one, "waiting")
    return None if x is None or y is None else (x, y)


def _caption(
    today: tuple[float, float] | None, plan: tuple[float, float] | None, unit: str | None
) -> str:
    if plan is None:
        return "What waiting costs in a year, for each amount of money in stock."
    told = (
        f"With {money(plan[0], unit)} in stock, waiting costs {money(plan[1], unit)} a year; "
        "beyond that, a piece costs more on the shelf than it saves."
    )
    if today is None:
        return told
    lies, costs = money(today[0], unit), money(today[1], unit)
    return f"Today {lies} lie in stock and waiting costs {costs} a year. {told}"


def _line(points: Sequence[tuple[float, float]], across: Scale, upright: Scale) -> str:
    path = [
        f"{'L' if i else 'M'}{across.at(x) * 10:.0f} {_down(upright, y):.1f}"
        for i, (x, y) in enumerate(points)
    ]
    return "".join(path)


def _down(upright: Scale, value: float) -> float:
    return _HEIGHT * (1 - upright.at(max(value, _LEAST)) / 100)


def _marks(
    today: tuple[float, float] | None, plan: tuple[float, float] | None, across: Scale,
    upright: Scale,
) -> tuple[Mark, ...]:  # fmt: skip
    made = []
    for point, label, planned in ((today, "today", False), (plan, "plan", True)):
        if point is not None:
            x = across.at(point[0])
            end = x > 60
            made.append(
                Mark(place(x), pixel(_TOP + _down(upright, point[1])), label,
                     "end" if end else "start", -11 if end else 11, planned)
            )  # fmt: skip
    return tuple(made)


def _rules(upright: Scale) -> tuple[Level, ...]:
    made = []
    for power in range(0, 13):
        value = 10.0**power
        if upright.low <= value <= upright.high:
            y = _TOP + _down(upright, value)
            made.append(Level(pixel(y), pixel(y + 4), short(value)))
    return tuple(made[:: 1 + len(made) // 7])


def _ticks(across: Scale) -> tuple[Tick, ...]:
    values = [across.high * part / 4 for part in range(5)]
    return tuple(
        Tick(place(across.at(value)), short(value), anchor(across.at(value))) for value in values
    )


def short(value: float) -> str:
    """Return an amount in thousands or millions.

    >>> short(0), short(1500), short(2_000_000)
    ('0', '1.5 k', '2.0 M')
    """
    if value >= 1e6:
        return f"{figure(value / 1e6)} M"
    return f"{figure(value / 1e3)} k" if value >= 1e3 else f"{value:.0f}"


def _judged(point: Fields) -> bool:
    return point.get("at_risk") is not None


def _row(point: Fields, unit: str | None) -> Row:
    reach = number(point, "availability")
    return Row(
        money(number(point, "stock_value") or 0.0, unit),
        f"{money(number(point, 'waiting') or 0.0, unit)} a year",
        "not known" if reach is None else share(reach),
        f"{point.get('at_risk')}",
    )
