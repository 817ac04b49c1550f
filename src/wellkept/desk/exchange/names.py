"""Regions, teams, people, customers: what other rows call by name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from django.db import models

from wellkept.desk.exchange.alike import Alike
from wellkept.desk.exchange.earlier import key_kind
from wellkept.desk.exchange.numbers import WIDTH, Numbers, by_former_name, by_name, holders_of
from wellkept.desk.exchange.offered import LONGEST
from wellkept.desk.exchange.reasons import (
    LONG_CUSTOMER,
    LONG_PERSON,
    LONG_REGION,
    LONG_TEAM,
    NUMBER_ELSEWHERE,
    NUMBER_TAKEN,
    SAME_NUMBER,
    SEVERAL_PEOPLE,
    Why,
)
from wellkept.desk.exchange.weighing import (
    Change,
    Noun,
    Offer,
    Weighed,
    Work,
    Written,
    keys_by_name,
)
from wellkept.record.access.batches import chunks
from wellkept.record.organisation.actions import add_person, add_region, add_team
from wellkept.record.organisation.models import Person, Region, Team
from wellkept.record.parties.actions import add_customers, edit_customer
from wellkept.record.parties.models import Customer, CustomerExternalId


class Named(Noun):
    """What has no number anywhere but its name."""

    longest: ClassVar[int] = 120
    too_long: ClassVar[Why]

    def refusal(self, offer: Offer) -> Why | None:
        """Names that the record cannot hold whole are not taken."""
        return self.too_long if len(offer.id) > self.longest else None

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """Nothing is said of a name but the name."""


class Regions(Named):
    """Regions, by name."""

    noun = "region"
    too_long = LONG_REGION

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int]:
        """Those that the record has."""
        return by_name(Region, "name", [one.id for one in offers])

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones."""
        work = self.work
        done.new(add_region(name=one.id, at=work.at, by=work.by) for one in offers)


class Teams(Named):
    """Teams and queues, by name."""

    noun = "team"
    too_long = LONG_TEAM

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int]:
        """Those that the record has."""
        return by_name(Team, "name", [one.id for one in offers])

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones."""
        work = self.work
        done.new(add_team(name=one.id, region=None, at=work.at, by=work.by) for one in offers)


class People(Named):
    """People whom a column of owners names; nobody else becomes a person of the record."""

    noun = "person"
    longest = 200
    too_long = LONG_PERSON
    chunk = 500
    several = SEVERAL_PEOPLE

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int | None]:
        """Those that the record has, by their name; of several of one name nobody knows which."""
        found = holders_of(Person, "personal__name", [one.id for one in offers])
        return {name: keys[0] if len(keys) == 1 else None for name, keys in found.items()}

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones; the name stands where it can be erased."""
        work = self.work
        for one in offers:
            person = add_person(
                name=one.id, email="", trade="", account=None, at=work.at, by=work.by
            )
            done.new([person, person.personal])


def _number(offer: Offer) -> str:
    return str(offer.number)[:WIDTH]


def _some(linked: Sequence[tuple[Offer, int]]) -> list[int]:
    return [key for _, key in linked]


class Keyed(Noun):
    """What registers call by a name, and beside it by a key: later files may say the key alone."""

    def write(self, found: Weighed) -> Written:
        """The keys are numbers of the source, too; one that is given already stays."""
        done = super().write(found)
        if self.ids is None:
            return done
        rows = {one.external_id: one.row_id for one in (*done.names, *done.renamed)}  # type: ignore[attr-defined]  # each has its row
        offers = [*found.create, *(o for o, _ in found.linked), *(c.offer for c in found.update)]
        for offer, row in found.keyed:
            rows[offer.id] = row
            offers.append(offer)
        keys = {
            key: rows[o.id] for o in offers if o.id in rows for key in o.numbers if _is_key(key)
        }
        kind, system = key_kind(self.noun), self.work.system
        there = keys_by_name(self.ids, kind, system, keys)
        done.names += [
            self._name(
                system=system, kind=kind, external_id=key, row_id=row, run=self.work.run, said=""
            )
            for key, row in keys.items()
            if key not in there
        ]
        return done


def _is_key(number: str) -> bool:
    return 0 < len(number) <= LONGEST


