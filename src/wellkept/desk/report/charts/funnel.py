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
from wellkept.desk.report.quantities import interval, percent, whole
from wellkept.desk.report.reading import Fields, block, count, items, length, number, shown, text

MOST_GROUPS = 40
_HEIGHT = 130
_TOP = 14
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Dot:
    """A group: a ring, or a diamond where it signals."""

    x: str
    y: str
    title: str
    label: str
    anchor: str
    shift: int
    signal: bool
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
    open: str
    signal: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The picture: groups by size across, share beyond upwards, limits as a funnel."""

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
    not_shown: str


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    n: int
    k: int | None
    share: float
    low: float | None
    high: float | None
    limit_low: float | None
    limit_high: float | None
    signal: bool
    open: int


def funnel_chart(measure: Fields, by: Fields, *, id: str) -> Funnel | None:
    """Return the picture of groups, or None where no group has a share."""
    listed = _told_apart([g for g in map(_group, items(by, "groups")) if g is not None])
    if not listed:
        return None
    listed.sort(key=lambda group: (not group.signal, -group.n))
    groups = listed[:MOST_GROUPS]
    centre = number(block(measure, "share_beyond"), "share")
    sizes = scale_over([group.n for group in groups], log=True)
    level = level_up_to(max(max(g.share, g.limit_high or 0.0) for g in groups), _HEIGHT)
    funnel = _limits(groups, sizes, level)
    return Funnel(
        id=id,
        title=f"By {text(by, 'column', 40) or 'group'}",
        caption=text(by, "text", 300) or "Each group's share beyond against its size.",
        height=_TOP + _HEIGHT + 34,
        plot=_HEIGHT,
        top=_TOP,
        ticks_y=_TOP + _HEIGHT + 14,
        limits=funnel,
        centre_y="" if centre is None else pixel(_TOP + level.y(centre)),
        centre_label="" if centre is None else f"all {percent(centre)}",
        dots=_dots(groups, sizes, level, whiskers=not funnel),
        rules=level.rules(_TOP),
        ticks=ticks(sizes, "count", most=4),
        rows=tuple(_row(group) for group in groups),
        not_shown=_not_shown(length(by, "groups") - len(groups)),
    )


def _group(group: Fields) -> _Group | None:
    share, n = number(group, "value"), count(group, "n")
    if share is None or n < 1:
        return None
    return _Group(
        name=text(group, "group", 60) or "not recorded",
        n=n,
        k=None if number(group, "k") is None else count(group, "k"),
        share=share,
        low=number(group, "low"),
        high=number(group, "high"),
        limit_low=number(group, "limit_low"),
        limit_high=number(group, "limit_high"),
        signal=group.get("signal") is True,
        open=count(group, "open"),
    )


def _told_apart(groups: list[_Group]) -> list[_Group]:
    """Return groups whose bounds are intervals; bounds that miss their own value are limits."""
    given = any(g.limit_high is not None for g in groups)
    missed = any(
        g.low is not None and g.high is not None and not g.low <= g.share <= g.high for g in groups
    )
    if given or not missed:
        return groups
    return [replace(g, low=None, high=None, limit_low=g.low, limit_high=g.high) for g in groups]


def _limits(groups: Sequence[_Group], sizes: Scale, level: Level) -> str:
    """Return the outline of the funnel; without limits at two sizes there is none."""
    bounds = sorted({(g.n, g.limit_low or 0.0, g.limit_high) for g in groups if g.limit_high})
    if len({n for n, _, _ in bounds}) < 2:
        return ""
    over = [f"{sizes.at(n) * 10:.1f} {level.y(high or 0.0):.1f}" for n, _, high in bounds]
    under = [f"{sizes.at(n) * 10:.1f} {level.y(low):.1f}" for n, low, _ in reversed(bounds)]
    return "M" + "L".join(over + under) + "Z"


def _dots(
    groups: Sequence[_Group], sizes: Scale, level: Level, *, whiskers: bool
) -> tuple[Dot, ...]:
    """Return a mark a group; signals are named, the first three of them."""
    dots = []
    for rank, group in enumerate(groups):
        x = min(98.5, max(1.5, sizes.at(group.n)))
        bounded = whiskers and group.low is not None and group.high is not None
        words = f"{group.name}: {percent(group.share)}"
        dots.append(
            Dot(
                x=place(x),
                y=pixel(_TOP + level.y(group.share)),
                title=f"{words} of {whole(group.n)}",
                label=shown(words, 28) if group.signal and rank < _NAMED else "",
                anchor="end" if x > 50 else "start",
                shift=-9 if x > 50 else 9,
                signal=group.signal,
                low_y=pixel(_TOP + level.y(group.low or 0.0)) if bounded else "",
                high_y=pixel(_TOP + level.y(group.high or 0.0)) if bounded else "",
            )
        )
    return tuple(dots)


def _row(group: _Group) -> Row:
    return Row(
        group=group.name,
        n=whole(group.n),
        k="" if group.k is None else whole(group.k),
        share=percent(group.share),
        interval=interval(group.low, group.high, "share"),
        limits=interval(group.limit_low, group.limit_high, "share"),
        open=whole(group.open),
        signal="◆ signal" if group.signal else "",
    )


def _not_shown(left: int) -> str:
    return f"{whole(left)} smaller groups without a signal are not drawn." if left > 0 else ""
