"""Cases as a list: what is open, most urgent first; whoever owns it by name."""

from datetime import datetime
from typing import NamedTuple

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_words import STATE_SAID, WAITING_SAID
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown, where_in
from wellkept.desk.web.of_customer import of_customer
from wellkept.desk.web.promise_rows import GRAVE_SAID, person_said
from wellkept.desk.web.rights import where_of
from wellkept.desk.web.told import told_as
from wellkept.desk.web.ways import Ways, ways_of
from wellkept.desk.web.wording import Worded, in_each_language
from wellkept.record.cases.models import Case
from wellkept.record.cases.models.case import CaseQuerySet, numbered
from wellkept.record.cases.rules import State, WaitingOn
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.rules import absent_of


class Told(NamedTuple):
    """What a row shows of a case."""

    pk: int
    about: str
    state: str
    waiting_on: str
    reported_at: datetime
    asset_is_unknown: bool
    consequence: int
    customer: int | None
    customer__name: str | None
    site__zone: str | None
    asset: int | None
    asset__serial: str | None
    asset__number: str | None
    owner__personal: int | None
    owner__personal__name: str | None
    owner__personal__erased_at: datetime | None

    @property
    def number(self) -> str:
        """The number that people use, as in C-000123."""
        return numbered(self.pk)

    @property
    def asset_said(self) -> str:
        """The asset as it is called, empty where none is named."""
        return self.asset__serial or self.asset__number or ""

    @property
    def owner_said(self) -> str:
        """Who works on it, empty where nobody does."""
        return person_said(self.owner__personal, self.owner__personal__name,
                           self.owner__personal__erased_at)  # fmt: skip


OPEN_SAID = Worded(
    {
        "open": gettext_noop("open"),
        "work": gettext_noop("open, to be resolved"),
        "resolved": gettext_noop("open, resolved: to be confirmed or closed"),
    }
)
"""Open cases, and the two parts of them: the first is what “Age of open work” counts."""


def cases(asking: Asking) -> HttpResponseBase:
    """This will list cases, the open ones unless the address says otherwise, or send a file."""
    given = asking.address.copy()
    if "state" not in given:
        given["state"] = "open"
    urgent, every = given["state"] in OPEN_SAID, Case.objects.all()
    rows = told_as(Told, asking.visible(every, led=not urgent, walked=urgent))
    listing, parts = _listing(asking, urgent), asking.in_parts(every)
    return shown(asking, "cases.html", listing, rows, given, parts)


def _listing(asking: Asking, urgent: bool) -> Listing[Told]:
    return Listing(
        title=_("Cases"),
        columns=_columns(asking),
        order=("consequence", "reported_at", "pk") if urgent else ("-pk",),
        urgent=urgent,
        filters=_filters(asking),
        searched=True,
        before=ways_of(asking).ask,
        empty=_("No case is open. Take one in when somebody calls."),
    )


class _Words(NamedTuple):
    """What cells say in one language."""

    state: dict[tuple[str, str], str]
    grave: dict[int, str]


@in_each_language
def _words() -> _Words:
    return _Words(
        {(state.value, whom.value): _stands(state, whom) for state in State for whom in WaitingOn},
        {one.value: GRAVE_SAID[one] for one in Consequence},
    )


def _stands(state: State, whom: WaitingOn) -> str:
    if whom == WaitingOn.NOBODY:
        return STATE_SAID[state]
    return _("%(state)s, waiting for %(whom)s") % {
        "state": STATE_SAID[state],
        "whom": WAITING_SAID[whom],
    }


def _columns(asking: Asking) -> tuple[Column[Told], ...]:
    words, nobody, not_recorded = _words(), _("nobody"), _("not recorded")
    ways = ways_of(asking)
    return (
        Column(_("Case"), lambda c: Cell(c.about, href("case", c.pk)),
               lambda c: c.about),
        Column(_("Number"), lambda c: Cell(c.number, kind="whole"), lambda c: c.number),
        Column(_("State"), lambda c: Cell(words.state[c.state, c.waiting_on]),
               lambda c: c.state),
        Column(_("Reported"), lambda c: _reported(c, asking), lambda c: c.reported_at),
        Column(_("Customer"),
               lambda c: Cell(not_recorded) if c.customer is None
               else Cell(c.customer__name or "", ways.to("customer", c.customer)),
               lambda c: c.customer__name or ""),
        Column(_("Asset"), lambda c: _asset(c, ways), lambda c: c.asset_said),
        Column(_("Owner"), lambda c: Cell(c.owner_said or nobody), lambda c: c.owner_said),
        Column(_("Consequence"), lambda c: Cell(words.grave[c.consequence]),
               lambda c: Consequence(c.consequence).word),
    )  # fmt: skip


def _reported(case: Told, asking: Asking) -> Cell:
    moment = times.past(case.reported_at, asking.now, times.zone_of(case.site__zone))
    return Cell(moment.said, title=moment.full, iso=moment.iso)


def _asset(case: Told, ways: Ways) -> Cell:
    if case.asset is None:
        return Cell(_("not known yet") if case.asset_is_unknown else "")
    return Cell(case.asset_said, ways.to("asset", case.asset))


def _filters(asking: Asking) -> tuple[Choice, ...]:
    states = tuple((one.value, STATE_SAID[one]) for one in State)
    return (
        *of_customer(asking),
        Choice("state", _("State"), (*OPEN_SAID.items(), ("any", _("any")), *states), _in_state,
               _in_state_beside),
        Choice(
            "owner", _("Owner"), (("", _("anybody")), ("me", _("me")), ("nobody", _("nobody"))),
            lambda rows, value: _owned(rows, value, asking),
        ),
        Choice(
            "waiting", _("Waiting for"),
            (("", _("anybody or nobody")), *((one.value, WAITING_SAID[one]) for one in WaitingOn)),
            _waiting,
        ),
    )  # fmt: skip


def _in_state(rows: CaseQuerySet, value: str) -> CaseQuerySet:
    if value == "any":
        return rows
    if value not in OPEN_SAID:
        return rows.filter(state=value)
    if value == "open":
        return rows.open()
    return rows.to_resolve() if value == "work" else rows.to_close()


def _in_state_beside(rows: CaseQuerySet, value: str) -> CaseQuerySet:
    state = value != "any" and value not in OPEN_SAID
    return where_in("state")(rows, value) if state else _in_state(rows, value)


def _waiting(rows: CaseQuerySet, value: str) -> CaseQuerySet:
    rows = rows.filter(waiting_on=value)
    # Said once more for SQLite, which so takes the index of what waits.
    return rows if value == WaitingOn.NOBODY else rows.exclude(waiting_on=WaitingOn.NOBODY)


def _owned(rows: CaseQuerySet, value: str, asking: Asking) -> CaseQuerySet:
    if value == "nobody":
        return rows.open().of_nobody(absent_of(where_of(asking)))
    return rows.none() if asking.person is None else rows.owned_by(asking.person)
