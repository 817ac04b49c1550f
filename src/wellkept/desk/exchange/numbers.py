"""Numbers that only one may have: whose they are, and whether files hand them on."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from wellkept.desk.exchange.meant import meant
from wellkept.desk.exchange.rows import fetched
from wellkept.desk.exchange.weighing import Work
from wellkept.record.access.batches import among, chunks
from wellkept.record.parties.models import Customer, CustomerExternalId

WIDTH = 60
"""Characters of a customer's number."""


class Numbers:
    """Customers' numbers in the record, as far as an import gives them.

    Two customers may exchange their numbers, or many hand them round, in rows far apart. A number
    is free if nobody has it, or who has it is given another one that is free, or that comes back to
    the first. What was written already changes nothing in this: so chunk by chunk, and after a
    kill, the answer is the one of the dry run.
    """

    def __init__(self, work: Work) -> None:
        """Nothing is looked up before a number is seen to be another's."""
        self.work = work
        self._wants: dict[int, str] | None = None
        self._named: set[int] = set()
        self._holders: dict[str, int | None] = {}

    def own(self, numbers: Sequence[str]) -> dict[str, int]:
        """This will give whose they are, but for those of customers known by another name.

        A customer that other systems brought, and this one did not, has its number from there. What
        nobody has who stands is that of a customer that was merged into another one.
        """
        found = by_name(Customer, "number", numbers, merged_into=None)
        found = by_former_name(Customer, "number", [n for n in numbers if n not in found]) | found
        if not found:
            return {}
        self._look()
        mine: dict[int, bool] = {}
        for one in among(CustomerExternalId.objects.filter(kind="customer"), "row", found.values()):
            mine[one.row_id] = mine.get(one.row_id, False) or one.system == self.work.system
        return {
            number: row
            for number, row in found.items()
            if mine.get(row, True) and row not in self._named
        }

    def free(self, number: str, row: int) -> bool:
        """This will say whether a customer may have a number; 0 is one that is to be made."""
        if not number:
            return True
        holder = self._holder(number)
        if holder in (None, row):
            return True
        self._look()
        wants, seen = self._wants or {}, {row}
        while holder is not None and holder not in seen:
            wanted = wants.get(holder)
            if wanted in (None, number):
                return False
            seen.add(holder)
            number = str(wanted)
            holder = self._holder(number)
        return True

    def ask(self, numbers: Iterable[str]) -> None:
        """This will look up at once, as of now, whose numbers are, before each is asked for."""
        wanted = [number for number in numbers if number]
        found = by_name(Customer, "number", wanted, merged_into=None)
        self._holders = {number: found.get(number) for number in wanted}

    def _holder(self, number: str) -> int | None:
        if number not in self._holders:
            there = by_name(Customer, "number", [number], merged_into=None)
            self._holders[number] = there.get(number)
        return self._holders[number]

    def _look(self) -> None:
        """Which customers the files know by name, and which of them are given another number.

        Who was given it by this import already wants it still: nothing else follows from that.
        """
        if self._wants is not None:
            return
        rows = fetched(self.work.con, "SELECT id, name, number, said FROM offered_customer")
        offers = {one.id: one for one in rows}
        names = [one.name for one in rows]
        standing = by_name(Customer, "name", names, merged_into=None)
        former = by_former_name(Customer, "name", [one for one in names if one not in standing])
        self._named.update((former | standing).values())
        ids = CustomerExternalId.objects.filter(system=self.work.system, kind="customer")
        self._wants = {}
        for one in (row for some in chunks(offers) for row in ids.filter(external_id__in=some)):
            self._named.add(one.row_id)
            offer = offers[one.external_id]
            if offer.number and (one.said != offer.said or one.run == self.work.run):
                self._wants[one.row_id] = str(offer.number)[:WIDTH]


def by_name(
    model: type[models.Model], name: str, names: Sequence[str], **more: Any
) -> dict[str, int]:
    """This will give the keys of rows by a name that only one of them has."""
    found = holders_of(model, name, names, **more)
    return {text: keys[0] for text, keys in found.items() if len(keys) == 1}


def holders_of(
    model: type[models.Model], name: str, names: Sequence[str], **more: Any
) -> dict[str, list[int]]:
    """This will give the keys of all rows that have one of these names."""
    found: dict[str, list[int]] = {}
    wanted = sorted(set(names))
    for begin in range(0, len(wanted), 5_000):
        rows = model._default_manager.filter(**{f"{name}__in": wanted[begin : begin + 5_000]})
        for text, key in rows.filter(**more).values_list(name, "pk"):
            found.setdefault(text, []).append(key)
    return found


def by_former_name(model: type[models.Model], name: str, names: Sequence[str]) -> dict[str, int]:
    """This will give merged rows by a name that rows of one meaning alone had: the first."""
    merged = holders_of(model, name, names, merged_into__isnull=False) if names else {}
    into = meant(model, (key for keys in merged.values() for key in keys))
    return {
        text: min(keys) for text, keys in merged.items() if len({into.of(key) for key in keys}) == 1
    }
