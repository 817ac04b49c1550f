"""Weighing what a source offers against what the record has: new, changed, the same, refused."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

import duckdb
from django.core.exceptions import ValidationError
from django.db import models, transaction

from wellkept.desk.exchange.meant import note_merged
from wellkept.desk.exchange.offered import LONGEST
from wellkept.desk.exchange.problems import Problems
from wellkept.desk.exchange.reasons import BUT_FOR_ZEROS, SEVERAL, Why
from wellkept.desk.exchange.rows import fetched
from wellkept.desk.exchange.zeros import Zeros
from wellkept.record.access.batches import chunks, maker
from wellkept.record.access.columns import Batch
from wellkept.record.access.models import Account
from wellkept.record.access.wording import said
from wellkept.record.journal.rules import Refusal
from wellkept.record.sources.models import ExternalId

Made = TypeVar("Made")
Offer = Any
"""One row of a table `offered_*`, with its columns as attributes."""


@dataclass(slots=True)
class Work:
    """What every noun of an import needs: where the rows are, whose they are, when and by whom.

    `seen` has what was weighed of nouns that others point to and is under no number of the source
    yet, by noun and id: the key of the row, 0 for one that is to be made.
    """

    con: duckdb.DuckDBPyConnection
    system: str
    zone: str
    at: datetime
    by: Account | None
    role: int
    run: int
    problems: Problems
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def pointed(
        self, ids: type[ExternalId], kind: str, names: Iterable[str | None]
    ) -> dict[str, int]:
        """This will give the keys of rows by name; 0 for one that this import is to make."""
        keys = {name: key_of(name) for name in names if name is not None}
        seen = {n: self.seen[kind, key] for n, key in keys.items() if (kind, key) in self.seen}
        return seen | keys_by_name(ids, kind, self.system, keys)


@dataclass(slots=True)
class Change:
    """An offered row that says something else than it did; `said` is what it said before.

    A row that the record has under no such number said nothing before: its `key` is None.
    """

    offer: Offer
    row: int
    said: str
    key: int | None


@dataclass(slots=True)
class Weighed:
    """What would be done with some offered rows. `linked`: there already, under no such number.

    `keyed` rows are the same as before, and say by which keys a register knows them. `plain` new
    rows among rows `span` of the noun are written without a look at each.
    """

    create: list[Offer] = field(default_factory=list)
    update: list[Change] = field(default_factory=list)
    linked: list[tuple[Offer, int]] = field(default_factory=list)
    keyed: list[tuple[Offer, int]] = field(default_factory=list)
    same: int = 0
    skipped: int = 0
    span: tuple[int, int] = (1, 0)
    plain: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """The four figures that a dry run shows."""
        return {
            "create": len(self.create) + self.plain,
            "update": len(self.update),
            "unchanged": self.same + len(self.linked),
            "skip": self.skipped,
        }


@dataclass(slots=True)
class Written:
    """What a chunk wrote: keys of new rows by noun, numbers given, rows as they had been."""

    made: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    names: list[ExternalId] = field(default_factory=list)
    renamed: list[ExternalId] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    before: dict[str, dict[int, dict[str, Any]]] = field(default_factory=lambda: defaultdict(dict))

    def keep(self, rows: Iterable[models.Model]) -> None:
        """This will remember rows as they are before they change; the first memory counts."""
        for row in rows:
            self.before[row._meta.label_lower].setdefault(row.pk, written(row))

    def and_also(self, other: "Written") -> "Written":
        """This will take in what else was written in the same chunk."""
        for label, keys in other.made.items():
            self.made[label] += keys
        self.names += other.names
        self.renamed += other.renamed
        self.batches += other.batches
        for label, rows in other.before.items():
            self.before[label] = rows | self.before[label]
        return self

    def new(self, rows: Iterable[models.Model]) -> None:
        """This will remember the keys of rows that were made."""
        for row in rows:
            self.made[row._meta.label_lower].append(row.pk)


class Noun(ABC):
    """One kind of thing that an import brings."""

    noun: ClassVar[str]
    ids: ClassVar[type[ExternalId] | None] = None
    merges: ClassVar[type[models.Model] | None] = None
    chunk: ClassVar[int] = 5_000
    pointed_to: ClassVar[bool] = False
    numbered: ClassVar[bool] = False
    several: ClassVar[Why] = SEVERAL

    def __init__(self, work: Work) -> None:
        """Keep what the import knows."""
        self.work = work
        self._name: Any = None if self.ids is None else maker(self.ids)
        told = self.ids if self.numbered else None
        self._zeros = None if told is None else Zeros(told, work.system, work.run)

    def weigh_rows(self, first: int, last: int) -> Weighed:
        """This will weigh rows first to last of what the folder offers of this noun."""
        return self.weigh(self.offers(first, last))

    def apart(self, first: int, last: int) -> tuple[Weighed, Callable[[], Written]] | None:
        """This will give what writes rows first to last beside other work, where all are plain.

        Called, it asks nothing but the record, tells no problem, and raises Refusal.
        """
        return None

    def offers(self, first: int, last: int, among: str = "") -> list[Offer]:
        """This will read offered rows first to last, or those of them that a condition leaves."""
        return fetched(
            self.work.con,
            f"SELECT * FROM offered_{self.noun} WHERE n BETWEEN {first} AND {last}{among} "
            "ORDER BY n",
        )

    def weigh(self, offers: Sequence[Offer]) -> Weighed:
        """This will tell for offered rows what is new, changed, the same, or cannot be taken."""
        found = Weighed()
        met: list[tuple[Offer, int]] = []
        fresh = self._fresh_of(self._sound(offers, found), found, met)
        adopted = self.adopt(fresh)
        for one in fresh:
            row = adopted.get(one.id, 0)
            if row is None:
                found.skipped += 1
                self.work.problems.skip(self.noun, one, self.several, "", self.may_be(one))
            elif row:
                found.linked.append((one, row))
            else:
                found.create.append(one)
            if self.pointed_to and row is not None:
                self.work.seen[self.noun, one.id] = row
        self._note_zeros(found.create)
        if self.merges is not None:
            note_merged(self.work.problems, self.noun, self.merges, [*met, *found.linked])
        self.foretell(found)
        return found

    def _sound(self, offers: Sequence[Offer], found: Weighed) -> list[Offer]:
        """Those that can be taken; of the others the reason is told."""
        sound = []
        for offer in offers:
            reason = self.refusal(offer)
            if reason is None:
                sound.append(offer)
            else:
                found.skipped += 1
                self.work.problems.skip(self.noun, offer, reason)
        return sound

    def _fresh_of(
        self, offers: Sequence[Offer], found: Weighed, met: list[tuple[Offer, int]]
    ) -> list[Offer]:
        """Those that the source gave no number before; the others, `met`, are the same or not."""
        known = self._known(offers)
        fresh = []
        for offer in offers:
            there = known.get((self.kind(offer), offer.id))
            if there is None:
                fresh.append(offer)
                continue
            met.append((offer, there[0]))
            if there[1] != offer.said:
                found.update.append(Change(offer, there[0], there[1], there[2]))
            else:
                found.same += 1
                if getattr(offer, "numbers", None):
                    found.keyed.append((offer, there[0]))
        return fresh

    def _note_zeros(self, offers: Sequence[Offer]) -> None:
        """New numbers that the source gave before, but for zeros at their head."""
        named = [(self.kind(one), one.id) for one in offers] if self._zeros else []
        known = self._zeros.known(named) if self._zeros else set()
        for one in offers if known else ():
            if (self.kind(one), one.id) in known:
                self.work.problems.note(self.noun, one, BUT_FOR_ZEROS)

    def foretell(self, found: Weighed) -> None:
        """This will tell what the verbs would doubt or refuse; writing leaves out no more."""
        return

    def kind(self, offer: Offer) -> str:
        """This will name the kind of number that the source gives the row."""
        return self.noun

    def may_be(self, offer: Offer) -> str:
        """This will name the rows of the record of which an offer may be each, where it is told."""
        return ""

    def refusal(self, offer: Offer) -> Why | None:
        """This will say why a row cannot be taken; None if it can."""
        return None

    def adopt(self, offers: Sequence[Offer]) -> Mapping[str, int | None]:
        """This will find rows of the record that are the same thing by their own name.

        None where several are called so: none of them is taken, and no other one is made.
        """
        return {}

    def write(self, found: Weighed) -> Written:
        """This will write what was weighed, through the verbs; what a verb refuses is skipped."""
        done = Written()
        self.create(found.create, done, found)
        for offer, row in found.linked:
            done.names += self.named(offer, row)
        if found.update:
            if self.ids is not None:
                for some in chunks(c.key for c in found.update if c.key is not None):
                    done.keep(_numbers(self.ids).filter(pk__in=some))
            self.change(found.update, done)
            for one in found.update:
                rows = done.names if one.key is None else done.renamed
                rows += self._renamed(one)
        return done

    @abstractmethod
    def create(self, offers: Sequence[Offer], done: Written, found: Weighed) -> None:
        """This will make new rows."""

    @abstractmethod
    def change(self, changes: Sequence[Change], done: Written) -> None:
        """This will change rows as far as the source changed what it says."""

    def named(self, offer: Offer, row: int) -> list[ExternalId]:
        """This will give the row with the source's number, not saved."""
        if self.ids is None:
            return []
        return [
            self._name(
                system=self.work.system,
                kind=self.kind(offer),
                external_id=offer.id,
                row_id=row,
                said=offer.said,
                run=self.work.run,
                file=getattr(offer, "src", None),
                file_row=getattr(offer, "row", None),
            )
        ]

    def trying(
        self, rows: Sequence[Offer], act: Callable[[Sequence[Offer]], None], found: Weighed
    ) -> None:
        """This will write all rows at once; where a verb refuses, those that it does not refuse."""
        refused = attempt(rows, act)
        for offer, reason in refused:
            self.work.problems.skip(self.noun, offer, reason)
        found.skipped += len(refused)
        gone = {id(offer) for offer, _ in refused}
        if gone:
            found.create = [one for one in found.create if id(one) not in gone]

    def _known(self, offers: Sequence[Offer]) -> dict[tuple[str, str], tuple[int, str, int]]:
        if self.ids is None:
            return {}
        asked: dict[str, list[str]] = defaultdict(list)
        for offer in offers:
            asked[self.kind(offer)].append(offer.id)
        return {
            (kind, name): there
            for kind, names in asked.items()
            for name, there in _numbers(self.ids)
            .said_of(system=self.work.system, kind=kind, ids=names)
            .items()
        }

    def _renamed(self, one: Change) -> list[ExternalId]:
        rows = self.named(one.offer, one.row)
        for row in rows:
            row.pk = one.key
        return rows


