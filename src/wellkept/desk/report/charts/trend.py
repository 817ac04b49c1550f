"""The tail count over time: the share beyond in each period, its limits, and its signals."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from wellkept.desk.report.charts.scale import Level, Rule, Tick, level_up_to, pixel, place
from wellkept.desk.report.moments import Clock, short_day, short_month
from wellkept.desk.report.quantities import interval, percent, whole
from wellkept.desk.report.reading import Fields, count, items, length, number, sentence, text
from wellkept.desk.report.saying import said as _

MOST_PERIODS = 120
_HEIGHT = 130
_TOP = 14
_HANDFUL = 10


@dataclass(frozen=True, slots=True)
class Signal:
    """A period outside what chance allows, drawn as a diamond; a hollow one is better."""

    x: str
    y: str
    worse: bool
    label: str
    anchor: str
    shift: int


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the table behind the picture."""

    start: str
    k: str
    n: str
    share: str
    limits: str
    signal: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The picture: a line, the band of the limits, the centre, and the signals."""

    id: str
    title: str
    caption: str
    height: int
    plot: int
    top: int
    ticks_y: int
    line: str
    dots: str
    limits: str
    centre: str
    signals: tuple[Signal, ...]
    rules: tuple[Rule, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    not_shown: str


@dataclass(frozen=True, slots=True)
class _Period:
    start: str
    k: int
    n: int
    share: float
    low: float | None
    high: float | None
    centre: float | None
    signal: bool


def trend_chart(trend: Fields, *, of: str, clock: Clock, id: str) -> Trend | None:
    """Return the picture of a trend, or None where it has fewer than two periods."""
    earlier = max(0, length(trend, "points") - MOST_PERIODS)
    periods = [_period(point) for point in items(trend, "points")[earlier:]]
    if len(periods) < 2:
        return None
    word = text(trend, "period")
    level = level_up_to(_reach(periods), _HEIGHT)
    xs = [(i + 0.5) / len(periods) * 100 for i in range(len(periods))]
    ys = [level.y(p.share) for p in periods]
    return Trend(
        id=id,
        title=_by(of, word),
        caption=sentence(text(trend, "text", 300))
        or _("The share in each period, with its limits."),
        height=_TOP + _HEIGHT + 20,
        plot=_HEIGHT,
        top=_TOP,
        ticks_y=_TOP + _HEIGHT + 14,
        line=_line(periods, xs, ys),
        dots="".join(
            f"M{x * 10:.0f} {y:.1f}h0" for p, x, y in zip(periods, xs, ys, strict=True) if p.n
        ),
        limits=_limits(periods, level),
        centre=_centre(periods, level),
        signals=_signals(periods, xs, ys, word),
        rules=level.rules(_TOP),
        ticks=_dates(periods, xs),
        rows=tuple(_row(p, clock) for p in periods),
        not_shown=_("%(n)s earlier ones are not drawn.") % {"n": whole(earlier)} if earlier else "",
    )


def _by(of: str, word: str) -> str:
    """Return the title: what is counted, by week, month or another period."""
    if word == "week":
        return _("%(share)s, by week") % {"share": of}
    if word == "month":
        return _("%(share)s, by month") % {"share": of}
    return _("%(share)s, by %(period)s") % {"share": of, "period": word or _("period")}


def _reach(periods: Sequence[_Period]) -> float:
    """Return the highest share or limit, leaving out what a handful of rows says by chance."""
    usual = sorted(p.n for p in periods)[len(periods) // 2]
    heard = [p for p in periods if p.signal or p.n * _HANDFUL >= usual]
    return max(max(p.share, p.high or 0.0) for p in heard)


def _period(point: Fields) -> _Period:
    k, n = count(point, "k"), count(point, "n")
    return _Period(
        start=text(point, "start", 20),
        k=k,
        n=n,
        share=min(1.0, k / n) if n else 0.0,
        low=number(point, "low"),
        high=number(point, "high"),
        centre=number(point, "centre"),
        signal=point.get("signal") is True,
    )


def _line(periods: Sequence[_Period], xs: Sequence[float], ys: Sequence[float]) -> str:
    """Return the line through the shares, broken where nothing fell due."""
    path, pen = [], "M"
    for period, x, y in zip(periods, xs, ys, strict=True):
        if period.n:
            path.append(f"{pen}{x * 10:.0f} {y:.1f}")
        pen = "L" if period.n else "M"
    return "".join(path)


def _limits(periods: Sequence[_Period], level: Level) -> str:
    """Return the steps of the band between the limits, one outline for each unbroken run."""
    wide = 1000 / len(periods)
    outlines: list[str] = []
    for bounded, run in groupby(enumerate(periods), lambda each: each[1].high is not None):
        if not bounded:
            continue
        steps = [(i * wide, (i + 1) * wide, p.low or 0.0, p.high or 0.0) for i, p in run]
        over = "".join(f"V{level.y(high):.1f}H{b:.0f}" for _, b, _, high in steps)
        under = "".join(f"V{level.y(low):.1f}H{a:.0f}" for a, _, low, _ in reversed(steps))
        outlines.append(f"M{steps[0][0]:.0f} {level.y(steps[0][3]):.1f}{over}{under}Z")
    return "".join(outlines)


def _centre(periods: Sequence[_Period], level: Level) -> str:
    wide = 1000 / len(periods)
    path, before = [], None
    for i, period in enumerate(periods):
        if period.centre is None:
            before = None
            continue
        if period.centre != before:
            path.append(f"M{i * wide:.0f} {level.y(period.centre):.1f}")
        path.append(f"H{(i + 1) * wide:.0f}")
        before = period.centre
    return "".join(path)


def _signals(
    periods: Sequence[_Period], xs: Sequence[float], ys: Sequence[float], word: str
) -> tuple[Signal, ...]:
    """Return the signals; only the highest is labelled, all are in the table."""
    found = [i for i, period in enumerate(periods) if period.signal]
    loudest = max(found, key=lambda i: (_is_worse(periods[i]), periods[i].share), default=-1)
    spoken = short_month if word == "month" else short_day
    signals = []
    for i in found:
        period, x = periods[i], xs[i]
        words = f"{spoken(period.start)}: {percent(period.share)}"
        signals.append(
            Signal(
                x=place(x),
                y=pixel(_TOP + ys[i]),
                worse=_is_worse(period),
                label=words if i == loudest else "",
                anchor="end" if x > 50 else "start",
                shift=-9 if x > 50 else 9,
            )
        )
    return tuple(signals)


def _is_worse(period: _Period) -> bool:
    return period.centre is None or period.share >= period.centre


def _dates(periods: Sequence[_Period], xs: Sequence[float]) -> tuple[Tick, ...]:
    """Return three dates along the foot, by day for a short trend and by month for a long one."""
    last = len(periods) - 1
    spoken = short_day if last <= 20 else short_month
    chosen = sorted({round(last * part / 2) for part in range(3)})
    return tuple(Tick(place(xs[i]), spoken(periods[i].start), _edge(i, last)) for i in chosen)


def _edge(i: int, last: int) -> str:
    return "start" if i == 0 else "end" if i == last else ""


def _row(period: _Period, clock: Clock) -> Row:
    limits = ""
    if period.high is not None:
        limits = interval(period.low or 0.0, period.high, "share")
    return Row(
        start=clock.day(period.start),
        k=whole(period.k),
        n=whole(period.n),
        share=percent(period.share) if period.n else _("none due"),
        limits=limits,
        signal=(_("◆ worse") if _is_worse(period) else _("◇ better")) if period.signal else "",
    )
