"""Dated edges of assets: where they are, whose they are, who runs them. Corrected, never changed.

`from_at` and `until_at` say when it was so; `recorded_at` and `superseded_at` when we held it to
be so. A start may be unknown. Nothing here is overwritten: a verb supersedes a row and writes
what is held to be true instead.
"""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scoped
from wellkept.record.installed_base.models.assets import Asset
from wellkept.record.installed_base.no_overlap import NoOverlap
from wellkept.record.installed_base.rules import was_so
from wellkept.record.parties.models import Customer, Site

SCOPED = Scoped(
    own="asset__customer__owner__account",
    team="asset__customer__team",
    region="asset__site__region",
)
GUESSED = "named beside it"
"""The reason of an ownership that no register tells: rows name the customer beside the asset."""
AnyEdge = TypeVar("AnyEdge", bound="Edge")


class EdgeQuerySet(models.QuerySet[AnyEdge]):
    """What can be asked about dated edges."""

    def held(self) -> Self:
        """This will leave the rows that we hold to be true now, past and present."""
        return self.filter(superseded_at=None)

    def current(self) -> Self:
        """This will leave the edges that are open, as we know it now."""
        return self.held().filter(until_at=None)

    def as_was(self, on: datetime, known_at: datetime) -> Self:
        """This will leave what was so at one moment, as far as it was known at another."""
        known = Q(superseded_at=None) | Q(superseded_at__gt=known_at)
        begun = Q(from_at=None) | Q(from_at__lte=on)
        lasting = Q(until_at=None) | Q(until_at__gt=on)
        return self.filter(known, begun, lasting, recorded_at__lte=known_at)


class Edge(models.Model):
    """What every dated edge of an asset holds."""

    from_at = models.DateTimeField(null=True, blank=True, help_text="Empty: nobody knows.")
    until_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ("from_at", "id")

    @property
    def is_held(self) -> bool:
        """Whether we hold it to be true now, past or present."""
        return self.superseded_at is None

    def was_so(self, on: datetime, known_at: datetime) -> bool:
        """This will tell whether it was so at one moment, as far as it was known at another."""
        return was_so(self, on, known_at)


def edge_holds(noun: str, *, open_once: Any, overlap: Any) -> tuple[models.BaseConstraint, ...]:
    """This will give what must be true of the edges of one kind."""
    return (
        models.CheckConstraint(
            name=f"{noun}_ends_after_it_starts",
            condition=Q(until_at__gt=F("from_at")) | Q(from_at=None) | Q(until_at=None),
            violation_error_message=_("It cannot end before it starts."),
        ),
        models.CheckConstraint(
            name=f"{noun}_is_superseded_after_it_was_recorded",
            condition=Q(superseded_at__gte=F("recorded_at")) | Q(superseded_at=None),
            violation_error_message=_("A row is superseded after it was recorded."),
        ),
        models.UniqueConstraint(
            fields=("asset",),
            condition=Q(superseded_at=None, until_at=None),
            name=f"{noun}_is_open_once",
            violation_error_message=open_once,
        ),
        NoOverlap(
            name=f"{noun}_does_not_overlap",
            violation_error_message=overlap,
        ),
    )


class Placement(Edge):
    """An asset is at a site, or in a slot of another asset; what is in it is where it is."""

    scoped: ClassVar = SCOPED

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="placements")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="placements")
    parent = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="children"
    )
    slot = models.CharField(max_length=80, blank=True)

    objects = EdgeQuerySet["Placement"].as_manager()

    class Meta(Edge.Meta):
        constraints = (
            *edge_holds(
                "placement",
                open_once=_("The asset has an open placement already; close it first."),
                overlap=_("Two placements of one asset would overlap."),
            ),
            models.CheckConstraint(
                name="placement_is_at_a_site_or_in_an_asset",
                condition=Q(site__isnull=False, parent=None) | Q(site=None, parent__isnull=False),
                violation_error_message=_("An asset stands at a site or in another asset."),
            ),
            models.CheckConstraint(
                name="placement_is_not_in_itself",
                condition=Q(parent=None) | ~Q(parent=F("asset")),
                violation_error_message=_("An asset does not stand in itself."),
            ),
            models.UniqueConstraint(
                fields=("parent", "slot"),
                condition=Q(superseded_at=None, until_at=None) & ~Q(slot=""),
                name="slot_holds_one_component",
                violation_error_message=_(
                    "Another component stands in this slot; take it out first."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.asset_id} at {self.site_id or self.parent_id} from {self.from_at}"


class Ownership(Edge):
    """An asset belongs to a customer; for the reason `GUESSED` where nobody said so."""

    scoped: ClassVar = SCOPED

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="ownerships")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="ownerships")

    objects = EdgeQuerySet["Ownership"].as_manager()

    class Meta(Edge.Meta):
        constraints = edge_holds(
            "ownership",
            open_once=_("The asset has an open ownership already; close it first."),
            overlap=_("Two ownerships of one asset would overlap."),
        )

    def __str__(self) -> str:
        return f"{self.asset_id} of {self.customer_id} from {self.from_at}"


class Operation(Edge):
    """A customer runs an asset, whoever owns it."""

    scoped: ClassVar = SCOPED

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="operations")
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="operations")

    objects = EdgeQuerySet["Operation"].as_manager()

    class Meta(Edge.Meta):
        constraints = edge_holds(
            "operation",
            open_once=_("The asset has an open operation already; close it first."),
            overlap=_("Two operations of one asset would overlap."),
        )

    def __str__(self) -> str:
        return f"{self.asset_id} run by {self.customer_id} from {self.from_at}"
