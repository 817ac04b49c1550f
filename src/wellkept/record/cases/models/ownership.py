"""Rows of who owned a case, from when to when, and of who was asked to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scoped
from wellkept.record.cases.models.case import Case
from wellkept.record.cases.rules import How
from wellkept.record.organisation.models import Person, Team

SCOPED = Scoped(own="case__owner__account", team="case__team", region="case__site__region")


def how_choices() -> list[tuple[str, str]]:
    """This will list the ways to come to own a case."""
    return [(one.value, one.value) for one in How]


class Assignment(models.Model):
    """A case under one owner, or under none, for a while. A team may hold it, never own it."""

    scoped: ClassVar = SCOPED

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, db_index=False, related_name="assignments"
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=how_choices)
    recorded_at = models.DateTimeField(editable=False)
    by = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ("from_at", "id")
        constraints = (
            models.CheckConstraint(
                name="assignment_ends_after_it_starts",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                violation_error_message=_("It cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(until_at__isnull=True),
                name="assignment_is_open_once",
                violation_error_message=_("The case has an owner already; hand it over."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} under {self.person_id or 'nobody'}"


class Offer(models.Model):
    """Somebody asks another to take over a case; until it is accepted the giver stays its owner."""

    scoped: ClassVar = SCOPED

    case = models.ForeignKey(Case, models.PROTECT, related_name="offers")
    giver = models.ForeignKey(
        Person, models.PROTECT, null=True, db_index=False, related_name="offers_made"
    )
    to = models.ForeignKey(Person, models.PROTECT, related_name="offers")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("offered_at", "id")
        constraints = (
            models.CheckConstraint(
                name="offer_answer_has_its_moment",
                condition=Q(answered_at__isnull=True, accepted__isnull=True)
                | Q(answered_at__isnull=False, accepted__isnull=False),
                violation_error_message=_("An answer has its moment."),
            ),
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(answered_at__isnull=True),
                name="offer_waits_once",
                violation_error_message=_("The case is offered to somebody already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} offered to {self.to_id}"
