"""Who answers at a moment, for many owners at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from wellkept.record.organisation.models import Absence, Person, RoleHolding
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


def whereabouts(at: datetime) -> dict[int, Whereabouts]:
    """This will say of everybody whether they are there at a moment, and who stands in."""
    deputies: dict[int, list[int]] = defaultdict(list)
    away = set()
    running = Absence.objects.running(at).order_by("pk").values_list("person", "deputy")
    held = RoleHolding.objects.held(at).exclude(deputy=None).order_by("pk")
    for person, deputy in running:
        away.add(person)
        if deputy is not None:
            deputies[person].append(deputy)
    for person, deputy in held.values_list("person", "deputy"):
        deputies[person].append(deputy)
    day = at.date()
    return {
        key: Whereabouts(_within(day, first, last), key in away, tuple(deputies[key]))
        for key, first, last in Person.objects.values_list("pk", "from_on", "until_on")
    }


def _within(day: date, first: date | None, last: date | None) -> bool:
    """Whether somebody is with us on a day, as `with_us` asks the database."""
    return (first is None or first <= day) and (last is None or last > day)
