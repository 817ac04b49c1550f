"""Cases that nobody answers for, and that no promise on the page of the day speaks for."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID, person_said
from wellkept.desk.web.rights import CASES, deeds_on, where_of
from wellkept.desk.web.ways import ways_of
from wellkept.record.access.gate import visible
from wellkept.record.access.kept import Sql, asked, kept, moment, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.cases.models import Case, CasePromise
from wellkept.record.cases.models.case import numbered
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.rules import absent_of
from wellkept.record.promises.models import Promise

SHOWN = 10
"""So many of them are shown; the rest is a link away."""
LOOKED_AT = 300
"""So many cases that nobody owns are looked at, the most urgent ones."""


class CaseRow(NamedTuple):
    """What Today shows of one case."""

    number: str
    href: str
    about: str
    customer: str
    customer_href: str
    asset: str
    asset_href: str
    reported: times.Moment
    grave: str
    grave_said: str
    owner: str
    can_take: bool


class Left(NamedTuple):
    """What is read of one case, by the names of its columns, so that no model is made of it."""

    pk: int
    about: str
    consequence: int
    reported_at: datetime
    customer: int | None
    customer__name: str | None
    asset: int | None
    asset__serial: str | None
    asset__number: str | None
    asset_is_unknown: bool
    site__zone: str | None
    owner: int | None
    owner__personal: int | None
    owner__personal__name: str | None
    owner__personal__erased_at: datetime | None

    @property
    def owner_id(self) -> int | None:
        """The key of who answers for it, and is not there."""
        return self.owner

    @property
    def is_open(self) -> bool:
        """Whether anything may still be owed: no other case is read here."""
        return True


class LeftCases(NamedTuple):
    """The most urgent of them, and whether there are more."""

    rows: tuple[CaseRow, ...]
    more: bool


def left_cases(asking: Asking, ahead: datetime) -> LeftCases:
    """This will find open cases that nobody answers for.

    One whose promise stands among those that nobody answers for, due by `ahead`, is left to it.
    One statement, which is all where there is none.
    """
    absent = absent_of(where_of(asking))
    keys = asked(kept_for(_asked, Case, absent, SHOWN + 1, to=asking.account, ahead=ahead))
    rows = _told([key for (key,) in keys[:SHOWN]])
    can = deeds_on(asking, Case, rows, {"take": CASES["take"]})
    whose = [("customer", one.customer) for one in rows]
    ways_of(asking).ask((), *whose, *(("asset", one.asset) for one in rows))
    told = tuple(_row(one, asking, "take" in can[one.pk]) for one in rows)
    return LeftCases(told, len(keys) > SHOWN)


def _told(keys: list[int]) -> list[Left]:
    """What is read of cases by their keys, in the order of these, in one statement or in none.

    All of these keys were found among what may be seen.
    """
    if not keys:
        return []
    padded = [*keys, *[keys[-1]] * (SHOWN - len(keys))]
    named = {f"key{number}": key for number, key in enumerate(padded)}
    read = [Left._make(row) for row in asked(kept(_named, **named))]
    rows = {one.pk: one._replace(reported_at=moment(one.reported_at)) for one in read}
    return [rows[key] for key in keys]


def _named(**keys: int) -> Sql:
    return sql_of(Case.objects.filter(pk__in=list(keys.values())).values(*Left._fields))


def _asked(to: Account, absent: tuple[int, ...], most: int, *, ahead: datetime) -> Sql:
    of_nobody = Q(owner=None) | Q(owner__in=absent)
    owed = Promise.objects.owed().filter(of_nobody, judged_due__lte=ahead, pk=OuterRef("promise"))
    speaks = CasePromise.objects.filter(Exists(owed), case=OuterRef("pk"))
    seen = visible(Case.objects.open().of_nobody(absent), to=to, walked=True)
    urgent = seen.by_urgency().values("pk")[:LOOKED_AT]
    rows = Case.objects.filter(~Exists(speaks), pk__in=urgent)
    return sql_of(rows.by_urgency().values("pk")[:most])


def _row(case: Left, asking: Asking, can_take: bool) -> CaseRow:
    ways, grave = ways_of(asking), Consequence(case.consequence)
    return CaseRow(
        numbered(case.pk),
        href("case", case.pk),
        case.about,
        case.customer__name or "",
        ways.to("customer", case.customer),
        case.asset__serial or case.asset__number or _asset_unnamed(case),
        ways.to("asset", case.asset),
        times.past(case.reported_at, asking.now, times.zone_of(case.site__zone)),
        GRAVE[grave],
        GRAVE_SAID[grave],
        person_said(case.owner__personal, case.owner__personal__name,
                    case.owner__personal__erased_at),
        can_take,
    )  # fmt: skip


def _asset_unnamed(case: Left) -> str:
    return _("machine not known yet") if case.asset_is_unknown else ""
