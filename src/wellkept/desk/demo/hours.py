"""Cover hours of the demo company: Monday to Friday 08:00–18:00 in the site's zone.

Kept apart from `wellkept.methods` on purpose: the truth must not lean on what it is used to check.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wellkept.desk.demo.records import HOUR

OPENS_H, OPEN_H, DAY_END_H = 8, 10, 9
OPEN_S = OPEN_H * HOUR


class Cover:
    """The cover hours of one zone, from a first day on."""

    def __init__(self, zone: str, first: date, days: int) -> None:
        """Lay out the openings; each lasts OPEN_H hours (the clocks change on Sundays)."""
        self.zone = ZoneInfo(zone)
        weekdays = (first + timedelta(days=n) for n in range(days))
        self._opens = [self.moment(day, OPENS_H) for day in weekdays if day.weekday() < 5]

    def moment(self, day: date, hour: int, minute: int = 0) -> int:
        """This will give the moment of a local day and time."""
        return int(datetime.combine(day, time(hour, minute), self.zone).timestamp())

    def later(self, from_s: int, hours: float) -> int:
        """This will give the first moment by which so many cover hours have passed."""
        whole, rest = divmod(self._spent(from_s) + round(hours * HOUR), OPEN_S)
        if rest == 0 and hours > 0:
            whole, rest = whole - 1, OPEN_S
        return self._opens[whole] + rest

    def day_end(self, from_s: int, days: int) -> int:
        """This will give 17:00 on the cover day that comes so many days after this one."""
        return self._opens[self._spent(from_s) // OPEN_S + days] + DAY_END_H * HOUR

    def day_no(self, at_s: int) -> int:
        """This will number the cover day that holds a moment, or the last one before it."""
        return bisect_right(self._opens, at_s) - 1

    def on_day(self, day_no: int, hours: float) -> int:
        """This will give the moment so many hours after the opening of a numbered cover day."""
        return self._opens[day_no] + round(hours * HOUR)

    def midnight_after(self, day_no: int) -> int:
        """This will give the end of the local day on which a numbered cover day lies."""
        day = datetime.fromtimestamp(self._opens[day_no], self.zone).date()
        return self.moment(day + timedelta(days=1), 0)

    def _spent(self, at_s: int) -> int:
        """Cover seconds from the first opening to a moment."""
        opening = self.day_no(at_s)
        return opening * OPEN_S + min(at_s - self._opens[opening], OPEN_S)
