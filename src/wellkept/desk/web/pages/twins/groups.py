"""Rows that may be one: found in groups, and laid side by side with what tells them apart.

What is in doubt is kept on the row, so a page reads a few of these and, by the index of what they
have in common, a few of those that they may be. However many look alike, the page costs the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NamedTuple

from django.db.models import Model, QuerySet

from wellkept.desk.web.asking import Asking
from wellkept.desk.web.hrefs import href
from wellkept.desk.web.marks import BadMark, after_row, mark_of, read_mark
from wellkept.desk.web.pages.settings.shape import Form
from wellkept.desk.web.rights import Verb, deeds_on
from wellkept.record.access.kept import asked, keys_of

DOUBTED = 12
"""So many rows in doubt are on one page."""
SHOWN = 6
"""So many rows of a group stand side by side; decide about them, and others come."""
Row = Any
"""A row of a noun: an asset or a customer."""


class Fact(NamedTuple):
    """One thing that is known of a row, beside the same of its twins."""

    label: str
    text: str
    href: str = ""
    same: bool = True
    """Whether it would be the same of two rows that are one."""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """One of several rows that may be one."""

    key: int
    version: int
    name: str
    href: str
    state: str
    why: str
    facts: tuple[Fact, ...]
    decided: bool
    """Whether the one who asks may merge it."""
    denied: bool
    """Whether the one who asks may say that it is another."""
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that may be one, led by one that is in doubt or that was asked about."""

    key: int
    why: str
    twins: tuple[Twin, ...]
    more: bool = False
    unseen: int = 0
    asked: bool = False
    """Whether they were looked for by hand, so that nothing is in doubt."""
    correct: Form | None = None
    """What has to be said of one of them, where they cannot simply be told apart."""
    wrong: tuple[str, ...] = ()

    @property
    def merges(self) -> bool:
        """Whether two of them can be merged by the one who asks."""
        return sum(one.decided for one in self.twins) > 1

    @property
    def acts(self) -> bool:
        """Whether its form has a button at all."""
        return self.merges or self.denies

    @property
    def denies(self) -> bool:
        """Whether a click says that they are not the same."""
        can = any(one.denied for one in self.twins)
        return can and not self.correct and not self.unseen and not self.asked


class Noun(ABC):
    """What of a noun is told, and by which verbs it is merged."""

    model: ClassVar[type[Model]]
    merge: ClassVar[Verb]
    split: ClassVar[Verb]
    clear: ClassVar[Verb]
    plural: ClassVar[str]
    """What its verbs call several rows."""
    page: ClassVar[str]
    listed: ClassVar[str]
    twins: ClassVar[str]
    twin: ClassVar[str]
    """The names of its pages: of a row, of the list, of all in doubt, of one."""
    order: ClassVar[tuple[str, ...]]

    @abstractmethod
    def rows(self) -> Any:
        """This will give rows, with what is told of each."""

    @abstractmethod
    def alike(self, one: Row) -> Iterable[QuerySet[Any]]:
        """This will give what looks like a row that is in doubt, in parts that an index serves."""

    @abstractmethod
    def is_alike(self, one: Row, other: Row) -> bool:
        """This will tell whether another row looks like one that is in doubt."""

    @abstractmethod
    def tie(self, one: Row) -> Hashable:
        """This will give what a row in doubt has in common with all of its group."""

    @abstractmethod
    def facts(self, asking: Asking, rows: Sequence[Row]) -> Mapping[int, tuple[Fact, ...]]:
        """This will tell what is known of each row: the same labels in the same order."""

    @abstractmethod
    def state(self, one: Row) -> str:
        """This will say in which state a row is, if it has states."""

    @abstractmethod
    def why(self, one: Row) -> str:
        """This will say why a row is in doubt; nothing where it is not."""

    def correct(self, one: Row, twins: Sequence[Row]) -> Form | None:
        """This will ask what has to be said of one of them, where a click does not do."""
        return None

    def standing(self) -> Any:
        """This will give rows that were not merged into others, with what is told of each."""
        return self.rows().filter(merged_into=None)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that may be one, as they were read."""

    lead: Row
    rows: tuple[Row, ...]
    more: bool = False
    unseen: int = 0
    asked: bool = False
    chosen: frozenset[int] | None = None
    """Which are ticked at first; all, if not said."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of rows in doubt, and where the next one begins."""

    found: tuple[Found, ...]
    onward: str
    begun: bool


