"""One asset: the life of a machine, as it is and as it was on any date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_lines import case_line
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.pages.files import files_of
from wellkept.desk.web.pages.installed_base import DOUBT_SAID
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID, Row, Told, rows_of, told_with_ways
from wellkept.desk.web.rights import decides
from wellkept.desk.web.timeline import Stretch, picture
from wellkept.desk.web.ways import ways_of
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.installed_base.actions import attach_to_asset, edit_asset
from wellkept.record.installed_base.models import Asset, Ownership, Placement, Slot
from wellkept.record.installed_base.models.edges import AnyEdge, Edge
from wellkept.record.installed_base.models.products import names_in
from wellkept.record.installed_base.rules import Consequence, Doubt
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import FAILED

SHOWN = 25
ON_AXIS = 200


@dataclass(frozen=True, slots=True)
class Life:
    """What is kept of an asset's past, read once for all that the page says of it."""

    asset: Asset
    placements: list[Placement]
    inside: list[Placement]
    ownerships: list[Ownership]
    cases: list[Case]
    failed: list[Told]
    owed: list[Row]


def asset(asking: Asking, pk: int) -> HttpResponse:
    """This will show one asset, if it may be seen; `on` in the address shows it as it was."""
    rows = asking.visible(Asset.objects.select_related("product", "site", "customer"))
    ways = ways_of(asking)
    more = {
        "slots": Slot.objects.names_of("product"),
        "customer_open": ways.opens("customer", "customer"),
    }
    one: Any = get_object_or_404(rows.annotate(**more), pk=pk)
    ways.know("customer", one.customer_id, one.customer_open)
    zone = times.zone_of(one.site.zone if one.site else None)
    on = _day(asking.address.get("on", ""))
    moment = datetime.combine(on, time(12), zone).astimezone(UTC) if on else asking.now
    life = _life(one, asking)
    parts = [edge.asset for edge in life.inside if edge.is_held and edge.until_at is None]
    filled = {edge.slot for edge in life.inside if edge.is_held and edge.until_at is None}
    turns = _turns(life)
    shown = on or asking.now.astimezone(zone).date()
    consequence = Consequence(one.consequence)
    grave, grave_said = GRAVE[consequence], GRAVE_SAID[consequence]
    return asking.page(
        "asset.html",
        asset=one,
        customer_href=ways.to("customer", one.customer_id),
        state=said(one.state),
        doubt=DOUBT_SAID[Doubt(one.doubt)] if one.doubt else "",
        grave=grave,
        grave_said=grave_said,
        on=on,
        as_was=_as_was(life, moment, asking.now),
        turns=turns,
        earlier=max((day for day in turns if day < shown), default=None),
        later=min((day for day in turns if on and day > shown), default=None),
        life=picture(_stretches(life), asking.now),
        promises=life.owed,
        cases=[case_line(case, asking) for case in life.cases[:SHOWN]],
        children=[(part, ways.to("asset", part.pk)) for part in parts],
        empty_slots=[name for name in names_in(one.slots) if name not in filled],
        keeps=decides(asking, one, edit_asset),
        elsewhere=names_elsewhere(one),
        files=files_of(
            one.files.select_related("file__added_by__personal", "file__removed_by__personal"),
            reverse("asset_attach", args=[one.pk]),
            asking,
            may_add=decides(asking, one, attach_to_asset),
        ),
    )


def _life(one: Asset, asking: Asking) -> Life:
    edges = Placement.objects.filter(Q(asset=one) | Q(parent=one))
    ways = ways_of(asking)
    edges = edges.select_related("site", "parent__product", "asset__product")
    known = edges.annotate(asset_open=ways.opens("asset", "asset"))
    owners = Ownership.objects.filter(asset=one).select_related("customer")
    cases = asking.visible(Case.objects.of_asset(one)).select_related("site")
    promises = asking.visible(Promise.objects.filter(asset=one))
    owed = promises.owed().by_urgency()[:SHOWN]
    failed = promises.failed(asking.now).filter(judged_due__isnull=False)
    lately = failed.order_by("-judged_due")[:ON_AXIS]
    either = Q(pk__in=owed.values("pk")) | Q(pk__in=lately.values("pk"))
    told = told_with_ways(Promise.objects.filter(either, asset=one).by_urgency(), asking)
    placed: list[Any] = list(known)
    for edge in placed:
        ways.know("asset", edge.asset_id, edge.asset_open)
    return Life(
        asset=one,
        placements=[edge for edge in placed if edge.asset_id == one.pk],
        inside=[edge for edge in placed if edge.parent_id == one.pk],
        ownerships=list(owners),
        cases=list(cases.order_by("-reported_at", "-pk")[:ON_AXIS]),
        failed=[
            row for row in told if row.judged_due is not None and row.standing(asking.now) in FAILED
        ],
        owed=list(rows_of([row for row in told if row.is_owed][:SHOWN], asking)),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as_was(life: Life, moment: datetime, now: datetime) -> dict[str, object]:
    def so(edges: Sequence[AnyEdge]) -> list[AnyEdge]:
        return [edge for edge in edges if edge.was_so(moment, now)]

    placed, owned = next(iter(so(life.placements)), None), next(iter(so(life.ownerships)), None)
    where = ""
    if placed is not None:
        where = str(placed.site or _("in %(parent)s") % {"parent": placed.parent})
    return {
        "where": where,
        "whose": str(owned.customer) if owned else "",
        "parts": [str(edge.asset) for edge in so(life.inside)[:SHOWN]],
    }


def _turns(life: Life) -> list[date]:
    """Days on which its place, its owner or a part in it changed: the steps through its life."""
    edges: list[Edge] = [*life.placements, *life.ownerships, *life.inside]
    moments = [edge.from_at for edge in edges if edge.is_held and edge.from_at is not None]
    return sorted({(m + timedelta(hours=12)).date() for m in moments})


def _stretches(life: Life) -> list[Stretch]:
    down = Downtime.objects.filter(asset=life.asset).order_by("-from_at")[:ON_AXIS]
    return [
        *(Stretch(_("place"), p.from_at, p.until_at, str(p.site or p.parent), kind="place")
          for p in life.placements if p.is_held),
        *(Stretch(_("owner"), o.from_at, o.until_at, str(o.customer), kind="place")
          for o in life.ownerships if o.is_held),
        *(Stretch(_("down"), d.from_at, d.until_at, d.cause or _("down"), kind="down")
          for d in down),
        *(Stretch(_("cases"), c.reported_at, _case_end(c), c.about, href("case", c.pk), "case")
          for c in life.cases),
        *(Stretch(_("promises that failed"), p.judged_due, p.judged_due, p.about,
                  href("promise", p.pk), "failed")
          for p in life.failed),
    ]  # fmt: skip


def _case_end(case: Case) -> datetime | None:
    return case.restored_at or case.closed_at or case.cancelled_at
