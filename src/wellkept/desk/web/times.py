"""How the pages say a moment: relative to now, and absolute in the zone of the site."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from wellkept.desk.web.wording import in_each_language
from wellkept.study.measures.speech import length


class Moment(NamedTuple):
    """A moment as a page shows it: `said` relative to now, `full` in words, `iso` for machines."""

    iso: str
    said: str
    full: str


class Words(NamedTuple):
    """What moments are said with, in one language: a list of fifty asks for them a hundred times.

    Days begin with Monday, months with January.
    """

    days: tuple[str, ...]
    months: tuple[str, ...]
    late: str
    due_in: str
    in_time: str
    ago: str
    just_now: str


@in_each_language
def words() -> Words:
    """This will give the words of the language in which the page is written."""
    return Words(
        days=tuple(str(WEEKDAYS_ABBR[day]) for day in range(7)),
        months=tuple(str(MONTHS_3[month]).title() for month in range(1, 13)),
        late=_("%(length)s late"),
        due_in=_("due in %(length)s"),
        in_time=_("in %(length)s"),
        ago=_("%(length)s ago"),
        just_now=_("just now"),
    )


def zone_of(name: str | None) -> ZoneInfo:
    """This will give the zone of a site; UTC where the site is not known."""
    return ZoneInfo(name) if name else ZoneInfo("UTC")


def full(at: datetime, zone: ZoneInfo, *, day_only: bool = False, said: Words | None = None) -> str:
    """This will say a moment with its weekday and zone, as in "Mon 2 Mar 2026, 14:00 (Rome)".

    `said` are the words in hand, where many moments are said.
    """
    there = at.astimezone(zone)
    if day_only:
        there -= timedelta(seconds=1)  # due at the end of a day: the midnight belongs to the next
    said = said or words()
    day = (
        f"{said.days[there.weekday()]} {there.day} {said.months[there.month - 1]} {there.year:04d}"
    )
    return day if day_only else f"{day}, {there.hour:02d}:{there.minute:02d} ({place(zone)})"


@lru_cache(maxsize=1_000)
def place(zone: ZoneInfo) -> str:
    """This will name a zone by its city.

    >>> place(ZoneInfo("America/Argentina/Buenos_Aires")), place(ZoneInfo("UTC"))
    ('Buenos Aires', 'UTC')
    """
    return zone.key.rpartition("/")[2].replace("_", " ")


def hours(span: timedelta) -> float:
    """This will give a length of time in hours."""
    return span.total_seconds() / 3600


def due(
    at: datetime,
    now: datetime,
    zone: ZoneInfo,
    *,
    day_only: bool = False,
    said: Words | None = None,
) -> Moment:
    """This will say a date that something is due: "3 h late", "due in 2 d"."""
    said = said or words()
    if at < now:
        when = said.late % {"length": length(hours(now - at))}
    else:
        when = said.due_in % {"length": length(hours(at - now))}
    return Moment(_iso(at), when, full(at, zone, day_only=day_only, said=said))


def past(at: datetime, now: datetime, zone: ZoneInfo) -> Moment:
    """This will say when something happened: "3 h ago"."""
    if at > now:
        said = words().in_time % {"length": length(hours(at - now))}
    elif now - at < timedelta(minutes=1):
        said = words().just_now
    else:
        said = words().ago % {"length": length(hours(now - at))}
    return Moment(_iso(at), said, full(at, zone))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
