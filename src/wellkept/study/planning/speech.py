"""Numbers and things in the words of a parts planner."""

from __future__ import annotations

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
STANDING = {
    "safety": "standing still where people depend on it",
    "production_stopped": "stopped production",
    "degraded": "degraded running",
    "inconvenience": "inconvenience",
    "unknown": "standing still",
}


def ordinal(number: int) -> str:
    """This will name the place in a row.

    >>> ordinal(2), ordinal(21), ordinal(13)
    ('second', '21st', '13th')
    """
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def figure(value: float) -> str:
    """This will write a number with as many digits as it bears.

    >>> figure(0.0432), figure(0.72), figure(31.4), figure(12345.6)
    ('0.04', '0.7', '31', '12,346')
    """
    if abs(value) >= 10:
        return f"{value:,.0f}"
    if abs(value) >= 0.095:
        return f"{value:.1f}"
    return f"{value:.2f}" if abs(value) >= 0.005 else f"{value:.1g}"


def money(value: float, currency: str | None) -> str:
    """This will write money without its cents, where it has that much.

    >>> money(1234.5, "EUR"), money(0.8, None)
    ('1,234 EUR', '0.8')
    """
    if abs(value) < 0.005:
        return f"0 {currency or ''}".strip()
    return f"{figure(value)} {currency or ''}".strip()


def often(times_a_year: float) -> str:
    """This will say how often something happens.

    >>> often(0.7), often(0.05), often(1.0), often(0.0)
    ('0.7 times a year', 'once in 20 years', 'once a year', 'never')
    """
    if times_a_year < 1e-4:
        return "never" if times_a_year <= 0 else "once in more than 10,000 years"
    if times_a_year < 0.2:
        return f"once in {1 / times_a_year:,.0f} years"
    return "once a year" if 0.95 <= times_a_year < 1.05 else f"{figure(times_a_year)} times a year"


def pieces(number: int) -> str:
    """This will count pieces.

    >>> pieces(1), pieces(1200)
    ('1 piece', '1,200 pieces')
    """
    return "1 piece" if number == 1 else f"{number:,} pieces"


def share(value: float) -> str:
    """This will write a share in per cent, never 0 or 100 where something is left.

    >>> share(0.123), share(0.0004), share(0.9996), share(0.999999), share(1.0), share(9e-17)
    ('12 %', '0.04 %', '99.96 %', 'over 99.99 %', '100 %', 'under 0.01 %')
    """
    percent = 100 * value
    if 0 < percent < 0.01:
        return "under 0.01 %"
    if 0.995 <= percent <= 99:
        return f"{percent:.0f} %"
    if percent < 1:
        return f"{percent:.2g} %"
    return "over 99.99 %" if 99.995 <= percent < 100 else f"{percent:.2f} %".replace(".00", "")
