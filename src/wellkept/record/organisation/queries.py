"""Who answers at a moment, for many owners at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Case, TextField, Value, When

from wellkept.record.access.kept import Sql, asked, kept, sql_of
from wellkept.record.organisation.models import Absence, Person, RoleHolding, is_with_us
from wellkept.record.organisation.rules import Whereabouts
from wellkept.record.organisation.rules import present_owner as _present_owner


def present_owner(person: Person | None, at: datetime) -> Person | None:
    """This will give who answers at a moment for what a person owns; None counts as ownerless."""
    if person is None:
        return None
    found = present_owners([person.pk], at)[person.pk]
    return None if found is None else Person.objects.get(pk=found)


def present_owners(people: Iterable[int], at: datetime) -> dict[int, int | None]:
    """This will give, for each person's key, the key of who answers at a moment; three queries."""
    asked = list(people)
    where = whereabouts(at)
    return {person: _present_owner(person, where) for person in asked}


class RollCall(NamedTuple):
    """Where everybody is, by their key, and the names of who works for us, in their order."""

    where: dict[int, Whereabouts]
    names: tuple[str, ...]


def whereabouts(at: datetime) -> dict[int, Whereabouts]:
    """This will say of everybody whether they are there, and who stands in: one query."""
    return roll_call(at).where


def roll_call(at: datetime) -> RollCall:
    """This will say where everybody is, and name who works for us: one query for both."""
    deputies: dict[int, list[int]] = defaultdict(list)
    away, here, names = set(), {}, []
    for kind, _, person, other, name in sorted(asked(kept(_whereabouts, at=at, on=at.date()))):
        if kind == HERE:
            here[person] = bool(other)
            names += [name] if other and name else []
            continue
        if kind == AWAY:
            away.add(person)
        if other:
            deputies[person].append(other)
    where = {key: Whereabouts(is_here, key in away, tuple(deputies[key]))
             for key, is_here in here.items()}  # fmt: skip
    return RollCall(where, tuple(sorted(names)))


AWAY, HELD, HERE = range(3)


def _whereabouts(at: datetime, on: date) -> Sql:
    """Who is away, then who holds a role with a deputy, in their order; then everybody."""
    nameless = Value("", output_field=TextField())
    deputed = ("pk", "person", "deputy", nameless)
    running = Absence.objects.running(at).values_list(*deputed)
    held = RoleHolding.objects.held(at).exclude(deputy=None).values_list(*deputed)
    present = Case(When(is_with_us(on), then=1), default=0)
    known = ("pk", "pk", "here", "personal__name")
    everybody = Person.objects.annotate(here=present).values_list(*known)
    parts = [sql_of(rows) for rows in (running, held, everybody)]
    texts = [f"select {kind}, x.* from ({one.text}) x" for kind, one in enumerate(parts)]
    return Sql(" union all ".join(texts), tuple(value for one in parts for value in one.bound))
