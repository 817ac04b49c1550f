"""How the pages say a moment: relative to now, and absolute in the zone of the site."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from wellkept.study.measures.speech import length


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as a page shows it: `said` relative to now, `full` in words, `iso` for machines."""

    iso: str
    said: str
    full: str


def zone_of(name: str | None) -> ZoneInfo:
    """This will give the zone of a site; UTC where the site is not known."""
    return ZoneInfo(name) if name else ZoneInfo("UTC")


def full(at: datetime, zone: ZoneInfo, *, day_only: bool = False) -> str:
    """This will say a moment with its weekday and zone, as in "Mon 2 Mar 2026, 14:00 (Rome)"."""
    there = at.astimezone(zone)
    if day_only:
        there -= timedelta(seconds=1)  # due at the end of a day: the midnight belongs to the next
        return date_format(there, "D j M Y")
    return f"{date_format(there, 'D j M Y, H:i')} ({place(zone)})"


def place(zone: ZoneInfo) -> str:
    """This will name a zone by its city.

    >>> place(ZoneInfo("America/Argentina/Buenos_Aires")), place(ZoneInfo("UTC"))
    ('Buenos Aires', 'UTC')
    """
    return zone.key.rpartition("/")[2].replace("_", " ")


def hours(span: timedelta) -> float:
    """This will give a length of time in hours."""
    return span.total_seconds() / 3600


def due(at: datetime, now: datetime, zone: ZoneInfo, *, day_only: bool = False) -> Moment:
    """This will say a date that something is due: "3 h late", "due in 2 d"."""
    if at < now:
        said = _("%(length)s late") % {"length": length(hours(now - at))}
    else:
        said = _("due in %(length)s") % {"length": length(hours(at - now))}
    return Moment(_iso(at), said, full(at, zone, day_only=day_only))


def past(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    """This will say when something happened: "3 h ago"."""
    if at > now:
        said = _("in %(length)s") % {"length": length(hours(at - now))}
    elif now - at < timedelta(minutes=1):
        said = _("just now")
    else:
        said = _("%(length)s ago") % {"length": length(hours(now - at))}
    return Moment(_iso(at), said, full(at, zone))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
