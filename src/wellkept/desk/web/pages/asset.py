"""One asset: the life of a machine, as it is and as it was on any date."""

from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_lines import case_line
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.pages.files import files_of
from wellkept.desk.web.pages.installed_base import DOUBT_SAID
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID, for_rows, rows_of
from wellkept.desk.web.rights import on_promises
from wellkept.desk.web.timeline import Stretch, picture
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.installed_base.models import Asset, Ownership, Placement
from wellkept.record.installed_base.rules import Consequence, Doubt
from wellkept.record.promises.models import Promise

SHOWN = 25
ON_AXIS = 200


def asset(asking: Asking, pk: int) -> HttpResponse:
    """This will show one asset, if it may be seen; `on` in the address shows it as it was."""
    rows = asking.visible(Asset.objects.select_related("product", "site", "customer"))
    one = get_object_or_404(rows, pk=pk)
    zone = times.zone_of(one.site.zone if one.site else None)
    on = _day(asking.address.get("on", ""))
    moment = datetime.combine(on, time(12), zone).astimezone(UTC) if on else asking.now
    turns = _turns(one)
    shown = on or asking.now.astimezone(zone).date()
    promises = asking.visible(Promise.objects.filter(asset=one))
    cases = asking.visible(Case.objects.of_asset(one)).select_related("site")
    consequence = Consequence(one.consequence)
    grave, grave_said = GRAVE[consequence], GRAVE_SAID[consequence]
    return asking.page(
        "asset.html",
        asset=one,
        state=said(one.state),
        doubt=DOUBT_SAID[Doubt(one.doubt)] if one.doubt else "",
        grave=grave,
        grave_said=grave_said,
        on=on,
        as_was=_as_was(one, moment, asking),
        turns=turns,
        earlier=max((day for day in turns if day < shown), default=None),
        later=min((day for day in turns if on and day > shown), default=None),
        life=picture(_stretches(one, asking), asking.now),
        promises=rows_of(for_rows(promises.owed().by_urgency())[:SHOWN], asking),
        cases=[case_line(case, asking) for case in cases.order_by("-reported_at", "-pk")[:SHOWN]],
        children=list(Asset.objects.components_of(one).select_related("product")),
        empty_slots=list(one.empty_slots()),
        may=on_promises(asking),
        me=asking.person,
        elsewhere=names_elsewhere(one),
        files=files_of(
            one.files.select_related("file__added_by__personal", "file__removed_by__personal"),
            reverse("asset_attach", args=[one.pk]),
            asking,
        ),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as_was(one: Asset, moment: datetime, asking: Asking) -> dict[str, object]:
    place = Placement.objects.filter(asset=one).as_was(moment, asking.now)
    placed = place.select_related("site", "parent__product").first()
    owned = Ownership.objects.filter(asset=one).as_was(moment, asking.now)
    owner = owned.select_related("customer").first()
    where = ""
    if placed is not None:
        where = str(placed.site or _("in %(parent)s") % {"parent": placed.parent})
    inside = Placement.objects.filter(parent=one).as_was(moment, asking.now)
    return {
        "where": where,
        "whose": str(owner.customer) if owner else "",
        "parts": [str(edge.asset) for edge in inside.select_related("asset__product")[:SHOWN]],
    }


def _turns(one: Asset) -> list[date]:
    """Days on which its place, its owner or a part in it changed: the steps through its life."""
    moments = [
        *one.placements.held().filter(from_at__isnull=False).values_list("from_at", flat=True),
        *one.ownerships.held().filter(from_at__isnull=False).values_list("from_at", flat=True),
        *Placement.objects.held()
        .filter(parent=one, from_at__isnull=False)
        .values_list("from_at", flat=True),
    ]
    return sorted({(m + timedelta(hours=12)).date() for m in moments if m is not None})


def _stretches(one: Asset, asking: Asking) -> list[Stretch]:
    places = one.placements.held().select_related("site", "parent")
    owners = one.ownerships.held().select_related("customer")
    cases = asking.visible(Case.objects.of_asset(one)).order_by("-reported_at")[:ON_AXIS]
    failed = asking.visible(Promise.objects.filter(asset=one)).failed(asking.now)
    down = Downtime.objects.filter(asset=one).order_by("-from_at")[:ON_AXIS]
    return [
        *(Stretch(_("place"), p.from_at, p.until_at, str(p.site or p.parent), kind="place")
          for p in places),
        *(Stretch(_("owner"), o.from_at, o.until_at, str(o.customer), kind="place")
          for o in owners),
        *(Stretch(_("down"), d.from_at, d.until_at, d.cause or _("down"), kind="down")
          for d in down),
        *(Stretch(_("cases"), c.reported_at, _case_end(c), c.about,
                  reverse("case", args=[c.pk]), "case") for c in cases),
        *(Stretch(_("promises that failed"), p.judged_due, p.judged_due, p.about,
                  reverse("promise", args=[p.pk]), "failed")
          for p in failed.filter(judged_due__isnull=False).order_by("-judged_due")[:ON_AXIS]),
    ]  # fmt: skip


def _case_end(case: Case) -> datetime | None:
    return case.restored_at or case.closed_at or case.cancelled_at
