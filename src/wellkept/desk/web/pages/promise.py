"""One promise whole: three dates, moves, notices, pauses, both clocks, and what can be done."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.deeds import for_field
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.pages.files import files_of
from wellkept.desk.web.pages.settings.shape import Form
from wellkept.desk.web.people import names_here
from wellkept.desk.web.promise_rows import rows_of, told, with_names, zone_name
from wellkept.desk.web.rights import decides, not_theirs
from wellkept.desk.web.wording import Worded
from wellkept.record.access.wording import said
from wellkept.record.promises.actions import attach_to_promise, confirm_correction
from wellkept.record.promises.models import Notice, Pause, Promise, PromiseEvent, PromiseMove
from wellkept.record.promises.reckoning import readings
from wellkept.record.promises.rules import AskedBy, Cause, Precision
from wellkept.study.measures.speech import length

ASKED_SAID = Worded(
    {
        AskedBy.US: gettext_noop("asked by us"),
        AskedBy.CUSTOMER: gettext_noop("asked by the customer"),
        AskedBy.UNKNOWN: gettext_noop("not known who asked: counts as ours"),
    }
)


DOING = frozenset({"take", "accept", "decline", "keep", "tell", "move", "offer", "end"})
"""What is done to a promise day by day; other deeds correct it."""


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
    detail: str


def promise(asking: Asking, pk: int) -> HttpResponse:
    """This will show one promise, if it may be seen."""
    return shown_again(asking, pk, None)


def shown_again(asking: Asking, pk: int, refused: Form | None) -> HttpResponse:
    """This will show one promise with a form that was refused, what was typed still in it."""
    rows = with_names(asking.visible(Promise.objects.all()))
    one = get_object_or_404(rows.select_related("accountable", "made_by__personal"), pk=pk)
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
        happened=[_happened(event, asking.now, zone) for event in _log(one)],
        causes=[(cause.value, said(cause) or _("not known")) for cause in Cause],
        first_field=for_field(one.first_due, zone) if one.first_due else "",
        people=names_here(asking),
        deeds=bool(row.can & DOING),
        corrections=bool(row.can - DOING),
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
    return shown


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
    asked = one.corrections.filter(confirmed_at=None).select_related("asked_by__personal").first()
    if asked is None:
        return None
    day_only = one.due_precision == Precision.DAY
    return {
        "old": times.full(asked.old_first_due, zone, day_only=day_only),
        "new": times.full(asked.new_first_due, zone, day_only=day_only),
        "reason": asked.reason,
        "by": str(asked.asked_by or ""),
        "at": times.past(asked.asked_at, asking.now, zone),
        "own": asked.asked_by_id == asking.account.pk,
        "confirms": asked.asked_by_id != asking.account.pk
        and decides(asking, one, confirm_correction),
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
        "waited_for": pause.waited_for,
        "reason": pause.reason,
        "agreed": _("acknowledged by the customer")
        if agreed
        else _("not acknowledged: moves nothing"),
    }


def _log(one: Promise) -> list[PromiseEvent]:
    return list(
        one.events.select_related("person__personal", "by__personal").order_by("-at", "-id")[:200]
    )


def _happened(event: PromiseEvent, now: datetime, zone: ZoneInfo) -> Happening:
    return Happening(
        at=times.past(event.at, now, zone),
        what=said(event.word),
        who=str(event.person or event.by or ""),
        detail=times.full(event.due, zone) if event.due else said(event.code),
    )
