"""Groups against their size: who lies outside what chance allows a group of that size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wellkept.desk.report.charts.scale import (
    Level,
    Rule,
    Scale,
    Tick,
    level_up_to,
    pixel,
    place,
    scale_over,
    ticks,
)
from wellkept.desk.report.quantities import interval, percent, said, whole
from wellkept.desk.report.reading import (
    Fields,
    block,
    count,
    items,
    length,
    number,
    sentence,
    shown,
    text,
)
from wellkept.desk.report.saying import said as _

MOST_GROUPS = 40
ROWS_AT_ONCE = 8
_HEIGHT = 130
_TOP = 14
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Dot:
    """A group: a ring, or a diamond where it signals; a hollow diamond is better."""

    x: str
    y: str
    title: str
    label: str
    anchor: str
    shift: int
    signal: bool
    better: bool
    low_y: str
    high_y: str


@dataclass(frozen=True, slots=True)
class Row:
    """One group of the table behind the picture."""

    group: str
    n: str
    k: str
    share: str
    interval: str
    limits: str
    half: str
    slow: str
    open: str
    signal: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The picture: groups by size across, share upwards, limits as a funnel; or a table alone."""

    id: str
    title: str
    caption: str
    height: int
    plot: int
    top: int
    ticks_y: int
    limits: str
    centre_y: str
    centre_label: str
    dots: tuple[Dot, ...]
    rules: tuple[Rule, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    more_rows: tuple[Row, ...]
    has_shares: bool
    has_limits: bool
    has_tails: bool
    has_signals: bool
    not_shown: str


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    n: int
    k: int | None
    share: float | None
    low: float | None
    high: float | None
    limit_low: float | None
    limit_high: float | None
    signal: bool
    open: int
    half: str
    slow: str


def funnel_chart(measure: Fields, by: Fields, unit_of_tails: str, *, id: str) -> Funnel | None:
    """Return the picture of groups; without shares a table alone, without groups None."""
    unit = text(by, "unit") or "share"
    found = (_group(row, unit_of_tails) for row in items(by, "groups"))
    listed = _told_apart([group for group in found if group is not None])
    if not listed:
        return None
    listed.sort(key=lambda group: (not group.signal, -(group.share or 0.0) if group.signal else 0))
    groups = listed[:MOST_GROUPS]
    drawn = [g for g in groups if g.share is not None] if unit == "share" else []
    centre = number(block(measure, "share_beyond"), "share")
    rows = tuple(_row(group, unit, centre) for group in groups)
    at_once = MOST_GROUPS if drawn else ROWS_AT_ONCE
    sizes = scale_over([group.n for group in drawn] or [1], log=True)
    level = level_up_to(max((_top(group) for group in drawn), default=0.0), _HEIGHT)
    limits = _limits(drawn, sizes, level)
    return Funnel(
        id=id,
        title=_("By %(column)s") % {"column": _(text(by, "column", 40) or "group")},
        caption=sentence(text(by, "text", 300)) or _("Each group against its size."),
        height=_TOP + _HEIGHT + 20,
        plot=_HEIGHT,
        top=_TOP,
        ticks_y=_TOP + _HEIGHT + 14,
        limits=limits,
        centre_y="" if centre is None else pixel(_TOP + level.y(centre)),
        centre_label="" if centre is None else _("all %(share)s") % {"share": percent(centre)},
        dots=_dots(drawn, sizes, level, centre, whiskers=not limits),
        rules=level.rules(_TOP),
        ticks=ticks(sizes, "count", most=4),
        rows=rows[:at_once],
        more_rows=rows[at_once:],
        has_shares=any(g.share is not None for g in groups),
        has_limits=any(g.limit_high is not None for g in groups),
        has_tails=any(g.half or g.slow for g in groups),
        has_signals=any(g.signal for g in groups),
        not_shown=_not_shown(length(by, "groups") - len(groups)),
    )


def _group(group: Fields, unit_of_tails: str) -> _Group | None:
    n = count(group, "n")
    if n < 1:
        return None
    quantiles = block(group, "quantiles")
    half, slow = (number(block(quantiles, name), "value") for name in ("p50", "p95"))
    return _Group(
        name=text(group, "group", 60) or _("not recorded"),
        n=n,
        k=None if number(group, "k") is None else count(group, "k"),
        share=number(group, "value"),
        low=number(group, "low"),
        high=number(group, "high"),
        limit_low=number(group, "limit_low"),
        limit_high=number(group, "limit_high"),
        signal=group.get("signal") is True,
        open=count(group, "open"),
        half="" if half is None else said(half, unit_of_tails),
        slow="" if slow is None else said(slow, unit_of_tails),
    )


def _top(group: _Group) -> float:
    return max(group.share or 0.0, group.limit_high or 0.0)


def _told_apart(groups: list[_Group]) -> list[_Group]:
    """Return groups whose bounds are intervals; bounds that miss their own value are limits."""
    given = any(g.limit_high is not None for g in groups)
    missed = any(_misses(group) for group in groups)
    if given or not missed:
        return groups
    return [replace(g, low=None, high=None, limit_low=g.low, limit_high=g.high) for g in groups]


def _misses(group: _Group) -> bool:
    if group.share is None or group.low is None or group.high is None:
        return False
    return not group.low <= group.share <= group.high


def _limits(groups: Sequence[_Group], sizes: Scale, level: Level) -> str:
    """Return the outline of the funnel; without limits at two sizes there is none."""
    bounds = sorted({(g.n, g.limit_low or 0.0, g.limit_high) for g in groups if g.limit_high})
    if len({n for n, _low, _high in bounds}) < 2:
        return ""
    over = [f"{sizes.at(n) * 10:.0f} {level.y(high or 0.0):.1f}" for n, _low, high in bounds]
    under = [f"{sizes.at(n) * 10:.0f} {level.y(low):.1f}" for n, low, _high in reversed(bounds)]
    return "M" + "L".join(over + under) + "Z"


def _dots(
    groups: Sequence[_Group],
    sizes: Scale,
    level: Level,
    centre: float | None,
    *,
    whiskers: bool,
) -> tuple[Dot, ...]:
    """Return a mark a group; signals are named, the first three of them."""
    dots = []
    for rank, group in enumerate(groups):
        x = min(98.5, max(1.5, sizes.at(group.n)))
        bounded = whiskers and group.low is not None and group.high is not None
        share = group.share or 0.0
        words = f"{group.name}: {percent(share)}"
        dots.append(
            Dot(
                x=place(x),
                y=pixel(_TOP + level.y(share)),
                title=_("%(share)s of %(n)s") % {"share": words, "n": whole(group.n)},
                label=shown(words, 28) if group.signal and rank < _NAMED else "",
                anchor="end" if x > 50 else "start",
                shift=-9 if x > 50 else 9,
                signal=group.signal,
                better=_is_better(group, centre),
                low_y=pixel(_TOP + level.y(group.low or 0.0)) if bounded else "",
                high_y=pixel(_TOP + level.y(group.high or 0.0)) if bounded else "",
            )
        )
    return tuple(dots)


def _is_better(group: _Group, centre: float | None) -> bool:
    return centre is not None and group.share is not None and group.share < centre


def _signal(group: _Group, centre: float | None) -> str:
    if not group.signal:
        return ""
    return _("◇ better") if _is_better(group, centre) else _("◆ worse")


def _row(group: _Group, unit: str, centre: float | None) -> Row:
    return Row(
        group=group.name,
        n=whole(group.n),
        k="" if group.k is None else whole(group.k),
        share="" if group.share is None else said(group.share, unit),
        interval=interval(group.low, group.high, unit),
        limits=interval(group.limit_low, group.limit_high, unit),
        half=group.half,
        slow=group.slow,
        open=whole(group.open),
        signal=_signal(group, centre),
    )


def _not_shown(left: int) -> str:
    return (
        _("%(n)s groups without a signal are not listed.") % {"n": whole(left)} if left > 0 else ""
    )
