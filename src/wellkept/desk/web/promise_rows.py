"""A promise as one row of a list: frozen words, made without a further statement."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import deeds, times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import around
from wellkept.desk.web.rights import NONE, Deeds, on_promises
from wellkept.desk.web.told import told_as
from wellkept.desk.web.ways import ways_of
from wellkept.desk.web.wording import Worded, in_each_language
from wellkept.record.access.kept import Sql, asked, kept, moment, sql_of
from wellkept.record.access.models import called
from wellkept.record.access.wording import said
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import TeamMember
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet, numbered
from wellkept.record.promises.rules import Kind, Precision, Standing, is_owed, standing_of
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


class Row(NamedTuple):
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
    can: Deeds = NONE
    danger: str = ""
    away: str = ""
    kind: str = ""
    """What was promised, where `about` are the words of a case that made several."""


class Told(NamedTuple):
    """What a row of a list is made from, each read by its name: no row of a model is made for it.

    The rest of a promise, and of what it names, is twice as much to read, and most of a page's
    time would go into objects that are looked at once.
    """

    pk: int
    kind: str
    about: str
    consequence: int
    due_precision: str
    zone: str
    left_s: int | None
    first_due: datetime | None
    current_due: datetime | None
    judged_due: datetime | None
    fulfilled_at: datetime | None
    released_at: datetime | None
    ended_at: datetime | None
    voided_at: datetime | None
    verdict: str | None
    customer: int | None
    customer__name: str | None
    site__zone: str | None
    asset: int | None
    asset__serial: str | None
    asset__number: str | None
    team__name: str | None
    owner: int | None
    owner__personal: int | None
    owner__personal__name: str | None
    owner__personal__erased_at: datetime | None
    offered_to: int | None
    offered_to__personal: int | None
    offered_to__personal__name: str | None
    offered_to__personal__erased_at: datetime | None

    @property
    def number(self) -> str:
        """The number that people use, as in P-000123."""
        return numbered(self.pk)

    @property
    def customer_id(self) -> int | None:
        """The key of whom it was promised to."""
        return self.customer

    @property
    def owner_id(self) -> int | None:
        """The key of who answers for it."""
        return self.owner

    @property
    def offered_to_id(self) -> int | None:
        """The key of whom it was offered to."""
        return self.offered_to

    @property
    def customer_said(self) -> str:
        """Whom it was promised to, empty where nobody is named."""
        return self.customer__name or ""

    @property
    def asset_said(self) -> str:
        """The asset as it is called, empty where none is named."""
        return self.asset__serial or self.asset__number or ""

    @property
    def owner_said(self) -> str:
        """Who answers for it, empty where nobody does."""
        return person_said(self.owner__personal, self.owner__personal__name,
                       self.owner__personal__erased_at)  # fmt: skip

    @property
    def is_owed(self) -> bool:
        """Whether nothing has settled it yet."""
        return is_owed(self)

    def standing(self, now: datetime) -> Standing:
        """This will tell how the promise stands at a moment."""
        return standing_of(self, now)


def for_rows(rows: PromiseQuerySet) -> QuerySet[Promise, Told]:
    """This will read what a row shows and nothing else, in one statement: each as Told has it."""
    return told_as(Told, rows)


def told_with_ways(rows: PromiseQuerySet, asking: Asking) -> list[Told]:
    """This will read what rows show, and in the same statement which pages they may lead to."""
    if asking.sees_all:
        return list(for_rows(rows))
    ways = ways_of(asking)
    read = rows.annotate(
        customer_open=ways.opens("customer", "customer"), asset_open=ways.opens("asset", "asset")
    )
    told = []
    for *values, customer_open, asset_open in read.values_list(
        *Told._fields, "customer_open", "asset_open"
    ):
        told.append(one := Told._make(values))
        ways.know("customer", one.customer, customer_open)
        ways.know("asset", one.asset, asset_open)
    return told


def told_by_keys(keys: Sequence[int]) -> dict[int, Told]:
    """This will read what rows show by their keys, in one statement, if there are any.

    Its text is made once for each step of AT_ONCE keys; the last key stands in for those missing.
    """
    if not keys:
        return {}
    asking = [*keys, *[keys[-1]] * (-len(keys) % AT_ONCE)]
    named = {f"key{number}": key for number, key in enumerate(asking)}
    rows = asked(kept(_told, **named))
    read = map(Told._make, [_with_moments(row) for row in rows])
    return {row.pk: row for row in read}


AT_ONCE = 25
MOMENTS = tuple(
    number for number, name in enumerate(Told._fields) if name.endswith(("_at", "_due"))
)
"""Where moments stand in a row."""


def _with_moments(row: tuple[Any, ...]) -> list[Any]:
    read = list(row)
    for number in MOMENTS:
        read[number] = moment(read[number])
    return read


def _told(**keys: int) -> Sql:
    return sql_of(for_rows(Promise.objects.filter(pk__in=list(keys.values()))))


def told(promise: Promise) -> Told:
    """This will say of a promise, read with its names, what a list would have read of it."""
    return Told(**{name: _reached(promise, name) for name in Told._fields})


def with_names(rows: PromiseQuerySet) -> PromiseQuerySet:
    """This will read the names that a row shows in the same statement."""
    return rows.select_related(*NAMES)


NAMES = ("customer", "site", "asset", "owner__personal", "offered_to__personal", "team")


def rows_of(promises: Iterable[Told], asking: Asking, *, seen: bool = True) -> tuple[Row, ...]:
    """This will freeze promises for a list, with what can be done to each: `on_promises`."""
    rows = list(promises)
    ways_of(asking).ask(rows)
    can = on_promises(asking, rows, seen=seen)
    return tuple(row_of(one, asking, can[one.pk]) for one in rows)


def _suggested(one: Told, asking: Asking, zone: ZoneInfo) -> str:
    """From which date it is moved: of a whole day its last minute, not the midnight after it."""
    due = one.current_due or asking.now
    whole = one.current_due is not None and one.due_precision == Precision.DAY
    return deeds.for_field(due - timedelta(minutes=1) if whole else due, zone)


def row_of(one: Told, asking: Asking, can: Deeds = NONE, danger: str = "") -> Row:
    """This will freeze one promise for a list.

    `can` names the deeds that can be done to it; `danger` says why it is in danger, if it is.
    What it names is a link where `ways_of` was asked for it before, and found it open.
    """
    reader, ways = _reader(asking), ways_of(asking)
    words, me = reader.words, reader.me
    zone = times.zone_of(one.zone or one.site__zone)
    stands = one.standing(asking.now)
    grave, grave_said = words.grave[one.consequence]
    day_only = one.due_precision == Precision.DAY
    return Row(
        pk=one.pk,
        number=one.number,
        href=reader.href("promise", one.pk),
        about=one.about,
        customer=one.customer_said,
        customer_href=ways.to("customer", one.customer),
        asset=one.asset_said,
        asset_href=ways.to("asset", one.asset),
        owner=one.owner_said,
        team=one.team__name or "",
        offered_to=person_said(one.offered_to__personal, one.offered_to__personal__name,
                           one.offered_to__personal__erased_at),
        to_me=one.offered_to == me,
        mine=one.owner == me,
        due=times.due(one.judged_due, asking.now, zone, day_only=day_only, said=reader.times)
        if one.judged_due
        else None,
        left=_left(one.left_s),
        standing=stands.value,
        standing_said=words.standing[stands],
        owed=one.is_owed,
        grave=grave,
        grave_said=grave_said,
        zone=times.place(zone),
        suggested=_suggested(one, asking, zone),
        can=can,
        danger=danger,
        kind=words.kind.get(one.kind, ""),
    )  # fmt: skip


NOBODY = -1
"""No key is less than one."""


class _Said(NamedTuple):
    """The words of standings, consequences and kinds in one language."""

    standing: dict[Standing, str]
    grave: dict[int, tuple[str, str]]
    kind: dict[str, str]


class _Reader(NamedTuple):
    """Who reads, in which words, and the addresses of what rows name: the same for all rows."""

    me: int
    words: _Said
    times: times.Words
    around: dict[str, tuple[str, str]]

    def href(self, name: str, pk: int | None) -> str:
        """The address of a row's page; of nothing, nothing."""
        if pk is None:
            return ""
        before, after = self.around[name]
        return f"{before}{pk}{after}"


