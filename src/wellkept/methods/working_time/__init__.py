"""Working time: calendars as the function W(t) and its inverse, with zones, pauses, holidays."""

from wellkept.methods.working_time.calendar import Calendar
from wellkept.methods.working_time.clock import BeyondRange, Clock, bind
from wellkept.methods.working_time.holiday_rows import public_holidays
from wellkept.methods.working_time.hours import CalendarRefused, DatedHours, Holiday, Hours
from wellkept.methods.working_time.pauses import STILL_OPEN, Pauses
from wellkept.methods.working_time.reckoning import (
    NO_MOMENT,
    DueMoments,
    due,
    due_many,
    elapsed,
    elapsed_many,
    first_moment,
    worked,
)
from wellkept.methods.working_time.stack import NeverOpen
from wellkept.methods.working_time.zone import UnknownZone

__all__ = [
    "NO_MOMENT",
    "STILL_OPEN",
    "BeyondRange",
    "Calendar",
    "CalendarRefused",
    "Clock",
    "DatedHours",
    "DueMoments",
    "Holiday",
    "Hours",
    "NeverOpen",
    "Pauses",
    "UnknownZone",
    "bind",
    "due",
    "due_many",
    "elapsed",
    "elapsed_many",
    "first_moment",
    "public_holidays",
    "worked",
]
