"""The installed base as a list: what, where, whose, and what a stop means."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown, where_in
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.desk.web.wording import Worded
from wellkept.record.access.verbs import may
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions import add_assets
from wellkept.record.installed_base.models import Asset
from wellkept.record.installed_base.models.assets import AssetQuerySet
from wellkept.record.installed_base.rules import Consequence, Doubt, State

DOUBT_SAID = Worded(
    {
        Doubt.NUMBER_IS_SERIAL: gettext_noop("a number that is the serial of another asset"),
        Doubt.SAME_SERIAL: gettext_noop("serial of another asset"),
    }
)
READ = (
    "number", "serial", "state", "consequence", "doubt", "product__name", "product__number",
    "customer__name", "site__name",
)  # fmt: skip
"""The columns that a row shows."""


def installed_base(asking: Asking) -> HttpResponseBase:
    """This will list assets, or send them as a file."""
    every = Asset.objects.standing()
    rows = asking.visible(every, led=True).select_related("product", "site", "customer")
    rows, parts = rows.only(*READ), asking.in_parts(every)
    adds = may(asking.account, add_assets)
    return shown(asking, "installed_base.html", _listing(), rows, parts=parts, adds=adds)


def _listing() -> Listing[Asset]:
    return Listing(
        title=_("Installed base"),
        columns=_columns(),
        order=("number", "pk"),
        filters=_filters(),
        searched=True,
        empty=_("No asset is kept yet. Add one, or bring a list in through Exchange."),
    )


def _columns() -> tuple[Column[Asset], ...]:
    return (
        Column(_("Number"), lambda a: Cell(a.number, href("asset", a.pk)),
               lambda a: a.number),
        Column(_("Serial"), lambda a: Cell(a.serial or _("none")), lambda a: a.serial),
        Column(_("Product"), lambda a: Cell(str(a.product)), lambda a: str(a.product)),
        Column(_("Customer"), _customer, lambda a: str(a.customer or "")),
        Column(_("Site"), lambda a: Cell(str(a.site or _("not known"))),
               lambda a: str(a.site or "")),
        Column(_("State"), lambda a: Cell(said(a.state)), lambda a: a.state),
        Column(_("Consequence"), lambda a: Cell(GRAVE_SAID[Consequence(a.consequence)]),
               lambda a: Consequence(a.consequence).word),
        Column(_("Doubt"), lambda a: Cell(DOUBT_SAID[Doubt(a.doubt)] if a.doubt else ""),
               lambda a: a.doubt),
    )  # fmt: skip


def _customer(asset: Asset) -> Cell:
    if asset.customer is None:
        return Cell(_("not known"))
    return Cell(str(asset.customer), href("customer", asset.customer.pk))


def _filters() -> tuple[Choice, ...]:
    return (
        Choice("state", _("State"), (("", _("any")), *((s.value, said(s)) for s in State)),
               lambda rows, value: rows.filter(state=value), where_in("state")),
        Choice("consequence", _("Consequence"),
               (("", _("any")), *((one.word, GRAVE_SAID[one]) for one in Consequence)),
               lambda rows, value: rows.filter(consequence=Consequence.of(value))),
        Choice("known", _("Record"),
               (("", _("any")), ("doubt", _("may be another asset")),
                ("placeless", _("place not known")), ("nobodys", _("customer not known"))),
               _in_record),
    )  # fmt: skip


def _in_record(rows: AssetQuerySet, value: str) -> AssetQuerySet:
    if value == "doubt":
        return rows.to_merge()
    return rows.filter(site=None) if value == "placeless" else rows.filter(customer=None)
