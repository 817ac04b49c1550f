"""Rows of the catalogue: what an asset is an instance of."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wellkept.record.access.models import Editable
from wellkept.record.access.rules import EVERYBODY
from wellkept.record.installed_base.rules import ProductKind
from wellkept.record.search.rules import Searched
from wellkept.record.sources.models import ExternalId, external_id_is_used_once


def product_kind_choices() -> list[tuple[str, str]]:
    """This will list the kinds of product for a form."""
    return [(kind.value, kind.value) for kind in ProductKind]


class Product(Editable):
    """A model of the catalogue: hardware or software, with its family and the dates of its life."""

    scoped: ClassVar = EVERYBODY
    searched: ClassVar = Searched(("name", "number"))

    number = models.CharField(max_length=60, help_text="As the catalogue has it.")
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=20, choices=product_kind_choices, default=ProductKind.HARDWARE.value
    )
    family = models.CharField(max_length=120, blank=True, db_index=True)
    released_on = models.DateField(null=True, blank=True)
    sale_ends_on = models.DateField(null=True, blank=True)
    support_ends_on = models.DateField(null=True, blank=True)
    expected_life_years = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="product_number_is_used_once",
                violation_error_message=_("Another product has this number."),
            ),
            models.CheckConstraint(
                name="product_support_ends_after_release",
                condition=Q(support_ends_on__gte=F("released_on"))
                | Q(released_on=None)
                | Q(support_ends_on=None),
                violation_error_message=_("Support of a product cannot end before its release."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.number


class ProductExternalId(ExternalId):
    """The number of a product in another system."""

    scoped: ClassVar = EVERYBODY

    row = models.ForeignKey(Product, models.CASCADE, related_name="external_ids")

    class Meta(ExternalId.Meta):
        constraints = external_id_is_used_once("product")


class Joined(models.Aggregate):
    """Texts of many rows as one, with a sign between them that no text of ours has."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, char(31))"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """This will say the same to PostgreSQL."""
        said = "STRING_AGG(%(expressions)s, chr(31))"
        given: tuple[str, Any] = self.as_sql(compiler, connection, template=said, **context)
        return given


class SlotQuerySet(models.QuerySet["Slot"]):
    """What can be asked of slots."""

    def names_of(self, product: str) -> models.Subquery:
        """This will name the slots of the product that each row of another query names."""
        there = self.filter(product=models.OuterRef(product)).order_by().values("product")
        return models.Subquery(there.annotate(names=Joined("name")).values("names"))


def names_in(joined: str | None) -> list[str]:
    """This will give the names that `names_of` joined, in their order.

    >>> names_in("tube\x1fdrive"), names_in(None)
    (['drive', 'tube'], [])
    """
    return sorted(filter(None, (joined or "").split("\x1f")))


class Slot(models.Model):
    """A place for a component in every asset of a product; empty ones are shown as such."""

    scoped: ClassVar = EVERYBODY

    product = models.ForeignKey(Product, models.CASCADE, related_name="slots")
    name = models.CharField(max_length=80)
    needed = models.BooleanField(default=True, help_text="The asset does not work without it.")

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ("product", "name")
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "product",
                    "name",
                ),
                name="slot_is_named_once",
                violation_error_message=_("The product has a slot of this name already."),
            ),
        )

    def __str__(self) -> str:
        return self.name
