"""Products as a list, and one product: what it is, how long it lives, and where it stands."""

from datetime import date

from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.keys import COUNTED
from wellkept.desk.web.keys import said as count_said
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown
from wellkept.desk.web.rights import decides
from wellkept.record.access.verbs import may
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions import add_products, edit_product
from wellkept.record.installed_base.models import Asset, Product
from wellkept.record.installed_base.rules import ProductKind


def products(asking: Asking) -> HttpResponseBase:
    """This will list products, or send them as a file."""
    rows = asking.visible(Product.objects.all())
    adds = may(asking.account, add_products)
    return shown(asking, "products.html", _listing(asking), rows, adds=adds)


def _today(asking: Asking) -> date:
    return asking.now.astimezone(times.zone_of(None)).date()


def _listing(asking: Asking) -> Listing[Product]:
    ended = Q(support_ends_on__lt=_today(asking))
    supported = {"ended": ended, "open": Q(support_ends_on=None)}
    return Listing(
        title=_("Products"),
        columns=(
            Column(_("Number"), lambda p: Cell(p.number, href("product", p.pk), "whole"),
                   lambda p: p.number),
            Column(_("Name"), lambda p: Cell(p.name), lambda p: p.name),
            Column(_("Kind"), lambda p: Cell(said(p.kind)), lambda p: p.kind),
            Column(_("Family"), lambda p: Cell(p.family), lambda p: p.family),
            Column(_("End of sale"), lambda p: _day(_("sold until %(day)s"), p.sale_ends_on),
                   lambda p: p.sale_ends_on),
            Column(_("End of support"),
                   lambda p: _day(_("served until %(day)s"), p.support_ends_on),
                   lambda p: p.support_ends_on),
        ),
        order=("number", "pk"),
        filters=(
            Choice("kind", _("Kind"),
                   (("", _("any")), *((one.value, said(one)) for one in ProductKind)),
                   lambda rows, value: rows.filter(kind=value)),
            Choice("support", _("Support"),
                   (("", _("any")), ("ended", _("has ended")), ("open", _("no end recorded"))),
                   lambda rows, value: rows.filter(supported[value])),
        ),
        searched=True,
        empty=_("No product is kept yet. Add one; a manager brings a list in through Exchange."),
    )  # fmt: skip


def _day(text: str, day: date | None) -> Cell:
    """On a phone no head stands above a cell, so it says itself which day it is."""
    if day is None:
        return Cell("")
    return Cell(text % {"day": date_format(day, "j M Y")}, iso=str(day))


def product(asking: Asking, pk: int) -> HttpResponse:
    """This will show one product, and how many of its assets the one who asks may see."""
    one = get_object_or_404(asking.visible(Product.objects.all()), pk=pk)
    assets = asking.visible(Asset.objects.standing().filter(product=one), led=True)
    many = assets.order_by().values("pk")[: COUNTED + 1].count()
    return asking.page(
        "product.html",
        product=one,
        kind=said(one.kind),
        today=_today(asking),
        assets=count_said(many) if many > COUNTED else f"{many:,}",
        slots=list(one.slots.values_list("name", flat=True)),
        keeps=decides(asking, one, edit_product),
        elsewhere=names_elsewhere(one),
    )
