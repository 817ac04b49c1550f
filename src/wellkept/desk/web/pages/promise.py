"""One promise whole: three dates, moves, notices, pauses, both clocks, and what can be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import for_field
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.pages.deed_forms import for_us, promise_form
from wellkept.desk.web.pages.files import files_of
from wellkept.desk.web.pages.settings.shape import Form, Options
from wellkept.desk.web.people import names_here
from wellkept.desk.web.promise_rows import rows_of, told, with_names, zone_name
from wellkept.desk.web.rights import decides, not_theirs
from wellkept.desk.web.ways import ways_of
from wellkept.desk.web.wording import Worded
from wellkept.record.access.wording import said
from wellkept.record.cases.models import Case
from wellkept.record.promises.actions import (
    acknowledge_pauses,
    attach_to_promise,
    confirm_correction,
    refuse_correction,
)
from wellkept.record.promises.models import Notice, Pause, Promise, PromiseMove, Remark
from wellkept.record.promises.reckoning import readings
from wellkept.record.promises.rules import AskedBy, Cause, Precision, Word
from wellkept.study.measures.speech import length

ASKED_SAID = Worded(
    {
        AskedBy.US: gettext_noop("asked by us"),
        AskedBy.CUSTOMER: gettext_noop("asked by the customer"),
        AskedBy.UNKNOWN: gettext_noop("not known who asked: counts as ours"),
    }
)


DOING = frozenset(
    {"take", "accept", "decline", "keep", "tell", "move", "offer", "assign", "unassign", "end"}
)
"""What is done to a promise day by day; other deeds correct it."""


NAMED = {"customer": "customer", "asset": "asset"}
"""The pages that a promise leads to, with the fields that do."""
REMARKED = frozenset(
    {Word.TAKEN_BACK, Word.VOIDED, Word.NOT_CORRECTED, Word.REMARKED, Word.LEFT, Word.REWORDED}
)
"""What somebody did with words of their own, which the log points to."""


FOLLOWS = "follows"
"""The code of a change of owner that came with its case."""
HAPPENED_SAID = Worded(
    {
        Word.TOLD: gettext_noop("the customer was told"),
        Word.LEFT: gettext_noop("has no owner"),
        Word.ACKNOWLEDGED: gettext_noop("the customer agreed to a pause"),
        Word.ENDED: gettext_noop("will not be kept"),
        Word.RELEASED: gettext_noop("the customer released us"),
        Word.CONFIRMED: gettext_noop("the customer confirmed"),
        Word.RATED: gettext_noop("what a stop means"),
        Word.REWORDED: gettext_noop("corrected; before"),
        Word.REMARKED: gettext_noop("a note for us"),
    }
)
"""What happened, where its code is no word of a reader's."""


