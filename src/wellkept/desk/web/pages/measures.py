"""Measures: three of what customers feel and three of how we work, the library, and one large."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from wellkept.desk.report.alone import card_alone, drawn, style_alone
from wellkept.desk.report.cards import summary_of
from wellkept.desk.report.saying import speaking
from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import attempt
from wellkept.desk.web.measuring import Measured, measured, with_links
from wellkept.record.access.choosing import LEADERS, choose, chosen
from wellkept.record.access.rules import Scope
from wellkept.record.access.verbs import reaches_all
from wellkept.study.facts.record import DIMENSIONS
from wellkept.study.measures.catalogue import MEASURES

FELT = ("promise_kept_rate", "customers_hit", "time_to_restore")
OURS = ("ownerless_time", "promise_lateness", "backlog_age")
"""What the first screen shows where no manager chose; `?show=name,name` shows others once."""
CHOICE = "measures"
LISTED = {"backlog_age": "/cases/?state=work"}
"""Where the list stands of exactly what a measure counts now."""
EACH = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A measure on the first screen: its sentence, its value with its interval, its page."""

    title: str
    question: str
    says: str
    value: str
    interval: str
    complete: str
    href: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A measure that the records cannot answer yet, and what it would need."""

    title: str
    needs: str


@dataclass(frozen=True, slots=True)
class Place:
    """One of the six places of the first screen, with what stands there."""

    name: str
    title: str
    value: str
    options: tuple[tuple[str, str], ...]


def measures(asking: Asking) -> HttpResponseBase:
    """This will show three and three measures first, then the library; or keep which three."""
    if not _sees_all(asking):
        return asking.page("measures_not.html", status=403)
    if asking.posts:
        return attempt(
            asking,
            lambda: _choose(asking),
            said=_("These six are what everybody sees first."),
            otherwise=reverse("measures"),
        )
    found = measured(asking)
    there = {one["name"]: one for one in found.document["measures"]}
    felt, ours = _chosen(asking)
    first = {*felt, *ours}
    zone = found.document["understood"]["zone"]["name"]
    return asking.page(
        "measures.html",
        felt=[_tile(there[name], zone) for name in felt if name in there],
        ours=[_tile(there[name], zone) for name in ours if name in there],
        library=[_tile(one, zone) for name, one in there.items() if name not in first],
        missing=[Missing(_(one["title"]), _(one["needs"])) for one in found.document["absent"]],
        slots=_slots(felt, ours) if _leads(asking) else (),
        **_age(found, asking),
    )


def measure(asking: Asking, name: str) -> HttpResponseBase:
    """This will show one measure large, cut by a column where one is asked for."""
    if not _sees_all(asking):
        return asking.page("measures_not.html", status=403)
    by = asking.address.get("by") or None
    if name not in {one.name for one in MEASURES} or by not in (None, "kind", *DIMENSIONS):
        raise Http404(_("There is no such measure, or nothing of that name to cut it by."))
    found = measured(asking, by)
    there = {one["name"]: one for one in found.document["measures"]}
    absent = {one["name"]: one for one in found.document["absent"]}
    if name in absent:
        lacking = Missing(_(absent[name]["title"]), _(absent[name]["needs"]))
        age = _age(found, asking)
        return asking.page("measure.html", title=lacking.title, lacking=lacking, **age)
    zone = found.document["understood"]["zone"]["name"]
    with speaking(gettext, ngettext):
        card = card_alone(with_links(there[name]), zone=zone)
        shown = drawn(card)
    return asking.page(
        "measure.html",
        title=card.title,
        card=shown,
        cuts=[(one, _said(one)) for one in (*DIMENSIONS, "kind")],
        by=by,
        rows=LISTED.get(name, ""),
        **_age(found, asking),
    )


def cards_style(asking: Asking) -> HttpResponse:
    """This will give the style of the cards."""
    return HttpResponse(style_alone(), content_type="text/css; charset=utf-8")


def _sees_all(asking: Asking) -> bool:
    """A share over rows that one may not see would tell of them, so all or nothing."""
    return Scope.ALL in asking.account.scopes


def _leads(asking: Asking) -> bool:
    return reaches_all(asking.account, *LEADERS)


def _chosen(asking: Asking) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """By the address, else as a manager chose, else as we would."""
    known = {one.name for one in MEASURES}
    asked = [name for name in asking.address.get("show", "").split(",") if name in known]
    if asked:
        shown = tuple(dict.fromkeys(asked))[: 2 * EACH]
        return shown[:EACH], shown[EACH:]
    kept = chosen(CHOICE) or {}
    felt, ours = (
        tuple(name for name in kept.get(part, usual) if name in known)
        for part, usual in (("felt", FELT), ("ours", OURS))
    )
    return felt, ours


def _choose(asking: Asking) -> None:
    """Keep three and three; each once."""
    names = [asking.typed.get(f"place{number}", "") for number in range(2 * EACH)]
    if not set(names) <= {one.name for one in MEASURES}:
        raise ValidationError(_("Choose six measures of the list."))
    if len(set(names)) < 2 * EACH:
        raise ValidationError(_("One of them is chosen twice: take six different ones."))
    value = {"felt": names[:EACH], "ours": names[EACH:]}
    choose(name=CHOICE, account=None, value=value, at=asking.now, by=asking.account)


def _slots(felt: tuple[str, ...], ours: tuple[str, ...]) -> list[Place]:
    options = tuple((one.name, _(one.title)) for one in MEASURES)
    titles = (*(_("Felt, %(n)s") % {"n": n + 1} for n in range(EACH)),
              *(_("Ours, %(n)s") % {"n": n + 1} for n in range(EACH)))  # fmt: skip
    now = (*(felt + FELT)[:EACH], *(ours + OURS)[:EACH])
    return [
        Place(f"place{number}", title, name, options)
        for number, (title, name) in enumerate(zip(titles, now, strict=True))
    ]


def _tile(one: dict[str, Any], zone: str) -> Tile:
    with speaking(gettext, ngettext):
        card = card_alone(one, zone=zone)
        row = summary_of(card)
    return Tile(
        title=_(one["title"]),
        question=_(one["question"]),
        says=card.says,
        value=row.value,
        interval=row.value_interval,
        complete=_(row.complete),
        href=reverse("measure", args=[one["name"]]),
    )


def _age(found: Measured, asking: Asking) -> dict[str, Any]:
    until = datetime.fromisoformat(found.document["until"])
    return {"until": times.past(until, asking.now, times.zone_of(None)), "behind": found.behind}


def _said(dimension: str) -> str:
    return {
        "customer": _("customer"),
        "site": _("site"),
        "region": _("region"),
        "team": _("team"),
        "consequence": _("consequence"),
        "kind": _("kind of promise"),
    }[dimension]
