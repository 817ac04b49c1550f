"""Where things stand in the pictures of the brief: positions only, nothing is reckoned here."""

from collections.abc import Mapping, Sequence
from typing import Any

from wellkept.desk.brief.rows import Bin, Dumbbell, GroupRow
from wellkept.desk.report.saying import said as _

Json = Mapping[str, Any]
LEFT, STEP = 14.0, 53.0
"""Pixels of level 0, and from level to level, in a picture 240 wide."""
HALF = 9.0
CURVE = 150.0
"""Side of the confidence picture's square."""


def level_at(level: float) -> float:
    """Return where a level stands."""
    return LEFT + STEP * level


def dumbbell(claimed: Json, shown: Json) -> Dumbbell:
    """Return the picture of one claim."""
    said, seen = claimed["level"], shown["level"]
    low, high = shown["low"], shown["high"]
    link = None
    if said is not None and seen is not None and said != seen:
        link = (level_at(min(said, seen)), level_at(max(said, seen)))
    return Dumbbell(
        says=_says(claimed, shown),
        ticks=tuple(level_at(level) for level in range(5)),
        claimed=None if said is None else level_at(said),
        shown=None if seen is None else level_at(seen),
        low=None if low is None else level_at(low) - HALF,
        width=None if low is None else STEP * (high - low) + 2 * HALF,
        link=link,
        confidence=_confidence_at(claimed["confidence"]),
    )


def _confidence_at(chance: float | None) -> float | None:
    return None if chance is None else LEFT + 4 * STEP * chance


def _says(claimed: Json, shown: Json) -> str:
    said = _("nothing claimed")
    if claimed["level"] is not None:
        said = _("claimed %(level)s") % {"level": f"{claimed['level']:g}"}
    if claimed["confidence"] is not None:
        sure = f"{100 * claimed['confidence']:.0f}"
        said = _("%(claimed)s with confidence %(sure)s %%") % {"claimed": said, "sure": sure}
    if shown["level"] is None:
        few = _("too few records") if shown["state"] == "too_few" else _("no record")
        return f"{said}; {few}"
    seen = _("shown %(level)s, between %(low)s and %(high)s")
    return f"{said}; {seen % {name: shown[name] for name in ('level', 'low', 'high')}}"


def bins(curve: Sequence[Json]) -> tuple[Bin, ...]:
    """Return the dots of the confidence curve: stated to the right, shown upwards."""
    return tuple(
        Bin(
            x=round(CURVE * one["stated"], 1),
            y=_up(one["shown"]),
            low=_up(one["low"]),
            high=_up(one["high"]),
            n=f"{one['claims']}",
        )
        for one in curve
    )


def _up(share: float) -> float:
    return round(CURVE * (1 - share), 1)


def group_row(group: Json) -> GroupRow | None:
    """Return the bar of one group's signed calibration; None where there is no interval."""
    signed = group["signed"]
    if None in signed.values():
        return None
    low, high, value = (50 + 50 * signed[name] for name in ("low", "high", "value"))
    told = {name: f"{100 * signed[name]:+.0f}" for name in ("value", "low", "high")}
    text = _("%(value)s points (%(low)s to %(high)s), %(n)s answered") % (told | {"n": group["n"]})
    return GroupRow(
        group=_(group["group"].replace("_", " ")),
        text=text.replace("-", "−"),
        x=round(value, 2),
        low=round(low, 2),
        width=round(max(high - low, 0.5), 2),
        excludes=group["excludes_zero"],
    )


STRIP = (520.0, 46.0)
"""Width and height of a strip of weeks."""


def weeks(found: Sequence[Json], promise: float | None, since: str | None) -> Json:
    """Return the bars of a strip as one path, the promise's line and where it is below it."""
    if not found:
        return {"bars": "", "since": None, "limit": None}
    wide, tall = STRIP
    step = wide / len(found)
    top = max([0.2, *(week["k"] / week["n"] for week in found if week["n"])])
    parts = []
    for i, week in enumerate(found):
        if week["n"]:
            height = tall * week["k"] / week["n"] / top
            parts.append(f"M{i * step:.1f} {tall}v{-height:.1f}h{step * 0.8:.1f}v{height:.1f}z")
    starts = [week["start"] for week in found]
    at = starts.index(since) * step if since in starts else None
    limit = None if promise is None else round(tall * (1 - min(1.0, (1 - promise) / top)), 1)
    return {"bars": "".join(parts), "since": None if at is None else round(at, 1), "limit": limit}


def span(value: Json | None, low: float, high: float) -> tuple[float, float, float] | None:
    """Return left, width and middle of a range, in per cent of a scale; no bound is its edge."""
    if value is None or value["value"] is None:
        return None
    first = low if value["low"] is None else value["low"]
    last = high if value["high"] is None else value["high"]
    wide = (high - low) or 1.0
    left, right, middle = (100 * (x - low) / wide for x in (first, last, value["value"]))
    width = max(right - left, 0.8)
    return round(min(left, 100 - width), 2), round(width, 2), round(middle, 2)
