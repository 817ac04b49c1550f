"""Rows of what happened to promises: moves, notices, pauses, corrections, and the log."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scoped
from wellkept.record.organisation.models import Person
from wellkept.record.parties.models import Contact, Customer
from wellkept.record.promises.models.promise import Promise
from wellkept.record.promises.rules import AskedBy, Channel, WaitedFor

SCOPED = Scoped(own="promise__owner__account", team="promise__team", region="promise__site__region")
WAITS = Q(confirmed_at__isnull=True, refused_at__isnull=True)
"""A correction that nobody has answered."""


def asked_by_choices() -> list[tuple[str, str]]:
    """This will list who may have asked for a move."""
    return [(one.value, one.value) for one in AskedBy]


def waited_for_choices() -> list[tuple[str, str]]:
    """This will list who may be waited for."""
    return [(one.value, one.value) for one in WaitedFor]


def channel_choices() -> list[tuple[str, str]]:
    """This will list the ways to tell somebody something."""
    return [(one.value, one.value) for one in Channel]


class ContactLog(models.Model):
    """Who told whom what, when, and how. A case or a promise that it was about links to it."""

    scoped: ClassVar = Scoped(
        own="customer__owner__account",
        team="customer__team",
        region="customer__sites__region",
        by_links=True,
    )

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    channel = models.CharField(max_length=12, choices=channel_choices)
    from_customer = models.BooleanField(default=False, help_text="They told us, not we them.")
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, db_index=False, related_name="contact_log"
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="contact_log"
    )
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, db_index=False, related_name="contact_log"
    )
    about = models.TextField(blank=True, help_text="What was said.")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("customer", "-at"), name="contact_log_of_customer"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} by {self.channel}"


class Notice(models.Model):
    """The customer was told how a promise stands: before or after it was late, the moments say."""

    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="notices")
    told = models.ForeignKey(ContactLog, models.PROTECT, related_name="notices")
    at = models.DateTimeField()
    in_time = models.BooleanField(help_text="Told at or before the date it was then judged by.")

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"told on {self.at:%Y-%m-%d %H:%M}"


class PromiseMove(models.Model):
    """The date that we say was changed: from, to, who asked, why, and when the customer was told.

    Never changed: a further move is a further row.
    """

    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="moves")
    old_due = models.DateTimeField()
    new_due = models.DateTimeField()
    asked_by = models.CharField(max_length=10, choices=asked_by_choices)
    reason = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=300, blank=True, help_text="How we know who asked.")
    at = models.DateTimeField(null=True, help_text="When it was asked; empty: not recorded.")
    recorded_at = models.DateTimeField(editable=False)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                name="move_changes_the_date",
                condition=~Q(old_due=F("new_due")),
                violation_error_message=_("A move changes the date."),
            ),
            models.CheckConstraint(
                name="move_by_customer_has_evidence",
                condition=~Q(asked_by=AskedBy.CUSTOMER.value) | ~Q(evidence=""),
                violation_error_message=_("The customer asked: say how we know."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_due:%Y-%m-%d %H:%M} to {self.new_due:%Y-%m-%d %H:%M} by {self.asked_by}"


class Pause(models.Model):
    """Somebody is waited for. It moves the judged date only if the customer agreed in time."""

    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    waited_for = models.CharField(max_length=10, choices=waited_for_choices)
    reason = models.CharField(max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True, help_text="How we know they agreed.")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("from_at", "id")
        constraints = (
            models.CheckConstraint(
                name="pause_ends_after_it_starts",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                violation_error_message=_("A pause cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="pause_acknowledged_has_evidence",
                condition=Q(acknowledged_at__isnull=True) | ~Q(evidence=""),
                violation_error_message=_("The customer acknowledged it: say how we know."),
            ),
            models.UniqueConstraint(
                fields=("promise",),
                condition=Q(until_at__isnull=True),
                name="pause_runs_once",
                violation_error_message=_("The promise is paused already."),
            ),
        )

    def __str__(self) -> str:
        return f"waiting for {self.waited_for} from {self.from_at:%Y-%m-%d %H:%M}"


class CorrectionQuerySet(models.QuerySet["DateCorrection"]):
    """What can be asked about corrections."""

    def waiting(self) -> Self:
        """This will leave the corrections that nobody has confirmed or refused yet."""
        return self.filter(WAITS)


class DateCorrection(models.Model):
    """A first date that was written down wrongly; a second person confirms unless it is fresh.

    One that was wrong itself is refused; then the date stays.
    """

    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="corrections")
    old_first_due = models.DateTimeField()
    new_first_due = models.DateTimeField()
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(
        Account, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(
                name="correction_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the date was wrong."),
            ),
            models.UniqueConstraint(
                fields=("promise",),
                condition=WAITS,
                name="correction_waits_once",
                violation_error_message=_(
                    "A correction of this promise waits for a second person."
                ),
            ),
            models.CheckConstraint(
                name="correction_is_confirmed_or_refused",
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                violation_error_message=_("A correction is confirmed or refused, not both."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_first_due:%Y-%m-%d} should be {self.new_first_due:%Y-%m-%d}"


class Remark(models.Model):
    """What somebody wrote about a promise: why it was taken back, voided or merged, or a note."""

    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="remarks")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                name="remark_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write why."),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class PromiseEvent(models.Model):
    """What happened to a promise after it was made, in order. Keys and moments only; it only grows.

    The making itself is the promise's own row. Words of people stand in the rows pointed to.
    """

    append_only = True
    scoped: ClassVar = SCOPED

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="events")
    word = models.CharField(max_length=16)
    at = models.DateTimeField(help_text="When it happened.")
    recorded_at = models.DateTimeField(help_text="When it was written down.")
    by = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False, related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, db_index=False, related_name="promise_events"
    )
    due = models.DateTimeField(null=True, help_text="The date it led to.")
    detail = models.BigIntegerField(null=True, help_text="Key of the move, notice, pause, …")
    code = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.word}"
