"""The one gate of the pages: an address is known only through `Page`, and `Page` asks who may."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path

from wellkept.desk import clock
from wellkept.desk.web.asking import Asking
from wellkept.record.access.models import Account
from wellkept.record.access.rules import STAFF, Group
from wellkept.record.access.wording import said

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Page:
    """One address: its path, its name, what answers, who may open it, and by which methods."""

    path: str
    name: str
    view: View
    who: frozenset[Group] = STAFF
    methods: tuple[str, ...] = ("GET",)


def form(path: str, name: str, view: View, who: Iterable[Group] = STAFF) -> Page:
    """This will give a page that shows a form and takes it."""
    return Page(path, name, view, frozenset(who), ("GET", "POST"))


def deed(path: str, name: str, view: View, who: Iterable[Group] = STAFF) -> Page:
    """This will give an address that only takes forms: it changes something and leads back."""
    return Page(path, name, view, frozenset(who), ("POST",))


def address(page: Page) -> URLPattern:
    """This will make the address of a page, behind the gate."""
    return path(page.path, guarded(page), name=page.name)


def guarded(page: Page) -> View:
    """This will let through only who is signed in and holds one of the page's groups."""

    @wraps(page.view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponseBase:
        account = request.user
        if not isinstance(account, Account) or not account.is_active:
            return redirect_to_login(request.get_full_path())
        if not account.groups & page.who:
            return not_allowed(request, page.who)
        method = "GET" if request.method == "HEAD" else request.method
        if method not in page.methods:
            return not_so(request, page)
        return page.view(Asking(request, account, clock.now(settings.HOME)), **given)

    return answer


def not_so(request: HttpRequest, page: Page) -> HttpResponse:
    """This will say that an address is not opened so: one that takes forms, typed or loaded again.

    What it belongs to stands one step above.
    """
    above = request.path.rstrip("/").rpartition("/")[0] + "/"
    shown = render(request, "web/only_form.html", {"above": above})
    return HttpResponseNotAllowed(page.methods, shown.content)


def not_allowed(request: HttpRequest, who: frozenset[Group]) -> HttpResponse:
    """This will say in words who may open the page, and what to do."""
    able = sorted(said(group) for group in who)
    return render(request, "web/not_allowed.html", {"able": able}, status=403)
