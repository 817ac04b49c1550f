"""One case whole: what is owed, its log, who had it when, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Value
from django.db.models.expressions import Combinable
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wellkept.desk.web import times
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.case_words import (
    CHANNEL_SAID,
    STATE_SAID,
    WAITING_SAID,
    event_said,
)
from wellkept.desk.web.codes_before import codes_before
from wellkept.desk.web.elsewhere import names_elsewhere
from wellkept.desk.web.pages.deed_forms import case_form, for_us
from wellkept.desk.web.pages.files import files_of
from wellkept.desk.web.pages.settings.shape import Form
from wellkept.desk.web.people import names_here
from wellkept.desk.web.promise_rows import GRAVE, GRAVE_SAID, Row, Told, rows_of, told, with_names
from wellkept.desk.web.rights import CASES, Deeds, decides, deeds_on, not_theirs
from wellkept.desk.web.ways import Ways, ways_of
from wellkept.desk.web.wording import Worded
from wellkept.record.access.wording import said
from wellkept.record.cases.actions import attach_to_case
from wellkept.record.cases.actions.happening import ANSWERING, RESTORING, waits_unagreed
from wellkept.record.cases.actions.noting import CODES
from wellkept.record.cases.models import Case, CaseFile, Offer
from wellkept.record.cases.queries import Kind, story_of
from wellkept.record.cases.queries import Line as StoryLine
from wellkept.record.cases.rules import Channel, How, State, WaitingOn, Word
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.promises.models import Promise
from wellkept.record.promises.reckoning import readings
from wellkept.study.measures.speech import length

HOW_SAID = Worded(
    {
        How.TAKEN: gettext_noop("taken"),
        How.ACCEPTED: gettext_noop("accepted"),
        How.ASSIGNED: gettext_noop("assigned"),
        How.SHIFT: gettext_noop("handed over with the shift"),
        How.IMPORTED: gettext_noop("brought over"),
        How.LEFT: gettext_noop("left to nobody"),
    }
)


NAMED = {"customer": "customer", "asset": "asset"}
"""The pages that a case, or a promise, leads to, with the fields that do."""
REASONED = frozenset({Word.REFUSED, Word.CANCELLED, Word.OWNERLESS, Word.REWORDED})
"""What somebody did with words of their own, which were kept as a remark at the same moment."""
MORE = frozenset({"offer", "assign", "unassign", "wait", "agree", "contact", "refuse", "cancel"})
"""What is done to a case less often, and asks for more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, or of who had the case."""

    at: times.Moment
    what: str
    more: str
    words: str = ""


def case(asking: Asking, pk: int) -> HttpResponse:
    """This will show one case, if it may be seen."""
    return shown_again(asking, pk, None)


def shown_again(asking: Asking, pk: int, refused: Form | None) -> HttpResponse:
    """This will show one case with a form that was refused, what was typed still in it."""
    ways = ways_of(asking)
    one, zone = _found(asking, ways, pk)
    made, story = _promised(one, ways), story_of(one.pk)
    rows = [told(promise) for promise in made]
    promises = _rows(rows, asking)
    can, still_owed = _can(one, rows, story, asking)
    return asking.page(
        "case.html",
        status=422 if refused else 200,
        refused=refused,
        here=reverse("case", args=[pk]),
        case=one,
        customer_href=ways.to("customer", one.customer_id),
        asset_href=ways.to("asset", one.asset_id),
        **_stands(one, asking, zone),
        clock=_promise_clock(made, asking),
        promises=promises,
        offers=any("offer" in row.can for row in promises),
        log=_log(story, asking, zone),
        owners=_owners(one, story, asking, zone),
        contacts=_contacts(story, asking, zone),
        names=names_here(asking),
        can=can,
        may_promise="remark" in can and one.is_open,
        still_owed=still_owed,
        not_mine="" if can else not_theirs(asking),
        **_asked(one, can, asking),
        elsewhere=names_elsewhere(one),
        files=files_of(
            CaseFile.objects.filter(case=one).select_related(
                "file__added_by__personal", "file__removed_by__personal"
            ),
            reverse("case_attach", args=[one.pk]),
            asking,
            may_add=decides(asking, one, attach_to_case),
        ),
        zone=times.place(zone),
    )


def _found(asking: Asking, ways: Ways, pk: int) -> tuple[Any, ZoneInfo]:
    """The case, if it may be seen, with what it names; and the zone in which it is read."""
    rows = asking.visible(Case.objects.all()).select_related(
        "customer", "site", "asset__product", "owner__personal", "accountable", "team"
    )
    more = {"to_me": _offered_to_me(asking), **ways.beside(**NAMED)}
    one: Any = get_object_or_404(rows.annotate(**more), pk=pk)
    ways.know_of([one], **NAMED)
    return one, times.zone_of(one.site.zone if one.site else None)


def _stands(one: Case, asking: Asking, zone: ZoneInfo) -> dict[str, Any]:
    """How it stands, in words."""
    consequence = Consequence(one.consequence)
    return {
        "state": STATE_SAID[State(one.state)],
        "open": one.is_open,
        "channel": CHANNEL_SAID[Channel(one.channel)],
        "waiting": _waiting(one),
        "grave": GRAVE[consequence],
        "grave_said": GRAVE_SAID[consequence],
        "reported": times.past(one.reported_at, asking.now, zone),
        "lasted": _lasted(one, asking),
        "codes": [(name, capfirst(said(name)), getattr(one, name)) for name in CODES],
        "coded": any(getattr(one, name) for name in CODES),
    }


def _asked(one: Case, can: Deeds, asking: Asking) -> dict[str, Any]:
    """What its forms ask, and what they suggest."""
    return {
        "whom": [(w.value, WAITING_SAID[w]) for w in WaitingOn if w is not WaitingOn.NOBODY],
        "more": bool(can & MORE),
        "edit": case_form(one) if "edit" in can else None,
        "used": codes_before(one, asking) if "code" in can else {},
        "for_us": for_us(),
    }


def _rows(told: Sequence[Told], asking: Asking) -> list[Row]:
    """What is promised, each with a way to its page where its reader may go there."""
    ways = ways_of(asking)
    return [
        row._replace(href=ways.to("promise", row.pk)) for row in rows_of(told, asking, seen=False)
    ]


def _waiting(one: Case) -> str:
    waiting = WaitingOn(one.waiting_on)
    return "" if waiting is WaitingOn.NOBODY else WAITING_SAID[waiting]


def _lasted(one: Case, asking: Asking) -> str:
    end = one.restored_at or one.closed_at or one.cancelled_at or asking.now
    return length(times.hours(end - (one.occurred_at or one.reported_at)))


def _promise_clock(promises: Sequence[Promise], asking: Asking) -> tuple[str, str] | None:
    """How long the promise to restore has run in cover hours, agreed pauses left out; its number.

    None where nothing of the kind is promised, or nobody knows since when.
    """
    until = [row for row in promises if row.kind in RESTORING and row.voided_at is None]
    if not until:
        return None
    one = until[-1]  # the last of them by its date
    ran = readings([one], asking.now)[one.pk].promise_clock_s
    return None if ran is None else (length(ran / 3600), one.number)


def _promised(one: Case, ways: Ways) -> list[Promise]:
    """What it promised, in one statement with the pages that each of its rows leads to."""
    links = one.promises.values("promise")
    rows = with_names(Promise.objects.filter(pk__in=links).order_by("judged_due", "pk"))
    made = list(rows.annotate(**ways.beside(promise="pk", **NAMED)))
    ways.know_of(made, promise="pk", **NAMED)
    return made


def _log(story: Sequence[StoryLine], asking: Asking, zone: ZoneInfo) -> list[Line]:
    """What happened and what was noted, newest first; a reason stands with what it is of."""
    left = [one for one in story if one.kind == Kind.REMARK]
    lines: list[tuple[datetime, Line]] = []
    for one in reversed([one for one in story if one.kind == Kind.EVENT]):
        why = _reason_of(one, left)
        said, at = event_said(one.word, one.waiting_on), times.past(one.at, asking.now, zone)
        lines.append((one.at, Line(at, said, _beside(one), why)))
    for note in reversed(left):
        at = times.past(note.at, asking.now, zone)
        lines.append((note.at, Line(at, _("a note for us"), note.by_said, note.text)))
    return [line for _at, line in sorted(lines, key=lambda pair: pair[0], reverse=True)]


def _reason_of(event: StoryLine, left: list[StoryLine]) -> str:
    """The words that somebody gave with an event; they leave the notes that stand alone."""
    if event.word not in REASONED:
        return ""
    same = (event.recorded_at, event.by)
    found = next((note for note in left if (note.at, note.by) == same), None)
    if found is None:
        return ""
    left.remove(found)
    return found.text


def _beside(event: StoryLine) -> str:
    """Whom an event names, and who wrote it down."""
    named = [one for one in (event.person_said, event.team) if one]
    if event.flag:
        named.append(_("acknowledged by the customer"))
    if event.by_said and event.by_said != event.person_said:
        named.append(_("by %(name)s") % {"name": event.by_said})
    return " · ".join(named)


def _owners(one: Case, story: Sequence[StoryLine], asking: Asking, zone: ZoneInfo) -> list[Line]:
    lines = []
    for held in (line for line in story if line.kind == Kind.OWNER):
        until = held.until_at or (asking.now if one.is_open else one.closed_at or one.cancelled_at)
        lasted = length(times.hours((until or asking.now) - held.at))
        who = held.person_said or _("nobody")
        if held.team and not held.person_said:
            who = _("nobody in %(team)s") % {"team": held.team}
        at = times.past(held.at, asking.now, zone)
        lines.append(Line(at, who, f"{HOW_SAID[How(held.word)]} · {lasted}"))
    return lines


def _contacts(story: Sequence[StoryLine], asking: Asking, zone: ZoneInfo) -> list[Line]:
    lines = []
    for one in reversed([line for line in story if line.kind == Kind.CONTACT]):
        whose = _("they told us") if one.flag else _("we told them")
        more = " · ".join(part for part in (said(one.word), one.person_said, whose) if part)
        lines.append(Line(times.past(one.at, asking.now, zone), one.text, more))
    return lines


def _waits_unagreed(one: Case, story: Sequence[StoryLine]) -> bool:
    """Whether it waits without the customer's word, as its last wait says."""
    waits = [line for line in story if line.kind == Kind.EVENT and line.word == Word.WAITING]
    return not waits[-1].flag if waits else bool(waits_unagreed([one]))


def _can(
    one: Any, promises: Sequence[Told], story: Sequence[StoryLine], asking: Asking
) -> tuple[Deeds, str]:
    """What can be done to the case; and why it cannot be closed, where it would refuse that."""
    offered = frozenset({one.pk} if one.to_me else ())
    can = deeds_on(asking, Case, [one], CASES, offered=offered)[one.pk]
    if "agree" in can and not _waits_unagreed(one, story):
        can -= {"agree"}
    left = [row for row in promises if row.is_owed and row.kind not in ANSWERING]
    if "close" not in can or not left:
        return can, ""
    said = _("It can be closed once %(number)s is kept, or the customer released us.")
    return can - {"close"}, said % {"number": left[0].number}


def _offered_to_me(asking: Asking) -> Combinable:
    """Whether a case waits for the answer of the one who asks: of each row of a query."""
    if asking.person is None:
        return Value(False)
    waiting = Offer.objects.filter(case=OuterRef("pk"), to=asking.person, answered_at=None)
    return Exists(waiting)
