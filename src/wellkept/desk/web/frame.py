"""What stands around every page: where one can go, who is signed in, whether this is a demo."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from wellkept.desk import clock
from wellkept.record.access.models import Account
from wellkept.record.access.rules import STAFF, WRITERS, Group


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    name: str
    title: Any
    who: frozenset[Group] = STAFF


PLACES = (
    Place("today", _("Today")),
    Place("installed_base", _("Installed base")),
    Place("customers", _("Customers")),
    Place("cases", _("Cases")),
    Place("promises", _("Promises")),
    Place("measures", _("Measures")),
    Place("mirror", _("Mirror")),
    Place("exchange", _("Exchange"), frozenset({Group.ADMINISTRATOR, Group.MANAGER})),
    Place("settings", _("Settings"), frozenset({Group.ADMINISTRATOR, Group.MANAGER})),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """This will give what the frame of a page shows; no statement is sent for it."""
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        return {"places": (), "signed_in": None, "writes": False, "demo": False}
    here = request.path
    places = []
    for place in PLACES:
        if not account.groups & place.who:
            continue
        href = _at(place.name, get_script_prefix())
        if href:
            places.append({"href": href, "title": place.title, "here": _is_here(here, href)})
    return {
        "places": places,
        "signed_in": account,
        "writes": bool(account.groups & WRITERS),
        "demo": clock.is_demo(settings.HOME),
    }


@lru_cache(maxsize=256)
def _at(name: str, _prefix: str) -> str:
    """Where a place is, below the prefix of all addresses; empty where nothing is kept of it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_here(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href))