def attempt(
    rows: Sequence[Made],
    act: Callable[[Sequence[Made]], None],
    whole: Callable[[], AbstractContextManager[object]] = transaction.atomic,
) -> list[tuple[Made, str]]:
    """This will do something with all rows at once, or with halves of them where it is refused.

    Gives the rows that alone are refused, with the sentence. `whole` undoes a part that is refused.
    """
    if not rows:
        return []
    try:
        with whole():
            act(rows)
    except (Refusal, ValidationError) as problem:
        if len(rows) == 1:
            return [(rows[0], _sentence(problem))]
        half = len(rows) // 2
        return attempt(rows[:half], act, whole) + attempt(rows[half:], act, whole)
    return []


def _sentence(problem: Refusal | ValidationError) -> str:
    """What a verb says, or what is wrong with which field."""
    if not isinstance(problem, ValidationError):
        return str(problem)
    if not hasattr(problem, "error_dict"):
        return " ".join(problem.messages)
    fields = problem.message_dict.items()
    return " ".join(f"{said(name)}: {' '.join(texts)}" for name, texts in fields)


def keys_by_name(
    ids: type[ExternalId], kind: str, system: str, names: Iterable[str | None]
) -> dict[str, int]:
    """This will give the keys of rows by the name that the source gives them."""
    wanted = {name: key_of(name) for name in names if name is not None}
    there = _numbers(ids).said_of(system=system, kind=kind, ids=wanted.values())
    return {name: there[key][0] for name, key in wanted.items() if key in there}


def key_of(name: str) -> str:
    """This will cut a long name as the offered tables do."""
    if len(name) <= LONGEST:
        return name
    return f"{name[:160]} #{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()}"


def _numbers(ids: type[ExternalId]) -> Any:
    return ids._default_manager


def moment(seconds: int | None) -> datetime | None:
    """This will give the moment of seconds since 1970, None for None."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def instant(seconds: int) -> datetime:
    """This will give the moment of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def written(row: models.Model) -> dict[str, Any]:
    """This will write the values of a row so that they can be kept and read back exactly."""
    return {
        one.attname: None
        if getattr(row, one.attname) is None
        else one.value_to_string(row)
        for one in row._meta.concrete_fields
    }  # fmt: skip
