"""The row of a promise, and what can be asked about promises."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account, Editable
from wellkept.record.access.rules import Scoped
from wellkept.record.calendars.models import Calendar
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.models.assets import consequence_choices
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person, Role, Team
from wellkept.record.organisation.queries import whereabouts
from wellkept.record.organisation.rules import absent_of
from wellkept.record.parties.models import Customer, Site
from wellkept.record.promises.rules import (
    Cause,
    Kind,
    MadeTo,
    Precision,
    Source,
    Standing,
    Verdict,
    is_owed,
    standing_of,
)
from wellkept.record.search.rules import Searched
from wellkept.record.sources.models import ExternalId, external_id_is_used_once

OWED = Q(
    fulfilled_at__isnull=True,
    released_at__isnull=True,
    ended_at__isnull=True,
    voided_at__isnull=True,
    verdict__isnull=True,
)
"""Nothing has settled it yet."""
OWED_IN = {"team": ("owner", "offered_to"), "site": ("owner", "team", "offered_to")}
ENDED_OTHERWISE = (
    Q(ended_at__isnull=False) | Q(released_at__isnull=False) | Q(voided_at__isnull=False)
)
"""It ended without being fulfilled, which few do: said in a query, it names the index of them."""
VERDICT_DECIDES = Q(verdict__isnull=False) & (
    Q(fulfilled_at__isnull=True) | Q(judged_due__isnull=True)
)
SCOPED = Scoped(own=("owner__account", "offered_to__account"), team="team", region="site__region")
"""Whoever is offered a promise must see it to accept it."""


def in_standing(wanted: Standing, now: datetime) -> Q:
    """This will give the condition of one standing: the second hand of the rule `standing`."""
    alive = Q(voided_at__isnull=True)
    dated = alive & ~VERDICT_DECIDES
    unfulfilled = dated & Q(fulfilled_at__isnull=True)
    let_go = unfulfilled & Q(released_at__isnull=False)
    too_late = Q(judged_due__isnull=False, released_at__gt=F("judged_due"))
    in_time = Q(judged_due__isnull=True) | Q(released_at__lte=F("judged_due"))
    conditions = {
        Standing.VOID: ENDED_OTHERWISE & Q(voided_at__isnull=False),
        Standing.KEPT: (alive & VERDICT_DECIDES & Q(verdict=Verdict.KEPT.value))
        | (dated & Q(fulfilled_at__isnull=False, judged_due__isnull=True))
        | (dated & Q(fulfilled_at__lte=F("judged_due"))),
        Standing.LATE: (alive & VERDICT_DECIDES & Q(verdict=Verdict.BROKEN.value))
        | (dated & Q(fulfilled_at__gt=F("judged_due"))),
        Standing.RELEASED: ENDED_OTHERWISE & let_go & in_time,
        Standing.NEVER: ENDED_OTHERWISE
        & (
            (let_go & too_late)
            | (unfulfilled & Q(released_at__isnull=True, ended_at__isnull=False))
        ),
        Standing.BROKEN: OWED & Q(judged_due__lte=now),
        Standing.OPEN: OWED & (Q(judged_due__isnull=True) | Q(judged_due__gt=now)),
    }
    return conditions[wanted]


class PromiseQuerySet(models.QuerySet["Promise"]):
    """What can be asked about promises."""

    def standing(self, wanted: Standing, now: datetime) -> Self:
        """This will leave the promises that stand so at a moment."""
        return self.filter(in_standing(wanted, now))

    def owed(self) -> Self:
        """This will leave the promises that nothing has settled yet."""
        return self.filter(OWED)

    def broken(self, now: datetime) -> Self:
        """This will leave the promises whose judged date has come, still owed: Today's."""
        return self.standing(Standing.BROKEN, now)

    def failed(self, now: datetime) -> Self:
        """This will leave the broken, the late and the never kept: what measures count."""
        failed = in_standing(Standing.BROKEN, now) | in_standing(Standing.LATE, now)
        return self.filter(failed | in_standing(Standing.NEVER, now))

    def due_between(self, begin: datetime, end: datetime) -> Self:
        """This will leave what is owed and due by its judged date after `begin`, up to `end`."""
        return self.owed().filter(judged_due__gt=begin, judged_due__lte=end)

    def in_danger(self, now: datetime, within: timedelta) -> Self:
        """This will leave what is owed, not yet past, and due soon: time left, not chance."""
        return self.owed().filter(judged_due__gt=now, judged_due__lte=now + within)

    def paused(self) -> Self:
        """This will leave what is owed while an acknowledged pause runs: time left, no date."""
        return self.owed().filter(left_s__isnull=False)

    def by_urgency(self) -> Self:
        """This will put the worst consequence first, then what is due longest."""
        return self.order_by("consequence", "judged_due", "pk")

    def class_by_class(self) -> Self:
        """This will leave out nothing, and name every consequence, for long lists by urgency.

        SQLite then walks the index of urgency class by class, beginning at the right date, where
        else it would gather all that is due and put it in order.
        """
        return self.filter(consequence__in=[one.value for one in Consequence])

    def owned_by(self, person: Person) -> Self:
        """This will leave what one person answers for."""
        return self.filter(owner=person)

    def offered(self, person: Person) -> Self:
        """This will leave what was offered to a person and still waits for an answer."""
        return self.owed().filter(offered_to=person)

    def ownerless(self, now: datetime) -> Self:
        """This will leave what nobody present answers for.

        Nobody: no owner, one who left, or one who is away without a deputy.
        """
        return self.of_nobody(absent_of(whereabouts(now)))

    def of_nobody(self, absent: Collection[int]) -> Self:
        """This will leave what nobody answers for, where it is known who is absent."""
        return self.filter(Q(owner=None) | Q(owner__in=absent))

    def felt_by(self, customer: Customer) -> Self:
        """This will leave the promises to a customer, also under rows merged into it."""
        return self.filter(customer__in=Customer.objects.same_as(customer).values("pk"))

    def numbered(self, text: str) -> Self:
        """This will find a promise by its number, as a person writes it: P-000123, p123, 123."""
        digits = text.strip().upper().removeprefix("P").lstrip("-")
        return self.filter(pk=int(digits)) if digits.isdecimal() else self.none()


