"""Cases as a list: what is open, most urgent first; whoever owns it by name."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_words import STATE_SAID, WAITING_SAID
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.listing import Cell, Choice, Column, Listing, shown, where_in
from wellkept.desk.web.promise_rows import GRAVE_SAID
from wellkept.desk.web.wording import Worded
from wellkept.record.cases.models import Case
from wellkept.record.cases.models.case import CaseQuerySet
from wellkept.record.cases.rules import State, WaitingOn
from wellkept.record.installed_base.rules import Consequence

NAMES = ("customer", "site", "asset", "owner__personal")
READ = (
    "about", "state", "waiting_on", "reported_at", "asset_is_unknown", "consequence",
    "customer__name", "site__zone", "asset__serial", "asset__number", "owner__personal__name",
    "owner__personal__erased_at",
)  # fmt: skip
"""The columns that a row shows."""


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
    rows = asking.visible(every, led=not urgent, walked=urgent)
    rows = rows.select_related(*NAMES).only(*READ)
    parts = () if urgent else asking.in_parts(every)
    return shown(asking, "cases.html", _listing(asking, urgent), rows, given, parts)


def _listing(asking: Asking, urgent: bool) -> Listing[Case]:
    return Listing(
        title=_("Cases"),
        columns=_columns(asking),
        order=("consequence", "reported_at", "pk") if urgent else ("-pk",),
        urgent=urgent,
        filters=_filters(asking),
        searched=True,
        empty=_("No case is open. Take one in when somebody calls."),
    )


def _columns(asking: Asking) -> tuple[Column[Case], ...]:
    return (
        Column(_("Case"), lambda c: Cell(c.about, href("case", c.pk)),
               lambda c: c.about),
        Column(_("Number"), lambda c: Cell(c.number, kind="whole"), lambda c: c.number),
        Column(_("State"), _state, lambda c: c.state),
        Column(_("Reported"), lambda c: _reported(c, asking), lambda c: c.reported_at),
        Column(_("Customer"), _customer, lambda c: str(c.customer or "")),
        Column(_("Asset"), _asset, lambda c: str(c.asset or "")),
        Column(_("Owner"), lambda c: Cell(str(c.owner or _("nobody"))),
               lambda c: str(c.owner or "")),
        Column(_("Consequence"), lambda c: Cell(GRAVE_SAID[Consequence(c.consequence)]),
               lambda c: Consequence(c.consequence).word),
    )  # fmt: skip


def _state(case: Case) -> Cell:
    said = STATE_SAID[State(case.state)]
    if case.waiting_on != WaitingOn.NOBODY:
        said = _("%(state)s, waiting for %(whom)s") % {
            "state": said,
            "whom": WAITING_SAID[WaitingOn(case.waiting_on)],
        }
    return Cell(said)


def _reported(case: Case, asking: Asking) -> Cell:
    zone = times.zone_of(case.site.zone if case.site else None)
    moment = times.past(case.reported_at, asking.now, zone)
    return Cell(moment.said, title=moment.full, iso=moment.iso)


def _customer(case: Case) -> Cell:
    if case.customer is None:
        return Cell(_("not recorded"))
    return Cell(str(case.customer), href("customer", case.customer.pk))


def _asset(case: Case) -> Cell:
    if case.asset is None:
        return Cell(_("not known yet") if case.asset_is_unknown else "")
    return Cell(str(case.asset), href("asset", case.asset.pk))


def _filters(asking: Asking) -> tuple[Choice, ...]:
    states = tuple((one.value, STATE_SAID[one]) for one in State)
    return (
        Choice("state", _("State"), (*OPEN_SAID.items(), ("any", _("any")), *states), _in_state,
               _in_state_beside),
        Choice(
            "owner", _("Owner"), (("", _("anybody")), ("me", _("me")), ("nobody", _("nobody"))),
            lambda rows, value: _owned(rows, value, asking),
        ),
        Choice(
            "waiting", _("Waiting for"),
            (("", _("anybody or nobody")), *((one.value, WAITING_SAID[one]) for one in WaitingOn)),
            lambda rows, value: rows.filter(waiting_on=value),
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


def _owned(rows: CaseQuerySet, value: str, asking: Asking) -> CaseQuerySet:
    if value == "nobody":
        return rows.open().ownerless(asking.now)
    return rows.none() if asking.person is None else rows.owned_by(asking.person)
