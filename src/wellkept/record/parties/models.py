"""Rows of customers, their sites and contacts."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Editable, PersonalData
from wellkept.record.access.rules import Scoped
from wellkept.record.calendars.models import Calendar
from wellkept.record.organisation.models import Person, Region, Team
from wellkept.record.parties.rules import Consent, is_zone
from wellkept.record.search.rules import Searched
from wellkept.record.sources.models import ExternalId, external_id_is_used_once


class CustomerQuerySet(models.QuerySet["Customer"]):
    """What can be asked about customers."""

    def standing(self) -> Self:
        """This will leave out customers that were merged into others."""
        return self.filter(merged_into=None)

    def to_merge(self) -> Self:
        """This will give the merge list: customers that look as if they were another one."""
        return self.standing().exclude(doubt="")

    def same_as(self, customer: "Customer") -> Self:
        """This will give every row that means this customer, merged ones among them."""
        survivor = customer.merged_into_id or customer.pk
        return self.filter(Q(pk=survivor) | Q(merged_into=survivor))


class Customer(Editable):
    """The organisation that depends on the asset; it may belong to a group of customers.

    A merged row stays, and what points to it keeps pointing; `merged_into` names the survivor,
    always directly.
    """

    scoped: ClassVar = Scoped(own="owner__account", team="team", region="sites__region")
    searched: ClassVar = Searched(
        ("name", "number"), people="contacts__personal__name", begins=("name", "number")
    )

    name = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True, help_text="Our own number, if any.")
    group = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="of_group"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="customers"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="customers")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )
    merged_at = models.DateTimeField(null=True, editable=False)
    alike = models.CharField(
        max_length=200, blank=True, editable=False, help_text="What its name has in common."
    )
    doubt = models.CharField(
        max_length=20, blank=True, editable=False, help_text="Why it may be another customer."
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=(
                    "name",
                    "id",
                ),
                name="customer_by_name",
            ),
            models.Index(fields=("alike", "id"), name="customer_by_likeness"),
            models.Index(
                fields=("name", "id"),
                condition=~Q(doubt="") & Q(merged_into=None),
                name="customer_to_merge",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="customer_number_is_used_once",
                condition=~Q(number="") & Q(merged_into=None),
                violation_error_message=_("Another customer has this number."),
            ),
            models.CheckConstraint(
                name="customer_is_not_in_itself",
                condition=(Q(group=None) | ~Q(group=F("id")))
                & (Q(merged_into=None) | ~Q(merged_into=F("id"))),
                violation_error_message=_(
                    "A customer is not its own group, nor merged into itself."
                ),
            ),
            models.CheckConstraint(
                name="customer_merge_is_dated",
                condition=Q(merged_into=None, merged_at=None)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                violation_error_message=_("A merge has a moment."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class CustomerExternalId(ExternalId):
    """The number of a customer in another system."""

    scoped: ClassVar = Scoped(
        own="row__owner__account", team="row__team", region="row__sites__region"
    )

    row = models.ForeignKey(Customer, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("customer")


def must_be_zone(name: str) -> None:
    """This will raise ValidationError for a name that is no IANA zone."""
    if not is_zone(name):
        raise ValidationError(
            _("“%(name)s” is not a time zone; write one of the IANA names, as Europe/Rome.")
            % {"name": name}
        )


class Site(Editable):
    """A customer's place. Working time of what stands there is reckoned in its zone."""

    scoped: ClassVar = Scoped(
        own="customer__owner__account", team="customer__team", region="region"
    )

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Two letters of ISO 3166.")
    zone = models.CharField(max_length=60, validators=[must_be_zone])
    cover_calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covers",
        help_text="When we owe service.",
    )
    required_calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requires",
        help_text="When the customer needs the function.",
    )
    access_notes = models.TextField(blank=True, help_text="Gate, badge, whom to call.")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="sites")

    class Meta:
        indexes = (
            models.Index(
                fields=(
                    "name",
                    "id",
                ),
                name="site_by_name",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="site_has_a_zone",
                condition=~Q(zone=""),
                violation_error_message=_("A site needs its time zone."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class SiteExternalId(ExternalId):
    """The number of a site in another system."""

    scoped: ClassVar = Scoped(
        own="row__customer__owner__account", team="row__customer__team", region="row__region"
    )

    row = models.ForeignKey(Site, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("site")


def consent_choices() -> list[tuple[str, str]]:
    """This will list the kinds of consent for a form."""
    return [(consent.value, consent.value) for consent in Consent]


class Contact(Editable):
    """A person at a customer, with what they do there and what they agreed to."""

    scoped: ClassVar = Scoped(
        own="customer__owner__account", team="customer__team", region="customer__sites__region"
    )

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contacts")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="contacts")
    personal = models.OneToOneField(PersonalData, models.PROTECT, related_name="contact")
    role = models.CharField(max_length=120, blank=True, help_text="As in maintenance manager.")
    consent = models.CharField(
        max_length=20, choices=consent_choices, default=Consent.UNKNOWN.value
    )
    consent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="contact_consent_is_dated",
                condition=Q(consent="unknown") | Q(consent_at__isnull=False),
                violation_error_message=_("Consent that was given or withdrawn has its moment."),
            ),
        )

    def __str__(self) -> str:
        return str(self.personal)


class ContactExternalId(ExternalId):
    """The number of a contact in another system."""

    scoped: ClassVar = Scoped(
        own="row__customer__owner__account",
        team="row__customer__team",
        region="row__customer__sites__region",
    )

    row = models.ForeignKey(Contact, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("contact")
