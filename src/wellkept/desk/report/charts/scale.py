"""Where a value stands on an axis, in per cent of its width, and which ticks a person reads."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wellkept.desk.report.quantities import HOURS_A_DAY, hours, percent, said

_ROUND_HOURS = (
    1 / 60, 5 / 60, 0.25, 1, 4, 8, 24, 72, 168, 720, 2_160, 8_760, 26_280, 87_600,
)  # fmt: skip
_HOUR_STEPS = (0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 72, 168, 336, 720, 1_440, 4_320, 8_760)
_CLOSEST_TICKS = 13.0


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from low to high, straight or logarithmic."""

    low: float
    high: float
    log: bool

    def at(self, value: float) -> float:
        """Return the place of a value, 0 to 100; what lies outside stands at the edge."""
        if self.log:
            value, low, high = (math.log(max(x, self.low)) for x in (value, self.low, self.high))
        else:
            low, high = self.low, self.high
        return 0.0 if high <= low else min(100.0, max(0.0, (value - low) / (high - low) * 100))


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis with its words."""

    x: str
    label: str
    anchor: str
    below: str = ""


def scale_over(values: Sequence[float], *, log: bool) -> Scale:
    """Return the scale that holds all values; a logarithmic one begins at the least above 0."""
    if log:
        above = [value for value in values if value > 0] or [1.0]
        return Scale(min(above), max(max(above), min(above) * 1.01), True)
    return Scale(min(values), max(values), False)


def place(x: float) -> str:
    """Return a place as SVG writes it.

    >>> place(37.25), place(100)
    ('37.25%', '100%')
    """
    return f"{x:.2f}".rstrip("0").rstrip(".") + "%"


def ticks(scale: Scale, unit: str, most: int = 7) -> tuple[Tick, ...]:
    """Return readable ticks that do not touch on a narrow page, no two of them alike."""
    kept: list[tuple[float, str]] = []
    for value in _candidates(scale, unit):
        x, label = scale.at(value), tick_label(value, unit)
        if not kept or (x - kept[-1][0] >= _CLOSEST_TICKS and label != kept[-1][1]):
            kept.append((x, label))
    step = math.ceil(len(kept) / most) if kept else 1
    return tuple(Tick(place(x), label, anchor(x)) for x, label in kept[::step])


def anchor(x: float) -> str:
    """Return how a label stands at its place, so that it stays in the picture; "" is centred."""
    return "start" if x < 5 else "end" if x > 95 else ""


def tick_label(value: float, unit: str) -> str:
    """Return a tick's words: round hours become days."""
    if unit == "d":
        value, unit = value * HOURS_A_DAY, "h"
    if unit == "h" and abs(value) > HOURS_A_DAY and value % HOURS_A_DAY == 0:
        return said(value / HOURS_A_DAY, "d")
    if unit == "share":
        return percent(value).replace(".0", "")
    return hours(value) if unit == "h" else said(value, unit)


def _candidates(scale: Scale, unit: str) -> list[float]:
    """Return round values on the axis; a short logarithmic axis has even ones."""
    found = _round_values(scale, unit) if scale.log else []
    if len(found) > 1:
        return found
    step = round_step(scale.high - scale.low, unit)
    first, last = math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def _round_values(scale: Scale, unit: str) -> list[float]:
    per_unit = {"h": 1.0, "d": HOURS_A_DAY}.get(unit)
    if per_unit is None:
        found = [10.0**power for power in range(-6, 12)]
    else:
        found = [value / per_unit for value in _ROUND_HOURS]
    return [value for value in found if scale.low <= value <= scale.high * 1.0001]


def round_step(span: float, unit: str, about: int = 5) -> float:
    """Return a round step that cuts a span in about five."""
    wanted = span / about if span > 0 else 1.0
    if unit == "h" and _HOUR_STEPS[0] <= wanted <= _HOUR_STEPS[-1]:
        return next(step for step in _HOUR_STEPS if step >= wanted)
    power = 10.0 ** math.floor(math.log10(wanted))
    return power * next(m for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= wanted * 0.999)


@dataclass(frozen=True, slots=True)
class Rule:
    """A faint line across the picture with its words."""

    y: str
    label_y: str
    label: str


@dataclass(frozen=True, slots=True)
class Level:
    """An upright axis: shares from 0 at the foot, in pixels down."""

    reach: float
    step: float
    pixels: float

    def y(self, share: float) -> float:
        """Return how many pixels down a share stands."""
        return self.pixels * (1 - min(1.0, max(0.0, share / self.reach)))

    def rules(self, top: float) -> tuple[Rule, ...]:
        """Return the lines a person reads shares by, below a top margin."""
        steps = range(int(self.reach / self.step + 1e-9) + 1)
        lines = ((top + self.y(i * self.step), tick_label(i * self.step, "share")) for i in steps)
        return tuple(Rule(pixel(y), pixel(y + 4), label) for y, label in lines)


def level_up_to(share: float, pixels: float) -> Level:
    """Return the upright axis that holds a share, ending at a round one."""
    step = round_step(share or 0.01, "share", about=3)
    reach = step * max(1, math.ceil(share / step - 1e-9))
    return Level(min(1.0, reach) if reach >= 1 else reach, step, pixels)


def pixel(y: float) -> str:
    """Return pixels as SVG writes them.

    >>> pixel(14.04), pixel(20)
    ('14', '20')
    """
    return f"{y:.1f}".removesuffix(".0")
