"""Today: what nobody owns, whom we are letting down, what is in danger, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellkept.desk.web import dangers, keys
from wellkept.desk.web.asking import Asking
from wellkept.desk.web.dangers import in_danger, reason
from wellkept.desk.web.keys import Keys, Wanted, keys_asked, keys_found, said
from wellkept.desk.web.left_cases import CaseRow, left_cases
from wellkept.desk.web.pages.first_steps import first_steps
from wellkept.desk.web.people import names_for
from wellkept.desk.web.promise_rows import (
    GRAVE,
    Row,
    of_person,
    of_teams,
    row_of,
    told_by_keys,
)
from wellkept.desk.web.rights import on_promises, where_of
from wellkept.desk.web.seen import Owed, owed
from wellkept.desk.web.ways import ways_of
from wellkept.record.access.gate import visible
from wellkept.record.access.kept import Sql, Value, asked, kept, sql_of
from wellkept.record.access.models import Account
from wellkept.record.access.parts import kept_for
from wellkept.record.access.rules import Scope
from wellkept.record.access.verbs import may
from wellkept.record.cases.actions import hand_over_all
from wellkept.record.organisation.rules import absent_of
from wellkept.record.promises.actions import assign_promises
from wellkept.record.promises.models import Promise
from wellkept.record.promises.models.promise import PromiseQuerySet
from wellkept.record.promises.rules import Standing

SHOWN = 25
NAMED = 8
"""So many customers who wait are named in one line."""
AHEAD = timedelta(hours=24)
WHOSE = ("mine", "team", "all")
OF_NOBODY = frozenset({"ownerless", "left"})
"""The lists of what nobody answers for."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists: how many there are, the most urgent of them, and where the rest stands.

    Of promises, or of cases. `past` of them are past their judged date.
    """

    key: str
    title: str
    text: str
    counted: str
    rows: tuple[Row, ...]
    rest: str
    past: int = 0
    cases: tuple[CaseRow, ...] = ()


class LetDown(NamedTuple):
    """Somebody who waits past a judged date: who, their page, and for how many promises."""

    name: str
    href: str
    many: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whom we are letting down, the most urgent first; whether there are others."""

    named: tuple[LetDown, ...]
    more: str


def today(asking: Asking) -> HttpResponse:
    """This will show what to do next, and for whom; `whose` in the address chooses mine or all."""
    seen = owed(asking)
    whose = asking.address.get("whose", "")
    if whose not in WHOSE:
        whose = "mine" if not _leads(asking) and _has_own(asking, seen) else "all"
    parts = [part for part in _parts(asking, seen, whose) if part.rows or part.cases]
    steps = () if parts else first_steps(asking)
    return asking.page(
        "today.html",
        parts=parts,
        whose=whose,
        choices=[("mine", _("Mine")), ("team", _("My team")), ("all", _("All"))],
        headline=_headline(parts),
        let_down=let_down(parts),
        left_alone=whose != "all" and bool(parts) and {part.key for part in parts} <= OF_NOBODY,
        names=names_for((row for part in parts for row in part.rows), asking),
        has_shift=asking.person is not None and may(asking.account, hand_over_all),
        nothing=not parts,
        steps=steps,
        sees_all=Scope.ALL in asking.account.scopes,
    )


def _leads(asking: Asking) -> bool:
    """Whether somebody answers for the promises of others too: they begin with everybody's."""
    return may(asking.account, assign_promises)


def _has_own(asking: Asking, seen: Owed) -> bool:
    """Whether anything that they see is theirs: found by whose it is, then looked at."""
    person = asking.person
    if person is None:
        return False
    if connection.vendor == "postgresql":
        # In hope of one row it would walk the whole table, where there is none.
        return bool(seen.asked(kept(_mine, me=person.pk)))
    return bool(asked(kept_for(_own, Promise, to=asking.account, me=person.pk)))


def _mine(me: int) -> Sql:
    return sql_of(of_person(Promise.objects.owed(), me).values("pk")[:1])


def _own(to: Account, *, me: int) -> Sql:
    rows = of_person(Promise.objects.owed(), me)
    return sql_of(visible(rows, to=to, led=True).values("pk")[:1])


def _parts(asking: Asking, seen: Owed, whose: str) -> list[Part]:
    """Each promise stands in one list: what nobody owns on top, then by how it stands.

    Three statements whatever there is: who is there, the keys of the lists beside what is due
    next, their rows.
    """
    now, me = asking.now, asking.person.pk if asking.person is not None else None
    absent = absent_of(where_of(asking))
    shape = (whose, me is not None, absent, seen.whole, SHOWN, keys.COUNTED)
    values: dict[str, Value] = {"now": now, "ahead": now + AHEAD}
    if me is not None:
        values["me"] = me
    ahead, lists = _apart(seen.asked(kept(_asked, *shape, month=now + dangers.AHEAD, **values)))
    endangered = in_danger(ahead, now)
    near = [key for key, one in endangered.items() if one.due_at <= now + AHEAD]
    found = keys_found(LISTS, lists)
    found["due"] = found["due"].without(near)
    found["danger"] = Keys(tuple(endangered), len(endangered))
    first = {name: one.first[:SHOWN] for name, one in found.items()}
    # All of these keys were found among what may be seen.
    wanted = [key for one in first.values() for key in one]
    shown = told_by_keys(wanted)
    can = on_promises(asking, shown.values())
    ways_of(asking).ask(shown.values())

    def part(key: str, title: str, text: str, rest: str, past: int = 0) -> Part:
        many = found[key].many
        why = {k: reason(endangered[k].chance) for k in first[key] if key == "danger"}
        rows = tuple(
            row_of(shown[k], asking, can[k], why.get(k, "")) for k in first[key] if k in shown
        )
        if key == "ownerless":
            rows = tuple(_left_alone(row) for row in rows)
        rest = f"{reverse('promises')}?{rest}" if many > SHOWN else ""
        return Part(key, title, text, said(many), rows, rest, past)

    return [
        part("ownerless", _("Nobody answers for these"),
             _("past their date, or due within a day"), "owner=nobody", found["past"].many),
        _left(asking),
        part("broken", _("Being let down now"), _("past the judged date, still owed"),
             "standing=broken", found["broken"].many),
        part("danger", _("In danger"),
             _("a fifth or more of what was like it was broken; or due within 8 hours"),
             "standing=danger"),
        part("due", _("Due within a day"), _("and not in danger"), "standing=day"),
    ]  # fmt: skip


