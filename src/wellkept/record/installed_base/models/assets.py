"""Rows of assets: one for each installed thing, hardware or software, and what became of it."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account, Editable
from wellkept.record.access.rules import Scoped
from wellkept.record.installed_base.models.products import Product, Slot
from wellkept.record.installed_base.rules import Consequence, CostBand, State
from wellkept.record.parties.models import Customer, Site
from wellkept.record.search.rules import Searched
from wellkept.record.sources.models import ExternalId, external_id_is_used_once


def state_choices() -> list[tuple[str, str]]:
    """This will list the states of an asset for a form."""
    return [(state.value, state.value.replace("_", " ")) for state in State]


def consequence_choices() -> list[tuple[int, str]]:
    """This will list the classes of consequence for a form, the most urgent first."""
    return [(one.value, one.word.replace("_", " ")) for one in Consequence]


def cost_band_choices() -> list[tuple[str, str]]:
    """This will list the bands of downtime cost for a form."""
    return [(band.value, band.value) for band in CostBand]


class AssetQuerySet(models.QuerySet["Asset"]):
    """What can be asked about assets."""

    def standing(self) -> Self:
        """This will leave out assets that were merged into others."""
        return self.filter(merged_into=None)

    def in_service(self) -> Self:
        """This will leave assets that are not retired nor merged."""
        return self.standing().exclude(state=State.RETIRED.value)

    def to_merge(self) -> Self:
        """This will give the merge list: assets that look as if they were another one."""
        return self.standing().exclude(doubt="")

    def by_serial(self, fragment: str) -> Self:
        """This will find assets by a piece of their serial or own number."""
        return self.filter(Q(serial__icontains=fragment) | Q(number__icontains=fragment))

    def same_as(self, asset: "Asset") -> Self:
        """This will give every row that means this asset, merged ones among them."""
        survivor = asset.merged_into_id or asset.pk
        return self.filter(Q(pk=survivor) | Q(merged_into=survivor))

    def components_of(self, asset: "Asset") -> Self:
        """This will give the assets that stand in another one now, directly."""
        return self.filter(
            placements__parent=asset,
            placements__superseded_at=None,
            placements__until_at=None,
        )


class Asset(Editable):
    """One installed thing that we look after, or one installed software.

    `site` and `customer`, and whether that one is a guess, are projections of the open placement
    (children inherit) and ownership, kept by the verbs so that a list of a million assets needs no
    walk; a test derives them again.
    """

    scoped: ClassVar = Scoped(
        own="customer__owner__account", team="customer__team", region="site__region"
    )
    searched: ClassVar = Searched(
        ("number", "serial"), through=("product", "customer"), begins=("number",)
    )

    number = models.CharField(max_length=60, help_text="Our own number.")
    serial = models.CharField(max_length=120, blank=True)
    doubt = models.CharField(
        max_length=20, blank=True, editable=False, help_text="Why it may be another asset."
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="assets")
    state = models.CharField(
        max_length=20, choices=state_choices, default=State.IN_USE.value, editable=False
    )
    hardware_revision = models.CharField(max_length=60, blank=True)
    software_revision = models.CharField(max_length=60, blank=True)
    installed_on = models.DateField(null=True, blank=True)
    warranty_until_on = models.DateField(null=True, blank=True)
    consequence = models.PositiveSmallIntegerField(
        choices=consequence_choices, default=Consequence.UNKNOWN.value
    )
    consequence_said_by = models.CharField(max_length=120, blank=True)
    consequence_said_at = models.DateTimeField(null=True, blank=True)
    cost_band = models.CharField(
        max_length=20, choices=cost_band_choices, default=CostBand.UNKNOWN.value
    )
    cost_band_said_by = models.CharField(max_length=120, blank=True)
    cost_band_said_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, editable=False, db_index=False, related_name="assets"
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, editable=False, db_index=False, related_name="assets"
    )
    customer_guessed = models.BooleanField(
        null=True,
        editable=False,
        help_text="Nobody said whose it is: rows of an import name it beside this customer.",
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, db_index=False, related_name="merged"
    )
    merged_at = models.DateTimeField(null=True, editable=False)
    edited_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    objects = AssetQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("serial", "product"), name="asset_by_serial"),
            models.Index(fields=("site", "consequence"), name="asset_by_site"),
            models.Index(fields=("customer", "consequence"), name="asset_by_customer"),
            models.Index(
                fields=("number", "id"),
                condition=~Q(doubt="") & Q(merged_into=None),
                name="asset_to_merge",
            ),
            models.Index(fields=("state", "number"), name="asset_by_state"),
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="asset_by_survivor",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="asset_number_is_used_once",
                violation_error_message=_("Another asset has this number."),
            ),
            models.UniqueConstraint(
                fields=("product", "serial"),
                condition=Q(doubt="", merged_into=None) & ~Q(serial=""),
                name="asset_serial_is_used_once",
                violation_error_message=_("Another asset of this product has this serial."),
            ),
            models.CheckConstraint(
                name="asset_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message=_("An asset is not merged into itself."),
            ),
        )

    def __str__(self) -> str:
        return self.serial or self.number

    def empty_slots(self) -> QuerySet[Slot]:
        """This will give the slots that the product declares and nothing stands in now."""
        filled = self.children.filter(slot=OuterRef("name"), superseded_at=None, until_at=None)
        return Slot.objects.filter(product=self.product_id).exclude(Exists(filled))


class AssetExternalId(ExternalId):
    """The number of an asset in another system."""

    scoped: ClassVar = Scoped(
        own="row__customer__owner__account", team="row__customer__team", region="row__site__region"
    )

    row = models.ForeignKey(Asset, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("asset")


class AssetEvent(models.Model):
    """What happened to an asset itself: a change of state, of revision, of consequence. Only grows.

    `word` is the state entered, or the field that changed (then `old` and `new` hold codes).
    """

    append_only = True
    scoped: ClassVar = Scoped(
        own="asset__customer__owner__account",
        team="asset__customer__team",
        region="asset__site__region",
    )

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="events")
    word = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False, related_name="+")
    old = models.CharField(max_length=120, blank=True)
    new = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="A code, never a name.")

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.word}"

    @property
    def moment(self) -> datetime:
        """When it happened, as every row of a life says it."""
        return self.at
