"""The installed base as a list: what, where, whose, and what a stop means."""

from typing import NamedTuple

from django.http.response import HttpResponseBase
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown, where_in
from wellkept.desk.web.of_customer import of_customer
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.desk.web.told import told_as
from wellkept.desk.web.ways import ways_of
from wellkept.desk.web.wording import Worded, in_each_language
from wellkept.record.access.verbs import may
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions import add_assets, merge_assets
from wellkept.record.installed_base.models import Asset, Product
from wellkept.record.installed_base.models.assets import AssetQuerySet
from wellkept.record.installed_base.rules import Consequence, Doubt, State

TITLE = 32
"""So many characters of a product's name fit into a filter on a phone."""
DOUBT_SAID = Worded(
    {
        Doubt.NUMBER_IS_SERIAL: gettext_noop("a number that is the serial of another asset"),
        Doubt.SAME_SERIAL: gettext_noop("serial of another asset"),
    }
)


class Told(NamedTuple):
    """What a row shows of an asset."""

    pk: int
    number: str
    serial: str
    state: str
    consequence: int
    doubt: str
    product: int
    product__name: str
    product__number: str
    customer: int | None
    customer__name: str | None
    site: int | None
    site__name: str | None

    @property
    def product_said(self) -> str:
        """The product as it is called."""
        return self.product__name or self.product__number


def installed_base(asking: Asking) -> HttpResponseBase:
    """This will list assets, or send them as a file."""
    every = Asset.objects.standing()
    rows, parts = told_as(Told, asking.visible(every, led=True)), asking.in_parts(every)
    adds, merges = may(asking.account, add_assets), may(asking.account, merge_assets)
    return shown(
        asking, "installed_base.html", _listing(asking), rows, parts=parts, adds=adds, merges=merges
    )


def _listing(asking: Asking) -> Listing[Told]:
    return Listing(
        title=_("Installed base"),
        columns=_columns(asking),
        order=("number", "pk"),
        filters=(*of_customer(asking), *_filters(), *_of_product(asking)),
        searched=True,
        before=ways_of(asking).ask,
        empty=_("No asset is kept yet. Add one; a manager brings a list in through Exchange."),
    )


class _Words(NamedTuple):
    """What cells say in one language."""

    state: dict[str, str]
    grave: dict[int, str]
    doubt: dict[str, str]


@in_each_language
def _words() -> _Words:
    return _Words(
        {one.value: said(one) for one in State},
        {one.value: GRAVE_SAID[one] for one in Consequence},
        {"": "", **{one.value: word for one, word in DOUBT_SAID.items()}},
    )


def _columns(asking: Asking) -> tuple[Column[Told], ...]:
    words, none, unknown = _words(), _("none"), _("not known")
    ways = ways_of(asking)
    return (
        Column(_("Number"), lambda a: Cell(a.number, href("asset", a.pk)),
               lambda a: a.number),
        Column(_("Serial"), lambda a: Cell(a.serial or none), lambda a: a.serial),
        Column(_("Product"), lambda a: Cell(a.product_said, href("product", a.product)),
               lambda a: a.product_said),
        Column(_("Customer"),
               lambda a: Cell(unknown) if a.customer is None
               else Cell(a.customer__name or "", ways.to("customer", a.customer)),
               lambda a: a.customer__name or ""),
        Column(_("Site"), lambda a: Cell(unknown if a.site is None else a.site__name or ""),
               lambda a: a.site__name or ""),
        Column(_("State"), lambda a: Cell(words.state[a.state]), lambda a: a.state),
        Column(_("Consequence"), lambda a: Cell(words.grave[a.consequence]),
               lambda a: Consequence(a.consequence).word),
        Column(_("Doubt"), lambda a: Cell(words.doubt[a.doubt]), lambda a: a.doubt),
    )  # fmt: skip


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


def _of_product(asking: Asking) -> tuple[Choice, ...]:
    """The filter by one product, where the address names one: there are too many to choose from."""
    key = asking.address.get("product", "")
    rows = asking.visible(Product.objects.all())
    one = rows.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if one is None:
        return ()
    options = (("", _("any")), (key, Truncator(str(one)).chars(TITLE)))
    return (
        Choice("product", _("Product"), options, lambda found, value: found.filter(product=value),
               where_in("product")),
    )  # fmt: skip


def _in_record(rows: AssetQuerySet, value: str) -> AssetQuerySet:
    if value == "doubt":
        return rows.to_merge()
    return rows.filter(site=None) if value == "placeless" else rows.filter(customer=None)
