"""Cases that nobody answers for, and that no promise on the page of the day speaks for."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID
from wellkept.desk.web.rights import CASES, deeds_on, where_of
from wellkept.desk.web.ways import ways_of
from wellkept.record.access.gate import visible
from wellkept.record.access.kept import Sql, asked, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.cases.models import Case, CasePromise
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.rules import absent_of
from wellkept.record.promises.models import Promise

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


class LeftCases(NamedTuple):
    """The most urgent of them, and whether there are more."""

    rows: tuple[CaseRow, ...]
    more: bool


def left_cases(asking: Asking, ahead: datetime, shown: int) -> LeftCases:
    """This will find open cases that nobody answers for.

    One whose promise stands among those that nobody answers for, due by `ahead`, is left to it.
    One statement, which is all where there is none.
    """
    absent = absent_of(where_of(asking))
    keys = asked(kept_for(_asked, Case, absent, shown + 1, to=asking.account, ahead=ahead))
    if not keys:
        return LeftCases((), False)
    # All of these keys were found among what may be seen.
    named = Case.objects.filter(pk__in=[key for (key,) in keys[:shown]])
    rows = list(named.select_related("customer", "asset", "site", "owner__personal").by_urgency())
    can = deeds_on(asking, Case, rows, {"take": CASES["take"]})
    whose = [("customer", one.customer_id) for one in rows]
    ways_of(asking).ask((), *whose, *(("asset", one.asset_id) for one in rows))
    told = tuple(_row(one, asking, "take" in can[one.pk]) for one in rows)
    return LeftCases(told, len(keys) > shown)


def _asked(to: Account, absent: tuple[int, ...], most: int, *, ahead: datetime) -> Sql:
    of_nobody = Q(owner=None) | Q(owner__in=absent)
    owed = Promise.objects.owed().filter(of_nobody, judged_due__lte=ahead, pk=OuterRef("promise"))
    speaks = CasePromise.objects.filter(Exists(owed), case=OuterRef("pk"))
    seen = visible(Case.objects.open().of_nobody(absent), to=to, walked=True)
    urgent = seen.by_urgency().values("pk")[:LOOKED_AT]
    rows = Case.objects.filter(~Exists(speaks), pk__in=urgent)
    return sql_of(rows.by_urgency().values("pk")[:most])


def _row(case: Case, asking: Asking, can_take: bool) -> CaseRow:
    ways, grave = ways_of(asking), Consequence(case.consequence)
    zone = times.zone_of(case.site.zone if case.site else None)
    return CaseRow(
        case.number,
        href("case", case.pk),
        case.about,
        case.customer.name if case.customer else "",
        ways.to("customer", case.customer_id),
        (case.asset.serial or case.asset.number) if case.asset else _asset_unnamed(case),
        ways.to("asset", case.asset_id),
        times.past(case.reported_at, asking.now, zone),
        GRAVE[grave],
        GRAVE_SAID[grave],
        str(case.owner) if case.owner else "",
        can_take,
    )


def _asset_unnamed(case: Case) -> str:
    return _("machine not known yet") if case.asset_is_unknown else ""
