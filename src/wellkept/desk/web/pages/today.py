"""Today: what nobody owns, whom we are letting down, what is in danger, what is due."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.people import names_here
from wellkept.desk.web.promise_rows import Row, of_person, of_teams, rows_of, with_names
from wellkept.desk.web.rights import on_promises
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet

SHOWN = 25
DANGER = timedelta(hours=8)
AHEAD = timedelta(hours=24)
WHOSE = ("mine", "team", "all")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists: how many there are, the most urgent of them, and where the rest stands."""

    key: str
    title: str
    text: str
    counted: str
    rows: tuple[Row, ...]
    rest: str


def today(asking: Asking) -> HttpResponse:
    """This will show what to do next, and for whom; `whose` in the address chooses mine or all."""
    whose = asking.address.get("whose", "")
    if whose not in WHOSE:
        whose = "mine" if _has_own(asking) else "all"
    ledger = with_names(asking.visible(Promise.objects.all()))
    mine = _narrowed(ledger, whose, asking.person)
    parts = [part for part in _parts(asking, ledger.owed(), mine) if part.rows]
    return asking.page(
        "today.html",
        parts=parts,
        whose=whose,
        choices=[("mine", _("Mine")), ("team", _("My team")), ("all", _("All"))],
        headline=_headline(parts),
        people=names_here(asking),
        may=on_promises(asking),
        me=asking.person,
        nothing=not parts,
    )


def _has_own(asking: Asking) -> bool:
    return (
        asking.person is not None
        and of_person(asking.visible(Promise.objects.owed()), asking.person).exists()
    )


def _narrowed(rows: PromiseQuerySet, whose: str, person: Person | None) -> PromiseQuerySet:
    if whose == "mine":
        return of_person(rows, person)
    return of_teams(rows, person) if whose == "team" else rows


def _parts(asking: Asking, owed: PromiseQuerySet, mine: PromiseQuerySet) -> list[Part]:
    now = asking.now
    nobody = owed.ownerless(now).filter(judged_due__lt=now + AHEAD)
    return [
        _part(asking, "ownerless", _("Nobody answers for these"),
              _("past their date, or due within a day"), nobody, "owner=nobody"),
        _part(asking, "broken", _("Being let down now"), _("past the judged date, still owed"),
              mine.broken(now), "standing=broken"),
        _part(asking, "danger", _("In danger"), _("due within 8 hours: by the time left"),
              mine.due_between(now, now + DANGER), "standing=danger"),
        _part(asking, "due", _("Due within a day"), _("after the next 8 hours"),
              mine.due_between(now + DANGER, now + AHEAD), "standing=day"),
    ]  # fmt: skip


def _part(
    asking: Asking, key: str, title: str, text: str, rows: PromiseQuerySet, rest: str
) -> Part:
    found = list(rows.by_urgency()[: SHOWN + 1])
    more = len(found) > SHOWN
    counted = f"{rows.count():,}" if more else f"{len(found):,}"
    return Part(key, title, text, counted, rows_of(found[:SHOWN], asking), rest if more else "")


def _headline(parts: list[Part]) -> str:
    broken = next((part for part in parts if part.key == "broken"), None)
    if broken is None:
        return _("No promise is past its date.")
    first = broken.rows[0]
    who = first.customer or first.asset or first.number
    assert first.due is not None  # broken means past its judged date
    return _("%(who)s waits: “%(about)s” is %(late)s. %(count)s promises are past their date.") % {
        "who": who, "about": first.about, "late": first.due.said, "count": broken.counted,
    }  # fmt: skip
