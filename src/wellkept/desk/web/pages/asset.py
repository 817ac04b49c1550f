"""One asset: the life of a machine, as it is and as it was on any date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.as_was import as_was, days_of, others, turns_of
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_lines import case_line
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.merged import means, merged_rows, same_keys
from wellkept.desk.web.pages.files import files_of
from wellkept.desk.web.pages.installed_base import DOUBT_SAID
from wellkept.desk.web.people import names_for
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID, Row, Told, rows_of, told_with_ways
from wellkept.desk.web.rights import decides
from wellkept.desk.web.sliding import slider
from wellkept.desk.web.timeline import Stretch, picture
from wellkept.desk.web.ways import ways_of
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case, Downtime
from wellkept.record.installed_base.actions import attach_to_asset, edit_asset, merge_assets
from wellkept.record.installed_base.models import Asset, Slot
from wellkept.record.installed_base.models.products import names_in
from wellkept.record.installed_base.queries import Stood, What, life_of
from wellkept.record.installed_base.rules import Consequence, Doubt
from wellkept.record.promises.models import Promise
from wellkept.record.promises.rules import FAILED

SHOWN = 25
ON_AXIS = 200
LANES = (
    (What.PLACE, gettext_noop("place")),
    (What.OWNER, gettext_noop("owner")),
    (What.OPERATOR, gettext_noop("operator")),
)


@dataclass(frozen=True, slots=True)
class Life:
    """What is kept of an asset's past, read once for all that the page says of it."""

    asset: Asset
    stood: list[Stood]
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
        "has_merged": Exists(Asset.objects.filter(merged_into=OuterRef("pk"))),
    }
    one: Any = get_object_or_404(rows.annotate(**more), pk=pk)
    ways.know("customer", one.customer_id, one.customer_open)
    days = days_of(asking, _zone(one))
    life = _life(one, asking)
    parts = [part for part in life.stood if part.what == What.HOLDS and _is_open(part)]
    filled = {part.word for part in parts}
    turns, drawn = turns_of(life.stood, days), picture(_stretches(life), asking.now)
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
        days=days,
        as_was=as_was(one, life.stood, turns, days, ways),
        turns=[(turn, days.to(turn.day)) for turn in turns],
        slider=slider(drawn, turns, days) if drawn else None,
        life=drawn,
        promises=life.owed,
        names=names_for(life.owed, asking),
        cases=[case_line(case, asking) for case in life.cases[:SHOWN]],
        children=[(part, ways.to("asset", part.other)) for part in parts],
        empty_slots=[name for name in names_in(one.slots) if name not in filled],
        keeps=decides(asking, one, edit_asset),
        merges=decides(asking, one, merge_assets),
        into=means(asking, one),
        merged=merged_rows(asking, one),
        run_by=next((o.name for o in life.stood if o.what == What.OPERATOR and _is_open(o)), ""),
        elsewhere=names_elsewhere(one),
        files=files_of(
            one.files.select_related("file__added_by__personal", "file__removed_by__personal"),
            reverse("asset_attach", args=[one.pk]),
            asking,
            may_add=decides(asking, one, attach_to_asset),
        ),
    )  # fmt: skip


def asset_as_was(asking: Asking, pk: int) -> HttpResponse:
    """This will show what stood of an asset on a day: the part of its page that the slider asks."""
    one = get_object_or_404(asking.visible(Asset.objects.select_related("site")), pk=pk)
    life, days = life_of(one.pk), days_of(asking, _zone(one))
    return asking.page(
        "_as_was.html", as_was=as_was(one, life, turns_of(life, days), days, ways_of(asking))
    )


def _zone(one: Asset) -> ZoneInfo:
    return times.zone_of(one.site.zone if one.site else None)


def _is_open(one: Stood) -> bool:
    return one.is_held and one.until_at is None


def _life(one: Any, asking: Asking) -> Life:
    cases = asking.visible(Case.objects.of_asset(one)).select_related("site")
    same = same_keys(one)
    promises = asking.visible(Promise.objects.filter(asset__in=same))
    owed = promises.owed().by_urgency()[:SHOWN]
    failed = promises.failed(asking.now).filter(judged_due__isnull=False)
    lately = failed.order_by("-judged_due")[:ON_AXIS]
    either = Q(pk__in=owed.values("pk")) | Q(pk__in=lately.values("pk"))
    told = told_with_ways(Promise.objects.filter(either, asset__in=same).by_urgency(), asking)
    stood = life_of(one.pk)
    ways_of(asking).ask((), *others(stood))
    return Life(
        asset=one,
        stood=stood,
        cases=list(cases.order_by("-reported_at", "-pk")[:ON_AXIS]),
        failed=[
            row for row in told if row.judged_due is not None and row.standing(asking.now) in FAILED
        ],
        owed=list(rows_of([row for row in told if row.is_owed][:SHOWN], asking)),
    )


def _stretches(life: Life) -> list[Stretch]:
    down = Downtime.objects.filter(asset=life.asset).order_by("-from_at")[:ON_AXIS]
    return [
        *(Stretch(_(lane), one.from_at, one.until_at, one.name, kind="place")
          for what, lane in LANES for one in life.stood if one.what == what and one.is_held),
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