@dataclass(frozen=True, slots=True)
class Date:
    """One of the three dates of a promise."""

    title: str
    text: str
    full: str
    said: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what happened, newest first."""

    at: times.Moment
    what: str
    who: str
    by: str
    detail: str
    words: str


def promise(asking: Asking, pk: int) -> HttpResponse:
    """This will show one promise, if it may be seen."""
    return shown_again(asking, pk, None)


def shown_again(asking: Asking, pk: int, refused: Form | None) -> HttpResponse:
    """This will show one promise with a form that was refused, what was typed still in it."""
    rows = with_names(asking.visible(Promise.objects.all())).prefetch_related("pauses")
    named = rows.select_related("accountable", "made_by__personal", "of_case__case")
    ways = ways_of(asking)
    more = {"case_open": _case_open(asking), **ways.beside(**NAMED)}
    one: Any = get_object_or_404(named.annotate(**more), pk=pk)
    ways.know_of([one], **NAMED)
    zone = times.zone_of(zone_name(one))
    (row,) = rows_of([told(one)], asking)
    return asking.page(
        "promise.html",
        status=422 if refused else 200,
        refused=refused,
        here=reverse("promise", args=[pk]),
        row=row,
        promise=one,
        dates=_dates(one, asking.now, zone),
        clocks=_clocks(one, asking.now),
        moves=[_move(move, one, zone) for move in one.moves.all()],
        notices=[_notice(notice, asking.now, zone) for notice in _told(one)],
        waiting=_waiting(one, asking, zone),
        pauses=[_pause(pause, zone) for pause in one.pauses.all()],
        agreeing=pause_options(one, zone) if decides(asking, one, acknowledge_pauses) else (),
        happened=_log(one, asking, zone),
        causes=[(cause.value, said(cause) or _("not known")) for cause in Cause],
        assigns="assign" in row.can,
        first_field=for_field(one.first_due, zone) if one.first_due else "",
        names=names_here(asking),
        deeds=bool(row.can & DOING),
        corrections=bool(row.can - DOING - {"remark"}),
        edit=promise_form(one) if "edit" in row.can else None,
        for_us=for_us(),
        case=_case_of(one),
        not_mine="" if row.can else not_theirs(asking),
        kind=said(one.kind),
        source=said(one.source),
        elsewhere=names_elsewhere(one),
        files=files_of(
            one.files.select_related("file__added_by__personal", "file__removed_by__personal"),
            reverse("promise_attach", args=[one.pk]),
            asking,
            may_add=decides(asking, one, attach_to_promise),
        ),
        owed=one.is_owed,
    )


def _case_open(asking: Asking) -> Exists:
    """Whether the case that made a promise may be seen: of each row of a query."""
    made = Case.objects.filter(promises__promise=OuterRef("pk"))
    return Exists(asking.visible(made, led=True))


def _case_of(one: Any) -> tuple[str, str, str] | None:
    """The case that made it, if it may be seen: its number, its words, its page."""
    if not one.case_open:
        return None
    case = one.of_case.case
    return case.number, case.about, reverse("case", args=[case.pk])


def _dates(one: Promise, now: datetime, zone: ZoneInfo) -> list[Date]:
    day_only = one.due_precision == Precision.DAY
    titles = (
        (_("First date"), _("as we first said it; it stays"), one.first_due),
        (_("As we say today"), _("moved by whomever"), one.current_due),
        (_("Judged date"), _("the first, shifted only by what the customer asked for"),
         one.judged_due),
    )  # fmt: skip
    shown = []
    for title, text, at in titles:
        if at is None:
            shown.append(Date(title, text, _("none"), ""))
            continue
        said = times.due(at, now, zone, day_only=day_only).said if one.is_owed else ""
        shown.append(Date(title, text, times.full(at, zone, day_only=day_only), said))
    return [*shown, *_end(one, zone)]


def _end(one: Promise, zone: ZoneInfo) -> list[Date]:
    """When it was settled and how, beside its dates."""
    if one.fulfilled_at is not None:
        over = None if one.judged_due is None else one.fulfilled_at - one.judged_due
        text = _("no date to judge it by") if over is None else _("in time")
        if over is not None and over > timedelta():
            text = _("%(length)s after its judged date") % {"length": length(times.hours(over))}
        return [Date(_("Fulfilled"), text, times.full(one.fulfilled_at, zone), "")]
    if one.released_at is not None:
        at = times.full(one.released_at, zone)
        return [Date(_("Released by the customer"), one.evidence, at, "")]
    if one.ended_at is not None:
        return [Date(_("Ended unfulfilled"), one.ended_reason, times.full(one.ended_at, zone), "")]
    return []


def _clocks(one: Promise, now: datetime) -> list[tuple[str, str, str]]:
    reading = readings([one], now)[one.pk]
    clocks = (
        (_("Customer clock"), reading.customer_clock_s,
         _("wall time, no pauses: what the customer feels")),
        (_("Promise clock"), reading.promise_clock_s,
         _("cover hours, without pauses that the customer acknowledged")),
    )  # fmt: skip
    return [(title, length(s / 3600), text) for title, s, text in clocks if s is not None]


def _move(move: PromiseMove, one: Promise, zone: ZoneInfo) -> dict[str, str]:
    day_only = one.due_precision == Precision.DAY
    return {
        "old": times.full(move.old_due, zone, day_only=day_only),
        "new": times.full(move.new_due, zone, day_only=day_only),
        "asked": ASKED_SAID[AskedBy(move.asked_by)],
        "reason": move.reason,
        "evidence": move.evidence,
        "at": times.full(move.at, zone) if move.at else _("not recorded when"),
        "told": times.full(move.told_at, zone) if move.told_at else "",
    }


def _waiting(one: Promise, asking: Asking, zone: ZoneInfo) -> dict[str, object] | None:
    """The correction of the first date that waits for a second person, if there is one."""
    asked = one.corrections.waiting().select_related("asked_by__personal").first()
    if asked is None:
        return None
    day_only = one.due_precision == Precision.DAY
    own = asked.asked_by_id == asking.account.pk
    return {
        "old": times.full(asked.old_first_due, zone, day_only=day_only),
        "new": times.full(asked.new_first_due, zone, day_only=day_only),
        "reason": asked.reason,
        "by": str(asked.asked_by or ""),
        "at": times.past(asked.asked_at, asking.now, zone),
        "own": own,
        "confirms": not own and decides(asking, one, confirm_correction),
        "refuses": decides(asking, one, refuse_correction),
    }


def _told(one: Promise) -> list[Notice]:
    return list(one.notices.select_related("told__by__personal", "told__contact__personal"))


def _notice(notice: Notice, now: datetime, zone: ZoneInfo) -> dict[str, object]:
    told = notice.told
    return {
        "at": times.past(told.at, now, zone),
        "channel": said(told.channel),
        "by": str(told.by or ""),
        "about": told.about,
        "in_time": notice.in_time,
    }


def _pause(pause: Pause, zone: ZoneInfo) -> dict[str, str]:
    agreed = pause.acknowledged_at
    return {
        "from": times.full(pause.from_at, zone),
        "until": times.full(pause.until_at, zone) if pause.until_at else _("still runs"),
        "waited_for": said(pause.waited_for),
        "reason": pause.reason,
        "agreed": _("acknowledged by the customer")
        if agreed
        else _("not acknowledged: moves nothing"),
    }


def pauses_unagreed(one: Promise) -> list[Pause]:
    """This will give the pauses that stand without the customer's word."""
    return [pause for pause in one.pauses.all() if pause.acknowledged_at is None]


