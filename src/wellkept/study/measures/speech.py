"""How a sentence says a number: lengths as people say them, things counted, shares in per cent."""

HOURS_SAID_AS_HOURS = 48
HOURS_SAID_AS_DAYS = 14 * 24


def many(n: int, noun: str, plural: str | None = None) -> str:
    """This will count things.

    >>> many(1, "case"), many(2_000, "case"), many(2, "has", "have")
    ('1 case', '2,000 cases', '2 have')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def share(part: float) -> str:
    """This will say a share in per cent; what is small does not become nothing.

    >>> share(0.1376), share(0.0), share(0.0002), share(0.99898), share(1.0)
    ('13.8 %', '0 %', '0.02 %', '99.90 %', '100 %')
    """
    if part in (0.0, 1.0):
        return f"{part:.0%}".replace("%", " %")
    points = 100 * part
    if points < 1 or points > 99:
        return f"{min(max(points, 0.01), 99.99):.2f} %"
    return f"{points:.1f} %"


def length(hours: float) -> str:
    """This will say a length of time given in hours.

    >>> [length(h) for h in (0, 0.35, 3.44, 15, 52, 412, 26_193, -3)]
    ['0 h', '21 min', '3.4 h', '15 h', '2 d 4 h', '17 d', '1,091 d', '−3 h']
    """
    if hours < 0:
        return "−" + length(-hours)
    if hours == 0:
        return "0 h"
    if hours * 60 < 59.5:
        return f"{max(round(hours * 60), 1)} min"
    if round(hours, 1) < HOURS_SAID_AS_HOURS:
        near = round(hours, 1 if hours < 9.95 else 0)
        return f"{near:.0f} h" if near == int(near) else f"{near} h"
    if hours < HOURS_SAID_AS_DAYS:
        days, rest = divmod(round(hours), 24)
        return f"{days} d {rest} h" if rest else f"{days} d"
    return f"{hours / 24:,.0f} d"


def amount(value: float, unit: str) -> str:
    """This will say a number in its unit: share, h, d, count, or a unit of its own in words.

    >>> amount(2.0, "d"), amount(0.5, "share able"), amount(3, "count")
    ('2 d', '50.0 %', '3')
    >>> amount(41.305, "h per 1,000 h")
    '41 h per 1,000 h'
    >>> amount(1, "moves"), amount(1.75, "handoffs"), amount(-2.9, "h"), amount(1, "bounces")
    ('1 move', '1.8 handoffs', '−2.9 h', '1 bounce')
    """
    if unit in ("share", "share able"):
        return share(value)
    if unit == "h":
        return length(value)
    near = _plain(value)
    if unit == "count":
        return near
    if near == "1" and unit.endswith("s"):
        unit = unit.removesuffix("s")
    return f"{near} {unit}"


def _plain(value: float) -> str:
    """A bare number with at most one decimal, none from ten on."""
    near = round(value, 1) if abs(value) < 9.95 else round(value)
    return (f"{near:,.0f}" if near == int(near) else f"{near:,.1f}").replace("-", "−")
