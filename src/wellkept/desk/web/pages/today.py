"""Today: what nobody owns, whom we are letting down, what is in danger, what is due."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.dangers import in_danger, reason
from wellkept.desk.web.keys import Keys, keys_of, said
from wellkept.desk.web.people import names_here
from wellkept.desk.web.promise_rows import (
    GRAVE,
    Row,
    for_rows,
    of_person,
    of_teams,
    row_of,
)
from wellkept.desk.web.rights import on_promises
from wellkept.record.access.rules import Scope
from wellkept.record.organisation.models import Person
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet, not_present
from wellkept.record.promises.rules import Standing

SHOWN = 25
NAMED = 5_000
"""Up to so many promises that a smaller scope owes are named by their keys."""
AHEAD = timedelta(hours=24)
WHOSE = ("mine", "team", "all")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists: how many there are, the most urgent of them, and where the rest stands.

    `past` of them are past their judged date.
    """

    key: str
    title: str
    text: str
    counted: str
    rows: tuple[Row, ...]
    rest: str
    past: int = 0


def today(asking: Asking) -> HttpResponse:
    """This will show what to do next, and for whom; `whose` in the address chooses mine or all."""
    whose = asking.address.get("whose", "")
    if whose not in WHOSE:
        whose = "mine" if _has_own(asking) else "all"
    owed = _owed(asking)
    mine = _narrowed(owed, whose, asking.person)
    found = _parts(asking, for_rows(asking.visible(Promise.objects.all())), owed, mine)
    parts = [part for part in found if part.rows]
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
        sees_all=Scope.ALL in asking.account.scopes,
    )


def _owed(asking: Asking) -> PromiseQuerySet:
    """What is owed, as far as one may see: of a smaller scope by its keys, which one look finds."""
    seen = asking.visible(Promise.objects.owed())
    if Scope.ALL in asking.account.scopes:
        return seen
    keys = list(seen.order_by().values_list("pk", flat=True)[: NAMED + 1])
    return seen if len(keys) > NAMED else Promise.objects.owed().filter(pk__in=keys)


def _has_own(asking: Asking) -> bool:
    return (
        asking.person is not None
        and of_person(asking.visible(Promise.objects.owed()), asking.person).exists()
    )


def _narrowed(rows: PromiseQuerySet, whose: str, person: Person | None) -> PromiseQuerySet:
    if whose == "mine":
        return of_person(rows, person)
    return of_teams(rows, person) if whose == "team" else rows


def _parts(
    asking: Asking, ledger: PromiseQuerySet, owed: PromiseQuerySet, mine: PromiseQuerySet
) -> list[Part]:
    """Each promise stands in one list: what nobody owns on top, then by how it stands.

    Three statements whatever there is: what is in danger, the keys of the lists, their rows.
    """
    now = asking.now
    absent = not_present(now)
    nobody = Q(judged_due__lte=now + AHEAD) & (Q(owner=None) | Q(owner__in=absent))
    lost, owned = owed.filter(nobody), mine.exclude(nobody)
    dangers = in_danger(owned, now)
    near = [key for key, one in dangers.items() if one.due_at <= now + AHEAD]
    soon = owned.due_between(now, now + AHEAD).exclude(pk__in=near)
    lists = {"ownerless": lost, "broken": owned.broken(now), "due": soon}
    whole = Scope.ALL in asking.account.scopes  # a smaller scope is the better way to the rows
    urgent = {
        name: (rows.class_by_class() if whole else rows).by_urgency()
        for name, rows in lists.items()
    }
    keys = keys_of(urgent, SHOWN)
    past = keys_of({"past": lost.broken(now)}, 0)["past"] if keys["ownerless"].many else Keys()
    keys["danger"] = Keys(tuple(dangers)[:SHOWN], len(dangers))
    shown = ledger.in_bulk([key for one in keys.values() for key in one.first])

    def part(key: str, title: str, text: str, rest: str, past: int = 0) -> Part:
        found, many = [shown[k] for k in keys[key].first if k in shown], keys[key].many
        why = {k: reason(dangers[k].chance) for k in keys[key].first if key == "danger"}
        rows = tuple(row_of(one, asking, why.get(one.pk, "")) for one in found)
        if key == "ownerless":
            rows = tuple(_left_alone(row) for row in rows)
        return Part(key, title, text, said(many), rows, rest if many > SHOWN else "", past)

    return [
        part("ownerless", _("Nobody answers for these"),
             _("past their date, or due within a day"), "owner=nobody", past.many),
        part("broken", _("Being let down now"), _("past the judged date, still owed"),
             "standing=broken", keys["broken"].many),
        part("danger", _("In danger"),
             _("a fifth or more of what was like it was broken; or due within 8 hours"),
             "standing=danger"),
        part("due", _("Due within a day"), _("and not in danger"), "standing=day"),
    ]  # fmt: skip


def _left_alone(row: Row) -> Row:
    """A row that nobody answers for although it names an owner: they are away or left."""
    return replace(row, away=_("is not there, and nobody stands in")) if row.owner else row


def _is_past(row: Row) -> bool:
    return row.standing == Standing.BROKEN


def _headline(parts: list[Part]) -> str:
    worst = [next(filter(_is_past, part.rows), None) for part in parts]
    late = [row for row in worst if row is not None]
    if not late:
        return _("No promise is past its date.")
    graves = list(GRAVE.values())
    first = min(late, key=lambda row: (graves.index(row.grave), row.due.iso if row.due else ""))
    who = first.customer or first.asset or first.number
    assert first.due is not None  # broken means past its judged date
    return _("%(who)s waits: “%(about)s” is %(late)s. %(count)s promises are past their date.") % {
        "who": who, "about": first.about, "late": first.due.said,
        "count": said(sum(part.past for part in parts)),
    }  # fmt: skip
