"""A calendar as rows: the week, the holidays, the dates with other hours. It has no zone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Editable
from wellkept.record.access.rules import EVERYBODY

DAY_MIN = 24 * 60


def _minutes(start: str = "from_min", end: str = "to_min") -> Q:
    return Q(
        **{
            f"{start}__gte": 0,
            f"{start}__lt": DAY_MIN,
            f"{end}__gt": F(start),
            f"{end}__lte": F(start) + DAY_MIN,
        }
    )


class Calendar(Editable):
    """When work is done, by the wall clock of the place that the calendar is bound to."""

    scoped: ClassVar = EVERYBODY

    name = models.CharField(max_length=120)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(
        null=True, blank=True, help_text="The first day on which it is no longer in effect."
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("name",),
                name="calendar_name_is_used_once",
                violation_error_message=_("Another calendar has this name."),
            ),
            models.CheckConstraint(
                name="calendar_ends_after_it_starts",
                condition=Q(until_on__gt=F("from_on")) | Q(from_on=None) | Q(until_on=None),
                violation_error_message=_("A calendar cannot end before it takes effect."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class WeeklyHours(models.Model):
    """One interval of one day of the week; past minute 1440 it runs into the next day."""

    scoped: ClassVar = EVERYBODY

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    from_min = models.PositiveSmallIntegerField(help_text="Minutes since midnight.")
    to_min = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("weekday", "from_min")
        constraints = (
            models.CheckConstraint(
                name="weekly_hours_are_of_one_day",
                condition=Q(weekday__lte=6) & _minutes(),
                violation_error_message=_("Hours start within their day and last at most 24 h."),
            ),
            models.UniqueConstraint(
                fields=(
                    "calendar",
                    "weekday",
                    "from_min",
                ),
                name="weekly_hours_start_once",
                violation_error_message=_("Two intervals of a day start at the same minute."),
            ),
        )

    def __str__(self) -> str:
        return f"day {self.weekday}, minutes {self.from_min} to {self.to_min}"


class Holiday(models.Model):
    """A day on which the calendar is closed, with the source and its version that said so."""

    scoped: ClassVar = EVERYBODY

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="holidays")
    on = models.DateField()
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "calendar",
                    "on",
                ),
                name="holiday_is_named_once_a_day",
                violation_error_message=_("The calendar has a holiday on this day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class DatedHours(models.Model):
    """Other hours on one date: a row for each interval; a row without hours says closed."""

    scoped: ClassVar = EVERYBODY

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="dated")
    on = models.DateField()
    from_min = models.PositiveSmallIntegerField(null=True, blank=True)
    to_min = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("on", "from_min")
        constraints = (
            models.CheckConstraint(
                name="dated_hours_are_of_one_day",
                condition=Q(from_min=None, to_min=None) | _minutes(),
                violation_error_message=_("Hours start within their day and last at most 24 h."),
            ),
            models.UniqueConstraint(
                fields=(
                    "calendar",
                    "on",
                    "from_min",
                ),
                name="dated_hours_start_once",
                violation_error_message=_("Two intervals of this date start at the same minute."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} closed" if self.from_min is None else f"{self.on} {self.from_min}"
