"""How a moment reads: in the stated zone, with its weekday; what nobody can read stays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wellkept.desk.report.quantities import SPACE
from wellkept.desk.report.reading import shown
from wellkept.desk.report.saying import said as _
from wellkept.study.measures.marking import marked as gettext_noop

_WEEKDAYS = (
    gettext_noop("Mon"),
    gettext_noop("Tue"),
    gettext_noop("Wed"),
    gettext_noop("Thu"),
    gettext_noop("Fri"),
    gettext_noop("Sat"),
    gettext_noop("Sun"),
)
_MONTHS = (
    gettext_noop("Jan"),
    gettext_noop("Feb"),
    gettext_noop("Mar"),
    gettext_noop("Apr"),
    gettext_noop("May"),
    gettext_noop("Jun"),
    gettext_noop("Jul"),
    gettext_noop("Aug"),
    gettext_noop("Sep"),
    gettext_noop("Oct"),
    gettext_noop("Nov"),
    gettext_noop("Dec"),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """The zone in which every moment of the report is said; None says them as they are written."""

    zone: ZoneInfo | None

    def moment(self, iso: object) -> str:
        """Return "Wed 31 Mar 2021, 23:59"; a day without a time is said without one."""
        read = self._read(iso)
        if isinstance(read, str):
            return read
        if isinstance(read, datetime):
            return f"{_day(read)},{SPACE}{read:%H:%M}"
        return _day(read)

    def due(self, iso: object) -> str:
        """Return the moment something was due; a due date at midnight is the end of a day."""
        read = self._read(iso)
        if isinstance(read, datetime) and (read.hour, read.minute, read.second) == (0, 0, 0):
            return _("end of %(day)s") % {"day": _day(read - timedelta(days=1))}
        return self.moment(iso)

    def day(self, iso: object) -> str:
        """Return "Wed 31 Mar 2021"."""
        read = self._read(iso)
        return read if isinstance(read, str) else _day(read)

    def _read(self, iso: object) -> date | datetime | str:
        if not isinstance(iso, str) or not iso:
            return ""
        try:
            if len(iso) == len("2021-03-31"):
                return date.fromisoformat(iso)
            moment = datetime.fromisoformat(iso)
            return moment.astimezone(self.zone) if self.zone and moment.tzinfo else moment
        except (ValueError, OverflowError):
            return shown(iso, 40)


def clock_of(zone_name: object) -> Clock:
    """Return the clock of a named zone; a name that is no zone gives the moments as written."""
    try:
        return (
            Clock(ZoneInfo(zone_name)) if isinstance(zone_name, str) and zone_name else Clock(None)
        )
    except (ValueError, OSError, KeyError):
        return Clock(None)


def short_day(iso: str) -> str:
    """Return "31 Mar" for the axis of a chart."""
    return _on_axis(iso, with_day=True)


def short_month(iso: str) -> str:
    """Return "Mar 2021" for the axis of a chart."""
    return _on_axis(iso, with_day=False)


def _on_axis(iso: str, *, with_day: bool) -> str:
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return shown(iso, 10)
    month = _(_MONTHS[day.month - 1])
    return f"{day.day}{SPACE}{month}" if with_day else f"{month}{SPACE}{day.year}"


def _day(day: date) -> str:
    parts = (_(_WEEKDAYS[day.weekday()]), str(day.day), _(_MONTHS[day.month - 1]), str(day.year))
    return SPACE.join(parts)
