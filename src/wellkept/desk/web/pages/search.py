"""One box for everything: a number, a piece of a serial, a customer's name, words of a case."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset, Product
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise
from wellkept.record.search.queries import answering_each

SHOWN = 10
Line = tuple[str, str, str]
"""What a row says, what else is said of it, and where it leads."""
NUMBER = re.compile(r"\s*([CP])-?(\d+)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What one noun answers: its first rows, and where to see all."""

    title: str
    rows: tuple[Line, ...]
    more: str


def search(asking: Asking) -> HttpResponse:
    """This will find what is meant; the number of a case or a promise leads straight there."""
    text = asking.address.get("q", "").strip()
    numbered = NUMBER.fullmatch(text)
    if numbered:
        name = "case" if numbered[1].upper() == "C" else "promise"
        model = Case if name == "case" else Promise
        rows = asking.visible(model._default_manager.all())
        if rows.filter(pk=int(numbered[2])).exists():
            return redirect(name, pk=int(numbered[2]))
    found = [part for part in _parts(asking, text) if part.rows] if text else []
    return asking.page("search.html", text=text, found=found)


def _parts(asking: Asking, text: str) -> list[Found]:
    """Each noun with its first rows: what the index is asked, it is asked once for all."""
    # What a line says and no more: to read a column costs its making, not only its reading.
    about = ("about", "customer__name")
    nouns = (
        Asset.objects.standing()
        .select_related("product", "customer")
        .only("serial", "number", "product__name", "product__number", "customer__name"),
        Product.objects.only("name", "number", "family"),
        Customer.objects.standing().only("name", "number"),
        Case.objects.select_related("customer").only(*about),
        Promise.objects.select_related("customer").only(*about),
    )
    shown: tuple[Callable[[Any], Line], ...] = (
        _asset, _product, _customer, _case, _promise,
    )  # fmt: skip
    titles = (_("Assets"), _("Products"), _("Customers"), _("Cases"), _("Promises"))
    pages = ("installed_base", "products", "customers", "cases", "promises")
    answers = answering_each(text, *(asking.visible(rows, led=True) for rows in nouns))
    return [
        _found(title, [show(row) for row in answer.first(SHOWN + 1)], page, text)
        for title, show, page, answer in zip(titles, shown, pages, answers, strict=True)
    ]


def _asset(asset: Asset) -> Line:
    whose = asset.customer or _("customer not known")
    return str(asset), f"{asset.product} · {whose}", href("asset", asset.pk)


def _product(product: Product) -> Line:
    also = " · ".join(filter(None, (product.number, product.family)))
    return str(product), also, href("product", product.pk)


def _customer(customer: Customer) -> Line:
    return customer.name, customer.number, href("customer", customer.pk)


def _case(case: Case) -> Line:
    return case.about, f"{case.number} · {case.customer or ''}", href("case", case.pk)


def _promise(promise: Promise) -> Line:
    who = f"{promise.number} · {promise.customer or ''}"
    return promise.about, who, href("promise", promise.pk)


def _found(title: str, rows: list[Line], page: str, text: str) -> Found:
    given = {"q": text, **({"state": "any"} if page == "cases" else {})}
    more = f"{reverse(page)}?{urlencode(given)}" if len(rows) > SHOWN else ""
    return Found(title, tuple(rows[:SHOWN]), more)