def _left(asking: Asking) -> Part:
    """The cases that nobody answers for, beyond those of promises that stand above."""
    left = left_cases(asking, asking.now + AHEAD)
    many = f"{len(left.rows)}+" if left.more else f"{len(left.rows)}"
    rest = f"{reverse('cases')}?owner=nobody" if left.more else ""
    text = _("open, and no promise on this page speaks for them")
    return Part("left", _("Cases that nobody answers for"), text, many, (), rest, cases=left.rows)


LISTS = ("ownerless", "past", "broken", "due")
"""Lists that are asked for; `past` is what is past its date of those that nobody owns."""


def _asked(
    whose: str, is_somebody: bool, absent: tuple[int, ...], whole: bool, *_: int, **given: Any
) -> Sql:
    """What is due next, then the keys of the lists, by urgency; `_apart` takes them apart again.

    A part of the promises is gathered once for both. Of what falls due some is in danger.
    """
    now, ahead = given["now"], given["ahead"]
    lost = Promise.objects.owed().filter(_nobody(absent, ahead))
    owned = _owned(whose, is_somebody, absent, **given)
    lists = {
        "ownerless": lost,
        "past": lost.broken(now),
        "broken": owned.broken(now),
        "due": owned.due_between(now, ahead),
    }
    first = {"past": 0, "due": SHOWN + dangers.NEAREST}
    wanted = keys_asked(
        [
            Wanted(
                (lists[name].class_by_class() if whole else lists[name]).by_urgency(),
                first.get(name, SHOWN),
                dangers.NEAREST if name == "due" else 0,
            )
            for name in LISTS
        ]
    )
    try:
        near = dangers.nearest_asked(owned, now, given["month"], whole=whole)
    except EmptyResultSet:
        return wanted  # nobody asks for what is theirs
    both = f"select {NEAR}, 3, x.* from ({near.text}) x union all select y.*, {NO_MORE} from "
    return Sql(f"{both}({wanted.text}) y", (*near.bound, *wanted.bound))


NEAR = -1
"""Marks a row of what is due next, where a list has its number."""
NO_MORE = ", ".join(["null"] * 5)
"""What a row of what is due next says beyond its key."""


def _apart(rows: Iterable[tuple[Any, ...]]) -> tuple[list[Any], list[Any]]:
    """What is due next as `in_danger` reads it, and the lists as `keys_found` does."""
    near, lists = list[Any](), list[Any]()
    for row in rows:
        if row[0] == NEAR:
            near.append(row[2:])
        else:
            lists.append(row[:3])
    return near, lists


def _owned(whose: str, is_somebody: bool, absent: tuple[int, ...], **given: Any) -> PromiseQuerySet:
    """What somebody answers for, of those whose promises the page shows."""
    rows, me = Promise.objects.owed(), given["me"] if is_somebody else None
    if whose == "mine":
        rows = of_person(rows, me)
    elif whose == "team":
        rows = of_teams(rows, me)
    return rows.exclude(_nobody(absent, given["ahead"]))


def _nobody(absent: tuple[int, ...], ahead: datetime) -> Q:
    """What nobody answers for, and is past its date, or due soon."""
    return Q(judged_due__lte=ahead) & (Q(owner=None) | Q(owner__in=absent))


def _left_alone(row: Row) -> Row:
    """A row that nobody answers for although it names an owner: they are away or left."""
    return row._replace(away=_("is not there, and nobody stands in")) if row.owner else row


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
    many = sum(part.past for part in parts)
    worst_said = _("%(who)s waits: “%(about)s” is %(late)s.") % {
        "who": who, "about": first.about, "late": first.due.said,
    }  # fmt: skip
    all_said = ngettext(
        "%(count)s promise is past its date.", "%(count)s promises are past their date.", many
    )
    return f"{worst_said} {all_said % {'count': said(many)}}"


def let_down(parts: list[Part]) -> Waiting | None:
    """This will name whom we are letting down, each once, the most urgent first; None for nobody.

    Of the rows that the page shows. How many promises each waits for is said where all of them are
    shown; else who else waits stands in the lists that the page leads to.
    """
    graves = list(GRAVE.values())
    past = [row for part in parts for row in part.rows if _is_past(row)]
    past.sort(key=lambda row: (graves.index(row.grave), row.due.iso if row.due else ""))
    waits: dict[tuple[str, str], list[Row]] = {}
    for row in past:
        waits.setdefault((row.customer, row.customer_href), []).append(row)
    unnamed = waits.pop(("", ""), [])
    if not waits:
        return None
    whole = len(past) == sum(part.past for part in parts)
    named = [
        LetDown(name, href, str(len(rows)) if whole else "") for (name, href), rows in waits.items()
    ]
    others = len(named) - NAMED
    more = ""
    if not whole:
        more = _("and others")
    elif others > 0:
        more = ngettext("and %(more)s other", "and %(more)s others", others) % {"more": others}
    elif unnamed:
        more = _("and some whom the record does not name")
    return Waiting(tuple(named[:NAMED]), more)
