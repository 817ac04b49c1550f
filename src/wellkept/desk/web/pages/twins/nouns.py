"""What tells two assets apart, or two customers: the facts that stand side by side."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Aggregate, Count, Min, Model, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.elsewhere import names_of_rows
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.pages.customers import CUSTOMER_DOUBT_SAID
from wellkept.desk.web.pages.installed_base import DOUBT_SAID
from wellkept.desk.web.pages.settings.shape import Field, Form
from wellkept.desk.web.pages.twins.groups import Fact, Noun
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case
from wellkept.record.installed_base import actions as of_assets
from wellkept.record.installed_base.models import Asset, AssetExternalId
from wellkept.record.installed_base.rules import Doubt
from wellkept.record.parties import actions as of_customers
from wellkept.record.parties.models import Customer, CustomerExternalId, Site
from wellkept.record.parties.rules import Doubt as CustomerDoubt
from wellkept.record.promises.models import Promise
from wellkept.record.sources.models import ExternalId

Counting = tuple[type[Model], Aggregate]
"""Rows of which model, and what is asked of them."""
MANY = Count("pk")
COUNTED_OF_CUSTOMERS: dict[str, Counting] = {
    "sites": (Site, MANY),
    "site": (Site, Min("name")),
    "assets": (Asset, MANY),
    "promises": (Promise, MANY),
    "cases": (Case, MANY),
    "first_case": (Case, Min("reported_at")),
}


class Assets(Noun):
    """Assets: of one product and serial, or one numbered as another is serialled."""

    model = Asset
    merge = staticmethod(of_assets.merge_assets)
    split = staticmethod(of_assets.split_off_assets)
    clear = staticmethod(of_assets.clear_doubt)
    plural = "assets"
    page, listed, twins, twin = "asset", "installed_base", "asset_twins", "asset_merge"
    order: ClassVar = ("number", "pk")

    def rows(self) -> QuerySet[Asset]:
        """This will give assets with their product, customer and site."""
        return Asset.objects.select_related("product", "customer", "site")

    def alike(self, one: Asset) -> Iterable[QuerySet[Any]]:
        """This will give what has its product and serial, or its number for a serial."""
        if not one.serial:
            return [Asset.objects.filter(serial=one.number)]
        same = Asset.objects.filter(product=one.product_id, serial=one.serial)
        return [same, Asset.objects.filter(number=one.serial)]

    def is_alike(self, one: Asset, other: Asset) -> bool:
        """This will tell whether another asset is among these."""
        if not one.serial:
            return other.serial == one.number
        same = (one.product_id, one.serial) == (other.product_id, other.serial)
        return same or (not other.serial and other.number == one.serial)

    def tie(self, one: Asset) -> Hashable:
        """This will give its product and serial, or the number that is a serial elsewhere."""
        if one.doubt == Doubt.SAME_SERIAL:
            return one.product_id, one.serial
        return one.serial or one.number

    def facts(self, asking: Asking, rows: Sequence[Asset]) -> Mapping[int, tuple[Fact, ...]]:
        """This will tell serial, product, whose, where, since when, and what hangs on each."""
        counts = _counted(
            asking, rows, {"promises": (Promise, MANY), "cases": (Case, MANY)}, "asset"
        )
        names = _elsewhere(AssetExternalId, rows)
        none, unknown = _("none"), _("not known")
        return {
            one.pk: (
                Fact(_("Serial"), one.serial or none),
                Fact(_("Product"), str(one.product)),
                Fact(_("Customer"), str(one.customer or unknown), _to("customer", one.customer_id)),
                Fact(_("Site"), str(one.site or unknown)),
                Fact(_("State"), said(one.state)),
                Fact(_("Kept since"), _on(one.recorded_at), same=False),
                Fact(_("Promises"), _said(counts[one.pk]["promises"]), same=False),
                Fact(_("Cases"), _said(counts[one.pk]["cases"]), same=False),
                Fact(_("In other systems"), names.get(one.pk, none), same=False),
            )
            for one in rows
        }

    def state(self, one: Asset) -> str:
        """This will say its own number, where it is called by its serial."""
        return one.number if one.serial else ""

    def why(self, one: Asset) -> str:
        """This will say why it is in doubt."""
        return DOUBT_SAID[Doubt(one.doubt)] if one.doubt else ""

    def correct(self, one: Asset, twins: Sequence[Asset]) -> Form | None:
        """This will ask what is wrong with one of several that share a product and a serial."""
        share = [
            two for two in twins if (two.product_id, two.serial) == (one.product_id, one.serial)
        ]
        if not any(two.doubt == Doubt.SAME_SERIAL for two in share) or len(share) < 2:
            return None
        options = tuple((str(two.pk), two.number) for two in share)
        fields = (
            Field("whose", _("Of which one is it wrong"), str(share[-1].pk), "select", options),
            Field("serial", _("Its serial is"), one.serial, help=_("Empty: nobody knows it.")),
            Field("product", _("Its product is"), str(one.product),
                  help=_("Number or name, as in the catalogue.")),
        )  # fmt: skip
        return Form(f"correct-{one.pk}", _("They are not the same"), fields)


class Customers(Noun):
    """Customers: called alike up to case, punctuation and legal form."""

    model = Customer
    merge = staticmethod(of_customers.merge_customers)
    split = staticmethod(of_customers.split_off_customers)
    clear = staticmethod(of_customers.clear_doubt)
    plural = "customers"
    page, listed, twins, twin = "customer", "customers", "customer_twins", "customer_merge"
    order: ClassVar = ("name", "pk")

    def rows(self) -> QuerySet[Customer]:
        """This will give customers with their group and who looks after them."""
        return Customer.objects.select_related("group", "owner__personal")

    def alike(self, one: Customer) -> Iterable[QuerySet[Any]]:
        """This will give what is called alike."""
        return [Customer.objects.filter(alike=one.alike)]

    def is_alike(self, one: Customer, other: Customer) -> bool:
        """This will tell whether another customer is called alike."""
        return one.alike == other.alike

    def tie(self, one: Customer) -> Hashable:
        """This will give what the names have in common."""
        return one.alike

    def facts(self, asking: Asking, rows: Sequence[Customer]) -> Mapping[int, tuple[Fact, ...]]:
        """This will tell number, group, who looks after each, and what hangs on it."""
        counts = _counted(asking, rows, COUNTED_OF_CUSTOMERS, "customer")
        names = _elsewhere(CustomerExternalId, rows)
        none = _("none")
        return {
            one.pk: (
                Fact(_("Number"), one.number or none),
                Fact(_("Group"), str(one.group or none)),
                Fact(_("Looked after by"), str(one.owner or _("nobody"))),
                Fact(
                    _("Sites"),
                    _several(counts[one.pk]["site"], counts[one.pk]["sites"]),
                    same=False,
                ),
                Fact(_("Assets"), _said(counts[one.pk]["assets"]), same=False),
                Fact(_("Promises"), _said(counts[one.pk]["promises"]), same=False),
                Fact(_("Cases"), _said(counts[one.pk]["cases"]), same=False),
                Fact(_("First case"), _on(counts[one.pk]["first_case"]), same=False),
                Fact(_("In other systems"), names.get(one.pk, none), same=False),
            )
            for one in rows
        }

    def state(self, one: Customer) -> str:
        """A customer is in no state."""
        return ""

    def why(self, one: Customer) -> str:
        """This will say why it is in doubt."""
        return CUSTOMER_DOUBT_SAID[CustomerDoubt(one.doubt)] if one.doubt else ""


def _to(page: str, key: int | None) -> str:
    return href(page, key) if key else ""


def _on(moment: datetime | None) -> str:
    return date_format(moment, "j M Y") if moment else _("none")


def _said(many: int | None) -> str:
    return f"{many or 0:,}"


def _several(first: str | None, many: int | None) -> str:
    more = (many or 0) - 1
    if more < 1:
        return first or _("none")
    return ngettext("%(first)s and %(more)s more", "%(first)s and %(more)s more", more) % {
        "first": first,
        "more": f"{more:,}",
    }


def _counted(
    asking: Asking, rows: Sequence[Any], what: Mapping[str, Counting], name: str
) -> dict[int, dict[str, Any]]:
    """Count what hangs on rows, as far as the one who asks sees it: one statement for all.

    Each is counted by the index of its relation.
    """
    asked = {
        f"of_{one}": Subquery(
            asking.visible(model._default_manager.filter(**{name: OuterRef("pk")}))
            .order_by()
            .values(name)
            .annotate(found=how)
            .values("found")
        )
        for one, (model, how) in what.items()
    }
    every = type(rows[0])._default_manager.filter(pk__in=[one.pk for one in rows]).order_by()
    found = every.annotate(**asked).values("pk", *asked)
    return {row["pk"]: {one: row[f"of_{one}"] for one in what} for row in found}


def _elsewhere(ids: type[ExternalId], rows: Sequence[Any]) -> dict[int, str]:
    return {
        key: ", ".join(f"{system} {name}" for system, name in names)
        for key, names in names_of_rows(ids, rows).items()
    }


ASSETS, CUSTOMERS = Assets(), Customers()