def numbered(pk: int) -> str:
    """This will give the number that people use.

    >>> numbered(123)
    'P-000123'
    """
    return f"P-{pk:06d}"


def kind_choices() -> list[tuple[str, str]]:
    """This will list the kinds of promise for a form."""
    return [(kind.value, kind.value.replace("_", " ")) for kind in Kind]


def cause_choices() -> list[tuple[str, str]]:
    """This will list the causes of failure for a form."""
    return [(cause.value, cause.value or "unknown") for cause in Cause]


class Promise(Editable):
    """A dated commitment, who answers for it, and what became of it. It knows none of its makers.

    `first_due` is what was first said, `current_due` what we say today. `judged_due` is derived:
    the verbs write what `judging.judge` gives, and a test derives it again. It is empty where no
    date is known, and while a pause runs that the customer acknowledged: then `left_s` holds the
    working time left. Evidence and reasons are words of people and stand here, not in the log.
    """

    scoped: ClassVar = SCOPED
    searched: ClassVar = Searched(
        ("about",), through=("customer",), through_few=("asset",), letter="P"
    )

    kind = models.CharField(max_length=20, choices=kind_choices)
    made_to = models.CharField(max_length=12, default=MadeTo.CUSTOMER.value)
    about = models.CharField(max_length=300)
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, db_index=False, related_name="promises"
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, db_index=False, related_name="promises"
    )
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, blank=True, related_name="promises")
    consequence = models.PositiveSmallIntegerField(
        choices=consequence_choices, default=Consequence.UNKNOWN.value
    )
    source = models.CharField(max_length=12, default=Source.SAID.value)

    accountable = models.ForeignKey(Role, models.PROTECT, db_index=False, related_name="promises")
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, db_index=False, related_name="promises"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, db_index=False, related_name="promises"
    )
    offered_to = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="offered_promises",
    )
    offered_at = models.DateTimeField(null=True, editable=False)

    made_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, db_index=False, related_name="made_promises"
    )
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    not_before = models.DateTimeField(null=True, blank=True, help_text="The start of a window.")
    first_due = models.DateTimeField(null=True, blank=True)
    current_due = models.DateTimeField(null=True, blank=True)
    judged_due = models.DateTimeField(null=True, editable=False)
    left_s = models.BigIntegerField(null=True, editable=False)
    due_precision = models.CharField(max_length=8, default=Precision.MOMENT.value)
    target_s = models.PositiveBigIntegerField(null=True, blank=True, help_text="Working seconds.")
    calendar = models.ForeignKey(
        Calendar, models.PROTECT, null=True, blank=True, db_index=False, related_name="promises"
    )
    zone = models.CharField(max_length=60, blank=True, help_text="Empty: the zone of the site.")

    penalty_minor = models.BigIntegerField(null=True, blank=True)
    downtime_minor_per_h = models.BigIntegerField(null=True, blank=True)
    at_stake_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    verdict = models.CharField(max_length=8, null=True, blank=True)
    moves_told = models.PositiveSmallIntegerField(null=True, editable=False)  # by its source
    fulfilled_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False, help_text="Until the customer confirms.")
    released_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    voided_reason = models.CharField(max_length=300, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, db_index=False, related_name="merged"
    )
    doubt = models.CharField(
        max_length=60, blank=True, editable=False, help_text="Rules that an import did not meet."
    )
    evidence = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=12, blank=True, choices=cause_choices)
    edited_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(  # with the owner, by which lists are told apart, no row need be read
                fields=("consequence", "judged_due", "id", "owner"),
                condition=OWED,
                name="promise_urgency",
            ),
            models.Index(fields=("judged_due", "id"), condition=OWED, name="promise_owed_by_due"),
            models.Index(
                fields=("judged_due", "id"),
                condition=OWED & Q(owner__isnull=True),
                name="promise_owed_by_nobody",
            ),
            models.Index(  # on PostgreSQL these three alone answer what Today asks of a part
                fields=("owner", "consequence", "judged_due"),
                include=("id", "team", "offered_to"),
                condition=OWED,
                name="promise_owed_by_owner",
            ),
            models.Index(fields=("owner", "consequence"), name="promise_by_owner"),
            models.Index(fields=("team", "consequence"), name="promise_by_team"),
            models.Index(fields=("site", "consequence"), name="promise_by_site"),
            models.Index(fields=("customer", "judged_due"), name="promise_by_customer"),
            models.Index(fields=("id",), condition=OWED, name="promise_owed_by_key"),
            *(
                models.Index(
                    fields=(part, "consequence", "judged_due", "id"),
                    include=beside,
                    condition=OWED,
                    name=f"promise_owed_by_{part}",
                )
                for part, beside in OWED_IN.items()
            ),
            models.Index(fields=("id",), condition=ENDED_OTHERWISE, name="promise_ended_otherwise"),
            models.Index(
                fields=("offered_to",),
                condition=Q(offered_to__isnull=False),
                name="promise_by_offer",
            ),
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="promise_by_survivor",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="promise_due_after_made",
                condition=Q(first_due__gte=F("made_at"))
                | Q(made_at__isnull=True)
                | Q(first_due__isnull=True)
                | ~Q(doubt=""),
                violation_error_message=_("A promise cannot fall due before it is made."),
            ),
            models.CheckConstraint(
                name="promise_has_a_date_or_a_verdict",
                condition=Q(first_due__isnull=False, current_due__isnull=False)
                | Q(verdict__isnull=False),
                violation_error_message=_(
                    "A promise needs a due date, or the verdict of its source."
                ),
            ),
            models.CheckConstraint(
                name="promise_is_dated_or_paused",
                condition=Q(judged_due__isnull=False, left_s__isnull=True)
                | Q(judged_due__isnull=True, left_s__isnull=False)
                | Q(judged_due__isnull=True, first_due__isnull=True),
                violation_error_message=_("A promise has a judged date or working time left."),
            ),
            models.CheckConstraint(
                name="promise_ends_once",
                condition=Q(fulfilled_at__isnull=True)
                | Q(released_at__isnull=True, ended_at__isnull=True),
                violation_error_message=_("A promise is fulfilled, or released, or ended."),
            ),
            models.CheckConstraint(
                name="promise_void_has_a_reason",
                condition=Q(voided_at__isnull=True) | ~Q(voided_reason=""),
                violation_error_message=_("Say why the promise is void."),
            ),
            models.CheckConstraint(
                name="promise_end_has_a_reason",
                condition=Q(ended_at__isnull=True) | ~Q(ended_reason=""),
                violation_error_message=_("Say why the promise will not be fulfilled."),
            ),
            models.CheckConstraint(
                name="promise_release_has_evidence",
                condition=Q(released_at__isnull=True) | ~Q(evidence=""),
                violation_error_message=_("Only the customer releases: say how we know."),
            ),
            models.CheckConstraint(
                name="promise_money_has_a_currency",
                condition=~Q(currency="")
                | Q(
                    penalty_minor__isnull=True,
                    downtime_minor_per_h__isnull=True,
                    at_stake_minor__isnull=True,
                ),
                violation_error_message=_("Money needs its currency."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.about}"

    @property
    def number(self) -> str:
        """The number that people use, as in P-000123."""
        return numbered(self.pk or 0)

    @property
    def is_owed(self) -> bool:
        """Whether nothing has settled it yet."""
        return is_owed(self)

    def standing(self, now: datetime) -> Standing:
        """This will tell how the promise stands at a moment."""
        return standing_of(self, now)


class PromiseExternalId(ExternalId):
    """The number of a promise in another system."""

    scoped: ClassVar = Scoped(
        own="row__owner__account", team="row__team", region="row__site__region"
    )

    row = models.ForeignKey(Promise, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("promise")