def pause_options(one: Promise, zone: ZoneInfo) -> Options:
    """This will list the pauses that the customer may have agreed to afterwards."""
    return tuple(
        (str(pause.pk), f"{said['from']} – {said['until']}")
        for pause in pauses_unagreed(one)
        for said in [_pause(pause, zone)]
    )


def _log(one: Promise, asking: Asking, zone: ZoneInfo) -> list[Happening]:
    words = Remark.objects.filter(pk=OuterRef("detail"), promise=one).values("text")
    events = one.events.select_related("person__personal", "by__personal")
    newest = events.annotate(words=Subquery(words)).order_by("-at", "-id")
    return [_happened(event, asking.now, zone) for event in newest[:200]]


def _happened(event: Any, now: datetime, zone: ZoneInfo) -> Happening:
    detail = times.full(event.due, zone) if event.due else said(event.code)
    if event.code == FOLLOWS:
        detail = _("with its case")
    who, by = str(event.person or ""), str(event.by or "")
    return Happening(
        at=times.past(event.at, now, zone),
        what=HAPPENED_SAID[Word(event.word)] if event.word in HAPPENED_SAID else said(event.word),
        who=who or by,
        by=_("by %(name)s") % {"name": by} if who and by not in ("", who) else "",
        detail=detail,
        words=event.words or "" if event.word in REMARKED else "",
    )