def leaf(asking: Asking, noun: Noun) -> Leaf:
    """This will read a page of rows in doubt, each with its group."""
    mark = asking.address.get("after", "")
    try:
        after = after_row(noun.order, read_mark(mark, noun.order))
    except BadMark:
        mark, after = "", after_row(noun.order, None)
    doubted = asking.visible(noun.standing().exclude(doubt="")).filter(after)
    rows = list(doubted.order_by(*noun.order)[: DOUBTED + 1])
    onward = mark_of(rows[DOUBTED - 1], noun.order) if len(rows) > DOUBTED else ""
    return Leaf(tuple(groups_of(asking, noun, rows[:DOUBTED])), onward, bool(mark))


def groups_of(asking: Asking, noun: Noun, doubted: Sequence[Row]) -> list[Found]:
    """This will find what rows in doubt may be: each group once, those that stand undoubted first.

    A row that was merged speaks for the one that it means now.
    """
    leads: dict[Hashable, Row] = {}
    for one in doubted:
        leads.setdefault(noun.tie(one), one)
    if not leads:
        return []
    parts = [part for one in leads.values() for part in noun.alike(one)]
    every = {one.pk: one for one in doubted}
    keys = {key for (key,) in asked(keys_of(parts, SHOWN + 2))} - every.keys()
    every |= _read(noun, keys)
    meant = {one.merged_into_id for one in every.values() if one.merged_into_id} - every.keys()
    every |= _read(noun, meant)
    seen = _seen(asking, noun, every)
    found: dict[Hashable, Found] = {}
    for lead in leads.values():
        group = _group(noun, lead, every, seen)
        found.setdefault(frozenset(one.pk for one in group.rows), group)
    return list(found.values())


def _read(noun: Noun, keys: Collection[int]) -> dict[int, Row]:
    rows: dict[int, Row] = noun.rows().in_bulk(list(keys)) if keys else {}
    return rows


def _seen(asking: Asking, noun: Noun, every: Mapping[int, Row]) -> Collection[int]:
    if asking.sees_all:
        return every.keys()
    rows = asking.visible(noun.model._default_manager.filter(pk__in=list(every)))
    return set(rows.values_list("pk", flat=True))


def _group(noun: Noun, lead: Row, every: Mapping[int, Row], seen: Collection[int]) -> Found:
    alike = [one for one in every.values() if one is lead or noun.is_alike(lead, one)]
    means = {one.merged_into_id or one.pk for one in alike}
    rows = sorted((every[key] for key in means & {*seen}), key=lambda one: (one.doubt, one.pk))
    shown = rows[:SHOWN] if lead in rows[:SHOWN] else [*rows[: SHOWN - 1], lead]
    return Found(lead, tuple(shown), more=len(rows) > SHOWN, unseen=len(means - {*seen}))


def laid(asking: Asking, noun: Noun, found: Sequence[Found]) -> list[Group]:
    """This will lay groups side by side, with what the one who asks may do to each row."""
    rows = list({one.pk: one for group in found for one in group.rows}.values())
    facts = noun.facts(asking, rows) if rows else {}
    verbs = {"merge": noun.merge, "clear": noun.clear}
    can = deeds_on(asking, noun.model, rows, verbs) if rows else {}

    def twin(one: Row, chosen: bool) -> Twin:
        deeds = can[one.pk]
        return Twin(
            one.pk, one.version, str(one), href(noun.page, one.pk), noun.state(one),
            noun.why(one), facts[one.pk], "merge" in deeds, "clear" in deeds, chosen,
        )  # fmt: skip

    return [
        Group(
            group.lead.pk,
            noun.why(group.lead),
            _compared(
                [twin(one, group.chosen is None or one.pk in group.chosen) for one in group.rows]
            ),
            group.more,
            group.unseen,
            group.asked,
            None if group.asked else noun.correct(group.lead, _able(group.rows, can)),
        )
        for group in found
    ]


def _able(rows: Iterable[Row], can: Mapping[int, frozenset[str]]) -> list[Row]:
    return [one for one in rows if "merge" in can[one.pk]]


def _compared(twins: Sequence[Twin]) -> tuple[Twin, ...]:
    """Mark what is not the same of all."""
    texts = [{fact.text for fact in facts} for facts in zip(*(t.facts for t in twins), strict=True)]
    return tuple(
        replace(
            twin,
            facts=tuple(
                fact._replace(differs=fact.same and len(said) > 1)
                for fact, said in zip(twin.facts, texts, strict=True)
            ),
        )
        for twin in twins
    )
