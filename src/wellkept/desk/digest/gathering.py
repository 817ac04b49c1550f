"""What a mail of the day says: each promise once, in the first list that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise, PromiseEvent
from wellkept.record.promises.models.promise import PromiseQuerySet
from wellkept.record.promises.rules import Word

SOON = timedelta(hours=24)
SHOWN = 20
CAME = (Word.TAKEN.value, Word.ACCEPTED.value, Word.ASSIGNED.value)


@dataclass(frozen=True, slots=True)
class Line:
    """One promise: what, for whom, by when (in its own zone), and where it is."""

    about: str
    number: str
    whom: str
    due: str
    href: str


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the mail; `more` are not shown."""

    title: str
    lines: tuple[Line, ...]
    more: int


def gather(person: Person, now: datetime, since: datetime) -> tuple[Part, ...]:
    """This will gather what there is to say to a person; nothing gives no part."""
    owed = Promise.objects.owed().select_related("customer", "site", "asset")
    mine = owed.owned_by(person)
    came = PromiseEvent.objects.filter(
        promise=OuterRef("pk"), person=person, word__in=CAME, recorded_at__gte=since
    )
    lists: tuple[tuple[str, PromiseQuerySet], ...] = (
        (_("Broken: past the judged date, still owed"), mine.broken(now)),
        (_("Offered to you: accept or decline"), owed.offered(person)),
        (_("Due within a day"), mine.due_between(now, now + SOON)),
        (_("New since the last mail"), mine.filter(Q(recorded_at__gte=since) | Exists(came))),
    )
    said: set[int] = set()
    parts = []
    for title, rows in lists:
        found = [one for one in rows.by_urgency() if one.pk not in said]
        said |= {one.pk for one in found}
        if found:
            lines = tuple(_line(one) for one in found[:SHOWN])
            parts.append(Part(title, lines, max(len(found) - SHOWN, 0)))
    return tuple(parts)


def _line(one: Promise) -> Line:
    zone = ZoneInfo(one.zone or (one.site.zone if one.site else "") or "UTC")
    due = one.judged_due or one.current_due
    said = f"{due.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}" if due else ""
    return Line(
        about=one.about,
        number=one.number,
        whom=" · ".join(str(part) for part in (one.customer, one.asset) if part),
        due=said,
        href=f"{settings.ADDRESS}{reverse('promise', args=[one.pk])}",
    )