def _reader(asking: Asking) -> _Reader:
    """Who reads; looked up once for a request."""
    known: dict[str, Any] = asking.request.__dict__
    if "reader" not in known:
        me = asking.person.pk if asking.person is not None else NOBODY
        addresses = {name: around(name) for name in ("promise", "customer", "asset")}
        known["reader"] = _Reader(me, _words(), times.words(), addresses)
    reader: _Reader = known["reader"]
    return reader


@in_each_language
def _words() -> _Said:
    return _Said(
        dict(STANDING_SAID),
        {one.value: (GRAVE[one], GRAVE_SAID[one]) for one in Consequence},
        {one.value: said(one) for one in Kind if one is not Kind.SAID},
    )


def person_said(pk: int | None, name: str | None, erased_at: datetime | None) -> str:
    """This will say what a human being is called, given by the key; of nobody, nothing."""
    return "" if pk is None else called(pk, name or "", erased_at)


def _reached(row: object, name: str) -> Any:
    """The value at the end of a path; of a relation its key."""
    *steps, last = name.split("__")
    for step in steps:
        row = getattr(row, step)
        if row is None:
            return None
    return getattr(row, f"{last}_id", None) if hasattr(row, f"{last}_id") else getattr(row, last)


def zone_name(promise: Promise) -> str | None:
    """This will give the zone in which a promise is read: its own, else its site's."""
    return promise.zone or (promise.site.zone if promise.site else None)


def of_person(rows: PromiseQuerySet, person: int | None, *, led: bool = False) -> PromiseQuerySet:
    """This will leave what a person, given by the key, answers for, or was offered.

    Each of both is found by its own index, unless something else has `led` to the rows.
    """
    if person is None:
        return rows.none()
    if led:
        return rows.filter(Q(owner__among=[person]) | Q(offered_to__among=[person]))
    return rows.filter(owner=person) | rows.filter(offered_to=person)


def of_teams(rows: PromiseQuerySet, person: int | None, *, led: bool = False) -> PromiseQuerySet:
    """This will leave what a person's teams, or the people in them, answer for: `of_person`."""
    if person is None:
        return rows.none()
    teams = TeamMember.objects.filter(person=person).values("team")
    members = TeamMember.objects.filter(team__in=teams).values("person")
    if led:
        return rows.filter(Q(team__among=teams) | Q(owner__among=members))
    return rows.filter(team__in=teams) | rows.filter(owner__in=members)


def _left(left_s: int | None) -> str:
    if left_s is None:
        return ""
    return _("%(length)s of working time left, paused") % {"length": length(left_s / 3600)}
