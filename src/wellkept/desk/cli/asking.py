"""The words of a command as values: moments and zones."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Unclear(ValueError):
    """Raised when a word of the command cannot be read as what it should be."""


def seconds(text: str | None, option: str, zone: str | None, *, ends: bool = False) -> int | None:
    """This will read a moment in ISO 8601; without an offset it is in `zone`, else in UTC.

    A day alone is its first moment or, where `ends` is set, its end: the next midnight.
    """
    if text is None:
        return None
    local = ZoneInfo(zone or "UTC")
    try:
        day = _day(text)
        if day is not None:
            day += timedelta(days=1 if ends else 0)
            moment = datetime.combine(day, time(), tzinfo=local)
        else:
            moment = datetime.fromisoformat(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=local)).timestamp())
    except (ValueError, OverflowError):
        raise Unclear(
            f"{option} {text} is not a moment: write it like 2018-05-22 or 2018-05-22T01:17+00:00"
        ) from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def a_zone(name: str | None) -> str | None:
    """This will give back the name of a zone that exists."""
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unclear(
            f"--zone {name} is not a time zone: write a name like Europe/Rome or UTC"
        ) from None
    return name
