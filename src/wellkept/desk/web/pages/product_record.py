"""What is kept of a product by hand: a new one, its number and name, the dates of its life."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import see_that_decides, typed_day, typed_text, wrong_at
from wellkept.desk.web.pages.settings.shape import (
    Field,
    Form,
    Led,
    Section,
    decided,
    seen,
    settings_page,
)
from wellkept.record.access.wording import said
from wellkept.record.installed_base.actions import add_products, edit_product
from wellkept.record.installed_base.models import Product
from wellkept.record.installed_base.rules import ProductKind

MOST_YEARS = 200


def product_new(asking: Asking) -> HttpResponse:
    """This will ask for a new product, and keep it."""
    form = Form("add_product", _("Keep the product"), _fields(Product(kind=ProductKind.UNKNOWN)))
    return settings_page(
        asking,
        _("A new product"),
        lambda: [Section(_("A model of the catalogue"), forms=(form,))],
        {"add_product": _add},
        back=(reverse("products"), _("Products")),
    )


def _add(asking: Asking, _key: int | None) -> Led:
    fresh = Product(**_typed(asking))
    (one,) = add_products(products=[fresh], at=asking.now, by=asking.account)
    return Led(_("%(name)s is kept.") % {"name": one}, reverse("product", args=[one.pk]))


def product_record(asking: Asking, pk: int) -> HttpResponse:
    """This will show what is kept of a product, and change what a form asks."""
    one = get_object_or_404(asking.visible(Product.objects.all()), pk=pk)

    def sections() -> list[Section]:
        row = Product.objects.get(pk=pk)
        form = Form("known", _("Save"), _fields(row), seen=row.version)
        section = Section(_("As the catalogue has it"), forms=(form,))
        return list(decided(asking, row, {"known": edit_product}, [section]))

    return settings_page(
        asking,
        _("%(name)s: what is kept of it") % {"name": one},
        sections,
        {"known": lambda asked, _key: _edit(asked, one)},
        back=(reverse("product", args=[pk]), str(one)),
    )


def _fields(one: Product) -> tuple[Field, ...]:
    kinds = tuple((kind.value, said(kind)) for kind in ProductKind)
    days = (
        ("released_on", _("Released on")),
        ("sale_ends_on", _("End of sale")),
        ("support_ends_on", _("End of support")),
    )
    return (
        Field("number", _("Number"), one.number, needed=True),
        Field("name", _("Name"), one.name, needed=True),
        Field("kind", _("Kind"), one.kind, "select", kinds),
        Field("family", _("Family"), one.family),
        *(Field(name, label, str(getattr(one, name) or ""), "date") for name, label in days),
        Field("expected_life_years", _("Expected life in years"),
              str(one.expected_life_years or ""), "number"),
    )  # fmt: skip


def _typed(asking: Asking) -> dict[str, Any]:
    kind = asking.typed.get("kind", "")
    if kind not in set(ProductKind):
        raise wrong_at("kind", _("“%(typed)s” is none of the choices.") % {"typed": kind})
    begins, ends = typed_day(asking, "released_on"), typed_day(asking, "support_ends_on")
    if begins is not None and ends is not None and ends < begins:
        raise wrong_at("support_ends_on", _("Support of a product cannot end before its release."))
    return {
        "number": typed_text(asking, "number", _("the number"), most=60),
        "name": typed_text(asking, "name", _("the name"), most=200),
        "kind": kind,
        "family": typed_text(asking, "family", most=120),
        "released_on": begins,
        "sale_ends_on": typed_day(asking, "sale_ends_on"),
        "support_ends_on": ends,
        "expected_life_years": _years(asking),
    }


def _years(asking: Asking) -> int | None:
    text = typed_text(asking, "expected_life_years", most=10)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_YEARS):
        says = _("“%(text)s” is no number of whole years from 1 to %(most)s.")
        raise wrong_at("expected_life_years", says % {"text": text, "most": MOST_YEARS})
    return int(text)


def _edit(asking: Asking, one: Product) -> str:
    see_that_decides(asking, one, edit_product)
    edit_product(
        product=one, changes=_typed(asking), seen=seen(asking), at=asking.now, by=asking.account
    )
    return _("Saved.")
