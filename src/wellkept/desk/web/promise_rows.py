"""A promise as one row of a list: frozen words, made without a further statement."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import deeds, times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.wording import Worded
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet
from wellkept.record.promises.rules import Precision, Standing
from wellkept.study.measures.speech import length

STANDING_SAID = Worded(
    {
        Standing.OPEN: gettext_noop("open"),
        Standing.BROKEN: gettext_noop("broken"),
        Standing.KEPT: gettext_noop("kept"),
        Standing.LATE: gettext_noop("late"),
        Standing.NEVER: gettext_noop("never"),
        Standing.RELEASED: gettext_noop("released"),
        Standing.VOID: gettext_noop("void"),
    }
)
GRAVE = {
    Consequence.SAFETY: "safety",
    Consequence.PRODUCTION_STOPPED: "stopped",
    Consequence.UNKNOWN: "unknown",
    Consequence.DEGRADED: "degraded",
    Consequence.INCONVENIENCE: "inconvenience",
}
"""What the style knows a consequence by."""
GRAVE_SAID = Worded(
    {
        Consequence.SAFETY: gettext_noop("safety"),
        Consequence.PRODUCTION_STOPPED: gettext_noop("production stopped"),
        Consequence.UNKNOWN: gettext_noop("unknown: ask"),
        Consequence.DEGRADED: gettext_noop("degraded"),
        Consequence.INCONVENIENCE: gettext_noop("inconvenience"),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of one promise, and which deeds its reader may do at once."""

    pk: int
    number: str
    href: str
    about: str
    customer: str
    customer_href: str
    asset: str
    asset_href: str
    owner: str
    team: str
    offered_to: str
    to_me: bool
    mine: bool
    due: times.Moment | None
    left: str
    standing: str
    standing_said: str
    owed: bool
    grave: str
    grave_said: str
    zone: str
    suggested: str
    danger: str = ""
    away: str = ""


NAMES = ("customer", "site", "asset", "owner__personal", "offered_to__personal", "team")
SHOWN = (
    "about", "consequence", "due_precision", "zone", "left_s", "first_due", "current_due",
    "judged_due", "fulfilled_at", "released_at", "ended_at", "voided_at", "verdict",
    "customer__name", "site__zone", "asset__serial", "asset__number", "team__name",
    "owner__personal__name", "owner__personal__erased_at", "offered_to__personal__name",
    "offered_to__personal__erased_at",
)  # fmt: skip
"""What a row shows. The rest of a promise, and of what it names, is twice as much to read."""


def with_names(rows: PromiseQuerySet) -> PromiseQuerySet:
    """This will read the names that a row shows in the same statement."""
    return rows.select_related(*NAMES)


def for_rows(rows: PromiseQuerySet) -> PromiseQuerySet:
    """This will read what a row shows and nothing else, in one statement, for lists."""
    return with_names(rows).only(*SHOWN)


def row_of(promise: Promise, asking: Asking, danger: str = "") -> Row:
    """This will freeze one promise for a list; `danger` says why it is in danger, if it is."""
    person, zone = asking.person, times.zone_of(zone_name(promise))
    standing = promise.standing(asking.now)
    consequence = Consequence(promise.consequence)
    grave, grave_said = GRAVE[consequence], GRAVE_SAID[consequence]
    day_only = promise.due_precision == Precision.DAY
    return Row(
        pk=promise.pk,
        number=promise.number,
        href=href("promise", promise.pk),
        about=promise.about,
        customer=str(promise.customer or ""),
        customer_href=_href("customer", promise.customer_id),
        asset=str(promise.asset or ""),
        asset_href=_href("asset", promise.asset_id),
        owner=str(promise.owner or ""),
        team=str(promise.team or ""),
        offered_to=str(promise.offered_to or ""),
        to_me=person is not None and promise.offered_to_id == person.pk,
        mine=person is not None and promise.owner_id == person.pk,
        due=times.due(promise.judged_due, asking.now, zone, day_only=day_only)
        if promise.judged_due
        else None,
        left=_left(promise.left_s),
        standing=standing.value,
        standing_said=STANDING_SAID[standing],
        owed=promise.is_owed,
        grave=grave,
        grave_said=grave_said,
        zone=times.place(zone),
        suggested=deeds.for_field(promise.current_due or asking.now, zone),
        danger=danger,
    )


def rows_of(promises: Iterable[Promise], asking: Asking) -> tuple[Row, ...]:
    """This will freeze promises for a list."""
    return tuple(row_of(one, asking) for one in promises)


def zone_name(promise: Promise) -> str | None:
    """This will give the zone in which a promise is read: its own, else its site's."""
    return promise.zone or (promise.site.zone if promise.site else None)


def of_person(rows: PromiseQuerySet, person: Person | None) -> PromiseQuerySet:
    """This will leave what a person answers for, or was offered."""
    if person is None:
        return rows.none()
    return rows.filter(owner=person) | rows.filter(offered_to=person)


def of_teams(rows: PromiseQuerySet, person: Person | None) -> PromiseQuerySet:
    """This will leave what a person's teams, or the people in them, answer for."""
    if person is None:
        return rows.none()
    teams = person.teams.values("team")
    return rows.filter(team__in=teams) | rows.filter(
        owner__in=Person.objects.filter(teams__team__in=teams).values("pk")
    )


def _left(left_s: int | None) -> str:
    if left_s is None:
        return ""
    return _("%(length)s of working time left, paused") % {"length": length(left_s / 3600)}


def _href(name: str, pk: int | None) -> str:
    return href(name, pk) if pk is not None else ""
