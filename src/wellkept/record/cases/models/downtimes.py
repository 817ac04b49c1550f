"""Rows of spells in which an asset could not do what was required."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Account
from wellkept.record.access.rules import Scoped
from wellkept.record.cases.models.case import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ExternalId, external_id_is_used_once

SCOPED = Scoped(
    own="asset__customer__owner__account",
    team="asset__customer__team",
    region="asset__site__region",
)


class Downtime(models.Model):
    """An asset was down from a moment until a moment, or still is."""

    scoped: ClassVar = SCOPED

    asset = models.ForeignKey(Asset, models.PROTECT, db_index=False, related_name="downtimes")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="downtimes")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    still_down_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The last moment at which it was known to be down, where its end was only "
        "found later.",
    )
    promise = models.ForeignKey(
        Promise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="downtimes",
        help_text="By when it was to work again.",
    )
    planned = models.BooleanField(null=True, blank=True, help_text="Empty: not recorded.")
    cause = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        Account, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    class Meta:
        ordering = ("from_at", "id")
        indexes = (models.Index(fields=("asset", "from_at"), name="downtime_of_asset"),)
        constraints = (
            models.CheckConstraint(
                name="downtime_ends_after_it_starts",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                violation_error_message=_("Downtime cannot end before it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"down from {self.from_at:%Y-%m-%d %H:%M}"


class DowntimeExternalId(ExternalId):
    """The number of a spell of downtime in another system."""

    scoped: ClassVar = Scoped(
        own="row__asset__customer__owner__account",
        team="row__asset__customer__team",
        region="row__asset__site__region",
    )

    row = models.ForeignKey(Downtime, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("downtime")
