"""Moments as a person states them, in seconds: a day begins at its first, ends at its last."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def seconds_of(stated: datetime | date, zone: str) -> int:
    """This will give the first second of a day, or the second of a moment, in a zone."""
    return int(_moment(stated, zone).timestamp())


def ends_of(stated: datetime | date, zone: str) -> int:
    """This will give the end of a day (the next midnight), or the second of a moment."""
    if not isinstance(stated, datetime):
        stated = stated + timedelta(days=1)
    return seconds_of(stated, zone)


def iso_of(moment_s: int) -> str:
    """This will write a moment as ISO 8601 in UTC."""
    return datetime.fromtimestamp(moment_s, tz=UTC).isoformat()


def _moment(stated: datetime | date, zone: str) -> datetime:
    if not isinstance(stated, datetime):
        stated = datetime.combine(stated, time(), tzinfo=ZoneInfo(zone))
    return stated if stated.tzinfo else stated.replace(tzinfo=ZoneInfo(zone))