class Customers(Keyed):
    """Customers, by the name that files give them."""

    noun = "customer"
    ids = CustomerExternalId
    merges = Customer
    pointed_to = True

    def refusal(self, offer: Offer) -> Why | None:
        """Names that the record cannot hold whole are not taken."""
        return LONG_CUSTOMER if len(offer.name) > 200 else None

    def __init__(self, work: Work) -> None:
        """What hands its number on is looked up when a number is first seen to be another's."""
        super().__init__(work)
        self._numbers = Numbers(work)
        self._alike = Alike()

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int]:
        """Those that the record has: by name, by the number that only one may have, by the key.

        A number that another system gave, or whose customer the files know by its name, is none of
        theirs. Who came in under the key alone, before there was a register, is the one it names.
        One that was merged into another is met under its name where nobody else has it.
        """
        names = [one.name for one in offers]
        standing = holders_of(Customer, "name", names, merged_into=None)
        former = by_former_name(Customer, "name", [one for one in names if one not in standing])
        named = former | {name: keys[0] for name, keys in standing.items() if len(keys) == 1}
        rest = [one for one in offers if one.name not in named and one.number]
        numbered = self._numbers.own([_number(one) for one in rest])
        nameless = self._nameless([one.number for one in rest if _number(one) not in numbered])
        found = {one.id: named[one.name] for one in offers if one.name in named}
        for one in rest:
            key = numbered.get(_number(one)) or nameless.get(one.number)
            if key:
                found[one.id] = key
        return found

    def _nameless(self, keys: Sequence[str]) -> dict[str, int]:
        """Customers that this system brought under their key, for want of a name."""
        there = keys_by_name(CustomerExternalId, self.noun, self.work.system, keys)
        rows = Customer.objects.in_bulk(there.values())
        return {key: row for key, row in there.items() if rows[row].name == key}

    def foretell(self, found: Weighed) -> None:
        """Numbers that the record has under another name already."""
        rows = Customer.objects.in_bulk(_some(found.linked))
        nameless = {o.id for o, key in found.linked if o.number and rows[key].name == o.number}
        for offer, key in found.linked:
            if rows[key].name != offer.name and offer.id not in nameless:
                self.work.problems.note(self.noun, offer, SAME_NUMBER)
        found.update += [Change(o, k, "", None) for o, k in found.linked if o.id in nameless]
        found.linked = [(o, k) for o, k in found.linked if o.id not in nameless]
        self._numbers.ask(_number(o) for o in (*(c.offer for c in found.update), *found.create))
        for one in found.update:
            if one.offer.number and not self._numbers.free(_number(one.offer), one.row):
                self.work.problems.note(self.noun, one.offer, NUMBER_TAKEN)
        fresh = self._with_numbers(found.create)
        for new, number in fresh:
            if new.number and not number:
                self.work.problems.note(self.noun, new, NUMBER_ELSEWHERE)
        self._alike.note(self.work.problems, self.noun, fresh)

    def _with_numbers(self, offers: Sequence[Offer]) -> list[tuple[Offer, str]]:
        """New ones with the number that each gets: none where it is another's."""
        numbered = [(one, _number(one)) for one in offers]
        return [(one, no if self._numbers.free(no, 0) else "") for one, no in numbered]

    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """Make new ones."""
        self._numbers.ask(_number(one) for one in offers)
        numbers = {one.id: number for one, number in self._with_numbers(offers)}
        self._hand_on(numbers.values(), (), done)

        def act(some: Sequence[Offer]) -> None:
            rows = [Customer(name=one.name, number=numbers[one.id]) for one in some]
            made = add_customers(customers=rows, at=self.work.at, by=self.work.by)
            done.new(made)
            for one, row in zip(some, made, strict=True):
                done.names += self.named(one, row.pk)

        self.trying(offers, act, found)

    def change(self, changes: Sequence[Change], done: Written) -> None:
        """A number that a register gives now; files without the register leave it.

        Who came in under its key alone gets its name.
        """
        self._numbers.ask(_number(one.offer) for one in changes)
        changing = [
            one
            for one in changes
            if one.offer.number and self._numbers.free(_number(one.offer), one.row)
        ]
        keys = [one.row for one in changing]
        self._hand_on([_number(one.offer) for one in changing], keys, done)
        rows = Customer.objects.in_bulk(keys)
        for one in changing:
            row = rows[one.row]
            done.keep([row])
            new = {"number": _number(one.offer)}
            if row.name == one.offer.number:
                new["name"] = one.offer.name
            self._edit(row, new)

    def _hand_on(self, numbers: Iterable[str], keys: Sequence[int], done: Written) -> None:
        """Take numbers that change hands from who has them still: the files give them another."""
        wanted = [number for number in numbers if number]
        holders = by_name(Customer, "number", wanted, merged_into=None)
        given = dict(zip(keys, wanted, strict=True)) if keys else {}
        for row in Customer.objects.filter(pk__in=list(holders.values())):
            if given.get(row.pk) != row.number:
                done.keep([row])
                self._edit(row, {"number": ""})

    def _edit(self, row: Customer, new: dict[str, str]) -> None:
        edit_customer(customer=row, changes=new, seen=row.version, at=self.work.at, by=self.work.by)


def snapshots(done: Written, model: type[models.Model], field: str, keys: Sequence[int]) -> None:
    """This will remember all rows of a model whose field is among keys, before they change."""
    for some in chunks(keys):
        done.keep(model._default_manager.filter(**{f"{field}__in": some}))
