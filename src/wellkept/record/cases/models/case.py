"""The row of a case, what can be asked about cases, and the log that it is a projection of."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account, Editable
from wellkept.record.access.rules import Scoped
from wellkept.record.cases.rules import (
    ENDED,
    LEADS_TO,
    LISTED,
    OPEN,
    Channel,
    Contradiction,
    State,
    WaitingOn,
    Word,
)
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.models.assets import consequence_choices
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person, Role, Team
from wellkept.record.organisation.queries import whereabouts
from wellkept.record.organisation.rules import absent_of
from wellkept.record.parties.models import Customer, Site
from wellkept.record.search.rules import Searched
from wellkept.record.sources.models import ExternalId, external_id_is_used_once

IS_OPEN = Q(closed_at__isnull=True, cancelled_at__isnull=True)
IS_WAITING = ~Q(waiting_on=WaitingOn.NOBODY.value)


def channel_choices() -> list[tuple[str, str]]:
    """This will list the ways in which a need reaches us."""
    return [(one.value, one.value) for one in Channel]


def state_choices() -> list[tuple[str, str]]:
    """This will list the states of a case."""
    return [(one.value, one.value.replace("_", " ")) for one in State]


def waiting_on_choices() -> list[tuple[str, str]]:
    """This will list who a case may wait for."""
    return [(one.value, one.value) for one in WaitingOn]


def _over() -> Q:
    """The condition of open cases that are over: the second hand of what facts call settled."""
    words = {*LEADS_TO, Word.RESOLVED.value}
    said = CaseEvent.objects.filter(
        case=OuterRef("pk"), word__in=sorted(words | {f"{LISTED}{word}" for word in words})
    )
    last = Subquery(said.order_by("-at", "-pk").values("word")[:1])
    solved = Q(Exact(last, Value(Word.RESOLVED.value)))
    solved |= Q(Exact(last, Value(f"{LISTED}{Word.RESOLVED.value}")))
    unsaid = Q(doubt__contains=Contradiction.END_UNSAID.value)
    resolved = Q(resolved_at__isnull=False) & solved
    return resolved | unsaid | Q(state__in=sorted(one.value for one in ENDED))


class CaseQuerySet(models.QuerySet["Case"]):
    """What can be asked about cases."""

    def open(self) -> Self:
        """This will leave the cases that are neither closed nor cancelled."""
        return self.filter(IS_OPEN)

    def to_resolve(self) -> Self:
        """This will leave open cases with work to do: those that measures count as open work.

        A case of which the last word on its state is that it was resolved waits for the customer's
        word, or to be closed; one that ended nobody knows when is over.
        """
        return self.open().exclude(_over())

    def to_close(self) -> Self:
        """This will leave open cases that are over, but for a confirmation or their closing."""
        return self.open().filter(_over())

    def by_urgency(self) -> Self:
        """This will put the worst consequence first, then what was reported longest ago."""
        return self.order_by("consequence", "reported_at", "pk")

    def owned_by(self, person: Person) -> Self:
        """This will leave what one person owns."""
        return self.filter(owner=person)

    def ownerless(self, now: datetime) -> Self:
        """This will leave the cases without a present, named owner; a team is not one."""
        return self.of_nobody(absent_of(whereabouts(now)))

    def of_nobody(self, absent: Collection[int]) -> Self:
        """This will leave the cases that nobody owns, where it is known who is absent."""
        return self.filter(Q(owner=None) | Q(owner__in=absent))

    def offered(self, person: Person) -> Self:
        """This will leave the cases offered to a person that wait for an answer."""
        return self.filter(offers__to=person, offers__answered_at=None)

    def waiting_for(self, whom: WaitingOn) -> Self:
        """This will leave the open cases that wait for somebody."""
        return self.open().filter(waiting_on=whom.value)

    def felt_by(self, customer: Customer) -> Self:
        """This will leave the cases of a customer, also under rows merged into it."""
        return self.filter(customer__in=Customer.objects.same_as(customer).values("pk"))

    def of_asset(self, asset: Asset) -> Self:
        """This will leave the cases of an asset, also under rows merged into it."""
        return self.filter(asset__in=Asset.objects.same_as(asset).values("pk"))

    def numbered(self, text: str) -> Self:
        """This will find a case by its number, as a person writes it: C-000123, c123, 123."""
        digits = text.strip().upper().removeprefix("C").lstrip("-")
        return self.filter(pk=int(digits)) if digits.isdecimal() else self.none()


def numbered(pk: int) -> str:
    """This will give the number that people use.

    >>> numbered(123)
    'C-000123'
    """
    return f"C-{pk:06d}"


class Case(Editable):
    """A customer's need, from report to confirmed end.

    `state`, `waiting_on`, the moments and the owner are a projection of the events and the
    assignments, kept by the verbs; a test derives them again.
    """

    scoped: ClassVar = Scoped(
        own=("owner__account", "offers__to__account"), team="team", region="site__region"
    )
    searched: ClassVar = Searched(
        ("about", "detail"), through=("customer",), through_few=("asset",), letter="C"
    )

    about = models.CharField(max_length=300, help_text="What is wrong, in the customer's words.")
    detail = models.TextField(blank=True)
    channel = models.CharField(
        max_length=12, choices=channel_choices, default=Channel.UNKNOWN.value
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, db_index=False, related_name="cases"
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="cases")
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, db_index=False, related_name="cases"
    )
    asset_is_unknown = models.BooleanField(
        default=False, help_text="It is about an asset that nobody could name yet."
    )
    consequence = models.PositiveSmallIntegerField(
        choices=consequence_choices, default=Consequence.UNKNOWN.value
    )
    consequence_asked = models.BooleanField(
        default=False, help_text="The customer was asked what the stop means."
    )
    failure_mode = models.CharField(max_length=60, blank=True)
    failure_mechanism = models.CharField(max_length=60, blank=True)
    failure_cause = models.CharField(max_length=60, blank=True)
    remedy = models.CharField(max_length=60, blank=True)

    accountable = models.ForeignKey(Role, models.PROTECT, db_index=False, related_name="cases")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="cases"
    )

    occurred_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)
    state = models.CharField(
        max_length=14, choices=state_choices, default=State.REPORTED.value, editable=False
    )
    waiting_on = models.CharField(
        max_length=10, choices=waiting_on_choices, default=WaitingOn.NOBODY.value, editable=False
    )
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    restored_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    reopened = models.PositiveSmallIntegerField(default=0, editable=False)
    doubt = models.CharField(
        max_length=60, blank=True, editable=False, help_text="Rules that an import did not meet."
    )
    edited_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("consequence", "reported_at", "id"), condition=IS_OPEN, name="case_urgency"
            ),
            models.Index(fields=("reported_at", "id"), name="case_by_report"),
            models.Index(fields=("state", "id"), name="case_by_state"),
            models.Index(
                fields=("waiting_on", "consequence", "reported_at", "id"),
                condition=IS_OPEN,
                name="case_open_by_wait",
            ),
            models.Index(fields=("customer", "reported_at"), name="case_by_customer"),
            models.Index(fields=("asset", "reported_at"), name="case_by_asset"),
            *(
                models.Index(
                    fields=(part, "consequence", "reported_at", "id"),
                    condition=IS_OPEN,
                    name=f"case_open_by_{part}",
                )
                for part in ("owner", "team", "site")
            ),
            models.Index(  # few wait, and of those that are closed next to none
                fields=("waiting_on", "id"), condition=IS_WAITING, name="case_by_wait"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="case_occurred_before_it_was_reported",
                condition=Q(occurred_at__lte=F("reported_at"))
                | Q(occurred_at__isnull=True)
                | ~Q(doubt=""),
                violation_error_message=_("It cannot have happened after it was reported."),
            ),
            models.CheckConstraint(
                name="case_with_asset_knows_it",
                condition=Q(asset__isnull=True) | Q(asset_is_unknown=False),
                violation_error_message=_("The asset is named, so it is not unknown."),
            ),
            models.CheckConstraint(
                name="case_is_closed_in_its_state",
                condition=Q(state=State.CLOSED.value, closed_at__isnull=False)
                | Q(state=State.CANCELLED.value, cancelled_at__isnull=False)
                | Q(
                    state__in=sorted(one.value for one in OPEN),
                    closed_at__isnull=True,
                    cancelled_at__isnull=True,
                )
                | ~Q(doubt=""),
                violation_error_message=_("A case that is closed or cancelled has that moment."),
            ),
            models.CheckConstraint(
                name="case_says_what_is_wrong",
                condition=~Q(about=""),
                violation_error_message=_("Say what is wrong."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.about}"

    @property
    def number(self) -> str:
        """The number that people use, as in C-000123."""
        return numbered(self.pk or 0)

    @property
    def is_open(self) -> bool:
        """Whether anything may still be owed."""
        return State(self.state) in OPEN


class CaseExternalId(ExternalId):
    """The number of a case in another system."""

    scoped: ClassVar = Scoped(
        own="row__owner__account", team="row__team", region="row__site__region"
    )

    row = models.ForeignKey(Case, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("case")


class CaseRemark(models.Model):
    """What somebody wrote about a case: why it was refused or cancelled, or a note."""

    scoped: ClassVar = Scoped(
        own="case__owner__account", team="case__team", region="case__site__region"
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="remarks")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                name="case_remark_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write the note first."),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class CaseEvent(models.Model):
    """One thing that happened to a case. It only grows; the case's state is a projection of it.

    `word` is a word of `rules.Word`, or a milestone as the source wrote it; `state` is where the
    case was after it. People stand here as keys.
    """

    append_only = True
    scoped: ClassVar = Scoped(
        own="case__owner__account", team="case__team", region="case__site__region"
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    word = models.CharField(max_length=80)
    state = models.CharField(max_length=14, blank=True)
    waiting_on = models.CharField(max_length=10, blank=True)
    acknowledged = models.BooleanField(
        default=False, help_text="The customer acknowledged that we wait for them."
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, db_index=False, related_name="case_events"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, db_index=False, related_name="case_events"
    )
    at = models.DateTimeField(help_text="When it happened.")
    recorded_at = models.DateTimeField(help_text="When it was written down.")
    by = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.word}"
