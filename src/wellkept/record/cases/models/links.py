"""Rows that tie a case to what it promised and to what was said about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Editable
from wellkept.record.access.rules import EVERYBODY, Scoped
from wellkept.record.calendars.models import Calendar
from wellkept.record.cases.models.case import Case
from wellkept.record.installed_base.models.assets import consequence_choices
from wellkept.record.organisation.models import Role
from wellkept.record.promises.models import ContactLog, Promise

SCOPED = Scoped(own="case__owner__account", team="case__team", region="case__site__region")


class Commitment(Editable):
    """What we promise when a case is reported: for one consequence, under one cover calendar.

    Without a calendar it holds wherever no other does, around the clock. Targets are minutes of
    working time; an empty one promises nothing.
    """

    scoped: ClassVar = EVERYBODY

    consequence = models.PositiveSmallIntegerField(choices=consequence_choices)
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    zone = models.CharField(max_length=60, blank=True, help_text="Empty: the zone of the site.")
    respond_min = models.PositiveIntegerField(null=True, blank=True)
    restore_min = models.PositiveIntegerField(null=True, blank=True)
    update_min = models.PositiveIntegerField(null=True, blank=True)
    accountable = models.ForeignKey(Role, models.PROTECT, related_name="commitments")

    class Meta:
        ordering = ("consequence", "calendar")
        constraints = (
            models.UniqueConstraint(
                fields=("consequence", "calendar"),
                name="commitment_is_made_once",
                violation_error_message=_(
                    "There is a commitment for this consequence and calendar."
                ),
            ),
            models.UniqueConstraint(
                fields=("consequence",),
                condition=Q(calendar__isnull=True),
                name="commitment_elsewhere_is_made_once",
                violation_error_message=_("There is a commitment for this consequence elsewhere."),
            ),
        )

    def __str__(self) -> str:
        return f"commitment {self.pk}"


class CasePromise(models.Model):
    """A promise that a case made; it follows the owner of the case unless it is set apart."""

    scoped: ClassVar = SCOPED

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="of_case")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, db_index=False, related_name="made"
    )
    set_apart = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"promise {self.promise_id} of case {self.case_id}"


class CaseContact(models.Model):
    """A line of the contact log that was about a case."""

    scoped: ClassVar = SCOPED

    case = models.ForeignKey(Case, models.PROTECT, related_name="contact_log")
    told = models.ForeignKey(ContactLog, models.PROTECT, related_name="of_cases")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "told"),
                name="case_contact_is_linked_once",
                violation_error_message=_(
                    "This line of the contact log hangs on the case already."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"case {self.case_id}, line {self.told_id}"
