"""The ledger as a list: filters in the address, most urgent first where it is owed."""

from collections.abc import Callable
from datetime import timedelta

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.dangers import AHEAD, in_danger, nearest
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown
from wellkept.desk.web.of_customer import of_customer
from wellkept.desk.web.promise_rows import (
    GRAVE_SAID,
    STANDING_SAID,
    Row,
    Told,
    for_rows,
    of_person,
    of_teams,
    row_of,
)
from wellkept.desk.web.rights import where_of
from wellkept.desk.web.ways import ways_of
from wellkept.record.access.wording import said
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.rules import absent_of
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet
from wellkept.record.promises.rules import Precision, Standing

DATED = ("broken", "danger", "day")
"""Choices that leave only promises with a judged date, so that urgency can order them."""


def promises(asking: Asking) -> HttpResponseBase:
    """This will list the ledger, or send it as a file."""
    listing, every = _listing(asking), Promise.objects.all()
    rows = for_rows(asking.visible(every, led=not listing.urgent, walked=listing.urgent))
    # What is in danger is named by its keys: of these no part need be gathered.
    parts = () if asking.address.get("standing") == "danger" else asking.in_parts(every)
    return shown(asking, "promises.html", listing, rows, parts=parts)


def _listing(asking: Asking) -> Listing[Told]:
    last: dict[int, Row] = {}

    def row(promise: Told) -> Row:
        if promise.pk not in last:  # each column of a promise asks again
            last.clear()
            last[promise.pk] = row_of(promise, asking)
        return last[promise.pk]

    urgent = asking.address.get("standing") in DATED
    return Listing(
        title=_("Promises"),
        columns=_columns(asking, row),
        order=("consequence", "judged_due", "pk") if urgent else ("-pk",),
        urgent=urgent,
        filters=_filters(asking),
        searched=True,
        before=ways_of(asking).ask,
        empty=_("Nothing was promised yet. What somebody says on the phone is a promise too."),
    )


def _columns(asking: Asking, row: Callable[[Told], Row]) -> tuple[Column[Told], ...]:
    now, nobody = asking.now, _("nobody")
    return (
        Column(_("Promise"), lambda p: Cell(p.about, row(p).href), lambda p: p.about),
        Column(_("Kind"), lambda p: Cell(said(p.kind)), lambda p: p.kind),
        Column(_("Number"), lambda p: Cell(row(p).number, kind="whole"), lambda p: p.number),
        Column(
            _("Standing"),
            lambda p: Cell(row(p).standing_said, kind="standing", iso=row(p).standing),
            lambda p: p.standing(now).value,
        ),
        Column(_("Due"), lambda p: _due(row(p)), lambda p: p.judged_due),
        Column(_("First said"), lambda p: _first(p, asking), lambda p: p.first_due, "when"),
        Column(_("Customer"), lambda p: Cell(row(p).customer, row(p).customer_href),
               lambda p: p.customer_said),
        Column(_("Asset"), lambda p: Cell(row(p).asset, row(p).asset_href),
               lambda p: p.asset_said),
        Column(_("Owner"), lambda p: Cell(row(p).owner or nobody), lambda p: p.owner_said),
        Column(_("Consequence"), lambda p: Cell(row(p).grave_said),
               lambda p: Consequence(p.consequence).word),
    )  # fmt: skip


def _due(row: Row) -> Cell:
    if row.due is None:
        return Cell(row.left)
    if not row.owed:  # nothing is due any more: only by when it was
        return Cell(row.due.full, iso=row.due.iso)
    return Cell(row.due.said, title=row.due.full, kind="whole", iso=row.due.iso)


def _first(promise: Told, asking: Asking) -> Cell:
    if promise.first_due is None:
        return Cell("")
    zone = times.zone_of(promise.zone or promise.site__zone)
    day_only = promise.due_precision == Precision.DAY
    return Cell(times.full(promise.first_due, zone, day_only=day_only))


def _filters(asking: Asking) -> tuple[Choice, ...]:
    standings = [(one.value, STANDING_SAID[one]) for one in Standing]
    return (
        *of_customer(asking),
        Choice(
            "standing", _("Standing"),
            (("", _("any")), ("failed", _("failed: broken, late or never")),
             ("danger", _("in danger")), ("day", _("due within a day")),
             *standings),
            lambda rows, value: _standing(rows, value, asking),
        ),
        Choice(
            "owner", _("Owner"),
            (("", _("anybody")), ("me", _("me")), ("team", _("my team")), ("nobody", _("nobody"))),
            lambda rows, value: _owner(rows, value, asking),
        ),
        Choice(
            "consequence", _("Consequence"),
            (("", _("any")), *((one.word, GRAVE_SAID[one]) for one in Consequence)),
            lambda rows, value: rows.filter(consequence=Consequence.of(value)),
        ),
    )  # fmt: skip


def _standing(rows: PromiseQuerySet, value: str, asking: Asking) -> PromiseQuerySet:
    now = asking.now
    if value == "failed":
        return rows.failed(now)
    if value == "danger":
        return rows.filter(pk__in=list(in_danger(nearest(rows, now, now + AHEAD), now)))
    if value == "day":
        return rows.due_between(now, now + timedelta(hours=24)).class_by_class()
    if value == "broken":
        return rows.broken(now).class_by_class()
    return rows.standing(Standing(value), now)


def _owner(rows: PromiseQuerySet, value: str, asking: Asking) -> PromiseQuerySet:
    if value == "nobody":
        return rows.owed().of_nobody(absent_of(where_of(asking)))
    me = asking.person.pk if asking.person is not None else None
    whose = of_person if value == "me" else of_teams
    return whose(rows, me, led=not asking.sees_all)
