"""How a number reads: with its unit, its thousands apart, and its interval."""

from collections.abc import Callable

from wellkept.desk.report.saying import counted as ngettext
from wellkept.desk.report.saying import said as _

SPACE = "\u00a0"
MINUS = "−"
DASH = "–"

HOURS_A_DAY = 24.0
_HOURS_SAID_AS_HOURS = 48.0
_HOURS_SAID_AS_DAYS = 14 * HOURS_A_DAY


def whole(value: float) -> str:
    """Return a whole number with its thousands apart.

    >>> whole(4339)
    '4,339'
    """
    return f"{value:,.0f}".replace("-", MINUS)


def plain(value: float) -> str:
    """Return a bare number with at most one decimal.

    >>> plain(2.0), plain(2.44), plain(1204)
    ('2', '2.4', '1,204')
    """
    near = round(value, 1) if abs(value) < 100 else round(value)
    words = f"{near:,.0f}" if near == int(near) else f"{near:,.1f}"
    return words.replace("-", MINUS)


def percent_figure(share: float) -> str:
    """Return a share in per cent without its sign; nothing small becomes nothing.

    >>> percent_figure(0.1376), percent_figure(0), percent_figure(0.00042), percent_figure(0.99961)
    ('13.8', '0', '0.042', '99.96')
    """
    points = share * 100
    if points in (0, 100):
        return whole(points)
    if 0 < abs(points) < 0.1:
        return f"{points:.2g}".replace("-", MINUS)
    if 99.9 < points < 100:
        return f"{min(points, 99.99):.2f}"
    return f"{points:.1f}".replace("-", MINUS)


def percent(share: float) -> str:
    """Return a share in per cent.

    >>> percent(0.1376)
    '13.8\\xa0%'
    """
    return f"{percent_figure(share)}{SPACE}%"


def hours(value: float) -> str:
    """Return a time given in hours as a person says it.

    >>> [hours(h).replace("\\xa0", " ") for h in (0.4, 9, 9.46, 52, 412, -3)]
    ['24 min', '9 h', '9.5 h', '2 d 4 h', '17 d', '−3 h']
    """
    if value < 0:
        return MINUS + hours(-value)
    if value == 0:
        return f"0{SPACE}h"
    if value < 1 / 60:
        return _("under 1 min").replace(" ", SPACE)
    if round(value * 60) < 60:
        return f"{round(value * 60)}{SPACE}min"
    if round(value) < _HOURS_SAID_AS_HOURS:
        return f"{plain(value if value < 9.95 else round(value))}{SPACE}h"
    if value < _HOURS_SAID_AS_DAYS:
        full, rest = divmod(round(value), 24)
        return f"{full}{SPACE}d" + (f"{SPACE}{rest}{SPACE}h" if rest else "")
    return f"{whole(value / HOURS_A_DAY)}{SPACE}d"


def days(value: float) -> str:
    """Return a time given in days.

    >>> [days(d).replace("\\xa0", " ") for d in (0.5, 12, 12.4, 1204)]
    ['0.5 d', '12 d', '12 d', '1,204 d']
    """
    return f"{plain(value if abs(value) < 9.95 else round(value))}{SPACE}d"


_SAID: dict[str, Callable[[float], str]] = {
    "share": percent,
    "h": hours,
    "d": days,
    "count": plain,
}


_HOURS_IN = {"h": 1.0, "d": HOURS_A_DAY}


def said(value: float, unit: str) -> str:
    """Return a number with its unit; a unit of its own is said after the bare number.

    >>> said(0.5, "share"), said(0.5, "share able"), said(3, "count"), said(1, "moves")
    ('50.0\\xa0%', '50.0\\xa0%', '3', '1\\xa0move')
    """
    speak = _speaker(unit)
    if speak is not None:
        return speak(value)
    return _of_its_own(plain(value), unit).replace(" ", SPACE, 1)


def _of_its_own(figure: str, unit: str) -> str:
    """Return "3 moves"; what is not known here is said as it is written."""
    several = 1 if figure == "1" else 2
    own = _OWN.get(unit)
    if own is not None:
        return own(several) % {"n": figure}
    return f"{figure} {unit.removesuffix('s') if several == 1 else unit}".rstrip()


_OWN: dict[str, Callable[[int], str]] = {
    "h per 1,000 h": lambda n: _("%(n)s h per 1,000 h"),
    "moves": lambda n: ngettext("%(n)s move", "%(n)s moves", n),
    "handoffs": lambda n: ngettext("%(n)s handoff", "%(n)s handoffs", n),
    "failures": lambda n: ngettext("%(n)s failure", "%(n)s failures", n),
    "times": lambda n: ngettext("%(n)s time", "%(n)s times", n),
    "points": lambda n: ngettext("%(n)s point", "%(n)s points", n),
    "promises": lambda n: ngettext("%(n)s promise", "%(n)s promises", n),
    "steps missed": lambda n: ngettext("%(n)s steps missed", "%(n)s steps missed", n),
    "failed": lambda n: ngettext("%(n)s failed", "%(n)s failed", n),
}
"""Units that are words, as a language counts them."""


def _speaker(unit: str) -> Callable[[float], str] | None:
    return _SAID.get("share" if unit.startswith("share ") else unit)


def in_unit(value: float, given: str, wanted: str) -> float | None:
    """Return a length in another unit of time, or None where the two are not both of time.

    >>> in_unit(2, "d", "h"), in_unit(3, "share", "share"), in_unit(2, "moves", "h")
    (48.0, 3, None)
    """
    if given == wanted:
        return value
    if given in _HOURS_IN and wanted in _HOURS_IN:
        return value * _HOURS_IN[given] / _HOURS_IN[wanted]
    return None


def interval(low: float | None, high: float | None, unit: str) -> str:
    """Return an interval; a side without a bound is said in words, never left out.

    >>> interval(0.128, 0.148, "share").replace("\\xa0", " ")
    '12.8–14.8 %'
    >>> interval(49, None, "h").replace("\\xa0", " ")
    '2 d 1 h or more, no upper bound'
    """
    if low is None and high is None:
        return ""
    if low is None:
        return _("up to %(high)s, no lower bound") % {"high": said(high or 0.0, unit)}
    if high is None:
        return _("%(low)s or more, no upper bound") % {"low": said(low, unit)}
    if _speaker(unit) is None:
        return _of_its_own(f"{plain(low)}{DASH}{plain(high)}", unit).replace(" ", SPACE, 1)
    return _joined(said(low, unit), said(high, unit))


def _joined(low: str, high: str) -> str:
    """Say the unit once where both ends share it and each is one figure with one unit."""
    start, _, unit = low.partition(SPACE)
    if low.count(SPACE) == 1 and high.count(SPACE) == 1 and high.endswith(SPACE + unit):
        return start + DASH + high
    joint = f"{SPACE}{DASH} " if SPACE in low + high else DASH
    return low + joint + high


def size(byte_count: float) -> str:
    """Return the size of a file.

    >>> size(512345).replace("\\xa0", " ")
    '512 kB'
    """
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if byte_count >= step:
            figure = byte_count / step
            return f"{plain(figure if figure < 9.95 else round(figure))}{SPACE}{unit}"
    return f"{whole(byte_count)}{SPACE}bytes"
