"""The life of a machine on one axis: lanes of bars and points, drawn by the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 1000
LANE = 30
TOP = 24
NARROWEST = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasted, or happened at once (`until` is `begin`)."""

    lane: str
    begin: datetime | None
    until: datetime | None
    said: str
    href: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch in the picture's own units."""

    x: float
    width: float
    y: int
    said: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a template draws: lanes with their names, bars, years, and now."""

    height: int
    lanes: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[str, float], ...]
    now_x: float
    begin: datetime


def picture(stretches: Sequence[Stretch], now: datetime) -> Picture | None:
    """This will lay out stretches from the first known moment until now; None without any.

    A stretch whose beginning nobody knows starts at the left edge; one that lasts ends at now.
    """
    known = [one.begin for one in stretches if one.begin is not None]
    if not known:
        return None
    first = min(known)
    span = max((now - first).total_seconds(), timedelta(days=1).total_seconds())
    names = list(dict.fromkeys(one.lane for one in stretches))
    rows = {name: TOP + index * LANE for index, name in enumerate(names)}

    def at(moment: datetime) -> float:
        share = (moment - first).total_seconds() / span
        return round(WIDTH * min(max(share, 0.0), 1.0), 1)

    bars = []
    for one in stretches:
        x = at(one.begin) if one.begin is not None else 0.0
        end = at(one.until) if one.until is not None else float(WIDTH)
        width = max(round(end - x, 1), NARROWEST)
        x = min(x, WIDTH - width)
        bars.append(Bar(x, width, rows[one.lane], one.said, one.href, one.kind))
    return Picture(
        height=TOP + len(names) * LANE,
        lanes=tuple(rows.items()),
        bars=tuple(bars),
        ticks=tuple((f"{year}", at(moment)) for year, moment in _years(first, now)),
        now_x=at(now),
        begin=first,
    )


def _years(first: datetime, now: datetime) -> list[tuple[int, datetime]]:
    years = range(first.year + 1, now.year + 1)
    return [(year, now.replace(year=year, month=1, day=1, hour=0, minute=0)) for year in years]
