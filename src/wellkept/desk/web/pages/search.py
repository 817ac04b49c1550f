"""One box for everything: a number, a piece of a serial, a customer's name, words of a case."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.record.cases.models import Case
from wellkept.record.installed_base.models import Asset
from wellkept.record.parties.models import Customer
from wellkept.record.promises.models import Promise

SHOWN = 10
NUMBER = re.compile(r"\s*([CP])-?(\d+)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What one noun answers: its first rows, and where to see all."""

    title: str
    rows: tuple[tuple[str, str, str], ...]
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
    return [_assets(asking, text), _customers(asking, text), _cases(asking, text),
            _promises(asking, text)]  # fmt: skip


def _assets(asking: Asking, text: str) -> Found:
    rows = asking.visible(Asset.objects.standing().by_serial(text))
    found = rows.select_related("product", "customer").order_by("number", "pk")[: SHOWN + 1]
    return _found(
        _("Assets"),
        [(str(a), f"{a.product} · {a.customer or _('customer not known')}",
          reverse("asset", args=[a.pk])) for a in found],
        "installed_base", text,
    )  # fmt: skip


def _customers(asking: Asking, text: str) -> Found:
    rows = asking.visible(Customer.objects.standing())
    found = rows.filter(Q(name__icontains=text) | Q(number__istartswith=text))
    return _found(
        _("Customers"),
        [(c.name, c.number, reverse("customer", args=[c.pk]))
         for c in found.order_by("name", "pk")[: SHOWN + 1]],
        "customers", text,
    )  # fmt: skip


def _cases(asking: Asking, text: str) -> Found:
    rows = asking.visible(Case.objects.filter(about__icontains=text)).select_related("customer")
    return _found(
        _("Cases"),
        [(c.about, f"{c.number} · {c.customer or ''}", reverse("case", args=[c.pk]))
         for c in rows.order_by("-pk")[: SHOWN + 1]],
        "cases", text, state="any",
    )  # fmt: skip


def _promises(asking: Asking, text: str) -> Found:
    rows = asking.visible(Promise.objects.filter(about__icontains=text)).select_related("customer")
    return _found(
        _("Promises"),
        [(p.about, f"{p.number} · {p.customer or ''}", reverse("promise", args=[p.pk]))
         for p in rows.order_by("-pk")[: SHOWN + 1]],
        "promises", text,
    )  # fmt: skip


def _found(
    title: str, rows: list[tuple[str, str, str]], page: str, text: str, **more_given: str
) -> Found:
    more = f"{reverse(page)}?{urlencode({'q': text, **more_given})}" if len(rows) > SHOWN else ""
    return Found(title, tuple(rows[:SHOWN]), more)
